//! Becoming a facilitator.

use axum::{Json as JsonBody, extract::State};
use axum_extra::extract::CookieJar;
use domain::Name;
use protocol::{EnterAsFacilitator, Id, Problem, ProblemCode, RenameFacilitator};

use super::body::Json;
use crate::{
    access::{Facilitator, PeerAddress},
    app::App,
    problem::HttpProblem,
    secrets::{self, Secret},
};

/// The name of the machine's owner until they choose one.
const OWNER_NAME: &str = "Facilitator";

/// Become a facilitator
///
/// With the one-time secret of the app's window, of the terminal's link, or of
/// an invitation, which knows a name if none is given.
#[utoipa::path(post, path = "/facilitators/enter", tag = "facilitators",
    request_body = EnterAsFacilitator,
    responses((status = 200, body = protocol::Facilitator), (status = 403, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem)))]
pub async fn enter(
    State(app): State<App>,
    PeerAddress(address): PeerAddress,
    jar: CookieJar,
    Json(wish): Json<EnterAsFacilitator>,
) -> Result<(CookieJar, JsonBody<protocol::Facilitator>), HttpProblem> {
    let now = app.clock.now();
    app.limits.wrong_secrets.peek(address, now)?;
    let presented = Secret::presented(&wish.secret);
    let token = Secret::generate();
    let new_id = secrets::facilitator_id();
    let as_owner = app
        .store
        .enter_as_owner(new_id, OWNER_NAME, token.hash(), now);
    let owner = app.launch.redeem(&presented, address, as_owner).await?;
    let facilitator = if let Some(owner) = owner {
        owner
    } else {
        let secret = presented.hash();
        let invited = match &wish.name {
            Some(_) => None,
            None => app.store.invited_name(secret, now).await?,
        };
        let name = wish.name.as_deref().or(invited.as_deref());
        let name = Name::parse(name.unwrap_or(OWNER_NAME))
            .map_err(|e| Problem::invalid_text("name", e))?;
        let redeemed = app
            .store
            .redeem_invitation(secret, secrets::facilitator_id(), &name, token.hash(), now)
            .await?;
        let Some(facilitator) = redeemed else {
            app.limits.wrong_secrets.take(address, now)?;
            let detail = "the link works once; ask for a new one";
            return Err(HttpProblem::new(ProblemCode::WrongInvitation, detail));
        };
        facilitator
    };
    let body = protocol::Facilitator {
        id: Id(facilitator.id),
        name: facilitator.name.as_str().to_owned(),
    };
    let cookie = app.cookies.for_facilitator(&token);
    Ok((jar.add(cookie), JsonBody(body)))
}

/// Be called something else
///
/// In workshops joined from now on.
#[utoipa::path(put, path = "/facilitators/me", tag = "facilitators",
    request_body = RenameFacilitator,
    responses((status = 200, body = protocol::Facilitator), (status = 401, body = Problem),
        (status = 422, body = Problem),
        (status = 403, body = Problem)))]
pub async fn rename(
    State(app): State<App>,
    me: Facilitator,
    Json(wish): Json<RenameFacilitator>,
) -> Result<JsonBody<protocol::Facilitator>, HttpProblem> {
    let name = Name::parse(&wish.name).map_err(|e| Problem::invalid_text("name", e))?;
    me.store(&app).rename_facilitator(me.id, &name).await?;
    Ok(JsonBody(protocol::Facilitator {
        id: Id(me.id),
        name: name.as_str().to_owned(),
    }))
}
