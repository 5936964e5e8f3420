//! Taking a seat, and taking it along.

use axum::{
    Json as JsonBody,
    extract::State,
    http::{HeaderMap, header},
};
use axum_extra::extract::CookieJar;
use domain::{CommandId, JoinCode, Name, SeatId, WorkshopId, workshop::Admission};
use protocol::{
    Join, Joined, Problem, ProblemCode, Resume, ResumeCode as ResumeCodeBody, Snapshot,
};

use super::{
    body::{Json, Path},
    qr::{self, Svg},
};
use crate::{
    access::{Caller, PeerAddress, SeatHolder, seat_cookie},
    app::App,
    problem::HttpProblem,
    room::{Credentials, Room},
    secrets::{ResumeCode, Secret},
};

type Seated = (CookieJar, JsonBody<Joined>);

/// Take a seat
///
/// Joining again with the same `id` gives the same seat, so that a browser may
/// ask again when the answer was lost.
#[utoipa::path(post, path = "/workshops/{workshop}/seats", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop")),
    request_body = Join,
    responses((status = 200, body = Joined), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem)))]
pub async fn join(
    State(app): State<App>,
    PeerAddress(address): PeerAddress,
    Path(workshop): Path<String>,
    jar: CookieJar,
    Json(join): Json<Join>,
) -> Result<Seated, HttpProblem> {
    let now = app.clock.now();
    let room = find(&app, &workshop).await?;
    let name = Name::parse(&join.name).map_err(|e| Problem::invalid_text("name", e))?;
    let code = join
        .code
        .as_deref()
        .and_then(|typed| JoinCode::parse(typed).ok());
    app.limits.wrong_secrets.peek(address, now)?;
    app.limits.joins.take(address, now)?;

    let token = Secret::generate();
    let resume_code = ResumeCode::generate();
    let credentials = Credentials {
        token: token.hash(),
        resume_code: resume_code.hash(),
    };
    let id = CommandId::from_bits(join.id.as_u128());
    let admission = Admission::Attendee { name, code };
    let admitted = match room.admit(id, admission, Some(credentials)).await {
        Ok(admitted) => admitted,
        Err(problem) => {
            if problem.code == ProblemCode::WrongJoinCode {
                app.limits.wrong_secrets.take(address, now)?;
            }
            return Err(problem.into());
        }
    };
    if !admitted.fresh {
        app.store
            .add_seat_token(room.id(), admitted.seat, token.hash(), now)
            .await?;
        app.store
            .replace_resume_code(room.id(), admitted.seat, resume_code.hash(), now)
            .await?;
    }
    let snapshot = room.snapshot(admitted.seat).await?;
    Ok(seated(jar, room.id(), &token, Some(&resume_code), snapshot))
}

/// Take a seat to this browser
///
/// The seat stays usable on the device it came from.
#[utoipa::path(post, path = "/seats/resume", tag = "seats", request_body = Resume,
    responses((status = 200, body = Joined), (status = 403, body = Problem), (status = 429, body = Problem)))]
pub async fn resume(
    State(app): State<App>,
    PeerAddress(address): PeerAddress,
    jar: CookieJar,
    Json(resume): Json<Resume>,
) -> Result<Seated, HttpProblem> {
    let now = app.clock.now();
    app.limits.wrong_secrets.peek(address, now)?;
    let found = match ResumeCode::parse(&resume.resume_code) {
        Some(code) => app.store.seat_of_resume_code(code.hash()).await?,
        None => None,
    };
    let Some((workshop, seat)) = found else {
        app.limits.wrong_secrets.take(address, now)?;
        let detail = "check the code, or make a new one on the device that still has the seat";
        return Err(HttpProblem::new(ProblemCode::WrongResumeCode, detail));
    };
    let room = app
        .rooms
        .get(workshop)
        .await?
        .ok_or_else(unknown_workshop)?;
    let token = Secret::generate();
    app.store
        .add_seat_token(workshop, seat, token.hash(), now)
        .await?;
    let snapshot = room.snapshot(seat).await?;
    Ok(seated(jar, workshop, &token, None, snapshot))
}

