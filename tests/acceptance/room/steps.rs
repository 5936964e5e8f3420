//! "Follow me", and steps that are not open yet.

use protocol::{EventBody, Lead, ProblemCode};
use serde_json::{Value, json};

use crate::people::Room;

fn take() -> Value {
    json!({ "type": "take_lead" })
}

fn release() -> Value {
    json!({ "type": "release_lead" })
}

fn follow(following: bool) -> Value {
    json!({ "type": "set_following", "following": following })
}

fn moved(event: &EventBody) -> Option<Lead> {
    match event {
        EventBody::LeadMoved(moved) => Some(moved.lead.clone()),
        _ => None,
    }
}

impl Room {
    fn limit(&self, step: Option<usize>) -> Value {
        let (codelab, _) = self.at(0);
        let mut limit = json!({ "type": "limit_steps", "codelab": codelab });
        if let Some(step) = step {
            limit["last"] = self.at(step).1;
        }
        limit
    }
}

#[tokio::test]
async fn the_room_follows_one_facilitator_at_a_time() {
    let (room, mut lives) = Room::open().await;
    assert_eq!(
        lives.ada.refused(take()).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.grace.do_it(room.about("enter_step", 1)).await;
    lives.grace.do_it(take()).await;
    let lead = room.seen_by(&room.ada).await.lead.unwrap();
    assert_eq!((lead.by.seat, json!(lead.step)), (1, room.at(1).1));
    lives.grace.do_it(room.about("enter_step", 2)).await;
    let lead = lives.ada.event("Grace goes on", moved).await;
    assert_eq!(json!(lead.step), room.at(2).1);

    assert_eq!(
        lives.linus.refused(release()).await.code,
        ProblemCode::NotLeading
    );
    lives.linus.do_it(take()).await;
    let taken = lives
        .bob
        .event("Linus takes over", |event| match event {
            EventBody::LeadTaken(taken) if &*taken.lead.by.name == "Linus" => {
                Some(taken.lead.clone())
            }
            _ => None,
        })
        .await;
    assert_eq!(taken.step, None, "Linus has opened no step yet");
    // Grace moves on, and nobody with her.
    let last = lives.grace.do_it(room.about("enter_step", 3)).await.seq;
    lives.linus.caught_up(last).await;
    assert_eq!(room.seen_by(&room.ada).await.lead.unwrap(), taken);
    assert_eq!(
        lives.grace.refused(release()).await.code,
        ProblemCode::NotLeading
    );
    lives.linus.do_it(release()).await;
    lives.linus.do_it(release()).await;
    lives
        .ada
        .event("nobody leads", |event| match event {
            EventBody::LeadReleased(released) => (&*released.by.name == "Linus").then_some(()),
            _ => None,
        })
        .await;
    assert_eq!(room.seen_by(&room.ada).await.lead, None);
    room.server.stop().await;
}

#[tokio::test]
async fn who_goes_their_own_way_is_known_to_facilitators() {
    let (room, mut lives) = Room::open().await;
    let ada = room.ada.seat();
    assert!(
        room.seen_by(&room.ada).await.you.following,
        "everybody follows at first"
    );
    let last = lives.ada.do_it(follow(false)).await.seq;
    assert_eq!(lives.ada.do_it(follow(false)).await.seq, last, "already so");
    lives
        .grace
        .event("Ada leaves the tour", |event| match event {
            EventBody::FollowingChanged(changed) if changed.seat == ada => {
                (!changed.following).then_some(())
            }
            _ => None,
        })
        .await;
    let roster = room
        .linus
        .snapshot(&room.workshop)
        .await
        .facilitation
        .unwrap()
        .roster;
    let alone = roster.iter().filter(|entry| !entry.following);
    assert_eq!(
        alone.map(|entry| entry.person.seat).collect::<Vec<_>>(),
        [ada]
    );
    lives.ada.do_it(follow(true)).await;
    assert!(room.seen_by(&room.ada).await.you.following);
    room.server.stop().await;
}

#[tokio::test]
async fn attendees_wait_at_a_locked_step_until_it_opens() {
    let (room, mut lives) = Room::open().await;
    let limit = room.limit(Some(1));
    assert_eq!(
        lives.ada.refused(limit.clone()).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.bob.do_it(room.about("enter_step", 4)).await;
    lives.grace.do_it(limit).await;
    lives
        .ada
        .event("the limit", |event| match event {
            EventBody::StepsLimited(limited) => limited.last,
            _ => None,
        })
        .await;
    lives.ada.do_it(room.about("enter_step", 1)).await;
    for command in ["enter_step", "complete_step"] {
        let refused = lives.ada.refused(room.about(command, 2)).await;
        assert_eq!(refused.code, ProblemCode::StepLocked);
    }
    let snapshot = room.seen_by(&room.bob).await;
    assert_eq!(json!(snapshot.step_limits[0].last), room.at(1).1);
    let stays = snapshot.you.progress[0].current;
    assert_eq!(
        json!(stays),
        room.at(4).1,
        "who was ahead is not pulled back"
    );
    lives.linus.do_it(room.about("enter_step", 5)).await;
    lives.linus.do_it(room.limit(None)).await;
    lives.ada.do_it(room.about("enter_step", 2)).await;
    assert!(room.seen_by(&room.ada).await.step_limits.is_empty());
    room.server.stop().await;
}

#[tokio::test]
async fn leading_ahead_opens_the_way() {
    let (room, mut lives) = Room::open().await;
    lives.grace.do_it(room.limit(Some(0))).await;
    lives.grace.do_it(take()).await;
    lives.grace.do_it(room.about("enter_step", 2)).await;
    let lead = lives.ada.event("Grace goes ahead", moved).await;
    let (codelab, step) = (json!(lead.codelab), json!(lead.step));
    lives
        .ada
        .do_it(json!({ "type": "enter_step", "codelab": codelab, "step": step }))
        .await;
    assert_eq!(
        lives.ada.refused(room.about("enter_step", 3)).await.code,
        ProblemCode::StepLocked
    );
    // Nor is it closed behind her while she leads.
    lives.grace.do_it(room.limit(Some(1))).await;
    let seen = room.seen_by(&room.ada).await;
    assert_eq!(Some(seen.step_limits[0].last), lead.step);
    room.server.stop().await;
}
