//! Lists in pages, continued by an opaque cursor: the place of the last item
//! in the list's order, so that items added meanwhile shift nothing.

use domain::Timestamp;

use crate::StoreError;

/// Which part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Items wanted; at least 1, at most [`PageRequest::MAX_LIMIT`] are given.
    pub limit: u32,
    /// The `next` of the page before; nothing for the first.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// Items of the largest page.
    pub const MAX_LIMIT: u32 = 200;

    pub(crate) fn size(&self) -> usize {
        usize::try_from(self.limit.clamp(1, Self::MAX_LIMIT)).unwrap_or(1)
    }

    /// Where the page begins; the first begins before everything.
    pub(crate) fn after(&self) -> Result<Place, StoreError> {
        match &self.cursor {
            Some(cursor) => Place::read(cursor).ok_or(StoreError::BadCursor),
            None => Ok(Place::FIRST),
        }
    }
}

/// Part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Cursor of the page that follows; nothing on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of `size` items, from up to one more than that.
    pub(crate) fn of(mut items: Vec<T>, size: usize, place: impl Fn(&T) -> Place) -> Self {
        let more = items.len() > size;
        items.truncate(size);
        let next = items
            .last()
            .filter(|_| more)
            .map(|last| place(last).write());
        Self { items, next }
    }
}

/// A place in a list that is ordered by time, then by id, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) at_ms: i64,
    pub(crate) id: i64,
}

impl Place {
    const FIRST: Self = Self {
        at_ms: i64::MAX,
        id: i64::MAX,
    };

    pub(crate) const fn new(at: Timestamp, id: i64) -> Self {
        let at_ms = at.as_ms();
        Self { at_ms, id }
    }

    pub(crate) fn write(self) -> String {
        format!("{:016x}{:016x}", self.at_ms, self.id)
    }

    fn read(cursor: &str) -> Option<Self> {
        let bytes: [u8; 16] = hex::decode(cursor).ok()?.try_into().ok()?;
        let both = u128::from_be_bytes(bytes);
        let place = Self {
            at_ms: u64::try_from(both >> 64).ok()?.cast_signed(),
            id: u64::try_from(both & u128::from(u64::MAX))
                .ok()?
                .cast_signed(),
        };
        (place.id >= 0).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_leads_back_to_its_place(at_ms: i64, id in 0..=i64::MAX) {
            let place = Place { at_ms, id };
            prop_assert_eq!(Place::read(&place.write()), Some(place));
        }

        #[test]
        fn no_cursor_makes_the_reader_panic(cursor in ".{0,40}") {
            if let Some(place) = Place::read(&cursor) {
                prop_assert_eq!(place.write(), cursor.to_lowercase());
            }
        }
    }

    #[test]
    fn a_page_has_a_next_only_if_more_follows() {
        let place = |id: &i64| Place { at_ms: 0, id: *id };
        let cut = Page::of(vec![3, 2, 1], 2, place);
        assert_eq!((cut.items.len(), cut.next.is_some()), (2, true));
        let last = Page::of(vec![3, 2], 2, place);
        assert_eq!((last.items.len(), last.next.is_some()), (2, false));
    }

    #[test]
    fn a_page_is_neither_empty_nor_endless() {
        let size = |limit| {
            PageRequest {
                limit,
                cursor: None,
            }
            .size()
        };
        assert_eq!((size(0), size(7), size(u32::MAX)), (1, 7, 200));
    }
}
