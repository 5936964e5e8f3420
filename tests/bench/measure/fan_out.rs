//! Messages to everybody, in turns with the floor, so that whatever else the
//! machine does hits both.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{
    crowd::Crowd,
    figures::{Delays, FanOut},
};

/// Turns that a rate is measured in, each about a second long: what slows the
/// machine down for a while shall slow both.
const TURNS: u32 = 10;

/// Messages per second.
pub const RATES: [u32; 2] = [1, 20];

/// Measures one rate.
pub async fn measure(
    room: &Crowd,
    floor: &Crowd,
    commands: &mut u64,
    per_second: u32,
    seconds: u64,
) -> anyhow::Result<FanOut> {
    let messages = per_second.saturating_mul(u32::try_from(seconds)?);
    let turn = (messages / TURNS).max(1);
    // One message each, so that the first does not pay for what is done once.
    floor.say(0).await?;
    floor.settle(floor.tape.said(), floor.len()).await?;
    room.say(0).await?;
    *commands += 1;
    room.settle(*commands, room.len() + 1).await?;
    drop((room.tape.take_chat(), floor.tape.take_chat()));
    let before = floor.tape.said();
    let mut said = 0;
    while said < messages.max(TURNS) {
        chat(floor, turn, per_second).await?;
        floor.settle(floor.tape.said(), floor.len()).await?;
        chat(room, turn, per_second).await?;
        *commands += u64::from(turn);
        room.settle(*commands, room.len() + 1).await?;
        said += turn;
    }
    let (room_delays, room_last) = room.tape.take_chat();
    let (floor_delays, floor_last) = floor.tape.take_chat();
    Ok(FanOut {
        per_second,
        messages: floor.tape.said() - before,
        room: Delays::of(room_delays),
        room_last: Delays::of(room_last),
        floor: Delays::of(floor_delays),
        floor_last: Delays::of(floor_last),
    })
}

/// One after the other from all over the room, and a pause after the last.
async fn chat(crowd: &Crowd, messages: u32, per_second: u32) -> anyhow::Result<()> {
    let began = Instant::now();
    for n in 0..messages {
        sleep_until(began + Duration::from_secs(1) * n / per_second).await;
        crowd.say(usize::try_from(n)?.wrapping_mul(7)).await?;
    }
    sleep_until(began + Duration::from_secs(1) * messages / per_second).await;
    Ok(())
}
