//! Leaves and exemptions asked of the office, its corrections, the solidarity pot: in the database.

mod coop;

use backend::{command, ledger, snapshots};
use chrono::NaiveDate;
use coop::{Coop, reason};
use domain::command::{Bears, Command};
use domain::id::{MemberId, RequestId};
use domain::ledger::{Credit, Entry, EntryKind};
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::requests::{Asked, RequestState};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

const WHY: &str = "Un chantier à la maison";
const WORD: &str = "Repose-toi bien";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One vacation a cycle since October: the cycles of 2 and of 30 November have begun.
async fn house(at: PgConnectOptions) -> (Coop, MemberId, MemberId) {
    let coop = Coop::new(at).await;
    let (lea, margaux) = (coop.member("Léa").await, coop.member("Margaux").await);
    coop.in_office(margaux).await;
    coop.sql(
        "insert into policy_version (policy_version_id, valid_from, policy, why, at)
         values (gen_random_uuid(), '2026-10-06', '{\"pot\": {\"open\": true}}', 'la règle de départ', '2026-10-01T08:00Z')",
    )
    .await;
    ledger::fall_due(&coop.backend).await.unwrap();
    (coop, lea, margaux)
}

impl Coop {
    async fn requests(&self, member: MemberId, what: Asked) -> RequestId {
        let request = RequestId(self.id());
        let (from, to) = (day("2026-11-02"), day("2026-12-20"));
        self.does(member, Command::RequestLeave { request, what, from, to, why: WHY.into() }).await;
        request
    }

    async fn grants(&self, by: MemberId, request: RequestId) {
        self.does(by, Command::AnswerRequest { request, granted: true, word: WORD.into() }).await;
    }

