//! Who asks: each kind of person there is.

use protocol::{FacilitatorList, InvitationList, WorkshopSummary};
use reqwest::Method;
use serde_json::json;
use tests::{Attendee, Browser, Facilitator, TestServer, picture};

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Without any cookie.
    Nobody,
    /// Attends the workshop.
    Ada,
    /// Attends it too.
    Bob,
    /// Attends it and never says a word to all.
    Cleo,
    /// Began it.
    Grace,
    /// Facilitates by invitation.
    Linus,
    /// Attends another workshop.
    Olga,
    /// Attended one that has ended.
    Eddy,
}

impl Who {
    pub const ALL: [Self; 8] = [
        Self::Nobody,
        Self::Ada,
        Self::Bob,
        Self::Cleo,
        Self::Grace,
        Self::Linus,
        Self::Olga,
        Self::Eddy,
    ];

    pub const fn facilitates(self) -> bool {
        matches!(self, Self::Grace | Self::Linus)
    }

    /// The workshops they have a seat in.
    pub fn workshops(self, cast: &Cast) -> Vec<&String> {
        match self {
            Self::Nobody => Vec::new(),
            Self::Ada | Self::Bob | Self::Cleo => vec![&cast.here],
            // An ended workshop takes no new facilitator.
            Self::Linus => vec![&cast.here, &cast.other],
            Self::Grace => vec![&cast.here, &cast.other, &cast.ended],
            Self::Olga => vec![&cast.other],
            Self::Eddy => vec![&cast.ended],
        }
    }
}

/// Everybody, and their three workshops.
pub struct Cast {
    pub server: TestServer,
    /// The workshop that it is about.
    pub here: String,
    pub other: String,
    pub ended: String,
    pub grace: Facilitator,
    pub linus: Facilitator,
    pub ada: Attendee,
    pub bob: Attendee,
    pub cleo: Attendee,
    pub olga: Attendee,
    pub eddy: Attendee,
    /// Secrets of links: used and unused.
    pub links: Vec<String>,
    /// The join codes of the three workshops.
    pub codes: [String; 3],
    /// The facilitator whose machine it is: Grace.
    pub owner: String,
    /// An invitation that nobody used.
    pub invitation: String,
    /// A codelab that is on no agenda.
    pub codelab: String,
    /// The hash of a picture that Ada uploaded.
    pub picture: String,
}

impl Cast {
    pub async fn gather() -> Self {
        let server = TestServer::start().await;
        let window = server.server().handle().window_url();
        let grace = Facilitator::enter(server.browser(), &window).await;
        let name = json!({ "name": "Grace" });
        let named = grace
            .browser
            .request(Method::PUT, "/api/v1/facilitators/me", Some(&name));
        assert!(named.await.status().is_success());
        let used = grace.invitation().await;
        let linus = Facilitator::enter_with(server.browser(), &used, "Linus").await;
        let unused = grace.invitation().await;
        let list: InvitationList = grace.browser.get("/api/v1/invitations").await;
        let invitation = list.items.first().expect("the newest invitation").id;
        let list: FacilitatorList = grace.browser.get("/api/v1/facilitators").await;
        let owner = list.items.iter().find(|one| one.is_owner);
        let owner = owner.expect("an owner").id;

        let begin = async || {
            let codelab = grace.codelab("Git from zero").await;
            grace.start_workshop(&[codelab]).await
        };
        let (here, other, ended) = (begin().await, begin().await, begin().await);
        // Seats in this order: Grace, Linus, then who attends.
        linus.live(&here).await;
        linus.live(&other).await;
        let join = async |workshop: &WorkshopSummary, name: &str| {
            server.join(&grace, workshop, name).await
        };
        let ada = join(&here, "Ada").await;
        let bob = join(&here, "Bob").await;
        let cleo = join(&here, "Cleo Quiet").await;
        let olga = join(&other, "Olga Elsewhere").await;
        let eddy = join(&ended, "Eddy Long-Gone").await;
        let code = async |workshop: &WorkshopSummary| grace.lobby(workshop).await.join_code;
        let codes = [code(&here).await, code(&other).await, code(&ended).await];
        let page: protocol::CodelabPage = grace.browser.get("/api/v1/codelabs").await;
        let spare = page
            .items
            .iter()
            .find(|codelab| codelab.title != "Git from zero");
        let codelab = spare.expect("another sample").id.0.to_string();
        let uploaded = ada
            .browser
            .upload(&ada.workshop, picture("only for few"))
            .await;
        let uploaded: protocol::Picture = uploaded.json().await.expect("a picture");
        let link = window.split_once('#').expect("a secret").1.to_owned();
        Self {
            here: here.id.0.to_string(),
            other: other.id.0.to_string(),
            ended: ended.id.0.to_string(),
            server,
            grace,
            linus,
            ada,
            bob,
            cleo,
            olga,
            eddy,
            links: vec![link, used, unused],
            codes,
            owner: owner.0.to_string(),
            invitation: invitation.0.to_string(),
            codelab,
            picture: uploaded.file.0.to_string(),
        }
    }

    /// Somebody's browser.
    pub fn of(&self, who: Who) -> Browser {
        match who {
            Who::Nobody => self.server.browser(),
            Who::Ada => self.ada.browser.clone(),
            Who::Bob => self.bob.browser.clone(),
            Who::Cleo => self.cleo.browser.clone(),
            Who::Grace => self.grace.browser.clone(),
            Who::Linus => self.linus.browser.clone(),
            Who::Olga => self.olga.browser.clone(),
            Who::Eddy => self.eddy.browser.clone(),
        }
    }

    /// An attendee's seat; nothing for others.
    pub fn seat(&self, who: Who) -> Option<u32> {
        match who {
            Who::Ada => Some(self.ada.seat()),
            Who::Bob => Some(self.bob.seat()),
            Who::Cleo => Some(self.cleo.seat()),
            Who::Olga => Some(self.olga.seat()),
            Who::Eddy => Some(self.eddy.seat()),
            Who::Nobody | Who::Grace | Who::Linus => None,
        }
    }

    /// The tokens in everybody's cookies.
    pub fn tokens(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        for who in Who::ALL {
            let cookies = self.of(who).cookies().unwrap_or_default();
            let values = cookies
                .split("; ")
                .filter_map(|cookie| cookie.split_once('='));
            tokens.extend(values.map(|(_, value)| value.to_owned()));
        }
        assert_eq!(tokens.len(), 7, "each has one token");
        tokens
    }

    /// The codes with which attendees move their seats.
    pub fn resume_codes(&self) -> Vec<String> {
        let attendees = [&self.ada, &self.bob, &self.cleo, &self.olga, &self.eddy];
        let codes = attendees.iter().map(|who| who.joined.resume_code.clone());
        codes.map(|code| code.expect("a resume code")).collect()
    }
}
