//! Files that came with work which was never saved.

use std::fs;

use domain::{CodelabId, FacilitatorId, MaterialId};
use store::{
    MaterialContent, NewFileRef, NewMaterial, NewUpload, Received, Removal, Save, Saved,
    ShownImage, Store, StoreError, content_hash,
};

use crate::{
    library::codelab,
    support::{Room, TestStore, at, name, number, secret},
};

const CODELAB: CodelabId = CodelabId::from_bits(1);
const ADA: FacilitatorId = FacilitatorId::from_bits(2);

/// A codelab, and a facilitator who is not the owner.
async fn shelf() -> TestStore {
    let store = TestStore::new().await;
    let ada = name("Ada");
    let added = store.add_facilitator(ADA, &ada, secret("token"), at(1));
    added.await.unwrap();
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    store
}

/// Adds a picture, with the smaller form of it that rooms see.
async fn add(store: &Store, bytes: &str) -> [u8; 32] {
    let smaller = format!("{bytes}, smaller");
    let original = store.add_file(bytes.as_bytes(), "image/png", Some((2, 1)), at(3));
    let original = original.await.unwrap();
    let shown = store.add_file(smaller.as_bytes(), "image/webp", None, at(3));
    let shown = ShownImage {
        sha256: shown.await.unwrap(),
        dimensions: None,
    };
    store.keep_shown_image(original, shown).await.unwrap();
    original
}

async fn give(store: &Store, sha256: [u8; 32]) -> String {
    let given = store.add_codelab_file(CODELAB, sha256, ("img", "a", "png"));
    given.await.unwrap().unwrap()
}

fn save(base: u32) -> Save {
    Save {
        base,
        by: ADA,
        note: None,
        restored_from: None,
        ends_draft: false,
    }
}

/// What lies in the folder of files, in the order of the alphabet.
fn on_disk(store: &TestStore) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![store.dir().join("files")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    found.sort();
    found
}

async fn rows(store: &TestStore) -> [i64; 4] {
    let mut raw = store.raw().await;
    [
        number(&mut raw, "SELECT COUNT(*) FROM files").await,
        number(&mut raw, "SELECT COUNT(*) FROM shown_images").await,
        number(&mut raw, "SELECT COUNT(*) FROM codelab_files").await,
        number(&mut raw, "SELECT COUNT(*) FROM unsaved_files").await,
    ]
}

#[tokio::test]
async fn work_that_came_to_nothing_leaves_nothing() {
    let store = shelf().await;
    let work = store.for_work_of(Some(ADA));
    let picture = add(&work, "picture").await;
    assert_eq!(give(&work, picture).await, "img/a.png");
    assert_eq!(rows(&store).await, [2, 1, 1, 2]);
    // Other work is not meant.
    store.for_work_of(None).discard_unsaved().await.unwrap();
    store.discard_unsaved().await.unwrap();
    assert_eq!(rows(&store).await, [2, 1, 1, 2]);
    work.discard_unsaved().await.unwrap();
    assert_eq!(rows(&store).await, [0, 0, 0, 0]);
    assert_eq!(on_disk(&store), [] as [&str; 0]);
    assert_eq!(store.file(picture).await.unwrap(), None);
    assert_eq!(store.codelab_files(CODELAB).await.unwrap(), []);

    // The same bytes can come again.
    let again = add(&store, "picture").await;
    assert_eq!(again, picture);
    assert_eq!(on_disk(&store), ["picture", "picture, smaller"]);
}

#[tokio::test]
async fn what_others_have_or_refer_to_stays() {
    let store = shelf().await;
    add(&store, "was there").await;
    let work = store.for_work_of(Some(ADA));
    add(&work, "was there").await;
    add(&work, "somebody else's too").await;
    // In a message that is not sent yet, for instance; nothing refers to it.
    let theirs = store.add_file(b"somebody else's too", "image/png", None, at(4));
    theirs.await.unwrap();
    let shown = add(&work, "shown meanwhile").await;
    let reference = give(&work, shown).await;
    let mut new = codelab(1, "Git", 20);
    new.source = format!("![]({reference})");
    new.files = vec![NewFileRef {
        reference,
        sha256: shown,
    }];
    let saved = store.save_revision(new, &save(1)).await.unwrap();
    assert_eq!(saved, Some(Saved::New(2)));
    add(&work, "gone").await;

    work.discard_unsaved().await.unwrap();
    let stays = [
        "shown meanwhile",
        "shown meanwhile, smaller",
        "somebody else's too",
        "somebody else's too, smaller",
        "was there",
        "was there, smaller",
    ];
    assert_eq!(on_disk(&store), stays);
    assert_eq!(rows(&store).await, [6, 3, 1, 0]);
}

