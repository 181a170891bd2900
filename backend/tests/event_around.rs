//! Around an event: who makes which, what its keepers see of the door in time, how long it is shown, and when people are reminded.

mod coop;

use backend::error::Error;
use backend::event::{self, Edit};
use backend::notify;
use chrono::Duration;
use coop::{Coop, paris};
use domain::command::Command;
use domain::event::{Answer, ForWhom, Mistake, Partner, Rule, RuleTyped, Scope, Terms};
use domain::id::{EventId, GroupId, MemberId, WalkInId};
use domain::reason::Reason;
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

async fn edits(coop: &Coop, who: MemberId, event: EventId, change: impl FnOnce(&mut Terms)) -> Result<(), Vec<Mistake>> {
    let known = coop.gathering(event).await.event;
    let mut terms = known.terms;
    change(&mut terms);
    let edit = Edit { form: coop.id(), base: known.revision, scope: Scope::This, terms, rule: None };
    event::edit(&coop.backend, who, event, &edit).await.unwrap()
}

fn later(terms: &mut Terms, by: Duration) {
    for at in [&mut terms.times.starts_at, &mut terms.times.ends_at, &mut terms.times.closes_at] {
        *at += by;
    }
}

#[sqlx::test(migrations = false)]
async fn communication_makes_what_is_for_everybody_and_its_referent_the_rest_too(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let ines = coop.member("Inès").await;
    coop.in_group(ines, "communication").await;
    let group = coop.group("communication").await;
    let ours = coop.supper("Entre nous", 10, "12");
    let mut presentation = coop.supper("Présentation", 10, "12");
    presentation.details.for_whom = ForWhom::Public;
    let makes = |terms: Terms| {
        let coop = &coop;
        async move { event::create(&coop.backend, ines, coop.id(), group, &terms, None).await.unwrap() }
    };
    let not_hers = Err(vec![Mistake::PublicAlone]);
    assert_eq!(makes(ours.clone()).await.map(drop), not_hers);
    let event = makes(presentation).await.unwrap();
    coop.publishes_event(ines, event, Scope::This).await;
    assert_eq!(edits(&coop, ines, event, |terms| terms.details.for_whom = ForWhom::Members).await, not_hers);
    edits(&coop, ines, event, |terms| terms.details.title = "Portes ouvertes".into()).await.unwrap();
    coop.sql(&format!("update group_member set referent = true where member_id = '{ines}'")).await;
    makes(ours).await.unwrap();
    edits(&coop, ines, event, |terms| terms.details.for_whom = ForWhom::Members).await.unwrap();
}

#[sqlx::test(migrations = false)]
async fn of_a_group_that_there_is_not_nobody_makes_anything(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    let terms = coop.supper("Soirée soupe", 10, "12");
    let creates = async |who: MemberId| event::create(&coop.backend, who, coop.id(), GroupId(coop.id()), &terms, None).await;
    assert!(matches!(creates(theo).await, Err(Error::NotFound)));
    assert!(matches!(creates(lea).await, Err(Error::NotAllowed)));
    assert_eq!(coop.count("select count(*) from event").await, 0);
}

#[sqlx::test(migrations = false)]
async fn whoever_keeps_the_door_hears_of_a_list_that_is_near(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let mark = || async { coop.me(theo).await.marks["me"] };
    let near = coop.draft(theo, &coop.supper("Soirée soupe", 0, "12")).await;
    let before = mark().await;
    coop.publishes_event(theo, near, Scope::This).await;
    assert!(mark().await > before, "it is announced");
    assert_eq!(coop.me(theo).await.arrivals.len(), 1);
    let far = coop.announces(theo, &coop.supper("Jeux", 10, "12")).await;
    let before = mark().await;
    edits(&coop, theo, far, |terms| terms.capacity = None).await.unwrap();
    assert_eq!(mark().await, before, "that is far from here");
    let soon = coop.supper("Jeux", 0, "12").times;
    edits(&coop, theo, far, |terms| terms.times = soon).await.unwrap();
    assert!(mark().await > before, "it is near by its new time");
    let before = mark().await;
    let later = coop.supper("Jeux", 20, "12").times;
    edits(&coop, theo, far, |terms| terms.times = later).await.unwrap();
    assert!(mark().await > before, "it was near by its old one");
    assert_eq!(coop.me(theo).await.arrivals.len(), 1);
}

