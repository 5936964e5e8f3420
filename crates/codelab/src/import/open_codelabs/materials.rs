//! What a codelab brings besides its steps: links, and files beside the manifest.

use domain::{FileName, MaterialTitle};
use serde_json::Value;

use super::fields::Fields;
use crate::{
    Diagnostic, DiagnosticCode, Severity,
    import::{Material, MaterialContent, names, web_address::web_address},
};

/// Reads the rows of `materials`; what cannot be taken is remarked on.
pub(super) fn read(
    manifest: &str,
    rows: &[Value],
    has: &dyn Fn(&str) -> bool,
) -> (Vec<Material>, Vec<Diagnostic>) {
    let (mut taken, mut remarks) = (Vec::new(), Vec::new());
    for row in rows {
        let fields = Fields(row);
        if let Some(material) = material(manifest, fields, has) {
            taken.push(material);
            continue;
        }
        let named = ["title", "file", "file_path", "url", "link_url"];
        let named = named.iter().filter_map(|field| fields.text(field));
        let named = named.take(2).collect::<Vec<_>>().join(": ");
        let code = DiagnosticCode::MaterialNotTaken;
        remarks.push(Diagnostic::of_file(manifest, Severity::Error, code, &named));
    }
    (taken, remarks)
}

fn material(manifest: &str, fields: Fields<'_>, has: &dyn Fn(&str) -> bool) -> Option<Material> {
    let address = fields.text("url").or_else(|| fields.text("link_url"));
    let file = fields.text("file").or_else(|| fields.text("file_path"));
    let content = match (address, file) {
        (Some(url), _) => MaterialContent::Link {
            url: web_address(url)?,
        },
        (None, Some(path)) => {
            let reference = names::resolve(manifest, path.trim_start_matches('/'))?;
            let name = FileName::parse(&path).ok()?;
            has(&reference).then_some(MaterialContent::File { reference, name })?
        }
        (None, None) => return None,
    };
    let title = fields.text("title").unwrap_or_else(|| match &content {
        MaterialContent::Link { url } => url.clone(),
        MaterialContent::File { name, .. } => name.as_str().to_owned(),
    });
    let short = title.chars().take(MaterialTitle::MAX_CHARS);
    let title = MaterialTitle::parse(&short.collect::<String>()).ok()?;
    Some(Material { title, content })
}
