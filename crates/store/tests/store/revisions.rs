//! Drafts, save points, and the files a text may refer to.

use domain::{CodelabId, FacilitatorId, StepId};
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, migrate::Migrator,
    sqlite::SqliteConnectOptions,
};
use store::{
    Draft, NewCodelab, NewFileRef, NewInvitation, NewStep, PageRequest, Save, Saved, Store,
    StoreError,
};

use crate::support::{TestStore, at, database, name, secret};

const CODELAB: CodelabId = CodelabId::from_bits(1);
const GRACE: FacilitatorId = FacilitatorId::from_bits(1);
const ADA: FacilitatorId = FacilitatorId::from_bits(2);

/// A revision with one step for each id.
fn text(source: &str, steps: &[u64]) -> NewCodelab {
    let step = |bits: &u64| NewStep {
        id: StepId::from_bits(*bits),
        title: format!("Step {bits}"),
        minutes: Some(5),
        markdown: format!("{source} {bits}"),
        html: format!("<p>{source} {bits}</p>"),
        polls: Vec::new(),
        quizzes: Vec::new(),
    };
    NewCodelab {
        id: CODELAB,
        authored_id: None,
        title: format!("Title of {source}"),
        summary: None,
        authors: None,
        language: None,
        feedback_link: None,
        categories: Vec::new(),
        tags: Vec::new(),
        source: source.to_owned(),
        guide: None,
        required: Vec::new(),
        steps: steps.iter().map(step).collect(),
        files: Vec::new(),
        cover: None,
        now: at(20),
    }
}

/// A codelab that was imported, and two facilitators.
async fn shelf() -> TestStore {
    let store = TestStore::new().await;
    store.owner(GRACE, "Grace", at(0)).await.unwrap();
    let invitation = NewInvitation {
        id: domain::InvitationId::from_bits(1),
        secret: secret("link"),
        name: None,
        by: GRACE,
        created_at: at(1),
        expires_at: at(100),
    };
    store.add_invitation(invitation).await.unwrap();
    let ada = name("Ada");
    let redeemed = store.redeem_invitation(secret("link"), ADA, &ada, secret("token"), at(2));
    redeemed.await.unwrap().unwrap();
    store.add_codelab(text("one", &[1, 2])).await.unwrap();
    store
}

fn save(base: u32, by: FacilitatorId) -> Save {
    Save {
        base,
        by,
        note: None,
        restored_from: None,
        ends_draft: true,
    }
}

fn draft(base: u32, source: &str) -> Draft {
    Draft {
        base,
        source: source.to_owned(),
        saved_at: at(30),
    }
}

fn page(limit: u32, cursor: Option<String>) -> PageRequest {
    PageRequest { limit, cursor }
}

#[tokio::test]
async fn a_draft_is_its_authors_alone_and_survives() {
    let store = shelf().await;
    let mine = draft(1, "typed");
    assert!(store.keep_draft(CODELAB, GRACE, &mine).await.unwrap());
    let theirs = draft(1, "typed too");
    assert!(store.keep_draft(CODELAB, ADA, &theirs).await.unwrap());
    let mine = draft(1, "typed on");
    assert!(store.keep_draft(CODELAB, GRACE, &mine).await.unwrap());
    let unknown = CodelabId::from_bits(7);
    assert!(!store.keep_draft(unknown, GRACE, &mine).await.unwrap());

    let store = store.reopened().await;
    let kept = store.draft(CODELAB, GRACE).await.unwrap();
    assert_eq!(kept, Some(mine));
    store.discard_draft(CODELAB, GRACE).await.unwrap();
    store.discard_draft(CODELAB, GRACE).await.unwrap();
    assert_eq!(store.draft(CODELAB, GRACE).await.unwrap(), None);
    assert_eq!(store.draft(CODELAB, ADA).await.unwrap(), Some(theirs));
    // Nothing that others see knows of it.
    let found = store.codelab(CODELAB).await.unwrap().unwrap();
    assert_eq!(
        (found.summary.revision, found.summary.updated_at),
        (1, at(20))
    );
}

