//! Who may do what.

use std::net::Ipv4Addr;

use protocol::{Health, Invitation, Joined, ProblemCode, ResumeCode};
use reqwest::{StatusCode, header};
use serde_json::json;
use tests::{Attendee, Facilitator, Live, TestServer};

#[tokio::test]
async fn a_launch_link_works_once() {
    let server = TestServer::start().await;
    let link = server.server().handle().window_url();
    Facilitator::enter(server.browser(), &link).await;
    let secret = link.split_once('#').unwrap().1;
    let body = json!({ "secret": secret });
    let refusal = server
        .browser()
        .post_refused("/api/v1/facilitators/enter", &body)
        .await;
    assert_eq!(refusal.code, ProblemCode::WrongInvitation);
    server.stop().await;
}

#[tokio::test]
async fn an_invitation_makes_one_more_facilitator() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let secret = facilitator.invitation().await;
    let mina = Facilitator::enter(server.browser(), &format!("/enter#{secret}")).await;
    let mut board = mina.live(&workshop).await;
    board
        .do_it(json!({ "type": "announce", "text": "Two of us now" }))
        .await;
    let refusal = server
        .browser()
        .post_refused("/api/v1/facilitators/enter", &json!({ "secret": secret }))
        .await;
    assert_eq!(refusal.code, ProblemCode::WrongInvitation);
    server.stop().await;
}

#[tokio::test]
async fn an_invitation_has_a_link_at_every_address() {
    let server = TestServer::listening_on(Ipv4Addr::UNSPECIFIED.into()).await;
    let (facilitator, _) = server.begin_workshop().await;
    let invitation: Invitation = facilitator
        .browser
        .post("/api/v1/invitations", &json!({}))
        .await;
    let mut expected = server.server().handle().join_urls();
    if expected.is_empty() {
        expected.push(server.url.clone());
    }
    let addresses = invitation
        .links
        .iter()
        .map(|link| link.split_once("/enter#"));
    let addresses: Vec<&str> = addresses.map(|parts| parts.expect("a link").0).collect();
    assert_eq!(addresses, expected);
    server.stop().await;
}

#[tokio::test]
async fn what_is_for_facilitators_is_refused_to_everybody_else() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let id = workshop.id.0;
    let nobody = server.browser();
    let pages = [
        "/api/v1/codelabs".to_owned(),
        "/api/v1/workshops".to_owned(),
        format!("/api/v1/workshops/{id}/lobby"),
        format!("/api/v1/workshops/{id}/qr.svg?host=127.0.0.1"),
    ];
    for page in pages {
        assert_eq!(
            nobody.get_refused(&page).await.code,
            ProblemCode::NotAuthenticated,
            "{page}"
        );
        assert_eq!(
            ada.browser.get_refused(&page).await.code,
            ProblemCode::NotAFacilitator,
            "{page}"
        );
    }
    let wishes = [
        ("/api/v1/workshops".to_owned(), json!({ "codelabs": [] })),
        ("/api/v1/invitations".to_owned(), json!({})),
        (format!("/api/v1/workshops/{id}/end"), json!({})),
        (
            format!("/api/v1/workshops/{id}/seats/1/resume-code"),
            json!({}),
        ),
        (
            format!("/api/v1/workshops/{id}/announcements"),
            json!({ "text": "hi" }),
        ),
    ];
    for (path, body) in wishes {
        let refusal = nobody.post_refused(&path, &body).await;
        assert_eq!(refusal.code, ProblemCode::NotAuthenticated, "{path}");
        let refusal = ada.browser.post_refused(&path, &body).await;
        assert_eq!(refusal.code, ProblemCode::NotAFacilitator, "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn joining_takes_the_right_code() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let path = format!("/api/v1/workshops/{}/seats", workshop.id.0);
    let code = facilitator.lobby(&workshop).await.join_code;
    let join =
        |code: Option<&str>| json!({ "id": uuid::Uuid::new_v4(), "name": "Ada", "code": code });
    for wrong in [None, Some("AAAAAA"), Some(""), Some("💥")] {
        let refusal = server.browser().post_refused(&path, &join(wrong)).await;
        assert_eq!(refusal.code, ProblemCode::WrongJoinCode);
    }
    let typed = format!(" {}-{} ", code[..3].to_lowercase(), &code[3..]);
    let _: Joined = server.browser().post(&path, &join(Some(&typed))).await;
    let blank = json!({ "id": uuid::Uuid::new_v4(), "name": " \u{200b} ", "code": code });
    let refusal = server.browser().post_refused(&path, &blank).await;
    assert_eq!(
        (refusal.code, refusal.field.as_deref()),
        (ProblemCode::InvalidText, Some("name"))
    );
    server.stop().await;
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let (server, _, workshop) = TestServer::with_workshop().await;
    let path = format!("/api/v1/workshops/{}/seats", workshop.id.0);
    let browser = server.browser();
    let mut refusals = Vec::new();
    for _ in 0..200 {
        let join = json!({ "id": uuid::Uuid::new_v4(), "name": "Eve", "code": "AAAAAA" });
        refusals.push(browser.post_refused(&path, &join).await);
    }
    let last = refusals.last().unwrap();
    assert_eq!(last.code, ProblemCode::TooManyRequests);
    assert!(last.retry_after_seconds.is_some());
    server.stop().await;
}

#[tokio::test]
async fn a_resume_code_moves_the_seat_and_a_new_one_replaces_it() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let code = ada.joined.resume_code.clone().unwrap();
    let phone = server.browser();
    let moved: Joined = phone
        .post("/api/v1/seats/resume", &json!({ "resumeCode": code }))
        .await;
    assert_eq!(moved.snapshot.you.person.seat, ada.seat());
    phone
        .live(&ada.workshop)
        .await
        .do_it(json!({ "type": "post_message", "text": "phone" }))
        .await;

    let path = format!(
        "/api/v1/workshops/{}/seats/{}/resume-code",
        workshop.id.0,
        ada.seat()
    );
    let renewed: ResumeCode = facilitator.browser.post(&path, &json!({})).await;
    let refusal = server
        .browser()
        .post_refused("/api/v1/seats/resume", &json!({ "resumeCode": code }))
        .await;
    assert_eq!(refusal.code, ProblemCode::WrongResumeCode);
    let typed = renewed.resume_code.to_lowercase().replace('-', " ");
    let tablet: Joined = server
        .browser()
        .post("/api/v1/seats/resume", &json!({ "resumeCode": typed }))
        .await;
    assert_eq!(tablet.snapshot.you.person.seat, ada.seat());
    server.stop().await;
}

