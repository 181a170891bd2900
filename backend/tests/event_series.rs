//! What comes back: made once, edited one time, from one time on, or all of it.

mod coop;

use backend::event::{self, Edit};
use chrono::Duration;
use coop::{Coop, answers};
use domain::event::{Answer, Mistake, Partner, Rule, RuleEdit, RuleMistake, RuleTyped, Scope, State, Terms, Wanted, local};
use domain::id::{BringItemId, EventId, HelperPostId, MemberId};
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
        let suppers = Suppers::drafts(at).await;
        suppers.come_out().await;
        suppers
    }

    async fn drafts(at: PgConnectOptions) -> Suppers {
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
        let all = in_order(&coop).await;
        assert_eq!((all.len(), all[0]), (6, one));
        Suppers { coop, theo, all }
    }

    async fn come_out(&self) {
        self.coop.publishes_event(self.theo, self.all[0], Scope::All).await;
    }

    async fn state(&self, nth: usize) -> State {
        self.coop.gathering(self.all[nth]).await.event.state
    }

    /// How many take place.
    async fn on(&self) -> i64 {
        self.coop.count("select count(*) from event where state ? 'published'").await
    }

    async fn edits(
        &self,
        nth: usize,
        scope: Scope,
        change: impl FnOnce(&mut Terms),
        rule: Option<RuleEdit>,
    ) -> Result<(), Vec<Mistake>> {
        let known = self.coop.gathering(self.all[nth]).await.event;
        let mut terms = known.terms.clone();
        change(&mut terms);
        let edit = Edit { form: self.coop.id(), base: known.revision, scope, terms, rule };
        event::edit(&self.coop.backend, self.theo, known.id, &edit).await.unwrap()
    }

    /// What one of them refuses, as it is said where another one is edited.
    async fn of_another(&self, nth: usize, mistake: Mistake) -> Mistake {
        let starts_at = self.coop.gathering(self.all[nth]).await.event.terms.times.starts_at;
        Mistake::OfAnother { starts_at, mistake: Box::new(mistake) }
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

/// What is typed of how a series comes back.
fn says(rhythm: &str, every: &str, until: &str) -> Option<RuleEdit> {
    RuleEdit::read(RuleTyped { rhythm, every, until }).unwrap()
}

/// An hour later, until an hour later; answers close when they did.
fn an_hour_later(terms: &mut Terms) {
    terms.times.starts_at += Duration::hours(1);
    terms.times.ends_at += Duration::hours(1);
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
    suppers.edits(2, Scope::This, an_hour_later, None).await.unwrap();
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
    suppers.edits(0, Scope::All, |_| {}, says("weekly", "2", "2027-02-04")).await.unwrap();
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
    suppers.edits(0, Scope::All, |_| {}, says("weekly", "1", "2027-01-14")).await.unwrap();
    assert!(matches!(state(1).await, State::Published { .. }) && matches!(state(3).await, State::Published { .. }));
    assert_eq!(coop.count(on).await, 6);
    assert!(coop.gathering(suppers.all[1]).await.party_of(lea).unwrap().is_seated());
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(lea).await, ["event_cancelled", "event_changed"]);
}

#[sqlx::test(migrations = false)]
async fn every_second_week_is_counted_from_the_one_that_was_open(_: PgPoolOptions, at: PgConnectOptions) {
    let mut suppers = Suppers::new(at).await;
    suppers.edits(1, Scope::All, an_hour_later, says("weekly", "2", "")).await.unwrap();
    suppers.all = in_order(&suppers.coop).await;
    assert_eq!(suppers.hours().await, ["17/12 20:00", "31/12 20:00", "14/01 20:00"]);
    // « Comme maintenant »: for longer, as often.
    suppers.edits(1, Scope::All, |_| {}, says("weekly", "", "2027-01-28")).await.unwrap();
    suppers.all = in_order(&suppers.coop).await;
    assert_eq!(suppers.hours().await, ["17/12 20:00", "31/12 20:00", "14/01 20:00", "28/01 20:00"]);
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
    let of_the_fifth = suppers.of_another(4, Mistake::FewerThanSeated { seated: 5 }).await;
    assert_eq!(suppers.edits(0, Scope::All, fewer, None).await, Err(vec![of_the_fifth]), "and which one it is");
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
    let of_today = suppers.of_another(0, Mistake::AlreadyStarted).await;
    assert_eq!(suppers.edits(2, Scope::All, earlier, None).await, Err(vec![of_today]));
    assert_eq!(suppers.hours().await[2], "24/12 19:00");
    suppers.edits(2, Scope::Following, earlier, None).await.unwrap();
    let hours = ["10/12 19:00", "17/12 19:00", "24/12 11:00", "31/12 11:00", "07/01 11:00", "14/01 11:00"];
    assert_eq!(suppers.hours().await, hours);
}

