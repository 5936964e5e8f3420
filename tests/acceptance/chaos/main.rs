//! A room on a bad network, with a server that is killed every few seconds.
//! What everybody was told in the end is what the log says, nothing that was
//! acknowledged is lost, and nothing is done twice.

#![expect(
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "what is not of the protocol ends the test"
)]

mod client;
mod commands;
mod fate;
mod proxy;
mod verdict;

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use client::{Client, Phase, Record};
use commands::Presses;
use fate::{chance, seat_gone_before};
use protocol::{Ack, CodelabPage, Lobby, WorkshopSummary};
use proxy::Proxy;
use rand::Rng as _;
use serde_json::json;
use tests::{Attendee, Browser, Facilitator, Log, PATIENCE, ServerProcess, assert_none};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use verdict::Verdict;

/// Browsers with facilitator rights.
const FACILITATORS: usize = 3;

/// How large and how long.
struct Form {
    attendees: usize,
    lasts: Duration,
    /// Between two kills, in milliseconds.
    kill_after_ms: std::ops::Range<u64>,
    /// When everybody must have everything, where time is judged at all.
    converges_within: Option<Duration>,
    /// Whether steps lock, seats are refused and the workshop ends while it storms.
    refuses: bool,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_on_a_bad_network_loses_nothing() {
    storm(Form {
        attendees: 25,
        lasts: Duration::from_secs(8),
        kill_after_ms: 1500..3000,
        converges_within: None,
        refuses: false,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_while_people_are_offline_stays_with_them() {
    storm(Form {
        attendees: 25,
        lasts: Duration::from_secs(8),
        kill_after_ms: 1500..3000,
        converges_within: None,
        refuses: true,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes more than a minute: cargo xtask chaos"]
async fn a_hundred_people_on_a_bad_network_for_a_minute() {
    storm(Form {
        attendees: 100,
        lasts: Duration::from_mins(1),
        kill_after_ms: 2000..5000,
        converges_within: Some(Duration::from_secs(5)),
        refuses: false,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes more than a minute: cargo xtask chaos"]
async fn a_minute_in_which_a_hundred_people_are_refused_while_they_are_offline() {
    storm(Form {
        attendees: 100,
        lasts: Duration::from_mins(1),
        kill_after_ms: 2000..5000,
        converges_within: Some(Duration::from_secs(5)),
        refuses: true,
    })
    .await;
}

async fn storm(form: Form) {
    let seed: u64 = std::env::var("CHAOS_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(rand::random);
    eprintln!("seed {seed}; set CHAOS_SEED to repeat it");
    let data = tempfile::tempdir().expect("a temporary folder");
    let port = ServerProcess::free_port();
    let mut server = ServerProcess::start(data.path(), port).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    let workshop = facilitator.start_workshop(&page.items).await;

    let network = Proxy::start(([127, 0, 0, 1], port).into(), seed);
    let (phase, _) = watch::channel(Phase::Storm);
    let answered = Arc::new(watch::Sender::new(0));
    let mut clients = JoinSet::new();
    for (browser, presses) in people(&form, &facilitator, &workshop).await {
        let client = Client {
            number: presses.number,
            browser,
            workshop: workshop.id.0.to_string(),
            network: network.address,
            seed,
            seat_gone_before: (form.refuses && !presses.facilitates)
                .then(|| seat_gone_before(seed, presses.number))
                .flatten(),
            presses,
            phase: phase.subscribe(),
            answered: Arc::clone(&answered),
        };
        clients.spawn(client.take_part());
    }

    let mut kills = 0;
    let mut when = chance(seed, "kills");
    let began = Instant::now();
    let mut has_ended = false;
    while began.elapsed() < form.lasts {
        sleep(Duration::from_millis(
            when.random_range(form.kill_after_ms.clone()),
        ))
        .await;
        server.kill().await;
        kills += 1;
        server = ServerProcess::start(data.path(), port).await;
        if form.refuses && !has_ended && began.elapsed() > form.lasts / 2 {
            has_ended = true;
            let end = format!("/api/v1/workshops/{}/end", workshop.id.0);
            let _: Ack = facilitator.browser.post(&end, &json!({})).await;
        }
    }

    let calm_since = Instant::now();
    network.calm();
    phase.send_replace(Phase::Calm);
    let everybody = clients.len();
    let mut all = answered.subscribe();
    let all = timeout(PATIENCE, all.wait_for(|count| *count == everybody));
    all.await.expect("in time").expect("the clients go on");
    let answers_after = calm_since.elapsed();
    // Whoever has heard this has heard everything before it; so it is with the end.
    let mut desk = facilitator.live(&workshop).await;
    let last = if has_ended {
        facilitator.snapshot(&workshop).await.seq
    } else {
        let announcement = json!({ "type": "announce", "text": "That was all." });
        desk.do_it(announcement).await.seq
    };
    phase.send_replace(Phase::Over(last));
    let records = timeout(PATIENCE, clients.join_all())
        .await
        .expect("in time");
    let converged_after = calm_since.elapsed();
    drop(desk);
    server.kill().await;

    let log = Log::read(data.path(), workshop.id.0).expect("the log");
    let verdict = Verdict::on(&log, &records);
    report(&form, kills, network.troubles(), &records, &verdict, &log);
    eprintln!(
        "  all answers {answers_after:.1?} after the last trouble, all views {converged_after:.1?}"
    );
    assert_none(&verdict.lost, "commands were acknowledged and are lost");
    assert_none(
        &verdict.wrong,
        "commands were done twice, or though refused",
    );
    assert_none(&verdict.untrue, "faults in what people were told");
    assert_everything_is_acknowledged_or_kept(&verdict, form.refuses);
    assert_eq!(
        log.fold(|_| {}).seats().len(),
        form.attendees + 1,
        "nobody joined twice"
    );
    assert!(
        form.refuses || verdict.acknowledged > everybody * 4,
        "there was load: {}",
        verdict.acknowledged
    );
    if let Some(within) = form.converges_within {
        assert!(converged_after <= within, "{converged_after:?}");
    }
}

fn assert_everything_is_acknowledged_or_kept(verdict: &Verdict, refuses: bool) {
    assert_none(
        &verdict.vanished,
        "things were neither acknowledged nor kept by who did them",
    );
    assert_eq!(verdict.unanswered, 0);
    if refuses {
        // How much of what else is met depends on how busy the machine is.
        assert!(verdict.refused.contains_key("workshop_ended"), "it ended");
    }
}

/// Everybody with a seat, before anything breaks.
async fn people(
    form: &Form,
    facilitator: &Facilitator,
    workshop: &WorkshopSummary,
) -> Vec<(Browser, Presses)> {
    let lobby: Lobby = facilitator.lobby(workshop).await;
    let agenda = facilitator.snapshot(workshop).await.agenda;
    let all = agenda.iter().flat_map(|codelab| {
        let steps = codelab.steps.iter();
        steps.map(move |step| (codelab.codelab, step))
    });
    let steps: Vec<_> = all
        .clone()
        .map(|(codelab, step)| (json!(codelab), json!(step.step)))
        .collect();
    let quizzes: Vec<_> = all
        .flat_map(|(codelab, step)| {
            step.quizzes
                .iter()
                .map(move |quiz| (codelab, step.step, quiz))
        })
        .map(|(codelab, step, quiz)| json!({ "codelab": codelab, "step": step, "quiz": quiz }))
        .collect();
    let mut people = Vec::new();
    for number in 0..form.attendees + FACILITATORS {
        let facilitates = number >= form.attendees;
        let browser = if facilitates {
            facilitator.browser.clone()
        } else {
            let browser = Browser::new(&facilitator.browser.url);
            let name = format!("Person {number}");
            Attendee::join(browser, workshop, &name, Some(&lobby.join_code))
                .await
                .browser
        };
        let presses = Presses {
            number,
            facilitates,
            locks: form.refuses,
            steps: steps.clone(),
            quizzes: quizzes.clone(),
            help_requests: Vec::new(),
            said: 0,
        };
        people.push((browser, presses));
    }
    people
}

fn report(
    form: &Form,
    kills: u32,
    troubles: &proxy::Troubles,
    records: &[Record],
    verdict: &Verdict,
    log: &Log,
) {
    let count = |of: &std::sync::atomic::AtomicU32| of.load(Ordering::Relaxed);
    let attempts: u32 = records.iter().map(|record| record.attempts).sum();
    let welcomes: u32 = records.iter().map(|record| record.welcomes).sum();
    eprintln!(
        "{} attendees and {FACILITATORS} facilitators' browsers, {} s, server killed {kills} times",
        form.attendees,
        form.lasts.as_secs(),
    );
    eprintln!(
        "  {attempts} attempts to connect: {} shut out, {} overtaken, {welcomes} welcomed; {} stalls, {} cuts",
        count(&troubles.shut),
        count(&troubles.overtaken),
        count(&troubles.stalled),
        count(&troubles.cut),
    );
    eprintln!(
        "  {} commands: {} acknowledged, refused and kept {:?}, {} left by seats that are gone, {} unanswered; {} vanished, {} lost, {} wrong",
        verdict.given,
        verdict.acknowledged,
        verdict.refused,
        verdict.left_behind,
        verdict.unanswered,
        verdict.vanished.len(),
        verdict.lost.len(),
        verdict.wrong.len(),
    );
    eprintln!(
        "  {} events in the log, {} frames of snapshots and events compared, {} untrue",
        log.events().len(),
        verdict.frames,
        verdict.untrue.len(),
    );
}
