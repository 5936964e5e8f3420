//! A backup of the web platform comes in with a choice, and its past workshops
//! become part of the history.

use std::io::{Cursor, Write as _};

use protocol::{
    CodelabPage, CodelabSource, DiagnosticCode, EventPage, ImportChoice, ImportJob, ImportReport,
    MaterialList, OnShelf, ProblemCode, WorkshopPage, WorkshopReport, WorkshopStatus,
    WorkshopSummary,
};
use reqwest::{
    Method, StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use tests::{Facilitator, TestServer, refusal};
use zip::{ZipWriter, write::SimpleFileOptions};

const WORK: &[u8] = b"<script>alert(1)</script>";

fn at(time: &str) -> String {
    format!("2026-03-04 {time}:00")
}

fn backup() -> Value {
    let step = |codelab: &str, number: i64| json!({ "id": format!("{codelab}{number}"), "codelab_id": codelab, "step_number": number, "title": format!("Step {number}"), "content_markdown": "Words." });
    json!({ "version": 1, "created_at": "2026-03-05T00:00:00Z", "data": {
        "codelabs": [
            { "id": "git", "title": "Git", "guide_markdown": "Bring a laptop.", "created_at": at("08:00") },
            { "id": "go", "title": "Go" },
        ],
        "steps": [step("git", 1), step("git", 2), step("go", 1)],
        "materials": [
            { "codelab_id": "git", "title": "Docs", "material_type": "link", "link_url": "https://git-scm.com" },
            { "codelab_id": "git", "title": "Slides", "material_type": "file", "file_path": "/uploads/materials/slides.pdf" },
        ],
        "attendees": [
            { "id": "a", "codelab_id": "git", "name": "Ada", "email": "ada@example.org", "current_step": 2, "is_completed": true, "completed_at": at("10:30"), "created_at": at("09:00") },
            { "id": "b", "codelab_id": "git", "name": "민수", "current_step": 2, "created_at": at("09:05") },
        ],
        "chat_messages": [
            { "codelab_id": "git", "sender_name": "Grace", "message": "Welcome, everybody", "msg_type": "chat", "created_at": at("09:10") },
            { "codelab_id": "git", "sender_id": "b", "sender_name": "민수", "message": "between us", "msg_type": "dm", "created_at": at("09:11") },
        ],
        "help_requests": [
            { "codelab_id": "git", "attendee_id": "b", "step_number": 2, "status": "resolved", "created_at": at("09:20") },
        ],
        "feedback": [
            { "codelab_id": "git", "attendee_id": "a", "difficulty": "2", "satisfaction": "5", "comment": "=More!", "created_at": at("10:31") },
            { "codelab_id": "git", "difficulty": "4", "satisfaction": "3", "created_at": at("10:32") },
        ],
        "submissions": [
            { "codelab_id": "git", "attendee_id": "a", "file_path": "/uploads/submissions/w.html", "file_name": "work.html", "file_size": 25, "created_at": at("10:00") },
            { "codelab_id": "git", "attendee_id": "b", "submission_type": "link", "link_url": "https://git.example/minsu", "created_at": at("10:01") },
        ],
        "quizzes": [
            { "id": "q", "codelab_id": "git", "question": "Which one?", "options": "[\"this\",\"that\"]", "correct_answer": 1 },
        ],
        "quiz_submissions": [
            { "codelab_id": "git", "quiz_id": "q", "attendee_id": "a", "answer": "0", "is_correct": false, "created_at": at("10:10") },
            { "codelab_id": "git", "quiz_id": "q", "attendee_id": "a", "answer": "1", "is_correct": true, "created_at": at("10:11") },
            { "codelab_id": "git", "quiz_id": "q", "attendee_id": "a", "answer": "1", "is_correct": true, "created_at": at("10:12") },
            { "codelab_id": "git", "quiz_id": "q", "attendee_id": "b", "answer": "1", "is_correct": true, "created_at": at("10:12") },
        ],
        "inline_comment_threads": [
            { "id": "t", "codelab_id": "git", "target_type": "step", "target_step_id": "git2", "selected_text": "Words", "created_at": at("09:40") },
        ],
        "inline_comment_messages": [
            { "thread_id": "t", "author_role": "attendee", "author_id": "b", "author_name": "민수", "message": "Which ones?", "created_at": at("09:41") },
        ],
    } })
}

fn zipped(backup: &Value) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let backup = backup.to_string();
    let files: &[(&str, &[u8])] = &[
        ("backup.json", backup.as_bytes()),
        ("uploads/materials/slides.pdf", b"%PDF-1.7 slides"),
        ("uploads/submissions/w.html", WORK),
    ];
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a file");
        zip.write_all(bytes).expect("a file");
    }
    zip.finish().expect("an archive").into_inner()
}

