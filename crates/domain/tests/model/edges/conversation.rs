//! Chat, direct messages, reactions, pins, mute and slow mode.

use domain::{
    AnnouncementText, ContentHash, MessageId, MessageText, SeatId, Timestamp,
    workshop::{
        Command, Event, MENTIONS, MessageBody, MessageKind, PINNED, Picture, Reaction, Rejection,
        WorkshopState,
    },
};

use crate::room::{ADA, BOB, EVE, GRACE, LINUS, Room};

fn body(text: &str) -> MessageBody {
    MessageBody::text(MessageText::parse(text).unwrap())
}

fn say(text: &str) -> Command {
    Command::PostMessage(body(text))
}

fn answer(to: u32) -> Command {
    let mut body = body("about that");
    body.reply_to = Some(MessageId::new(to));
    Command::PostMessage(body)
}

fn calling(whom: &[SeatId]) -> Command {
    let mut body = body("hey");
    body.mentions = whom.into();
    Command::PostMessage(body)
}

fn direct(with: Option<SeatId>, text: &str) -> Command {
    Command::PostDirectMessage {
        with,
        message: body(text),
    }
}

fn react(message: u32, on: bool) -> Command {
    Command::React {
        message: MessageId::new(message),
        reaction: Reaction::Heart,
        on,
    }
}

fn pin(message: u32, pinned: bool) -> Command {
    Command::PinMessage {
        message: MessageId::new(message),
        pinned,
    }
}

fn delete(message: u32) -> Command {
    Command::DeleteMessage(MessageId::new(message))
}

fn mute(seat: SeatId, muted: bool) -> Command {
    Command::MuteSeat { seat, muted }
}

fn announce(pinned: bool) -> Command {
    Command::Announce {
        text: AnnouncementText::parse("Lunch").unwrap(),
        pinned,
    }
}

#[test]
fn a_message_is_a_text_a_picture_or_both() {
    let picture = Picture {
        file: ContentHash::from_bytes([1; 32]),
        width: 3,
        height: 4,
    };
    assert_eq!(MessageBody::of(None, None), None);
    let alone = MessageBody::of(None, Some(picture)).unwrap();
    assert_eq!((alone.as_str(), alone.picture()), ("", Some(picture)));
}

#[test]
fn an_attendees_direct_message_goes_to_the_facilitators() {
    let mut room = Room::with_people();
    for with in [None, Some(ADA)] {
        room.act(ADA, direct(with, "psst"));
        let message = room.state.messages().last().unwrap();
        assert_eq!(message.kind, MessageKind::Direct { with: ADA });
    }
    for with in [BOB, GRACE] {
        let refused = room.refused(ADA, direct(Some(with), "psst"));
        assert_eq!(refused, Rejection::NotAFacilitator);
    }
}

#[test]
fn a_facilitators_direct_message_needs_an_attendee() {
    let mut room = Room::with_people();
    room.act(LINUS, direct(Some(BOB), "well done"));
    let refused = |with| room.refused(GRACE, direct(with, "psst"));
    assert_eq!(refused(None), Rejection::NotAnAttendee(GRACE));
    assert_eq!(refused(Some(LINUS)), Rejection::NotAnAttendee(LINUS));
    let nobody = SeatId::new(99);
    assert_eq!(refused(Some(nobody)), Rejection::UnknownSeat(nobody));
}

#[test]
fn what_a_seat_may_not_see_does_not_exist_for_it() {
    let mut room = Room::with_people();
    room.act(ADA, direct(None, "secret"));
    let unknown = Rejection::UnknownMessage(MessageId::new(1));
    for command in [react(1, true), delete(1), answer(1)] {
        assert_eq!(room.refused(BOB, command), unknown);
    }
    // For those who see it, it exists.
    room.act(LINUS, react(1, true));
    room.act(ADA, react(1, true));
}

#[test]
fn an_answer_stays_where_its_question_stands() {
    let mut room = Room::with_people();
    room.act(ADA, direct(None, "secret"));
    room.act(BOB, say("hello"));
    let unknown = |id| Rejection::UnknownMessage(MessageId::new(id));
    // In the chat, to a direct message: not even by who may see it.
    assert_eq!(room.refused(ADA, answer(1)), unknown(1));
    assert_eq!(room.refused(GRACE, answer(1)), unknown(1));
    let mut elsewhere = body("no");
    for (to, with) in [(2, BOB), (1, BOB), (7, ADA)] {
        elsewhere.reply_to = Some(MessageId::new(to));
        let command = Command::PostDirectMessage {
            with: Some(with),
            message: elsewhere.clone(),
        };
        assert_eq!(room.refused(GRACE, command), unknown(to));
    }
    room.act(EVE, answer(2));
}

