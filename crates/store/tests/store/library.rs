//! Codelabs, their revisions, rendered steps and files.

use domain::{CodelabId, StepId};
use store::{
    LibraryQuery, LibrarySort, NewCodelab, NewFileRef, NewStep, PageRequest, Shelf, ShownImage,
    StoreError, content_hash,
};

use crate::support::{TestStore, at, number};

const fn id(bits: u64) -> CodelabId {
    CodelabId::from_bits(bits)
}

pub(crate) fn codelab(bits: u64, title: &str, now_ms: i64) -> NewCodelab {
    let step = |number: u64, minutes, html: &str| NewStep {
        id: StepId::from_bits(bits * 10 + number),
        title: format!("Step {number}"),
        minutes,
        markdown: "text".to_owned(),
        html: html.to_owned(),
        polls: Vec::new(),
        quizzes: Vec::new(),
    };
    NewCodelab {
        id: id(bits),
        authored_id: Some("git".to_owned()),
        title: title.to_owned(),
        summary: Some("About it".to_owned()),
        authors: None,
        language: Some("fr".to_owned()),
        feedback_link: None,
        categories: vec!["Tools".to_owned()],
        tags: vec!["Débutant".to_owned(), "vcs".to_owned()],
        source: "# source".to_owned(),
        guide: None,
        required: Vec::new(),
        steps: vec![
            step(1, Some(5), "<p>one</p>"),
            step(2, None, "<p>shared</p>"),
            step(3, Some(7), "<p>shared</p>"),
        ],
        files: Vec::new(),
        cover: None,
        now: at(now_ms),
    }
}

fn page(limit: u32, cursor: Option<String>) -> PageRequest {
    PageRequest { limit, cursor }
}

async fn titles(store: &TestStore, search: Option<&str>) -> Vec<String> {
    let search = search.map(ToOwned::to_owned);
    listed(
        store,
        LibraryQuery {
            search,
            ..LibraryQuery::default()
        },
    )
    .await
}

async fn listed(store: &TestStore, query: LibraryQuery) -> Vec<String> {
    let found = store.codelabs(page(50, None), &query).await.unwrap();
    let titles = found.items.into_iter().map(|item| item.codelab.title);
    titles.collect()
}

fn all() -> LibraryQuery {
    LibraryQuery::default()
}

#[tokio::test]
async fn a_codelab_is_kept_whole() {
    let store = TestStore::new().await;
    let picture = store
        .add_file(b"picture", "image/png", Some((4, 3)), at(1))
        .await
        .unwrap();
    let mut new = codelab(1, "Git", 10);
    let file = NewFileRef {
        reference: "img/a.png".to_owned(),
        sha256: picture,
    };
    new.files = vec![file.clone()];
    new.cover = Some(picture);
    store.add_codelab(new).await.unwrap();

    let store = store.reopened().await;
    let found = store.codelab(id(1)).await.unwrap().unwrap();
    assert_eq!(found.summary.title, "Git");
    assert_eq!(found.summary.tags, ["Débutant", "vcs"]);
    assert_eq!(
        (
            found.summary.minutes,
            found.summary.steps,
            found.summary.revision
        ),
        (12, 3, 1)
    );
    assert_eq!(found.summary.cover, Some(picture));
    assert_eq!(
        (found.summary.created_at, found.summary.updated_at),
        (at(10), at(10))
    );
    assert_eq!(found.authored_id.as_deref(), Some("git"));
    assert_eq!(found.categories, ["Tools"]);
    assert_eq!(found.files, [file]);
    let positions: Vec<u32> = found.steps.iter().map(|step| step.position).collect();
    assert_eq!(positions, [1, 2, 3]);
    assert_eq!(found.steps[0].content, content_hash("<p>one</p>"));
    assert_eq!(found.steps[1].minutes, None);
    let listed = store.codelabs(page(9, None), &all()).await.unwrap();
    assert_eq!(listed.items[0].codelab, found.summary);

    // A card shows what rooms see of the picture.
    let smaller = store.add_file(b"smaller", "image/webp", None, at(2));
    let smaller = smaller.await.unwrap();
    let shown = ShownImage {
        sha256: smaller,
        dimensions: None,
    };
    store.keep_shown_image(picture, shown).await.unwrap();
    let found = store.codelab(id(1)).await.unwrap().unwrap();
    assert_eq!(found.summary.cover, Some(smaller));
    let listed = store.codelabs(page(9, None), &all()).await.unwrap();
    assert_eq!(listed.items[0].codelab, found.summary);
}

