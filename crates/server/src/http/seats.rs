//! Taking a seat, and taking it along.

use axum::{
    Json as JsonBody,
    extract::State,
    http::{HeaderMap, header},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use domain::{CommandId, JoinCode, Name, SeatId, Timestamp, workshop::Admission};
use protocol::{
    Join, Joined, Problem, ProblemCode, Resume, ResumeCode as ResumeCodeBody, Snapshot,
};
use store::{FacilitatorCode, Resumable};

use super::{
    body::{Json, Path},
    qr::{self, Svg},
};
use crate::{
    access::{Caller, Facilitator, PeerAddress, SeatHolder, facilitator_seat},
    app::App,
    problem::HttpProblem,
    room::{Credentials, Room},
    secrets::{ResumeCode, Secret},
};

/// How long a facilitator's resume code is valid: the way to the other device.
const FACILITATOR_CODE_MS: i64 = 15 * 60 * 1000;

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
        let credentials = (token.hash(), resume_code.hash());
        app.store
            .add_seat_credentials(room.id(), admitted.seat, credentials, now)
            .await?;
    }
    let snapshot = room.snapshot(admitted.seat).await?;
    let cookie = app.cookies.for_seat(room.id(), &token);
    Ok(seated(jar, cookie, Some(&resume_code), snapshot))
}

/// Take a seat to this browser
///
/// The seat stays usable on the device it came from. With a facilitator's code, which
/// works once, this browser becomes one of theirs, in all workshops.
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
    let wrong = || {
        let detail = "check the code, or make a new one on the device that still has the seat";
        HttpProblem::new(ProblemCode::WrongResumeCode, detail)
    };
    let code = ResumeCode::parse(&resume.resume_code);
    let found = match &code {
        Some(code) => app.store.resumable(code.hash(), now).await?,
        None => None,
    };
    let (Some(code), Some(found)) = (code, found) else {
        app.limits.wrong_secrets.take(address, now)?;
        return Err(wrong());
    };
    // Everything that can fail comes before the code is used up.
    let snapshot = snapshot_of(&app, &found).await?.ok_or_else(wrong)?;
    let token = Secret::generate();
    let redeemed = app
        .store
        .redeem_resume_code(code.hash(), token.hash(), now)
        .await?;
    let cookie = match redeemed {
        Some(Resumable::Seat(workshop, _)) => app.cookies.for_seat(workshop, &token),
        Some(Resumable::Facilitator(..)) => app.cookies.for_facilitator(&token),
        // Used or replaced since it was looked at.
        None => return Err(wrong()),
    };
    Ok(seated(jar, cookie, None, snapshot))
}

/// The workshop that a resume code leads to, as whoever has it may see it; nothing if
/// there is no seat for them.
async fn snapshot_of(app: &App, found: &Resumable) -> Result<Option<Snapshot>, HttpProblem> {
    let (Resumable::Seat(workshop, _) | Resumable::Facilitator(workshop, _)) = found;
    let room = app.rooms.get(*workshop).await?;
    let room = room.ok_or_else(unknown_workshop)?;
    let seat = match found {
        Resumable::Seat(_, seat) => Some(*seat),
        Resumable::Facilitator(_, who) => {
            let who = Facilitator {
                id: who.id,
                name: who.name.clone(),
            };
            facilitator_seat(&room, who).await?
        }
    };
    match seat {
        Some(seat) => Ok(Some(room.snapshot(seat).await?)),
        None => Ok(None),
    }
}

/// A new resume code for one's own seat
///
/// The older one no longer works. A facilitator's works once, for fifteen minutes.
#[utoipa::path(post, path = "/workshops/{workshop}/seat/resume-code", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = ResumeCodeBody), (status = 401, body = Problem)))]
pub async fn renew_own_resume_code(
    State(app): State<App>,
    holder: SeatHolder,
) -> Result<JsonBody<ResumeCodeBody>, HttpProblem> {
    let (code, now) = (ResumeCode::generate(), app.clock.now());
    let workshop = holder.room.id();
    match holder.facilitator() {
        Some(id) => {
            let new = FacilitatorCode {
                code: code.hash(),
                workshop,
                created_at: now,
                expires_at: Timestamp::from_ms(now.as_ms().saturating_add(FACILITATOR_CODE_MS)),
            };
            app.store.replace_facilitator_code(id, new).await?;
        }
        None => {
            holder
                .store(&app)
                .replace_resume_code(workshop, holder.seat, code.hash(), now)
                .await?;
        }
    }
    Ok(told(&code))
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
        Some(code) => app.store.resumable(code.hash(), app.clock.now()).await?,
        None => None,
    };
    let is_own = found.is_some_and(|found| match found {
        Resumable::Seat(workshop, seat) => (workshop, seat) == (holder.room.id(), holder.seat),
        Resumable::Facilitator(_, who) => holder.facilitator() == Some(who.id),
    });
    // Whose seat another code is for is nobody's business here.
    let (Some(code), true) = (code, is_own) else {
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
///
/// It ends with the facilitator's rights, and so does the seat on devices that were
/// given it for this code.
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
    let code = ResumeCode::generate();
    facilitator
        .store(&app)
        .replace_resume_code(room.id(), seat, code.hash(), app.clock.now())
        .await?;
    Ok(told(&code))
}

/// The workshop as this seat may see it
#[utoipa::path(get, path = "/workshops/{workshop}/snapshot", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = Snapshot), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn snapshot(holder: SeatHolder) -> Result<JsonBody<Snapshot>, HttpProblem> {
    Ok(JsonBody(holder.room.snapshot(holder.seat).await?))
}

fn told(code: &ResumeCode) -> JsonBody<ResumeCodeBody> {
    JsonBody(ResumeCodeBody {
        resume_code: code.reveal(),
    })
}

fn seated(
    jar: CookieJar,
    cookie: Cookie<'static>,
    resume_code: Option<&ResumeCode>,
    snapshot: Snapshot,
) -> Seated {
    let joined = Joined {
        resume_code: resume_code.map(ResumeCode::reveal),
        snapshot,
    };
    (jar.add(cookie), JsonBody(joined))
}

async fn find(app: &App, workshop: &str) -> Result<Room, HttpProblem> {
    let id = workshop.parse().map_err(|_| unknown_workshop())?;
    app.rooms.get(id).await?.ok_or_else(unknown_workshop)
}

fn unknown_workshop() -> HttpProblem {
    HttpProblem::new(ProblemCode::UnknownWorkshop, "there is no such workshop")
}