#[sqlx::test(migrations = false)]
async fn a_changed_rule_lets_go_on_what_has_begun_and_what_was_put_off_until_later_today(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let coop = &suppers.coop;
    let starts_at = async |nth: usize| coop.gathering(suppers.all[nth]).await.event.terms.times.starts_at;
    let lea = coop.member("Léa").await;
    coop.answers(lea, suppers.all[0], Answer::Yes, 0).await;
    coop.turns(starts_at(0).await + Duration::hours(1));
    suppers.edits(0, Scope::All, |_| {}, says("", "", "2027-01-21")).await.unwrap();
    assert_eq!((suppers.state(0).await.is_published(), suppers.on().await), (true, 7));
    // Put off until 21 h; at 20 h another one says how they come back.
    suppers.edits(1, Scope::This, |terms| (0..2).for_each(|_| an_hour_later(terms)), None).await.unwrap();
    coop.turns(starts_at(1).await - Duration::hours(1));
    suppers.edits(2, Scope::All, |_| {}, says("", "", "2027-01-28")).await.unwrap();
    assert_eq!((suppers.state(1).await.is_published(), suppers.on().await), (true, 8));
    event::due(&coop.backend).await.unwrap();
    assert!(coop.told(lea).await.is_empty());
}

#[sqlx::test(migrations = false)]
async fn what_a_person_threw_away_stays_away_when_the_series_goes_on(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::drafts(at).await;
    let (coop, theo) = (&suppers.coop, suppers.theo);
    event::cancel(&coop.backend, theo, suppers.all[2], coop.id(), Scope::This, "").await.unwrap().unwrap();
    suppers.come_out().await;
    // « Jusqu’au » alone: the rhythm stays.
    suppers.edits(0, Scope::All, |_| {}, says("", "", "2027-01-28")).await.unwrap();
    assert!(matches!(suppers.state(2).await, State::Removed { by_rule: false, .. }));
    assert_eq!(suppers.on().await, 7, "five, and two more");
    assert_eq!(suppers.edits(0, Scope::All, |_| {}, says("", "2", "")).await, Ok(()), "nor is the end lost");
    assert_eq!(suppers.on().await, 3, "10/12, 7/1, 21/1");
}

#[sqlx::test(migrations = false)]
async fn what_comes_back_is_as_its_series_is_by_then_and_its_changes_are_told(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::drafts(at).await;
    let coop = &suppers.coop;
    suppers.edits(0, Scope::All, |_| {}, says("", "", "2026-12-31")).await.unwrap();
    assert!(matches!(suppers.state(5).await, State::Removed { by_rule: true, .. }));
    suppers.come_out().await;
    let renamed = |terms: &mut Terms| {
        an_hour_later(terms);
        terms.details.title = "Soupe et jeux".into();
    };
    suppers.edits(0, Scope::All, renamed, None).await.unwrap();
    suppers.edits(0, Scope::All, |_| {}, says("", "", "2027-01-14")).await.unwrap();
    assert_eq!(suppers.on().await, 6);
    let hours = ["10/12 20:00", "17/12 20:00", "24/12 20:00", "31/12 20:00", "07/01 20:00", "14/01 20:00"];
    assert_eq!(suppers.hours().await, hours);
    assert!(suppers.titles().await.iter().all(|title| title == "Soupe et jeux"));
    let lea = coop.member("Léa").await;
    coop.answers(lea, suppers.all[5], Answer::Yes, 0).await;
    suppers.edits(5, Scope::This, an_hour_later, None).await.unwrap();
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(lea).await, ["event_changed"]);
}

