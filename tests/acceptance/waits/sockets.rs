//! The live connections of one seat.

use protocol::{CloseCode, EventBody};
use serde_json::json;
use tests::{Live, TestServer};

use crate::hurried;

/// Sockets that one attendee opens.
const SOCKETS: usize = 1500;

#[tokio::test]
async fn one_seat_holds_eight_sockets_and_the_newest_stay() {
    let server = TestServer::start().await;
    let (facilitator, workshop) = server.begin_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let mut witness = bob.live().await;
    let kept = hurried().sockets_per_seat;
    let mut open: std::collections::VecDeque<Live> = std::collections::VecDeque::new();
    for _ in 0..SOCKETS {
        open.push_back(ada.live().await);
        if open.len() > kept {
            let mut oldest = open.pop_front().expect("it was opened");
            let code = oldest.close_code().await;
            assert_eq!(code, CloseCode::TooManyConnections.number());
        }
    }
    // Those that stay hear everything, and so does everybody else.
    bob.live()
        .await
        .do_it(json!({ "type": "post_message", "text": "to all" }))
        .await;
    for live in open.iter_mut().chain([&mut witness]) {
        live.event("the message", |event| match event {
            EventBody::MessagePosted(posted) if &*posted.message.text == "to all" => Some(()),
            _ => None,
        })
        .await;
    }
    server.stop().await;
}