#[sqlx::test(migrations = false)]
async fn what_lasts_for_days_and_is_called_off_is_shown_until_the_day_after_its_last(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let mut terms = coop.supper("Trois jours au refuge", 10, "");
    terms.times.ends_at += Duration::days(6);
    let event = coop.announces(theo, &terms).await;
    event::cancel(&coop.backend, theo, event, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    let last = paris_day(terms.times.ends_at);
    for (day, hour, shown) in [(last, 12, 1), (plus_days(last, 1), 23, 1), (plus_days(last, 2), 0, 0)] {
        coop.turns(paris(day, hour, 0));
        assert_eq!(coop.events().await.events.len(), shown, "{day}, {hour} h");
    }
}

#[sqlx::test(migrations = false)]
async fn what_moves_by_minutes_is_not_reminded_of_again_in_the_morning(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 3, "12")).await;
    let lea = coop.member("Léa").await;
    coop.answers(lea, event, Answer::Yes, 0).await;
    let day = plus_days(paris_day(coop.now()), 3);
    let reminded = || async { event::remind(&coop.backend).await.unwrap() };
    coop.turns(paris(day, 8, 0));
    assert_eq!(reminded().await, 1);
    coop.turns(paris(day, 8, 20));
    edits(&coop, theo, event, |terms| terms.times.starts_at += Duration::minutes(15)).await.unwrap();
    assert_eq!(reminded().await, 0, "it is this evening still");
    coop.turns(paris(day, 18, 15));
    assert_eq!(reminded().await, 1, "an hour before its new time");
    // To another day: that one has its own.
    coop.turns(paris(day, 18, 30));
    edits(&coop, theo, event, |terms| {
        terms.times.starts_at += Duration::days(1);
        terms.times.ends_at += Duration::days(1);
    })
    .await
    .unwrap();
    coop.turns(paris(plus_days(day, 1), 8, 0));
    assert_eq!(reminded().await, 1);
}

#[sqlx::test(migrations = false)]
async fn whoever_has_just_been_reminded_hears_of_the_change_and_is_not_reminded_again(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 3, "12")).await;
    let lea = coop.member("Léa").await;
    coop.answers(lea, event, Answer::Yes, 0).await;
    let day = plus_days(paris_day(coop.now()), 3);
    let reminded = || async { event::remind(&coop.backend).await.unwrap() };
    coop.turns(paris(day, 18, 0));
    assert_eq!(reminded().await, 1);
    let mail = domain::notify::Channel::Mail;
    while let Some(batch) = notify::next(&coop.backend, mail).await.unwrap() {
        notify::settle(&coop.backend, &batch.waiting, &notify::Came::Sent, &[]).await.unwrap();
    }
    // Ten minutes earlier, then a quarter of an hour later.
    for (minute, by) in [(5, -10), (10, 25)] {
        coop.turns(paris(day, 18, minute));
        edits(&coop, theo, event, |terms| later(terms, Duration::minutes(by))).await.unwrap();
        assert_eq!(reminded().await, 0, "{by} minutes");
    }
    coop.turns(paris(day, 18, 15));
    assert_eq!(reminded().await, 0, "it is an hour before its new time");
    // So much later that it is worth another word.
    edits(&coop, theo, event, |terms| later(terms, Duration::hours(2))).await.unwrap();
    coop.turns(paris(day, 20, 15));
    assert_eq!(reminded().await, 1);
}

