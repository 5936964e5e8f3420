//! The schemas say what serde does.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{ClientMessage, EventMessage, MessageSchemas, ServerMessage, examples};
use serde_json::Value;
use utoipa::{
    Modify, PartialSchema, ToSchema,
    openapi::{ComponentsBuilder, OpenApiBuilder, RefOr, Schema},
};

/// The schemas of a type and of everything it refers to, as they are served.
pub struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    pub fn of<T: ToSchema + PartialSchema>() -> Self {
        let mut schemas: Vec<(String, RefOr<Schema>)> = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut schemas);
        let components = ComponentsBuilder::new().schemas_from_iter(schemas).build();
        let mut document = OpenApiBuilder::new().components(Some(components)).build();
        MessageSchemas.modify(&mut document);
        let document = serde_json::to_value(document).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        Self(schemas.clone().into_iter().collect())
    }

    pub fn get(&self, name: &str) -> &Value {
        &self.0[name]
    }

    pub fn all(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter()
    }

    /// What a `$ref` points to, or the schema itself.
    pub fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(to) => self.get(to.rsplit('/').next().unwrap()),
            None => schema,
        }
    }

    /// Whether a value is one of `T`, to the letter: no field that the schema
    /// does not name.
    pub fn check<T: ToSchema>(&self, value: &Value) -> Result<(), String> {
        let schema = self.get(&T::name());
        self.matches(schema, value)?;
        self.names_all(schema, value)
    }

    fn matches(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let schema = self.resolved(schema);
        let wrong = |what: &str| Err(format!("{what}: {value} is not {schema}"));
        if let Some(variants) = schema["oneOf"].as_array() {
            let fitting = variants.iter().filter(|v| self.matches(v, value).is_ok());
            return match fitting.count() {
                1 => Ok(()),
                _ => wrong("not exactly one variant"),
            };
        }
        for part in list(&schema["allOf"]) {
            self.matches(part, value)?;
        }
        if let Some(allowed) = schema["enum"].as_array()
            && !allowed.contains(value)
        {
            return wrong("not in the list");
        }
        let fits = match schema["type"].as_str() {
            None => true,
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("boolean") => value.is_boolean(),
            Some("array") => value.is_array(),
            Some("object") => value.is_object(),
            Some(_) => false,
        };
        if !fits {
            return wrong("another type");
        }
        if schema["minimum"] == 0 && value.as_i64().is_some_and(|number| number < 0) {
            return wrong("too small");
        }
        for item in list(value) {
            self.matches(&schema["items"], item)?;
        }
        for name in list(&schema["required"]) {
            if value.get(name.as_str().unwrap()).is_none() {
                return wrong(&format!("{name} is missing"));
            }
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(field) = value.get(name) {
                self.matches(property, field)?;
            }
        }
        if schema["additionalProperties"] == false {
            self.names_all(schema, value)?;
        }
        Ok(())
    }

    fn names_all(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let named = self.names(schema, value);
        let fields = value.as_object().into_iter().flatten();
        match fields
            .map(|(name, _)| name)
            .find(|name| !named.contains(*name))
        {
            Some(name) => Err(format!("{name} is in no schema")),
            None => Ok(()),
        }
    }

    /// The fields that a schema names for this value.
    fn names(&self, schema: &Value, value: &Value) -> BTreeSet<String> {
        let schema = self.resolved(schema);
        let own = schema["properties"].as_object().into_iter().flatten();
        let mut names: BTreeSet<String> = own.map(|(name, _)| name.clone()).collect();
        let parts = list(&schema["allOf"]).chain(list(&schema["oneOf"]));
        for part in parts.filter(|part| self.matches(part, value).is_ok()) {
            names.extend(self.names(part, value));
        }
        names
    }

    /// The `type` of each variant, in order.
    pub fn tags(&self, name: &str) -> Vec<String> {
        let tag = |variant: &Value| {
            let mut parts = list(&variant["allOf"]);
            let tag = parts.find_map(|part| part["properties"]["type"]["enum"][0].as_str());
            tag.unwrap().to_owned()
        };
        list(&self.get(name)["oneOf"]).map(tag).collect()
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn tags_of(examples: &[impl serde::Serialize]) -> Vec<String> {
    let tag = |example| {
        let json = serde_json::to_value(example).unwrap();
        json["type"].as_str().unwrap().to_owned()
    };
    examples.iter().map(tag).collect()
}

#[test]
fn there_is_an_example_of_each_message_in_the_order_of_the_types() {
    let browser = tags_of(&examples::browser_messages());
    assert_eq!(
        Schemas::of::<ClientMessage>().tags("ClientMessage"),
        browser
    );
    let server = tags_of(&examples::server_messages());
    assert_eq!(Schemas::of::<ServerMessage>().tags("ServerMessage"), server);
    let events = tags_of(&examples::events());
    assert_eq!(Schemas::of::<EventMessage>().tags("EventBody"), events);
}

#[test]
fn a_field_that_is_absent_is_not_null() {
    for (name, schema) in Schemas::of::<ServerMessage>().all() {
        assert!(!schema.to_string().contains("null"), "{name}");
    }
}

/// In TypeScript such an object could have no field at all, not even the
/// `type` beside it.
#[test]
fn no_schema_is_an_object_without_fields() {
    for (name, schema) in Schemas::of::<ServerMessage>().all() {
        let empty = schema["type"] == "object" && schema["properties"].is_null();
        assert!(!empty, "{name}");
    }
}

#[test]
fn only_places_in_the_log_times_and_sizes_have_more_than_32_bits() {
    for schemas in [
        Schemas::of::<ClientMessage>(),
        Schemas::of::<ServerMessage>(),
    ] {
        for (of, schema) in schemas.all() {
            let parts = list(&schema["allOf"]).chain([schema]);
            let fields = parts
                .filter_map(|part| part["properties"].as_object())
                .flatten();
            for (name, field) in fields.filter(|(_, field)| field["format"] == "int64") {
                let known = ["seq", "after", "upTo", "sizeBytes"].contains(&name.as_str())
                    || name.ends_with("Ms");
                assert!(
                    known,
                    "{of}.{name} may not fit a JavaScript number: {field}"
                );
            }
        }
    }
}

#[test]
fn the_checker_refuses_what_does_not_fit() {
    let schemas = Schemas::of::<ClientMessage>();
    let check = |json: &str| schemas.check::<ClientMessage>(&serde_json::from_str(json).unwrap());
    assert_eq!(check(r#"{"type":"hello","protocol":1}"#), Ok(()));
    for wrong in [
        r#"{"type":"hello"}"#,
        r#"{"type":"hello","protocol":"1"}"#,
        r#"{"type":"hello","protocol":-1}"#,
        r#"{"type":"hello","protocol":1,"more":1}"#,
        r#"{"type":"goodbye","protocol":1}"#,
        r#"{"protocol":1}"#,
    ] {
        assert!(check(wrong).is_err(), "{wrong}");
    }
}
