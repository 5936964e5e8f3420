//! Text cut into words for the full-text index, and questions to it.
//!
//! SQLite's tokenizer knows words by what stands between them. Korean, Japanese and Chinese have
//! words with nothing between, or with endings grown onto them; of those every pair of neighbours
//! becomes a word, and the last letter of a run one more: any part of a run is then a row of
//! words, and any single letter the beginning of one.

use unicode_normalization::UnicodeNormalization as _;

/// The same letters, however they are written: wide and narrow, composed and not, in lower case.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// A text as the index takes it.
pub(super) fn cut(text: &str) -> String {
    segment(&fold(text), true)
}

/// An empty phrase; FTS5 refuses an empty question.
const NOTHING: &str = "\"\"";

/// What somebody is looking for, in the language of FTS5: all of the words, the end of each still
/// open. Without any word a question that nothing answers.
pub(super) fn question(search: &str) -> String {
    let folded = fold(search);
    let words = folded
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"*", segment(word, false).replace('"', " ").trim()));
    let words = words.collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        NOTHING.to_owned()
    } else {
        words
    }
}

/// Cuts runs of letters that stand without spaces into pairs. `whole`: the run ends with the text;
/// else more may follow, and its last letter alone says nothing that the last pair does not.
fn segment(folded: &str, whole: bool) -> String {
    let mut out = String::with_capacity(folded.len() * 2);
    let mut letters = folded.chars().peekable();
    let mut in_run = false;
    while let Some(letter) = letters.next() {
        if !stands_without_spaces(letter) {
            out.push(letter);
            in_run = false;
            continue;
        }
        if !in_run {
            out.push(' ');
        }
        match letters
            .peek()
            .copied()
            .filter(|next| stands_without_spaces(*next))
        {
            Some(next) => out.extend([letter, next, ' ']),
            None if whole || letters.peek().is_some() || !in_run => {
                out.extend([letter, ' ']);
            }
            None => {}
        }
        in_run = true;
    }
    out
}

/// Hangul, kana and Han, by the blocks of the Unicode Standard.
const fn stands_without_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{11FF}'   // Hangul Jamo
        | '\u{3005}'..='\u{3007}' // iteration mark, zero
        | '\u{3040}'..='\u{30FF}' // Hiragana, Katakana
        | '\u{3130}'..='\u{318F}' // Hangul Compatibility Jamo
        | '\u{31F0}'..='\u{31FF}' // Katakana Phonetic Extensions
        | '\u{3400}'..='\u{4DBF}' // CJK Unified Ideographs Extension A
        | '\u{4E00}'..='\u{9FFF}' // CJK Unified Ideographs
        | '\u{AC00}'..='\u{D7A3}' // Hangul Syllables
        | '\u{F900}'..='\u{FAFF}' // CJK Compatibility Ideographs
        | '\u{20000}'..='\u{323AF}') // further Han
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_spaces_become_pairs() {
        assert_eq!(cut("Git을 배운다"), "git 을   배운 운다 다 ");
        assert_eq!(cut("ｶﾞｲﾄﾞ Ⅳ"), " ガイ イド ド  iv");
        assert_eq!(cut("Café, 42!"), "café, 42!");
    }

    #[test]
    fn a_question_is_a_row_of_beginnings() {
        assert_eq!(question("  Deb  한국어 "), r#""deb"* "한국 국어"*"#);
        assert_eq!(question("국"), r#""국"*"#);
        assert_eq!(question("깃허브git"), r#""깃허 허브 브 git"*"#);
        assert_eq!(question(r#"a"b - % "#), r#""a b"*"#);
        assert_eq!(question(" -- "), NOTHING);
    }
}
