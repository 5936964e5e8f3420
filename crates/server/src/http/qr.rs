//! QR codes as pictures. What they lead to may be a secret, so that nothing
//! keeps them.

use axum::http::{HeaderName, header};
use fast_qr::{ECL, QRBuilder, convert::svg::SvgBuilder};
use protocol::ProblemCode;

use crate::problem::HttpProblem;

/// A picture that no cache keeps.
pub type Svg = ([(HeaderName, &'static str); 2], String);

/// The QR code of an address.
///
/// # Errors
/// When the address is too long for one.
pub fn svg(url: &str) -> Result<Svg, HttpProblem> {
    let code = QRBuilder::new(url)
        .ecl(ECL::M)
        .build()
        .map_err(|_| HttpProblem::new(ProblemCode::InvalidRequest, "the address is too long"))?;
    Ok((
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        SvgBuilder::default().to_str(&code),
    ))
}
