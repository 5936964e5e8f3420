//! The codelabs that come with the product, embedded in the binary.

use crate::import::NamedFile;

/// Every file below `samples/`, sorted by name.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// One bundled codelab, as a folder that [`from_files`](crate::import::from_files) takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The name of its folder, stable over releases.
    pub slug: &'static str,
    /// Its files, named from the folder on (`slug/index.md`).
    pub files: Vec<NamedFile>,
}

/// All bundled codelabs, by slug.
#[must_use]
pub fn all() -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    for (name, bytes) in FILES {
        let Some((slug, _)) = name.split_once('/') else {
            continue;
        };
        let file = NamedFile {
            name: (*name).to_owned(),
            bytes: bytes.to_vec(),
        };
        match samples.last_mut().filter(|sample| sample.slug == slug) {
            Some(sample) => sample.files.push(file),
            None => samples.push(Sample {
                slug,
                files: vec![file],
            }),
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;

    #[test]
    fn every_sample_imports_without_a_remark() {
        assert!(all().len() >= 3);
        for sample in all() {
            let import = import::from_files(sample.files).expect(sample.slug);
            assert_eq!(import.diagnostics, [], "{}", sample.slug);
            assert!(import.codelab.steps.len() >= 6, "{}", sample.slug);
            assert!(import.codelab.minutes() > 0, "{}", sample.slug);
            for image in &import.images {
                assert!(
                    image.width.is_some() && image.height.is_some(),
                    "{}",
                    image.reference
                );
            }
        }
    }
}
