//! Extractors: a parameter is the permission.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts, RawPathParams},
    http::request::Parts,
};
use axum_extra::extract::CookieJar;
use domain::{FacilitatorId, Name, SeatId, WorkshopId, workshop::Admission};
use protocol::{Person, ProblemCode, Role};
use store::Store;

use crate::{
    app::App,
    net::{Connection, Owner},
    problem::HttpProblem,
    room::Room,
    secrets,
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

impl Facilitator {
    /// The store for what they write: it asks within the transaction whether
    /// they still are a facilitator.
    #[must_use]
    pub fn store(&self, app: &App) -> Store {
        app.store.on_behalf_of(self.id)
    }
}

/// A facilitator, if the browser belongs to one.
pub type OptionalFacilitator = Option<Facilitator>;

impl FromRequestParts<App> for Facilitator {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, HttpProblem> {
        facilitator_of(parts, app).await?.ok_or_else(|| {
            let jar = CookieJar::from_headers(&parts.headers);
            let has_seat = app.cookies.seat_tokens(&jar).next().is_some();
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

/// The facilitator of a request, if it is one's.
pub(super) async fn facilitator_of(
    parts: &Parts,
    app: &App,
) -> Result<Option<Facilitator>, HttpProblem> {
    let found = match parts.extensions.get::<Facilitator>() {
        Some(known) => Some(known.clone()),
        None => facilitator_of_browser(&CookieJar::from_headers(&parts.headers), app).await?,
    };
    if let Some(facilitator) = &found {
        keep_connection(parts, Owner::Facilitator(facilitator.id));
    }
    Ok(found)
}

/// The facilitator whose token a browser shows.
pub(super) async fn facilitator_of_browser(
    jar: &CookieJar,
    app: &App,
) -> Result<Option<Facilitator>, HttpProblem> {
    let Some(token) = app.cookies.facilitator_token(jar) else {
        return Ok(None);
    };
    let found = app.store.facilitator_of_token(token.hash()).await?;
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
    /// The facilitator of this machine with whose rights it ends: themselves, or
    /// who made the resume code that they came with.
    pub depends_on: Option<FacilitatorId>,
}

impl SeatHolder {
    /// Whether they facilitate the workshop.
    #[must_use]
    pub fn facilitates(&self) -> bool {
        self.person.role == Role::Facilitator
    }

    /// Which facilitator of this machine they are, if they facilitate.
    #[must_use]
    pub fn facilitator(&self) -> Option<FacilitatorId> {
        self.depends_on.filter(|_| self.facilitates())
    }

    /// The store for what they write; a facilitator's asks within the transaction
    /// whether they still are one.
    #[must_use]
    pub fn store(&self, app: &App) -> Store {
        match self.depends_on {
            Some(id) => app.store.on_behalf_of(id),
            None => app.store.clone(),
        }
    }
}

/// A seat holder who facilitates the workshop of the address.
#[derive(Clone, Debug)]
pub struct Caller(pub SeatHolder);

impl FromRequestParts<App> for SeatHolder {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, HttpProblem> {
        let room = room_of(parts, app).await?;
        let seat = match facilitator_of(parts, app).await? {
            Some(facilitator) => {
                let id = facilitator.id;
                let seat = facilitator_seat(&room, facilitator).await?;
                seat.map(|seat| (seat, Some(id)))
            }
            None => None,
        };
        let seat = match seat {
            Some(seat) => Some(seat),
            None => attendee_seat(parts, app, room.id()).await?,
        };
        let seated = seat.and_then(|(seat, depends_on)| {
            let person = room.person(seat)?;
            Some((seat, depends_on, person))
        });
        let (seat, depends_on, person) = seated.ok_or_else(|| {
            HttpProblem::new(
                ProblemCode::NotAuthenticated,
                "this browser has no seat in the workshop",
            )
        })?;
        Ok(Self {
            room,
            seat,
            person,
            depends_on,
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
///
/// # Errors
/// That the seat cannot be given.
pub async fn facilitator_seat(
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

/// An attendee's seat, and the facilitator who vouched for the browser that shows
/// its token. A facilitator's seat has no token of its own.
async fn attendee_seat(
    parts: &Parts,
    app: &App,
    workshop: WorkshopId,
) -> Result<Option<(SeatId, Option<FacilitatorId>)>, HttpProblem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(token) = app.cookies.seat_token(&jar, workshop) else {
        return Ok(None);
    };
    let found = app.store.seat_of_token(token.hash()).await?;
    let found = found.filter(|found| found.workshop == workshop);
    if let Some(found) = &found {
        keep_connection(parts, Owner::Seat(workshop, found.seat));
    }
    Ok(found.map(|found| (found.seat, found.vouched_by)))
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

/// All valid attendees' seats of a browser.
///
/// # Errors
/// When the store cannot be read.
pub async fn seats_of(
    jar: &CookieJar,
    app: &App,
) -> Result<Vec<(WorkshopId, SeatId)>, HttpProblem> {
    let mut seats = Vec::new();
    for token in app.cookies.seat_tokens(jar).take(SEATS_PER_REQUEST) {
        let found = app.store.seat_of_token(token.hash()).await?;
        seats.extend(found.map(|found| (found.workshop, found.seat)));
    }
    Ok(seats)
}
