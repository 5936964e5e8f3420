//! How people get in: addresses, codes, QR.

use axum::{Json as JsonBody, extract::State};
use lan::AdvertisedName;
use protocol::{Ack, Lobby, LobbyAddress, LocalName, NetworkKind, NoName, Problem, ProblemCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Json, Query},
    help::{CommandKey, run},
    qr::{self, Svg},
};
use crate::{access::Caller, app::App, problem::HttpProblem, room::Room};

/// How people get in
#[utoipa::path(get, path = "/workshops/{workshop}/lobby", tag = "workshops",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = Lobby), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn lobby(State(app): State<App>, Caller(me): Caller) -> JsonBody<Lobby> {
    let facts = me.room.facts();
    let network = &app.network;
    let name = match &*network.name.borrow() {
        AdvertisedName::Pending => LocalName::Pending,
        AdvertisedName::Advertised { hostname } => LocalName::Advertised {
            url: network.url(hostname),
        },
        AdvertisedName::Unavailable { reason } => LocalName::Unavailable {
            reason: no_name(*reason),
        },
    };
    let known = network.addresses.borrow().clone();
    let addresses = known.iter().map(|address| {
        let host = address.ip.to_string();
        LobbyAddress {
            url: network.url(&host),
            join_url: join_url(&network.url(&host), &me.room),
            interface: address.interface.clone(),
            kind: kind(address.kind),
            qr: format!("/api/v1/workshops/{}/qr.svg?host={host}", me.room.id()),
        }
    });
    JsonBody(Lobby {
        join_code: facts
            .join_code
            .as_ref()
            .map(|c| c.as_str().to_owned())
            .unwrap_or_default(),
        code_required: facts.code_required,
        addresses: addresses.collect(),
        local_name: name,
    })
}

/// Which address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QrQuery {
    /// An address or name of this machine, without the port.
    host: String,
}

/// The QR code for joining, at one address
#[utoipa::path(get, path = "/workshops/{workshop}/qr.svg", tag = "workshops",
    params(("workshop" = String, Path, description = "The workshop"), QrQuery),
    responses((status = 200, content_type = "image/svg+xml", body = String), (status = 403, body = Problem),
        (status = 401, body = Problem)))]
pub async fn qr(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<QrQuery>,
) -> Result<Svg, HttpProblem> {
    let url = app.network.url(&query.host);
    let own = url
        .strip_prefix("http://")
        .is_some_and(|host| app.network.is_own_host(host));
    if !own {
        return Err(HttpProblem::new(
            ProblemCode::InvalidRequest,
            "not an address of this machine",
        ));
    }
    qr::svg(&join_url(&url, &me.room))
}

/// Whether joining takes the code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRequirement {
    /// Whether it does.
    required: bool,
}

/// Require the join code, or no longer
#[utoipa::path(put, path = "/workshops/{workshop}/join-code-requirement", tag = "workshops",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    request_body = CodeRequirement,
    responses((status = 200, body = Ack), (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 401, body = Problem)))]
pub async fn require_join_code(
    Caller(me): Caller,
    key: CommandKey,
    Json(wish): Json<CodeRequirement>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    run(
        &me,
        key,
        domain::workshop::Command::RequireJoinCode(wish.required),
    )
    .await
}

/// The address with the join code. The code stands behind the `#`, so that it
/// is sent to nobody by loading the page.
pub fn join_url(url: &str, room: &Room) -> String {
    match room.facts().join_code {
        Some(code) => format!("{url}/#{}", code.as_str()),
        None => format!("{url}/"),
    }
}

fn kind(kind: lan::NetworkKind) -> NetworkKind {
    match kind {
        lan::NetworkKind::Hotspot => NetworkKind::Hotspot,
        lan::NetworkKind::Wired => NetworkKind::Wired,
        lan::NetworkKind::Wireless => NetworkKind::Wireless,
        lan::NetworkKind::Virtual => NetworkKind::Virtual,
        lan::NetworkKind::Other => NetworkKind::Other,
    }
}

fn no_name(reason: lan::NoName) -> NoName {
    match reason {
        lan::NoName::SwitchedOff => NoName::SwitchedOff,
        lan::NoName::NoNetwork => NoName::NoNetwork,
        lan::NoName::NotAllowed => NoName::NotAllowed,
        lan::NoName::NotAnnounced => NoName::NotAnnounced,
    }
}
