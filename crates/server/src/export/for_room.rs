//! The links and files that a codelab has for the room.

use std::path::PathBuf;

use codelab::export::{Brings, What};
use domain::CodelabId;
use protocol::Problem;
use store::{MaterialContent, StoreError};

use crate::{app::App, problem::store_problem};

/// Something for the room, and where its file is.
pub(super) struct ForRoom {
    title: String,
    what: Behind,
}

enum Behind {
    Link(String),
    File { name: String, path: PathBuf },
}

/// What a codelab has for the room. A file that is not there any more is left out.
pub(super) async fn for_room(app: &App, id: CodelabId) -> Result<Vec<ForRoom>, Problem> {
    let failed = |error: StoreError| store_problem(&error);
    let mut found = Vec::new();
    for material in app.store.materials(id).await.map_err(failed)? {
        let what = match material.content {
            MaterialContent::Link { url } => Behind::Link(url),
            MaterialContent::File { sha256, name, .. } => {
                let stored = app.store.file(sha256).await.map_err(failed)?;
                let Some(stored) = stored.filter(|stored| stored.path.is_file()) else {
                    tracing::warn!(codelab = %id, "the file of a material is not there");
                    continue;
                };
                let path = stored.path;
                Behind::File { name, path }
            }
        };
        let title = material.title;
        found.push(ForRoom { title, what });
    }
    Ok(found)
}

impl ForRoom {
    /// Whether it is a file, which may be large.
    pub(super) fn is_file(&self) -> bool {
        matches!(self.what, Behind::File { .. })
    }

    pub(super) fn told(&self) -> Brings<'_> {
        let what = match &self.what {
            Behind::Link(url) => What::Link(url),
            Behind::File { name, path } => What::File { name, path },
        };
        Brings {
            title: &self.title,
            what,
        }
    }
}
