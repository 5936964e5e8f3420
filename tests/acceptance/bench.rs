//! The benchmark itself, small and short: everything it drives comes through,
//! and what it would print is all there. How fast is no question here.

use std::process::Command;

use serde_json::Value;

#[test]
fn a_small_room_is_measured_and_nothing_is_lost() {
    let output = Command::new(env!("CARGO_BIN_EXE_room-bench"))
        .args(["room", "--json", "--people", "10"])
        .args(["--seconds", "1", "--slow-seconds", "2"])
        .output()
        .expect("the benchmark starts");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON alone");
    eprintln!("{report:#}");

    let room = &report["rooms"][0];
    let truth = &room["truth"];
    for fault in ["lost", "twice", "holes", "refused"] {
        assert_eq!(truth[fault], 0, "{fault}");
    }
    assert_eq!(truth["acknowledged"], truth["persisted"]);
    assert_eq!(room["join"]["errors"], 0);
    assert_eq!(room["join"]["delays"]["count"], 10);
    assert_eq!(report["door"]["join"]["delays"]["count"], 300);
    assert_eq!(
        room["progress"]["toFacilitator"]["count"],
        room["progress"]["asked"]
    );
    // Ten people and the facilitator.
    let [slow, fast] = [&room["fanOut"][0], &room["fanOut"][1]];
    assert_eq!(
        (&slow["perSecond"], &fast["perSecond"]),
        (&1.into(), &20.into())
    );
    assert_eq!(fast["room"]["count"], 20 * 11);
    assert_eq!(fast["floor"]["count"], 20 * 10);
    assert!(room["burst"]["allMs"].is_f64());
    assert!(room["reconnect"]["attempts"].as_u64() >= Some(11));
    assert!(room["traffic"]["commitsPerSecond"].as_f64() > Some(0.0));
    assert_eq!(report["slow"]["messages"], 100);
}

#[test]
fn a_small_library_is_imported_and_every_question_finds_something() {
    let output = Command::new(env!("CARGO_BIN_EXE_room-bench"))
        .args(["library", "--json", "--codelabs", "20"])
        .output()
        .expect("the benchmark starts");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON alone");
    eprintln!("{report:#}");

    assert_eq!(report["codelabs"], 20);
    let questions = report["questions"].as_array().expect("a list");
    let found = |name: &str| {
        let question = questions.iter().find(|question| question["name"] == name);
        question.map(|question| question["found"].clone())
    };
    // The samples are there as well.
    assert_eq!(found("first page"), Some(23.into()));
    assert_eq!(found("one tag"), Some(2.into()));
    assert_eq!(found("a word in one"), Some(1.into()));
    assert_eq!(found("Japanese"), Some(20.into()));
}

#[test]
fn a_small_room_is_attacked_and_its_people_are_counted() {
    let output = Command::new(env!("CARGO_BIN_EXE_room-bench"))
        .args(["hostile", "--json", "--people", "20", "--seconds", "2"])
        .output()
        .expect("the benchmark starts");
    // How well the room held is no question here.
    let log = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_slice(&output.stdout).expect(&log);
    eprintln!("{report:#}");

    for stretch in ["quiet", "attacked"] {
        let stretch = &report[stretch];
        assert!(stretch["acknowledged"]["count"].as_u64() > Some(0));
        let joined = stretch["joined"]["count"].as_u64();
        assert_eq!(
            joined.zip(stretch["shutOut"].as_u64()).map(|(a, b)| a + b),
            Some(1)
        );
    }
    for fault in ["lost", "twice", "holes", "refused"] {
        assert_eq!(report[fault], 0, "{fault}");
    }
    let attacks = report["attacks"].as_array().expect("a list");
    let names: Vec<_> = attacks.iter().map(|attack| &attack["attack"]).collect();
    assert_eq!(names, ["attendee", "device", "import"]);
    assert!(
        attacks
            .iter()
            .all(|attack| attack["sent"].as_u64() > Some(0)),
        "{attacks:?}"
    );
}
