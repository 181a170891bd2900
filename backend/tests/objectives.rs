//! What the committee sets for the employee, and how it goes, on real PostgreSQL.

mod coop;

use backend::error::Error;
use backend::objectives::{self, Kept};
use chrono::Duration;
use coop::{Coop, today};
use domain::event::Answer;
use domain::id::{MemberId, ObjectiveId};
use domain::objectives::{Amount, Course, Mistake, Reached, Written};
use domain::procedures::Fields;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Idris sits on the committee, Paul works for the co-op, Nour does neither.
struct House {
    coop: Coop,
    idris: MemberId,
    paul: MemberId,
    nour: MemberId,
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn written(source: &str, target: &str, from: &str) -> Written {
    let typed = [
        ("label", "Jeter moins"),
        ("source", source),
        ("unite", "€"),
        ("sens", "at_least"),
        ("cible", target),
        ("du", from),
        ("au", "2027-03"),
    ];
    Written::read(&fields(&typed)).unwrap()
}

impl House {
    async fn new(at: PgConnectOptions) -> House {
        let coop = Coop::new(at).await;
        let (idris, paul, nour) = (coop.member("Idris").await, coop.member("Paul").await, coop.member("Nour").await);
        coop.sql(&format!("update member set employee = true where member_id = '{paul}'")).await;
        coop.sql(&format!(
            "insert into mandate (mandate_id, member_id, from_on, to_on) values ('{}', '{idris}', '2026-06-13', '2028-06-12')",
            coop.id()
        ))
        .await;
        House { coop, idris, paul, nour }
    }

    async fn sets(&self, source: &str, target: &str, from: &str) -> ObjectiveId {
        let form = self.coop.id();
        objectives::set_objective(&self.coop.backend, self.idris, form, &written(source, target, from)).await.unwrap().unwrap();
        ObjectiveId(form)
    }

    async fn types(&self, by: MemberId, id: ObjectiveId, month: &str, figure: &str) -> Result<Kept, Error> {
        let typed = fields(&[("mois", month), ("chiffre", figure), ("note", "")]);
        objectives::type_figure(&self.coop.backend, by, self.coop.id(), id, &typed).await
    }

    async fn course(&self, id: ObjectiveId) -> Course {
        objectives::objective(&self.coop.backend, self.nour, id).await.unwrap().all.remove(0)
    }

    async fn amounts(&self, id: ObjectiveId) -> Vec<Option<i64>> {
        self.course(id).await.figures.iter().map(|figure| figure.amount.map(|amount| amount.0)).collect()
    }
}

#[sqlx::test(migrations = false)]
async fn the_committee_sets_it_once_and_the_employee_hears_of_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, paul, nour } = &house;
    let (form, said) = (coop.id(), written("typed", "250", "2026-10"));
    for _ in 0..2 {
        objectives::set_objective(&coop.backend, *idris, form, &said).await.unwrap().unwrap();
    }
    assert_eq!(
        (coop.count("select count(*) from objective").await, coop.told(*paul).await),
        (1, vec!["objective_set".to_owned()])
    );
    assert!(coop.told(*nour).await.is_empty());
    for who in [paul, nour] {
        let refused = objectives::set_objective(&coop.backend, *who, coop.id(), &said).await;
        assert!(matches!(refused, Err(Error::NotAllowed)));
    }
    // Everybody reads it; who may write is said.
    for (who, sets, types) in [(idris, true, false), (paul, false, true), (nour, false, false)] {
        let all = objectives::objectives(&coop.backend, *who).await.unwrap();
        assert_eq!((all.all.len(), all.sets, all.types), (1, sets, types));
    }
    // A mandate that lapses ends what it gave.
    coop.turns("2028-06-13T08:00:00Z".parse().unwrap());
    let refused = objectives::set_objective(&coop.backend, *idris, coop.id(), &said).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn a_months_figure_is_the_employees_and_the_last_word_counts(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { idris, paul, nour, .. } = &house;
    let id = house.sets("typed", "250", "2026-10").await;
    assert_eq!(house.amounts(id).await, [None, None, None], "October to December");
    for who in [idris, nour] {
        assert!(matches!(house.types(*who, id, "2026-10", "300").await, Err(Error::NotAllowed)));
    }
    house.types(*paul, id, "2026-10", "300").await.unwrap().unwrap();
    house.types(*paul, id, "2026-10", "310,5").await.unwrap().unwrap();
    assert_eq!(house.types(*paul, id, "2027-01", "3").await.unwrap().unwrap_err(), [Mistake::BadMonth], "it has not begun");
    assert_eq!(house.amounts(id).await, [Some(31_050), None, None]);
    let course = house.course(id).await;
    assert_eq!(course.reached(), Reached::Yes);
    assert_eq!(course.figures[0].by.as_ref().unwrap().0.to_string(), "Paul T.");
    assert_eq!(course.missing("2026-12-01".parse().unwrap()), ["2026-11-01".parse::<chrono::NaiveDate>().unwrap()]);
    let unknown = house.types(*paul, ObjectiveId(house.coop.id()), "2026-10", "3").await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}

