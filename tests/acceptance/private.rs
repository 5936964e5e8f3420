//! What a workshop leaves on the machine is for its owner alone, and its log
//! holds none of what people said.

use std::{
    fs::{self, File},
    process::Command,
};
#[cfg(unix)]
use std::{os::unix::fs::PermissionsExt as _, path::Path};

use protocol::CodelabDetail;
#[cfg(unix)]
use protocol::{NewUpload, Upload};
use serde_json::{Value, json};
use tempfile::TempDir;
#[cfg(unix)]
use tests::picture;
use tests::{Attendee, Browser, Facilitator, Live, ServerProcess, program, upgrade};

/// What others on the machine may do, of a file or a folder.
#[cfg(unix)]
fn rights_of_others(path: &Path) -> u32 {
    let found = fs::symlink_metadata(path).expect("it is there");
    found.permissions().mode() & 0o077
}

/// Everything in a folder, and the folder, that others have a right to.
#[cfg(unix)]
fn open_to_others(path: &Path, found: &mut Vec<String>) {
    if rights_of_others(path) != 0 {
        found.push(path.display().to_string());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            open_to_others(&entry.expect("an entry").path(), found);
        }
    }
}

#[cfg(unix)]
fn give_to_everybody(path: &Path) {
    let mode = if path.is_dir() { 0o777 } else { 0o666 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            give_to_everybody(&entry.expect("an entry").path());
        }
    }
}

/// Starts the program where every file that is made is for everybody, unless
/// whoever makes it says otherwise.
#[cfg(unix)]
async fn start_generously(data_dir: &Path) -> ServerProcess {
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 000; exec \"$0\" \"$@\""]);
    shell.arg(program());
    ServerProcess::start_by(shell, data_dir, ServerProcess::free_port()).await
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_may_read_the_data_folder() {
    let parent = TempDir::new().unwrap();
    let data_dir = parent.path().join("new").join("data");
    let server = start_generously(&data_dir).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let base = format!("/api/v1/codelabs/{}/uploads", codelab.id.0);
    let workshop = facilitator.start_workshop(&[codelab]).await;
    let id = workshop.id.0.to_string();
    let shown = facilitator.browser.upload(&id, picture("ours")).await;
    assert!(shown.status().is_success());
    // A file of which a piece has come.
    let wish = NewUpload {
        title: None,
        file_name: "slides.pdf".to_owned(),
        size_bytes: 100,
    };
    let upload: Upload = facilitator.browser.post(&base, &wish).await;
    let browser = &facilitator.browser;
    let piece = format!("{}{base}/{}?offset=0", browser.url, upload.id.0);
    let piece = browser.http().put(piece).header("origin", &browser.url);
    let sent = piece.body(vec![1; 40]).send().await.expect("an answer");
    assert!(sent.status().is_success());

    let part = data_dir.join("files/uploads").join(upload.id.0.to_string());
    assert!(part.exists() && data_dir.join("open-codelabs.db-wal").exists());
    let mut found = Vec::new();
    open_to_others(&data_dir, &mut found);
    assert_eq!(found, [""; 0]);

    // As an earlier release left it, and a kill.
    server.kill().await;
    give_to_everybody(&data_dir);
    let server = start_generously(&data_dir).await;
    open_to_others(&data_dir, &mut found);
    assert_eq!(found, [""; 0]);
    server.kill().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_holds_other_things_keeps_its_rights() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("thesis.txt"), "for everybody").unwrap();
    give_to_everybody(folder.path());
    let server = start_generously(folder.path()).await;
    for name in ["", "thesis.txt"] {
        assert_ne!(rights_of_others(&folder.path().join(name)), 0, "{name}");
    }
    let mut found = Vec::new();
    for name in ["open-codelabs.db", "open-codelabs.lock", "files"] {
        open_to_others(&folder.path().join(name), &mut found);
    }
    assert_eq!(found, [""; 0]);
    server.kill().await;
}