    async fn entries(&self, member: MemberId) -> Vec<(EntryKind, String)> {
        let mut conn = self.backend.pool.acquire().await.unwrap();
        let entries = ledger::entries_of(&mut conn, member).await.unwrap();
        let told = |entry: Entry| (entry.kind, entry.on.format("%d/%m").to_string());
        entries.into_iter().filter(|entry| entry.on >= day("2026-10-06")).map(told).collect()
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_granted_takes_back_what_was_due_at_once_and_once(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let before = snapshots::me(&coop.backend, lea).await.unwrap();
    let request = coop.requests(lea, Asked::Parental).await;
    assert_eq!(coop.told(margaux).await, ["request_received"]);
    coop.grants(margaux, request).await;
    let due = |kind: EntryKind, on: &str| (kind, on.to_owned());
    let wanted = [
        due(EntryKind::CycleDue, "02/11"),
        due(EntryKind::Leave, "02/11"),
        due(EntryKind::CycleDue, "30/11"),
        due(EntryKind::Leave, "30/11"),
    ];
    assert_eq!(coop.entries(lea).await, wanted);
    assert_eq!(ledger::fall_due(&coop.backend).await.unwrap(), 0, "nothing is left for the night");
    let after = snapshots::me(&coop.backend, lea).await.unwrap();
    assert_ne!(after.marks, before.marks);
    assert_eq!((before.standing.to_do, after.standing.to_do, after.standing.ahead), (1, 0, 1));
    assert_eq!(after.aptitude.leaves.len(), 1);
    let [known] = after.requests.as_slice() else { panic!("one request") };
    assert_eq!(known.why, WHY);
    assert!(matches!(&known.state, RequestState::Granted { by, word, .. } if *by == margaux && word == WORD));
    assert_eq!(coop.told(lea).await, ["request_answered"]);
    assert_eq!(coop.count("select count(*) from leave where kind = 'parental' and why = ''").await, 1);
}

#[sqlx::test(migrations = false)]
async fn an_exemption_becomes_a_duty_that_asks_for_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let request = coop.requests(lea, Asked::Exemption).await;
    coop.grants(margaux, request).await;
    assert_eq!(coop.count("select count(*) from duty where share = 'exempt' and why = ''").await, 1);
    assert_eq!(coop.entries(lea).await.iter().filter(|(kind, _)| *kind == EntryKind::Exemption).count(), 2);
    assert_eq!(coop.count("select count(*) from leave").await, 0);
}

#[sqlx::test(migrations = false)]
async fn a_refusal_and_a_withdrawal_change_no_count(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let entries = coop.entries(lea).await;
    let refused = coop.requests(lea, Asked::Pause).await;
    coop.does(margaux, Command::AnswerRequest { request: refused, granted: false, word: WORD.into() }).await;
    let withdrawn = coop.requests(lea, Asked::Pause).await;
    coop.does(lea, Command::WithdrawRequest { request: withdrawn }).await;
    let late = coop.refused(margaux, Command::AnswerRequest { request: withdrawn, granted: true, word: String::new() }).await;
    assert_eq!(late, Reason::RequestClosed);
    assert_eq!(coop.entries(lea).await, entries);
    assert_eq!(coop.count("select count(*) from leave").await, 0);
    assert_eq!(coop.count("select count(*) from leave_request").await, 2);
    assert_eq!(coop.count("select count(*) from leave_request_answer").await, 2);
}

#[sqlx::test(migrations = false)]
async fn two_of_the_office_who_answer_at_once_answer_once(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let paul = coop.member("Paul").await;
    coop.in_office(paul).await;
    let request = coop.requests(lea, Asked::Pause).await;
    let yes = coop.act(margaux, Command::AnswerRequest { request, granted: true, word: String::new() });
    let no = coop.act(paul, Command::AnswerRequest { request, granted: false, word: "Non".into() });
    let (yes, no) = futures::future::join(yes, no).await;
    let refused = [yes, no].into_iter().filter(|outcome| matches!(outcome, Outcome::Refused { .. })).collect::<Vec<_>>();
    assert_eq!(refused, [Outcome::Refused { reason: Reason::RequestClosed }]);
    assert_eq!(coop.told(lea).await.len(), 1);
}

#[sqlx::test(migrations = false)]
async fn nobody_answers_or_corrects_themselves_not_even_through_another(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let own = coop.requests(margaux, Asked::Pause).await;
    let grant = || Command::AnswerRequest { request: own, granted: true, word: String::new() };
    assert_eq!(coop.refused(margaux, grant()).await, Reason::NotYourself);
    assert_eq!(coop.refused(lea, grant()).await, Reason::NotAllowed);
    let through = domain::command::Envelope { on_behalf_of: Some(lea), ..coop.envelope(grant()) };
    let told = command::perform(&coop.backend, margaux, &through).await.unwrap();
    assert_eq!(reason(told), Reason::NotAllowed, "in Léa's name");
    let corrects =
        |member| Command::CorrectLedger { member, what: EntryKind::MakeUp, credit: Credit::SHIFT, why: "Inventaire".into() };
    assert_eq!(coop.refused(margaux, corrects(margaux)).await, Reason::NotYourself);
    assert_eq!(coop.refused(lea, corrects(margaux)).await, Reason::NotAllowed);
    // Of one household: her ledger is theirs.
    let tomorrow = day("2026-12-02");
    let shares = Command::SetDuty { member: lea, share: Bears::With, with: Some(margaux), from: tomorrow, why: "Foyer".into() };
    coop.does(margaux, shares).await;
    coop.backend.clock.set(coop.now() + chrono::Duration::days(2));
    assert_eq!(coop.refused(margaux, corrects(lea)).await, Reason::NotYourself);
}

#[sqlx::test(migrations = false)]
async fn a_correction_is_an_entry_with_who_and_why(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let what = EntryKind::Correction;
    let command = Command::CorrectLedger { member: lea, what, credit: Credit(-90), why: "Reprise du cahier".into() };
    let envelope = coop.envelope(command);
    for _ in 0..2 {
        assert!(matches!(coop.perform(margaux, &envelope).await, Outcome::Applied { .. }));
    }
    let kept = format!(
        "select count(*) from ledger_entry where member_id = '{lea}' and by_member = '{margaux}' and kind = 'correction'
            and credit = -90 and why = 'Reprise du cahier'"
    );
    assert_eq!(coop.count(&kept).await, 1, "sent twice, entered once");
    let me = snapshots::me(&coop.backend, lea).await.unwrap();
    assert!(me.ledger.iter().any(|entry| entry.why == "Reprise du cahier"));
}

#[sqlx::test(migrations = false)]
async fn two_who_draw_at_once_do_not_both_get_the_last_of_the_pot(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, _) = house(at).await;
    let (karim, hugo) = (coop.member("Karim").await, coop.member("Hugo").await);
    ledger::fall_due(&coop.backend).await.unwrap();
    let mut conn = coop.backend.pool.acquire().await.unwrap();
    let entry = |kind, credit| Entry::new(kind, day("2026-12-01"), credit);
    let gift = [(hugo, entry(EntryKind::Advance, Credit::SHIFT)), (hugo, entry(EntryKind::SolidarityGift, -Credit::SHIFT))];
    ledger::append(&mut conn, &gift, None, coop.now()).await.unwrap();
    let draws = [lea, karim].map(|member| coop.act(member, Command::DrawSolidarity));
    let came = futures::future::join_all(draws).await;
    let refused: Vec<&Outcome> = came.iter().filter(|outcome| matches!(outcome, Outcome::Refused { .. })).collect();
    let low = Outcome::Refused { reason: Reason::PotTooLow { pot: Credit::NONE, floor: Credit::NONE } };
    assert_eq!(refused, [&low]);
    let pot = "select count(*) from ledger_entry where kind = 'solidarity_draw'";
    assert_eq!(coop.count(pot).await, 1);
}

