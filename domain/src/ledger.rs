//! What one owes and has done. Append-only entries; everything else is computed from them and
//! from the policies that were in force, and nothing of it is stored.

mod account;
mod credit;
mod cycles;
mod entry;
mod policy;
mod presence;
mod preview;
pub mod settings;
mod simulate;
mod solidarity;
mod standing;
mod story;

pub use credit::Credit;
pub use cycles::{DutyFacts, DutyPeriod, Leave, LeaveKind, Share, due_entries, due_in, looked_at};
pub use entry::{Entry, EntryKind};
pub use policy::{Absence, Ahead, Alarm, Counting, Light, NotSet, Policies, Policy, Pot, TemplateCredit, Version, may_set};
pub use presence::{Noted, Presence, credit_of, entries_for_changed_presence, entries_for_presence, key_on, lead_may_owe};
pub use preview::{TRIED_ON, preview, tried_since};
pub use simulate::{Change, Ledger, Simulation, foreseen, simulate};
pub use solidarity::{NoDraw, NoGift, draw, drawn_in, gift, pot};
pub use standing::{Exact, Level, Standing, standing};
pub use story::{CountsAs, Line, Story, ToDo, Told, story};