#[tokio::test]
async fn what_was_saved_stays() {
    let store = shelf().await;
    let work = store.for_work_of(Some(ADA));
    let picture = add(&work, "picture").await;
    let reference = give(&work, picture).await;
    let mut new = codelab(1, "Git", 20);
    new.source = format!("![]({reference})");
    let sha256 = picture;
    new.files = vec![NewFileRef { reference, sha256 }];
    let saved = work.save_revision(new, &save(1)).await.unwrap();
    assert_eq!(saved, Some(Saved::New(2)));
    work.discard_unsaved().await.unwrap();

    let work = store.for_work_of(None);
    let part = work.new_part();
    fs::write(&part, "starter").unwrap();
    let (sha256, size_bytes) = work.keep_part(part, at(5)).await.unwrap();
    let name = "starter.zip".to_owned();
    let material = NewMaterial {
        id: MaterialId::from_bits(9),
        title: "Starter".to_owned(),
        content: MaterialContent::File {
            sha256,
            name,
            size_bytes,
        },
    };
    let new = codelab(2, "Rust", 20);
    work.bring_codelab(new, &[material], None).await.unwrap();
    work.discard_unsaved().await.unwrap();

    // What was handed in stands in the log alone, which no table is asked about.
    let work = store.for_work_of(None);
    let part = work.new_part();
    fs::write(&part, "handed in").unwrap();
    work.keep_part(part, at(6)).await.unwrap();
    let (room, entry) = Room::start(1, "K7M3PQ");
    work.bring_past(room.id, &[entry]).await.unwrap();
    work.discard_unsaved().await.unwrap();

    let store = store.reopened().await;
    let stays = ["handed in", "picture", "picture, smaller", "starter"];
    assert_eq!(on_disk(&store), stays);
    assert_eq!(rows(&store).await, [4, 1, 1, 0]);
}

#[tokio::test]
async fn a_start_removes_what_was_never_saved_and_nothing_else() {
    let store = shelf().await;
    add(&store, "uploaded").await;
    let upload = NewUpload {
        id: MaterialId::from_bits(5),
        codelab: CODELAB,
        title: "Starter".to_owned(),
        file_name: "starter.zip".to_owned(),
        size_bytes: 9,
        now: at(20),
    };
    store.begin_upload(&upload).await.unwrap();
    let piece = store.receive(CODELAB, upload.id, 0, b"on it".to_vec());
    assert_eq!(piece.await.unwrap(), Received::Piece(5));
    let folder = store.dir().join("files/00");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("not ours"), "not ours").unwrap();

    let work = store.for_work_of(None);
    let unsaved = add(&work, "never saved").await;
    give(&work, unsaved).await;
    // The process ended between the bytes and their row.
    let torn = *content_hash("torn").as_bytes();
    let folder = store.dir().join("files").join(hex::encode(&torn[..1]));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(hex::encode(torn)), "torn").unwrap();
    let mut raw = store.raw().await;
    sqlx::query("INSERT INTO unsaved_files (sha256) VALUES (?1)")
        .bind(torn.as_slice())
        .execute(&mut raw)
        .await
        .unwrap();
    drop(raw);
    assert_eq!(on_disk(&store).len(), 7);

    let store = store.reopened().await;
    let stays = ["not ours", "on it", "uploaded", "uploaded, smaller"];
    assert_eq!(on_disk(&store), stays);
    assert_eq!(rows(&store).await, [2, 1, 0, 0]);
    let rest = store.receive(CODELAB, upload.id, 5, b"rest".to_vec());
    assert_eq!(rest.await.unwrap(), Received::Whole);
}

#[tokio::test]
async fn whoever_was_removed_adds_and_saves_nothing() {
    let store = shelf().await;
    let work = store.for_work_of(Some(ADA));
    add(&work, "picture").await;
    let removed = store.remove_facilitator(ADA, at(5)).await.unwrap();
    assert_eq!(removed, Removal::Removed);
    let late = work.add_file(b"late", "image/png", None, at(6)).await;
    assert!(matches!(late, Err(StoreError::NotAFacilitator)), "{late:?}");
    let saved = work.save_revision(codelab(1, "Git", 20), &save(1)).await;
    assert!(
        matches!(saved, Err(StoreError::NotAFacilitator)),
        "{saved:?}"
    );
    let brought = work.bring_codelab(codelab(2, "Rust", 20), &[], None).await;
    assert!(
        matches!(brought, Err(StoreError::NotAFacilitator)),
        "{brought:?}"
    );
    assert!(
        store
            .codelab(CodelabId::from_bits(2))
            .await
            .unwrap()
            .is_none()
    );
    work.discard_unsaved().await.unwrap();
    assert_eq!(on_disk(&store), [] as [&str; 0]);
}
