//! The platform's backup: all of its codelabs in one file, with the files they show beside it.

mod unclaimed;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    draft::{Draft, StepText},
    fields::Fields,
    materials,
    past::{self, Worked},
    quiz, with_steps,
};
use crate::{
    ImportError, ImportReason,
    import::manifest::{Converted, ConvertedPast},
    source,
};

/// The codelabs of a backup, and how much of past workshops it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub(in crate::import) struct Backup {
    #[serde(default)]
    created_at: Value,
    #[serde(default)]
    data: Data,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
struct Data {
    codelabs: Vec<Value>,
    steps: Vec<Value>,
    quizzes: Vec<Value>,
    materials: Vec<Value>,
    /// The tables about people; of whatever type.
    #[serde(flatten)]
    people: BTreeMap<String, Value>,
}

impl Backup {
    /// Reads `backup.json`.
    pub(in crate::import) fn read(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let text = source::decode(name, bytes)?;
        let backup = serde_json::from_str::<Self>(&text);
        let detail = match backup {
            Ok(backup) if !backup.data.codelabs.is_empty() => return Ok(backup),
            Ok(_) => "it holds no codelab".to_owned(),
            Err(error) => error.to_string(),
        };
        let reason = ImportReason::UnreadableManifest { detail };
        Err(ImportError::new(name, reason))
    }

    /// The titles of its codelabs, in order.
    pub(in crate::import) fn titles(&self) -> impl Iterator<Item = String> {
        let titles = self.data.codelabs.iter();
        titles.map(|codelab| Fields(codelab).text("title").unwrap_or_default())
    }

    /// The first of its codelabs that can be read; it says what is to say of the backup as a whole.
    fn first(&self) -> usize {
        let mut codelabs = self.data.codelabs.iter();
        let has_text = |codelab: &Value| {
            let id = codelab.get("id").unwrap_or(&Value::Null);
            let mut steps = self.data.steps.iter();
            steps.any(|row| row.get("codelab_id") == Some(id))
                || Fields(codelab).text("guide_markdown").is_some()
        };
        codelabs.position(has_text).unwrap_or(0)
    }

    /// One of its codelabs as Markdown, with what it brings besides. `has` knows the files beside
    /// the backup.
    pub(in crate::import) fn convert(
        &self,
        name: &str,
        index: usize,
        has: &dyn Fn(&str) -> bool,
    ) -> Result<Converted, ImportError> {
        let missing = || ImportError::new(name, ImportReason::NotFound);
        let codelab = self.data.codelabs.get(index).ok_or_else(missing)?;
        let id = codelab.get("id").unwrap_or(&Value::Null);
        let of_codelab = |rows: &[Value]| {
            let rows = rows.iter().filter(|row| row.get("codelab_id") == Some(id));
            rows.cloned().collect::<Vec<_>>()
        };
        let quizzes = of_codelab(&self.data.quizzes);
        let materials = of_codelab(&self.data.materials);
        let rows = of_codelab(&self.data.steps);
        let mut steps = rows.iter().map(step).collect::<Vec<_>>();
        steps.sort_by_key(|step| step.number);
        let fields = Fields(codelab);
        let guide = fields.whole_text("guide_markdown");
        let guide = guide.map(|text| {
            let file = "preparation_guide.md".to_owned();
            (file, source::normalise(&text))
        });
        let draft = Draft {
            manifest: name,
            fields,
            guide,
            steps,
            quizzes: &quizzes,
            diagnostics: Vec::new(),
        };
        let asked = quizzes.iter().any(|row| quiz::read(row).is_some());
        let numbers = draft.steps.iter().map(|step| step.number);
        let worked = Worked {
            file: name,
            codelab: fields,
            backup_made: self.created_at.as_str(),
            steps: numbers.collect(),
            named_steps: rows.iter().map(named).collect(),
            quizzes: &quizzes,
            is_korean: draft.is_korean(),
            has,
        };
        let (past, about_people) = past::read(&self.data.people, &worked);
        let steps = worked.steps.len();
        let (taken, about_materials) = materials::read(name, &materials, has);
        let mut converted = with_steps(draft)?;
        if self.first() == index {
            let unclaimed = unclaimed::remark(name, &self.data);
            converted.diagnostics.extend(unclaimed);
        }
        converted.diagnostics.extend(about_materials);
        converted.diagnostics.extend(about_people);
        converted.materials = taken;
        converted.past = past.map(|past| {
            Box::new(ConvertedPast {
                past,
                steps,
                behind: usize::from(asked),
            })
        });
        Ok(converted)
    }
}

/// A step's id and title.
fn named(row: &Value) -> (String, String) {
    let text = |field| Fields(row).text(field).unwrap_or_default();
    (text("id"), text("title"))
}

/// A step; remarks name it as the platform's export would.
fn step(row: &Value) -> StepText {
    let fields = Fields(row);
    let number = fields.number("step_number").unwrap_or(0);
    let text = row.get("content_markdown").and_then(Value::as_str);
    StepText {
        title: fields.text("title").unwrap_or_default(),
        number,
        file: format!("step_{number:02}.md"),
        text: source::normalise(text.unwrap_or_default()),
    }
}
