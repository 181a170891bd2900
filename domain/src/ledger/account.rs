//! The one walk through a ledger, day by day. Its end is the standing, its steps are the story.

use chrono::NaiveDate;

use super::credit::Credit;
use super::entry::{Entry, EntryKind};
use super::policy::{Alarm, Policy};
use super::standing::Level;
use crate::id::ShiftId;
use crate::rules::Rules;
use crate::time::{Cycle, Days, minus_days, plus_days};

/// Where one is at the end of a day.
#[derive(Debug, Clone, Default)]
pub(super) struct Account {
    /// Everything but the running cycle's duty.
    pub settled: Credit,
    /// The running cycle's duty, as a debt.
    pub running: Credit,
    pub saved: Credit,
    /// Advances that no rule kept.
    pub lapsed: Credit,
    /// Debts beyond what the policy lets grow.
    pub forgiven: Credit,
    /// Since when without a break what is overdue is enough for an alert.
    pub since: Option<NaiveDate>,
    /// When more days were granted to make up for it.
    pub grace: Option<NaiveDate>,
    missed: bool,
}

/// What happened on the way.
pub(super) enum Step<'a> {
    /// Just before it is counted.
    Entry(&'a Entry),
    /// A cycle is over: what it moved, just before the account says so.
    CycleOver {
        cycle: Days,
        moved: Moved,
    },
    Level {
        on: NaiveDate,
        level: Level,
    },
}

/// What a cycle's end did to an advance or a debt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Moved {
    pub saved: Credit,
    pub lapsed: Credit,
    pub drawn: Credit,
    pub forgiven: Credit,
}

impl Account {
    pub fn total(&self) -> Credit {
        self.settled + self.running
    }

    pub fn overdue(&self) -> Credit {
        self.settled.below()
    }

    fn count(&mut self, entry: &Entry) {
        if entry.kind.is_duty() {
            self.running += entry.credit;
        } else {
            self.settled += entry.credit;
        }
        self.missed |= entry.kind == EntryKind::Missed;
    }

    fn cycle_end(&self, policy: &Policy) -> Moved {
        let mut moved = Moved::default();
        let mut left = self.total();
        if let Some(cap) = policy.ahead.cap {
            let over = (left - cap).above();
            left -= over;
            if policy.ahead.saved { moved.saved = over } else { moved.lapsed = over }
        }
        if policy.ahead.saved && !self.missed {
            moved.drawn = left.below().min(self.saved);
            left += moved.drawn;
        }
        if let Some(cap) = policy.owed_cap {
            moved.forgiven = (left.below() - cap).above();
        }
        moved
    }

    fn close_cycle(&mut self, moved: Moved) {
        self.settled = self.total() - moved.saved - moved.lapsed + moved.drawn + moved.forgiven;
        self.running = Credit::NONE;
        self.saved += moved.saved - moved.drawn;
        self.lapsed += moved.lapsed;
        self.forgiven += moved.forgiven;
        self.missed = false;
    }

    /// Whether it is an alert, and since when.
    fn look(&mut self, on: NaiveDate, alarm: &Alarm) {
        if self.overdue() < alarm.alert_from {
            self.since = None;
            self.grace = None;
        } else {
            self.since.get_or_insert(on);
        }
    }

    /// The first day on which it is an alert.
    fn alert_on(&self, alarm: &Alarm) -> Option<NaiveDate> {
        Some(plus_days(self.since?, u64::from(alarm.delay_d)))
    }

    /// The first day on which it is a delay, if nothing is done. More than an alert bears is one at once.
    pub fn late_on(&self, alarm: &Alarm) -> Option<NaiveDate> {
        let aged = alarm.alert_d.and_then(|days| Some(plus_days(self.alert_on(alarm)?, u64::from(days))));
        let late = if self.overdue() >= alarm.late_from { self.since } else { aged }?;
        Some(self.grace_to(alarm).map_or(late, |granted| late.max(plus_days(granted, 1))))
    }

    /// The last day of what was granted.
    pub fn grace_to(&self, alarm: &Alarm) -> Option<NaiveDate> {
        Some(plus_days(self.grace?, u64::from(alarm.grace_d)))
    }

