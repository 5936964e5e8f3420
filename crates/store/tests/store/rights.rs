//! What goes when somebody's rights do, and what a second browser is given.

use std::time::Duration;

use domain::{CodelabId, FacilitatorId, InvitationId, MaterialId, SeatId, WorkshopId};
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, migrate::Migrator,
    sqlite::SqliteConnectOptions,
};
use store::{
    Draft, FacilitatorCode, NewInvitation, NewUpload, Received, Removal, Resumable, Store,
    StoreError, TokenSeat,
};

use crate::{
    library::codelab,
    support::{Room, TestStore, at, database, name, number, secret},
};

const OWNER: FacilitatorId = FacilitatorId::from_bits(1);
const LINUS: FacilitatorId = FacilitatorId::from_bits(2);

/// A room with a facilitator in seat 1 and an attendee in seat 2.
async fn begun() -> (TestStore, Room) {
    let store = TestStore::new().await;
    store.owner(OWNER, "Grace", at(0)).await.unwrap();
    let linus = name("Linus");
    let added = store.add_facilitator(LINUS, &linus, secret("laptop"), at(1));
    added.await.unwrap();
    let mut room = store.started(1).await;
    let entries = [room.join_as_facilitator(2), room.join("Ada")];
    store.append(room.id, &entries).await.unwrap();
    (store, room)
}

fn code(room: &Room, text: &str, expires_at: i64) -> FacilitatorCode {
    FacilitatorCode {
        code: secret(text),
        workshop: room.id,
        created_at: at(1),
        expires_at: at(expires_at),
    }
}

async fn opens(store: &TestStore, code: &str, token: &str) -> Option<Resumable> {
    let redeemed = store.redeem_resume_code(secret(code), secret(token), at(5));
    redeemed.await.unwrap()
}

async fn is_facilitator(store: &TestStore, token: &str) -> bool {
    let found = store.facilitator_of_token(secret(token)).await;
    found.unwrap().is_some()
}

#[tokio::test]
async fn an_attendees_seat_has_one_resume_code_and_many_tokens() {
    let (store, room) = begun().await;
    let ada = SeatId::new(2);
    let own = TokenSeat {
        workshop: room.id,
        seat: ada,
        vouched_by: None,
    };
    let (joined, old) = (
        format!("token {} 2", room.id),
        format!("code {} 2", room.id),
    );
    let seat = Some(Resumable::Seat(room.id, ada));
    assert_eq!(opens(&store, &old, "phone").await, seat);
    assert_eq!(opens(&store, &old, "tablet").await, seat, "more than once");
    let replaced = store.replace_resume_code(room.id, ada, secret("new"), at(1));
    replaced.await.unwrap();
    assert_eq!(opens(&store, &old, "late").await, None);
    assert_eq!(store.resumable(secret("new"), at(1)).await.unwrap(), seat);

    let again = (secret("again"), secret("newer"));
    let added = store.add_seat_credentials(room.id, ada, again, at(2));
    added.await.unwrap();
    assert_eq!(opens(&store, "new", "late").await, None);
    for token in [joined.as_str(), "phone", "tablet", "again"] {
        let found = store.seat_of_token(secret(token)).await.unwrap();
        assert_eq!(found, Some(own), "{token}");
    }
    assert_eq!(store.seat_of_token(secret("late")).await.unwrap(), None);
    let nobody = (secret("x"), secret("y"));
    let refused = store.add_seat_credentials(room.id, ada.next(), nobody, at(1));
    assert!(matches!(refused.await, Err(StoreError::Database(_))));
}

#[tokio::test]
async fn a_facilitators_seat_has_neither_token_nor_resume_code() {
    let (store, room) = begun().await;
    let his = SeatId::new(1);
    let credentials = (secret("token"), secret("code"));
    let added = store.add_seat_credentials(room.id, his, credentials, at(1));
    assert!(matches!(added.await, Err(StoreError::Database(_))));
    let replaced = store.replace_resume_code(room.id, his, secret("code"), at(1));
    assert!(matches!(replaced.await, Err(StoreError::Database(_))));
    assert_eq!(opens(&store, "code", "phone").await, None);
    assert_eq!(store.seat_of_token(secret("token")).await.unwrap(), None);
}

#[tokio::test]
async fn a_facilitators_code_works_once_in_time_until_another_replaces_it() {
    let (store, room) = begun().await;
    let make = |text: &'static str, expires| {
        store.replace_facilitator_code(LINUS, code(&room, text, expires))
    };
    make("first", 100).await.unwrap();
    make("second", 100).await.unwrap();
    assert_eq!(opens(&store, "first", "phone").await, None, "replaced");
    let (one, other) = tokio::join!(
        opens(&store, "second", "phone"),
        opens(&store, "second", "tablet")
    );
    let entered = [one.is_some(), other.is_some()];
    assert!(
        entered.contains(&true) && entered.contains(&false),
        "one wins"
    );
    let tokens = [
        is_facilitator(&store, "phone").await,
        is_facilitator(&store, "tablet").await,
    ];
    assert_eq!(tokens, entered);
    assert!(is_facilitator(&store, "laptop").await);
    make("third", 5).await.unwrap();
    assert_eq!(opens(&store, "third", "late").await, None, "expired");
}

