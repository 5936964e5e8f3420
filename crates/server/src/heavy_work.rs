//! Work that needs a processor for long: reading, rendering and exporting codelabs, and pictures.
//!
//! It runs in threads of its own, of which there are so few that the rooms always find a
//! processor; and it ends early when nobody waits for it any longer.

use std::{
    num::NonZero,
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use codelab::{Exceeded, ImageSource, ImportError, ImportReason, RenderBudget};
use protocol::{Problem, ProblemCode};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::import::refused;

/// How long the steps of one codelab may be rendered. The largest honest one takes a second.
const RENDER_LIMIT: Duration = Duration::from_secs(30);

/// Threads that import, export and change pictures: one processor is left to the rooms.
static BULK: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    Semaphore::new(processors.saturating_sub(1).max(1))
});

/// Threads for somebody who writes, and who shall not wait for an import.
static WRITING: Semaphore = Semaphore::const_new(1);

/// Runs work of an import or an export.
///
/// # Errors
/// When it panics.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    run(&BULK, work).await
}

/// Runs work that somebody at the editor waits for.
///
/// # Errors
/// When it panics.
pub(crate) async fn blocking_while_writing<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    run(&WRITING, work).await
}

async fn run<T: Send + 'static>(
    threads: &'static Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    // Nobody closes the semaphore; if somebody did, all would go at once.
    let turn: Option<SemaphorePermit<'static>> = threads.acquire().await.ok();
    let work = tokio::task::spawn_blocking(move || {
        // It is over when the work is, even if nobody waits for that.
        let _turn = turn;
        work()
    });
    work.await.map_err(|_| {
        // Why is not said: it may hold words of the codelab.
        tracing::error!("work on a codelab panicked");
        Problem::new(ProblemCode::Internal, "the importer broke on this file")
    })
}

/// Tells rendering in another thread when to end. Dropping what [`RenderStop::of`] returns beside it
/// ends it, too.
#[derive(Clone, Debug)]
pub(crate) struct RenderStop {
    cancel: CancellationToken,
    limit: Duration,
}

impl RenderStop {
    /// A stop for work that `cancel` ends, and a guard for whoever waits for it.
    pub(crate) fn of(cancel: &CancellationToken) -> (Self, DropGuard) {
        let cancel = cancel.child_token();
        let guard = cancel.clone().drop_guard();
        let limit = RENDER_LIMIT;
        (Self { cancel, limit }, guard)
    }

    /// Renders texts of one codelab, each with its line in the file.
    ///
    /// # Errors
    /// The refusal of a codelab that exceeds what one may take.
    pub(crate) fn render<'t>(
        &self,
        file: &str,
        texts: impl IntoIterator<Item = (u32, &'t str)>,
        images: &dyn Fn(&str) -> Option<ImageSource>,
    ) -> Result<Vec<String>, Problem> {
        let end = Instant::now() + self.limit;
        let may_go_on = || Instant::now() < end && !self.cancel.is_cancelled();
        let mut budget = RenderBudget::new(&may_go_on);
        let texts = texts.into_iter().map(|(line, text)| {
            let rendered = budget.render(text, images);
            rendered.map_err(|exceeded| self.refusal(file, line, exceeded))
        });
        texts.collect()
    }

    fn refusal(&self, file: &str, line: u32, exceeded: Exceeded) -> Problem {
        let reason = exceeded.reason().unwrap_or(ImportReason::TooSlow {
            limit_seconds: self.limit.as_secs(),
        });
        refused(&ImportError {
            file: file.to_owned(),
            line: Some(line),
            reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// More than a second's work, and in a debug build a minute's.
    fn long_text() -> String {
        "a *b* `c`\n\n".repeat(1_000)
    }

    #[tokio::test]
    async fn rendering_ends_with_whoever_waited_for_it() {
        let (stop, guard) = RenderStop::of(&CancellationToken::new());
        let (rendered, renders) = mpsc::channel();
        let work = run(&WRITING, move || {
            // It goes on for ever, if nothing ends it.
            let images = |_: &str| None;
            let text = long_text();
            let texts = std::iter::repeat((3, text.as_str()));
            // Only the first is waited for.
            let texts = texts.inspect(|_| {
                rendered.send(()).ok();
            });
            stop.render("a.md", texts, &images)
        });
        let waiting = tokio::task::spawn_blocking(move || {
            renders.recv().expect("it has begun");
            drop(guard);
        });
        let (ended, waited) = tokio::join!(work, waiting);
        waited.expect("the other side");
        let problem = ended.expect("no panic").expect_err("it was ended");
        assert_eq!(
            (problem.line, problem.file.as_deref()),
            (Some(3), Some("a.md"))
        );
        assert_eq!(WRITING.available_permits(), 1);
    }

    #[test]
    fn rendering_ends_in_time() {
        let (mut stop, _guard) = RenderStop::of(&CancellationToken::new());
        stop.limit = Duration::from_millis(20);
        let text = long_text();
        let endless = std::iter::repeat((1, text.as_str()));
        let problem = stop
            .render("a.md", endless, &|_| None)
            .expect_err("no time");
        let import = problem.import.expect("a refusal");
        assert_eq!(import.reason, protocol::ImportReason::TooSlow);
    }

    #[test]
    fn a_step_that_becomes_too_much_is_named() {
        let (stop, _guard) = RenderStop::of(&CancellationToken::new());
        let large = "<br>".repeat(1_200_000);
        let texts = [(1, "x"), (9, large.as_str())];
        let problem = stop
            .render("a.md", texts, &|_| None)
            .expect_err("too large");
        let import = problem.import.expect("a refusal");
        assert_eq!(
            (problem.line, import.reason, import.subject.as_str()),
            (Some(9), protocol::ImportReason::StepTooLarge, "4")
        );
    }
}