/// A new resume code for one's own seat
///
/// The older one no longer works.
#[utoipa::path(post, path = "/workshops/{workshop}/seat/resume-code", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = ResumeCodeBody), (status = 401, body = Problem)))]
pub async fn renew_own_resume_code(
    State(app): State<App>,
    holder: SeatHolder,
) -> Result<JsonBody<ResumeCodeBody>, HttpProblem> {
    renew(&app, holder.room.id(), holder.seat).await
}

/// The QR code that opens one's own seat on another device
///
/// It leads to the address that the request came by. The server knows only a
/// hash of the code, so that the browser says which one it has; a code that was
/// replaced is refused.
#[utoipa::path(post, path = "/workshops/{workshop}/seat/resume-qr", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop")),
    request_body = Resume,
    responses((status = 200, content_type = "image/svg+xml", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn resume_qr(
    State(app): State<App>,
    holder: SeatHolder,
    headers: HeaderMap,
    Json(resume): Json<Resume>,
) -> Result<Svg, HttpProblem> {
    let code = ResumeCode::parse(&resume.resume_code);
    let found = match &code {
        Some(code) => app.store.seat_of_resume_code(code.hash()).await?,
        None => None,
    };
    // Whose seat another code is for is nobody's business here.
    let (Some(code), true) = (code, found == Some((holder.room.id(), holder.seat))) else {
        let detail = "this is not the seat's code any more; make a new one";
        return Err(HttpProblem::new(ProblemCode::WrongResumeCode, detail));
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| app.network.is_own_host(host))
        .ok_or_else(|| {
            HttpProblem::new(ProblemCode::ForeignHost, "not an address of this machine")
        })?;
    qr::svg(&format!("http://{host}/resume#{}", code.reveal()))
}

/// A new resume code for somebody who lost their seat
#[utoipa::path(post, path = "/workshops/{workshop}/seats/{seat}/resume-code", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop"),
        ("seat" = u32, Path, description = "The attendee's seat")),
    responses((status = 200, body = ResumeCodeBody), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn renew_resume_code(
    State(app): State<App>,
    Caller(facilitator): Caller,
    path: Path<(String, u32)>,
) -> Result<JsonBody<ResumeCodeBody>, HttpProblem> {
    let room = &facilitator.room;
    let seat = SeatId::new(path.0.1);
    let is_attendee = room
        .person(seat)
        .is_some_and(|person| person.role == protocol::Role::Attendee);
    if !is_attendee {
        return Err(HttpProblem::new(
            ProblemCode::UnknownSeat,
            "there is no attendee in this seat",
        ));
    }
    renew(&app, room.id(), seat).await
}

/// The workshop as this seat may see it
#[utoipa::path(get, path = "/workshops/{workshop}/snapshot", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = Snapshot), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn snapshot(holder: SeatHolder) -> Result<JsonBody<Snapshot>, HttpProblem> {
    Ok(JsonBody(holder.room.snapshot(holder.seat).await?))
}

async fn renew(
    app: &App,
    workshop: WorkshopId,
    seat: SeatId,
) -> Result<JsonBody<ResumeCodeBody>, HttpProblem> {
    let code = ResumeCode::generate();
    app.store
        .replace_resume_code(workshop, seat, code.hash(), app.clock.now())
        .await?;
    Ok(JsonBody(ResumeCodeBody {
        resume_code: code.reveal(),
    }))
}

fn seated(
    jar: CookieJar,
    workshop: WorkshopId,
    token: &Secret,
    resume_code: Option<&ResumeCode>,
    snapshot: Snapshot,
) -> Seated {
    let joined = Joined {
        resume_code: resume_code.map(ResumeCode::reveal),
        snapshot,
    };
    (jar.add(seat_cookie(workshop, token)), JsonBody(joined))
}

async fn find(app: &App, workshop: &str) -> Result<Room, HttpProblem> {
    let id = workshop.parse().map_err(|_| unknown_workshop())?;
    app.rooms.get(id).await?.ok_or_else(unknown_workshop)
}

fn unknown_workshop() -> HttpProblem {
    HttpProblem::new(ProblemCode::UnknownWorkshop, "there is no such workshop")
}
