//! What the derived schemas of messages need before they are served: a
//! message is a body and its `type`, side by side in one object.

use utoipa::{
    Modify, PartialSchema, ToSchema,
    openapi::{
        OpenApi, RefOr, Schema,
        schema::{ObjectBuilder, SchemaType},
    },
};

use crate::WorkshopEnded;

/// Opens the bodies of tagged messages in an `OpenAPI` document.
///
/// A browser's message refuses unknown fields, so its body's schema says
/// `additionalProperties: false`. In JSON Schema that word knows nothing of its
/// neighbours in an `allOf`: it would refuse the `type` beside it, and no
/// message at all would be valid. To be named in `#[openapi(modifiers(…))]`
/// wherever [`crate::ClientMessage`] is.
#[derive(Clone, Copy, Debug)]
pub struct MessageSchemas;

impl Modify for MessageSchemas {
    fn modify(&self, document: &mut OpenApi) {
        let Some(components) = &mut document.components else {
            return;
        };
        let bodies: Vec<String> = components.schemas.values().flat_map(bodies).collect();
        for body in bodies {
            if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(&body) {
                object.additional_properties = None;
            }
        }
    }
}

/// Names of the schemas that a tagged enum's variants stand for.
fn bodies(schema: &RefOr<Schema>) -> Vec<String> {
    let RefOr::T(Schema::OneOf(variants)) = schema else {
        return Vec::new();
    };
    variants
        .items
        .iter()
        .filter_map(|variant| {
            let RefOr::T(Schema::AllOf(parts)) = variant else {
                return None;
            };
            parts.items.iter().find_map(|part| {
                let RefOr::Ref(body) = part else { return None };
                let (_, name) = body.ref_location.rsplit_once('/')?;
                Some(name.to_owned())
            })
        })
        .collect()
}

/// An event without fields. The derived `type: object` without properties
/// becomes an object that can have no property at all in TypeScript, not even
/// `type` and `seq`; without a type it adds nothing to what stands beside it.
impl PartialSchema for WorkshopEnded {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .description(Some("The workshop is over; it can still be read."))
            .into()
    }
}

impl ToSchema for WorkshopEnded {}
