//! Facilitators, invitations and settings.

use domain::FacilitatorId;

use crate::support::{TestStore, at, name, secret};

const fn id(bits: u64) -> FacilitatorId {
    FacilitatorId::from_bits(bits)
}

#[tokio::test]
async fn the_owner_stays_the_same() {
    let store = TestStore::new().await;
    let owner = store.owner(id(1), "Facilitator", at(5)).await.unwrap();
    assert_eq!((owner.id, owner.name.as_str()), (id(1), "Facilitator"));
    store
        .rename_facilitator(owner.id, &name("Grace"))
        .await
        .unwrap();

    let store = store.reopened().await;
    let again = store.owner(id(2), "Somebody", at(9)).await.unwrap();
    assert_eq!((again.id, again.name.as_str()), (id(1), "Grace"));
    assert_eq!(again.created_at, at(5));
}

#[tokio::test]
async fn a_facilitator_may_have_several_browsers() {
    let store = TestStore::new().await;
    let token = |text| store.facilitator_of_token(secret(text));
    store
        .add_facilitator(id(3), &name("Linus"), secret("a"), at(1))
        .await
        .unwrap();
    store
        .add_facilitator_token(id(3), secret("b"), at(2))
        .await
        .unwrap();
    assert_eq!(token("a").await.unwrap().unwrap().id, id(3));
    assert_eq!(token("b").await.unwrap().unwrap().name, name("Linus"));
    assert_eq!(token("c").await.unwrap(), None);
    assert!(
        store
            .add_facilitator_token(id(4), secret("d"), at(2))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn an_invitation_works_once_and_in_time() {
    let store = TestStore::new().await;
    let owner = store.owner(id(1), "Grace", at(0)).await.unwrap();
    store
        .add_invitation(secret("link"), owner.id, at(0), at(100))
        .await
        .unwrap();
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
    let store = TestStore::new().await;
    let owner = store.owner(id(1), "Grace", at(0)).await.unwrap();
    store
        .add_invitation(secret("link"), owner.id, at(0), at(100))
        .await
        .unwrap();
    let ada = name("Ada");
    let redeem =
        |new, token| store.redeem_invitation(secret("link"), id(new), &ada, secret(token), at(1));
    let (first, second) = tokio::join!(redeem(2, "t2"), redeem(3, "t3"));
    let redeemed = [first.unwrap(), second.unwrap()];
    assert_eq!(redeemed.iter().flatten().count(), 1);
}

#[tokio::test]
async fn a_setting_is_what_was_last_kept() {
    let store = TestStore::new().await;
    assert_eq!(store.setting("key").await.unwrap(), None);
    store.set_setting("key", "1").await.unwrap();
    store.set_setting("key", "2").await.unwrap();
    let store = store.reopened().await;
    assert_eq!(store.setting("key").await.unwrap().as_deref(), Some("2"));
}
