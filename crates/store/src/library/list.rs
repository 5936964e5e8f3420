//! The library as a list: searched, sorted, by shelf and tag.

use std::{fmt, iter};

use super::{CodelabSummary, Shelf, read::SummaryRow, words};
use crate::{
    Page, PageRequest, Store, StoreError,
    column::{Row, integer},
    event_log::json,
};

/// What of the library is wanted, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryQuery {
    /// Only what has all these words somewhere: in its title, tags, summary, authors or text.
    pub search: Option<String>,
    /// Only what has this tag.
    pub tag: Option<String>,
    /// Only what stands there.
    pub shelf: Shelf,
    /// What comes first.
    pub sort: LibrarySort,
}

/// What comes first in a list of codelabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LibrarySort {
    /// What fits the search best; without a search as [`LibrarySort::Changed`].
    #[default]
    Relevance,
    /// What changed last.
    Changed,
    /// By title.
    Title,
    /// What a workshop was held with last.
    Used,
}

/// A codelab in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryItem {
    /// The codelab.
    pub codelab: CodelabSummary,
    /// Where the search found it, if in its steps.
    pub found: Option<Found>,
}

/// A place in a codelab's guide or steps that was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The step's place, counted from 1; 0 is the guide.
    pub position: u32,
    /// The step's title; empty for the guide.
    pub title: String,
    /// The line, or the part of it around what was found.
    pub excerpt: String,
}

/// A tag and how many codelabs have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// As its authors write it.
    pub tag: String,
    /// How many codelabs have it.
    pub codelabs: u32,
}

/// Characters of an excerpt, and those of it in front of what was found.
const EXCERPT_CHARS: usize = 160;
const EXCERPT_BEFORE_CHARS: usize = 40;

impl Store {
    /// One page of the library.
    ///
    /// # Errors
    /// [`StoreError::BadCursor`], or when the database cannot be read.
    pub async fn codelabs(
        &self,
        page: PageRequest,
        query: &LibraryQuery,
    ) -> Result<Page<LibraryItem>, StoreError> {
        match self.codelabs_but(&page, query, "[]").await {
            // One that cannot be read must not take the others with it.
            Err(error) if error.is_damage() => {
                let damaged = self.damaged_codelabs().await?;
                let ids = damaged.iter().map(|id| integer(id.to_bits()));
                let ids = json(&ids.collect::<Vec<_>>())?;
                self.codelabs_but(&page, query, &ids).await
            }
            listed => listed,
        }
    }

