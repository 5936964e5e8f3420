//! Writing a codelab: drafts, save points, a look at it, and its pictures.

use protocol::{
    CodelabDetail, CodelabFile, CodelabSource, CodelabSummary, DiagnosticCode, DraftKept,
    ImportReason, Preview, Problem, ProblemCode, Revision, RevisionPage, SavedRevision,
};
use reqwest::{
    Method, StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use tests::{Browser, Facilitator, ServerProcess, TestServer, picture, refusal};
use tokio::task::JoinSet;

const TEXT: &str = "# Tea\n\n## Water\nDuration: 3\n\nBoil it.\n\n## Leaves\n\nPut them in.\n";

/// A codelab that a facilitator writes.
struct Desk<'a> {
    browser: &'a Browser,
    path: String,
}

impl<'a> Desk<'a> {
    fn at(who: &'a Facilitator, codelab: &CodelabSummary) -> Self {
        Self {
            browser: &who.browser,
            path: format!("/api/v1/codelabs/{}", codelab.id.0),
        }
    }

    async fn source(&self) -> CodelabSource {
        self.browser.get(&format!("{}/source", self.path)).await
    }

    async fn type_in(&self, base: u32, source: &str) -> DraftKept {
        let path = format!("{}/draft", self.path);
        let body = json!({ "base": base, "source": source });
        let response = self.browser.request(Method::PUT, &path, Some(&body)).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.expect("an answer")
    }

    async fn try_save(&self, body: &Value) -> Result<(StatusCode, SavedRevision), Problem> {
        let path = format!("{}/revisions", self.path);
        let response = self.browser.request(Method::POST, &path, Some(body)).await;
        let status = response.status();
        if status.is_success() {
            Ok((status, response.json().await.expect("an answer")))
        } else {
            Err(refusal(response).await)
        }
    }

    async fn save(&self, base: u32, source: &str) -> SavedRevision {
        let body = json!({ "base": base, "source": source });
        self.try_save(&body).await.expect("it is saved").1
    }

    async fn revisions(&self) -> RevisionPage {
        self.browser.get(&format!("{}/revisions", self.path)).await
    }

    async fn preview(&self, source: &str) -> Preview {
        let path = format!("{}/preview", self.path);
        self.browser.post(&path, &json!({ "source": source })).await
    }

    async fn drop_picture(&self, name: &str, bytes: Vec<u8>) -> Result<CodelabFile, Problem> {
        let part = Part::bytes(bytes).file_name(name.to_owned());
        let url = format!("{}{}/files", self.browser.url, self.path);
        let request = self.browser.http().post(url);
        let request = request.header("origin", &self.browser.url);
        let response = request.multipart(Form::new().part("file", part)).send();
        let response = response.await.expect("the server answers");
        if response.status().is_success() {
            Ok(response.json().await.expect("an answer"))
        } else {
            Err(refusal(response).await)
        }
    }
}

async fn begin(who: &Facilitator, source: &str) -> CodelabDetail {
    let body = json!({ "title": "Tea", "source": source });
    who.browser.post("/api/v1/codelabs/blank", &body).await
}

fn titles(saved: &SavedRevision) -> Vec<&str> {
    saved.steps.iter().map(|step| &*step.title).collect()
}

#[tokio::test]
async fn a_codelab_begins_blank() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let wish = json!({ "title": " Tea   for two ", "language": "ko" });
    let body: CodelabDetail = grace.browser.post("/api/v1/codelabs/blank", &wish).await;
    let codelab = body.summary;
    assert_eq!((&*codelab.title, codelab.steps), ("Tea for two", 1));
    assert_eq!(
        (codelab.revision, codelab.language.as_deref()),
        (1, Some("ko"))
    );
    let desk = Desk::at(&grace, &codelab);
    let source = desk.source().await;
    assert_eq!(
        source.source,
        "language: ko\n\n# Tea for two\n\n## Introduction\n\n"
    );
    assert_eq!((source.revision, source.draft), (1, None));
    let first = &desk.revisions().await.items[0];
    assert!(first.saved_by.is_some(), "written here, not imported");

    let own = begin(&grace, TEXT).await;
    assert_eq!((own.summary.steps, own.summary.minutes), (2, 3));
    for (wish, code) in [
        (json!({ "title": " " }), ProblemCode::InvalidText),
        (
            json!({ "title": "T", "language": "en\n# X" }),
            ProblemCode::InvalidText,
        ),
        (
            json!({ "title": "T", "source": "# T\n" }),
            ProblemCode::ImportFailed,
        ),
    ] {
        let refused = grace
            .browser
            .post_refused("/api/v1/codelabs/blank", &wish)
            .await;
        assert_eq!(refused.code, code, "{wish}");
    }
}

