//! The assembly until it votes, on real PostgreSQL: what is prepared and who may, how members are called, the door, proxies; and what
//! it leaves.

mod coop;
mod hall;

use std::collections::BTreeSet;
use std::sync::Arc;

use backend::assembly::{self, Guest};
use backend::brief::mail::{BriefCopy, CarryingCopy, Postman};
use backend::error::Error;
use backend::jobs::{self, Delivery, Mail, Mailer};
use backend::notify::{Batch, Carrying, Courier};
use chrono::Duration;
use coop::assert_invariants;
use domain::assembly::{
    AssemblyMistake, Role, Settings, Stage, Tally, Way, WrittenAssembly, WrittenDocument, WrittenRoles, next_of,
};
use domain::command::Command;
use domain::id::{AssemblyId, DocumentId, MemberId};
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::time::{paris_day, plus_days};
use hall::{FOR, Hall, elects, resolution, written};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::sync::{mpsc, oneshot};

/// The kinds of what somebody was told, by name.
async fn told(hall: &Hall, member: MemberId) -> Vec<String> {
    let mut told = hall.coop.told(member).await;
    told.sort();
    told
}

// — what is prepared —

#[sqlx::test(migrations = false)]
async fn what_is_voted_on_changes_no_more_once_members_are_called(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 2, &[Way::Hands]).await;
    let (backend, lea, id) = (hall.backend(), hall.lea, hall.id);
    let moved = WrittenAssembly { title: "Les statuts".into(), ..written(hall.starts_at) };
    assembly::edit(backend, lea, hall.form(), (id, 1), &moved).await.unwrap().unwrap();
    let stale = assembly::edit(backend, lea, hall.form(), (id, 1), &written(hall.starts_at)).await.unwrap().unwrap_err();
    assert_eq!(stale, [AssemblyMistake::Stale { revision: 2 }]);
    hall.calls().await.unwrap();
    let said = [AssemblyMistake::AlreadyConvoked];
    assert_eq!(assembly::edit(backend, lea, hall.form(), (id, 2), &moved).await.unwrap().unwrap_err(), said);
    let way = resolution(Way::Secret);
    assert_eq!(assembly::add_resolution(backend, lea, hall.form(), id, &way).await.unwrap().unwrap_err(), said);
    let of = (hall.resolutions[0], 1);
    assert_eq!(assembly::edit_resolution(backend, lea, hall.form(), id, of, &way).await.unwrap().unwrap_err(), said);
    let gone = assembly::remove_resolution(backend, lea, hall.form(), id, hall.resolutions[0]).await.unwrap();
    assert_eq!(gone.unwrap_err(), said);
    assert_eq!(hall.calls().await.unwrap_err(), said);
    // What is read before it may still come.
    let document = WrittenDocument { title: "Comptes".into(), text: "- 3 €".into(), href: String::new() };
    let form = hall.form();
    assembly::add_document(backend, lea, form, id, &document).await.unwrap().unwrap();
    assembly::add_document(backend, lea, form, id, &document).await.unwrap().unwrap();
    assert_eq!(hall.seen().await.documents.len(), 1, "the same form is one document");
    assembly::edit_document(backend, lea, hall.form(), id, (DocumentId(form), 1), &document).await.unwrap().unwrap();
    let stale = assembly::edit_document(backend, lea, hall.form(), id, (DocumentId(form), 1), &document).await.unwrap();
    assert_eq!(stale.unwrap_err(), [AssemblyMistake::Stale { revision: 2 }]);
    assembly::remove_document(backend, lea, hall.form(), id, DocumentId(form)).await.unwrap().unwrap();
    assert!(hall.seen().await.documents.is_empty());
}

