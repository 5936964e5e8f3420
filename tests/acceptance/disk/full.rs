//! A real file system, filled to the last byte and freed again.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write as _},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use protocol::{DiskCondition, DiskState, MessagePage, ProblemCode};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Attendee, Browser, Facilitator, Live, ServerProcess, Verdict, refusal};
use uuid::Uuid;

/// After space is there again, the next message is acknowledged within this.
const RECOVERY: Duration = Duration::from_secs(1);

/// A small file system of its own; taken away again when it is dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Option<Self> {
        let dir = TempDir::new().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(dir.path())
            .output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(dir));
        }
        eprintln!("skipped: mounting a small file system takes rights that are not there");
        None
    }

    fn ballast(&self) -> std::path::PathBuf {
        self.0.path().join("ballast")
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(self.ballast())
            .expect("a file");
        for size in [1 << 20, 1 << 12, 1] {
            let block = vec![7; size];
            let full = loop {
                if let Err(error) = file.write(&block) {
                    break error;
                }
            };
            assert_eq!(full.kind(), ErrorKind::StorageFull, "{full}");
        }
    }

    fn free(&self) {
        fs::remove_file(self.ballast()).expect("it was there");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.0.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "unmounted");
    }
}

fn message(id: Uuid, text: &str) -> Value {
    json!({ "type": "post_message", "id": id, "text": text })
}

/// Posts until the disk takes no more; says what was acknowledged, and the
/// command that was deferred.
async fn post_until_full(
    disk: &SmallDisk,
    live: &mut Live,
    said: &mut Vec<String>,
) -> (Uuid, String) {
    loop {
        disk.fill();
        let (id, text) = (
            Uuid::new_v4(),
            format!("{} {}", said.len(), "x".repeat(3000)),
        );
        live.send_json(&message(id, &text)).await;
        let verdict = live.verdict(id).await.expect("the connection stays");
        match verdict.put_off() {
            None => said.push(text),
            Some(problem) => {
                assert_eq!(problem.code, ProblemCode::StorageFull);
                return (id, text);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_filled_to_the_last_byte_and_freed_loses_nothing() {
    let Some(disk) = SmallDisk::mount("48m") else {
        return;
    };
    let data = disk.0.path().join("data");
    let port = ServerProcess::free_port();
    let server = ServerProcess::start(&data, port).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let workshop = facilitator
        .start_workshop(std::slice::from_ref(&codelab))
        .await;
    let other = facilitator.start_workshop(&[codelab]).await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let ada = Attendee::join(Browser::new(&server.url), &workshop, "Ada", Some(&code)).await;
    let mut live = ada.live().await;
    let mut other_room = facilitator.live(&other).await;
    assert_eq!(condition(&facilitator).await, DiskCondition::Good);

    let mut said = Vec::new();
    let (mut id, mut text) = post_until_full(&disk, &mut live, &mut said).await;
    assert!(
        !reserve_of(&data),
        "the reserve was given to the room first"
    );

    for round in 0..3 {
        // Everything else that writes says "not yet" too, and reading goes on.
        let help = Uuid::new_v4();
        live.send_json(&json!({ "type": "raise_help", "id": help }))
            .await;
        let verdict = live.verdict(help).await.expect("the connection stays");
        assert!(matches!(verdict, Verdict::Deferred(_)), "{verdict:?}");
        let path = format!("/api/v1/workshops/{}/seats", ada.workshop);
        let join = json!({ "id": Uuid::new_v4(), "name": "Bo", "code": code });
        let answer = Browser::new(&server.url);
        let answer = answer.request(Method::POST, &path, Some(&join)).await;
        assert!(answer.headers().contains_key("retry-after"));
        assert_eq!(refusal(answer).await.code, ProblemCode::StorageFull);
        assert_eq!(
            facilitator.snapshot(&workshop).await.status,
            protocol::WorkshopStatus::Live
        );
        until_condition(&facilitator, DiskCondition::Full).await;

        disk.free();
        let freed = Instant::now();
        live.send_json(&message(id, &text)).await;
        let verdict = live.verdict(id).await.expect("the connection stays");
        let took = freed.elapsed();
        assert_eq!(verdict, Verdict::Acknowledged);
        eprintln!(
            "round {round}: acknowledged {} ms after space was there",
            took.as_millis()
        );
        assert!(took < RECOVERY, "{took:?}");
        said.push(text);
        other_room
            .do_it(json!({ "type": "post_message", "text": "here too" }))
            .await;
        until_condition(&facilitator, DiskCondition::Good).await;
        (id, text) = post_until_full(&disk, &mut live, &mut said).await;
    }
    disk.free();
    live.send_json(&message(id, &text)).await;
    assert_eq!(live.verdict(id).await, Some(Verdict::Acknowledged));
    said.push(text);

    server.kill().await;
    let server = ServerProcess::start(&data, port).await;
    let mut found = texts(&facilitator, &ada.workshop).await;
    found.sort();
    said.sort();
    assert_eq!(found.len(), said.len());
    assert!(found == said, "what was acknowledged is there, once");
    server.kill().await;
}

fn reserve_of(data: &Path) -> bool {
    data.join("open-codelabs.reserve").exists()
}

async fn condition(facilitator: &Facilitator) -> DiskCondition {
    let state: DiskState = facilitator.browser.get("/api/v1/disk").await;
    state.condition
}

/// Waits until facilitators are told; the server looks by itself.
async fn until_condition(facilitator: &Facilitator, wanted: DiskCondition) {
    let told = async { while condition(facilitator).await != wanted {} };
    tokio::time::timeout(tests::PATIENCE, told)
        .await
        .expect("facilitators are told");
}

/// Everything that was said in a workshop.
pub async fn texts(facilitator: &Facilitator, workshop: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut before = String::new();
    loop {
        let path = format!("/api/v1/workshops/{workshop}/messages{before}");
        let page: MessagePage = facilitator.browser.get(&path).await;
        texts.extend(page.items.iter().map(|message| message.text.to_string()));
        match page.items.first() {
            Some(first) if page.has_older => before = format!("?before={}", first.id),
            _ => return texts,
        }
    }
}
