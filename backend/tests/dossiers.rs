//! The dossier boards of the working groups, on real PostgreSQL.

mod coop;

use backend::dossiers::{self, Kept};
use backend::error::Error;
use chrono::{Duration, NaiveDate};
use coop::Coop;
use domain::command::Command;
use domain::dossiers::{Dossier, Mistake, Said, Stage};
use domain::id::{DossierId, GroupId, HoursId, MemberId};
use domain::outcome::Outcome;
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Théo answers for Vie sociale, Léa belongs to it, Nour does not; Paul works for the co-op.
struct House {
    coop: Coop,
    group: GroupId,
    theo: MemberId,
    lea: MemberId,
    nour: MemberId,
    paul: MemberId,
}

impl House {
    async fn new(at: PgConnectOptions) -> House {
        let coop = Coop::new(at).await;
        let theo = coop.organiser().await;
        coop.sql(&format!("update group_member set referent = true where member_id = '{theo}'")).await;
        let (lea, nour, paul) = (coop.member("Léa").await, coop.member("Nour").await, coop.member("Paul").await);
        coop.in_group(lea, "vie-sociale").await;
        coop.sql(&format!("update member set employee = true where member_id = '{paul}'")).await;
        let group = coop.group("vie-sociale").await;
        House { coop, group, theo, lea, nour, paul }
    }

    fn today(&self) -> NaiveDate {
        paris_day(self.coop.now())
    }

    fn said(&self, more: &[(&str, String)]) -> Said {
        let mut typed = vec![("title".to_owned(), "La salle".to_owned()), ("sorte".to_owned(), "task".to_owned())];
        for (name, value) in more {
            typed.retain(|(known, _)| known != name);
            typed.push(((*name).to_owned(), value.clone()));
        }
        Said::read(&Fields(typed), self.today()).unwrap()
    }

    async fn opens(&self, by: MemberId, more: &[(&str, String)]) -> DossierId {
        let form = self.coop.id();
        dossiers::open(&self.coop.backend, by, self.group, form, &self.said(more)).await.unwrap().unwrap();
        DossierId(form)
    }

    async fn writes(&self, by: MemberId, id: DossierId, base: i32, more: &[(&str, String)]) -> Result<Kept, Error> {
        dossiers::rewrite(&self.coop.backend, by, id, self.coop.id(), base, &self.said(more)).await
    }

    /// As a device of theirs shows it.
    async fn shown(&self, to: MemberId, id: DossierId) -> Option<Dossier> {
        self.coop.me(to).await.dossiers.into_iter().find(|dossier| dossier.id == id)
    }

    async fn leaves(&self, who: MemberId) {
        self.coop.sql(&format!("delete from group_member where member_id = '{who}'")).await;
    }
}

