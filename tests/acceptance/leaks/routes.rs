//! Every address, asked for by everybody.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Browser, picture};

use crate::{
    document::Document,
    happenings::{HELP_RESOLVED, HELP_WAITING},
    people::{Cast, Who},
    said::Said,
};

/// Who is let in.
#[derive(Clone, Copy, Debug)]
enum Door {
    /// Everybody.
    Open,
    /// Nobody here: the code or the secret is missing or wrong.
    Shut,
    /// Nobody either, and who has no seat is not even heard.
    ShutSeat,
    /// Who has a seat in the workshop.
    Seat,
    /// Who facilitates it.
    Running,
    /// Who has facilitator rights on this machine.
    Machine,
    /// Facilitators, and this attendee.
    With(Who),
    /// This attendee alone.
    Own(Who),
}

impl Door {
    /// The status with which somebody must be refused; nothing if they are let in.
    fn refuses(self, who: Who, has_seat: bool) -> Option<u16> {
        let unless = |allowed: bool| (!allowed).then_some(403);
        match self {
            Self::Open => None,
            Self::Shut => Some(403),
            Self::Machine if who == Who::Nobody => Some(401),
            Self::Machine => unless(who.facilitates()),
            _ if !has_seat => Some(401),
            Self::ShutSeat => Some(403),
            Self::Seat => None,
            Self::Running => unless(who.facilitates()),
            Self::With(whose) => unless(who.facilitates() || who == whose),
            Self::Own(whose) => unless(who == whose),
        }
    }
}

enum Body {
    None,
    Json(Value),
    Picture,
}

struct Ask {
    path: String,
    body: Body,
    door: Door,
}

/// Whom each facilitator invites.
pub const INVITED: &str = "Nina Invited";

/// An operation of the document, and what to ask it.
pub struct Route {
    pub operation: &'static str,
    asks: fn(&Cast) -> Vec<Ask>,
}

fn get(path: impl Into<String>, door: Door) -> Vec<Ask> {
    vec![ask(path, Body::None, door)]
}

fn ask(path: impl Into<String>, body: Body, door: Door) -> Ask {
    Ask {
        path: path.into(),
        body,
        door,
    }
}

fn post(path: impl Into<String>, body: Value, door: Door) -> Vec<Ask> {
    vec![ask(path, Body::Json(body), door)]
}

/// An address of the workshop that the story is about.
fn here(cast: &Cast, rest: &str) -> String {
    format!("/workshops/{}/{rest}", cast.here)
}

/// The same address of each workshop.
fn everywhere(cast: &Cast, rest: &str, door: Door) -> Vec<Ask> {
    let ids = [&cast.here, &cast.other, &cast.ended];
    let path = |id: &&String| format!("/workshops/{id}/{rest}");
    ids.iter()
        .map(|id| ask(path(id), Body::None, door))
        .collect()
}

macro_rules! routes {
    ($($operation:ident: $asks:expr;)+) => {
        /// All of them; what changes the most comes last.
        pub const ROUTES: &[Route] = &[
            $(Route { operation: stringify!($operation), asks: $asks }),+
        ];
    };
}