#[sqlx::test(migrations = false)]
async fn the_committee_names_its_chair_and_its_secretary_who_names_its_tellers(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 2, &[]).await;
    let names = async |by: MemberId, chair: MemberId, tellers: [MemberId; 2]| {
        let roles = WrittenRoles { chair: Some(chair), secretary: Some(hall.lea), tellers: BTreeSet::from(tellers) };
        assembly::set_roles(hall.backend(), by, hall.form(), hall.id, &roles).await.unwrap()
    };
    let others = [hall.members[0], hall.members[1]];
    names(hall.lea, hall.idris, others).await.unwrap();
    let chair = names(hall.lea, hall.hugo, others).await;
    assert_eq!(chair.unwrap_err(), [AssemblyMistake::NamedByCommittee]);
    assert!(hall.seen().await.is(hall.idris, Role::Chair), "nothing of it is done");
    names(hall.idris, hall.hugo, others).await.unwrap();
    assert_eq!(told(&hall, hall.hugo).await, ["assembly_role", "assembly_role"]);
}

#[sqlx::test(migrations = false)]
async fn members_are_called_with_the_notice_that_is_set(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 1, &[]).await;
    let (backend, idris) = (hall.backend(), hall.idris);
    let settings = Settings { notice_d: 30, quorum: 50, quorum_extra: 60, proxies: 1 };
    assert!(matches!(assembly::set_settings(backend, hall.margaux, hall.form(), &settings).await, Err(Error::NotAllowed)));
    assembly::set_settings(backend, idris, hall.form(), &settings).await.unwrap().unwrap();
    let soon = AssemblyId(hall.form());
    let empty = WrittenAssembly { agenda: " ".into(), ..written(hall.starts_at) };
    assembly::plan(backend, idris, soon.0, &empty).await.unwrap().unwrap();
    let calls = |id| assembly::convoke(backend, idris, hall.form(), id, "https://alpar.example");
    let first = plus_days(paris_day(hall.coop.now()), 30);
    assert_eq!(
        calls(soon).await.unwrap().unwrap_err(),
        [AssemblyMistake::AgendaMissing, AssemblyMistake::TooSoon { notice_d: 30, first }]
    );
    // The one that was planned before keeps what held then.
    hall.calls().await.unwrap();
    let known = assembly::in_hand(backend, idris, soon).await.unwrap();
    assert_eq!((known.assembly.terms.quorum, known.assembly.terms.proxies, hall.seen().await.terms.quorum), (50, 1, 20));
}

#[sqlx::test(migrations = false)]
async fn it_is_called_a_second_time_where_too_few_had_come(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 10, &[Way::Hands]).await;
    let (backend, idris) = (hall.backend(), hall.idris);
    let again = |first| WrittenAssembly { second_of: Some(first), ..written(hall.starts_at + Duration::days(30)) };
    let early = assembly::plan(backend, idris, hall.form(), &again(hall.id)).await.unwrap();
    assert_eq!(early.unwrap_err(), [AssemblyMistake::NoFirst], "it has not taken place");
    hall.signs_in(hall.idris).await.unwrap();
    hall.opens().await.unwrap();
    assert_eq!(hall.opens_vote(0).await.unwrap_err(), [AssemblyMistake::NoQuorum { voices: 1, needed: 3 }]);
    hall.closes().await.unwrap();
    let second = AssemblyId(hall.form());
    assembly::plan(backend, idris, second.0, &again(hall.id)).await.unwrap().unwrap();
    assert_eq!(assembly::in_hand(backend, idris, second).await.unwrap().assembly.terms.quorum, 0);
}

