//! A room that is attacked: what its honest people notice of a hostile attendee, a hostile device
//! in the same network and hostile imports, all at once, beside the same room in quiet.

mod attendee;
mod device;
mod import;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::Context as _;
use serde::Serialize;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};
use tokio_util::sync::CancellationToken;

use crate::{
    client::Order,
    crowd::{self, Crowd},
    figures::Delays,
    host::Machine,
    options::{Attack, HostileOptions},
    process::{Process, beside_this, free_port},
    report::say,
    run::Workshop,
};

/// Seconds between two steps of one person.
const STEP_SECONDS: u32 = 10;

/// Steps for each message.
const STEPS_PER_MESSAGE: usize = 5;

/// Steps for each request for help; everybody asks once.
const STEPS_PER_HELP: usize = 3;

/// Somebody comes in so often.
const NEWCOMER_EVERY: Duration = Duration::from_secs(2);

/// What is aimed at under attack.
const GOAL_P99_MS: f64 = 250.0;

/// What an attacker did, and how it was answered.
#[derive(Debug, Default)]
pub struct Blows {
    /// Requests, frames and bodies that were sent.
    pub sent: AtomicU64,
    /// Those that were taken.
    pub accepted: AtomicU64,
    /// Those that were refused or put off, and connections that were closed.
    pub refused: AtomicU64,
}

impl Blows {
    /// Counts what is about to be sent.
    pub fn send(&self) {
        self.sent.fetch_add(1, Relaxed);
    }

    /// Counts how it was answered.
    pub fn answer(&self, accepted: bool) {
        let answered = if accepted {
            &self.accepted
        } else {
            &self.refused
        };
        answered.fetch_add(1, Relaxed);
    }
}

/// The figures of a stretch.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stretch {
    /// From giving a command to its acknowledgement.
    acknowledged: Delays,
    /// From saying something to each receiver.
    heard: Delays,
    /// People who came in meanwhile, until they had their seat.
    joined: Delays,
    /// Those who did not get in.
    shut_out: usize,
    /// Connections of honest people that were lost.
    disconnected: usize,
    rss_kib: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Attacked {
    attack: &'static str,
    sent: u64,
    accepted: u64,
    refused: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    machine: Machine,
    people: u16,
    seconds: u16,
    quiet: Stretch,
    attacked: Stretch,
    attacks: Vec<Attacked>,
    /// Commands of honest people.
    commands: u64,
    refused: u64,
    deferred: u64,
    /// Messages that somebody should have heard and did not.
    lost: u64,
    twice: u64,
    holes: u64,
}

impl Report {
    /// Whether the room was kept alive: nothing lost, nobody shut out, and in time.
    fn holds(&self) -> bool {
        let counts = [self.refused, self.lost, self.twice, self.holes];
        counts == [0; 4]
            && self.attacked.shut_out == 0
            && self.attacked.acknowledged.p99_ms < GOAL_P99_MS
    }
}

/// Measures; whether the goal was met.
pub fn run(options: &HostileOptions) -> anyhow::Result<bool> {
    let _files = server::allow_many_connections();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?;
    let report = runtime.block_on(measure(options))?;
    if options.json {
        say(&serde_json::to_string_pretty(&report)?);
    } else {
        table(&report);
    }
    Ok(report.holds())
}

async fn measure(options: &HostileOptions) -> anyhow::Result<Report> {
    let program = match &options.server {
        Some(program) => program.clone(),
        None => beside_this("codelabs")?,
    };
    let data = tempfile::tempdir().context("a temporary folder")?;
    let server = Process::server(&program, data.path(), free_port()?).await?;
    let workshop = Workshop::start(&server).await?;
    let place = &workshop.place;
    let mut room = Crowd::new();
    room.add_facilitator(place, workshop.cookie.clone(), workshop.seq)
        .await?;
    let people = usize::from(options.people);
    let (_, seated) = crowd::join(place, &workshop.code, 0..people).await;
    anyhow::ensure!(seated.len() == people, "not everybody got a seat");
    room.connect(place, seated).await?;

    let mut honest = Honest {
        room,
        commands: 0,
        turn: 0,
        newcomers: people,
    };
    eprintln!("{people} people in quiet …");
    let stretch = Duration::from_secs(options.seconds.into());
    let quiet = honest.stretch(&workshop, &server, stretch).await?;

    eprintln!("the same people under attack …");
    let over = CancellationToken::new();
    let mut attackers = JoinSet::new();
    let mut blows = Vec::new();
    for attack in [Attack::Attendee, Attack::Device, Attack::Import] {
        if !options.wants(attack) {
            continue;
        }
        let counted = Arc::new(Blows::default());
        let name = match attack {
            Attack::Attendee => {
                attendee::attack(&mut attackers, &workshop, &counted, &over).await?;
                "attendee"
            }
            Attack::Device => {
                device::attack(&mut attackers, &workshop, &counted, &over);
                "device"
            }
            Attack::Import => {
                import::attack(&mut attackers, &workshop, &counted, &over);
                "import"
            }
        };
        blows.push((name, counted));
    }
    let attacked = honest.stretch(&workshop, &server, stretch).await?;
    over.cancel();
    attackers.join_all().await;

    let tape = Arc::clone(&honest.room.tape);
    let (refused, deferred) = (tape.refused.load(Relaxed), tape.deferred.load(Relaxed));
    let said = tape.said();
    let (mut lost, mut twice, mut holes) = (0, 0, 0);
    for client in honest.room.leave().await {
        lost += said - u64::try_from(client.record.heard.len())?;
        twice += client.record.twice;
        holes += client.record.holes;
    }
    Ok(Report {
        machine: Machine::this(),
        people: options.people,
        seconds: options.seconds,
        quiet,
        attacked,
        attacks: blows.into_iter().map(attacked_by).collect(),
        commands: honest.commands,
        refused,
        deferred,
        lost,
        twice,
        holes,
    })
}

