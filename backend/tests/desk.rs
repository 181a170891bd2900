//! « À traiter », and who stands in for the employee, on real PostgreSQL.

mod coop;

use backend::desk::{self, Desked};
use backend::error::Error;
use backend::{register, share};
use chrono::{Duration, NaiveDate};
use coop::{Coop, today};
use domain::catalogue::Cents;
use domain::command::Command;
use domain::desk::{Item, Mistake, Planned, Queue, What};
use domain::id::{AbsenceId, ErasureId, MemberId, RequestId};
use domain::procedures::Fields;
use domain::requests::Asked;
use domain::share::{How, WrittenPayment, WrittenShare};
use domain::sheet::{Mishap, Trouble};
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Margaux is of the office, Paul works for the co-op, Solène stands in for him where it is said so, Nour is a member like others.
struct House {
    coop: Coop,
    margaux: MemberId,
    paul: MemberId,
    solene: MemberId,
    nour: MemberId,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl House {
    async fn new(at: PgConnectOptions) -> House {
        let coop = Coop::new(at).await;
        let (margaux, paul) = (coop.member("Margaux").await, coop.member("Paul").await);
        let (solene, nour) = (coop.member("Solène").await, coop.member("Nour").await);
        coop.in_office(margaux).await;
        coop.sql(&format!("update member set employee = true where member_id = '{paul}'")).await;
        House { coop, margaux, paul, solene, nour }
    }

    fn planned(&self, from: &str, until: &str, deputy: MemberId) -> Planned {
        let typed = [("qui", self.paul.to_string()), ("du", from.to_owned()), ("jusqu", until.to_owned())];
        let typed = typed.into_iter().chain([("suppleance", deputy.to_string())]);
        let fields = Fields(typed.map(|(name, value)| (name.to_owned(), value)).collect());
        Planned::read(&fields, paris_day(self.coop.now())).unwrap()
    }

    async fn plans(&self, by: MemberId, planned: &Planned) -> Result<Desked, Error> {
        desk::plan_absence(&self.coop.backend, by, self.coop.id(), planned).await
    }

    /// Solène stands in from today until the 11th.
    async fn away(&self) -> AbsenceId {
        let (form, planned) = (self.coop.id(), self.planned("2026-12-01", "2026-12-11", self.solene));
        for _ in 0..2 {
            desk::plan_absence(&self.coop.backend, self.margaux, form, &planned).await.unwrap().unwrap();
        }
        AbsenceId(form)
    }

    async fn queue(&self, who: MemberId) -> Queue {
        desk::queue(&self.coop.backend, who).await.unwrap()
    }

    async fn items(&self) -> Vec<Item> {
        self.queue(self.margaux).await.items
    }

    async fn asks(&self, who: MemberId) -> RequestId {
        let request = RequestId(self.coop.id());
        let (from, to) = (day("2027-01-04"), day("2027-02-28"));
        self.coop.does(who, Command::RequestLeave { request, what: Asked::Illness, from, to, why: "Genou".into() }).await;
        request
    }
}

#[sqlx::test(migrations = false)]
async fn whoever_stands_in_reads_the_queue_on_those_days_and_hears_what_comes(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, paul, solene, nour } = &house;
    assert!(matches!(desk::queue(&coop.backend, *solene).await, Err(Error::NotAllowed)));
    assert!(matches!(desk::queue(&coop.backend, *nour).await, Err(Error::NotAllowed)));
    let absence = house.away().await;
    assert_eq!(coop.count("select count(*) from absence").await, 1, "sent twice, it is one");
    assert_eq!(coop.told(*solene).await, ["deputised"]);
    assert!(coop.me(*solene).await.rights.stands_in);
    let seen = house.queue(*solene).await;
    assert_eq!((seen.reader.office, seen.people.len()), (false, 0), "she reads it, and plans nothing");
    assert!(house.queue(*paul).await.reader.office, "he belongs to the office, wherever he is");
    // What is asked of the office is told to her, too.
    house.asks(*nour).await;
    let mut told = coop.told(*solene).await;
    told.sort();
    assert_eq!(told, ["deputised", "request_received"]);
    // Everybody reads until when, and who.
    let groups = backend::snapshots::groups(&coop.backend).await.unwrap();
    let away = groups.employees.iter().find(|employed| employed.member == *paul).unwrap().away.unwrap();
    assert_eq!((away.until, away.deputy), (day("2026-12-11"), *solene));
    // It gives nothing of what is the office's alone.
    let planned = house.planned("2026-12-20", "2026-12-24", *nour);
    assert!(matches!(house.plans(*solene, &planned).await, Err(Error::NotAllowed)));
    assert!(matches!(desk::end_absence(&coop.backend, *solene, absence).await, Err(Error::NotAllowed)));
    // The day after the last, and as soon as they are back.
    coop.turns(today() + Duration::days(11));
    assert!(matches!(desk::queue(&coop.backend, *solene).await, Err(Error::NotAllowed)));
    coop.turns(today() + Duration::days(2));
    for _ in 0..2 {
        desk::end_absence(&coop.backend, *margaux, absence).await.unwrap().unwrap();
    }
    assert!(matches!(desk::queue(&coop.backend, *solene).await, Err(Error::NotAllowed)));
    assert!(!coop.me(*solene).await.rights.stands_in);
    let groups = backend::snapshots::groups(&coop.backend).await.unwrap();
    assert!(groups.employees.iter().all(|employed| employed.away.is_none()));
}

