//! What `codelabs import` says of images that are on the internet.

use std::collections::BTreeSet;

use protocol::DownloadRefusal;
use serde::Serialize;
use server::{outside::Rules, remote_images::Remote};

use crate::lint::count;

/// What is wanted of them.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Download {
    /// Download the images that the codelabs show from the internet; their texts then refer to the
    /// files. Without this nobody is asked for anything
    #[arg(long)]
    download_images: bool,
    /// Let downloads of images ask this machine: for tests, which have no other to ask
    #[arg(long, hide = true)]
    allow_loopback_downloads: bool,
}

impl Download {
    /// The rules of the way outside, if it is to be taken.
    pub fn rules(self) -> Option<Rules> {
        self.download_images.then(|| Rules {
            allow_loopback: self.allow_loopback_downloads,
            ..Rules::default()
        })
    }
}

/// An image, as JSON says what became of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
    downloaded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<DownloadRefusal>,
}

impl<'a> Told<'a> {
    pub fn of(remote: &'a Remote) -> Self {
        Self {
            address: &remote.image.address,
            host: remote.image.host.as_deref(),
            downloaded: matches!(remote.download, Some(Ok(()))),
            refusal: refusal(remote),
        }
    }
}

fn refusal(remote: &Remote) -> Option<DownloadRefusal> {
    remote.download?.err()
}

/// What became of a codelab's images on the internet, or how to have them.
pub fn lines(remote: &[Remote]) -> Vec<String> {
    if remote.is_empty() {
        return Vec::new();
    }
    let images = count(remote.len(), "image");
    let are = if remote.len() == 1 { "is" } else { "are" };
    if remote.iter().all(|remote| remote.download.is_none()) {
        let hosts: BTreeSet<&str> = remote
            .iter()
            .filter_map(|remote| remote.image.host.as_deref())
            .collect();
        let hosts = hosts.into_iter().collect::<Vec<_>>().join(", ");
        let them = if remote.len() == 1 { "it" } else { "them" };
        return vec![format!(
            "{images} {are} on the internet ({hosts}); importing with --download-images takes \
             {them} along"
        )];
    }
    let is_silent = |remote: &Remote| refusal(remote) == Some(DownloadRefusal::Unreachable);
    if remote.iter().all(is_silent) {
        return vec![format!(
            "error: {images} on the internet could not be downloaded: this machine is not \
             connected to the internet"
        )];
    }
    let taken = remote.iter().filter(|remote| refusal(remote).is_none());
    let mut lines = vec![format!("{} of {images} downloaded", taken.count())];
    lines.extend(remote.iter().filter_map(|remote| {
        let why = why(refusal(remote)?);
        Some(format!("error: {}: {why}", remote.image.address))
    }));
    lines
}

fn why(refusal: DownloadRefusal) -> &'static str {
    match refusal {
        DownloadRefusal::Address => "this is no address of the web",
        DownloadRefusal::Private => "the address leads into a private network, not to the internet",
        DownloadRefusal::Unreachable => "its server is not known or does not answer",
        DownloadRefusal::Insecure => "the connection is not secure",
        DownloadRefusal::NotFound => "there is no such image any more",
        DownloadRefusal::NotGiven => "its server does not give it away",
        DownloadRefusal::Redirects => "the address leads to another and so on, without an end",
        DownloadRefusal::TooLarge => "it is larger than 20 MB",
        DownloadRefusal::TotalTooLarge => "all images together are larger than 200 MB",
        DownloadRefusal::TooSlow => "it did not arrive within 30 seconds",
        DownloadRefusal::Broken => "the connection broke",
        DownloadRefusal::NotAnImage => "it is no image that browsers show",
        DownloadRefusal::TooManyPixels => "it has more than 50 million pixels",
        DownloadRefusal::TooMany => "more than 200 images are not downloaded in one go",
    }
}
