//! The server is killed under the load of everybody's step and started again.

use std::{path::Path, sync::atomic::Ordering::Relaxed, time::Duration, time::Instant};

use crate::{
    crowd::{Crowd, Steps},
    figures::Reconnect,
    process::Process,
    tape::{ms, until},
};

/// Measures it; also gives the new process.
pub async fn measure(
    room: &mut Crowd,
    steps: &Steps,
    commands: &mut u64,
    server: Process,
    program: &Path,
    data: &Path,
) -> anyhow::Result<(Reconnect, Process)> {
    let port = server.address.port();
    drop((room.tape.take_attempts(), room.tape.take_steps()));
    for at in 0..room.len() {
        room.step(at, steps).await?;
    }
    let third = *commands + u64::try_from(room.len() / 3)?;
    *commands += u64::try_from(room.len())?;
    until("a third is acknowledged", || {
        room.tape.acknowledged.load(Relaxed) >= third
    })
    .await?;
    let killed = Instant::now();
    server.kill().await?;
    let server = Process::server(program, data, port).await?;
    let listens = Instant::now();
    let everybody = room.len() + 1;
    until("everybody is back", || {
        room.tape.live.load(Relaxed) >= everybody
    })
    .await?;
    let back = listens.elapsed();
    room.settle(*commands, everybody).await?;
    let attempts = room.tape.take_attempts();
    Ok((
        Reconnect {
            down_ms: ms(listens - killed),
            back_ms: ms(back),
            attempts: attempts.len(),
            busiest_second: busiest(&attempts, listens),
        },
        server,
    ))
}

/// The most attempts within a second, from `since` on.
fn busiest(attempts: &[Instant], since: Instant) -> usize {
    let after: Vec<Instant> = attempts
        .iter()
        .filter(|at| **at >= since)
        .copied()
        .collect();
    (0..after.len())
        .map(|first| {
            let second = after[first] + Duration::from_secs(1);
            after[first..].partition_point(|at| *at < second)
        })
        .max()
        .unwrap_or(0)
}
