//! The HTTP interface keeps to its own document (docs/openapi.json): whatever is asked, the
//! answer's status and media type stand there, and no answer is a fault of the server.

use protocol::{EventPage, ProblemCode};
use reqwest::{Method, StatusCode, header};
use serde_json::{Map, Value};
use tests::{Browser, TestServer};

/// What stands where an address has a parameter, besides a workshop that is there.
const PARAMETERS: [&str; 6] = [
    "0000000000000",
    "0",
    "4294967296",
    "-1",
    "%00",
    "1%2F..%2F2",
];

/// What is asked for behind the `?`; each operation ignores what it does not know.
const QUERIES: [&str; 6] = [
    "",
    "?after=-1&before=-1&limit=-1&offset=-1",
    "?after=9223372036854775807&before=4294967295&limit=4294967295",
    "?after=99999999999999999999&limit=1.5",
    "?cursor=%FF%00&code=%F0%9F%98%80&query=%22",
    "?limit=0&after=&with=",
];

const BODIES: [&str; 5] = ["", "{}", "[]", "{\"id\":1e999}", "\u{0}"];

#[tokio::test]
async fn every_answer_is_documented_and_none_is_a_fault() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let document: Value = facilitator.browser.get("/api/v1/openapi.json").await;
    let people = [&server.browser(), &ada.browser, &facilitator.browser];
    let mut found = Vec::new();
    let mut asked = 0_u32;
    for (address, operations) in object(&document["paths"]) {
        for (method, operation) in object(operations) {
            let live = workshop.id.0.to_string();
            // Ending the workshop and the like is for the parameters that name nothing.
            let parameters: &[&str] = match method.as_str() {
                "get" => &[&[live.as_str()], &PARAMETERS[..]].concat(),
                _ if address.contains('{') => &PARAMETERS,
                _ => &[""],
            };
            for parameter in parameters {
                for (query, body) in QUERIES.iter().zip(BODIES.iter().cycle()) {
                    let path = format!("{}{query}", fill(address, parameter));
                    for browser in people {
                        asked += 1;
                        let said = ask(browser, method, &path, body).await;
                        found.extend(
                            breach(operation, &said)
                                .map(|why| format!("{method} {path} with {body:?}: {why}")),
                        );
                    }
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "{} of {asked}:\n{}",
        found.len(),
        found.join("\n")
    );
    assert!(
        asked > 5000,
        "{asked} requests are too few to mean something"
    );
}

#[tokio::test]
async fn a_position_or_a_number_that_makes_no_sense_is_refused_and_the_last_one_is_not() {
    let (_server, facilitator, workshop) = TestServer::with_workshop().await;
    let events = format!("/api/v1/workshops/{}/events", workshop.id.0);
    let browser = &facilitator.browser;
    for query in [
        "after=-1",
        "after=9223372036854775808",
        "limit=0",
        "limit=-1",
    ] {
        let problem = browser.get_refused(&format!("{events}?{query}")).await;
        assert_eq!(problem.code, ProblemCode::InvalidRequest, "{query}");
    }
    let last: EventPage = browser.get(&format!("{events}?after={}", i64::MAX)).await;
    assert_eq!((last.items.len(), last.up_to), (0, i64::MAX));
    for list in ["codelabs", "workshops"] {
        for limit in ["0", "-1", "4294967296"] {
            let problem = browser
                .get_refused(&format!("/api/v1/{list}?limit={limit}"))
                .await;
            assert_eq!(problem.code, ProblemCode::InvalidRequest, "{list} {limit}");
        }
    }
}

struct Said {
    status: StatusCode,
    media_type: String,
}

async fn ask(browser: &Browser, method: &str, path: &str, body: &str) -> Said {
    let method: Method = method.to_uppercase().parse().expect("a method");
    let has_body = method != Method::GET;
    let mut request = browser
        .http()
        .request(method, format!("{}{path}", browser.url))
        .header(header::ORIGIN, &browser.url);
    if has_body {
        request = request
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_owned());
    }
    let response = request.send().await.expect("the server answers");
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let media_type = media_type.map(|found| found.to_str().expect("a media type").to_owned());
    Said {
        status: response.status(),
        media_type: media_type.unwrap_or_default(),
    }
}

/// What the document does not say of an answer.
fn breach(operation: &Value, said: &Said) -> Option<String> {
    if said.status.is_server_error() {
        return Some(format!("{} is a fault of the server", said.status));
    }
    let documented = &operation["responses"][said.status.as_str()];
    if documented.is_null() {
        return Some(format!("{} is not documented", said.status));
    }
    let is_problem = said.media_type.starts_with(protocol::PROBLEM_MEDIA_TYPE);
    if (said.status.is_client_error()) != is_problem {
        return Some(format!("{} as {:?}", said.status, said.media_type));
    }
    None
}

fn fill(address: &str, parameter: &str) -> String {
    let mut parts = address.split('/').map(|part| {
        if part.starts_with('{') {
            parameter
        } else {
            part
        }
    });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| format!("{path}/{part}"))
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}