#[tokio::test]
async fn a_draft_is_its_authors_until_it_is_saved() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let codelab = begin(&grace, TEXT).await.summary;
    let (mine, theirs) = (Desk::at(&grace, &codelab), Desk::at(&linus, &codelab));
    let typed = "# Tea\n\n## Wat";
    mine.type_in(1, "## W").await;
    let kept = mine.type_in(1, typed).await;
    let source = mine.source().await;
    let draft = source.draft.expect("what was typed");
    assert_eq!((draft.base, &*draft.source), (1, typed));
    assert_eq!(draft.saved_at_ms, kept.saved_at_ms);
    assert_eq!(source.source, TEXT, "nobody else sees it");
    assert_eq!(theirs.source().await.draft, None);
    assert_eq!(
        grace.codelab("Tea").await.updated_at_ms,
        codelab.updated_at_ms
    );

    let path = format!("{}/draft", mine.path);
    let discarded = grace
        .browser
        .request(Method::DELETE, &path, None::<&()>)
        .await;
    assert_eq!(discarded.status(), StatusCode::NO_CONTENT);
    assert_eq!(mine.source().await.draft, None);

    mine.type_in(1, typed).await;
    let saved = mine.save(1, &TEXT.replace("Boil", "Heat")).await;
    assert_eq!(
        (saved.revision, titles(&saved)),
        (2, vec!["Water", "Leaves"])
    );
    assert_eq!(mine.source().await.draft, None);
}

#[tokio::test]
async fn what_is_no_codelab_is_refused_and_the_draft_stays() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let codelab = begin(&grace, TEXT).await.summary;
    let desk = Desk::at(&grace, &codelab);
    let text = "# Tea\n\nNo step yet.";
    desk.type_in(1, text).await;
    let body = json!({ "base": 1, "source": text });
    let refused = desk.try_save(&body).await.expect_err("no step");
    assert_eq!(
        (refused.code, refused.status),
        (ProblemCode::ImportFailed, 422)
    );
    let import = refused.import.expect("why");
    assert_eq!(import.reason, ImportReason::NoSteps);
    assert_eq!(
        (refused.file.as_deref(), refused.line),
        (Some("codelab.md"), Some(1))
    );
    let source = desk.source().await;
    assert_eq!(source.draft.expect("still there").source, text);
    assert_eq!(source.revision, 1);

    let long = json!({ "base": 1, "source": "x".repeat(3 * 1024 * 1024) });
    let refused = desk.try_save(&long).await.expect_err("too long");
    assert_eq!(refused.code, ProblemCode::TooLarge);
    let note = json!({ "base": 1, "source": TEXT, "note": "n".repeat(201) });
    let refused = desk.try_save(&note).await.expect_err("too long");
    assert_eq!(refused.code, ProblemCode::InvalidText);
}

