//! The people of a test.

use std::sync::Arc;

use protocol::{
    CodelabPage, CodelabSummary, Entrance, FacilitatorList, Invitation, Join, Joined, Lobby,
    Problem, Snapshot, StartWorkshop, WorkshopSummary,
};
use reqwest::{Method, Response, StatusCode, cookie::CookieStore as _, cookie::Jar};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::live::Live;

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser {
    /// The server's address.
    pub url: String,
    http: reqwest::Client,
    jar: Arc<Jar>,
}

impl Browser {
    /// A fresh browser.
    pub fn new(url: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let http = reqwest::Client::builder()
            .cookie_provider(Arc::clone(&jar))
            .no_proxy()
            .build()
            .expect("a client");
        Self {
            url: url.to_owned(),
            http,
            jar,
        }
    }

    /// A request as the page would make it.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Response {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .header("origin", &self.url);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.expect("the server answers")
    }

    /// Uploads a picture to a workshop.
    pub async fn upload(&self, workshop: &str, bytes: Vec<u8>) -> Response {
        let url = format!("{}/api/v1/workshops/{workshop}/pictures", self.url);
        let request = self.http.post(url).header("origin", &self.url).body(bytes);
        request.send().await.expect("the server answers")
    }

    /// A request without a body.
    pub async fn get_response(&self, path: &str) -> Response {
        self.request(Method::GET, path, None::<&()>).await
    }

    /// What is at an address.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        read(self.get_response(path).await).await
    }

    /// Sends something.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> T {
        read(self.request(Method::POST, path, Some(body)).await).await
    }

    /// Sends something that must be refused.
    pub async fn post_refused(&self, path: &str, body: &impl Serialize) -> Problem {
        refusal(self.request(Method::POST, path, Some(body)).await).await
    }

    /// Asks for something that must be refused.
    pub async fn get_refused(&self, path: &str) -> Problem {
        refusal(self.get_response(path).await).await
    }

    /// The plain client, for what a page could not do.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// What the door says.
    pub async fn entrance(&self, code: Option<&str>) -> Entrance {
        let query = code.map(|code| format!("?code={code}")).unwrap_or_default();
        self.get(&format!("/api/v1/entrance{query}")).await
    }

    /// The cookies as a header.
    pub fn cookies(&self) -> Option<String> {
        let url = self.url.parse().expect("an address");
        self.jar
            .cookies(&url)
            .and_then(|value| value.to_str().map(str::to_owned).ok())
    }

    /// A live connection that begins with a snapshot.
    pub async fn live(&self, workshop: &str) -> Live {
        Live::connect(self, workshop, None).await
    }
}

