use super::*;
use crate::{Severity, render_step};

fn parsed(source: &str) -> Parsed {
    parse("a.md", source).expect("a codelab")
}

fn codes(parsed: &Parsed) -> Vec<(DiagnosticCode, Option<u32>)> {
    parsed
        .diagnostics
        .iter()
        .map(|remark| (remark.code, remark.line))
        .collect()
}

fn refusal(source: &str) -> String {
    parse("a.md", source).expect_err("no codelab").to_string()
}

#[test]
fn a_whole_codelab() {
    let parsed = parsed(
        "summary: s\nid: x\nauthor: Ada\n\n# The *title* & `code`\n\n## One\nDuration: 1:25\n\n\
         Body.\n\n## **Two** words\nEnvironment: Web\nDuration: 5\nGlued.\n\nThree\n-----\n\nEnd.\n",
    );
    assert_eq!(parsed.diagnostics, []);
    let codelab = parsed.codelab;
    assert_eq!(codelab.metadata.title, "The title & code");
    assert_eq!(codelab.metadata.authors.as_deref(), Some("Ada"));
    assert_eq!(codelab.minutes(), 7);
    let steps = codelab.steps.iter().map(|step| {
        (
            step.title.as_str(),
            step.minutes,
            step.markdown.as_str(),
            step.line,
        )
    });
    assert_eq!(
        steps.collect::<Vec<_>>(),
        [
            ("One", Some(2), "Body.", 7),
            ("Two words", Some(5), "Glued.", 12),
            ("Three", None, "End.", 17),
        ]
    );
    assert_eq!(codelab.steps[1].environments, ["web"]);
}

#[test]
fn the_header_may_be_anywhere_above_the_first_step() {
    for header in [
        "id: x\nsummary: s\n\n# T\n",
        "\u{FEFF}id: x\r\nsummary: s\r\n\r\n# T\r\n",
        "# T\n\nid: x\nsummary: s\n",
        "---\nid: x\nsummary: s\n---\n# T\n",
        "---\nid: x\nsummary: s\n\n---\n\n# T\n",
        "\n---\nid: x\n---\n\nsummary: s\n\n# T\n",
        "id: x\nsummary: s\n---\n\n# T\n",
        "<!-- a -->\nid: x\n<!-- b -->\n\nsummary: s\n\n# T\n",
        "summary: s\n\nid: x\n\n# T\n\n[Codelab Feedback](https://x)\n\n***\n",
        "id: x\nsummary: s\n# T\n",
    ] {
        let parsed = parsed(&format!("{header}\n## S\n\nx\n"));
        let metadata = &parsed.codelab.metadata;
        let read = (
            metadata.id.as_deref(),
            metadata.summary.as_deref(),
            metadata.title.as_str(),
        );
        assert_eq!(read, (Some("x"), Some("s"), "T"), "{header}");
        assert_eq!(parsed.diagnostics, [], "{header}");
    }
}

#[test]
fn values_behind_an_address_are_kept() {
    let parsed =
        parsed("feedback link: <https://x.y/issues>\nstatus: [published]\nid: a\n\n# T\n\n## S\n");
    let metadata = parsed.codelab.metadata;
    assert_eq!(
        metadata.feedback_link.as_deref(),
        Some("https://x.y/issues")
    );
    assert_eq!(
        (metadata.status, metadata.id.as_deref()),
        (vec!["published".into()], Some("a"))
    );
}

#[test]
fn plain_markdown_is_a_codelab_too() {
    let titled = parsed("# Plain\n\nWelcome!\n\n---\n\n## S\n");
    assert_eq!(titled.codelab.metadata.title, "Plain");
    assert_eq!(codes(&titled), []);
    let guide = titled.codelab.guide.expect("a guide");
    assert_eq!((guide.markdown.as_str(), guide.line), ("Welcome!", 3));

    let untitled = parse("docs/my notes.md", "## S\n\nx").expect("a codelab");
    assert_eq!(untitled.codelab.metadata.title, "my notes");
    assert_eq!(codes(&untitled), [(DiagnosticCode::NoTitle, Some(1))]);

    let late = parsed("## S\n\n# Late title\n");
    assert_eq!(late.codelab.metadata.title, "Late title");
    assert_eq!(late.codelab.steps[0].markdown, "# Late title");
}