#[tokio::test]
async fn a_foreign_host_or_origin_gets_nothing() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let http = facilitator.browser.http();
    let rebound = http
        .get(format!("{}/api/v1/codelabs", server.url))
        .header(header::HOST, "evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(rebound.status(), StatusCode::MISDIRECTED_REQUEST);

    let end = format!("{}/api/v1/workshops/{}/end", server.url, workshop.id.0);
    for origin in [
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://127.0.0.1",
    ] {
        let forged = http
            .post(&end)
            .header(header::ORIGIN, origin)
            .send()
            .await
            .unwrap();
        assert_eq!(forged.status(), StatusCode::FORBIDDEN, "{origin}");
    }
    assert!(facilitator.snapshot(&workshop).await.ended_at_ms.is_none());
    let hijacked = hijack(&facilitator, &workshop.id.0.to_string()).await;
    assert!(
        hijacked.is_err(),
        "a WebSocket from another site's page is refused"
    );
    server.stop().await;
}

/// Opens the facilitator's live connection as a page of another site would.
async fn hijack(facilitator: &Facilitator, workshop: &str) -> Result<Live, String> {
    Live::open_from(&facilitator.browser, workshop, "http://evil.example")
        .await
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn whatever_could_be_a_page_carries_the_policy() {
    let server = TestServer::start().await;
    let paths = [
        ("/", true),
        ("/library", true),
        ("/favicon.svg", true),
        ("/api/v1/health", false),
        ("/api/v1/nothing", false),
        ("/api/v1/codelabs", false),
    ];
    for (path, page) in paths {
        let response = server.browser().get_response(path).await;
        let header = |name| {
            let value = response.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(
            header("x-content-type-options").as_deref(),
            Some("nosniff"),
            "{path}"
        );
        let media_type = header("content-type").unwrap();
        let policy = header("content-security-policy");
        assert_eq!(policy.is_some(), page, "{path} is {media_type}");
        assert_eq!(header("x-frame-options").is_some(), page, "{path}");
        let Some(policy) = policy else {
            assert!(media_type.ends_with("json"), "{path} is {media_type}");
            continue;
        };
        let expected = if path == "/favicon.svg" {
            "sandbox"
        } else {
            "default-src 'self'; script-src 'self'; style-src 'self'"
        };
        assert!(policy.starts_with(expected), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
    server.stop().await;
}

#[tokio::test]
async fn only_the_sign_of_life_is_readable_from_elsewhere() {
    let server = TestServer::start().await;
    let health = server.browser().get_response("/api/v1/health").await;
    assert_eq!(
        health.headers().get("access-control-allow-origin").unwrap(),
        "*"
    );
    let health: Health = health.json().await.unwrap();
    assert_eq!(health.product, "open-codelabs");
    let door = server.browser().get_response("/api/v1/entrance").await;
    assert!(door.headers().get("access-control-allow-origin").is_none());
    server.stop().await;
}

#[tokio::test]
async fn seat_cookies_are_kept_from_scripts_and_other_sites() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let join = json!({ "id": uuid::Uuid::new_v4(), "name": "Ada", "code": code });
    let path = format!("/api/v1/workshops/{}/seats", workshop.id.0);
    let response = server
        .browser()
        .request(reqwest::Method::POST, &path, Some(&join))
        .await;
    let cookie = response
        .headers()
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_seat_of_one_workshop_opens_no_other() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let codelab = facilitator.codelab("Git from zero").await;
    let other = facilitator.start_workshop(&[codelab]).await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let path = format!("/api/v1/workshops/{}/snapshot", other.id.0);
    assert_eq!(
        ada.browser.get_refused(&path).await.code,
        ProblemCode::NotAuthenticated
    );
    let mut live = Live::open(&ada.browser, &other.id.0.to_string())
        .await
        .unwrap();
    assert_eq!(
        live.close_code().await,
        protocol::CloseCode::NotAuthenticated.number()
    );
    let wrong_code = facilitator.lobby(&workshop).await.join_code;
    let join = json!({ "id": uuid::Uuid::new_v4(), "name": "Ada", "code": wrong_code });
    let seats = format!("/api/v1/workshops/{}/seats", other.id.0);
    let refusal = ada.browser.post_refused(&seats, &join).await;
    assert_eq!(refusal.code, ProblemCode::WrongJoinCode);
    let both = Attendee::join(
        ada.browser.clone(),
        &other,
        "Ada",
        Some(&facilitator.lobby(&other).await.join_code),
    )
    .await;
    assert_eq!(
        both.browser
            .entrance(None)
            .await
            .workshops
            .iter()
            .filter(|w| w.seat.is_some())
            .count(),
        2
    );
    server.stop().await;
}
