//! The bodies of the targets, on what proptest thinks of.

use proptest::prelude::*;

/// Pieces that decide how a text, a manifest or a page is read.
const PIECES: &[&str] = &[
    "---\nid: a\nsummary: b\n---\n",
    "# T\n",
    "## S\n",
    "Duration: 0:30\n",
    "Positive\n: text\n",
    "> aside negative\n> x\n",
    "```quiz\nq\n- [x] a\n- [ ] b\n```\n",
    "```\n",
    "<<a.md>>\n",
    "![a](img/a.png)",
    "<form>\n<name>q</name>\n<input value=\"a\">\n</form>\n",
    "$x$",
    "{\"id\": \"a\", \"title\": \"b\"}",
    "{\"data\": {\"codelabs\": [{\"id\": 1}]}}",
    "<google-codelab title=\"a\"><google-codelab-step label=\"b\">",
    "title: a\nsteps:\n- file: steps/a.md\n",
    "\n\n",
    " ",
    "<p>",
    "<svg>",
    "가",
    "\u{0}",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => any::<Vec<u8>>(),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text(input in text()) {
        fuzz::markdown(&input);
    }

    #[test]
    fn any_folder(files in prop::collection::vec((any::<u8>(), text()), 1..6)) {
        let files = files.into_iter().map(|(name, text)| {
            let text: Vec<u8> = text.into_iter().filter(|&byte| byte != fuzz::FILE_BREAK).collect();
            [&[name % 16], text.as_slice()].concat()
        });
        fuzz::folder(&files.collect::<Vec<_>>().join(&fuzz::FILE_BREAK));
    }

    #[test]
    fn any_archive(input in any::<Vec<u8>>()) {
        fuzz::archive(&input);
    }
}
