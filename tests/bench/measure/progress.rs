//! Everybody enters a step every second, spread over the second.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use tokio::time::{Instant, sleep_until};

use crate::{
    crowd::{Crowd, Steps},
    figures::{Delays, Progress},
    tape::until,
};

/// Measures for so long.
pub async fn measure(
    room: &mut Crowd,
    steps: &Steps,
    commands: &mut u64,
    seconds: u64,
) -> anyhow::Result<Progress> {
    let people = room.len();
    let before = room.tape.acknowledged.load(Relaxed);
    let heard = room.tape.steps_heard.load(Relaxed);
    drop(room.tape.take_steps());
    let began = Instant::now();
    let mut asked = 0;
    for round in 0..usize::try_from(seconds)? {
        for at in 0..people {
            let due = f64::from(u32::try_from(at)?) / f64::from(u32::try_from(people)?);
            let due = Duration::from_secs(u64::try_from(round)?) + Duration::from_secs_f64(due);
            sleep_until(began + due).await;
            room.step(at, steps).await?;
            asked += 1;
        }
    }
    *commands += asked;
    room.settle(*commands, room.len() + 1).await?;
    until("the facilitator has every step", || {
        room.tape.steps_heard.load(Relaxed) >= heard + asked
    })
    .await?;
    Ok(Progress {
        asked,
        acknowledged: room.tape.acknowledged.load(Relaxed) - before,
        to_facilitator: Delays::of(room.tape.take_steps()),
    })
}
