//! Where files must lie so that references find them again: the way of `images.rs` backwards.

use std::collections::HashMap;

use super::names;

/// The files of a folder that is being written.
pub(crate) struct Places<'a> {
    markdown: &'a str,
    /// By name in lower case, as references find them; also names that must stay free.
    taken: HashMap<String, Vec<u8>>,
}

impl<'a> Places<'a> {
    /// A folder with nothing in it but the Markdown file of this name.
    pub(crate) fn new(markdown: &'a str) -> Self {
        let taken = HashMap::from([(markdown.to_lowercase(), Vec::new())]);
        Self { markdown, taken }
    }

    /// A name that no image may have.
    pub(crate) fn keep_free(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase(), Vec::new());
    }

    /// Where a file lies so that this reference finds it; nothing if it can lie nowhere, because
    /// another is there or because the place is not one that archives may have.
    ///
    /// The plainest name comes first: a question mark belongs to an address, not to a file.
    pub(crate) fn place(&mut self, reference: &str, bytes: &[u8]) -> Option<String> {
        let readings = names::readings(reference);
        let resolve = |reading: &String| names::resolve(self.markdown, reading);
        for index in (0..readings.len()).rev() {
            let Some(name) = resolve(&readings[index]).filter(|name| names::is_usable(name)) else {
                continue;
            };
            // A reading that is tried before must not find something else.
            let tried = readings[..=index]
                .iter()
                .filter_map(resolve)
                .collect::<Vec<_>>();
            if tried.iter().any(|name| self.holds_other(name, bytes)) {
                continue;
            }
            // Nor may something else come there later.
            for name in tried {
                self.taken.insert(name.to_lowercase(), bytes.to_vec());
            }
            return Some(name);
        }
        None
    }

    fn holds_other(&self, name: &str, bytes: &[u8]) -> bool {
        self.taken
            .get(&name.to_lowercase())
            .is_some_and(|held| held != bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_lie_where_references_look() {
        let mut places = Places::new("index.md");
        let mut place = |reference: &str, bytes: &[u8]| places.place(reference, bytes);
        assert_eq!(place("./img/../a.png", b"a").as_deref(), Some("a.png"));
        assert_eq!(place("my%20b.png?raw=1", b"b").as_deref(), Some("my b.png"));
        // The same file under another name of it.
        assert_eq!(place("a.png?x", b"a").as_deref(), Some("a.png"));
        // Another file, so the question mark must be part of its name.
        assert_eq!(place("a.png?y", b"c").as_deref(), Some("a.png?y"));
        assert_eq!(place("A.png", b"c"), None);
        assert_eq!(place("../x.png", b"x"), None);
        assert_eq!(place(".hidden/x.png", b"x"), None);
    }
}
