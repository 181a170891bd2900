//! The days of a series, by a library that knows the recurrence rules of calendars. On the server alone: what it needs of
//! time zones and patterns is more than a device should download.

use chrono::{NaiveDate, NaiveTime, TimeZone};
use domain::event::{OCCURRENCES_CAP, Rule, RuleMistake};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

/// The days alone are asked for, without a time zone; their hour is the event's own ([`domain::event::Hours`]).
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

/// The days of a rule, first to last.
pub fn days(rule: &Rule) -> Result<Vec<NaiveDate>, RuleMistake> {
    let at_noon = |day: NaiveDate| Tz::UTC.from_local_datetime(&day.and_time(NOON)).earliest();
    let (Some(first), Some(until)) = (at_noon(rule.first), at_noon(rule.until)) else {
        return Err(RuleMistake::UntilUnreadable);
    };
    let parsed: RRule<Unvalidated> = rule.recurrence().parse().map_err(|_| RuleMistake::RhythmUnknown)?;
    let ended = parsed.until(until).validate(first).map_err(|_| RuleMistake::RhythmUnknown)?;
    // One more than is allowed: then it is too many.
    let limit = u16::try_from(OCCURRENCES_CAP + 1).unwrap_or(u16::MAX);
    let found = RRuleSet::new(first).rrule(ended).all(limit);
    let days: Vec<NaiveDate> = found.dates.into_iter().map(|at| at.date_naive()).collect();
    match days.len() {
        0 | 1 => Err(RuleMistake::OnlyOnce),
        count if count > OCCURRENCES_CAP => Err(RuleMistake::TooMany { cap: OCCURRENCES_CAP }),
        _ => Ok(days),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use domain::event::{Hours, RuleTyped, Times, local};
    use domain::time::paris_instant;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rule(first: &str, rhythm: &str, every: &str, until: &str) -> Rule {
        Rule::read(RuleTyped { rhythm, every, until }, day(first)).unwrap()
    }

    #[test]
    fn a_weekly_supper_is_at_nineteen_hours_through_both_clock_changes() {
        let rule = rule("2026-10-02", "weekly", "", "2027-04-30");
        let at = |hour| paris_instant(rule.first, NaiveTime::from_hms_opt(hour, 0, 0).unwrap());
        let hours = Hours::of(rule.first, &Times { starts_at: at(19), ends_at: at(22), closes_at: at(12) });
        let days = days(&rule).unwrap();
        assert_eq!((days.len(), days[0], *days.last().unwrap()), (31, rule.first, rule.until));
        let offsets: std::collections::BTreeSet<i64> = days
            .iter()
            .map(|day| {
                let starts_at = hours.on(*day).starts_at;
                assert_eq!(local(starts_at), day.and_hms_opt(19, 0, 0).unwrap());
                (local(starts_at) - starts_at.naive_utc()).num_hours()
            })
            .collect();
        assert_eq!(offsets, [1, 2].into(), "winter and summer");
    }

    #[test]
    fn every_second_week_the_second_thursday_and_the_last_friday() {
        let fortnight = days(&rule("2026-12-04", "weekly", "2", "2027-01-15")).unwrap();
        assert_eq!(fortnight, ["2026-12-04", "2026-12-18", "2027-01-01", "2027-01-15"].map(day));
        let second = days(&rule("2026-12-10", "monthly", "", "2027-04-30")).unwrap();
        assert_eq!(second, ["2026-12-10", "2027-01-14", "2027-02-11", "2027-03-11", "2027-04-08"].map(day));
        let last = days(&rule("2026-10-30", "monthly_last", "", "2027-02-28")).unwrap();
        assert_eq!(last, ["2026-10-30", "2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26"].map(day));
        assert!(last.iter().all(|day| day.weekday() == chrono::Weekday::Fri));
    }

    #[test]
    fn once_is_no_series_and_there_is_an_end_to_how_often() {
        assert_eq!(days(&rule("2026-12-04", "weekly", "", "2026-12-10")), Err(RuleMistake::OnlyOnce));
        assert_eq!(days(&rule("2026-12-04", "weekly", "", "2028-12-10")), Err(RuleMistake::TooMany { cap: 104 }));
        assert_eq!(days(&rule("2026-12-04", "weekly", "", "2028-11-24")).map(|days| days.len()), Ok(104));
    }
}
