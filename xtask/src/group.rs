//! Running a program together with everything it leaves behind.
//!
//! A window test starts a display, a message bus, a driver and the app. They share one process
//! group, and that group ends with the test: when the leader is done, when it fails, and also when
//! this process is interrupted or killed. A watcher in a group of its own holds a pipe from us; it
//! is the closing of that pipe, for whatever reason, that makes it end the group. It signals no
//! process outside the group.

use std::{
    process::Command,
    sync::mpsc::{Receiver, sync_channel},
    time::Duration,
};

use anyhow::Result;

/// What came of a group.
pub struct Ended {
    /// Whether the leader succeeded in time.
    pub success: bool,
    /// Whether the leader was still busy at the limit, and was ended with its group.
    pub too_late: bool,
    /// What the group said on standard output, which was passed through as well.
    pub output: String,
    /// Whether processes outlived the leader and had to be ended.
    pub leftovers: bool,
}

/// How long a reader of the group's output may take after the group is gone. Longer means that
/// some process left the group and holds the pipe: its words are not worth waiting for.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Asks the group `$1` to end once standard input closes, and insists after five seconds.
#[cfg(unix)]
const WATCHER: &str = r#"
cat >/dev/null
kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
  kill -s 0 -- "-$1" 2>/dev/null || exit 0
  sleep 0.2
done
kill -s KILL -- "-$1" 2>/dev/null
exit 0
"#;

/// Runs `command` as the leader of a process group of its own and ends the whole group with it.
/// Standard output is passed through and kept. A leader that is still busy after `limit` hangs,
/// and is ended too.
///
/// # Errors
/// When the program or its watcher cannot be started.
#[cfg(unix)]
pub fn run(command: &mut Command, limit: Duration) -> Result<Ended> {
    use std::{os::unix::process::CommandExt as _, process::Stdio};

    use anyhow::Context as _;

    let mut leader = command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", crate::process::describe(command)))?;
    let group = leader.id().to_string();
    let mut watcher = Command::new("sh")
        .args(["-c", WATCHER, "watcher", &group])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start sh")?;
    let heard = listen(leader.stdout.take());

    let (deliver, ended) = sync_channel(1);
    std::thread::spawn(move || deliver.send(leader.wait()).ok());
    let in_time = ended.recv_timeout(limit);
    let too_late = in_time.is_err();
    let leftovers = !too_late && is_alive(&group)?;
    drop(watcher.stdin.take());
    watcher.wait().context("cannot wait for a child")?;
    let success = match in_time {
        Ok(status) => status.context("cannot wait for a child")?.success(),
        Err(_) => false,
    };
    let output = heard.recv_timeout(LAST_WORDS).unwrap_or_default();
    Ok(Ended {
        success,
        too_late,
        output,
        leftovers,
    })
}

/// Runs `command` without a limit; there are no process groups here, and no caller that needs one.
///
/// # Errors
/// When the program cannot be started.
#[cfg(not(unix))]
pub fn run(command: &mut Command, _limit: Duration) -> Result<Ended> {
    use std::process::Stdio;

    use anyhow::Context as _;

    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", crate::process::describe(command)))?;
    let heard = listen(child.stdout.take());
    let status = child.wait().context("cannot wait for a child")?;
    let output = heard.recv_timeout(LAST_WORDS).unwrap_or_default();
    Ok(Ended {
        success: status.success(),
        too_late: false,
        output,
        leftovers: false,
    })
}

/// Passes lines through as they come, and delivers all of them once the pipe is closed.
fn listen(pipe: Option<std::process::ChildStdout>) -> Receiver<String> {
    use std::io::{BufRead as _, BufReader};

    let (deliver, heard) = sync_channel(1);
    std::thread::spawn(move || {
        let mut all = String::new();
        for line in pipe
            .into_iter()
            .flat_map(|pipe| BufReader::new(pipe).split(b'\n'))
        {
            let Ok(line) = line else { break };
            let line = String::from_utf8_lossy(&line);
            crate::output::line(&line);
            all.push_str(&line);
            all.push('\n');
        }
        // Nobody listens any more only when the deadline has passed.
        deliver.send(all).ok();
    });
    heard
}

#[cfg(unix)]
fn is_alive(group: &str) -> Result<bool> {
    let mut probe = Command::new("sh");
    probe.args(["-c", r#"kill -s 0 -- "-$1" 2>/dev/null"#, "probe", group]);
    Ok(crate::process::status_of(&mut probe)?.success())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Ended {
        run(
            Command::new("sh").args(["-c", script]),
            Duration::from_mins(1),
        )
        .expect("sh starts")
    }

    #[test]
    fn a_leader_that_cleans_up_leaves_nothing() {
        let ended = shell("echo one; echo two");
        assert!(ended.success);
        assert_eq!(ended.output, "one\ntwo\n");
        assert!(!ended.leftovers);
    }

    #[test]
    fn a_process_that_outlives_its_leader_is_ended() {
        let ended = shell("sleep 600 & echo started; exit 3");
        assert!(!ended.success);
        assert!(ended.leftovers);
        // The child holds the pipe: had it lived on, its words would have been given up on.
        assert_eq!(ended.output, "started\n");
    }

    #[test]
    fn a_leader_that_hangs_is_ended() {
        let limit = Duration::from_millis(50);
        let ended = run(Command::new("sleep").arg("600"), limit).expect("sleep starts");
        assert!(ended.too_late);
        assert!(!ended.success);
    }
}
