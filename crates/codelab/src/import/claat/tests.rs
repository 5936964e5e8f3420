use super::super::tests::{from_zip, reason};
use proptest::prelude::*;

use crate::{import::Import, markdown, markup};

const MANIFEST: &[u8] = br#"{"environment": "web", "format": "html", "id": "my lab", "duration": 7,
    "title": "T & t", "authors": "Ada", "summary": "Short", "source": "a.md", "theme": "",
    "status": "['draft', u'hidden']", "category": ["web"], "tags": ["kiosk", "web"],
    "feedback": "https://x.y/f", "extra": {"level": "easy"}, "url": "my lab"}"#;

fn import(steps: &str) -> Import {
    let page = format!(
        "<!doctype html>\n<html><head><title>T</title><style>a {{}}</style></head><body>\
         <google-codelab-analytics></google-codelab-analytics>\
         <google-codelab id=\"my lab\" title=\"T &amp; t\">{steps}</google-codelab>\
         <script>x()</script></body></html>"
    );
    from_zip(&[
        ("my lab/codelab.json", MANIFEST),
        ("my lab/index.html", page.as_bytes()),
        ("my lab/img/a.svg", b"<svg width='4' height='2'/>"),
    ])
    .expect("an exported page")
}

fn body(html: &str) -> String {
    let step =
        format!("<google-codelab-step label=\"S\" duration=\"1\">{html}</google-codelab-step>");
    let import = import(&step);
    let (_, body) = import.source.split_once("Duration: 1\n\n").expect("a step");
    body.trim_end().to_owned()
}

