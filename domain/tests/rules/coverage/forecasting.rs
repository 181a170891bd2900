//! How many people are to be expected: from shifts alike, with a range, or nothing.

use domain::coverage::{Coming, Counted, Forecast, MIN_PAST, forecast};
use domain::time::{minus_days, plus_days};
use proptest::prelude::*;

use crate::coop::monday;

/// The next Monday at nine, with six seats.
fn coming(held: u16) -> Coming {
    Coming { on: plus_days(monday(), 7), minute: 540, seats: 6, held }
}

/// So many weeks ago, at the same time.
fn ago(weeks: u64, held: u16, came: u16) -> Counted {
    Counted { on: minus_days(monday(), 7 * weeks), minute: 540, seats: 6, held, came: Some(came), swaps: 0 }
}

fn expects(coming: Coming, past: &[Counted]) -> Forecast {
    forecast(coming, past, &|_| false, monday())
}

#[test]
fn as_it_always_was() {
    let past: Vec<Counted> = (1..=8).map(|weeks| ago(weeks, 6, 5)).collect();
    assert_eq!(expects(coming(2), &past), Forecast::Expected { likely: 5, low: 5, high: 5, from: 8 });
}

#[test]
fn what_differed_widens_the_range_but_for_the_oddest() {
    let mut past: Vec<Counted> = (1..=8).map(|weeks| ago(weeks, 6, if weeks % 2 == 0 { 4 } else { 6 })).collect();
    assert_eq!(expects(coming(0), &past), Forecast::Expected { likely: 5, low: 4, high: 6, from: 8 });
    past[7] = ago(8, 6, 0);
    assert_eq!(expects(coming(0), &past), Forecast::Expected { likely: 5, low: 4, high: 6, from: 8 });
}

#[test]
fn under_four_shifts_alike_nothing_is_said() {
    let mut past: Vec<Counted> = (1..=3).map(|weeks| ago(weeks, 6, 5)).collect();
    assert_eq!(expects(coming(6), &past), Forecast::TooLittle { known: 3 });
    // Another weekday, another time, too long ago, one whose sheet is open, one to come.
    past.push(Counted { on: plus_days(past[0].on, 1), ..past[0] });
    past.push(Counted { minute: 720, ..past[0] });
    past.push(ago(27, 6, 5));
    past.push(Counted { came: None, ..ago(4, 6, 5) });
    past.push(Counted { on: plus_days(monday(), 7), ..past[0] });
    assert_eq!(expects(coming(6), &past), Forecast::TooLittle { known: 3 });
    past.push(ago(4, 6, 5));
    assert!(matches!(expects(coming(6), &past), Forecast::Expected { from: MIN_PAST, .. }));
}

#[test]
fn recent_weeks_count_more() {
    let fell: Vec<Counted> = (1..=12).map(|weeks| ago(weeks, 6, if weeks <= 4 { 3 } else { 6 })).collect();
    let rose: Vec<Counted> = (1..=12).map(|weeks| ago(weeks, 6, if weeks <= 4 { 6 } else { 3 })).collect();
    let likely = |past: &[Counted]| match expects(coming(6), past) {
        Forecast::Expected { likely, .. } => likely,
        too_little => panic!("{too_little:?}"),
    };
    assert_eq!((likely(&fell), likely(&rose)), (4, 5));
}

#[test]
fn who_holds_a_seat_already_is_expected_as_often_as_others_came() {
    // Such shifts were half empty; this one is full already, and one in six does not come.
    let past: Vec<Counted> = (1..=6).map(|weeks| ago(weeks, 3, 3)).chain([ago(7, 6, 0)]).collect();
    assert!(matches!(expects(coming(0), &past), Forecast::Expected { likely: 3 | 2, .. }));
    assert!(matches!(expects(coming(6), &past), Forecast::Expected { likely: 5.., .. }));
}

/// Nineteen shifts a week from so many weeks ago on, all six seats of which so many are held.
fn year(from: u64, to: u64, held: u16) -> impl Iterator<Item = Counted> {
    (from..to).flat_map(move |weeks| (0..19).map(move |at| Counted { minute: 541 + at, ..ago(weeks, held, held) }))
}

