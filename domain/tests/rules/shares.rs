//! Parts sociales: exactly one for a member, paid at once or in several times, given back to whoever leaves.

use domain::catalogue::Cents;
use domain::id::{FinancingId, PaymentId, ShareId};
use domain::procedures::Fields;
use domain::register::Mistake;
use domain::share::{
    AMOUNT_CAP, Finances, Financing, How, Kind, Movement, Payment, Refund, Share, Source, WrittenPayment, amount, course, pay,
    refund, subscribe, typed_amount,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::day;

fn share(cents: i64, paid: &[i64]) -> Share {
    let payment = |(at, cents): (u128, &i64)| Payment {
        id: PaymentId(Uuid::from_u128(at)),
        cents: Cents(*cents),
        on: day(2026, 3, 1),
        how: How::Cheque,
        cancelled: false,
    };
    Share {
        id: ShareId(Uuid::from_u128(1)),
        cents: Cents(cents),
        subscribed_on: day(2026, 3, 1),
        payments: (1..).zip(paid).map(payment).collect(),
        refund: Refund::NotDue,
    }
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn a_member_has_one_share_and_no_second_whatever_was_paid() {
    assert_eq!(subscribe(&[]), Ok(()));
    let since = day(2026, 3, 1);
    for held in [share(10_000, &[]), share(10_000, &[5_000]), share(10_000, &[10_000])] {
        assert_eq!(subscribe(&[held]), Err(Mistake::AlreadyHasShare { since }));
    }
    let leaving = Share { refund: Refund::Due { since }, ..share(10_000, &[10_000]) };
    assert_eq!(subscribe(&[leaving]), Err(Mistake::AlreadyHasShare { since }), "it is theirs until it is given back");
    let over = Share { refund: Refund::Paid { on: since, cents: Cents(10_000), how: How::Transfer }, ..share(10_000, &[10_000]) };
    assert_eq!(subscribe(&[over]), Ok(()), "whoever comes back may have another one");
}

#[test]
fn a_share_is_paid_in_several_times_and_never_twice() {
    let half = share(10_000, &[4_000, 1_000]);
    assert_eq!((half.paid(), half.left(), half.is_whole()), (Cents(5_000), Cents(5_000), false));
    assert_eq!(pay(&half, Cents(5_000)), Ok(()));
    assert_eq!(pay(&half, Cents(5_001)), Err(Mistake::PaidTooMuch { left: Cents(5_000) }));
    let mut wrong = share(10_000, &[10_000]);
    assert_eq!(pay(&wrong, Cents(1)), Err(Mistake::PaidTooMuch { left: Cents::ZERO }));
    wrong.payments[0].cancelled = true;
    assert_eq!((wrong.paid(), pay(&wrong, Cents(10_000))), (Cents::ZERO, Ok(())), "what was cancelled was never paid");
}

#[test]
fn what_was_paid_in_is_given_back_once_they_left_and_no_more() {
    let since = day(2026, 9, 1);
    let held = share(10_000, &[6_000]);
    assert_eq!(refund(&held, Cents(6_000)), Err(Mistake::RefundNotDue));
    let due = Share { refund: Refund::Due { since }, ..held };
    assert_eq!(refund(&due, Cents(6_001)), Err(Mistake::RefundTooLarge { paid: Cents(6_000) }));
    assert_eq!(refund(&due, Cents(6_000)), Ok(()));
    let paid = Share { refund: Refund::Paid { on: since, cents: Cents(6_000), how: How::Cash }, ..due };
    assert_eq!(refund(&paid, Cents(1)), Err(Mistake::AlreadyRefunded { on: since }));
    assert_eq!(pay(&paid, Cents(1)), Err(Mistake::AlreadyRefunded { on: since }));
}

#[test]
fn money_is_read_as_people_type_it_and_never_guessed() {
    for (typed, cents) in [("100", 10_000), ("1 500,50 €", 150_050), ("12.5", 1_250), ("1'000", 100_000), ("0,05", 5), ("0", 0)]
    {
        assert_eq!(amount(typed), Ok(Cents(cents)), "{typed}");
    }
    for typed in ["", "cent", "1.500", "1,234", "-5", "5€ ou 6", "12,,5", "١٢"] {
        assert_eq!(amount(typed), Err(Mistake::AmountUnreadable), "{typed}");
    }
    assert_eq!(amount("999999999999"), Err(Mistake::AmountTooLarge { cap: AMOUNT_CAP }));
    assert_eq!(typed_amount("0"), Err(Mistake::AmountMissing));
}

#[test]
fn a_form_says_everything_that_is_wrong_with_it_at_once() {
    let typed = fields(&[("amount", "dix"), ("on", ""), ("how", "troc")]);
    let wrong = WrittenPayment::read(&typed, day(2026, 12, 1)).unwrap_err();
    assert_eq!(wrong, [Mistake::AmountUnreadable, Mistake::DayMissing, Mistake::HowMissing]);
    let typed = fields(&[("amount", "50"), ("on", "2026-11-30"), ("how", "transfer")]);
    let read = WrittenPayment::read(&typed, day(2026, 12, 1)).unwrap();
    assert_eq!((read.cents, read.on, read.how), (Cents(5_000), day(2026, 11, 30), How::Transfer));
    let far = fields(&[("amount", "50"), ("on", "2027-02-01"), ("how", "cash")]);
    assert_eq!(WrittenPayment::read(&far, day(2026, 12, 1)), Err(vec![Mistake::DayTooLate { last: day(2027, 1, 1) }]));
}

#[test]
fn the_capital_is_told_month_by_month_also_where_nothing_moved() {
    let moved = |on, cents| Movement { on, cents: Cents(cents) };
    let movements = [
        moved(day(2026, 9, 3), 10_000),
        moved(day(2026, 9, 28), 5_000),
        moved(day(2026, 11, 2), -10_000),
        moved(day(2026, 11, 30), 10_000),
    ];
    let months = course(&movements, day(2026, 12, 1));
    let told: Vec<(u32, i64, i64, i64)> =
        months.iter().map(|month| (chrono::Datelike::month(&month.first), month.capital.0, month.came.0, month.went.0)).collect();
    assert_eq!(told, [(9, 15_000, 15_000, 0), (10, 15_000, 0, 0), (11, 15_000, 10_000, 10_000), (12, 15_000, 0, 0)]);
    assert!(course(&[], day(2026, 12, 1)).is_empty());
}

#[test]
fn every_source_is_named_the_capital_first_and_they_add_up() {
    let financing = |kind, cents| Financing {
        id: FinancingId(Uuid::from_u128(1)),
        kind,
        from_whom: "Région".into(),
        cents: Cents(cents),
        on: day(2024, 5, 1),
        note: String::new(),
    };
    let finances = Finances {
        now: "2026-12-01T07:00:00Z".parse().unwrap(),
        course: course(&[Movement { on: day(2026, 11, 2), cents: Cents(30_000) }], day(2026, 12, 1)),
        shares: 3,
        to_come: Cents::ZERO,
        to_refund: Cents::ZERO,
        financing: vec![financing(Kind::Subsidy, 50_000), financing(Kind::Loan, 20_000), financing(Kind::Subsidy, 1)],
        office: false,
    };
    let told = [
        (Source::Capital, Cents(30_000)),
        (Source::Other(Kind::Subsidy), Cents(50_001)),
        (Source::Other(Kind::Private), Cents::ZERO),
        (Source::Other(Kind::Loan), Cents(20_000)),
    ];
    assert_eq!((finances.sources(), finances.total()), (told.to_vec(), Cents(100_001)));
}

proptest! {
    #[test]
    fn whatever_is_paid_by_the_rule_never_comes_to_more_than_the_share(cents in 1_i64..20_000, tries in prop::collection::vec(1_i64..9_000, 0..12)) {
        let mut held = share(cents, &[]);
        for (at, tried) in (1..).zip(tries) {
            if pay(&held, Cents(tried)).is_ok() {
                held.payments.push(Payment { id: PaymentId(Uuid::from_u128(at)), cents: Cents(tried), ..share(1, &[1]).payments[0].clone() });
            }
            prop_assert!(held.paid() <= held.cents);
            prop_assert_eq!(held.paid().0 + held.left().0, held.cents.0);
        }
    }

    #[test]
    fn the_capital_is_what_came_without_what_went(moves in prop::collection::vec((0_u64..900, -500_i64..500), 1..40)) {
        let movements: Vec<Movement> =
            moves.iter().map(|(after, cents)| Movement { on: domain::time::plus_days(day(2024, 1, 1), *after), cents: Cents(*cents) }).collect();
        let months = course(&movements, day(2026, 12, 1));
        let sum: i64 = movements.iter().map(|movement| movement.cents.0).sum();
        prop_assert_eq!(months.last().unwrap().capital.0, sum);
        prop_assert!(months.windows(2).all(|pair| pair[1].capital.0 == pair[0].capital.0 + pair[1].came.0 - pair[1].went.0));
    }
}
