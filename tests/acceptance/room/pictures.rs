//! Pictures in messages.

use protocol::{Ack, EventBody, Picture, ProblemCode};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tests::{Browser, black_picture, picture, png_with, refusal};

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

fn show(file: &Value, text: &str) -> Value {
    json!({ "type": "post_message", "text": text, "picture": file })
}

#[tokio::test]
async fn a_picture_is_uploaded_said_and_seen() {
    let (room, mut lives) = Room::open().await;
    let mut bytes = black_picture(3, 2);
    bytes.extend(b"taken at home");
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
    assert_eq!(headers[header::CONTENT_TYPE], "image/webp");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(
        headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    // It was drawn anew: nothing else that the file held is in it.
    let seen = response.bytes().await.unwrap();
    assert!(seen.starts_with(b"RIFF"));
    assert!(!seen.windows(13).any(|found| found == b"taken at home"));
    room.server.stop().await;
}

#[tokio::test]
async fn a_large_picture_is_made_smaller_and_one_of_too_many_pixels_is_refused() {
    let (room, _lives) = Room::open().await;
    let browser = &room.ada.browser;
    let uploaded = upload(&room, browser, black_picture(4000, 1000)).await;
    assert_eq!((uploaded.width, uploaded.height), (2048, 512));
    // Half a gigabyte in a browser, from some kilobytes.
    let bomb = black_picture(8192, 8192);
    assert!(bomb.len() < 20_000, "{} bytes", bomb.len());
    assert_eq!(
        refused(&room, browser, bomb).await,
        ProblemCode::NotAPicture
    );
    // One whose pixels are not there.
    let mut cut = black_picture(4000, 1000);
    cut.truncate(60);
    assert_eq!(refused(&room, browser, cut).await, ProblemCode::NotAPicture);
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
    for (width, height) in [(0, 1), (1, 0), (u32::MAX, u32::MAX)] {
        let code = refused(&room, browser, png_with(width, height, [1, 0], &[])).await;
        assert_eq!(code, ProblemCode::NotAPicture, "{width}×{height}");
    }
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

/// Whether somebody is given a file.
async fn sees(browser: &Browser, picture: &Picture) -> bool {
    let path = format!("/api/v1/files/{}", picture.file.0);
    let response = browser.get_response(&path).await;
    let status = response.status();
    if status == StatusCode::OK {
        let cached = response.headers()[header::CACHE_CONTROL].to_str();
        let cached = cached.expect("a rule");
        assert!(cached.starts_with("private"), "{cached}");
        return true;
    }
    assert_eq!(status, StatusCode::NOT_FOUND);
    false
}

#[tokio::test]
async fn knowing_the_hash_of_a_picture_is_no_right_to_it() {
    let (room, mut lives) = Room::open().await;
    let (ada, bob, grace) = (&room.ada.browser, &room.bob.browser, &room.grace.browser);
    let nobody = room.server.browser();
    let elsewhere = room.grace.codelab("Git from zero").await;
    let elsewhere = room.grace.start_workshop(&[elsewhere]).await;
    let olga = room.server.join(&room.grace, &elsewhere, "Olga").await;
    let picture = upload(&room, ada, black_picture(5, 5)).await;
    // Not said yet: it is Ada's, and nobody else may say it.
    assert!(sees(ada, &picture).await && !sees(bob, &picture).await);
    let problem = lives.bob.refused(show(&json!(picture.file), "mine")).await;
    assert_eq!(problem.code, ProblemCode::UnknownPicture);
    // Said to the facilitators alone.
    let mut direct = show(&json!(picture.file), "");
    direct["type"] = json!("post_direct_message");
    lives.ada.do_it(direct).await;
    assert!(sees(grace, &picture).await && sees(ada, &picture).await);
    assert!(!sees(bob, &picture).await && !sees(&nobody, &picture).await);
    // Said to all, and deleted.
    lives.ada.do_it(show(&json!(picture.file), "")).await;
    let message = lives
        .bob
        .event("Ada's picture", |event| match event {
            EventBody::MessagePosted(posted) => Some(posted.message.id),
            _ => None,
        })
        .await;
    assert!(sees(bob, &picture).await);
    assert!(!sees(&nobody, &picture).await && !sees(&olga.browser, &picture).await);
    let delete = json!({ "type": "delete_message", "message": message });
    lives.ada.do_it(delete).await;
    assert!(!sees(bob, &picture).await);
    room.server.stop().await;
}

#[tokio::test]
async fn a_step_and_its_images_are_for_the_rooms_that_show_them() {
    let (room, _lives) = Room::on("# Tea\n\n## Boil\n\nSecret water\n").await;
    let content = room.ada.joined.snapshot.agenda[0].steps[0].content;
    let path = format!("/api/v1/contents/{}", content.0);
    let elsewhere = room.grace.codelab("Git from zero").await;
    let elsewhere = room.grace.start_workshop(&[elsewhere]).await;
    let olga = room.server.join(&room.grace, &elsewhere, "Olga").await;
    for (browser, expected) in [
        (&room.ada.browser, StatusCode::OK),
        (&room.grace.browser, StatusCode::OK),
        (&olga.browser, StatusCode::NOT_FOUND),
        (&room.server.browser(), StatusCode::NOT_FOUND),
    ] {
        let response = browser.get_response(&path).await;
        assert_eq!(response.status(), expected);
    }
    room.server.stop().await;
}