#[sqlx::test(migrations = false)]
async fn a_dossier_is_opened_once_and_whoever_is_named_hears_of_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, group, theo, lea, nour, paul } = &house;
    let (form, said) = (coop.id(), house.said(&[("qui", lea.to_string())]));
    for _ in 0..2 {
        dossiers::open(&coop.backend, *theo, *group, form, &said).await.unwrap().unwrap();
    }
    assert_eq!(coop.count("select count(*) from dossier").await, 1, "sent twice, it is one");
    assert_eq!((coop.told(*lea).await, coop.told(*theo).await), (vec!["dossier_handed".to_owned()], Vec::new()));
    for (who, reads) in [(theo, true), (lea, true), (paul, true), (nour, false)] {
        assert_eq!(house.shown(*who, DossierId(form)).await.is_some(), reads);
        let me = coop.me(*who).await;
        assert_eq!(me.keeps_dossiers.contains(group), reads);
        let found = dossiers::in_hand(&coop.backend, *who, DossierId(form)).await;
        assert_eq!(found.is_ok(), reads);
    }
    // To whoever does not keep the board, a dossier that is there and one that is not are the same.
    for id in [DossierId(form), DossierId(coop.id())] {
        assert!(matches!(dossiers::in_hand(&coop.backend, *nour, id).await, Err(Error::NotFound)));
        assert!(matches!(house.writes(*nour, id, 1, &[]).await, Err(Error::NotFound)));
    }
    assert!(matches!(dossiers::new_in_hand(&coop.backend, *nour, *group).await, Err(Error::NotAllowed)));
    let theirs = dossiers::new_in_hand(&coop.backend, *lea, *group).await.unwrap();
    assert_eq!(theirs.people.iter().map(|person| person.id).collect::<Vec<_>>(), [*lea, *paul, *theo], "by name");
    let opened = dossiers::open(&coop.backend, *nour, *group, coop.id(), &said).await;
    assert!(matches!(opened, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn who_sees_to_it_belongs_to_the_group_and_who_accompanies_is_a_member(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, group, theo, nour, paul, .. } = &house;
    let stranger = MemberId(coop.id());
    for (more, wanted) in [
        (vec![("qui", nour.to_string())], vec![Mistake::HolderElsewhere]),
        (vec![("qui", stranger.to_string())], vec![Mistake::HolderElsewhere]),
        (vec![("sorte", "volunteer".to_owned()), ("tuteur", stranger.to_string())], vec![Mistake::TutorUnknown]),
    ] {
        let said = house.said(&more);
        let kept = dossiers::open(&coop.backend, *theo, *group, coop.id(), &said).await.unwrap();
        assert_eq!(kept.unwrap_err(), wanted);
    }
    house.opens(*theo, &[("qui", paul.to_string())]).await;
    house.opens(*theo, &[("sorte", "volunteer".to_owned()), ("tuteur", nour.to_string())]).await;
    assert_eq!(coop.count("select count(*) from dossier").await, 2);
}

#[sqlx::test(migrations = false)]
async fn a_form_that_somebody_overtook_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, theo, lea, .. } = &house;
    let id = house.opens(*theo, &[]).await;
    house.writes(*lea, id, 1, &[("title", "La grande salle".to_owned())]).await.unwrap().unwrap();
    let late = house.writes(*theo, id, 1, &[("title", "La petite salle".to_owned())]).await.unwrap();
    assert_eq!(late.unwrap_err(), [Mistake::Stale { revision: 2 }]);
    assert_eq!(house.shown(*theo, id).await.unwrap().title, "La grande salle");
    // What is over is opened again first; hours stay with whom they are of.
    coop.does(*lea, Command::SetDossierState { dossier: id, state: Stage::Done, word: String::new() }).await;
    assert_eq!(house.writes(*theo, id, 2, &[]).await.unwrap().unwrap_err(), [Mistake::Closed]);
    coop.does(*lea, Command::SetDossierState { dossier: id, state: Stage::ToDo, word: String::new() }).await;
    house.writes(*theo, id, 2, &[("sorte", "volunteer".to_owned())]).await.unwrap().unwrap();
    let (hours, day) = (HoursId(coop.id()), house.today());
    coop.does(*lea, Command::LogHours { hours, dossier: id, day, minutes: 90, note: String::new() }).await;
    assert_eq!(house.writes(*theo, id, 3, &[]).await.unwrap().unwrap_err(), [Mistake::KindFixed]);
    let past = dossiers::in_hand(&coop.backend, *theo, id).await.unwrap().history;
    let mut what: Vec<&str> = past.iter().map(|past| past.what.as_str()).collect();
    what.sort_unstable();
    assert_eq!(what, ["ecrire", "ecrire", "finir", "heures", "ouvrir", "reprendre"]);
}

#[sqlx::test(migrations = false)]
async fn of_those_who_take_it_at_once_one_has_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, theo, lea, paul, .. } = &house;
    let id = house.opens(*theo, &[]).await;
    let takes = |who: MemberId| coop.act(who, Command::TakeDossier { dossier: id, on: true });
    let came = futures::future::join_all([*theo, *lea, *paul].map(takes)).await;
    let held = house.shown(*theo, id).await.unwrap().holder.unwrap();
    let refused: Vec<&Outcome> = came.iter().filter(|outcome| !matches!(outcome, Outcome::Applied { .. })).collect();
    assert_eq!(refused.len(), 2);
    for outcome in refused {
        let Outcome::Refused { reason: Reason::DossierHeld { by } } = outcome else { panic!("{outcome:?}") };
        assert_eq!(by.member, held);
    }
    assert_eq!(coop.count("select count(*) from dossier_act where what = 'prendre'").await, 1);
}

#[sqlx::test(migrations = false)]
async fn whoever_leaves_the_group_leaves_its_board(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, group, lea, theo, .. } = &house;
    let (dossier, title) = (DossierId(coop.id()), "Le congélateur".to_owned());
    coop.does(*lea, Command::OpenDossier { dossier, group: *group, title, text: String::new(), due: None }).await;
    assert!(house.shown(*theo, dossier).await.is_some());
    house.leaves(*lea).await;
    let me = coop.me(*lea).await;
    assert!(me.dossiers.is_empty() && me.keeps_dossiers.is_empty());
    let late = Command::TakeDossier { dossier, on: true };
    assert_eq!(coop.refused(*lea, late).await, Reason::UnknownDossier);
    let again = Command::OpenDossier {
        dossier: DossierId(coop.id()),
        group: *group,
        title: "Encore".into(),
        text: String::new(),
        due: None,
    };
    assert_eq!(coop.refused(*lea, again).await, Reason::NotYourBoard);
}