#[sqlx::test(migrations = false)]
async fn an_absence_is_of_an_employee_and_meets_no_other(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, paul, nour, .. } = &house;
    house.away().await;
    let refused = async |planned: Planned| house.plans(*margaux, &planned).await.unwrap().unwrap_err();
    let meets = house.planned("2026-12-11", "2026-12-18", *nour);
    assert_eq!(refused(meets).await, [Mistake::AlreadyAway { until: day("2026-12-11") }]);
    let other = Planned { employee: *nour, ..house.planned("2026-12-12", "2026-12-18", *margaux) };
    assert_eq!(refused(other).await, [Mistake::EmployeeMissing]);
    let stranger = Planned { deputy: MemberId(coop.id()), ..house.planned("2026-12-12", "2026-12-18", *nour) };
    assert_eq!(refused(stranger).await, [Mistake::DeputyMissing]);
    let second = coop.member("Pauline").await;
    coop.sql(&format!("update member set employee = true where member_id = '{second}'")).await;
    let colleague = house.planned("2026-12-12", "2026-12-18", second);
    assert_eq!(refused(colleague).await, [Mistake::DeputyIsEmployee]);
    // The employee says it themselves; of two at once, one is noted.
    let planned = house.planned("2026-12-12", "2026-12-18", *nour);
    let both = futures::future::join_all([*paul, *margaux].map(|by| house.plans(by, &planned))).await;
    assert_eq!(both.into_iter().filter(|came| matches!(came, Ok(Ok(())))).count(), 1);
    assert_eq!(coop.count("select count(*) from absence").await, 2);
    assert!(matches!(house.plans(*nour, &planned).await, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn everything_that_waits_stands_in_one_queue_by_its_day(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, paul, solene, nour } = &house;
    let now = paris_day(coop.now());
    coop.all_have_shares().await;
    assert!(house.items().await.is_empty());
    house.asks(*nour).await;
    coop.sql(&format!(
        "insert into ledger_entry (member_id, kind, on_day, shifts, at) values ('{solene}', 'missed', '2026-02-01', -6, '2026-02-01T09:00:00Z')"
    ))
    .await;
    coop.sql(&format!(
        "insert into bounced_address (email, at, why) select email, '{}', '5.1.1' from member where member_id = '{nour}'",
        coop.now()
    ))
    .await;
    // Nobody leads tomorrow's; that of next week is far.
    for in_days in [1, 7] {
        let shift = coop.shift(in_days, 9, 2).await;
        coop.asks(domain::id::SeatId::new(shift, 0), true, None).await;
    }
    let worked = coop.shift(0, 6, 1).await;
    coop.sql(&format!(
        "insert into report (shift_id, what, note, at, by_member) values ('{worked}', 'till_closed', 'Plus de rouleau', '{0}', '{nour}');
         insert into incident (incident_id, shift_id, what, text, at, by_member)
         values (gen_random_uuid(), '{worked}', 'breakage', 'La balance', '{0}', '{nour}')",
        coop.now()
    ))
    .await;
    coop.sql(&format!(
        "insert into catalogue_import (catalogue_import_id, file, bytes, by_member, at, mapping, answers)
         values (gen_random_uuid(), 'caisse.csv', '', '{nour}', '{}', '{{}}', '{{}}')",
        coop.now()
    ))
    .await;
    let theo = coop.organiser().await;
    let group = coop.group("vie-sociale").await;
    for days in [4, 8] {
        coop.sql(&format!(
            "insert into group_joining (joining_id, group_id, member_id, invited_by, at, state)
             values (gen_random_uuid(), '{group}', '{}', null, '{}', '\"pending\"')",
            if days == 8 { solene } else { nour },
            coop.now() - Duration::days(days)
        ))
        .await;
    }
    coop.sql(&format!(
        "insert into mandate (mandate_id, member_id, from_on, to_on, seat) values (gen_random_uuid(), '{theo}', '2024-12-20', '2026-12-19', 4)"
    ))
    .await;
    let office = coop.group("administratif").await;
    let grant = "{\"grant\":{}}";
    for (of, matter, title, due) in [
        (group, grant, "Fonds", 29),
        (group, grant, "Trop loin", 31),
        (group, "\"task\"", "D’un autre groupe", 2),
        (office, "\"task\"", "Comptes", 9),
        (office, "\"task\"", "Trop loin", 15),
    ] {
        coop.sql(&format!(
            "insert into dossier (dossier_id, group_id, title, matter, due_on, by_member, at)
             values (gen_random_uuid(), '{of}', '{title}', '{matter}', '{}', '{theo}', '{}')",
            plus_days(now, due),
            coop.now()
        ))
        .await;
    }
    coop.sql(&format!(
        "insert into objective (objective_id, label, unit, source, way, target, from_on, to_on, by_member, at)
         values (gen_random_uuid(), 'Jeter moins', '€', 'typed', 'at_most', 25000, '2026-11-01', '2027-03-01', '{theo}', '{}')",
        coop.now()
    ))
    .await;

    let items = house.items().await;
    let said: Vec<(String, String)> = items.iter().map(|item| (named(&item.what), item.due.to_string())).collect();
    let due = |what: &str| said.iter().filter(|(known, _)| known == what).map(|(_, due)| due.as_str()).collect::<Vec<_>>();
    assert_eq!(due("leave"), ["2026-12-08"]);
    assert_eq!(due("behind").len(), 1);
    assert_eq!(due("bounced"), ["2026-12-08"]);
    assert_eq!(due("lead"), ["2026-12-02"]);
    assert_eq!((due("till"), due("breakage"), due("import")), (vec!["2026-12-01"], vec!["2026-12-04"], vec!["2026-12-03"]));
    assert_eq!(due("joining"), ["2026-11-30"], "asked on the 23rd");
    assert_eq!(due("mandate"), ["2026-12-19"]);
    assert_eq!((due("Fonds"), due("Comptes"), due("Trop loin")), (vec!["2026-12-30"], vec!["2026-12-10"], vec![]));
    assert_eq!((due("D’un autre groupe"), due("figure")), (vec![], vec!["2026-12-10"]));
    let days: Vec<_> = items.iter().map(|item| item.due).collect();
    assert!(days.is_sorted(), "{days:?}");
    // A deputy reads the same, and may open what is theirs to open.
    house.away().await;
    let seen = house.queue(*solene).await;
    assert_eq!(seen.items.len(), items.len());
    assert_eq!((seen.reader.keeps_catalogue, seen.reader.boards.len()), (false, 0));
    let pauls = house.queue(*paul).await;
    assert_eq!((pauls.reader.employee, pauls.reader.boards.len()), (true, 2));
    // What is answered is over; one's own is somebody else's to answer.
    let own = house.asks(*margaux).await;
    assert_eq!(house.items().await.iter().filter(|item| is_own(item)).count(), 1);
    coop.does(*paul, Command::AnswerRequest { request: own, granted: true, word: String::new() }).await;
    assert_eq!(house.items().await.iter().filter(|item| is_own(item)).count(), 0);
}

fn is_own(item: &Item) -> bool {
    matches!(item.what, What::LeaveAsked { own: true, .. })
}

fn named(what: &What) -> String {
    let said = match what {
        What::LeaveAsked { .. } => "leave",
        What::Behind { .. } => "behind",
        What::Bounced { .. } => "bounced",
        What::LeadMissing { .. } => "lead",
        What::ImportWaiting { .. } => "import",
        What::ShopReported { what: Trouble::TillClosed, .. } => "till",
        What::ShopReported { .. } => "shop",
        What::IncidentReported { what: Mishap::Breakage, .. } => "breakage",
        What::IncidentReported { .. } => "incident",
        What::JoiningLeft { .. } => "joining",
        What::MandateLapses { .. } => "mandate",
        What::DossierDue { title, .. } => title,
        What::FigureMissing { .. } => "figure",
        What::ErasureAsked { .. } => "erasure",
        What::ShareMissing { .. } => "no share",
        What::ShareDue { .. } => "share",
        What::RefundDue { .. } => "refund",
        What::NewcomerStuck { .. } => "newcomer",
        What::MembersWaiting { .. } => "members",
    };
    said.to_owned()
}

#[sqlx::test(migrations = false)]
async fn what_the_shop_reports_is_over_once_somebody_says_so(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, solene, nour, .. } = &house;
    let worked = coop.shift(0, 6, 1).await;
    for what in ["till_closed", "shop_closed"] {
        coop.sql(&format!(
            "insert into report (shift_id, what, at, by_member) values ('{worked}', '{what}', '{}', '{nour}')",
            coop.now()
        ))
        .await;
    }
    let things: Vec<String> = house.items().await.iter().filter_map(|item| item.what.thing()).collect();
    assert_eq!(things.len(), 2);
    assert!(matches!(desk::handle(&coop.backend, *nour, &things[0], "").await, Err(Error::NotAllowed)));
    for thing in ["report/999999", "report/abc", "incident/rien", "member/1", ""] {
        let kept = desk::handle(&coop.backend, *margaux, thing, "").await.unwrap();
        assert_eq!(kept.unwrap_err(), [Mistake::UnknownThing], "{thing}");
    }
    let zeros = things[0].replace('/', "/00");
    assert_eq!(desk::handle(&coop.backend, *margaux, &zeros, "").await.unwrap().unwrap_err(), [Mistake::UnknownThing]);
    let long = "é".repeat(301);
    let kept = desk::handle(&coop.backend, *margaux, &things[0], &long).await.unwrap();
    assert_eq!(kept.unwrap_err(), [Mistake::WordTooLong { cap: 300 }]);
    // By whoever stands in, too; said twice, the first word stays.
    house.away().await;
    for (who, word) in [(*solene, "Rouleau changé"), (*margaux, "Déjà fait")] {
        desk::handle(&coop.backend, who, &things[0], word).await.unwrap().unwrap();
    }
    let left: Vec<String> = house.items().await.iter().filter_map(|item| item.what.thing()).collect();
    assert_eq!(left, things[1..]);
    assert_eq!(coop.count("select count(*) from desk_handled where word = 'Rouleau changé'").await, 1);
}

