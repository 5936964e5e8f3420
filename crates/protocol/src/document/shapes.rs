//! The wire's types as their schemas describe them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{ClientMessage, EventMessage, ServerMessage};

/// All schemas that live messages refer to, by name.
pub(super) struct Shapes(BTreeMap<String, Value>);

/// A message: one variant of a tagged enum.
pub(super) struct Variant {
    /// Its `type`.
    pub tag: String,
    /// What the variant's doc says.
    pub says: String,
    /// What its body's doc says.
    pub body_says: String,
    /// Its fields without `type`.
    pub fields: Vec<Field>,
}

/// A field of an object.
pub(super) struct Field {
    pub name: String,
    pub required: bool,
    pub schema: Value,
}

impl Shapes {
    pub(super) fn of_messages() -> Self {
        let mut schemas: Vec<(String, RefOr<Schema>)> = Vec::new();
        with::<ClientMessage>(&mut schemas);
        with::<ServerMessage>(&mut schemas);
        with::<EventMessage>(&mut schemas);
        let as_value = |(name, schema)| Some((name, serde_json::to_value(schema).ok()?));
        Self(schemas.into_iter().filter_map(as_value).collect())
    }

    /// The schema of a name; null for one that nothing refers to.
    pub(super) fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    /// The variants of a tagged enum, in order.
    pub(super) fn variants(&self, name: &str) -> Vec<Variant> {
        list(&self.get(name)["oneOf"])
            .map(|variant| {
                let body = list(&variant["allOf"]).find_map(target).unwrap_or_default();
                let (tags, fields) = self
                    .fields(variant)
                    .into_iter()
                    .partition::<Vec<_>, _>(|field| tag(field).is_some());
                Variant {
                    tag: tags.iter().find_map(tag).unwrap_or_default().to_owned(),
                    says: text(variant, "description"),
                    body_says: text(self.get(body), "description"),
                    fields,
                }
            })
            .collect()
    }

    /// The fields of an object and of what it is composed of: the required
    /// ones as declared, then the others by name.
    pub(super) fn fields(&self, schema: &Value) -> Vec<Field> {
        if let Some(name) = target(schema) {
            return self.fields(self.get(name));
        }
        let mut fields: Vec<Field> = list(&schema["allOf"])
            .flat_map(|part| self.fields(part))
            .collect();
        let required: Vec<&str> = list(&schema["required"])
            .filter_map(Value::as_str)
            .collect();
        let mut own: Vec<Field> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, property)| Field {
                name: name.clone(),
                required: required.contains(&name.as_str()),
                schema: property.clone(),
            })
            .collect();
        let place = |name: &str| required.iter().position(|r| *r == name);
        own.sort_by_key(|field| {
            let place = place(&field.name).unwrap_or(required.len());
            (place, field.name.clone())
        });
        fields.extend(own);
        fields.sort_by_key(|field| !field.required);
        fields
    }

    /// Names of the types that fields refer to, directly or through others;
    /// `apart` are described elsewhere and not looked into.
    pub(super) fn shared<'v>(
        &self,
        variants: impl Iterator<Item = &'v Variant>,
        apart: &[&str],
    ) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut next: Vec<String> = variants
            .flat_map(|variant| &variant.fields)
            .filter_map(|field| referred(&field.schema))
            .collect();
        while let Some(name) = next.pop() {
            if apart.contains(&name.as_str()) || found.contains(&name) {
                continue;
            }
            let fields = self.fields(self.get(&name));
            next.extend(fields.iter().filter_map(|field| referred(&field.schema)));
            found.insert(name);
        }
        found
    }
}

impl Field {
    /// What the field's doc says.
    pub(super) fn says(&self) -> String {
        text(&self.schema, "description")
    }
}

fn with<T: ToSchema + PartialSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

/// The one value a field can have.
fn tag(field: &Field) -> Option<&str> {
    match field.schema["enum"].as_array()?.as_slice() {
        [only] => only.as_str(),
        _ => None,
    }
}

/// The name a `$ref` points to.
pub(super) fn target(schema: &Value) -> Option<&str> {
    let (_, name) = schema["$ref"].as_str()?.rsplit_once('/')?;
    Some(name)
}

/// The type that a field's value is, or is a list of.
fn referred(schema: &Value) -> Option<String> {
    target(schema)
        .or_else(|| target(&schema["items"]))
        .map(ToOwned::to_owned)
}

/// The items of a list; none of what is no list.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A text of a schema on one line; empty if it has none.
pub(super) fn text(schema: &Value, key: &str) -> String {
    let lines = schema[key].as_str().unwrap_or_default();
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}
