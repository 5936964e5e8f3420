//! The queue between two facilitators.

use protocol::{EventBody, HelpPlace, HelpStatus, ProblemCode, ServerMessage};
use serde_json::{Value, json};

use crate::people::Room;

fn claim(request: u32) -> Value {
    json!({ "type": "claim_help", "helpRequest": request })
}

fn hand_back(request: u32) -> Value {
    json!({ "type": "hand_back_help", "helpRequest": request })
}

fn place(message: &ServerMessage) -> Option<HelpPlace> {
    match message {
        ServerMessage::HelpPlace(place) => Some(*place),
        _ => None,
    }
}

#[tokio::test]
async fn who_is_called_away_hands_back_and_the_other_takes_over() {
    let (room, mut lives) = Room::open().await;
    lives.ada.do_it(json!({ "type": "raise_help" })).await;
    lives.bob.do_it(json!({ "type": "raise_help" })).await;
    lives.grace.do_it(claim(1)).await;
    let taken = lives.linus.refused(claim(1)).await;
    assert_eq!(taken.code, ProblemCode::HelpAlreadyClaimed);
    let waiting = lives.linus.refused(hand_back(2)).await;
    assert_eq!(waiting.code, ProblemCode::HelpNotClaimed);
    let refused = lives.ada.refused(hand_back(1)).await;
    assert_eq!(refused.code, ProblemCode::NotAFacilitator);

    lives.grace.do_it(hand_back(1)).await;
    for live in [&mut lives.ada, &mut lives.linus] {
        live.event("Ada's request is open again", |event| match event {
            EventBody::HelpHandedBack(back) if back.help_request == 1 => Some(()),
            _ => None,
        })
        .await;
    }
    // Ada is still before Bob.
    let you = room.seen_by(&room.ada).await.you;
    assert_eq!(you.help_request.unwrap().status, HelpStatus::Open);
    assert_eq!(you.help_place.unwrap().place, 1);
    lives.linus.do_it(claim(1)).await;
    let by = lives
        .ada
        .event("Linus is on the way", |event| match event {
            EventBody::HelpClaimed(claimed) if &*claimed.by.name == "Linus" => {
                Some(claimed.by.clone())
            }
            _ => None,
        })
        .await;
    let requests = room
        .grace
        .snapshot(&room.workshop)
        .await
        .facilitation
        .unwrap();
    assert_eq!(requests.help_requests[0].by, Some(by));
    let none_of_bobs = lives
        .bob
        .events
        .iter()
        .any(|event| matches!(event.body, EventBody::HelpHandedBack(_)));
    assert!(!none_of_bobs, "Ada's help is not Bob's business");
    room.server.stop().await;
}

#[tokio::test]
async fn a_request_is_handed_back_over_http() {
    let (room, mut lives) = Room::open().await;
    lives.ada.do_it(json!({ "type": "raise_help" })).await;
    let path = room.path("help-requests/1/hand-back");
    let open = room.grace.browser.post_refused(&path, &json!({})).await;
    assert_eq!(open.code, ProblemCode::HelpNotClaimed);
    lives.linus.do_it(claim(1)).await;
    let attendee = room.ada.browser.post_refused(&path, &json!({})).await;
    assert_eq!(attendee.code, ProblemCode::NotAFacilitator);
    let nobody = room.server.browser().post_refused(&path, &json!({})).await;
    assert_eq!(nobody.code, ProblemCode::NotAuthenticated);
    let unknown = room.path("help-requests/7/hand-back");
    let unknown = room.grace.browser.post_refused(&unknown, &json!({})).await;
    assert_eq!(unknown.code, ProblemCode::UnknownHelpRequest);
    let _: protocol::Ack = room.grace.browser.post(&path, &json!({})).await;
    let request = room.seen_by(&room.ada).await.you.help_request.unwrap();
    assert_eq!((request.status, request.by), (HelpStatus::Open, None));
    room.server.stop().await;
}

#[tokio::test]
async fn who_waits_is_told_how_long_it_may_take() {
    let (room, mut lives) = Room::open().await;
    lives.ada.do_it(json!({ "type": "raise_help" })).await;
    let first = lives.ada.until("Ada's place", place).await;
    assert_eq!((first.place, first.waiting), (1, 1));
    assert_eq!(first.expected_wait_ms, None, "nobody was helped before");
    lives.bob.do_it(json!({ "type": "raise_help" })).await;
    lives.grace.do_it(claim(1)).await;

    // Ada was reached; from now on a place has a price.
    let request = room
        .grace
        .snapshot(&room.workshop)
        .await
        .facilitation
        .unwrap();
    let ada = &request.help_requests[0];
    let per_place = (ada.taken_at_ms.unwrap() - ada.raised_at_ms).max(0);
    let second = lives
        .bob
        .until("Bob's wait", |message| {
            place(message).filter(|place| place.expected_wait_ms.is_some())
        })
        .await;
    assert_eq!((second.place, second.waiting), (2, 2));
    assert_eq!(second.expected_wait_ms, Some(2 * per_place));
    let shown = room.seen_by(&room.bob).await.you.help_place;
    assert_eq!(shown, Some(second), "the same to who comes back");
    room.server.stop().await;
}