#[test]
fn an_attendee_calls_only_who_is_known_by_name() {
    let mut room = Room::with_people();
    room.act(BOB, say("hello"));
    room.act(EVE, direct(None, "not to all"));
    let nobody = SeatId::new(99);
    room.act(ADA, calling(&[EVE, nobody, LINUS, BOB, GRACE, BOB]));
    let called = &room.state.messages().last().unwrap().mentions;
    assert_eq!(**called, [GRACE, LINUS, BOB]);
    room.act(GRACE, calling(&[EVE, nobody]));
    assert_eq!(*room.state.messages().last().unwrap().mentions, [EVE]);
}

#[test]
fn a_message_calls_twenty_people_at_most() {
    let mut room = Room::with_people();
    for n in 0..30 {
        let events = domain::workshop::admit(&room.state, crate::room::attendee(&format!("P{n}")));
        room.record(events.unwrap());
    }
    let everybody: Vec<SeatId> = room.state.seats().iter().map(|seat| seat.id).collect();
    room.act(GRACE, calling(&everybody));
    assert_eq!(room.state.messages()[0].mentions.len(), MENTIONS);
}

#[test]
fn a_direct_message_calls_nobody() {
    let mut room = Room::with_people();
    let mut message = body("hey");
    message.mentions = [BOB].into();
    let with = Some(ADA);
    room.act(GRACE, Command::PostDirectMessage { with, message });
    assert!(room.state.messages()[0].mentions.is_empty());
}

#[test]
fn one_takes_back_ones_own_and_a_facilitator_any() {
    let mut room = Room::with_people();
    room.act(ADA, say("oops"));
    room.act(ADA, say("oh no"));
    room.act(GRACE, announce(false));
    let not_yours = |id| Rejection::NotYourMessage(MessageId::new(id));
    assert_eq!(room.refused(BOB, delete(1)), not_yours(1));
    assert_eq!(room.refused(ADA, delete(3)), not_yours(3));
    room.act(ADA, delete(1));
    room.act(LINUS, delete(2));
    room.act(LINUS, delete(3));
    assert_eq!(room.act(GRACE, delete(1)), [], "it is gone already");
    assert_eq!(
        room.state.message(MessageId::new(1)).unwrap().deleted_by,
        Some(ADA)
    );
}

#[test]
fn what_is_deleted_holds_nothing_and_takes_nothing() {
    let mut room = Room::with_people();
    let picture = Picture {
        file: ContentHash::from_bytes([1; 32]),
        width: 3,
        height: 4,
    };
    let mut all = body("words").with_picture(picture);
    all.mentions = [GRACE].into();
    room.act(ADA, Command::PostMessage(all));
    room.act(BOB, react(1, true));
    room.act(GRACE, pin(1, true));
    room.act(ADA, delete(1));
    let message = room.state.message(MessageId::new(1)).unwrap();
    assert!(message.text.is_empty() && message.mentions.is_empty());
    assert!(message.reactions.is_empty() && message.picture.is_none() && !message.pinned);
    let deleted = Rejection::MessageDeleted(MessageId::new(1));
    assert_eq!(room.refused(BOB, react(1, true)), deleted);
    assert_eq!(room.refused(BOB, react(1, false)), deleted);
    assert_eq!(room.refused(GRACE, pin(1, true)), deleted);
    assert_eq!(room.act(GRACE, pin(1, false)), []);
    // It can still be answered: its place stays.
    room.act(BOB, answer(1));
}

#[test]
fn five_messages_are_pinned_and_no_direct_one() {
    let mut room = Room::with_people();
    for _ in 0..=PINNED {
        room.act(ADA, say("keep this"));
    }
    for id in 1..=5 {
        room.act(GRACE, pin(id, true));
    }
    let full = Rejection::TooManyPinned { max: PINNED };
    assert_eq!(room.refused(GRACE, pin(6, true)), full);
    assert_eq!(room.refused(GRACE, announce(true)), full, "pinned at once");
    assert_eq!(room.state.messages().len(), 6, "and then not made either");
    assert_eq!(room.act(LINUS, pin(5, true)), [], "is pinned already");
    room.act(LINUS, pin(3, false));
    room.act(GRACE, announce(true));
    assert!(room.state.messages().last().unwrap().pinned);
    room.act(ADA, direct(None, "secret"));
    let direct = Rejection::DirectMessage(MessageId::new(8));
    assert_eq!(room.refused(GRACE, pin(8, true)), direct);
    assert_eq!(room.refused(ADA, pin(1, false)), Rejection::NotAFacilitator);
}

