//! The one way outside: the only code of the product that speaks to the internet.
//!
//! It is taken when a facilitator has pressed for it, to download images that a codelab refers
//! to, and never otherwise: nothing here runs at a start, by a timer, or because a page was
//! opened. The addresses come from strangers' files, so they are not let lead to machines that
//! are not on the internet: see `address.rs` (which addresses), `client.rs` (where that is
//! checked). Everything has a bound.
//!
//! To ask for something else from outside, think twice; then do it here.

mod address;
mod client;

use std::{
    collections::HashSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use codelab::{
    import::{IMAGE_LIMIT_BYTES, Image, identify},
    shown::check_pixels,
};
use futures_util::{StreamExt as _, stream};
use protocol::{DownloadRefusal, Problem, ProblemCode};

pub use address::host;
use client::Client;

use crate::import::blocking;

/// Images that are asked for at the same time.
const AT_ONCE: usize = 4;

/// What the way outside may be used for. The defaults are what the product does; tests shorten the
/// waits and let themselves be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether this machine may be asked: for tests alone, which have no other.
    pub allow_loopback: bool,
    /// Bytes of one image; as in an import.
    pub image_bytes: u64,
    /// Bytes of all of them; as in an import.
    pub total_bytes: u64,
    /// Images of one download.
    pub most_images: usize,
    /// How long a host may take to be found and to answer at all.
    pub connect_deadline: Duration,
    /// How long one image may take, with all redirects.
    pub image_deadline: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            allow_loopback: false,
            image_bytes: IMAGE_LIMIT_BYTES,
            total_bytes: 10 * IMAGE_LIMIT_BYTES,
            most_images: 200,
            connect_deadline: Duration::from_secs(10),
            image_deadline: Duration::from_secs(30),
        }
    }
}

/// What happens to an image on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Its server is asked.
    Asked,
    /// So many bytes have arrived, of so many, if that is known.
    Received(u64, Option<u64>),
    /// It is here, an image of so many bytes.
    Taken(u64),
    /// It is not to be had.
    Refused(DownloadRefusal),
}

/// One way there and back, for the images of one press.
pub struct Trip {
    rules: Rules,
    client: Client,
    received_bytes: AtomicU64,
    /// Hosts that did not answer: they are not asked for every image again.
    silent: Mutex<HashSet<String>>,
}

impl Trip {
    /// Gets ready; asks nobody yet.
    ///
    /// # Errors
    /// When this machine has no certificates that could be read.
    pub fn prepare(rules: Rules) -> Result<Self, Problem> {
        let client = Client::new(rules).map_err(|error| {
            tracing::error!(%error, "the way outside cannot be prepared");
            let detail = "this machine's certificates cannot be read";
            Problem::new(ProblemCode::Internal, detail)
        })?;
        Ok(Self {
            rules,
            client,
            received_bytes: AtomicU64::new(0),
            silent: Mutex::default(),
        })
    }

    /// Asks for images, a few at a time; what became of them, in the same order. Their references
    /// are empty. Dropping this ends it.
    pub async fn images(
        &self,
        addresses: &[String],
        news: impl Fn(usize, News),
    ) -> Vec<Result<Image, DownloadRefusal>> {
        let news = &news;
        let each = addresses.iter().cloned().enumerate();
        let each = each.map(|(index, address)| async move {
            let told = |happened| news(index, happened);
            let taken = if index < self.rules.most_images {
                self.image(&address, told).await
            } else {
                Err(DownloadRefusal::TooMany)
            };
            told(match &taken {
                Ok(image) => News::Taken(image.bytes.len() as u64),
                Err(refusal) => News::Refused(*refusal),
            });
            (index, taken)
        });
        // One that is slow does not hold up the others.
        let outcomes = stream::iter(each).buffer_unordered(AT_ONCE);
        let mut outcomes: Vec<_> = outcomes.collect().await;
        outcomes.sort_unstable_by_key(|(index, _)| *index);
        outcomes.into_iter().map(|(_, taken)| taken).collect()
    }

    async fn image(&self, address: &str, news: impl Fn(News)) -> Result<Image, DownloadRefusal> {
        let url = address::parse(address).ok_or(DownloadRefusal::Address)?;
        let silent = || self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        let host = url.authority().to_owned();
        if silent().contains(&host) {
            return Err(DownloadRefusal::Unreachable);
        }
        news(News::Asked);
        let received = |bytes: u64, of: Option<u64>, piece: u64| {
            let all = self.received_bytes.fetch_add(piece, Ordering::Relaxed) + piece;
            if all > self.rules.total_bytes {
                return Err(DownloadRefusal::TotalTooLarge);
            }
            news(News::Received(bytes, of));
            Ok(())
        };
        let fetching = self.client.fetch(url, received);
        let fetched = tokio::time::timeout(self.rules.image_deadline, fetching).await;
        let bytes = match fetched {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(DownloadRefusal::Unreachable)) => {
                silent().insert(host);
                return Err(DownloadRefusal::Unreachable);
            }
            Ok(Err(refusal)) => return Err(refusal),
            Err(_) => return Err(DownloadRefusal::TooSlow),
        };
        let image = blocking(move || identify("", bytes)).await;
        let image = image.ok().flatten().ok_or(DownloadRefusal::NotAnImage)?;
        check_pixels(&image).map_err(|_| DownloadRefusal::TooManyPixels)?;
        Ok(image)
    }
}

/// Whether there was no way outside at all: who was asked was silent. Addresses that nobody is
/// asked for say nothing about that.
#[must_use]
pub fn is_offline(outcomes: &[Result<Image, DownloadRefusal>]) -> bool {
    use DownloadRefusal::{Address, Private, Unreachable};
    let is_silent = |outcome: &_| matches!(outcome, Err(Unreachable));
    let says_nothing = |outcome: &_| matches!(outcome, Err(Unreachable | Address | Private));
    outcomes.iter().any(is_silent) && outcomes.iter().all(says_nothing)
}
