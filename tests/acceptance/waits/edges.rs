//! Requests that no browser sends to a server are refused as they are, and
//! answers say who may keep and embed them.

use reqwest::header;
use serde_json::json;
use tests::TestServer;

use crate::wire::Wire;

#[expect(clippy::too_many_lines, reason = "a table")]
#[tokio::test]
async fn requests_that_could_be_read_in_two_ways_are_refused() {
    let server = TestServer::start().await;
    let own = server.url.trim_start_matches("http://").to_owned();
    let port = own.rsplit_once(':').expect("a port").1.to_owned();
    let get = "GET /api/v1/health HTTP/1.1";
    let plain = format!("{get}\r\nhost: {own}\r\nconnection: close\r\n\r\n");
    let localhost = format!("{get}\r\nhost: localhost.:{port}\r\nconnection: close\r\n\r\n");
    for plain in [plain, localhost] {
        let mut wire = Wire::new(&server.url).await;
        wire.send(&plain).await;
        assert_eq!(wire.status().await, "HTTP/1.1 200 OK", "{plain}");
    }
    let cases = [
        // Host
        (get, format!("host: {own}\r\nhost: {own}"), "400"),
        (get, format!("host: {own}\r\nHOST: evil.example"), "400"),
        (get, format!("host: evil.example\r\nhost: {own}"), "400"),
        (get, "accept: */*".to_owned(), "400"),
        (
            "GET /api/v1/health HTTP/1.0",
            "accept: */*".to_owned(),
            "400",
        ),
        (get, format!("host: {own}, evil.example"), "421"),
        (get, format!("host: user@{own}"), "421"),
        (get, format!("host: user:secret@{own}"), "421"),
        (get, format!("host: {own}/"), "421"),
        (get, format!("host: {own}#"), "421"),
        (get, format!("host: http://{own}"), "421"),
        (get, format!("host: 127.0.0.1:+{port}"), "421"),
        (get, format!("host: 127.0.0.1:0{port}"), "421"),
        (get, format!("host: localhost..:{port}"), "421"),
        (get, format!("host: 127.0.0.1%00:{port}"), "421"),
        (get, format!("host: 127.1:{port}"), "421"),
        (get, "host: 127.0.0.1".to_owned(), "421"),
        (get, "host:".to_owned(), "421"),
        (get, format!("host: l\u{f6}calhost:{port}"), "421"),
        // Origin
        (
            "POST /api/v1/facilitators/enter HTTP/1.1",
            format!("host: {own}\r\norigin: http://{own}\r\norigin: http://evil.example"),
            "400",
        ),
        (
            "POST /api/v1/facilitators/enter HTTP/1.1",
            format!("host: {own}\r\norigin: http://evil.example\r\norigin: http://{own}"),
            "400",
        ),
        (
            "POST /api/v1/facilitators/enter HTTP/1.1",
            format!("host: {own}\r\norigin: http://{own}, http://evil.example"),
            "403",
        ),
        // The target
        (
            "GET http://evil.example/ HTTP/1.1",
            format!("host: {own}"),
            "400",
        ),
        (
            "GET http://127.0.0.1/api/v1/health HTTP/1.1",
            format!("host: {own}"),
            "400",
        ),
        (
            "GET https://evil.example/ HTTP/1.1",
            format!("host: {own}"),
            "400",
        ),
        (
            "CONNECT evil.example:443 HTTP/1.1",
            format!("host: {own}"),
            "400",
        ),
        ("OPTIONS * HTTP/1.1", format!("host: {own}"), "400"),
        ("GET * HTTP/1.1", format!("host: {own}"), "400"),
        ("GET evil.example HTTP/1.1", format!("host: {own}"), "400"),
        // The body's length
        (
            "POST /api/v1/facilitators/enter HTTP/1.1",
            format!("host: {own}\r\ncontent-length: 1\r\ncontent-length: 2"),
            "400",
        ),
        (
            "POST /api/v1/facilitators/enter HTTP/1.1",
            format!("host: {own}\r\ncontent-length: +1"),
            "400",
        ),
        (
            "POST /api/v1/facilitators/enter HTTP/1.1",
            format!("host: {own}\r\ntransfer-encoding: gzip"),
            "400",
        ),
        (
            "POST /api/v1/facilitators/enter HTTP/1.0",
            format!("host: {own}\r\ntransfer-encoding: chunked"),
            "400",
        ),
    ];
    for (line, headers, expected) in cases {
        let mut wire = Wire::new(&server.url).await;
        let request = format!("{line}\r\n{headers}\r\n\r\n");
        wire.send(&request).await;
        let status = wire.status().await;
        let code = status.split(' ').nth(1).unwrap_or_default();
        assert_eq!(code, expected, "{request:?}: {status:?}");
    }
    server.stop().await;
}

/// A length beside `chunked` counts for nothing, and nothing that follows on the
/// connection is taken for a request (RFC 9112, section 6.3).
#[tokio::test]
async fn nothing_is_smuggled_behind_two_lengths() {
    let server = TestServer::start().await;
    let own = server.url.trim_start_matches("http://");
    let smuggled = format!("GET /api/v1/health HTTP/1.1\r\nhost: {own}\r\n\r\n");
    for headers in [
        "content-length: 4\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 4",
    ] {
        let mut wire = Wire::new(&server.url).await;
        let request = format!(
            "POST /api/v1/facilitators/enter HTTP/1.1\r\nhost: {own}\r\n\
             content-type: application/json\r\n{headers}\r\n\r\n0\r\n\r\n{smuggled}"
        );
        wire.send(request).await;
        let answers = wire.rest().await;
        assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
    }
    server.stop().await;
}

#[tokio::test]
async fn private_answers_are_kept_by_nobody_and_embedded_nowhere() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let id = workshop.id.0;
    let private = [
        (&facilitator.browser, "/api/v1/codelabs".to_owned()),
        (
            &facilitator.browser,
            format!("/api/v1/workshops/{id}/lobby"),
        ),
        (
            &facilitator.browser,
            format!("/api/v1/workshops/{id}/report"),
        ),
        (&ada.browser, format!("/api/v1/workshops/{id}/snapshot")),
        (&ada.browser, format!("/api/v1/workshops/{id}/messages")),
        (&ada.browser, "/api/v1/entrance".to_owned()),
        // Refusals too.
        (&ada.browser, format!("/api/v1/workshops/{id}/lobby")),
    ];
    for (browser, path) in private {
        let answer = browser.get_response(&path).await;
        let headers = answer.headers();
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(
            headers["cross-origin-resource-policy"], "same-origin",
            "{path}"
        );
    }
    let step = facilitator.snapshot(&workshop).await.agenda[0].steps[0]
        .content
        .0;
    let path = format!("/api/v1/contents/{step}");
    let answer = ada.browser.get_response(&path).await;
    let kept = answer.headers()[header::CACHE_CONTROL].to_str().unwrap();
    assert!(kept.contains("immutable"), "{kept}");
    let refused = ada
        .browser
        .post_refused("/api/v1/facilitators/enter", &json!({ "secret": "x" }))
        .await;
    assert_eq!(refused.status, 403, "{refused:?}");
    server.stop().await;
}
