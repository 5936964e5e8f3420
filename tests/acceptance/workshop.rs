//! A whole workshop over real HTTP and live connections.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one thing and lets the others pass"
)]

use protocol::{EventBody, HelpStatus, Role, ServerMessage, WorkshopPage, WorkshopStatus};
use serde_json::json;
use tests::{Attendee, TestServer};

#[tokio::test]
async fn people_join_with_a_name_and_are_told_apart() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let mut board = facilitator.live(&workshop).await;

    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let other = server.join(&facilitator, &workshop, "  ada ").await;

    let you = &ada.joined.snapshot.you.person;
    assert_eq!(
        (you.role, &*you.name, you.ordinal),
        (Role::Attendee, "Ada", 1)
    );
    assert_eq!(other.joined.snapshot.you.person.ordinal, 2);
    assert_eq!(ada.joined.snapshot.agenda.len(), 1);
    assert!(ada.joined.snapshot.agenda[0].steps.len() >= 6);
    assert!(ada.joined.snapshot.facilitation.is_none());
    let seen = board
        .event("the second Ada", |event| match event {
            EventBody::SeatTaken(taken) if taken.person.ordinal == 2 => Some(taken.person.clone()),
            _ => None,
        })
        .await;
    assert_eq!(seen.seat, other.seat());
    server.stop().await;
}

#[tokio::test]
async fn the_first_step_is_one_request_after_joining() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let content = ada.joined.snapshot.agenda[0].steps[0].content;
    let response = ada
        .browser
        .get_response(&format!("/api/v1/contents/{}", content.0))
        .await;
    let forever = response
        .headers()
        .get("cache-control")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert!(forever.contains("immutable"), "{forever}");
    assert!(response.text().await.unwrap().contains("<p>"));
    server.stop().await;
}

#[tokio::test]
async fn progress_goes_to_the_facilitator_and_survives_a_reload() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let mut board = facilitator.live(&workshop).await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    let (codelab, step) = ada.step(1);
    live.do_it(json!({ "type": "complete_step", "codelab": codelab, "step": ada.step(0).1 }))
        .await;
    live.do_it(json!({ "type": "enter_step", "codelab": codelab, "step": step }))
        .await;

    board
        .event("Ada at step 2", |event| match event {
            EventBody::StepEntered(entered) if entered.seat == ada.seat() => Some(()),
            _ => None,
        })
        .await;
    let again = ada.live().await.snapshot.unwrap();
    let progress = &again.you.progress[0];
    assert_eq!(json!(progress.current), step);
    assert_eq!(progress.completed.len(), 1);

    let pulse = live
        .until("a pulse with Ada", |message| match message {
            ServerMessage::Pulse(pulse) => {
                let here = pulse.codelabs[0].steps.iter().any(|s| s.here == 1);
                here.then(|| pulse.clone())
            }
            _ => None,
        })
        .await;
    assert_eq!(pulse.attendees, 1);
    server.stop().await;
}

#[tokio::test]
async fn chat_and_announcements_reach_everybody() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let mut board = facilitator.live(&workshop).await;
    let (mut ada, mut bob) = (ada.live().await, bob.live().await);

    ada.do_it(json!({ "type": "post_message", "text": "안녕하세요 👋" }))
        .await;
    let heard = bob
        .event("Ada's message", |event| match event {
            EventBody::MessagePosted(posted) => Some(posted.message.clone()),
            _ => None,
        })
        .await;
    assert_eq!((&*heard.text, &*heard.from.name), ("안녕하세요 👋", "Ada"));

    let refusal = bob
        .refused(json!({ "type": "announce", "text": "Lunch!" }))
        .await;
    assert_eq!(refusal.code, protocol::ProblemCode::NotAFacilitator);
    board
        .do_it(json!({ "type": "announce", "text": "Lunch at noon" }))
        .await;
    for person in [&mut ada, &mut bob] {
        let text = person
            .event("the announcement", |event| match event {
                EventBody::AnnouncementMade(made) => Some(made.message.text.clone()),
                _ => None,
            })
            .await;
        assert_eq!(&*text, "Lunch at noon");
    }
    server.stop().await;
}

