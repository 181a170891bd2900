//! What comes back: made once, edited one time, from one time on, or all of it.

mod coop;

use backend::event::{self, Edit};
use chrono::Duration;
use coop::{Coop, answers};
use domain::event::{Answer, Mistake, Rule, RuleMistake, RuleTyped, Scope, State, Terms, local};
use domain::id::{EventId, MemberId};
use domain::reason::Reason;
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

struct Suppers {
    coop: Coop,
    theo: MemberId,
    /// In order of start.
    all: Vec<EventId>,
}

impl Suppers {
    /// Six suppers for twelve, every Thursday from the 10th of December on.
    async fn new(at: PgConnectOptions) -> Suppers {
        let coop = Coop::new(at).await;
        let theo = coop.organiser().await;
        let terms = coop.supper("Soirée soupe", 9, "12");
        let first = paris_day(terms.times.starts_at);
        let rule = weekly(first, 5);
        let group = coop.group("vie-sociale").await;
        let form = coop.id();
        let one = event::create(&coop.backend, theo, form, group, &terms, Some(&rule)).await.unwrap().unwrap();
        // The form again makes none.
        assert_eq!(event::create(&coop.backend, theo, form, group, &terms, Some(&rule)).await.unwrap(), Ok(one));
        coop.publishes_event(theo, one, Scope::All).await;
        let all = in_order(&coop).await;
        assert_eq!((all.len(), all[0]), (6, one));
        Suppers { coop, theo, all }
    }

    async fn edits(
        &self,
        nth: usize,
        scope: Scope,
        change: impl FnOnce(&mut Terms),
        rule: Option<Rule>,
    ) -> Result<(), Vec<Mistake>> {
        let known = self.coop.gathering(self.all[nth]).await.event;
        let mut terms = known.terms.clone();
        change(&mut terms);
        let edit = Edit { form: self.coop.id(), base: known.revision, scope, terms, rule };
        event::edit(&self.coop.backend, self.theo, known.id, &edit).await.unwrap()
    }

    async fn titles(&self) -> Vec<String> {
        let mut titles = Vec::new();
        for event in &self.all {
            titles.push(self.coop.gathering(*event).await.event.terms.details.title);
        }
        titles
    }

    async fn hours(&self) -> Vec<String> {
        let mut hours = Vec::new();
        for event in &self.all {
            let starts_at = self.coop.gathering(*event).await.event.terms.times.starts_at;
            hours.push(local(starts_at).format("%d/%m %H:%M").to_string());
        }
        hours
    }
}

fn weekly(first: chrono::NaiveDate, weeks: u64) -> Rule {
    let until = plus_days(first, 7 * weeks).to_string();
    Rule::read(RuleTyped { rhythm: "weekly", every: "", until: &until }, first).unwrap()
}

async fn in_order(coop: &Coop) -> Vec<EventId> {
    sqlx::query_scalar("select event_id from event where not state ? 'removed' order by starts_at")
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = false)]
async fn a_series_is_as_many_events_each_with_its_own_answers(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    let hours = ["10/12 19:00", "17/12 19:00", "24/12 19:00", "31/12 19:00", "07/01 19:00", "14/01 19:00"];
    assert_eq!(suppers.hours().await, hours);
    let lea = coop.member("Léa").await;
    coop.answers(lea, suppers.all[1], Answer::Yes, 2).await;
    let shown = coop.events().await.events;
    assert_eq!(shown.iter().map(|shown| shown.seats).collect::<Vec<_>>(), [0, 3, 0, 0, 0, 0]);
    let theo = suppers.theo;
    let terms = coop.supper("Une fois", 9, "12");
    let group = coop.group("vie-sociale").await;
    let once = weekly(paris_day(terms.times.starts_at), 0);
    let refused = event::create(&coop.backend, theo, coop.id(), group, &terms, Some(&once)).await.unwrap();
    assert_eq!(refused, Err(vec![Mistake::Rule(RuleMistake::OnlyOnce)]));
}