#[test]
fn a_time_that_was_emptier_last_year_is_expected_to_be_emptier() {
    let recent: Vec<Counted> = (1..=8).map(|weeks| ago(weeks, 6, 6)).collect();
    let usual = expects(coming(0), &recent);
    assert_eq!(usual, Forecast::Expected { likely: 6, low: 6, high: 6, from: 8 });
    // Around this time last year two thirds of what was held in the eight weeks before.
    let last: Vec<Counted> = recent.iter().copied().chain(year(49, 53, 4)).chain(year(53, 61, 6)).collect();
    assert!(matches!(expects(coming(0), &last), Forecast::Expected { likely: 4, .. }), "{:?}", expects(coming(0), &last));
    // Too few of them say nothing.
    let few: Vec<Counted> = recent.iter().copied().chain(year(49, 53, 4).take(19)).chain(year(54, 61, 6)).collect();
    assert_eq!(expects(coming(0), &few), usual);
}

#[test]
fn light_weeks_are_compared_with_light_weeks() {
    let summer = |day| day < minus_days(monday(), 7 * 6);
    let past: Vec<Counted> = (1..=6).map(|weeks| ago(weeks, 6, 6)).chain((7..=12).map(|weeks| ago(weeks, 2, 2))).collect();
    let autumn = forecast(coming(0), &past, &summer, monday());
    assert_eq!(autumn, Forecast::Expected { likely: 6, low: 6, high: 6, from: 6 });
    let again = |day| summer(day) || day == coming(0).on;
    let light = forecast(coming(0), &past, &again, monday());
    assert_eq!(light, Forecast::Expected { likely: 2, low: 2, high: 2, from: 6 });
}

fn past() -> impl Strategy<Value = Vec<Counted>> {
    let one = (0u64..70, 0u16..9, 0u16..10, prop::option::weighted(0.8, 0u16..10), prop::sample::select(vec![540u16, 720]));
    prop::collection::vec(one, 0..60).prop_map(|list| {
        let counted = |(weeks, seats, held, came, minute)| Counted {
            on: minus_days(monday(), 7 * weeks),
            minute,
            seats,
            held,
            came,
            swaps: 0,
        };
        list.into_iter().map(counted).collect()
    })
}

proptest! {
    #[test]
    fn it_stays_within_the_seats_and_its_own_range(past in past(), seats in 0u16..9, held in 0u16..9) {
        if let Forecast::Expected { likely, low, high, from } = expects(Coming { seats, ..coming(held) }, &past) {
            prop_assert!(low <= likely && likely <= high && high <= seats, "{low} {likely} {high} of {seats}");
            prop_assert!(from >= MIN_PAST);
        }
    }

    #[test]
    fn the_order_of_the_past_does_not_matter((past, mixed) in past().prop_flat_map(|past| (Just(past.clone()), Just(past).prop_shuffle())), held in 0u16..7) {
        prop_assert_eq!(expects(coming(held), &past), expects(coming(held), &mixed));
        prop_assert_eq!(expects(coming(held), &past), expects(coming(held), &past));
    }

    #[test]
    fn more_people_on_it_and_more_who_came_never_make_less(past in past(), held in 0u16..6, at in any::<prop::sample::Index>()) {
        if past.is_empty() {
            return Ok(());
        }
        let mut better = past.clone();
        let one = &mut better[at.index(past.len())];
        one.came = one.came.map(|came| came + 1);
        let figures = |forecast| match forecast {
            Forecast::Expected { likely, low, high, .. } => [likely, low, high],
            Forecast::TooLittle { .. } => [0; 3],
        };
        let usual = figures(expects(coming(held), &past));
        for more in [figures(expects(coming(held + 1), &past)), figures(expects(coming(held), &better))] {
            prop_assert!(usual.iter().zip(more).all(|(less, more)| *less <= more), "{usual:?} {more:?}");
        }
    }
}
