//! Images from the internet, downloaded when a facilitator has pressed for it.

use std::time::Duration;

use protocol::{
    CodelabDetail, CodelabSource, DownloadOutcome, DownloadRefusal, DownloadState, DraftKept,
    ImageDownload, ProblemCode, RemoteImages, RevisionPage, SavedRevision,
};
use reqwest::{Method, StatusCode, header::HeaderName};
use serde_json::json;
use server::outside::Rules;
use tests::{Facilitator, TestServer, TheWeb, kept_files, png};

/// The product's rules, but this machine may be asked.
fn rules() -> Rules {
    Rules {
        allow_loopback: true,
        ..Rules::default()
    }
}

/// A codelab with images, and who writes it.
struct Shelf<'a> {
    who: &'a Facilitator,
    path: String,
}

impl<'a> Shelf<'a> {
    async fn with(who: &'a Facilitator, source: &str) -> Self {
        let body = json!({ "title": "Tea", "source": source });
        let detail: CodelabDetail = who.browser.post("/api/v1/codelabs/blank", &body).await;
        Self {
            who,
            path: format!("/api/v1/codelabs/{}", detail.summary.id.0),
        }
    }

    /// Images, one below the other.
    async fn showing(who: &'a Facilitator, addresses: &[String]) -> Self {
        Self::with(who, &text(addresses)).await
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, behind: &str) -> T {
        let path = format!("{}{behind}", self.path);
        self.who.browser.get(&path).await
    }

    async fn source(&self) -> CodelabSource {
        self.get("/source").await
    }

    async fn remote(&self) -> Vec<String> {
        let list: RemoteImages = self.get("/remote-images").await;
        list.images.into_iter().map(|image| image.address).collect()
    }

    async fn press(&self) -> ImageDownload {
        let path = format!("{}/remote-images", self.path);
        self.who.browser.post(&path, &json!({})).await
    }

    async fn save(&self, base: u32, source: &str) -> SavedRevision {
        let body = json!({ "base": base, "source": source });
        let path = format!("{}/revisions", self.path);
        self.who.browser.post(&path, &body).await
    }

    /// Presses, and waits for the end.
    async fn download(&self) -> ImageDownload {
        let begun = self.press().await;
        self.follow(&begun, |job| job.outcome.is_some()).await
    }

    async fn follow(
        &self,
        begun: &ImageDownload,
        until: impl Fn(&ImageDownload) -> bool,
    ) -> ImageDownload {
        let mut job = begun.clone();
        while !until(&job) {
            let path = format!("/api/v1/image-downloads/{}?known={}", job.id, job.news);
            job = self.who.browser.get(&path).await;
        }
        job
    }

    async fn cancel(&self, job: &ImageDownload) {
        let path = format!("/api/v1/image-downloads/{}", job.id);
        let browser = &self.who.browser;
        let answer = browser.request(Method::DELETE, &path, None::<&()>).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }
}

fn text(addresses: &[String]) -> String {
    let images = addresses
        .iter()
        .map(|address| format!("![]({address})\n\n"));
    format!("# T\n\n## S\n\n{}", images.collect::<String>())
}

fn refusals(job: &ImageDownload) -> Vec<Option<DownloadRefusal>> {
    job.images.iter().map(|image| image.refusal).collect()
}

