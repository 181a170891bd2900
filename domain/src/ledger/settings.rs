//! A policy as the fields of a form: what the office types, read, and written for it to change.

mod amount;
mod read;
mod write;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Timelike, Weekday};

pub use amount::{read_amount, write_amount};
pub use read::read_settings;
pub use write::write_settings;

use super::credit::Credit;
use super::policy::Policy;
use crate::shifts::ShiftTemplate;
use crate::time::CycleWeek;

/// Names and values, as a form posts them; a row of light days repeats its five names.
pub type Fields = Vec<(String, String)>;

/// More times of the year that ask for less are a mistake of typing.
pub const LIGHT_CAP: usize = 40;
/// A reason is a sentence or two. Characters.
pub const WHY_CAP: usize = 500;

/// What was typed, once all of it can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub policy: Policy,
    pub from: NaiveDate,
    pub why: String,
}

/// A field that cannot be read as it is; a row's fields have its place behind their name: `light_to.2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub mistake: Mistake,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    Missing,
    NotANumber,
    NotADate,
    /// Not one of the answers that the form offers.
    NotOffered,
    /// Hours where vacations are counted, not time.
    NotByTheClock,
    /// Not a whole number of 180ths of a vacation.
    NotWhole,
    Negative,
    Least(u16),
    Most(u16),
    LeastAmount(Credit),
    MostAmount(Credit),
    TooLong(usize),
    TooMany(usize),
    /// It ends before it begins.
    Reversed,
    /// A year that nobody means.
    FarAway,
    /// What is counted already stays: the first day that can be changed.
    TooEarly(NaiveDate),
    /// « En retard » would come before « en alerte ».
    LateBeforeAlert,
}

/// The shifts of a weekday and hours, in each week of the cycle in which there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    pub weekday: Weekday,
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub weeks: BTreeMap<CycleWeek, &'a ShiftTemplate>,
}

impl Slot<'_> {
    /// The field of what it counts as, in every week.
    pub fn field(&self) -> String {
        let clock = |at: NaiveTime| format!("{:02}{:02}", at.hour(), at.minute());
        format!("credit-{}-{}-{}", self.weekday.num_days_from_monday() + 1, clock(self.from), clock(self.to))
    }

    /// The field of one week alone, where the weeks differ.
    pub fn field_of(&self, week: CycleWeek) -> String {
        format!("{}-{}", self.field(), week.letter())
    }
}

/// The co-op's shifts by weekday and hours.
pub fn slots(templates: &[ShiftTemplate]) -> Vec<Slot<'_>> {
    let mut slots = BTreeMap::new();
    for template in templates {
        let key = (template.weekday.num_days_from_monday(), template.from, template.to);
        let slot = slots.entry(key).or_insert_with(|| Slot {
            weekday: template.weekday,
            from: template.from,
            to: template.to,
            weeks: BTreeMap::new(),
        });
        slot.weeks.insert(template.week, template);
    }
    slots.into_values().collect()
}

/// The first value under a name, trimmed; empty as if it were not there.
pub fn typed<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The fields of one time of the year that asks for less.
pub const LIGHT_FIELDS: [&str; 5] = ["light_from", "light_to", "light_due", "light_owed", "light_why"];

/// What was typed of each of them, row by row: browsers post every row's fields, and in order.
pub fn light_rows(fields: &[(String, String)]) -> Vec<[&str; 5]> {
    let values = LIGHT_FIELDS
        .map(|name| -> Vec<&str> { fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim()).collect() });
    let rows = values.iter().map(Vec::len).max().unwrap_or_default();
    (0..rows).map(|row| std::array::from_fn(|column| values[column].get(row).copied().unwrap_or_default())).collect()
}
