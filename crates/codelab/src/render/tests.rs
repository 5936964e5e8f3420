use super::*;

/// Renders with images whose name begins with `ok`, 800 by 400 pixels.
fn render(markdown: &str) -> String {
    render_step(markdown, &|reference| {
        reference.starts_with("ok").then(|| ImageSource {
            url: format!("/i/{reference}"),
            width: Some(800),
            height: Some(400),
        })
    })
}

/// The same without what every link outside carries.
fn render_links(markdown: &str) -> String {
    render(markdown).replace(" target=\"_blank\" rel=\"noopener noreferrer\"", "")
}

#[test]
fn every_spelling_of_a_box_is_the_same_box() {
    let expected = "<aside class=\"box box-negative\"><p>Mind <em>this</em></p></aside>";
    for markdown in [
        "Negative\n: Mind *this*",
        "NEGATIVE\n\n  : Mind *this*",
        "**Negative**:\n: Mind *this*\n",
        "> aside negative\n> Mind *this*",
        ">aside Negative\n>\n>Mind *this*",
        "> Aside warning Mind *this*",
        "<aside class=\"negative\">\nMind *this*\n</aside>",
        "<aside class=\"Warning\">\n\nMind *this*\n\n</aside>",
        "<aside class='negative'>Mind *this*</aside>",
        "<dl><dt>Negative</dt>\n<dd>Mind *this*</dd></dl>",
        "> [!WARNING]\n> Mind *this*",
    ] {
        let html = render(markdown).replace('\n', "");
        assert_eq!(html, expected, "{markdown}");
    }
}

#[test]
fn boxes_hold_several_paragraphs_and_lists() {
    insta::assert_snapshot!(
        render("Positive\n: one\n: two\n\n    * three\n\nafter"),
        @r#"<aside class="box box-positive"><p>one</p><p>two</p><ul><li>three</li></ul></aside><p>after</p>"#
    );
    insta::assert_snapshot!(
        render("> aside positive first\n>\n> #### Head\n>\n> 1. x\n"),
        @r#"<aside class="box box-positive"><p>first</p><h4>Head</h4><ol><li>x</li></ol></aside>"#
    );
    insta::assert_snapshot!(
        render("* a\nPositive\n: tip\n\n1. x\n\n   Negative\n   : in the list\n\n2. y"),
        @r#"<ul><li>a</li></ul><aside class="box box-positive"><p>tip</p></aside><ol><li><p>x</p><aside class="box box-negative"><p>in the list</p></aside></li><li><p>y</p></li></ol>"#
    );
    insta::assert_snapshot!(render("> just a quote"), @"<blockquote><p>just a quote</p></blockquote>");
}

#[test]
fn code_is_marked_and_escaped() {
    insta::assert_snapshot!(
        render("```python {run check=\"42\" file=\"main.py\"}\nprint(1 < 2)\n```"),
        @r#"<pre class="code" data-lang="python" data-file="main.py" data-run=""><code><span class="hf">print</span>(<span class="hn">1</span> &lt; <span class="hn">2</span>)</code></pre>"#
    );
    insta::assert_snapshot!(
        render("```console\n$ echo <hi>\n```"),
        @r#"<pre class="code console" data-lang="console"><code><span class="prompt">$ </span>echo &lt;hi&gt;</code></pre>"#
    );
    insta::assert_snapshot!(
        render("~~~nosuch\n<b>&amp;\n~~~\n\n    indented"),
        @r#"<pre class="code" data-lang="nosuch"><code>&lt;b&gt;&amp;amp;</code></pre><pre class="code"><code>indented</code></pre>"#
    );
}

