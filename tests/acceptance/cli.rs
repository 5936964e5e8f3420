//! The command line, as a process.

use std::{
    path::Path,
    process::{Command, Output},
};

use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
use store::Store;
use tempfile::TempDir;
use tests::{program, wide_picture};

/// Whether `codelabs verify` succeeds, and what it says.
fn verify(data_dir: &Path) -> (bool, String) {
    codelabs(&["verify", "--data-dir"], data_dir)
}

fn codelabs(arguments: &[&str], path: &Path) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(program())
        .args(arguments)
        .arg(path)
        .output()
        .expect("the program runs");
    let said = [stdout, stderr].concat();
    (status.success(), String::from_utf8(said).expect("text"))
}

#[test]
fn without_a_database_there_is_nothing_to_verify() {
    let folder = TempDir::new().unwrap();
    let (good, said) = verify(folder.path());
    assert!(!good && said.contains("there is no database in"), "{said}");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "it makes none");
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (good, said) = verify(folder.path());
    assert!(!good, "{said}");
    store.close().await;
    let (good, said) = verify(folder.path());
    assert!(
        good && said.contains("Every table says what the log says"),
        "{said}"
    );
}

#[tokio::test]
async fn rows_that_do_not_follow_from_the_log_are_named() {
    let folder = TempDir::new().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let mut raw = SqliteConnectOptions::new()
        .filename(folder.path().join("open-codelabs.db"))
        .foreign_keys(false)
        .connect()
        .await
        .unwrap();
    sqlx::query("INSERT INTO completed_steps VALUES (1, 1, 1, 1, 5)")
        .execute(&mut raw)
        .await
        .unwrap();
    sqlx::Connection::close(raw).await.unwrap();
    let (good, said) = verify(folder.path());
    assert!(!good, "{said}");
    assert!(
        said.contains("completed_steps has (1, 1, 1, 1, 5)"),
        "{said}"
    );
    assert!(
        said.contains("rows of seats that are gone"),
        "the references are checked: {said}"
    );
}

#[test]
fn a_codelab_is_looked_at_without_importing_it() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("lab.md");
    let text = "# Lab\n\n## Begin\nDuration: 5\n\n![a](https://x.example/a.png) [b](https://y.example)\n\n\
                ```console\n$ npm install left-pad\n```\n";
    std::fs::write(&file, text).unwrap();
    let (good, said) = codelabs(&["lint"], &file);
    assert!(good, "remarks are no failure: {said}");
    for expected in [
        "lab.md:6:6: warning: The image https://x.example/a.png is on the internet",
        "lab.md:6: offline: https://y.example is a link",
        "lab.md:9: offline: “$ npm install left-pad” fetches something",
        "“Lab”: 1 step, 5 minutes, 0 images, 1 remark, 2 things more that cannot be had offline",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    let (_, said) = codelabs(&["lint", "--json"], &file);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(told[0]["codelab"]["title"], "Lab");
    assert_eq!(told[0]["diagnostics"][0]["code"], "remote_image");
    assert_eq!(told[0]["offline"][1]["kind"], "command");
}

#[test]
fn what_would_be_refused_or_lost_fails() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("notes.md");
    std::fs::write(&file, "no heading\n").unwrap();
    let (good, said) = codelabs(&["lint"], &file);
    assert!(!good && said.contains("notes.md: error: "), "{said}");
    assert!(said.contains("1 of 1 cannot be imported"), "{said}");

    std::fs::write(&file, "# T\n\n## S\n\n<<missing.md>>\n").unwrap();
    let (good, said) = codelabs(&["lint"], &file);
    assert!(!good && said.contains("notes.md:5:3: error: "), "{said}");
}

/// Runs `codelabs import`; its exit code, and what it says.
fn import(data_dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(program())
        .args(["import", "--data-dir"])
        .arg(data_dir)
        .args(arguments)
        .output()
        .expect("the program runs");
    let said = String::from_utf8([stdout, stderr].concat());
    (status.code(), said.expect("text"))
}

