//! How people become facilitators by invitation, and how they cease to be.

use domain::{FacilitatorId, InvitationId};
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, migrate::Migrator,
    sqlite::SqliteConnectOptions,
};
use store::{InvitationStatus, NewInvitation, Removal, Store};

use crate::support::{TestStore, at, database, name, secret};

const fn id(bits: u64) -> FacilitatorId {
    FacilitatorId::from_bits(bits)
}

/// An invitation of the owner, valid from 0 to 100.
fn invitation(number: u64, link: &str, whom: Option<&str>) -> NewInvitation {
    NewInvitation {
        id: InvitationId::from_bits(number),
        secret: secret(link),
        name: whom.map(name),
        by: id(1),
        created_at: at(i64::try_from(number).unwrap()),
        expires_at: at(100),
    }
}

async fn with_owner() -> TestStore {
    let store = TestStore::new().await;
    store.owner(id(1), "Grace", at(0)).await.unwrap();
    store
}

#[tokio::test]
async fn an_invitation_works_once_and_in_time() {
    let store = with_owner().await;
    let link = invitation(7, "link", None);
    store.add_invitation(link).await.unwrap();
    let ada = name("Ada");
    let redeem = |link, new, token, now| {
        store.redeem_invitation(secret(link), id(new), &ada, secret(token), at(now))
    };
    assert_eq!(redeem("guess", 2, "t2", 5).await.unwrap(), None);
    assert_eq!(redeem("link", 2, "t2", 100).await.unwrap(), None, "expired");
    let found = redeem("link", 2, "t2", 99).await.unwrap().unwrap();
    assert_eq!((found.id, &found.name), (id(2), &ada));
    assert_eq!(redeem("link", 3, "t3", 99).await.unwrap(), None, "used");

    let known = store.facilitator_of_token(secret("t2")).await.unwrap();
    assert_eq!(known, Some(found));
    assert_eq!(
        store.facilitator_of_token(secret("t3")).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn two_browsers_with_one_link_make_one_facilitator() {
    let store = with_owner().await;
    let link = invitation(7, "link", None);
    store.add_invitation(link).await.unwrap();
    let ada = name("Ada");
    let redeem =
        |new, token| store.redeem_invitation(secret("link"), id(new), &ada, secret(token), at(1));
    let (first, second) = tokio::join!(redeem(2, "t2"), redeem(3, "t3"));
    let redeemed = [first.unwrap(), second.unwrap()];
    assert_eq!(redeemed.iter().flatten().count(), 1);
}

#[tokio::test]
async fn an_invitation_knows_whom_it_is_for_while_it_can_be_used() {
    let store = with_owner().await;
    let link = invitation(7, "link", Some("Linus"));
    store.add_invitation(link).await.unwrap();
    let name_at = |now| store.invited_name(secret("link"), at(now));
    assert_eq!(name_at(99).await.unwrap().as_deref(), Some("Linus"));
    assert_eq!(name_at(100).await.unwrap(), None, "expired");
    store
        .revoke_invitation(InvitationId::from_bits(7), at(5))
        .await
        .unwrap();
    assert_eq!(name_at(99).await.unwrap(), None, "taken back");
}

#[tokio::test]
async fn what_was_taken_back_lets_nobody_in() {
    let store = with_owner().await;
    let link = invitation(7, "link", Some("Linus"));
    store.add_invitation(link).await.unwrap();
    let revoke = |number, now| store.revoke_invitation(InvitationId::from_bits(number), at(now));
    assert!(!revoke(8, 5).await.unwrap(), "there is none");
    assert!(revoke(7, 5).await.unwrap());
    assert!(revoke(7, 9).await.unwrap(), "twice is once");
    let ada = name("Ada");
    let redeemed = store.redeem_invitation(secret("link"), id(2), &ada, secret("t"), at(6));
    assert_eq!(redeemed.await.unwrap(), None);
    let listed = store.invitations(at(10)).await.unwrap();
    assert_eq!(listed[0].status, InvitationStatus::Revoked { at: at(5) });
}

#[tokio::test]
async fn what_was_used_cannot_be_taken_back() {
    let store = with_owner().await;
    let link = invitation(7, "link", Some("Linus"));
    store.add_invitation(link).await.unwrap();
    let ada = name("Ada");
    let redeemed = store.redeem_invitation(secret("link"), id(2), &ada, secret("t"), at(6));
    redeemed.await.unwrap().unwrap();
    let revoked = store.revoke_invitation(InvitationId::from_bits(7), at(8));
    assert!(!revoked.await.unwrap());
    let listed = store.invitations(at(200)).await.unwrap();
    let by = "Ada".to_owned();
    assert_eq!(
        listed[0].status,
        InvitationStatus::Redeemed { by, at: at(6) }
    );
}

#[tokio::test]
async fn the_list_is_newest_first_and_tells_what_became_of_each() {
    let store = with_owner().await;
    for (number, link, whom) in [(1, "a", None), (2, "b", Some("Linus")), (3, "c", None)] {
        let link = invitation(number, link, whom);
        store.add_invitation(link).await.unwrap();
    }
    let listed = store.invitations(at(50)).await.unwrap();
    let ids: Vec<u64> = listed.iter().map(|one| one.id.to_bits()).collect();
    assert_eq!(ids, [3, 2, 1]);
    assert_eq!(listed[1].name.as_deref(), Some("Linus"));
    assert!(listed.iter().all(|one| one.invited_by == "Grace"));
    assert!(
        listed
            .iter()
            .all(|one| one.status == InvitationStatus::Open)
    );
    let later = store.invitations(at(100)).await.unwrap();
    assert!(
        later
            .iter()
            .all(|one| one.status == InvitationStatus::Expired)
    );
}

#[tokio::test]
async fn a_facilitator_who_is_removed_has_no_token_and_no_open_invitation() {
    let store = with_owner().await;
    let link = invitation(7, "link", None);
    store.add_invitation(link).await.unwrap();
    let ada = name("Ada");
    let redeemed = store.redeem_invitation(secret("link"), id(2), &ada, secret("t"), at(6));
    redeemed.await.unwrap().unwrap();
    store
        .add_facilitator_token(id(2), secret("phone"), at(7))
        .await
        .unwrap();
    let hers = NewInvitation {
        by: id(2),
        ..invitation(8, "hers", None)
    };
    store.add_invitation(hers).await.unwrap();

    let listed = store.facilitators().await.unwrap();
    let names: Vec<&str> = listed.iter().map(|one| one.person.name.as_str()).collect();
    assert_eq!(names, ["Grace", "Ada"]);
    assert_eq!(listed[1].invited_by.as_deref(), Some("Grace"));
    assert!(listed[0].is_owner && !listed[1].is_owner);

    let remove = |bits| store.remove_facilitator(id(bits), at(9));
    assert_eq!(remove(2).await.unwrap(), Removal::Removed);
    for token in ["t", "phone"] {
        let known = store.facilitator_of_token(secret(token)).await.unwrap();
        assert_eq!(known, None, "{token}");
    }
    let redeemed = store.redeem_invitation(secret("hers"), id(3), &ada, secret("t3"), at(10));
    assert_eq!(
        redeemed.await.unwrap(),
        None,
        "her invitation went with her"
    );
    assert_eq!(store.facilitators().await.unwrap().len(), 1);
    assert_eq!(remove(2).await.unwrap(), Removal::Unknown);
}

#[tokio::test]
async fn the_owner_stays() {
    let store = with_owner().await;
    store
        .add_facilitator_token(id(1), secret("window"), at(1))
        .await
        .unwrap();
    let removed = store.remove_facilitator(id(1), at(9)).await.unwrap();
    assert_eq!(removed, Removal::IsOwner);
    let known = store.facilitator_of_token(secret("window")).await.unwrap();
    assert_eq!(known.map(|one| one.id), Some(id(1)));
}

/// Files of the first release have invitations without a name.
#[tokio::test]
async fn old_invitations_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new().filename(database(dir.path()));
    let mut connection = options.create_if_missing(true).connect().await.unwrap();
    let all = Migrator::new(std::path::Path::new("../../migrations"))
        .await
        .unwrap();
    let before = all
        .iter()
        .filter(|migration| migration.version < 7)
        .cloned();
    let before = Migrator {
        migrations: before.collect(),
        ..Migrator::DEFAULT
    };
    before.run(&mut connection).await.unwrap();
    connection
        .execute(
            "INSERT INTO facilitators VALUES (1, 'Grace', 1, 0);
             INSERT INTO invitations VALUES (zeroblob(32), 1, 5, 100, NULL, NULL);",
        )
        .await
        .unwrap();
    connection.close().await.unwrap();

    let store = Store::open(dir.path()).await.unwrap();
    let [old] = &store.invitations(at(6)).await.unwrap()[..] else {
        unreachable!("one invitation")
    };
    assert_eq!((old.name.as_deref(), &*old.invited_by), (None, "Grace"));
    assert_eq!(old.status, InvitationStatus::Open);
    assert!(store.revoke_invitation(old.id, at(7)).await.unwrap());
}