#[sqlx::test(migrations = false)]
async fn each_act_is_for_those_whose_it_is(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 1, &[Way::Secret]).await;
    let (backend, id, member) = (hall.backend(), hall.id, hall.members[0]);
    let all = [hall.idris, hall.lea, hall.hugo, hall.margaux, member];
    let is_for = |came: bool| if came { "x" } else { "-" };
    let tally = domain::assembly::Said::Count(Tally::Resolution { yes: 1, no: 0, abstain: 0 });
    let mut table = Vec::new();
    for who in all {
        let document = WrittenDocument { title: "A".into(), text: "B".into(), href: String::new() };
        let prepares = assembly::add_document(backend, who, hall.form(), id, &document).await.is_ok();
        let resolution = hall.resolutions[0];
        let presides = assembly::open_vote(backend, who, hall.form(), id, resolution).await.is_ok();
        let tells = assembly::say(backend, who, hall.form(), id, (resolution, &tally)).await.is_ok();
        let admits = assembly::roll(backend, who, id).await.is_ok();
        let calls = assembly::convocations(backend, who, id).await.is_ok();
        let plans = assembly::plan(backend, who, hall.form(), &written(hall.starts_at)).await.is_ok();
        let seats = assembly::install(backend, who, hall.form(), id, false).await.is_ok();
        let records = assembly::record(backend, who, id).await.is_ok();
        let writes = assembly::write_minutes(backend, who, hall.form(), (id, 1), "").await.is_ok();
        let row: Vec<&str> =
            [prepares, presides, tells, admits, calls, plans, seats, records, writes].into_iter().map(is_for).collect();
        table.push(row.join(" "));
    }
    assert_eq!(
        table,
        [
            // prepares, presides, tells, admits, calls, plans, seats, records, writes
            "x x - - x x x x x", // Idris: its chair, on the committee
            "x x - x x - - - x", // Léa: its secretary
            "- - x x - - - - -", // Hugo: a teller
            "- - - x x - x - -", // Margaux: of the office
            "- - - - - - - - -", // a member
        ]
    );
}

// — how members are called —

#[sqlx::test(migrations = false)]
async fn everybody_is_called_and_each_way_leaves_its_proof(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 4, &[]).await;
    let [without, bounced, left, _] = hall.members[..] else { panic!("four members") };
    hall.coop.sql(&format!("update member set email = '' where member_id = '{without}'")).await;
    hall.coop
        .sql(&format!(
            "insert into bounced_address (email, at, why) select email, '2026-12-01', '550' from member where member_id = '{bounced}'"
        ))
        .await;
    hall.coop.sql(&format!("update member set left_on = '2026-11-30' where member_id = '{left}'")).await;
    hall.calls().await.unwrap();
    let calls = assembly::convocations(hall.backend(), hall.margaux, hall.id).await.unwrap();
    assert_eq!((calls.called.mails_waiting, calls.called.letters_to_print, calls.rows.len()), (6, 2, 8));
    assert!(calls.rows.iter().all(|row| row.person.id != left), "whoever has left is not called");
    let letters = assembly::letters(hall.backend(), hall.margaux, hall.id).await.unwrap();
    let to: BTreeSet<MemberId> = letters.to.iter().map(|(person, _)| person.id).collect();
    assert_eq!(to, BTreeSet::from([without, bounced]));
    let nobody = (&BTreeSet::new(), false);
    let marked = assembly::mark_called(hall.backend(), hall.margaux, hall.form(), hall.id, nobody).await.unwrap();
    assert_eq!(marked.unwrap_err(), [AssemblyMistake::NobodyChosen]);
}

#[sqlx::test(migrations = false)]
async fn what_is_printed_or_handed_over_is_noted_once_with_by_whom(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 2, &[]).await;
    let [without, handed] = hall.members[..] else { panic!("two members") };
    hall.coop.sql(&format!("update member set email = '' where member_id = '{without}'")).await;
    hall.calls().await.unwrap();
    let marks = async |member: MemberId, by_hand: bool| {
        let members = BTreeSet::from([member]);
        assembly::mark_called(hall.backend(), hall.margaux, hall.form(), hall.id, (&members, by_hand)).await.unwrap().unwrap();
    };
    marks(without, false).await;
    marks(handed, true).await;
    marks(without, true).await;
    let calls = assembly::convocations(hall.backend(), hall.idris, hall.id).await.unwrap();
    let called = calls.called;
    assert_eq!((called.letters_printed, called.handed, called.mails_waiting, called.all()), (1, 1, 5, 7));
    let row = calls.rows.iter().find(|row| row.person.id == without).unwrap();
    assert_eq!((row.channel.as_str(), row.by.as_ref().unwrap().first.as_str()), ("letter", "Margaux"), "the first proof counts");
}

/// Puts mails into a channel, but for one address.
#[derive(Debug)]
struct Letterbox {
    mails: mpsc::UnboundedSender<Mail>,
    refuses: String,
}

