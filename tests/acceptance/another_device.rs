//! Taking a seat along: the QR code of the resume link.

use protocol::{ProblemCode, ResumeCode};
use reqwest::{Method, StatusCode, header};
use serde_json::json;
use tests::TestServer;

#[tokio::test]
async fn the_qr_code_is_drawn_for_ones_own_code_alone() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let path = format!("/api/v1/workshops/{}/seat/resume-qr", workshop.id.0);
    let code = ada.joined.resume_code.clone().unwrap();
    let body = json!({ "resumeCode": code });

    let picture = ada.browser.request(Method::POST, &path, Some(&body)).await;
    assert_eq!(picture.status(), StatusCode::OK);
    assert_eq!(picture.headers()[header::CONTENT_TYPE], "image/svg+xml");
    assert_eq!(picture.headers()[header::CACHE_CONTROL], "no-store");
    let svg = picture.text().await.unwrap();
    assert!(svg.starts_with("<svg"), "{svg}");
    assert!(!svg.contains(&code), "the code is only drawn");

    // Whether a code is somebody else's, replaced or made up, the answer is the same.
    let theirs = json!({ "resumeCode": bob.joined.resume_code.clone().unwrap() });
    let made_up = json!({ "resumeCode": "K7M3P-Q8RTX" });
    let no_code = json!({ "resumeCode": "?" });
    let refused = ada.browser.post_refused(&path, &theirs).await;
    assert_eq!(refused.code, ProblemCode::WrongResumeCode);
    assert_eq!(ada.browser.post_refused(&path, &made_up).await, refused);
    assert_eq!(ada.browser.post_refused(&path, &no_code).await, refused);
    let renewed: ResumeCode = ada
        .browser
        .post(
            &format!("/api/v1/workshops/{}/seat/resume-code", workshop.id.0),
            &json!({}),
        )
        .await;
    assert_eq!(ada.browser.post_refused(&path, &body).await, refused);
    let body = json!({ "resumeCode": renewed.resume_code });
    let picture = ada.browser.request(Method::POST, &path, Some(&body)).await;
    assert_eq!(picture.status(), StatusCode::OK);

    let nobody = server.browser().post_refused(&path, &body).await;
    assert_eq!(nobody.code, ProblemCode::NotAuthenticated);
    server.stop().await;
}
