//! Texts made to be slow: the marks of the dialect, each repeated without end. The benchmark
//! `hostile` and the test of the same name read them.

/// A hostile text: its name, and the body of a step of about so many bytes.
pub struct Text {
    /// What the table calls it.
    pub name: &'static str,
    /// Makes the text.
    pub make: fn(usize) -> String,
}

/// One unit after the other, up to a size.
fn of(unit: &str, size: usize) -> String {
    unit.repeat((size / unit.len()).max(1))
}

/// Units that carry a number each.
fn numbered(size: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 64);
    let mut number = 0;
    while text.len() < size {
        text.push_str(&unit(number));
        number += 1;
    }
    text
}

/// So many opening marks, then as many closing ones.
fn nested(open: &str, close: &str, size: usize) -> String {
    let count = (size / (open.len() + close.len())).max(1);
    format!("{}x{}", open.repeat(count), close.repeat(count))
}

/// Lines of which each is indented more than the one before. The square root keeps the size.
fn stairs(mark: &str, step: &str, size: usize) -> String {
    let mut text = String::with_capacity(size + 4096);
    let mut margin = String::new();
    while text.len() < size {
        text.push_str(&margin);
        text.push_str(mark);
        text.push('\n');
        margin.push_str(step);
    }
    text
}

/// Repeated as they stand.
macro_rules! repeated {
    ($($name:literal => $unit:expr,)*) => {
        &[$(Text { name: $name, make: |size| of($unit, size) }),*]
    };
}

