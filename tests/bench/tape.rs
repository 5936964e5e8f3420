//! What all clients of a room write down together.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::bail;

/// The tape.
pub struct Tape {
    began: Instant,
    /// Clients that were greeted and not lost since.
    pub live: AtomicUsize,
    pub acknowledged: AtomicU64,
    pub refused: AtomicU64,
    /// Answers that put a command off.
    pub deferred: AtomicU64,
    /// Messages heard, summed over all clients.
    pub heard: AtomicU64,
    /// Steps heard by the facilitator.
    pub steps_heard: AtomicU64,
    /// Bytes and frames to the people, without the facilitator's.
    pub bytes: AtomicU64,
    pub frames: AtomicU64,
    said: AtomicU64,
    chat: Mutex<Chat>,
    steps: Mutex<Steps>,
    acks: Mutex<Vec<u32>>,
    attempts: Mutex<Vec<Instant>>,
    greeted: Mutex<Vec<Instant>>,
}

#[derive(Default)]
struct Chat {
    delays: Vec<u32>,
    /// The longest per message.
    last: HashMap<u32, u32>,
}

#[derive(Default)]
struct Steps {
    asked: HashMap<u32, VecDeque<u64>>,
    delays: Vec<u32>,
}

impl Tape {
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            live: AtomicUsize::new(0),
            acknowledged: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            deferred: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            steps_heard: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            frames: AtomicU64::new(0),
            said: AtomicU64::new(0),
            chat: Mutex::default(),
            steps: Mutex::default(),
            acks: Mutex::default(),
            attempts: Mutex::default(),
            greeted: Mutex::default(),
        }
    }

    /// The text of the next message, with its number and the time.
    pub fn next_text(&self) -> String {
        let n = self.said.fetch_add(1, Relaxed) + 1;
        // As long as people's messages are.
        format!(
            "#{n} {} does the second command work for you?",
            self.micros()
        )
    }

    /// Messages made so far.
    pub fn said(&self) -> u64 {
        self.said.load(Relaxed)
    }

    pub fn hear_message(&self, n: u32, sent_micros: u64) {
        let delay = self.since(sent_micros);
        self.heard.fetch_add(1, Relaxed);
        let mut chat = lock(&self.chat);
        chat.delays.push(delay);
        let last = chat.last.entry(n).or_default();
        *last = delay.max(*last);
    }

    pub fn ask_step(&self, seat: u32) {
        let now = self.micros();
        lock(&self.steps)
            .asked
            .entry(seat)
            .or_default()
            .push_back(now);
    }

    pub fn hear_step(&self, seat: u32) {
        self.steps_heard.fetch_add(1, Relaxed);
        let mut steps = lock(&self.steps);
        let asked = steps.asked.get_mut(&seat).and_then(VecDeque::pop_front);
        if let Some(asked) = asked {
            let delay = self.since(asked);
            steps.delays.push(delay);
        }
    }

    /// A command was acknowledged so long after it was given.
    pub fn acknowledge(&self, after: Duration) {
        self.acknowledged.fetch_add(1, Relaxed);
        lock(&self.acks).push(u32::try_from(after.as_micros()).unwrap_or(u32::MAX));
    }

    /// Delays of acknowledgements since the last time this was asked.
    pub fn take_acks(&self) -> Vec<u32> {
        std::mem::take(&mut *lock(&self.acks))
    }

    pub fn attempt(&self) {
        lock(&self.attempts).push(Instant::now());
    }

    pub fn greet(&self) {
        self.live.fetch_add(1, Relaxed);
        lock(&self.greeted).push(Instant::now());
    }

    /// When clients were greeted since the last time this was asked.
    pub fn take_greeted(&self) -> Vec<Instant> {
        std::mem::take(&mut *lock(&self.greeted))
    }

    /// Delays of messages since the last time this was asked: to everybody,
    /// and to the last receiver of each.
    pub fn take_chat(&self) -> (Vec<u32>, Vec<u32>) {
        let chat = std::mem::take(&mut *lock(&self.chat));
        (chat.delays, chat.last.into_values().collect())
    }

    /// Delays of steps since the last time this was asked.
    pub fn take_steps(&self) -> Vec<u32> {
        std::mem::take(&mut *lock(&self.steps)).delays
    }

    /// Connections tried since the last time this was asked.
    pub fn take_attempts(&self) -> Vec<Instant> {
        std::mem::take(&mut *lock(&self.attempts))
    }

    fn micros(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn since(&self, micros: u64) -> u32 {
        u32::try_from(self.micros().saturating_sub(micros)).unwrap_or(u32::MAX)
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long the bench waits for what should come at once.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until something is so.
pub async fn until(what: &str, is_so: impl Fn() -> bool) -> anyhow::Result<()> {
    let began = Instant::now();
    while !is_so() {
        if began.elapsed() > PATIENCE {
            bail!("waited in vain until {what}");
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

/// A duration in milliseconds, for a figure.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