    /// The same without some codelabs: a JSON list of their ids.
    async fn codelabs_but(
        &self,
        page: &PageRequest,
        query: &LibraryQuery,
        but: &str,
    ) -> Result<Page<LibraryItem>, StoreError> {
        let size = page.size();
        let after = page.cursor.as_deref().map(Cursor::read).transpose()?;
        let after = after.unwrap_or_default();
        let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
        let search = query.search.as_deref().unwrap_or("").trim();
        let (needle, question) = (words::fold(search), words::question(search));
        let sort = query.sort.as_str(search.is_empty());
        let on = query.shelf.as_str();
        let rows = sqlx::query_as!(
            ListRow,
            // Asked once, whole: joined row by row the index would rank anew for every codelab.
            r#"WITH hit AS MATERIALIZED (
                   SELECT rowid AS codelab, bm25(codelab_search, 10.0, 6.0, 3.0, 1.0) AS rank
                   FROM codelab_search WHERE codelab_search MATCH ?2
               )
               SELECT id AS "id!: i64", title AS "title!: String", summary, authors, language,
                      tags AS "tags!: String", minutes AS "minutes!: i64", steps AS "steps!: i64",
                      revision AS "revision!: i64",
                      COALESCE((SELECT shown_sha256 FROM shown_images
                                WHERE original_sha256 = cover_sha256), cover_sha256)
                          AS "cover_sha256: Vec<u8>",
                      created_at_ms AS "created_at_ms!: i64",
                      updated_at_ms AS "updated_at_ms!: i64", used_at_ms AS "used_at_ms: i64",
                      shelf AS "shelf!: String", sort_key AS "sort_key!: String"
               FROM (
                   SELECT codelab.*, CASE ?1
                       WHEN 'title' THEN title_key
                       WHEN 'used' THEN
                           printf('%016x', 9007199254740991 - COALESCE(used_at_ms, 0))
                       WHEN 'relevance' THEN
                           printf('%020.9f', 1000000.0 + COALESCE(hit.rank, 0.0))
                       ELSE printf('%016x', 9007199254740991 - updated_at_ms)
                   END AS sort_key
                   FROM codelab_summaries AS codelab
                   LEFT JOIN hit ON hit.codelab = codelab.id
                   WHERE shelf = ?3
                     AND (?4 = '' OR hit.codelab IS NOT NULL OR instr(title_key, ?4) > 0)
                     AND (?5 IS NULL OR EXISTS (
                         SELECT 1 FROM json_each(iif(json_valid(codelab.tags), codelab.tags, '[]'))
                         WHERE value = ?5
                     ))
               )
               WHERE (sort_key, -id) > (?6, ?7)
                 AND id NOT IN (SELECT value FROM json_each(?9))
               ORDER BY sort_key, -id LIMIT ?8"#,
            sort,
            question,
            on,
            needle,
            query.tag,
            after.key,
            after.tie,
            limit,
            but
        )
        .fetch_all(self.readers())
        .await?;
        let cursors: Vec<Cursor> = rows.iter().map(ListRow::cursor).collect();
        let next = (rows.len() > size)
            .then(|| cursors.get(size - 1).map(ToString::to_string))
            .flatten();
        let first_word = needle.split_whitespace().next().unwrap_or_default();
        let mut items = Vec::with_capacity(size);
        for row in rows.into_iter().take(size) {
            let in_title = words::fold(&row.title).contains(first_word);
            let (id, revision) = (row.id, row.revision);
            let found = if first_word.is_empty() || in_title {
                None
            } else {
                self.find_in_steps(id, revision, first_word).await?
            };
            let codelab = SummaryRow::from(row).try_into()?;
            items.push(LibraryItem { codelab, found });
        }
        Ok(Page { items, next })
    }

    /// The tags of what stands on a shelf, those of most codelabs first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tags(&self, on: Shelf) -> Result<Vec<Tag>, StoreError> {
        let on = on.as_str();
        let rows = sqlx::query!(
            r#"SELECT tag.value || '' AS "tag!: String",
                      COUNT(DISTINCT codelab.id) AS "codelabs!: i64"
               FROM codelab_summaries AS codelab,
                    json_each(iif(json_valid(codelab.tags), codelab.tags, '[]')) AS tag
               WHERE shelf = ?1 GROUP BY 1 ORDER BY 2 DESC, 1"#,
            on
        )
        .fetch_all(self.readers())
        .await?;
        let tag = |(tag, codelabs): (String, i64)| {
            let codelabs = Row::of("revisions", &tag).count("tags", codelabs)?;
            Ok(Tag { tag, codelabs })
        };
        rows.into_iter()
            .map(|row| tag((row.tag, row.codelabs)))
            .collect()
    }

    /// The first line of a codelab's guide and steps that has this folded word.
    async fn find_in_steps(
        &self,
        codelab: i64,
        revision: i64,
        word: &str,
    ) -> Result<Option<Found>, StoreError> {
        let steps = sqlx::query!(
            r#"SELECT 0 AS "position!: i64", '' AS "title!: String",
                      guide_markdown AS "markdown!: String" FROM revisions
               WHERE codelab_id = ?1 AND number = ?2 AND guide_markdown IS NOT NULL
               UNION ALL
               SELECT position, title, markdown FROM revision_steps
               WHERE codelab_id = ?1 AND revision = ?2 ORDER BY 1"#,
            codelab,
            revision
        )
        .fetch_all(self.readers())
        .await?;
        for step in steps {
            let found = iter::once(step.title.as_str())
                .chain(step.markdown.lines())
                .find_map(|line| excerpt(line, word));
            if let Some(excerpt) = found {
                let position =
                    Row::of("revision_steps", &codelab).count("position", step.position)?;
                let title = step.title;
                return Ok(Some(Found {
                    position,
                    title,
                    excerpt,
                }));
            }
        }
        Ok(None)
    }
}

