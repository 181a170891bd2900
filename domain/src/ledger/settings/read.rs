//! The fields of the form as a policy, or all that is wrong with them.

use chrono::{Datelike, NaiveDate};

use super::amount::read_amount;
use super::{Draft, LIGHT_CAP, Mistake, WHY_CAP, Wrong, light_rows, slots, typed};
use crate::ledger::{Absence, Ahead, Alarm, Counting, Credit, Light, Policy, Pot, TemplateCredit};
use crate::shifts::ShiftTemplate;
use crate::time::{Days, plus_days};

/// No threshold is higher than this many vacations.
const HIGH: i32 = 50;
/// No shift, and no cycle, asks for more than this many.
const DUE: i32 = 8;
const CYCLE_D: u16 = 28;
/// Delays, alerts and light times end within a year.
const YEAR_D: u16 = 366;
/// Beyond, the year was mistyped.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// What was typed as a policy of tomorrow or later; else every field that is wrong.
pub fn read_settings(fields: &[(String, String)], templates: &[ShiftTemplate], today: NaiveDate) -> Result<Draft, Vec<Wrong>> {
    let mut form = Form { fields, counting: Counting::Shift, wrong: Vec::new() };
    let from = form.first_day(today);
    let why = form.why();
    let counting = form.counting();
    form.counting = counting;
    let policy = Policy {
        due: form.amount("due", Credit::NONE, Credit::shifts(DUE)),
        light: form.light(),
        leave_min_d: form.number("leave_min_d", 1, CYCLE_D),
        counting,
        credits: form.credits(templates),
        absence: Absence {
            owed: form.small("owed", 4),
            lead_may_reduce: form.ticked("lead_may_reduce"),
            excused_owed: form.small("excused_owed", 1),
        },
        alarm: form.alarm(),
        ahead: Ahead { cap: form.amount_or_none("ahead_cap", Credit::NONE, Credit::shifts(HIGH)), saved: form.ticked("saved") },
        owed_cap: form.amount_or_none("owed_cap", Credit(1), Credit::shifts(HIGH)),
        pot: Pot {
            open: form.ticked("pot_open"),
            draws_a_year: form.small("draws_a_year", 52),
            floor: form.amount("pot_floor", Credit::NONE, Credit::shifts(1000)),
        },
    };
    // What this reads and the rule would not take is a mistake too, wherever it comes from.
    if form.wrong.is_empty()
        && let Some(field) = policy.mistake()
    {
        form.is_wrong(field, Mistake::NotOffered);
    }
    if form.wrong.is_empty() { Ok(Draft { policy, from, why }) } else { Err(form.wrong) }
}

struct Form<'a> {
    fields: &'a [(String, String)],
    counting: Counting,
    wrong: Vec<Wrong>,
}

