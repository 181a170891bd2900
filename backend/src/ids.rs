//! Where ids are made: UUIDv7, by the one clock; and those that must tell nothing, by chance.

use domain::time::Instant;
use uuid::{NoContext, Timestamp, Uuid};

use crate::clock::Clock;

#[derive(Clone, Debug)]
pub struct Ids(Clock);

impl Ids {
    pub fn new(clock: Clock) -> Ids {
        Ids(clock)
    }

    pub fn uuid(&self) -> Uuid {
        at(self.0.now())
    }
}

/// An id by chance alone: it tells neither when it was made, nor after which other one.
pub fn by_chance() -> Uuid {
    use rand::RngCore;
    let mut bytes = [0u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A UUIDv7 made at `now`.
pub fn at(now: Instant) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}
