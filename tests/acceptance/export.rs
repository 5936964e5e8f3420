//! Codelabs leave the library as files.

use protocol::{
    CodelabPage, ImportJob, ImportReport, Material, MaterialList, NewLink, NewUpload, ProblemCode,
    Upload,
};
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

/// What is for the room: titles, addresses or names of files, and their bytes.
async fn for_room(facilitator: &Facilitator, codelab: &str) -> Vec<(String, String, Vec<u8>)> {
    let path = format!("/api/v1/codelabs/{codelab}/materials");
    let list: MaterialList = facilitator.browser.get(&path).await;
    let mut found = Vec::new();
    for material in list.materials {
        let (what, bytes) = if let Some(file) = material.file {
            let response = facilitator.browser.get_response(&material.href).await;
            (file.name, response.bytes().await.expect("a body").to_vec())
        } else {
            (material.href, Vec::new())
        };
        found.push((material.title, what, bytes));
    }
    found
}

async fn give_file(facilitator: &Facilitator, codelab: &str, name: &str, bytes: &[u8]) {
    let base = format!("/api/v1/codelabs/{codelab}/uploads");
    let wish = NewUpload {
        title: Some(format!("The file {name}")),
        file_name: name.to_owned(),
        size_bytes: bytes.len() as u64,
    };
    let upload: Upload = facilitator.browser.post(&base, &wish).await;
    let browser = &facilitator.browser;
    let sent = browser
        .http()
        .put(format!("{}{base}/{}?offset=0", browser.url, upload.id.0))
        .header("origin", &browser.url)
        .body(bytes.to_vec())
        .send();
    let answer = sent.await.expect("the server answers");
    assert_eq!(answer.status(), StatusCode::OK);
}

/// A codelab on paper, an archive and something without an ending are files for the room: nobody
/// may take them for codelabs.
#[tokio::test]
async fn a_bundle_brings_what_is_for_the_room() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await.id.0.to_string();
    let inner = export(&facilitator, &codelab, "format=bundle").await.bytes;
    give_file(
        &facilitator,
        &codelab,
        "실습: 1.md",
        b"# Other\n\n## Step\n",
    )
    .await;
    let link = NewLink {
        title: "Docs & more".to_owned(),
        url: "https://git-scm.com/doc?a=\"b\"".to_owned(),
    };
    let path = format!("/api/v1/codelabs/{codelab}/materials");
    let _: Material = facilitator.browser.post(&path, &link).await;
    give_file(&facilitator, &codelab, "starter.zip", &inner).await;
    give_file(&facilitator, &codelab, "starter.zip", b"no archive").await;
    give_file(&facilitator, &codelab, "CODELAB", &vec![0; 5 * 1024 * 1024]).await;
    let given = for_room(&facilitator, &codelab).await;
    assert_eq!(given.len(), 5);

    let bundle = export(&facilitator, &codelab, "format=bundle").await;
    let report = import(&facilitator, "back.zip", bundle.bytes.clone()).await;
    assert_eq!(report.diagnostics, []);
    let back = report.codelab.id.0.to_string();
    assert!(for_room(&facilitator, &back).await == given);
    let again = export(&facilitator, &back, "format=bundle").await;
    assert!(again.bytes == bundle.bytes);

    // In the way of many codelabs, it is one.
    let browser = &facilitator.browser;
    let part = Part::bytes(bundle.bytes.clone()).file_name("back.zip");
    let sent = browser
        .http()
        .post(format!("{}/api/v1/imports", browser.url))
        .header("origin", &browser.url)
        .multipart(Form::new().part("file", part))
        .send();
    let mut job: ImportJob = sent.await.expect("an answer").json().await.expect("a job");
    while !job.done {
        job = browser.get(&format!("/api/v1/imports/{}", job.id)).await;
    }
    let [row] = job.rows.as_slice() else {
        unreachable!("one codelab: {:?}", job.rows)
    };
    let report = row.report.as_ref().expect("a codelab");
    let back = report.codelab.id.0.to_string();
    assert!(for_room(&facilitator, &back).await == given);

    // Nothing of what was written is left.
    let files = std::fs::read_dir(server.data_dir().join("files")).expect("the files");
    let parts = files.filter(|file| {
        let path = file.as_ref().expect("a file").path();
        path.extension().is_some_and(|ending| ending == "part")
    });
    assert_eq!(parts.count(), 0);
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
