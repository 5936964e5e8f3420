//! The library: list, look, import, archive, remove.

use axum::{
    Json as JsonBody,
    extract::{State, multipart::MultipartError},
    http::StatusCode,
};
use codelab::import::NamedFile;
use domain::CodelabId;
use protocol::{
    CodelabDetail, CodelabPage, ImportReport, LibrarySort, Problem, ProblemCode, Shelf, Tag,
};
use serde::Deserialize;
use store::LibraryQuery;
use utoipa::IntoParams;

use super::{
    body::{Form, Path, Query},
    page::PageQuery,
    views,
};
use crate::{access::Facilitator, app::App, import, problem::HttpProblem};

/// Bytes one import over HTTP may have. A ZIP of pictures fits; more would sit
/// in memory.
pub const MAX_IMPORT_BYTES: usize = 100 * 1024 * 1024;

/// Files one import may have.
const MAX_IMPORT_FILES: usize = 2000;

/// Which codelabs, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LibraryParams {
    /// Only what has all these words in its title, tags, summary, authors or text.
    pub search: Option<String>,
    /// Only what has this tag.
    pub tag: Option<String>,
    /// Only what stands there; what is in use if absent.
    #[serde(default)]
    pub shelf: Shelf,
    /// What comes first; if absent what fits the search best, else what changed last.
    #[serde(default)]
    pub sort: LibrarySort,
}

impl LibraryParams {
    fn query(self) -> LibraryQuery {
        LibraryQuery {
            search: self.search,
            tag: self.tag,
            shelf: on(self.shelf),
            sort: match self.sort {
                LibrarySort::Relevance => store::LibrarySort::Relevance,
                LibrarySort::Changed => store::LibrarySort::Changed,
                LibrarySort::Title => store::LibrarySort::Title,
                LibrarySort::Used => store::LibrarySort::Used,
            },
        }
    }
}

const fn on(shelf: Shelf) -> store::Shelf {
    match shelf {
        Shelf::Active => store::Shelf::Active,
        Shelf::Archived => store::Shelf::Archived,
        Shelf::Removed => store::Shelf::Removed,
    }
}

/// The library
#[utoipa::path(get, path = "/codelabs", operation_id = "list_codelabs", tag = "library",
    params(PageQuery, LibraryParams),
    responses((status = 200, body = CodelabPage), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
    Query(page): Query<PageQuery>,
    Query(library): Query<LibraryParams>,
) -> Result<JsonBody<CodelabPage>, HttpProblem> {
    let found = app
        .store
        .codelabs(page.request()?, &library.query())
        .await?;
    let items = found.items.into_iter().map(views::library_item).collect();
    Ok(JsonBody(CodelabPage {
        items,
        next: found.next,
    }))
}

/// Which part of the library.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShelfParams {
    /// What is in use if absent.
    #[serde(default)]
    pub shelf: Shelf,
}

/// The tags of the library, those of most codelabs first
#[utoipa::path(get, path = "/tags", operation_id = "list_tags", tag = "library",
    params(ShelfParams),
    responses((status = 200, body = [Tag]), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn tags(
    State(app): State<App>,
    _: Facilitator,
    Query(part): Query<ShelfParams>,
) -> Result<JsonBody<Vec<Tag>>, HttpProblem> {
    let tags = app.store.tags(on(part.shelf)).await?;
    let tag = |found: store::Tag| Tag {
        tag: found.tag,
        codelabs: found.codelabs,
    };
    Ok(JsonBody(tags.into_iter().map(tag).collect()))
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
    me: Facilitator,
    Form(mut form): Form,
) -> Result<JsonBody<ImportReport>, HttpProblem> {
    let _receiving = app.imports.begin_receiving(me.id)?;
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
    Ok(JsonBody(
        import::import_files(&app, Some(me.id), files).await?,
    ))
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
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let removed = me
        .store(&app)
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
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let restored = me
        .store(&app)
        .restore_codelab(parse(&id)?, app.clock.now())
        .await?;
    if restored {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}

/// Archive a codelab
///
/// It stays as it is and can be taught; it is only out of the way.
#[utoipa::path(post, path = "/codelabs/{codelab}/archive", tag = "library",
    params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn archive(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    move_to_archive(&app, &me, &id, true).await
}

/// Take a codelab back from the archive
#[utoipa::path(post, path = "/codelabs/{codelab}/unarchive", tag = "library",
    params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn unarchive(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    move_to_archive(&app, &me, &id, false).await
}

/// Doing it twice is doing it once.
async fn move_to_archive(
    app: &App,
    me: &Facilitator,
    id: &str,
    archived: bool,
) -> Result<StatusCode, HttpProblem> {
    let id = parse(id)?;
    let now = app.clock.now();
    let changed = me.store(app).archive_codelab(id, archived, now).await?;
    if changed || app.store.codelab(id).await?.is_some() {
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
