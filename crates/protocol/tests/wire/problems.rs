//! Refusals, and what they are called on the wire.

use std::collections::BTreeSet;

use domain::{
    CodelabId, HelpRequestId, MessageId, PaceId, PollId, QuizKey, SeatId, StepId,
    workshop::Rejection,
};
use protocol::{CloseCode, Problem, ProblemCode};

/// Each rejection with its code and status. One that is not listed does not compile.
macro_rules! rejections {
    ($($rejection:pat = $example:expr => $code:ident $status:literal;)+) => {
        const _: fn(&Rejection) = |rejection| match rejection { $($rejection)|+ => () };

        const REJECTIONS: &[(Rejection, ProblemCode, u16)] =
            &[$(($example, ProblemCode::$code, $status)),+];
    };
}

const CODELAB: CodelabId = CodelabId::from_bits(1);
const STEP: StepId = StepId::from_bits(2);
const REQUEST: HelpRequestId = HelpRequestId::new(3);
const SEAT: SeatId = SeatId::new(4);
const MESSAGE: MessageId = MessageId::new(5);
const PACE: PaceId = PaceId::new(6);
const POLL: PollId = PollId::new(7);
const QUIZ: QuizKey = QuizKey::from_bits(8);

rejections! {
    // Not allowed for this person: 403.
    Rejection::WrongJoinCode = Rejection::WrongJoinCode => WrongJoinCode 403;
    Rejection::NotAFacilitator = Rejection::NotAFacilitator => NotAFacilitator 403;
    Rejection::NotYourHelpRequest(_) = Rejection::NotYourHelpRequest(REQUEST) => NotYourHelpRequest 403;
    Rejection::NotYourMessage(_) = Rejection::NotYourMessage(MESSAGE) => NotYourMessage 403;
    Rejection::Muted = Rejection::Muted => Muted 403;
    Rejection::StepLocked(_) = Rejection::StepLocked(STEP) => StepLocked 403;
    // Not there: 404.
    Rejection::WorkshopNotStarted = Rejection::WorkshopNotStarted => UnknownWorkshop 404;
    Rejection::UnknownSeat(_) = Rejection::UnknownSeat(SEAT) => UnknownSeat 404;
    Rejection::UnknownCodelab(_) = Rejection::UnknownCodelab(CODELAB) => UnknownCodelab 404;
    Rejection::UnknownStep(_) = Rejection::UnknownStep(STEP) => UnknownStep 404;
    Rejection::UnknownHelpRequest(_) = Rejection::UnknownHelpRequest(REQUEST) => UnknownHelpRequest 404;
    Rejection::UnknownMessage(_) = Rejection::UnknownMessage(MESSAGE) => MessageNotFound 404;
    Rejection::UnknownPace(_) = Rejection::UnknownPace(PACE) => UnknownPace 404;
    Rejection::UnknownPoll(_) = Rejection::UnknownPoll(POLL) => UnknownPoll 404;
    Rejection::UnknownQuiz(_) = Rejection::UnknownQuiz(QUIZ) => UnknownQuiz 404;
    // Not in the state the workshop is in: 409.
    Rejection::WorkshopEnded = Rejection::WorkshopEnded => WorkshopEnded 409;
    Rejection::RoomFull { .. } = Rejection::RoomFull { capacity: 2000 } => RoomFull 409;
    Rejection::HelpAlreadyRaised(_) = Rejection::HelpAlreadyRaised(REQUEST) => HelpAlreadyRaised 409;
    Rejection::HelpAlreadyClaimed { .. }
        = Rejection::HelpAlreadyClaimed { id: REQUEST, by: SEAT } => HelpAlreadyClaimed 409;
    Rejection::HelpAlreadyClosed(_) = Rejection::HelpAlreadyClosed(REQUEST) => HelpAlreadyClosed 409;
    Rejection::HelpNotClaimed(_) = Rejection::HelpNotClaimed(REQUEST) => HelpNotClaimed 409;
    Rejection::MessageDeleted(_) = Rejection::MessageDeleted(MESSAGE) => MessageDeleted 409;
    Rejection::DirectMessage(_) = Rejection::DirectMessage(MESSAGE) => MessageIsDirect 409;
    Rejection::TooManyPinned { .. } = Rejection::TooManyPinned { max: 5 } => TooManyPinned 409;
    Rejection::PaceClosed(_) = Rejection::PaceClosed(PACE) => PaceClosed 409;
    Rejection::NotLeading = Rejection::NotLeading => NotLeading 409;
    Rejection::PollClosed(_) = Rejection::PollClosed(POLL) => PollClosed 409;
    Rejection::TooManyPolls { .. } = Rejection::TooManyPolls { max: 200 } => TooManyPolls 409;
    // Never possible, whatever the state: 422.
    Rejection::EmptyAgenda = Rejection::EmptyAgenda => EmptyAgenda 422;
    Rejection::CodelabTwiceOnAgenda(_)
        = Rejection::CodelabTwiceOnAgenda(CODELAB) => CodelabTwiceOnAgenda 422;
    Rejection::NotAnAttendee(_) = Rejection::NotAnAttendee(SEAT) => NotAnAttendee 422;
    Rejection::OutOfRange { .. }
        = Rejection::OutOfRange { what: "a timer", min: 1, max: 86_400 } => OutOfRange 422;
    Rejection::InvalidPoll = Rejection::InvalidPoll => InvalidPoll 422;
    Rejection::InvalidPollAnswer(_) = Rejection::InvalidPollAnswer(POLL) => InvalidPollAnswer 422;
    Rejection::InvalidQuizAnswer(_) = Rejection::InvalidQuizAnswer(QUIZ) => InvalidQuizAnswer 422;
    // Not yet: 429.
    Rejection::SlowMode { .. } = Rejection::SlowMode { wait_seconds: 8 } => SlowMode 429;
}

#[test]
fn every_rejection_has_the_code_and_status_that_fit() {
    for (rejection, code, status) in REJECTIONS {
        let problem = Problem::from(*rejection);
        assert_eq!(
            (problem.code, problem.status),
            (*code, *status),
            "{rejection:?}"
        );
        assert_eq!(problem.kind, format!("/problems/{}", code.as_str()));
        assert_eq!(problem.title, code.title());
        assert_eq!(problem.detail, rejection.to_string());
        let wait = if let Rejection::SlowMode { wait_seconds } = rejection {
            Some(*wait_seconds)
        } else {
            None
        };
        assert_eq!(problem.retry_after_seconds, wait, "{rejection:?}");
    }
}

#[test]
fn a_code_is_the_same_word_everywhere() {
    let mut words = BTreeSet::new();
    for code in ProblemCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        assert!((400..600).contains(&code.status()), "{code:?}");
        assert!(
            !code.title().ends_with('.'),
            "{code:?}: a title is no sentence"
        );
        assert!(words.insert(code.as_str()), "{code:?} is there twice");
    }
}

#[test]
fn close_codes_are_allowed_in_a_close_frame() {
    // RFC 6455 §7.4.2 on numbers; §5.5 leaves 123 bytes for the reason.
    let numbers: Vec<u16> = CloseCode::ALL.iter().map(|code| code.number()).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    for code in CloseCode::ALL {
        let number = code.number();
        assert!(matches!(number, 1001 | 1011 | 4000..=4999), "{number}");
        assert!(code.reason().len() <= 123, "{number}");
        assert!(!code.advice().is_empty(), "{number}");
    }
}