impl Mailer for Letterbox {
    fn send(&self, mail: Mail, _: i64) -> Delivery<'_> {
        Box::pin(async move {
            let refused = mail.to == self.refuses;
            let sent: Result<(), Box<dyn std::error::Error + Send + Sync>> = self.mails.send(mail).map_err(Into::into);
            sent.and(if refused { Err("550 no such mailbox".into()) } else { Ok(()) })
        })
    }
}

/// Has nothing to carry.
#[derive(Debug)]
struct Idle;

impl Postman for Idle {
    fn carry(&self, copy: BriefCopy) -> CarryingCopy<'_> {
        panic!("no brief is out here: {copy:?}");
    }

    fn pace(&self) -> u32 {
        30
    }
}

impl Courier for Idle {
    fn carry(&self, batch: Batch) -> Carrying<'_> {
        panic!("nobody is told anything here: {batch:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_mail_that_leaves_is_the_proof_and_one_that_does_not_asks_for_a_letter(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 1, &[Way::Secret]).await;
    let refuses = format!("{}@example.org", hall.count("select max(number)::bigint from member").await);
    hall.calls().await.unwrap();
    // What else they are told is another matter.
    hall.coop.sql("delete from delivery").await;
    let (mails, mut letterbox) = mpsc::unbounded_channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let letterbox_of = Arc::new(Letterbox { mails, refuses });
    let worker = jobs::run_worker(hall.backend().clone(), letterbox_of, Arc::new(Idle), Arc::new(Idle), async {
        stopped.await.ok();
    });
    let sent = async {
        let mut told = Vec::new();
        while told.len() < 6 {
            told.push(letterbox.recv().await.unwrap());
        }
        let noted = "select count(*) from assembly_convocation where done_at is not null or why is not null";
        while hall.count(noted).await < 6 {
            tokio::task::yield_now().await;
        }
        stop.send(()).unwrap();
        told
    };
    let (ran, told) = tokio::join!(worker, sent);
    ran.unwrap();
    assert!(told.iter().all(|mail| mail.subject == "Convocation : Les comptes et le comité"));
    let text = &told[0].text;
    for part in ["le 21/12/2026 à 18 h", "Meythet", "1. Les comptes", "- Ouvrir le lundi", "https://alpar.example/ag"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let calls = assembly::convocations(hall.backend(), hall.margaux, hall.id).await.unwrap();
    assert_eq!((calls.called.mails_sent, calls.called.mails_failed), (5, 1));
    let letters = assembly::letters(hall.backend(), hall.margaux, hall.id).await.unwrap();
    assert_eq!(letters.to.len(), 1, "whoever no mail reached gets a letter");
}

// — before it opens —

#[sqlx::test(migrations = false)]
async fn proxies_are_the_same_on_paper_and_in_the_app(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::convoked(at, 5, &[]).await;
    let [a, b, c, d, holder] = hall.members[..] else { panic!("five members") };
    hall.gives_proxy(a, holder).await;
    let paper = async |from: MemberId, to: MemberId| {
        let guests = (Guest::Listed(from), Guest::Listed(to));
        assembly::paper_proxy(hall.backend(), hall.margaux, hall.form(), hall.id, guests).await.unwrap()
    };
    paper(b, holder).await.unwrap();
    let full = paper(c, holder).await.unwrap_err();
    assert!(matches!(full[..], [AssemblyMistake::Refused(Reason::HolderFull { cap: 2, .. })]), "{full:?}");
    let command = Command::GiveProxy { proxy: domain::id::ProxyId(hall.form()), assembly: hall.id, to: holder };
    assert!(matches!(hall.coop.refused(c, command).await, Reason::HolderFull { cap: 2, .. }));
    let away = paper(d, a).await.unwrap_err();
    assert!(matches!(away[..], [AssemblyMistake::Refused(Reason::HolderAway { .. })]), "{away:?}");
    assert_eq!(told(&hall, b).await, ["assembly_convoked", "proxy_given"]);
    assert_eq!(told(&hall, holder).await, ["assembly_convoked", "proxy_given", "proxy_given"]);
    assembly::end_proxy(hall.backend(), hall.margaux, hall.form(), hall.id, b).await.unwrap().unwrap();
    paper(c, holder).await.unwrap();
    assert_invariants(&hall.coop).await;
}

#[sqlx::test(migrations = false)]
async fn of_five_who_ask_the_same_person_two_are_carried(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::convoked(at, 6, &[]).await;
    let holder = hall.members[5];
    let asks = hall.members[..5].iter().map(|from| {
        let command = Command::GiveProxy { proxy: domain::id::ProxyId(hall.form()), assembly: hall.id, to: holder };
        hall.coop.act(*from, command)
    });
    let outcomes = futures::future::join_all(asks).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_applied()).count(), 2, "{outcomes:?}");
    assert_eq!(hall.count("select count(*) from proxy where ended_at is null").await, 2);
}

