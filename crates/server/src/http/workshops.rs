//! Starting, ending and looking back.

use axum::{Json as JsonBody, extract::State};
use domain::{
    Seq, WorkshopTitle,
    workshop::{self, Admission, Command, Recorded, Start},
};
use protocol::{Ack, Problem, ProblemCode, StartWorkshop, WorkshopPage, WorkshopSummary};
use serde::Deserialize;
use store::Entry;
use utoipa::ToSchema;

use super::{
    body::{Json, Query},
    help::{CommandKey, run},
    page::PageQuery,
    views,
};
use crate::{
    access::{Caller, Facilitator},
    app::App,
    problem::HttpProblem,
    secrets,
};

/// The history, newest first
#[utoipa::path(get, path = "/workshops", operation_id = "list_workshops", tag = "workshops", params(PageQuery),
    responses((status = 200, body = WorkshopPage), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
    Query(page): Query<PageQuery>,
) -> Result<JsonBody<WorkshopPage>, HttpProblem> {
    let found = app.store.workshops(page.request()?).await?;
    let items = found
        .items
        .into_iter()
        .map(views::workshop_summary)
        .collect();
    Ok(JsonBody(WorkshopPage {
        items,
        next: found.next,
    }))
}

/// Start a workshop
///
/// It is durable and can be joined when the answer comes.
#[utoipa::path(post, path = "/workshops", tag = "workshops", request_body = StartWorkshop,
    responses((status = 200, body = WorkshopSummary), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem),
        (status = 403, body = Problem)))]
pub async fn start(
    State(app): State<App>,
    me: Facilitator,
    Json(wish): Json<StartWorkshop>,
) -> Result<JsonBody<WorkshopSummary>, HttpProblem> {
    let ids: Vec<_> = wish.codelabs.iter().map(|id| id.0).collect();
    let agenda = app.store.agenda(&ids).await?;
    if agenda.len() != ids.len() {
        let detail = "a codelab of the agenda is no longer in the library";
        return Err(HttpProblem::new(ProblemCode::UnknownCodelab, detail));
    }
    let title = match &wish.title {
        Some(title) => {
            WorkshopTitle::parse(title).map_err(|e| Problem::invalid_text("title", e))?
        }
        None => default_title(agenda.first().map_or("", |codelab| &*codelab.title)),
    };
    let mut join_code = secrets::join_code();
    while app.rooms.is_code_taken(&join_code) {
        join_code = secrets::join_code();
    }
    let codelabs = agenda
        .iter()
        .map(|codelab| codelab.title.as_ref().to_owned())
        .collect();
    let events = workshop::start(Start {
        title: title.clone(),
        join_code,
        code_required: wish.code_required.unwrap_or(true),
        agenda,
    })?;

    let id = secrets::workshop_id();
    let at = app.clock.now();
    let events = events
        .into_iter()
        .zip(1..)
        .map(|(event, seq)| Recorded {
            seq: Seq::new(seq),
            at,
            event,
        })
        .collect();
    me.store(&app)
        .append(
            id,
            &[Entry {
                answered: None,
                events,
                credential: None,
            }],
        )
        .await?;
    let room = app.rooms.get(id).await?.ok_or_else(|| {
        HttpProblem::new(
            ProblemCode::Internal,
            "the workshop was started but cannot be read",
        )
    })?;
    let admission = Admission::Facilitator {
        id: me.id,
        name: me.name,
    };
    room.admit(secrets::command_id(), admission, None).await?;
    Ok(JsonBody(WorkshopSummary {
        id: protocol::Id(id),
        title: title.as_str().to_owned(),
        status: protocol::WorkshopStatus::Live,
        started_at_ms: at.as_ms(),
        ended_at_ms: None,
        codelabs,
        attendees: 0,
        messages: 0,
        help_requests: 0,
        imported: false,
    }))
}

/// When a workshop is to end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedEnd {
    /// In how many minutes, 1 to 60; absent: the plan is taken back.
    #[schema(nullable = false)]
    minutes: Option<u32>,
}

/// Plan the end of a workshop
///
/// Until then everything still counts, also what people did while they were offline.
#[utoipa::path(put, path = "/workshops/{workshop}/planned-end", tag = "workshops",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    request_body = PlannedEnd,
    responses((status = 200, body = Ack), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn schedule_end(
    Caller(me): Caller,
    key: CommandKey,
    Json(plan): Json<PlannedEnd>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    run(&me, key, Command::ScheduleEnd(plan.minutes)).await
}

/// End a workshop for everybody
///
/// It can still be read.
#[utoipa::path(post, path = "/workshops/{workshop}/end", tag = "workshops",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    responses((status = 200, body = Ack), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn end(Caller(me): Caller, key: CommandKey) -> Result<JsonBody<Ack>, HttpProblem> {
    run(&me, key, Command::EndWorkshop).await
}

/// The first codelab's title, cut to what a workshop's title may be.
fn default_title(codelab: &str) -> WorkshopTitle {
    let cut: String = codelab.chars().take(WorkshopTitle::MAX_CHARS).collect();
    WorkshopTitle::parse(&cut)
        .or_else(|_| WorkshopTitle::parse("Workshop"))
        .unwrap_or_else(|_| unreachable!("a plain word is a title"))
}
