//! The header between two `---` lines at the top of a file, with or without a blank line before
//! the second.

/// Takes the front matter off a text.
///
/// Returns its lines, and the text with as many empty lines in its place, so that line numbers
/// stay. Without front matter the text comes back as it was.
pub(crate) fn split(text: &str) -> (Vec<&str>, String) {
    match closing_line(text) {
        Some((opening, closing)) => {
            let lines = text.lines().take(closing).skip(opening + 1).collect();
            let rest = text
                .split_inclusive('\n')
                .skip(closing + 1)
                .collect::<String>();
            (lines, "\n".repeat(closing + 1) + &rest)
        }
        None => (Vec::new(), text.to_owned()),
    }
}

/// The indexes of the two fences.
fn closing_line(text: &str) -> Option<(usize, usize)> {
    let mut lines = text
        .lines()
        .enumerate()
        .skip_while(|(_, line)| line.trim().is_empty());
    let (opening, first) = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let (mut keys, mut after_blank) = (0, false);
    for (index, line) in lines {
        let blank = line.trim().is_empty();
        match line.trim_end() {
            "---" | "..." => return (keys > 0).then_some((opening, index)),
            _ if blank || line.starts_with([' ', '\t', '-']) => {}
            comment if comment.starts_with('#') && !after_blank => {}
            entry if is_entry(entry) => keys += 1,
            _ => return None,
        }
        after_blank = blank;
    }
    None
}

fn is_entry(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        key.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'))
            && key.chars().any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blank_line_before_the_end_is_optional() {
        let (lines, rest) = split("---\nid: a\nsummary: s\n---\n# T\n");
        assert_eq!(
            (lines, rest.as_str()),
            (vec!["id: a", "summary: s"], "\n\n\n\n# T\n")
        );
        let (lines, rest) = split("---\nid: a\n\n---\n# T");
        assert_eq!((lines, rest.as_str()), (vec!["id: a", ""], "\n\n\n\n# T"));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in [
            "---\n\n# T\n\n---\n",
            "---\nSome words.\n---\n",
            "---\nid: a\n\n# T\n",
            "id: a\n---\n",
        ] {
            assert_eq!(split(text), (Vec::new(), text.to_owned()));
        }
    }
}
