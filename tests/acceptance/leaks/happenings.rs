//! A workshop in which everything happens, while everybody listens.

use protocol::{
    AgendaQuizzes, CodelabSource, EventBody, Join, Joined, SavedRevision, ServerMessage,
};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Attendee, Live};
use uuid::Uuid;

use crate::{
    people::{Cast, Who},
    said::Said,
};

pub const PUBLIC: &str = "q1-said-to-all";
pub const ANNOUNCED: &str = "q2-announced";
pub const DELETED: &str = "q3-said-and-deleted";
pub const DELETED_DIRECT: &str = "q4-said-to-few-and-deleted";
pub const DIRECT_OF_ADA: &str = "q5-ada-to-facilitators";
pub const DIRECT_TO_ADA: &str = "q6-linus-to-ada";
pub const DIRECT_OF_BOB: &str = "q7-bob-to-facilitators";
pub const CODE_OF_BOB: &str = "q8-code-of-bob";
pub const DIRECT_OF_EDDY: &str = "q9-eddy-to-facilitators";
pub const HELP_OF_ADA: &str = "q10-ada-is-stuck";
pub const HELP_OF_BOB: &str = "q11-bob-is-stuck";
pub const HIDDEN_OF_ADA: &str = "q12-ada-answers";
pub const HIDDEN_OF_CLEO: &str = "q13-cleo-answers";
pub const RESET_OF_BOB: &str = "q14-bob-answers-before-the-reset";
pub const REVEALED_OF_BOB: &str = "q15-bob-answers-and-all-see-it";
pub const TIMER: &str = "q16-what-the-timer-is-for";
pub const DRAFT_OF_LINUS: &str = "q18-linus-types";
pub const SAVED: &str = "q19-saved-for-all-to-read";
pub const WHY: &str = "q20-why-it-is-right";
const LAST: &str = "q17-the-end-of-the-story";

/// The request of Ada that still waits, and the one of Bob that was helped.
pub const HELP_WAITING: u32 = 1;
pub const HELP_RESOLVED: u32 = 2;

/// The poll that everybody sees the result of.
const REVEALED: u32 = 3;

/// Everybody's connections.
struct Room {
    ada: Live,
    bob: Live,
    cleo: Live,
    grace: Live,
    linus: Live,
}

impl Room {
    async fn gather(cast: &Cast) -> Self {
        let listen = async |who| Live::recorded(&cast.of(who), &cast.here, None).await;
        Self {
            ada: listen(Who::Ada).await,
            bob: listen(Who::Bob).await,
            cleo: listen(Who::Cleo).await,
            grace: listen(Who::Grace).await,
            linus: listen(Who::Linus).await,
        }
    }
}

/// Plays it; what each was told meanwhile.
pub async fn everything(cast: &Cast) -> Vec<(Who, Said)> {
    let eddy = the_ended(cast).await;
    let mut room = Room::gather(cast).await;
    steps(cast, &mut room).await;
    talk(cast, &mut room).await;
    help(cast, &mut room).await;
    pace(cast, &mut room).await;
    polls(&mut room).await;
    writing(cast).await;
    quizzes(cast, &mut room).await;
    let late = Join {
        id: Uuid::new_v4(),
        name: "Late".to_owned(),
        code: Some(cast.codes[0].clone()),
    };
    let seats = format!("/api/v1/workshops/{}/seats", cast.here);
    let _: Joined = cast.server.browser().post(&seats, &late).await;
    for required in [false, true] {
        let command = json!({ "type": "require_join_code", "required": required });
        room.grace.do_it(command).await;
    }
    room.grace
        .do_it(json!({ "type": "announce", "text": LAST }))
        .await;
    let Room {
        ada,
        bob,
        cleo,
        grace,
        linus,
    } = room;
    let mut heard = Vec::new();
    for (who, mut live) in [
        (Who::Ada, ada),
        (Who::Bob, bob),
        (Who::Cleo, cleo),
        (Who::Grace, grace),
        (Who::Linus, linus),
    ] {
        live.event("the end of the story", |event| match event {
            EventBody::AnnouncementMade(made) => (&*made.message.text == LAST).then_some(()),
            _ => None,
        })
        .await;
        until_all_is_told(&mut live).await;
        let mut said = Said::default();
        said.add_frames(&live);
        heard.push((who, said));
    }
    heard.push((Who::Eddy, eddy));
    heard
}

/// Waits for what is told beside the log. Results come in the order of the
/// polls: who has the last has all that they will get.
pub async fn until_all_is_told(live: &mut Live) {
    live.until("the revealed result", |message| match message {
        ServerMessage::PollResult(result) => {
            (result.poll == REVEALED && result.people == 2).then_some(())
        }
        _ => None,
    })
    .await;
    until_pulse(live).await;
}

/// Waits for the pulse, which comes after what was missed.
pub async fn until_pulse(live: &mut Live) {
    live.until("the pulse", |message| {
        matches!(message, ServerMessage::Pulse(_)).then_some(())
    })
    .await;
}

