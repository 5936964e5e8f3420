//! Facilitators and settings.

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
async fn a_setting_is_what_was_last_kept() {
    let store = TestStore::new().await;
    assert_eq!(store.setting("key").await.unwrap(), None);
    store.set_setting("key", "1").await.unwrap();
    store.set_setting("key", "2").await.unwrap();
    let store = store.reopened().await;
    assert_eq!(store.setting("key").await.unwrap().as_deref(), Some("2"));
}