#[tokio::test]
async fn many_codelabs_are_imported_from_the_command_line() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let labs = folder.path().join("labs");
    std::fs::create_dir_all(labs.join("export")).unwrap();
    std::fs::write(labs.join("one.md"), "# One\n\n## S\nDuration: 5\n").unwrap();
    std::fs::write(labs.join("two.md"), "# Two\n").unwrap();
    std::fs::write(labs.join("export/codelab.json"), "{\"title\": \"Three\"}").unwrap();
    std::fs::write(labs.join("export/step_1_Go.md"), "Words").unwrap();
    let labs = labs.to_str().unwrap();

    let (code, said) = import(&data, &[]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = import(&data, &[labs]);
    assert_eq!(code, Some(1), "{said}");
    for expected in [
        "labs/export: “Three”: 1 step, 0 minutes, 0 remarks",
        "labs/one.md: “One”: 1 step, 5 minutes, 0 remarks",
        "labs/two.md: error: two.md, line 1, has headings but no steps",
        "2 imported, 0 with something lost, 1 refused",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }

    let (code, said) = import(&data, &["--json", &format!("{labs}/one.md")]);
    assert_eq!(code, Some(0), "{said}");
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(told[0]["codelab"]["title"], "One");
    assert_eq!(told[0]["diagnostics"], serde_json::json!([]));

    let store = Store::open(&data).await.unwrap();
    let (code, said) = import(&data, &[labs]);
    assert_eq!(code, Some(1), "the folder is in use: {said}");
    store.close().await;
    let mut raw = SqliteConnectOptions::new()
        .filename(data.join("open-codelabs.db"))
        .connect()
        .await
        .unwrap();
    let (kept,): (i64,) = sqlx::query_as("SELECT count(*) FROM codelabs")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(kept, 3);
}

/// A backup of two codelabs, the first with a past workshop.
fn backup(folder: &Path) {
    let step = |codelab: &str| serde_json::json!({ "codelab_id": codelab, "step_number": 1, "title": "S", "content_markdown": "Words." });
    let backup = serde_json::json!({ "version": 1, "created_at": "2026-03-05T00:00:00Z", "data": {
        "codelabs": [{ "id": "1", "title": "Git" }, { "id": "2", "title": "Go" }],
        "steps": [step("1"), step("2")],
        "attendees": [{ "id": "a", "codelab_id": "1", "name": "Ada", "created_at": "2026-03-04 09:00:00" }],
    } });
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("backup.json"), backup.to_string()).expect("a file");
}

#[tokio::test]
async fn what_of_a_backup_is_taken_can_be_said() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let path = folder.path().join("backup");
    backup(&path);
    let (good, said) = codelabs(&["lint"], &path);
    assert!(good, "{said}");
    assert!(
        said.contains("past workshop: 1 attendee, 0 messages"),
        "{said}"
    );

    let path = path.to_str().unwrap();
    let (code, said) = import(&data, &["--only", "3", path]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("there is no number 3: 2 were found"),
        "{said}"
    );
    let (code, said) = import(&data, &["--only", "2", path]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("“Go”") && !said.contains("“Git”"), "{said}");
    let (code, said) = import(&data, &["--no-history", "--only", "1", path]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("not taken (attendees: 1)"), "{said}");
    let workshops = async || {
        let store = Store::open(&data).await.unwrap();
        let workshops = store
            .workshops(store::PageRequest {
                cursor: None,
                limit: 10,
            })
            .await;
        store.close().await;
        workshops.unwrap().items.len()
    };
    assert_eq!(workshops().await, 0);
    let (code, said) = import(&data, &["--only", "1", path]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(workshops().await, 1);
    let (good, said) = verify(&data);
    assert!(good, "{said}");
}