#[sqlx::test(migrations = false)]
async fn one_time_moves_an_hour_and_whoever_it_concerns_is_told_once(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    coop.answers(lea, suppers.all[2], Answer::Yes, 0).await;
    coop.answers(karim, suppers.all[3], Answer::Yes, 0).await;
    let later = |terms: &mut Terms| {
        terms.times.starts_at += Duration::hours(1);
        terms.times.ends_at += Duration::hours(1);
    };
    suppers.edits(2, Scope::This, later, None).await.unwrap();
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(lea).await, ["event_changed"]);
    assert!(coop.told(karim).await.is_empty());
    assert_eq!(suppers.hours().await[1..4], ["17/12 19:00", "24/12 20:00", "31/12 19:00"]);
    // All are moved to 18 h 30: the one that has an hour of its own keeps it.
    let earlier = |terms: &mut Terms| {
        for at in [&mut terms.times.starts_at, &mut terms.times.ends_at, &mut terms.times.closes_at] {
            *at -= Duration::minutes(30);
        }
    };
    suppers.edits(0, Scope::All, earlier, None).await.unwrap();
    let hours = ["10/12 18:30", "17/12 18:30", "24/12 20:00", "31/12 18:30", "07/01 18:30", "14/01 18:30"];
    assert_eq!(suppers.hours().await, hours);
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(lea).await, ["event_changed"], "hers stayed");
    assert_eq!(coop.told(karim).await, ["event_changed"]);
}

#[sqlx::test(migrations = false)]
async fn this_one_and_those_after_it_become_a_series_of_their_own(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    suppers.edits(4, Scope::This, |terms| terms.details.title = "Galette".into(), None).await.unwrap();
    suppers.edits(3, Scope::Following, |terms| terms.details.title = "Soupe et jeux".into(), None).await.unwrap();
    let titles = ["Soirée soupe", "Soirée soupe", "Soirée soupe", "Soupe et jeux", "Galette", "Soupe et jeux"];
    assert_eq!(suppers.titles().await, titles);
    assert_eq!(coop.count("select count(distinct event_series_id) from event").await, 2);
    // What comes before is edited without them.
    suppers.edits(0, Scope::All, |terms| terms.capacity = Some(20), None).await.unwrap();
    let capacities = "select count(*) from event where capacity = 20";
    assert_eq!(coop.count(capacities).await, 3);
    suppers.edits(5, Scope::All, |terms| terms.capacity = Some(20), None).await.unwrap();
    assert_eq!(coop.count(capacities).await, 6);
}

#[sqlx::test(migrations = false)]
async fn a_changed_rule_makes_days_and_leaves_some_out(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    coop.answers(lea, suppers.all[1], Answer::Yes, 0).await;
    // Every second week, and for longer.
    let first = paris_day(coop.gathering(suppers.all[0]).await.event.terms.times.starts_at);
    let fortnight = Rule::read(RuleTyped { rhythm: "weekly", every: "2", until: "2027-02-04" }, first).unwrap();
    suppers.edits(0, Scope::All, |_| {}, Some(fortnight)).await.unwrap();
    let state = async |nth: usize| coop.gathering(suppers.all[nth]).await.event.state;
    assert!(matches!(state(1).await, State::Cancelled { .. }), "Léa had answered");
    assert!(matches!(state(3).await, State::Removed { .. }), "nobody had");
    assert!(matches!(state(2).await, State::Published { .. }));
    assert!(matches!(coop.refused(karim, answers(suppers.all[3], Answer::Yes, 0)).await, Reason::EventRemoved { .. }));
    assert!(matches!(coop.refused(karim, answers(suppers.all[1], Answer::Yes, 0)).await, Reason::EventCancelled { .. }));
    let on = "select count(*) from event where state ? 'published'";
    assert_eq!(coop.count(on).await, 5, "10/12, 24/12, 7/1, 21/1, 4/2");
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(lea).await, ["event_cancelled"]);
    // Each week again: the same days are back, with who answered.
    let weekly = Rule::read(RuleTyped { rhythm: "weekly", every: "", until: "2027-01-14" }, first).unwrap();
    suppers.edits(0, Scope::All, |_| {}, Some(weekly)).await.unwrap();
    assert!(matches!(state(1).await, State::Published { .. }) && matches!(state(3).await, State::Published { .. }));
    assert_eq!(coop.count(on).await, 6);
    assert!(coop.gathering(suppers.all[1]).await.party_of(lea).unwrap().is_seated());
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(lea).await, ["event_cancelled", "event_changed"]);
}

#[sqlx::test(migrations = false)]
async fn an_edit_that_one_of_them_cannot_bear_changes_none(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    for who in coop.members(5).await {
        coop.answers(who, suppers.all[4], Answer::Yes, 0).await;
    }
    let fewer = |terms: &mut Terms| {
        terms.details.title = "Petite soupe".into();
        terms.capacity = Some(4);
    };
    assert_eq!(suppers.edits(0, Scope::All, fewer, None).await, Err(vec![Mistake::FewerThanSeated { seated: 5 }]));
    assert!(suppers.titles().await.iter().all(|title| title == "Soirée soupe"));
}

