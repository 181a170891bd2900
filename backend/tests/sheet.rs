//! The day sheet: said, crossed, closed, corrected, on real PostgreSQL.

mod coop;

use backend::snapshots;
use chrono::Duration;
use coop::{Coop, assert_invariants};
use domain::command::Command;
use domain::id::{FridgeId, ItemId, MemberId, NoteId, ReadingId, SeatId, ShiftId, WalkInId};
use domain::reason::Reason;
use domain::sheet::{Presence, Trouble};
use domain::time::paris_instant;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Saturday 5 December: Solène leads, Camille, Hugo and Karim come; Léa leads at noon.
struct Saturday {
    coop: Coop,
    shift: ShiftId,
    noon: ShiftId,
    solene: MemberId,
    camille: MemberId,
    hugo: MemberId,
    karim: MemberId,
    lea: MemberId,
    nour: MemberId,
    margaux: MemberId,
}

const ITEM: ItemId = ItemId(uuid::Uuid::from_u128(0xa1));
const FRIDGE: FridgeId = FridgeId(uuid::Uuid::from_u128(0xf1));

impl Saturday {
    async fn new(at: PgConnectOptions) -> Saturday {
        let coop = Coop::new(at).await;
        let (shift, noon) = (coop.shift(4, 9, 5).await, coop.shift(4, 12, 3).await);
        for lead in [shift, noon] {
            coop.asks(SeatId::new(lead, 0), true, None).await;
        }
        let mut team = Vec::new();
        for (name, on, position) in
            [("Solène", shift, 0), ("Camille", shift, 1), ("Hugo", shift, 2), ("Karim", shift, 3), ("Léa", noon, 0)]
        {
            let member = coop.member(name).await;
            coop.sits(member, SeatId::new(on, position)).await;
            coop.sql(&format!("update member set phone = '06 {name}' where member_id = '{member}'")).await;
            team.push(member);
        }
        let (nour, margaux) = (coop.member("Nour").await, coop.member("Margaux").await);
        coop.in_office(margaux).await;
        let list = uuid::Uuid::from_u128(0xc1);
        coop.sql(&format!(
            "insert into checklist values ('{list}', 'ouverture', 1, '2026-01-01', 'Ouverture', '{{5}}', '{{09:00}}', 0);
             insert into checklist_item values ('{}', '{list}', 0, 'Alarme incendie');
             insert into fridge values ('{}', 'Frais', 0, 40, 'Appelle Paul', 0);
             update setting set alarm = 'code 1234'",
            ITEM.0, FRIDGE.0
        ))
        .await;
        let [solene, camille, hugo, karim, lea] = team[..] else { panic!("five") };
        let saturday = Saturday { coop, shift, noon, solene, camille, hugo, karim, lea, nour, margaux };
        saturday.it_is("2026-12-05", "09:10");
        saturday
    }

    fn it_is(&self, day: &str, clock: &str) {
        let clock = chrono::NaiveTime::parse_from_str(clock, "%H:%M").unwrap();
        self.coop.backend.clock.set(paris_instant(day.parse().unwrap(), clock));
    }

    fn marks(&self, member: MemberId, presence: Presence) -> Command {
        Command::MarkPresence { shift: self.shift, member, presence, replaced_by: None, owed: None }
    }

    fn walks_in(&self, member: MemberId) -> Command {
        Command::AddWalkIn { walk_in: WalkInId(self.coop.id()), shift: self.shift, member: Some(member), name: String::new() }
    }

    async fn closes(&self) {
        self.coop.does(self.solene, Command::CloseSheet { shift: self.shift }).await;
    }

    /// What was entered for somebody since.
    async fn counted(&self, member: MemberId) -> (i64, i64) {
        let of = |what: &str| {
            format!(
                "select coalesce({what}, 0)::bigint from ledger_entry where member_id = '{member}' and on_day >= '2026-12-05'"
            )
        };
        (self.coop.count(&of("count(*)")).await, self.coop.count(&of("sum(shifts)")).await)
    }
}

