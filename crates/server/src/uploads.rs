//! Uploads of materials that are not whole yet: how many may stand open, and for
//! how long. Their bytes and rows are the store's.

use std::{collections::HashMap, time::Duration};

use domain::{FacilitatorId, MaterialId, Timestamp};
use protocol::{Problem, ProblemCode};
use store::{NewUpload, Store, StoreError};
use tokio::sync::Mutex;

use crate::problem::store_problem;

/// Unfinished uploads in all. Each may hold two gigabytes of the disk.
const MOST: usize = 100;

/// Unfinished uploads of one facilitator. The page sends one after the other, so
/// these are twenty that were interrupted.
const MOST_OF_ONE: usize = 20;

/// An upload of which nothing came for this long is given up: whoever wanted to go
/// on after the weekend has done so.
pub const ABANDONED: Duration = Duration::from_hours(7 * 24);

/// Who began the unfinished uploads of this start; those of earlier ones count
/// for nobody, but among all.
#[derive(Debug, Default)]
pub struct Uploads(Mutex<HashMap<MaterialId, FacilitatorId>>);

impl Uploads {
    /// Begins an upload; `false` if the codelab is not in the library.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] when too many are unfinished; or the
    /// database cannot be written.
    pub async fn begin(
        &self,
        store: &Store,
        by: FacilitatorId,
        new: &NewUpload,
    ) -> Result<bool, Problem> {
        let failed = |error: StoreError| store_problem(&error);
        // Held until the row is there: of many at once, each is counted.
        let mut begun = self.0.lock().await;
        store
            .expire_uploads(abandoned_before(new.now))
            .await
            .map_err(failed)?;
        let unfinished = store.unfinished_uploads().await.map_err(failed)?;
        begun.retain(|id, _| unfinished.contains(id));
        let own = begun.values().filter(|whose| **whose == by).count();
        if own >= MOST_OF_ONE || unfinished.len() >= MOST {
            return Err(Problem::new(
                ProblemCode::TooManyRequests,
                format!(
                    "{own} of your uploads and {} in all are unfinished; finish or cancel some",
                    unfinished.len()
                ),
            ));
        }
        let is_begun = store.begin_upload(new).await.map_err(failed)?;
        if is_begun {
            begun.insert(new.id, by);
        }
        Ok(is_begun)
    }
}

/// Uploads of which the last came before this are abandoned.
#[must_use]
pub fn abandoned_before(now: Timestamp) -> Timestamp {
    let abandoned_ms = i64::try_from(ABANDONED.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_ms(now.as_ms().saturating_sub(abandoned_ms))
}
