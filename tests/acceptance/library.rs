//! The library: samples, imports, rendered steps and files.

use protocol::{
    CodelabDetail, CodelabPage, DiagnosticCode, ImportReason, ImportReport, ImportRow,
    MaterialList, Problem, ProblemCode, Shelf, Tag,
};
use reqwest::{
    StatusCode,
    multipart::{Form, Part},
};
use tests::{Facilitator, TestServer, wide_picture};

const CODELAB: &str = "id: tiny\nauthor: Grace\n\n# Tiny codelab\n\n## First\nDuration: 1:30\n\n\
    Hello ![dot](img/dot.png)\n\nPositive\n: Well done.\n\n## Second\n\n```rust\nfn main() {}\n```\n";

/// A PNG of one pixel.
const DOT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0,
    0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn import(
    facilitator: &Facilitator,
    files: &[(&str, &[u8])],
) -> Result<ImportReport, Problem> {
    let mut form = Form::new();
    for (name, bytes) in files {
        form = form.part(
            "file",
            Part::bytes(bytes.to_vec()).file_name((*name).to_owned()),
        );
    }
    let browser = &facilitator.browser;
    let response = browser
        .http()
        .post(format!("{}/api/v1/codelabs", browser.url))
        .header("origin", &browser.url)
        .multipart(form)
        .send()
        .await
        .expect("the server answers");
    let status = response.status();
    let body = response.text().await.expect("a body");
    if status.is_success() {
        Ok(serde_json::from_str(&body).expect("a report"))
    } else {
        Err(serde_json::from_str(&body).expect("a problem"))
    }
}

#[tokio::test]
async fn a_new_library_has_three_samples_worth_teaching() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    assert_eq!(page.items.len(), 3);
    for codelab in &page.items {
        assert!(codelab.steps >= 6 && codelab.minutes >= 30, "{codelab:?}");
        assert!(
            codelab.summary.is_some() && codelab.cover.is_some(),
            "{codelab:?}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn removed_samples_do_not_come_back_but_can_be_restored() {
    let mut server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await;
    let path = format!("/api/v1/codelabs/{}", codelab.id.0);
    let removed = facilitator
        .browser
        .request(reqwest::Method::DELETE, &path, None::<&()>)
        .await;
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);
    server.restart().await;
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    assert_eq!(page.items.len(), 2);
    let restored = facilitator
        .browser
        .request(
            reqwest::Method::POST,
            &format!("{path}/restore"),
            None::<&()>,
        )
        .await;
    assert_eq!(restored.status(), StatusCode::NO_CONTENT);
    facilitator.codelab("Git from zero").await;
    server.stop().await;
}

#[tokio::test]
async fn the_library_is_searched_sorted_and_put_away() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let browser = &facilitator.browser;
    import(&facilitator, &[("tiny.md", CODELAB.as_bytes())])
        .await
        .unwrap();
    let found: CodelabPage = browser.get("/api/v1/codelabs?search=fn+main").await;
    let tiny = found
        .items
        .iter()
        .find(|item| item.title == "Tiny codelab")
        .expect("its text has the words");
    let place = tiny.found.as_ref().expect("its second step has them");
    assert_eq!((place.position, &*place.title), (2, "Second"));
    assert_eq!(place.excerpt, "fn main() {}");
    assert_eq!(tiny.shelf, Shelf::Active);

    let path = format!("/api/v1/codelabs/{}", tiny.id.0);
    let post = async |action: &str| {
        let path = format!("{path}/{action}");
        browser
            .request(reqwest::Method::POST, &path, None::<&()>)
            .await
            .status()
    };
    assert_eq!(post("archive").await, StatusCode::NO_CONTENT);
    assert_eq!(
        post("archive").await,
        StatusCode::NO_CONTENT,
        "twice is once"
    );
    let archived: CodelabPage = browser.get("/api/v1/codelabs?shelf=archived").await;
    assert_eq!(archived.items.len(), 1);
    let active: CodelabPage = browser.get("/api/v1/codelabs?sort=title").await;
    let titles: Vec<_> = active
        .items
        .iter()
        .map(|item| item.title.to_lowercase())
        .collect();
    assert_eq!(titles.len(), 3);
    assert!(titles.is_sorted(), "{titles:?}");
    let tags: Vec<Tag> = browser.get("/api/v1/tags").await;
    let tag = tags.first().expect("the samples have tags");
    let tagged: CodelabPage = browser
        .get(&format!("/api/v1/codelabs?tag={}", tag.tag))
        .await;
    assert_eq!(tagged.items.len(), usize::try_from(tag.codelabs).unwrap());
    assert_eq!(post("unarchive").await, StatusCode::NO_CONTENT);
    let nowhere = "/api/v1/codelabs/zzzzzzzzzzzz/archive";
    let unknown = browser
        .request(reqwest::Method::POST, nowhere, None::<&()>)
        .await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    let unsorted = browser.get_response("/api/v1/codelabs?sort=luck").await;
    assert_eq!(unsorted.status(), StatusCode::BAD_REQUEST);
    server.stop().await;
}

