//! The commitment ledger in the database: what falls due, who sets the rules, what they would change.

mod coop;

use backend::ledger::{self, NotSaved};
use backend::snapshots;
use chrono::{Duration, NaiveDate};
use coop::Coop;
use domain::id::MemberId;
use domain::ledger::{Absence, Credit, Entry, EntryKind, Level, NotSet, Policy, Version};
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Coop {
    /// Asks for one vacation a cycle since October: the cycles of 2 and of 30 November have begun.
    async fn has_a_policy(&self) {
        self.sql(
            "insert into policy_version (policy_version_id, valid_from, policy, why, at)
             values (gen_random_uuid(), '2026-10-06', '{}', 'la règle de départ', '2026-10-01T08:00Z')",
        )
        .await;
    }

    async fn ledger(&self, member: MemberId) -> Vec<(EntryKind, String, Credit)> {
        let mut conn = self.backend.pool.acquire().await.unwrap();
        let entries = ledger::entries_of(&mut conn, member).await.unwrap();
        let since = day("2026-10-06");
        let told = |entry: Entry| (entry.kind, entry.on.format("%d/%m").to_string(), entry.credit);
        entries.into_iter().filter(|entry| entry.on >= since).map(told).collect()
    }

    async fn append(&self, entries: &[(MemberId, Entry)]) -> usize {
        let mut conn = self.backend.pool.acquire().await.unwrap();
        ledger::append(&mut conn, entries, None, self.now()).await.unwrap().len()
    }

    async fn employs(&self, member: MemberId) {
        self.sql(&format!("update member set employee = true where member_id = '{member}'")).await;
    }
}

fn due(on: &str) -> (EntryKind, String, Credit) {
    (EntryKind::CycleDue, on.to_owned(), -Credit::SHIFT)
}

#[sqlx::test(migrations = false)]
async fn a_cycle_falls_due_once_whoever_runs_and_however_often(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 0, "nothing is asked yet");
    coop.has_a_policy().await;
    let runs = futures::future::join_all((0..6).map(|_| ledger::fall_due(&coop.backend))).await;
    assert_eq!(runs.into_iter().map(Result::unwrap).sum::<usize>(), 2, "two ledgers changed, once");
    for member in [lea, karim] {
        assert_eq!(coop.ledger(member).await, [due("02/11"), due("30/11")]);
    }
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 0);
    coop.backend.clock.set(coop.now() + Duration::days(27));
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 2);
    assert_eq!(coop.ledger(lea).await, [due("02/11"), due("30/11"), due("28/12")]);
}

#[sqlx::test(migrations = false)]
async fn what_fell_due_shows_to_the_member(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    coop.has_a_policy().await;
    let before = snapshots::me(&coop.backend, lea).await.unwrap();
    assert_eq!(before.standing.ahead, 1, "the vacation of January");
    ledger::fall_due(&coop.backend).await.unwrap();
    let after = snapshots::me(&coop.backend, lea).await.unwrap();
    assert_ne!(after.marks, before.marks);
    assert_eq!((after.standing.level, after.standing.to_do), (Level::UpToDate, 1));
    let kinds: Vec<EntryKind> = after.ledger.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EntryKind::Done, EntryKind::CycleDue, EntryKind::CycleDue]);
}

#[sqlx::test(migrations = false)]
async fn leaves_and_exemptions_granted_late_take_back_what_was_due(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    coop.has_a_policy().await;
    ledger::fall_due(&coop.backend).await.unwrap();
    let (leave, id) = (coop.id(), lea);
    coop.sql(&format!(
        "insert into leave (leave_id, member_id, from_on, to_on, kind)
         values ('{leave}', '{id}', '2026-11-10', '2026-12-04', 'illness')"
    ))
    .await;
    coop.sql(&format!(
        "insert into duty (member_id, from_on, share, at) values ('{karim}', '2026-11-30', 'exempt', '2026-12-01T08:00Z')"
    ))
    .await;
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 2);
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 0);
    let back = |kind, on: &str| (kind, on.to_owned(), Credit::SHIFT);
    assert_eq!(coop.ledger(lea).await, [due("02/11"), back(EntryKind::Leave, "02/11"), due("30/11")]);
    assert_eq!(coop.ledger(karim).await, [due("02/11"), due("30/11"), back(EntryKind::Exemption, "30/11")]);
}

