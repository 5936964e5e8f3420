//! What facilitators keep of a conversation.

use protocol::ProblemCode;
use serde_json::json;
use tests::TestServer;

#[tokio::test]
async fn a_conversation_can_be_kept_without_what_was_taken_back() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "=Ada").await;
    let mut board = facilitator.live(&workshop).await;
    let mut live = ada.live().await;
    live.do_it(json!({ "type": "post_message", "text": "Hello, \"room\"\n```sh\nls\n```" }))
        .await;
    live.do_it(json!({ "type": "post_message", "text": "never said" }))
        .await;
    live.do_it(json!({ "type": "delete_message", "message": 2 }))
        .await;
    live.do_it(json!({ "type": "post_direct_message", "text": "between us" }))
        .await;
    board
        .do_it(json!({ "type": "announce", "text": "*Lunch*" }))
        .await;

    let base = format!("/api/v1/workshops/{}/export/messages", workshop.id.0);
    let response = facilitator
        .browser
        .get_response(&format!("{base}.csv"))
        .await;
    let disposition = response.headers()["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; "), "{disposition}");
    let csv = response.text().await.unwrap();
    let rows: Vec<_> = csv.split("\r\n").collect();
    assert_eq!(rows.len(), 5, "{csv}");
    assert!(rows[0].starts_with("\u{feff}message,time,kind,"), "{csv}");
    assert!(
        rows[1].contains(",chat,\"'=Ada\",attendee,,,\"Hello, \"\"room\"\"\n"),
        "{csv}"
    );
    assert!(
        rows[2].contains(",direct,\"'=Ada\",attendee,\"'=Ada\",,between us,"),
        "{csv}"
    );
    assert!(rows[3].contains(",announcement,"), "{csv}");
    assert!(!csv.contains("never said"), "{csv}");

    let markdown = facilitator
        .browser
        .get_response(&format!("{base}.md"))
        .await;
    let markdown = markdown.text().await.unwrap();
    assert!(markdown.contains("```sh\nls\n```"), "{markdown}");
    assert!(markdown.contains("\\*Lunch\\*"), "{markdown}");
    assert!(!markdown.contains("never said"), "{markdown}");
    let plain = facilitator
        .browser
        .get_response(&format!("{base}.txt"))
        .await;
    assert!(plain.text().await.unwrap().contains("between us"));

    for extension in ["csv", "md", "txt"] {
        let page = format!("{base}.{extension}");
        let refusal = ada.browser.get_refused(&page).await;
        assert_eq!(refusal.code, ProblemCode::NotAFacilitator);
        let refusal = server.browser().get_refused(&page).await;
        assert_eq!(refusal.code, ProblemCode::NotAuthenticated);
    }
    server.stop().await;
}