#[sqlx::test(migrations = false)]
async fn communication_has_no_hand_in_what_is_for_members_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (ines, nour, lea) = (coop.member("Inès").await, coop.member("Nour").await, coop.member("Léa").await);
    coop.in_group(ines, "communication").await;
    coop.in_group(nour, "communication").await;
    coop.sql(&format!("update group_member set referent = true where member_id = '{nour}'")).await;
    let group = coop.group("communication").await;
    let creates = async |terms: &Terms| event::create(&coop.backend, nour, coop.id(), group, terms, None).await.unwrap().unwrap();
    let ours = coop.supper("Entre nous", 0, "12");
    let mut presentation = ours.clone();
    presentation.details.for_whom = ForWhom::Public;
    let (ours, presentation) = (creates(&ours).await, creates(&presentation).await);
    let drafts = async |who: MemberId| {
        event::drafts(&coop.backend, who).await.unwrap().into_iter().map(|event| event.id).collect::<Vec<_>>()
    };
    assert_eq!((drafts(ines).await, drafts(nour).await.len()), (vec![presentation], 2));
    for event in [ours, presentation] {
        coop.publishes_event(nour, event, Scope::This).await;
    }
    let comes = Command::AnswerEvent {
        event: ours,
        answer: Answer::Yes,
        guests: 0,
        children: 0,
        note: String::new(),
        diet: "Sans noix".into(),
        hidden: true,
    };
    coop.does(lea, comes).await;

    // Nor does she make it hers by making it public.
    let known = coop.gathering(ours).await.event;
    let mut public = known.terms.clone();
    public.details.for_whom = ForWhom::Public;
    for scope in [Scope::This, Scope::All] {
        let edit = Edit { form: coop.id(), base: known.revision, scope, terms: public.clone(), rule: None };
        assert!(matches!(event::edit(&coop.backend, ines, ours, &edit).await, Err(Error::NotAllowed)));
    }
    assert!(matches!(event::overview(&coop.backend, ines, ours).await, Err(Error::NotAllowed)));
    assert!(matches!(event::lists(&coop.backend, ines, ours).await, Err(Error::NotAllowed)));
    let cancelled = event::cancel(&coop.backend, ines, ours, coop.id(), Scope::This, "Non").await;
    assert!(matches!(cancelled, Err(Error::NotAllowed)));
    let programme = event::programme(&coop.backend, ines).await.unwrap();
    assert_eq!(programme.events.iter().map(|known| known.event.id).collect::<Vec<_>>(), [presentation]);

    // The list at its door is none of hers, nor does she hear of it; that of the presentation is.
    let mark = async |who: MemberId| coop.me(who).await.marks["me"];
    let before = (mark(ines).await, mark(nour).await);
    edits(&coop, nour, ours, |terms| terms.capacity = None).await.unwrap();
    assert!(mark(ines).await == before.0 && mark(nour).await > before.1);
    let (hers, referents) = (coop.me(ines).await, coop.me(nour).await);
    assert_eq!(hers.arrivals.iter().map(|list| list.event).collect::<Vec<_>>(), [presentation]);
    assert_eq!(referents.arrivals.len(), 2);
    assert_eq!((hers.organises, hers.organises_public), (Vec::new(), vec![group]));
    assert_eq!((referents.organises, referents.organises_public), (vec![group], Vec::new()));
    coop.turns(known.terms.times.starts_at);
    let adds = |event| Command::AddEventWalkIn { walk_in: WalkInId(coop.id()), event, name: "Une voisine".into(), people: 1 };
    assert_eq!(coop.refused(ines, adds(ours)).await, Reason::NotAllowed);
    coop.does(ines, adds(presentation)).await;
}

#[sqlx::test(migrations = false)]
async fn of_a_series_communication_touches_no_date_that_is_for_members_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (ines, theo) = (coop.member("Inès").await, coop.organiser().await);
    coop.in_group(ines, "communication").await;
    let group = coop.group("communication").await;
    let mut terms = coop.supper("Présentation", 10, "12");
    terms.details.for_whom = ForWhom::Public;
    let first = paris_day(terms.times.starts_at);
    let until = plus_days(first, 14).to_string();
    let rule = Rule::read(RuleTyped { rhythm: "weekly", every: "", until: &until }, first).unwrap();
    let one = event::create(&coop.backend, ines, coop.id(), group, &terms, Some(&rule)).await.unwrap().unwrap();
    coop.publishes_event(ines, one, Scope::All).await;
    let second = coop.events().await.events[1].event.id;
    let cancels = async || event::cancel(&coop.backend, ines, one, coop.id(), Scope::All, "Neige").await.unwrap();
    edits(&coop, theo, second, |terms| terms.details.for_whom = ForWhom::Members).await.unwrap();
    assert_eq!(cancels().await, Err(vec![Mistake::OthersNotTheirs]));
    edits(&coop, theo, second, |terms| terms.details.for_whom = ForWhom::Public).await.unwrap();
    assert_eq!(cancels().await, Ok(()));
}

