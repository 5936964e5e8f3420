//! Links and large files of codelabs.

use std::fs;

use domain::{CodelabId, MaterialId};
use store::{MaterialContent, NewLink, NewUpload, Received, Upload};

use crate::{
    library::codelab,
    support::{TestStore, at},
};

const CODELAB: CodelabId = CodelabId::from_bits(1);
const ID: MaterialId = MaterialId::from_bits(5);

async fn with_codelab() -> TestStore {
    let store = TestStore::new().await;
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    store
}

fn upload(size_bytes: u64) -> NewUpload {
    NewUpload {
        id: ID,
        codelab: CODELAB,
        title: "Starter".to_owned(),
        file_name: "starter.zip".to_owned(),
        size_bytes,
        now: at(20),
    }
}

async fn receive(store: &TestStore, offset: u64, piece: &[u8]) -> Received {
    let piece = piece.to_vec();
    store.receive(CODELAB, ID, offset, piece).await.unwrap()
}

async fn file(store: &TestStore) -> Vec<u8> {
    let materials = store.materials(CODELAB).await.unwrap();
    assert_eq!(materials.len(), 1);
    let MaterialContent::File {
        sha256, size_bytes, ..
    } = &materials[0].content
    else {
        unreachable!("a file was uploaded")
    };
    let stored = store.file(*sha256).await.unwrap().unwrap();
    assert_eq!(stored.size_bytes, *size_bytes);
    fs::read(stored.path).unwrap()
}

#[tokio::test]
async fn a_file_comes_in_pieces_and_goes_on_after_a_restart() {
    let store = with_codelab().await;
    assert!(store.begin_upload(&upload(9)).await.unwrap());
    assert_eq!(receive(&store, 0, b"abc").await, Received::Piece(3));
    assert_eq!(receive(&store, 0, b"xyz").await, Received::OutOfPlace(3));
    assert_eq!(receive(&store, 4, b"xyz").await, Received::OutOfPlace(3));
    assert_eq!(receive(&store, 3, b"1234567").await, Received::TooLong);

    // A piece that never counted lies behind what did.
    let part = store.dir().join("files/uploads").join(ID.to_string());
    fs::write(&part, b"abc garbage of a torn piece").unwrap();
    let store = store.reopened().await;
    let uploads = store.uploads(CODELAB).await.unwrap();
    assert_eq!(uploads.len(), 1);
    assert_eq!((uploads[0].size_bytes, uploads[0].received_bytes), (9, 3));
    assert_eq!(store.materials(CODELAB).await.unwrap(), []);
    assert_eq!(receive(&store, 3, b"def").await, Received::Piece(6));
    assert_eq!(receive(&store, 6, b"ghi").await, Received::Whole);
    assert_eq!(receive(&store, 9, b"").await, Received::Unknown);
    assert_eq!(file(&store).await, b"abcdefghi");
    assert_eq!(store.uploads(CODELAB).await.unwrap(), [] as [Upload; 0]);
    assert!(!part.exists());
}

#[tokio::test]
async fn of_two_pieces_at_once_one_is_out_of_place() {
    let store = with_codelab().await;
    store.begin_upload(&upload(6)).await.unwrap();
    let (a, b) = tokio::join!(receive(&store, 0, b"aaa"), receive(&store, 0, b"bbb"));
    let placed = [a, b].iter().filter(|r| **r == Received::Piece(3)).count();
    assert_eq!(placed, 1, "{a:?} {b:?}");
    receive(&store, 3, b"ccc").await;
    let whole = file(&store).await;
    assert_eq!(
        whole,
        if a == Received::Piece(3) {
            b"aaaccc"
        } else {
            b"bbbccc"
        }
    );
}