#[sqlx::test(migrations = false)]
async fn a_household_has_one_duty_and_one_ledger_and_an_employee_none(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, solene) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Solène").await);
    coop.has_a_policy().await;
    coop.employs(solene).await;
    coop.sql(&format!(
        "insert into duty (member_id, from_on, share, with_member, at)
         values ('{karim}', '2026-10-01', 'with', '{lea}', '2026-09-30T08:00Z')"
    ))
    .await;
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 1);
    assert_eq!((coop.ledger(karim).await, coop.ledger(solene).await), (vec![], vec![]));
    let worked = Entry::new(EntryKind::Done, day("2026-11-28"), Credit::SHIFT);
    assert_eq!(coop.append(&[(karim, worked)]).await, 1);
    assert_eq!(coop.ledger(lea).await.len(), 3, "what he works is hers");
    let (his, hers) = (snapshots::me(&coop.backend, karim).await.unwrap(), snapshots::me(&coop.backend, lea).await.unwrap());
    assert_eq!(his.standing, hers.standing);
}

#[sqlx::test(migrations = false)]
async fn an_entry_with_a_key_is_added_once_and_none_is_ever_changed(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let done = Entry::new(EntryKind::Done, day("2026-11-28"), Credit(90)).keyed("shift/1".to_owned());
    let missed = Entry::new(EntryKind::Missed, day("2026-11-28"), Credit(-180)).keyed("shift/1".to_owned());
    assert_eq!(coop.append(&[(lea, done.clone())]).await, 1);
    assert_eq!(coop.append(&[(lea, done), (lea, missed)]).await, 0);
    assert_eq!(coop.ledger(lea).await, [(EntryKind::Done, "28/11".to_owned(), Credit(90))]);
    let free = Entry::new(EntryKind::Correction, day("2026-11-29"), -Credit::SHIFT).because("relu avec Léa");
    assert_eq!(coop.append(&[(lea, free.clone()), (lea, free)]).await, 1);
    assert_eq!(coop.ledger(lea).await.len(), 3, "corrections have no key");
    let older = "select count(*) from ledger_entry where on_day = '2026-11-29' and shifts = -1 and credit is null";
    assert_eq!(coop.count(older).await, 2, "whole vacations are written as ever");
}

fn double_from(valid_from: NaiveDate) -> Version {
    let absence = Absence { owed: 2, lead_may_reduce: true, excused_owed: 1 };
    Version { valid_from, policy: Policy { absence, ..Policy::default() } }
}

#[sqlx::test(migrations = false)]
async fn the_office_sets_the_rules_of_days_to_come_and_history_keeps_who_and_why(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, solene) = (coop.member("Léa").await, coop.member("Solène").await);
    coop.has_a_policy().await;
    coop.employs(solene).await;
    let today = paris_day(coop.now());
    let tomorrow = plus_days(today, 1);
    let set = async |by, version: Version, why| ledger::set_policy(&coop.backend, coop.id(), by, &version, why).await.unwrap();
    assert_eq!(set(lea, double_from(tomorrow), "vote").await, Err(NotSaved::NotAllowed));
    assert_eq!(set(solene, double_from(tomorrow), "  ").await, Err(NotSaved::Wrong(NotSet::WhyMissing)));
    assert_eq!(set(solene, double_from(today), "vote").await, Err(NotSaved::Wrong(NotSet::TooEarly { from: tomorrow })));
    let mut wrong = double_from(tomorrow);
    wrong.policy.due = Credit(-1);
    assert_eq!(set(solene, wrong, "vote").await, Err(NotSaved::Wrong(NotSet::Mistake { field: "due" })));
    assert_eq!(ledger::history(&coop.backend).await.unwrap().len(), 1, "none of these was saved");

    let before = snapshots::calendar(&coop.backend).await.unwrap();
    let new_year = day("2027-01-01");
    set(solene, double_from(new_year), "vote du 28 novembre").await.unwrap();
    coop.backend.clock.set(coop.now() + Duration::minutes(1));
    let mut lighter = double_from(new_year);
    lighter.policy.absence.lead_may_reduce = false;
    set(solene, lighter.clone(), "coquille").await.unwrap();
    let history = ledger::history(&coop.backend).await.unwrap();
    let told: Vec<_> = history.iter().map(|version| (version.by_member, version.why.as_str())).collect();
    assert_eq!(told, [(Some(solene), "coquille"), (Some(solene), "vote du 28 novembre"), (None, "la règle de départ")]);
    let after = snapshots::calendar(&coop.backend).await.unwrap();
    assert_ne!(after.marks, before.marks);
    assert_eq!(after.rules.policies.versions().len(), 2, "of two for one day the later holds");
    assert_eq!(after.rules.policy_on(new_year).into_owned(), lighter.policy);
    assert_eq!(after.rules.policy_on(day("2026-12-31")).into_owned(), Policy::default());
    let names: Vec<Option<&str>> = history.iter().map(|version| version.first_name.as_deref()).collect();
    assert_eq!(names, [Some("Solène"), Some("Solène"), None]);
}