#[tokio::test]
async fn a_rendered_step_is_kept_once_and_compressed() {
    let store = TestStore::new().await;
    let html = "<p>again and again</p>".repeat(100);
    let mut new = codelab(1, "Git", 10);
    new.steps[0].html.clone_from(&html);
    store.add_codelab(new).await.unwrap();
    let content = store.content(content_hash(&html)).await.unwrap().unwrap();
    assert!(content.html_gzip.len() < 100);
    assert_eq!(content.html().unwrap(), html);
    assert_eq!(store.content(content_hash("other")).await.unwrap(), None);
    let mut raw = store.raw().await;
    assert_eq!(number(&mut raw, "SELECT COUNT(*) FROM contents").await, 2);
}

#[tokio::test]
async fn nothing_is_half_added() {
    let store = TestStore::new().await;
    let mut new = codelab(1, "Git", 10);
    new.files = vec![NewFileRef {
        reference: "a.png".to_owned(),
        sha256: [9; 32],
    }];
    let added = store.add_codelab(new).await;
    assert!(
        matches!(added, Err(StoreError::Database(_))),
        "the file was not added"
    );
    let mut raw = store.raw().await;
    for table in ["codelabs", "revisions", "revision_steps", "contents"] {
        let rows = number(&mut raw, &format!("SELECT COUNT(*) FROM {table}")).await;
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn a_workshop_takes_the_newest_revision() {
    let store = TestStore::new().await;
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    store.add_codelab(codelab(2, "Rust", 20)).await.unwrap();
    let mut new = codelab(1, "Git again", 30);
    new.steps.remove(1);
    assert_eq!(store.add_revision(new).await.unwrap(), Some(2));
    assert_eq!(
        store.add_revision(codelab(3, "None", 30)).await.unwrap(),
        None
    );

    let agenda = store.agenda(&[id(2), id(7), id(1)]).await.unwrap();
    let found: Vec<_> = agenda
        .iter()
        .map(|c| (c.codelab, c.revision, &*c.title, c.steps.len()))
        .collect();
    assert_eq!(found, [(id(2), 1, "Rust", 3), (id(1), 2, "Git again", 2)]);
    assert_eq!(agenda[1].steps[1].step, StepId::from_bits(13));
    assert_eq!(agenda[1].steps[1].minutes, Some(7));
    assert_eq!(titles(&store, None).await, ["Git again", "Rust"]);
    let summary = store.codelab(id(1)).await.unwrap().unwrap().summary;
    assert_eq!((summary.created_at, summary.updated_at), (at(10), at(30)));
}

#[tokio::test]
async fn the_library_pages_and_searches() {
    let store = TestStore::new().await;
    for (bits, title) in [
        (1, "Été en Python"),
        (2, "Git"),
        (3, "100% Rust"),
        (4, "한국어"),
    ] {
        store.add_codelab(codelab(bits, title, 10)).await.unwrap();
    }
    let first = store.codelabs(page(3, None), &all()).await.unwrap();
    let second = store.codelabs(page(3, first.next), &all()).await.unwrap();
    let ids: Vec<u64> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|c| c.codelab.id.to_bits())
        .collect();
    assert_eq!(ids, [4, 3, 2, 1]);
    assert_eq!(second.next, None);

    assert_eq!(titles(&store, Some("ÉTÉ")).await, ["Été en Python"]);
    assert_eq!(titles(&store, Some("국")).await, ["한국어"]);
    assert_eq!(titles(&store, Some("%")).await, ["100% Rust"]);
    assert_eq!(titles(&store, Some("DÉBUT")).await.len(), 4, "a tag");
    assert_eq!(titles(&store, Some(" ")).await.len(), 4);
    assert_eq!(titles(&store, Some("cobol")).await.len(), 0);
}

#[tokio::test]
async fn the_whole_text_is_searched_and_the_place_shown() {
    let store = TestStore::new().await;
    let texts = [
        (1, "Git", "Commit often.\n\n- Use `git rebase` with care."),
        (2, "깃", "저장소를 만들고 변경을 기록한다."),
        (3, "Git 入門", "リポジトリを作成します。"),
        (4, "Rust", "Rebase is not a word of Rust."),
    ];
    for (bits, title, markdown) in texts {
        let mut new = codelab(bits, title, 10);
        new.steps[1].markdown = markdown.to_owned();
        store.add_codelab(new).await.unwrap();
    }
    let found = |search: &'static str| titles(&store, Some(search));
    assert_eq!(found("rebase git").await, ["Git"], "both words");
    assert_eq!(found("저장").await, ["깃"], "the beginning of a word");
    assert_eq!(found("장소").await, ["깃"], "the middle of a word");
    assert_eq!(found("ジトリ").await, ["Git 入門"]);
    assert_eq!(found("作").await, ["Git 入門"], "one letter");
    assert_eq!(found("門").await, ["Git 入門"], "the last letter");
    assert_eq!(found("REBAS").await.len(), 2);
    assert_eq!(found("git").await.len(), 2, "titles before texts");
    assert_eq!(found("\" OR 1 NEAR(").await.len(), 0);

    let query = LibraryQuery {
        search: Some("rebase".to_owned()),
        ..all()
    };
    let found = store.codelabs(page(9, None), &query).await.unwrap().items;
    let git = found
        .iter()
        .find(|item| item.codelab.title == "Git")
        .unwrap();
    let place = git.found.as_ref().unwrap();
    assert_eq!((place.position, place.title.as_str()), (2, "Step 2"));
    assert_eq!(place.excerpt, "Use `git rebase` with care.");

    // A new revision's words replace the old ones.
    store.add_revision(codelab(1, "Git", 20)).await.unwrap();
    assert_eq!(titles(&store, Some("rebase")).await, ["Rust"]);
}

#[tokio::test]
async fn what_no_release_indexed_is_indexed_at_the_next_start() {
    let store = TestStore::new().await;
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    let mut raw = store.raw().await;
    for statement in [
        "DELETE FROM codelab_search WHERE rowid = 1",
        "UPDATE codelabs SET indexed_revision = 0, title_key = ''",
    ] {
        sqlx::query(statement).execute(&mut raw).await.unwrap();
    }
    drop(raw);
    assert_eq!(titles(&store, Some("git")).await.len(), 0);
    let store = store.reopened().await;
    assert_eq!(titles(&store, Some("git")).await, ["Git"]);
}

#[tokio::test]
async fn the_library_has_shelves_orders_and_tags() {
    let store = TestStore::new().await;
    for (bits, title, tag) in [(1, "b", "x"), (2, "A", "y"), (3, "é", "x"), (4, "가", "x")] {
        let mut new = codelab(bits, title, i64::try_from(bits).unwrap());
        new.tags = vec![tag.to_owned()];
        store.add_codelab(new).await.unwrap();
    }
    let sorted = |sort| LibraryQuery { sort, ..all() };
    assert_eq!(
        listed(&store, sorted(LibrarySort::Title)).await,
        ["A", "b", "é", "가"]
    );
    assert_eq!(
        listed(&store, sorted(LibrarySort::Changed)).await,
        ["가", "é", "A", "b"]
    );
    assert_eq!(
        listed(&store, sorted(LibrarySort::Relevance)).await,
        ["가", "é", "A", "b"]
    );

    // Page by page is the same as all at once, in every order.
    for sort in [LibrarySort::Title, LibrarySort::Changed, LibrarySort::Used] {
        let (mut one_by_one, mut cursor) = (Vec::new(), None);
        loop {
            let found = store
                .codelabs(page(1, cursor), &sorted(sort))
                .await
                .unwrap();
            one_by_one.extend(found.items.into_iter().map(|item| item.codelab.title));
            cursor = found.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(one_by_one, listed(&store, sorted(sort)).await, "{sort:?}");
    }

    let tagged = LibraryQuery {
        tag: Some("y".to_owned()),
        ..all()
    };
    assert_eq!(listed(&store, tagged).await, ["A"]);
    let tags = store.tags(Shelf::Active).await.unwrap();
    let tags: Vec<_> = tags.iter().map(|t| (t.tag.as_str(), t.codelabs)).collect();
    assert_eq!(tags, [("x", 3), ("y", 1)]);

    let on = |shelf| LibraryQuery { shelf, ..all() };
    assert!(store.archive_codelab(id(2), true, at(20)).await.unwrap());
    assert!(!store.archive_codelab(id(2), true, at(20)).await.unwrap());
    store.remove_codelab(id(1), at(20)).await.unwrap();
    assert!(!store.archive_codelab(id(1), true, at(20)).await.unwrap());
    assert_eq!(listed(&store, on(Shelf::Active)).await, ["가", "é"]);
    assert_eq!(listed(&store, on(Shelf::Archived)).await, ["A"]);
    assert_eq!(listed(&store, on(Shelf::Removed)).await, ["b"]);
    assert_eq!(
        store.agenda(&[id(2)]).await.unwrap().len(),
        1,
        "it can still be taught"
    );
    assert!(store.archive_codelab(id(2), false, at(20)).await.unwrap());
    assert_eq!(listed(&store, on(Shelf::Active)).await.len(), 3);
}

#[tokio::test]
async fn what_was_removed_can_be_restored() {
    let store = TestStore::new().await;
    store.add_codelab(codelab(1, "Git", 10)).await.unwrap();
    assert_eq!(store.codelab_by_authored_id("git").await.unwrap(), [id(1)]);
    assert!(store.remove_codelab(id(1), at(20)).await.unwrap());
    assert!(!store.remove_codelab(id(1), at(20)).await.unwrap());
    assert_eq!(store.codelab(id(1)).await.unwrap(), None);
    assert_eq!(store.agenda(&[id(1)]).await.unwrap(), []);
    assert_eq!(titles(&store, None).await.len(), 0);
    assert_eq!(store.codelab_by_authored_id("git").await.unwrap(), []);
    assert!(
        store
            .content(content_hash("<p>one</p>"))
            .await
            .unwrap()
            .is_some(),
        "workshops keep what they work through"
    );

    assert!(store.restore_codelab(id(1), at(30)).await.unwrap());
    assert!(!store.restore_codelab(id(1), at(30)).await.unwrap());
    assert_eq!(titles(&store, None).await, ["Git"]);
    assert!(!store.restore_codelab(id(2), at(30)).await.unwrap());

    // It comes back to where it was.
    let archived = || LibraryQuery {
        shelf: Shelf::Archived,
        ..all()
    };
    assert!(store.archive_codelab(id(1), true, at(40)).await.unwrap());
    assert!(store.remove_codelab(id(1), at(50)).await.unwrap());
    assert_eq!(listed(&store, archived()).await.len(), 0);
    assert!(store.restore_codelab(id(1), at(60)).await.unwrap());
    assert_eq!(listed(&store, archived()).await.len(), 1);
    assert_eq!(listed(&store, all()).await.len(), 0);
}

#[tokio::test]
async fn a_file_is_kept_under_its_hash() {
    let store = TestStore::new().await;
    let first = store
        .add_file(b"bytes", "image/png", None, at(1))
        .await
        .unwrap();
    let again = store
        .add_file(b"bytes", "image/png", None, at(2))
        .await
        .unwrap();
    assert_eq!(first, again);
    let found = store.file(first).await.unwrap().unwrap();
    assert_eq!(std::fs::read(&found.path).unwrap(), b"bytes");
    assert_eq!(
        (found.media_type.as_str(), found.size_bytes),
        ("image/png", 5)
    );
    assert_eq!(store.file([0; 32]).await.unwrap(), None);

    // A file that was cut short by something else is put right.
    std::fs::write(&found.path, b"by").unwrap();
    store
        .add_file(b"bytes", "image/png", None, at(3))
        .await
        .unwrap();
    assert_eq!(std::fs::read(&found.path).unwrap(), b"bytes");
}

#[tokio::test]
async fn the_same_file_twice_at_once_is_one_file() {
    let store = TestStore::new().await;
    let bytes = vec![7; 100_000];
    let add = || store.add_file(&bytes, "image/png", None, at(1));
    let (a, b, c) = tokio::join!(add(), add(), add());
    assert_eq!(a.unwrap(), b.unwrap());
    let found = store.file(c.unwrap()).await.unwrap().unwrap();
    assert_eq!(std::fs::read(found.path).unwrap(), bytes);
    let files = store.dir().join("files");
    let left = std::fs::read_dir(files)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_type().unwrap().is_file());
    assert_eq!(left.count(), 0, "no temporary file is left");
}
