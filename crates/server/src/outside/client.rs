//! Asks one server after the other, as redirects lead, and reads no more than is allowed.
//!
//! Names are looked up here, and what is private is taken out of the answer, so that what was
//! checked is what is connected to; numbers are checked before each request.

use std::{error::Error, io, net::SocketAddr, sync::Arc};

use protocol::DownloadRefusal;
use reqwest::{
    Response, StatusCode, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{ACCEPT, LOCATION},
    redirect::Policy,
};

use super::{
    Rules,
    address::{check_literal, is_askable, may_be_asked},
};

/// More redirects than this lead in circles.
const MOST_REDIRECTS: usize = 5;

/// Says what asks, and nothing about who.
const USER_AGENT: &str = concat!("open-codelabs/", env!("CARGO_PKG_VERSION"));

/// Asks servers on the internet.
pub struct Client {
    http: reqwest::Client,
    rules: Rules,
}

impl Client {
    /// A client that remembers nothing and goes straight to who is asked.
    pub fn new(rules: Rules) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .referer(false)
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(rules.connect_deadline)
            .dns_resolver(Arc::new(PublicOnly {
                allow_loopback: rules.allow_loopback,
            }))
            .build()?;
        Ok(Self { http, rules })
    }

    /// The bytes behind an address. `received` is told how many have arrived, of how many if that
    /// is known, and how many of them just now; it may refuse the rest.
    pub async fn fetch(
        &self,
        url: Url,
        received: impl Fn(u64, Option<u64>, u64) -> Result<(), DownloadRefusal>,
    ) -> Result<Vec<u8>, DownloadRefusal> {
        let mut response = self.follow(url).await?;
        let size = response.content_length();
        let limit = self.rules.image_bytes;
        if size.is_some_and(|size| size > limit) {
            return Err(DownloadRefusal::TooLarge);
        }
        let mut bytes = Vec::new();
        received(0, size, 0)?;
        while let Some(piece) = response.chunk().await.map_err(|e| broken(&e))? {
            bytes.extend_from_slice(&piece);
            let have = bytes.len() as u64;
            if have > limit {
                return Err(DownloadRefusal::TooLarge);
            }
            received(have, size, piece.len() as u64)?;
        }
        Ok(bytes)
    }

    /// The answer at the end of all redirects. Each address is checked before it is asked.
    async fn follow(&self, mut url: Url) -> Result<Response, DownloadRefusal> {
        for _ in 0..=MOST_REDIRECTS {
            check_literal(&url, self.rules.allow_loopback)?;
            let request = self.http.get(url.clone()).header(ACCEPT, "image/*");
            let response = request.send().await.map_err(|error| unsent(&error))?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            if !is_redirect(status) {
                return Err(match status {
                    StatusCode::NOT_FOUND | StatusCode::GONE => DownloadRefusal::NotFound,
                    _ => DownloadRefusal::NotGiven,
                });
            }
            let next = response.headers().get(LOCATION);
            let next = next.and_then(|next| url.join(next.to_str().ok()?).ok());
            let next = next.ok_or(DownloadRefusal::NotGiven)?;
            if !is_askable(&next) {
                return Err(DownloadRefusal::Address);
            }
            if url.scheme() == "https" && next.scheme() == "http" {
                return Err(DownloadRefusal::Insecure);
            }
            url = next;
        }
        Err(DownloadRefusal::Redirects)
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Why there was no answer.
fn unsent(error: &reqwest::Error) -> DownloadRefusal {
    if causes(error).any(<dyn Error>::is::<Private>) {
        return DownloadRefusal::Private;
    }
    if !error.is_connect() {
        return broken(error);
    }
    // What rustls finds wrong comes as invalid data.
    let is_untrusted = |cause: &(dyn Error + 'static)| {
        let cause = cause.downcast_ref::<io::Error>();
        cause.is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData)
    };
    if causes(error).any(is_untrusted) {
        DownloadRefusal::Insecure
    } else {
        DownloadRefusal::Unreachable
    }
}

fn broken(error: &reqwest::Error) -> DownloadRefusal {
    tracing::debug!(is_timeout = error.is_timeout(), "a download broke");
    DownloadRefusal::Broken
}

/// What an error comes of.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        // What one of these holds is no source of it, but the error itself.
        let held = cause.downcast_ref::<io::Error>();
        next = match held.and_then(io::Error::get_ref) {
            Some(held) => Some(held),
            None => cause.source(),
        };
        Some(cause)
    })
}

/// Looks names up and keeps what is on the internet.
struct PublicOnly {
    allow_loopback: bool,
}

/// A name that leads to nothing but private addresses.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
struct Private;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_loopback = self.allow_loopback;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            public(found, allow_loopback)
        })
    }
}

fn public(
    found: impl Iterator<Item = SocketAddr>,
    allow_loopback: bool,
) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
    let found: Vec<SocketAddr> = found.collect();
    let mut may = found.clone();
    may.retain(|address| may_be_asked(address.ip(), allow_loopback));
    if may.is_empty() && !found.is_empty() {
        return Err(Private.into());
    }
    Ok(Box::new(may.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(found: &[&str]) -> Option<Vec<String>> {
        let found: Vec<SocketAddr> = found.iter().map(|a| a.parse().unwrap()).collect();
        let kept = public(found.into_iter(), false).ok()?;
        Some(kept.map(|address| address.to_string()).collect())
    }

    #[test]
    fn a_name_leads_to_its_public_addresses_alone() {
        let mixed = kept(&["10.0.0.1:0", "8.8.8.8:0", "[::1]:0", "[2606:4700::1]:0"]);
        assert_eq!(
            mixed,
            Some(vec!["8.8.8.8:0".to_owned(), "[2606:4700::1]:0".to_owned()])
        );
        assert_eq!(kept(&["127.0.0.1:0", "[fe80::1]:0"]), None);
        assert_eq!(kept(&[]), Some(Vec::new()));
    }
}
