//! What the log says, looked up the slow way: as somebody would who wrote
//! everything down and leafs back. Shares nothing with `apply`.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CodelabId, HelpRequestId, MessageId, PollId, QuizKey, SeatId, StepId, Timestamp,
    workshop::{AgendaCodelab, Event, PollAnswer, PollForm, Reaction, Recorded, Role, StepRef},
};

/// Where a message stands: with everybody, or between an attendee and the
/// facilitators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thread {
    Nowhere,
    Room,
    Between(SeatId),
}

impl From<Option<SeatId>> for Thread {
    fn from(thread: Option<SeatId>) -> Self {
        thread.map_or(Self::Room, Self::Between)
    }
}

/// A log, or the beginning of one.
#[derive(Clone, Copy)]
pub struct Notebook<'l>(pub &'l [Recorded]);

impl<'l> Notebook<'l> {
    fn find<T>(self, look: impl Fn(&'l Event) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|recorded| look(&recorded.event))
    }

    fn last<T>(self, look: impl Fn(&'l Event) -> Option<T>) -> Option<T> {
        self.0
            .iter()
            .rev()
            .find_map(|recorded| look(&recorded.event))
    }

    fn when(self, look: impl Fn(&'l Event) -> bool) -> Option<Timestamp> {
        let found = self.0.iter().find(|recorded| look(&recorded.event));
        found.map(|recorded| recorded.at)
    }

    pub fn facilitates(self, whom: SeatId) -> bool {
        self.find(|event| match event {
            Event::SeatTaken { seat, role, .. } if *seat == whom => {
                Some(matches!(role, Role::Facilitator(_)))
            }
            _ => None,
        })
        .unwrap_or(false)
    }

    pub fn is_muted(self, whom: SeatId) -> bool {
        let muted = self.last(|event| match event {
            Event::SeatMuted { seat, muted, .. } if *seat == whom => Some(*muted),
            _ => None,
        });
        muted.unwrap_or(false)
    }

    pub fn follows(self, whom: SeatId) -> bool {
        let follows = self.last(|event| match event {
            Event::FollowingChanged { seat, following } if *seat == whom => Some(*following),
            _ => None,
        });
        follows.unwrap_or(true)
    }

    pub fn slow_mode_seconds(self) -> u32 {
        let seconds = self.last(|event| match event {
            Event::SlowModeChanged { seconds, .. } => Some(*seconds),
            _ => None,
        });
        seconds.unwrap_or(0)
    }

    /// When a seat last wrote to everybody.
    pub fn wrote_at(self, whom: SeatId) -> Option<Timestamp> {
        let wrote = |recorded: &&Recorded| matches!(&recorded.event, Event::MessagePosted { seat, .. } if *seat == whom);
        self.0.iter().rev().find(wrote).map(|recorded| recorded.at)
    }

    /// A codelab as it was written last.
    pub fn codelab(self, of: CodelabId) -> Option<&'l AgendaCodelab> {
        self.last(|event| match event {
            Event::CodelabRevised { codelab } => Some(codelab).filter(|c| c.codelab == of),
            Event::WorkshopStarted { agenda, .. } => agenda.iter().find(|c| c.codelab == of),
            _ => None,
        })
    }

    /// Whether a step was ever there.
    pub fn was_on_the_agenda(self, at: StepRef) -> bool {
        let has = |codelab: &AgendaCodelab| {
            let mut steps = codelab.steps.iter();
            codelab.codelab == at.codelab && steps.any(|step| step.step == at.step)
        };
        let found = self.find(|event| match event {
            Event::CodelabRevised { codelab } => has(codelab).then_some(()),
            Event::WorkshopStarted { agenda, .. } => agenda.iter().any(has).then_some(()),
            _ => None,
        });
        found.is_some()
    }

    pub fn limit(self, of: CodelabId) -> Option<StepId> {
        self.last(|event| match event {
            Event::StepsLimited { codelab, last, .. } if *codelab == of => Some(*last),
            _ => None,
        })
        .flatten()
    }

    /// Where a seat went last.
    pub fn position(self, whom: SeatId) -> Option<StepRef> {
        self.last(|event| match event {
            Event::StepEntered { seat, at } if *seat == whom => Some(*at),
            _ => None,
        })
    }

    /// Who leads; whoever took it last, unless it was given up since.
    pub fn leads(self) -> Option<SeatId> {
        self.last(|event| match event {
            Event::LeadTaken { by, .. } => Some(Some(*by)),
            Event::LeadReleased { .. } => Some(None),
            _ => None,
        })
        .flatten()
    }

    /// Whether a timer runs, and for how long it was started.
    pub fn timer(self) -> Option<u32> {
        self.last(|event| match event {
            Event::TimerStarted { seconds, .. } => Some(Some(*seconds)),
            Event::TimerStopped { .. } => Some(None),
            _ => None,
        })
        .flatten()
    }

    /// Where a message stands.
    pub fn thread(self, message: MessageId) -> Thread {
        self.find(|event| match event {
            Event::MessagePosted { id, .. } | Event::AnnouncementMade { id, .. }
                if *id == message =>
            {
                Some(Thread::Room)
            }
            Event::DirectMessagePosted { id, with, .. } if *id == message => {
                Some(Thread::Between(*with))
            }
            _ => None,
        })
        .unwrap_or(Thread::Nowhere)
    }

    pub fn is_deleted(self, message: MessageId) -> bool {
        self.find(|event| {
            matches!(event, Event::MessageDeleted { id, .. } if *id == message).then_some(())
        })
        .is_some()
    }

    pub fn is_pinned(self, message: MessageId) -> bool {
        let pinned = self.last(|event| match event {
            Event::MessagePinned { id, pinned, .. } if *id == message => Some(*pinned),
            _ => None,
        });
        pinned.unwrap_or(false) && !self.is_deleted(message)
    }

    /// Who reacted to a message, and how.
    pub fn reactions(self, message: MessageId) -> BTreeSet<(Reaction, SeatId)> {
        let mut standing = BTreeSet::new();
        for recorded in self.0 {
            match &recorded.event {
                Event::Reacted {
                    id,
                    seat,
                    reaction,
                    on,
                    ..
                } if *id == message => {
                    standing.retain(|one| *one != (*reaction, *seat));
                    standing.extend(on.then_some((*reaction, *seat)));
                }
                _ => {}
            }
        }
        if self.is_deleted(message) {
            standing.clear();
        }
        standing
    }

    fn is_closed(self, request: HelpRequestId) -> bool {
        self.find(|event| match event {
            Event::HelpResolved { id, .. } | Event::HelpWithdrawn { id, .. } if *id == request => {
                Some(())
            }
            _ => None,
        })
        .is_some()
    }

    /// Requests that were raised and not closed, oldest first.
    pub fn waiting(self) -> Vec<HelpRequestId> {
        self.requests()
            .into_iter()
            .filter(|id| !self.is_closed(*id))
            .collect()
    }

    pub fn requests(self) -> Vec<HelpRequestId> {
        let raised = |recorded: &Recorded| match recorded.event {
            Event::HelpRaised { id, .. } => Some(id),
            _ => None,
        };
        self.0.iter().filter_map(raised).collect()
    }

    /// Who is on the way to a request.
    pub fn claimed_by(self, request: HelpRequestId) -> Option<SeatId> {
        if self.is_closed(request) {
            return None;
        }
        self.last(|event| match event {
            Event::HelpClaimed { id, by, .. } if *id == request => Some(Some(*by)),
            Event::HelpHandedBack { id, .. } if *id == request => Some(None),
            _ => None,
        })
        .flatten()
    }

    /// When a facilitator first saw to a request.
    pub fn taken_at(self, request: HelpRequestId) -> Option<Timestamp> {
        self.when(|event| match event {
            Event::HelpClaimed { id, .. } | Event::HelpResolved { id, .. } => *id == request,
            _ => false,
        })
    }

    /// How many waited when a request was raised, itself included.
    pub fn raised_as(self, request: HelpRequestId) -> Option<usize> {
        let raised = |recorded: &Recorded| matches!(recorded.event, Event::HelpRaised { id, .. } if id == request);
        let place = self.0.iter().position(raised)?;
        Some(Notebook(&self.0[..=place]).waiting().len())
    }

    /// The median wait per place of the last ten requests that were seen to.
    pub fn wait_per_place_ms(self) -> Option<i64> {
        let mut waits = Vec::new();
        for id in self.requests().into_iter().rev() {
            let raised =
                self.when(|e| matches!(e, Event::HelpRaised { id: it, .. } if *it == id))?;
            if let (Some(taken), Some(place)) = (self.taken_at(id), self.raised_as(id)) {
                let waited = (taken.as_ms() - raised.as_ms()).max(0);
                waits.push(waited / i64::try_from(place).unwrap());
            }
        }
        waits.truncate(10);
        waits.sort_unstable();
        waits.get(waits.len() / 2).copied()
    }

    /// Polls that were asked and neither closed nor begun anew since.
    pub fn open_polls(self) -> Vec<PollId> {
        let mut open = BTreeMap::new();
        for recorded in self.0 {
            match recorded.event {
                Event::PollOpened { id, .. } | Event::PollReset { id, .. } => open.insert(id, true),
                Event::PollClosed { id, .. } => open.insert(id, false),
                _ => None,
            };
        }
        let still = open.into_iter().filter(|(_, open)| *open);
        still.map(|(id, _)| id).collect()
    }

    pub fn form(self, poll: PollId) -> Option<&'l PollForm> {
        self.find(|event| match event {
            Event::PollOpened { id, form, .. } if *id == poll => Some(&**form),
            _ => None,
        })
    }

    pub fn is_revealed(self, poll: PollId) -> bool {
        let revealed = self.last(|event| match event {
            Event::PollRevealed { id, revealed, .. } if *id == poll => Some(*revealed),
            Event::PollReset { id, .. } if *id == poll => Some(false),
            _ => None,
        });
        revealed.unwrap_or(false)
    }

    /// What each person answered last, since the poll was last begun.
    pub fn answers(self, poll: PollId) -> BTreeMap<SeatId, &'l PollAnswer> {
        let begun = |recorded: &Recorded| matches!(recorded.event, Event::PollReset { id, .. } if id == poll);
        let from = self.0.iter().rposition(begun).unwrap_or(0);
        let answered = |recorded: &'l Recorded| match &recorded.event {
            Event::PollAnswered { id, seat, answer } if *id == poll => Some((*seat, answer)),
            _ => None,
        };
        self.0[from..].iter().filter_map(answered).collect()
    }

    /// What a seat answered to a quiz, and whether it was right, in order.
    pub fn tries(self, whom: SeatId, quiz: (StepRef, QuizKey)) -> Vec<(&'l BTreeSet<u8>, bool)> {
        let tried = |recorded: &'l Recorded| match &recorded.event {
            Event::QuizAnswered {
                seat,
                at,
                quiz: key,
                choices,
                right,
                ..
            } if *seat == whom && (*at, *key) == quiz => Some((choices, *right)),
            _ => None,
        };
        self.0.iter().filter_map(tried).collect()
    }
}
