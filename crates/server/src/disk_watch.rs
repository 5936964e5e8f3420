//! Watches the disk while the server runs: its free space every some seconds,
//! and at once when a write fails or works again.

use std::time::Duration;

use store::{DiskCondition, DiskState, Store};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How often the free space is looked at while all is well.
const INTERVAL: Duration = Duration::from_secs(10);

/// How often writing is tried again while it fails.
const PROBE_INTERVAL: Duration = Duration::from_secs(1);

/// Watches the disk until `stop`.
pub async fn watch_disk(
    store: Store,
    tasks: &TaskTracker,
    stop: CancellationToken,
) -> watch::Receiver<DiskState> {
    let (sender, receiver) = watch::channel(store.disk_state().await);
    tasks.spawn(async move {
        let mut faults = store.watch_disk();
        loop {
            let before = *sender.borrow();
            let pause = if is_writable(before.condition) {
                INTERVAL
            } else {
                PROBE_INTERVAL
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
                // The sender lives as long as the store.
                _ = faults.changed() => {}
            }
            let now = store.disk_state().await;
            if now.condition != before.condition {
                tracing::warn!(condition = ?now.condition, free_bytes = now.free_bytes, "disk");
            }
            sender.send_replace(now);
        }
    });
    receiver
}

fn is_writable(condition: DiskCondition) -> bool {
    match condition {
        DiskCondition::Good | DiskCondition::Low | DiskCondition::Critical => true,
        DiskCondition::Full
        | DiskCondition::ReadOnly
        | DiskCondition::Replaced
        | DiskCondition::Failing => false,
    }
}
