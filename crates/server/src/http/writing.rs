//! Writing a codelab: its text, the draft of who writes, a look at how it will
//! be, and its pictures.

use axum::{
    Json as JsonBody,
    extract::{State, multipart::MultipartError},
    http::StatusCode,
};
use domain::{CodelabId, CodelabTitle};
use protocol::{
    BeginCodelab, CodelabDetail, CodelabFile, CodelabSource, Draft, DraftKept, DuplicateCodelab,
    KeepDraft, Preview, PreviewText, Problem, ProblemCode,
};

use super::{
    body::{Form, Json, Path},
    views,
};
use crate::{access::Facilitator, app::App, problem::HttpProblem, writing};

/// Bytes of a body that carries the text of a codelab: the text, and what JSON
/// adds to line ends and quotation marks.
pub const MAX_BODY_BYTES: usize = 2 * writing::MAX_SOURCE_BYTES;

/// Bytes of a body that carries a picture: the picture, and the form around it.
pub const MAX_PICTURE_BODY_BYTES: usize = MAX_PICTURE_BYTES + 64 * 1024;

/// Bytes a picture may have; as in an import.
const MAX_PICTURE_BYTES: usize = 20 * 1024 * 1024;

/// Characters of a language's name (BCP 47 allows 35 in practice).
const MAX_LANGUAGE_CHARS: usize = 35;

/// Begin a codelab
///
/// With the given text, or with a title and one empty step.
#[utoipa::path(post, path = "/codelabs/blank", operation_id = "begin_codelab", tag = "writing",
    request_body = BeginCodelab,
    responses((status = 201, body = CodelabDetail), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
pub async fn begin(
    State(app): State<App>,
    me: Facilitator,
    Json(wish): Json<BeginCodelab>,
) -> Result<(StatusCode, JsonBody<CodelabDetail>), HttpProblem> {
    let title = CodelabTitle::parse(&wish.title).map_err(|e| Problem::invalid_text("title", e))?;
    let text = match wish.source {
        Some(source) => source,
        None => blank(&title, wish.language.as_deref())?,
    };
    let id = writing::begin(&app, me.id, &title, text).await?;
    let found = app.store.codelab(id).await?;
    let found = found.ok_or_else(writing::unknown_codelab)?;
    Ok((StatusCode::CREATED, JsonBody(views::codelab_detail(found))))
}

/// Duplicate a codelab
///
/// Its text under another title, its pictures and its materials.
#[utoipa::path(post, path = "/codelabs/{codelab}/duplicate", operation_id = "duplicate_codelab",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    request_body = DuplicateCodelab,
    responses((status = 201, body = CodelabDetail), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub async fn duplicate(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
    Json(wish): Json<DuplicateCodelab>,
) -> Result<(StatusCode, JsonBody<CodelabDetail>), HttpProblem> {
    let original = parse(&id)?;
    let title = CodelabTitle::parse(&wish.title).map_err(|e| Problem::invalid_text("title", e))?;
    let id = writing::duplicate(&app, me.id, original, &title).await?;
    let found = app.store.codelab(id).await?;
    let found = found.ok_or_else(writing::unknown_codelab)?;
    Ok((StatusCode::CREATED, JsonBody(views::codelab_detail(found))))
}

/// A title and one step.
fn blank(title: &CodelabTitle, language: Option<&str>) -> Result<String, HttpProblem> {
    let header = match language {
        Some(language) if is_language(language) => format!("language: {language}\n\n"),
        Some(_) => {
            let mut problem = Problem::new(
                ProblemCode::InvalidText,
                "language: name it as BCP 47 does, like “en” or “pt-BR”",
            );
            problem.field = Some("language".to_owned());
            return Err(problem.into());
        }
        None => String::new(),
    };
    Ok(format!(
        "{header}# {}\n\n## Introduction\n\n",
        title.as_str()
    ))
}

fn is_language(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=MAX_LANGUAGE_CHARS).contains(&name.len()) && name.chars().all(allowed)
}

/// The text of a codelab
///
/// The newest revision's, and what who asks has typed since.
#[utoipa::path(get, path = "/codelabs/{codelab}/source", operation_id = "codelab_source",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 200, body = CodelabSource), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn source(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<JsonBody<CodelabSource>, HttpProblem> {
    let id = parse(&id)?;
    let newest = app.store.codelab_source(id).await?;
    let newest = newest.ok_or_else(writing::unknown_codelab)?;
    let draft = app.store.draft(id, me.id).await?;
    let files = app.store.codelab_files(id).await?;
    Ok(JsonBody(CodelabSource {
        revision: newest.revision,
        source: newest.source,
        files: files.into_iter().map(views::codelab_file).collect(),
        draft: draft.map(|draft| Draft {
            base: draft.base,
            source: draft.source,
            saved_at_ms: draft.saved_at.as_ms(),
        }),
    }))
}

