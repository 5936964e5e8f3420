//! Maths: TeX between dollar signs becomes `MathML`, which browsers set by themselves.
//!
//! Nothing is loaded for it, neither a font nor a script. A formula that cannot be read stays as
//! the TeX it is, and the author is told.

use std::{sync::LazyLock, thread};

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::DEEPEST;
use crate::markup::escape;

/// A longer formula is no formula. It also bounds how deep one can be nested.
const LONGEST_FORMULA_BYTES: usize = 2000;

/// The parser calls itself for every group. What is this short fits on any stack.
const SHORT_FORMULA_BYTES: usize = 60;

/// Room for a formula that is nothing but opening braces; only what is used of it is ever there.
const DEEP_STACK_BYTES: usize = 64 * 1024 * 1024;

static CONVERTER: LazyLock<Option<LatexToMathML>> =
    LazyLock::new(|| LatexToMathML::new(MathCoreConfig::default()).ok());

/// Whether what stands between two dollar signs is maths. Prices and shell variables are none:
/// those have neither a command, an exponent, a group nor an equation between them.
pub(crate) fn is_maths(tex: &str) -> bool {
    tex.contains(['\\', '^', '{'])
        || tex.contains(" = ")
        || (tex.len() == 1 && tex.chars().all(|c| c.is_ascii_alphabetic()))
}

/// A formula in a sentence; nothing if it is none.
pub(super) fn inline(tex: &str) -> Option<String> {
    is_maths(tex).then(|| {
        mathml(tex, MathDisplay::Inline)
            .unwrap_or_else(|| format!("<code class=\"math\">{}</code>", escape(tex)))
    })
}

/// A formula on lines of its own.
pub(super) fn display(tex: &str) -> String {
    let tex = tex.trim();
    mathml(tex, MathDisplay::Block)
        .unwrap_or_else(|| format!("<code class=\"math display\">{}</code>", escape(tex)))
}

/// Whether a formula can be set.
pub(crate) fn is_readable(tex: &str) -> bool {
    mathml(tex.trim(), MathDisplay::Inline).is_some()
}

fn mathml(tex: &str, display: MathDisplay) -> Option<String> {
    if tex.is_empty() || tex.len() > LONGEST_FORMULA_BYTES {
        return None;
    }
    let mathml = if tex.len() <= SHORT_FORMULA_BYTES {
        convert(tex, display)
    } else {
        on_a_deep_stack(|| convert(tex, display))
    }?;
    // Not in MathML Core: browsers that lack it would show a struck out term as one that counts.
    let is_core = !["<menclose", "<a ", "<merror"]
        .iter()
        .any(|tag| mathml.contains(tag));
    (is_core && depth(&mathml) <= DEEPEST).then(|| attributes_for_styles(&mathml))
}

fn convert(tex: &str, display: MathDisplay) -> Option<String> {
    let converted = CONVERTER.as_ref()?.convert_with_local_state(tex, display);
    Some(converted.ok()?.mathml)
}

fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(DEEP_STACK_BYTES);
        builder.spawn_scoped(scope, work).ok()?.join().ok()?
    })
}

/// How deep elements are nested.
fn depth(mathml: &str) -> u32 {
    let (mut depth, mut deepest) = (0_u32, 0);
    for part in mathml.split('<').skip(1) {
        if part.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !part.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Pages allow no style inside of tags. What a formula needs of them, colours and how columns are
/// aligned, has attributes.
fn attributes_for_styles(mathml: &str) -> String {
    const STYLE: &str = " style=\"";
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some((before, behind)) = rest.split_once(STYLE) {
        out.push_str(before);
        let (style, behind) = behind.split_once('"').unwrap_or((behind, ""));
        for rule in style.split(';') {
            let (property, value) = rule.split_once(':').unwrap_or((rule, ""));
            let attribute = match property.trim() {
                "text-align" => "columnalign",
                "color" => "mathcolor",
                _ => continue,
            };
            out.extend([" ", attribute, "=\"", value.trim(), "\""]);
        }
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_no_maths() {
        assert!(is_maths("x") && is_maths("a^2") && is_maths("a = b"));
        assert!(!is_maths("PATH:") && !is_maths("5 and more"));
    }

    #[test]
    fn formulas_become_mathml() {
        insta::assert_snapshot!(inline("x^2").unwrap_or_default(), @"<math><msup><mi>x</mi><mn>2</mn></msup></math>");
        insta::assert_snapshot!(display(r"\frac{1}{2}"), @r#"<math display="block"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"#);
    }

    #[test]
    fn columns_and_colours_need_no_style() {
        let aligned = display(r"\begin{aligned} a &= b \\ c &= \color{red} d \end{aligned}");
        assert!(
            aligned.contains("<mtd columnalign=\"right\"><mi>a</mi>"),
            "{aligned}"
        );
        assert!(aligned.contains("<mrow mathcolor=\"#FF0000\""), "{aligned}");
        assert!(!aligned.contains(" style=\""), "{aligned}");
    }

    #[test]
    fn what_cannot_be_read_stays() {
        for tex in [
            r"\frac{1",
            r"\nosuch x",
            r"\cancel{x}",
            r"\def\a{\a\a}\a",
            "",
        ] {
            assert!(!is_readable(tex), "{tex}");
        }
        insta::assert_snapshot!(display(r"\nosuch <b>"), @r#"<code class="math display">\nosuch &lt;b&gt;</code>"#);
    }

    #[test]
    fn no_formula_is_nested_without_end() {
        for part in ["{", r"\sqrt", r"\left(", "x^{", r"\frac{1}{", r"\text{$"] {
            for length in [
                70,
                SHORT_FORMULA_BYTES / part.len(),
                LONGEST_FORMULA_BYTES / part.len(),
                LONGEST_FORMULA_BYTES,
            ] {
                let open = part.repeat(length);
                let closed = format!("{open}x{}", "}".repeat(length));
                assert!(depth(&display(&open)) <= DEEPEST, "{part}");
                assert!(depth(&display(&closed)) <= DEEPEST, "{part}");
            }
        }
    }
}
