//! One attendee sends 500 messages in one breath; five read slowly.

use std::{sync::atomic::Ordering::Relaxed, time::Duration, time::Instant};

use crate::{client::Order, crowd::Crowd, figures::Burst, tape::ms, tape::until};

const MESSAGES: u64 = 500;
const SLOW: usize = 5;

/// A slow reader rests that long after each frame.
const REST: Duration = Duration::from_millis(100);

/// Measures it.
pub async fn measure(room: &Crowd, commands: &mut u64) -> anyhow::Result<Burst> {
    let slow = SLOW.min(room.len() - 1);
    for at in 1..=slow {
        room.order(at, Order::Rest(Some(REST))).await?;
    }
    let heard = room.tape.heard.load(Relaxed);
    let began = Instant::now();
    for _ in 0..MESSAGES {
        room.say(0).await?;
    }
    // The facilitator listens, too.
    let others = u64::try_from(room.len() + 1 - slow)?;
    until("the burst has reached the others", || {
        room.tape.heard.load(Relaxed) >= heard + MESSAGES * others
    })
    .await?;
    let others_took = began.elapsed();
    *commands += MESSAGES;
    room.settle(*commands, room.len() + 1).await?;
    let all_took = began.elapsed();
    for at in 1..=slow {
        room.order(at, Order::Rest(None)).await?;
    }
    Ok(Burst {
        messages: MESSAGES,
        slow_readers: slow,
        others_ms: ms(others_took),
        all_ms: ms(all_took),
    })
}
