//! Every address, with its documentation.

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get},
};
use protocol::MessageSchemas;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, DefaultPredicate, Predicate as _, predicate::NotForContentType,
    },
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    assets, body, contract, conversation, damage, disk, entrance, export, facilitators, files,
    health, help, imports, invitations, library, lobby, materials, polls, quizzes, remote_images,
    replay, report, revisions, seats, submissions, timeline, transcript, uploads, workshops,
    writing,
};
use crate::{
    access::{guard, rights},
    app::App,
    logging, pictures,
    problem::HttpProblem,
    ws,
};

/// Bytes of a JSON body; the longest text is 4,000 characters.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// What stands above the addresses.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Open Codelabs",
        description = "The server of one machine, for one room. Errors are RFC 9457 problems. \
            Live connections are described in docs/PROTOCOL.md; their messages are the schemas \
            `ClientMessage` and `ServerMessage`.",
        license(name = "Apache-2.0 OR MIT")
    ),
    modifiers(&MessageSchemas),
    components(schemas(
        protocol::ClientMessage,
        protocol::ServerMessage,
        protocol::EventMessage,
        protocol::Problem,
        protocol::LibrarySort
    ))
)]
struct Document;

/// The document served at `/api/v1/openapi.json`.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    documented().1
}

/// The addresses and their document.
fn documented() -> (Router<App>, utoipa::openapi::OpenApi) {
    let (routes, mut document) = api().split_for_parts();
    contract::complete(&mut document);
    (routes, document)
}

fn api() -> OpenApiRouter<App> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(health::health))
        .routes(routes!(disk::disk))
        .routes(routes!(damage::report, damage::dismiss))
        .routes(routes!(damage::accept))
        .routes(routes!(entrance::entrance))
        .routes(routes!(seats::join))
        .routes(routes!(seats::resume))
        .routes(routes!(seats::renew_own_resume_code))
        .routes(routes!(seats::renew_resume_code))
        .routes(routes!(seats::resume_qr))
        .routes(routes!(seats::snapshot))
        .routes(routes!(timeline::timeline))
        .routes(routes!(facilitators::enter))
        .routes(routes!(facilitators::rename))
        .routes(routes!(invitations::facilitators))
        .routes(routes!(invitations::remove_facilitator))
        .routes(routes!(invitations::list, invitations::invite))
        .routes(routes!(invitations::revoke))
        .routes(routes!(report::report))
        .routes(routes!(report::attendance_csv))
        .routes(routes!(report::steps_csv))
        .routes(routes!(report::quizzes_csv))
        .routes(routes!(report::feedback_csv))
        .routes(routes!(report::submissions_csv))
        .routes(routes!(submissions::file))
        .routes(routes!(replay::events))
        .routes(routes!(workshops::list, workshops::start))
        .routes(routes!(workshops::end))
        .routes(routes!(workshops::schedule_end))
        .routes(routes!(lobby::lobby))
        .routes(routes!(lobby::qr))
        .routes(routes!(lobby::require_join_code))
        .routes(routes!(conversation::messages, conversation::post_message))
        .routes(routes!(conversation::announce))
        .routes(routes!(transcript::csv))
        .routes(routes!(transcript::markdown))
        .routes(routes!(transcript::plain))
        .routes(routes!(help::raise))
        .routes(routes!(help::claim))
        .routes(routes!(help::hand_back))
        .routes(routes!(help::resolve))
        .routes(routes!(help::withdraw))
        .routes(routes!(polls::prepared))
        .routes(routes!(quizzes::agenda))
        .routes(routes!(files::content))
        .routes(routes!(files::file))
        .routes(routes!(library::show, library::remove))
        .routes(routes!(library::restore))
        .routes(routes!(library::archive))
        .routes(routes!(library::unarchive))
        .routes(routes!(library::tags))
        .routes(routes!(materials::list, materials::add_link))
        .routes(routes!(
            materials::file,
            materials::rename,
            materials::remove
        ))
        .routes(routes!(materials::restore))
        .routes(routes!(materials::for_workshop))
        .routes(routes!(materials::workshop_file))
        .routes(routes!(uploads::begin))
        .routes(routes!(imports::progress, imports::cancel))
        .routes(routes!(imports::take))
        .routes(routes!(remote_images::progress, remote_images::cancel))
        .routes(routes!(export::codelab))
        .routes(routes!(ws::live));
    let single_imports =
        OpenApiRouter::new().routes(routes!(library::list, library::import_upload));
    let single_imports = limited(single_imports, library::MAX_IMPORT_BYTES);
    let import_uploads = OpenApiRouter::new().routes(routes!(imports::start));
    let import_uploads = limited(import_uploads, imports::MAX_UPLOAD_BYTES);
    let pictures = OpenApiRouter::new().routes(routes!(conversation::upload_picture));
    let pictures = limited(pictures, pictures::MAX_BYTES);
    let texts = OpenApiRouter::new()
        .routes(routes!(writing::begin))
        .routes(routes!(writing::duplicate))
        .routes(routes!(writing::source))
        .routes(routes!(writing::keep_draft, writing::discard_draft))
        .routes(routes!(writing::preview))
        .routes(routes!(revisions::list, revisions::save))
        .routes(routes!(revisions::show))
        .routes(routes!(revisions::restore))
        .routes(routes!(remote_images::list, remote_images::download));
    let texts = limited(texts, writing::MAX_BODY_BYTES);
    let codelab_files = OpenApiRouter::new().routes(routes!(writing::add_file));
    let codelab_files = limited(codelab_files, writing::MAX_PICTURE_BODY_BYTES);
    let pieces = OpenApiRouter::new().routes(routes!(uploads::piece, uploads::give_up));
    let pieces = limited(pieces, uploads::MAX_PIECE_BYTES);
    OpenApiRouter::with_openapi(Document::openapi()).nest(
        "/api/v1",
        limited(v1, MAX_BODY_BYTES)
            .merge(single_imports)
            .merge(import_uploads)
            .merge(pictures)
            .merge(texts)
            .merge(codelab_files)
            .merge(pieces),
    )
}

/// Addresses whose bodies may have so many bytes.
fn limited(routes: OpenApiRouter<App>, most: usize) -> OpenApiRouter<App> {
    routes
        .layer(DefaultBodyLimit::max(most))
        .layer(middleware::from_fn_with_state(most, body::refuse_longer))
}

/// The whole server.
pub fn router(app: App) -> Router {
    let (routes, document) = documented();
    routes
        .route(
            "/api/v1/openapi.json",
            get(move || std::future::ready(Json(document.clone()))),
        )
        .method_not_allowed_fallback(|| async {
            let detail = "this address exists, but not with this method";
            HttpProblem::new(protocol::ProblemCode::MethodNotAllowed, detail)
        })
        .fallback(any(assets::serve))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            rights::end_reads,
        ))
        .layer(CompressionLayer::new().compress_when(
            // Downloads: their length tells how long they take, and a part of one is asked for.
            DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream")),
        ))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            guard::same_site,
        ))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            guard::security_headers,
        ))
        .layer(CatchPanicLayer::new())
        .layer(logging::requests())
        .with_state(app)
}
