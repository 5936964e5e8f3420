//! What every operation of the OpenAPI document has in common: problems travel as
//! `application/problem+json` (RFC 9457), and those that any request can meet are
//! documented once, here, for all of them.

use protocol::{PROBLEM_MEDIA_TYPE, ProblemCode};
use utoipa::openapi::{
    Content, HttpMethod, OpenApi, PathItem, Ref, RefOr, Response, ResponseBuilder, Schema,
    path::Operation,
};

/// The schema of a problem.
const PROBLEM: &str = "#/components/schemas/Problem";

/// Problems that any request can meet, whatever it asks for.
const ANY_REQUEST: [ProblemCode; 5] = [
    ProblemCode::InvalidRequest,
    ProblemCode::ForeignHost,
    ProblemCode::TooManyRequests,
    ProblemCode::Unavailable,
    ProblemCode::StorageFull,
];

/// Problems that a request which changes something can meet besides.
const CHANGES: [ProblemCode; 2] = [ProblemCode::ForeignOrigin, ProblemCode::TooLarge];

/// The problem of addresses with a parameter in them that names nothing.
const NAMES_NOTHING: ProblemCode = ProblemCode::NotFound;

/// Completes the document of all addresses.
pub fn complete(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    let codes = ANY_REQUEST
        .into_iter()
        .chain(CHANGES)
        .chain([NAMES_NOTHING]);
    components
        .responses
        .extend(codes.map(|code| (code.as_str().to_owned(), response(code))));
    for (address, item) in &mut document.paths.paths {
        let has_parameters = address.contains('{');
        for (method, operation) in operations(item) {
            for response in operation.responses.responses.values_mut() {
                if let RefOr::T(response) = response {
                    name_problems(response);
                }
            }
            let changes = method != HttpMethod::Get;
            let common = ANY_REQUEST.into_iter();
            let common = common.chain(CHANGES.into_iter().filter(|_| changes));
            let common = common.chain(has_parameters.then_some(NAMES_NOTHING));
            for code in common {
                document_problem(operation, code);
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    let PathItem {
        get,
        put,
        post,
        delete,
        ..
    } = item;
    [
        (HttpMethod::Get, get),
        (HttpMethod::Put, put),
        (HttpMethod::Post, post),
        (HttpMethod::Delete, delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// Gives problems the media type they are sent with.
fn name_problems(response: &mut Response) {
    let is_problem = |content: &RefOr<Content>| {
        let RefOr::T(content) = content else {
            return false;
        };
        matches!(&content.schema, Some(RefOr::Ref(found)) if found.ref_location == PROBLEM)
    };
    let json = "application/json";
    if response.content.get(json).is_some_and(is_problem)
        && let Some(problem) = response.content.shift_remove(json)
    {
        response
            .content
            .insert(PROBLEM_MEDIA_TYPE.to_owned(), problem);
    }
}

/// Documents a problem unless the handler has documented its status.
fn document_problem(operation: &mut Operation, code: ProblemCode) {
    operation
        .responses
        .responses
        .entry(code.status().to_string())
        .or_insert_with(|| RefOr::Ref(Ref::from_response_name(code.as_str())));
}

/// A problem as operations refer to it.
fn response(code: ProblemCode) -> RefOr<Response> {
    let content = Content::new(Some(RefOr::<Schema>::Ref(Ref::new(PROBLEM))));
    let response = ResponseBuilder::new()
        .description(code.title())
        .content(PROBLEM_MEDIA_TYPE, content);
    RefOr::T(response.build())
}