/// Everything that a facilitator can have, and may have given, goes with them.
#[tokio::test]
async fn nothing_is_left_of_a_removed_facilitators_rights() {
    let (store, room) = begun().await;
    let (ada, theirs) = (SeatId::new(2), store.on_behalf_of(LINUS));
    let own = code(&room, "his", 100);
    store.replace_facilitator_code(LINUS, own).await.unwrap();
    assert!(opens(&store, "his", "phone").await.is_some());
    let unused = code(&room, "unused", 100);
    store.replace_facilitator_code(LINUS, unused).await.unwrap();
    let made = theirs.replace_resume_code(room.id, ada, secret("hers"), at(1));
    made.await.unwrap();
    assert!(opens(&store, "hers", "as ada").await.is_some());
    let vouched = store.seat_of_token(secret("as ada")).await.unwrap();
    assert_eq!(vouched.unwrap().vouched_by, Some(LINUS));
    let invitation = invitation(LINUS);
    theirs.add_invitation(invitation.clone()).await.unwrap();

    let removed = store.remove_facilitator(LINUS, at(4)).await.unwrap();
    assert_eq!(removed, Removal::Removed);
    let store = store.reopened().await;
    for token in ["laptop", "phone"] {
        assert!(!is_facilitator(&store, token).await, "{token}");
    }
    for code in ["unused", "hers"] {
        assert_eq!(opens(&store, code, "late").await, None, "{code}");
    }
    assert_eq!(store.seat_of_token(secret("as ada")).await.unwrap(), None);
    let joined = secret(&format!("token {} 2", room.id));
    assert!(store.seat_of_token(joined).await.unwrap().is_some());
    let nina = name("Nina");
    let entered = store.redeem_invitation(
        invitation.secret,
        FacilitatorId::from_bits(3),
        &nina,
        secret("nina"),
        at(5),
    );
    assert_eq!(entered.await.unwrap(), None);
    let again = store.replace_facilitator_code(LINUS, code(&room, "late", 100));
    assert!(matches!(again.await, Err(StoreError::NotAFacilitator)));
    let again = store.add_facilitator_token(LINUS, secret("late"), at(5));
    assert!(matches!(again.await, Err(StoreError::NotAFacilitator)));
    assert_eq!(store.removed_facilitators().await.unwrap(), [LINUS]);
}

fn invitation(by: FacilitatorId) -> NewInvitation {
    NewInvitation {
        id: InvitationId::from_bits(7),
        secret: secret("link"),
        name: None,
        by,
        created_at: at(1),
        expires_at: at(100),
    }
}

/// Whatever was let in before the removal and would write after it.
#[tokio::test]
async fn nothing_is_written_on_behalf_of_somebody_who_was_removed() {
    let (store, room) = begun().await;
    let theirs = store.on_behalf_of(LINUS);
    let git = CodelabId::from_bits(1);
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    store.remove_facilitator(LINUS, at(4)).await.unwrap();
    let mut raw = store.raw().await;
    let before = number(
        &mut raw,
        "SELECT SUM(total) FROM (
        SELECT COUNT(*) AS total FROM codelabs UNION ALL SELECT COUNT(*) FROM drafts
        UNION ALL SELECT COUNT(*) FROM materials UNION ALL SELECT COUNT(*) FROM files
        UNION ALL SELECT COUNT(*) FROM invitations UNION ALL SELECT COUNT(*) FROM uploads)",
    )
    .await;

    let draft = Draft {
        base: 1,
        source: "late".to_owned(),
        saved_at: at(5),
    };
    let (ada, code) = (SeatId::new(2), secret("late"));
    let link = store::NewLink {
        id: MaterialId::from_bits(5),
        codelab: git,
        title: "Late".to_owned(),
        url: "http://late.example".to_owned(),
        now: at(5),
    };
    let refused: [(&str, Option<StoreError>); 15] = [
        ("draft", theirs.keep_draft(git, LINUS, &draft).await.err()),
        ("discard", theirs.discard_draft(git, LINUS).await.err()),
        (
            "begin",
            theirs
                .begin_codelab(codelab(2, "Late", 5), LINUS)
                .await
                .err(),
        ),
        ("remove", theirs.remove_codelab(git, at(5)).await.err()),
        ("restore", theirs.restore_codelab(git, at(5)).await.err()),
        (
            "archive",
            theirs.archive_codelab(git, true, at(5)).await.err(),
        ),
        (
            "file",
            theirs
                .add_file(b"late", "image/png", None, at(5))
                .await
                .err(),
        ),
        ("link", theirs.add_link(&link).await.err()),
        ("copy", theirs.copy_materials(git, git).await.err()),
        ("upload", theirs.begin_upload(&upload(git)).await.err()),
        (
            "invite",
            theirs.add_invitation(invitation(LINUS)).await.err(),
        ),
        (
            "revoke",
            theirs
                .revoke_invitation(InvitationId::from_bits(7), at(5))
                .await
                .err(),
        ),
        (
            "rename",
            theirs.rename_facilitator(LINUS, &name("Late")).await.err(),
        ),
        (
            "code",
            theirs
                .replace_resume_code(room.id, ada, code, at(5))
                .await
                .err(),
        ),
        (
            "removal",
            theirs.remove_facilitator(OWNER, at(5)).await.err(),
        ),
    ];
    for (what, error) in refused {
        assert!(
            matches!(error, Some(StoreError::NotAFacilitator)),
            "{what}: {error:?}"
        );
    }
    let (_, start) = Room::start(2, "ABCDEF");
    let started = theirs.append(WorkshopId::from_bits(2), &[start]).await;
    assert!(matches!(started, Err(StoreError::NotAFacilitator)));
    let after = number(
        &mut raw,
        "SELECT SUM(total) FROM (
        SELECT COUNT(*) AS total FROM codelabs UNION ALL SELECT COUNT(*) FROM drafts
        UNION ALL SELECT COUNT(*) FROM materials UNION ALL SELECT COUNT(*) FROM files
        UNION ALL SELECT COUNT(*) FROM invitations UNION ALL SELECT COUNT(*) FROM uploads)",
    )
    .await;
    assert_eq!(after, before);
    raw.close().await.unwrap();
}

