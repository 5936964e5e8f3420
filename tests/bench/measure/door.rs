//! 300 people behind one address in the same second, with the limits that
//! every server starts with.

use crate::{crowd, figures::Door, run::Workshop};

const PEOPLE: usize = 300;

/// Measures it in a room of its own.
pub async fn measure(workshop: &Workshop) -> Door {
    let (join, _) = crowd::join(&workshop.place, &workshop.code, 0..PEOPLE).await;
    Door {
        people: PEOPLE,
        join,
    }
}
