//! « À traiter »: what waits for the office, one queue by deadline that the employee and Administratif share; and who stands in for
//! the employee while they are away.

mod absence;
mod due;
mod queue;

pub use absence::{Absence, Away, LATE_SAID_D, LONGEST_D, Mistake, Planned, WORD_CAP, handling};
pub use due::{
    DOSSIER_D, FIGURE_DAY, GRANT_D, JOINING_D, answer_by, asks_share, bounced_by, erase_by, figure_by, import_by, is_ahead,
    joining_by, mishap_by, newcomer_by, refund_by, share_by, speak_by, subscribe_by,
};
pub use queue::{Employed, Item, Queue, Reader, Urgency, What, arranged};
