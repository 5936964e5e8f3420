use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::DiagnosticCode;

const CODELAB: &str = "# T\n\n## S\n\n![a](img/a.svg)\n";
const SVG: &[u8] = b"<svg width='4' height='2'/>";

pub(super) fn named(files: &[(&str, &[u8])]) -> Vec<NamedFile> {
    let file = |(name, bytes): &(&str, &[u8])| NamedFile {
        name: (*name).into(),
        bytes: bytes.to_vec(),
    };
    files.iter().map(file).collect()
}

pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(
            *name,
            SimpleFileOptions::default().compression_level(Some(1)),
        )
        .expect("a new entry");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

pub(super) fn from_zip(files: &[(&str, &[u8])]) -> Result<Import, ImportError> {
    from_files(named(&[("up/a.zip", &zipped(files))]))
}

/// The name of the reason, without what it is about.
pub(super) fn reason(result: Result<Import, ImportError>) -> String {
    let error = result.expect_err("a refusal");
    let words = format!("{:?}", error.reason);
    words.split(' ').next().unwrap_or_default().to_owned()
}

fn assert_whole(import: &Import) {
    assert_eq!(import.codelab.metadata.title, "T");
    assert_eq!(import.diagnostics, []);
    let [image] = import.images.as_slice() else {
        panic!("{:?}", import.images)
    };
    assert_eq!(
        (image.reference.as_str(), image.media_type),
        ("img/a.svg", "image/svg+xml")
    );
    assert_eq!(
        (image.width, image.height, image.bytes.as_slice()),
        (Some(4), Some(2), SVG)
    );
}

#[test]
fn a_codelab_comes_in_many_wrappings() {
    let codelab = CODELAB.as_bytes();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("my lab");
    fs::create_dir_all(path.join("img")).expect("a folder");
    fs::write(path.join("index.md"), codelab).expect("a file");
    fs::write(path.join("img/a.svg"), SVG).expect("a file");
    let archive = folder.path().join("lab.bin");
    let files: &[(&str, &[u8])] = &[
        ("lab/", b""),
        ("lab/index.md", codelab),
        ("lab/img/a.svg", SVG),
        ("__MACOSX/lab/._index.md", b"x"),
        ("lab/.DS_Store", b"x"),
        ("lab/extra.zip", b"PK\x03\x04 not opened"),
    ];
    fs::write(&archive, zipped(&files[1..])).expect("a file");

    assert_whole(&from_path(&path).expect("a folder"));
    assert_whole(&from_path(&path.join("index.md")).expect("a file"));
    assert_whole(&from_path(&archive).expect("an archive"));
    assert_whole(&from_files(named(&files[1..])).expect("an upload"));
    assert_whole(&from_zip(files).expect("an uploaded archive"));
    assert_whole(&from_zip(&[("index.md", codelab), ("IMG/A.svg", SVG)]).expect("other capitals"));
    assert_whole(
        &from_zip(&[("l\\index.md", codelab), ("l\\img\\a.svg", SVG)]).expect("backslashes"),
    );
    assert_whole(&from_zip(&[("a/b/x.md", codelab), ("a/b/img/a.svg", SVG)]).expect("deeper"));

    let published: &[u8] = b"{\"format\": \"html\", \"environment\": \"web\"}";
    let beside = [
        ("codelab.json", published),
        ("index.md", codelab),
        ("img/a.svg", SVG),
    ];
    assert_whole(&from_zip(&beside).expect("what the stock tool left behind"));

    let single = from_files(named(&[("dir/notes.markdown", codelab)])).expect("a file");
    assert_eq!(single.images, []);
    assert_eq!(single.diagnostics[0].code, DiagnosticCode::MissingImage);
    assert_eq!(
        (
            single.diagnostics[0].file.as_str(),
            single.diagnostics[0].line
        ),
        ("notes.markdown", Some(5))
    );
}

