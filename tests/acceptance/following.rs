//! Live workshops follow what is saved: everybody is told, nobody is moved, and
//! what people did stays done.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one thing and lets the others pass"
)]

use std::path::Path;

use domain::{CodelabId, FacilitatorId, StepId};
use protocol::{
    AgendaCodelab, CodelabDetail, CodelabRevised, CodelabSummary, EventBody, PreparedPolls,
    ProblemCode, Requirement, SavedRevision, SeatTimeline, ServerMessage, Snapshot, StepDetail,
    WorkshopReport, WorkshopSummary,
};
use reqwest::Method;
use serde_json::{Value, json};
use store::{NewCodelab, NewStep, Save, Saved, Store};
use tests::{Attendee, Facilitator, Live, TestServer};

const TEXT: &str = "# Tea\n\n## Water\nDuration: 3\n\nBoil it.\n\n## Leaves\n\nPut them in.\n\n\
    ## Cup\n\nPour it.\n";

struct Room {
    server: TestServer,
    grace: Facilitator,
    codelab: CodelabDetail,
    workshop: WorkshopSummary,
    ada: Attendee,
}

impl Room {
    async fn open() -> Self {
        let server = TestServer::start().await;
        let grace = server.facilitator().await;
        let wish = json!({ "title": "Tea", "source": TEXT });
        let codelab: CodelabDetail = grace.browser.post("/api/v1/codelabs/blank", &wish).await;
        let workshop = grace
            .start_workshop(std::slice::from_ref(&codelab.summary))
            .await;
        let ada = server.join(&grace, &workshop, "Ada").await;
        Self {
            server,
            grace,
            codelab,
            workshop,
            ada,
        }
    }

    async fn save(&self, base: u32, text: &str) -> SavedRevision {
        save(&self.grace, &self.codelab.summary, base, text).await
    }

    /// A command about a step of the codelab as it was.
    fn about(&self, kind: &str, step: usize) -> Value {
        let step = json!(self.codelab.steps[step].id);
        json!({ "type": kind, "codelab": self.codelab.summary.id, "step": step })
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/workshops/{}/{rest}", self.workshop.id.0)
    }

    async fn snapshot(&self) -> Snapshot {
        self.ada.browser.get(&self.path("snapshot")).await
    }
}

async fn save(who: &Facilitator, codelab: &CodelabSummary, base: u32, text: &str) -> SavedRevision {
    let path = format!("/api/v1/codelabs/{}/revisions", codelab.id.0);
    let body = json!({ "base": base, "source": text });
    who.browser.post(&path, &body).await
}

fn revised(event: &EventBody) -> Option<CodelabRevised> {
    match event {
        EventBody::CodelabRevised(revised) => Some(revised.clone()),
        _ => None,
    }
}

async fn told(live: &mut Live) -> CodelabRevised {
    live.event("the codelab was edited", revised).await
}

/// What a workshop's agenda says of the steps that were saved.
fn agrees(agenda: &AgendaCodelab, steps: &[StepDetail]) -> bool {
    let shown = agenda.steps.iter();
    let shown = shown.map(|step| (step.step, &*step.title, step.minutes, step.content));
    let saved = steps.iter();
    shown.eq(saved.map(|step| (step.id, &*step.title, step.minutes, step.content)))
}