fn upload(codelab: CodelabId) -> NewUpload {
    NewUpload {
        id: MaterialId::from_bits(6),
        codelab,
        title: "Starter".to_owned(),
        file_name: "starter.zip".to_owned(),
        size_bytes: 9,
        now: at(3),
    }
}

#[tokio::test]
async fn an_upload_ends_with_the_rights_of_who_began_it() {
    let (store, _) = begun().await;
    let (theirs, git) = (store.on_behalf_of(LINUS), CodelabId::from_bits(1));
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    let upload = upload(git);
    assert!(theirs.begin_upload(&upload).await.unwrap());
    let piece = theirs.receive(git, upload.id, 0, b"begun".to_vec()).await;
    assert_eq!(piece.unwrap(), Received::Piece(5));

    store.remove_facilitator(LINUS, at(4)).await.unwrap();
    // A piece that was on its way, the last one even.
    let late = theirs.receive(git, upload.id, 5, b"late".to_vec()).await;
    assert!(
        !matches!(late, Ok(Received::Whole | Received::Piece(_))),
        "{late:?}"
    );
    assert_eq!(store.uploads(git).await.unwrap(), []);
    assert_eq!(store.materials(git).await.unwrap(), []);
    let folder = store.dir().join("files/uploads");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}

/// As databases were before: with credentials for facilitators' seats.
#[tokio::test]
async fn what_older_databases_gave_for_facilitators_seats_is_worthless() {
    let dir = tempfile::TempDir::new().unwrap();
    let all = Migrator::new(std::path::Path::new("../../migrations")).await;
    let all = all.unwrap();
    let older = all.iter().filter(|one| one.version < 20).cloned();
    let before = Migrator {
        migrations: older.collect(),
        ..Migrator::DEFAULT
    };
    let mut raw = SqliteConnectOptions::new()
        .filename(database(dir.path()))
        .create_if_missing(true)
        .busy_timeout(Duration::from_secs(5))
        .connect()
        .await
        .unwrap();
    before.run(&mut raw).await.unwrap();
    raw.execute(
        "INSERT INTO workshops (id, title, join_code, code_required, started_at_ms, last_seq)
         VALUES (1, 'Git', 'K7M3PQ', 1, 0, 1);
         INSERT INTO seats (workshop_id, id, facilitator_id, name, ordinal, joined_at_ms)
         VALUES (1, 1, 2, 'Linus', 1, 0), (1, 2, NULL, 'Ada', 1, 0);",
    )
    .await
    .unwrap();
    for (seat, who) in [(1, "linus"), (2, "ada")] {
        sqlx::query("INSERT INTO seat_tokens VALUES (?1, 1, ?2, 0)")
            .bind(hash(&format!("token of {who}")))
            .bind(seat)
            .execute(&mut raw)
            .await
            .unwrap();
        sqlx::query("INSERT INTO resume_codes VALUES (1, ?2, ?1, 0)")
            .bind(hash(&format!("code of {who}")))
            .bind(seat)
            .execute(&mut raw)
            .await
            .unwrap();
    }
    raw.close().await.unwrap();

    let store = Store::open(dir.path()).await.unwrap();
    let seat = async |token: &str| store.seat_of_token(secret(token)).await.unwrap();
    let opens = async |code: &str| store.resumable(secret(code), at(1)).await.unwrap();
    assert_eq!(seat("token of linus").await, None);
    assert_eq!(opens("code of linus").await, None);
    assert!(seat("token of ada").await.is_some());
    assert!(opens("code of ada").await.is_some());
    store.close().await;
}

/// What the tables hold of a secret.
fn hash(text: &str) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(text.as_bytes()).to_vec()
}