#[sqlx::test(migrations = false)]
async fn a_rule_said_from_one_that_moved_is_of_its_own_day(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let terms = coop.supper("Soirée soupe", 9, "12");
    let first = paris_day(terms.times.starts_at);
    let monthly = Rule::read(RuleTyped { rhythm: "monthly", every: "", until: "2027-03-31" }, first).unwrap();
    let group = coop.group("vie-sociale").await;
    event::create(&coop.backend, theo, coop.id(), group, &terms, Some(&monthly)).await.unwrap().unwrap();
    let all = in_order(&coop).await;
    let mut suppers = Suppers { coop, theo, all };
    let a_week_later = |terms: &mut Terms| {
        for at in [&mut terms.times.starts_at, &mut terms.times.ends_at, &mut terms.times.closes_at] {
            *at += Duration::weeks(1);
        }
    };
    suppers.edits(1, Scope::This, a_week_later, None).await.unwrap();
    suppers.edits(1, Scope::All, an_hour_later, says("monthly", "", "2027-04-30")).await.unwrap();
    suppers.all = in_order(&suppers.coop).await;
    let hours = ["10/12 20:00", "21/01 20:00", "11/02 20:00", "11/03 20:00", "08/04 20:00"];
    assert_eq!(suppers.hours().await, hours);
}

#[sqlx::test(migrations = false)]
async fn whoever_makes_one_of_them_with_others_does_not_change_the_rest(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let (coop, all) = (&suppers.coop, &suppers.all);
    let lea = coop.member("Léa").await;
    coop.in_group(lea, "distribution").await;
    coop.sql(&format!("update group_member set referent = true where member_id = '{lea}'")).await;
    let with = Some(Partner::Group(coop.group("distribution").await));
    suppers.edits(2, Scope::This, |terms| terms.details.with = with, None).await.unwrap();
    let refused = Err(vec![Mistake::OthersNotTheirs]);
    for scope in [Scope::Following, Scope::All] {
        let known = coop.gathering(all[2]).await.event;
        let edit = Edit { form: coop.id(), base: known.revision, scope, terms: known.terms, rule: None };
        assert_eq!(event::edit(&coop.backend, lea, all[2], &edit).await.unwrap(), refused);
        assert_eq!(event::cancel(&coop.backend, lea, all[2], coop.id(), scope, "Travaux").await.unwrap(), refused);
    }
    assert_eq!(suppers.on().await, 6);
    event::cancel(&coop.backend, lea, all[2], coop.id(), Scope::This, "Travaux").await.unwrap().unwrap();
    assert_eq!(suppers.on().await, 5);
}

