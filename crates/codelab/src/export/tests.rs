mod settled;

use std::path::{Path, PathBuf};

use super::*;
use crate::{
    Codelab,
    import::{self, Import, NamedFile},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0";

/// A codelab from Markdown with these images beside it.
fn imported(markdown: &str, images: &[&str]) -> Import {
    let file = |name: &str, bytes: &[u8]| NamedFile {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let mut files = vec![file("lab/index.md", markdown.as_bytes())];
    for (number, name) in images.iter().enumerate() {
        let bytes = [PNG, &[u8::try_from(number).unwrap_or(0)]].concat();
        files.push(file(&format!("lab/{name}"), &bytes));
    }
    import::from_files(files).expect("a codelab")
}

fn exported(import: &Import, format: Format) -> Exported {
    let material = Material {
        title: &import.codelab.metadata.title,
        source: &import.source,
        images: &import.images,
        drawing: None,
        brings: &[],
    };
    export(&material, format).expect("an export")
}

/// What comes back of an export.
fn returned(exported: &Exported) -> Import {
    import::from_files(vec![NamedFile {
        name: exported.file_name.clone(),
        bytes: exported.bytes.clone(),
    }])
    .expect("an import")
}

/// The files of an archive as text.
fn text_of(exported: &Exported, name: &str) -> String {
    let reader = std::io::Cursor::new(&exported.bytes);
    let mut zip = zip::ZipArchive::new(reader).expect("an archive");
    let file = zip.by_name(name).unwrap_or_else(|_| panic!("{name}"));
    std::io::read_to_string(file).expect("text")
}

fn claat(markdown: &str, images: &[&str], boxes: BoxStyle) -> String {
    let exported = exported(&imported(markdown, images), Format::Claat(boxes));
    text_of(&exported, "codelab.md")
}

type StepFacts = (String, Option<u32>, Vec<String>);

fn facts(codelab: &Codelab) -> (String, Vec<StepFacts>, Vec<String>) {
    let steps = codelab.steps.iter();
    let steps = steps.map(|step| (step.title.clone(), step.minutes, step.environments.clone()));
    let metadata = &codelab.metadata;
    (
        metadata.title.clone(),
        steps.collect(),
        metadata.tags.clone(),
    )
}

const EVERYTHING: &str = r#"---
id: every thing
summary: All -- "of" it_with_marks and <b>
author: Ada & *Grace*
tags: web, a_b
status: published
feedback link: https://x.test/a_b--c
---

# The *title* `x_y`

## First "step" -- one
Duration: 95
Environment: web

Setext
======

# Inner

Duration: soon, says **Environment: x** and [Duration: 4](https://x.test)

Positive
: A tip.

> aside Negative
> Mind ![A *pic*](./img/a.png "t \" u")

> [!WARNING]
> Careful

<aside class="special"><img src="img/b%20c.png" alt="B" width=30> <h2>H</h2></aside>

![gone](gone.png)

```quiz
What & why?
- [ ] "a"
- [x] b
> The secret.
```

- ```poll
  Which?
  - one
  - two
  ```

<form>
<name>Q</name>
<input value="A">
</form>

## Second

<<gone.md>>

    ~~~
"#;

#[test]
fn claat_reads_only_what_it_knows() {
    insta::assert_snapshot!(claat(EVERYTHING, &["img/a.png", "img/b c.png"], BoxStyle::Quote), @r###"
    id: every thing
    summary: All – “of” it\_with\_marks and
    authors: Ada \& Grace
    tags: a_b, web
    status: published
    feedback link: https://x.test/a_b--c

    # The title x\_y

    ## First "step" -- one
    Duration: 1:35:00

    Environment: web

    ### Setext

    ### Inner

    **Duration**: soon, says **<b>Environment</b>: x** and [<b>Duration</b>: 4](https://x.test)

    > aside positive
    >
    > A tip.

    > aside negative
    > Mind ![A pic](img/a.png "t \" u")

    > aside negative
    > Careful

    <aside class="positive">

    <img src="img/b-20c.png" alt="B" width="30"> <h3>H</h3>

    </aside>

    gone

    <form>
    <name>What &amp; why?</name>
    <input value="&quot;a&quot;">
    <input value="b">
    </form>


    - <form>
      <name>Which?</name>
      <input value="one">
      <input value="two">
      </form>
      

    <form>
    <name>Q</name>
    <input value="A">
    </form>

    ## Second

     <<gone.md>>

        ~~~
    "###);
}

#[test]
fn boxes_can_be_written_as_years_ago() {
    let text =
        "# T\n\n## S\n\n> aside positive One\n> two\n>\n> three\n\n> [!WARNING]\n> four\n\nfive\n";
    insta::assert_snapshot!(claat(text, &[], BoxStyle::Definition), @r"
    id: t

    # T

    ## S

    Positive
    : One
      two

        three

    Negative
    : four

    five
    ");
    let back = crate::parse("a.md", &claat(text, &[], BoxStyle::Definition)).expect("a codelab");
    let html = crate::render_step(&back.codelab.steps[0].markdown, &|_| None).replace('\n', "");
    assert_eq!(
        html,
        "<aside class=\"box box-positive\"><p>Onetwo</p><p>three</p></aside>\
         <aside class=\"box box-negative\"><p>four</p></aside><p>five</p>"
    );
}

#[test]
fn claat_keeps_titles_minutes_and_tags() {
    let import = imported(EVERYTHING, &["img/a.png", "img/b c.png"]);
    let exported = exported(&import, Format::Claat(BoxStyle::Quote));
    let back = returned(&exported);
    assert_eq!(facts(&back.codelab), facts(&import.codelab));
    let metadata = |import: &Import| {
        let metadata = import.codelab.metadata.clone();
        (
            metadata.summary,
            metadata.authors,
            metadata.id,
            metadata.feedback_link,
        )
    };
    assert_eq!(metadata(&back), metadata(&import));
    assert_eq!(back.images.len(), 2);
}

#[test]
fn what_is_left_open_ends_with_its_step() {
    // Behind the box the words are Markdown now, and the last fence opens instead of closing.
    let markdown = "# T\n\n## A\n\n<aside class=\"warning\">x</aside>\nwords```go {lines}\nx\n```\n\n## B\n\n## C\n\n<!-- never\n\nclosed\n";
    let import = imported(markdown, &[]);
    let back = returned(&exported(&import, Format::Claat(BoxStyle::Quote)));
    assert_eq!(facts(&back.codelab), facts(&import.codelab));
}

#[test]
fn a_bundle_comes_back_as_it_was() {
    let import = imported(EVERYTHING, &["img/a.png", "img/b c.png"]);
    let bundle = exported(&import, Format::Bundle);
    assert_eq!(bundle.file_name, "The title x_y.zip");
    let back = returned(&bundle);
    assert_eq!(back.source, import.source);
    assert_eq!(back.codelab, import.codelab);
    assert_eq!(back.images, import.images);
    assert_eq!(exported(&back, Format::Bundle), bundle);
}

#[test]
fn a_codelab_without_a_heading_keeps_its_name() {
    let files = vec![NamedFile {
        name: "My notes.md".into(),
        bytes: b"## Only\n\nstep\n".to_vec(),
    }];
    let import = import::from_files(files).expect("a codelab");
    let back = returned(&exported(&import, Format::Bundle));
    assert_eq!(back.codelab, import.codelab);
}

#[test]
fn the_platforms_zip_has_its_own_images_and_no_answers() {
    let import = imported(EVERYTHING, &["img/a.png", "img/b c.png"]);
    let exported = exported(&import, Format::OpenCodelabs);
    let about = text_of(&exported, "codelab.json");
    let about: serde_json::Value = serde_json::from_str(&about).expect("JSON");
    assert_eq!(about["title"], "The title x_y");
    assert_eq!(about["require_submission"], false);
    let step = text_of(&exported, "step_01_.md");
    assert!(step.starts_with("# First \"step\" -- one\n"), "{step}");
    assert!(step.contains("](data:image/png;base64,"), "{step}");
    assert!(step.contains("**What & why?**\n\n- \"a\"\n- b\n"), "{step}");
    assert!(!step.contains("secret") && !step.contains("[x]"), "{step}");
    text_of(&exported, "step_02_Second.md");
}

#[test]
fn a_page_has_everything_inside_and_asks_nobody() {
    let markdown = format!(
        "{EVERYTHING}\n## Third\n\n$x^2$ [link](https://x.test) ![r](https://x.test/a.png)\n\n```mermaid\ngraph TD\n```\n"
    );
    let import = imported(&markdown, &["img/a.png", "img/b c.png"]);
    for format in [
        Format::Page(Labels::Korean),
        Format::Handout(Labels::English),
    ] {
        let exported = exported(&import, format);
        let html = String::from_utf8(exported.bytes).expect("text");
        assert_eq!(html.matches("<section ").count(), 3);
        assert_eq!(html.matches("src=\"data:image/png;base64,").count(), 2);
        assert!(
            !html.contains(" src=\"http") && !html.contains(" src=\"/"),
            "an address"
        );
        assert!(
            !html.contains("@import") && !html.contains("url("),
            "an address in a style"
        );
        assert!(!html.contains("The secret"), "an answer");
        assert!(html.contains("<math>") && html.contains("data-diagram"));
        let is_page = format == Format::Page(Labels::Korean);
        assert_eq!(html.contains("<script>"), is_page);
        assert_eq!(html.contains("<html lang=\"ko\">"), is_page);
    }
}

#[test]
fn only_a_page_with_diagrams_carries_what_draws_them() {
    const DRAWING: &str = "draw('</script>')";
    for (step, count) in [("```mermaid\ngraph TD\n```", 1), ("a mermaid", 0)] {
        let import = imported(&format!("# T\n\n## S\n\n{step}\n"), &[]);
        let material = Material {
            title: "T",
            source: &import.source,
            images: &[],
            drawing: Some(DRAWING),
            brings: &[],
        };
        let read = export(&material, Format::Page(Labels::English)).expect("a page");
        let paper = export(&material, Format::Handout(Labels::English)).expect("a page");
        for (page, own) in [(read, 1), (paper, 0)] {
            let html = String::from_utf8(page.bytes).expect("text");
            assert_eq!(html.matches("draw('<\\/script>')").count(), count);
            assert_eq!(html.matches("</script>").count(), count + own);
            let policy = page.policy.expect("a policy");
            assert_eq!(policy.matches("'sha256-").count(), count + own);
            assert!(html.contains(&policy));
        }
    }
}

#[test]
fn nothing_an_author_writes_leaves_its_place() {
    let markdown = "---\nid: \"><script>x</script>\nsummary: <script>y</script>\nlanguage: \"><script>z</script>\n---\n\n# <script>t</script> </title>\n\n## </h2><script>s</script>\n\n/image-of-this-page/0\n";
    let import = imported(markdown, &[]);
    let exported = exported(&import, Format::Page(Labels::English));
    let html = String::from_utf8(exported.bytes).expect("text");
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("</title>").count(), 1);
}

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/codelabs");
    let corpus = std::env::var_os("CODELABS_CORPUS").map_or(beside, PathBuf::from);
    if corpus.is_dir() {
        return Some(corpus);
    }
    eprintln!(
        "SKIPPED: no corpus at {}; set CODELABS_CORPUS",
        corpus.display()
    );
    None
}

/// What others wrote comes back: as a bundle wholly, for the stock tool in what it knows.
#[test]
fn the_corpus_leaves_and_comes_back() {
    let Some(corpus) = corpus() else { return };
    let entries = corpus.read_dir().expect("a folder");
    let mut tested = 0;
    for entry in entries.flatten() {
        let Ok(import) = import::from_path(&entry.path()) else {
            continue;
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        let bundle = exported(&import, Format::Bundle);
        let back = returned(&bundle);
        assert_eq!(back.codelab, import.codelab, "{name}");
        assert_eq!(back.images, import.images, "{name}");
        assert_eq!(exported(&back, Format::Bundle), bundle, "{name}");
        for boxes in [BoxStyle::Quote, BoxStyle::Definition] {
            let back = returned(&exported(&import, Format::Claat(boxes)));
            assert_eq!(facts(&back.codelab), facts(&import.codelab), "{name}");
        }
        tested += 1;
    }
    assert!(tested > 5, "only {tested} codelabs in the corpus");
}

#[test]
fn the_guide_leaves_with_every_format() {
    let text = "---\nid: a\n---\n\n# T\n\nSource: bring it. ![a](img/a.png)\n\n## S\n\nx\n";
    // The first words after a title and a header still count as more of the header; so they are
    // guarded where we write them.
    let import = imported(&text.replace("Source:", "Source\\:"), &["img/a.png"]);
    let guide = import.codelab.guide.clone().expect("a guide");

    let written = exported(&import, Format::Claat(BoxStyle::Quote));
    let back = returned(&written).codelab;
    let read = back.guide.expect("a guide").markdown;
    assert!(read.starts_with("Source\\: bring it."), "{read}");
    assert_eq!(back.metadata.extra, import.codelab.metadata.extra);

    let written = exported(&import, Format::OpenCodelabs);
    let about = text_of(&written, "codelab.json");
    let about: serde_json::Value = serde_json::from_str(&about).expect("JSON");
    let kept = text_of(&written, "preparation_guide.md");
    assert_eq!(about["guide_markdown"], kept.trim_end());
    assert!(kept.contains("](data:image/png;base64,"), "{kept}");
    let back = returned(&written).codelab;
    let read = back.guide.expect("a guide").markdown;
    assert!(read.starts_with("Source\\: bring it."), "{read}");
    assert_eq!(back.steps.len(), import.codelab.steps.len());

    let page = exported(&import, Format::Page(Labels::English));
    let html = String::from_utf8(page.bytes).expect("text");
    let (guide_at, step_at) = (
        html.find("<section id=\"0\""),
        html.find("<section id=\"1\""),
    );
    assert!(guide_at.is_some() && guide_at < step_at, "{html}");
    assert!(html.contains(">Before we start</a>"), "{html}");
    assert_eq!(guide.line, 7);
}

#[test]
fn text_that_only_looks_like_more_html_ends() {
    for text in [
        "<h2>a</h2>\n<!X ![a](img/a.png)",
        "<p>\n<?x ![a](img/a.png)",
        "<p>\n<![CDATA[ ![a](img/a.png)",
    ] {
        let import = imported(&format!("# T\n\n## S\n\n{text}\n"), &["img/a.png"]);
        exported(&import, Format::OpenCodelabs);
    }
}

#[test]
fn a_comment_leaves_its_place_and_not_its_words() {
    let text =
        "# T\n\n## S\n\n<h3>x</h3>\n<!-- secret -->\n## not a step\n\n<b>y</b><!-- secret -->\nz\n";
    for format in [Format::OpenCodelabs, Format::Claat(BoxStyle::Quote)] {
        let written = exported(&imported(text, &[]), format);
        let back = returned(&written);
        assert_eq!(back.codelab.steps.len(), 1, "{}", back.source);
        assert!(!back.source.contains("secret"), "{}", back.source);
    }
}

#[test]
fn what_the_platform_requires_comes_back_to_it() {
    let text = "---\nid: a\nrequire quiz: true\nrequire feedback: no\n---\n\n# T\n\n## S\n\nx\n";
    let written = exported(&imported(text, &[]), Format::OpenCodelabs);
    let again = exported(&returned(&written), Format::OpenCodelabs);
    for written in [written, again] {
        let about = text_of(&written, "codelab.json");
        let about: serde_json::Value = serde_json::from_str(&about).expect("JSON");
        assert_eq!(about["require_quiz"], true);
        assert_eq!(about["require_feedback"], false);
        assert_eq!(about["require_submission"], false);
    }
}