#[test]
fn the_codelab_among_several_files() {
    let steps: &[u8] = b"# Chosen\n\n## S\n";
    let other: &[u8] = b"# Other\n\n## S\n";
    let no_steps: &[u8] = b"# Words\n";
    let title = |files: &[(&str, &[u8])]| {
        from_files(named(files)).map_or_else(
            |error| error.to_string(),
            |import| import.codelab.metadata.title,
        )
    };
    for files in [
        &[
            ("x/Index.md", steps),
            ("x/codelab.md", other),
            ("x/README.md", other),
        ][..],
        &[("index.lab.md", steps), ("other.md", other)],
        &[("codelab.md", steps), ("README.md", other)],
        &[("a.md", steps), ("README.md", other)],
        &[("a.md", steps), ("b.md", no_steps), ("c.md", b"\xFF")],
        &[("README.md", steps), ("deep/a.md", other)],
    ] {
        assert_eq!(title(files), "Chosen");
    }
    insta::assert_snapshot!(
        title(&[("a.md", steps), ("b.md", other)]),
        @"The upload contains several Markdown files that could be the codelab (a.md, b.md): name the right one index.md."
    );
    insta::assert_snapshot!(
        title(&[("a.png", SVG), ("b.txt", b"x")]),
        @"The upload contains no Markdown file: add the codelab as index.md beside its images."
    );
}

#[test]
fn hostile_archives_are_refused() {
    let codelab = CODELAB.as_bytes();
    let with = |name: &str| reason(from_zip(&[("index.md", codelab), (name, SVG)]));
    assert_eq!(with("../evil.svg"), "UnsafeName");
    assert_eq!(with("a/../../evil.svg"), "UnsafeName");
    assert_eq!(with("/etc/evil.svg"), "UnsafeName");
    assert_eq!(with("C:\\evil.svg"), "UnsafeName");
    assert_eq!(with("INDEX.md"), "DuplicateName");

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("index.md", SimpleFileOptions::default())
        .expect("an entry");
    zip.write_all(codelab).expect("memory");
    zip.add_symlink("img/a.svg", "/etc/passwd", SimpleFileOptions::default())
        .expect("an entry");
    let linked = zip.finish().expect("memory").into_inner();
    assert_eq!(
        reason(from_files(named(&[("a.zip", &linked)]))),
        "LinkInArchive"
    );

    let whole = zipped(&[("index.md", codelab)]);
    assert_eq!(
        reason(from_files(named(&[("a.zip", &whole[..whole.len() / 2])]))),
        "DamagedArchive"
    );
    let mut twice = zipped(&[("index.md", codelab), ("indey.md", codelab)]);
    for at in 0..twice.len() - 8 {
        if &twice[at..at + 8] == b"indey.md" {
            twice[at + 4] = b'x';
        }
    }
    assert_eq!(
        reason(from_files(named(&[("a.zip", &twice)]))),
        "DuplicateName"
    );

    // The name as an old tool writes it, in the bytes of another encoding.
    let mut foreign = zipped(&[("index.md", codelab), ("ab.svg", SVG)]);
    for at in 0..foreign.len() - 6 {
        if &foreign[at..at + 6] == b"ab.svg" {
            foreign[at..at + 2].copy_from_slice(b"\xB0\xA1");
        }
    }
    assert_eq!(
        reason(from_files(named(&[("a.zip", &foreign)]))),
        "NameNotUtf8"
    );

    // The end speaks of more files than there are.
    let mut promised = zipped(&[("index.md", codelab)]);
    let end = promised.len() - 22;
    promised[end + 8..end + 12].fill(0xFF);
    assert_eq!(
        reason(from_files(named(&[("a.zip", &promised)]))),
        "TooManyFiles"
    );

    let many = (0..=FILES_LIMIT)
        .map(|n| format!("{n}.txt"))
        .collect::<Vec<_>>();
    let many = many
        .iter()
        .map(|name| (name.as_str(), &b""[..]))
        .collect::<Vec<_>>();
    assert_eq!(reason(from_zip(&many)), "TooManyFiles");
}

