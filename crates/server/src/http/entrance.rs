//! The door: what there is to join, and who this browser already is.

use axum::{Json, extract::State};
use axum_extra::extract::CookieJar;
use domain::{JoinCode, SeatId, WorkshopId};
use protocol::{Entrance, EntranceWorkshop, Id};
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::Query;
use crate::{
    RELEASE,
    access::{Facilitator, PeerAddress, seats_of},
    app::App,
    problem::HttpProblem,
    room::Room,
};

/// What somebody brings to the door.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntranceQuery {
    /// A join code, as typed or scanned.
    code: Option<String>,
}

/// The door
///
/// What can be joined, and who this browser already is. A code that no live
/// workshop has counts as a wrong try.
#[utoipa::path(get, path = "/entrance", tag = "seats", params(EntranceQuery),
    responses((status = 200, body = Entrance), (status = 429, body = protocol::Problem)))]
pub async fn entrance(
    State(app): State<App>,
    PeerAddress(address): PeerAddress,
    facilitator: Option<Facilitator>,
    jar: CookieJar,
    Query(query): Query<EntranceQuery>,
) -> Result<Json<Entrance>, HttpProblem> {
    let now = app.clock.now();
    let code = query
        .code
        .as_deref()
        .and_then(|typed| JoinCode::parse(typed).ok());
    if code.is_some() {
        app.limits.wrong_secrets.peek(address, now)?;
    }
    let seats = seats_of(&jar, &app).await?;
    let mut workshops: Vec<EntranceWorkshop> = app
        .rooms
        .live()
        .iter()
        .map(|room| at_the_door(room, &seats, code.as_ref()))
        .collect();
    let none_matches = !workshops.iter().any(|workshop| workshop.code_matches);
    if query.code.is_some() && none_matches {
        // Answered all the same: the page shows the workshops and asks for the code.
        app.limits.wrong_secrets.take(address, now)?;
    }
    for (id, _) in &seats {
        let listed = workshops.iter().any(|workshop| workshop.id.0 == *id);
        if listed {
            continue;
        }
        match app.rooms.get(*id).await {
            Ok(Some(room)) => workshops.push(at_the_door(&room, &seats, code.as_ref())),
            // A damaged one must not bar the way to the others.
            Err(error) if !error.is_damage() => return Err(error.into()),
            Ok(None) | Err(_) => {}
        }
    }
    Ok(Json(Entrance {
        release: RELEASE.to_owned(),
        facilitator: facilitator.map(|f| protocol::Facilitator {
            id: Id(f.id),
            name: f.name.as_str().to_owned(),
        }),
        workshops,
    }))
}

fn at_the_door(
    room: &Room,
    seats: &[(WorkshopId, SeatId)],
    code: Option<&JoinCode>,
) -> EntranceWorkshop {
    let facts = room.facts();
    let seat = seats
        .iter()
        .find(|(id, _)| *id == room.id())
        .map(|(_, seat)| *seat);
    EntranceWorkshop {
        id: Id(room.id()),
        title: facts.title,
        status: facts.status.into(),
        code_required: facts.code_required,
        code_matches: code.is_some() && code == facts.join_code.as_ref(),
        seat: seat.and_then(|seat| room.person(seat)),
    }
}
