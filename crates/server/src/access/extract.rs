//! Extractors: a parameter is the permission.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts, RawPathParams},
    http::request::Parts,
};
use axum_extra::extract::CookieJar;
use domain::{FacilitatorId, Name, SeatId, WorkshopId, workshop::Admission};
use protocol::{Person, ProblemCode, Role};

use super::cookie::{FACILITATOR, SEAT_PREFIX};
use crate::{
    app::App,
    net::{Connection, Owner},
    problem::HttpProblem,
    room::Room,
    secrets::{self, Secret},
};

/// The address a request came from.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for PeerAddress {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpProblem> {
        let ConnectInfo(address) =
            <ConnectInfo<SocketAddr> as FromRequestParts<S>>::from_request_parts(parts, state)
                .await
                .map_err(|_| {
                    HttpProblem::new(ProblemCode::Internal, "the peer's address is unknown")
                })?;
        Ok(Self(address.ip()))
    }
}

/// Somebody with facilitator rights on this machine.
#[derive(Clone, Debug)]
pub struct Facilitator {
    /// Who.
    pub id: FacilitatorId,
    /// Their name.
    pub name: Name,
}

/// A facilitator, if the browser belongs to one.
pub type OptionalFacilitator = Option<Facilitator>;

impl FromRequestParts<App> for Facilitator {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, HttpProblem> {
        facilitator_of(parts, app).await?.ok_or_else(|| {
            let has_seat = CookieJar::from_headers(&parts.headers)
                .iter()
                .any(|cookie| cookie.name().starts_with(SEAT_PREFIX));
            if has_seat {
                HttpProblem::new(ProblemCode::NotAFacilitator, "this is for facilitators")
            } else {
                HttpProblem::new(
                    ProblemCode::NotAuthenticated,
                    "open the facilitator link that the app shows",
                )
            }
        })
    }
}

impl OptionalFromRequestParts<App> for Facilitator {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, HttpProblem> {
        facilitator_of(parts, app).await
    }
}

async fn facilitator_of(parts: &Parts, app: &App) -> Result<Option<Facilitator>, HttpProblem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(cookie) = jar.get(FACILITATOR) else {
        return Ok(None);
    };
    let token = Secret::presented(cookie.value());
    let found = app.store.facilitator_of_token(token.hash()).await?;
    if let Some(facilitator) = &found {
        keep_connection(parts, Owner::Facilitator(facilitator.id));
    }
    Ok(found.map(|f| Facilitator {
        id: f.id,
        name: f.name,
    }))
}

/// Somebody with a seat in the workshop of the address.
#[derive(Clone, Debug)]
pub struct SeatHolder {
    /// The workshop's room.
    pub room: Room,
    /// Their seat.
    pub seat: SeatId,
    /// Who they are there.
    pub person: Person,
    /// Which facilitator of this machine, when it was as one that they came.
    pub facilitator: Option<FacilitatorId>,
}

impl SeatHolder {
    /// Whether they facilitate the workshop.
    #[must_use]
    pub fn facilitates(&self) -> bool {
        self.person.role == Role::Facilitator
    }
}

/// A seat holder who facilitates the workshop of the address.
#[derive(Clone, Debug)]
pub struct Caller(pub SeatHolder);

impl FromRequestParts<App> for SeatHolder {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, HttpProblem> {
        let room = room_of(parts, app).await?;
        let (seat, facilitator) = match facilitator_of(parts, app).await? {
            Some(facilitator) => {
                let id = facilitator.id;
                let seat = facilitator_seat(&room, facilitator).await?;
                (seat, seat.map(|_| id))
            }
            None => (None, None),
        };
        let seat = match seat {
            Some(seat) => Some(seat),
            None => attendee_seat(parts, app, room.id()).await?,
        };
        let seated = seat.and_then(|seat| room.person(seat).map(|person| (seat, person)));
        let (seat, person) = seated.ok_or_else(|| {
            HttpProblem::new(
                ProblemCode::NotAuthenticated,
                "this browser has no seat in the workshop",
            )
        })?;
        Ok(Self {
            room,
            seat,
            person,
            facilitator,
        })
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, HttpProblem> {
        let holder = SeatHolder::from_request_parts(parts, app).await?;
        match holder.person.role {
            Role::Facilitator => Ok(Self(holder)),
            Role::Attendee => Err(HttpProblem::new(
                ProblemCode::NotAFacilitator,
                "this is for facilitators",
            )),
        }
    }
}

/// The room named by the address's `{workshop}`.
async fn room_of(parts: &mut Parts, app: &App) -> Result<Room, HttpProblem> {
    let unknown = || HttpProblem::new(ProblemCode::UnknownWorkshop, "there is no such workshop");
    let params = <RawPathParams as FromRequestParts<App>>::from_request_parts(parts, app)
        .await
        .map_err(|_| unknown())?;
    let id = params
        .iter()
        .find(|(name, _)| *name == "workshop")
        .map(|(_, value)| value.to_owned());
    let id: WorkshopId = id.and_then(|id| id.parse().ok()).ok_or_else(unknown)?;
    app.rooms.get(id).await?.ok_or_else(unknown)
}

/// The facilitator's seat; given on first sight of a live workshop.
async fn facilitator_seat(
    room: &Room,
    facilitator: Facilitator,
) -> Result<Option<SeatId>, HttpProblem> {
    let admission = Admission::Facilitator {
        id: facilitator.id,
        name: facilitator.name,
    };
    match room.admit(secrets::command_id(), admission, None).await {
        Ok(admitted) => Ok(Some(admitted.seat)),
        Err(problem) if problem.code == ProblemCode::WorkshopEnded => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

async fn attendee_seat(
    parts: &Parts,
    app: &App,
    workshop: WorkshopId,
) -> Result<Option<SeatId>, HttpProblem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(cookie) = jar.get(&format!("{SEAT_PREFIX}{workshop}")) else {
        return Ok(None);
    };
    let token = Secret::presented(cookie.value());
    let found = app.store.seat_of_token(token.hash()).await?;
    let seat = found
        .filter(|(of, _)| *of == workshop)
        .map(|(_, seat)| seat);
    if let Some(seat) = seat {
        keep_connection(parts, Owner::Seat(workshop, seat));
    }
    Ok(seat)
}

/// Connections of people who are known are not closed to make room for others.
fn keep_connection(parts: &Parts, owner: Owner) {
    if let Some(connection) = parts.extensions.get::<Connection>() {
        connection.belongs_to(owner);
    }
}

/// Seats looked up for one request. A browser that has been to more workshops
/// on this machine is asked for the code again.
const SEATS_PER_REQUEST: usize = 50;

/// All valid seats of a browser.
///
/// # Errors
/// When the store cannot be read.
pub async fn seats_of(
    jar: &CookieJar,
    app: &App,
) -> Result<Vec<(WorkshopId, SeatId)>, HttpProblem> {
    let mut seats = Vec::new();
    let cookies = jar
        .iter()
        .filter(|cookie| cookie.name().starts_with(SEAT_PREFIX));
    for cookie in cookies.take(SEATS_PER_REQUEST) {
        let token = Secret::presented(cookie.value());
        seats.extend(app.store.seat_of_token(token.hash()).await?);
    }
    Ok(seats)
}
