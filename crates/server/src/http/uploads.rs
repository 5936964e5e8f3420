//! Large files on their way in, piece by piece.

use axum::{
    Json as JsonBody,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use domain::{FileName, MaterialTitle};
use protocol::{Id, NewUpload, Problem, ProblemCode, Upload, UploadProgress};
use serde::Deserialize;
use store::Received;
use utoipa::IntoParams;

use super::{
    body::{Json, Path, Query},
    materials::{codelab_of, found, material_of, unknown, unknown_codelab},
};
use crate::{access::Facilitator, app::App, free_space, problem::HttpProblem, secrets};

/// Bytes of one piece: a second or two of a slow Wi-Fi, and what is held in memory of it.
pub const MAX_PIECE_BYTES: usize = 8 * 1024 * 1024;

/// Bytes of one material.
const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Begin an upload
///
/// Its pieces follow; it can go on after any interruption, within seven days. A
/// facilitator may have twenty unfinished uploads, all together a hundred.
#[utoipa::path(post, path = "/codelabs/{codelab}/uploads", operation_id = "begin_upload",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab")),
    request_body = NewUpload,
    responses((status = 201, body = Upload), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn begin(
    State(app): State<App>,
    me: Facilitator,
    Path(codelab): Path<String>,
    Json(wish): Json<NewUpload>,
) -> Result<(StatusCode, JsonBody<Upload>), HttpProblem> {
    let codelab = codelab_of(&codelab)?;
    let file_name =
        FileName::parse(&wish.file_name).map_err(|why| Problem::invalid_text("fileName", why))?;
    let title = wish.title.as_deref().unwrap_or(file_name.as_str());
    let short: String = title.chars().take(MaterialTitle::MAX_CHARS).collect();
    let title = if wish.title.is_some() { title } else { &short };
    let title = MaterialTitle::parse(title).map_err(|why| Problem::invalid_text("title", why))?;
    if wish.size_bytes == 0 {
        return Err(HttpProblem::new(
            ProblemCode::OutOfRange,
            "sizeBytes: the file is empty",
        ));
    }
    if wish.size_bytes > MAX_FILE_BYTES {
        return Err(HttpProblem::new(
            ProblemCode::TooLarge,
            "a material may have 2 GB",
        ));
    }
    let new = store::NewUpload {
        id: secrets::material_id(),
        codelab,
        title: title.as_str().to_owned(),
        file_name: file_name.as_str().to_owned(),
        size_bytes: wish.size_bytes,
        now: app.clock.now(),
    };
    free_space::check(app.store.files_dir(), new.size_bytes).await?;
    if !app.uploads.begin(&me.store(&app), me.id, &new).await? {
        return Err(unknown_codelab());
    }
    let upload = Upload {
        id: Id(new.id),
        title: new.title,
        file_name: new.file_name,
        size_bytes: new.size_bytes,
        received_bytes: 0,
    };
    Ok((StatusCode::CREATED, JsonBody(upload)))
}

/// Where a piece belongs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PieceParams {
    /// Byte of the file that the piece begins with.
    pub offset: u64,
}

/// Send the next piece
///
/// At most 8 MiB, beginning where the last ended. The answer comes when it is
/// safe. An empty piece at the end finishes what could not be finished before.
#[utoipa::path(put, path = "/codelabs/{codelab}/uploads/{upload}", operation_id = "send_piece",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab"),
        ("upload" = String, Path, description = "The upload"), PieceParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = UploadProgress), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem),
        (status = 507, body = Problem)))]
pub async fn piece(
    State(app): State<App>,
    me: Facilitator,
    Path((codelab, upload)): Path<(String, String)>,
    Query(place): Query<PieceParams>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<JsonBody<UploadProgress>, HttpProblem> {
    let (codelab, id) = (codelab_of(&codelab)?, material_of(&upload)?);
    let bytes = bytes?;
    let ends_at = place.offset.saturating_add(bytes.len() as u64);
    let received = me
        .store(&app)
        .receive(codelab, id, place.offset, bytes.to_vec())
        .await?;
    match received {
        Received::Piece(received_bytes) => Ok(JsonBody(UploadProgress {
            received_bytes,
            is_whole: false,
        })),
        Received::Whole => Ok(JsonBody(UploadProgress {
            received_bytes: ends_at,
            is_whole: true,
        })),
        Received::OutOfPlace(here) => Err(HttpProblem::new(
            ProblemCode::PieceOutOfPlace,
            format!("{here} bytes are here; the next piece begins there"),
        )),
        Received::TooLong => Err(HttpProblem::new(
            ProblemCode::TooLarge,
            "the file would become longer than was said",
        )),
        Received::Unknown => Err(unknown()),
    }
}

/// Give an upload up
#[utoipa::path(delete, path = "/codelabs/{codelab}/uploads/{upload}", operation_id = "give_upload_up",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab"),
        ("upload" = String, Path, description = "The upload")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn give_up(
    State(app): State<App>,
    me: Facilitator,
    Path((codelab, upload)): Path<(String, String)>,
) -> Result<StatusCode, HttpProblem> {
    let (codelab, id) = (codelab_of(&codelab)?, material_of(&upload)?);
    found(me.store(&app).give_upload_up(codelab, id).await?)
}