#[test]
fn only_top_level_headings_are_steps() {
    let parsed = parsed(
        "# T\n\n## S\n\n> ## quoted\n\n* a\n\n  ## listed\n\n```\n## fenced\n```\n\n##\n\nmore\n\n### deeper\n",
    );
    assert_eq!(parsed.codelab.steps.len(), 1);
    assert!(
        parsed.codelab.steps[0]
            .markdown
            .ends_with("##\n\nmore\n\n### deeper")
    );
}

#[test]
fn step_lines_are_taken_only_where_they_are_meant() {
    let body = |body: &str| {
        let parsed = parsed(&format!("# T\n\n## S\n{body}\n"));
        let codes = codes(&parsed)
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>();
        let step = parsed.codelab.steps.into_iter().next().expect("a step");
        (step.minutes, step.markdown, codes)
    };
    let plain = |minutes, markdown: &str| (minutes, markdown.to_owned(), vec![]);
    assert_eq!(
        body("<!-- -- -->\nDuration: 0:02:00\nGlued\n\nmore"),
        plain(Some(2), "<!-- -- -->\nGlued\n\nmore")
    );
    assert_eq!(
        body("\nText.\n\nDuration: 3\n\nmore"),
        plain(Some(3), "Text.\n\nmore")
    );
    assert_eq!(
        body("\nText.\n\nDuration: it depends\n"),
        plain(None, "Text.\n\nDuration: it depends")
    );
    assert_eq!(
        body("\nText.\n\nDuration: 3\nand so on"),
        plain(None, "Text.\n\nDuration: 3\nand so on")
    );
    assert_eq!(body("\n* Duration: 5"), plain(None, "* Duration: 5"));
    assert_eq!(
        body("\nDuration 00:01:00"),
        plain(None, "Duration 00:01:00")
    );
    assert_eq!(
        body("Duration: 5 min\n\nx"),
        (None, "x".into(), vec![DiagnosticCode::UnreadableDuration])
    );
}

#[test]
fn link_definitions_travel_with_the_steps_that_use_them() {
    let parsed = parsed(
        "# T\n\n## One\n\n[The Docs] and ![pic][P]\n\n## Two\n\n[here]\n\n[here]: /local.md\n\n\
         ```\nopen\n```\n\n[the docs]: https://x.y/<a> 'A \"title\"'\n[p]: img/p.png\n",
    );
    let [one, two] = parsed.codelab.steps.as_slice() else {
        panic!("two steps")
    };
    insta::assert_snapshot!(one.markdown, @r#"
    [p]: <img/p.png>
    [the docs]: <https://x.y/\<a\>> "A \"title\""

    [The Docs] and ![pic][P]
    "#);
    assert!(two.markdown.starts_with("[here]\n"));
    let html = crate::render_step(&one.markdown, &|_| None);
    assert!(
        html.contains("href=\"https://x.y/<a>\"")
            || html.contains("href=\"https://x.y/&lt;a&gt;\""),
        "{html}"
    );
    assert!(
        html.contains("<span class=\"image-missing\">pic</span>"),
        "{html}"
    );
}

#[test]
fn what_needs_attention_is_remarked_with_its_line() {
    let parsed = parsed(
        "# T\n\n## S\n\n![r](https://x/a.png)\n\n<video id=\"v1\"></video>\n\n<form><name>Q</name></form>\n\n\
         {{ snippets/a.md }}\n\n```\n{{ code }}\n<<code.md>>\n```\n\n<<frag.md>>\n\n[f](data.csv) [j](javascript:x)\n",
    );
    assert_eq!(
        codes(&parsed),
        [
            (DiagnosticCode::RemoteImage, Some(5)),
            (DiagnosticCode::RemoteEmbed, Some(7)),
            (DiagnosticCode::Survey, Some(9)),
            (DiagnosticCode::Template, Some(11)),
            (DiagnosticCode::FragmentNotIncluded, Some(18)),
            (DiagnosticCode::LocalLink, Some(20)),
            (DiagnosticCode::UnsafeLink, Some(20)),
        ]
    );
    let errors = parsed
        .diagnostics
        .iter()
        .filter(|remark| remark.severity == Severity::Error);
    assert_eq!(errors.count(), 1);
}

#[test]
fn each_of_several_equal_things_has_its_own_place() {
    let parsed = parsed(
        "# T\n\n## S\n\n<form><name>Q</name></form>\n\n<form><name>R</name></form>\n\n\
         <iframe src=\"https://x\"></iframe>\n\n<iframe src=\"https://x\"></iframe>\n\n\
         [a](javascript:x)\n[b](javascript:x)\n\n![max](max.png) <img src=data:x>\n",
    );
    let places = parsed.diagnostics.iter();
    let places = places.map(|remark| (remark.code, remark.line, remark.column));
    assert_eq!(
        places.collect::<Vec<_>>(),
        [
            (DiagnosticCode::Survey, Some(5), Some(1)),
            (DiagnosticCode::Survey, Some(7), Some(1)),
            (DiagnosticCode::RemoteEmbed, Some(9), Some(14)),
            (DiagnosticCode::RemoteEmbed, Some(11), Some(14)),
            (DiagnosticCode::UnsafeLink, Some(13), Some(5)),
            (DiagnosticCode::UnsafeLink, Some(14), Some(5)),
            (DiagnosticCode::ImageUnsupported, Some(16), Some(26)),
        ]
    );
}

#[test]
fn markup_that_is_left_out_is_named_once_a_step() {
    let text =
        "# T\n\nInstall <tool>.\n\n## S\n\nType <name> and <name>.\n\n## R\n\n<svg></svg> <name>\n";
    let parsed = parsed(text);
    let found = parsed.diagnostics.iter();
    let found = found.map(|remark| (remark.line, remark.column, remark.subject.as_str()));
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            (Some(3), Some(9), "<tool>"),
            (Some(7), Some(6), "<name>"),
            (Some(11), Some(1), "<svg>"),
            (Some(11), Some(13), "<name>"),
        ]
    );
    let codes = codes(&parsed);
    let mut codes = codes.iter().map(|(code, _)| *code);
    assert!(codes.all(|code| code == DiagnosticCode::MarkupLeftOut));
}

