//! Damage of every kind to a real data folder: it is found, what is whole goes on,
//! and a repair loses nothing that can be read.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use domain::{CodelabId, Seq, workshop::Command};
use store::{FindingKind, LibraryQuery, NewFileRef, Notice, OpenError, PageRequest, Store, repair};
use tempfile::TempDir;

use crate::{
    library::codelab,
    support::{Room, TestStore, at, database, raw, step},
};

const PAGE: usize = 4096;

/// Chat, progress and help in two workshops, and codelabs with a file each.
async fn filled() -> TestStore {
    let store = TestStore::new().await.forged();
    for id in 1..=3 {
        let picture = format!("picture {id}");
        let sha256 = store.add_file(picture.as_bytes(), "image/png", Some((4, 3)), at(1));
        let mut new = codelab(id, &format!("Codelab {id}"), 5);
        new.source = format!("# Codelab {id}\n").repeat(400);
        new.files = vec![NewFileRef {
            reference: "a.png".to_owned(),
            sha256: sha256.await.unwrap(),
        }];
        store.add_codelab(new).await.unwrap();
    }
    for (id, code) in [(1, "K7M3PQ"), (2, "ABCDEF")] {
        let (mut room, start) = Room::start(id, code);
        let mut entries = vec![start, room.join("Ada"), room.join("Bob")];
        for n in 0..150 {
            entries.push(room.act(1, crate::appending::say(&format!("message {n} of {id}"))));
        }
        entries.push(room.act(2, Command::EnterStep(step(1, 1))));
        entries.push(room.act(2, Command::CompleteStep(step(1, 1))));
        store.append(room.id, &entries).await.unwrap();
    }
    store
}

/// The data folder of a store that was closed.
async fn closed(store: &TestStore) -> TempDir {
    (**store).clone().close().await;
    copy_of(store.dir())
}