async fn begin(facilitator: &Facilitator, query: &str) -> ImportJob {
    let part = Part::bytes(zipped(&backup())).file_name("backup_full.zip");
    let browser = &facilitator.browser;
    let request = browser
        .http()
        .post(format!("{}/api/v1/imports{query}", browser.url))
        .header("origin", &browser.url)
        .multipart(Form::new().part("file", part));
    let response = request.send().await.expect("the server answers");
    response.json().await.expect("a job")
}

async fn choice(facilitator: &Facilitator, job: &ImportJob) -> ImportChoice {
    let path = format!("/api/v1/imports/{}", job.id);
    loop {
        let job: ImportJob = facilitator.browser.get(&path).await;
        assert!(!job.done, "it waits for a choice");
        if let Some(choice) = job.choice {
            return choice;
        }
    }
}

async fn take(facilitator: &Facilitator, job: &ImportJob, codelabs: Value) -> Vec<ImportReport> {
    let path = format!("/api/v1/imports/{}/take", job.id);
    let wish = json!({ "codelabs": codelabs });
    let response = facilitator
        .browser
        .request(Method::POST, &path, Some(&wish))
        .await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    follow(facilitator, job).await
}

async fn follow(facilitator: &Facilitator, job: &ImportJob) -> Vec<ImportReport> {
    let mut rows = Vec::new();
    loop {
        let path = format!("/api/v1/imports/{}?known={}", job.id, rows.len());
        let job: ImportJob = facilitator.browser.get(&path).await;
        rows.extend(job.rows);
        if job.done {
            let reports = rows.into_iter().map(|row| row.report.expect("a report"));
            return reports.collect();
        }
    }
}

async fn history(facilitator: &Facilitator) -> Vec<WorkshopSummary> {
    let page: WorkshopPage = facilitator.browser.get("/api/v1/workshops").await;
    page.items
}

async fn codelabs(facilitator: &Facilitator) -> usize {
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs?limit=200").await;
    page.items.len()
}

async fn text(facilitator: &Facilitator, path: &str) -> String {
    let response = facilitator.browser.get_response(path).await;
    response.text().await.expect("a text")
}

/// Imports everything, and gives the past workshop.
async fn imported(facilitator: &Facilitator) -> (WorkshopSummary, Vec<ImportReport>) {
    let job = begin(facilitator, "").await;
    let reports = follow(facilitator, &job).await;
    let all = history(facilitator).await.into_iter();
    let mut past = all.filter(|workshop| workshop.imported);
    let past = past.next().expect("a past workshop");
    (past, reports)
}

#[tokio::test]
async fn what_to_take_is_asked_before_anything_is_written() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let job = begin(&facilitator, "?choose=true").await;
    let choice = choice(&facilitator, &job).await;
    let [git, go] = choice.offers.as_slice() else {
        unreachable!("two codelabs: {choice:?}");
    };
    let codelab = git.codelab.as_ref().expect("a codelab");
    assert_eq!((codelab.title.as_str(), codelab.materials), ("Git", 2));
    assert_eq!(codelab.on_shelf, OnShelf::No);
    let past = git.past.as_ref().expect("a past");
    assert_eq!((past.attendees, past.messages), (2, 3));
    assert_eq!(
        (past.feedback, past.submissions, past.quiz_answers),
        (2, 2, 4)
    );
    assert_eq!((past.submitted_bytes, past.in_history), (25, false));
    assert_eq!(past.ended_at_ms - past.started_at_ms, 92 * 60_000);
    assert_eq!(go.past, None);
    assert_eq!(codelabs(&facilitator).await, 3, "nothing is written yet");
    assert_eq!(history(&facilitator).await, []);

    let path = format!("/api/v1/imports/{}/take", job.id);
    let one = json!({ "index": 1, "past": false });
    let twice = json!({ "codelabs": [one, one] });
    let refused = facilitator.browser.post_refused(&path, &twice).await;
    assert_eq!(refused.code, ProblemCode::InvalidRequest);

    let reports = take(&facilitator, &job, json!([one])).await;
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].codelab.title, "Go");
    assert_eq!(codelabs(&facilitator).await, 4);
    assert_eq!(history(&facilitator).await, []);
    // It waits no more.
    let late = facilitator
        .browser
        .post_refused(&path, &json!({ "codelabs": [] }))
        .await;
    assert_eq!(late.code, ProblemCode::InvalidRequest);
    server.stop().await;
}

#[tokio::test]
async fn whoever_cancels_the_choice_gets_nothing() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let job = begin(&facilitator, "?choose=true").await;
    choice(&facilitator, &job).await;
    let path = format!("/api/v1/imports/{}", job.id);
    let browser = &facilitator.browser;
    browser.request(Method::DELETE, &path, None::<&()>).await;
    assert_eq!(follow(&facilitator, &job).await, []);
    assert_eq!(codelabs(&facilitator).await, 3);
    let left = std::fs::read_dir(server.data_dir().join("imports"));
    assert_eq!(left.map_or(0, Iterator::count), 0);
    server.stop().await;
}

