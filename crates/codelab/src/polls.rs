//! Polls that an author prepared for a step: a fence with the language `poll`.
//!
//! ````markdown
//! ```poll
//! Which step was the hardest?
//! - Installing
//! - The first commit
//! ```
//! ````
//!
//! The lines before the answers are the question. `- option` makes a choice of one, `- [ ] option`
//! a choice of several, `scale: 1-5` a scale whose ends `low:` and `high:` name; without any of
//! them people answer in their own words, or with `{type=words}` behind `poll` in words that are
//! counted. The type can always be said: `single`, `multiple`, `scale`, `text`, `words`.
//!
//! The questions of a survey form of the `claat` dialect are polls as well. A poll that cannot be
//! asked stays in the step as the code block that it is.

use std::sync::Arc;

use domain::{
    PollLabel, PollQuestion, TextError,
    workshop::{PollForm, PollKind},
};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::{
    DiagnosticCode,
    lines::Lines,
    markdown,
    markup::{self, Piece, escape, unescape},
    mistake::Mistake,
    prepare::prepare,
    render::Info,
};

/// Numbers of a scale whose author gives none.
const USUAL_SCALE: u8 = 5;

/// A poll in a step's text.
#[derive(Debug)]
pub(crate) enum Found {
    /// Written as a fence.
    Fence(Result<PollForm, Mistake>),
    /// A question of a survey that can be asked.
    Survey(PollForm),
}

/// Every poll of a step's Markdown, in order.
pub(crate) fn collect(step: &str) -> Vec<Found> {
    let text = prepare(step);
    let mut found = Vec::new();
    let (mut fence, mut html) = (None, String::new());
    for (event, _) in markdown::events(&text) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => fence = Some((kind, String::new())),
            Event::Text(words) => {
                if let Some((_, lines)) = &mut fence {
                    lines.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let read = fence.take().and_then(|(kind, lines)| read(&kind, &lines));
                found.extend(read.map(Found::Fence));
            }
            Event::Start(Tag::HtmlBlock) => html.clear(),
            Event::Html(line) => html.push_str(&line),
            Event::End(TagEnd::HtmlBlock) => {
                found.extend(surveyed(&html).into_iter().map(Found::Survey));
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    found
}

/// The lines of a text, from 1, on which a poll's fence stands.
pub(crate) fn fence_lines(source: &str) -> Vec<u32> {
    let lines = Lines::new(source);
    let fences = markdown::parser(source)
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if is_poll(&Info::read(info)))
        });
    fences.map(|(_, range)| lines.number(range.start)).collect()
}

/// What stands in the step for a poll: its question. It is answered where the facilitator asks it.
pub(crate) fn placeholder(kind: &CodeBlockKind<'_>, text: &str) -> Option<String> {
    let form = read(kind, text)?.ok()?;
    let question = escape(form.question.as_str()).replace('\n', "<br>");
    Some(format!(
        "<div class=\"poll\"><p class=\"question\">{question}</p></div>"
    ))
}

/// The poll of a fence, if it is one that can be asked.
pub(crate) fn read_fence(kind: &CodeBlockKind<'_>, text: &str) -> Option<PollForm> {
    read(kind, text)?.ok()
}

fn is_poll(info: &Info) -> bool {
    info.language == "poll"
}

/// The poll of a code block; nothing if the block is another.
fn read(kind: &CodeBlockKind<'_>, text: &str) -> Option<Result<PollForm, Mistake>> {
    let CodeBlockKind::Fenced(line) = kind else {
        return None;
    };
    let info = Info::read(line);
    is_poll(&info).then(|| form(info.poll_type.as_deref(), text))
}

