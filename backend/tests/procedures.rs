//! What Distribution keeps, on real PostgreSQL: versions, limits, deliveries, keys; and the records of it.

mod coop;

use backend::procedures as p;
use backend::{Backend, snapshots};
use coop::Coop;
use domain::command::Command;
use domain::id::{DeliveryId, FridgeId, IncidentId, ItemId, MemberId, ReadingId, SeatId, ShiftId};
use domain::procedures::{Fields, Mistake};
use domain::reason::Reason;
use domain::sheet::{Arrival, DaySheet, Mishap};
use domain::time::paris_instant;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

/// Saturdays 5 and 12 December at 9 h, led by Solène; Margaux keeps the books, Karim is of Distribution.
struct Shop {
    coop: Coop,
    first: ShiftId,
    second: ShiftId,
    solene: MemberId,
    karim: MemberId,
    margaux: MemberId,
    nour: MemberId,
}

const ITEM: ItemId = ItemId(Uuid::from_u128(0xa1));
const FRIDGE: FridgeId = FridgeId(Uuid::from_u128(0xf1));

fn fields(said: &[(&str, &str)]) -> Fields {
    Fields(said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

const LIST: [(&str, &str); 5] =
    [("nom", "Ouverture"), ("jour", "5"), ("heure", "09:00"), ("lignes", "Volets\nFruits"), ("des", "2026-12-06")];

impl Shop {
    async fn new(at: PgConnectOptions) -> Shop {
        let coop = Coop::new(at).await;
        let (first, second) = (coop.shift(4, 9, 3).await, coop.shift(11, 9, 3).await);
        let solene = coop.member("Solène").await;
        for on in [first, second] {
            coop.asks(SeatId::new(on, 0), true, None).await;
            coop.sits(solene, SeatId::new(on, 0)).await;
        }
        let (karim, margaux, nour) = (coop.member("Karim").await, coop.member("Margaux").await, coop.member("Nour").await);
        coop.in_group(karim, "distribution").await;
        coop.in_office(margaux).await;
        let list = Uuid::from_u128(0xc1);
        coop.sql(&format!(
            "insert into checklist values ('{list}', 'ouverture', 1, '2026-01-01', 'Ouverture', '{{5}}', '{{09:00}}', 0);
             insert into checklist_item values ('{}', '{list}', 0, 'Alarme incendie');
             insert into fridge values ('{}', 'Frais', 0, 40, 'Appelle Paul', 0);
             update setting set alarm = 'code 1234'",
            ITEM.0, FRIDGE.0
        ))
        .await;
        let shop = Shop { coop, first, second, solene, karim, margaux, nour };
        shop.it_is("2026-12-05", "09:10");
        shop
    }

    fn backend(&self) -> &Backend {
        &self.coop.backend
    }

    fn it_is(&self, day: &str, clock: &str) {
        let clock = chrono::NaiveTime::parse_from_str(clock, "%H:%M").unwrap();
        self.coop.backend.clock.set(paris_instant(day.parse().unwrap(), clock));
    }

    async fn sheet(&self) -> DaySheet {
        snapshots::me(&self.coop.backend, self.solene).await.unwrap().sheets.remove(0)
    }
}

#[sqlx::test(migrations = false)]
async fn a_shift_before_the_day_keeps_the_old_list_and_ticks_stay_with_theirs(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Shop::new(at).await;
    s.coop.does(s.solene, Command::TickItem { shift: s.first, item: ITEM, done: true, at: None }).await;
    let id = s.coop.id();
    for _ in 0..2 {
        p::set_list(s.backend(), s.karim, id, Some("ouverture"), &fields(&LIST)).await.unwrap().unwrap();
    }
    assert_eq!(s.coop.count("select count(*) from checklist").await, 2, "posted twice, it is one version");
    let old = s.sheet().await;
    assert_eq!((old.checklists[0].version, old.item(ITEM).unwrap().done.is_some()), (1, true));
    s.it_is("2026-12-12", "09:10");
    let new = s.sheet().await;
    let lines: Vec<&str> = new.checklists[0].items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!((new.checklists[0].version, lines), (2, vec!["Volets", "Fruits"]));
    let foreign = Command::TickItem { shift: s.second, item: ITEM, done: true, at: None };
    assert_eq!(s.coop.refused(s.solene, foreign).await, Reason::UnknownItem);

    let kept = p::procedures(s.backend(), s.karim).await.unwrap();
    let newest = &kept.lists[0].versions[0];
    let by = newest.signed.by.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(by.starts_with("Karim"), "{by}");
    assert!(newest.signed.at.is_some() && kept.lists[0].versions[1].lines == ["Alarme incendie"]);
}

#[sqlx::test(migrations = false)]
async fn a_list_for_today_is_refused_and_one_that_ends_is_on_no_sheet_to_come(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Shop::new(at).await;
    let mut today = LIST;
    today[4].1 = "2026-12-05";
    let refused = p::set_list(s.backend(), s.karim, s.coop.id(), Some("ouverture"), &fields(&today)).await.unwrap().unwrap_err();
    assert_eq!(refused, [Mistake::TooEarly { first: "2026-12-06".parse().unwrap() }]);
    p::set_list(s.backend(), s.karim, s.coop.id(), None, &fields(&LIST)).await.unwrap().unwrap();
    assert_eq!(s.coop.count("select count(*) from checklist where slug = 'ouverture-2' and version = 1").await, 1);
    p::end_list(s.backend(), s.karim, s.coop.id(), "ouverture").await.unwrap();
    assert_eq!(s.sheet().await.checklists.len(), 1, "today's stays");
    s.it_is("2026-12-12", "09:10");
    assert_eq!(s.sheet().await.checklists[0].items[0].label, "Volets");
}

#[sqlx::test(migrations = false)]
async fn what_was_read_stays_beside_the_limits_of_then(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Shop::new(at).await;
    let reads = |fridge, shift, tenths| Command::RecordReading {
        reading: ReadingId(s.coop.id()),
        shift,
        fridge,
        tenths,
        note: "Porte fermée".into(),
        at: None,
    };
    s.coop.does(s.solene, reads(FRIDGE, s.first, 85)).await;
    let other = fields(&[("nom", "Frais"), ("min", "0"), ("max", "9"), ("conseil", "Appelle Paul")]);
    let new = FridgeId(s.coop.id());
    p::set_fridge(s.backend(), s.karim, new, Some(FRIDGE), &other).await.unwrap().unwrap();
    assert_eq!(s.sheet().await.fridges[0].high, 40, "today's sheets keep theirs");
    s.it_is("2026-12-12", "09:10");
    let fridges = s.sheet().await.fridges;
    assert_eq!((fridges.len(), fridges[0].id, fridges[0].high), (1, new, 90));
    s.coop.does(s.solene, reads(new, s.second, 85)).await;
    let period = ("2026-12-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let records = p::records(s.backend(), s.karim, period).await.unwrap();
    let within: Vec<(i16, bool)> = records.readings.iter().map(|read| (read.high, read.is_within())).collect();
    assert_eq!(within, [(40, false), (90, true)]);
    assert_eq!(records.lists[0].missing, ["Alarme incendie"]);
    p::retire_fridge(s.backend(), s.karim, new).await.unwrap();
    assert_eq!(s.sheet().await.fridges.len(), 1);
    assert_eq!(p::records(s.backend(), s.karim, period).await.unwrap().readings.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn a_delivery_stands_on_the_days_sheets_and_its_last_word_in_the_records(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Shop::new(at).await;
    let bread = DeliveryId(s.coop.id());
    let typed = fields(&[("le", "2026-12-05"), ("chez", "Le Fournil"), ("quoi", "Pain")]);
    p::expect_delivery(s.backend(), s.karim, bread, &typed).await.unwrap().unwrap();
    let receives =
        |delivery, state| Command::ReceiveDelivery { shift: s.first, delivery, state, remarks: "=1".into(), photo: None };
    s.coop.does(s.solene, receives(bread, Arrival::NotCome)).await;
    s.coop.does(s.margaux, receives(bread, Arrival::Partial)).await;
    let eggs = DeliveryId(s.coop.id());
    let adds = Command::AddDelivery { delivery: eggs, shift: s.first, supplier: "La ferme".into(), what: String::new() };
    s.coop.does(s.solene, adds.clone()).await;
    assert_eq!(s.coop.refused(s.solene, adds).await, Reason::IdReused);
    s.coop.does(s.solene, receives(eggs, Arrival::Complete)).await;
    let sheet = s.sheet().await;
    assert_eq!(sheet.deliveries[0].last.as_ref().map(|last| last.state), Some(Arrival::Partial));
    assert_eq!(sheet.deliveries[1].added.map(|said| said.by), Some(s.solene));
    assert_eq!(s.coop.count("select count(*) from delivery_receipt").await, 3, "every word is kept");
    let day = "2026-12-05".parse().unwrap();
    let records = p::records(s.backend(), s.margaux, (day, day)).await.unwrap();
    let came: Vec<(&str, Arrival)> = records.deliveries.iter().map(|came| (came.supplier.as_str(), came.state)).collect();
    assert_eq!(came.len(), 2);
    assert!(came.contains(&("Le Fournil", Arrival::Partial)) && came.contains(&("La ferme", Arrival::Complete)));
    p::no_longer_expect(s.backend(), s.karim, bread).await.unwrap();
    assert_eq!(s.sheet().await.deliveries.len(), 1);
}

#[sqlx::test(migrations = false)]
async fn an_incident_is_told_to_whoever_answers_for_it(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Shop::new(at).await;
    let paul = s.coop.member("Paul").await;
    s.coop.sql(&format!("update member set employee = true where member_id = '{paul}'")).await;
    let reports =
        |what| Command::ReportIncident { incident: IncidentId(s.coop.id()), shift: s.first, what, text: "Vitre".into() };
    s.coop.does(s.solene, reports(Mishap::Breakage)).await;
    for (who, count) in [(s.karim, 1), (paul, 0), (s.margaux, 0), (s.nour, 0)] {
        assert_eq!(s.coop.told(who).await.len(), count);
    }
    s.coop.does(s.solene, reports(Mishap::Safety)).await;
    s.coop.does(s.solene, reports(Mishap::Other)).await;
    for (who, count) in [(s.karim, 2), (paul, 2), (s.margaux, 1), (s.nour, 0), (s.solene, 0)] {
        assert_eq!(s.coop.told(who).await.len(), count);
    }
    assert_eq!(s.sheet().await.incidents.len(), 3);
}

#[sqlx::test(migrations = false)]
async fn only_distribution_and_the_office_keep_it_and_the_alarm_is_the_offices(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Shop::new(at).await;
    let day = "2026-12-05".parse().unwrap();
    for who in [s.nour, s.solene] {
        assert!(p::procedures(s.backend(), who).await.is_err());
        assert!(p::records(s.backend(), who, (day, day)).await.is_err());
        assert!(p::set_list(s.backend(), who, s.coop.id(), None, &fields(&LIST)).await.is_err());
        assert!(p::retire_fridge(s.backend(), who, FRIDGE).await.is_err());
    }
    assert_eq!(p::procedures(s.backend(), s.karim).await.unwrap().alarm, None);
    assert_eq!(
        p::procedures(s.backend(), s.margaux).await.unwrap().alarm,
        Some(true),
        "the office writes it, and reads that there is one"
    );
    let typed = fields(&[("alarme", "code 9876")]);
    assert!(p::set_alarm(s.backend(), s.karim, &typed).await.is_err());
    p::set_alarm(s.backend(), s.margaux, &typed).await.unwrap().unwrap();
    assert_eq!(s.sheet().await.alarm.as_deref(), Some("code 9876"));
    let key = s.coop.id();
    let to = |who: MemberId| fields(&[("cle", "Clé n° 3"), ("qui", &who.to_string())]);
    p::give_key(s.backend(), s.karim, key, &to(s.solene)).await.unwrap().unwrap();
    p::give_key(s.backend(), s.karim, key, &to(s.margaux)).await.unwrap().unwrap();
    assert_eq!(s.sheet().await.keys[0].holder, s.margaux);
    p::take_key_off(s.backend(), s.karim, key).await.unwrap();
    assert!(s.sheet().await.keys.is_empty());
}
