//! Sorties et événements: what is announced, who comes, who brings what, the list at the door, and what is left of it.

mod arrival;
mod capacity;
mod changed;
mod claims;
mod clash;
mod comment;
mod details;
mod edit;
mod gathering;
mod mine;
mod overview;
mod party;
mod photo;
mod programme;
mod reminder;
mod seats;
mod series;
mod snapshot;
mod state;
mod times;
mod typed;
mod wanted;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{EventId, GroupId, SeriesId};

pub use arrival::{Arrival, ArrivalList, ArrivalWindow, Expected, PEOPLE_CAP, WalkedIn};
pub use capacity::set_capacity;
pub use changed::{Changed, Facts, QUIET_MIN, tell_at, what_changed};
pub use claims::{BringItem, CLAIM_CAP, Carpool, Claim, Claims, HelperPost, LABEL_CAP, What};
pub use clash::clashes;
pub use comment::{COMMENT_CAP, COMMENTS_CAP, COMMENTS_OF_ONE_CAP, Comment};
pub use details::{ALT_CAP, Details, ForWhom, PLACE_CAP, Partner, Place, Price, TEXT_CAP, TITLE_CAP};
pub use edit::{Field, Scope, carried, differing};
pub use gathering::{Change, Gathering, Others};
pub(crate) use mine::seen_by;
pub use mine::{Mine, lay_on, mine_after};
pub use overview::{Acted, Counts, Overview};
pub use party::{Answer, Attendee, DIET_CAP, GUESTS_CAP, Party, Placed, Standing};
pub use photo::{Asked, PHOTOS_CAP, PHOTOS_OF_ONE_CAP, Photo, PhotoWindow, photo_of, photos_left, was_there, who_came};
pub use programme::{Organised, Programme};
pub use reminder::{LATE_H, Reminded, reminders};
pub use seats::{Given, HANDED_H, Served, answered, is_late, served};
pub use series::{Hours, OCCURRENCES_CAP, Planned, Rhythm, Rule, RuleEdit, RuleMistake, RuleTyped, Series, planned};
pub use snapshot::{Events, Shown};
pub use state::{Announced, State};
pub use times::{LONGEST_D, Times, local, typed_instant};
pub use typed::{CAPACITY_CAP, Mistake, PRICE_CAP, Terms, Typed, word_of};
pub use wanted::{WANTED_CAP, Wanted, WantedList, likewise, may_replace};

/// The slug of the group that makes events.
pub const SOCIAL: &str = "vie-sociale";

/// The namespace of the ids of a series' occurrences: every process makes the same one of a day.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c1f_5a0e_52f1_4d0b_9d35_0b7e_a1be_0007);

/// The id of a series' occurrence: of its day, even where it is moved to another one later.
pub fn id_of(series: SeriesId, day: chrono::NaiveDate) -> EventId {
    EventId(Uuid::new_v5(&NAMESPACE, format!("{series}/{day}").as_bytes()))
}

/// Something that members can come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesId>,
    /// Whose it is: its group sees who comes.
    pub group: GroupId,
    pub terms: Terms,
    pub state: State,
    /// Grows with each change that people are told of; a calendar file says it.
    #[serde(default)]
    pub sequence: i32,
    /// Of what an editor sees; a change written from an older one is not lost, but shown beside.
    #[serde(default)]
    pub revision: i32,
}
