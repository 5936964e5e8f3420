//! Files that a browser keeps instead of showing them.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::percent::percent_encoded;

/// A file of this media type and name.
#[must_use]
pub fn download(media_type: &'static str, file_name: &str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, disposition(file_name)),
    ];
    (headers, body.into()).into_response()
}

/// RFC 6266: a name for every program, and the real one in RFC 8187's form.
#[must_use]
pub fn disposition(file_name: &str) -> HeaderValue {
    let plain: String = file_name
        .chars()
        .map(|c| match c {
            ' ' | '.' | '-' | '_' => c,
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect();
    let encoded = percent_encoded(file_name);
    let header = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&header).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_may_be_in_any_script() {
        let header = disposition("파이썬 \"1\".csv");
        assert_eq!(
            header.to_str().unwrap(),
            "attachment; filename=\"___ _1_.csv\"; \
             filename*=UTF-8''%ED%8C%8C%EC%9D%B4%EC%8D%AC%20%221%22.csv"
        );
    }
}
