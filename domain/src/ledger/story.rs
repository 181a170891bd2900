//! « Mon engagement »: the count as a story, oldest to newest, and what to do by when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::{Account, Step, walk};
use super::credit::Credit;
use super::entry::{Entry, EntryKind};
use super::standing::{Level, standing};
use crate::id::ShiftId;
use crate::rules::Rules;
use crate::time::{Days, Instant, paris_day};

/// What work goes to: what is overdue first, then the running cycle, then the next ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsAs {
    /// « rattrapage »
    MakeUp,
    /// « vacation du cycle »
    Cycle,
    /// « avance »
    Advance,
}

impl CountsAs {
    pub(super) fn next(account: &Account) -> CountsAs {
        if account.overdue() > Credit::NONE {
            CountsAs::MakeUp
        } else if account.total() < Credit::NONE {
            CountsAs::Cycle
        } else {
            CountsAs::Advance
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A cycle begins, and asks for so much.
    CycleBegins {
        cycle: Days,
        owed: Credit,
    },
    /// A cycle asks for nothing: leave or exemption, which is said with it.
    CycleFree {
        cycle: Days,
        kind: EntryKind,
    },
    Worked {
        shift: Option<ShiftId>,
        credit: Credit,
        counts_as: CountsAs,
    },
    Excused {
        shift: Option<ShiftId>,
        credit: Credit,
    },
    /// Absent: `owed` on top of the shift itself.
    Missed {
        shift: Option<ShiftId>,
        owed: Credit,
    },
    Corrected {
        credit: Credit,
    },
    Gave {
        credit: Credit,
    },
    Drew {
        credit: Credit,
    },
    Granted {
        to: NaiveDate,
    },
    /// A cycle is over, and this was left of it.
    CycleLeft {
        cycle: Days,
        owed: Credit,
    },
    Saved {
        credit: Credit,
    },
    FromSavings {
        credit: Credit,
    },
    Lapsed {
        credit: Credit,
    },
    Forgiven {
        credit: Credit,
    },
    Became {
        level: Level,
    },
}

/// A sentence of the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub on: NaiveDate,
    pub told: Told,
    /// What whoever wrote it said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The count after it: negative owed, positive ahead.
    pub left: Credit,
}

/// What is to be worked, and by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToDo {
    pub credit: Credit,
    /// The last day in time; none: there is no better day than the next.
    pub by: Option<NaiveDate>,
    pub counts_as: CountsAs,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Oldest first.
    pub lines: Vec<Line>,
    /// Most pressing first.
    pub to_do: Vec<ToDo>,
}

pub fn story(entries: &[Entry], rules: &Rules, now: Instant) -> Story {
    let today = paris_day(now);
    let mut lines = Vec::new();
    walk(entries, rules, today, &mut |account, step| tell(&mut lines, account, step, rules));
    Story { lines, to_do: to_do(entries, rules, now) }
}

fn tell(lines: &mut Vec<Line>, account: &Account, step: Step<'_>, rules: &Rules) {
    let mut say = |on, told, why: &str, left| lines.push(Line { on, told, why: why.to_owned(), left });
    match step {
        Step::Entry(entry) => {
            let left = account.total() + entry.credit;
            if let (EntryKind::Leave | EntryKind::Exemption, Some(begun)) = (entry.kind, lines.last_mut()) {
                // A free cycle is one sentence: that it begins, and asks for nothing.
                let cycle = rules.cycle.around(entry.on);
                if begun.on == entry.on && matches!(begun.told, Told::CycleBegins { .. }) {
                    *begun =
                        Line { told: Told::CycleFree { cycle, kind: entry.kind }, why: entry.why.clone(), left, on: begun.on };
                    return;
                }
            }
            lines.push(Line { on: entry.on, told: told(entry, account, rules), why: entry.why.clone(), left });
        }
        Step::CycleOver { cycle, moved } => {
            let (on, mut left) = (cycle.to, account.total());
            if left < Credit::NONE {
                say(on, Told::CycleLeft { cycle, owed: left.below() }, "", left);
            }
            for (credit, change, told) in [
                (moved.saved, -moved.saved, Told::Saved { credit: moved.saved }),
                (moved.lapsed, -moved.lapsed, Told::Lapsed { credit: moved.lapsed }),
                (moved.drawn, moved.drawn, Told::FromSavings { credit: moved.drawn }),
                (moved.forgiven, moved.forgiven, Told::Forgiven { credit: moved.forgiven }),
            ] {
                if !credit.is_none() {
                    left += change;
                    say(on, told, "", left);
                }
            }
        }
        Step::Level { on, level } => say(on, Told::Became { level }, "", account.total()),
    }
}

fn told(entry: &Entry, account: &Account, rules: &Rules) -> Told {
    let (shift, credit) = (entry.shift, entry.credit);
    match entry.kind {
        EntryKind::CycleDue => Told::CycleBegins { cycle: rules.cycle.around(entry.on), owed: credit.below() },
        EntryKind::Leave | EntryKind::Exemption => Told::CycleFree { cycle: rules.cycle.around(entry.on), kind: entry.kind },
        EntryKind::Done => Told::Worked { shift, credit, counts_as: CountsAs::next(account) },
        EntryKind::MakeUp => Told::Worked { shift, credit, counts_as: CountsAs::MakeUp },
        EntryKind::Advance => Told::Worked { shift, credit, counts_as: CountsAs::Advance },
        EntryKind::Excused => Told::Excused { shift, credit },
        EntryKind::Missed => Told::Missed { shift, owed: credit.below() },
        EntryKind::Correction => Told::Corrected { credit },
        EntryKind::SolidarityGift => Told::Gave { credit: credit.below() },
        EntryKind::SolidarityDraw => Told::Drew { credit },
        EntryKind::Grace => {
            Told::Granted { to: crate::time::plus_days(entry.on, u64::from(rules.policy_on(entry.on).alarm.grace_d)) }
        }
    }
}

/// What is overdue by the day before it becomes a delay, then the rest by the cycle's last day.
fn to_do(entries: &[Entry], rules: &Rules, now: Instant) -> Vec<ToDo> {
    let standing = standing(entries, rules, now);
    let overdue = standing.exact.overdue.min(standing.exact.to_do);
    let in_time = standing.late_on.filter(|_| standing.level != Level::Late).map(|late| crate::time::minus_days(late, 1));
    let parts = [
        ToDo { credit: overdue, by: in_time, counts_as: CountsAs::MakeUp },
        ToDo { credit: standing.exact.to_do - overdue, by: Some(standing.cycle.to), counts_as: CountsAs::Cycle },
    ];
    parts.into_iter().filter(|part| !part.credit.is_none()).collect()
}
