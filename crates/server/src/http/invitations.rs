//! Who facilitates on this machine, inviting others, and taking it back.

use std::collections::BTreeSet;

use axum::{Json as JsonBody, extract::State, http::StatusCode};
use domain::{
    FacilitatorId, InvitationId, Name, SeatId, Timestamp,
    workshop::{Role, WorkshopState},
};
use fast_qr::{ECL, QRBuilder, convert::svg::SvgBuilder};
use protocol::{
    FacilitatorEntry, FacilitatorList, Id, Invitation, InvitationEntry, InvitationList,
    InvitationStatus, Invite, Problem, ProblemCode,
};
use store::{NewInvitation, Removal, StoreError};

use super::body::{Json, Path};
use crate::{
    access::Facilitator,
    app::App,
    percent::percent_encoded,
    problem::HttpProblem,
    secrets::{self, Secret},
};

/// How long an invitation is valid: an afternoon, not longer.
const INVITATION_MS: i64 = 12 * 60 * 60 * 1000;

/// Who facilitates on this machine
#[utoipa::path(get, path = "/facilitators", operation_id = "list_facilitators", tag = "facilitators",
    responses((status = 200, body = FacilitatorList), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn facilitators(
    State(app): State<App>,
    me: Facilitator,
) -> Result<JsonBody<FacilitatorList>, HttpProblem> {
    let online = online(&app).await?;
    let found = app.store.facilitators().await?;
    let items = found.into_iter().map(|listed| FacilitatorEntry {
        id: Id(listed.person.id),
        name: listed.person.name.as_str().to_owned(),
        is_owner: listed.is_owner,
        is_you: listed.person.id == me.id,
        since_ms: listed.person.created_at.as_ms(),
        invited_by: listed.invited_by,
        online: online.contains(&listed.person.id),
    });
    Ok(JsonBody(FacilitatorList {
        items: items.collect(),
    }))
}

/// The facilitators with a connection to a workshop, live or looked back on.
async fn online(app: &App) -> Result<BTreeSet<FacilitatorId>, HttpProblem> {
    let mut online = BTreeSet::new();
    for room in app.rooms.all() {
        let seats = room.presence().online();
        online.extend(
            room.read(move |state| facilitators_of(state, &seats))
                .await?,
        );
    }
    Ok(online)
}

fn facilitators_of(state: &WorkshopState, seats: &BTreeSet<SeatId>) -> Vec<FacilitatorId> {
    let role = |seat: &SeatId| state.seat(*seat).map(|seat| seat.role);
    seats
        .iter()
        .filter_map(role)
        .filter_map(|role| match role {
            Role::Facilitator(id) => Some(id),
            Role::Attendee => None,
        })
        .collect()
}

/// Take somebody's facilitator rights away
///
/// At once, on all their devices: their requests are refused and their connections
/// closed, and their resume codes, unused invitations and jobs end. So do resume
/// codes that they made for attendees, and the seats that were resumed with those.
/// Who led a room leads it no longer, and help they were on their way to is open
/// again. The machine's owner stays.
#[utoipa::path(delete, path = "/facilitators/{facilitator}", tag = "facilitators",
    params(("facilitator" = String, Path, description = "Who")),
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove_facilitator(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let unknown = || HttpProblem::new(ProblemCode::NotFound, "there is no such facilitator");
    let id: FacilitatorId = id.parse().map_err(|_| unknown())?;
    // A task of its own: a browser that hangs up must not leave connections open.
    let tasks = app.tasks.clone();
    let removing = tasks.spawn(async move {
        let now = app.clock.now();
        let removal = me.store(&app).remove_facilitator(id, now).await?;
        if removal == Removal::Removed {
            // The tokens are gone first: whoever is let in from here on is somebody else.
            app.removals.add(id);
            app.rooms.release_duties(&BTreeSet::from([id])).await;
        }
        Ok::<_, StoreError>(removal)
    });
    let removal = removing
        .await
        .map_err(|_| HttpProblem::new(ProblemCode::Internal, "the removal broke off"))?;
    match removal? {
        Removal::Removed => Ok(StatusCode::NO_CONTENT),
        Removal::Unknown => Err(unknown()),
        Removal::IsOwner => {
            let detail = "whose machine it is cannot lose access to it";
            Err(HttpProblem::new(ProblemCode::InvalidRequest, detail))
        }
    }
}

/// The newest invitations
#[utoipa::path(get, path = "/invitations", operation_id = "list_invitations", tag = "facilitators",
    responses((status = 200, body = InvitationList), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
) -> Result<JsonBody<InvitationList>, HttpProblem> {
    let found = app.store.invitations(app.clock.now()).await?;
    let items = found.into_iter().map(entry).collect();
    Ok(JsonBody(InvitationList { items }))
}

fn entry(found: store::Invitation) -> InvitationEntry {
    let (status, redeemed_by, settled_at) = match found.status {
        store::InvitationStatus::Open => (InvitationStatus::Open, None, None),
        store::InvitationStatus::Redeemed { by, at } => {
            (InvitationStatus::Redeemed, Some(by), Some(at))
        }
        store::InvitationStatus::Expired => (InvitationStatus::Expired, None, None),
        store::InvitationStatus::Revoked { at } => (InvitationStatus::Revoked, None, Some(at)),
    };
    InvitationEntry {
        id: Id(found.id),
        name: found.name,
        invited_by: found.invited_by,
        created_at_ms: found.created_at.as_ms(),
        expires_at_ms: found.expires_at.as_ms(),
        status,
        redeemed_by,
        settled_at_ms: settled_at.map(Timestamp::as_ms),
    }
}

/// Invite another facilitator
///
/// The link works once, for twelve hours, and is told this once.
#[utoipa::path(post, path = "/invitations", tag = "facilitators", request_body = Invite,
    responses((status = 200, body = Invitation), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn invite(
    State(app): State<App>,
    me: Facilitator,
    Json(wish): Json<Invite>,
) -> Result<JsonBody<Invitation>, HttpProblem> {
    let name = wish.name.as_deref().map(Name::parse).transpose();
    let name = name.map_err(|e| Problem::invalid_text("name", e))?;
    let now = app.clock.now();
    let expires_at = Timestamp::from_ms(now.as_ms().saturating_add(INVITATION_MS));
    let (id, secret) = (secrets::invitation_id(), Secret::generate());
    me.store(&app)
        .add_invitation(NewInvitation {
            id,
            secret: secret.hash(),
            name: name.clone(),
            by: me.id,
            created_at: now,
            expires_at,
        })
        .await?;
    let mut urls = app.network.urls();
    if urls.is_empty() {
        // Without a network there is at least another browser of this machine.
        urls.push(app.network.url("127.0.0.1"));
    }
    let links = urls.iter().map(|url| link(url, &secret, name.as_ref()));
    let links: Vec<String> = links.collect();
    Ok(JsonBody(Invitation {
        id: Id(id),
        name: name.map(|name| name.as_str().to_owned()),
        qrs: links.iter().map(|link| qr(link)).collect(),
        links,
        expires_at_ms: expires_at.as_ms(),
    }))
}

/// The name goes along behind the `#`, which browsers keep to themselves, so that
/// the page can greet by it.
fn link(url: &str, secret: &Secret, name: Option<&Name>) -> String {
    let link = format!("{url}/enter#{}", secret.reveal());
    match name {
        Some(name) => format!("{link}&name={}", percent_encoded(name.as_str())),
        None => link,
    }
}

/// An address and a secret are far below what a QR code holds.
fn qr(link: &str) -> String {
    let code = QRBuilder::new(link).ecl(ECL::M).build();
    code.map(|code| SvgBuilder::default().to_str(&code))
        .unwrap_or_default()
}

/// Take an unused invitation back
///
/// What was used cannot be taken back; the facilitator's rights can.
#[utoipa::path(delete, path = "/invitations/{invitation}", tag = "facilitators",
    params(("invitation" = String, Path, description = "Which; not the secret of its link")),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
pub async fn revoke(
    State(app): State<App>,
    me: Facilitator,
    Path(id): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let unknown = || {
        let detail = "there is no such invitation, or somebody has used it";
        HttpProblem::new(ProblemCode::UnknownInvitation, detail)
    };
    let id: InvitationId = id.parse().map_err(|_| unknown())?;
    if me
        .store(&app)
        .revoke_invitation(id, app.clock.now())
        .await?
    {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}