/// What of a line to show around a folded word; nothing if the word is not in it.
fn excerpt(line: &str, word: &str) -> Option<String> {
    let folded = words::fold(line);
    let at = folded.get(..folded.find(word)?)?.chars().count();
    let skipped = at.saturating_sub(EXCERPT_BEFORE_CHARS);
    let shown: String = line.chars().skip(skipped).take(EXCERPT_CHARS).collect();
    let (before, after) = (skipped > 0, skipped + EXCERPT_CHARS < line.chars().count());
    let shown = if before {
        shown.trim()
    } else {
        shown.trim_matches(|c: char| c.is_whitespace() || "#>-*|`".contains(c))
    };
    let ellipsis = |is: bool| if is { "…" } else { "" };
    Some(format!("{}{shown}{}", ellipsis(before), ellipsis(after)))
}

impl LibrarySort {
    const fn as_str(self, searches_nothing: bool) -> &'static str {
        match self {
            Self::Relevance if searches_nothing => "changed",
            Self::Relevance => "relevance",
            Self::Changed => "changed",
            Self::Title => "title",
            Self::Used => "used",
        }
    }
}

struct ListRow {
    id: i64,
    title: String,
    summary: Option<String>,
    authors: Option<String>,
    language: Option<String>,
    tags: String,
    minutes: i64,
    steps: i64,
    revision: i64,
    cover_sha256: Option<Vec<u8>>,
    created_at_ms: i64,
    updated_at_ms: i64,
    used_at_ms: Option<i64>,
    shelf: String,
    sort_key: String,
}

impl ListRow {
    fn cursor(&self) -> Cursor {
        Cursor {
            key: self.sort_key.clone(),
            tie: -self.id,
        }
    }
}

impl From<ListRow> for SummaryRow {
    fn from(row: ListRow) -> Self {
        Self {
            id: row.id,
            title: row.title,
            summary: row.summary,
            authors: row.authors,
            language: row.language,
            tags: row.tags,
            minutes: row.minutes,
            steps: row.steps,
            revision: row.revision,
            cover_sha256: row.cover_sha256,
            created_at_ms: row.created_at_ms,
            updated_at_ms: row.updated_at_ms,
            used_at_ms: row.used_at_ms,
            shelf: row.shelf,
        }
    }
}

/// The place of an item in the order that was asked for.
#[derive(Debug)]
struct Cursor {
    key: String,
    /// Orders what has the same key: the higher id first.
    tie: i64,
}

impl Default for Cursor {
    /// In front of everything: keys are texts, and ids are not negative.
    fn default() -> Self {
        Self {
            key: String::new(),
            tie: i64::MIN,
        }
    }
}

impl Cursor {
    fn read(cursor: &str) -> Result<Self, StoreError> {
        let bytes = hex::decode(cursor).map_err(|_| StoreError::BadCursor)?;
        let (tie, key) = bytes.split_first_chunk().ok_or(StoreError::BadCursor)?;
        let key = std::str::from_utf8(key).map_err(|_| StoreError::BadCursor)?;
        Ok(Self {
            key: key.to_owned(),
            tie: i64::from_be_bytes(*tie),
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            hex::encode(self.tie.to_be_bytes()),
            hex::encode(&self.key)
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_excerpt_shows_what_was_found() {
        assert_eq!(excerpt("## Début", "debut"), None, "accents count here");
        assert_eq!(excerpt("- **Début**", "début").as_deref(), Some("Début"));
        let long = format!("{} needle {}", "a".repeat(100), "b".repeat(200));
        let shown = excerpt(&long, "needle").expect("it is there");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("needle"));
    }

    proptest! {
        #[test]
        fn a_cursor_leads_back_to_its_place(key in ".{0,20}", tie: i64) {
            let written = Cursor { key: key.clone(), tie }.to_string();
            let read = Cursor::read(&written).expect("it is a cursor");
            prop_assert_eq!((read.key, read.tie), (key, tie));
        }

        #[test]
        fn no_cursor_or_line_makes_it_panic(cursor in ".{0,40}", line in ".{0,300}", word in ".{1,3}") {
            let _read = Cursor::read(&cursor).is_ok();
            let _shown = excerpt(&line, &words::fold(&word));
        }
    }
}
