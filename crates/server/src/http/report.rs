//! A workshop after the fact, or so far: as JSON for the screen, as tables for
//! spreadsheet programs.

mod left;
mod tables;

use axum::{Json as JsonBody, extract::State, response::Response};
use domain::{
    Seq,
    workshop::report::{Report, Reporter},
};
use protocol::{Problem, ProblemCode, WorkshopReport};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::body::Query;
use crate::{access::Caller, app::App, problem::HttpProblem, room::Room};

/// Events read at once: bounds the memory, not the log.
const CHUNK: u32 = 1000;

/// How a table is written.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct TableQuery {
    /// The language of the first line; English if absent.
    #[serde(default)]
    #[param(inline)]
    language: Language,
    /// How far the reader's clock is ahead of UTC, in minutes.
    #[serde(default)]
    utc_offset_minutes: i32,
}

/// A language of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

/// What can be learned from a workshop
///
/// So far, while it is live.
#[utoipa::path(get, path = "/workshops/{workshop}/report", tag = "report",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = WorkshopReport), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn report(
    State(app): State<App>,
    Caller(me): Caller,
) -> Result<JsonBody<WorkshopReport>, HttpProblem> {
    let report = read(&app, &me.room).await?;
    Ok(JsonBody(WorkshopReport::of(me.room.id(), &report)))
}

/// Who was there, as CSV
#[utoipa::path(get, path = "/workshops/{workshop}/report/attendance.csv", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"), TableQuery),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn attendance_csv(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<TableQuery>,
) -> Result<Response, HttpProblem> {
    let report = read(&app, &me.room).await?;
    Ok(tables::attendance(&report, &query))
}

/// How long the steps took, as CSV
#[utoipa::path(get, path = "/workshops/{workshop}/report/steps.csv", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"), TableQuery),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn steps_csv(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<TableQuery>,
) -> Result<Response, HttpProblem> {
    let report = read(&app, &me.room).await?;
    Ok(tables::steps(&report, &query))
}

/// What came of the quizzes, as CSV
#[utoipa::path(get, path = "/workshops/{workshop}/report/quizzes.csv", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"), TableQuery),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn quizzes_csv(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<TableQuery>,
) -> Result<Response, HttpProblem> {
    let report = read(&app, &me.room).await?;
    Ok(tables::quizzes(&report, &query))
}

/// What people think, as CSV
#[utoipa::path(get, path = "/workshops/{workshop}/report/feedback.csv", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"), TableQuery),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn feedback_csv(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<TableQuery>,
) -> Result<Response, HttpProblem> {
    let report = read(&app, &me.room).await?;
    Ok(left::feedback(&report, &query))
}

/// What was handed in, as CSV
#[utoipa::path(get, path = "/workshops/{workshop}/report/submissions.csv", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"), TableQuery),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn submissions_csv(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<TableQuery>,
) -> Result<Response, HttpProblem> {
    let report = read(&app, &me.room).await?;
    Ok(left::submissions(&report, &query))
}

async fn read(app: &App, room: &Room) -> Result<Report, HttpProblem> {
    let mut reporter = Reporter::default();
    let mut cursor = Seq::default();
    loop {
        let events = app.store.events_after(room.id(), cursor, CHUNK).await?;
        let Some(last) = events.last() else { break };
        cursor = last.seq;
        for recorded in &events {
            reporter.take(recorded);
        }
    }
    reporter
        .finish()
        .ok_or_else(|| HttpProblem::new(ProblemCode::UnknownWorkshop, "there is no such workshop"))
}