#[test]
fn a_reaction_counts_each_person_once() {
    let mut room = Room::with_people();
    room.act(ADA, say("done"));
    assert_eq!(
        room.act(BOB, react(1, false)),
        [],
        "there is none to take back"
    );
    room.act(BOB, react(1, true));
    assert_eq!(room.act(BOB, react(1, true)), []);
    room.act(ADA, react(1, true));
    let message = &room.state.messages()[0];
    assert_eq!(message.reactions[&Reaction::Heart], [ADA, BOB].into());
    room.act(BOB, react(1, false));
    room.act(ADA, react(1, false));
    assert!(room.state.messages()[0].reactions.is_empty());
}

#[test]
fn who_is_muted_neither_writes_nor_reacts_but_is_heard_in_private() {
    let mut room = Room::with_people();
    room.act(ADA, say("spam"));
    room.act(ADA, react(1, true));
    room.act(GRACE, mute(ADA, true));
    assert_eq!(room.act(LINUS, mute(ADA, true)), []);
    assert_eq!(room.refused(ADA, say("more")), Rejection::Muted);
    assert_eq!(
        room.refused(
            ADA,
            Command::React {
                message: MessageId::new(1),
                reaction: Reaction::Party,
                on: true,
            }
        ),
        Rejection::Muted
    );
    room.act(ADA, react(1, false));
    room.act(ADA, delete(1));
    room.act(ADA, direct(None, "why?"));
    let at = None;
    room.act(ADA, Command::RaiseHelp { at, message: None });
    room.act(LINUS, mute(ADA, false));
    room.act(ADA, say("sorry"));
}

#[test]
fn only_attendees_are_muted() {
    let room = Room::with_people();
    assert_eq!(
        room.refused(GRACE, mute(LINUS, true)),
        Rejection::NotAnAttendee(LINUS)
    );
    assert_eq!(
        room.refused(GRACE, mute(GRACE, true)),
        Rejection::NotAnAttendee(GRACE)
    );
    assert_eq!(
        room.refused(ADA, mute(BOB, true)),
        Rejection::NotAFacilitator
    );
}

#[test]
fn slow_mode_counts_from_ones_own_last_message() {
    let mut room = Room::with_people();
    room.act(ADA, say("first"));
    room.act(GRACE, Command::SetSlowMode(10));
    let early = |wait_seconds| Rejection::SlowMode { wait_seconds };
    assert_eq!(room.refused(ADA, say("second")), early(10));
    room.wait(1);
    assert_eq!(room.refused(ADA, say("second")), early(10), "rounded up");
    room.wait(9_998);
    assert_eq!(room.refused(ADA, say("second")), early(1));
    room.act(BOB, say("others write"));
    room.act(GRACE, say("facilitators do not wait"));
    room.act(GRACE, say("at all"));
    room.act(ADA, direct(None, "direct messages do not count"));
    room.wait(1);
    room.act(ADA, say("second"));
    assert_eq!(room.refused(ADA, say("third")), early(10));
    room.act(GRACE, Command::SetSlowMode(0));
    room.act(ADA, say("third"));
}

#[test]
fn a_clock_that_was_set_back_makes_nobody_wait() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::SetSlowMode(30));
    room.act(ADA, say("first"));
    room.now = Timestamp::from_ms(5);
    room.act(ADA, say("an hour before"));
    room.wait(29_999);
    let early = Rejection::SlowMode { wait_seconds: 1 };
    assert_eq!(room.refused(ADA, say("third")), early);
    room.wait(1);
    room.act(ADA, say("third"));
}

#[test]
fn slow_mode_has_a_longest_pause() {
    let mut room = Room::with_people();
    let max = WorkshopState::MAX_SLOW_MODE_SECONDS;
    room.act(GRACE, Command::SetSlowMode(max));
    assert_eq!(room.act(LINUS, Command::SetSlowMode(max)), []);
    let what = "slow mode";
    let refused = Rejection::OutOfRange { what, min: 0, max };
    assert_eq!(room.refused(GRACE, Command::SetSlowMode(max + 1)), refused);
    assert_eq!(
        room.refused(ADA, Command::SetSlowMode(0)),
        Rejection::NotAFacilitator
    );
}

#[test]
fn a_pinned_announcement_is_two_events_of_one_commit() {
    let mut room = Room::with_people();
    let events = room.act(GRACE, announce(true));
    assert!(matches!(
        events[..],
        [Event::AnnouncementMade { id, .. }, Event::MessagePinned { id: same, .. }] if id == same
    ));
}
