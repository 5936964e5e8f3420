//! After the workshop: the report, its tables, and the log to look back on.

use protocol::{EventBody, EventPage, ProblemCode, WorkshopReport, WorkshopStatus};
use serde_json::json;
use tests::{Attendee, Facilitator, TestServer};

async fn works_through(attendee: &Attendee, steps: usize) {
    let mut live = attendee.live().await;
    for at in 0..steps {
        let (codelab, step) = attendee.step(at);
        let on = |kind: &str| json!({ "type": kind, "codelab": codelab, "step": step });
        live.do_it(on("enter_step")).await;
        live.do_it(on("complete_step")).await;
    }
}

#[tokio::test]
async fn a_workshop_has_a_report_so_far_and_in_the_end() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let path = format!("/api/v1/workshops/{}/report", workshop.id.0);
    let empty: WorkshopReport = facilitator.browser.get(&path).await;
    assert_eq!((empty.people.len(), empty.facilitators), (0, 1));
    assert_eq!(empty.status, WorkshopStatus::Live);

    for (name, steps) in [("Ada", 3), ("Bob", 2), ("민수", 2)] {
        let person = server.join(&facilitator, &workshop, name).await;
        works_through(&person, steps).await;
    }
    let mut board = facilitator.live(&workshop).await;
    board.do_it(json!({ "type": "end_workshop" })).await;
    let report: WorkshopReport = facilitator.browser.get(&path).await;
    assert_eq!(report.status, WorkshopStatus::Ended);
    let done: Vec<u32> = report
        .people
        .iter()
        .map(|person| person.steps_done)
        .collect();
    assert_eq!(done, [3, 2, 2]);
    let finished: Vec<u32> = report.steps.iter().map(|step| step.finished).collect();
    assert_eq!(finished[..4], [3, 3, 1, 0]);
    assert_eq!(report.steps[1].proposed_minutes, Some(1));
    assert_eq!(report.steps[2].proposed_minutes, None);
    server.stop().await;
}

#[tokio::test]
async fn the_tables_open_in_a_spreadsheet_program() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let person = server
        .join(&facilitator, &workshop, "=HYPERLINK(1),\"민수\"")
        .await;
    works_through(&person, 1).await;
    let path = format!(
        "/api/v1/workshops/{}/report/attendance.csv?language=ko&utcOffsetMinutes=540",
        workshop.id.0
    );
    let answer = facilitator.browser.get_response(&path).await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert!(header("content-disposition").starts_with("attachment; filename=\""));
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(bytes[..3], [0xef, 0xbb, 0xbf]);
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines[0].contains("이름"));
    assert!(
        lines[1].contains("\"'=HYPERLINK(1),\"\"민수\"\"\""),
        "{}",
        lines[1]
    );
    let steps = format!("/api/v1/workshops/{}/report/steps.csv", workshop.id.0);
    let steps = facilitator.browser.get_response(&steps).await;
    assert!(steps.text().await.unwrap().contains("Median (min)"));
    server.stop().await;
}

#[tokio::test]
async fn the_log_is_read_page_by_page_without_what_is_private() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    let mut board = facilitator.live(&workshop).await;
    live.do_it(json!({ "type": "post_message", "text": "my password is hunter2" }))
        .await;
    live.do_it(json!({ "type": "delete_message", "message": 1 }))
        .await;
    let form = json!({ "question": "Tea?", "kind": "single", "options": ["yes", "no"] });
    board
        .do_it(json!({ "type": "open_poll", "form": form }))
        .await;
    let answer = json!({ "type": "answer_poll", "poll": 1, "answer": { "options": [0] } });
    let answered = live.do_it(answer).await.seq;

    let page = |after: i64| {
        format!(
            "/api/v1/workshops/{}/events?limit=2&after={after}",
            workshop.id.0
        )
    };
    let (mut cursor, mut events) = (0, Vec::new());
    loop {
        let read: EventPage = facilitator.browser.get(&page(cursor)).await;
        events.extend(read.items);
        cursor = read.up_to;
        if cursor == read.head {
            break;
        }
    }
    assert!(cursor >= answered);
    assert!(matches!(events[0].body, EventBody::WorkshopStarted(_)));
    assert!(events.is_sorted_by(|a, b| a.seq < b.seq));
    let answers = events
        .iter()
        .filter(|e| matches!(e.body, EventBody::PollAnswered(_)));
    assert_eq!(
        answers.count(),
        0,
        "answers are between people and the count"
    );
    let told = serde_json::to_string(&events).unwrap();
    assert!(
        !told.contains("hunter2"),
        "what was taken back is not told again"
    );
    let after_all: EventPage = facilitator.browser.get(&page(cursor)).await;
    assert_eq!((after_all.items.len(), after_all.up_to), (0, cursor));
    server.stop().await;
}

#[tokio::test]
async fn reports_are_for_the_workshops_facilitators() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    for what in [
        "report",
        "report/attendance.csv",
        "report/steps.csv",
        "events",
    ] {
        let path = format!("/api/v1/workshops/{}/{what}", workshop.id.0);
        let refusal = ada.browser.get_refused(&path).await;
        assert_eq!(refusal.code, ProblemCode::NotAFacilitator, "{what}");
        let refusal = server.browser().get_refused(&path).await;
        assert_eq!(refusal.code, ProblemCode::NotAuthenticated, "{what}");
        let unknown = format!("/api/v1/workshops/0000000000000/{what}");
        let refusal = facilitator.browser.get_refused(&unknown).await;
        assert_eq!(refusal.code, ProblemCode::UnknownWorkshop, "{what}");
    }
    let invitation = facilitator.invitation().await;
    let late = Facilitator::enter_with(server.browser(), &invitation, "Late").await;
    let mut board = facilitator.live(&workshop).await;
    board.do_it(json!({ "type": "end_workshop" })).await;
    let path = format!("/api/v1/workshops/{}/report", workshop.id.0);
    let refusal = late.browser.get_refused(&path).await;
    assert_eq!(
        refusal.code,
        ProblemCode::NotAuthenticated,
        "it ended without them"
    );
    server.stop().await;
}
