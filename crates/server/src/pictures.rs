//! Pictures in messages: drawn anew and stored when they are uploaded, looked up
//! when they are said.

use codelab::{
    import::{Image, picture},
    shown::{Redrawn, check_pixels},
};
use domain::{
    ContentHash, SeatId,
    workshop::{Command, MessageBody, Picture, Role},
};
use protocol::{Problem, ProblemCode};
use store::Store;
use tokio::sync::Semaphore;

use crate::{import::blocking, problem::store_problem, room::Room};

/// Bytes a picture may have. Pages make theirs smaller before they send them.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Pixels that a room sees along the longer side of a picture.
const SHOWN_SIDE: u32 = 2048;

/// Pictures drawn at once, apart from those of codelabs: each holds some hundred
/// megabytes meanwhile, and one processor is left to the rooms.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// The same command with what is known of its picture.
///
/// # Errors
/// [`ProblemCode::UnknownPicture`] if the seat neither uploaded it nor sees it
/// in a message, or that the store cannot be read.
pub async fn known(
    store: &Store,
    room: &Room,
    seat: SeatId,
    command: Command,
) -> Result<Command, Problem> {
    if let Command::PostMessage(body) = command {
        let body = measured(store, room, seat, body).await?;
        return Ok(Command::PostMessage(body));
    }
    if let Command::PostDirectMessage { with, message } = command {
        let message = measured(store, room, seat, message).await?;
        return Ok(Command::PostDirectMessage { with, message });
    }
    Ok(command)
}

/// Whether a seat may see a picture: it uploaded it, or sees a message with it.
/// The picture of a deleted message is nobody else's any more.
///
/// # Errors
/// That the store cannot be read, or the room does not answer.
pub async fn may_see(
    store: &Store,
    room: &Room,
    seat: SeatId,
    file: ContentHash,
) -> Result<bool, Problem> {
    let uploaded = store.uploaded_picture(room.id(), seat, file).await;
    if uploaded.map_err(|error| store_problem(&error))? {
        return Ok(true);
    }
    room.read(move |state| {
        let facilitates = state
            .seat(seat)
            .is_some_and(|seat| matches!(seat.role, Role::Facilitator(_)));
        state.messages().iter().any(|message| {
            message.picture.is_some_and(|picture| picture.file == file)
                && (facilitates || message.kind.thread().is_none_or(|with| with == seat))
        })
    })
    .await
}

async fn measured(
    store: &Store,
    room: &Room,
    seat: SeatId,
    body: MessageBody,
) -> Result<MessageBody, Problem> {
    let Some(picture) = body.picture() else {
        return Ok(body);
    };
    let unknown = || {
        let mut problem = Problem::new(
            ProblemCode::UnknownPicture,
            "picture: upload it first, then name it by its hash",
        );
        problem.field = Some("picture".to_owned());
        problem
    };
    if !may_see(store, room, seat, picture.file).await? {
        return Err(unknown());
    }
    let found = store
        .file(*picture.file.as_bytes())
        .await
        .map_err(|error| store_problem(&error))?
        .ok_or_else(unknown)?;
    let (width, height) = found.dimensions.ok_or_else(unknown)?;
    let file = picture.file;
    Ok(body.with_picture(Picture {
        file,
        width,
        height,
    }))
}

/// Draws a picture anew: upright, bounded, and without what its file tells of
/// who took it and where. What has too many pixels is refused before any is
/// decoded; what moves stands still.
///
/// # Errors
/// [`ProblemCode::NotAPicture`] and why.
pub async fn redrawn(bytes: Vec<u8>) -> Result<Redrawn, Problem> {
    let no = |why: String| Problem::new(ProblemCode::NotAPicture, why);
    let kind = || no("send a PNG, JPEG, GIF or WebP".to_owned());
    let (media_type, (width, height)) = picture(&bytes).ok_or_else(kind)?;
    if width.min(height) == 0 {
        return Err(no("it has no pixels".to_owned()));
    }
    let image = Image {
        reference: String::new(),
        bytes,
        media_type,
        width: Some(width),
        height: Some(height),
    };
    check_pixels(&image).map_err(|too_many| no(too_many.to_string()))?;
    // Nobody closes the semaphore; if somebody did, all would go at once.
    let turn = DRAWING.acquire().await.ok();
    let drawn = blocking(move || codelab::shown::redrawn(&image, SHOWN_SIDE)).await?;
    drop(turn);
    drawn.ok_or_else(kind)
}
