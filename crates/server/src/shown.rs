//! What rooms see of a codelab's images: made once for each file, when it comes in, or when a
//! codelab is saved whose images came in before there was such a form.

use codelab::{
    ImageSource,
    import::{Image, identify},
};
use domain::Timestamp;
use protocol::Problem;
use store::{CodelabFile, ShownImage, Store};
use tokio::sync::Semaphore;

use crate::{http::views::file_url, import::blocking, problem::store_problem};

/// Images made smaller at once: each holds some hundred megabytes meanwhile, and
/// one processor is left to the rooms.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// Makes the form of an image that was added, unless it is known.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn ensure(
    store: &Store,
    original: [u8; 32],
    image: &Image,
    now: Timestamp,
) -> Result<ShownImage, Problem> {
    let failed = |error: store::StoreError| store_problem(&error);
    if let Some(known) = store.shown_image(original).await.map_err(failed)? {
        return Ok(known);
    }
    let work = image.clone();
    // Nobody closes the semaphore; if somebody did, all would go at once.
    let turn = DRAWING.acquire().await.ok();
    let made = blocking(move || codelab::shown::shown(&work)).await?;
    drop(turn);
    let mut shown = ShownImage {
        sha256: original,
        dimensions: image.width.zip(image.height),
    };
    if let Some(made) = made {
        shown.dimensions = Some((made.width, made.height));
        if let Some(file) = made.file {
            shown.sha256 = store
                .add_file(&file.bytes, file.media_type, shown.dimensions, now)
                .await
                .map_err(failed)?;
        }
    }
    let kept = store.keep_shown_image(original, shown).await;
    kept.map_err(failed)?;
    Ok(shown)
}

/// The same for all files of a codelab. One that is not there is passed over.
///
/// # Errors
/// When the store cannot be read or written.
pub(crate) async fn ensure_all(
    store: &Store,
    files: &[CodelabFile],
    now: Timestamp,
) -> Result<(), Problem> {
    let failed = |error: store::StoreError| store_problem(&error);
    for file in files {
        if store
            .shown_image(file.sha256)
            .await
            .map_err(failed)?
            .is_some()
        {
            continue;
        }
        let Some(stored) = store.file(file.sha256).await.map_err(failed)? else {
            continue;
        };
        let Ok(bytes) = tokio::fs::read(&stored.path).await else {
            continue;
        };
        if let Some(image) = identify(&file.reference, bytes) {
            ensure(store, file.sha256, &image, now).await?;
        }
    }
    Ok(())
}

/// Where a room finds a file, as far as that is known.
///
/// # Errors
/// When the store cannot be read.
pub(crate) async fn source(store: &Store, file: &CodelabFile) -> Result<ImageSource, Problem> {
    let known = store.shown_image(file.sha256).await;
    let known = known.map_err(|error| store_problem(&error))?;
    Ok(address(known.unwrap_or(ShownImage {
        sha256: file.sha256,
        dimensions: file.dimensions,
    })))
}

/// The address and size of a form.
pub(crate) fn address(shown: ShownImage) -> ImageSource {
    let (width, height) = shown.dimensions.unzip();
    ImageSource {
        url: file_url(&shown.sha256),
        width,
        height,
    }
}
