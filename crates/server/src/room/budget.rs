//! How much a seat may ask of its room. The room's task keeps the budgets, so
//! that all connections and requests of a seat share one, a reconnect renews
//! nothing, and there are no more of them than seats.

use std::collections::HashMap;

use domain::{
    HelpText, SeatId, Timestamp,
    workshop::{Command, MessageBody, PollAnswer, Role, Seat},
};
use protocol::{Problem, ProblemCode};

use crate::limits::{Allowance, Bucket};

/// Commands of any kind. Somebody who was offline for hours has a few hundred in
/// their browser; nobody presses ten times a second for long.
const COMMANDS: Allowance = Allowance {
    burst: 1000,
    per_second: 10.0,
};

/// What commands add to the log, in bytes: 500 short messages at once, or sixty of
/// the longest. A seat fills the disk by 15 MB an hour at most.
const BYTES: Allowance = Allowance {
    burst: 256 * 1024,
    per_second: 4096.0,
};

/// Direct messages: they interrupt facilitators.
const DIRECT_MESSAGES: Allowance = Allowance {
    burst: 200,
    per_second: 1.0,
};

/// Direct messages of a muted seat. It can still say that it needs help.
const MUTED_DIRECT_MESSAGES: Allowance = Allowance {
    burst: 5,
    per_second: 0.1,
};

/// Help raised and withdrawn: each changes the place of everybody who waits.
const HELP: Allowance = Allowance {
    burst: 30,
    per_second: 0.2,
};

/// Answers to polls, quizzes and the pace question, also changed ones: results
/// are counted anew for each.
const ANSWERS: Allowance = Allowance {
    burst: 200,
    per_second: 2.0,
};

/// Facilitators have that many times the budget of an attendee: they announce,
/// write to everybody who waits, and let scripts do it.
const FACILITATOR_TIMES: u32 = 40;

/// What an event takes in the log beside its text.
const EVENT_BYTES: usize = 128;

/// What a command is charged for beside its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Direct,
    Help,
    Answer,
    Other,
}

/// The budgets of a room's seats.
#[derive(Debug, Default)]
pub struct Budgets(HashMap<SeatId, Budget>);

#[derive(Debug)]
struct Budget {
    commands: Bucket,
    bytes: Bucket,
    direct: Bucket,
    muted_direct: Bucket,
    help: Bucket,
    answers: Bucket,
    /// What came too soon makes what follows wait too, until then: commands of a
    /// seat keep their order.
    closed: Option<Pause>,
}

#[derive(Clone, Copy, Debug)]
struct Pause {
    from: Timestamp,
    until: Timestamp,
}

impl Budgets {
    /// Pays for a command.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`], with the time to wait.
    pub fn pay(&mut self, seat: &Seat, command: &Command, now: Timestamp) -> Result<(), Problem> {
        let times = match seat.role {
            Role::Attendee => 1,
            Role::Facilitator(_) => FACILITATOR_TIMES,
        };
        let full = |allowance| Bucket::full(larger(allowance, times), now);
        let budget = self.0.entry(seat.id).or_insert_with(|| Budget {
            commands: full(COMMANDS),
            bytes: full(BYTES),
            direct: full(DIRECT_MESSAGES),
            muted_direct: full(MUTED_DIRECT_MESSAGES),
            help: full(HELP),
            answers: full(ANSWERS),
            closed: None,
        });
        budget.pay(seat.muted, times, command, now)
    }
}