#[test]
fn bombs_do_not_go_off() {
    let huge = vec![b'\n'; 24 * 1024 * 1024];
    assert_eq!(reason(from_zip(&[("index.md", &huge)])), "TooLarge");

    let import =
        from_zip(&[("index.md", CODELAB.as_bytes()), ("img/a.svg", &huge)]).expect("a codelab");
    assert_eq!(import.images, []);
    assert_eq!(import.diagnostics[0].code, DiagnosticCode::ImageTooLarge);

    // One bit says that a file is a thousand times as large.
    let nothing = vec![0; 8 * 1024 * 1024];
    let best = SimpleFileOptions::default().compression_level(Some(9));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("index.md", best).expect("an entry");
    zip.write_all(CODELAB.as_bytes()).expect("memory");
    zip.start_file("img/a.svg", best).expect("an entry");
    zip.write_all(&nothing).expect("memory");
    let bomb = zip.finish().expect("memory").into_inner();
    assert_eq!(reason(from_files(named(&[("a.zip", &bomb)]))), "Bomb");

    // Twelve files, each small enough; all of them are not.
    let names = (0..12).map(|n| format!("{n}.svg")).collect::<Vec<_>>();
    let images = names
        .iter()
        .flat_map(|name| ["\n![a](", name, ")"])
        .collect::<String>();
    let index = format!("# T\n\n## S\n{images}\n");
    let large = [SVG, &vec![b' '; 19 * 1024 * 1024]].concat();
    let mut files = vec![("index.md", index.as_bytes())];
    files.extend(names.iter().map(|name| (name.as_str(), large.as_slice())));
    let bomb = zipped(&files);
    assert!(bomb.len() < 2 * 1024 * 1024);
    assert_eq!(reason(from_files(named(&[("a.zip", &bomb)]))), "TooLarge");

    // Twelve names for the same bytes.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("0.svg", SimpleFileOptions::default())
        .expect("an entry");
    zip.write_all(&large).expect("memory");
    for name in &names[1..] {
        zip.shallow_copy_file("0.svg", name).expect("an entry");
    }
    let bomb = zip.finish().expect("memory").into_inner();
    assert_eq!(
        reason(from_files(named(&[("a.zip", &bomb)]))),
        "DamagedArchive"
    );

    let fragment = [b"x ".repeat(400_000), b"\n".to_vec()].concat();
    let files: &[(&str, &[u8])] = &[
        (
            "index.md",
            b"# T\n\n## S\n\n<<f/f.md>>\n\n<<f/f.md>>\n\n<<f/f.md>>\n",
        ),
        ("f/f.md", &fragment),
    ];
    assert_eq!(reason(from_files(named(files))), "TooLarge");
}

#[test]
fn a_file_does_not_include_itself() {
    let files: &[(&str, &[u8])] = &[("lab/A.md", b"# T\n\n## S\n\n<<a.md>>\n\n<<./A.md>>\n")];
    let import = from_files(named(files)).expect("a codelab");
    assert_eq!(import.source.matches("# T").count(), 1);
    let codes = import.diagnostics.iter().map(|remark| remark.code);
    assert_eq!(
        codes.collect::<Vec<_>>(),
        [DiagnosticCode::FragmentNested; 2]
    );
}

#[test]
fn what_cannot_be_included_says_why() {
    let files: &[(&str, &[u8])] = &[
        (
            "lab/index.md",
            b"# T\n\n## S\n\n<<parts/a.md>>\n<<gone.md>>\n",
        ),
        ("lab/parts/a.md", b"Words.\n<<b.md>>\n<<gone.md>>\n"),
        ("lab/parts/b.md", b"<<a.md>>\n"),
    ];
    let import = from_files(named(files)).expect("a codelab");
    let found = import.diagnostics.iter();
    let found = found.map(|found| (found.file.as_str(), found.line, found.code));
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            ("parts/a.md", Some(2), DiagnosticCode::FragmentNested),
            ("parts/a.md", Some(3), DiagnosticCode::FragmentNotIncluded),
            ("index.md", Some(6), DiagnosticCode::FragmentNotIncluded),
        ]
    );
}

#[test]
fn images_come_only_from_inside_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let lab = folder.path().join("lab");
    fs::create_dir(&lab).expect("a folder");
    fs::write(folder.path().join("secret.svg"), SVG).expect("a file");
    let secret = folder.path().join("secret.svg").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, lab.join("link.svg")).expect("a link");
    fs::write(lab.join("text.png"), "no image").expect("a file");
    fs::write(lab.join("a b.svg"), SVG).expect("a file");
    let references = format!(
        "![](../secret.svg)\n![](<{secret}>)\n![](link.svg)\n![](text.png)\n![](a%20b.svg?x)\n![](<a b.svg>)\n![](a%20b.svg?x)"
    );
    fs::write(
        lab.join("index.md"),
        format!("# T\n\n## S\n\n{references}\n"),
    )
    .expect("a file");

    let import = from_path(&lab).expect("a codelab");
    let found = import
        .images
        .iter()
        .map(|image| image.reference.as_str())
        .collect::<Vec<_>>();
    assert_eq!(found, ["a%20b.svg?x", "a b.svg"]);
    let codes = import
        .diagnostics
        .iter()
        .map(|remark| (remark.code, remark.line))
        .collect::<Vec<_>>();
    assert_eq!(
        codes,
        [
            (DiagnosticCode::ImageOutside, Some(5)),
            (DiagnosticCode::ImageOutside, Some(6)),
            (DiagnosticCode::MissingImage, Some(7)),
            (DiagnosticCode::ImageUnsupported, Some(8)),
        ]
    );
}