fn attacked_by((attack, blows): (&'static str, Arc<Blows>)) -> Attacked {
    Attacked {
        attack,
        sent: blows.sent.load(Relaxed),
        accepted: blows.accepted.load(Relaxed),
        refused: blows.refused.load(Relaxed),
    }
}

/// The people, and what they have done so far.
struct Honest {
    room: Crowd,
    commands: u64,
    turn: usize,
    newcomers: usize,
}

impl Honest {
    /// An ordinary stretch: steps, messages, requests for help, and people who come late.
    async fn stretch(
        &mut self,
        workshop: &Workshop,
        server: &Process,
        stretch: Duration,
    ) -> anyhow::Result<Stretch> {
        let tape = Arc::clone(&self.room.tape);
        drop((tape.take_acks(), tape.take_chat(), tape.take_attempts()));
        let people = self.room.len();
        let apart = Duration::from_secs(STEP_SECONDS.into()) / u32::try_from(people)?;
        let (began, mut newcomers) = (Instant::now(), JoinSet::new());
        let (mut due, mut next) = (began, began + NEWCOMER_EVERY / 2);
        let end = began + stretch;
        while due.min(next) < end {
            sleep_until(due.min(next)).await;
            if due <= next {
                self.act(workshop).await?;
                due += apart;
            } else {
                let (place, code) = (workshop.place.clone(), workshop.code.clone());
                let n = self.newcomers;
                self.newcomers += 1;
                newcomers.spawn(async move { crowd::join(&place, &code, n..n + 1).await.0 });
                next += NEWCOMER_EVERY;
            }
        }
        sleep_until(end).await;
        self.room.settle(self.commands, people + 1).await?;
        let came = newcomers.join_all().await;
        let joined = came.iter().filter(|storm| storm.errors == 0);
        let joined = joined.map(|storm| storm.delays.max_ms);
        let (heard, _) = tape.take_chat();
        Ok(Stretch {
            acknowledged: Delays::of(tape.take_acks()),
            heard: Delays::of(heard),
            joined: Delays::of_ms(joined),
            shut_out: came.iter().filter(|storm| storm.errors > 0).count(),
            disconnected: tape.take_attempts().len(),
            rss_kib: server.rss_kib(),
        })
    }

    /// The next one enters a step; some say something, and some ask for help.
    async fn act(&mut self, workshop: &Workshop) -> anyhow::Result<()> {
        let (turn, people) = (self.turn, self.room.len());
        self.turn += 1;
        self.room.step(turn % people, &workshop.steps).await?;
        self.commands += 1;
        if turn.is_multiple_of(STEPS_PER_MESSAGE) {
            self.room.say(turn).await?;
            self.commands += 1;
        }
        let asks = turn / STEPS_PER_HELP;
        if turn.is_multiple_of(STEPS_PER_HELP) && asks < people {
            let message = "the second command does not work".to_owned();
            self.room.order(asks, Order::Ask(message)).await?;
            self.commands += 1;
        }
        Ok(())
    }
}

fn table(report: &Report) {
    let machine = &report.machine;
    say(&format!(
        "{} cores, {} GiB of memory, {}\n\n{} honest people, {} s in quiet and {} s under attack\n",
        machine.cores,
        machine.memory_gib,
        machine.system,
        report.people,
        report.seconds,
        report.seconds
    ));
    say("| | in quiet | under attack |\n|---|---:|---:|");
    let (quiet, attacked) = (&report.quiet, &report.attacked);
    let delays = |of: fn(&Stretch) -> Delays| {
        let cell = |delays: Delays| {
            let Delays {
                count,
                p50_ms,
                p99_ms,
                max_ms,
            } = delays;
            format!("{p50_ms:.1} / {p99_ms:.1} / {max_ms:.1} ({count})")
        };
        format!("{} | {}", cell(of(quiet)), cell(of(attacked)))
    };
    let rows = [
        (
            "acknowledged: p50 / p99 / max (ms)",
            delays(|of| of.acknowledged),
        ),
        ("heard: p50 / p99 / max (ms)", delays(|of| of.heard)),
        ("came in: p50 / p99 / max (ms)", delays(|of| of.joined)),
        (
            "shut out",
            format!("{} | {}", quiet.shut_out, attacked.shut_out),
        ),
        (
            "connections lost",
            format!("{} | {}", quiet.disconnected, attacked.disconnected),
        ),
        (
            "the server's memory (MiB)",
            format!("{} | {}", quiet.rss_kib / 1024, attacked.rss_kib / 1024),
        ),
    ];
    for (name, cells) in rows {
        say(&format!("| {name} | {cells} |"));
    }
    say("\n| attack | sent | accepted | refused |\n|---|---:|---:|---:|");
    for Attacked {
        attack,
        sent,
        accepted,
        refused,
    } in &report.attacks
    {
        say(&format!("| {attack} | {sent} | {accepted} | {refused} |"));
    }
    say(&format!(
        "\n{} commands of honest people: {} refused, {} put off; of their messages {} lost, {} twice, \
         {} holes",
        report.commands, report.refused, report.deferred, report.lost, report.twice, report.holes
    ));
}
