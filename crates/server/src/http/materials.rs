//! The materials of a codelab: for facilitators to arrange, for a room to take.

use axum::{
    Json as JsonBody,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{CodelabId, MaterialId, MaterialTitle};
use protocol::{
    Id, Material, MaterialFile, MaterialList, MaterialRenaming, NewLink, Problem, ProblemCode,
    Upload,
};
use store::MaterialContent;

use super::{
    body::{Json, Path},
    files,
};
use crate::{
    access::{Facilitator, SeatHolder},
    app::App,
    download::disposition,
    problem::HttpProblem,
    secrets,
};

/// Characters of a link; browsers and servers take no longer ones.
const MAX_LINK_CHARS: usize = 2000;

/// The materials of a codelab
#[utoipa::path(get, path = "/codelabs/{codelab}/materials", operation_id = "codelab_materials",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab")),
    responses((status = 200, body = MaterialList), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 403, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    _: Facilitator,
    Path(codelab): Path<String>,
) -> Result<JsonBody<MaterialList>, HttpProblem> {
    let codelab = codelab_of(&codelab)?;
    let base = format!("/api/v1/codelabs/{codelab}/materials");
    let materials = app.store.materials(codelab).await?;
    let uploads = app.store.uploads(codelab).await?;
    Ok(JsonBody(MaterialList {
        materials: materials.into_iter().map(|one| told(one, &base)).collect(),
        uploads: uploads
            .into_iter()
            .map(|upload| Upload {
                id: Id(upload.id),
                title: upload.title,
                file_name: upload.file_name,
                size_bytes: upload.size_bytes,
                received_bytes: upload.received_bytes,
            })
            .collect(),
    }))
}

/// The materials of a workshop
///
/// Of all its codelabs, in the order of the agenda.
#[utoipa::path(get, path = "/workshops/{workshop}/materials", operation_id = "workshop_materials",
    tag = "materials", params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = MaterialList), (status = 401, body = Problem),
        (status = 404, body = Problem)))]
pub async fn for_workshop(
    State(app): State<App>,
    holder: SeatHolder,
) -> Result<JsonBody<MaterialList>, HttpProblem> {
    let workshop = holder.room.id();
    let base = format!("/api/v1/workshops/{workshop}/materials");
    let materials = app.store.workshop_materials(workshop).await?;
    Ok(JsonBody(MaterialList {
        materials: materials.into_iter().map(|one| told(one, &base)).collect(),
        uploads: Vec::new(),
    }))
}

/// Add a link
#[utoipa::path(post, path = "/codelabs/{codelab}/materials", operation_id = "add_link",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab")),
    request_body = NewLink,
    responses((status = 201, body = Material), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem), (status = 403, body = Problem)))]
pub async fn add_link(
    State(app): State<App>,
    me: Facilitator,
    Path(codelab): Path<String>,
    Json(link): Json<NewLink>,
) -> Result<(StatusCode, JsonBody<Material>), HttpProblem> {
    let codelab = codelab_of(&codelab)?;
    let title = title_of(&link.title)?;
    let url = link.url.trim();
    if !is_link(url) {
        let detail = "url: a link begins with http:// or https:// and has no spaces";
        let mut problem = Problem::new(ProblemCode::InvalidText, detail);
        problem.field = Some("url".to_owned());
        return Err(problem.into());
    }
    let new = store::NewLink {
        id: secrets::material_id(),
        codelab,
        title,
        url: url.to_owned(),
        now: app.clock.now(),
    };
    if !me.store(&app).add_link(&new).await? {
        return Err(unknown_codelab());
    }
    let material = Material {
        id: Id(new.id),
        codelab: Id(codelab),
        title: new.title,
        href: new.url,
        file: None,
    };
    Ok((StatusCode::CREATED, JsonBody(material)))
}

/// Rename a material
#[utoipa::path(put, path = "/codelabs/{codelab}/materials/{material}", operation_id = "rename_material",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab"),
        ("material" = String, Path, description = "The material")),
    request_body = MaterialRenaming,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem), (status = 403, body = Problem)))]
pub async fn rename(
    State(app): State<App>,
    me: Facilitator,
    Path((codelab, material)): Path<(String, String)>,
    Json(renaming): Json<MaterialRenaming>,
) -> Result<StatusCode, HttpProblem> {
    let (codelab, id) = (codelab_of(&codelab)?, material_of(&material)?);
    let title = title_of(&renaming.title)?;
    found(me.store(&app).rename_material(codelab, id, &title).await?)
}

/// Take a material away
///
/// It can be put back.
#[utoipa::path(delete, path = "/codelabs/{codelab}/materials/{material}", operation_id = "remove_material",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab"),
        ("material" = String, Path, description = "The material")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn remove(
    State(app): State<App>,
    me: Facilitator,
    Path((codelab, material)): Path<(String, String)>,
) -> Result<StatusCode, HttpProblem> {
    let (codelab, id) = (codelab_of(&codelab)?, material_of(&material)?);
    let now = app.clock.now();
    found(
        me.store(&app)
            .remove_material(codelab, id, true, now)
            .await?,
    )
}

