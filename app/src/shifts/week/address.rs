//! What the week's address says: the week, the day, the filters. Everything is a link, so that it
//! works before, and without, any script.

use chrono::NaiveDate;
use domain::members::Skill;
use domain::time::{monday_of, paris_day};
use domain::view::week::{Filter, WeekView};
use leptos_router::params::ParamsMap;

use crate::french::dates::iso_day;

/// `?semaine=2026-11-23&jour=2026-11-26&libres=1&habitudes=1&competence=caisse`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WeekAddress {
    pub week: Option<NaiveDate>,
    pub day: Option<NaiveDate>,
    pub filter: Filter,
}

impl WeekAddress {
    pub fn read(params: &ParamsMap) -> WeekAddress {
        let date = |name: &str| params.get(name).and_then(|text| text.parse::<NaiveDate>().ok());
        let on = |name: &str| params.get(name).is_some_and(|value| value == "1");
        WeekAddress {
            week: date("semaine"),
            day: date("jour"),
            filter: Filter {
                free: on("libres"),
                habits: on("habitudes"),
                skill: params.get("competence").and_then(|slug| Skill::parse(&slug)),
            },
        }
    }

    /// The Monday that is asked for, by itself or by its day.
    pub fn monday(&self) -> Option<NaiveDate> {
        self.week.or(self.day).map(monday_of)
    }

    pub fn on_week(&self, monday: NaiveDate) -> WeekAddress {
        WeekAddress { week: Some(monday), day: None, filter: self.filter.clone() }
    }

    pub fn on_day(&self, monday: NaiveDate, day: NaiveDate) -> WeekAddress {
        WeekAddress { week: Some(monday), day: Some(day), filter: self.filter.clone() }
    }

    pub fn with(&self, filter: Filter) -> WeekAddress {
        WeekAddress { filter, ..self.clone() }
    }

    pub fn href(&self) -> String {
        let mut parts = Vec::new();
        if let Some(week) = self.week {
            parts.push(format!("semaine={}", iso_day(week)));
        }
        if let Some(day) = self.day {
            parts.push(format!("jour={}", iso_day(day)));
        }
        if self.filter.free {
            parts.push("libres=1".to_owned());
        }
        if self.filter.habits {
            parts.push("habitudes=1".to_owned());
        }
        if let Some(skill) = &self.filter.skill {
            parts.push(format!("competence={}", skill.as_str()));
        }
        if parts.is_empty() { "/vacations".to_owned() } else { format!("/vacations?{}", parts.join("&")) }
    }
}

/// The day one looks at: the one that is asked for; else today, or the next day with shifts when
/// today is over; else the first day with shifts.
pub fn chosen_day(view: &WeekView, asked: Option<NaiveDate>) -> NaiveDate {
    let in_week = |day: &NaiveDate| view.days.iter().any(|known| known.on == *day);
    if let Some(day) = asked.filter(in_week) {
        return day;
    }
    let today = paris_day(view.now);
    let left = |day: &&domain::view::week::DayView| day.on >= today && day.shifts.iter().any(|shift| shift.ends_at > view.now);
    let some = |day: &&domain::view::week::DayView| !day.shifts.is_empty();
    let from_today = view.days.iter().find(left);
    let first = || view.days.iter().find(some).or_else(|| view.days.first());
    from_today.or_else(first).map_or(view.monday, |day| day.on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_was_read_from() {
        let mut params = ParamsMap::new();
        params.insert("semaine", "2026-11-23".to_owned());
        params.insert("libres", "1".to_owned());
        params.insert("competence", "caisse".to_owned());
        let address = WeekAddress::read(&params);
        assert_eq!(address.href(), "/vacations?semaine=2026-11-23&libres=1&competence=caisse");
        assert_eq!(address.monday(), "2026-11-23".parse().ok());
    }

    #[test]
    fn a_day_alone_says_its_week() {
        let mut params = ParamsMap::new();
        params.insert("jour", "2026-11-26".to_owned());
        assert_eq!(WeekAddress::read(&params).monday(), "2026-11-23".parse().ok());
        assert_eq!(WeekAddress::default().href(), "/vacations");
    }
}