impl Budget {
    fn pay(
        &mut self,
        muted: bool,
        times: u32,
        command: &Command,
        now: Timestamp,
    ) -> Result<(), Problem> {
        // A clock that was set back keeps nobody waiting.
        if let Some(pause) = self.closed
            && pause.from <= now
            && now < pause.until
        {
            return Err(later(pause.until.as_ms() - now.as_ms()));
        }
        self.closed = None;
        let (kind, text_bytes) = weigh(command);
        let bytes = u32::try_from(text_bytes + EVENT_BYTES).unwrap_or(u32::MAX);
        let of_kind = match kind {
            Kind::Direct if muted => Some((&mut self.muted_direct, MUTED_DIRECT_MESSAGES)),
            Kind::Direct => Some((&mut self.direct, DIRECT_MESSAGES)),
            Kind::Help => Some((&mut self.help, HELP)),
            Kind::Answer => Some((&mut self.answers, ANSWERS)),
            Kind::Other => None,
        };
        let mut due = vec![
            (&mut self.commands, COMMANDS, 1.0),
            (&mut self.bytes, BYTES, f64::from(bytes)),
        ];
        due.extend(of_kind.map(|(bucket, allowance)| (bucket, allowance, 1.0)));
        let mut wait_seconds = 0.0_f64;
        for (bucket, allowance, cost) in &mut due {
            let allowance = larger(*allowance, times);
            bucket.refill(allowance, now);
            wait_seconds = wait_seconds.max(bucket.wait_seconds(allowance, *cost));
        }
        if wait_seconds > 0.0 {
            let wait_ms = whole_seconds_ms(wait_seconds);
            self.closed = Some(Pause {
                from: now,
                until: Timestamp::from_ms(now.as_ms().saturating_add(wait_ms)),
            });
            return Err(later(wait_ms));
        }
        for (bucket, _, cost) in due {
            bucket.pay(cost);
        }
        Ok(())
    }
}

fn larger(allowance: Allowance, times: u32) -> Allowance {
    Allowance {
        burst: allowance.burst.saturating_mul(times),
        per_second: allowance.per_second * f64::from(times),
    }
}

/// Rounded up, so that whoever waits for it finds the budget open.
fn whole_seconds_ms(seconds: f64) -> i64 {
    let wait = std::time::Duration::try_from_secs_f64(seconds.ceil()).unwrap_or_default();
    i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
}

fn later(wait_ms: i64) -> Problem {
    let mut problem = Problem::new(
        ProblemCode::TooManyRequests,
        "this seat asks for more than the room can take; wait and send it again",
    );
    let seconds = wait_ms.max(0).saturating_add(999) / 1000;
    problem.retry_after_seconds = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
    problem
}

fn body_bytes(body: &MessageBody) -> usize {
    body.as_str().len() + body.mentions.len() * size_of::<SeatId>()
}

/// What a command is charged for, and the bytes of its texts. What facilitators
/// alone may ask for counts as a command.
fn weigh(command: &Command) -> (Kind, usize) {
    match command {
        Command::PostMessage(body) => (Kind::Other, body_bytes(body)),
        Command::PostDirectMessage { message, .. } => (Kind::Direct, body_bytes(message)),
        Command::Announce { text, .. } => (Kind::Other, text.as_str().len()),
        Command::RaiseHelp { message, .. } => {
            let text = message.as_ref().map_or("", HelpText::as_str);
            (Kind::Help, text.len())
        }
        Command::WithdrawHelp(_) => (Kind::Help, 0),
        Command::AnswerPoll { answer, .. } => (
            Kind::Answer,
            match answer {
                PollAnswer::Options(options) => options.len(),
                PollAnswer::Scale(_) => 0,
                PollAnswer::Text(text) => text.as_str().len(),
                PollAnswer::Words(words) => words.iter().map(|word| word.as_str().len()).sum(),
            },
        ),
        Command::AnswerPace { .. } | Command::AnswerQuiz { .. } => (Kind::Answer, 0),
        Command::EnterStep(_)
        | Command::CompleteStep(_)
        | Command::ReopenStep(_)
        | Command::DeleteMessage(_)
        | Command::PinMessage { .. }
        | Command::React { .. }
        | Command::MuteSeat { .. }
        | Command::SetSlowMode(_)
        | Command::ClaimHelp(_)
        | Command::HandBackHelp(_)
        | Command::ResolveHelp(_)
        | Command::AskPace(_)
        | Command::ClosePace(_)
        | Command::StartTimer { .. }
        | Command::StopTimer
        | Command::TakeLead
        | Command::ReleaseLead
        | Command::SetFollowing(_)
        | Command::LimitSteps { .. }
        | Command::OpenPoll(_)
        | Command::ClosePoll(_)
        | Command::RevealPoll { .. }
        | Command::ResetPoll(_)
        | Command::RequireJoinCode(_)
        | Command::ScheduleEnd(_)
        | Command::EndWorkshop => (Kind::Other, 0),
    }
}

#[cfg(test)]
mod tests;
