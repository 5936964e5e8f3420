//! Pictures in messages.

use protocol::{Ack, EventBody, Picture, ProblemCode};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tests::{Browser, picture, refusal};

use crate::people::Room;

async fn upload(room: &Room, browser: &Browser, bytes: Vec<u8>) -> Picture {
    let response = browser.upload(&room.workshop.id.0.to_string(), bytes).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.expect("a picture")
}

async fn refused(room: &Room, browser: &Browser, bytes: Vec<u8>) -> ProblemCode {
    let response = browser.upload(&room.workshop.id.0.to_string(), bytes).await;
    refusal(response).await.code
}

/// A PNG that says it is so large.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = picture("");
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes
}

fn show(file: &Value, text: &str) -> Value {
    json!({ "type": "post_message", "text": text, "picture": file })
}

#[tokio::test]
async fn a_picture_is_uploaded_said_and_seen() {
    let (room, mut lives) = Room::open().await;
    let bytes = png_of(3, 2);
    let uploaded = upload(&room, &room.ada.browser, bytes.clone()).await;
    assert_eq!((uploaded.width, uploaded.height), (3, 2));
    assert_eq!(
        upload(&room, &room.bob.browser, bytes.clone()).await,
        uploaded
    );
    lives.ada.do_it(show(&json!(uploaded.file), "")).await;
    let message = lives
        .bob
        .event("Ada's picture", |event| match event {
            EventBody::MessagePosted(posted) => Some(posted.message.clone()),
            _ => None,
        })
        .await;
    assert_eq!((&*message.text, message.picture), ("", Some(uploaded)));

    let path = format!("/api/v1/files/{}", uploaded.file.0);
    let response = room.bob.browser.get_response(&path).await;
    let headers = response.headers().clone();
    assert_eq!(headers[header::CONTENT_TYPE], "image/png");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(
        headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    assert_eq!(response.bytes().await.unwrap(), bytes);
    room.server.stop().await;
}

#[tokio::test]
async fn only_pictures_are_taken() {
    let (room, _lives) = Room::open().await;
    let browser = &room.ada.browser;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let wrong: [Vec<u8>; 5] = [
        Vec::new(),
        b"hello".to_vec(),
        svg.to_vec(),
        b"<!doctype html><script>alert(1)</script>".to_vec(),
        picture("")[..12].to_vec(),
    ];
    for bytes in wrong {
        let what = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(
            refused(&room, browser, bytes).await,
            ProblemCode::NotAPicture,
            "{what}"
        );
    }
    for (width, height) in [(0, 1), (1, 0), (8193, 1), (1, 8193), (u32::MAX, u32::MAX)] {
        let code = refused(&room, browser, png_of(width, height)).await;
        assert_eq!(code, ProblemCode::NotAPicture, "{width}×{height}");
    }
    upload(&room, &room.grace.browser, png_of(8192, 1)).await;
    room.server.stop().await;
}

#[tokio::test]
async fn a_picture_has_a_largest_size_and_a_seat_a_limit() {
    let (room, _lives) = Room::open().await;
    let browser = &room.ada.browser;
    let mut bytes = picture("");
    bytes.resize(8 * 1024 * 1024, 0);
    upload(&room, browser, bytes.clone()).await;
    bytes.push(0);
    assert_eq!(refused(&room, browser, bytes).await, ProblemCode::TooLarge);

    // An album at once, and then no more for a while; tries that fail count too.
    let mut codes = Vec::new();
    for n in 0..40 {
        let workshop = room.workshop.id.0.to_string();
        let response = browser.upload(&workshop, picture(&n.to_string())).await;
        codes.push(response.status());
    }
    let taken = codes.iter().filter(|code| **code == StatusCode::OK).count();
    assert!((15..30).contains(&taken), "{taken} pictures were taken");
    assert_eq!(codes.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
    upload(&room, &room.bob.browser, picture("Bob has his own")).await;
    room.server.stop().await;
}

#[tokio::test]
async fn a_message_shows_only_what_was_uploaded() {
    let (room, mut lives) = Room::open().await;
    let unknown = "ab".repeat(32);
    let problem = lives.ada.refused(show(&json!(unknown), "look")).await;
    assert_eq!(problem.code, ProblemCode::UnknownPicture);
    assert_eq!(problem.field.as_deref(), Some("picture"));
    let direct = json!({ "type": "post_direct_message", "text": "", "picture": unknown });
    assert_eq!(
        lives.ada.refused(direct).await.code,
        ProblemCode::UnknownPicture
    );
    let problem = lives.ada.refused(show(&json!("short"), "look")).await;
    assert_eq!(problem.code, ProblemCode::InvalidRequest);
    let nothing = json!({ "type": "post_message", "text": " " });
    assert_eq!(
        lives.ada.refused(nothing).await.code,
        ProblemCode::InvalidText
    );
    room.server.stop().await;
}

#[tokio::test]
async fn a_seat_is_needed_to_upload() {
    let (room, _lives) = Room::open().await;
    let code = refused(&room, &room.server.browser(), picture("")).await;
    assert_eq!(code, ProblemCode::NotAuthenticated);
    let wrong = room
        .path("pictures")
        .replace(&room.workshop.id.0.to_string(), "0000000000000");
    let response = room
        .ada
        .browser
        .request(Method::POST, &wrong, Some(&json!({})))
        .await;
    assert_eq!(refusal(response).await.code, ProblemCode::UnknownWorkshop);
    // The limit of bodies elsewhere stays small.
    let long = json!({ "text": "x".repeat(100_000) });
    let response = room
        .ada
        .browser
        .request(Method::POST, &room.path("messages"), Some(&long))
        .await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let _: Ack = room
        .ada
        .browser
        .post(&room.path("messages"), &json!({ "text": "hi" }))
        .await;
    room.server.stop().await;
}
