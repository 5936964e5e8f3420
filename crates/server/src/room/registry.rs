//! The rooms of this machine.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{JoinCode, WorkshopId};
use store::{Store, StoreError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{actor, handle::Room};
use crate::clock::Clock;

/// Opens rooms and keeps them.
#[derive(Clone, Debug)]
pub struct Rooms {
    store: Store,
    clock: Clock,
    tasks: TaskTracker,
    stop: CancellationToken,
    open: Arc<Mutex<BTreeMap<WorkshopId, Room>>>,
    /// Held while a room is loaded, so that no workshop has two.
    loading: Arc<tokio::sync::Mutex<()>>,
}

impl Rooms {
    /// No rooms yet. Their tasks belong to `tasks` and end with `stop`.
    #[must_use]
    pub fn new(store: Store, clock: Clock, tasks: TaskTracker, stop: CancellationToken) -> Self {
        Self {
            store,
            clock,
            tasks,
            stop,
            open: Arc::default(),
            loading: Arc::default(),
        }
    }

    /// Opens every live workshop again, as after a restart.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open_live(&self) -> Result<(), StoreError> {
        for id in self.store.live_workshops().await? {
            self.get(id).await?;
        }
        Ok(())
    }

    /// The room of a workshop, live or ended; nothing if there is no such workshop.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get(&self, id: WorkshopId) -> Result<Option<Room>, StoreError> {
        if let Some(room) = self.opened(id) {
            return Ok(Some(room));
        }
        let _one_at_a_time = self.loading.lock().await;
        if let Some(room) = self.opened(id) {
            return Ok(Some(room));
        }
        let Some(loaded) = self.store.load_workshop(id).await? else {
            return Ok(None);
        };
        let (room, actor) = actor::open(id, loaded, self.store.clone(), self.clock.clone());
        self.tasks.spawn(actor.run(self.stop.clone()));
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, room.clone());
        // Only now: who saves a revision after this finds the room.
        follow(&room).await;
        Ok(Some(room))
    }

    /// Tells all live workshops of what was saved.
    pub async fn follow_revisions(&self) {
        for room in self.live() {
            follow(&room).await;
        }
    }

    /// The rooms of live workshops.
    #[must_use]
    pub fn live(&self) -> Vec<Room> {
        self.all().into_iter().filter(Room::is_live).collect()
    }

    /// All open rooms.
    #[must_use]
    pub fn all(&self) -> Vec<Room> {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .cloned()
            .collect()
    }

    /// Whether a live workshop has this join code.
    #[must_use]
    pub fn is_code_taken(&self, code: &JoinCode) -> bool {
        self.live()
            .iter()
            .any(|room| room.facts().join_code.as_ref() == Some(code))
    }

    fn opened(&self, id: WorkshopId) -> Option<Room> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(&id).filter(|room| !room.is_closed()).cloned()
    }
}

/// What was saved is saved: a room that cannot be told goes on with what it has,
/// until the next save or start.
async fn follow(room: &Room) {
    if let Err(problem) = room.follow_revisions().await {
        tracing::warn!(workshop = %room.id(), code = problem.code.as_str(), "a room does not follow");
    }
}
