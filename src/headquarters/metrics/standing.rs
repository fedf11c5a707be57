//! What the store holds at the moment someone asks: read then, never counted along.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use crate::clock;
use crate::store::people::SeatsByAge;
use crate::store::{Store, StoreFault, events, judgements, meta, people, size_bytes};

/// The gauges.
#[derive(Debug, Default)]
pub(super) struct Standing {
    events: Gauge,
    held: Gauge,
    waiting: Gauge,
    in_backup: Gauge,
    backup_at: Gauge,
    database: Gauge,
    queue: Gauge,
    tablets: Family<LastContact, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LastContact {
    last_contact: &'static str,
}

impl Standing {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("events", "Events in custody", self.events.clone());
        let help = "Events in custody that came in held, decided or not";
        registry.register("events_held", help, self.held.clone());
        let help = "Held events that wait for a person";
        registry.register("events_held_waiting", help, self.waiting.clone());
        let help = "Events that are in a backup";
        registry.register("events_durable", help, self.in_backup.clone());
        let help = "When the last backup was made, since 1970; 0 when there is none";
        let backup_at = self.backup_at.clone();
        registry.register_with_unit("last_backup_timestamp", help, Unit::Seconds, backup_at);
        let help = "Size of the database; its write-ahead log comes on top";
        let database = self.database.clone();
        registry.register_with_unit("database_size", help, Unit::Bytes, database);
        let help = "Pieces of work that wait for the one writer";
        registry.register("writer_queue_length", help, self.queue.clone());
        let help = "Seats on tablets that are not revoked, by how long ago they were heard of";
        registry.register("tablets", help, self.tablets.clone());
    }

    /// Reads everything anew.
    pub(super) async fn take(&self, store: &Store) -> Result<(), StoreFault> {
        let db = store.readers();
        set(&self.events, meta::positions(db).await?);
        set(&self.held, events::held(db).await?);
        set(&self.waiting, judgements::waiting(db).await?);
        set(&self.in_backup, meta::durable_through(db).await?.unwrap_or_default());
        let backup_at = meta::backup_at(db).await?;
        self.backup_at.set(backup_at.map_or(0, |at| at.0.div_euclid(1000)));
        set(&self.database, size_bytes(db).await?);
        set(&self.queue, u64::try_from(store.waiting()).unwrap_or(u64::MAX));
        self.take_tablets(people::seats_by_age(db, clock::now()).await?);
        Ok(())
    }

    fn take_tablets(&self, seats: SeatsByAge) {
        let SeatsByAge { hour, day, week, older } = seats;
        for (last_contact, count) in
            [("under_1h", hour), ("1h_to_1d", day), ("1d_to_7d", week), ("over_7d", older)]
        {
            set(&self.tablets.get_or_create(&LastContact { last_contact }), count);
        }
    }
}

fn set(gauge: &Gauge, value: u64) {
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
}