#[sqlx::test(migrations = false)]
async fn whoever_accompanies_a_young_volunteer_reads_that_one_dossier(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, theo, nour, .. } = &house;
    let tutored = [("sorte", "volunteer".to_owned()), ("tuteur", nour.to_string())];
    let (id, other) = (house.opens(*theo, &tutored).await, house.opens(*theo, &[]).await);
    assert_eq!(coop.told(*nour).await, ["dossier_handed"]);
    assert!(house.shown(*nour, id).await.is_some() && house.shown(*nour, other).await.is_none());
    let log =
        |minutes| Command::LogHours { hours: HoursId(coop.id()), dossier: id, day: house.today(), minutes, note: "Stand".into() };
    coop.does(*nour, log(90)).await;
    assert_eq!(coop.refused(*nour, log(721)).await, Reason::BadHours { most: 720 });
    assert_eq!(house.shown(*theo, id).await.unwrap().worked(), 90);
    // She writes hours down, and nothing else.
    assert_eq!(coop.refused(*nour, Command::TakeDossier { dossier: id, on: true }).await, Reason::UnknownDossier);
    house.writes(*theo, id, 1, &[("sorte", "volunteer".to_owned())]).await.unwrap().unwrap();
    assert!(house.shown(*nour, id).await.is_none(), "somebody else accompanies them");
    assert_eq!(coop.refused(*nour, log(30)).await, Reason::UnknownDossier);
}

#[sqlx::test(migrations = false)]
async fn a_day_that_comes_up_is_told_once_to_those_who_are_named(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, theo, lea, nour, paul, .. } = &house;
    let on = |days| plus_days(house.today(), days).to_string();
    let hers = house.opens(*theo, &[("echeance", on(7)), ("qui", lea.to_string())]).await;
    // Nobody sees to it: whoever runs the group hears of it.
    house.opens(*lea, &[("echeance", on(3))]).await;
    let tutored = [("echeance", on(5)), ("sorte", "volunteer".to_owned()), ("tuteur", nour.to_string())];
    house.opens(*theo, &tutored).await;
    house.opens(*theo, &[("echeance", on(8))]).await;
    let over = house.opens(*theo, &[("echeance", on(2))]).await;
    coop.does(*lea, Command::SetDossierState { dossier: over, state: Stage::Done, word: String::new() }).await;
    let due = async |who: MemberId| coop.told(who).await.into_iter().filter(|kind| kind == "dossier_due").count();
    for _ in 0..2 {
        dossiers::remind(&coop.backend).await.unwrap();
        assert_eq!((due(*lea).await, due(*theo).await, due(*nour).await, due(*paul).await), (1, 1, 1, 0));
    }
    // Another day is another word.
    let day = plus_days(house.today(), 6).to_string();
    house.writes(*theo, hers, 1, &[("echeance", day), ("qui", lea.to_string())]).await.unwrap().unwrap();
    assert_eq!(dossiers::remind(&coop.backend).await.unwrap(), 1);
    assert_eq!(due(*lea).await, 2);
    // Whoever has left the group by then is not told; the group is.
    house.writes(*theo, hers, 2, &[("echeance", on(5)), ("qui", lea.to_string())]).await.unwrap().unwrap();
    house.leaves(*lea).await;
    dossiers::remind(&coop.backend).await.unwrap();
    assert_eq!((due(*lea).await, due(*theo).await), (2, 2));
}

#[sqlx::test(migrations = false)]
async fn what_is_over_leaves_devices_in_time_and_a_volunteers_hours_are_forgotten(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, theo, lea, .. } = &house;
    let (plain, volunteer) = (house.opens(*theo, &[]).await, house.opens(*theo, &[("sorte", "volunteer".to_owned())]).await);
    let hours = HoursId(coop.id());
    let log = Command::LogHours { hours, dossier: volunteer, day: house.today(), minutes: 90, note: String::new() };
    coop.does(*theo, log).await;
    for dossier in [plain, volunteer] {
        coop.does(*lea, Command::SetDossierState { dossier, state: Stage::Done, word: String::new() }).await;
    }
    coop.turns(coop.now() + Duration::days(89));
    assert_eq!(coop.me(*lea).await.dossiers.len(), 2);
    coop.turns(coop.now() + Duration::days(2));
    assert!(coop.me(*lea).await.dossiers.is_empty());
    coop.turns(coop.now() + Duration::days(730));
    dossiers::forget(&coop.backend, coop.now()).await.unwrap();
    assert_eq!(coop.count("select count(*) from dossier").await, 1, "a partner, a grant stay known");
    assert_eq!(coop.count("select count(*) from dossier_hours").await, 0);
}
