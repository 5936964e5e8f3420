//! The middle of some spans of time, and how far they lie apart.

/// Quartiles of at least one span, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Spans it is made of, one per person.
    pub people: u32,
    /// A quarter took no longer.
    pub lower_ms: i64,
    /// Half took no longer.
    pub median_ms: i64,
    /// Three quarters took no longer.
    pub upper_ms: i64,
}

impl Spread {
    /// The spread of some spans; nothing of none.
    #[must_use]
    pub fn of(mut spans_ms: Vec<i64>) -> Option<Self> {
        spans_ms.sort_unstable();
        Some(Self {
            people: super::count(spans_ms.len()),
            lower_ms: quantile(&spans_ms, 1)?,
            median_ms: quantile(&spans_ms, 2)?,
            upper_ms: quantile(&spans_ms, 3)?,
        })
    }
}

/// The median of some spans in milliseconds; nothing of none.
pub(super) fn median(mut spans_ms: Vec<i64>) -> Option<i64> {
    spans_ms.sort_unstable();
    quantile(&spans_ms, 2)
}

/// So many quarters of the way through sorted values; between two values, in
/// proportion. Of an even number the median is thus the mean of the middle two.
fn quantile(sorted: &[i64], quarters: usize) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    let (whole, rest) = (last * quarters / 4, last * quarters % 4);
    let low = *sorted.get(whole)?;
    let high = *sorted.get(whole + 1).unwrap_or(&low);
    let rest = i64::try_from(rest).unwrap_or(0);
    Some(low + (high - low) * rest / 4)
}
