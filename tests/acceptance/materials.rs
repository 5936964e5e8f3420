//! Links and files of a codelab, from the facilitator to the room.

use protocol::{
    CodelabDetail, DuplicateCodelab, Material, MaterialList, NewLink, NewUpload, Problem,
    ProblemCode, Upload, UploadProgress,
};
use reqwest::{Method, StatusCode};
use tests::{Facilitator, TestServer};

/// Not the same again after any power of two.
fn bytes(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| u8::try_from(at % 251).unwrap_or(0))
        .collect()
}

async fn send(
    facilitator: &Facilitator,
    path: &str,
    piece: &[u8],
) -> Result<UploadProgress, Problem> {
    let browser = &facilitator.browser;
    let response = browser
        .http()
        .put(format!("{}{path}", browser.url))
        .header("origin", &browser.url)
        .body(piece.to_vec())
        .send()
        .await
        .expect("the server answers");
    if response.status().is_success() {
        Ok(response.json().await.expect("progress"))
    } else {
        Err(response.json().await.expect("a problem"))
    }
}

#[tokio::test]
async fn a_file_goes_up_in_pieces_and_down_from_anywhere() {
    let mut server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await;
    let base = format!("/api/v1/codelabs/{}", codelab.id.0);
    let whole = bytes(100_000);
    let wish = NewUpload {
        title: None,
        file_name: "C:\\work\\시작.zip".to_owned(),
        size_bytes: 100_000,
    };
    let upload: Upload = facilitator
        .browser
        .post(&format!("{base}/uploads"), &wish)
        .await;
    assert_eq!(
        (&*upload.title, &*upload.file_name),
        ("시작.zip", "시작.zip")
    );
    let at = |offset: usize| format!("{base}/uploads/{}?offset={offset}", upload.id.0);
    let first = send(&facilitator, &at(0), &whole[..40_000]).await.unwrap();
    assert_eq!((first.received_bytes, first.is_whole), (40_000, false));
    let astray = send(&facilitator, &at(50_000), &whole[50_000..])
        .await
        .unwrap_err();
    assert_eq!(astray.code, ProblemCode::PieceOutOfPlace);

    // It goes on after the server was killed.
    server.restart().await;
    let list: MaterialList = facilitator.browser.get(&format!("{base}/materials")).await;
    assert_eq!(list.uploads[0].received_bytes, 40_000);
    assert!(
        send(&facilitator, &at(40_000), &whole[40_000..])
            .await
            .unwrap()
            .is_whole
    );

    let room = facilitator
        .start_workshop(std::slice::from_ref(&codelab))
        .await;
    let ada = server.join(&facilitator, &room, "Ada").await;
    let path = format!("/api/v1/workshops/{}/materials", room.id.0);
    let list: MaterialList = ada.browser.get(&path).await;
    let [
        Material {
            href,
            file: Some(file),
            ..
        },
    ] = list.materials.as_slice()
    else {
        unreachable!("one file: {list:?}")
    };
    assert_eq!((&*file.name, file.size_bytes), ("시작.zip", 100_000));
    let all = ada.browser.get_response(href).await;
    let header = |name: &str| {
        all.headers()
            .get(name)
            .map(|v| v.to_str().unwrap().to_owned())
    };
    assert_eq!(header("content-length").as_deref(), Some("100000"));
    assert!(
        header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(header("content-encoding"), None);
    assert_eq!(all.bytes().await.unwrap(), whole);
    let browser = &ada.browser;
    let rest = browser
        .http()
        .get(format!("{}{href}", browser.url))
        .header("range", "bytes=99990-")
        .send()
        .await
        .unwrap();
    assert_eq!(rest.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(rest.bytes().await.unwrap(), whole[99_990..]);
    let ranges = browser
        .http()
        .get(format!("{}{href}", browser.url))
        .header("range", "bytes=-100001")
        .send()
        .await
        .unwrap();
    assert_eq!(ranges.status(), StatusCode::OK);
    assert_eq!(ranges.bytes().await.unwrap(), whole);
    server.stop().await;
}

#[tokio::test]
async fn links_are_checked_and_come_and_go() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await;
    let path = format!("/api/v1/codelabs/{}/materials", codelab.id.0);
    for url in [
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "file:///etc/passwd",
        "",
    ] {
        let link = NewLink {
            title: "Docs".to_owned(),
            url: url.to_owned(),
        };
        let refused = facilitator
            .browser
            .request(Method::POST, &path, Some(&link))
            .await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{url}");
    }
    let link = NewLink {
        title: " Docs ".to_owned(),
        url: "https://git-scm.com/doc".to_owned(),
    };
    let added: Material = facilitator.browser.post(&path, &link).await;
    assert_eq!(
        (&*added.title, &*added.href),
        ("Docs", "https://git-scm.com/doc")
    );
    let one = format!("{path}/{}", added.id.0);
    let act = async |method, path: String| {
        facilitator
            .browser
            .request(method, &path, None::<&()>)
            .await
            .status()
    };
    assert_eq!(
        act(Method::GET, one.clone()).await,
        StatusCode::NOT_FOUND,
        "no file"
    );
    assert_eq!(
        act(Method::DELETE, one.clone()).await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        act(Method::DELETE, one.clone()).await,
        StatusCode::NOT_FOUND
    );
    let list: MaterialList = facilitator.browser.get(&path).await;
    assert_eq!(list.materials, []);
    assert_eq!(
        act(Method::POST, format!("{one}/restore")).await,
        StatusCode::NO_CONTENT
    );
    let list: MaterialList = facilitator.browser.get(&path).await;
    assert_eq!(list.materials, [added]);

    for (name, size, status) in [("..", 5, 422), ("a.zip", 0, 422), ("a.zip", 3 << 30, 413)] {
        let wish = NewUpload {
            title: None,
            file_name: name.to_owned(),
            size_bytes: size,
        };
        let path = format!("/api/v1/codelabs/{}/uploads", codelab.id.0);
        let refused = facilitator
            .browser
            .request(Method::POST, &path, Some(&wish))
            .await;
        assert_eq!(refused.status().as_u16(), status, "{name} of {size}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_copy_has_everything_but_the_name() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let browser = &facilitator.browser;
    let original = facilitator.codelab("Git from zero").await;
    let path = format!("/api/v1/codelabs/{}", original.id.0);
    let link = NewLink {
        title: "Docs".to_owned(),
        url: "https://git-scm.com".to_owned(),
    };
    let _: Material = browser.post(&format!("{path}/materials"), &link).await;
    let wish = DuplicateCodelab {
        title: "Git, *again*".to_owned(),
    };
    let copy: CodelabDetail = browser.post(&format!("{path}/duplicate"), &wish).await;
    let before: CodelabDetail = browser.get(&path).await;
    assert_eq!(copy.summary.title, "Git, *again*");
    assert_ne!(copy.summary.id, before.summary.id);
    assert_eq!(copy.summary.revision, 1);
    assert_eq!(
        (
            copy.summary.minutes,
            &copy.summary.cover,
            &copy.summary.tags
        ),
        (
            before.summary.minutes,
            &before.summary.cover,
            &before.summary.tags
        )
    );
    for (copied, step) in copy.steps.iter().zip(&before.steps) {
        assert_ne!(copied.id, step.id, "progress is not shared");
        assert_eq!((&copied.title, copied.content), (&step.title, step.content));
    }
    assert_eq!(copy.steps.len(), before.steps.len());
    let path = format!("/api/v1/codelabs/{}/materials", copy.summary.id.0);
    let materials: MaterialList = browser.get(&path).await;
    assert_eq!(materials.materials[0].href, link.url);
    server.stop().await;
}
