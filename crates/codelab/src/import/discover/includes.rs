//! Which of some files stand for themselves, when files include each other.

use std::collections::{BTreeSet, HashMap};

/// A file and the names it includes.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    /// In lower case.
    pub(super) included: &'a [String],
    /// The lowest of a circle is the one that the others are fragments of.
    pub(super) rank: u8,
}

/// The files that no other includes, and of each circle that nothing outside includes one. All
/// others are fragments. A file that includes itself is as if it did not.
pub(super) fn heads<'a>(files: &[File<'a>]) -> BTreeSet<&'a str> {
    let graph = Graph::of(files);
    let mut heads = BTreeSet::new();
    let mut reached = vec![false; files.len()];
    // Of what is not reached yet, whatever finished last is in a circle that nothing else includes.
    for last in graph.finished().into_iter().rev() {
        if reached[last] {
            continue;
        }
        let mut circle = vec![false; files.len()];
        let circle = reach(&graph.includers, last, &mut circle).into_iter();
        let head = circle.min_by_key(|index| (files[*index].rank, files[*index].name));
        let head = head.unwrap_or(last);
        heads.insert(files[head].name);
        reach(&graph.includes, head, &mut reached);
    }
    heads
}

/// Who includes whom, by number.
struct Graph {
    includes: Vec<Vec<usize>>,
    includers: Vec<Vec<usize>>,
}

impl Graph {
    fn of(files: &[File<'_>]) -> Self {
        let mut numbers: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, file) in files.iter().enumerate() {
            numbers
                .entry(file.name.to_lowercase())
                .or_default()
                .push(number);
        }
        let mut graph = Self {
            includes: vec![Vec::new(); files.len()],
            includers: vec![Vec::new(); files.len()],
        };
        for (number, file) in files.iter().enumerate() {
            let names = file.included.iter().collect::<BTreeSet<_>>();
            let meant = names.into_iter().filter_map(|name| numbers.get(name));
            for other in meant.flatten().filter(|other| **other != number) {
                graph.includes[number].push(*other);
                graph.includers[*other].push(number);
            }
        }
        graph
    }

    /// All files, each behind what it includes, as far as circles allow.
    fn finished(&self) -> Vec<usize> {
        let mut finished = Vec::with_capacity(self.includes.len());
        let mut seen = vec![false; self.includes.len()];
        for start in 0..self.includes.len() {
            let mut open = Vec::new();
            if !seen[start] {
                seen[start] = true;
                open.push((start, self.includes[start].iter()));
            }
            while let Some((number, rest)) = open.last_mut() {
                match rest.next() {
                    Some(next) if !seen[*next] => {
                        seen[*next] = true;
                        open.push((*next, self.includes[*next].iter()));
                    }
                    Some(_) => {}
                    None => {
                        finished.push(*number);
                        open.pop();
                    }
                }
            }
        }
        finished
    }
}

/// Marks all that can be reached and was not, and says what it was.
fn reach(edges: &[Vec<usize>], start: usize, reached: &mut [bool]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![start];
    while let Some(number) = open.pop() {
        if !std::mem::replace(&mut reached[number], true) {
            found.push(number);
            open.extend(&edges[number]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads_of(files: &[(&str, &[&str])]) -> Vec<String> {
        let included = files.iter().map(|(_, included)| {
            let names = included.iter().map(|name| (*name).to_owned());
            names.collect::<Vec<_>>()
        });
        let included = included.collect::<Vec<_>>();
        let files = files.iter().zip(&included);
        let files = files.map(|((name, _), included)| File {
            name,
            included,
            rank: u8::from(*name != "index"),
        });
        let files = files.collect::<Vec<_>>();
        heads(&files).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn what_nothing_includes_stands_for_itself() {
        assert_eq!(
            heads_of(&[("a", &["b"]), ("b", &[]), ("c", &[])]),
            ["a", "c"]
        );
        assert_eq!(heads_of(&[("B", &["gone"]), ("a", &["b"])]), ["a"]);
        assert_eq!(heads_of(&[("a", &["a"])]), ["a"]);
    }

    #[test]
    fn of_a_circle_one_stands_for_itself() {
        assert_eq!(heads_of(&[("a", &["b"]), ("b", &["a"])]), ["a"]);
        assert_eq!(heads_of(&[("a", &["index"]), ("index", &["a"])]), ["index"]);
        // What hangs below a circle is a fragment, and so is a circle below a file.
        assert_eq!(
            heads_of(&[("a", &[]), ("b", &["c", "a"]), ("c", &["b"])]),
            ["b"]
        );
        assert_eq!(
            heads_of(&[("a", &["b"]), ("b", &["a"]), ("z", &["b"])]),
            ["z"]
        );
        let chain: &[(&str, &[&str])] = &[
            ("a", &["b"]),
            ("b", &["a"]),
            ("c", &["d"]),
            ("d", &["c", "b"]),
        ];
        assert_eq!(heads_of(chain), ["c"]);
    }
}