#[tokio::test]
async fn everybody_is_told_what_was_saved() {
    let room = Room::open().await;
    let (mut ada, mut grace) = (room.ada.live().await, room.grace.live(&room.workshop).await);
    let text = TEXT.replace("# Tea", "# Green tea").replace("Boil", "Heat");
    let saved = room.save(1, &text).await;
    for live in [&mut ada, &mut grace] {
        let revised = told(live).await;
        assert_eq!((revised.revision, &*revised.title), (2, "Green tea"));
        let agenda = AgendaCodelab {
            codelab: revised.codelab,
            title: revised.title,
            guide: revised.guide,
            required: revised.required,
            steps: revised.steps,
        };
        assert!(agrees(&agenda, &saved.steps));
        assert_eq!(agenda.steps[0].step, room.codelab.steps[0].id);
        assert_ne!(agenda.steps[0].content, room.codelab.steps[0].content);
        assert_eq!(agenda.steps[1].content, room.codelab.steps[1].content);
    }
    // Who comes later is shown the same.
    let late = room.server.join(&room.grace, &room.workshop, "Bob").await;
    assert!(agrees(&late.joined.snapshot.agenda[0], &saved.steps));
    let page = saved.steps[0].content.0;
    let path = format!("/api/v1/contents/{page}");
    let page = late.browser.get_response(&path).await;
    assert!(page.text().await.expect("a page").contains("Heat it."));

    // What is only typed, and what says the same, is told to nobody.
    let path = format!("/api/v1/codelabs/{}/draft", room.codelab.summary.id.0);
    let draft = json!({ "base": 2, "source": "# Tea\n\n## Only typed" });
    let kept = room
        .grace
        .browser
        .request(Method::PUT, &path, Some(&draft))
        .await;
    assert!(kept.status().is_success());
    room.save(2, &text).await;
    room.save(2, TEXT).await;
    ada.event("the last of it", |event| {
        revised(event).filter(|revised| revised.revision == 3)
    })
    .await;
    let all = ada.events.iter().filter_map(|event| revised(&event.body));
    let all: Vec<_> = all.map(|revised| revised.revision).collect();
    assert_eq!(all, [2, 3], "nothing in between");
}

#[tokio::test]
async fn only_live_workshops_on_that_codelab_follow() {
    let room = Room::open().await;
    let ended = room
        .grace
        .start_workshop(std::slice::from_ref(&room.codelab.summary))
        .await;
    let eddy = room.server.join(&room.grace, &ended, "Eddy").await;
    let mut host = room.grace.live(&ended).await;
    host.do_it(json!({ "type": "end_workshop" })).await;
    let other = room.grace.codelab("Git from zero").await;
    let elsewhere = room.grace.start_workshop(&[other]).await;
    let before = room.grace.snapshot(&elsewhere).await;
    room.save(1, &TEXT.replace("Boil", "Heat")).await;
    let path = format!("/api/v1/workshops/{}/snapshot", ended.id.0);
    let read: Snapshot = eddy.browser.get(&path).await;
    assert!(agrees(&read.agenda[0], &room.codelab.steps), "as it was");
    assert_eq!(room.grace.snapshot(&elsewhere).await, before);
}

#[tokio::test]
async fn steps_go_and_come_back_and_nobody_is_moved() {
    let room = Room::open().await;
    let (mut ada, mut grace) = (room.ada.live().await, room.grace.live(&room.workshop).await);
    ada.do_it(room.about("complete_step", 0)).await;
    ada.do_it(room.about("enter_step", 1)).await;
    ada.do_it(room.about("complete_step", 1)).await;
    let mut help = room.about("raise_help", 1);
    help["message"] = json!("which leaves?");
    ada.do_it(help).await;
    let mut limit = json!({ "type": "limit_steps", "codelab": room.codelab.summary.id });
    limit["last"] = json!(room.codelab.steps[1].id);
    grace.do_it(limit).await;
    let before = room.snapshot().await.you.progress;

    let fewer = "# Tea\n\n## Water\nDuration: 3\n\nBoil it.\n\n## Pot\n\nWarm it up.\n\n\
        ## Lid\n\nPut it on.\n\n## Cup\n\nPour it.\n";
    let saved = room.save(1, fewer).await;
    assert_eq!(told(&mut ada).await.revision, 2);
    let now = room.snapshot().await;
    assert_eq!(
        now.you.progress, before,
        "nobody is moved, what is done stays done"
    );
    assert_eq!(
        now.step_limits[0].last, saved.steps[0].id,
        "what was left of the open steps"
    );
    let gone = ada.refused(room.about("complete_step", 1)).await;
    assert_eq!(gone.code, ProblemCode::UnknownStep);

    // Everything that reads the log still does.
    let report: WorkshopReport = room.grace.browser.get(&room.path("report")).await;
    let titles: Vec<_> = report.steps.iter().map(|step| &*step.title).collect();
    assert_eq!(titles, ["Water", "Pot", "Lid", "Cup"]);
    assert_eq!(report.people[0].steps_done, 1, "of the steps there are");
    let seat = room.ada.seat();
    let path = room.path(&format!("seats/{seat}/timeline"));
    let timeline: SeatTimeline = room.grace.browser.get(&path).await;
    assert_eq!(timeline.steps.len(), 2);
    for table in ["attendance.csv", "steps.csv"] {
        let path = room.path(&format!("report/{table}"));
        assert!(
            room.grace
                .browser
                .get_response(&path)
                .await
                .status()
                .is_success()
        );
    }
    let completed = grace.until("the pulse", |message| match message {
        ServerMessage::Pulse(pulse) => {
            let steps = pulse.codelabs[0].steps.iter();
            let done: Vec<_> = steps.map(|step| (step.step, step.completed)).collect();
            (!done.is_empty()).then_some(done)
        }
        _ => None,
    });
    assert_eq!(completed.await, [(saved.steps[0].id, 1)]);

    let back = room.save(2, TEXT).await;
    assert!(agrees(&room.snapshot().await.agenda[0], &back.steps));
    let ids = |steps: &[StepDetail]| steps.iter().map(|step| step.id).collect::<Vec<_>>();
    assert_eq!(
        ids(&back.steps),
        ids(&room.codelab.steps),
        "each is itself again"
    );
    let report: WorkshopReport = room.grace.browser.get(&room.path("report")).await;
    assert_eq!(report.people[0].steps_done, 2);
}