async fn read<T: DeserializeOwned>(response: Response) -> T {
    let status = response.status();
    let body = response.text().await.expect("a body");
    assert!(status.is_success(), "{status}: {body}");
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// The problem of a response that must be a refusal.
pub async fn refusal(response: Response) -> Problem {
    let status = response.status();
    let media_type = response.headers().get("content-type").cloned();
    let body = response.text().await.expect("a body");
    assert!(!status.is_success(), "was done: {body}");
    assert_eq!(media_type.expect("a type"), protocol::PROBLEM_MEDIA_TYPE);
    let problem: Problem = serde_json::from_str(&body).expect("a problem");
    assert_eq!(
        StatusCode::from_u16(problem.status).ok(),
        Some(status),
        "{body}"
    );
    problem
}

/// Somebody with facilitator rights.
pub struct Facilitator {
    /// Their browser.
    pub browser: Browser,
}

impl Facilitator {
    /// Opens a link with a one-time secret.
    pub async fn enter(browser: Browser, link: &str) -> Self {
        let secret = link.split_once('#').expect("a secret").1;
        let body = serde_json::json!({ "secret": secret });
        let _who: protocol::Facilitator = browser.post("/api/v1/facilitators/enter", &body).await;
        Self { browser }
    }

    /// Has somebody else become a facilitator by an invitation, under a name.
    pub async fn invite(&self, name: &str) -> Self {
        let secret = self.invitation().await;
        Self::enter_with(Browser::new(&self.browser.url), &secret, name).await
    }

    /// Takes away the rights of the facilitator with a name.
    pub async fn remove(&self, name: &str) {
        let list: FacilitatorList = self.browser.get("/api/v1/facilitators").await;
        let mut found = list.items.iter();
        let who = found.find(|one| one.name == name).expect("a facilitator");
        let path = format!("/api/v1/facilitators/{}", who.id.0);
        let answer = self.browser.request(Method::DELETE, &path, None::<&()>);
        assert_eq!(answer.await.status(), StatusCode::NO_CONTENT);
    }

    /// Accepts an invitation.
    pub async fn enter_with(browser: Browser, secret: &str, name: &str) -> Self {
        let body = serde_json::json!({ "secret": secret, "name": name });
        let who: protocol::Facilitator = browser.post("/api/v1/facilitators/enter", &body).await;
        assert_eq!(who.name, name);
        Self { browser }
    }

    /// The one-time secret of a new invitation.
    pub async fn invitation(&self) -> String {
        let nothing = serde_json::json!({});
        let invitation: Invitation = self.browser.post("/api/v1/invitations", &nothing).await;
        let link = invitation.links.first().expect("a link");
        link.split_once('#').expect("a secret").1.to_owned()
    }

    /// A codelab of the library, by its title.
    pub async fn codelab(&self, title: &str) -> CodelabSummary {
        let page: CodelabPage = self.browser.get("/api/v1/codelabs").await;
        let titles: Vec<_> = page
            .items
            .iter()
            .map(|codelab| codelab.title.clone())
            .collect();
        let found = page
            .items
            .into_iter()
            .find(|codelab| codelab.title == title);
        found.unwrap_or_else(|| panic!("{title} is not among {titles:?}"))
    }

    /// Starts a workshop.
    pub async fn start_workshop(&self, codelabs: &[CodelabSummary]) -> WorkshopSummary {
        let wish = StartWorkshop {
            title: None,
            codelabs: codelabs.iter().map(|codelab| codelab.id).collect(),
            code_required: None,
        };
        self.browser.post("/api/v1/workshops", &wish).await
    }

    /// How people get in.
    pub async fn lobby(&self, workshop: &WorkshopSummary) -> Lobby {
        self.browser
            .get(&format!("/api/v1/workshops/{}/lobby", workshop.id.0))
            .await
    }

    /// A live connection to a workshop.
    pub async fn live(&self, workshop: &WorkshopSummary) -> Live {
        self.browser.live(&workshop.id.0.to_string()).await
    }

    /// The workshop as the facilitator sees it.
    pub async fn snapshot(&self, workshop: &WorkshopSummary) -> Snapshot {
        self.browser
            .get(&format!("/api/v1/workshops/{}/snapshot", workshop.id.0))
            .await
    }
}

/// Somebody with a seat.
pub struct Attendee {
    /// Their browser.
    pub browser: Browser,
    /// The workshop's id.
    pub workshop: String,
    /// What joining answered.
    pub joined: Joined,
}

impl Attendee {
    /// Joins.
    pub async fn join(
        browser: Browser,
        workshop: &WorkshopSummary,
        name: &str,
        code: Option<&str>,
    ) -> Self {
        let workshop = workshop.id.0.to_string();
        let join = Join {
            id: Uuid::new_v4(),
            name: name.to_owned(),
            code: code.map(str::to_owned),
        };
        let joined = browser
            .post(&format!("/api/v1/workshops/{workshop}/seats"), &join)
            .await;
        Self {
            browser,
            workshop,
            joined,
        }
    }

    /// A live connection that begins with a snapshot.
    pub async fn live(&self) -> Live {
        self.browser.live(&self.workshop).await
    }

    /// A live connection that goes on after `seq`.
    pub async fn resume(&self, seq: i64) -> Live {
        Live::connect(&self.browser, &self.workshop, Some(seq)).await
    }

    /// The seat's number.
    pub fn seat(&self) -> u32 {
        self.joined.snapshot.you.person.seat
    }

    /// The first codelab of the agenda and one of its steps, counted from 0.
    pub fn step(&self, at: usize) -> (serde_json::Value, serde_json::Value) {
        let codelab = &self.joined.snapshot.agenda[0];
        let step = codelab.steps[at].step;
        (serde_json::json!(codelab.codelab), serde_json::json!(step))
    }
}