#[tokio::test]
async fn a_save_point_takes_the_place_of_the_draft() {
    let store = shelf().await;
    store
        .keep_draft(CODELAB, GRACE, &draft(1, "two"))
        .await
        .unwrap();
    store
        .keep_draft(CODELAB, ADA, &draft(1, "hers"))
        .await
        .unwrap();
    let wish = Save {
        note: Some("Shorter".to_owned()),
        ..save(1, GRACE)
    };
    let saved = store.save_revision(text("two", &[1, 3]), &wish).await;
    assert_eq!(saved.unwrap(), Some(Saved::New(2)));
    assert_eq!(store.draft(CODELAB, GRACE).await.unwrap(), None);
    assert!(store.draft(CODELAB, ADA).await.unwrap().is_some());

    let source = store.codelab_source(CODELAB).await.unwrap().unwrap();
    assert_eq!((source.revision, &*source.source), (2, "two"));
    assert_eq!(source.title, "Title of two");
    let newest = store.revision(CODELAB, 2).await.unwrap().unwrap();
    assert_eq!(newest.summary.saved_by.as_deref(), Some("Grace"));
    assert_eq!(newest.summary.note.as_deref(), Some("Shorter"));
    let first = store.revision(CODELAB, 1).await.unwrap().unwrap();
    assert_eq!((first.summary.saved_by, &*first.source), (None, "one"));
    assert_eq!(store.revision(CODELAB, 3).await.unwrap(), None);
    assert_eq!(store.revision(CODELAB, 0).await.unwrap(), None);
    let unknown = NewCodelab {
        id: CodelabId::from_bits(7),
        ..text("two", &[1])
    };
    assert_eq!(store.save_revision(unknown, &wish).await.unwrap(), None);
}