#[test]
fn files_that_do_not_play_are_not_said_to_need_the_internet() {
    let parsed = parsed(
        "# T\n\n## S\n\n<audio src=\"a.mp3\"></audio>\n\n<video src=\"v.mp4\"></video>\n\n\
         <iframe src=\"demo/index.html\"></iframe>\n\n<video src=\"https://x/v.mp4\"></video>\n",
    );
    let found = parsed.diagnostics.iter();
    let found = found.map(|remark| (remark.code, remark.line, remark.subject.as_str()));
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            (DiagnosticCode::LocalMedia, Some(5), "a.mp3"),
            (DiagnosticCode::LocalMedia, Some(7), "v.mp4"),
            (DiagnosticCode::LocalMedia, Some(9), "demo/index.html"),
            (DiagnosticCode::RemoteEmbed, Some(11), "https://x/v.mp4"),
        ]
    );
}

#[test]
fn what_is_no_codelab_is_refused_with_a_sentence() {
    insta::assert_snapshot!(refusal(" \n\t"), @"a.md is empty: choose a Markdown file with a title and steps.");
    insta::assert_snapshot!(refusal("Dear all,\n\nsee you"), @"a.md, line 1, has no headings, so it is no codelab: write a title as “# Title” and begin each step with a line such as “## First step”.");
    insta::assert_snapshot!(refusal("\nid: a\n\n# T\n\nwords\n\n### deep\n\n##\n"), @"a.md, line 4, has headings but no steps: begin each step with a line such as “## First step”.");
    let error = parse("a.md", "# T").expect_err("no steps");
    assert_eq!((error.reason, error.line), (ImportReason::NoSteps, Some(1)));
}

/// The guide of a text, and its line.
fn guide(text: &str) -> Option<(String, u32)> {
    let guide = parsed(text).codelab.guide?;
    Some((guide.markdown, guide.line))
}

#[test]
fn what_stands_above_the_first_step_is_the_guide() {
    let text = "---\nid: a\n---\n\n# T\n\nInstall [git][g].\n\n### Then\n\n- x\n\n---\n\n## S\n\n[g]: https://g.y\n";
    let read = parsed(text);
    let expected = "[g]: <https://g.y>\n\nInstall [git][g].\n\n### Then\n\n- x";
    assert_eq!(guide(text), Some((expected.to_owned(), 7)));
    assert_eq!(read.codelab.steps.len(), 1);
    assert_eq!(read.codelab.metadata.title, "T");
    // Header and title come apart from it, wherever they stand.
    let between = "Words.\n\n# T\n\nid: a\ntags: b\n\nMore.\n\n## S\n";
    assert_eq!(guide(between), Some(("Words.\n\n\n\nMore.".to_owned(), 1)));
    assert_eq!(parsed(between).codelab.metadata.tags, ["b"]);
    // Behind title and words, a sentence with a colon is a sentence.
    let note = "id: a\n\n# T\n\nWords.\n\nLanguage: any\n\n## S\n";
    assert_eq!(guide(note), Some(("Words.\n\nLanguage: any".to_owned(), 5)));
    assert_eq!(parsed(note).codelab.metadata.language, None);
}

