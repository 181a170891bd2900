//! What waits, and in which order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Absence;
use crate::dossiers::Kind;
use crate::governance::Person;
use crate::id::{DossierId, ErasureId, GroupId, ImportId, IncidentId, MemberId, MemberImportId, ObjectiveId, RequestId};
use crate::members::ShortName;
use crate::order;
use crate::reason::When;
use crate::sheet::{Mishap, Trouble};
use crate::time::{Days, Instant, plus_days};

/// Something that waits for the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A leave or an exemption is asked for. Of which sort, and why, stands on its page alone.
    LeaveAsked {
        request: RequestId,
        /// Otherwise a leave.
        exemption: bool,
        days: Days,
        /// It is the reader's own: another one answers.
        own: bool,
    },
    /// Somebody is behind.
    Behind {
        member: MemberId,
        /// Vacations owed from cycles that are over.
        overdue: u16,
    },
    /// Somebody's address came back.
    Bounced {
        member: MemberId,
    },
    /// Nobody leads a shift that is near.
    LeadMissing {
        when: When,
    },
    /// A file of the till waits to be approved.
    ImportWaiting {
        import: ImportId,
        file: String,
    },
    /// « Caisse fermée », « magasin fermé »
    ShopReported {
        report: i64,
        when: When,
        what: Trouble,
        note: String,
    },
    IncidentReported {
        incident: IncidentId,
        when: When,
        what: Mishap,
        text: String,
    },
    /// Somebody wants to join a working group, and its referents have not answered.
    JoiningLeft {
        slug: String,
        group: String,
    },
    MandateLapses {
        seat: Option<u8>,
    },
    /// A dossier of the office, or a grant of any group.
    DossierDue {
        dossier: DossierId,
        of: GroupId,
        group: String,
        title: String,
        kind: Kind,
    },
    /// The figure of a month, of which this is the first day.
    FigureMissing {
        objective: ObjectiveId,
        label: String,
        month: NaiveDate,
    },
    /// Somebody asks that nothing names them any more. Why stands on its page alone.
    ErasureAsked {
        erasure: ErasureId,
        /// It is the reader's own: another one answers.
        own: bool,
    },
    /// Somebody is a member, and has no share.
    ShareMissing {
        member: MemberId,
    },
    /// Something of a share is not paid.
    ShareDue {
        member: MemberId,
        /// Something of it is.
        begun: bool,
    },
    /// Whoever left has their share to come.
    RefundDue {
        member: MemberId,
    },
    /// For a newcomer nothing was done for long.
    NewcomerStuck {
        member: MemberId,
    },
    /// A file of members waits to be approved.
    MembersWaiting {
        import: MemberImportId,
        file: String,
    },
}

impl What {
    /// Under which name it is noted as dealt with, where nothing else says so.
    pub fn thing(&self) -> Option<String> {
        match self {
            What::ShopReported { report, .. } => Some(format!("report/{report}")),
            What::IncidentReported { incident, .. } => Some(format!("incident/{incident}")),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub what: What,
    /// Whom it is about, or who said it.
    pub who: Option<Person>,
    pub since: Instant,
    /// By when it should be dealt with.
    pub due: NaiveDate,
}

/// How pressing something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Its day has passed.
    Late,
    Today,
    /// Within a week.
    Soon,
    Later,
}

impl Urgency {
    pub const ALL: [Urgency; 4] = [Urgency::Late, Urgency::Today, Urgency::Soon, Urgency::Later];

    pub fn of(due: NaiveDate, today: NaiveDate) -> Urgency {
        if due < today {
            Urgency::Late
        } else if due == today {
            Urgency::Today
        } else if due <= plus_days(today, 7) {
            Urgency::Soon
        } else {
            Urgency::Later
        }
    }
}

/// By deadline; of the same day, what has waited longest.
pub fn arranged(mut items: Vec<Item>) -> Vec<Item> {
    order::by_key(&mut items, |item| (item.due, item.since));
    items
}

/// What its reader may open from the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Of Administratif, or the employee; otherwise they stand in.
    pub office: bool,
    pub employee: bool,
    pub keeps_catalogue: bool,
    /// Whose dossiers they keep.
    pub boards: Vec<GroupId>,
}

/// An employee, and when they are away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employed {
    pub person: Person,
    /// Those that are not over, with who stands in; the next one first.
    pub absences: Vec<(Absence, ShortName)>,
}

/// « À traiter »
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub now: Instant,
    /// In order.
    pub items: Vec<Item>,
    pub reader: Reader,
    pub employees: Vec<Employed>,
    /// Who may stand in, by name; for the office.
    pub people: Vec<Person>,
}

impl Queue {
    /// How many should be dealt with today at the latest.
    pub fn pressing(&self, today: NaiveDate) -> usize {
        self.items.iter().filter(|item| item.due <= today).count()
    }
}