/// A workshop that is over before the story begins.
async fn the_ended(cast: &Cast) -> Said {
    let mut eddy = Live::recorded(&cast.eddy.browser, &cast.ended, None).await;
    eddy.do_it(about("enter_step", &cast.eddy, 1)).await;
    eddy.do_it(direct(None, DIRECT_OF_EDDY)).await;
    let mut grace = cast.grace.browser.live(&cast.ended).await;
    grace.do_it(json!({ "type": "end_workshop" })).await;
    eddy.event("the end", |event| {
        matches!(event, EventBody::WorkshopEnded(_)).then_some(())
    })
    .await;
    let mut said = Said::default();
    said.add_frames(&eddy);
    said
}

fn about(kind: &str, whose: &Attendee, step: usize) -> Value {
    let (codelab, step) = whose.step(step);
    json!({ "type": kind, "codelab": codelab, "step": step })
}

fn direct(with: Option<u32>, text: &str) -> Value {
    match with {
        Some(seat) => json!({ "type": "post_direct_message", "with": seat, "text": text }),
        None => json!({ "type": "post_direct_message", "text": text }),
    }
}

async fn steps(cast: &Cast, room: &mut Room) {
    for kind in ["enter_step", "complete_step", "reopen_step"] {
        room.ada.do_it(about(kind, &cast.ada, 1)).await;
        room.cleo.do_it(about(kind, &cast.ada, 2)).await;
    }
}

/// The message that a command made: commands of the story come one by one.
async fn said(live: &mut Live, command: Value) -> u32 {
    let seq = live.do_it(command).await.seq;
    live.caught_up(seq).await;
    let made = live
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.body {
            EventBody::MessagePosted(posted) => Some(posted.message.id),
            EventBody::DirectMessagePosted(posted) => Some(posted.message.id),
            EventBody::AnnouncementMade(made) => Some(made.message.id),
            _ => None,
        });
    made.expect("a message")
}

async fn talk(cast: &Cast, room: &mut Room) {
    let public = json!({ "type": "post_message", "text": PUBLIC, "mentions": [1] });
    let public = said(&mut room.ada, public).await;
    let react = |message: u32| json!({ "type": "react", "message": message, "reaction": "heart", "on": true });
    room.bob.do_it(react(public)).await;
    let pin = json!({ "type": "pin_message", "message": public, "pinned": true });
    room.grace.do_it(pin).await;
    let announce = json!({ "type": "announce", "text": ANNOUNCED, "pinned": true });
    room.linus.do_it(announce).await;
    let gone = json!({ "type": "post_message", "text": format!("```\n{DELETED}\n```") });
    let gone = said(&mut room.bob, gone).await;
    room.bob
        .do_it(json!({ "type": "delete_message", "message": gone }))
        .await;

    let mut to_few = direct(None, DIRECT_OF_ADA);
    to_few["picture"] = json!(cast.picture);
    let to_few = said(&mut room.ada, to_few).await;
    let mut answer = direct(Some(cast.ada.seat()), DIRECT_TO_ADA);
    answer["replyTo"] = json!(to_few);
    room.linus.do_it(answer).await;
    room.grace.do_it(react(to_few)).await;
    let code = format!("{DIRECT_OF_BOB}\n```rust\n// {CODE_OF_BOB}\n```");
    room.bob.do_it(direct(None, &code)).await;
    let gone = said(&mut room.bob, direct(None, DELETED_DIRECT)).await;
    room.linus
        .do_it(json!({ "type": "delete_message", "message": gone }))
        .await;

    let bob = cast.bob.seat();
    room.grace
        .do_it(json!({ "type": "mute_seat", "seat": bob, "muted": true }))
        .await;
    room.grace
        .do_it(json!({ "type": "set_slow_mode", "seconds": 5 }))
        .await;
    room.bob
        .refused(json!({ "type": "post_message", "text": "muted" }))
        .await;
}

async fn help(cast: &Cast, room: &mut Room) {
    let mut raise = about("raise_help", &cast.ada, 1);
    raise["message"] = json!(HELP_OF_ADA);
    room.ada.do_it(raise).await;
    let raise = json!({ "type": "raise_help", "message": HELP_OF_BOB });
    room.bob.do_it(raise).await;
    room.cleo.do_it(json!({ "type": "raise_help" })).await;
    let command = |kind: &str, id: u32| json!({ "type": kind, "helpRequest": id });
    room.linus.do_it(command("claim_help", HELP_WAITING)).await;
    room.linus
        .do_it(command("hand_back_help", HELP_WAITING))
        .await;
    room.grace
        .do_it(command("resolve_help", HELP_RESOLVED))
        .await;
    room.cleo.do_it(command("withdraw_help", 3)).await;
    room.ada.refused(command("claim_help", HELP_WAITING)).await;
    room.ada
        .until("a place in the queue", |message| match message {
            ServerMessage::HelpPlace(place) => (place.waiting == 1).then_some(()),
            _ => None,
        })
        .await;
}

