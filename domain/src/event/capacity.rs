//! How many an event is for, changed while people have answered.

use super::{CAPACITY_CAP, Change, Gathering, Mistake, Served, served};
use crate::time::Instant;

/// What a new capacity comes to: refused below what is taken; otherwise whoever waits is served.
pub fn set_capacity(gathering: &mut Gathering, capacity: Option<u16>, now: Instant) -> Result<Served, Mistake> {
    if capacity.is_some_and(|seats| !(1..=CAPACITY_CAP).contains(&seats)) {
        return Err(Mistake::CapacityUnreadable { cap: CAPACITY_CAP });
    }
    let seated = gathering.seated();
    if capacity.is_some_and(|seats| seats < seated) {
        return Err(Mistake::FewerThanSeated { seated });
    }
    gathering.event.terms.capacity = capacity;
    let served = served(gathering, now);
    for who in &served.promoted {
        gathering.apply(&Change::Promoted { who: *who });
    }
    Ok(served)
}