#[tokio::test]
async fn two_who_write_at_once_do_not_overwrite_each_other() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let codelab = begin(&grace, TEXT).await.summary;
    let (mine, theirs) = (Desk::at(&grace, &codelab), Desk::at(&linus, &codelab));
    let their_text = TEXT.replace("Boil", "Heat");
    theirs.save(1, &their_text).await;
    let my_text = TEXT.replace("Put them in", "Wait");
    mine.type_in(1, &my_text).await;
    let body = json!({ "base": 1, "source": my_text });
    let refused = mine.try_save(&body).await.expect_err("a conflict");
    assert_eq!(
        (refused.code, refused.status),
        (ProblemCode::RevisionConflict, 409)
    );
    let conflict = refused.conflict.expect("with whom");
    assert_eq!(
        (conflict.newest, conflict.saved_by.as_deref()),
        (2, Some("Linus"))
    );
    assert!(mine.source().await.draft.is_some());

    // What a merge needs is there: the base, the newest, and the own text.
    let base: Revision = grace
        .browser
        .get(&format!("{}/revisions/1", mine.path))
        .await;
    assert_eq!(base.source, TEXT);
    assert_eq!(mine.source().await.source, their_text);
    let merged = their_text.replace("Put them in", "Wait");
    assert_eq!(mine.save(2, &merged).await.revision, 3);
    // The same text from an old base is no conflict, and nothing new.
    let again = json!({ "base": 1, "source": merged });
    let (status, saved) = theirs.try_save(&again).await.expect("the same");
    assert_eq!(
        (status, saved.revision, saved.steps.len()),
        (StatusCode::OK, 3, 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_save_at_the_same_instant_exactly_one_wins() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let codelab = begin(&grace, TEXT).await.summary;
    let path = format!("/api/v1/codelabs/{}/revisions", codelab.id.0);
    for base in 1..6 {
        let mut savers = JoinSet::new();
        for number in 0..8 {
            let (browser, path) = (grace.browser.clone(), path.clone());
            let source = format!("{TEXT}\nround {base}, saver {number}\n");
            let body = json!({ "base": base, "source": source });
            savers.spawn(async move {
                let response = browser.request(Method::POST, &path, Some(&body)).await;
                response.status()
            });
        }
        let mut answers = savers.join_all().await;
        answers.sort_unstable();
        let (won, lost) = answers.split_at(1);
        assert_eq!(won, [StatusCode::CREATED]);
        assert_eq!(lost, [StatusCode::CONFLICT; 7]);
    }
    let desk = Desk::at(&grace, &codelab);
    assert_eq!(desk.source().await.revision, 6);
}

#[tokio::test]
async fn steps_stay_themselves_through_revisions() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let begun = begin(&grace, TEXT).await;
    let desk = Desk::at(&grace, &begun.summary);
    let [water, leaves] = [begun.steps[0].id, begun.steps[1].id];
    let cup = "# Tea\n\n## Cup\n\nWarm it.\n\n## Water, fresh\nDuration: 3\n\nBoil it.\n\n\
        ## Leaves\n\nPut them in, and wait.\n";
    let saved = desk.save(1, cup).await;
    assert_eq!((saved.steps[1].id, saved.steps[2].id), (water, leaves));
    let new = saved.steps[0].id;
    assert!(new != water && new != leaves);

    // Taken out, and brought back: the same steps as before.
    let saved = desk.save(2, "# Tea\n\n## Water\n\nBoil it.\n").await;
    assert_eq!((saved.steps.len(), saved.steps[0].id), (1, water));
    let path = format!("{}/revisions/2/restore", desk.path);
    let response = grace
        .browser
        .request(Method::POST, &path, None::<&()>)
        .await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let restored: SavedRevision = response.json().await.expect("an answer");
    let ids: Vec<_> = restored.steps.iter().map(|step| step.id).collect();
    assert_eq!((restored.revision, ids), (4, vec![new, water, leaves]));
    let items = desk.revisions().await.items;
    let numbers: Vec<_> = items.iter().map(|item| item.number).collect();
    assert_eq!(numbers, [4, 3, 2, 1]);
    assert_eq!(
        (items[0].restored_from, items[1].restored_from),
        (Some(2), None)
    );
    assert_eq!(desk.source().await.source, cup);
    let missing = format!("{}/revisions/9", desk.path);
    let refused = grace.browser.get_refused(&missing).await;
    assert_eq!(refused.code, ProblemCode::NotFound);
}

#[tokio::test]
async fn save_points_tell_who_and_why() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let linus = grace.invite("Linus").await;
    let codelab = grace.codelab("Git from zero").await;
    let (mine, theirs) = (Desk::at(&grace, &codelab), Desk::at(&linus, &codelab));
    let text = mine.source().await.source;
    let body = json!({ "base": 1, "source": format!("{text}\nMore."), "note": " Shorter  intro " });
    theirs.try_save(&body).await.expect("it is saved");
    let items = mine.revisions().await.items;
    assert_eq!(items[0].saved_by.as_deref(), Some("Linus"));
    assert_eq!(items[0].note.as_deref(), Some("Shorter intro"));
    assert_eq!(
        (items[1].number, &items[1].saved_by),
        (1, &None),
        "imported"
    );
    assert_eq!(items[0].steps, codelab.steps);
    let first: RevisionPage = grace
        .browser
        .get(&format!("{}/revisions?limit=1", mine.path))
        .await;
    let next = first.next.expect("more");
    let rest: RevisionPage = grace
        .browser
        .get(&format!("{}/revisions?limit=1&cursor={next}", mine.path))
        .await;
    assert_eq!((rest.items[0].number, rest.next), (1, None));
    // A codelab that was imported keeps its pictures through saving.
    assert_eq!(grace.codelab("Git from zero").await.cover, codelab.cover);
}

