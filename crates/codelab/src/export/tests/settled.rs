//! What leaves, comes back and leaves again is the same, byte by byte.

use super::*;

const FOR_OTHERS: [Format; 3] = [
    Format::Claat(BoxStyle::Quote),
    Format::Claat(BoxStyle::Definition),
    Format::OpenCodelabs,
];

/// Fails unless what comes back leaves as the same bytes, again and again, with the same steps.
fn assert_settled(import: &Import, format: Format, name: &str) {
    let first = exported(import, format);
    let mut back = returned(&first);
    if matches!(format, Format::Claat(_)) {
        assert_eq!(facts(&back.codelab), facts(&import.codelab), "{name}");
    }
    assert_eq!(back.codelab.steps.len(), import.codelab.steps.len());
    for _ in 0..2 {
        let next = exported(&back, format);
        let again = returned(&next);
        assert_eq!(again.source, back.source, "{format:?} of {name}");
        assert!(next == first, "bytes: {format:?} of {name}");
        back = again;
    }
}

fn assert_all_settled(bodies: &[&str]) {
    for body in bodies {
        let import = imported(&format!("# T\n\n## S\n\n{body}"), &["img/a.png"]);
        for format in FOR_OTHERS {
            assert_settled(&import, format, body);
        }
    }
}

#[test]
fn boxes_do_not_grow() {
    assert_all_settled(&[
        "<aside class=\"negative\">\n\nraw **b**\n\n</aside>\n",
        "<aside class=\"warning\">x</aside>\n\n\ny\n",
        "- a\n\n  <aside class=\"negative\">\n\n  b\n\n  </aside>\n- c\n",
        "<dl><dt>positive</dt><dd>a</dd></dl>\n",
        "<dl>\n<dt>positive</dt>\n<dd>\n\na\n\n</dd>\n</dl>\n\nb\n",
        "<aside>\n<aside class=\"negative\">a</aside>\n</aside>\nb\n",
        "<button>\n  [Get it](https://x.test)\n</button>\n\nb\n",
    ]);
}

#[test]
fn what_is_left_open_is_closed_once() {
    assert_all_settled(&[
        "```js\nx\n",
        "~~~~\nx\n\n```\n",
        "- ```\n  x\n",
        "<?x\n",
        "<?x\n    <Button\n",
        "<?x\n<aside>\n",
        "<!X\n<dl><dt>positive</dt><dd>a\n",
        "<!-- never\n",
        "<pre>\n\n<aside>\n",
        "<?x\n<!-- c\n?>\n![a](img/a.png)\n",
        "<pre>\n<!-- c\n</pre>\n![a](img/a.png)\n",
    ]);
}

#[test]
fn headings_become_smaller_once() {
    assert_all_settled(&[
        "# H1\n\n## \n\n### H3\n",
        "## \n",
        "a\n\n#\n",
        "### S\n\na\n",
        "Setext *a*\n===\n",
        "Duration: 0:02:00\n---\n",
        "a\n\nDuration: 0:02:00\n---\n",
        "![a](nope.png) ![b](img/a.png)\n===\n",
        "> a\n> ===\n",
    ]);
}

#[test]
fn a_missing_image_leaves_its_description_and_nothing_else() {
    assert_all_settled(&[
        "<img src=\"nope.png\" alt=\"a\">\n## Overview\n\nmore\n",
        "<img src=\"nope.png\">\n## Overview\n\nmore\n",
        "<p>\n<img src=\"nope.png\">\n## Overview\n</p>\n",
        "<img src=\"nope.png\" alt=\"a&#10;&#10;## b\">\n",
        "a <img src=\"nope.png\" alt=\"a&#10;&#10;## b\">\n",
        "   <img src=\"nope.png\" alt=\"a\"/>\n![t](img/a.png)\n",
        "   <img src=\"img/a.png\" alt=\"a\"/>\n![t](img/t.png)\n",
        "<img src=\"nope.png\" alt=\"Duration: 5\">\n",
        "![Duration: 5](nope.png)\n",
        "![Duration](nope.png): 5\n",
        "Dura![tion: 5](nope.png)\n",
        "**![Environments: 5](nope.png)**\n",
        "a\n![-](nope.png)\n",
        "a\n![=](nope.png)\n",
        "a\n![](nope.png)\n===\n",
        "a\n![](nope.png)\n    b\n",
        "- ![](nope.png)\n\n  a\n",
        "![1. a](nope.png)\n",
        "![\\# a](nope.png)\n",
        "Positive\n![: a](nope.png)\n",
        "![Positive](nope.png)\n: a\n",
        "![a \\` b](img/a.png) `c`\n",
        "![a &amp;amp; \\[b](img/a.png)\n",
        "![<<a.md>>](nope.png)\n",
        "<p>\n<img src=\"nope.png\" alt=\"<<a.md>>\">\n</p>\n",
        "[![](nope.png)](https://x.test)\n",
        "|a|b|\n|-|-|\n|![c \\| d](nope.png)|![](nope.png)|\n",
    ]);
}