#[sqlx::test(migrations = false)]
async fn what_waits_in_the_register_stands_in_the_queue_until_it_is_done(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, solene, nour, .. } = &house;
    let subscribes = async |who: MemberId, on: &str| {
        let written = WrittenShare { cents: Cents(10_000), on: day(on) };
        share::subscribe(&coop.backend, *margaux, coop.id(), who, written).await.unwrap().unwrap();
    };
    subscribes(*solene, "2026-09-10").await;
    subscribes(*nour, "2026-11-30").await;
    coop.all_have_shares().await;
    let erasure = ErasureId(coop.id());
    coop.does(*nour, Command::AskErasure { erasure, word: "Je déménage".into() }).await;
    let zoe = coop.newcomer("Zoé").await;
    coop.sql(&format!("insert into arrival (member_id, requested_on) values ('{zoe}', '2026-11-01')")).await;
    let file = "Numero existant;Nom;Prénom;Email;Date inscription\n1001;Mercier;Anne;anne@exemple.fr;01/03/2020\n";
    register::import::import_file(&coop.backend, *margaux, coop.id(), "membres.csv", file.as_bytes()).await.unwrap().unwrap();
    let said = async || -> Vec<(String, String)> {
        house.items().await.iter().map(|item| (named(&item.what), item.due.to_string())).collect()
    };
    let wanted = [
        ("newcomer", "2026-11-22"),
        ("no share", "2026-12-01"),
        ("members", "2026-12-03"),
        ("share", "2026-12-09"),
        ("erasure", "2026-12-31"),
    ];
    assert_eq!(said().await, wanted.map(|(what, due)| (what.to_owned(), due.to_owned())));
    // What is paid in goes back to whoever leaves; what was asked and is taken back waits no more.
    let payment = WrittenPayment { cents: Cents(4_000), on: paris_day(coop.now()), how: How::Transfer };
    share::pay(&coop.backend, *margaux, coop.id(), *solene, payment).await.unwrap().unwrap();
    let today = paris_day(coop.now());
    register::leave(&coop.backend, *margaux, coop.id(), *solene, (today, "déménage"), "https://alpar.example")
        .await
        .unwrap()
        .unwrap();
    coop.does(*nour, Command::WithdrawErasure { erasure }).await;
    let wanted = [("newcomer", "2026-11-22"), ("no share", "2026-12-01"), ("members", "2026-12-03"), ("refund", "2026-12-31")];
    assert_eq!(said().await, wanted.map(|(what, due)| (what.to_owned(), due.to_owned())));
}

