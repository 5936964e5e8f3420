//! The arrows between our crates, held by the crate graph.
//!
//! Three walls deserve a failing build: rules without I/O, SQL in one place, Tauri at the edge.
//! The last two are held by deny.toml as well, for crates that are not ours.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::Value;

/// Each crate of ours with the ones it may depend on, in any way: built with, tested with or run
/// with. An arrow that is not here is a wall.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("codelab", &["domain"]),
    ("protocol", &["domain"]),
    ("store", &["domain"]),
    ("lan", &[]),
    // The rules are called by the room, so the server names them directly as well.
    ("server", &["codelab", "domain", "lan", "protocol", "store"]),
    ("open-codelabs", &["server"]),
    // What people saw is compared with what the log of the database says they should have seen.
    ("tests", &["domain", "protocol", "server", "store"]),
    ("fuzz", &["codelab"]),
    ("xtask", &[]),
];

/// What the rules may use when they run: nothing that reads a clock, a file or chance, nothing
/// that writes JSON.
const DOMAIN_MAY_USE: &[&str] = &["thiserror"];

/// One dependency of a crate of ours.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    name: String,
    /// Compiled into the crate itself, and not only into its tests or its build script.
    is_normal: bool,
}

type Graph = BTreeMap<String, BTreeSet<Dependency>>;

/// Every package of the workspace with what its manifest names.
fn graph() -> Graph {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages
        .iter()
        .map(|package| (text(&package["name"]), dependencies(package)))
        .collect()
}

fn dependencies(package: &Value) -> BTreeSet<Dependency> {
    let list = package["dependencies"]
        .as_array()
        .expect("a list of dependencies");
    list.iter()
        .map(|dependency| Dependency {
            name: text(&dependency["name"]),
            is_normal: dependency["kind"].is_null(),
        })
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Every arrow of the graph that is not allowed, and every crate that nobody placed.
fn forbidden_arrows(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for (name, dependencies) in graph {
        let Some((_, allowed)) = ARROWS.iter().find(|(of, _)| of == name) else {
            found.push(format!("{name} has no place among the arrows"));
            continue;
        };
        let ours = dependencies
            .iter()
            .filter(|dependency| graph.contains_key(&dependency.name));
        found.extend(
            ours.filter(|dependency| !allowed.contains(&dependency.name.as_str()))
                .map(|dependency| format!("{name} → {}", dependency.name)),
        );
    }
    found
}

/// What a crate uses when it runs, from elsewhere, without being allowed to.
fn forbidden_libraries(graph: &Graph, name: &str, allowed: &[&str]) -> Vec<String> {
    graph[name]
        .iter()
        .filter(|dependency| dependency.is_normal)
        .filter(|dependency| !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| dependency.name.clone())
        .collect()
}

#[test]
fn only_these_arrows_lie_between_our_crates() {
    assert_eq!(forbidden_arrows(&graph()), [""; 0]);
}

#[test]
fn every_place_among_the_arrows_is_taken() {
    let placed: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let there: BTreeSet<String> = graph().into_keys().collect();
    assert_eq!(placed, there);
}

#[test]
fn the_rules_use_no_clock_no_file_no_json_and_no_chance() {
    assert_eq!(
        forbidden_libraries(&graph(), "domain", DOMAIN_MAY_USE),
        [""; 0]
    );
}

#[test]
fn a_wall_that_is_broken_is_seen() {
    let package = |name: &str, dependencies: &[(&str, bool)]| {
        let dependencies = dependencies
            .iter()
            .map(|(name, is_normal)| Dependency {
                name: (*name).to_owned(),
                is_normal: *is_normal,
            })
            .collect();
        (name.to_owned(), dependencies)
    };
    let broken = Graph::from([
        package(
            "domain",
            &[("thiserror", true), ("serde", true), ("proptest", false)],
        ),
        package("store", &[("domain", true), ("protocol", false)]),
        package("protocol", &[("domain", true)]),
        package("extra", &[]),
    ]);
    assert_eq!(
        forbidden_arrows(&broken),
        ["extra has no place among the arrows", "store → protocol"]
    );
    assert_eq!(
        forbidden_libraries(&broken, "domain", DOMAIN_MAY_USE),
        ["serde"]
    );
}