#[test]
fn lines_and_diagrams_pass_the_sanitiser() {
    insta::assert_snapshot!(
        render("```go {lines diff mark=1 nonsense}\n+x\n-y\n```"),
        @r#"
    <pre class="code diff" data-lang="go"><code><span class="line ins mark" data-n="1">x
    </span><span class="line del" data-n="">y</span></code></pre>
    "#
    );
    insta::assert_snapshot!(
        render("```mermaid\ngraph TD; A-->B<script>\n```"),
        @r#"<pre class="diagram" data-diagram="mermaid"><code>graph TD; A--&gt;B&lt;script&gt;</code></pre>"#
    );
    insta::assert_snapshot!(render("<pre class=diagram data-diagram=x><span data-n=9a>"), @r#"<pre class="diagram"><span></span></pre>"#);
}

#[test]
fn images_do_not_make_the_page_jump() {
    insta::assert_snapshot!(
        render("![A \"b\"](ok.png \"t\")"),
        @r#"<p><img src="/i/ok.png" alt="A “b”" title="t" width="800" height="400" loading="lazy"></p>"#
    );
    insta::assert_snapshot!(
        render("<img src=\"ok.png\" alt=\"d\" width=\"300.00\" onerror=\"x()\" />"),
        @r#"<img src="/i/ok.png" alt="d" width="300" height="150" loading="lazy">"#
    );
    insta::assert_snapshot!(
        render("![what it shows](gone.png) ![](img/gone.png) ![x](data:image/png;base64,AA)"),
        @r#"<p><span class="image-missing">what it shows</span> <span class="image-missing">gone.png</span> <span class="image-missing">x</span></p>"#
    );
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    insta::assert_snapshot!(
        render_links("![logo](https://x.y/a.png)"),
        @r#"<p><span class="remote remote-image">logo <a href="https://x.y/a.png">https://x.y/a.png</a></span></p>"#
    );
    insta::assert_snapshot!(
        render_links("![https://www.youtube.com/watch?v=a--b](.)"),
        @r#"<p><span class="remote remote-video"><a href="https://www.youtube.com/watch?v=a--b">https://www.youtube.com/watch?v=a--b</a></span></p>"#
    );
    insta::assert_snapshot!(
        render_links("<video id=\"a-b\"></video>\n\n<iframe src=\"https://x.y/\" title=\"Try\"></iframe>").replace('\n', ""),
        @r#"<p><span class="remote remote-video"><a href="https://www.youtube.com/watch?v=a-b">https://www.youtube.com/watch?v=a-b</a></span></p><span class="remote remote-embed">Try <a href="https://x.y/">https://x.y/</a></span>"#
    );
    let files = render_links(
        "<video controls><source src=\"v/a.webm\"><source src=v/a.mp4></video>\n\
         <audio src=a.mp3 title=Song></audio><iframe src=\"data:text/html,x\"></iframe>",
    );
    let words = files.split_whitespace().collect::<Vec<_>>();
    assert_eq!(words, ["<p>a.webm", "a.mp4", "Song", "</p>"]);
    insta::assert_snapshot!(
        render_links("[![badge](https://x/b.svg)](https://x)"),
        @r#"<p><a href="https://x"><span class="remote remote-image">badge https://x/b.svg</span></a></p>"#
    );
}

#[test]
fn links_lead_outside_or_nowhere() {
    insta::assert_snapshot!(
        render("[a](https://b \"t\")"),
        @r#"<p><a href="https://b" title="t" target="_blank" rel="noopener noreferrer">a</a></p>"#
    );
    insta::assert_snapshot!(
        render_links("[local](n.md) [place](#x) [js](javascript:x) [m](mailto:a@b.c) https://d.e/f."),
        @r#"<p>local place js <a href="mailto:a@b.c">m</a> <a href="https://d.e/f">https://d.e/f</a>.</p>"#
    );
    insta::assert_snapshot!(
        render_links("<button>[Download it](https://a)</button>\n\n<button>\n  <a href=\"https://b\">View</a>\n</button>"),
        @r#"<p><a class="button download" href="https://a">Download it</a></p><p><a class="button" href="https://b">View</a></p>"#
    );
}

#[test]
fn lists_tables_and_headings() {
    insta::assert_snapshot!(
        render("# One\n\n### **What you’ll learn:**\n\n* a\n\n##### What we've covered\n\nWords.\n\n- [x] b\n\n- c"),
        @r#"<h3>One</h3><h3><strong>What you’ll learn:</strong></h3><ul class="checklist"><li>a</li></ul><h5>What we’ve covered</h5><p>Words.</p><ul class="checklist"><li class="task"><p><input type="checkbox" disabled="" checked=""> b</p></li><li><p>c</p></li></ul>"#
    );
    insta::assert_snapshot!(
        render("| a | b |\n|---|--:|\n| 1<br>2 | ~~x~~ |"),
        @r#"<div class="table"><table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>1<br>2</td><td align="right"><s>x</s></td></tr></tbody></table></div>"#
    );
    insta::assert_snapshot!(render("3. c\n4. d"), @r#"<ol start="3"><li>c</li><li>d</li></ol>"#);
}

#[test]
fn maths_keep_their_source_and_prices_stay() {
    insta::assert_snapshot!(
        render("$x^2$ for $5 and $6, $PATH:$HOME\n\n$$\n\\sum_i\n$$"),
        @r#"<p><math><msup><mi>x</mi><mn>2</mn></msup></math> for $5 and $6, $PATH:$HOME</p><p><math display="block"><munder><mo lspace="0" rspace="0">∑</mo><mi>i</mi></munder></math></p>"#
    );
}

#[test]
fn surveys_are_shown_and_templates_stay() {
    insta::assert_snapshot!(
        render("<form>\n<name>Q <script>x</script></name>\n<input value=\"A\">\n\n<input value=\"<B>\">\n</form>").trim(),
        @r#"<div class="survey"><p class="question">Q</p><p class="question">x</p><ul><li>A</li><li>&lt;B&gt;</li></ul></div>"#
    );
    insta::assert_snapshot!(render("{{ snippets/a.md }}"), @"<p>{{ snippets/a.md }}</p>");
}

#[test]
fn hostile_html_is_defused() {
    for (markdown, expected) in [
        ("<script>alert(1)</script>", ""),
        (
            "<p onclick=\"x()\" style=\"color:red\" id=\"a\">a</p>",
            "<p>a</p>",
        ),
        ("<a href=\"java\tscript:x\">a</a>", "<p>a</p>"),
        ("<svg onload=x><script>y</script></svg>", "<p></p>"),
        (
            "<math><mtext><style><img src=x onerror=y>",
            "<p><math><mtext></mtext></math></p>",
        ),
        (
            "<math><annotation-xml encoding=text/html><script>x</script></annotation-xml><mi href=javascript:x style=a id=b>y</mi></math>",
            "<p><math><mi>y</mi></math></p>",
        ),
        (
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--><img src=1 onerror=alert(1)>\">",
            "<p><math><mtext><table></table></mtext></math></p>",
        ),
        (
            "<math><mo minsize=\"1em&quot; x=\">y</mo></math>",
            "<p><math><mo>y</mo></math></p>",
        ),
        ("<form action=https://x><input type=password name=p>", ""),
        (
            "<base href=//x><link rel=stylesheet href=//x><meta http-equiv=refresh>",
            "",
        ),
        (
            "<details open ontoggle=x()><summary>s</summary></details>",
            "<details open=\"\"><summary>s</summary></details>",
        ),
    ] {
        let html = render(markdown);
        assert_eq!(html.trim(), expected, "{markdown}");
    }
}

#[test]
fn nothing_is_nested_without_end() {
    let depth = |html: &str, tag: &str| html.matches(tag).count();
    let deep = 2000;
    for (mark, tag) in [("> ", "<blockquote>"), ("- ", "<ul>"), ("**a ", "<strong>")] {
        let html = render(&format!("{}end{}", mark.repeat(deep), "**".repeat(deep)));
        assert!(depth(&html, tag) <= 64 && html.contains("end"), "{mark}");
    }
    for tag in ["<b>", "<div>\n\n", "<aside>\n\n"] {
        let html = render(&format!("{}end", tag.repeat(deep)));
        assert!(depth(&html, "<b>") + depth(&html, "<div>") + depth(&html, "<aside") <= 64);
        assert!(html.contains("end"), "{tag}");
    }
}
