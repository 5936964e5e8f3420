//! Codelabs leave the library as files.

use protocol::{CodelabPage, ImportReport, ProblemCode};
use reqwest::{
    StatusCode, header,
    multipart::{Form, Part},
};
use tests::{Facilitator, TestServer};

/// A file as the server gives it: its name, its type and its bytes.
struct File {
    disposition: String,
    media_type: String,
    policy: String,
    bytes: Vec<u8>,
}

async fn export(facilitator: &Facilitator, codelab: &impl std::fmt::Display, query: &str) -> File {
    let path = format!("/api/v1/codelabs/{codelab}/export?{query}");
    let response = facilitator.browser.get_response(&path).await;
    assert_eq!(response.status(), StatusCode::OK, "{query}");
    let text = |name| {
        let value = response.headers().get(name);
        value.map_or(String::new(), |value| {
            value.to_str().expect("a plain header").to_owned()
        })
    };
    let (disposition, media_type, policy) = (
        text(header::CONTENT_DISPOSITION),
        text(header::CONTENT_TYPE),
        text(header::CONTENT_SECURITY_POLICY),
    );
    let bytes = response.bytes().await.expect("a body").to_vec();
    File {
        disposition,
        media_type,
        policy,
        bytes,
    }
}

async fn import(facilitator: &Facilitator, name: &str, bytes: Vec<u8>) -> ImportReport {
    let browser = &facilitator.browser;
    let part = Part::bytes(bytes).file_name(name.to_owned());
    let response = browser
        .http()
        .post(format!("{}/api/v1/codelabs", browser.url))
        .header("origin", &browser.url)
        .multipart(Form::new().part("file", part))
        .send()
        .await
        .expect("the server answers");
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.expect("a report")
}

#[tokio::test]
async fn a_bundle_comes_back_byte_by_byte() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    for codelab in page.items {
        let bundle = export(&facilitator, &codelab.id.0, "format=bundle").await;
        assert_eq!(bundle.media_type, "application/zip");
        let report = import(&facilitator, "back.zip", bundle.bytes.clone()).await;
        assert_eq!(report.diagnostics, []);
        assert_eq!(report.codelab.title, codelab.title);
        assert_eq!(report.codelab.minutes, codelab.minutes);
        assert_eq!(report.codelab.tags, codelab.tags);
        let again = export(&facilitator, &report.codelab.id.0, "format=bundle").await;
        assert_eq!(again.bytes, bundle.bytes, "{}", codelab.title);
        assert_eq!(again.disposition, bundle.disposition);
    }
    server.stop().await;
}

#[tokio::test]
async fn files_are_kept_and_the_handout_is_shown() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await.id.0;
    let page = export(&facilitator, &codelab, "format=html&language=ko").await;
    assert_eq!(
        page.disposition,
        "attachment; filename=\"Git from zero.html\"; filename*=UTF-8''Git%20from%20zero.html"
    );
    let html = String::from_utf8(page.bytes).expect("text");
    assert!(html.contains("<html lang=\"ko\">") && html.contains("src=\"data:image/svg+xml;"));

    let handout = export(&facilitator, &codelab, "format=print").await;
    assert_eq!(handout.disposition, "");
    assert!(
        handout
            .policy
            .starts_with("default-src 'none'; img-src data:;")
    );
    assert!(handout.policy.ends_with("frame-ancestors 'self'"));

    for format in ["claat", "claat_old_boxes", "open_codelabs"] {
        let file = export(&facilitator, &codelab, &format!("format={format}")).await;
        assert!(file.disposition.starts_with("attachment; "), "{format}");
        assert!(file.bytes.starts_with(b"PK"), "{format}");
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_not_there_cannot_be_had() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let problem = facilitator
        .browser
        .get_refused("/api/v1/codelabs/nothing/export?format=html")
        .await;
    assert_eq!(problem.code, ProblemCode::UnknownCodelab);
    let codelab = facilitator.codelab("Git from zero").await.id.0;
    let problem = facilitator
        .browser
        .get_refused(&format!("/api/v1/codelabs/{codelab}/export?format=pdf"))
        .await;
    assert_eq!(problem.code, ProblemCode::InvalidRequest);
    server.stop().await;
}