#[tokio::test]
async fn images_come_when_somebody_presses_and_not_before() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let (map, drawing) = (web.at("moved.png"), web.at("drawing.svg"));
    let source = format!(
        "# T\n\nSee ![map]({map}).\n\n## S\n\n<img src=\"{drawing}\"> [link]({map}) `![]({map})`\n"
    );
    let shelf = Shelf::with(&grace, &source).await;
    let list: RemoteImages = shelf.get("/remote-images").await;
    let told: Vec<_> = list
        .images
        .iter()
        .map(|image| {
            (
                &*image.address,
                image.host.as_deref(),
                &*image.description,
                image.step,
            )
        })
        .collect();
    let host = Some("127.0.0.1");
    assert_eq!(
        told,
        [(&*map, host, "map", None), (&*drawing, host, "", Some(1))]
    );
    assert_eq!(web.asked(), Vec::<String>::new(), "nobody has pressed");

    let path = format!("{}/remote-images", shelf.path);
    let begun: ImageDownload = grace
        .browser
        .post(&path, &json!({ "note": "Pictures" }))
        .await;
    assert_eq!((begun.outcome, begun.images.len()), (None, 2));
    let job = shelf.follow(&begun, |job| job.outcome.is_some()).await;
    assert_eq!(
        (job.outcome, job.revision),
        (Some(DownloadOutcome::Saved), Some(2))
    );
    assert!(
        job.images
            .iter()
            .all(|image| image.state == DownloadState::Taken)
    );
    assert_eq!(job.images[0].received_bytes, png(3, 2, b'a').len() as u64);

    let after = shelf.source().await;
    let expected =
        source
            .replacen(&map, "img/moved.png", 1)
            .replacen(&drawing, "img/drawing.svg", 1);
    assert_eq!((after.revision, after.source), (2, expected));
    assert_eq!(shelf.remote().await, Vec::<String>::new());
    let file = after
        .files
        .iter()
        .find(|file| file.reference == "img/moved.png");
    let bytes = grace.browser.get_response(&file.expect("a file").url).await;
    assert_eq!(bytes.bytes().await.expect("bytes"), png(3, 2, b'a'));
    let revisions: RevisionPage = shelf.get("/revisions").await;
    let newest = &revisions.items[0];
    assert!(newest.saved_by.is_some());
    assert_eq!(newest.note.as_deref(), Some("Pictures"));

    let asked = web.asked_with();
    let mut what: Vec<&str> = asked.iter().map(|(what, _)| &**what).collect();
    what.sort_unstable();
    assert_eq!(what, ["a.png", "drawing.svg", "moved.png"]);
    for (_, headers) in &asked {
        let mut names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "host", "user-agent"]);
        let agent = headers["user-agent"].to_str().expect("a name");
        assert!(agent.starts_with("open-codelabs/"), "{agent}");
    }
    server.stop().await;
}

#[tokio::test]
async fn rooms_see_a_smaller_form_and_the_original_is_kept() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let shelf = Shelf::showing(&grace, &[web.at("photo.bmp")]).await;
    let detail: CodelabDetail = shelf.get("").await;
    let workshop = grace.start_workshop(&[detail.summary]).await;
    let job = shelf.download().await;
    assert_eq!(job.outcome, Some(DownloadOutcome::Saved), "{job:?}");
    let snapshot = grace.snapshot(&workshop).await;
    let codelab = &snapshot.agenda[0];
    let step = format!("/api/v1/contents/{}", codelab.steps[0].content.0);
    let html = grace.browser.get_response(&step).await.text().await;
    let html = html.expect("a live room follows");
    let at = html
        .find("/api/v1/files/")
        .expect("an image of this server");
    let url: String = html[at..].chars().take_while(|c| *c != '"').collect();
    let shown = grace.browser.get_response(&url).await;
    assert_eq!(shown.headers()["content-type"], "image/webp");
    let files = shelf.source().await.files;
    assert_eq!(files[0].media_type, "image/bmp", "the original is kept");
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_had_stays_and_says_why() {
    use DownloadRefusal as Why;
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(Rules {
        image_deadline: Duration::from_millis(400),
        image_bytes: 1024 * 1024,
        ..rules()
    })
    .await;
    let grace = server.facilitator().await;
    let expected = [
        (web.at("a.png"), None),
        (web.at("page.png"), Some(Why::NotAnImage)),
        (web.at("empty.png"), Some(Why::NotAnImage)),
        (web.at("gone.png"), Some(Why::NotFound)),
        (web.at("forbidden.png"), Some(Why::NotGiven)),
        (web.at("fault.png"), Some(Why::NotGiven)),
        (web.at("nowhere.png"), Some(Why::NotGiven)),
        (web.at("endless.png"), Some(Why::TooLarge)),
        (web.at("huge.png"), Some(Why::TooLarge)),
        (web.at("bomb.png"), Some(Why::TooManyPixels)),
        (web.at("broken.png"), Some(Why::Broken)),
        (web.at("silent.png"), Some(Why::TooSlow)),
        (web.at("loop.png"), Some(Why::Redirects)),
        (web.at("to-private.png"), Some(Why::Private)),
        (web.at("to-metadata.png"), Some(Why::Private)),
        (web.at("to-file.png"), Some(Why::Address)),
        (web.at("to-secret.png"), Some(Why::Address)),
        ("http://10.0.0.1/a.png".into(), Some(Why::Private)),
        ("http://169.254.169.254/latest".into(), Some(Why::Private)),
        (
            "http://me:secret@127.0.0.1/a.png".into(),
            Some(Why::Address),
        ),
        ("http://nobody.invalid/a.png".into(), Some(Why::Unreachable)),
    ];
    let addresses: Vec<String> = expected
        .iter()
        .map(|(address, _)| address.clone())
        .collect();
    let shelf = Shelf::showing(&grace, &addresses).await;
    let job = shelf.download().await;
    assert_eq!(job.outcome, Some(DownloadOutcome::Saved));
    let found: Vec<_> = addresses.iter().cloned().zip(refusals(&job)).collect();
    assert_eq!(found, expected);
    assert_eq!(shelf.remote().await, addresses[1..]);
    let source = shelf.source().await.source;
    assert_eq!(source, text(&addresses).replace(&addresses[0], "img/a.png"));
    let loops = web
        .asked()
        .iter()
        .filter(|what| *what == "loop.png")
        .count();
    assert_eq!(loops, 6, "the first, and five redirects");

    // Once more: what was refused is still to be had, and nothing changes.
    let again = shelf.download().await;
    assert_eq!(again.outcome, Some(DownloadOutcome::NothingTaken));
    assert_eq!(shelf.source().await.revision, 2);
    server.stop().await;
}

