//! Save points: making one, looking at them, bringing one back.

use axum::{Json as JsonBody, extract::State, http::StatusCode};
use domain::{CodelabId, RevisionNote};
use protocol::{Problem, ProblemCode, Revision, RevisionPage, SaveRevision, SavedRevision};
use store::Save;

use super::{
    body::{Json, Path, Query},
    page::PageQuery,
    views,
    writing::parse,
};
use crate::{
    access::Facilitator,
    app::App,
    problem::HttpProblem,
    writing::{self, SavePoint},
};

/// The save points of a codelab, newest first
#[utoipa::path(get, path = "/codelabs/{codelab}/revisions", operation_id = "list_revisions",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab"), PageQuery),
    responses((status = 200, body = RevisionPage), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<JsonBody<RevisionPage>, HttpProblem> {
    let id = parse(&id)?;
    known(&app, id).await?;
    let found = app.store.revisions(id, page.request()?).await?;
    Ok(JsonBody(RevisionPage {
        items: found
            .items
            .into_iter()
            .map(views::revision_summary)
            .collect(),
        next: found.next,
    }))
}

/// A save point with its text
#[utoipa::path(get, path = "/codelabs/{codelab}/revisions/{number}",
    operation_id = "show_revision", tag = "writing",
    params(("codelab" = String, Path, description = "The codelab"),
        ("number" = u32, Path, description = "The revision")),
    responses((status = 200, body = Revision), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    _: Facilitator,
    Path((id, number)): Path<(String, String)>,
) -> Result<JsonBody<Revision>, HttpProblem> {
    let id = parse(&id)?;
    known(&app, id).await?;
    let found = find(&app, id, &number).await?;
    Ok(JsonBody(Revision {
        summary: views::revision_summary(found.summary),
        source: found.source,
    }))
}

/// Save a text as a further revision
///
/// 201 with the new revision, which live workshops follow from now on; 200 with
/// the newest when the text says the same. The draft of who saves is gone then.
/// 409 when another revision came in between: merge it, and save again with it
/// as the base.
#[utoipa::path(post, path = "/codelabs/{codelab}/revisions", operation_id = "save_revision",
    tag = "writing", params(("codelab" = String, Path, description = "The codelab")),
    request_body = SaveRevision,
    responses((status = 201, body = SavedRevision), (status = 200, body = SavedRevision),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn save(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
    Json(wish): Json<SaveRevision>,
) -> Result<(StatusCode, JsonBody<SavedRevision>), HttpProblem> {
    let id = parse(&id)?;
    let note = wish.note.as_deref().filter(|note| !note.trim().is_empty());
    let note = note.map(RevisionNote::parse).transpose();
    let note = note.map_err(|e| Problem::invalid_text("note", e))?;
    let save = Save {
        base: wish.base,
        by: me.id,
        note: note.map(|note| note.as_str().to_owned()),
        restored_from: None,
        ends_draft: true,
    };
    let point = writing::save(&app, id, wish.source, &save).await?;
    answer(&app, id, point).await
}

/// Bring the text of a save point back
///
/// As a further revision: what was saved since stays in the list. The draft of
/// who restores is gone then.
#[utoipa::path(post, path = "/codelabs/{codelab}/revisions/{number}/restore",
    operation_id = "restore_revision", tag = "writing",
    params(("codelab" = String, Path, description = "The codelab"),
        ("number" = u32, Path, description = "The revision")),
    responses((status = 201, body = SavedRevision), (status = 200, body = SavedRevision),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn restore(
    State(app): State<App>,
    me: Facilitator,
    Path((id, number)): Path<(String, String)>,
) -> Result<(StatusCode, JsonBody<SavedRevision>), HttpProblem> {
    let id = parse(&id)?;
    let newest = app.store.codelab_source(id).await?;
    let newest = newest.ok_or_else(writing::unknown_codelab)?;
    let old = find(&app, id, &number).await?;
    let save = Save {
        base: newest.revision,
        by: me.id,
        note: None,
        restored_from: Some(old.summary.number),
        ends_draft: true,
    };
    let point = writing::save(&app, id, old.source, &save).await?;
    answer(&app, id, point).await
}

async fn answer(
    app: &App,
    id: CodelabId,
    point: SavePoint,
) -> Result<(StatusCode, JsonBody<SavedRevision>), HttpProblem> {
    let status = if point.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let steps = app.store.revision_steps(id, point.revision).await?;
    let answer = SavedRevision {
        revision: point.revision,
        steps: steps.into_iter().map(views::step_detail).collect(),
        diagnostics: point.diagnostics,
    };
    Ok((status, JsonBody(answer)))
}

async fn known(app: &App, id: CodelabId) -> Result<(), HttpProblem> {
    let newest = app.store.newest_revisions(&[id]).await?;
    if newest.is_empty() {
        return Err(writing::unknown_codelab().into());
    }
    Ok(())
}

async fn find(app: &App, id: CodelabId, number: &str) -> Result<store::Revision, HttpProblem> {
    let unknown = || HttpProblem::new(ProblemCode::NotFound, "there is no such revision");
    let number = number.parse().map_err(|_| unknown())?;
    app.store.revision(id, number).await?.ok_or_else(unknown)
}