routes! {
    health: |_| get("/health", Door::Open);
    disk: |_| get("/disk", Door::Machine);
    damage: |_| get("/damage", Door::Machine);
    dismiss_damage: |_| get("/damage", Door::Machine);
    entrance: |_| [get("/entrance", Door::Open), get("/entrance?code=AAAAAA", Door::Open)].into_iter().flatten().collect();
    content: |cast| {
        let step = &cast.ada.joined.snapshot.agenda[0].steps[0];
        get(format!("/contents/{}", step.content.0), Door::Open)
    };
    // Who may not see it is told that there is none.
    file: |cast| get(format!("/files/{}", cast.picture), Door::Open);
    list_codelabs: |_| get("/codelabs", Door::Machine);
    show: |cast| get(format!("/codelabs/{}", cast.codelab), Door::Machine);
    start_import: |_| get("/imports", Door::Machine);
    import_progress: |_| get("/imports/unknown", Door::Machine);
    take_import: |_| post("/imports/unknown/take", json!({ "codelabs": [] }), Door::Machine);
    cancel_import: |_| get("/imports/unknown", Door::Machine);
    export_codelab: |cast| ["html", "bundle", "print"].iter().flat_map(|format| {
        get(format!("/codelabs/{}/export?format={format}", cast.codelab), Door::Machine)
    }).collect();
    import_upload: |_| get("/codelabs", Door::Machine);
    remove: |cast| get(format!("/codelabs/{}", cast.codelab), Door::Machine);
    restore: |cast| get(format!("/codelabs/{}/restore", cast.codelab), Door::Machine);
    archive: |cast| get(format!("/codelabs/{}/archive", cast.codelab), Door::Machine);
    unarchive: |cast| get(format!("/codelabs/{}/unarchive", cast.codelab), Door::Machine);
    list_tags: |_| get("/tags", Door::Machine);
    // Refused for what is asked, after who asks was let in.
    begin_codelab: |_| post("/codelabs/blank", json!({ "title": "" }), Door::Machine);
    duplicate_codelab: |cast| {
        let title = json!({ "title": "" });
        post(format!("/codelabs/{}/duplicate", cast.codelab), title, Door::Machine)
    };
    codelab_source: |cast| get(format!("/codelabs/{}/source", cast.codelab), Door::Machine);
    keep_draft: |cast| {
        let draft = json!({ "base": 0, "source": "" });
        post(format!("/codelabs/{}/draft", cast.codelab), draft, Door::Machine)
    };
    discard_draft: |cast| get(format!("/codelabs/{}/draft", cast.codelab), Door::Machine);
    preview_codelab: |cast| {
        let text = json!({ "source": "" });
        post(format!("/codelabs/{}/preview", cast.codelab), text, Door::Machine)
    };
    add_codelab_file: |cast| get(format!("/codelabs/{}/files", cast.codelab), Door::Machine);
    list_revisions: |cast| get(format!("/codelabs/{}/revisions", cast.codelab), Door::Machine);
    show_revision: |cast| get(format!("/codelabs/{}/revisions/1", cast.codelab), Door::Machine);
    save_revision: |cast| {
        let text = json!({ "base": 1, "source": "" });
        post(format!("/codelabs/{}/revisions", cast.codelab), text, Door::Machine)
    };
    restore_revision: |cast| {
        get(format!("/codelabs/{}/revisions/1/restore", cast.codelab), Door::Machine)
    };
    remote_images: |cast| get(format!("/codelabs/{}/remote-images", cast.codelab), Door::Machine);
    // Refused for what is asked: the codelab shows none.
    download_remote_images: |cast| {
        post(format!("/codelabs/{}/remote-images", cast.codelab), json!({}), Door::Machine)
    };
    image_download: |_| get("/image-downloads/unknown", Door::Machine);
    cancel_image_download: |_| get("/image-downloads/unknown", Door::Machine);
    codelab_materials: |cast| get(format!("/codelabs/{}/materials", cast.codelab), Door::Machine);
    add_link: |cast| {
        let link = json!({ "title": "", "url": "" });
        post(format!("/codelabs/{}/materials", cast.codelab), link, Door::Machine)
    };
    codelab_material: |cast| get(format!("/codelabs/{}/materials/0000000000000", cast.codelab), Door::Machine);
    rename_material: |cast| {
        let title = json!({ "title": "" });
        post(format!("/codelabs/{}/materials/0000000000000", cast.codelab), title, Door::Machine)
    };
    remove_material: |cast| get(format!("/codelabs/{}/materials/0000000000000", cast.codelab), Door::Machine);
    restore_material: |cast| {
        get(format!("/codelabs/{}/materials/0000000000000/restore", cast.codelab), Door::Machine)
    };
    begin_upload: |cast| {
        let file = json!({ "fileName": "", "sizeBytes": 0 });
        post(format!("/codelabs/{}/uploads", cast.codelab), file, Door::Machine)
    };
    send_piece: |cast| get(format!("/codelabs/{}/uploads/0000000000000?offset=0", cast.codelab), Door::Machine);
    give_upload_up: |cast| get(format!("/codelabs/{}/uploads/0000000000000", cast.codelab), Door::Machine);
    workshop_materials: |cast| everywhere(cast, "materials", Door::Seat);
    workshop_material: |cast| everywhere(cast, "materials/0000000000000", Door::Seat);
    list_workshops: |_| get("/workshops", Door::Machine);
    start: |_| post("/workshops", json!({ "codelabs": [] }), Door::Machine);
    rename: |_| post("/facilitators/me", json!({ "name": "" }), Door::Machine);
    enter: |_| post("/facilitators/enter", json!({ "secret": "guess" }), Door::Shut);
    list_facilitators: |_| get("/facilitators", Door::Machine);
    // The owner, who stays, whoever asks.
    remove_facilitator: |cast| get(format!("/facilitators/{}", cast.owner), Door::Machine);
    invite: |_| post("/invitations", json!({ "name": INVITED }), Door::Machine);
    list_invitations: |_| get("/invitations", Door::Machine);
    revoke: |cast| get(format!("/invitations/{}", cast.invitation), Door::Machine);
    resume: |_| post("/seats/resume", json!({ "resumeCode": "AAAA-AAAA-AAAA" }), Door::Shut);
    join: |cast| {
        let join = json!({ "id": uuid::Uuid::new_v4(), "name": "Mallory", "code": "AAAAAA" });
        post(here(cast, "seats"), join, Door::Shut)
    };
    snapshot: |cast| everywhere(cast, "snapshot", Door::Seat);
    report: |cast| everywhere(cast, "report", Door::Running);
    attendance_csv: |cast| everywhere(cast, "report/attendance.csv", Door::Running);
    feedback_csv: |cast| everywhere(cast, "report/feedback.csv", Door::Running);
    submissions_csv: |cast| everywhere(cast, "report/submissions.csv", Door::Running);
    submitted_file: |cast| everywhere(cast, "submissions/1/file", Door::Running);
    steps_csv: |cast| everywhere(cast, "report/steps.csv", Door::Running);
    quizzes_csv: |cast| everywhere(cast, "report/quizzes.csv", Door::Running);
    events: |cast| everywhere(cast, "events", Door::Running);
    lobby: |cast| everywhere(cast, "lobby", Door::Running);
    qr: |cast| everywhere(cast, "qr.svg?host=127.0.0.1", Door::Running);
    messages: |cast| {
        let mut asks = everywhere(cast, "messages", Door::Seat);
        for who in [Who::Ada, Who::Bob, Who::Cleo] {
            let seat = cast.seat(who).unwrap_or_default();
            asks.extend(get(here(cast, &format!("messages?with={seat}")), Door::With(who)));
        }
        let seat = cast.eddy.seat();
        let ended = format!("/workshops/{}/messages?with={seat}", cast.ended);
        asks.extend(get(ended, Door::With(Who::Eddy)));
        asks.extend(get(here(cast, "messages?with=1"), Door::Running));
        asks
    };
    live: |_| Vec::new();
    renew_own_resume_code: |cast| get(here(cast, "seat/resume-code"), Door::Seat);
    renew_resume_code: |cast| {
        let seat = cast.ada.seat();
        get(here(cast, &format!("seats/{seat}/resume-code")), Door::Running)
    };
    resume_qr: |cast| {
        let wish = json!({ "resumeCode": "AAAA-AAAA-AAAA" });
        post(here(cast, "seat/resume-qr"), wish, Door::ShutSeat)
    };
    agenda_quizzes: |cast| everywhere(cast, "quizzes", Door::Running);
    prepared_polls: |cast| everywhere(cast, "prepared-polls", Door::Running);
    export_messages_csv: |cast| everywhere(cast, "export/messages.csv", Door::Running);
    export_messages_markdown: |cast| everywhere(cast, "export/messages.md", Door::Running);
    export_messages_text: |cast| everywhere(cast, "export/messages.txt", Door::Running);
    timeline: |cast| {
        let seat = cast.ada.seat();
        get(here(cast, &format!("seats/{seat}/timeline")), Door::Running)
    };
    upload_picture: |cast| vec![ask(here(cast, "pictures"), Body::Picture, Door::Seat)];
    post_message: |cast| post(here(cast, "messages"), json!({ "text": " " }), Door::Seat);
    announce: |cast| post(here(cast, "announcements"), json!({ "text": "hear" }), Door::Running);
    raise: |cast| post(here(cast, "help-requests"), json!({}), Door::Seat);
    claim: |cast| get(here(cast, &format!("help-requests/{HELP_WAITING}/claim")), Door::Running);
    hand_back: |cast| {
        get(here(cast, &format!("help-requests/{HELP_WAITING}/hand-back")), Door::Running)
    };
    resolve: |cast| {
        get(here(cast, &format!("help-requests/{HELP_RESOLVED}/resolve")), Door::Running)
    };
    withdraw: |cast| {
        let path = here(cast, &format!("help-requests/{HELP_RESOLVED}/withdraw"));
        get(path, Door::Own(Who::Bob))
    };
    require_join_code: |cast| {
        post(here(cast, "join-code-requirement"), json!({ "required": true }), Door::Running)
    };
    accept_damage: |cast| get(here(cast, "accept-damage"), Door::Machine);
    schedule_end: |cast| post(here(cast, "planned-end"), json!({}), Door::Running);
    end: |cast| get(format!("/workshops/{}/end", cast.ended), Door::Running);
}

