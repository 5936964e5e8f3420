//! HTTP: `/api/v1` and the user interface. Handlers decode, ask a room, the
//! store or the importer, and encode; rules live below them.

pub mod assets;
mod body;
mod contract;
mod conversation;
mod damage;
mod disk;
mod entrance;
mod export;
mod facilitators;
mod files;
mod health;
mod help;
mod imports;
mod invitations;
mod library;
mod lobby;
mod materials;
mod page;
mod polls;
mod qr;
mod quizzes;
mod remote_images;
mod replay;
mod report;
mod revisions;
mod router;
mod seats;
mod serve;
mod submissions;
mod timeline;
mod transcript;
mod uploads;
pub mod views;
mod workshops;
mod writing;

pub use router::{openapi, router};
pub use serve::serve;
