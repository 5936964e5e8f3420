//! What is begun and not finished: uploads, imports, and bodies that say that
//! they are larger than anything may be.

use protocol::{NewUpload, Problem, ProblemCode, Upload};
use reqwest::{Method, StatusCode};
use tests::{Facilitator, TestServer};

use crate::wire::Wire;

async fn begin(facilitator: &Facilitator, codelab: &str) -> Result<Upload, Problem> {
    let wish = NewUpload {
        title: None,
        file_name: "large.zip".to_owned(),
        size_bytes: 1000,
    };
    let path = format!("/api/v1/codelabs/{codelab}/uploads");
    let browser = &facilitator.browser;
    let answer = browser.request(Method::POST, &path, Some(&wish)).await;
    if answer.status().is_success() {
        Ok(answer.json().await.expect("an upload"))
    } else {
        Err(answer.json().await.expect("a problem"))
    }
}

#[tokio::test]
async fn five_hundred_unfinished_uploads_are_not_taken() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let codelab = grace.codelab("Git from zero").await.id.0.to_string();
    let mut begun = Vec::new();
    for _ in 0..500 {
        match begin(&grace, &codelab).await {
            Ok(upload) => begun.push(upload),
            Err(problem) => assert_eq!(problem.code, ProblemCode::TooManyRequests),
        }
    }
    assert_eq!(begun.len(), 20);
    let linus = grace.invite("Linus").await;
    begin(&linus, &codelab)
        .await
        .expect("another has their own");
    // One that is given up makes room for one.
    let path = format!("/api/v1/codelabs/{codelab}/uploads/{}", begun[0].id.0);
    let given_up = grace.browser.request(Method::DELETE, &path, None::<&()>);
    assert_eq!(given_up.await.status(), StatusCode::NO_CONTENT);
    begin(&grace, &codelab).await.expect("there is room again");
    begin(&grace, &codelab).await.expect_err("for one");
    server.stop().await;
}

#[tokio::test]
async fn a_body_that_says_it_is_too_long_is_refused_before_it_is_sent() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await.id.0;
    let cookies = facilitator.browser.cookies().expect("a token");
    let host = server.url.trim_start_matches("http://");
    let cases = [
        ("POST", "/api/v1/imports".to_owned(), 9_000_000_000_u64),
        ("POST", "/api/v1/codelabs".to_owned(), 9_000_000_000),
        ("POST", "/api/v1/facilitators/enter".to_owned(), 70_000),
        (
            "PUT",
            format!("/api/v1/codelabs/{codelab}/uploads/1?offset=0"),
            9_000_000,
        ),
    ];
    for (method, path, length) in cases {
        let mut wire = Wire::new(&server.url).await;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookies}\r\n\
             content-type: multipart/form-data; boundary=x\r\ncontent-length: {length}\r\n\r\n"
        );
        wire.send(head).await;
        let status = wire.status().await;
        assert_eq!(status, "HTTP/1.1 413 Payload Too Large", "{path}");
    }
    server.stop().await;
}

/// Whoever sends on while the refusal is on its way still hears it.
#[tokio::test]
async fn a_refusal_reaches_whoever_is_still_sending() {
    let server = TestServer::start().await;
    let host = server.url.trim_start_matches("http://");
    for _ in 0..10 {
        let mut wire = Wire::new(&server.url).await;
        let head = format!(
            "POST /api/v1/imports HTTP/1.1\r\nhost: {host}\r\n\
             content-type: multipart/form-data; boundary=x\r\ncontent-length: 20000000\r\n\r\n"
        );
        wire.send(head).await;
        for _ in 0..50 {
            assert!(wire.send(vec![b' '; 64 * 1024]).await, "it is still read");
        }
        assert_eq!(wire.status().await, "HTTP/1.1 401 Unauthorized");
    }
    server.stop().await;
}

#[tokio::test]
async fn imports_that_come_in_at_once_are_bounded() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let cookies = facilitator.browser.cookies().expect("a token");
    let host = server.url.trim_start_matches("http://");
    let head = format!(
        "POST /api/v1/imports HTTP/1.1\r\nhost: {host}\r\ncookie: {cookies}\r\n\
         content-type: multipart/form-data; boundary=x\r\ncontent-length: 1000000\r\n\r\n"
    );
    let mut coming = Vec::new();
    let mut refused = 0;
    for _ in 0..10 {
        let mut wire = Wire::new(&server.url).await;
        wire.send(&head).await;
        coming.push(wire);
    }
    // Those that are refused are answered; the others are waited for.
    while refused < 7 {
        let answers = coming.iter_mut().map(|wire| Box::pin(wire.status()));
        let (status, at, _) = futures_util::future::select_all(answers).await;
        assert_eq!(status, "HTTP/1.1 429 Too Many Requests");
        coming.remove(at);
        refused += 1;
    }
    drop(coming);
    server.stop().await;
}