#[test]
fn the_corpus_leaves_the_same_again() {
    let Some(corpus) = corpus() else { return };
    let files = |folder: &Path| -> Vec<PathBuf> {
        let entries = folder.read_dir().expect("a folder").flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let mut paths = files(&corpus);
    for folder in paths.clone().iter().filter(|path| path.is_dir()) {
        paths.extend(files(folder));
    }
    let mut tested = 0;
    for path in paths {
        let Ok(import) = import::from_path(&path) else {
            continue;
        };
        for format in FOR_OTHERS {
            assert_settled(&import, format, &path.to_string_lossy());
        }
        tested += 1;
    }
    assert!(tested > 15, "only {tested} codelabs in the corpus");
}

#[test]
fn parts_that_stand_beside_others_leave_the_same_again() {
    for text in [
        // A label of another step, written here again, and one that is only words here.
        "# T\n\n## A\n\n[r]: https://x.test\n\n[r]\n\n## B\n\n[r]\n\n## C\n\n[r]: <https://x.test>\n[r]\n",
        "# T\n\n## A\n\n[r][r] [r]\n\n## B\nDuration: 5\n[r]: https://x.test\n",
        "# T\n\n[r][r]\n\n## A\n\n<button>\n[a](https://x.test)\n</button>\nDuration: 5\n### H\n[r]: a\n",
        "# T\n\n## [r][r] $\n\n<button>\n[a](https://x.test)\n</button>\n[r]: a\n",
        // Lines about a step that are words until HTML is opened.
        "# T\n\n## A\n\n<dl><dt>positive</dt><dd>a</dd></dl>\nDuration: 5\n",
        "# T\n\n## A\n\n<dl><dt>positive</dt><dd>a</dd></dl>\nPositive\n: b\n<img src=\"gone.png\" alt=\"c\">\n## d\n![e](img/a.png)\n",
        // A guide that ends in nothing to read, and one that begins with code.
        "# T\n\na\n\n## \n\n---\n\n## A\n\nb\n",
        "# T\n\n    a\n\n## A\n\nb\n",
        // A quiz with HTML or a margin around it.
        "# T\n\n## A\n\n```quiz\nq\n- [x] a\n- [ ] b\n```\n<img src=\"img/a.png\">\n",
        "# T\n\n## A\n\n- a\n\n  ```quiz\n  q\n  - [x] a\n  - [ ] b\n  ```\n\n  c\n",
        // Titles that no name of a file can hold.
        "# T\n\n## Step\n\n### Inner\n\n## !\n\na\n\n## a \\*b\\*\n\n### a \\*b\\*\n\nc\n",
        // Words about the codelab that typography would change.
        "---\nauthors: '\\-\\-'\nsummary: a\\.\\.\\. \\\"b\\\"\n---\n\n# T\n\n## A\n",
    ] {
        let import = imported(text, &["img/a.png"]);
        for format in FOR_OTHERS {
            assert_settled(&import, format, text);
        }
    }
}

#[test]
fn words_between_brackets_stay_words() {
    let text = "# T\n\n## A\n\n[r][r]\n\n## B\nDuration: 5\n[r]: https://x.test\n";
    for format in FOR_OTHERS {
        let back = returned(&exported(&imported(text, &[]), format));
        let html = crate::render_step(&back.codelab.steps[0].markdown, &|_| None);
        assert!(html.contains("[r][r]") && !html.contains("<a "), "{html}");
    }
}
