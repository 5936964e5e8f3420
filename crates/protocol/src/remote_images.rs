//! The images that a codelab shows from the internet, and how they are downloaded.

use domain::CodelabId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Problem};

/// The images that a codelab shows from the internet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteImages {
    /// Each address once, in the order of the text.
    pub images: Vec<RemoteImage>,
}

/// An image on the internet, where a codelab shows it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteImage {
    /// Its address, as the text means it.
    pub address: String,
    /// Who would be asked for it; absent when nobody can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host: Option<String>,
    /// What it shows, in the author's words; may be empty.
    pub description: String,
    /// The step's position, from 1; absent in the preparation guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub step: Option<u32>,
}

/// What to download.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DownloadImages {
    /// Only these of the codelab's images; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub addresses: Option<Vec<String>>,
    /// What is said of the save point that this makes; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
}

/// A download of a codelab's images: how far it is, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageDownload {
    /// Its id; for asking again, and for ending it.
    pub id: String,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// How much has happened so far; whoever asks again sends it along.
    pub news: u32,
    /// The images that were asked for, in the order of the text.
    pub images: Vec<DownloadedImage>,
    /// What became of it; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outcome: Option<DownloadOutcome>,
    /// The newest revision, if the text refers to local images now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revision: Option<u32>,
    /// Why nothing could be saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub problem: Option<Problem>,
}

/// What became of a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DownloadOutcome {
    /// There is a further revision with what could be had.
    Saved,
    /// None of the images could be had; the codelab is as it was.
    NothingTaken,
    /// There is no way to the internet; the codelab is as it was.
    Offline,
    /// Somebody ended it; the codelab is as it was.
    Cancelled,
    /// Who pressed for it was removed meanwhile; the codelab is as it was.
    Removed,
    /// The images were there, and could not be saved.
    Failed,
}

/// One image of a download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DownloadedImage {
    /// Its address.
    pub address: String,
    /// How far it is.
    pub state: DownloadState,
    /// Bytes that have arrived.
    pub received_bytes: u64,
    /// Bytes that it has, if its server says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub size_bytes: Option<u64>,
    /// Why it was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub refusal: Option<DownloadRefusal>,
}

/// How far an image is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DownloadState {
    /// Not asked for yet.
    Waiting,
    /// On its way.
    Loading,
    /// Here, and an image.
    Taken,
    /// Not to be had.
    Refused,
}

/// Why an image was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DownloadRefusal {
    /// An address that is not asked: no `http` or `https`, or with a name and password in it.
    Address,
    /// It leads into a private network or to this machine.
    Private,
    /// Its host is not known or does not answer.
    Unreachable,
    /// The connection would not be secure: a bad certificate, or a way from `https` to `http`.
    Insecure,
    /// There is no such image.
    NotFound,
    /// The server does not give it away.
    NotGiven,
    /// It leads from address to address without an end.
    Redirects,
    /// It is larger than an image may be.
    TooLarge,
    /// All images together are larger than a codelab may be.
    TotalTooLarge,
    /// It took too long.
    TooSlow,
    /// The connection broke.
    Broken,
    /// It is no image that browsers show.
    NotAnImage,
    /// It promises more pixels than can be shown.
    TooManyPixels,
    /// The codelab has more images on the internet than are downloaded at a time.
    TooMany,
}
