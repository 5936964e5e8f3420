//! Which step of an edited text is which step of the text before: progress hangs on a step, not on
//! its place or its title, so that writing in the middle moves nobody.

use std::{
    collections::{HashMap, VecDeque, hash_map::DefaultHasher},
    hash::{Hash, Hasher as _},
};

/// Two bodies of which at least half the lines are the same are one body that was worked on.
const SIMILAR: (usize, usize) = (1, 2);

/// Comparisons of bodies line by line. Beyond this the text was replaced, not edited, and who asks
/// is typing.
const MOST_COMPARISONS: usize = 250_000;

/// A step, as far as it matters for knowing it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepText<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its Markdown.
    pub body: &'a str,
}

/// For each of the `new` steps, the step before that it goes on with: an index into `before`
/// followed by `gone`; nothing for a step that was not there. No index comes twice.
///
/// `before` are the steps of the revision that was edited, `gone` those of earlier ones that it no
/// longer has. A step is known again by title and body, else by its body, else by its title; what
/// is left of `before` by a body that is similar, and last of all by its place, when it is the only
/// one between two neighbours that were found.
#[must_use]
pub fn continued(
    before: &[StepText<'_>],
    gone: &[StepText<'_>],
    new: &[StepText<'_>],
) -> Vec<Option<usize>> {
    let mut search = Search {
        before,
        gone,
        new,
        taken: vec![false; before.len() + gone.len()],
        found: vec![None; new.len()],
    };
    let both = |step: &StepText<'_>| Some(hash((step.title, step.body)));
    let body = |step: &StepText<'_>| (!step.body.trim().is_empty()).then(|| hash(step.body));
    let title = |step: &StepText<'_>| Some(hash(step.title));
    let known = before.len();
    search.by_key(0..known, both);
    search.by_key(0..known, body);
    search.by_key(0..known, title);
    search.by_similar_body();
    let all = known + gone.len();
    search.by_key(known..all, both);
    search.by_key(known..all, body);
    search.by_key(known..all, title);
    search.by_place();
    search.found
}

struct Search<'a> {
    before: &'a [StepText<'a>],
    gone: &'a [StepText<'a>],
    new: &'a [StepText<'a>],
    taken: Vec<bool>,
    found: Vec<Option<usize>>,
}

impl Search<'_> {
    fn old(&self, index: usize) -> Option<&StepText<'_>> {
        let earlier = index.checked_sub(self.before.len());
        earlier.map_or_else(|| self.before.get(index), |index| self.gone.get(index))
    }

    fn take(&mut self, new: usize, old: usize) {
        self.taken[old] = true;
        self.found[new] = Some(old);
    }

    /// Old steps that nobody goes on with yet.
    fn free(&self, old: std::ops::Range<usize>) -> Vec<usize> {
        old.filter(|index| !self.taken[*index]).collect()
    }

    fn unknown(&self) -> Vec<usize> {
        (0..self.new.len())
            .filter(|index| self.found[*index].is_none())
            .collect()
    }

    /// Pairs steps of the same key; of several, the first with the first.
    fn by_key(&mut self, old: std::ops::Range<usize>, key: impl Fn(&StepText<'_>) -> Option<u64>) {
        let mut free: HashMap<u64, VecDeque<usize>> = HashMap::new();
        for index in self.free(old) {
            if let Some(key) = self.old(index).and_then(&key) {
                free.entry(key).or_default().push_back(index);
            }
        }
        for index in self.unknown() {
            let key = key(&self.new[index]);
            let old = key.and_then(|key| free.get_mut(&key)?.pop_front());
            if let Some(old) = old {
                self.take(index, old);
            }
        }
    }

    /// Pairs each step with the one whose body is the most similar; of several, with the first.
    fn by_similar_body(&mut self) {
        let (free, unknown) = (self.free(0..self.before.len()), self.unknown());
        if free.len().saturating_mul(unknown.len()) > MOST_COMPARISONS {
            return;
        }
        let old: Vec<Lines> = free
            .iter()
            .map(|index| Lines::of(self.before[*index].body))
            .collect();
        for index in unknown {
            let lines = Lines::of(self.new[index].body);
            let mut best: Option<(usize, (usize, usize))> = None;
            for (place, candidate) in old.iter().enumerate() {
                let likeness = lines.likeness(candidate);
                let better = best.is_none_or(|(_, known)| is_more(likeness, known));
                if !self.taken[free[place]] && !is_more(SIMILAR, likeness) && better {
                    best = Some((place, likeness));
                }
            }
            if let Some((place, _)) = best {
                self.take(index, free[place]);
            }
        }
    }

    /// Pairs what stands alone between the same two neighbours; the ends of the text count as
    /// neighbours.
    fn by_place(&mut self) {
        let end = self.before.len();
        for index in self.unknown() {
            let above = index.checked_sub(1).map(|above| self.found[above]);
            let below = self.found.get(index + 1).copied();
            // The old step behind the neighbour above, and the one in front of that below.
            let first = match above {
                None => Some(0),
                Some(above) => above.filter(|above| *above < end).map(|above| above + 1),
            };
            let last = match below {
                None => end.checked_sub(1),
                Some(below) => below
                    .filter(|below| *below < end)
                    .and_then(|b| b.checked_sub(1)),
            };
            if let (Some(first), Some(last)) = (first, last)
                && first == last
                && !self.taken[first]
            {
                self.take(index, first);
            }
        }
    }
}

/// The lines of a body, as hashes in order of size; blank ones left out.
struct Lines(Vec<u64>);

impl Lines {
    fn of(body: &str) -> Self {
        let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut lines: Vec<u64> = lines.map(hash).collect();
        lines.sort_unstable();
        Self(lines)
    }

    /// Lines that both have, of the lines of both, as a fraction.
    fn likeness(&self, other: &Self) -> (usize, usize) {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common += 2;
                    left.next();
                    right.next();
                }
            }
        }
        (common, (self.0.len() + other.0.len()).max(1))
    }
}

/// Whether one fraction is larger than another.
fn is_more(one: (usize, usize), two: (usize, usize)) -> bool {
    one.0 * two.1 > two.0 * one.1
}

/// The same in every run: the hasher has no random key.
fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