#[sqlx::test(migrations = false)]
async fn a_saturday_is_counted_once_whoever_tells_it(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    let (coop, shift) = (&s.coop, s.shift);
    coop.does(s.solene, s.marks(s.hugo, Presence::Absent)).await;
    coop.does(s.solene, s.marks(s.karim, Presence::Excused)).await;
    coop.does(s.solene, s.marks(s.camille, Presence::Late)).await;
    coop.does(s.solene, s.walks_in(s.nour)).await;
    coop.does(s.solene, Command::GiveSeatTo { seat: SeatId::new(shift, 4), member: s.nour }).await;
    let done = coop.now() - Duration::minutes(5);
    coop.does(s.solene, Command::TickItem { shift, item: ITEM, done: true, at: Some(done) }).await;
    let reading = ReadingId(coop.id());
    let reads = Command::RecordReading { reading, shift, fridge: FRIDGE, tenths: 85, note: "porte".into(), at: Some(done) };
    coop.does(s.solene, reads.clone()).await;
    assert_eq!(coop.refused(s.solene, reads).await, Reason::IdReused);

    let sheet = snapshots::me(&coop.backend, s.solene).await.unwrap().sheets.remove(0);
    assert_eq!(sheet.presence_of(s.hugo), Presence::Absent);
    assert_eq!(sheet.item(ITEM).unwrap().done.map(|said| (said.by, said.at)), Some((s.solene, done)));
    let last = sheet.fridges[0].last.clone().unwrap();
    assert_eq!((last.tenths, last.said.at, sheet.fridges[0].is_within(last.tenths)), (85, done, false));

    s.closes().await;
    s.closes().await;
    assert_eq!(s.counted(s.solene).await, (1, 1));
    assert_eq!(s.counted(s.camille).await, (1, 1));
    assert_eq!(s.counted(s.hugo).await, (1, 0));
    assert_eq!(s.counted(s.karim).await, (1, 0));
    assert_eq!(s.counted(s.nour).await, (1, 1));
    let presences = "select string_agg(presence, ' ' order by position) = 'present present absent excused present'
        from assignment where shift_id = (select shift_id from sheet)";
    assert_eq!(coop.count(&format!("select ({presences})::int::bigint")).await, 1);
    assert_invariants(coop).await;
}

#[sqlx::test(migrations = false)]
async fn what_crosses_is_kept_and_the_last_word_received_counts(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    let coop = &s.coop;
    // Margaux of the office holds the same sheet as Solène; both were cut off.
    coop.does(s.solene, s.marks(s.hugo, Presence::Absent)).await;
    s.closes().await;
    coop.does(s.margaux, s.marks(s.hugo, Presence::Late)).await;
    coop.does(s.margaux, s.marks(s.karim, Presence::Absent)).await;
    coop.does(s.margaux, Command::CloseSheet { shift: s.shift }).await;
    for (who, said) in [(s.solene, "hers"), (s.margaux, "the office's")] {
        let sheet = &snapshots::me(&coop.backend, who).await.unwrap().sheets[0];
        assert_eq!((sheet.presence_of(s.hugo), sheet.presence_of(s.karim)), (Presence::Late, Presence::Absent), "{said}");
    }
    let of_hugo = format!("select count(*) from presence where member_id = '{}'", s.hugo);
    assert_eq!(coop.count(&of_hugo).await, 2, "every word is kept");
    assert_eq!(s.counted(s.hugo).await, (2, 1));
    assert_eq!(s.counted(s.karim).await, (2, 0), "done, and the difference to an absence");
}

#[sqlx::test(migrations = false)]
async fn two_devices_at_once_close_a_sheet_once(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    let acts = (0..16).map(|n| {
        let who = if n % 2 == 0 { s.solene } else { s.margaux };
        s.coop.act(who, Command::CloseSheet { shift: s.shift })
    });
    for outcome in futures::future::join_all(acts).await {
        assert!(outcome.is_applied());
    }
    assert_eq!(s.counted(s.camille).await, (1, 1));
}

#[sqlx::test(migrations = false)]
async fn a_sheet_that_nobody_closed_closes_by_itself_and_punishes_nobody(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    s.coop.does(s.solene, s.marks(s.hugo, Presence::Absent)).await;
    s.it_is("2026-12-07", "11:59");
    assert_eq!(backend::sheet::close_sheets(&s.coop.backend).await.unwrap(), 0);
    s.it_is("2026-12-07", "12:00");
    assert_eq!(backend::sheet::close_sheets(&s.coop.backend).await.unwrap(), 1);
    assert_eq!(backend::sheet::close_sheets(&s.coop.backend).await.unwrap(), 0);
    assert_eq!((s.counted(s.camille).await, s.counted(s.hugo).await), ((1, 1), (1, 0)));
    // Later the office corrects, by entries of their own; the lead no longer does.
    assert!(matches!(s.coop.refused(s.solene, s.marks(s.hugo, Presence::Present)).await, Reason::SheetOver { .. }));
    s.it_is("2026-12-20", "10:00");
    s.coop.does(s.margaux, s.marks(s.hugo, Presence::Present)).await;
    assert_eq!(s.counted(s.hugo).await, (2, 1));
}