#[tokio::test]
async fn polls_are_offered_from_what_was_saved() {
    let room = Room::open().await;
    let path = room.path("prepared-polls");
    let none: PreparedPolls = room.grace.browser.get(&path).await;
    assert_eq!(none.items, []);
    let poll = "\n```poll\nHow is it?\n- Good\n- Bad\n```\n";
    let saved = room.save(1, &format!("{TEXT}{poll}")).await;
    let offered: PreparedPolls = room.grace.browser.get(&path).await;
    assert_eq!(offered.items.len(), 1);
    assert_eq!(offered.items[0].step, Some(saved.steps[2].id));

    let ready = "What do you bring?\n\n```poll\nReady?\n```\n\n## ";
    let text = format!("{TEXT}{poll}").replacen("## ", ready, 1);
    let saved = room.save(2, &text).await;
    let offered: PreparedPolls = room.grace.browser.get(&path).await;
    let asked: Vec<_> = offered
        .items
        .iter()
        .map(|poll| (poll.step, poll.form.question.as_str()))
        .collect();
    let expected = [(None, "Ready?"), (Some(saved.steps[2].id), "How is it?")];
    assert_eq!(asked, expected, "the guide's, with no step");
}

/// Saved, and killed before any room was told.
async fn save_behind_the_rooms(data_dir: &Path, id: CodelabId) {
    let store = Store::open(data_dir).await.expect("the data");
    let step = |number: u64, title: &str| NewStep {
        id: StepId::from_bits(number),
        title: title.to_owned(),
        minutes: None,
        markdown: "text".to_owned(),
        html: "<p>text</p>".to_owned(),
        polls: Vec::new(),
        quizzes: Vec::new(),
    };
    let owner = store
        .owner(
            FacilitatorId::from_bits(1),
            "Grace",
            domain::Timestamp::from_ms(1),
        )
        .await
        .expect("the owner");
    let new = NewCodelab {
        id,
        authored_id: None,
        title: "Coffee".to_owned(),
        summary: None,
        authors: None,
        language: None,
        feedback_link: None,
        categories: Vec::new(),
        tags: Vec::new(),
        source: "# Coffee".to_owned(),
        guide: None,
        required: Vec::new(),
        steps: vec![step(1, "Beans"), step(2, "Water")],
        files: Vec::new(),
        cover: None,
        now: domain::Timestamp::from_ms(2),
    };
    let save = Save {
        base: 1,
        by: owner.id,
        note: None,
        restored_from: None,
        ends_draft: true,
    };
    let saved = store.save_revision(new, &save).await.expect("it is saved");
    assert_eq!(saved, Some(Saved::New(2)));
    store.close().await;
}