/// A ZIP of a megabyte with a gigabyte in it.
#[cfg(target_os = "linux")]
fn bomb(path: &Path) {
    use std::io::Write as _;
    use zip::{ZipWriter, write::SimpleFileOptions};
    const MEGABYTE: usize = 1024 * 1024;
    let mut zip = ZipWriter::new(std::fs::File::create(path).expect("a file"));
    let best = SimpleFileOptions::default().compression_level(Some(9));
    zip.start_file("index.md", best).expect("a file");
    zip.write_all(b"# T\n\n## S\n\n![a](a.svg)\n")
        .expect("a file");
    zip.start_file("a.svg", best).expect("a file");
    let spaces = vec![b' '; MEGABYTE];
    for _ in 0..1024 {
        zip.write_all(&spaces).expect("a file");
    }
    zip.finish().expect("a file");
    let size = std::fs::metadata(path).expect("a file").len();
    assert!((900_000..1_200_000).contains(&size), "{size}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_bomb_takes_little_memory() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("bomb.zip");
    bomb(&path);
    let (code, peak_kb) = peak_of(Command::new(program()).arg("lint").arg(&path));
    eprintln!(
        "codelabs lint of 1 MB that inflates to 1 GB: peak memory {} MB",
        peak_kb / 1024
    );
    assert_eq!(code, Some(1), "it is refused");
    assert!((1..100 * 1024).contains(&peak_kb), "{peak_kb} kB");
}

/// Runs a program; its exit code, and the most memory it had, in kB.
#[cfg(target_os = "linux")]
fn peak_of(command: &mut Command) -> (Option<i32>, u64) {
    use std::process::Stdio;
    let mut run = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", run.id());
    let mut peak_kb = 0;
    let ended = loop {
        // The peak only grows, and is gone when the process has ended.
        let seen = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = seen.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<u64>().ok());
        peak_kb = peak_kb.max(peak.unwrap_or(0));
        if let Some(ended) = run.try_wait().expect("a process") {
            break ended;
        }
    };
    (ended.code(), peak_kb)
}

/// A PNG of some kilobytes that begins 60,000 by 60,000 white pixels: 14 GB to whoever unpacks it.
#[cfg(target_os = "linux")]
fn image_bomb() -> Vec<u8> {
    use std::io::Write as _;
    fn checksum(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 0 {
                    sum >> 1
                } else {
                    sum >> 1 ^ 0xEDB8_8320
                }
            })
        })
    }
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let body = [kind.as_slice(), content].concat();
        let length = u32::try_from(content.len()).expect("a short chunk");
        [
            &length.to_be_bytes(),
            body.as_slice(),
            &checksum(&body).to_be_bytes(),
        ]
        .concat()
    };
    let side = 60_000_u32.to_be_bytes();
    let header = [side.as_slice(), &side, &[8, 6, 0, 0, 0]].concat();
    let best = flate2::Compression::best();
    let mut pixels = flate2::write::ZlibEncoder::new(Vec::new(), best);
    let line = [[0].as_slice(), &vec![0xFF; 4 * 60_000]].concat();
    for _ in 0..40 {
        pixels.write_all(&line).expect("memory");
    }
    let pixels = pixels.finish().expect("memory");
    let parts = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"IDAT", &pixels),
        chunk(b"IEND", &[]),
    ];
    parts.concat()
}

#[cfg(target_os = "linux")]
#[test]
fn an_image_bomb_takes_little_memory() {
    let folder = TempDir::new().unwrap();
    let text = "# T\n\n## S\n\n![a](a.png)\n";
    std::fs::write(folder.path().join("index.md"), text).unwrap();
    let bomb = image_bomb();
    assert!((2_000..100_000).contains(&bomb.len()), "{}", bomb.len());
    std::fs::write(folder.path().join("a.png"), &bomb).unwrap();
    let (_, said) = codelabs(&["lint"], folder.path());
    let remark = "The image a.png (60000 × 60000) has more than 50 million pixels";
    assert!(said.contains(remark), "{said}");
    let data = folder.path().join("data");
    let mut run = Command::new(program());
    let (code, peak_kb) = peak_of(
        run.args(["import", "--data-dir"])
            .arg(&data)
            .arg(folder.path()),
    );
    eprintln!(
        "codelabs import of a PNG of {} KB that promises 60,000 × 60,000 pixels: peak memory {} MB",
        bomb.len() / 1024,
        peak_kb / 1024
    );
    assert_eq!(code, Some(0), "the rest of the codelab comes in");
    assert!((1..100 * 1024).contains(&peak_kb), "{peak_kb} kB");
}

#[test]
fn a_codelab_becomes_a_file_that_can_be_had_again() {
    let folder = TempDir::new().unwrap();
    let lab = folder.path().join("lab.md");
    std::fs::write(&lab, "# A lab\n\n## First\n\nWords.\n").unwrap();
    let page = folder.path().join("page.html");
    let asked = ["export", "--format", "html", "--language", "ko", "--output"];
    let page_asked = [asked.as_slice(), &[page.to_str().unwrap()]].concat();
    let (good, said) = codelabs(&page_asked, &lab);
    assert!(good, "{said}");
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(html.contains("<html lang=\"ko\">") && html.contains("A lab"));
    let (good, said) = codelabs(&page_asked, &lab);
    assert!(!good && said.contains("is there already"), "{said}");

    let bundle = folder.path().join("bundle.zip");
    let asked = ["export", "--format", "bundle", "--output"];
    let bundle_asked = [asked.as_slice(), &[bundle.to_str().unwrap()]].concat();
    let (good, said) = codelabs(&bundle_asked, &lab);
    assert!(good, "{said}");
    let (good, said) = codelabs(&["lint"], &bundle);
    assert!(good && said.contains("“A lab”"), "{said}");
}

