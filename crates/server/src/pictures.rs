//! Pictures in messages: stored when they are uploaded, looked up when they are
//! said.

use domain::workshop::{Command, MessageBody, Picture};
use protocol::{Problem, ProblemCode};
use store::Store;

use crate::problem::store_problem;

/// Bytes a picture may have. Pages make theirs smaller before they send them.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Pixels a picture may have along its longer side; a browser unpacks four
/// bytes for each.
pub const MAX_SIDE: u32 = 8192;

/// The same command with what is known of its picture.
///
/// # Errors
/// [`ProblemCode::UnknownPicture`] if it was not uploaded, or that the store
/// cannot be read.
pub async fn known(store: &Store, command: Command) -> Result<Command, Problem> {
    if let Command::PostMessage(body) = command {
        return Ok(Command::PostMessage(measured(store, body).await?));
    }
    if let Command::PostDirectMessage { with, message } = command {
        let message = measured(store, message).await?;
        return Ok(Command::PostDirectMessage { with, message });
    }
    Ok(command)
}

async fn measured(store: &Store, body: MessageBody) -> Result<MessageBody, Problem> {
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

/// What a picture's bytes are, if browsers show them.
///
/// # Errors
/// [`ProblemCode::NotAPicture`] and why.
pub fn inspect(bytes: &[u8]) -> Result<(&'static str, (u32, u32)), Problem> {
    let no = |why: &str| Problem::new(ProblemCode::NotAPicture, why.to_owned());
    let (media_type, (width, height)) =
        codelab::import::picture(bytes).ok_or_else(|| no("send a PNG, JPEG, GIF or WebP"))?;
    if width.max(height) > MAX_SIDE || width.min(height) == 0 {
        return Err(no("it has too many pixels, or none"));
    }
    Ok((media_type, (width, height)))
}
