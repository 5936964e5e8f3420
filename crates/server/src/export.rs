//! Codelabs out of the library, as files for other programs and for people.

use std::path::Path;

use codelab::{
    export::{self, Exported, Format, Material},
    import::{Image, identify},
    shown::{SHOWN_TYPE, shown},
};
use domain::CodelabId;
use protocol::{Problem, ProblemCode};
use store::CodelabDetail;
use tokio::sync::Semaphore;

use crate::{app::App, http::assets, problem::store_problem};

/// Writes the newest revision of a codelab; nothing if it is not in the library.
///
/// # Errors
/// When it cannot be read, or cannot be written in this format.
pub async fn codelab(
    app: &App,
    id: CodelabId,
    format: Format,
) -> Result<Option<Exported>, Problem> {
    let failed = |error: store::StoreError| store_problem(&error);
    let Some(detail) = app.store.codelab(id).await.map_err(failed)? else {
        return Ok(None);
    };
    let Some(newest) = app.store.codelab_source(id).await.map_err(failed)? else {
        return Ok(None);
    };
    let mut images = images(app, &detail).await?;
    let title = detail.summary.title;
    let ui_dir = app.ui_dir.clone();
    let is_read = match format {
        Format::Page(_) | Format::Handout(_) => true,
        Format::Claat(_) | Format::Bundle | Format::OpenCodelabs => false,
    };
    // Nobody closes the semaphore; if somebody did, all would go at once.
    let _turn = if is_read {
        DRAWING.acquire().await.ok()
    } else {
        None
    };
    let work = move || {
        let drawing = drawing(ui_dir.as_deref());
        if is_read {
            images.iter_mut().for_each(make_smaller);
        }
        let material = Material {
            title: &title,
            source: &newest.source,
            images: &images,
            drawing: drawing.as_deref(),
        };
        export::export(&material, format)
    };
    let written = tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "an export panicked");
        Problem::new(ProblemCode::Internal, "the export broke on this codelab")
    })?;
    let refused = |error: codelab::ImportError| {
        tracing::error!(%error, "a codelab of the library cannot be exported");
        Problem::new(ProblemCode::Internal, "the codelab cannot be read any more")
    };
    Ok(Some(written.map_err(refused)?))
}

/// The script that draws the diagrams of an exported page, from a folder with the interface or from
/// the one that is embedded; nothing in a build without it.
#[must_use]
pub fn drawing(ui_dir: Option<&Path>) -> Option<String> {
    let found = assets::read(ui_dir, "diagrams-in-a-file.js")?;
    String::from_utf8(found.data.into_owned()).ok()
}

/// Exports that make images smaller, at once: each holds some hundred megabytes
/// while it does, and one processor is left to the rooms.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// What somebody reads need not be larger than a screen; files for other
/// programs hold what the author gave.
fn make_smaller(image: &mut Image) {
    let Some(shown) = shown(image) else { return };
    if let Some(bytes) = shown.bytes {
        image.bytes = bytes;
        image.media_type = SHOWN_TYPE;
    }
    (image.width, image.height) = (Some(shown.width), Some(shown.height));
}

/// The files of a codelab. One that is no image any more, or is not there, is left out.
async fn images(app: &App, detail: &CodelabDetail) -> Result<Vec<Image>, Problem> {
    let mut images = Vec::with_capacity(detail.files.len());
    for file in &detail.files {
        let stored = app.store.file(file.sha256).await;
        let Some(stored) = stored.map_err(|error| store_problem(&error))? else {
            continue;
        };
        match tokio::fs::read(&stored.path).await {
            Ok(bytes) => images.extend(identify(&file.reference, bytes)),
            Err(error) => tracing::warn!(%error, "a file of a codelab cannot be read"),
        }
    }
    Ok(images)
}
