//! A right ends when it is taken away: however it was obtained, whoever takes it
//! away, and whether the server is started again afterwards.

mod in_flight;
mod one_time;

use protocol::{FacilitatorList, MaterialList, ProblemCode, ResumeCode, Role, Snapshot, Upload};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{Browser, Facilitator, Live, PATIENCE};

use crate::{document::Document, people::Cast, routes::assert_no_facilitator};

/// Who takes Linus's rights away.
#[derive(Clone, Copy, Debug)]
enum Taker {
    Owner,
    AnotherFacilitator,
    Himself,
}

#[tokio::test]
async fn nothing_remains_when_the_owner_takes_it_away() {
    nothing_remains(Taker::Owner, false).await;
}

#[tokio::test]
async fn nothing_remains_when_the_owner_takes_it_away_after_a_restart() {
    nothing_remains(Taker::Owner, true).await;
}

#[tokio::test]
async fn nothing_remains_when_another_facilitator_takes_it_away() {
    nothing_remains(Taker::AnotherFacilitator, false).await;
}

#[tokio::test]
async fn nothing_remains_when_another_facilitator_takes_it_away_after_a_restart() {
    nothing_remains(Taker::AnotherFacilitator, true).await;
}

#[tokio::test]
async fn nothing_remains_when_somebody_gives_it_up_after_a_restart() {
    nothing_remains(Taker::Himself, true).await;
}

async fn nothing_remains(taker: Taker, restart: bool) {
    let mut cast = Cast::gather().await;
    let nina = cast.grace.invite("Nina").await;
    let mut held = Held::by_linus(&cast).await;
    held.assert_works(&cast).await;

    let by = match taker {
        Taker::Owner => &cast.grace.browser,
        Taker::AnotherFacilitator => &nina.browser,
        Taker::Himself => &cast.linus.browser,
    };
    assert_eq!(
        remove(by, "Linus").await,
        StatusCode::NO_CONTENT,
        "{taker:?}"
    );
    held.assert_closed().await;
    if restart {
        cast.server.restart().await;
    }
    held.assert_is_worthless(&cast).await;
    // Nobody else lost anything.
    for (who, browser) in [("Grace", &cast.grace.browser), ("Nina", &nina.browser)] {
        let report = format!("/api/v1/workshops/{}/report", cast.here);
        assert!(
            browser.get_response(&report).await.status().is_success(),
            "{who}"
        );
    }
    for (attendee, name) in [(&cast.ada, "Ada"), (&cast.bob, "Bob")] {
        assert_eq!(
            seat(&attendee.browser, &cast.here).await.as_deref(),
            Some(name)
        );
    }
    cast.server.stop().await;
}

