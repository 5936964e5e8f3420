//! A file system filled to its last byte below a live room, and freed again. A limit on pages does
//! not show what happens here: SQLite rolls back by itself, and the connection must not go on as
//! if its transaction were still open.

use std::{
    fs::{File, OpenOptions},
    io::Write as _,
    path::Path,
    process::Command,
    time::Instant,
};

use protocol::{MessagePage, ProblemCode, ServerMessage};
use serde_json::json;
use tests::{Browser, Facilitator, Live, ServerProcess};
use uuid::Uuid;

/// A file system of its own, unmounted when dropped.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// Nothing when this process may not mount.
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o"])
            .arg(format!("size={megabytes}m,mode=700"))
            .args(["tmpfs"])
            .arg(folder.path())
            .output();
        let done = mounted.is_ok_and(|output| output.status.success());
        done.then_some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let path = self.path().join("filler");
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .expect("a file");
        for portion in [1 << 20, 1 << 12, 1] {
            while file.write_all(&vec![b'x'; portion]).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.path().join("filler")).expect("it is there");
        File::open(self.path())
            .expect("the folder")
            .sync_all()
            .expect("synced");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, since the program that used it may still be ending.
        let unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(
            unmounted.is_ok_and(|status| status.success()),
            "it was mounted"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_puts_commands_off_and_the_room_goes_on_when_there_is_space() {
    let Some(disk) = SmallDisk::mount(48) else {
        eprintln!("skipped: this process may not mount a file system");
        return;
    };
    let data = disk.path().join("data");
    let port = ServerProcess::free_port();
    let mut server = ServerProcess::start(&data, port).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let workshop = facilitator.start_workshop(&[codelab]).await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let ada = tests::Attendee::join(Browser::new(&server.url), &workshop, "Ada", Some(&code)).await;
    let mut live = ada.live().await;
    let mut acknowledged = Vec::new();
    let mut put_off = 0;

    for round in 0..5 {
        disk.fill();
        // What the write-ahead log still holds of its old length is written over first.
        let (text, id) = loop {
            let text = format!("{round}: {} {}", acknowledged.len(), "word ".repeat(500));
            let id = live
                .command(json!({ "type": "post_message", "text": text }))
                .await;
            match answer(&mut live, id).await {
                None => acknowledged.push(text),
                Some(code) => {
                    assert_eq!(code, ProblemCode::StorageFull, "round {round}");
                    break (text, id);
                }
            }
            assert!(acknowledged.len() < 20_000, "the disk is full");
        };
        put_off += 1;
        disk.free();
        let freed = Instant::now();
        let mut tries = 0;
        loop {
            tries += 1;
            live.send_json(&json!({ "type": "post_message", "id": id, "text": text }))
                .await;
            if answer(&mut live, id).await.is_none() {
                break;
            }
            assert!(tries < 1000, "there is space again");
        }
        acknowledged.push(text);
        eprintln!(
            "round {round}: acknowledged {} ms after there was space, try {tries}",
            freed.elapsed().as_millis()
        );
    }
    drop(live);

    server.kill().await;
    server = ServerProcess::start(&data, port).await;
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let query = before.map_or(String::new(), |id: u32| format!("?before={id}"));
        let path = format!("/api/v1/workshops/{}/messages{query}", workshop.id.0);
        let page: MessagePage = facilitator.browser.get(&path).await;
        before = page.items.first().map(|message| message.id);
        found.extend(
            page.items
                .into_iter()
                .map(|message| message.text.to_string()),
        );
        if !page.has_older {
            break;
        }
    }
    found.sort_unstable();
    acknowledged.sort_unstable();
    eprintln!(
        "{} acknowledged, {} found, put off {put_off} times",
        acknowledged.len(),
        found.len()
    );
    assert_eq!(found.len(), acknowledged.len());
    assert!(
        found
            .iter()
            .map(|text| text.trim())
            .eq(acknowledged.iter().map(|text| text.trim()))
    );
    server.kill().await;
}

/// Why a command is put off; nothing when it is acknowledged. Never is it refused.
async fn answer(live: &mut Live, id: Uuid) -> Option<ProblemCode> {
    let answer = live.until("an answer", |message| {
        if let ServerMessage::Ack(ack) = message {
            (ack.id == id).then_some(Ok(None))
        } else if let ServerMessage::Deferred(deferred) = message {
            (deferred.id == id).then_some(Ok(Some(deferred.problem.code)))
        } else if let ServerMessage::Rejected(rejected) = message {
            (rejected.id == Some(id)).then(|| Err(rejected.problem.clone()))
        } else {
            None
        }
    });
    answer.await.expect("a full disk refuses nothing")
}