#[sqlx::test(migrations = false)]
async fn one_is_cancelled_and_one_done_again(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let (coop, theo) = (&suppers.coop, suppers.theo);
    let form = coop.id();
    for _ in 0..2 {
        // A form sent twice is one act.
        let cancels = event::cancel(&coop.backend, theo, suppers.all[2], form, Scope::This, "C’est Noël");
        cancels.await.unwrap().unwrap();
    }
    assert_eq!(coop.count("select count(*) from event where state ? 'cancelled'").await, 1);
    let copy = event::duplicate(&coop.backend, theo, suppers.all[0], coop.id()).await.unwrap();
    let copied = coop.gathering(copy).await.event;
    assert_eq!((copied.state, copied.series), (State::Draft, None));
    assert_eq!(local(copied.terms.times.starts_at).format("%d/%m %H:%M").to_string(), "17/12 19:00");
    let rest = event::cancel(&coop.backend, theo, suppers.all[3], coop.id(), Scope::Following, "Travaux");
    rest.await.unwrap().unwrap();
    assert_eq!(coop.count("select count(*) from event where state ? 'cancelled'").await, 4);
}

#[sqlx::test(migrations = false)]
async fn an_hour_that_has_passed_today_is_given_to_none_of_them(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    let today = coop.gathering(suppers.all[0]).await.event.terms.times.starts_at;
    coop.turns(today - Duration::hours(3));
    let earlier = |terms: &mut Terms| {
        for at in [&mut terms.times.starts_at, &mut terms.times.ends_at, &mut terms.times.closes_at] {
            *at -= Duration::hours(8);
        }
    };
    assert_eq!(suppers.edits(2, Scope::All, earlier, None).await, Err(vec![Mistake::AlreadyStarted]));
    assert_eq!(suppers.hours().await[2], "24/12 19:00");
    suppers.edits(2, Scope::Following, earlier, None).await.unwrap();
    let hours = ["10/12 19:00", "17/12 19:00", "24/12 11:00", "31/12 11:00", "07/01 11:00", "14/01 11:00"];
    assert_eq!(suppers.hours().await, hours);
}

#[sqlx::test(migrations = false)]
async fn a_supper_stays_at_nineteen_hours_through_both_clock_changes_and_an_edit_of_all(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let terms = coop.supper("Soirée soupe", 9, "12");
    let first = paris_day(terms.times.starts_at);
    let fortnight = Rule::read(RuleTyped { rhythm: "weekly", every: "2", until: "2027-12-02" }, first).unwrap();
    let group = coop.group("vie-sociale").await;
    let one = event::create(&coop.backend, theo, coop.id(), group, &terms, Some(&fortnight)).await.unwrap().unwrap();
    coop.publishes_event(theo, one, Scope::All).await;
    // By the clocks of Paris, and by those that never change.
    let starts = async || -> Vec<(String, String)> {
        let mut starts = Vec::new();
        for event in in_order(&coop).await {
            let at = coop.gathering(event).await.event.terms.times.starts_at;
            starts.push((local(at).format("%H:%M").to_string(), at.format("%H:%M").to_string()));
        }
        starts
    };
    let (winter, summer) = (("19:00".to_owned(), "18:00".to_owned()), ("19:00".to_owned(), "17:00".to_owned()));
    let all = starts().await;
    assert_eq!(all.len(), 26);
    // From the 10th of December on: eight in winter, sixteen in summer, two in winter again.
    let seasons: Vec<_> = [&winter; 8].into_iter().chain([&summer; 16]).chain([&winter; 2]).cloned().collect();
    assert_eq!(all, seasons);
    let known = coop.gathering(one).await.event;
    let mut earlier = known.terms.clone();
    for at in [&mut earlier.times.starts_at, &mut earlier.times.ends_at, &mut earlier.times.closes_at] {
        *at -= Duration::minutes(30);
    }
    let edit = Edit { form: coop.id(), base: known.revision, scope: Scope::All, terms: earlier, rule: None };
    event::edit(&coop.backend, theo, one, &edit).await.unwrap().unwrap();
    let hours: std::collections::BTreeSet<_> = starts().await.into_iter().collect();
    assert_eq!(hours, [("18:30".to_owned(), "16:30".to_owned()), ("18:30".to_owned(), "17:30".to_owned())].into());
}