impl Form<'_> {
    fn is_wrong(&mut self, field: &str, mistake: Mistake) {
        self.wrong.push(Wrong { field: field.to_owned(), mistake });
    }

    /// What was read; else its mistake is noted and something stands in, of which nothing comes.
    fn or_wrong<T: Default>(&mut self, field: &str, read: Result<T, Mistake>) -> T {
        read.unwrap_or_else(|mistake| {
            self.is_wrong(field, mistake);
            T::default()
        })
    }

    fn ticked(&self, name: &str) -> bool {
        typed(self.fields, name).is_some()
    }

    fn number(&mut self, name: &str, least: u16, most: u16) -> u16 {
        let read = typed(self.fields, name).ok_or(Mistake::Missing).and_then(|text| number(text, least, most));
        self.or_wrong(name, read)
    }

    fn small(&mut self, name: &str, most: u8) -> u8 {
        let number = self.number(name, 0, most.into());
        u8::try_from(number).unwrap_or(most)
    }

    fn amount(&mut self, name: &str, least: Credit, most: Credit) -> Credit {
        let read = typed(self.fields, name).ok_or(Mistake::Missing).and_then(|text| self.read(text, least, most));
        self.or_wrong(name, read)
    }

    fn amount_or_none(&mut self, name: &str, least: Credit, most: Credit) -> Option<Credit> {
        let read = typed(self.fields, name).map(|text| self.read(text, least, most)).transpose();
        self.or_wrong(name, read)
    }

    fn read(&self, text: &str, least: Credit, most: Credit) -> Result<Credit, Mistake> {
        match read_amount(text, self.counting)? {
            low if low < least => Err(Mistake::LeastAmount(least)),
            high if high > most => Err(Mistake::MostAmount(most)),
            amount => Ok(amount),
        }
    }

    fn first_day(&mut self, today: NaiveDate) -> NaiveDate {
        let tomorrow = plus_days(today, 1);
        let read = match typed(self.fields, "from").ok_or(Mistake::Missing).and_then(date) {
            Ok(day) if day < tomorrow => Err(Mistake::TooEarly(tomorrow)),
            read => read,
        };
        self.or_wrong("from", read)
    }

    fn why(&mut self) -> String {
        let read = match typed(self.fields, "why") {
            None => Err(Mistake::Missing),
            Some(why) if why.chars().count() > WHY_CAP => Err(Mistake::TooLong(WHY_CAP)),
            Some(why) => Ok(why.to_owned()),
        };
        self.or_wrong("why", read)
    }

    /// Where the length of a vacation is wrong, hours are still read as hours.
    fn counting(&mut self) -> Counting {
        match typed(self.fields, "counting") {
            Some("shift") => Counting::Shift,
            Some("minutes") => match self.number("a_shift", 15, 12 * 60) {
                0 => Counting::Minutes { a_shift: 180 },
                a_shift => Counting::Minutes { a_shift },
            },
            said => {
                self.is_wrong("counting", if said.is_none() { Mistake::Missing } else { Mistake::NotOffered });
                Counting::Shift
            }
        }
    }

    fn alarm(&mut self) -> Alarm {
        let high = Credit::shifts(HIGH);
        let alarm = Alarm {
            alert_from: self.amount_or_none("alert_from", Credit(1), high).unwrap_or(Credit(1)),
            late_from: self.amount("late_from", Credit(1), high),
            delay_d: self.number("delay_d", 0, YEAR_D),
            alert_d: typed(self.fields, "alert_d").map(|_| self.number("alert_d", 0, YEAR_D)),
            grace_d: self.number("grace_d", 0, YEAR_D),
            out_from: self.amount_or_none("out_from", Credit(1), high),
        };
        if alarm.late_from < alarm.alert_from && !self.wrong.iter().any(|wrong| wrong.field == "late_from") {
            self.is_wrong("late_from", Mistake::LateBeforeAlert);
        }
        alarm
    }

    fn light(&mut self) -> Vec<Light> {
        let rows = light_rows(self.fields);
        let empty = |row: &[&str; 5]| row.iter().all(|typed| typed.is_empty());
        if rows.iter().filter(|row| !empty(row)).count() > LIGHT_CAP {
            self.is_wrong("light", Mistake::TooMany(LIGHT_CAP));
            return Vec::new();
        }
        let filled = rows.into_iter().enumerate().filter(|(_, row)| !empty(row));
        filled
            .map(|(at, [from, to, due, owed, why])| {
                let name = |field: &str| format!("{field}.{at}");
                let day = |text: &str| Some(text).filter(|text| !text.is_empty()).ok_or(Mistake::Missing).and_then(date);
                let (from, to) = (self.or_wrong(&name("light_from"), day(from)), day(to));
                let to = match to {
                    Ok(to) if from != NaiveDate::default() && to < from => Err(Mistake::Reversed),
                    Ok(to) if from != NaiveDate::default() && (to - from).num_days() >= i64::from(YEAR_D) => {
                        Err(Mistake::Most(YEAR_D))
                    }
                    to => to,
                };
                let to = self.or_wrong(&name("light_to"), to);
                let asked =
                    if due.is_empty() { Err(Mistake::Missing) } else { self.read(due, Credit::NONE, Credit::shifts(DUE)) };
                let due = self.or_wrong(&name("light_due"), asked);
                let cost = Some(owed).filter(|owed| !owed.is_empty()).map(|owed| number(owed, 0, 4)).transpose();
                let owed = self.or_wrong(&name("light_owed"), cost).map(|owed| u8::try_from(owed).unwrap_or(u8::MAX));
                if why.chars().count() > 80 {
                    self.is_wrong(&name("light_why"), Mistake::TooLong(80));
                }
                Light { days: Days { from, to }, due, owed, why: why.to_owned() }
            })
            .collect()
    }

    /// A slot counts the same in all weeks, unless the form has a field for each.
    fn credits(&mut self, templates: &[ShiftTemplate]) -> Vec<TemplateCredit> {
        let mut credits = Vec::new();
        for slot in slots(templates) {
            let all = self.amount_or_none(&slot.field(), Credit::NONE, Credit::shifts(DUE));
            for (week, template) in &slot.weeks {
                let name = slot.field_of(*week);
                let apart = self.fields.iter().any(|(known, _)| *known == name);
                let credit = if apart { self.amount_or_none(&name, Credit::NONE, Credit::shifts(DUE)) } else { all };
                credits.extend(credit.map(|credit| TemplateCredit { template: template.id, credit }));
            }
        }
        credits
    }
}

fn number(text: &str, least: u16, most: u16) -> Result<u16, Mistake> {
    if text.starts_with(['-', '−']) {
        return Err(Mistake::Negative);
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Mistake::NotANumber);
    }
    // So many figures that it is no number of ours is too high all the same.
    match text.parse::<u16>().unwrap_or(u16::MAX) {
        low if low < least => Err(Mistake::Least(least)),
        high if high > most => Err(Mistake::Most(most)),
        number => Ok(number),
    }
}

/// As date fields post it: `2027-01-25`.
fn date(text: &str) -> Result<NaiveDate, Mistake> {
    let day: NaiveDate = text.parse().map_err(|_| Mistake::NotADate)?;
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(Mistake::FarAway) }
}
