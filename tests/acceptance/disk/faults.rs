//! The n-th write, sync, rename or truncation fails below the real server while
//! people press, for many n. `DISK_SEED` repeats a run.

use std::{
    collections::HashMap,
    fs::{self, File},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Attendee, Browser, Facilitator, Live, ServerProcess, Verdict, picture};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Faults that are prepared, one after the other.
const FAULTS: u32 = 60;

/// People who press at once.
const PEOPLE: usize = 4;

/// Commands of each person under each fault.
const PRESSES: usize = 3;

/// Linux's numbers: no space, input or output error, read-only file system.
const ERRORS: [i32; 3] = [28, 5, 30];

/// Writes, syncs, renames, truncations, and all of them.
const KINDS: [i32; 5] = [1, 2, 4, 8, 15];

/// The shared memory that says what fails.
struct FaultyDisk {
    library: PathBuf,
    control_path: PathBuf,
    control: File,
}

impl FaultyDisk {
    fn build(dir: &Path) -> Option<Self> {
        let library = dir.join("faulty_disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("acceptance/disk/faulty_disk.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        if !built.is_ok_and(|status| status.success()) {
            eprintln!("skipped: there is no C compiler to build the layer that fails");
            return None;
        }
        let control_path = dir.join("control");
        fs::write(&control_path, [0; 24]).expect("a file");
        let control = File::options().read(true).write(true).open(&control_path);
        Some(Self {
            library,
            control: control.expect("it is there"),
            control_path,
        })
    }

    /// Lets `skip` operations of `kinds` pass, then fails `count` of them.
    fn arm(&self, skip: i32, count: i32, errno: i32, kinds: i32) {
        self.put(1, 0);
        for (at, value) in [(0, skip), (2, errno), (3, kinds), (1, count)] {
            self.put(at, value);
        }
    }

    fn failed(&self) -> i32 {
        let mut bytes = [0; 4];
        self.control.read_exact_at(&mut bytes, 16).expect("it has");
        i32::from_ne_bytes(bytes)
    }

    fn put(&self, at: u64, value: i32) {
        let bytes = value.to_ne_bytes();
        self.control.write_all_at(&bytes, at * 4).expect("written");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_write_fails_what_is_acknowledged_is_there_and_the_room_goes_on() {
    let dir = TempDir::new().expect("a temporary folder");
    let root = dir.path().canonicalize().expect("its path");
    let Some(disk) = FaultyDisk::build(&root) else {
        return;
    };
    let seed: u64 = std::env::var("DISK_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(rand::random);
    eprintln!("seed {seed}; set DISK_SEED to repeat it");
    let mut random = StdRng::seed_from_u64(seed);
    let data = root.join("data");
    let port = ServerProcess::free_port();
    let variables = [
        ("LD_PRELOAD", disk.library.as_path()),
        ("FAULTY_DISK_FOLDER", data.as_path()),
        ("FAULTY_DISK_CONTROL", disk.control_path.as_path()),
    ];
    let server = ServerProcess::start_with(&data, port, &variables).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let workshop = facilitator.start_workshop(&[codelab]).await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let browser = Browser::new(&server.url);
        let name = format!("Person {n}");
        people.push(Attendee::join(browser, &workshop, &name, Some(&code)).await);
    }

    let mut said: Vec<String> = Vec::new();
    let mut pictures: Vec<String> = Vec::new();
    let mut deferred = 0;
    for fault in 0..FAULTS {
        let kinds = *KINDS.choose(&mut random).expect("some");
        let errno = *ERRORS.choose(&mut random).expect("some");
        disk.arm(
            random.random_range(0..24),
            random.random_range(1..8),
            errno,
            kinds,
        );
        let mut pressing = JoinSet::new();
        for (n, person) in people.drain(..).enumerate() {
            pressing.spawn(press(person, n, fault));
        }
        if let Some(picture) = upload(&facilitator, &workshop.id.0.to_string(), fault).await {
            pictures.push(picture);
        }
        for pressed in pressing.join_all().await {
            people.push(pressed.attendee);
            said.extend(pressed.acknowledged);
            deferred += pressed.deferred;
        }
    }
    disk.arm(0, 0, 0, 0);
    eprintln!(
        "{} operations failed; {} commands acknowledged, {deferred} answers of not yet",
        disk.failed(),
        said.len()
    );
    assert!(
        disk.failed() > i32::try_from(FAULTS).expect("few"),
        "there were faults"
    );
    assert_eq!(said.len(), PEOPLE * PRESSES * FAULTS as usize);

    server.kill().await;
    let server = ServerProcess::start(&data, port).await;
    let mut times: HashMap<String, u32> = HashMap::new();
    for text in crate::full::texts(&facilitator, &workshop.id.0.to_string()).await {
        *times.entry(text).or_default() += 1;
    }
    let wrong = said.iter().filter(|text| times.get(*text) != Some(&1));
    assert_eq!(wrong.count(), 0, "everything acknowledged is there, once");
    assert_eq!(times.len(), said.len());
    assert!(!pictures.is_empty(), "pictures came through");
    for path in &pictures {
        assert_eq!(
            facilitator.browser.get_response(path).await.status(),
            StatusCode::OK
        );
    }
    let parts = tests::kept_files(&data);
    let left = parts.iter().filter(|path| path.extension().is_some());
    assert_eq!(left.count(), 0, "no half-written file is left: {parts:?}");
    server.kill().await;
}

struct Pressed {
    attendee: Attendee,
    acknowledged: Vec<String>,
    deferred: u32,
}

/// Says a few things; what is deferred or unanswered is sent again, as the page does.
async fn press(attendee: Attendee, person: usize, fault: u32) -> Pressed {
    let mut acknowledged = Vec::new();
    let mut deferred = 0;
    let mut live: Option<Live> = None;
    for n in 0..PRESSES {
        let (id, text) = (Uuid::new_v4(), format!("{person}: {fault}.{n}"));
        let frame = json!({ "type": "post_message", "id": id, "text": text });
        loop {
            let Some(open) = &mut live else {
                live = Live::try_connect(&attendee.browser, &attendee.workshop).await;
                continue;
            };
            let verdict = if open.try_send(&frame).await {
                open.verdict(id).await
            } else {
                None
            };
            match verdict.map(Verdict::put_off) {
                Some(None) => break acknowledged.push(text),
                Some(Some(_)) => deferred += 1,
                None => live = None,
            }
        }
    }
    Pressed {
        attendee,
        acknowledged,
        deferred,
    }
}

/// Uploads a picture until it is kept or no more may come for now; says where it is.
async fn upload(facilitator: &Facilitator, workshop: &str, fault: u32) -> Option<String> {
    loop {
        let bytes = picture(&format!("{fault}"));
        let answer = facilitator.browser.upload(workshop, bytes).await;
        let status = answer.status();
        let body: Value = answer.json().await.expect("JSON");
        if status.is_success() {
            return body["file"]
                .as_str()
                .map(|file| format!("/api/v1/files/{file}"));
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            return None;
        }
        let temporary = [
            StatusCode::SERVICE_UNAVAILABLE,
            StatusCode::INSUFFICIENT_STORAGE,
        ];
        assert!(temporary.contains(&status), "{status}: {body}");
    }
}
