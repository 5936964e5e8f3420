//! A codelab as a file to keep, for facilitators.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use codelab::export::{BoxStyle, Exported, Format, Labels};
use domain::CodelabId;
use futures_util::StreamExt as _;
use protocol::{Problem, ProblemCode};
use serde::Deserialize;
use tokio::fs::File;
use tokio_util::io::ReaderStream;
use utoipa::{IntoParams, ToSchema};

use super::body::{Path, Query};
use crate::{
    access::Facilitator,
    app::App,
    download::download,
    export::{self, OnDisk, Written},
    problem::{HttpProblem, store_problem},
};

/// How much of a bundle is read at once.
const PIECE_BYTES: usize = 256 * 1024;

/// What a codelab is written as.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Markdown that the stock claat tool accepts, with its images, as a ZIP
    Claat,
    /// The same, with info boxes as older releases of that tool want them
    ClaatOldBoxes,
    /// Everything as it is, as a ZIP that imports back identically
    Bundle,
    /// The ZIP of the web platform Open Codelabs
    OpenCodelabs,
    /// One HTML file with everything in it
    Html,
    /// All steps on one page, to be printed; shown instead of kept
    Print,
}

/// The language of a page's own words.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportLanguage {
    /// English
    #[default]
    En,
    /// Korean
    Ko,
}

/// What is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// What the codelab is written as.
    #[param(inline)]
    pub format: ExportFormat,
    /// The language of the words around it; English if absent.
    #[param(inline)]
    #[serde(default)]
    pub language: ExportLanguage,
}

impl ExportQuery {
    fn format(&self) -> Format {
        let labels = match self.language {
            ExportLanguage::En => Labels::English,
            ExportLanguage::Ko => Labels::Korean,
        };
        match self.format {
            ExportFormat::Claat => Format::Claat(BoxStyle::Quote),
            ExportFormat::ClaatOldBoxes => Format::Claat(BoxStyle::Definition),
            ExportFormat::Bundle => Format::Bundle,
            ExportFormat::OpenCodelabs => Format::OpenCodelabs,
            ExportFormat::Html => Format::Page(labels),
            ExportFormat::Print => Format::Handout(labels),
        }
    }
}

/// A codelab as a file
///
/// The newest revision, as a file to keep. The same revision gives the same
/// bytes.
#[utoipa::path(get, path = "/codelabs/{codelab}/export", tag = "library",
    operation_id = "export_codelab",
    params(("codelab" = String, Path, description = "The codelab"), ExportQuery),
    responses((status = 200, content((Vec<u8> = "application/zip"), (String = "text/html"))),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
pub async fn codelab(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, HttpProblem> {
    let unknown = || {
        let detail = "there is no such codelab in the library";
        HttpProblem::new(ProblemCode::UnknownCodelab, detail)
    };
    let id: CodelabId = id.parse().map_err(|_| unknown())?;
    let found = export::codelab(&app, id, query.format()).await?;
    let (file_name, written) = found.ok_or_else(unknown)?;
    Ok(match written {
        Written::Bytes(page) if matches!(query.format, ExportFormat::Print) => shown(page),
        Written::Bytes(file) => download(file.media_type, &file_name, file.bytes),
        Written::Bundle(bundle) => streamed(&file_name, bundle).await?,
    })
}

/// A file of the disk, which is gone when it was sent or nobody wants the rest.
async fn streamed(file_name: &str, bundle: OnDisk) -> Result<Response, HttpProblem> {
    let failed = |error: std::io::Error| HttpProblem::from(store_problem(&error.into()));
    let file = File::open(bundle.path()).await.map_err(failed)?;
    let size_bytes = file.metadata().await.map_err(failed)?.len();
    let pieces = ReaderStream::with_capacity(file, PIECE_BYTES);
    let pieces = pieces.inspect(move |_| {
        let _as_long_as_the_stream: &OnDisk = &bundle;
    });
    let mut response = download("application/zip", file_name, Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size_bytes));
    Ok(response)
}

/// The page that is printed, shown in a frame of the library's own page.
fn shown(page: Exported) -> Response {
    let policy = page
        .policy
        .unwrap_or_else(|| "default-src 'none'".to_owned());
    let policy = format!("{policy}; frame-ancestors 'self'");
    let mut response = page.bytes.into_response();
    let headers = response.headers_mut();
    let fixed = HeaderValue::from_static;
    headers.insert(header::CONTENT_TYPE, fixed("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, fixed("no-store"));
    headers.insert(header::X_FRAME_OPTIONS, fixed("SAMEORIGIN"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