/// Put a material back
#[utoipa::path(post, path = "/codelabs/{codelab}/materials/{material}/restore",
    operation_id = "restore_material", tag = "materials",
    params(("codelab" = String, Path, description = "The codelab"),
        ("material" = String, Path, description = "The material")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem)))]
pub async fn restore(
    State(app): State<App>,
    me: Facilitator,
    Path((codelab, material)): Path<(String, String)>,
) -> Result<StatusCode, HttpProblem> {
    let (codelab, id) = (codelab_of(&codelab)?, material_of(&material)?);
    let now = app.clock.now();
    found(
        me.store(&app)
            .remove_material(codelab, id, false, now)
            .await?,
    )
}

/// The file of a codelab's material
///
/// As a download; with `Range`, so that it goes on where it stopped.
#[utoipa::path(get, path = "/codelabs/{codelab}/materials/{material}", operation_id = "codelab_material",
    tag = "materials", params(("codelab" = String, Path, description = "The codelab"),
        ("material" = String, Path, description = "The material")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem), (status = 404, body = Problem), (status = 403, body = Problem)))]
pub async fn file(
    State(app): State<App>,
    _: Facilitator,
    Path((codelab, material)): Path<(String, String)>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let materials = app.store.materials(codelab_of(&codelab)?).await?;
    send(&app, materials, &material, request).await
}

/// The file of a workshop's material
///
/// As a download; with `Range`, so that it goes on where it stopped.
#[utoipa::path(get, path = "/workshops/{workshop}/materials/{material}", operation_id = "workshop_material",
    tag = "materials", params(("workshop" = String, Path, description = "The workshop"),
        ("material" = String, Path, description = "The material")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn workshop_file(
    State(app): State<App>,
    holder: SeatHolder,
    Path(place): Path<(String, String)>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let materials = app.store.workshop_materials(holder.room.id()).await?;
    send(&app, materials, &place.1, request).await
}

async fn send(
    app: &App,
    materials: Vec<store::Material>,
    id: &str,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = material_of(id)?;
    let content = materials.into_iter().find(|one| one.id == id);
    let (sha256, name) = match content.map(|one| one.content) {
        Some(MaterialContent::File { sha256, name, .. }) => (sha256, name),
        Some(MaterialContent::Link { .. }) | None => return Err(unknown()),
    };
    let stored = app.store.file(sha256).await?.ok_or_else(unknown)?;
    as_download(app, &stored, &name, request).await
}

/// A file of whatever kind, to be kept under its name.
///
/// # Errors
/// [`ProblemCode::Damaged`] when its bytes are not there any more.
pub(super) async fn as_download(
    app: &App,
    stored: &store::StoredFile,
    name: &str,
    request: Request,
) -> Result<Response, HttpProblem> {
    // Whatever it is, it is kept and not shown.
    let mime = mime_guess::mime::APPLICATION_OCTET_STREAM;
    let mut response = files::serve(app, stored, &mime, request).await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, disposition(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn told(material: store::Material, base: &str) -> Material {
    let (href, file) = match material.content {
        MaterialContent::Link { url } => (url, None),
        MaterialContent::File {
            name, size_bytes, ..
        } => (
            format!("{base}/{}", material.id),
            Some(MaterialFile { name, size_bytes }),
        ),
    };
    Material {
        id: Id(material.id),
        codelab: Id(material.codelab),
        title: material.title,
        href,
        file,
    }
}

/// Schemes that browsers follow and that run nothing (see `access/guard.rs`).
fn is_link(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let host = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty())
        && url.chars().count() <= MAX_LINK_CHARS
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn title_of(title: &str) -> Result<String, Problem> {
    let title = MaterialTitle::parse(title).map_err(|why| Problem::invalid_text("title", why))?;
    Ok(title.as_str().to_owned())
}

pub(super) fn codelab_of(id: &str) -> Result<CodelabId, HttpProblem> {
    id.parse().map_err(|_| unknown_codelab())
}

pub(super) fn material_of(id: &str) -> Result<MaterialId, HttpProblem> {
    id.parse().map_err(|_| unknown())
}

pub(super) fn found(is_there: bool) -> Result<StatusCode, HttpProblem> {
    if is_there {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}

pub(super) fn unknown_codelab() -> HttpProblem {
    HttpProblem::new(
        ProblemCode::UnknownCodelab,
        "there is no such codelab in the library",
    )
}

pub(super) fn unknown() -> HttpProblem {
    HttpProblem::new(ProblemCode::NotFound, "there is no such material")
}
