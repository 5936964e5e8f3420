//! The figures, as they are printed.

use serde::Serialize;

/// Delays in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delays {
    pub count: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

impl Delays {
    /// Of delays in microseconds.
    pub fn of(mut micros: Vec<u32>) -> Self {
        micros.sort_unstable();
        let at = |hundredths: usize| -> f64 {
            let last = micros.len().saturating_sub(1);
            micros
                .get((micros.len() * hundredths / 100).min(last))
                .map_or(0.0, |micros| ms(*micros))
        };
        Self {
            count: micros.len(),
            p50_ms: at(50),
            p99_ms: at(99),
            max_ms: at(100),
        }
    }
}

impl Delays {
    /// Of delays in milliseconds.
    pub fn of_ms(delays: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = delays.collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        let at = |hundredths: usize| {
            let at = (sorted.len() * hundredths / 100).min(last);
            sorted.get(at).copied().unwrap_or_default()
        };
        Self {
            count: sorted.len(),
            p50_ms: at(50),
            p99_ms: at(99),
            max_ms: at(100),
        }
    }
}

fn ms(micros: u32) -> f64 {
    f64::from(micros) / 1000.0
}

/// Everybody presses at the same moment.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Storm {
    /// Until the last one was served.
    pub wall_ms: f64,
    pub delays: Delays,
    pub errors: usize,
}

/// Messages to everybody.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FanOut {
    pub per_second: u32,
    pub messages: u64,
    /// To each receiver.
    pub room: Delays,
    /// To the last receiver of each message, p50 and p99.
    pub room_last: Delays,
    pub floor: Delays,
    pub floor_last: Delays,
}

/// Steps of everybody.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub asked: u64,
    pub acknowledged: u64,
    /// Until the facilitator has it.
    pub to_facilitator: Delays,
}

/// Many messages of one.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Burst {
    pub messages: u64,
    pub slow_readers: usize,
    /// Until everybody but the slow ones has all of it.
    pub others_ms: f64,
    /// Until the slow ones have all of it, too.
    pub all_ms: f64,
}

/// The server is killed and comes back.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reconnect {
    /// From the kill until the server listens again.
    pub down_ms: f64,
    /// From there until everybody is back.
    pub back_ms: f64,
    /// Connections tried, by all together.
    pub attempts: usize,
    /// The busiest second once the server listens.
    pub busiest_second: usize,
}

/// An ordinary minute: a step per attendee every thirty seconds, a message
/// per attendee every five minutes.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Traffic {
    pub bytes_per_attendee_minute: f64,
    pub frames_per_attendee_minute: f64,
    /// Transactions, each of which is one `fdatasync` of the write-ahead log.
    pub commits_per_second: f64,
    pub events_per_second: f64,
}

/// What each connection costs the server.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    pub idle_kib: u64,
    pub connected_kib: u64,
    /// The difference over the connections, in KiB.
    pub per_connection: f64,
    pub floor_per_connection: f64,
}

/// Nothing lost, nothing twice.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// Commands that changed something and were acknowledged, seats included.
    pub acknowledged: u64,
    /// Events in the log of a server started anew after `kill -9`.
    pub persisted: u64,
    /// Messages somebody should have heard and did not, summed over everybody.
    pub lost: u64,
    /// Messages somebody heard again.
    pub twice: u64,
    /// Parts of the log that did not follow on the one before.
    pub holes: u64,
    /// Commands refused.
    pub refused: u64,
}

impl Truth {
    pub fn holds(&self) -> bool {
        self.acknowledged == self.persisted
            && [self.lost, self.twice, self.holes, self.refused] == [0; 4]
    }
}

/// Everything about a room of one size.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    pub people: usize,
    pub join: Storm,
    pub floor_join: Storm,
    /// The live connection, from opening to the welcome.
    pub live: Storm,
    pub fan_out: Vec<FanOut>,
    pub progress: Option<Progress>,
    pub burst: Option<Burst>,
    pub reconnect: Option<Reconnect>,
    pub traffic: Option<Traffic>,
    pub memory: Option<Memory>,
    pub truth: Truth,
}

/// Clients that never read.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Slow {
    pub readers: usize,
    pub deaf: usize,
    pub seconds: u64,
    pub messages: u64,
    pub start_kib: u64,
    pub highest_kib: u64,
    pub end_kib: u64,
    /// Every tenth of the time.
    pub kib: Vec<u64>,
    pub truth: Truth,
}

/// 300 people behind one address.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Door {
    pub people: usize,
    pub join: Storm,
}

/// Everything.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub machine: crate::host::Machine,
    pub rooms: Vec<Room>,
    pub slow: Option<Slow>,
    pub door: Option<Door>,
}

impl Report {
    /// Whether everything arrived, once, and nobody was refused.
    pub fn holds(&self) -> bool {
        let rooms = self
            .rooms
            .iter()
            .all(|room| room.truth.holds() && room.join.errors == 0 && room.live.errors == 0);
        let slow = self.slow.as_ref().is_none_or(|slow| slow.truth.holds());
        let door = self.door.is_none_or(|door| door.join.errors == 0);
        rooms && slow && door
    }
}