/// Asks for everything as somebody: what they were told. Who must be refused is.
pub async fn walk(cast: &Cast, who: Who, document: &Document) -> Said {
    let browser = cast.of(who);
    let mut said = Said::default();
    for route in ROUTES {
        let (method, template) = document.place(route.operation);
        for ask in (route.asks)(cast) {
            let path = format!("/api/v1{}", ask.path);
            assert_fits(template, &path);
            let response = send(&browser, method, &path, ask.body).await;
            let status = response.status().as_u16();
            let workshops = who.workshops(cast);
            let has_seat = workshops.iter().any(|id| path.contains(id.as_str()));
            let what = format!("{who:?}: {method} {path}");
            match ask.door.refuses(who, has_seat) {
                Some(expected) => assert_eq!(status, expected, "{what}"),
                None => assert!(![401, 403].contains(&status), "{what} is refused: {status}"),
            }
            let documented = document.documents(route.operation, status);
            assert!(documented, "{what}: {status} is not documented");
            said.add_response(&what, response).await;
        }
    }
    said
}

/// Asks for everything that is for facilitators with a browser that must not have
/// any rights of one: nothing is told and nothing is done.
pub async fn assert_no_facilitator(
    cast: &Cast,
    (whose, browser): (&str, &Browser),
    document: &Document,
) {
    for route in ROUTES {
        let (method, _) = document.place(route.operation);
        for ask in (route.asks)(cast) {
            if !matches!(ask.door, Door::Machine | Door::Running) {
                continue;
            }
            let path = format!("/api/v1{}", ask.path);
            let response = send(browser, method, &path, ask.body).await;
            let status = response.status().as_u16();
            assert!(
                [401, 403].contains(&status),
                "{whose}: {method} {path}: {status}"
            );
        }
    }
}

async fn send(browser: &Browser, method: &str, path: &str, body: Body) -> reqwest::Response {
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
    let url = format!("{}{path}", browser.url);
    let request = browser
        .http()
        .request(method, url)
        .header("origin", &browser.url);
    let request = match body {
        Body::None => request,
        Body::Json(json) => request.json(&json),
        Body::Picture => request.body(picture("walk")),
    };
    request.send().await.expect("the server answers")
}

/// The path is one of the operation's.
fn assert_fits(template: &str, path: &str) {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |(part, given): (&str, &str)| part.starts_with('{') || part == given;
    let parts = template.split('/').zip(path.split('/'));
    let same_length = template.split('/').count() == path.split('/').count();
    assert!(
        same_length && parts.into_iter().all(fits),
        "{path} is not {template}"
    );
}
