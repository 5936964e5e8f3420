//! The images that a codelab shows from the internet: a list of them, and downloads that somebody
//! presses for.

use axum::{Json as JsonBody, extract::State, http::StatusCode};
use domain::RevisionNote;
use protocol::{DownloadImages, ImageDownload, Problem, RemoteImages};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    body::{Json, Path, Query},
    writing::parse,
};
use crate::{
    access::Facilitator,
    app::App,
    problem::HttpProblem,
    remote_images::{self, Wish},
};

/// What somebody who asks again knows already.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Known {
    /// The news that are known; the answer waits until there is more.
    pub known: Option<u32>,
}

/// The images that a codelab shows from the internet
///
/// Of its newest revision. Nobody on the internet is asked.
#[utoipa::path(get, path = "/codelabs/{codelab}/remote-images", operation_id = "remote_images",
    tag = "library", params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 200, body = RemoteImages), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
) -> Result<JsonBody<RemoteImages>, HttpProblem> {
    Ok(JsonBody(remote_images::list(&app, parse(&id)?).await?))
}

/// Download the images that a codelab shows from the internet
///
/// The only thing that makes the server ask somebody on the internet. When all have come or were
/// refused, one further revision refers to those that came; the others stay as they are. Drafts
/// stay, too. If the codelab's images are being downloaded already, the answer is that download.
/// It ends, and saves nothing, when whoever pressed for it is removed.
#[utoipa::path(post, path = "/codelabs/{codelab}/remote-images",
    operation_id = "download_remote_images", tag = "library",
    params(("codelab" = String, Path, description = "The codelab")),
    request_body = DownloadImages,
    responses((status = 200, body = ImageDownload), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem)))]
pub async fn download(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
    Json(wish): Json<DownloadImages>,
) -> Result<JsonBody<ImageDownload>, HttpProblem> {
    let id = parse(&id)?;
    let note = wish.note.as_deref().filter(|note| !note.trim().is_empty());
    let note = note.map(RevisionNote::parse).transpose();
    let note = note.map_err(|e| Problem::invalid_text("note", e))?;
    let wish = Wish {
        by: me.id,
        addresses: wish.addresses,
        note: note.map(|note| note.as_str().to_owned()),
    };
    Ok(JsonBody(remote_images::start(&app, id, wish).await?))
}

/// How far a download of images is
///
/// Waits some seconds for news. Ask again with the news that are known, until there is an outcome.
#[utoipa::path(get, path = "/image-downloads/{download}", operation_id = "image_download",
    tag = "library", params(("download" = String, Path, description = "The download"), Known),
    responses((status = 200, body = ImageDownload), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn progress(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
    Query(query): Query<Known>,
) -> Result<JsonBody<ImageDownload>, HttpProblem> {
    let known = query.known.unwrap_or(0);
    Ok(JsonBody(app.downloads.progress(&id, known).await?))
}

/// End a download of images
///
/// The codelab is then as it was, unless everything had come and was being saved.
#[utoipa::path(delete, path = "/image-downloads/{download}",
    operation_id = "cancel_image_download", tag = "library",
    params(("download" = String, Path, description = "The download")),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
pub async fn cancel(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    app.downloads.cancel(&id)?;
    Ok(StatusCode::NO_CONTENT)
}
