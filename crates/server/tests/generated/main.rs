//! The generated files are what the code generates now. `cargo xtask generate`
//! sets `UPDATE_GENERATED` and so renews them.

mod folds;

use std::{fs, path::PathBuf};

fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn assert_current(path: &str, generated: &str) {
    let file = repository(path);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&file, generated).expect("the file can be written");
        return;
    }
    let found = fs::read_to_string(&file)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        found == generated,
        "{path} is stale; run `cargo xtask generate`"
    );
}

#[test]
fn openapi_is_current() {
    let mut document = server::http::openapi().to_pretty_json().unwrap();
    document.push('\n');
    assert_current("docs/openapi.json", &document);
}

#[test]
fn protocol_document_is_current() {
    assert_current("docs/PROTOCOL.md", &protocol::protocol_document());
}

#[test]
fn folds_are_current() {
    assert_current("ui/src/lib/workshop/folds.json", &folds::document());
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = serde_json::to_value(server::http::openapi()).unwrap();
    let mut names = Vec::new();
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            names.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "two operations share a name: {names:?}");
}
