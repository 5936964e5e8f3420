//! `codelabs export`.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use clap::ValueEnum;
use codelab::{
    export::{self, BoxStyle, Brings, Format, Labels, Material, What},
    import::{self, Brought, MaterialContent},
    shown,
};

use crate::terminal::say;

/// What becomes what.
#[derive(Clone, Debug, clap::Args)]
pub struct Asked {
    /// A Markdown file, a folder or a ZIP that is a codelab
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// What it becomes
    #[arg(long, value_enum)]
    format: Kind,
    /// Where it goes: a file, or a folder, in which it gets a name; this folder if not said
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of the words that a page has around the codelab
    #[arg(long, value_enum, default_value_t = Language::En)]
    language: Language,
}

/// The formats.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Markdown that the stock claat tool accepts, with its images, as a ZIP
    Claat,
    /// The same, with info boxes as older releases of that tool want them
    ClaatOldBoxes,
    /// Everything as it is, as a ZIP that imports back identically
    Bundle,
    /// The ZIP of the web platform Open Codelabs
    OpenCodelabs,
    /// One HTML file that opens without a server and without a network
    Html,
}

/// The languages of a page's own words.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    /// English
    En,
    /// Korean
    Ko,
}

/// Writes the file; never over one that is there.
pub fn run(asked: &Asked) -> anyhow::Result<()> {
    let mut brought = import::brought_from_path(&asked.path)?;
    let files = tempfile::tempdir()?;
    let paths = match asked.format {
        Kind::Bundle => unpack(&mut brought, files.path())?,
        Kind::Claat | Kind::ClaatOldBoxes | Kind::OpenCodelabs | Kind::Html => Vec::new(),
    };
    let mut import = brought.import;
    let brings = import.materials.iter().zip(&paths);
    let brings = brings.filter_map(|(material, path)| {
        let what = match (&material.content, path) {
            (MaterialContent::Link { url }, _) => What::Link(url),
            (MaterialContent::File { name, .. }, Some(path)) => What::File {
                name: name.as_str(),
                path,
            },
            (MaterialContent::File { .. }, None) => return None,
        };
        let title = material.title.as_str();
        Some(Brings { title, what })
    });
    let brings = brings.collect::<Vec<_>>();
    let labels = match asked.language {
        Language::En => Labels::English,
        Language::Ko => Labels::Korean,
    };
    let format = match asked.format {
        Kind::Claat => Format::Claat(BoxStyle::Quote),
        Kind::ClaatOldBoxes => Format::Claat(BoxStyle::Definition),
        Kind::Bundle => Format::Bundle,
        Kind::OpenCodelabs => Format::OpenCodelabs,
        Kind::Html => Format::Page(labels),
    };
    let is_read = matches!(asked.format, Kind::Html);
    if is_read {
        import.images.iter_mut().for_each(shown::make_smaller);
    }
    let drawing = is_read.then(|| server::export::drawing(None)).flatten();
    let material = Material {
        title: &import.codelab.metadata.title,
        source: &import.source,
        images: &import.images,
        drawing: drawing.as_deref(),
        brings: &brings,
    };
    let name = export::file_name(material.title, format);
    let path = match &asked.output {
        Some(path) if path.is_dir() => path.join(name),
        Some(path) => path.clone(),
        None => PathBuf::from(name),
    };
    ensure!(!path.exists(), "{} is there already", path.display());
    let unwritten = || format!("{} cannot be written", path.display());
    if matches!(format, Format::Bundle) {
        let written = File::create_new(&path)
            .with_context(unwritten)
            .and_then(|file| Ok(export::bundle(&material, file)?));
        if written.is_err() {
            // Half an archive is no codelab.
            drop(fs::remove_file(&path));
        }
        written?;
    } else {
        let exported = export::export(&material, format)?;
        fs::write(&path, &exported.bytes).with_context(unwritten)?;
    }
    say(&path.display().to_string());
    Ok(())
}

/// Puts the files that a codelab brings into a folder; for each material where its file is.
fn unpack(brought: &mut Brought, folder: &Path) -> anyhow::Result<Vec<Option<PathBuf>>> {
    let materials = brought.import.materials.clone();
    let mut paths = Vec::with_capacity(materials.len());
    for (index, material) in materials.iter().enumerate() {
        let MaterialContent::File { reference, .. } = &material.content else {
            paths.push(None);
            continue;
        };
        let path = folder.join(index.to_string());
        let mut file = File::create(&path)?;
        let copied = brought.copy(reference, u64::MAX / 2, &mut file)?;
        ensure!(
            copied.is_some(),
            "{reference}, the file of “{}”, is not there",
            material.title.as_str()
        );
        paths.push(Some(path));
    }
    Ok(paths)
}
