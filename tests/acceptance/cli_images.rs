//! Images from the internet, on the command line.

use std::{
    path::Path,
    process::{Command, Output},
};

use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tests::{TheWeb, program};

/// A program that runs while this test answers it.
async fn import(arguments: &'static [&'static str], data: &Path, file: &Path) -> (bool, String) {
    import_trusting(None, arguments, data, file).await
}

/// The same on a machine that trusts the certificate in a file and no other.
async fn import_trusting(
    certificate: Option<&Path>,
    arguments: &'static [&'static str],
    data: &Path,
    file: &Path,
) -> (bool, String) {
    let mut command = Command::new(program());
    if let Some(certificate) = certificate {
        command.env("SSL_CERT_FILE", certificate);
    }
    command.arg("import").args(arguments);
    command.arg("--data-dir").arg(data).arg(file);
    let run = tokio::task::spawn_blocking(move || command.output());
    let Output { status, stdout, .. } = run.await.expect("no panic").expect("the program runs");
    (status.success(), String::from_utf8(stdout).expect("text"))
}

/// The text of the codelab that came in last.
async fn newest_source(data: &Path) -> String {
    let mut raw = SqliteConnectOptions::new()
        .filename(data.join("open-codelabs.db"))
        .connect()
        .await
        .expect("the database");
    let newest = "SELECT source FROM revisions WHERE number = 1 ORDER BY rowid DESC LIMIT 1";
    let source = sqlx::query_scalar(newest)
        .fetch_one(&mut raw)
        .await
        .expect("the database");
    sqlx::Connection::close(raw).await.expect("the database");
    source
}

#[tokio::test]
async fn an_import_downloads_images_only_when_it_is_told_to() {
    let web = TheWeb::start().await;
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("lab.md");
    let (taken, local) = (web.at("a.png"), "![mine](img/a.png)");
    let text = format!(
        "# Lab\n\n## Begin\n\n![a]({taken}) ![b]({}) {local}\n",
        web.at("gone.png")
    );
    std::fs::write(&file, &text).unwrap();

    let (good, said) = import(&[], &data, &file).await;
    assert!(good, "{said}");
    let hint = "2 images are on the internet (127.0.0.1); importing with --download-images";
    assert!(said.contains(hint), "{said}");
    // The option of tests asks nobody by itself.
    import(&["--allow-loopback-downloads"], &data, &file).await;
    assert_eq!(web.asked(), Vec::<String>::new());

    let refused = "error: http://127.0.0.1";
    let (good, said) = import(&["--download-images"], &data, &file).await;
    assert!(!good && said.contains("0 of 2 images downloaded"), "{said}");
    assert!(
        said.contains(refused) && said.contains("private network"),
        "{said}"
    );
    assert_eq!(
        web.asked(),
        Vec::<String>::new(),
        "this machine is not asked"
    );

    let all = &["--download-images", "--allow-loopback-downloads", "--json"];
    let (good, said) = import(all, &data, &file).await;
    assert!(!good, "one of them could not be had: {said}");
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let images = &said[0]["remoteImages"];
    assert_eq!(images[0]["downloaded"], true);
    assert_eq!(images[1]["downloaded"], false);
    assert_eq!(images[1]["refusal"], "not_found");
    // The image that is called so already is another one.
    let expected = text.replace(&taken, "img/a-2.png");
    assert_eq!(newest_source(&data).await, expected);
}

#[tokio::test]
async fn only_codelabs_that_are_taken_have_images_downloaded() {
    let web = TheWeb::start().await;
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let labs = folder.path().join("labs");
    std::fs::create_dir(&labs).unwrap();
    for name in ["a", "b"] {
        let image = web.at(&format!("{name}.png"));
        let text = format!("# {name}\n\n## S\n\n![]({image})\n");
        std::fs::write(labs.join(format!("{name}.md")), text).unwrap();
    }
    let second = &[
        "--download-images",
        "--allow-loopback-downloads",
        "--only",
        "2",
    ];
    let (good, said) = import(second, &data, &labs).await;
    assert!(good && said.contains("1 of 1 image downloaded"), "{said}");
    assert_eq!(web.asked(), ["b.png"]);
    assert_eq!(
        newest_source(&data).await,
        "# b\n\n## S\n\n![](img/b.png)\n"
    );

    drop(web);
    let first = &[
        "--download-images",
        "--allow-loopback-downloads",
        "--only",
        "1",
    ];
    let (good, said) = import(first, &data, &labs).await;
    assert!(
        !good && said.contains("not connected to the internet"),
        "{said}"
    );
}

#[tokio::test]
async fn who_is_asked_is_who_they_say_and_no_way_leads_back_to_plain_text() {
    let (web, pem) = TheWeb::start_secure().await;
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("lab.md");
    let text = format!(
        "# Lab\n\n## S\n\n![]({}) ![]({})\n",
        web.at("a.png"),
        web.at("to-plain.png")
    );
    std::fs::write(&file, text).unwrap();
    let certificate = folder.path().join("certificate.pem");
    std::fs::write(&certificate, pem).unwrap();
    let asked = &["--download-images", "--allow-loopback-downloads", "--json"];
    let became = |said: &str| -> Vec<String> {
        let said: serde_json::Value = serde_json::from_str(said).expect("JSON");
        let images = said[0]["remoteImages"].as_array().expect("images").clone();
        let refusals = images.iter().map(|image| image["refusal"].as_str());
        refusals
            .map(|why| why.unwrap_or("taken").to_owned())
            .collect()
    };

    let (_, said) = import(asked, &data, &file).await;
    assert_eq!(became(&said), ["insecure", "insecure"]);
    assert_eq!(web.asked(), Vec::<String>::new());

    let (_, said) = import_trusting(Some(&certificate), asked, &data, &file).await;
    assert_eq!(became(&said), ["taken", "insecure"]);
    let mut asked = web.asked();
    asked.sort_unstable();
    assert_eq!(asked, ["a.png", "to-plain.png"]);
}
