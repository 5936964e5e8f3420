//! The tables. Rows are measures, columns are rooms, as in docs/PERFORMANCE.md.

use crate::figures::{Delays, FanOut, Report, Room, Slow, Storm};

/// Prints a line.
#[expect(clippy::print_stdout, reason = "this is a program's voice")]
pub fn say(line: &str) {
    println!("{line}");
}

/// Prints everything as Markdown.
pub fn tables(report: &Report) {
    let machine = &report.machine;
    say(&format!(
        "{} cores, {} GiB of memory, {}\n",
        machine.cores, machine.memory_gib, machine.system
    ));
    for line in table(&report.rooms) {
        say(&line);
    }
    if let Some(door) = report.door {
        say(&format!(
            "\n{} people behind one address at once, default limits: {}, {} refused",
            door.people,
            storm(&door.join),
            door.join.errors
        ));
    }
    if let Some(slow) = &report.slow {
        say(&slow_line(slow));
    }
}

type Cell = fn(&Room) -> Option<String>;

const ROWS: &[(&str, Cell)] = &[
    ("join storm: wall, p50 / p99 (ms)", |room| {
        Some(storm(&room.join))
    }),
    ("– floor", |room| Some(storm(&room.floor_join))),
    ("live connections: wall, p50 / p99 (ms)", |room| {
        Some(storm(&room.live))
    }),
    ("fan-out, 1 message/s: p50 / p99 / last p99 (ms)", |room| {
        fan_out(room, 1, |f| (f.room, f.room_last))
    }),
    ("– floor", |room| {
        fan_out(room, 1, |f| (f.floor, f.floor_last))
    }),
    ("– p99 over the floor's", |room| ratio(room, 1)),
    (
        "fan-out, 20 messages/s: p50 / p99 / last p99 (ms)",
        |room| fan_out(room, 20, |f| (f.room, f.room_last)),
    ),
    ("– floor", |room| {
        fan_out(room, 20, |f| (f.floor, f.floor_last))
    }),
    ("– p99 over the floor's", |room| ratio(room, 20)),
    (
        "progress, 1 step/s each, to the facilitator: p50 / p99 (ms)",
        |room| room.progress.map(|p| delays(&p.to_facilitator)),
    ),
    ("– asked / acknowledged", |room| {
        room.progress
            .map(|p| format!("{} / {}", p.asked, p.acknowledged))
    }),
    (
        "burst of 500 with slow readers: others / all (ms)",
        |room| {
            room.burst
                .map(|b| format!("{:.0} / {:.0}", b.others_ms, b.all_ms))
        },
    ),
    ("`kill -9`: down, then all back (ms)", |room| {
        room.reconnect
            .map(|r| format!("{:.0}, {:.0}", r.down_ms, r.back_ms))
    }),
    ("– attempts, busiest second", |room| {
        room.reconnect
            .map(|r| format!("{}, {}", r.attempts, r.busiest_second))
    }),
    ("to each attendee per minute: kB, frames", |room| {
        room.traffic.map(|t| {
            let kb = t.bytes_per_attendee_minute / 1000.0;
            format!("{kb:.1}, {:.0}", t.frames_per_attendee_minute)
        })
    }),
    ("commits (fsyncs) / events per second", |room| {
        room.traffic
            .map(|t| format!("{:.1} / {:.1}", t.commits_per_second, t.events_per_second))
    }),
    ("memory per connection (KiB)", |room| {
        room.memory.map(|m| format!("{:.1}", m.per_connection))
    }),
    ("– floor", |room| {
        room.memory
            .map(|m| format!("{:.1}", m.floor_per_connection))
    }),
    ("acknowledged / persisted", |room| {
        Some(format!(
            "{} / {}",
            room.truth.acknowledged, room.truth.persisted
        ))
    }),
    ("lost / twice / holes / refused / errors", |room| {
        let truth = &room.truth;
        Some(format!(
            "{} / {} / {} / {} / {}",
            truth.lost,
            truth.twice,
            truth.holes,
            truth.refused,
            room.join.errors + room.live.errors
        ))
    }),
];

fn table(rooms: &[Room]) -> Vec<String> {
    let row = |what: &str, cells: Vec<String>| format!("| {what} | {} |", cells.join(" | "));
    let sizes = rooms.iter().map(|room| room.people.to_string());
    let mut lines = vec![
        row("people", sizes.collect()),
        format!("|---|{}", "---:|".repeat(rooms.len())),
    ];
    for (what, cell) in ROWS {
        let cells: Vec<Option<String>> = rooms.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells.into_iter().map(Option::unwrap_or_default);
            lines.push(row(what, cells.collect()));
        }
    }
    lines
}

fn storm(storm: &Storm) -> String {
    format!("{:.0}, {}", storm.wall_ms, delays(&storm.delays))
}

fn delays(delays: &Delays) -> String {
    format!("{:.1} / {:.1}", delays.p50_ms, delays.p99_ms)
}

fn at_rate(room: &Room, per_second: u32) -> Option<&FanOut> {
    room.fan_out.iter().find(|f| f.per_second == per_second)
}

fn fan_out(room: &Room, rate: u32, of: fn(&FanOut) -> (Delays, Delays)) -> Option<String> {
    let (all, last) = of(at_rate(room, rate)?);
    Some(format!("{} / {:.1}", delays(&all), last.p99_ms))
}

fn ratio(room: &Room, rate: u32) -> Option<String> {
    let of = at_rate(room, rate)?;
    Some(format!(
        "{:.2}",
        of.room.p99_ms / of.floor.p99_ms.max(0.001)
    ))
}

fn slow_line(slow: &Slow) -> String {
    let mib: Vec<String> = slow
        .kib
        .iter()
        .map(|kib| format!("{}", kib / 1024))
        .collect();
    format!(
        "\n{} clients that never read, {} that do, {} messages in {} s: memory in MiB {}; \
         lost / twice: {} / {}",
        slow.deaf,
        slow.readers,
        slow.messages,
        slow.seconds,
        mib.join(" "),
        slow.truth.lost,
        slow.truth.twice
    )
}
