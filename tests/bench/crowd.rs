//! Everybody in a room.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};
use uuid::Uuid;

use crate::{
    client::{Client, ORDERS, Order, Place},
    figures::{Delays, Storm},
    http,
    tape::{Tape, ms, until},
};

/// Steps of the agenda: codelab and step.
pub type Steps = [Arc<(String, String)>];

/// Somebody who has a seat.
pub struct Seated {
    pub cookie: String,
    pub seat: u32,
    pub seq: i64,
}

/// Everybody joins at the same moment, each over a connection of their own.
pub async fn join(
    place: &Place,
    code: &str,
    names: std::ops::Range<usize>,
) -> (Storm, Vec<Seated>) {
    let people = names.len();
    let (go, gone) = watch::channel(None::<Instant>);
    let mut joining = JoinSet::new();
    for n in names {
        let (address, mut gone) = (place.address, gone.clone());
        let path = format!("/api/v1/workshops/{}/seats", place.workshop);
        let id = Uuid::new_v4();
        let body = format!("{{\"id\":\"{id}\",\"name\":\"Person {n}\",\"code\":\"{code}\"}}");
        joining.spawn(async move {
            let began = gone
                .wait_for(Option::is_some)
                .await
                .ok()
                .and_then(|at| *at)?;
            let answer = http::post(address, &path, &body).await;
            Some((began.elapsed(), answer))
        });
    }
    tokio::task::yield_now().await;
    go.send_replace(Some(Instant::now()));
    let mut took = Vec::with_capacity(people);
    let mut seated = Vec::with_capacity(people);
    let mut first_error = None;
    for (after, answer) in joining.join_all().await.into_iter().flatten() {
        let read = answer.and_then(|answer| answer.read()).and_then(|read| {
            let (cookie, joined) = read;
            let snapshot = &joined["snapshot"];
            let seat = snapshot["you"]["person"]["seat"].as_u64();
            Ok(Seated {
                cookie,
                seat: u32::try_from(seat.context("a seat")?)?,
                seq: snapshot["seq"].as_i64().context("a seq")?,
            })
        });
        match read {
            Ok(person) => {
                took.push(after);
                seated.push(person);
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    if let Some(error) = first_error {
        eprintln!("a join failed: {error:#}");
    }
    (storm(&took, people), seated)
}

/// The figures of a storm of which `took` came through.
pub fn storm(took: &[Duration], people: usize) -> Storm {
    let micros = took
        .iter()
        .map(|took| u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    Storm {
        wall_ms: took.iter().max().map_or(0.0, |wall| ms(*wall)),
        delays: Delays::of(micros.collect()),
        errors: people - took.len(),
    }
}

/// Everybody's live connections.
pub struct Crowd {
    pub tape: Arc<Tape>,
    orders: Vec<mpsc::Sender<Order>>,
    seats: Vec<u32>,
    /// The step each is at, counted around the agenda.
    rounds: Vec<usize>,
    facilitator: Option<mpsc::Sender<Order>>,
    clients: JoinSet<Client>,
}

impl Crowd {
    /// Nobody yet.
    pub fn new() -> Self {
        Self {
            tape: Arc::new(Tape::new()),
            orders: Vec::new(),
            seats: Vec::new(),
            rounds: Vec::new(),
            facilitator: None,
            clients: JoinSet::new(),
        }
    }

    /// Adds the facilitator's page, which does not count as one of the people.
    pub async fn add_facilitator(
        &mut self,
        place: &Place,
        cookie: String,
        seq: i64,
    ) -> anyhow::Result<()> {
        let client = Client::new(place.clone(), cookie, seq, Arc::clone(&self.tape));
        let (orders, receiver) = mpsc::channel(ORDERS);
        self.clients.spawn(client.facilitating().live(receiver));
        self.facilitator = Some(orders);
        until("the facilitator is connected", || {
            self.tape.live.load(Relaxed) == 1
        })
        .await?;
        drop(self.tape.take_greeted());
        drop(self.tape.take_attempts());
        Ok(())
    }

    /// All of `people` connect at the same moment; waits until all are greeted.
    pub async fn connect(&mut self, place: &Place, people: Vec<Seated>) -> anyhow::Result<Storm> {
        let (before, count) = (self.tape.live.load(Relaxed), people.len());
        let began = Instant::now();
        for Seated { cookie, seat, seq } in people {
            let client = Client::new(place.clone(), cookie, seq, Arc::clone(&self.tape));
            let (orders, receiver) = mpsc::channel(ORDERS);
            self.clients.spawn(client.live(receiver));
            self.orders.push(orders);
            self.seats.push(seat);
            self.rounds.push(0);
        }
        let everybody = before + count;
        until("everybody is connected", || {
            self.tape.live.load(Relaxed) == everybody
        })
        .await?;
        let greeted = self.tape.take_greeted();
        let took: Vec<Duration> = greeted.iter().map(|at| *at - began).collect();
        let tried = self.tape.take_attempts().len();
        let mut storm = storm(&took, count);
        storm.errors = tried - count;
        Ok(storm)
    }

    /// How many people.
    pub fn len(&self) -> usize {
        self.orders.len()
    }

    /// The person at `at` enters the next step, never the one they are at.
    pub async fn step(&mut self, at: usize, steps: &Steps) -> anyhow::Result<()> {
        let step = Arc::clone(&steps[self.rounds[at] % steps.len()]);
        self.rounds[at] += 1;
        self.tape.ask_step(self.seats[at]);
        self.order(at, Order::Enter(step)).await
    }

    /// Gives an order to the person at `at`, counted around the room.
    pub async fn order(&self, at: usize, order: Order) -> anyhow::Result<()> {
        let orders = &self.orders[at % self.orders.len()];
        orders.send(order).await.ok().context("a client ended")
    }

    /// Somebody says the next message.
    pub async fn say(&self, at: usize) -> anyhow::Result<()> {
        let text = self.tape.next_text();
        self.order(at, Order::Say(text)).await
    }

    /// Waits until every message arrived everywhere and every command was answered.
    pub async fn settle(&self, commands: u64, listeners: usize) -> anyhow::Result<()> {
        let tape = &self.tape;
        let listeners = u64::try_from(listeners)?;
        until("everything is acknowledged", || {
            tape.acknowledged.load(Relaxed) + tape.refused.load(Relaxed) >= commands
        })
        .await?;
        until("every message has arrived everywhere", || {
            tape.heard.load(Relaxed) >= tape.said() * listeners
        })
        .await
    }

    /// Everybody leaves; what they wrote down.
    pub async fn leave(mut self) -> Vec<Client> {
        self.orders.clear();
        self.facilitator = None;
        self.clients.join_all().await
    }
}
