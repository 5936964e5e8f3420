//! What began before a removal and would end after it.

use std::time::{Duration, Instant};

use protocol::{CodelabDetail, ImageDownload, MaterialList, NewUpload, ProblemCode, Upload};
use reqwest::StatusCode;
use serde_json::json;
use server::outside::Rules;
use tests::{Facilitator, PATIENCE, TestServer, TheWeb, refusal};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Far more than what sockets hold on the way.
const LARGE_BYTES: usize = 40 << 20;

/// Bytes of a piece.
const PIECE_BYTES: usize = 8 << 20;

async fn two(server: &TestServer) -> (Facilitator, Facilitator) {
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    (grace, linus)
}

/// An upload of a codelab's material: the address of its pieces.
async fn begun(who: &Facilitator, size_bytes: usize) -> String {
    let codelab = who.codelab("Git from zero").await;
    let path = format!("/api/v1/codelabs/{}/uploads", codelab.id.0);
    let wish = NewUpload {
        title: None,
        file_name: "starter.zip".to_owned(),
        size_bytes: size_bytes as u64,
    };
    let upload: Upload = who.browser.post(&path, &wish).await;
    format!("{path}/{}", upload.id.0)
}

async fn materials(who: &Facilitator) -> MaterialList {
    let codelab = who.codelab("Git from zero").await;
    let path = format!("/api/v1/codelabs/{}/materials", codelab.id.0);
    who.browser.get(&path).await
}

async fn until_blank_line(socket: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.expect("the server answers"));
    }
    String::from_utf8(head).expect("text")
}

/// The server asks for the body only when it knows who sends it.
#[tokio::test]
async fn a_piece_that_is_on_its_way_is_refused() {
    let server = TestServer::start().await;
    let (grace, linus) = two(&server).await;
    let path = begun(&linus, 4).await;
    let host = server.url.trim_start_matches("http://").to_owned();
    let mut socket = TcpStream::connect(&host).await.unwrap();
    let cookies = linus.browser.cookies().expect("a cookie");
    let head = format!(
        "PUT {path}?offset=0 HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nCookie: {cookies}\r\n\
         Content-Length: 4\r\nExpect: 100-continue\r\n\r\n",
        server.url
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    let go_on = until_blank_line(&mut socket).await;
    assert!(go_on.starts_with("HTTP/1.1 100"), "{go_on}");
    grace.remove("Linus").await;
    socket.write_all(b"late").await.unwrap();
    let answer = until_blank_line(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let left = materials(&grace).await;
    assert!(left.materials.is_empty() && left.uploads.is_empty());
    server.stop().await;
}

#[tokio::test]
async fn a_download_breaks_off() {
    let server = TestServer::start().await;
    let (grace, linus) = two(&server).await;
    let path = begun(&grace, LARGE_BYTES).await;
    for offset in (0..LARGE_BYTES).step_by(PIECE_BYTES) {
        let piece = vec![7; PIECE_BYTES.min(LARGE_BYTES - offset)];
        let url = format!("{}{path}?offset={offset}", server.url);
        let request = grace.browser.http().put(url).header("origin", &server.url);
        let sent = request.body(piece).send().await.expect("an answer");
        assert_eq!(sent.status(), StatusCode::OK);
    }
    let href = materials(&grace).await.materials[0].href.clone();
    let mut download = linus.browser.get_response(&href).await;
    assert_eq!(download.status(), StatusCode::OK);
    let mut received = download.chunk().await.unwrap().expect("a beginning").len();
    grace.remove("Linus").await;
    let broken = loop {
        match download.chunk().await {
            Ok(Some(more)) => received += more.len(),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken && received < LARGE_BYTES, "{received} bytes came");
    server.stop().await;
}

/// A poll that waits for news of what somebody else has begun.
#[tokio::test]
async fn a_long_poll_ends_at_once() {
    let web = TheWeb::start().await;
    let rules = Rules {
        allow_loopback: true,
        ..Rules::default()
    };
    let server = TestServer::with_outside(rules).await;
    let (grace, linus) = two(&server).await;
    let source = format!("# Tea\n\n## Pot\n\n![pot]({})\n", web.at("half.png"));
    let body = json!({ "title": "Tea", "source": source });
    let tea: CodelabDetail = grace.browser.post("/api/v1/codelabs/blank", &body).await;
    let path = format!("/api/v1/codelabs/{}/remote-images", tea.summary.id.0);
    let job: ImageDownload = grace.browser.post(&path, &json!({})).await;
    let path = format!("/api/v1/image-downloads/{}?known=1000", job.id);
    let began = Instant::now();
    let poll = linus.browser.get_response(&path);
    let removal = async {
        // Answered after the poll was sent, on a connection of its own.
        linus.browser.get_response("/api/v1/codelabs").await;
        grace.remove("Linus").await;
    };
    let (answer, ()) = tokio::join!(tokio::time::timeout(PATIENCE, poll), removal);
    let problem = refusal(answer.expect("an answer")).await;
    assert_eq!(problem.code, ProblemCode::NotAuthenticated);
    assert!(
        began.elapsed() < Duration::from_secs(15),
        "it waited for news"
    );
    web.release();
    server.stop().await;
}
