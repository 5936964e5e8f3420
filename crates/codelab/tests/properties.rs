//! Whatever comes in, nothing panics, and what comes out is safe.

use std::io::{Cursor, Write as _};

use codelab::{
    HIGHLIGHT_CLASSES, ImageSource,
    import::{self, NamedFile},
    parse, render_step, retitle,
};
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

/// Pieces that mean something to the reader, so that random text meets its corners.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n    ",
    "  ",
    "\t",
    "\r\n",
    "---\n",
    "id: a\n",
    "summary: b\n",
    "status: [x]\n",
    "# T\n",
    "## S\n",
    "### H\n",
    "##\n",
    "Setext\n---\n",
    "Duration: 5\n",
    "Duration: 1:2:3\n",
    "Environment: web\n",
    "Positive\n",
    "Negative\n",
    ": text",
    "> aside positive\n",
    "> ",
    ">> ",
    "> [!NOTE]\n",
    "<aside class=\"warning\">",
    "</aside>",
    "<dl><dt>positive</dt>",
    "<dd>",
    "</dl>",
    "```python {file=\"a\"}\n",
    "```\n",
    "~~~console\n",
    "print(\"é\")\n",
    "* a\n",
    "1. b\n",
    "- [x] c\n",
    "|a|b|\n|-|:-:|\n",
    "|c|",
    "![a](b.png)",
    "![x](https://y)",
    "[r]",
    "[r]: <c> 'd'\n",
    "[l](javascript:x)",
    "https://a.b/(c)",
    "<img src=x onerror=y>",
    "<script>",
    "</script>",
    "<svg onload=z>",
    "<style>",
    "<a href=\"javascript:x\">",
    "</a>",
    "<button>",
    "</button>",
    "<form>",
    "<name>Q",
    "</form>",
    "<input value=\"v\">",
    "<video id=\"v\">",
    "<iframe src=\"https://x\">",
    "<!--",
    "-->",
    "<math>",
    "<p style=x>",
    "<div onclick='x'",
    "\"",
    "'",
    ">",
    "<",
    "&",
    "&lt;",
    "&#x3C;script>",
    "$x^2$",
    "$\\frac{a}{",
    "```quiz\nq\n- [x] a\n",
    "```go {lines mark=1 diff x=\"",
    "```mermaid\n",
    "$ ls\n",
    "$$",
    "**",
    "_",
    "`",
    "\\",
    "<<a.md>>\n",
    "{{ b }}\n",
    "é",
    "日本",
    "\u{0}",
    "\u{FEFF}",
    "\u{2028}",
    "What you'll learn\n",
];

/// How images of each kind begin.
const IMAGE_STARTS: &[&[u8]] = &[
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"GIF89a",
    b"\xFF\xD8\xFF\xE0",
    b"RIFF\x20\0\0\0WEBPVP8 ",
    b"RIFF\x20\0\0\0WEBPVP8L",
    b"RIFF\x20\0\0\0WEBPVP8X",
    b"BM",
    b"\0\0\0\x20ftypavif",
    b"<svg ",
];

fn markdownish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn images(reference: &str) -> Option<ImageSource> {
    let url = format!("/images/{}", reference.len());
    reference.len().is_multiple_of(2).then_some(ImageSource {
        url,
        width: Some(3),
        height: None,
    })
}

/// What may be in a step.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];
/// What its tags may carry.
const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "checked",
    "class",
    "colspan",
    "columnalign",
    "data-diagram",
    "data-file",
    "data-lang",
    "data-n",
    "data-run",
    "disabled",
    "display",
    "displaystyle",
    "fence",
    "form",
    "linethickness",
    "lspace",
    "mathcolor",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "stretchy",
    "symmetric",
    "height",
    "href",
    "loading",
    "open",
    "rel",
    "rowspan",
    "src",
    "start",
    "target",
    "title",
    "type",
    "width",
];

