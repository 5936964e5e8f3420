//! The platform's backup: all of its codelabs in one file, with the files they show beside it.

use serde::Deserialize;
use serde_json::Value;

use super::{
    draft::{Draft, StepText},
    fields::Fields,
    with_steps,
};
use crate::{
    DiagnosticCode, ImportError, ImportReason, Severity, import::manifest::Converted, source,
};

/// The codelabs of a backup, and how much of past workshops it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub(in crate::import) struct Backup {
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
    attendees: Vec<Owned>,
    chat_messages: Vec<Owned>,
    feedback: Vec<Owned>,
    help_requests: Vec<Owned>,
    inline_comment_threads: Vec<Owned>,
    quiz_submissions: Vec<Owned>,
    submissions: Vec<Owned>,
}

/// A row of which only the codelab counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Owned {
    #[serde(default)]
    codelab_id: Value,
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

    /// One of its codelabs as Markdown.
    pub(in crate::import) fn convert(
        &self,
        name: &str,
        index: usize,
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
        let guide = fields.text("guide_markdown");
        let guide = guide.map(|text| {
            let file = "preparation_guide.md".to_owned();
            (file, source::normalise(&text))
        });
        let mut draft = Draft {
            manifest: name,
            fields,
            guide,
            steps,
            quizzes: &quizzes,
            materials: &materials,
            diagnostics: Vec::new(),
        };
        let history = self.history(id);
        if !history.is_empty() {
            draft.remark(Severity::Warning, DiagnosticCode::HistoryNotTaken, &history);
        }
        with_steps(draft)
    }

    /// What it holds of a codelab's past workshops, by the names of its tables.
    fn history(&self, id: &Value) -> String {
        let data = &self.data;
        let tables = [
            ("attendees", &data.attendees),
            ("chat_messages", &data.chat_messages),
            ("feedback", &data.feedback),
            ("help_requests", &data.help_requests),
            ("inline_comment_threads", &data.inline_comment_threads),
            ("quiz_submissions", &data.quiz_submissions),
            ("submissions", &data.submissions),
        ];
        let counts = tables.iter().filter_map(|(table, rows)| {
            let count = rows.iter().filter(|row| row.codelab_id == *id).count();
            (count > 0).then(|| format!("{table}: {count}"))
        });
        counts.collect::<Vec<_>>().join(", ")
    }
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