#[sqlx::test(migrations = false)]
async fn whoever_does_not_come_gives_back_what_they_carry(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::convoked(at, 4, &[]).await;
    let [a, b, holder, other] = hall.members[..] else { panic!("four members") };
    hall.gives_proxy(a, holder).await;
    hall.gives_proxy(b, holder).await;
    hall.coop.does(holder, Command::AnswerAssembly { assembly: hall.id, coming: false }).await;
    assert_eq!(hall.count("select count(*) from proxy where ended = 'returned'").await, 2);
    for giver in [a, b] {
        assert_eq!(told(&hall, giver).await, ["assembly_convoked", "proxy_ended", "proxy_given"]);
    }
    let mine = async |member: MemberId| backend::snapshots::me(hall.backend(), member).await.unwrap().assemblies[0].clone();
    assert_eq!((mine(a).await.returned, mine(a).await.names.len(), mine(holder).await.proxies.len()), (Some(holder), 1, 0));
    // Nobody has them vote, on paper or in the app; every device knows who does not come.
    let command = Command::GiveProxy { proxy: domain::id::ProxyId(hall.form()), assembly: hall.id, to: holder };
    assert!(matches!(hall.coop.refused(a, command).await, Reason::HolderNotComing { who } if who.member == holder));
    let guests = (Guest::Listed(a), Guest::Listed(holder));
    let paper = assembly::paper_proxy(hall.backend(), hall.margaux, hall.form(), hall.id, guests).await.unwrap().unwrap_err();
    assert!(matches!(paper[..], [AssemblyMistake::Refused(Reason::HolderNotComing { .. })]), "{paper:?}");
    assert_eq!(hall.seen().await.away.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([a, b, holder]));
    // It is free to be given to somebody else.
    hall.gives_proxy(a, other).await;
    assert_eq!((mine(a).await.returned, mine(b).await.returned), (None, Some(holder)));
    assert_invariants(&hall.coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_proxy_is_withdrawn_before_it_opens_or_holds(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 2, &[Way::Secret]).await;
    let (from, holder) = (hall.members[0], hall.members[1]);
    let proxy = hall.gives_proxy(from, holder).await;
    for member in [hall.idris, hall.hugo, holder] {
        hall.signs_in(member).await.unwrap();
    }
    let withdraw = Command::WithdrawProxy { proxy, assembly: hall.id };
    let (outcome, opened) = tokio::join!(hall.coop.act(from, withdraw), hall.opens());
    opened.unwrap();
    let holds = hall.count("select count(*) from proxy where ended_at is null").await;
    let attendance = hall.seen().await.attendance;
    hall.opens_vote(0).await.unwrap();
    let voted = hall.casts(holder, 0, &[from], &FOR).await;
    match outcome {
        Outcome::Applied { .. } => {
            assert_eq!((holds, attendance.represented), (0, 0));
            assert_eq!(voted.unwrap_err(), [AssemblyMistake::NotYourVoice]);
        }
        Outcome::Refused { reason } => {
            assert!(matches!(reason, Reason::AssemblyBegun { .. }), "{reason:?}");
            assert_eq!((holds, attendance.represented), (1, 1));
            voted.unwrap();
        }
    }
}

// — the door —

#[sqlx::test(migrations = false)]
async fn members_sign_in_once_by_card_or_from_the_list_and_may_leave(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 3, &[]).await;
    let (backend, id, hugo) = (hall.backend(), hall.id, hall.hugo);
    let number: i32 = sqlx::query_scalar("select number from member where member_id = $1")
        .bind(hall.members[0])
        .fetch_one(&backend.pool)
        .await
        .unwrap();
    let form = hall.form();
    let card = async |form| assembly::sign_in(backend, hugo, form, id, Guest::Card(number)).await.unwrap();
    assert_eq!(card(form).await.unwrap(), hall.members[0]);
    assert_eq!(card(form).await.unwrap(), hall.members[0], "the same form again");
    assert_eq!(card(hall.form()).await.unwrap_err(), [AssemblyMistake::AlreadySignedIn]);
    let unknown = assembly::sign_in(backend, hugo, hall.form(), id, Guest::Card(9_999)).await.unwrap();
    assert_eq!(unknown.unwrap_err(), [AssemblyMistake::UnknownNumber]);
    let late = hall.coop.member("Tard").await;
    assert_eq!(hall.signs_in(late).await.unwrap_err(), [AssemblyMistake::NotCalled]);
    hall.leaves(hall.members[0]).await.unwrap();
    assert_eq!(hall.leaves(hall.members[0]).await.unwrap_err(), [AssemblyMistake::NotSignedIn]);
    assert_eq!(hall.seen().await.attendance.present, 0);
    hall.signs_in(hall.members[0]).await.unwrap();
    assert_eq!(hall.seen().await.attendance.present, 1);
    hall.coop.backend.clock.set(hall.starts_at - Duration::days(1));
    let early = hall.signs_in(hall.members[1]).await.unwrap_err();
    assert_eq!(early, [AssemblyMistake::NotToday { on: paris_day(hall.starts_at) }]);
}