#[sqlx::test(migrations = false)]
async fn the_next_lead_reads_what_was_left_and_sees_it_once(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    let coop = &s.coop;
    let note = NoteId(coop.id());
    coop.does(s.solene, Command::LeaveNote { note, shift: s.shift, text: "Rouleau à changer".into(), open: true }).await;
    let marks = coop.count(&format!("select mark from member_mark where member_id = '{}'", s.lea)).await;
    assert!(marks > 0, "her device hears of it");
    let hers = snapshots::me(&coop.backend, s.lea).await.unwrap().sheets;
    assert_eq!((hers.len(), hers[0].shift, hers[0].handed_over[0].id), (1, s.noon, note));
    coop.does(s.lea, Command::AcknowledgeNote { note, shift: s.noon }).await;
    let seen = &snapshots::me(&coop.backend, s.solene).await.unwrap().sheets[0].notes[0];
    assert_eq!(seen.seen.map(|seen| seen.by), Some(s.lea));
    assert_eq!(snapshots::me(&coop.backend, s.lea).await.unwrap().sheets[0].handed_over.len(), 1, "it stays in sight");
}

#[sqlx::test(migrations = false)]
async fn the_office_hears_of_a_closed_till(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    let report = Command::ReportShop { shift: s.shift, what: Trouble::TillClosed, note: "panne".into() };
    s.coop.does(s.solene, report).await;
    assert_eq!(s.coop.told(s.margaux).await, ["shop_reported"]);
    assert!(s.coop.told(s.camille).await.is_empty());
}

#[sqlx::test(migrations = false)]
async fn phones_are_the_leads_and_the_offices_and_the_alarm_is_the_leads(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    for (day, clock, opened, alarm) in [
        ("2026-12-04", "17:59", false, false),
        ("2026-12-04", "18:00", true, true),
        ("2026-12-05", "23:59", true, true),
        ("2026-12-06", "00:00", true, false),
        ("2026-12-06", "23:59", true, false),
        ("2026-12-07", "00:00", false, false),
    ] {
        s.it_is(day, clock);
        let at = format!("{day} {clock}");
        let of = async |who| snapshots::me(&s.coop.backend, who).await.unwrap();
        let (solene, margaux, camille) = (of(s.solene).await, of(s.margaux).await, of(s.camille).await);
        assert_eq!(solene.sheets.len(), usize::from(opened), "{at}");
        assert_eq!(margaux.sheets.len(), if opened { 2 } else { 0 }, "{at}");
        assert!(camille.sheets.is_empty(), "{at}");
        assert!(solene.valid_until > s.coop.now());
        if let Some(sheet) = solene.sheets.first() {
            assert_eq!(sheet.phones.get(&s.hugo).map(String::as_str), Some("06 Hugo"));
            assert!(!sheet.phones.contains_key(&s.lea), "she is on another team");
            assert_eq!(sheet.alarm.is_some(), alarm, "{at}");
            assert!(margaux.sheets.iter().all(|sheet| sheet.alarm.is_none() && !sheet.phones.is_empty()));
        }
    }
    // It opens by itself: the snapshot from before says until when it holds.
    s.it_is("2026-12-04", "10:00");
    let before = snapshots::me(&s.coop.backend, s.solene).await.unwrap();
    assert_eq!(
        before.valid_until,
        paris_instant("2026-12-04".parse().unwrap(), chrono::NaiveTime::from_hms_opt(18, 0, 0).unwrap())
    );
}

#[sqlx::test(migrations = false)]
async fn a_team_without_its_lead_keeps_the_sheet_and_sees_no_phones(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    s.coop.does(s.margaux, s.marks(s.solene, Presence::Absent)).await;
    let camilles = snapshots::me(&s.coop.backend, s.camille).await.unwrap().sheets;
    assert_eq!((camilles.len(), camilles[0].phones.len(), camilles[0].alarm.is_none()), (1, 0, true));
    s.coop.does(s.camille, s.marks(s.hugo, Presence::Late)).await;
    assert_eq!(s.coop.refused(s.nour, s.marks(s.hugo, Presence::Late)).await, Reason::NotAllowed);
}

#[sqlx::test(migrations = false)]
async fn a_new_version_of_a_checklist_is_for_the_days_after(_: PgPoolOptions, at: PgConnectOptions) {
    let s = Saturday::new(at).await;
    s.coop
        .sql(
            "insert into checklist values ('00000000-0000-0000-0000-0000000000c2', 'ouverture', 2, '2026-12-06', 'Ouverture', '{5}', '{09:00}', 0);
             insert into checklist_item values ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000c2', 0, 'Volets')",
        )
        .await;
    let version = async || snapshots::me(&s.coop.backend, s.solene).await.unwrap().sheets[0].checklists[0].version;
    assert_eq!(version().await, 1);
    s.coop.sql("update checklist set from_on = '2026-12-05' where version = 2").await;
    assert_eq!(version().await, 2);
}
