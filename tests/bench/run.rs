//! One room after the other, and what is measured in a room of its own.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use anyhow::Context as _;
use protocol::{Snapshot, WorkshopSummary};
use tempfile::TempDir;
use tests::{Browser, Facilitator};

use crate::{
    client::Place,
    crowd::{self, Crowd},
    figures::{Report, Room, Truth},
    host::Machine,
    measure::{burst, door, fan_out, memory, progress, reconnect, slow, traffic},
    options::{Options, Part},
    process::{Process, beside_this, free_port},
    report,
};

/// How many times longer than a rate the ordinary stretch lasts, so that it
/// holds some heartbeats.
const TRAFFIC_TIMES: u64 = 3;

/// Measures; whether nothing was lost, twice or refused.
pub fn run(options: &Options) -> anyhow::Result<bool> {
    let _open_files = server::allow_many_connections();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?;
    let report = runtime.block_on(measure(options))?;
    if options.json {
        report::say(&serde_json::to_string_pretty(&report)?);
    } else {
        report::tables(&report);
    }
    Ok(report.holds())
}

async fn measure(options: &Options) -> anyhow::Result<Report> {
    let mut report = Report {
        machine: Machine::this(),
        rooms: Vec::new(),
        slow: None,
        door: None,
    };
    for &people in &options.people {
        eprintln!("{people} people …");
        report.rooms.push(room(options, people).await?);
    }
    if options.wants(Part::Door) {
        let site = Site::start(options).await?;
        let workshop = Workshop::start(&site.server).await?;
        report.door = Some(door::measure(&workshop).await);
    }
    if options.wants(Part::Slow) {
        eprintln!("clients that never read …");
        let site = Site::start(options).await?;
        let workshop = Workshop::start(&site.server).await?;
        let slow = slow::measure(&workshop, &site.server, options.slow_seconds).await?;
        report.slow = Some(slow);
    }
    Ok(report)
}

/// A server on a new database.
struct Site {
    program: PathBuf,
    data: TempDir,
    server: Process,
}

impl Site {
    async fn start(options: &Options) -> anyhow::Result<Self> {
        let program = match &options.server {
            Some(program) => program.clone(),
            None => beside_this("codelabs")?,
        };
        let data = match &options.folder {
            Some(folder) => tempfile::tempdir_in(folder),
            None => tempfile::tempdir(),
        };
        let data = data.context("a temporary folder")?;
        let server = Process::server(&program, data.path(), free_port()?).await?;
        Ok(Self {
            program,
            data,
            server,
        })
    }
}

/// A live workshop and its facilitator.
pub struct Workshop {
    pub place: Place,
    pub code: String,
    pub cookie: String,
    /// The log's length at the beginning.
    pub seq: i64,
    pub steps: Vec<Arc<(String, String)>>,
    pub facilitator: Facilitator,
    summary: WorkshopSummary,
}

impl Workshop {
    pub async fn start(server: &Process) -> anyhow::Result<Self> {
        let browser = Browser::new(&format!("http://{}", server.address));
        let facilitator = Facilitator::enter(browser, &server.greeting).await;
        let codelab = facilitator.codelab("Git from zero").await;
        let summary = facilitator.start_workshop(&[codelab]).await;
        let code = facilitator.lobby(&summary).await.join_code;
        let snapshot = facilitator.snapshot(&summary).await;
        let steps = snapshot.agenda.iter().flat_map(|codelab| {
            let id = codelab.codelab.0.to_string();
            let steps = codelab.steps.iter();
            steps.map(move |step| Arc::new((id.clone(), step.step.0.to_string())))
        });
        Ok(Self {
            place: Place {
                address: server.address,
                workshop: summary.id.0.to_string(),
            },
            code,
            cookie: facilitator.browser.cookies().context("a cookie")?,
            seq: snapshot.seq,
            steps: steps.collect(),
            facilitator,
            summary,
        })
    }

    async fn snapshot(&self) -> Snapshot {
        self.facilitator.snapshot(&self.summary).await
    }
}

/// What everybody wrote down, summed up.
pub struct Truths(Truth);