#[sqlx::test(migrations = false)]
async fn what_has_begun_is_prolonged_but_neither_begun_again_nor_over(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 3, "12")).await;
    let times = coop.gathering(event).await.event.terms.times;
    coop.turns(times.starts_at + Duration::hours(1));
    edits(&coop, theo, event, |terms| terms.times.ends_at += Duration::hours(1)).await.unwrap();
    assert_eq!(coop.gathering(event).await.event.terms.times.ends_at, times.ends_at + Duration::hours(1));
    let begun = Err(vec![Mistake::AlreadyStarted]);
    let ends = times.starts_at + Duration::minutes(30);
    assert_eq!(edits(&coop, theo, event, |terms| terms.times.ends_at = ends).await, begun, "it would be over");
    let starts = times.starts_at + Duration::minutes(30);
    assert_eq!(edits(&coop, theo, event, |terms| terms.times.starts_at = starts).await, begun);
}

#[sqlx::test(migrations = false)]
async fn whoever_kept_a_door_hears_that_they_do_not_any_more(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    coop.in_group(lea, "distribution").await;
    coop.sql(&format!("update group_member set referent = true where member_id = '{lea}'")).await;
    let with = Some(Partner::Group(coop.group("distribution").await));
    let mut terms = coop.supper("Soirée soupe", 0, "12");
    terms.details.with = with;
    let event = coop.announces(theo, &terms).await;
    let mark = async |who: MemberId| coop.me(who).await.marks["me"];
    assert_eq!(coop.me(lea).await.arrivals.len(), 1);
    let before = mark(lea).await;
    edits(&coop, theo, event, |terms| terms.details.with = None).await.unwrap();
    assert!(mark(lea).await > before);
    assert!(coop.me(lea).await.arrivals.is_empty());
}

#[sqlx::test(migrations = false)]
async fn whoever_waited_for_what_is_somebody_elses_by_then_does_nothing_to_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    coop.in_group(lea, "distribution").await;
    coop.sql(&format!("update group_member set referent = true where member_id = '{lea}'")).await;
    let mut terms = coop.supper("Soirée soupe", 10, "12");
    terms.details.with = Some(Partner::Group(coop.group("distribution").await));
    let event = coop.announces(theo, &terms).await;
    let first = paris_day(terms.times.starts_at);
    let until = plus_days(first, 14).to_string();
    let rule = Rule::read(RuleTyped { rhythm: "weekly", every: "", until: &until }, first).unwrap();
    let group = coop.group("vie-sociale").await;
    let one = event::create(&coop.backend, theo, coop.id(), group, &terms, Some(&rule)).await.unwrap().unwrap();
    // Somebody holds the event, and the second of the series, and takes the other group out of both.
    let second = "select event_id from event where event_series_id is not null order by starts_at offset 1 limit 1";
    let second: EventId = sqlx::query_scalar(second).fetch_one(&coop.backend.pool).await.unwrap();
    let mut theirs = coop.backend.pool.begin().await.unwrap();
    for event in [event, second] {
        let takes_out = sqlx::query("update event set details = details - 'with' where event_id = $1").bind(event);
        takes_out.execute(&mut *theirs).await.unwrap();
    }
    let writes = event::write_to_all(&coop.backend, lea, event, coop.id(), "Coucou");
    let cancels = event::cancel(&coop.backend, lea, event, coop.id(), Scope::This, "Travaux");
    let throws_away = event::cancel(&coop.backend, lea, one, coop.id(), Scope::All, "");
    let ends = async {
        coop.until_waiting(3).await;
        theirs.commit().await.unwrap();
    };
    let (wrote, cancelled, thrown_away, ()) = futures::future::join4(writes, cancels, throws_away, ends).await;
    assert!(matches!(wrote, Err(Error::NotAllowed)), "{wrote:?}");
    assert!(matches!(cancelled, Err(Error::NotAllowed)), "{cancelled:?}");
    assert_eq!(thrown_away.unwrap(), Err(vec![Mistake::OthersNotTheirs]));
    assert!(coop.gathering(event).await.event.state.is_published());
    assert_eq!(coop.count("select count(*) from event where state = '\"draft\"'").await, 3);
}
