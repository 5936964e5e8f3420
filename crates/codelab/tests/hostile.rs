//! Texts made to be slow become no more than they are: twice the text is at most some twice the
//! pages, remarks and files. How long they take is measured by `cargo xtask bench texts`.

use codelab::{
    ImportReason,
    export::{self, BoxStyle, Format, Material},
    import::{self, NamedFile},
    limits, render_step,
};

#[path = "hostile/texts.rs"]
mod texts;

/// Bytes of the smaller text of each pair.
const SIZE: usize = 4_000;

/// What is called linear: `bytes(2n) < 2.5 × bytes(n)`, beside what every codelab has.
const LINEAR: (usize, usize) = (5, 2);
const EVERY_CODELAB_BYTES: usize = 4_000;

/// Bytes that a text becomes: pages, remarks, and the file of another tool. Nothing if it is no
/// codelab.
fn becomes(text: &str) -> Option<[(&'static str, usize); 3]> {
    let file = NamedFile {
        name: "a.md".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let import = import::from_files(vec![file]).ok()?;
    let steps = import.codelab.steps.iter();
    let html = steps.map(|step| render_step(&step.markdown, &|_| None).len());
    let remarks = import.diagnostics.iter();
    let remarks = remarks.map(|remark| {
        let excerpt = remark.excerpt.iter().flat_map(|excerpt| &excerpt.lines);
        remark.subject.len() + excerpt.map(String::len).sum::<usize>()
    });
    let material = Material {
        title: "T",
        source: &import.source,
        images: &[],
        drawing: None,
        brings: &[],
    };
    let exported = export::export(&material, Format::Claat(BoxStyle::Quote)).expect("a codelab");
    Some([
        ("html", html.sum()),
        ("remarks", remarks.sum()),
        ("export", exported.bytes.len()),
    ])
}

#[test]
fn twice_a_hostile_text_becomes_no_more_than_some_twice_as_much() {
    let mut steep = Vec::new();
    for text in texts::all() {
        let [once, twice] = [SIZE, 2 * SIZE].map(|size| texts::codelab(&(text.make)(size)));
        // More steps than there may be are refused, and cost nothing.
        let (Some(first), Some(second)) = (becomes(&once), becomes(&twice)) else {
            continue;
        };
        for ((what, first), (_, second)) in first.into_iter().zip(second) {
            if second * LINEAR.1 > (first + EVERY_CODELAB_BYTES) * LINEAR.0 {
                steep.push(format!("{}: {what} {first} -> {second}", text.name));
            }
        }
    }
    assert_eq!(steep, Vec::<String>::new());
}

#[test]
fn what_would_hold_up_a_room_is_refused_with_its_line() {
    let many = texts::codelab(&"## S\n\nx\n\n".repeat(20_000));
    let file = NamedFile {
        name: "a.md".to_owned(),
        bytes: many.into_bytes(),
    };
    let error = import::from_files(vec![file]).expect_err("20,000 steps");
    let limit = limits::STEPS_LIMIT;
    assert_eq!(error.reason, ImportReason::TooManySteps { limit });
    // The first of the codelab itself is in line 7, and the others four apart.
    assert_eq!(error.line, Some(7 + 2 + 4 * 999));
}
