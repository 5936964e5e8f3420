//! docs/PROTOCOL.md, made from the types of this crate, their docs and the
//! [`crate::examples`].

mod prose;
mod shapes;

use domain::workshop::{Rejection, audience, decide};
use serde::Serialize;
use serde_json::Value;

use self::shapes::{Field, Shapes, Variant, list, target, text};
use crate::{ClientMessage, CloseCode, ProblemCode, Request, examples};

/// Types that have a part of the page of their own.
const APART: [&str; 3] = ["EventMessage", "EventBody", "ProblemCode"];

/// The text of docs/PROTOCOL.md: the same every time.
#[must_use]
pub fn protocol_document() -> String {
    let shapes = Shapes::of_messages();
    let browser = shapes.variants("ClientMessage");
    let server = shapes.variants("ServerMessage");
    let events = shapes.variants("EventBody");

    let mut page = vec![prose::purpose(), prose::walk()];
    page.push(prose::BROWSER.to_owned());
    for (variant, example) in browser.iter().zip(examples::browser_messages()) {
        let who = is_for_facilitators(&example).then_some("Facilitators");
        page.push(message(variant, who, &example));
    }
    page.push(prose::SERVER.to_owned());
    for (variant, example) in server.iter().zip(examples::server_messages()) {
        let who = variant.says.split_once(": ").map(|(who, _)| who);
        page.push(message(variant, who, &example));
    }
    page.push(prose::EVENTS.to_owned());
    page.push(table(&shapes.fields(shapes.get("EventMessage"))));
    let recorded = examples::recorded();
    for ((variant, recorded), example) in events.iter().zip(&recorded).zip(examples::events()) {
        let who = prose::audience(audience(&recorded.event));
        page.push(message(variant, Some(who), &example));
    }
    page.push(prose::SHARED.to_owned());
    let variants = browser.iter().chain(&server).chain(&events);
    for name in shapes.shared(variants, &APART) {
        page.push(shared_type(&shapes, &name));
    }
    page.push(prose::problems());
    page.push(problem_codes());
    page.push(prose::CLOSE.to_owned());
    page.push(close_codes());
    let mut page = page.join("\n\n");
    page.push('\n');
    page
}

/// Whether the rules refuse this to an attendee.
fn is_for_facilitators(message: &ClientMessage) -> bool {
    let state = examples::state();
    let Some(attendee) = state.seat(examples::ADA) else {
        return false;
    };
    match message.clone().into_request() {
        Request::Command(_, Ok(command)) => {
            let now = domain::Timestamp::from_ms(0);
            decide(&state, attendee, command, now) == Err(Rejection::NotAFacilitator)
        }
        Request::Hello(_) | Request::Command(_, Err(_)) => false,
    }
}

fn message(variant: &Variant, who: Option<&str>, example: &impl Serialize) -> String {
    let heading = format!("### `{}`", variant.tag);
    let who = who.map(|who| format!("*{who}.* ")).unwrap_or_default();
    let says = format!("{who}{}", summary(variant));
    let fields = if variant.fields.is_empty() {
        "No fields of its own.".to_owned()
    } else {
        table(&variant.fields)
    };
    let frame = serde_json::to_string_pretty(example).unwrap_or_default();
    format!("{heading}\n\n{says}\n\n{fields}\n\n```json\n{frame}\n```")
}

/// What the docs of a variant and of its body say, said once: the variant's
/// begins with who it is for, and the body's often repeats the rest.
fn summary(variant: &Variant) -> String {
    let what = match variant.says.split_once(": ") {
        Some((_, what)) => capitalised(what),
        None => variant.says.clone(),
    };
    let body = &variant.body_says;
    let stem = what.trim_end_matches('.').to_lowercase();
    if body.is_empty() {
        what
    } else if body.to_lowercase().starts_with(&stem) {
        body.clone()
    } else {
        format!("{what} {body}")
    }
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn shared_type(shapes: &Shapes, name: &str) -> String {
    let schema = shapes.get(name);
    let says = text(schema, "description");
    let values: Vec<String> = list(&schema["enum"])
        .filter_map(Value::as_str)
        .map(|value| format!("`{value}`"))
        .collect();
    let body = if values.is_empty() {
        table(&shapes.fields(schema))
    } else {
        format!("One of {}.", values.join(", "))
    };
    format!("### `{name}`\n\n{says}\n\n{body}")
}

fn table(fields: &[Field]) -> String {
    let row = |field: &Field| {
        format!(
            "| `{}` | {} | {} | {} |",
            field.name,
            words(&field.schema),
            if field.required { "always" } else { "optional" },
            cell(&field.says()),
        )
    };
    let rows: Vec<String> = fields.iter().map(row).collect();
    format!(
        "| field | type | present | meaning |\n|---|---|---|---|\n{}",
        rows.join("\n")
    )
}

/// A type in words.
fn words(schema: &Value) -> String {
    if let Some(name) = target(schema) {
        return match name {
            "ProblemCode" => "[problem code](#problem-codes)".to_owned(),
            "EventMessage" => "[event](#events-of-the-log)".to_owned(),
            name => format!("[`{name}`](#{})", name.to_lowercase()),
        };
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => format!("list of {}", words(&schema["items"])),
        (Some("string"), Some("uuid")) => "UUID".to_owned(),
        (Some("string"), _) => "text".to_owned(),
        (Some("integer"), _) if schema["minimum"] == 0 => "integer from 0".to_owned(),
        (Some("integer"), _) => "integer".to_owned(),
        (Some("boolean"), _) => "`true` or `false`".to_owned(),
        _ => "JSON".to_owned(),
    }
}

fn problem_codes() -> String {
    let row = |code: &ProblemCode| {
        format!(
            "| `{}` | {} | {} |",
            code.as_str(),
            code.status(),
            cell(code.title())
        )
    };
    let rows: Vec<String> = ProblemCode::ALL.iter().map(row).collect();
    format!(
        "| code | status | title |\n|---|---|---|\n{}",
        rows.join("\n")
    )
}

fn close_codes() -> String {
    let row = |code: &CloseCode| {
        format!(
            "| {} | {} | {} |",
            code.number(),
            cell(code.reason()),
            cell(code.advice())
        )
    };
    let rows: Vec<String> = CloseCode::ALL.iter().map(row).collect();
    format!(
        "| code | reason | what to do |\n|---|---|---|\n{}",
        rows.join("\n")
    )
}

/// A text that stays within its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