#[tokio::test]
async fn a_room_that_was_not_told_catches_up_at_the_start() {
    let mut room = Room::open().await;
    let mut ada = room.ada.live().await;
    let seq = ada.do_it(room.about("enter_step", 0)).await.seq;
    let id = room.codelab.summary.id.0;
    let save = async |data_dir: &Path| save_behind_the_rooms(data_dir, id).await;
    room.server.restart_after(save).await;
    // Who comes back with what they had is told what they missed.
    let mut ada = room.ada.resume(seq).await;
    let revised = told(&mut ada).await;
    assert_eq!((revised.revision, &*revised.title), (2, "Coffee"));
    assert_eq!(room.snapshot().await.agenda[0].steps.len(), 2);
    // Told once, however often it starts.
    let head = room.snapshot().await.seq;
    room.server.restart().await;
    assert_eq!(room.snapshot().await.seq, head);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_that_begins_while_somebody_saves_has_the_newest() {
    let room = Room::open().await;
    for base in 1..6 {
        let text = format!("{TEXT}\nRevision {}.\n", base + 1);
        let codelabs = [room.codelab.summary.clone()];
        let (saved, workshop) =
            tokio::join!(room.save(base, &text), room.grace.start_workshop(&codelabs));
        let shown = room.grace.snapshot(&workshop).await;
        assert!(
            agrees(&shown.agenda[0], &saved.steps),
            "revision {}",
            base + 1
        );
    }
}

#[tokio::test]
async fn the_guide_is_there_before_the_first_step_and_follows_what_is_saved() {
    let room = Room::open().await;
    let mut ada = room.ada.live().await;
    assert_eq!(room.codelab.guide, None);
    let guided = TEXT.replace("# Tea\n", "# Tea\n\nBring a *kettle*. ![x](javascript:x)\n");
    let saved = room.save(1, &guided).await;
    let guided = told(&mut ada).await;
    let guide = guided.guide.expect("a guide");
    // It is no step: nobody is moved, and no step is another one.
    let steps: Vec<_> = guided.steps.iter().map(|step| step.step).collect();
    let before: Vec<_> = room.codelab.steps.iter().map(|step| step.id).collect();
    assert_eq!((steps, saved.steps.len()), (before, 3));
    let page = format!("/api/v1/contents/{}", guide.0);
    let page = room.ada.browser.get_response(&page).await;
    let page = page.text().await.expect("a page");
    assert!(
        page.contains("<em>kettle</em>") && !page.contains("javascript"),
        "{page}"
    );

    // Who comes later, the library, and a workshop that is opened again say the same.
    let late = room.server.join(&room.grace, &room.workshop, "Bob").await;
    assert_eq!(late.joined.snapshot.agenda[0].guide, Some(guide));
    let path = format!("/api/v1/codelabs/{}", room.codelab.summary.id.0);
    let detail: CodelabDetail = room.grace.browser.get(&path).await;
    assert_eq!(detail.guide, Some(guide));
    let found = "/api/v1/codelabs?search=kettle&limit=5";
    let found: Value = room.grace.browser.get(found).await;
    assert_eq!(found["items"][0]["found"]["position"], 0, "{found}");
    assert_eq!(
        found["items"][0]["found"]["excerpt"],
        "Bring a *kettle*. ![x](javascript:x)"
    );

    // Taken out, it is gone.
    room.save(2, TEXT).await;
    let third = |event: &EventBody| revised(event).filter(|revised| revised.revision == 3);
    let gone = ada.event("the guide was taken out", third).await;
    assert_eq!(gone.guide, None);
    assert_eq!(room.snapshot().await.agenda[0].guide, None);
}

#[tokio::test]
async fn what_is_required_is_told_with_the_codelab() {
    let room = Room::open().await;
    assert_eq!(room.snapshot().await.agenda[0].required, []);
    let mut ada = room.ada.live().await;
    let text = format!("---\nid: tea\nrequired: steps, submission, quiz\n---\n\n{TEXT}");
    room.save(1, &text).await;
    let expected = [Requirement::Quiz, Requirement::Submission];
    assert_eq!(told(&mut ada).await.required, expected);
    assert_eq!(room.snapshot().await.agenda[0].required, expected);
}
