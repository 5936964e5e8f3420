//! Several facilitators: each by an invitation of their own, until it is taken back.

use std::net::Ipv4Addr;

use protocol::{
    EventBody, FacilitatorList, Invitation, InvitationList, InvitationStatus, ProblemCode,
    WorkshopSummary,
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::{Facilitator, TestServer};

/// Invites somebody by name, who comes.
async fn invited(server: &TestServer, by: &Facilitator, name: &str) -> (Facilitator, Invitation) {
    let invitation = invite(by, name).await;
    let secret = secret_of(&invitation.links[0]);
    let guest = Facilitator {
        browser: server.browser(),
    };
    let entered: protocol::Facilitator = guest
        .browser
        .post("/api/v1/facilitators/enter", &json!({ "secret": secret }))
        .await;
    assert_eq!(entered.name, name, "the invitation knows the name");
    (guest, invitation)
}

async fn invite(by: &Facilitator, name: &str) -> Invitation {
    let wish = json!({ "name": name });
    by.browser.post("/api/v1/invitations", &wish).await
}

fn secret_of(link: &str) -> &str {
    let (_, behind) = link.split_once('#').expect("a secret");
    behind.split('&').next().expect("a first part")
}

async fn delete(by: &Facilitator, path: &str) -> StatusCode {
    let answer = by.browser.request(Method::DELETE, path, None::<&()>).await;
    answer.status()
}

async fn facilitators(of: &Facilitator) -> FacilitatorList {
    of.browser.get("/api/v1/facilitators").await
}

async fn begun() -> (TestServer, Facilitator, WorkshopSummary) {
    let server = TestServer::listening_on(Ipv4Addr::UNSPECIFIED.into()).await;
    let (owner, workshop) = server.begin_workshop().await;
    (server, owner, workshop)
}

#[tokio::test]
async fn each_facilitator_comes_by_an_invitation_of_their_own() {
    let (server, owner, workshop) = begun().await;
    let (linus, invitation) = invited(&server, &owner, "Linus").await;
    assert_eq!(invitation.qrs.len(), invitation.links.len());
    assert!(invitation.qrs[0].contains("<svg"));
    let grace = invite(&linus, "Grace").await;

    let _board = linus.live(&workshop).await;
    let listed = facilitators(&owner).await.items;
    let [me, other] = &listed[..] else {
        panic!("two facilitators, not {listed:?}")
    };
    assert!(me.is_owner && me.is_you && !me.online);
    assert!(!other.is_owner && !other.is_you && other.online);
    assert_eq!(other.name, "Linus");
    assert_eq!(other.invited_by.as_ref(), Some(&me.name));

    let answer = owner.browser.get_response("/api/v1/invitations").await;
    let body = answer.text().await.unwrap();
    for link in invitation.links.iter().chain(&grace.links) {
        assert!(!body.contains(secret_of(link)), "a list tells no secret");
    }
    let listed: InvitationList = serde_json::from_str(&body).unwrap();
    let [open, used] = &listed.items[..] else {
        panic!("two invitations, not {listed:?}")
    };
    assert_eq!((open.id, open.status), (grace.id, InvitationStatus::Open));
    assert_eq!(open.name.as_deref(), Some("Grace"));
    assert_eq!(open.invited_by, "Linus");
    assert_eq!(used.status, InvitationStatus::Redeemed);
    assert_eq!(used.redeemed_by.as_deref(), Some("Linus"));
    server.stop().await;
}

#[tokio::test]
async fn an_invitation_that_was_taken_back_lets_nobody_in() {
    let (server, owner, _) = begun().await;
    let invitation = invite(&owner, "Linus").await;
    let path = format!("/api/v1/invitations/{}", invitation.id.0);
    assert_eq!(delete(&owner, &path).await, StatusCode::NO_CONTENT);
    let secret = secret_of(&invitation.links[0]);
    let refusal = server
        .browser()
        .post_refused("/api/v1/facilitators/enter", &json!({ "secret": secret }))
        .await;
    assert_eq!(refusal.code, ProblemCode::WrongInvitation);
    let by_secret = format!("/api/v1/invitations/{secret}");
    assert_eq!(delete(&owner, &by_secret).await, StatusCode::NOT_FOUND);
    server.stop().await;
}

#[tokio::test]
async fn access_ends_at_once() {
    let (server, owner, workshop) = begun().await;
    let (linus, _) = invited(&server, &owner, "Linus").await;
    let ada = server.join(&owner, &workshop, "Ada").await;
    ada.live()
        .await
        .do_it(json!({ "type": "raise_help" }))
        .await;
    let mut board = linus.live(&workshop).await;
    board
        .do_it(json!({ "type": "claim_help", "helpRequest": 1 }))
        .await;
    board.do_it(json!({ "type": "take_lead" })).await;
    let mut watching = owner.live(&workshop).await;

    let listed = facilitators(&owner).await;
    let his = listed.items.iter().find(|one| one.name == "Linus").unwrap();
    let path = format!("/api/v1/facilitators/{}", his.id.0);
    assert_eq!(delete(&owner, &path).await, StatusCode::NO_CONTENT);

    // A connection that lives on hears heartbeats for ever.
    let closed = tokio::time::timeout(tests::PATIENCE, board.close_code());
    assert_eq!(closed.await, Ok(4401));
    let refusal = linus.browser.get_refused("/api/v1/codelabs").await;
    assert_eq!(refusal.code, ProblemCode::NotAuthenticated);
    let mut again = tests::Live::open(&linus.browser, &workshop.id.0.to_string())
        .await
        .unwrap();
    assert_eq!(again.close_code().await, 4401);
    // What he held is free again.
    watching
        .event("the lead is free", |event| {
            matches!(event, EventBody::LeadReleased(_)).then_some(())
        })
        .await;
    watching
        .event("the help is open", |event| {
            matches!(event, EventBody::HelpHandedBack(_)).then_some(())
        })
        .await;
    assert_eq!(facilitators(&owner).await.items.len(), 1);
    assert_eq!(delete(&owner, &path).await, StatusCode::NOT_FOUND);
    server.stop().await;
}

#[tokio::test]
async fn the_owner_cannot_be_removed() {
    let (server, owner, workshop) = begun().await;
    let (linus, _) = invited(&server, &owner, "Linus").await;
    let listed = facilitators(&linus).await;
    let hers = listed.items.iter().find(|one| one.is_owner).unwrap();
    let path = format!("/api/v1/facilitators/{}", hers.id.0);
    assert_eq!(delete(&linus, &path).await, StatusCode::BAD_REQUEST);
    owner.snapshot(&workshop).await;
    server.stop().await;
}

#[tokio::test]
async fn only_facilitators_invite_and_remove() {
    let (server, owner, workshop) = begun().await;
    let ada = server.join(&owner, &workshop, "Ada").await;
    for path in ["/api/v1/facilitators", "/api/v1/invitations"] {
        let refusal = ada.browser.get_refused(path).await;
        assert_eq!(refusal.code, ProblemCode::NotAFacilitator, "{path}");
    }
    let id = &facilitators(&owner).await.items[0].id.0;
    for path in [
        format!("/api/v1/facilitators/{id}"),
        format!("/api/v1/invitations/{id}"),
    ] {
        let answer = ada.browser.request(Method::DELETE, &path, None::<&()>);
        assert_eq!(answer.await.status(), StatusCode::FORBIDDEN, "{path}");
    }
    server.stop().await;
}
