//! A secret that works once is used up by what it was used for, and by nothing else.

use protocol::{InvitationList, ProblemCode};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

use super::{code_for, own_code, seat};
use crate::people::Cast;

const ENTER: &str = "/api/v1/facilitators/enter";
const RESUME: &str = "/api/v1/seats/resume";

/// One-time secrets of each kind: what it is, where it is shown, and as what.
async fn secrets(cast: &Cast) -> [(&'static str, &'static str, Value); 4] {
    let handle = cast.server.server().handle();
    let behind = |link: String| link.split_once('#').expect("a secret").1.to_owned();
    let window = json!({ "secret": behind(handle.window_url()) });
    let terminal = json!({ "secret": behind(handle.facilitator_urls().remove(0)) });
    let invitation = json!({ "secret": cast.grace.invitation().await, "name": "Nina" });
    let code = own_code(&cast.linus.browser, &cast.here).await;
    [
        ("the window's", ENTER, window),
        ("the terminal's", ENTER, terminal),
        ("an invitation", ENTER, invitation),
        (
            "a facilitator's resume code",
            RESUME,
            json!({ "resumeCode": code }),
        ),
    ]
}

async fn show(cast: &Cast, path: &str, body: &Value) -> StatusCode {
    let browser = cast.server.browser();
    browser
        .request(Method::POST, path, Some(body))
        .await
        .status()
}

#[tokio::test]
async fn of_two_browsers_with_one_secret_one_wins() {
    let cast = Cast::gather().await;
    for (what, path, body) in secrets(&cast).await {
        let (one, other) = tokio::join!(show(&cast, path, &body), show(&cast, path, &body));
        let mut statuses = [one, other];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::FORBIDDEN], "{what}");
        assert_eq!(
            show(&cast, path, &body).await,
            StatusCode::FORBIDDEN,
            "{what}"
        );
    }
    cast.server.stop().await;
}

/// While nothing can be written, nobody enters, and no link is lost by trying.
#[tokio::test]
async fn a_secret_whose_use_could_not_be_written_works_again() {
    let cast = Cast::gather().await;
    let secrets = secrets(&cast).await;
    let options = SqliteConnectOptions::new();
    let file = cast.server.data_dir().join("open-codelabs.db");
    let mut other = options.filename(file).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    for (what, path, body) in &secrets {
        let status = show(&cast, path, body).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{what}");
    }
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    for (what, path, body) in &secrets {
        assert_eq!(show(&cast, path, body).await, StatusCode::OK, "{what}");
    }
    cast.server.stop().await;
}

#[tokio::test]
async fn what_was_replaced_or_taken_back_is_worthless_also_after_a_restart() {
    let mut cast = Cast::gather().await;
    let linus = cast.linus.browser.clone();
    let own = own_code(&linus, &cast.here).await;
    let own_again = own_code(&linus, &cast.here).await;
    let hers = code_for(&linus, &cast.here, cast.ada.seat()).await;
    let hers_again = own_code(&cast.ada.browser, &cast.here).await;
    let link = cast.grace.invitation().await;
    let list: InvitationList = cast.grace.browser.get("/api/v1/invitations").await;
    let path = format!("/api/v1/invitations/{}", list.items[0].id.0);
    let revoked = linus.request(Method::DELETE, &path, None::<&()>).await;
    assert_eq!(revoked.status(), StatusCode::NO_CONTENT);
    for restart in [false, true] {
        if restart {
            cast.server.restart().await;
        }
        for code in [&own, &hers] {
            let body = json!({ "resumeCode": code });
            let refused = cast.server.browser().post_refused(RESUME, &body).await;
            assert_eq!(refused.code, ProblemCode::WrongResumeCode);
        }
        let body = json!({ "secret": link });
        let refused = cast.server.browser().post_refused(ENTER, &body).await;
        assert_eq!(refused.code, ProblemCode::WrongInvitation);
    }
    for (code, name) in [(&own_again, "Linus"), (&hers_again, "Ada")] {
        let browser = cast.server.browser();
        let _: Value = browser.post(RESUME, &json!({ "resumeCode": code })).await;
        assert_eq!(seat(&browser, &cast.here).await.as_deref(), Some(name));
    }
    cast.server.stop().await;
}
