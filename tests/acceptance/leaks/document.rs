//! The served description of every address.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{people::Cast, routes::Route};

/// `/api/v1/openapi.json`.
pub struct Document(Value);

impl Document {
    pub async fn of(cast: &Cast) -> Self {
        Self(cast.server.browser().get("/api/v1/openapi.json").await)
    }

    fn operations(&self) -> BTreeMap<&str, (&str, &str, &Value)> {
        let mut operations = BTreeMap::new();
        for (path, methods) in self.0["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let name = operation["operationId"].as_str().expect("a name");
                operations.insert(name, (method.as_str(), path.as_str(), operation));
            }
        }
        operations
    }

    /// A new address needs a case in `routes.rs`.
    pub fn assert_every_operation_is_walked(&self, routes: &[Route]) {
        let documented: BTreeSet<&str> = self.operations().into_keys().collect();
        let walked: BTreeSet<&str> = routes.iter().map(|route| route.operation).collect();
        assert_eq!(walked, documented);
    }

    /// The method and the address of an operation.
    pub fn place(&self, operation: &str) -> (&str, &str) {
        let (method, path, _) = self.operations()[operation];
        (method, path)
    }

    /// Whether an answer with this status is documented. A malformed request is
    /// answered alike everywhere.
    pub fn documents(&self, operation: &str, status: u16) -> bool {
        let (_, _, operation) = self.operations()[operation];
        operation["responses"].get(status.to_string()).is_some() || status == 400
    }

    /// The kinds of messages in some enums.
    pub fn kinds_of(&self, enums: &[&str]) -> BTreeSet<String> {
        let mut kinds = BTreeSet::new();
        for name in enums {
            let variants = self.0["components"]["schemas"][name]["oneOf"].as_array();
            for variant in variants.expect("variants") {
                let parts = variant["allOf"].as_array().into_iter().flatten();
                for part in parts.chain([variant]) {
                    let tag = &part["properties"]["type"]["enum"][0];
                    kinds.extend(tag.as_str().map(str::to_owned));
                }
            }
        }
        assert!(kinds.len() > 40, "{kinds:?}");
        kinds
    }
}