impl Truths {
    /// The people leave; `commands` of theirs were acknowledged, and `seats` taken.
    pub async fn of(room: Crowd, commands: u64, seats: usize) -> anyhow::Result<Self> {
        let tape = Arc::clone(&room.tape);
        let records = room.leave().await;
        let said = tape.said();
        let mut truth = Truth {
            acknowledged: tape.acknowledged.load(Relaxed) + u64::try_from(seats)?,
            refused: tape.refused.load(Relaxed),
            ..Truth::default()
        };
        anyhow::ensure!(
            commands == tape.acknowledged.load(Relaxed) + truth.refused,
            "{commands} commands were given, {} acknowledged",
            tape.acknowledged.load(Relaxed)
        );
        for client in records {
            let heard = u64::try_from(client.record.heard.len())?;
            truth.lost += said - heard;
            truth.twice += client.record.twice;
            truth.holes += client.record.holes;
        }
        Ok(Self(truth))
    }

    /// Compared with the log: each command and each seat is one event.
    pub async fn against(mut self, workshop: &Workshop) -> Truth {
        let length = workshop.snapshot().await.seq - workshop.seq;
        self.0.persisted = u64::try_from(length).unwrap_or(0);
        self.0
    }
}

async fn room(options: &Options, people: usize) -> anyhow::Result<Room> {
    let mut site = Site::start(options).await?;
    let workshop = Workshop::start(&site.server).await?;
    let mut floor_process = Process::floor().await?;
    let floor_place = Place {
        address: floor_process.address,
        workshop: "floor".to_owned(),
    };
    let mut room = Crowd::new();
    room.add_facilitator(&workshop.place, workshop.cookie.clone(), workshop.seq)
        .await?;

    let (floor_join, floor_people) = crowd::join(&floor_place, &workshop.code, 0..people).await;
    let (join, seated) = crowd::join(&workshop.place, &workshop.code, 0..people).await;
    let seats = seated.len();
    let cookies: Vec<String> = seated.iter().map(|person| person.cookie.clone()).collect();
    let live = room.connect(&workshop.place, seated).await?;

    let mut commands = 0;
    let steps = &workshop.steps;
    let seconds = options.seconds;
    let mut figures = Room {
        people,
        join,
        floor_join,
        live,
        fan_out: Vec::new(),
        progress: None,
        burst: None,
        reconnect: None,
        traffic: None,
        memory: None,
        truth: Truth::default(),
    };
    if options.wants(Part::FanOut) {
        let mut floor = Crowd::new();
        floor.connect(&floor_place, floor_people).await?;
        for rate in fan_out::RATES {
            let fan_out = fan_out::measure(&room, &floor, &mut commands, rate, seconds).await?;
            figures.fan_out.push(fan_out);
        }
        drop(floor.leave().await);
    }
    if options.wants(Part::Progress) {
        let progress = progress::measure(&mut room, steps, &mut commands, seconds).await?;
        figures.progress = Some(progress);
    }
    if options.wants(Part::Burst) {
        figures.burst = Some(burst::measure(&room, &mut commands).await?);
    }
    if options.wants(Part::Reconnect) {
        let (reconnect, again) = reconnect::measure(
            &mut room,
            steps,
            &mut commands,
            site.server,
            &site.program,
            site.data.path(),
        )
        .await?;
        site.server = again;
        figures.reconnect = Some(reconnect);
    }
    if options.wants(Part::Traffic) {
        let stretch = seconds * TRAFFIC_TIMES;
        let traffic = traffic::measure(&mut room, steps, &mut commands, &site.server, stretch);
        figures.traffic = Some(traffic.await?);
    }
    let truths = Truths::of(room, commands, seats).await?;

    // What a new process reads from the disk is what was persisted.
    let port = site.server.address.port();
    site.server.kill().await?;
    site.server = Process::server(&site.program, site.data.path(), port).await?;
    figures.truth = truths.against(&workshop).await;
    if options.wants(Part::Memory) {
        floor_process.kill().await?;
        floor_process = Process::floor().await?;
        let (server, place) = (&site.server, &workshop.place);
        let memory = memory::measure(server, &floor_process, place, &cookies, seconds);
        figures.memory = Some(memory.await?);
    }
    Ok(figures)
}