#[tokio::test]
async fn help_is_raised_claimed_and_resolved_in_order() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let (codelab, step) = ada.step(1);
    let mut board = facilitator.live(&workshop).await;
    let (mut ada, mut bob) = (ada.live().await, bob.live().await);

    let wish =
        json!({ "type": "raise_help", "codelab": codelab, "step": step, "message": "stuck" });
    ada.do_it(wish).await;
    bob.do_it(json!({ "type": "raise_help" })).await;
    let place = |message: &ServerMessage| match message {
        ServerMessage::HelpPlace(place) => Some((place.place, place.waiting)),
        _ => None,
    };
    let second = |message: &ServerMessage| place(message).filter(|p| *p == (2, 2));
    bob.until("Bob's place", second).await;

    let request = board
        .event("Ada's request", |event| match event {
            EventBody::HelpRaised(raised) if &*raised.request.from.name == "Ada" => {
                Some(raised.request.clone())
            }
            _ => None,
        })
        .await;
    assert_eq!(request.message.as_deref(), Some("stuck"));
    board
        .do_it(json!({ "type": "claim_help", "helpRequest": request.id }))
        .await;
    ada.event("somebody is on the way", |event| match event {
        EventBody::HelpClaimed(claimed) => Some(claimed.by.name.clone()),
        _ => None,
    })
    .await;
    board
        .do_it(json!({ "type": "resolve_help", "helpRequest": request.id }))
        .await;
    ada.event("resolved", |event| {
        matches!(event, EventBody::HelpResolved(_)).then_some(())
    })
    .await;
    bob.until("Bob moves up", |message| {
        place(message).filter(|p| *p == (1, 1))
    })
    .await;

    let again = board
        .refused(json!({ "type": "resolve_help", "helpRequest": request.id }))
        .await;
    assert_eq!(again.code, protocol::ProblemCode::HelpAlreadyClosed);
    let own = bob.snapshot.as_ref().unwrap().you.person.seat;
    let withdrawn = json!({ "type": "withdraw_help", "helpRequest": request.id + 1 });
    bob.do_it(withdrawn).await;
    board
        .event("Bob withdrew", |event| match event {
            EventBody::HelpWithdrawn(w) if w.seat == own => Some(()),
            _ => None,
        })
        .await;
    let requests = facilitator
        .snapshot(&workshop)
        .await
        .facilitation
        .unwrap()
        .help_requests;
    let statuses: Vec<_> = requests.iter().map(|request| request.status).collect();
    assert_eq!(statuses, [HelpStatus::Resolved, HelpStatus::Withdrawn]);
    server.stop().await;
}

#[tokio::test]
async fn help_can_be_claimed_over_http_once() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let base = format!("/api/v1/workshops/{}/help-requests", workshop.id.0);
    let _: protocol::Ack = ada.browser.post(&base, &json!({ "message": "here" })).await;
    let refusal = ada.browser.post_refused(&base, &json!({})).await;
    assert_eq!(refusal.code, protocol::ProblemCode::HelpAlreadyRaised);
    let refusal = ada
        .browser
        .post_refused(&format!("{base}/1/claim"), &json!({}))
        .await;
    assert_eq!(refusal.code, protocol::ProblemCode::NotAFacilitator);
    let _: protocol::Ack = facilitator
        .browser
        .post(&format!("{base}/1/claim"), &json!({}))
        .await;
    let refusal = facilitator
        .browser
        .post_refused(&format!("{base}/9/claim"), &json!({}))
        .await;
    assert_eq!(refusal.code, protocol::ProblemCode::UnknownHelpRequest);
    server.stop().await;
}

#[tokio::test]
async fn a_workshop_ends_and_can_still_be_read() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    live.do_it(json!({ "type": "post_message", "text": "thanks" }))
        .await;
    let end = format!("/api/v1/workshops/{}/end", workshop.id.0);
    let _: protocol::Ack = facilitator.browser.post(&end, &json!({})).await;

    live.event("the end", |event| {
        matches!(event, EventBody::WorkshopEnded(_)).then_some(())
    })
    .await;
    let refusal = live
        .refused(json!({ "type": "post_message", "text": "more" }))
        .await;
    assert_eq!(refusal.code, protocol::ProblemCode::WorkshopEnded);
    let snapshot = ada.live().await.snapshot.unwrap();
    assert_eq!(snapshot.status, WorkshopStatus::Ended);
    assert_eq!(snapshot.messages.len(), 1);

    let history: WorkshopPage = facilitator.browser.get("/api/v1/workshops").await;
    let past = &history.items[0];
    assert_eq!(
        (past.status, past.attendees, past.messages),
        (WorkshopStatus::Ended, 1, 1)
    );
    let late = server.browser();
    let join = json!({ "id": uuid::Uuid::new_v4(), "name": "Late", "code": "AAAAAA" });
    let path = format!("/api/v1/workshops/{}/seats", workshop.id.0);
    assert!(!late.post_refused(&path, &join).await.detail.is_empty());
    assert!(late.entrance(None).await.workshops.is_empty());
    let known = ada.browser.entrance(None).await;
    assert_eq!(known.workshops[0].status, WorkshopStatus::Ended);
    server.stop().await;
}

#[tokio::test]
async fn an_agenda_of_two_codelabs_keeps_progress_apart() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let page: protocol::CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    let workshop = facilitator.start_workshop(&page.items[..2]).await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    for codelab in &ada.joined.snapshot.agenda {
        let step = codelab.steps[1].step;
        live.do_it(json!({ "type": "enter_step", "codelab": codelab.codelab, "step": step }))
            .await;
    }
    let you = ada.live().await.snapshot.unwrap().you;
    assert_eq!(you.progress.len(), 2);
    assert_eq!(
        you.last_codelab,
        Some(ada.joined.snapshot.agenda[1].codelab)
    );
    server.stop().await;
}

#[tokio::test]
async fn the_door_opens_without_a_code_when_the_facilitator_says_so() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let browser = server.browser();
    assert!(browser.entrance(None).await.workshops[0].code_required);
    let mut board = facilitator.live(&workshop).await;
    board
        .do_it(json!({ "type": "require_join_code", "required": false }))
        .await;
    let door = browser.entrance(None).await;
    assert!(!door.workshops[0].code_required);
    let ada = Attendee::join(browser, &workshop, "Ada", None).await;
    assert_eq!(ada.seat(), 2);
    server.stop().await;
}