/// The lines of a poll, told apart.
#[derive(Default)]
struct Draft<'a> {
    text: &'a str,
    question: Vec<&'a str>,
    /// With the line of each.
    options: Vec<(&'a str, u32)>,
    /// An option has a box.
    boxes: bool,
    scale: Option<(&'a str, u32)>,
    low: Option<(&'a str, u32)>,
    high: Option<(&'a str, u32)>,
}

impl<'a> Draft<'a> {
    fn read(text: &'a str) -> Result<Self, Mistake> {
        let mut draft = Self {
            text,
            ..Self::default()
        };
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if let Some(option) = ["- ", "* ", "+ "].iter().find_map(|m| line.strip_prefix(m)) {
                draft.option(option.trim(), number);
            } else if draft.question.is_empty() {
                draft.question.push(line);
            } else if !draft.take_key(line, number) {
                if draft.has_answers() {
                    return Err(draft.stray(number));
                }
                draft.question.push(line);
            }
        }
        Ok(draft)
    }

    fn option(&mut self, option: &'a str, number: u32) {
        let unboxed = ["[ ]", "[x]", "[X]"]
            .iter()
            .find_map(|mark| option.strip_prefix(mark));
        self.boxes |= unboxed.is_some();
        self.options
            .push((unboxed.unwrap_or(option).trim(), number));
    }

    /// Takes `scale:`, `low:` and `high:`, the first of each.
    fn take_key(&mut self, line: &'a str, number: u32) -> bool {
        let Some((key, value)) = line.split_once(':') else {
            return false;
        };
        let slot = match key.trim().to_ascii_lowercase().as_str() {
            "scale" => &mut self.scale,
            "low" => &mut self.low,
            "high" => &mut self.high,
            _ => return false,
        };
        if slot.is_some() {
            return false;
        }
        *slot = Some((value.trim(), number));
        true
    }

    fn has_answers(&self) -> bool {
        !self.options.is_empty() || self.first_key().is_some()
    }

    fn first_key(&self) -> Option<(&'a str, u32)> {
        self.scale.or(self.low).or(self.high)
    }

    fn kind(&self, wish: Option<&str>) -> Result<PollKind, Mistake> {
        let kind = match wish {
            Some(wish) => wish.to_lowercase(),
            None if self.boxes => "multiple".to_owned(),
            None if !self.options.is_empty() => "single".to_owned(),
            None if self.scale.is_some() => "scale".to_owned(),
            None => "text".to_owned(),
        };
        let kind = match kind.as_str() {
            "single" => PollKind::Single(self.labels()?),
            "multiple" => PollKind::Multiple(self.labels()?),
            "scale" => PollKind::Scale {
                max: self.scale.map_or(Ok(USUAL_SCALE), scale)?,
                low: self.low.map(label).transpose()?,
                high: self.high.map(label).transpose()?,
            },
            "text" => PollKind::Text,
            "words" => PollKind::Words,
            _ => return Err(Mistake::new(DiagnosticCode::PollType, &kind, 0)),
        };
        let is_choice = matches!(kind, PollKind::Single(_) | PollKind::Multiple(_));
        let is_scale = matches!(kind, PollKind::Scale { .. });
        let first_option = self.options.first().copied();
        let stray = first_option
            .filter(|_| !is_choice)
            .or(self.first_key().filter(|_| !is_scale));
        match stray {
            Some((_, number)) => Err(self.stray(number)),
            None => Ok(kind),
        }
    }

    fn stray(&self, number: u32) -> Mistake {
        let line = self.text.lines().zip(1..).find(|(_, n)| *n == number);
        let line = line.map_or("", |(line, _)| line.trim());
        Mistake::new(DiagnosticCode::PollStrayLine, line, number)
    }

    fn labels(&self) -> Result<Arc<[PollLabel]>, Mistake> {
        self.options.iter().copied().map(label).collect()
    }
}

fn form(wish: Option<&str>, text: &str) -> Result<PollForm, Mistake> {
    let draft = Draft::read(text)?;
    let written = draft.question.join("\n");
    let question = PollQuestion::parse(&written).map_err(|error| match error {
        TextError::Empty => Mistake::new(DiagnosticCode::PollWithoutQuestion, "", 0),
        TextError::TooLong { .. } => Mistake::new(
            DiagnosticCode::PollTextTooLong,
            draft.question.first().copied().unwrap_or_default(),
            1,
        ),
    })?;
    let kind = draft.kind(wish)?;
    let form = PollForm { question, kind };
    if form.is_valid() {
        return Ok(form);
    }
    // The numbers of a scale were checked before; what is left is the options.
    let line = draft.options.first().map_or(0, |(_, line)| *line);
    Err(Mistake::new(DiagnosticCode::PollOptions, "", line))
}

fn label((text, line): (&str, u32)) -> Result<PollLabel, Mistake> {
    PollLabel::parse(text).map_err(|error| {
        let code = match error {
            TextError::Empty => DiagnosticCode::PollOptions,
            TextError::TooLong { .. } => DiagnosticCode::PollTextTooLong,
        };
        Mistake::new(code, text, line)
    })
}

/// The largest number of a scale: `5`, `1-5`, `1–5`, `1..5` or `1 to 5`.
fn scale((value, line): (&str, u32)) -> Result<u8, Mistake> {
    let mut numbers = value
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<u8>().ok());
    let max = match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(max), None, None) | (Some(Some(1)), Some(max), None) => max,
        _ => None,
    };
    max.filter(|max| PollForm::SCALE.contains(max))
        .ok_or_else(|| Mistake::new(DiagnosticCode::PollScale, value, line))
}

/// The questions of a survey, as `prepare` has written it, that can be asked.
fn surveyed(html: &str) -> Vec<PollForm> {
    let mut questions: Vec<(String, Vec<String>)> = Vec::new();
    let (mut in_survey, mut place) = (false, Place::Between);
    for piece in markup::pieces(html) {
        match piece {
            Piece::Tag(tag) if tag.name == "div" => {
                in_survey = !tag.closing && tag.attribute("class") == Some("survey");
            }
            Piece::Tag(tag) if tag.closing => place = Place::Between,
            Piece::Tag(tag) if tag.name == "p" => {
                place = Place::Question;
                questions.push((String::new(), Vec::new()));
            }
            Piece::Tag(tag) if tag.name == "li" => place = Place::Option,
            Piece::Text(words) if in_survey => {
                let Some((question, options)) = questions.last_mut() else {
                    continue;
                };
                match place {
                    Place::Question => question.push_str(&unescape(words)),
                    Place::Option => options.push(unescape(words)),
                    Place::Between => {}
                }
            }
            Piece::Tag(_) | Piece::Text(_) | Piece::Comment => {}
        }
    }
    let asked = |(question, options): (String, Vec<String>)| {
        let labels: Result<_, _> = options.iter().map(|text| PollLabel::parse(text)).collect();
        Some(PollForm {
            question: PollQuestion::parse(&question).ok()?,
            kind: PollKind::Single(labels.ok()?),
        })
        .filter(PollForm::is_valid)
    };
    questions.into_iter().filter_map(asked).collect()
}

/// Where in a survey one is.
enum Place {
    Between,
    Question,
    Option,
}

#[cfg(test)]
mod tests;
