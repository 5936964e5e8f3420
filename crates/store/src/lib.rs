//! The SQLite file and the files beside it: the only crate with SQL.
//!
//! Place in the data's way: the server's room decides events by `domain` and
//! hands them to [`Store::append`], which makes them durable together with the
//! tables that follow from them; only then is anything acknowledged. This crate
//! must never know the wire, HTTP, the clock or randomness: times, ids and
//! secrets are arguments.
//!
//! To store a new kind of event: 1. its stored form in `event_log/stored.rs`
//! with a golden line in `event_log/stored/tests.rs`; 2. what it changes in
//! `projections.rs` and the table's file beside it; 3. a new migration if a
//! table changes. The compiler names 1 and 2.
//!
//! To add a table that is no projection: a new migration, then a file with its
//! queries as a further `impl Store`.

mod column;
mod copies;
mod disk;
mod error;
mod event_log;
mod facilitators;
mod files;
mod history;
mod invitations;
mod library;
mod lock;
mod materials;
mod notice;
mod open;
mod page;
mod permissions;
mod projections;
mod readers;
mod rebuild;
mod repair;
mod resume_codes;
mod seats;
mod secret;
mod settings;
mod shown_images;
mod state;
mod unsaved;
mod uploads;
mod verify;
mod wal;
mod write;

pub use disk::{DiskCondition, DiskState};
pub use error::{OpenError, StoreError};
pub use event_log::{Entry, Issuer, LoadedWorkshop, SeatCredential};
pub use facilitators::{Facilitator, ListedFacilitator, Removal};
pub use files::StoredFile;
pub use history::WorkshopSummary;
pub use invitations::{Invitation, InvitationStatus, NewInvitation};
pub use library::{
    CodelabDetail, CodelabFile, CodelabSource, CodelabSummary, Content, Draft, Found, LibraryItem,
    LibraryQuery, LibrarySort, NewCodelab, NewFileRef, NewGuide, NewMaterial, NewStep,
    PreparedPoll, Revision, RevisionSummary, Save, Saved, Shelf, StepDetail, StepText, Tag,
    content_hash,
};
pub use materials::{Material, MaterialContent, NewLink};
pub use notice::Notice;
pub use open::Store;
pub use page::{Page, PageRequest};
pub use permissions::{create_private_folder, private_file};
pub use repair::{Repaired, repair};
pub use resume_codes::{FacilitatorCode, Resumable};
pub use seats::TokenSeat;
pub use secret::SecretHash;
pub use shown_images::ShownImage;
pub use uploads::{NewUpload, Received, Upload};
pub use verify::{Difference, FileDamage, Finding, FindingKind};