#[sqlx::test(migrations = false)]
async fn whoever_comes_takes_their_voice_back_while_that_is_possible(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 4, &[]).await;
    let [early, late, holder, away] = hall.members[..] else { panic!("four members") };
    hall.gives_proxy(early, holder).await;
    hall.gives_proxy(late, holder).await;
    for member in [hall.idris, hall.hugo, holder, early] {
        hall.signs_in(member).await.unwrap();
    }
    let attendance = hall.seen().await.attendance;
    assert_eq!((attendance.present, attendance.represented), (4, 1), "the first came, and votes for themselves");
    assert!(told(&hall, holder).await.contains(&"proxy_ended".to_owned()));
    hall.opens().await.unwrap();
    let carried = hall.signs_in(late).await.unwrap_err();
    assert!(matches!(carried[..], [AssemblyMistake::VoiceCarried { .. }]), "{carried:?}");
    // Whoever carries it has left: nobody would say a word for them.
    hall.leaves(holder).await.unwrap();
    assert_eq!(hall.seen().await.attendance.represented, 0);
    hall.signs_in(late).await.unwrap();
    hall.signs_in(away).await.unwrap();
    let attendance = hall.seen().await.attendance;
    assert_eq!((attendance.present, attendance.represented), (5, 0));
}

#[sqlx::test(migrations = false)]
async fn it_opens_on_its_day_with_those_who_keep_it(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::convoked(at, 1, &[]).await;
    assert_eq!(hall.opens().await.unwrap_err(), [AssemblyMistake::NotToday { on: paris_day(hall.starts_at) }]);
    hall.coop.backend.clock.set(hall.starts_at);
    let alone = WrittenRoles { chair: Some(hall.idris), secretary: None, tellers: BTreeSet::from([hall.hugo]) };
    assembly::set_roles(hall.backend(), hall.idris, hall.form(), hall.id, &alone).await.unwrap().unwrap();
    assert_eq!(hall.opens().await.unwrap_err(), [AssemblyMistake::RoleMissing, AssemblyMistake::TellersMissing { least: 2 }]);
    let word = assembly::cancel(hall.backend(), hall.idris, hall.form(), hall.id, "Neige").await.unwrap();
    word.unwrap();
    assert_eq!(hall.opens().await.unwrap_err(), [AssemblyMistake::Cancelled]);
    assert!(matches!(
        assembly::in_hand(hall.backend(), hall.idris, hall.id).await.unwrap().assembly.stage,
        Stage::Cancelled { .. }
    ));
    assert_eq!(told(&hall, hall.members[0]).await, ["assembly_convoked", "assembly_off"]);
}

