//! What people press.

use rand::{Rng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};

/// One person's presses.
pub struct Presses {
    pub number: usize,
    pub facilitates: bool,
    /// Whether it locks steps and opens them, and plans the end and takes that back.
    pub locks: bool,
    /// Codelab and step, as on the wire.
    pub steps: Vec<(Value, Value)>,
    /// Quizzes, each with the codelab and the step.
    pub quizzes: Vec<Value>,
    /// Those this person has heard of; an attendee hears of their own.
    pub help_requests: Vec<u32>,
    pub said: u32,
}

impl Presses {
    /// The next command, without its id.
    pub fn next(&mut self, chance: &mut StdRng) -> Value {
        let pick = chance.random_range(0..100);
        if self.facilitates {
            self.facilitate(pick, chance)
        } else {
            self.attend(pick, chance)
        }
    }

    fn attend(&mut self, pick: u32, chance: &mut StdRng) -> Value {
        let (codelab, step) = self.steps.choose(chance).expect("there are steps").clone();
        let at_step = |kind: &str| json!({ "type": kind, "codelab": codelab, "step": step });
        match pick {
            0..40 => at_step("enter_step"),
            40..58 => at_step("complete_step"),
            58..66 => at_step("reopen_step"),
            66..84 => self.say("post_message", "text", chance),
            84..90 => self.say("raise_help", "message", chance),
            90..94 => self.answer(chance),
            _ => match self.help_requests.last() {
                Some(own) => json!({ "type": "withdraw_help", "helpRequest": own }),
                None => self.say("raise_help", "message", chance),
            },
        }
    }

    /// Right or wrong, again and again.
    fn answer(&self, chance: &mut StdRng) -> Value {
        let mut answer = self.quizzes.choose(chance).expect("a quiz").clone();
        answer["type"] = json!("answer_quiz");
        answer["choices"] = json!([chance.random_range(0..3)]);
        answer
    }

    fn facilitate(&mut self, pick: u32, chance: &mut StdRng) -> Value {
        let newest = self.help_requests.len().saturating_sub(10);
        let request = self.help_requests[newest..].choose(chance).copied();
        let (codelab, step) = self.steps.choose(chance).expect("there are steps").clone();
        match (pick, request) {
            (0..10, _) if self.locks => {
                json!({ "type": "limit_steps", "codelab": codelab, "last": step })
            }
            (10..15, _) if self.locks => json!({ "type": "limit_steps", "codelab": codelab }),
            (15..18, _) if self.locks => json!({ "type": "schedule_end", "minutes": 60 }),
            (18..21, _) if self.locks => json!({ "type": "schedule_end" }),
            (0..30, Some(id)) => json!({ "type": "claim_help", "helpRequest": id }),
            (30..60, Some(id)) => json!({ "type": "resolve_help", "helpRequest": id }),
            (60..80, _) => self.say("announce", "text", chance),
            _ => self.say("post_message", "text", chance),
        }
    }

    /// Something that nobody else says and this person says once.
    fn say(&mut self, kind: &str, field: &str, chance: &mut StdRng) -> Value {
        self.said += 1;
        let length = chance.random_range(0..60);
        let text = format!(
            "{}/{} {}",
            self.number,
            self.said,
            "말과 글 ".repeat(length)
        );
        json!({ "type": kind, field: text.trim_end() })
    }
}