#[test]
fn a_bundle_keeps_what_another_one_brings() {
    let folder = TempDir::new().unwrap();
    let lab = folder.path().join("lab");
    std::fs::create_dir_all(lab.join("materials")).unwrap();
    std::fs::write(lab.join("index.md"), "# T\n\n## S\n\nWords.\n").unwrap();
    let manifest = |place: &str| {
        format!(
            "{{\"format\": \"open-codelabs-bundle\", \"version\": 1, \"title\": \"T\", \
             \"markdown\": \"index.md\", \"images\": {{}}, \"materials\": [\
             {{\"title\": \"Docs\", \"url\": \"https://a.example\"}}, \
             {{\"title\": \"Data\", \"file\": \"{place}\", \"name\": \"data.md\"}}]}}"
        )
    };
    std::fs::write(lab.join("materials/1-data.md.file"), "# Not\n\n## Me\n").unwrap();
    let export = |from: &std::path::Path, name: &str| {
        let file = folder.path().join(name);
        let to = file.to_str().unwrap().to_owned();
        let asked = ["export", "--format", "bundle", "--output", &to];
        let (good, said) = codelabs(&asked, from);
        (good, said, file)
    };
    std::fs::write(
        lab.join("open-codelabs.json"),
        manifest("materials/1-data.md.file"),
    )
    .unwrap();
    let (good, said, one) = export(&lab, "one.zip");
    assert!(good, "{said}");
    let (good, said, two) = export(&one, "two.zip");
    assert!(good, "{said}");
    assert!(std::fs::read(&one).unwrap() == std::fs::read(&two).unwrap());
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&two).unwrap()).unwrap();
    let mut kept = String::new();
    let mut file = archive.by_name("materials/1-data.md.file").unwrap();
    std::io::Read::read_to_string(&mut file, &mut kept).unwrap();
    assert_eq!(kept, "# Not\n\n## Me\n");

    // Without its file nothing is written, and it is said which.
    std::fs::write(lab.join("open-codelabs.json"), manifest("materials/gone")).unwrap();
    let (good, said, three) = export(&lab, "three.zip");
    assert!(!good && said.contains("“Data”"), "{said}");
    assert!(!three.exists());
}

#[test]
fn a_page_has_its_pictures_small_and_a_bundle_as_they_were() {
    let folder = TempDir::new().unwrap();
    let lab = folder.path().join("lab");
    std::fs::create_dir(&lab).unwrap();
    std::fs::write(lab.join("index.md"), "# T\n\n## S\n\n![a](wide.bmp)\n").unwrap();
    let original = wide_picture();
    std::fs::write(lab.join("wide.bmp"), &original).unwrap();
    let export = |format: &str, name: &str| {
        let file = folder.path().join(name);
        let asked = [
            "export",
            "--format",
            format,
            "--output",
            file.to_str().unwrap(),
        ];
        let (good, said) = codelabs(&asked, &lab);
        assert!(good, "{said}");
        std::fs::read(file).unwrap()
    };
    let page = String::from_utf8(export("html", "page.html")).unwrap();
    // The first letters of every WebP.
    assert!(page.contains("src=\"data:image/webp;base64,UklGR"));
    assert!(page.contains("width=\"1600\" height=\"200\""));
    assert!(!page.contains("image/bmp") && page.len() < original.len() / 2);

    let bundle = std::io::Cursor::new(export("bundle", "bundle.zip"));
    let mut bundle = zip::ZipArchive::new(bundle).unwrap();
    let mut kept = Vec::new();
    let mut file = bundle.by_name("wide.bmp").unwrap();
    std::io::Read::read_to_end(&mut file, &mut kept).unwrap();
    assert!(kept == original, "another file of {} bytes", kept.len());
}
