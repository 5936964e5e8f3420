//! What rendering may take: memory by the HTML that comes of it, time by whoever asks.

use super::{ImageSource, render};
use crate::{
    ImportReason,
    limits::{CODELAB_HTML_LIMIT_BYTES, MEGABYTE, STEP_HTML_LIMIT_BYTES},
};

/// Renders the steps of one codelab as long as they stay within their limits.
pub struct RenderBudget<'a> {
    may_go_on: &'a dyn Fn() -> bool,
    step_bytes: usize,
    left_bytes: usize,
}

/// Why rendering ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    /// The step became too much HTML.
    Step,
    /// All steps together did.
    Codelab,
    /// Whoever asked did not want to wait any longer.
    Stopped,
}

impl Exceeded {
    /// Why there is no codelab, if that is the codelab's fault.
    #[must_use]
    pub fn reason(self) -> Option<ImportReason> {
        match self {
            Self::Step => Some(ImportReason::StepTooLarge {
                limit_mb: STEP_HTML_LIMIT_BYTES / MEGABYTE,
            }),
            Self::Codelab => Some(ImportReason::CodelabTooLarge {
                limit_mb: CODELAB_HTML_LIMIT_BYTES / MEGABYTE,
            }),
            Self::Stopped => None,
        }
    }
}

impl<'a> RenderBudget<'a> {
    /// A budget for one codelab. `may_go_on` is asked between the parts of each step; rendering
    /// ends soon after it has said no.
    #[must_use]
    pub fn new(may_go_on: &'a dyn Fn() -> bool) -> Self {
        Self {
            may_go_on,
            step_bytes: STEP_HTML_LIMIT_BYTES,
            left_bytes: CODELAB_HTML_LIMIT_BYTES,
        }
    }

    /// Renders a step like [`render_step`](super::render_step).
    ///
    /// # Errors
    /// When a limit is exceeded or `may_go_on` said no.
    pub fn render(
        &mut self,
        markdown: &str,
        images: &dyn Fn(&str) -> Option<ImageSource>,
    ) -> Result<String, Exceeded> {
        let limit_bytes = self.step_bytes.min(self.left_bytes);
        let html = render(
            markdown,
            images,
            &Bounds {
                limit_bytes,
                may_go_on: self.may_go_on,
            },
        );
        let is_last_of_codelab = limit_bytes < self.step_bytes;
        let html = html.map_err(|exceeded| match exceeded {
            Exceeded::Step if is_last_of_codelab => Exceeded::Codelab,
            Exceeded::Step | Exceeded::Codelab | Exceeded::Stopped => exceeded,
        })?;
        self.left_bytes = self.left_bytes.saturating_sub(html.len());
        Ok(html)
    }
}

/// The bounds of one step.
pub(super) struct Bounds<'a> {
    limit_bytes: usize,
    may_go_on: &'a dyn Fn() -> bool,
}

impl Bounds<'static> {
    /// For what was within them when it came in.
    pub(super) const NONE: Self = Self {
        limit_bytes: usize::MAX,
        may_go_on: &|| true,
    };
}

impl Bounds<'_> {
    pub(super) fn check(&self, written_bytes: usize) -> Result<(), Exceeded> {
        if written_bytes > self.limit_bytes {
            Err(Exceeded::Step)
        } else if (self.may_go_on)() {
            Ok(())
        } else {
            Err(Exceeded::Stopped)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_a_step_and_a_codelab_become_is_bounded() {
        let mut budget = RenderBudget {
            may_go_on: &|| true,
            step_bytes: 4000,
            left_bytes: 10_000,
        };
        let mut rendered = |text: &str| {
            let html = budget.render(text, &|_| None);
            html.map(|html| html.len())
        };
        // What is refused takes nothing from the others.
        assert_eq!(rendered(&"<br>".repeat(1001)), Err(Exceeded::Step));
        let breaks = "<br>".repeat(900);
        let all = [(); 3].map(|()| rendered(&breaks).map(|bytes| bytes > 3600));
        assert_eq!(all, [Ok(true), Ok(true), Err(Exceeded::Codelab)]);
        assert!(rendered("x").is_ok(), "a short one has room still");
    }

    #[test]
    fn rendering_ends_when_nobody_waits_any_longer() {
        let asked = Cell::new(0);
        let may_go_on = || {
            asked.set(asked.get() + 1);
            asked.get() < 3
        };
        let mut budget = RenderBudget::new(&may_go_on);
        let long = "words\n\n".repeat(100_000);
        assert_eq!(budget.render(&long, &|_| None), Err(Exceeded::Stopped));
        assert_eq!(asked.get(), 3, "nothing went on behind the answer");
    }
}
