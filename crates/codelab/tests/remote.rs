//! Images from the internet are found and replaced, and nothing else is.

use std::collections::BTreeMap;

use codelab::{
    parse,
    remote::{RemoteImage, images, localise},
};
use proptest::prelude::*;

/// Ways to write an address that is replaced.
const FORMS: &[&str] = &[
    "https://y/a\\_b?x=1\\&y=2",
    "https://y/a_b?x=1&amp;y=2",
    "https://y/a_b?x=1&#38;y=2",
    "https://y/a_b?x=1&y=2",
];
const REPLACED: &str = "https://y/a_b?x=1&y=2";

/// What stands around addresses, and could make something else of them.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n    ",
    "  ",
    "## S\n",
    "\n\n## S\n\n",
    "# T\n",
    "> ",
    "- ",
    "1. ",
    "Positive\n: ",
    "> aside negative\n> ",
    "\n<aside class=\"warning\">",
    "</aside>\n",
    "<dl><dt>positive</dt><dd>",
    "</dd></dl>\n",
    "<button>",
    "</button>",
    // Closed: what a survey shows is escaped once more, and so may mean another address.
    "\n<form><name>Q</name><input value=\"v\"></form>\n",
    "<!-- ",
    " -->",
    "`",
    "```\n",
    "```poll\nq\n- a\n",
    "~~~\n",
    "$",
    "|a|\n|-|\n|",
    "|\n",
    "![",
    "![a](",
    "![https://z/",
    "](",
    "](<",
    ">)",
    ")",
    " \"t\")",
    "[l](",
    "[r]",
    "![r][r]",
    "![r]",
    "\n[r]: ",
    "\n[r]: <",
    "<img src=\"",
    "<img alt='",
    "' src='",
    "\">",
    "'>",
    "<https:",
    ">",
    "<",
    "?more",
    "https:",
    "\\",
    "&",
    "é",
    "word ",
    "![b](https://z/b.png)",
    "https://z/b.png",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(PIECES),
        1 => prop::sample::select(FORMS),
    ];
    let image = prop::sample::select(FORMS).prop_map(|form| format!("![a]({form})"));
    let piece = prop_oneof![5 => piece.prop_map(str::to_owned), 1 => image];
    prop::collection::vec(piece, 0..40)
        .prop_map(|pieces| format!("# T\n\n## S\n{}", pieces.concat()))
}

/// Whether a text is another, with ways to write an address in place of some names.
fn differs_in_addresses_only(after: &str, name: &str, before: &str) -> bool {
    let Some((same, behind)) = after.split_once(name) else {
        return after == before;
    };
    let Some(rest) = before.strip_prefix(same) else {
        return false;
    };
    FORMS.iter().any(|form| {
        let rest = rest.strip_prefix(form);
        rest.is_some_and(|rest| differs_in_addresses_only(behind, name, rest))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn replaced_images_are_gone_and_everything_else_is_there(text in text()) {
        let name = "img/local-1.png";
        let names = BTreeMap::from([(REPLACED.to_owned(), name.to_owned())]);
        let before = images(&text);
        prop_assert_eq!(&localise(&text, &BTreeMap::new()), &text);

        let after = localise(&text, &names);
        let kept: Vec<RemoteImage> = before
            .iter()
            .filter(|image| image.address != REPLACED)
            .cloned()
            .collect();
        prop_assert_eq!(&images(&after), &kept);
        prop_assert!(differs_in_addresses_only(&after, name, &text), "{:?}", after);
        if kept.len() == before.len() {
            prop_assert_eq!(&after, &text);
        }
        prop_assert_eq!(&localise(&after, &names), &after);

        let titles = |text: &str| {
            let codelab = parse("a.md", text).expect("a codelab").codelab;
            codelab.steps.into_iter().map(|step| step.title).collect::<Vec<_>>()
        };
        prop_assert_eq!(titles(&after).len(), titles(&text).len());
    }
}
