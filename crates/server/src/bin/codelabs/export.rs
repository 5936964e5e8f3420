//! `codelabs export`.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, ensure};
use clap::ValueEnum;
use codelab::{
    export::{self, BoxStyle, Format, Labels, Material},
    import, shown,
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
    let mut import = import::from_path(&asked.path)?;
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
    };
    let exported = export::export(&material, format)?;
    let path = match &asked.output {
        Some(path) if path.is_dir() => path.join(&exported.file_name),
        Some(path) => path.clone(),
        None => PathBuf::from(&exported.file_name),
    };
    ensure!(!path.exists(), "{} is there already", path.display());
    fs::write(&path, &exported.bytes)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    say(&path.display().to_string());
    Ok(())
}