/// Marks that are repeated as they stand.
pub const REPEATED: &[Text] = repeated! {
    "&" => "&",
    "& on lines" => "&\n",
    "&amp;" => "&amp;",
    "&#38;" => "&#38;",
    "<" => "<",
    ">" => ">",
    "> on lines" => "> \n",
    "> x" => "> x\n\n",
    "<a href=x>" => "<a href=x>",
    "<a href=x> on lines" => "<a href=x>\n",
    "<a href=https://x.y>" => "<a href=https://x.y>",
    "<b>" => "<b>",
    "<b><i>" => "<b><i>",
    "<p>" => "<p>",
    "<p><b>" => "<p><b>",
    "<div>" => "<div>",
    "<div> on lines" => "<div>\n\n",
    "</p>" => "</p>",
    "<span class=x>" => "<span class=\"x\">",
    "<table>" => "<table>",
    "<table><tr><td>" => "<table><tr><td>",
    "<ul><li>" => "<ul><li>",
    "<svg>" => "<svg>",
    "<math>" => "<math>",
    "<select>" => "<select>",
    "<template>" => "<template>",
    "<form>" => "<form>",
    "<form> on lines" => "<form>\n\n",
    "<form></form>" => "<form></form>\n",
    "<form><name>" => "<form><name>q</name><input value=\"a\"></form>\n\n",
    "<button>" => "<button>",
    "<button> on lines" => "<button>\n\n",
    "<button></button>" => "<button>a</button>\n",
    "<img>" => "<img src=\"a.png\">",
    "<img> on lines" => "<img src=\"a.png\">\n\n",
    "<img src=data:x>" => "<img src=data:x>",
    "<iframe>" => "<iframe src=\"https://x.y\"></iframe>",
    "<iframe> open" => "<iframe src=\"https://x.y\">",
    "<video>" => "<video id=\"v\"></video>",
    "<input>" => "<input>",
    "<!--" => "<!--",
    "<!-- -->" => "<!-- -->",
    "<!-- --> on lines" => "<!-- x -->\n\n",
    "<?" => "<?",
    "<!A" => "<!A",
    "<![CDATA[" => "<![CDATA[",
    "<pre>" => "<pre>\n\n",
    "<script>" => "<script>\n\n",
    "<details>" => "<details>",
    "<details> on lines" => "<details>\n\n",
    "<aside>" => "<aside>",
    "<aside> on lines" => "<aside>\n\n",
    "<aside></aside>" => "<aside>x</aside>\n",
    "<aside> and <button>" => "<aside>\n<button>\n",
    "<dl>" => "<dl>",
    "<dl><dt>" => "<dl><dt>positive</dt>",
    "<dl><dd>" => "<dl><dt>positive</dt><dd>x</dd></dl>\n",
    "<x a=\"" => "<x a=\"",
    "<x a='\"" => "<x a='\">",
    "<a b=c " => "<a b=c ",
    "<https://x.y>" => "<https://x.y>",
    "<a@b.c>" => "<a@b.c>",
    "https://x.y" => "https://x.y ",
    "https://" => "https://",
    "http" => "http",
    "https://x.y)" => "https://x.y/))",
    "[" => "[",
    "]" => "]",
    "[]" => "[]",
    "[a]" => "[a]",
    "[[a]]" => "[[a]]",
    "](" => "](",
    "[a](" => "[a](",
    "[a](<" => "[a](<",
    "[a](<b" => "[a](<b\n",
    "[a](b)" => "[a](b)",
    "[a](b.md)" => "[a](b.md) ",
    "[a](javascript:x)" => "[a](javascript:x) ",
    "[a](https://x.y)" => "[a](https://x.y)",
    "[a](b \"" => "[a](b \"",
    "![" => "![",
    "![a](" => "![a](",
    "![a](a.png)" => "![a](a.png)",
    "![https://x.y](.)" => "![https://x.y](.)",
    "![![" => "![![a](b)](c)",
    "[x]: on lines" => "[x]: y\n",
    "[x]: \"" => "[x]: y \"\n",
    "[^a]" => "[^a]",
    "[^a]: " => "[^a]: b\n",
    "`" => "`",
    "` `` " => "` `` ",
    "`a`" => "`a` ",
    "\\`" => "\\`",
    "```" => "```\n",
    "```js {" => "```js {a=1 b=2}\nx\n```\n",
    "```poll" => "```poll\nq\n- a\n- b\n```\n",
    "```poll broken" => "```poll\nq\n```\n",
    "```quiz" => "```quiz\nq\n- [x] a\n- [ ] b\n```\n",
    "```quiz broken" => "```quiz\nq\n```\n",
    "```mermaid" => "```mermaid\na-->b\n```\n",
    "```console" => "```console\n$ ls\na\n```\n",
    "```diff" => "```diff\n+a\n-b\n```\n",
    "~~~" => "~~~\n",
    "indented code" => "    x\n\ny\n\n",
    "*" => "*",
    "* *" => "* * ",
    "*a" => "*a",
    "**a" => "**a",
    "*a_b" => "*a_b ",
    "a**b" => "a**b",
    "***" => "***a*",
    "_" => "_",
    "_a" => "_a ",
    "~" => "~",
    "~~a" => "~~a ",
    "- " => "- ",
    "- on lines" => "- x\n",
    "- blank" => "-\n\n",
    "- [ ]" => "- [ ] x\n",
    "* - +" => "* - + x\n",
    "1." => "1. x\n",
    "> - " => "> - ",
    ">" => ">>>> x\n",
    "# " => "# x\n",
    "## " => "## x\n",
    "## empty" => "##\n",
    "### " => "### x\n\n",
    "#" => "#",
    "x ===" => "x\n===\n",
    "x ---" => "x\n---\n",
    "---" => "---\n",
    "|" => "|",
    "| on lines" => "|\n",
    "|a|b|" => "|a|b|\n",
    "table" => "|a|b|\n|-|-|\n|c|d|\n\n",
    "$" => "$",
    "$a$" => "$a$ ",
    "$$" => "$$ a $$ ",
    "$ {" => "${",
    "$ \\frac" => "$\\frac{a}{b}$ ",
    ":::" => ":::\n",
    ":::note" => ":::note x\n",
    "!!! tip" => "!!! tip\n\n",
    "[toc]" => "[toc]\n\n",
    "{{ x }}" => "{{ x }}\n",
    "{{" => "{{",
    "{% include" => "{% include \"a.md\" %}\n",
    "<<[a](b.md)" => "<<[a](b.md)\n",
    "{{< x >}}" => "{{< x >}}\n",
    "Duration:" => "Duration: 1\n",
    "Duration: apart" => "Duration: 1\n\n",
    "Duration: odd" => "Duration: odd\n\n",
    "Environment:" => "Environment: web\n\n",
    "id: a" => "id: a\n",
    "Positive" => "Positive\n",
    "Positive :" => "Positive\n: x\n\n",
    "Positive blank" => "Positive\n\n",
    ":" => ":\n",
    "tabs" => "\t",
    "tabs x" => "\tx\n",
    "blanks" => " ",
    "blank lines" => "\n",
    "CRLF" => "x\r\n",
    "CR" => "\r",
    "long word" => "x",
    "words" => "word ",
    "\\" => "\\",
    "\\ at the end" => "x\\\n",
    "\"" => "\"",
    "' " => "'a ",
    "--" => "--",
    "..." => "...",
    "U+FFFD" => "\u{FFFD}",
    "Hangul" => "가나 ",
    "combining" => "a\u{301}",
    "RTL" => "\u{202E}",
    "@" => "a@b.c ",
};