#[sqlx::test(migrations = false)]
async fn it_is_changed_from_what_it_is_and_closed_with_a_word(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, paul, .. } = &house;
    let id = house.sets("typed", "250", "2026-10").await;
    let edits = async |base, said: &Written| {
        objectives::edit_objective(&coop.backend, *idris, coop.id(), (id, base), said).await.unwrap()
    };
    edits(1, &written("typed", "200", "2026-10")).await.unwrap();
    let late = edits(1, &written("typed", "150", "2026-10")).await;
    assert_eq!(late.unwrap_err(), [Mistake::Stale { revision: 2 }]);
    assert_eq!(house.course(id).await.objective.target, Amount::whole(200));
    house.types(*paul, id, "2026-11", "12").await.unwrap().unwrap();
    assert_eq!(edits(2, &written("members", "200", "2026-10")).await.unwrap_err(), [Mistake::SourceFixed]);
    let closes = async |word: &str| objectives::close_objective(&coop.backend, *idris, coop.id(), id, word).await.unwrap();
    assert_eq!(closes(" ").await.unwrap_err(), [Mistake::WordMissing]);
    closes("La mesure n’était pas la bonne").await.unwrap();
    assert_eq!(closes("Encore").await.unwrap_err(), [Mistake::Closed]);
    assert_eq!(edits(2, &written("typed", "90", "2026-10")).await.unwrap_err(), [Mistake::Closed]);
    assert_eq!(house.types(*paul, id, "2026-11", "12").await.unwrap().unwrap_err(), [Mistake::Closed]);
    assert_eq!(house.amounts(id).await, [None, Some(1_200), None], "its figures stay");
}

#[sqlx::test(migrations = false)]
async fn figures_that_the_coop_knows_are_counted(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, nour, paul, .. } = &house;
    // Three of 2020; two more on 1 November, of whom one has left by the end of that month.
    let (hugo, lea) = (coop.member("Hugo").await, coop.member("Léa").await);
    coop.sql(&format!("update member set joined_on = '2026-11-01' where member_id in ('{hugo}', '{lea}')")).await;
    coop.sql(&format!("update member set left_on = '2026-11-30' where member_id = '{lea}'")).await;
    let members = house.sets("members", "450", "2026-10").await;
    assert_eq!(house.amounts(members).await, [Some(300), Some(400), Some(400)]);
    assert_eq!(house.types(*paul, members, "2026-10", "3").await.unwrap().unwrap_err(), [Mistake::Counted]);

    // Of three seats of this morning two are held; the one of tomorrow has not begun.
    let morning = coop.shift(0, 7, 3).await;
    for position in 0..2 {
        let seat = domain::id::SeatId::new(morning, position);
        coop.sits(if position == 0 { *nour } else { hugo }, seat).await;
    }
    coop.shift(1, 9, 4).await;
    let coverage = house.sets("coverage", "92", "2026-11").await;
    assert_eq!(house.amounts(coverage).await, [None, Some(6_667)], "of November nothing is known");

    let theo = coop.organiser().await;
    let supper = coop.announces(theo, &coop.supper("Soupe", 2, "12")).await;
    coop.answers(*nour, supper, Answer::Yes, 2).await;
    coop.answers(hugo, supper, Answer::Maybe, 0).await;
    let outings = house.sets("outings", "40", "2026-12").await;
    assert_eq!(house.amounts(outings).await, [Some(0)], "it is to come");
    coop.turns(today() + Duration::days(3));
    assert_eq!(house.amounts(outings).await, [Some(300)], "Nour and two guests");
    // A neighbour without an account was there with somebody; a month later nothing names them any more.
    let (visitor, now) = (coop.id(), coop.now());
    coop.sql(&format!(
        "insert into event_visitor (event_visitor_id, event_id, name, email, guests, asked_at, yes_hash, confirmed_at, origin)
            values ('{visitor}', '{supper}', 'Une voisine', 'voisine@example.org', 1, '{now}', '\\x00', '{now}', 'https://alpar.example');
         insert into event_party (event_id, event_visitor_id, standing, guests, answered_at)
            values ('{supper}', '{visitor}', 'seated', 1, '{now}');
         update event set seated = seated + 2 where event_id = '{supper}'"
    ))
    .await;
    coop.turns(today() + Duration::days(40));
    backend::jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from event_visitor").await, 0);
    assert_eq!(house.amounts(outings).await, [Some(500), Some(0)], "they came all the same");
}