#[tokio::test]
async fn a_large_picture_is_shown_small_and_leaves_as_it_was() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let original = wide_picture();
    let files = [
        ("tiny/index.md", CODELAB.as_bytes()),
        ("tiny/img/dot.png", original.as_slice()),
    ];
    let report = import(&facilitator, &files).await.unwrap();
    let browser = &facilitator.browser;
    let path = format!("/api/v1/codelabs/{}", report.codelab.id.0);
    let detail: CodelabDetail = browser.get(&path).await;
    let address = format!("/api/v1/contents/{}", detail.steps[0].content.0);
    let html = browser.get_response(&address).await.text().await.unwrap();
    assert!(html.contains("width=\"1600\" height=\"200\""), "{html}");
    let mut parts = html.split('"');
    let picture = parts.find(|part| part.starts_with("/api/v1/files/"));
    let shown = browser.get_response(picture.unwrap()).await;
    assert_eq!(shown.headers().get("content-type").unwrap(), "image/webp");
    assert!(shown.bytes().await.unwrap().len() < 20_000);

    let bundle = browser
        .get_response(&format!("{path}/export?format=bundle"))
        .await;
    let bundle = std::io::Cursor::new(bundle.bytes().await.unwrap());
    let mut bundle = zip::ZipArchive::new(bundle).unwrap();
    let mut kept = Vec::new();
    let mut file = bundle.by_name("img/dot.png").unwrap();
    std::io::Read::read_to_end(&mut file, &mut kept).unwrap();
    drop(file);
    assert!(kept == original, "another file of {} bytes", kept.len());

    // In a room it is for who has a seat there.
    let workshop = facilitator.start_workshop(&[report.codelab]).await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let nobody = server.browser();
    for (browser, expected) in [(&ada.browser, 200), (&nobody, 404)] {
        let seen = browser.get_response(picture.unwrap()).await;
        assert_eq!(seen.status().as_u16(), expected);
    }
    server.stop().await;
}

#[tokio::test]
async fn a_folder_is_imported_with_its_pictures() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let files = [
        ("tiny/index.md", CODELAB.as_bytes()),
        ("tiny/img/dot.png", DOT),
    ];
    let report = import(&facilitator, &files).await.unwrap();
    assert_eq!(report.diagnostics, []);
    assert_eq!(
        (
            &*report.codelab.title,
            report.codelab.minutes,
            report.codelab.steps
        ),
        ("Tiny codelab", 2, 2)
    );
    assert_eq!(report.codelab.authors.as_deref(), Some("Grace"));

    let path = format!("/api/v1/codelabs/{}", report.codelab.id.0);
    let detail: CodelabDetail = facilitator.browser.get(&path).await;
    let address = format!("/api/v1/contents/{}", detail.steps[0].content.0);
    let html = facilitator
        .browser
        .get_response(&address)
        .await
        .text()
        .await
        .unwrap();
    assert!(html.contains("box-positive"), "{html}");
    let picture = html
        .split('"')
        .find(|part| part.starts_with("/api/v1/files/"))
        .unwrap();
    let response = facilitator.browser.get_response(picture).await;
    assert_eq!(response.headers().get("content-type").unwrap(), "image/png");
    assert!(
        response
            .headers()
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    assert_eq!(response.bytes().await.unwrap(), DOT);

    let part = facilitator
        .browser
        .http()
        .get(format!("{}{picture}", server.url))
        .header("range", "bytes=1-3")
        .send()
        .await
        .unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.bytes().await.unwrap().as_ref(), b"PNG");
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_codelab_is_refused_by_file_and_line_and_leaves_nothing() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let cases: [(&str, &[u8], ImportReason); 4] = [
        (
            "notes.md",
            b"# Only a title\n\nand words\n",
            ImportReason::NoSteps,
        ),
        ("empty.md", b"", ImportReason::Empty),
        ("picture.md", DOT, ImportReason::NotMarkdown),
        (
            "archive.zip",
            b"PK\x03\x04 not really",
            ImportReason::DamagedArchive,
        ),
    ];
    for (name, bytes, reason) in cases {
        let problem = import(&facilitator, &[(name, bytes)]).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::ImportFailed, "{name}");
        assert!(
            problem
                .file
                .as_deref()
                .is_some_and(|file| file.contains(name)),
            "{problem:?}"
        );
        assert!(problem.detail.len() > 20, "{problem:?}");
        let refusal = problem.import.expect("a refusal");
        assert_eq!(refusal.reason, reason, "{name}");
    }
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    assert_eq!(page.items.len(), 3, "only the samples");
    server.stop().await;
}