async fn pace(cast: &Cast, room: &mut Room) {
    room.grace.do_it(about("ask_pace", &cast.ada, 1)).await;
    let answer = |answer: &str| json!({ "type": "answer_pace", "pace": 1, "answer": answer });
    room.ada.do_it(answer("done")).await;
    room.bob.do_it(answer("stuck")).await;
    room.linus
        .do_it(json!({ "type": "close_pace", "pace": 1 }))
        .await;
    let timer = json!({ "type": "start_timer", "seconds": 60, "label": TIMER });
    room.grace.do_it(timer).await;
    room.linus.do_it(json!({ "type": "stop_timer" })).await;
    room.grace
        .do_it(json!({ "type": "schedule_end", "minutes": 60 }))
        .await;
    room.linus.do_it(json!({ "type": "schedule_end" })).await;
    room.linus.do_it(json!({ "type": "take_lead" })).await;
    room.linus.do_it(about("enter_step", &cast.ada, 3)).await;
    room.linus.do_it(json!({ "type": "release_lead" })).await;
    room.bob
        .do_it(json!({ "type": "set_following", "following": false }))
        .await;
    let mut limit = about("limit_steps", &cast.ada, 3);
    limit["last"] = limit["step"].take();
    limit.as_object_mut().expect("fields").remove("step");
    room.grace.do_it(limit).await;
}

/// Linus types in one codelab, and saves another, which workshops work through.
async fn writing(cast: &Cast) {
    let browser = &cast.linus.browser;
    let draft = json!({ "base": 1, "source": DRAFT_OF_LINUS });
    let path = format!("/api/v1/codelabs/{}/draft", cast.codelab);
    let kept = browser.request(Method::PUT, &path, Some(&draft)).await;
    assert!(kept.status().is_success());
    let codelab = cast.grace.codelab("Git from zero").await.id.0;
    let path = format!("/api/v1/codelabs/{codelab}");
    let text: CodelabSource = browser.get(&format!("{path}/source")).await;
    // The quiz stands in the first step: later ones are not open.
    let quiz = format!("```quiz\nWhich?\n- [ ] this\n- [x] that\n> {WHY}\n```");
    let (header, steps) = text.source.split_once("\n## ").expect("a step");
    let (title, steps) = steps.split_once('\n').expect("text in it");
    let text = format!("{header}\n## {title}\n\n{quiz}\n\n{steps}\n## {SAVED}\n");
    let save = json!({ "base": 1, "source": text });
    let _: SavedRevision = browser.post(&format!("{path}/revisions"), &save).await;
}

/// Ada finds out what is right and is told why; Bob does not.
async fn quizzes(cast: &Cast, room: &mut Room) {
    let path = format!("/api/v1/workshops/{}/quizzes", cast.here);
    let quizzes: AgendaQuizzes = cast.grace.browser.get(&path).await;
    let asked = quizzes.items.first().expect("the quiz that was saved");
    let answer = |choice: u8| {
        json!({
            "type": "answer_quiz", "codelab": asked.codelab, "step": asked.step,
            "quiz": asked.quiz.quiz, "choices": [choice],
        })
    };
    room.bob.do_it(answer(0)).await;
    room.ada.do_it(answer(0)).await;
    room.ada.do_it(answer(1)).await;
    room.linus.refused(answer(1)).await;
}

async fn polls(room: &mut Room) {
    let open = json!({ "type": "open_poll", "form": { "question": "How?", "kind": "text" } });
    let answer = |poll: u32, text: &str| json!({ "type": "answer_poll", "poll": poll, "answer": { "text": text } });
    let told = |poll: u32, people: u32| {
        move |message: &ServerMessage| match message {
            ServerMessage::PollResult(r) => (r.poll == poll && r.people == people).then_some(()),
            _ => None,
        }
    };
    // One that stays hidden.
    room.grace.do_it(open.clone()).await;
    room.ada.do_it(answer(1, HIDDEN_OF_ADA)).await;
    room.cleo.do_it(answer(1, HIDDEN_OF_CLEO)).await;
    // One that is reset when facilitators have seen what came of it.
    room.linus.do_it(open.clone()).await;
    room.bob.do_it(answer(2, RESET_OF_BOB)).await;
    room.grace
        .until("the result before the reset", told(2, 1))
        .await;
    room.linus
        .until("the result before the reset", told(2, 1))
        .await;
    room.linus
        .do_it(json!({ "type": "reset_poll", "poll": 2 }))
        .await;
    // One that everybody sees.
    room.grace.do_it(open).await;
    room.bob.do_it(answer(REVEALED, REVEALED_OF_BOB)).await;
    room.ada.do_it(answer(REVEALED, "fine")).await;
    room.linus
        .do_it(json!({ "type": "close_poll", "poll": REVEALED }))
        .await;
    let reveal = json!({ "type": "reveal_poll", "poll": REVEALED, "revealed": true });
    room.linus.do_it(reveal).await;
}