/// Reads HTML as the sanitiser writes it and fails on anything it must not contain.
fn assert_safe(html: &str) {
    let mut rest = html;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        let closing = rest.strip_prefix('/');
        let tag = closing.unwrap_or(rest);
        let name_end = tag.find([' ', '>']).expect("an end of the tag");
        let (name, mut attributes) = tag.split_at(name_end);
        assert!(TAGS.contains(&name), "<{name}> in {html}");
        while let Some(attribute) = attributes.strip_prefix(' ') {
            let (name, value) = attribute.split_once("=\"").expect("a quoted attribute");
            let (value, behind) = value.split_once('"').expect("an end of the attribute");
            assert!(ATTRIBUTES.contains(&name), "{name}= in {html}");
            match name {
                "href" => {
                    let value = value.to_lowercase();
                    let is_known = ["http:", "https:", "mailto:"]
                        .iter()
                        .any(|scheme| value.starts_with(scheme));
                    assert!(is_known, "href {value:?} in {html}");
                }
                "src" => assert!(value.starts_with("/images/"), "src {value:?} in {html}"),
                "type" => assert_eq!(value, "checkbox"),
                _ => {}
            }
            attributes = behind;
        }
        rest = attributes.strip_prefix('>').expect("the end of the tag");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn another_title_changes_nothing_else(text in markdownish(), title in "[^\\x00-\\x1F]{1,30}") {
        let words = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if let (Ok(before), false) = (parse("a.md", &text), words.is_empty()) {
            let after = parse("a.md", &retitle(&text, &title)).expect("still a codelab").codelab;
            prop_assert_eq!(after.metadata.title, words);
            let titles = |steps: &[codelab::Step]| {
                steps.iter().map(|step| step.title.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(titles(&after.steps), titles(&before.codelab.steps));
        }
    }

    #[test]
    fn any_text_is_read_and_rendered_safely(text in prop_oneof![markdownish(), any::<String>()]) {
        assert_safe(&render_step(&text, &images));
        if let Ok(parsed) = parse("a.md", &text) {
            prop_assert!(!parsed.codelab.metadata.title.is_empty());
            prop_assert!(!parsed.codelab.steps.is_empty());
            let lines = u32::try_from(text.split(['\n', '\r']).count()).expect("a short text");
            for step in &parsed.codelab.steps {
                prop_assert!(!step.title.is_empty() && step.line >= 1 && step.line <= lines);
            }
            if let Some(guide) = &parsed.codelab.guide {
                prop_assert!(!guide.markdown.trim().is_empty() && guide.line <= lines);
                assert_safe(&render_step(&guide.markdown, &images));
            }
        }
    }

    #[test]
    fn a_step_renders_the_same_alone_and_in_its_codelab(text in markdownish()) {
        // A body that was cut out must not swallow or become a step when it is read again.
        if let Ok(parsed) = parse("a.md", &format!("# T\n\n## First\n\n{text}\n")) {
            for step in &parsed.codelab.steps {
                let again = parse("a.md", &format!("# T\n\n## Only\n\n-\n\n{}\n", step.markdown));
                let steps = again.map(|again| again.codelab.steps.len());
                prop_assert_eq!(steps.ok(), Some(1), "{:?}", step.markdown);
            }
        }
    }

    #[test]
    fn any_bytes_are_imported_or_refused(
        name in "[a-z./\\\\]{0,12}",
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let file = NamedFile { name, bytes };
        drop(import::from_files(vec![file.clone()]));
        let index = NamedFile { name: "index.md".into(), bytes: b"# T\n\n## S\n\n![](a.png)".to_vec() };
        drop(import::from_files(vec![index, NamedFile { name: "a.png".into(), ..file }]));
    }

    #[test]
    fn any_image_is_measured_or_refused(
        start in prop::sample::select(IMAGE_STARTS),
        rest in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        let files = vec![
            NamedFile { name: "index.md".into(), bytes: b"# T\n\n## S\n\n![](a)".to_vec() },
            NamedFile { name: "a".into(), bytes: [start, &rest].concat() },
        ];
        let import = import::from_files(files).expect("the image is the only doubt");
        prop_assert_eq!(import.images.len() + import.diagnostics.len(), 1);
    }

    #[test]
    fn mutated_archives_are_imported_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let files: [(&str, &[u8]); 3] = [
            ("lab/index.md", b"# T\n\n## S\n\n![](a.svg)\n\n<<p/b.md>>\n"),
            ("lab/a.svg", b"<svg viewBox='0 0 1 1'/>"),
            ("lab/p/b.md", b"words words words words words"),
        ];
        for (name, bytes) in files {
            zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
            zip.write_all(bytes).expect("memory");
        }
        let mut bytes = zip.finish().expect("memory").into_inner();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        drop(import::from_files(vec![NamedFile { name: "a.zip".into(), bytes }]));
    }
}

#[test]
fn highlight_classes_are_short() {
    assert!(HIGHLIGHT_CLASSES.iter().all(|(class, _)| class.len() == 2));
}
