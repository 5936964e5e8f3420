//! Many codelabs in one go.

use protocol::{CodelabPage, ImportJob, ImportReason, ImportRow, Problem, ProblemCode};
use reqwest::{
    Method, Response, StatusCode,
    multipart::{Form, Part},
};
use tests::{Facilitator, TestServer, kept_files, refusal};

async fn send(facilitator: &Facilitator, files: &[(String, Vec<u8>)]) -> Response {
    send_to(facilitator, "/api/v1/imports", files).await
}

async fn send_to(facilitator: &Facilitator, to: &str, files: &[(String, Vec<u8>)]) -> Response {
    let mut form = Form::new();
    for (name, bytes) in files {
        form = form.part("file", Part::bytes(bytes.clone()).file_name(name.clone()));
    }
    let browser = &facilitator.browser;
    let request = browser
        .http()
        .post(format!("{}{to}", browser.url))
        .header("origin", &browser.url)
        .multipart(form);
    request.send().await.expect("the server answers")
}

async fn begin(facilitator: &Facilitator, files: &[(String, Vec<u8>)]) -> ImportJob {
    let response = send(facilitator, files).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.expect("a job")
}

/// All rows of an import that has ended.
async fn follow(facilitator: &Facilitator, id: &str) -> Vec<ImportRow> {
    let mut rows = Vec::new();
    loop {
        let path = format!("/api/v1/imports/{id}?known={}", rows.len());
        let job: ImportJob = facilitator.browser.get(&path).await;
        rows.extend(job.rows);
        if job.done {
            return rows;
        }
    }
}

fn file(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

async fn titles(facilitator: &Facilitator) -> Vec<String> {
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs?limit=200").await;
    page.items.into_iter().map(|item| item.title).collect()
}

/// What uploads have left in the data folder.
fn left_behind(server: &TestServer) -> usize {
    let folder = server.data_dir().join("imports");
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[tokio::test]
async fn each_codelab_of_an_upload_has_its_row() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let files = [
        file("labs/a/index.md", "# A\n\n## S\n\n![a](a.svg)\n"),
        file("labs/a/a.svg", "<svg width='4' height='2'/>"),
        file("labs/b.md", "# B\n\n## S\n\n![gone](gone.png)\n"),
        file("labs/c.md", "# C\n"),
        file(
            "labs/d/codelab.json",
            "{\"title\": \"D\", \"require_feedback\": 1}",
        ),
        file("labs/d/step_01_Go.md", "Words"),
    ];
    let job = begin(&facilitator, &files).await;
    let rows = follow(&facilitator, &job.id).await;
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            let title = row
                .report
                .as_ref()
                .map(|report| report.codelab.title.as_str());
            let remarks = row
                .report
                .as_ref()
                .map_or(0, |report| report.diagnostics.len());
            (row.name.as_str(), title, remarks)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("labs/a/index.md", Some("A"), 0),
            ("labs/b.md", Some("B"), 1),
            ("labs/c.md", None, 0),
            ("labs/d", Some("D"), 1),
        ]
    );
    let refused = rows[2]
        .problem
        .as_ref()
        .and_then(|problem| problem.import.as_ref());
    assert_eq!(
        refused.map(|refused| refused.reason),
        Some(ImportReason::NoSteps)
    );
    let report = rows[1].report.as_ref().expect("a report");
    let remark = &report.diagnostics[0];
    assert_eq!((remark.line, remark.column), (Some(5), Some(9)));
    let excerpt = remark.excerpt.as_ref().expect("its lines");
    assert_eq!(excerpt.lines, ["", "![gone](gone.png)"]);
    let library = titles(&facilitator).await;
    assert_eq!(library.len(), 3 + 3, "{library:?}");
    assert_eq!(left_behind(&server), 0);
    server.stop().await;
}

#[tokio::test]
async fn an_import_that_is_ended_leaves_whole_codelabs_and_begins_no_other() {
    const MANY: usize = 400;
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let lab = |number| {
        file(
            &format!("labs/{number}.md"),
            &format!("# L{number}\n\n## S\n\nText\n"),
        )
    };
    let files: Vec<_> = (0..MANY).map(lab).collect();
    let job = begin(&facilitator, &files).await;
    let ended = facilitator
        .browser
        .request(
            Method::DELETE,
            &format!("/api/v1/imports/{}", job.id),
            None::<&()>,
        )
        .await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    let rows = follow(&facilitator, &job.id).await;
    assert!(rows.len() < MANY, "{} came in", rows.len());
    assert_eq!(titles(&facilitator).await.len(), 3 + rows.len());
    assert_eq!(left_behind(&server), 0);
    server.stop().await;
}

#[tokio::test]
async fn an_import_ends_with_the_rights_of_who_began_it() {
    const MANY: usize = 400;
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let lab = |number| {
        file(
            &format!("labs/{number}.md"),
            &format!("# L{number}\n\n## S\n\nText\n"),
        )
    };
    let files: Vec<_> = (0..MANY).map(lab).collect();
    let job = begin(&linus, &files).await;
    grace.remove("Linus").await;
    let came_in = titles(&grace).await;
    let rows = follow(&grace, &job.id).await;
    assert!(rows.len() < MANY, "{} came in", rows.len());
    assert_eq!(titles(&grace).await, came_in, "nothing after the removal");
    for row in rows.iter().filter(|row| row.report.is_none()) {
        let problem = row.problem.as_ref().expect("a reason");
        assert_eq!(problem.code, ProblemCode::NotAuthenticated);
    }
    assert_eq!(left_behind(&server), 0);
    server.stop().await;
}

#[tokio::test]
async fn an_import_that_waits_for_a_choice_waits_for_nobody_who_was_removed() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let before = (titles(&grace).await, kept_files(server.data_dir()));
    let files = [
        file("labs/a/index.md", "# A\n\n## S\n\n![a](a.svg)\n"),
        file("labs/a/a.svg", "<svg width='4' height='2'/>"),
        file("labs/b.md", "# B\n\n## S\n\nText\n"),
    ];
    let response = send_to(&linus, "/api/v1/imports?choose=true", &files).await;
    let job: ImportJob = response.json().await.expect("a job");
    let path = format!("/api/v1/imports/{}", job.id);
    let waiting: ImportJob = grace.browser.get(&path).await;
    assert!(waiting.choice.is_some());
    grace.remove("Linus").await;
    assert_eq!(follow(&grace, &job.id).await, []);
    assert_eq!(left_behind(&server), 0);
    assert_eq!(
        (titles(&grace).await, kept_files(server.data_dir())),
        before
    );
    server.stop().await;
}

#[tokio::test]
async fn an_upload_that_cannot_be_kept_leaves_nothing() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let refused = |files: Vec<(String, Vec<u8>)>| {
        let facilitator = &facilitator;
        async move {
            let problem: Problem = refusal(send(facilitator, &files).await).await;
            (problem.code, problem.import.map(|refused| refused.reason))
        }
    };
    assert_eq!(
        refused(vec![file("a.md", "x"), file("../b.md", "x")]).await,
        (ProblemCode::ImportFailed, Some(ImportReason::UnsafeName))
    );
    assert_eq!(
        refused(vec![file("a.md", "x"), file("A.md", "x")]).await,
        (ProblemCode::ImportFailed, Some(ImportReason::DuplicateName))
    );
    assert_eq!(
        refused(vec![file("a", "x"), file("a/b.md", "x")]).await.0,
        ProblemCode::InvalidRequest
    );
    assert_eq!(refused(Vec::new()).await.0, ProblemCode::InvalidRequest);
    assert_eq!(left_behind(&server), 0);
    server.stop().await;
}