/// Keep what is being typed
///
/// One draft per codelab and facilitator; on the disk when the answer comes.
/// Workshops and other facilitators do not see it.
#[utoipa::path(put, path = "/codelabs/{codelab}/draft", operation_id = "keep_draft",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    request_body = KeepDraft,
    responses((status = 200, body = DraftKept), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn keep_draft(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
    Json(draft): Json<KeepDraft>,
) -> Result<JsonBody<DraftKept>, HttpProblem> {
    let id = parse(&id)?;
    if draft.base == 0 {
        let mut problem = Problem::new(ProblemCode::OutOfRange, "base: revisions count from 1");
        problem.field = Some("base".to_owned());
        return Err(problem.into());
    }
    writing::check_size(&draft.source)?;
    let saved_at = app.clock.now();
    let draft = store::Draft {
        base: draft.base,
        source: draft.source,
        saved_at,
    };
    if !me.store(&app).keep_draft(id, me.id, &draft).await? {
        return Err(writing::unknown_codelab().into());
    }
    Ok(JsonBody(DraftKept {
        saved_at_ms: saved_at.as_ms(),
    }))
}

/// Discard what was typed
///
/// The newest revision is then the text again. Nothing happens if there is no draft.
#[utoipa::path(delete, path = "/codelabs/{codelab}/draft", operation_id = "discard_draft",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
pub async fn discard_draft(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    me.store(&app).discard_draft(parse(&id)?, me.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look at how a text will be
///
/// Nothing is kept. Steps that were looked at before come from memory.
#[utoipa::path(post, path = "/codelabs/{codelab}/preview", operation_id = "preview_codelab",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    request_body = PreviewText,
    responses((status = 200, body = Preview), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn preview(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
    Json(text): Json<PreviewText>,
) -> Result<JsonBody<Preview>, HttpProblem> {
    let preview = writing::preview(&app, parse(&id)?, text.source).await?;
    Ok(JsonBody(preview))
}

/// Add a picture to a codelab
///
/// The text may then refer to it. The same picture again keeps its name.
#[utoipa::path(post, path = "/codelabs/{codelab}/files", operation_id = "add_codelab_file",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    request_body(content = Vec<String>, content_type = "multipart/form-data"),
    responses((status = 200, body = CodelabFile), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add_file(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
    Form(mut form): Form,
) -> Result<JsonBody<CodelabFile>, HttpProblem> {
    let id = parse(&id)?;
    let field = form.next_field().await.map_err(|e| unreadable(&e))?;
    let field = field.ok_or_else(|| {
        HttpProblem::new(ProblemCode::InvalidRequest, "the form holds no picture")
    })?;
    let name = field.file_name().unwrap_or_default().to_owned();
    let bytes = field.bytes().await.map_err(|e| unreadable(&e))?;
    if bytes.len() > MAX_PICTURE_BYTES {
        return Err(too_large());
    }
    let now = app.clock.now();
    let file = writing::add_picture(&me.store(&app), now, id, &name, bytes.to_vec()).await?;
    Ok(JsonBody(views::codelab_file(file)))
}

/// The codelab of an address.
pub fn parse(id: &str) -> Result<CodelabId, HttpProblem> {
    id.parse().map_err(|_| writing::unknown_codelab().into())
}

fn unreadable(error: &MultipartError) -> HttpProblem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    HttpProblem::new(ProblemCode::InvalidRequest, error.body_text())
}

fn too_large() -> HttpProblem {
    let limit_mb = MAX_PICTURE_BYTES / (1024 * 1024);
    let detail = format!("a picture may have {limit_mb} MB");
    HttpProblem::new(ProblemCode::TooLarge, detail)
}