#[tokio::test]
async fn what_was_whole_when_the_process_ended_is_finished_at_the_next_start() {
    let store = with_codelab().await;
    store.begin_upload(&upload(3)).await.unwrap();
    let uploads = store.dir().join("files/uploads");
    fs::create_dir_all(&uploads).unwrap();
    fs::write(uploads.join(ID.to_string()), b"abc").unwrap();
    let mut raw = store.raw().await;
    sqlx::query("UPDATE uploads SET received_bytes = 3")
        .execute(&mut raw)
        .await
        .unwrap();
    drop(raw);
    let store = store.reopened().await;
    assert_eq!(file(&store).await, b"abc");
}

#[tokio::test]
async fn an_upload_can_be_given_up() {
    let store = with_codelab().await;
    store.begin_upload(&upload(3)).await.unwrap();
    receive(&store, 0, b"a").await;
    assert!(store.give_upload_up(CODELAB, ID).await.unwrap());
    assert!(!store.give_upload_up(CODELAB, ID).await.unwrap());
    assert_eq!(receive(&store, 1, b"b").await, Received::Unknown);
    let left = fs::read_dir(store.dir().join("files/uploads")).unwrap();
    assert_eq!(left.count(), 0);
}

#[tokio::test]
async fn links_are_added_renamed_removed_and_put_back() {
    let store = with_codelab().await;
    let link = |bits, codelab| NewLink {
        id: MaterialId::from_bits(bits),
        codelab: CodelabId::from_bits(codelab),
        title: "Docs".to_owned(),
        url: "https://example.com".to_owned(),
        now: at(30),
    };
    assert!(store.add_link(&link(7, 1)).await.unwrap());
    assert!(!store.add_link(&link(8, 99)).await.unwrap());
    let id = MaterialId::from_bits(7);
    assert!(store.rename_material(CODELAB, id, "Manual").await.unwrap());
    assert!(!store.rename_material(CODELAB, ID, "Manual").await.unwrap());
    assert_eq!(store.materials(CODELAB).await.unwrap()[0].title, "Manual");
    let remove = async |away| {
        store
            .remove_material(CODELAB, id, away, at(40))
            .await
            .unwrap()
    };
    assert!(remove(true).await);
    assert!(!remove(true).await);
    assert_eq!(store.materials(CODELAB).await.unwrap(), []);
    assert!(remove(false).await);
    assert_eq!(store.materials(CODELAB).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_material_may_turn_out_to_be_a_picture() {
    let store = with_codelab().await;
    store.begin_upload(&upload(7)).await.unwrap();
    receive(&store, 0, b"picture").await;
    let hash = store
        .add_file(b"picture", "image/png", Some((4, 3)), at(50))
        .await
        .unwrap();
    let found = store.file(hash).await.unwrap().unwrap();
    assert_eq!(
        (found.media_type.as_str(), found.dimensions),
        ("image/png", Some((4, 3)))
    );
}

#[tokio::test]
async fn an_upload_of_which_nothing_comes_is_given_up() {
    let store = with_codelab().await;
    store.begin_upload(&upload(6)).await.unwrap();
    assert_eq!(receive(&store, 0, b"abc").await, Received::Piece(3));
    // It was begun long ago, and its piece is of today.
    store.expire_uploads(at(1_000_000)).await.unwrap();
    assert_eq!(store.unfinished_uploads().await.unwrap().len(), 1);
    // Nothing came since: seen from the far future.
    store.expire_uploads(at(i64::MAX)).await.unwrap();
    assert!(store.unfinished_uploads().await.unwrap().is_empty());
    assert_eq!(receive(&store, 3, b"def").await, Received::Unknown);
    let left = fs::read_dir(store.files_dir().join("uploads")).unwrap();
    assert_eq!(left.count(), 0);

    store.begin_upload(&upload(6)).await.unwrap();
    store.expire_uploads(at(20)).await.unwrap();
    assert_eq!(store.unfinished_uploads().await.unwrap().len(), 1);
    store.expire_uploads(at(21)).await.unwrap();
    assert!(store.unfinished_uploads().await.unwrap().is_empty());
}