fn copy_of(from: &Path) -> TempDir {
    let copy = TempDir::new().unwrap();
    copy_into(from, copy.path());
    copy
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_into(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// A small generator, so that a run can be told again by its seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// How many workshops and codelabs can be read.
async fn readable(store: &Store) -> (usize, usize) {
    let mut workshops = 0;
    for id in [1, 2] {
        let loaded = store.load_workshop(domain::WorkshopId::from_bits(id)).await;
        workshops += usize::from(loaded.is_ok_and(|found| found.is_some()));
    }
    let mut codelabs = 0;
    for id in 1..=3 {
        let read = store.codelab(CodelabId::from_bits(id)).await;
        codelabs += usize::from(read.is_ok_and(|found| found.is_some()));
    }
    (workshops, codelabs)
}

/// Opens a damaged folder as the server does: a database that SQLite finds damaged
/// is repaired. Says how the damage was noticed.
async fn opened(dir: &Path) -> Result<(Store, &'static str), OpenError> {
    match Store::open(dir).await {
        Ok(store) => Ok((store, "opened")),
        Err(OpenError::Corrupt { .. }) => {
            let repaired = repair(dir).await?;
            let how = if repaired.lost.is_empty() {
                "repaired whole"
            } else {
                "repaired with a loss"
            };
            Ok((Store::open(dir).await?, how))
        }
        Err(error) => Err(error),
    }
}

#[tokio::test]
async fn a_flipped_byte_in_any_page_is_found_and_the_rest_is_served() {
    let store = filled().await;
    let whole = closed(&store).await;
    let bytes = fs::read(database(whole.path())).unwrap();
    let mut chance = Chance(1);
    let mut table: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for page in 0..bytes.len() / PAGE {
        // The first hundred bytes are the file's header, which has a test of its own.
        let offset = page * PAGE + if page == 0 { 100 } else { 0 };
        let offset = offset + chance.below(PAGE * (page + 1) - offset);
        let damaged = copy_of(whole.path());
        let mut changed = bytes.clone();
        changed[offset] ^= 1 << chance.below(8);
        fs::write(database(damaged.path()), changed).unwrap();

        let place = format!("page {page}, byte {offset}");
        let (store, how) = match opened(damaged.path()).await {
            Ok(opened) => opened,
            Err(error) => {
                // The schema itself: said, with advice, and left as it is.
                let said = error.to_string();
                let is_said = ["Put a backup", "newer release"]
                    .iter()
                    .any(|s| said.contains(s));
                assert!(is_said, "{place}: {said}");
                *table.entry(("refused".to_owned(), "")).or_default() += 1;
                continue;
            }
        };
        let found = store.verify().await.unwrap();
        assert!(!found.is_empty(), "{place} is not found");
        let (workshops, codelabs) = readable(&store).await;
        // What is damaged is one page: of two neighbours at most.
        assert!(workshops >= 1, "{place}: {found:?}");
        assert!(codelabs >= 1, "{place}: {found:?}");
        let mut served = String::new();
        write!(served, "{workshops} workshops, {codelabs} codelabs").unwrap();
        *table.entry((served, how)).or_default() += 1;
        store.close().await;
    }
    for ((served, how), pages) in &table {
        eprintln!("{pages:>4} pages: {how}, {served}");
    }
    // Only pages of the schema itself, which no row can be read without.
    let refused = table.get(&("refused".to_owned(), "")).copied();
    assert!(refused.unwrap_or_default() <= 10, "{table:?}");
}

#[tokio::test]
async fn a_truncated_database_is_never_opened_in_silence() {
    let store = filled().await;
    let whole = closed(&store).await;
    let bytes = fs::read(database(whole.path())).unwrap();
    let mut chance = Chance(2);
    for _ in 0..12 {
        let length = chance.below(bytes.len());
        let damaged = copy_of(whole.path());
        fs::write(database(damaged.path()), &bytes[..length]).unwrap();
        match opened(damaged.path()).await {
            Ok((store, how)) => {
                let found = store.verify().await.unwrap();
                assert!(!found.is_empty(), "cut to {length} bytes, {how}");
                store.close().await;
            }
            Err(error) => {
                let said = error.to_string();
                assert!(
                    said.contains("Put a backup"),
                    "cut to {length} bytes: {said}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_missing_file_and_a_changed_one_are_named() {
    let store = filled().await;
    let whole = closed(&store).await;
    let mut files = Vec::new();
    for folder in fs::read_dir(whole.path().join("files")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    assert_eq!(files.len(), 3);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let content = fs::read(&file).unwrap();
        for damage in ["missing", "damaged"] {
            match damage {
                "missing" => fs::remove_file(&file).unwrap(),
                _ => fs::write(&file, b"pictures!").unwrap(),
            }
            let store = Store::open(whole.path()).await.unwrap();
            let found = store.verify().await.unwrap();
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].kind, FindingKind::File);
            let sentence = &found[0].sentence;
            assert!(
                sentence.contains(name) && sentence.contains("of “Codelab"),
                "{sentence}"
            );
            assert!(sentence.contains(damage), "{sentence}");
            let quick = store.damaged_files().await.unwrap();
            assert_eq!(quick.len(), usize::from(damage == "missing"), "same length");
            assert_eq!(readable(&store).await, (2, 3));
            store.close().await;
            fs::write(&file, &content).unwrap();
        }
    }
}

#[tokio::test]
async fn a_missing_or_empty_database_beside_files_is_no_empty_library() {
    let store = filled().await;
    let whole = closed(&store).await;
    fs::write(database(whole.path()), "").unwrap();
    for _ in 0..2 {
        let error = Store::open(whole.path()).await.unwrap_err();
        assert!(matches!(error, OpenError::Missing { .. }), "{error}");
        assert!(error.to_string().contains("is missing or empty"));
        // Also when it is not there at all.
        drop(fs::remove_file(database(whole.path())));
    }
    assert!(!database(whole.path()).exists(), "nothing was begun anew");
    // Whoever moves the folder elsewhere begins anew.
    for entry in fs::read_dir(whole.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }
    Store::open(whole.path()).await.unwrap().close().await;
}

/// A data folder as a kill leaves it: the newest changes in the write-ahead log.
async fn killed() -> (TestStore, TempDir) {
    let store = filled().await;
    let left = copy_of(store.dir());
    assert!(fs::metadata(wal(left.path())).unwrap().len() > 0);
    (store, left)
}

fn wal(dir: &Path) -> std::path::PathBuf {
    dir.join("open-codelabs.db-wal")
}

async fn noticed(dir: &Path) -> Vec<Notice> {
    let store = Store::open(dir).await.unwrap();
    let notices = store.notices();
    store.close().await;
    notices
}

#[tokio::test]
async fn a_write_ahead_log_that_was_removed_cut_or_changed_is_noticed() {
    let (_store, left) = killed().await;
    assert_eq!(
        noticed(copy_of(left.path()).path()).await,
        [],
        "a kill alone is none"
    );

    let removed = copy_of(left.path());
    // What was in the database before the log began is enough to open it.
    let store = Store::open(copy_of(left.path()).path()).await.unwrap();
    store.close().await;
    fs::remove_file(wal(removed.path())).unwrap();
    match Store::open(removed.path()).await {
        Ok(store) => assert_eq!(store.notices(), [Notice::ChangesRemoved]),
        Err(error) => assert!(matches!(error, OpenError::Missing { .. }), "{error}"),
    }

    let bytes = fs::read(wal(left.path())).unwrap();
    let cut = copy_of(left.path());
    fs::write(wal(cut.path()), &bytes[..bytes.len() * 9 / 10]).unwrap();
    assert_eq!(noticed(cut.path()).await, [Notice::WentBack]);

    let changed = copy_of(left.path());
    let mut bytes = bytes;
    let middle = bytes.len() * 3 / 4;
    bytes[middle] ^= 1;
    fs::write(wal(changed.path()), bytes).unwrap();
    assert_eq!(noticed(changed.path()).await, [Notice::ChangesDamaged]);
    // It is said until somebody knows.
    assert_eq!(noticed(changed.path()).await, [Notice::ChangesDamaged]);
    let store = Store::open(changed.path()).await.unwrap();
    let found = store.verify().await.unwrap();
    let damages = found.iter().filter(|finding| finding.is_damage());
    assert_eq!(damages.count(), 1, "{found:?}");
    store.dismiss_notices();
    store.close().await;
    assert_eq!(noticed(changed.path()).await, []);
}

#[tokio::test]
async fn a_change_while_the_program_was_closed_is_noticed_with_its_table() {
    let store = filled().await;
    let whole = closed(&store).await;
    assert_eq!(noticed(whole.path()).await, []);
    let mut connection = raw(whole.path()).await;
    sqlx::query("UPDATE facilitators SET name = 'Eve'")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("UPDATE codelabs SET updated_at_ms = 9")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    let notices = noticed(whole.path()).await;
    let [Notice::ChangedOutside { tables, .. }] = notices.as_slice() else {
        panic!("{notices:?}");
    };
    assert!(tables.iter().any(|table| table == "codelabs"), "{tables:?}");
}

#[tokio::test]
async fn a_repair_projects_the_log_again_and_keeps_what_was() {
    let store = filled().await;
    let whole = closed(&store).await;
    let mut connection = raw(whole.path()).await;
    sqlx::raw_sql(
        "DELETE FROM completed_steps; UPDATE seats SET name = 'Eve';
         DROP TRIGGER events_never_change;
         UPDATE events SET payload = replace(payload, 'message 7 ', 'message x ')
         WHERE workshop_id = 2;",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    let before = fs::read(database(whole.path())).unwrap();

    let repaired = repair(whole.path()).await.unwrap();
    let kept = fs::read(repaired.kept.join("open-codelabs.db")).unwrap();
    assert!(kept == before, "the database as it was is kept");
    assert_eq!(repaired.lost.len(), 1, "{:?}", repaired.lost);

    let store = Store::open(whole.path()).await.unwrap();
    assert_eq!(
        readable(&store).await,
        (1, 3),
        "the changed one stays set aside"
    );
    let found = store.verify().await.unwrap();
    let kinds: Vec<FindingKind> = found.iter().map(|finding| finding.kind).collect();
    assert_eq!(
        kinds,
        [FindingKind::Notice, FindingKind::Workshop],
        "{found:?}"
    );
    let request = PageRequest {
        limit: 50,
        cursor: None,
    };
    let search = LibraryQuery {
        search: Some("codelab".to_owned()),
        ..LibraryQuery::default()
    };
    let listed = store.codelabs(request, &search).await.unwrap();
    assert_eq!(listed.items.len(), 3, "the index is made again");

    // Somebody has looked, and takes it as it is.
    let two = domain::WorkshopId::from_bits(2);
    assert!(store.accept_log(two).await.unwrap());
    assert!(!store.accept_log(two).await.unwrap());
    assert_eq!(readable(&store).await, (2, 3));
    let events = store.events_after(two, Seq::default(), 500).await.unwrap();
    assert_eq!(events.len(), 155);
    store.close().await;
}

#[tokio::test]
async fn a_database_is_copied_before_it_is_migrated_and_three_copies_are_kept() {
    let store = filled().await;
    let whole = closed(&store).await;
    let copies = whole.path().join("copies");
    assert!(!copies.exists(), "nothing is copied without a migration");
    fs::create_dir(&copies).unwrap();
    for old in [
        "20250101-000000-a.db",
        "20250102-000000-b.db",
        "20250103-000000-c.db",
    ] {
        fs::write(copies.join(old), "").unwrap();
    }
    // As the release before the chain left it.
    let mut connection = raw(whole.path()).await;
    sqlx::raw_sql(
        "DELETE FROM _sqlx_migrations WHERE version >= 22;
         DROP INDEX revision_steps_by_content;
         DROP INDEX revisions_by_guide;
         DROP INDEX revision_files_by_file;
         DROP INDEX shown_images_by_shown;
         DROP TABLE uploaded_pictures;
         DROP TRIGGER events_never_change;
         ALTER TABLE events DROP COLUMN chain_sha256;
         DELETE FROM settings WHERE key = 'events_chained';
         CREATE TRIGGER events_never_change BEFORE UPDATE ON events
         BEGIN SELECT RAISE(ABORT, 'events never change'); END;",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    sqlx::Connection::close(connection).await.unwrap();

    // No copy, no migration.
    let hidden = whole.path().join("hidden");
    fs::rename(&copies, &hidden).unwrap();
    fs::write(&copies, "in the way").unwrap();
    let error = Store::open(whole.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::NotCopied { .. }), "{error}");
    fs::remove_file(&copies).unwrap();
    fs::rename(&hidden, &copies).unwrap();
    let mut connection = raw(whole.path()).await;
    let newest = "SELECT MAX(version) FROM _sqlx_migrations";
    assert!(crate::support::number(&mut connection, newest).await < 22);
    sqlx::Connection::close(connection).await.unwrap();

    let store = Store::open(whole.path()).await.unwrap();
    assert_eq!(readable(&store).await, (2, 3));
    store.close().await;
    let mut names: Vec<String> = fs::read_dir(&copies)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names[2].ends_with("-before-update-from-format-20.db"),
        "{names:?}"
    );

    // The copy is a database of the older format, whole.
    let restored = TempDir::new().unwrap();
    fs::copy(copies.join(&names[2]), database(restored.path())).unwrap();
    let store = Store::open(restored.path()).await.unwrap();
    assert_eq!(readable(&store).await, (2, 3));
    store.close().await;
}

/// A server runs these on its own threads.
#[test]
fn opening_and_repairing_may_move_between_threads() {
    fn moves(_: impl Send) {}
    moves(async {
        let dir = std::path::PathBuf::new();
        drop(repair(&dir).await);
        drop(Store::open(&dir).await);
    });
}