#[tokio::test]
async fn who_did_not_see_the_newest_revision_is_told_of_it() {
    let store = shelf().await;
    let first = store.save_revision(text("two", &[1]), &save(1, ADA)).await;
    assert_eq!(first.unwrap(), Some(Saved::New(2)));
    let mine = draft(1, "mine");
    store.keep_draft(CODELAB, GRACE, &mine).await.unwrap();
    let late = store
        .save_revision(text("mine", &[1]), &save(1, GRACE))
        .await;
    let conflict = Saved::Conflict {
        newest: 2,
        by: Some("Ada".to_owned()),
    };
    assert_eq!(late.unwrap(), Some(conflict));
    assert_eq!(store.draft(CODELAB, GRACE).await.unwrap(), Some(mine));
    let ahead = store
        .save_revision(text("mine", &[1]), &save(3, GRACE))
        .await;
    assert!(matches!(ahead.unwrap(), Some(Saved::Conflict { .. })));

    // The same text is no conflict, and nothing new.
    let same = store
        .save_revision(text("two", &[1]), &save(1, GRACE))
        .await;
    assert_eq!(same.unwrap(), Some(Saved::Same(2)));
    assert_eq!(store.draft(CODELAB, GRACE).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_save_at_once_one_does() {
    let store = shelf().await;
    let mut base = 1;
    for round in 0..10 {
        let mut savers = tokio::task::JoinSet::new();
        for number in 0..6 {
            let (store, by) = ((*store).clone(), if number % 2 == 0 { ADA } else { GRACE });
            let text = text(&format!("{round} by {number}"), &[1]);
            savers.spawn(async move { store.save_revision(text, &save(base, by)).await });
        }
        let saved = savers.join_all().await;
        let saved: Vec<Saved> = saved.into_iter().map(|s| s.unwrap().unwrap()).collect();
        base += 1;
        let (new, others): (Vec<_>, Vec<_>) = saved
            .into_iter()
            .partition(|saved| matches!(saved, Saved::New(_)));
        assert_eq!(new, [Saved::New(base)]);
        let told =
            |saved: &Saved| matches!(saved, Saved::Conflict { newest, .. } if *newest == base);
        assert!(others.len() == 5 && others.iter().all(told));
    }
}

#[tokio::test]
async fn save_points_are_listed_newest_first() {
    let store = shelf().await;
    for base in 1..5 {
        // The clock was set back in between.
        let new = NewCodelab {
            now: at(100 - i64::from(base)),
            ..text(&base.to_string(), &[1, 2])
        };
        let wish = Save {
            restored_from: (base == 4).then_some(2),
            ..save(base, ADA)
        };
        store.save_revision(new, &wish).await.unwrap();
    }
    let first = store.revisions(CODELAB, page(3, None)).await.unwrap();
    let rest = store.revisions(CODELAB, page(3, first.next)).await.unwrap();
    assert_eq!(rest.next, None);
    let all: Vec<_> = first.items.iter().chain(&rest.items).collect();
    let numbers: Vec<_> = all.iter().map(|found| found.number).collect();
    assert_eq!(numbers, [5, 4, 3, 2, 1]);
    assert_eq!((all[0].steps, all[0].minutes), (2, 10));
    assert_eq!(
        (all[0].restored_from, all[1].restored_from),
        (Some(2), None)
    );
    let unknown = CodelabId::from_bits(7);
    let none = store.revisions(unknown, page(3, None)).await.unwrap();
    assert_eq!(none.items, []);
    let newest = store.newest_revisions(&[unknown, CODELAB]).await.unwrap();
    assert_eq!(newest, [(CODELAB, 5)]);
}

#[tokio::test]
async fn steps_that_went_are_remembered_as_they_were_last() {
    let store = shelf().await;
    let save = |source, steps: &[u64], base| {
        let (new, wish) = (text(source, steps), save(base, ADA));
        let store = &store;
        async move { store.save_revision(new, &wish).await.unwrap() }
    };
    save("two", &[1, 2, 3], 1).await;
    save("three", &[1, 3], 2).await;
    save("four", &[3], 3).await;
    let gone = store.gone_steps(CODELAB, 4).await.unwrap();
    let gone: Vec<_> = gone
        .iter()
        .map(|step| (step.id.to_bits(), step.markdown.as_str()))
        .collect();
    assert_eq!(gone, [(1, "three 1"), (2, "two 2")]);
    let texts = store.step_texts(CODELAB, 2).await.unwrap();
    let ids: Vec<_> = texts.iter().map(|step| step.id.to_bits()).collect();
    assert_eq!(ids, [1, 2, 3]);
}

#[tokio::test]
async fn a_codelab_keeps_every_file_it_had() {
    let store = shelf().await;
    let add = |bytes: &'static [u8]| store.add_file(bytes, "image/png", Some((2, 1)), at(1));
    let (one, two) = (add(b"one").await.unwrap(), add(b"two").await.unwrap());
    let attach = |sha256, stem| store.add_codelab_file(CODELAB, sha256, ("img", stem, "png"));
    let reference = |name: &str| Some(name.to_owned());
    assert_eq!(attach(one, "cat").await.unwrap(), reference("img/cat.png"));
    assert_eq!(attach(one, "cat").await.unwrap(), reference("img/cat.png"));
    assert_eq!(
        attach(two, "Cat").await.unwrap(),
        reference("img/Cat-2.png")
    );
    let unknown = CodelabId::from_bits(7);
    let nowhere = store.add_codelab_file(unknown, one, ("img", "cat", "png"));
    assert_eq!(nowhere.await.unwrap(), None);

    let mut shows = text("two", &[1]);
    shows.files = vec![NewFileRef {
        reference: "img/cat.png".to_owned(),
        sha256: one,
    }];
    store.save_revision(shows, &save(1, ADA)).await.unwrap();
    // The same text with another picture is not the same.
    let bare = store.save_revision(text("two", &[1]), &save(2, ADA)).await;
    assert_eq!(bare.unwrap(), Some(Saved::New(3)));
    assert_eq!(store.codelab(CODELAB).await.unwrap().unwrap().files, []);
    let files = store.codelab_files(CODELAB).await.unwrap();
    let files: Vec<_> = files
        .iter()
        .map(|file| (file.reference.as_str(), file.sha256, file.dimensions))
        .collect();
    let expected = [
        ("img/Cat-2.png", two, Some((2, 1))),
        ("img/cat.png", one, Some((2, 1))),
    ];
    assert_eq!(files, expected);
}

#[tokio::test]
async fn nothing_is_half_saved() {
    let store = shelf().await;
    store
        .keep_draft(CODELAB, ADA, &draft(1, "two"))
        .await
        .unwrap();
    let mut broken = text("two", &[1]);
    broken.files = vec![NewFileRef {
        reference: "img/a.png".to_owned(),
        sha256: [9; 32],
    }];
    let saved = store.save_revision(broken, &save(1, ADA)).await;
    assert!(matches!(saved, Err(StoreError::Database(_))));
    let source = store.codelab_source(CODELAB).await.unwrap().unwrap();
    assert_eq!((source.revision, &*source.source), (1, "one"));
    assert!(store.draft(CODELAB, ADA).await.unwrap().is_some());
}

/// Files of earlier releases know only what each revision shows.
#[tokio::test]
async fn old_codelabs_find_their_files_again() {
    let dir = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new().filename(database(dir.path()));
    let mut connection = options.create_if_missing(true).connect().await.unwrap();
    let all = Migrator::new(std::path::Path::new("../../migrations"))
        .await
        .unwrap();
    let before = all
        .iter()
        .filter(|migration| migration.version < 8)
        .cloned();
    let before = Migrator {
        migrations: before.collect(),
        ..Migrator::DEFAULT
    };
    before.run(&mut connection).await.unwrap();
    connection
        .execute(
            "INSERT INTO files VALUES (zeroblob(32), 'image/png', 1, 4, 3, 0);
             INSERT INTO files VALUES (unhex(printf('01%062d', 0)), 'image/png', 1, NULL, NULL, 0);
             INSERT INTO contents VALUES (zeroblob(32), zeroblob(1));
             INSERT INTO codelabs VALUES (1, NULL, 2, 'old', 5, 6, NULL);
             INSERT INTO revisions VALUES
                 (1, 1, 'Old', NULL, NULL, NULL, NULL, '[]', '[]', 'one', NULL, 5),
                 (1, 2, 'Old', NULL, NULL, NULL, NULL, '[]', '[]', 'two', NULL, 6);
             INSERT INTO revision_steps VALUES (1, 1, 1, 11, 'S', NULL, 'm', zeroblob(32));
             INSERT INTO revision_steps VALUES (1, 2, 1, 11, 'S', NULL, 'm', zeroblob(32));
             INSERT INTO revision_files VALUES (1, 1, 'a.png', zeroblob(32));
             INSERT INTO revision_files VALUES (1, 1, 'b.png', zeroblob(32));
             INSERT INTO revision_files VALUES (1, 2, 'a.png', unhex(printf('01%062d', 0)));",
        )
        .await
        .unwrap();
    connection.close().await.unwrap();

    let store = Store::open(dir.path()).await.unwrap();
    let files = store.codelab_files(CODELAB).await.unwrap();
    let files: Vec<_> = files
        .iter()
        .map(|file| (file.reference.as_str(), file.sha256[0], file.dimensions))
        .collect();
    assert_eq!(files, [("a.png", 1, None), ("b.png", 0, Some((4, 3)))]);
    let listed = store.revisions(CODELAB, page(9, None)).await.unwrap().items;
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|found| found.saved_by.is_none()));
}
