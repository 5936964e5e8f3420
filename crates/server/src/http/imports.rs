//! Importing many codelabs in one go.

use axum::{
    Json as JsonBody,
    extract::{
        Multipart, State,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, StatusCode},
};
use codelab::import::Names;
use protocol::{ImportJob, Problem, ProblemCode, TakeImport};
use serde::Deserialize;
use tokio::{fs, io::AsyncWriteExt as _};
use utoipa::IntoParams;

use super::body::{Form, Json, Path, Query, content_length};
use crate::{
    access::Facilitator,
    app::App,
    free_space,
    import::refused,
    imports::{self, Asking, Origin, Upload},
    many::Taken,
    problem::HttpProblem,
};

/// Bytes one upload may have. It goes to the disk, not into memory.
pub const MAX_UPLOAD_BYTES: usize = 8192 * 1024 * 1024;

/// Files one upload may have.
const MAX_UPLOAD_FILES: usize = 5000;

/// How an import is begun.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    /// Whether to wait for a choice before anything is written, if there is
    /// more than one codelab or a past workshop.
    #[serde(default)]
    pub choose: bool,
}

/// What somebody who asks again knows already.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Known {
    /// Rows that are known; the answer begins behind them and waits until there
    /// is one.
    pub known: Option<usize>,
}

/// Import many codelabs
///
/// Files, ZIPs and the files of folders, each part named by its path. Answers
/// when everything has arrived; the codelabs then come in one by one, each as a
/// whole or not at all. A backup brings past workshops as well. It ends, and nothing more comes
/// in, when whoever began it is removed.
#[utoipa::path(post, path = "/imports", operation_id = "start_import", tag = "library",
    params(Wish),
    request_body(content = Vec<String>, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportJob), (status = 401, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem), (status = 403, body = Problem)))]
pub async fn start(
    State(app): State<App>,
    me: Facilitator,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<JsonBody<ImportJob>, HttpProblem> {
    let receiving = app.imports.begin_receiving(me.id)?;
    free_space::check(app.store.files_dir(), content_length(&headers).unwrap_or(0)).await?;
    let upload = app.imports.receive().map_err(|error| unkept(&error))?;
    tokio::select! {
        biased;
        () = app.removals.of(Some(me.id)) => {
            let detail = "your access to this machine was taken away";
            return Err(HttpProblem::new(ProblemCode::NotAuthenticated, detail));
        }
        received = receive(form, &upload) => received?,
    }
    drop(receiving);
    let asking = if wish.choose {
        Asking::WhatToTake
    } else {
        Asking::Nothing
    };
    let origin = Origin::Upload(upload);
    Ok(JsonBody(imports::start(&app, Some(me.id), origin, asking)?))
}

/// How far an import is
///
/// Waits some seconds for news. Ask again with the number of rows that are
/// known, until it is done.
#[utoipa::path(get, path = "/imports/{import}", operation_id = "import_progress", tag = "library",
    params(("import" = String, Path, description = "The import"), Known),
    responses((status = 200, body = ImportJob), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 403, body = Problem)))]
pub async fn progress(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
    Query(query): Query<Known>,
) -> Result<JsonBody<ImportJob>, HttpProblem> {
    let known = query.known.unwrap_or(0);
    Ok(JsonBody(app.imports.progress(&id, known).await?))
}

/// Take some of what an import found
///
/// For one that waits for a choice; the others are left out.
#[utoipa::path(post, path = "/imports/{import}/take", operation_id = "take_import", tag = "library",
    params(("import" = String, Path, description = "The import")), request_body = TakeImport,
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn take(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
    Json(wish): Json<TakeImport>,
) -> Result<StatusCode, HttpProblem> {
    let wanted = wish.codelabs.iter().map(|codelab| Taken {
        index: usize::try_from(codelab.index).unwrap_or(usize::MAX),
        past: codelab.past,
        past_only: codelab.past_only,
    });
    app.imports.take(&id, wanted.collect())?;
    Ok(StatusCode::NO_CONTENT)
}

/// End an import
///
/// The codelab that is being read still comes in; the next is not begun.
#[utoipa::path(delete, path = "/imports/{import}", operation_id = "cancel_import", tag = "library",
    params(("import" = String, Path, description = "The import")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn cancel(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    app.imports.cancel(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes the parts of a form below a folder, under their names.
async fn receive(mut form: Multipart, upload: &Upload) -> Result<(), HttpProblem> {
    let mut names = Names::new("The upload");
    let mut count = 0;
    while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
        count += 1;
        if count > MAX_UPLOAD_FILES {
            let detail = format!("more than {MAX_UPLOAD_FILES} files are not taken in one go");
            return Err(HttpProblem::new(ProblemCode::TooLarge, detail));
        }
        let written = field.file_name().unwrap_or("codelab.md").to_owned();
        let name = names.add(&written).map_err(|error| refused(&error))?;
        if let Some(name) = name {
            write(field, &upload.path().join(name)).await?;
        }
    }
    if count == 0 {
        let detail = "the form holds no file";
        return Err(HttpProblem::new(ProblemCode::InvalidRequest, detail));
    }
    Ok(())
}

async fn write(mut field: Field<'_>, path: &std::path::Path) -> Result<(), HttpProblem> {
    if let Some(folder) = path.parent() {
        store::create_private_folder(folder).map_err(|e| unkept(&e))?;
    }
    let mut options = fs::OpenOptions::from(store::private_file());
    let file = options.create_new(true).open(path).await;
    let mut file = file.map_err(|e| unkept(&e))?;
    while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
        file.write_all(&chunk).await.map_err(|e| unkept(&e))?;
    }
    file.flush().await.map_err(|e| unkept(&e))
}

fn unkept(error: &std::io::Error) -> HttpProblem {
    use std::io::ErrorKind;
    if matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    ) {
        let detail = "the disk is full; free some space on the facilitator's machine and try again";
        return HttpProblem::new(ProblemCode::StorageFull, detail);
    }
    let taken = matches!(
        error.kind(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory | ErrorKind::InvalidFilename
    );
    if taken {
        let detail = "two files have the same name, or one has a name that this system cannot keep";
        return HttpProblem::new(ProblemCode::InvalidRequest, detail);
    }
    tracing::error!(%error, "an upload cannot be kept");
    HttpProblem::new(ProblemCode::Internal, "the upload cannot be kept")
}

fn unreadable(error: &MultipartError) -> HttpProblem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let limit_mb = MAX_UPLOAD_BYTES / (1024 * 1024);
        let detail = format!("an upload may have {limit_mb} MB; import in several goes");
        return HttpProblem::new(ProblemCode::TooLarge, detail);
    }
    HttpProblem::new(ProblemCode::InvalidRequest, error.body_text())
}