#[tokio::test]
async fn a_past_workshop_is_in_the_history_with_all_that_is_known() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let (past, reports) = imported(&facilitator).await;
    assert_eq!(past.title, "Git (Open Codelabs backup)");
    assert!(past.imported);
    assert_eq!(past.status, WorkshopStatus::Ended);
    assert_eq!(
        (past.attendees, past.messages, past.help_requests),
        (2, 3, 1)
    );
    let remarks = reports[0].diagnostics.iter();
    let remarks: Vec<_> = remarks.map(|remark| remark.message.as_str()).collect();
    assert_eq!(
        remarks,
        ["E-mail addresses of 1 people are not taken; keep the backup if you need them."]
    );

    let base = format!("/api/v1/workshops/{}", past.id.0);
    let browser = &facilitator.browser;
    let report: WorkshopReport = browser.get(&format!("{base}/report")).await;
    assert_eq!(report.started_at_ms, 1_772_614_800_000);
    assert_eq!(report.until_ms, past.ended_at_ms.expect("an end"));
    assert!(report.imported_on_ms.is_some());
    let done: Vec<_> = report.people.iter().map(|one| one.steps_done).collect();
    assert_eq!(done, [2, 1]);
    assert_eq!(report.steps[1].entered, 1);
    assert_eq!(
        (report.help.resolved, report.help.median_wait_ms),
        (1, None)
    );
    let grades = report.feedback.iter();
    let grades: Vec<_> = grades
        .map(|one| (one.from.as_ref().map(|who| &*who.name), one.difficulty))
        .collect();
    assert_eq!(grades, [(Some("Ada"), Some(2)), (None, Some(4))]);
    assert_eq!(report.submissions.len(), 2);
    let quiz = report.quizzes.first().expect("the quiz of the backup");
    assert_eq!(
        (quiz.answered, quiz.first_right, quiz.right, quiz.tries),
        (2, 1, 2, 3)
    );
    assert_eq!(quiz.first_choices, [1, 1]);

    let csv = text(&facilitator, &format!("{base}/report/feedback.csv")).await;
    assert!(csv.contains("Ada,2026-03-04 10:31"), "{csv}");
    assert!(csv.contains("\"'=More!\""), "{csv}");
    let csv = text(&facilitator, &format!("{base}/report/submissions.csv")).await;
    assert!(csv.contains("https://git.example/minsu,,"), "{csv}");
    assert!(csv.contains(",work.html,25"), "{csv}");

    let events: EventPage = browser.get(&format!("{base}/events")).await;
    let told = serde_json::to_string(&events).expect("JSON");
    for words in ["Welcome, everybody", "between us", "> Words", "Which ones?"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let transcript = text(&facilitator, &format!("{base}/export/messages.csv")).await;
    assert!(transcript.contains("Which ones?"), "{transcript}");
    assert!(!transcript.contains("ada@example.org"));

    let path = format!("/api/v1/codelabs/{}/materials", reports[0].codelab.id.0);
    let list: MaterialList = browser.get(&path).await;
    let titles: Vec<_> = list
        .materials
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(titles, ["Docs", "Slides"]);
    let slides = browser.get_response(&list.materials[1].href).await;
    assert_eq!(&*slides.bytes().await.expect("a file"), b"%PDF-1.7 slides");
    server.stop().await;
}

#[tokio::test]
async fn what_was_handed_in_is_for_facilitators_and_never_shown() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let (past, _) = imported(&facilitator).await;
    let file = format!("/api/v1/workshops/{}/submissions/1/file", past.id.0);
    let response = facilitator.browser.get_response(&file).await;
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name| {
        let value = response.headers().get(name).expect("a header");
        value.to_str().expect("words").to_owned()
    };
    assert_eq!(header("content-type"), "application/octet-stream");
    assert!(header("content-disposition").starts_with("attachment; filename=\"work.html\""));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(&*response.bytes().await.expect("a file"), WORK);

    // A link is no file, and there are only two.
    for other in [2, 3, 99] {
        let path = format!("/api/v1/workshops/{}/submissions/{other}/file", past.id.0);
        let problem = facilitator.browser.get_refused(&path).await;
        assert_eq!(problem.code, ProblemCode::NotFound);
    }
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let refused = refusal(ada.browser.get_response(&file).await).await;
    assert_eq!(refused.code, ProblemCode::NotAuthenticated);
    // Not even by its hash.
    let stored = stored_hash(server.data_dir());
    let path = format!("/api/v1/files/{stored}");
    for browser in [&ada.browser, &facilitator.browser] {
        let refused = refusal(browser.get_response(&path).await).await;
        assert_eq!(refused.code, ProblemCode::NotFound);
    }
    server.stop().await;
}

