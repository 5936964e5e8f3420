//! The disk of this machine, for whoever can do something about it.

use axum::{Json, extract::State};
use protocol::{DiskCondition, DiskState, Problem};

use crate::{access::Facilitator, app::App};

/// The disk below the data folder
#[utoipa::path(get, path = "/disk", tag = "server",
    responses((status = 200, body = DiskState), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn disk(State(app): State<App>, _who: Facilitator) -> Json<DiskState> {
    let state = *app.disk.borrow();
    Json(DiskState {
        condition: match state.condition {
            store::DiskCondition::Good => DiskCondition::Good,
            store::DiskCondition::Low => DiskCondition::Low,
            store::DiskCondition::Critical => DiskCondition::Critical,
            store::DiskCondition::Full => DiskCondition::Full,
            store::DiskCondition::ReadOnly => DiskCondition::ReadOnly,
            store::DiskCondition::Replaced => DiskCondition::Replaced,
            store::DiskCondition::Failing => DiskCondition::Failing,
        },
        free_bytes: state.free_bytes,
    })
}