#[sqlx::test(migrations = false)]
async fn one_that_nobody_opened_is_over_with_its_day_and_another_is_called(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::convoked(at, 1, &[]).await;
    hall.coop.backend.clock.set(hall.starts_at + Duration::days(1));
    assert_eq!(hall.seen().await.stage, Stage::Lapsed);
    let comes = Command::AnswerAssembly { assembly: hall.id, coming: true };
    assert!(matches!(hall.coop.refused(hall.members[0], comes).await, Reason::AssemblyOver { .. }));
    assert_eq!(hall.opens().await.unwrap_err(), [AssemblyMistake::NotToday { on: paris_day(hall.starts_at) }]);
    let another = AssemblyId(hall.form());
    let later = written(hall.starts_at + Duration::days(30));
    assembly::plan(hall.backend(), hall.idris, another.0, &later).await.unwrap().unwrap();
    assembly::convoke(hall.backend(), hall.idris, hall.form(), another, "https://alpar.example").await.unwrap().unwrap();
    let groups = backend::snapshots::groups(hall.backend()).await.unwrap();
    assert_eq!(next_of(&groups.assemblies, paris_day(hall.coop.now())).map(|known| known.id), Some(another));
}

// — what it leaves —

#[sqlx::test(migrations = false)]
async fn what_was_adopted_is_in_the_register_and_those_elected_have_their_seats_once(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 4, &[Way::Hands, Way::Hands, Way::Election { seats: 2 }]).await;
    elects(&hall.coop, hall.margaux, hall.members[3], 2).await;
    hall.coop
        .sql("update mandate set from_on = '2025-06-13', to_on = '2027-06-12', chosen_on = '2025-06-13' where seat = 2")
        .await;
    for (at, tally) in [(0, (6, 1, 0)), (1, (3, 3, 1))] {
        hall.opens_vote(at).await.unwrap();
        let (yes, no, abstain) = tally;
        hall.both_count(at, &Tally::Resolution { yes, no, abstain }).await;
        hall.closes_vote(at).await.unwrap();
        hall.proclaims(at).await.unwrap();
    }
    for member in &hall.members[..2] {
        assembly::stand_for(hall.backend(), hall.lea, hall.form(), hall.id, *member, true).await.unwrap().unwrap();
    }
    hall.opens_vote(2).await.unwrap();
    let both = domain::assembly::Ballot::Names(hall.members[..2].to_vec());
    hall.casts(hall.members[2], 2, &[hall.members[2]], &both).await.unwrap();
    hall.closes_vote(2).await.unwrap();
    hall.closes().await.unwrap();
    for _ in 0..2 {
        assembly::record(hall.backend(), hall.idris, hall.id).await.unwrap().unwrap();
        assembly::install(hall.backend(), hall.margaux, hall.form(), hall.id, false).await.unwrap().unwrap();
    }
    let decided = "select count(*) from decision where decided_by = 'assembly' and title = 'Ouvrir le lundi'";
    assert_eq!(hall.count(decided).await, 1, "what was rejected is no decision");
    let seated = "select count(*) from mandate where how = 'elected' and chosen_on = '2026-12-21' and from_on = '2026-12-21'";
    assert_eq!(hall.count(seated).await, 2);
    assert_eq!(hall.count("select count(distinct seat) from mandate where ended_on is null").await, 4);
    let known = assembly::in_hand(hall.backend(), hall.idris, hall.id).await.unwrap();
    assert_eq!((known.seated.len(), known.resolutions[0].recorded, known.resolutions[1].recorded), (2, true, false));
}