#[sqlx::test(migrations = false)]
async fn what_all_are_asked_to_bring_is_asked_of_those_that_are_made_later_too(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    let (coop, theo, all) = (&suppers.coop, suppers.theo, &suppers.all);
    let wants = |label: &str, of: &str| Wanted::<BringItemId>::read(None, label, of).unwrap().unwrap();
    let posts = [Wanted::<HelperPostId>::read(None, "Le bar", "2").unwrap().unwrap()];
    let own = [wants("Bûche", "1")];
    coop.wants(theo, all[2], Scope::This, &own, &[]).await.unwrap();
    let items = [wants("Pains", "2"), wants("Fromages", "3")];
    coop.wants(theo, all[0], Scope::All, &items, &posts).await.unwrap();
    suppers.edits(0, Scope::All, |_| {}, says("", "", "2027-01-21")).await.unwrap();
    let asked = async |event: EventId| -> Vec<String> {
        let known = coop.gathering(event).await;
        let things = known.items.iter().map(|item| (&item.label, item.claims.of));
        let work = known.posts.iter().map(|post| (&post.label, post.claims.of));
        things.chain(work).map(|(label, of)| format!("{of} {label}")).collect()
    };
    let now = in_order(coop).await;
    assert_eq!(now.len(), 7);
    for (nth, event) in now.iter().enumerate() {
        let buche: &[&str] = if nth == 2 { &["1 Bûche"] } else { &[] };
        assert_eq!(asked(*event).await, [&["2 Pains", "3 Fromages"][..], buche, &["2 Le bar"][..]].concat());
    }
    // One line less, and one of another name: what somebody has taken on of it stays theirs.
    let lea = coop.member("Léa").await;
    coop.answers(lea, all[1], Answer::Yes, 0).await;
    let pains = coop.gathering(all[1]).await.items[0].id;
    coop.does(lea, domain::command::Command::ClaimItem { event: all[1], item: pains, quantity: 2 }).await;
    let first = coop.gathering(all[0]).await.items[0].id;
    let fewer = [Wanted { id: Some(first), label: "Pains".into(), of: 1 }];
    let refused = coop.wants(theo, all[0], Scope::All, &fewer, &[]).await;
    let of_the_second = suppers.of_another(1, Mistake::FewerThanClaimed { label: "Pains".into(), claimed: 2 }).await;
    assert_eq!(refused, Err(vec![of_the_second]), "and which one it is");
    let renamed = [Wanted { id: Some(first), label: "Gros pains".into(), of: 4 }];
    coop.wants(theo, all[0], Scope::All, &renamed, &[]).await.unwrap();
    assert_eq!(asked(all[1]).await, ["4 Gros pains"]);
    assert_eq!(asked(all[2]).await, ["4 Gros pains", "1 Bûche"]);
    assert_eq!(coop.gathering(all[1]).await.items[0].claims.by(lea), 2);
}

#[sqlx::test(migrations = false)]
async fn one_that_closes_earlier_still_moves_with_the_others(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::new(at).await;
    suppers.edits(1, Scope::This, |terms| terms.times.closes_at -= Duration::hours(5), None).await.unwrap();
    let later = |terms: &mut Terms| {
        an_hour_later(terms);
        terms.times.closes_at += Duration::hours(1);
    };
    suppers.edits(0, Scope::All, later, None).await.unwrap();
    assert_eq!(suppers.hours().await[..3], ["10/12 20:00", "17/12 20:00", "24/12 20:00"]);
    let times = suppers.coop.gathering(suppers.all[1]).await.event.terms.times;
    assert_eq!(times.starts_at - times.closes_at, Duration::hours(5));
}

#[sqlx::test(migrations = false)]
async fn nothing_comes_out_once_it_has_begun(_: PgPoolOptions, at: PgConnectOptions) {
    let suppers = Suppers::drafts(at).await;
    let (coop, theo, one) = (&suppers.coop, suppers.theo, suppers.all[0]);
    let publish = async |at| event::publish(&coop.backend, theo, one, coop.id(), Scope::This, Some(at)).await.unwrap();
    let starts_at = coop.gathering(one).await.event.terms.times.starts_at;
    assert_eq!(publish(coop.now()).await, Err(vec![Mistake::PublishesInThePast]));
    let out = starts_at - Duration::days(1);
    publish(out).await.unwrap();
    let earlier = |terms: &mut Terms| {
        for at in [&mut terms.times.starts_at, &mut terms.times.ends_at, &mut terms.times.closes_at] {
            *at -= Duration::days(2);
        }
    };
    for scope in [Scope::This, Scope::All] {
        assert_eq!(suppers.edits(0, scope, earlier, None).await, Err(vec![Mistake::PublishesTooLate]));
    }
    // Nobody was there to do it until it had begun.
    coop.turns(starts_at + Duration::minutes(1));
    assert_eq!(event::due(&coop.backend).await.unwrap(), 0);
    assert_eq!(suppers.on().await, 0);
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