#[tokio::test]
async fn there_is_an_end_to_how_much_is_taken() {
    use DownloadRefusal as Why;
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(Rules {
        total_bytes: 100,
        most_images: 5,
        ..rules()
    })
    .await;
    let grace = server.facilitator().await;
    let names = ["a.png", "b.png", "c.png", "d.png", "e.png", "f.png"];
    let addresses = names.map(|name| web.at(name));
    let shelf = Shelf::showing(&grace, &addresses).await;
    let job = shelf.download().await;
    let found = refusals(&job);
    // Each has 30 bytes; which of them come first is the network's to say.
    let taken = found.iter().filter(|refusal| refusal.is_none()).count();
    assert_eq!(taken, 3, "{found:?}");
    assert_eq!(found[5], Some(Why::TooMany));
    let too_large = found
        .iter()
        .filter(|refusal| **refusal == Some(Why::TotalTooLarge));
    assert_eq!(too_large.count(), 2, "{found:?}");
    server.stop().await;
}

#[tokio::test]
async fn this_machine_is_not_asked() {
    let web = TheWeb::start().await;
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let port = web.port();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "127.1",
        "[::1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
    ];
    let mut addresses: Vec<String> = hosts
        .iter()
        .map(|host| format!("http://{host}:{port}/a.png"))
        .collect();
    addresses.push(format!("{}/api/v1/health", server.url));
    let shelf = Shelf::showing(&grace, &addresses).await;
    let job = shelf.download().await;
    assert_eq!(job.outcome, Some(DownloadOutcome::NothingTaken));
    let why = refusals(&job);
    assert!(
        why.iter().all(|why| *why == Some(DownloadRefusal::Private)),
        "{why:?}"
    );
    assert_eq!(web.asked(), Vec::<String>::new());
    assert_eq!(shelf.source().await.revision, 1);
    server.stop().await;
}

#[tokio::test]
async fn without_a_way_outside_nothing_changes_and_it_is_said_once() {
    let gone = TheWeb::start().await;
    let addresses = [
        gone.at("a.png"),
        gone.at("b.png"),
        "https://nobody.invalid/c.png".into(),
        "http://192.168.0.1/never-asked.png".into(),
    ];
    drop(gone);
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let shelf = Shelf::showing(&grace, &addresses).await;
    let job = shelf.download().await;
    assert_eq!(
        (job.outcome, job.revision),
        (Some(DownloadOutcome::Offline), None)
    );
    assert_eq!(shelf.source().await.revision, 1);
    assert_eq!(shelf.remote().await, addresses);
    server.stop().await;
}

#[tokio::test]
async fn ending_it_leaves_nothing() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let shelf = Shelf::showing(&grace, &[web.at("a.png"), web.at("half.png")]).await;
    let begun = shelf.press().await;
    let half = shelf
        .follow(&begun, |job| {
            job.images[0].state == DownloadState::Taken && job.images[1].received_bytes >= 250_000
        })
        .await;
    assert_eq!(half.images[1].state, DownloadState::Loading);
    assert_eq!(half.images[1].size_bytes, Some(600_000));
    assert_eq!(half.outcome, None);
    // Pressing twice is pressing once.
    assert_eq!(shelf.press().await.id, begun.id);
    shelf.cancel(&half).await;
    let job = shelf.follow(&half, |job| job.outcome.is_some()).await;
    assert_eq!(job.outcome, Some(DownloadOutcome::Cancelled));
    let source = shelf.source().await;
    assert_eq!((source.revision, source.files), (1, Vec::new()));

    // The next press is another download.
    web.release();
    assert_eq!(shelf.download().await.outcome, Some(DownloadOutcome::Saved));
    server.stop().await;
}