/// The name under which the work lies among the files.
fn stored_hash(data_dir: &std::path::Path) -> String {
    let folders = std::fs::read_dir(data_dir.join("files")).expect("files");
    let folders = folders.filter_map(|folder| std::fs::read_dir(folder.ok()?.path()).ok());
    let files = folders.flatten().filter_map(Result::ok);
    let found = files
        .map(|file| file.path())
        .find(|path| std::fs::read(path).is_ok_and(|bytes| bytes == WORK));
    let found = found.expect("the work is kept");
    found
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name")
        .to_owned()
}

#[tokio::test]
async fn a_facilitator_who_comes_later_looks_back_as_well() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let (past, _) = imported(&facilitator).await;
    let mina = facilitator.invite("Mina").await;
    let path = format!("/api/v1/workshops/{}/report", past.id.0);
    let report: WorkshopReport = mina.browser.get(&path).await;
    assert_eq!(report.people.len(), 2);
    // Who looks back neither was there nor made it longer.
    assert_eq!(report.facilitators, 1);
    assert_eq!(Some(report.until_ms), past.ended_at_ms);
    server.stop().await;
}

#[tokio::test]
async fn the_same_backup_again_replaces_nothing() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    imported(&facilitator).await;
    let job = begin(&facilitator, "?choose=true").await;
    let choice = choice(&facilitator, &job).await;
    let shelf = choice.offers.iter();
    let shelf: Vec<_> = shelf
        .filter_map(|offer| offer.codelab.as_ref().map(|codelab| codelab.on_shelf))
        .collect();
    assert_eq!(shelf, [OnShelf::Same, OnShelf::Same]);
    assert!(choice.offers[0].past.as_ref().expect("a past").in_history);
    let before = history(&facilitator).await;
    take(&facilitator, &job, json!([{ "index": 0, "past": true }])).await;
    assert_eq!(codelabs(&facilitator).await, 3 + 2 + 1);
    let after = history(&facilitator).await;
    assert_eq!(after.len(), 2);
    assert!(after.contains(&before[0]));
    server.stop().await;
}

#[tokio::test]
async fn a_past_workshop_alone_is_one_of_the_codelab_that_is_there() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let job = begin(&facilitator, "?choose=true").await;
    choice(&facilitator, &job).await;
    let whole = json!([{ "index": 0, "past": false }]);
    let there = take(&facilitator, &job, whole).await.remove(0).codelab;
    assert_eq!(
        (
            codelabs(&facilitator).await,
            history(&facilitator).await.len()
        ),
        (3 + 1, 0)
    );

    let job = begin(&facilitator, "?choose=true").await;
    let offer = choice(&facilitator, &job).await.offers.swap_remove(0);
    assert_eq!(offer.codelab.expect("a codelab").on_shelf, OnShelf::Same);
    assert!(!offer.past.expect("a past").in_history);
    let alone = json!([{ "index": 0, "past": true, "pastOnly": true }]);
    let report = take(&facilitator, &job, alone).await.remove(0);
    assert_eq!(report.codelab.id, there.id);
    let remarks: Vec<_> = report.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(
        remarks,
        [DiagnosticCode::AddressesNotTaken],
        "what is lost is said"
    );
    assert_eq!(codelabs(&facilitator).await, 3 + 1, "no copy");
    let past = history(&facilitator).await.remove(0);
    assert!(past.imported);
    let path = format!("/api/v1/workshops/{}/report", past.id.0);
    let told: WorkshopReport = facilitator.browser.get(&path).await;
    assert!(told.people.iter().any(|person| person.steps_done > 0));
    let path = format!("/api/v1/codelabs/{}/materials", there.id.0);
    let list: MaterialList = facilitator.browser.get(&path).await;
    assert_eq!(list.materials.len(), 2, "none twice");

    // Another text by now: a copy comes along.
    let base = format!("/api/v1/codelabs/{}", there.id.0);
    let source: CodelabSource = facilitator.browser.get(&format!("{base}/source")).await;
    let text = format!("{}\nAnd more.\n", source.source);
    let edit = json!({ "base": 1, "source": text });
    let path = format!("{base}/revisions");
    let browser = &facilitator.browser;
    let saved = browser.request(Method::POST, &path, Some(&edit)).await;
    assert_eq!(saved.status(), StatusCode::CREATED);
    let job = begin(&facilitator, "?choose=true").await;
    choice(&facilitator, &job).await;
    let alone = json!([{ "index": 0, "past": true, "pastOnly": true }]);
    let report = take(&facilitator, &job, alone).await.remove(0);
    assert_ne!(report.codelab.id, there.id);
    assert_eq!(codelabs(&facilitator).await, 3 + 2);
    server.stop().await;
}