#[test]
fn what_says_nothing_is_no_guide() {
    for above in [
        "",
        "# T\n\n<!-- licence -->\n\n---\n\n",
        "# T\n\n[Codelab Feedback](https://x.y)\n\n",
        "id: a\n\n# T\n\n##\n\n[r]: x.png\n\n",
        "# T\n\n# Again\n\n",
    ] {
        assert_eq!(guide(&format!("{above}## S\n")), None, "{above}");
    }
}

#[test]
fn remarks_on_the_guide_say_its_lines() {
    let read = parsed("# T\n\nSee\n![a](https://x.y/a.png)\n\n```sh {odd=1}\nx\n```\n\n## S\n");
    let expected = [
        (DiagnosticCode::RemoteImage, Some(4)),
        (DiagnosticCode::UnknownFenceAttribute, Some(6)),
    ];
    assert_eq!(codes(&read), expected);
}

#[test]
fn a_guide_that_begins_like_a_header_stays_one() {
    let words = "Duration: all day\n\nNote: bring `id: a`";
    let text = format!("---\nid: a\n---\n# T\n\n{}\n\n## S\n", guarded(words));
    let (read, _) = guide(&text).expect("a guide");
    assert_eq!(read, "Duration\\: all day\n\nNote: bring `id: a`");
}

#[test]
fn polls_of_the_guide_are_prepared_or_remarked_on() {
    let text = "# T\n\nReady?\n\n```poll\nDo you have it?\n- Yes\n- No\n```\n\n\
                ```poll\nOne\n- a\n```\n\n## S\n";
    let read = parsed(text);
    let guide = read.codelab.guide.expect("a guide");
    let asked: Vec<_> = guide
        .polls
        .iter()
        .map(|poll| poll.question.as_str())
        .collect();
    assert_eq!(asked, ["Do you have it?"]);
    let remarks: Vec<_> = read
        .diagnostics
        .iter()
        .map(|remark| (remark.code, remark.line))
        .collect();
    assert_eq!(remarks, [(DiagnosticCode::PollOptions, Some(13))]);
}

#[test]
fn quizzes_of_the_guide_are_remarked_on() {
    let text = "# T\n\nReady?\n\n```quiz\nq\n- [x] a\n- [ ] b\n```\n\n```quiz\nq\n```\n\n## S\n";
    let read = parsed(text);
    let remarks = read.diagnostics.iter();
    let remarks: Vec<_> = remarks.map(|remark| (remark.code, remark.line)).collect();
    let on = |line| (DiagnosticCode::QuizInGuide, Some(line));
    assert_eq!(remarks, [on(5), on(11)]);
}

#[test]
fn a_paragraph_stays_one_without_the_line_above_it() {
    let markdown = |step: &str| {
        let read = parsed(&format!("# T\n\n## S\nDuration: 5\n{step}\n"));
        assert_eq!(read.codelab.steps[0].minutes, Some(5));
        read.codelab.steps[0].markdown.clone()
    };
    assert_eq!(markdown("*Words.*"), "*Words.*");
    let image = markdown("<img src=\"a.png\">\n*Words.*");
    assert_eq!(image, "&#32;<img src=\"a.png\">\n*Words.*");
    let html = render_step(&image, &|_| None);
    assert!(html.contains("<em>Words.</em>"), "{html}");
    let number = render_step(&markdown("2. Words"), &|_| None);
    assert!(!number.contains("<li>"), "{number}");
    // A block that ends the paragraph stays a block.
    assert_eq!(markdown("<div>\n*a*\n</div>"), "<div>\n*a*\n</div>");
    assert_eq!(markdown("- Words"), "- Words");
}

#[test]
fn lines_for_site_generators_are_named() {
    let lines = [
        "{{ snippets/a.md }}",
        "{% include \"a.md\" %}",
        ":::note Title",
        "!!! tip",
        "[[TOC]]",
    ];
    let text = lines.join("\n\n");
    let read = parsed(&format!(
        "# T\n\n## S\n\n{text}\n\n:::\n\n`{{{{ x }}}}` !!! and [toc] too\n"
    ));
    let subjects = read
        .diagnostics
        .iter()
        .map(|remark| remark.subject.as_str());
    assert_eq!(subjects.collect::<Vec<_>>(), lines);
    let code = parsed(&format!("# T\n\n## S\n\n```\n{text}\n```\n"));
    assert_eq!(codes(&code), []);
}
