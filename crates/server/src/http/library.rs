//! The library: list, look, import, remove.

use axum::{
    Json as JsonBody,
    extract::{Multipart, State, multipart::MultipartError},
    http::StatusCode,
};
use codelab::import::NamedFile;
use domain::CodelabId;
use protocol::{CodelabDetail, CodelabPage, ImportReport, Problem, ProblemCode};

use super::{
    body::{Path, Query},
    page::PageQuery,
    views,
};
use crate::{access::Facilitator, app::App, import, problem::HttpProblem};

/// Bytes one import over HTTP may have. A ZIP of pictures fits; more would sit
/// in memory.
pub const MAX_IMPORT_BYTES: usize = 100 * 1024 * 1024;

/// Files one import may have.
const MAX_IMPORT_FILES: usize = 2000;

/// The library, changed last first
#[utoipa::path(get, path = "/codelabs", operation_id = "list_codelabs", tag = "library", params(PageQuery),
    responses((status = 200, body = CodelabPage), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
    Query(page): Query<PageQuery>,
) -> Result<JsonBody<CodelabPage>, HttpProblem> {
    let found = app
        .store
        .codelabs(page.request(), page.search.as_deref())
        .await?;
    let items = found
        .items
        .into_iter()
        .map(views::codelab_summary)
        .collect();
    Ok(JsonBody(CodelabPage {
        items,
        next: found.next,
    }))
}

/// One codelab with its steps
#[utoipa::path(get, path = "/codelabs/{codelab}", tag = "library",
    params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 200, body = CodelabDetail), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
) -> Result<JsonBody<CodelabDetail>, HttpProblem> {
    let found = app.store.codelab(parse(&id)?).await?.ok_or_else(unknown)?;
    Ok(JsonBody(views::codelab_detail(found)))
}

/// Import a codelab
///
/// One Markdown file, one ZIP, or the files of a folder, each part named by
/// its path within the folder. All of it or nothing.
#[utoipa::path(post, path = "/codelabs", tag = "library",
    request_body(content = Vec<String>, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport), (status = 401, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem),
        (status = 403, body = Problem)))]
pub async fn import_upload(
    State(app): State<App>,
    _: Facilitator,
    mut form: Multipart,
) -> Result<JsonBody<ImportReport>, HttpProblem> {
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
        if files.len() == MAX_IMPORT_FILES {
            let detail = format!("a folder of more than {MAX_IMPORT_FILES} files is not taken");
            return Err(HttpProblem::new(ProblemCode::TooLarge, detail));
        }
        let name = field.file_name().unwrap_or("codelab.md").to_owned();
        let bytes = field.bytes().await.map_err(|e| unreadable(&e))?.to_vec();
        files.push(NamedFile { name, bytes });
    }
    Ok(JsonBody(import::import_files(&app, files).await?))
}

/// Remove a codelab from the library
///
/// It can be restored; workshops that used it keep it.
#[utoipa::path(delete, path = "/codelabs/{codelab}", tag = "library",
    params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn remove(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let removed = app
        .store
        .remove_codelab(parse(&id)?, app.clock.now())
        .await?;
    if removed {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}

/// Restore a removed codelab
#[utoipa::path(post, path = "/codelabs/{codelab}/restore", tag = "library",
    params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn restore(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let restored = app
        .store
        .restore_codelab(parse(&id)?, app.clock.now())
        .await?;
    if restored {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}

fn parse(id: &str) -> Result<CodelabId, HttpProblem> {
    id.parse().map_err(|_| unknown())
}

fn unknown() -> HttpProblem {
    HttpProblem::new(
        ProblemCode::UnknownCodelab,
        "there is no such codelab in the library",
    )
}

fn unreadable(error: &MultipartError) -> HttpProblem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let limit_mb = MAX_IMPORT_BYTES / (1024 * 1024);
        let detail = format!("an import may have {limit_mb} MB; make the pictures smaller");
        return HttpProblem::new(ProblemCode::TooLarge, detail);
    }
    HttpProblem::new(ProblemCode::InvalidRequest, error.body_text())
}