#[test]
fn a_page_comes_back_as_one_text() {
    let import = import(
        "<google-codelab-step label=\"One # two\" duration=\"5\"><p>Hello</p>\
         <p><img alt=\"a\" src=\"img/a.svg\"></p></google-codelab-step>\
         <google-codelab-step label=\"Two\" duration=\"0\"></google-codelab-step>",
    );
    insta::assert_snapshot!(import.source, @r"
    ---
    id: my lab
    summary: Short
    authors: Ada
    categories: web
    tags: kiosk, web
    status: ['draft', u'hidden']
    feedback link: https://x.y/f
    source: a.md
    level: easy
    ---

    # T & t

    ## One # two
    Duration: 5

    Hello

    ![a](img/a.svg)

    ## Two
    ");
    assert_eq!(import.diagnostics, []);
    assert_eq!(import.images.len(), 1);
    assert_eq!(import.codelab.minutes(), 5);
    assert_eq!(import.codelab.metadata.status, ["draft", "hidden"]);
}

#[test]
fn words_and_emphasis() {
    insta::assert_snapshot!(body(
        "<p>Run <code>a `b`</code>, <strong>now</strong>, <em>not <strong>later</strong></em>.\
         \n  5 * 3 &lt; a_b; use [x] &amp; <strong>\"quote\"</strong>는 <strong> spaced </strong>end<br>\
         - no list</p><p>1. no list</p><p># no heading</p><p>Duration: 3</p>\
         <p>See <a href=\"https://x.y/a(b)\" target=\"_blank\">the <em>docs</em></a>.</p>\
         <p><a href=\"img/a.zip\"><paper-button class=\"colored\" raised>\
         <iron-icon icon=\"file-download\"></iron-icon>Download it</paper-button></a></p>"
    ), @r#"
    Run `` a `b` ``, **now**, *not **later***. 5 \* 3 < a_b; use \[x\] & <strong>"quote"</strong>는 **spaced** end\
    \- no list

    1\. no list

    \# no heading

    Duration\: 3

    See [the *docs*](<https://x.y/a(b)>).

    <button>[Download it](img/a.zip)</button>
    "#);
}

#[test]
fn lists_tables_code_and_boxes() {
    insta::assert_snapshot!(body(
        "<h2 is-upgraded class=\"checklist\">What you'll learn</h2>\
         <ul class=\"checklist\"><li>One</li><li>Two<ol type=\"1\" start=\"3\"><li>deep</li></ol></li></ul>\
         <ul><li><p>a</p><pre><code language=\"language-go\" class=\"go\">x := `a`\n\n// b\n</code></pre></li></ul>\
         <table><tr><td>A</td><td><p>B | b</p><p>c</p></td></tr><tr><td>1</td></tr></table>\
         <pre>$ ls\n```</pre>\
         <aside class=\"warning\"><p>Mind <strong>this</strong></p></aside>\
         <aside class=\"special\"><p>Good</p><ul><li>x</li></ul></aside>"
    ), @r#"
    ### What you'll learn

    - One

    - Two

      3. deep

    * a

      ```go
      x := `a`

      // b
      ```

    | A | B \| b<br>c |
    | --- | --- |
    | 1 |  |

    ````console
    $ ls
    ```
    ````

    <aside class="negative">

    Mind **this**

    </aside>

    <aside class="positive">

    Good

    - x

    </aside>
    "#);
}

#[test]
fn what_is_embedded() {
    insta::assert_snapshot!(body(
        "<p><img alt=\"wide\" style=\"width: 312.50px\" src=\"img/a.svg\"></p>\
         <iframe class=\"youtube-video\" src=\"https://www.youtube.com/embed/a_b-1?rel=0\"></iframe>\
         <p><iframe class=\"embedded-iframe\" src=\"https://codepen.io/x_y\"></iframe></p>\
         <google-codelab-survey survey-id=\"lab-1\"><h4>How &amp; why?</h4><paper-radio-group>\
         <paper-radio-button>A</paper-radio-button><paper-radio-button>B \"b\"</paper-radio-button>\
         </paper-radio-group></google-codelab-survey><x-y>kept</x-y>"
    ), @r#"
    <img src="img/a.svg" alt="wide" width="312">

    <video id="a_b-1"></video>

    ![https://codepen.io/x\_y](.)

    <form>
    <name>How &amp; why?</name>
    <input value="A">
    <input value="B &quot;b&quot;">
    </form>

    kept
    "#);
}

#[test]
fn markup_that_cannot_be_kept_is_named() {
    let step = "<google-codelab-step label=\"S\"><x-y>kept</x-y><table><tr><td colspan=2>a</td></tr>\
                </table></google-codelab-step>";
    let found = import(step).diagnostics;
    let subjects = found.iter().map(|found| found.subject.as_str());
    assert_eq!(
        subjects.collect::<Vec<_>>(),
        ["<x-y>", "A cell over several cells"]
    );
}

proptest! {
    /// Whatever the emphasis, the words are those of the page.
    #[test]
    fn words_are_kept(pieces in prop::collection::vec((0..7_u8, "[-a1.*_`~$#()<&\\[\\]!|:\"가 ]{0,6}"), 0..8)) {
        let (mut html, mut words) = (String::new(), String::new());
        for (kind, text) in &pieces {
            let tag = ["strong", "em", "a", "code"].get(usize::from(*kind));
            let escaped = markup::escape(text);
            match tag {
                Some(&"a") => html.extend(["<a href=\"https://x.y\">", &escaped, "</a>"]),
                Some(tag) => html.extend(["<", tag, ">", &escaped, "</", tag, ">"]),
                None => html.push_str(&escaped),
            }
            // White space at the ends of code is not kept.
            words.push_str(if *kind == 3 { text.trim() } else { text });
        }
        let value = serde_json::json!({});
        let page = format!("<google-codelab-step label=\"S\"><p>{html}</p></google-codelab-step>");
        let (expanded, _) = super::page("index.html", &page, &value).expect("a step");
        let (_, body) = expanded.text.split_once("## S\n").expect("a step");
        let back = markdown::plain_text(markdown::parser(body));
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(squeezed(&back), squeezed(&words), "{}", body);
    }
}

#[test]
fn a_page_without_steps_is_refused() {
    let page = |html: &[u8]| reason(from_zip(&[("codelab.json", b"{}"), ("index.html", html)]));
    assert_eq!(page(b"<google-codelab></google-codelab>"), "NoStepFiles");
    let hostile = "<b>".repeat(5000) + &"<p>".repeat(5000);
    assert_eq!(page(hostile.as_bytes()), "UnreadableManifest");
}

#[test]
fn markup_that_is_deep_is_read() {
    for tag in [
        "<ul>",
        "<ul><li>",
        "<div>",
        "<table><tr><td>",
        "<aside>",
        "<span>",
        "<blockquote>",
    ] {
        let step = format!("<google-codelab-step label=\"S\">{}x", tag.repeat(70));
        let import = import(&step);
        assert_eq!(import.codelab.steps.len(), 1, "{tag}");
        assert!(import.source.contains('x'), "{tag}");
    }
}