/// Begins everything that people write here.
const MARK: &str = "Zyxwv";

fn marked(what: &str) -> String {
    format!("{MARK} {what}")
}

#[tokio::test]
async fn the_log_holds_nothing_that_people_wrote() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log");
    let mut command = Command::new(program());
    command.env("RUST_LOG", "trace");
    command.stderr(File::create(&path).unwrap());
    let data_dir = folder.path().join("data");
    let server = ServerProcess::start_by(command, &data_dir, ServerProcess::free_port()).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let browser = &facilitator.browser;
    let linus = facilitator.invite(&marked("Linus")).await;

    let source = format!("# {MARK} tea\n\n## {MARK} boil\n\n<b onclick=x>{MARK}</b> words\n");
    let wish = json!({ "title": marked("tea"), "source": source });
    let written: CodelabDetail = browser.post("/api/v1/codelabs/blank", &wish).await;
    let workshop = facilitator.start_workshop(&[written.summary]).await;
    let lobby = facilitator.lobby(&workshop).await;
    let code = Some(lobby.join_code.as_str());
    let guest = Browser::new(&server.url);
    guest.entrance(code).await;
    let ada = Attendee::join(guest, &workshop, &marked("Ada"), code).await;
    let mut live = ada.live().await;
    for said in [
        json!({ "type": "post_message", "text": marked("hello") }),
        json!({ "type": "post_direct_message", "text": marked("psst") }),
        json!({ "type": "raise_help", "message": marked("stuck") }),
    ] {
        live.do_it(said).await;
    }
    live.send_json(&json!({ "type": marked("nonsense"), "text": MARK }))
        .await;
    let question = json!({ "question": marked("ready?"), "kind": "single",
        "options": [marked("yes"), marked("no")] });
    let mut lead = linus.live(&workshop).await;
    for told in [
        json!({ "type": "announce", "text": marked("lunch") }),
        json!({ "type": "open_poll", "form": question }),
    ] {
        lead.do_it(told).await;
    }
    ask_wrongly(browser, &workshop.id.0.to_string()).await;

    let secrets = [
        MARK.to_owned(),
        lobby.join_code.clone(),
        secret_of(&ada.browser),
        secret_of(browser),
        server
            .facilitator_link
            .rsplit('#')
            .next()
            .unwrap()
            .to_owned(),
    ];
    drop::<[Live; 2]>([live, lead]);
    server.kill().await;
    let log = fs::read_to_string(&path).unwrap();
    for secret in secrets {
        let found = log.lines().find(|line| line.contains(&secret));
        assert_eq!(found, None, "{secret} is in the log");
    }
    // It was written, and says what was asked.
    for line in ["/api/v1/entrance", "/api/v1/workshops/{workshop}/seats"] {
        assert!(log.contains(line), "{line} is not in the log: {log:.2000}");
    }
}

/// The token that a browser holds.
fn secret_of(browser: &Browser) -> String {
    let request = upgrade(browser, "0", &browser.url);
    let cookies = request.headers()["cookie"].to_str().expect("text");
    let token = cookies.split(['=', ';']).nth(1).expect("a value");
    assert!(token.len() > 20, "{token}");
    token.to_owned()
}

/// What is refused is not repeated in the log either.
async fn ask_wrongly(browser: &Browser, workshop: &str) {
    for path in [
        format!("codelabs?q={MARK}"),
        format!("codelabs/{MARK}"),
        format!("workshops/{workshop}/messages?before={MARK}"),
        format!("{MARK}/{MARK}?{MARK}"),
    ] {
        browser.get_response(&format!("/api/v1/{path}")).await;
    }
    let wrong: Value = json!({ MARK: MARK, "text": [MARK] });
    let path = format!("/api/v1/workshops/{workshop}/messages");
    browser.post_refused(&path, &wrong).await;
    let not_a_picture = MARK.as_bytes().to_vec();
    browser.upload(workshop, not_a_picture).await;
}
