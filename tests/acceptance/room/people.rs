//! Who is there.

use protocol::{CodelabDetail, Message, Snapshot, WorkshopSummary};
use serde_json::{Value, json};
use tests::{Attendee, Facilitator, Live, TestServer};

/// Two who facilitate and two who attend, with a connection each.
pub struct Room {
    pub server: TestServer,
    pub workshop: WorkshopSummary,
    pub grace: Facilitator,
    pub linus: Facilitator,
    pub ada: Attendee,
    pub bob: Attendee,
}

/// Everybody's connection.
pub struct Lives {
    pub grace: Live,
    pub linus: Live,
    pub ada: Live,
    pub bob: Live,
}

impl Room {
    pub async fn open() -> (Self, Lives) {
        let (server, grace, workshop) = TestServer::with_workshop().await;
        Self::gather(server, grace, workshop).await
    }

    /// Works through a codelab that Grace has written.
    pub async fn on(source: &str) -> (Self, Lives) {
        let server = TestServer::start().await;
        let grace = server.facilitator().await;
        let wish = json!({ "title": "Written", "source": source });
        let written: CodelabDetail = grace.browser.post("/api/v1/codelabs/blank", &wish).await;
        let workshop = grace.start_workshop(&[written.summary]).await;
        Self::gather(server, grace, workshop).await
    }

    async fn gather(
        server: TestServer,
        grace: Facilitator,
        workshop: WorkshopSummary,
    ) -> (Self, Lives) {
        let linus = grace.invite("Linus").await;
        let ada = server.join(&grace, &workshop, "Ada").await;
        let bob = server.join(&grace, &workshop, "Bob").await;
        let lives = Lives {
            grace: grace.live(&workshop).await,
            linus: linus.live(&workshop).await,
            ada: ada.live().await,
            bob: bob.live().await,
        };
        let room = Self {
            server,
            workshop,
            grace,
            linus,
            ada,
            bob,
        };
        (room, lives)
    }

    /// An address of this workshop.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/workshops/{}/{rest}", self.workshop.id.0)
    }

    /// A step by its place, counted from 0, as the fields of a command.
    pub fn at(&self, step: usize) -> (Value, Value) {
        self.ada.step(step)
    }

    /// A command about a step.
    pub fn about(&self, kind: &str, step: usize) -> Value {
        let (codelab, step) = self.at(step);
        json!({ "type": kind, "codelab": codelab, "step": step })
    }

    /// What somebody who comes now is shown.
    pub async fn seen_by(&self, who: &Attendee) -> Snapshot {
        who.live().await.snapshot.expect("a snapshot")
    }
}

pub fn say(text: &str) -> Value {
    json!({ "type": "post_message", "text": text })
}

/// The message of a snapshot with this text.
pub fn find<'s>(messages: &'s [Message], text: &str) -> &'s Message {
    let found = messages.iter().find(|message| &*message.text == text);
    found.unwrap_or_else(|| panic!("{text} is not among {messages:?}"))
}