#[sqlx::test(migrations = false)]
async fn only_what_is_ahead_is_given(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    assert_eq!(coop.refused(lea, Command::GiveSolidarity).await, Reason::NothingAhead { ahead: Credit::NONE });
    let advance =
        Command::CorrectLedger { member: lea, what: EntryKind::Advance, credit: Credit::shifts(2), why: "Inventaire".into() };
    coop.does(margaux, advance).await;
    let gifts = futures::future::join_all([0, 1].map(|_| coop.act(lea, Command::GiveSolidarity))).await;
    assert_eq!(gifts.iter().filter(|outcome| matches!(outcome, Outcome::Applied { .. })).count(), 1);
}

#[sqlx::test(migrations = false)]
async fn a_reason_and_its_answer_stand_nowhere_else(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let karim = coop.member("Karim").await;
    let request = coop.requests(lea, Asked::Illness).await;
    coop.grants(margaux, request).await;
    while backend::notify::plan(&coop.backend).await.unwrap() > 0 {}
    for other in [karim, margaux] {
        let me = serde_json::to_string(&snapshots::me(&coop.backend, other).await.unwrap()).unwrap();
        assert!(!me.contains(WHY) && !me.contains(WORD), "{me}");
    }
    for table in ["notice", "delivery", "command_log", "ledger_entry", "leave", "due_work", "job", "policy_version"] {
        let holds = format!("select count(*) from {table} t where t::text like '%{WHY}%' or t::text like '%{WORD}%'");
        assert_eq!(coop.count(&holds).await, 0, "{table}");
    }
    let asked = ledger::asked(&coop.backend, margaux).await.unwrap();
    assert_eq!((asked.pending.len(), asked.answered.len()), (0, 1));
    assert!(matches!(ledger::asked(&coop.backend, karim).await, Err(backend::error::Error::NotAllowed)));
    assert!(matches!(ledger::of_member(&coop.backend, karim, lea).await, Err(backend::error::Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn hours_are_of_the_whole_ledger_and_of_oneself_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let (coop, lea, margaux) = house(at).await;
    let advance = Command::CorrectLedger { member: lea, what: EntryKind::Advance, credit: Credit(90), why: "Inventaire".into() };
    coop.does(margaux, advance).await;
    let found = ledger::hours(&coop.backend, lea, Some(2026)).await.unwrap();
    let told: Vec<(u32, &str)> = found.worked.iter().map(|worked| (worked.minutes, worked.what.as_str())).collect();
    assert_eq!(told.last(), Some(&(90, "Inventaire")));
    assert_eq!(found.minutes(), found.worked.iter().map(|worked| worked.minutes).sum::<u32>());
    let empty = ledger::hours(&coop.backend, lea, Some(2019)).await.unwrap();
    assert_eq!((empty.year, empty.minutes()), (2019, 0));
    let other = ledger::hours(&coop.backend, margaux, Some(2026)).await.unwrap();
    assert!(other.worked.iter().all(|worked| worked.what != "Inventaire"));
}