/// Everything that Linus has got hold of.
struct Held {
    /// Browsers with a facilitator's rights, by how they got them.
    browsers: Vec<(&'static str, Browser)>,
    /// A browser that has Ada's seat, by a resume code that he made for it.
    as_ada: Browser,
    sockets: Vec<(&'static str, Live)>,
    /// Resume codes that nobody has used.
    codes: Vec<(&'static str, String)>,
    /// The secret of an invitation that he made.
    invitation: String,
    /// Where the next piece of his upload belongs.
    piece: String,
}

impl Held {
    async fn by_linus(cast: &Cast) -> Self {
        let (here, linus) = (&cast.here, &cast.linus.browser);
        let first = resumed(cast, &own_code(linus, here).await).await;
        // The second browser hands the place on: there is no end to this chain.
        let second = resumed(cast, &own_code(&first, here).await).await;
        let for_ada = code_for(linus, here, cast.ada.seat()).await;
        let as_ada = resumed(cast, &for_ada).await;
        let upload = format!("/api/v1/codelabs/{}/uploads", cast.codelab);
        let file = json!({ "fileName": "starter.zip", "sizeBytes": 9 });
        let begun: Upload = linus.post(&upload, &file).await;
        let piece = format!("{upload}/{}", begun.id.0);
        let sent = send_piece(linus, &format!("{piece}?offset=0"), "begun").await;
        assert_eq!(sent, StatusCode::OK);
        let invitation = cast.linus.invitation().await;
        let sockets = vec![
            ("his", linus.live(here).await),
            (
                "his, before a word is said",
                Live::open(linus, here).await.expect("an upgrade"),
            ),
            ("of his other browser", first.live(here).await),
            ("as Ada", as_ada.live(here).await),
        ];
        Self {
            codes: vec![
                ("his own", own_code(linus, here).await),
                ("for Bob", code_for(linus, here, cast.bob.seat()).await),
                ("for Ada, used", for_ada),
            ],
            browsers: vec![
                ("by invitation", linus.clone()),
                ("by a resume code", first),
                ("by a resume code of that", second),
            ],
            as_ada,
            sockets,
            invitation,
            piece: format!("{piece}?offset=5"),
        }
    }

    async fn assert_works(&self, cast: &Cast) {
        for (how, browser) in &self.browsers {
            for path in ["/api/v1/facilitators".to_owned(), here(cast, "report")] {
                let status = browser.get_response(&path).await.status();
                assert_eq!(status, StatusCode::OK, "{how}: {path}");
            }
        }
        assert_eq!(seat(&self.as_ada, &cast.here).await.as_deref(), Some("Ada"));
    }

    async fn assert_closed(&mut self) {
        for (whose, live) in &mut self.sockets {
            let closed = tokio::time::timeout(PATIENCE, live.close_code()).await;
            assert_eq!(closed, Ok(4401), "{whose}");
        }
    }

    async fn assert_is_worthless(&self, cast: &Cast) {
        let document = Document::of(cast).await;
        for (how, browser) in &self.browsers {
            assert_no_facilitator(cast, (how, browser), &document).await;
            assert_eq!(seat(browser, &cast.here).await, None, "{how}");
            let mut live = Live::open(browser, &cast.here).await.expect("an upgrade");
            let closed = tokio::time::timeout(PATIENCE, live.close_code()).await;
            assert_eq!(closed, Ok(4401), "{how}");
        }
        assert_eq!(seat(&self.as_ada, &cast.here).await, None);
        for (what, code) in &self.codes {
            let resume = json!({ "resumeCode": code });
            let browser = cast.server.browser();
            let refused = browser.post_refused("/api/v1/seats/resume", &resume).await;
            assert_eq!(refused.code, ProblemCode::WrongResumeCode, "{what}");
        }
        let enter = json!({ "secret": self.invitation });
        let browser = cast.server.browser();
        let refused = browser
            .post_refused("/api/v1/facilitators/enter", &enter)
            .await;
        assert_eq!(refused.code, ProblemCode::WrongInvitation);
        let (_, linus) = &self.browsers[0];
        let late = send_piece(linus, &self.piece, "late").await;
        assert_eq!(late, StatusCode::UNAUTHORIZED);
        let path = format!("/api/v1/codelabs/{}/materials", cast.codelab);
        let listed: MaterialList = cast.grace.browser.get(&path).await;
        assert!(listed.uploads.is_empty() && listed.materials.is_empty());
    }
}

/// A removal ends the rights of a facilitator, and not what somebody is besides.
#[tokio::test]
async fn who_joined_first_stays_an_attendee() {
    let mut cast = Cast::gather().await;
    let secret = cast.grace.invitation().await;
    let bob = Facilitator::enter_with(cast.bob.browser.clone(), &secret, "Robert").await;
    assert_eq!(
        seat(&bob.browser, &cast.here).await.as_deref(),
        Some("Robert")
    );
    assert_eq!(
        remove(&cast.grace.browser, "Robert").await,
        StatusCode::NO_CONTENT
    );
    cast.server.restart().await;
    let document = Document::of(&cast).await;
    assert_no_facilitator(&cast, ("Bob", &bob.browser), &document).await;
    let snapshot: Snapshot = bob.browser.get(&here(&cast, "snapshot")).await;
    assert_eq!(snapshot.you.person.role, Role::Attendee);
    assert_eq!(&*snapshot.you.person.name, "Bob");
    cast.server.stop().await;
}

/// The machine's owner is who has opened the window or the terminal's link.
#[tokio::test]
async fn the_owners_rights_stay_and_unused_links_end_with_the_start() {
    let mut cast = Cast::gather().await;
    let handle = cast.server.server().handle();
    let terminal = handle.facilitator_urls();
    let unused = [handle.window_url(), handle.facilitator_urls().remove(0)];
    let second = Facilitator::enter(cast.server.browser(), &terminal[0]).await;
    assert_eq!(
        remove(&cast.linus.browser, "Grace").await,
        StatusCode::BAD_REQUEST
    );
    cast.server.restart().await;
    for owner in [&cast.grace, &second] {
        let list: FacilitatorList = owner.browser.get("/api/v1/facilitators").await;
        assert!(list.items.iter().any(|one| one.is_owner && one.is_you));
    }
    for link in unused.iter().chain([&terminal[0]]) {
        let enter = json!({ "secret": link.split_once('#').unwrap().1 });
        let browser = cast.server.browser();
        let refused = browser
            .post_refused("/api/v1/facilitators/enter", &enter)
            .await;
        assert_eq!(refused.code, ProblemCode::WrongInvitation);
    }
    cast.server.stop().await;
}

fn here(cast: &Cast, rest: &str) -> String {
    format!("/api/v1/workshops/{}/{rest}", cast.here)
}

/// Takes away the rights of the facilitator with a name.
async fn remove(by: &Browser, name: &str) -> StatusCode {
    let list: FacilitatorList = by.get("/api/v1/facilitators").await;
    let who = list.items.iter().find(|one| one.name == name);
    let path = format!("/api/v1/facilitators/{}", who.expect("a facilitator").id.0);
    by.request(Method::DELETE, &path, None::<&()>)
        .await
        .status()
}

/// A code with which somebody takes their own place to another browser.
async fn own_code(browser: &Browser, workshop: &str) -> String {
    let path = format!("/api/v1/workshops/{workshop}/seat/resume-code");
    let made: ResumeCode = browser.post(&path, &json!({})).await;
    made.resume_code
}

async fn code_for(facilitator: &Browser, workshop: &str, seat: u32) -> String {
    let path = format!("/api/v1/workshops/{workshop}/seats/{seat}/resume-code");
    let made: ResumeCode = facilitator.post(&path, &json!({})).await;
    made.resume_code
}

/// A fresh browser that goes on by a resume code.
async fn resumed(cast: &Cast, code: &str) -> Browser {
    let browser = cast.server.browser();
    let resume = json!({ "resumeCode": code });
    let _: Value = browser.post("/api/v1/seats/resume", &resume).await;
    browser
}

/// Whose seat a browser has; nothing if none.
async fn seat(browser: &Browser, workshop: &str) -> Option<String> {
    let path = format!("/api/v1/workshops/{workshop}/snapshot");
    let response = browser.get_response(&path).await;
    if response.status() == StatusCode::UNAUTHORIZED {
        return None;
    }
    let snapshot: Snapshot = response.json().await.expect("a snapshot");
    Some(snapshot.you.person.name.as_ref().to_owned())
}

async fn send_piece(browser: &Browser, path: &str, piece: &'static str) -> StatusCode {
    let request = browser.http().put(format!("{}{path}", browser.url));
    let request = request.header("origin", &browser.url).body(piece);
    request.send().await.expect("the server answers").status()
}
