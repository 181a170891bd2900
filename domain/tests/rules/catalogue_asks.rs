//! « J'aimerais trouver… », and « plus en rayon ».

use chrono::NaiveDate;
use domain::catalogue::import::{Archived, Facts, Kept};
use domain::catalogue::{
    ANSWER_CAP, Availability, Closed, DayOfYear, Margin, Missing, Product, REPORT_BACK_D, REPORTS_OF_ONE_CAP, Report,
    ReportMistake, SUGGESTION_CAP, SUGGESTIONS_OF_ONE_CAP, Suggestion, SuggestionMistake, Verdict, close_reports, comes_back,
    is_back, missing, report_missing, suggest,
};
use domain::id::{MemberId, SuggestionId};
use domain::json;
use domain::time::{Instant, minus_days, paris_day, plus_days};
use uuid::Uuid;

use super::catalogue_price::product;
use crate::coop::{day, hours, member};

fn now() -> Instant {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

/// What a till may say of a product that is there.
pub fn facts(name: &str) -> Facts {
    let product = product(name);
    Facts {
        till_id: None,
        barcodes: product.barcodes,
        name: product.name,
        brand: product.brand,
        range: product.range,
        supplier: product.supplier,
        sold_by: product.sold_by,
        net: product.net,
        purchase: product.purchase,
        margin: Margin::OfTheCoop(product.margin),
        vat: product.vat,
        deposit: product.deposit,
        availability: product.availability,
        origin: product.origin,
    }
}

fn id(number: u128) -> SuggestionId {
    SuggestionId(Uuid::from_u128(number))
}

fn tofu() -> Suggestion {
    suggest(&[], id(1), "  Du tofu\nfumé ", member("Camille"), now()).unwrap()
}

#[test]
fn others_support_a_suggestion_once_each() {
    let mut tofu = tofu();
    assert_eq!((tofu.text.as_str(), tofu.wanted_by()), ("Du tofu fumé", 1));
    for _ in 0..2 {
        assert_eq!(tofu.support(member("Karim"), true), Ok(()));
    }
    assert_eq!(tofu.support(member("Léa"), true), Ok(()));
    assert_eq!(tofu.wanted_by(), 3);
    assert_eq!(tofu.support(member("Camille"), true), Err(SuggestionMistake::YourOwn));
    for _ in 0..2 {
        assert_eq!(tofu.support(member("Karim"), false), Ok(()));
    }
    assert_eq!(tofu.wanted_by(), 2);
    let text = serde_json::to_string(&tofu).unwrap();
    assert_eq!(json::parse(&text), Ok(tofu));
}

#[test]
fn an_answer_is_for_whoever_asked_or_would_like_it_too_but_not_for_whoever_gave_it() {
    let mut tofu = tofu();
    for who in ["Karim", "Hugo"] {
        tofu.support(member(who), true).unwrap();
    }
    tofu.answer(Verdict::No, "Trop cher.", member("Hugo"), now()).unwrap();
    let mut told: Vec<MemberId> = tofu.awaited_by().collect();
    told.sort();
    let mut wanted = [member("Camille"), member("Karim")];
    wanted.sort();
    assert_eq!(told, wanted);
}

#[test]
fn the_group_says_yes_or_no_once_and_why() {
    let mut tofu = tofu();
    let (hugo, nour) = (member("Hugo"), member("Nour"));
    assert_eq!(tofu.answer(Verdict::No, "  ", hugo, now()), Err(SuggestionMistake::WhyMissing));
    assert_eq!(tofu.answer(Verdict::Later, "", hugo, now()), Err(SuggestionMistake::WhyMissing));
    let long = "é".repeat(ANSWER_CAP + 1);
    assert_eq!(tofu.answer(Verdict::No, &long, hugo, now()), Err(SuggestionMistake::WhyTooLong { cap: ANSWER_CAP }));
    assert_eq!(tofu.answer(Verdict::Later, "On cherche qui en fait ici.", hugo, now()), Ok(()));
    assert!(tofu.is_open());
    assert_eq!(tofu.support(member("Karim"), true), Ok(()), "it may be supported further");
    assert_eq!(tofu.answer(Verdict::Yes, "", hugo, now()), Ok(()), "a yes says enough");
    assert!(!tofu.is_open());
    // The same again changes nothing; somebody else's no comes too late.
    let answered = tofu.answer.clone();
    assert_eq!(tofu.answer(Verdict::Yes, "", hugo, now() + hours(1)), Ok(()));
    assert_eq!(tofu.answer(Verdict::No, "Trop cher.", nour, now()), Err(SuggestionMistake::AlreadyAnswered));
    assert_eq!(tofu.answer(Verdict::Yes, "", nour, now()), Err(SuggestionMistake::AlreadyAnswered));
    assert_eq!(tofu.answer, answered);
    assert_eq!(tofu.support(member("Léa"), true), Err(SuggestionMistake::AlreadyAnswered));
    assert_eq!(tofu.support(member("Karim"), true), Ok(()), "what one said already may arrive again");
}

#[test]
fn a_suggestion_is_one_that_is_not_there() {
    let camille = member("Camille");
    let made = |all: &[Suggestion], typed: &str| suggest(all, id(9), typed, camille, now()).map(|made| made.text);
    assert_eq!(made(&[], " ?! "), Err(SuggestionMistake::TextMissing));
    assert_eq!(made(&[], &"é".repeat(SUGGESTION_CAP)), Ok("é".repeat(SUGGESTION_CAP)));
    assert_eq!(made(&[], &"é".repeat(SUGGESTION_CAP + 1)), Err(SuggestionMistake::TextTooLong { cap: SUGGESTION_CAP }));
    for again in ["du TOFU fumé", "Du tofu fume", "du tofu\u{a0}fumé !", "  DU   TOFU FUMÉ", "du tofu fume\u{301}"] {
        assert_eq!(made(&[tofu()], again), Err(SuggestionMistake::AlreadySuggested { suggestion: id(1) }), "« {again} »");
    }
    assert_eq!(made(&[tofu()], "du tofu"), Ok("du tofu".into()));
    let mut refused = tofu();
    refused.answer(Verdict::No, "Trop cher.", member("Hugo"), now()).unwrap();
    assert_eq!(made(&[refused.clone()], "du tofu fumé"), Ok("du tofu fumé".into()), "times change");
    let waiting = |by: &str| -> Vec<Suggestion> {
        (0..SUGGESTIONS_OF_ONE_CAP)
            .map(|number| suggest(&[], id(20), &format!("Thé numéro {number}"), member(by), now()).unwrap())
            .collect()
    };
    assert_eq!(made(&waiting("Camille"), "Du sel"), Err(SuggestionMistake::TooManyOpen { cap: SUGGESTIONS_OF_ONE_CAP }));
    assert_eq!(made(&waiting("Karim"), "Du sel"), Ok("Du sel".into()));
    let mut one_less = waiting("Camille");
    one_less[0].answer(Verdict::Yes, "", member("Hugo"), now()).unwrap();
    assert_eq!(made(&one_less, "Du sel"), Ok("Du sel".into()));
}

fn report(all: &[Report], name: &str, by: &str, on: NaiveDate) -> Result<Option<Report>, ReportMistake> {
    report_missing(all, &product(name), member(by), on, now())
}

#[test]
fn one_member_reports_a_product_once_a_day() {
    let today = paris_day(now());
    let mut all: Vec<Report> = Vec::new();
    for (name, by, on) in [
        ("Farine", "Camille", today),
        ("Farine", "Camille", today),
        ("Farine", "Karim", today),
        ("Farine", "Camille", minus_days(today, 1)),
        ("Sucre", "Camille", today),
    ] {
        all.extend(report(&all, name, by, on).unwrap());
    }
    assert_eq!(all.len(), 4);
    let farine = product("Farine").id;
    assert_eq!(missing(&all, farine), Some(Missing { since: minus_days(today, 1), last: today, reports: 3 }));
    assert_eq!(missing(&all, product("Sel").id), None);
    let text = serde_json::to_string(&all).unwrap();
    assert_eq!(json::parse(&text), Ok(all));
}

#[test]
fn a_report_ends_with_the_group_or_a_delivery() {
    let today = paris_day(now());
    let farine = product("Farine").id;
    let mut all: Vec<Report> = Vec::new();
    for by in ["Camille", "Karim"] {
        all.extend(report(&all, "Farine", by, today).unwrap());
    }
    all.extend(report(&all, "Sucre", "Karim", today).unwrap());
    assert_eq!(close_reports(&mut all, farine, Closed::ByDelivery { at: now() - hours(1) }), 0, "it was missing after that");
    let delivered = Closed::ByDelivery { at: now() + hours(2) };
    assert_eq!(close_reports(&mut all, farine, delivered), 2);
    assert_eq!(close_reports(&mut all, farine, Closed::ByGroup { by: member("Hugo"), at: now() + hours(3) }), 0, "once");
    assert_eq!(all[0].closed, Some(delivered));
    assert_eq!(missing(&all, farine), None);
    assert!(missing(&all, product("Sucre").id).is_some());
    // It was there again: what a phone says late of yesterday is no news.
    assert_eq!(report(&all, "Farine", "Léa", minus_days(today, 1)), Ok(None));
    // Whoever said it today has said it today.
    assert_eq!(report(&all, "Farine", "Camille", today), Ok(None));
    assert!(report(&all, "Farine", "Léa", today).unwrap().is_some());
}

#[test]
fn a_product_comes_back_from_where_the_catalogue_said_that_it_is_not() {
    let kept = |availability, archived| Kept { facts: Facts { availability, ..facts("Farine") }, archived };
    let there = || kept(Availability::InRange, Archived::No);
    let out = |until| kept(Availability::Out { until }, Archived::No);
    let today = paris_day(now());
    assert!(comes_back(Some(&out(None)), &there(), today));
    assert!(comes_back(Some(&kept(Availability::InRange, Archived::ByImport)), &there(), today));
    assert!(comes_back(Some(&out(None)), &kept(Availability::New { until: today }, Archived::No), today));
    assert!(!comes_back(None, &there(), today), "a new one");
    assert!(!comes_back(Some(&there()), &there(), today));
    assert!(!comes_back(Some(&there()), &out(None), today));
    assert!(!comes_back(Some(&out(None)), &out(Some(plus_days(today, 1))), today));
    assert!(comes_back(Some(&out(None)), &out(Some(today)), today), "back from that day on");
}

#[test]
fn a_day_or_a_season_that_has_come_brings_it_back() {
    let today = day(2026, 5, 15);
    let out = |until| Availability::Out { until };
    assert!(is_back(&out(Some(today)), day(2026, 5, 14), today));
    assert!(!is_back(&out(Some(day(2026, 5, 16))), day(2026, 5, 14), today));
    assert!(!is_back(&out(Some(day(2026, 5, 14))), day(2026, 5, 14), today), "it was there, said the catalogue, and was not");
    assert!(!is_back(&out(None), day(2026, 5, 14), today));
    assert!(!is_back(&Availability::InRange, day(2025, 5, 14), today));
    let season = Availability::Seasonal { from: DayOfYear::new(5, 15).unwrap(), to: DayOfYear::new(9, 30).unwrap() };
    assert!(is_back(&season, day(2026, 5, 14), today));
    assert!(is_back(&season, day(2025, 9, 30), today), "last year's");
    assert!(is_back(&season, day(2020, 6, 1), today));
    assert!(!is_back(&season, today, day(2026, 6, 15)), "missing within its season");
    assert!(!is_back(&season, day(2026, 5, 13), day(2026, 5, 14)));
}

#[test]
fn what_is_no_news_is_no_report() {
    let today = paris_day(now());
    let bad = Err(ReportMistake::BadDay { from: minus_days(today, REPORT_BACK_D), to: today });
    assert_eq!(report(&[], "Farine", "Camille", plus_days(today, 1)), bad);
    assert_eq!(report(&[], "Farine", "Camille", minus_days(today, REPORT_BACK_D + 1)), bad);
    assert!(report(&[], "Farine", "Camille", minus_days(today, REPORT_BACK_D)).unwrap().is_some());
    let out = Product { availability: Availability::Out { until: Some(day(2026, 12, 12)) }, ..product("Farine") };
    assert_eq!(report_missing(&[], &out, member("Camille"), today, now()), Err(ReportMistake::KnownMissing));
    let mut all: Vec<Report> = Vec::new();
    for number in 0..REPORTS_OF_ONE_CAP {
        all.extend(report(&all, &format!("Thé {number}"), "Camille", today).unwrap());
    }
    assert_eq!(report(&all, "Farine", "Camille", today), Err(ReportMistake::TooMany { cap: REPORTS_OF_ONE_CAP }));
    assert!(report(&all, "Farine", "Karim", today).unwrap().is_some());
}
