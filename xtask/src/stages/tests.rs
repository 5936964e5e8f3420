//! Which stages are run, and why not.

use super::*;

fn chosen(only: &[&str], skip: &[&str]) -> Vec<&'static str> {
    let owned = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    selected(STAGES, &owned(only), &owned(skip))
        .iter()
        .map(|stage| stage.name)
        .collect()
}

fn stage(name: &str) -> &'static Stage {
    STAGES
        .iter()
        .find(|stage| stage.name == name)
        .expect("a stage")
}

fn ended(name: &'static str, success: bool) -> Report {
    Report {
        name,
        took: None,
        counts: Counts::one(success),
    }
}

#[test]
fn all_stages_are_run_unless_told_otherwise() {
    assert_eq!(chosen(&[], &[]), names().collect::<Vec<_>>());
}

#[test]
fn a_single_stage_brings_what_it_builds_upon() {
    assert_eq!(
        chosen(&["playwright"], &[]),
        [
            "ui-install",
            "ui-build",
            "build-server",
            "e2e-install",
            "playwright"
        ]
    );
    assert_eq!(chosen(&["fmt"], &[]), ["fmt"]);
}

#[test]
fn a_stage_can_be_left_out() {
    assert!(!chosen(&[], &["window"]).contains(&"window"));
    assert_eq!(chosen(&["vitest"], &["ui-install"]), ["vitest"]);
}

#[test]
fn stages_build_only_upon_earlier_ones() {
    for (position, stage) in STAGES.iter().enumerate() {
        for before in stage.after {
            assert!(
                STAGES[..position]
                    .iter()
                    .any(|earlier| earlier.name == *before),
                "{} builds upon {before}, which does not come before it",
                stage.name
            );
        }
    }
}

#[test]
fn what_builds_upon_a_failed_stage_is_not_run() {
    let reports = [ended("ui-install", true), ended("ui-build", false)];
    let why = obstacle(stage("nextest"), &Missing::new(), &reports);
    assert_eq!(why.as_deref(), Some("not run: ui-build failed"));
    assert_eq!(obstacle(stage("vitest"), &Missing::new(), &reports), None);
}

#[test]
fn what_needs_something_missing_is_not_run() {
    let missing = Missing::from([(Requirement::Deny, "cargo-deny is missing: …".to_owned())]);
    let why = obstacle(stage("deny"), &missing, &[]);
    assert_eq!(why.as_deref(), Some("not run: cargo-deny is missing: …"));
    assert_eq!(obstacle(stage("fmt"), &missing, &[]), None);
}

#[test]
fn what_is_only_wanted_stops_nothing() {
    let missing = Missing::from([(Requirement::NetworkTools, "iproute2".to_owned())]);
    assert_eq!(obstacle(stage("nextest"), &missing, &[]), None);
}

#[test]
fn the_window_is_tested_on_linux_only_and_says_so() {
    assert_eq!((stage("window").unavailable)(Platform::Debian), None);
    assert!((stage("window").unavailable)(Platform::MacOs).is_some());
    assert!((stage("window").unavailable)(Platform::Windows).is_some());
}