    pub fn level(&self, today: NaiveDate, alarm: &Alarm) -> Level {
        let reached = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
        let told = reached(self.alert_on(alarm)) || self.overdue() >= alarm.late_from && self.since.is_some();
        match (told, reached(self.late_on(alarm))) {
            (false, _) => Level::UpToDate,
            (true, false) => Level::Alert,
            (true, true) => Level::Late,
        }
    }
}

/// Walks to the end of `today`. What is dated later in the running cycle counts already (a shift of
/// next week that was closed and excused); what is dated in a later cycle does not. The order in
/// which entries came does not matter.
pub(super) fn walk(entries: &[Entry], rules: &Rules, today: NaiveDate, tell: &mut dyn FnMut(&Account, Step<'_>)) -> Account {
    let running = rules.cycle.around(today);
    let mut dated: Vec<(NaiveDate, &Entry)> =
        entries.iter().filter(|entry| entry.on <= running.to).map(|entry| (entry.on.min(today), entry)).collect();
    crate::order::by(&mut dated, |(day, one), (other_day, other)| (day, place(one)).cmp(&(other_day, place(other))));
    let Some((first, _)) = dated.first() else { return Account::default() };

    let mut account = Account::default();
    let mut cycle = rules.cycle.around(*first);
    let (mut level, mut told_to) = (Level::UpToDate, minus_days(*first, 1));
    let mut entries = dated.iter().peekable();
    for day in days(&dated, rules, cycle, today) {
        age(&account, &mut level, (told_to, minus_days(day, 1)), rules, tell);
        if !cycle.contains(day) {
            let moved = account.cycle_end(&rules.policy_on(cycle.to));
            tell(&account, Step::CycleOver { cycle, moved });
            account.close_cycle(moved);
            cycle = rules.cycle.around(day);
        }
        let mut granted = false;
        while let Some((_, entry)) = entries.next_if(|(on, _)| *on == day) {
            tell(&account, Step::Entry(entry));
            account.count(entry);
            granted |= entry.kind == EntryKind::Grace;
        }
        let policy = rules.policy_on(day);
        account.look(day, &policy.alarm);
        if granted && account.since.is_some() {
            account.grace.get_or_insert(day);
        }
        let now = account.level(day, &policy.alarm);
        if now != level {
            level = now;
            tell(&account, Step::Level { on: day, level });
        }
        told_to = day;
    }
    age(&account, &mut level, (told_to, today), rules, tell);
    account
}

/// Nothing is counted twice, but what is told of one day has an order of its own.
fn place(entry: &Entry) -> (NaiveDate, EntryKind, Credit, &str, &str, Option<ShiftId>) {
    (entry.on, entry.kind, entry.credit, &entry.key, &entry.why, entry.shift)
}

/// The days on which something may change: of entries, of cycles that begin, of new policies.
fn days(dated: &[(NaiveDate, &Entry)], rules: &Rules, first: Days, today: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = dated.iter().map(|(day, _)| *day).collect();
    let from = days.first().copied().unwrap_or(today);
    let mut begins = plus_days(first.from, Cycle::DAYS);
    while begins <= today {
        days.push(begins);
        begins = plus_days(begins, Cycle::DAYS);
    }
    let policies = rules.policies.versions().iter().map(|version| version.valid_from);
    days.extend(policies.filter(|day| from < *day && *day <= today));
    crate::order::by_key(&mut days, |day| *day);
    days.dedup();
    days
}

/// Levels that time alone changes after `from`, up to `to`.
fn age(
    account: &Account,
    level: &mut Level,
    (from, to): (NaiveDate, NaiveDate),
    rules: &Rules,
    tell: &mut dyn FnMut(&Account, Step<'_>),
) {
    let policy = rules.policy_on(to);
    let alarm = &policy.alarm;
    // With a delay before the alert, too much may be a delay first.
    let mut changes = [account.alert_on(alarm), account.late_on(alarm)];
    changes.sort_unstable();
    for day in changes.into_iter().flatten().filter(|day| from < *day && *day <= to) {
        let now = account.level(day, alarm);
        if now != *level {
            *level = now;
            tell(account, Step::Level { on: day, level: now });
        }
    }
}