#[tokio::test]
async fn a_preview_is_the_page_as_it_will_be() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let begun = begin(&grace, TEXT).await;
    let desk = Desk::at(&grace, &begun.summary);
    let text = format!("{TEXT}\n## Milk\n\n![cow](img/cow.png)\n\n<script>alert(1)</script>\n");
    let preview = desk.preview(&text).await;
    assert_eq!(
        (preview.metadata.title.as_str(), preview.minutes),
        ("Tea", 3)
    );
    assert_eq!(preview.words, 6, "boil it put them in, and the cow");
    let ids: Vec<_> = preview.steps.iter().map(|step| step.id).collect();
    assert_eq!(
        ids,
        [Some(begun.steps[0].id), Some(begun.steps[1].id), None]
    );
    let lines: Vec<_> = preview.steps.iter().map(|step| step.line).collect();
    assert_eq!(lines, [3, 8, 12]);
    assert!(preview.steps[0].html.contains("Boil it."));
    assert!(!preview.steps[2].html.contains("script"));
    let found = &preview.diagnostics[0];
    assert_eq!(
        (found.code, found.line),
        (DiagnosticCode::MissingImage, Some(14))
    );
    // Nothing of it was kept.
    assert_eq!(desk.source().await.revision, 1);

    // What is then saved is what was shown.
    let saved = desk.save(1, &text).await;
    assert_eq!(saved.diagnostics, preview.diagnostics);
    for (step, shown) in saved.steps.iter().zip(&preview.steps) {
        let path = format!("/api/v1/contents/{}", step.content.0);
        let page = grace.browser.get_response(&path).await;
        assert_eq!(page.text().await.expect("a page"), shown.html);
    }
    let path = format!("{}/preview", desk.path);
    let empty = json!({ "source": " " });
    let refused = grace.browser.post_refused(&path, &empty).await;
    assert_eq!(refused.import.expect("why").reason, ImportReason::Empty);
}

#[tokio::test]
async fn a_picture_that_is_dropped_can_be_shown() {
    let server = TestServer::start().await;
    let grace = server.facilitator().await;
    let codelab = begin(&grace, TEXT).await.summary;
    let desk = Desk::at(&grace, &codelab);
    let file = desk.drop_picture("my cat.jpeg", picture("cat")).await;
    let file = file.expect("a picture");
    assert_eq!(
        file.reference, "img/my-cat.png",
        "it is a PNG whatever its name says"
    );
    assert_eq!((file.width, file.height), (Some(1), Some(1)));
    let other = desk.drop_picture("My Cat.png", picture("other")).await;
    assert_eq!(other.expect("a picture").reference, "img/My-Cat-2.png");
    let again = desk.drop_picture("my cat.png", picture("cat")).await;
    assert_eq!(again.expect("a picture").reference, "img/my-cat.png");
    assert_eq!(desk.source().await.files.len(), 2);

    let text = format!("{TEXT}\n![cat](./img/my-cat.png)\n");
    let preview = desk.preview(&text).await;
    assert_eq!(preview.diagnostics, []);
    assert!(preview.steps[1].html.contains(&file.url));
    let bytes = grace.browser.get_response(&file.url).await;
    assert_eq!(bytes.bytes().await.expect("a body"), picture("cat"));
    desk.save(1, &text).await;
    let cover = grace.codelab("Tea").await.cover;
    assert_eq!(cover.as_deref(), Some(&*file.url));

    for bytes in [Vec::new(), b"<html>".to_vec(), b"MZ".to_vec()] {
        let refused = desk.drop_picture("x.png", bytes).await;
        assert_eq!(
            refused.expect_err("no picture").code,
            ProblemCode::NotAPicture
        );
    }
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 6'/>".to_vec();
    let svg = desk.drop_picture("", svg).await.expect("a picture");
    assert_eq!(
        (&*svg.reference, &*svg.media_type),
        ("img/image.svg", "image/svg+xml")
    );
}

/// Promise: what was typed survives whatever becomes of the program, once the
/// answer was there.
#[tokio::test]
async fn a_draft_survives_kill_9() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let port = ServerProcess::free_port();
    let mut server = ServerProcess::start(data.path(), port).await;
    let grace = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = begin(&grace, TEXT).await.summary;
    let desk = Desk::at(&grace, &codelab);
    for round in 1..=3 {
        let typed = format!("# Tea\n\n## W\n\ntyped until {round}");
        desk.type_in(1, &typed).await;
        server.kill().await;
        server = ServerProcess::start(data.path(), port).await;
        let draft = desk.source().await.draft.expect("what was typed");
        assert_eq!(draft.source, typed);
    }
    let saved = desk.save(1, &TEXT.replace("Boil", "Heat")).await;
    server.kill().await;
    let server = ServerProcess::start(data.path(), port).await;
    let source = desk.source().await;
    assert_eq!((source.revision, source.draft), (saved.revision, None));
    drop(server);
}