/// Marks that stand around something, differ, or are laid out in a way.
pub const MADE: &[Text] = &[
    Text {
        name: "deep ()",
        make: |size| nested("(", ")", size),
    },
    Text {
        name: "deep []",
        make: |size| nested("[", "]", size),
    },
    Text {
        name: "deep [](x)",
        make: |size| nested("[", "](x)", size),
    },
    Text {
        name: "deep ![](x)",
        make: |size| nested("![", "](x)", size),
    },
    Text {
        name: "deep *",
        make: |size| nested("*a ", " b*", size),
    },
    Text {
        name: "deep **",
        make: |size| nested("**a ", " b**", size),
    },
    Text {
        name: "deep <b>",
        make: |size| nested("<b>", "</b>", size),
    },
    Text {
        name: "deep <div>",
        make: |size| nested("<div>\n", "</div>\n", size),
    },
    Text {
        name: "deep <a href>",
        make: |size| nested("<a href=\"https://x.y\">", "</a>", size),
    },
    Text {
        name: "deep <aside>",
        make: |size| nested("<aside>\n\n", "\n\n</aside>", size),
    },
    Text {
        name: "deep <details>",
        make: |size| nested("<details>\n\n", "\n\n</details>", size),
    },
    Text {
        name: "deep <table>",
        make: |size| nested("<table><tr><td>", "</td></tr></table>", size),
    },
    Text {
        name: "deep { in maths",
        make: |size| format!("${}$", nested("{", "}", size)),
    },
    Text {
        name: "deep \\frac",
        make: |size| format!("${}$", nested("\\frac{1}{", "}", size)),
    },
    Text {
        name: "deep ^",
        make: |size| format!("$${}$$", nested("x^{", "}", size)),
    },
    Text {
        name: "long maths",
        make: |size| format!("$${}$$", of("a+", size)),
    },
    Text {
        name: "stairs of -",
        make: |size| stairs("- x", "  ", size),
    },
    Text {
        name: "stairs of 1.",
        make: |size| stairs("1. x", "   ", size),
    },
    Text {
        name: "stairs of >",
        make: |size| stairs(" x", ">", size),
    },
    Text {
        name: "one line of >",
        make: |size| format!("{} x", ">".repeat(size)),
    },
    Text {
        name: "one line of - ",
        make: |size| format!("{}x", "- ".repeat(size / 2)),
    },
    Text {
        name: "blanks within",
        make: |size| format!("x{}y", " ".repeat(size)),
    },
    Text {
        name: "blank at ends",
        make: |size| of("x      \n", size),
    },
    Text {
        name: "runs of `",
        make: |size| numbered(size, |n| format!("{} ", "`".repeat(n + 1))),
    },
    Text {
        name: "runs of ` back",
        make: |size| {
            let most = size.isqrt();
            let runs = (0..most).rev().map(|n| "`".repeat(n + 1) + " ");
            runs.collect()
        },
    },
    Text {
        name: "fences, longer",
        make: |size| numbered(size, |n| format!("{}\n", "`".repeat(n + 3))),
    },
    Text {
        name: "definitions",
        make: |size| numbered(size, |n| format!("[l{n}]: https://x.y/{n}\n")),
    },
    Text {
        name: "definitions, used",
        make: |size| {
            let half = numbered(size / 2, |n| format!("[l{n}]: https://x.y/{n}\n"));
            half + "\n" + &numbered(size / 2, |n| format!("[l{n}] "))
        },
    },
    Text {
        name: "labels, unknown",
        make: |size| numbered(size, |n| format!("[a][l{n}] ")),
    },
    Text {
        name: "footnotes",
        make: |size| numbered(size, |n| format!("[^{n}]: x\n\nx[^{n}]\n\n")),
    },
    Text {
        name: "images",
        make: |size| numbered(size, |n| format!("![a](i{n}.png) ")),
    },
    Text {
        name: "remote images",
        make: |size| numbered(size, |n| format!("![a](https://x.y/{n}.png) ")),
    },
    Text {
        name: "links to files",
        make: |size| numbered(size, |n| format!("[a](f{n}.pdf) ")),
    },
    Text {
        name: "unsafe links",
        make: |size| numbered(size, |n| format!("[a](js:{n}) ")),
    },
    Text {
        name: "maths, unreadable",
        make: |size| numbered(size, |n| format!("$\\q{n}{{$ ")),
    },
    Text {
        name: "maths, one line",
        make: |size| numbered(size, |n| format!("$$\\frac{n}$$ ")),
    },
    Text {
        name: "data:image/",
        make: |size| of("data:image/", size),
    },
    Text {
        name: "data:image/;base64",
        make: |size| of("![a](data:image/png;base64,AAAA) ", size),
    },
    Text {
        name: "latin",
        make: |size| of("\u{AB}\u{A9}", size),
    },
    Text {
        name: "alt &",
        make: |size| format!("![{}](a.png)", of("&", size)),
    },
    Text {
        name: "title \"",
        make: |size| format!("[a](https://x.y '{}')", of("\"", size)),
    },
    Text {
        name: "href &",
        make: |size| format!("[a](https://x.y?{})", of("&", size)),
    },
    Text {
        name: "<abbr title>",
        make: |size| format!("<abbr title=\"{}\">x</abbr>", of("&", size)),
    },
    Text {
        name: "code span &",
        make: |size| format!("`{}`", of("&", size)),
    },
    Text {
        name: "code block &",
        make: |size| format!("```\n{}\n```\n", of("&", size)),
    },
    Text {
        name: "<pre> &",
        make: |size| format!("<pre>{}</pre>\n", of("&", size)),
    },
    Text {
        name: "kinds of tags",
        make: |size| numbered(size, |n| format!("<x{n}>")),
    },
    Text {
        name: "attributes",
        make: |size| format!("<b {}>", numbered(size, |n| format!("a{n}=b "))),
    },
    Text {
        name: "attributes, md",
        make: |size| {
            format!(
                "```js {{{}}}\nx\n```\n",
                numbered(size, |n| format!("a{n}=b "))
            )
        },
    },
    Text {
        name: "marked lines",
        make: |size| {
            format!(
                "```js {{{}}}\nx\n```\n",
                numbered(size, |n| format!("{n},"))
            )
        },
    },
    Text {
        name: "columns",
        make: |size| {
            let columns = size / 6;
            format!(
                "|{}\n|{}\n|{}\n",
                "a|".repeat(columns),
                "-|".repeat(columns),
                "b|".repeat(columns)
            )
        },
    },
    Text {
        name: "columns, empty rows",
        make: |size| {
            // The cells that a row leaves out are filled in.
            let side = size.isqrt();
            format!(
                "|{}\n|{}\n{}",
                "a|".repeat(side / 4),
                "-|".repeat(side / 4),
                "|\n".repeat(side)
            )
        },
    },
    Text {
        name: "headings, numbered",
        make: |size| numbered(size, |n| format!("### h{n}\n\nx\n\n")),
    },
    Text {
        name: "steps",
        make: |size| numbered(size, |n| format!("## s{n}\n\nx\n\n")),
    },
    Text {
        name: "steps that use a label",
        make: |size| {
            "[l]: https://x.y\n\n".to_owned() + &numbered(size, |n| format!("## s{n}\n\n[l]\n\n"))
        },
    },
    Text {
        name: "steps, labels",
        make: |size| {
            numbered(size, |n| {
                format!(
                    "## s{n}\n\n[l{n}] [a][l{}]\n\n[l{n}]: https://x.y\n\n",
                    n + 1
                )
            })
        },
    },
    Text {
        name: "code, js",
        make: |size| format!("```js\n{}\n```\n", of("let a = `b ${c}`;\n", size)),
    },
    Text {
        name: "code, one line",
        make: |size| format!("```js\n{}\n```\n", of("a(", size)),
    },
    Text {
        name: "code, html",
        make: |size| format!("```html\n{}\n```\n", of("<a b=\"c\">", size)),
    },
    Text {
        name: "code, text",
        make: |size| format!("```\n{}\n```\n", of("x\n", size)),
    },
    Text {
        name: "code, json",
        make: |size| format!("```json\n{}\n```\n", of("[{\"a\":", size)),
    },
    Text {
        name: "code, markdown",
        make: |size| format!("~~~md\n{}\n~~~\n", of("[a](b) `c`\n", size)),
    },
    Text {
        name: "comment",
        make: |size| format!("<!-- {} -->\n", of("x -- ", size)),
    },
    Text {
        name: "comment, open",
        make: |size| format!("<!-- {}", of("x\n\n", size)),
    },
    Text {
        name: "<pre>, open",
        make: |size| format!("<pre>{}", of("x\n\n", size)),
    },
    Text {
        name: "survey",
        make: |size| {
            format!(
                "<form>{}</form>\n",
                of("<name>q</name><input value=a>", size)
            )
        },
    },
    Text {
        name: "quiz, options",
        make: |size| format!("```quiz\nq\n{}\n```\n", of("- [x] a\n", size)),
    },
    Text {
        name: "quiz, ticks",
        make: |size| format!("```quiz\nq\n- [x] {}\n- [ ] b\n```\n", of("` `` ", size)),
    },
    Text {
        name: "title",
        make: |size| format!("## {}\n\nx\n", of("a*b ", size)),
    },
    Text {
        name: "title &",
        make: |size| format!("## {}\n\nx\n", of("&", size)),
    },
    Text {
        name: "paragraphs, &",
        make: |size| of("&&&&\n\n", size),
    },
];

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Text> {
    REPEATED.iter().chain(MADE)
}

/// A codelab with this text as its step.
pub fn codelab(body: &str) -> String {
    format!("---\nid: a\n---\n\n# T\n\n## S\n\n{body}\n")
}