#[sqlx::test(migrations = false)]
async fn a_member_without_a_share_waits_for_one_from_the_day_on_which_they_came(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, solene, nour, .. } = &house;
    coop.all_have_shares().await;
    // Léa joined a week ago; Hugo long ago, and a file brought him today; the others are no members, or work for the co-op.
    let (lea, hugo) = (coop.newcomer("Léa").await, coop.newcomer("Hugo").await);
    let (pauline, left, soon) = (coop.newcomer("Pauline").await, coop.newcomer("Parti").await, coop.newcomer("Bientôt").await);
    coop.sql(&format!(
        "update member set joined_on = '2026-11-24' where member_id = '{lea}';
         update member set employee = true where member_id = '{pauline}';
         update member set left_on = '2026-11-30' where member_id = '{left}';
         update member set joined_on = '2026-12-02' where member_id = '{soon}';
         insert into account_act (member_id, deed, by_member, at)
         values ('{hugo}', '{{\"imported\": {{\"file\": \"membres.csv\"}}}}', '{margaux}', '{}')",
        coop.now()
    ))
    .await;
    let waiting = async || -> Vec<(MemberId, String)> {
        let items = house.items().await;
        items.iter().map(|item| (item.who.as_ref().expect("somebody").id, item.due.to_string())).collect()
    };
    assert_eq!(waiting().await, [(lea, "2026-12-24".to_owned()), (hugo, "2026-12-31".to_owned())]);
    assert!(house.items().await.iter().all(|item| named(&item.what) == "no share"));
    // Of whoever stands in for the employee it is read, and not opened.
    house.away().await;
    assert_eq!(house.queue(*solene).await.items.len(), 2);
    // Written down it is another matter; given back, and theirs who stayed, it is missing again.
    let written = WrittenShare { cents: Cents(10_000), on: paris_day(coop.now()) };
    share::subscribe(&coop.backend, *margaux, coop.id(), lea, written).await.unwrap().unwrap();
    assert_eq!(waiting().await, [(hugo, "2026-12-31".to_owned())]);
    coop.sql(&format!(
        "update share set refund_due_on = '2026-11-01', refunded_on = '2026-11-02', refunded_cents = 10000, refund_how = 'cheque'
         where member_id = '{nour}'"
    ))
    .await;
    assert_eq!(waiting().await, [(*nour, "2020-01-31".to_owned()), (hugo, "2026-12-31".to_owned())]);
}
