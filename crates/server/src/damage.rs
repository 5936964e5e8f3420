//! What is damaged on this machine: noted where it is met, so that everything else
//! goes on, and told to facilitators.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{CodelabId, ContentHash, WorkshopId};
use protocol::{DamageItem, DamageKind, DamageReport};
use store::{Notice, OpenError, Store, StoreError};

use crate::app::App;

/// What has been found damaged since the start; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    found: Arc<Mutex<BTreeMap<Place, String>>>,
}

/// A thing that can be damaged without taking others with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Workshop(WorkshopId),
    Codelab(CodelabId),
    File([u8; 32]),
}

impl Damage {
    fn note(&self, place: Place, detail: &impl ToString) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry(place).or_insert_with(|| detail.to_string());
    }

    /// Notes a workshop that cannot be opened.
    pub fn note_workshop(&self, workshop: WorkshopId, error: &StoreError) {
        tracing::error!(%workshop, %error, "a damaged workshop is set aside");
        self.note(Place::Workshop(workshop), error);
    }

    /// Whether a workshop was found damaged; it is not read again and again.
    #[must_use]
    pub fn has_workshop(&self, workshop: WorkshopId) -> bool {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.contains_key(&Place::Workshop(workshop))
    }

    /// Forgets a workshop that was put right.
    pub fn forget_workshop(&self, workshop: WorkshopId) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.remove(&Place::Workshop(workshop));
    }

    /// Notes a file that is missing or has another length.
    pub fn note_file(&self, sha256: [u8; 32]) {
        let name = ContentHash::from_bytes(sha256);
        tracing::error!(file = %name, "a file is missing or damaged");
        self.note(
            Place::File(sha256),
            &format!("The file {name} is missing or damaged."),
        );
    }

    fn all(&self) -> Vec<(Place, String)> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.iter().map(|(at, said)| (*at, said.clone())).collect()
    }
}

/// Opens the store. A database that SQLite finds damaged is repaired first: what can
/// be read is moved to a new one, and the damaged one is kept beside it.
///
/// # Errors
/// [`OpenError`], also when nothing of it can be read.
pub async fn open_store(data_dir: &std::path::Path) -> Result<Store, OpenError> {
    match Store::open(data_dir).await {
        Err(OpenError::Corrupt { .. }) => {
            let repaired = store::repair(data_dir).await?;
            tracing::error!(kept = %repaired.kept.display(), "a damaged database was repaired");
            Store::open(data_dir).await
        }
        opened => opened,
    }
}

/// Looks for codelabs that cannot be read and files that are not there. Runs beside
/// everything else; what it finds is told when somebody asks.
pub async fn look(store: Store, damage: Damage) {
    match store.damaged_codelabs().await {
        Ok(damaged) => {
            for id in damaged {
                damage.note(
                    Place::Codelab(id),
                    &format!("The codelab {id} cannot be read."),
                );
            }
        }
        Err(error) => tracing::error!(%error, "the library was not looked through"),
    }
    match store.damaged_files().await {
        Ok(damaged) => {
            for (name, _) in damaged {
                if let Ok(hash) = name.parse::<ContentHash>() {
                    damage.note_file(*hash.as_bytes());
                }
            }
        }
        Err(error) => tracing::error!(%error, "the files were not looked through"),
    }
}

/// Everything that is known to be damaged.
pub async fn report(app: &App) -> DamageReport {
    let mut items: Vec<DamageItem> = app.store.notices().iter().map(notice).collect();
    for (place, detail) in app.damage.all() {
        items.push(item(&app.store, place, detail).await);
    }
    DamageReport { items }
}

async fn item(store: &Store, place: Place, detail: String) -> DamageItem {
    let (kind, id, title) = match place {
        Place::Workshop(id) => (
            DamageKind::Workshop,
            id.to_string(),
            store.workshop_title(id).await,
        ),
        Place::Codelab(id) => (
            DamageKind::Codelab,
            id.to_string(),
            store.codelab_title(id).await,
        ),
        Place::File(sha256) => {
            let name = ContentHash::from_bytes(sha256).to_string();
            let titles = store.codelabs_of_file(&name).await.unwrap_or_default();
            (DamageKind::File, name, titles.into_iter().next())
        }
    };
    DamageItem {
        kind,
        id: Some(id),
        title,
        detail,
    }
}

fn notice(notice: &Notice) -> DamageItem {
    let kind = match notice {
        Notice::ChangesRemoved | Notice::ChangesDamaged | Notice::WentBack => {
            DamageKind::ChangesMissing
        }
        Notice::ChangedOutside { .. } => DamageKind::ChangedOutside,
        Notice::Repaired { .. } => DamageKind::Repaired,
    };
    DamageItem {
        kind,
        id: None,
        title: None,
        detail: notice.to_string(),
    }
}
