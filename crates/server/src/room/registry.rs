//! The rooms of this machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{FacilitatorId, JoinCode, WorkshopId};
use store::{Store, StoreError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{actor, handle::Room};
use crate::{access::Removals, clock::Clock, damage::Damage};

/// Opens rooms and keeps them.
#[derive(Clone, Debug)]
pub struct Rooms {
    store: Store,
    damage: Damage,
    clock: Clock,
    removals: Removals,
    tasks: TaskTracker,
    stop: CancellationToken,
    open: Arc<Mutex<BTreeMap<WorkshopId, Room>>>,
    /// Held while a room is loaded, so that no workshop has two.
    loading: Arc<tokio::sync::Mutex<()>>,
}

impl Rooms {
    /// No rooms yet. Their tasks belong to `tasks` and end with `stop`.
    #[must_use]
    pub fn new(
        store: Store,
        damage: Damage,
        clock: Clock,
        removals: Removals,
        tasks: TaskTracker,
        stop: CancellationToken,
    ) -> Self {
        Self {
            store,
            damage,
            clock,
            removals,
            tasks,
            stop,
            open: Arc::default(),
            loading: Arc::default(),
        }
    }

    /// Opens every live workshop again, as after a restart. Damaged ones are set
    /// aside, and noted.
    ///
    /// # Errors
    /// When the store cannot be read for another reason.
    pub async fn open_live(&self) -> Result<(), StoreError> {
        for id in self.store.live_workshops().await? {
            match self.get(id).await {
                Err(error) if !error.is_damage() => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// The room of a workshop, live or ended; nothing if there is no such workshop.
    ///
    /// # Errors
    /// [`StoreError::SetAside`] or another damage of this workshop, which is then
    /// noted; or when the store cannot be read.
    pub async fn get(&self, id: WorkshopId) -> Result<Option<Room>, StoreError> {
        if let Some(room) = self.opened(id) {
            return Ok(Some(room));
        }
        let _one_at_a_time = self.loading.lock().await;
        if let Some(room) = self.opened(id) {
            return Ok(Some(room));
        }
        if self.damage.has_workshop(id) {
            return Err(StoreError::SetAside);
        }
        let loaded = self.store.load_workshop(id).await.inspect_err(|error| {
            if error.is_damage() {
                self.damage.note_workshop(id, error);
            }
        })?;
        let Some(loaded) = loaded else {
            return Ok(None);
        };
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let (room, actor) = actor::open(id, loaded, store, clock, self.removals.clone());
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

    /// Hands back what facilitators who were removed hold in rooms, and waits until
    /// no room has a command of theirs left.
    pub async fn release_duties(&self, removed: &BTreeSet<FacilitatorId>) {
        if removed.is_empty() {
            return;
        }
        for room in self.all() {
            if let Err(problem) = room.release_duties(removed.clone()).await {
                tracing::warn!(workshop = %room.id(), code = problem.code.as_str(), "room.release_duties");
            }
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
