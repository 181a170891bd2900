//! The register: what Administratif keeps of members, how they arrive, how they leave, and what was done to whose account.

mod arriving;
mod card;
mod deed;
mod departure;
mod duplicates;
mod erasure;
pub mod import;
mod line;
mod merging;
mod mistake;
mod own;
mod own_data;
mod seats;
mod settings;
mod status;
mod waves;
mod written;

pub use arriving::{Arrivals, Arriving, FirstShift, Newcomer, OnTheirWay, OwnArrival, STUCK_D, Stage, Step, arriving};
pub use card::{Card, OtherAtAddress, RegularSeat, Welcomed};
pub use deed::{Deed, Part, Trail, TrailLine};
pub use departure::{AHEAD_D, Departure, EXPORT_D, Held, LeavingPreview, may_leave};
pub use duplicates::{Alike, Alikes, Pair, Registered, duplicates, shared_addresses};
pub use erasure::{Erasure, ErasureInHand, ErasureState};
pub use line::{Desk, Filter, Line, PAGE_LINES, Paid, found};
pub use merging::{MergePreview, MergeSide, may_merge};
pub use mistake::Mistake;
pub use own::{Change, ErasureAsked, Mine, MyShare};
pub use own_data::{OwnData, Row, Section};
pub use seats::{OpenSeat, PROPOSED, Proposed, proposed};
pub use settings::{FIRST_SHIFT_CAP, Settings};
pub use status::{Since, Status};
pub use waves::{Invitable, WAVE_CAP, WAVES_CAP, Wave, WavePlan, waves};
pub use written::{ADDRESS_CAP, NAME_CAP, WHY_CAP, Written, typed_day, typed_why};
