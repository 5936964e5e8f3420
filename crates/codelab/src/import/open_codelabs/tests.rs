use super::super::tests::{from_zip, named, reason, zipped};
use crate::{
    DiagnosticCode,
    import::{Import, MaterialContent, from_files},
};

fn remarks(import: &Import) -> Vec<String> {
    let remark = |found: &crate::Diagnostic| {
        let line = found.line.map(|line| format!(":{line}"));
        let (file, line) = (&found.file, line.unwrap_or_default());
        format!("{file}{line}: {:?} {}", found.code, found.subject)
    };
    import.diagnostics.iter().map(remark).collect()
}

#[test]
fn an_export_comes_back_as_one_text() {
    let manifest = br#"{"id": "7f", "title": "Git *fast*", "description": "Learn\nit.",
        "author": "Ada", "is_public": 1, "quiz_enabled": false, "require_quiz": true,
        "require_feedback": true, "guide_markdown": "Install **git**.", "created_at": null}"#;
    let import = from_zip(&[
        ("codelab.json", manifest),
        ("preparation_guide.md", b"Install **git**."),
        ("step_10_Last.md", b"Done.\n"),
        (
            "step_02_Second_step.md",
            b"# Second step\n\n## Inside\n\n![a](/uploads/a.webp)\n\n```\nopen\n",
        ),
        ("step_01_.md", b"## First, by its heading\n\nWords.\n"),
        ("README.txt", b"x"),
    ])
    .expect("an export");
    insta::assert_snapshot!(import.source, @r"
    ---
    id: 7f
    summary: Learn it.
    authors: Ada
    status: published
    require quiz: true
    require feedback: true
    ---

    # Git \*fast\*

    Install **git**.

    ## First, by its heading



    Words.

    ## Second step



    ### Inside

    ![a](/uploads/a.webp)

    ```
    open
    ```

    ## Last

    Done.
    ");
    assert_eq!(import.codelab.metadata.title, "Git *fast*");
    assert_eq!(
        remarks(&import),
        [
            "codelab.json: RequirementNotHeld require feedback",
            "step_02_Second_step.md:5: UploadNotInFile /uploads/a.webp",
        ]
    );
    let excerpt = import.diagnostics[1].excerpt.as_ref().expect("lines");
    assert_eq!(
        (excerpt.before, excerpt.lines.join("⏎")),
        (1, "⏎![a](/uploads/a.webp)⏎".to_owned())
    );
    assert_eq!(import.diagnostics[1].column, Some(6));
}

#[test]
fn images_of_an_export_are_found_where_its_server_had_them() {
    let image: &[u8] = b"<svg width='4' height='2'/>";
    let import = from_zip(&[
        ("x/codelab.json", b"{\"title\": \"T\"}"),
        ("x/step_1.md", b"![a](/uploads/a.svg) ![b](img/b.svg)"),
        ("x/uploads/a.svg", image),
        ("x/img/b.svg", image),
    ])
    .expect("an export");
    assert_eq!(import.images.len(), 2);
    assert_eq!(import.diagnostics, []);
    assert_eq!(import.codelab.steps[0].title, "Step 1");
}

const BUNDLE: &str = r#"version: 1
title: 깃 시작하기
description: "짧은 설명"
author: Ada
is_public: true
guide_markdown: guide.md
steps:
- title: Setup
  file: steps/01_setup.md
- title: Gone
  file: steps/02.md
- file: ../outside.md
quizzes:
- question: What prints 3?
  quiz_type: single
  options: [print(1), "print(1 + 2)"]
  correct_answer: 1
- options: [a]
materials:
- {title: Docs, type: link, url: "https://git-scm.com/doc"}
- {title: Slides, type: file, file: slides.pdf}
"#;

#[test]
fn a_bundle_comes_back_with_its_quizzes_and_links() {
    let files: &[(&str, &[u8])] = &[
        ("lab/codelab.yaml", BUNDLE.as_bytes()),
        ("lab/guide.md", b"Bring a laptop.\n"),
        ("lab/steps/01_setup.md", b"See ![a](a.svg).\n"),
        ("lab/steps/a.svg", b"<svg width='4' height='2'/>"),
    ];
    let import = from_files(named(files)).expect("a bundle");
    insta::assert_snapshot!(import.source, @r"
    ---
    summary: 짧은 설명
    authors: Ada
    status: published
    ---

    # 깃 시작하기

    Bring a laptop.

    ## Setup

    See ![a](a.svg).

    ## 퀴즈

    ```quiz
    What prints 3?
    - [ ] print(1)
    - [x] print(1 + 2)
    ```
    ");
    assert_eq!(import.images.len(), 1);
    let materials = import.materials.iter();
    let materials = materials.map(|material| (material.title.as_str(), &material.content));
    let url = "https://git-scm.com/doc".to_owned();
    assert_eq!(
        materials.collect::<Vec<_>>(),
        [("Docs", &MaterialContent::Link { url })]
    );
    assert_eq!(
        remarks(&import),
        [
            "codelab.yaml: StepNotFound steps/02.md",
            "codelab.yaml: StepNotFound ../outside.md",
            r#"codelab.yaml: QuizUnreadable {"options":["a"]}"#,
            "codelab.yaml: MaterialNotTaken Slides: slides.pdf",
        ]
    );
    assert!(
        import
            .diagnostics
            .iter()
            .all(|found| found.code != DiagnosticCode::NoTitle)
    );
}

#[test]
fn what_describes_no_codelab_is_refused() {
    let only = |manifest: &[u8]| {
        reason(from_files(named(&[
            ("codelab.json", manifest),
            ("a.png", b""),
        ])))
    };
    assert_eq!(only(b"{}"), "NoStepFiles");
    assert_eq!(only(b"{"), "UnreadableManifest");
    assert_eq!(only(b"\xFF"), "NotUtf8");
    assert_eq!(only(b"{\"steps\": []}"), "NoStepFiles");
    let yaml = zipped(&[("codelab.yml", b"a: *b")]);
    assert_eq!(
        reason(from_files(named(&[("a.zip", &yaml)]))),
        "UnreadableManifest"
    );
}