#[tokio::test]
async fn it_ends_with_the_rights_of_who_pressed() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let shelf = Shelf::showing(&grace, &[web.at("a.png"), web.at("half.png")]).await;
    let before = kept_files(server.data_dir());
    let his = Shelf {
        who: &linus,
        path: shelf.path.clone(),
    };
    let begun = his.press().await;
    let half = |job: &ImageDownload| {
        job.images[0].state == DownloadState::Taken && job.images[1].received_bytes > 0
    };
    let half = shelf.follow(&begun, half).await;
    grace.remove("Linus").await;
    let job = shelf.follow(&half, |job| job.outcome.is_some()).await;
    assert_eq!(
        (job.outcome, job.revision, job.problem),
        (Some(DownloadOutcome::Removed), None, None)
    );
    let source = shelf.source().await;
    assert_eq!((source.revision, source.files), (1, Vec::new()));
    assert_eq!(kept_files(server.data_dir()), before);

    // Whoever is a facilitator still can have them.
    web.release();
    assert_eq!(shelf.download().await.outcome, Some(DownloadOutcome::Saved));
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_saved_in_the_end_leaves_no_files() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let shelf = Shelf::showing(&grace, &[web.at("photo.bmp"), web.at("held.png")]).await;
    let before = kept_files(server.data_dir());
    let begun = shelf.press().await;
    let loading = |job: &ImageDownload| job.images[1].state == DownloadState::Loading;
    let begun = shelf.follow(&begun, loading).await;
    let removed = grace
        .browser
        .request(Method::DELETE, &shelf.path, None::<&()>);
    assert_eq!(removed.await.status(), StatusCode::NO_CONTENT);
    web.release();
    let job = shelf.follow(&begun, |job| job.outcome.is_some()).await;
    assert_eq!(job.outcome, Some(DownloadOutcome::Failed));
    let problem = job.problem.expect("a reason");
    assert_eq!(problem.code, ProblemCode::UnknownCodelab);
    assert_eq!(kept_files(server.data_dir()), before);
    server.stop().await;
}

#[tokio::test]
async fn what_others_save_meanwhile_and_what_is_being_typed_stay() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let held = web.at("held.png");
    let shelf = Shelf::showing(&grace, std::slice::from_ref(&held)).await;
    let typed = format!("# T\n\n## S\n\n![]({held})\n\nTyped\n");
    let draft = json!({ "base": 1, "source": typed });
    let path = format!("{}/draft", shelf.path);
    let kept = grace
        .browser
        .request(Method::PUT, &path, Some(&draft))
        .await;
    let _kept: DraftKept = kept.json().await.expect("a draft");

    let begun = shelf.press().await;
    let loading = |job: &ImageDownload| job.images[0].state == DownloadState::Loading;
    let begun = shelf.follow(&begun, loading).await;
    let theirs = Shelf {
        who: &linus,
        path: shelf.path.clone(),
    };
    let text =
        format!("# T\n\n## S\n\nWords of Linus ![again]({held}) ![]({held})\n\n## New\n\nx\n");
    assert_eq!(theirs.save(1, &text).await.revision, 2);
    web.release();
    let job = shelf.follow(&begun, |job| job.outcome.is_some()).await;
    assert_eq!(
        (job.outcome, job.revision),
        (Some(DownloadOutcome::Saved), Some(3))
    );
    let after = shelf.source().await;
    assert_eq!(after.source, text.replace(&held, "img/held.png"));
    let draft = after.draft.expect("the draft is there still");
    assert_eq!((draft.base, draft.source), (1, typed));
    let revisions: RevisionPage = shelf.get("/revisions").await;
    assert_eq!(revisions.items[1].saved_by.as_deref(), Some("Linus"));
    server.stop().await;
}

#[tokio::test]
async fn some_may_be_asked_for_and_others_may_not() {
    let web = TheWeb::start().await;
    let server = TestServer::with_outside(rules()).await;
    let grace = server.facilitator().await;
    let shelf = Shelf::showing(&grace, &[web.at("a.png"), web.at("b.png")]).await;
    let path = format!("{}/remote-images", shelf.path);
    let other = json!({ "addresses": [web.at("c.png")] });
    let problem = grace.browser.post_refused(&path, &other).await;
    assert_eq!(problem.code, ProblemCode::InvalidRequest);
    let one = json!({ "addresses": [web.at("b.png")] });
    let begun: ImageDownload = grace.browser.post(&path, &one).await;
    shelf.follow(&begun, |job| job.outcome.is_some()).await;
    assert_eq!(web.asked(), ["b.png"]);
    assert_eq!(shelf.remote().await, [web.at("a.png")]);

    let none = Shelf::with(&grace, "# T\n\n## S\n\nNo images\n").await;
    let path = format!("{}/remote-images", none.path);
    let problem = grace.browser.post_refused(&path, &json!({})).await;
    assert_eq!(problem.code, ProblemCode::InvalidRequest);
    server.stop().await;
}
