//! An ordinary stretch of a workshop: everybody enters a step every thirty
//! seconds and says something every five minutes.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use tokio::time::{Instant, sleep_until};

use crate::{
    crowd::{Crowd, Steps},
    figures::Traffic,
    process::Process,
};

/// Messages for each so many steps.
const STEPS_PER_MESSAGE: usize = 10;

/// Seconds between the steps of one attendee.
const STEP_SECONDS: f64 = 30.0;

/// Bytes and frames are counted from here.
struct Before {
    commits: u64,
    began: Instant,
    acknowledged: u64,
    bytes: u64,
    frames: u64,
}

/// Lets a stretch pass.
pub async fn measure(
    room: &mut Crowd,
    steps: &Steps,
    commands: &mut u64,
    server: &Process,
    seconds: u64,
) -> anyhow::Result<Traffic> {
    let before = Before {
        commits: server.commits(),
        began: Instant::now(),
        acknowledged: room.tape.acknowledged.load(Relaxed),
        bytes: room.tape.bytes.load(Relaxed),
        frames: room.tape.frames.load(Relaxed),
    };
    let apart = Duration::from_secs_f64(STEP_SECONDS / f64::from(u32::try_from(room.len())?));
    let stretch = Duration::from_secs(seconds);
    let mut n: usize = 0;
    while apart * u32::try_from(n)? < stretch {
        sleep_until(before.began + apart * u32::try_from(n)?).await;
        let at = n % room.len();
        room.step(at, steps).await?;
        *commands += 1;
        if n.is_multiple_of(STEPS_PER_MESSAGE) {
            room.say(at).await?;
            *commands += 1;
        }
        n += 1;
    }
    sleep_until(before.began + stretch).await;
    let took = before.began.elapsed().as_secs_f64();
    let bytes = room.tape.bytes.load(Relaxed) - before.bytes;
    let frames = room.tape.frames.load(Relaxed) - before.frames;
    let commits = server.commits() - before.commits;
    room.settle(*commands, room.len() + 1).await?;
    let events = room.tape.acknowledged.load(Relaxed) - before.acknowledged;
    let minutes = took / 60.0 * f64::from(u32::try_from(room.len())?);
    let float = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Ok(Traffic {
        bytes_per_attendee_minute: float(bytes) / minutes,
        frames_per_attendee_minute: float(frames) / minutes,
        commits_per_second: float(commits) / took,
        events_per_second: float(events) / took,
    })
}