#[test]
fn fragments_are_put_in_place() {
    let files: &[(&str, &[u8])] = &[
        ("index.md", b"# T\r\n\r\n## S\r\n\r\n<<parts/a.md>>\r\n\r\n```\r\n<<parts/a.md>>\r\n```\r\n\r\n<<../out.md>>\r\n\r\n![](gone.png)\r\n"),
        ("parts/a.md", b"\xEF\xBB\xBFFrom a part.\n\n{{ x }}\n"),
    ];
    let import = from_files(named(files)).expect("a codelab");
    assert!(
        import
            .source
            .starts_with("# T\n\n## S\n\nFrom a part.\n\n{{ x }}\n\n```\n<<parts/a.md>>\n```")
    );
    let remarks = import.diagnostics.iter();
    let remarks = remarks
        .map(|r| (r.code, r.file.as_str(), r.line))
        .collect::<Vec<_>>();
    assert_eq!(
        remarks,
        [
            (DiagnosticCode::Template, "parts/a.md", Some(3)),
            (DiagnosticCode::FragmentNotIncluded, "index.md", Some(11)),
            (DiagnosticCode::MissingImage, "index.md", Some(13)),
        ]
    );
    let again = crate::parse("index.md", &import.source).expect("a codelab");
    assert_eq!(again.codelab, import.codelab);
}

#[test]
fn what_is_no_codelab_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = folder.path().join("handout.md");
    fs::write(&pdf, "%PDF-1.7 …").expect("a file");
    let refusal = |path: &Path| from_path(path).expect_err("no codelab").to_string();
    insta::assert_snapshot!(refusal(&pdf), @"handout.md is a PDF document, not Markdown: export it as Markdown and import that file.");
    insta::assert_snapshot!(refusal(&folder.path().join("gone.md")), @"gone.md was not found: choose a file that still exists.");
    fs::write(&pdf, b"# T\n\n\xFF").expect("a file");
    insta::assert_snapshot!(refusal(&pdf), @"handout.md, line 3, is not UTF-8 text (byte 5): save it as UTF-8 and try again.");
    assert_eq!(reason(from_files(Vec::new())), "NoMarkdown");
    assert_eq!(reason(from_files(named(&[("a.md", b"")]))), "Empty");
    assert_eq!(
        reason(from_files(named(&[("a.zip", b"PK\x05\x06")]))),
        "DamagedArchive"
    );
    assert_eq!(
        reason(from_files(named(&[("a.md", b"x"), ("../b.md", b"x")]))),
        "UnsafeName"
    );
    assert_eq!(
        reason(from_files(named(&[("a.md", b"x"), ("A.MD", b"x")]))),
        "DuplicateName"
    );
}

#[test]
fn images_from_the_internet_come_along_when_they_are_at_hand() {
    let text = b"# T\n\n## S\n\n![a](https://x/a.png) ![b](https://x/b.png)\n".to_vec();
    let file = NamedFile {
        name: "t.md".into(),
        bytes: text,
    };
    let import = from_files(vec![file]).expect("a codelab");
    assert_eq!(import.diagnostics.len(), 2);
    let svg = b"<svg width='4' height='2'/>".to_vec();
    let image = identify("img/a.svg", svg).expect("an image");
    let import = import.with_remote_images(vec![("https://x/a.png".into(), image)]);
    assert_eq!(
        import.codelab.steps[0].markdown,
        "![a](img/a.svg) ![b](https://x/b.png)"
    );
    assert!(import.source.contains("![a](img/a.svg)"));
    assert_eq!(import.images.len(), 1);
    let [left] = import.diagnostics.as_slice() else {
        panic!("{:?}", import.diagnostics);
    };
    assert_eq!(left.subject, "https://x/b.png");
}