#[tokio::test]
async fn a_bundle_brings_its_files_in_one_request() {
    let manifest = serde_json::json!({
        "title": "Git",
        "materials": [
            { "title": "Slides", "type": "file", "file": "files/slides.pdf" },
            { "title": "Gone", "type": "file", "file": "files/gone.pdf" },
        ],
        "steps": [{ "title": "Go", "file": "steps/go.md" }],
    });
    let manifest = manifest.to_string();
    let files: [(&str, &[u8]); 3] = [
        ("git/codelab.json", manifest.as_bytes()),
        ("git/steps/go.md", b"Words."),
        ("git/files/slides.pdf", b"%PDF-1.7 slides"),
    ];
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let report = import(&facilitator, &files).await.unwrap();
    let remarks = report.diagnostics.iter();
    let remarks = remarks.map(|found| (found.code, found.subject.as_str()));
    let expected = [(DiagnosticCode::MaterialNotTaken, "Gone: files/gone.pdf")];
    assert_eq!(remarks.collect::<Vec<_>>(), expected);
    let browser = &facilitator.browser;
    let path = format!("/api/v1/codelabs/{}/materials", report.codelab.id.0);
    let list: MaterialList = browser.get(&path).await;
    assert_eq!(list.materials.len(), 1);
    let slides = browser.get_response(&list.materials[0].href).await;
    assert_eq!(slides.bytes().await.unwrap(), "%PDF-1.7 slides");
    server.stop().await;
}

#[tokio::test]
async fn a_path_of_this_machine_is_imported_for_the_window() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("img")).unwrap();
    std::fs::write(folder.path().join("index.md"), CODELAB).unwrap();
    std::fs::write(folder.path().join("img/dot.png"), DOT).unwrap();
    let paths = vec![folder.path().to_owned(), folder.path().join("nowhere.md")];
    let handle = server.server().handle();
    let mut job = handle.start_import(paths).unwrap();
    let path = format!("/api/v1/imports/{}", job.id);
    let browser = &facilitator.browser;
    while !job.done {
        job = browser.get(&path).await;
    }
    let came = |row: &ImportRow| {
        row.report
            .as_ref()
            .map(|report| report.codelab.title.clone())
    };
    let titles: Vec<_> = job.rows.iter().map(came).collect();
    assert_eq!(titles, [Some("Tiny codelab".to_owned()), None]);
    let refused = job.rows[1].problem.as_ref().map(|problem| problem.code);
    assert_eq!(refused, Some(ProblemCode::ImportFailed));
    server.stop().await;
}

#[tokio::test]
async fn a_rendered_step_is_sent_compressed_to_who_takes_gzip() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await;
    let detail: CodelabDetail = facilitator
        .browser
        .get(&format!("/api/v1/codelabs/{}", codelab.id.0))
        .await;
    let address = format!(
        "{}/api/v1/contents/{}",
        server.url, detail.steps[0].content.0
    );
    let http = facilitator.browser.http();
    let plain = http
        .get(&address)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let small = http
        .get(&address)
        .header("accept-encoding", "gzip")
        .send()
        .await
        .unwrap();
    assert_eq!(small.headers().get("content-encoding").unwrap(), "gzip");
    assert!(small.bytes().await.unwrap().len() < plain.len());
    server.stop().await;
}

#[tokio::test]
async fn the_library_pages_by_cursor() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let mut titles = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let cursor = next
            .map(|next| format!("&cursor={next}"))
            .unwrap_or_default();
        let page: CodelabPage = facilitator
            .browser
            .get(&format!("/api/v1/codelabs?limit=1{cursor}"))
            .await;
        titles.extend(page.items.into_iter().map(|codelab| codelab.title));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 3);
    let refusal = facilitator
        .browser
        .get_refused("/api/v1/codelabs?cursor=nonsense")
        .await;
    assert_eq!(refusal.code, ProblemCode::InvalidCursor);
    server.stop().await;
}