#[sqlx::test(migrations = false)]
async fn a_version_is_saved_once_however_often_it_is_sent(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, solene) = (coop.member("Léa").await, coop.member("Solène").await);
    coop.has_a_policy().await;
    coop.employs(solene).await;
    let (id, version) = (coop.id(), double_from(day("2027-01-01")));
    let set = async |by, version: &Version, why: &str| ledger::set_policy(&coop.backend, id, by, version, why).await.unwrap();
    let at_once = futures::future::join_all((0..6).map(|_| set(solene, &version, "vote"))).await;
    assert!(at_once.iter().all(Result::is_ok), "{at_once:?}");
    assert_eq!(set(solene, &version, " vote ").await, Ok(()));
    let before = snapshots::calendar(&coop.backend).await.unwrap().marks;
    coop.backend.clock.set(coop.now() + Duration::days(60));
    assert_eq!(set(solene, &version, "vote").await, Ok(()), "it was in time when it was saved");
    assert_eq!(ledger::history(&coop.backend).await.unwrap().len(), 2);
    assert_eq!(snapshots::calendar(&coop.backend).await.unwrap().marks, before, "nothing is told anew");
    assert_eq!(set(solene, &version, "autre chose").await, Err(NotSaved::IdReused));
    assert_eq!(set(solene, &double_from(day("2027-06-01")), "vote").await, Err(NotSaved::IdReused));
    assert_eq!(set(lea, &version, "vote").await, Err(NotSaved::NotAllowed));
}

#[sqlx::test(migrations = false)]
async fn a_preview_says_who_would_stand_elsewhere_and_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, solene) = (coop.member("Léa").await, coop.newcomer("Karim").await, coop.member("Solène").await);
    coop.has_a_policy().await;
    coop.employs(solene).await;
    ledger::fall_due(&coop.backend).await.unwrap();
    let on = day("2026-11-20");
    let done = Entry::new(EntryKind::Done, on, Credit::SHIFT);
    let missed = Entry::new(EntryKind::Missed, on, Credit::NONE);
    coop.append(&[(lea, missed.clone()), (karim, missed), (karim, done)]).await;
    let entries = coop.count("select count(*) from ledger_entry").await;
    let double = double_from(day("2027-01-01")).policy;
    assert_eq!(ledger::preview(&coop.backend, lea, &double).await.unwrap(), None, "rules are the office's to try");
    let preview = ledger::preview(&coop.backend, solene, &double).await.unwrap().unwrap();
    assert_eq!(preview.since, day("2026-09-07"));
    assert_eq!(preview.now, [(Level::UpToDate, 2)].into());
    assert_eq!(preview.then, [(Level::Alert, 2)].into());
    let told: Vec<_> = preview.changed.iter().map(|changed| (changed.name.first.as_str(), changed.from, changed.to)).collect();
    assert_eq!(told, [("Karim", Level::UpToDate, Level::Alert), ("Léa", Level::UpToDate, Level::Alert)]);
    assert_eq!(coop.count("select count(*) from ledger_entry").await, entries);
}
