//! Leaving at a date, two cards that are one person's, and being erased: each is one act.

mod coop;

use backend::error::Error;
use backend::{register, share};
use chrono::{Duration, NaiveDate};
use coop::{Coop, assert_invariants};
use domain::catalogue::Cents;
use domain::command::Command;
use domain::event::{Answer, Attendee, Placed};
use domain::id::{ErasureId, JoiningId, MemberId, SeatId};
use domain::register::{Deed, Mistake, Status};
use domain::share::{How, Refund, WrittenPayment, WrittenShare};
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

const ORIGIN: &str = "https://alpar.example";

impl Coop {
    /// Margaux and Ugo, of the office; Camille.
    async fn office_and_camille(&self) -> (MemberId, MemberId, MemberId) {
        let (margaux, ugo) = (self.member("Margaux").await, self.member("Ugo").await);
        self.in_office(margaux).await;
        self.in_office(ugo).await;
        (margaux, ugo, self.member("Camille").await)
    }

    /// On a team of that day, whose lead Solène is.
    async fn on_a_team(&self, member: MemberId, lead: MemberId, in_days: u64) -> SeatId {
        let shift = self.shift(in_days, 9, 3).await;
        self.asks(SeatId::new(shift, 0), true, None).await;
        self.sits(lead, SeatId::new(shift, 0)).await;
        self.sits(member, SeatId::new(shift, 1)).await;
        SeatId::new(shift, 1)
    }

    async fn has_paid(&self, office: MemberId, member: MemberId, cents: i64) {
        let on = paris_day(self.now());
        let written = WrittenShare { cents: Cents(10_000), on };
        share::subscribe(&self.backend, office, self.id(), member, written).await.unwrap().unwrap();
        let payment = WrittenPayment { cents: Cents(cents), on, how: How::Transfer };
        share::pay(&self.backend, office, self.id(), member, payment).await.unwrap().unwrap();
    }

    async fn gives_back(&self, office: MemberId, member: MemberId, cents: i64) -> Result<(), Vec<Mistake>> {
        let payment = WrittenPayment { cents: Cents(cents), on: paris_day(self.now()), how: How::Transfer };
        share::refund(&self.backend, office, self.id(), member, payment).await.unwrap()
    }

    async fn leaves(&self, office: MemberId, member: MemberId, on: NaiveDate) -> Result<usize, Vec<Mistake>> {
        let left = register::leave(&self.backend, office, self.id(), member, (on, "déménage"), ORIGIN).await.unwrap();
        left.map(|sessions| sessions.len())
    }

    async fn status(&self, office: MemberId, member: MemberId) -> Status {
        register::card(&self.backend, office, member).await.unwrap().status
    }

    async fn devices(&self, member: MemberId) -> i64 {
        self.count(&format!("select count(*) from session where member_id = '{member}' and revoked_at is null")).await
    }

    async fn credit(&self, member: MemberId) -> i64 {
        self.count(&format!(
            "select coalesce(sum(coalesce(credit, 180 * shifts)), 0)::bigint from ledger_entry where member_id = '{member}'"
        ))
        .await
    }

    /// The texts of the mails on their way to a member.
    async fn mails_to(&self, member: MemberId) -> Vec<String> {
        sqlx::query_scalar(
            "select j.payload->>'text' from graphile_worker._private_jobs j
             where j.payload->>'to' = (select email from member where member_id = $1) order by j.id",
        )
        .bind(member)
        .fetch_all(&self.backend.pool)
        .await
        .unwrap()
    }

    fn today(&self) -> NaiveDate {
        paris_day(self.now())
    }

    fn passes(&self, days: i64) {
        self.backend.clock.set(self.now() + Duration::days(days));
    }
}

#[sqlx::test(migrations = false)]
async fn whoever_leaves_today_holds_nothing_any_more_and_may_read_what_was_theirs(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, camille) = coop.office_and_camille().await;
    let (solene, theo) = (coop.member("Solène").await, coop.organiser().await);
    let seat = coop.on_a_team(camille, solene, 5).await;
    let offer = coop.gives(camille, seat).await;
    let supper = coop.announces(theo, &coop.supper("Soupe", 8, "20")).await;
    assert!(matches!(coop.answers(camille, supper, Answer::Yes, 0).await, Placed::Seated { .. }));
    coop.in_group(camille, "caisse").await;
    let today = coop.today();
    let id = coop.id();
    coop.sql(&format!("insert into mandate values ('{id}', '{camille}', '2026-01-01', '2027-12-31')")).await;
    coop.device_of(camille).await;
    coop.has_paid(margaux, camille, 6_000).await;

    let said = register::leaving_preview(&coop.backend, margaux, camille, today).await.unwrap().unwrap();
    let lead = said.seats[0].lead.as_ref().map(ToString::to_string);
    assert_eq!((said.seats.len(), lead.as_deref()), (1, Some("Solène T.")));
    assert_eq!((said.offers, said.devices, said.answers.as_slice()), (1, 1, &["Soupe".to_owned()][..]));
    assert_eq!((said.groups.len(), said.paid, said.last_of_office), (1, Some(Cents(6_000)), false));
    assert_eq!(coop.status(margaux, camille).await, Status::Active, "nothing is done yet");

    assert_eq!(coop.leaves(margaux, camille, today).await, Ok(1));
    assert_invariants(&coop).await;
    assert_eq!(coop.holder(seat).await, None);
    assert_eq!(coop.offer_state(offer).await, "superseded");
    assert!(coop.told(solene).await.contains(&"team_changed".to_owned()));
    assert_eq!(coop.gathering(supper).await.placed(Attendee::Member(camille)), Some(Placed::No));
    assert_eq!(coop.devices(camille).await, 0);
    for gone in ["group_member", "watch", "waiting"] {
        assert_eq!(coop.count(&format!("select count(*) from {gone} where member_id = '{camille}'")).await, 0, "{gone}");
    }
    assert_eq!(
        coop.count(&format!(
            "select count(*) from mandate where member_id = '{camille}' and ended_on is distinct from '{today}'"
        ))
        .await,
        0
    );
    assert_eq!(coop.status(margaux, camille).await, Status::Left { on: today });
    let trail = register::trail(&coop.backend, margaux, camille).await.unwrap();
    let deeds: Vec<Deed> = trail.lines.into_iter().map(|line| line.deed).take(2).collect();
    assert_eq!(deeds, [Deed::Left, Deed::Leaving { on: today }]);

    // Thirty days, read only.
    let mails = coop.mails_to(camille).await;
    let link = mails.iter().find_map(|mail| mail.split("/depart/").nth(1)).expect("a link");
    let secret = link.split_whitespace().next().expect("a secret").to_owned();
    let data = register::own_data_of(&coop.backend, &secret).await.unwrap();
    assert_eq!((data.name.as_str(), data.until), ("Camille Test", Some(plus_days(today, 30))));
    assert!(matches!(register::own_data_of(&coop.backend, "autre").await, Err(Error::NotFound)));

    // What was paid in goes back, once.
    assert_eq!(coop.gives_back(margaux, camille, 6_001).await, Err(vec![Mistake::RefundTooLarge { paid: Cents(6_000) }]));
    coop.gives_back(margaux, camille, 6_000).await.unwrap();
    assert_eq!(coop.gives_back(margaux, camille, 6_000).await, Err(vec![Mistake::AlreadyRefunded { on: today }]));
    assert_eq!(share::finances(&coop.backend, margaux).await.unwrap().total(), Cents::ZERO);

    coop.passes(31);
    assert!(matches!(register::own_data_of(&coop.backend, &secret).await, Err(Error::NotFound)));
}

#[sqlx::test(migrations = false)]
async fn at_a_date_seats_come_free_at_once_and_the_rest_on_the_day(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, camille) = coop.office_and_camille().await;
    let solene = coop.member("Solène").await;
    let (before, after) = (coop.on_a_team(camille, solene, 5).await, coop.on_a_team(camille, solene, 12).await);
    coop.in_group(camille, "caisse").await;
    coop.device_of(camille).await;
    let on = plus_days(coop.today(), 10);
    assert_eq!(coop.leaves(margaux, camille, on).await, Ok(0));
    assert_eq!((coop.holder(before).await, coop.holder(after).await), (Some(camille), None));
    assert_eq!((coop.devices(camille).await, coop.status(margaux, camille).await), (1, Status::Leaving { on }));
    assert_eq!(coop.leaves(margaux, camille, on).await, Err(vec![Mistake::AlreadyLeaving { on }]));
    assert_eq!(register::departures(&coop.backend).await.unwrap(), 0, "it is not the day yet");

    coop.passes(10);
    assert_eq!(register::departures(&coop.backend).await.unwrap(), 1);
    assert_eq!(register::departures(&coop.backend).await.unwrap(), 0, "once");
    assert_eq!((coop.devices(camille).await, coop.mails_to(camille).await.len()), (0, 1));
    assert_eq!(coop.count(&format!("select count(*) from group_member where member_id = '{camille}'")).await, 0);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn they_may_stay_after_all(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, camille) = coop.office_and_camille().await;
    coop.has_paid(margaux, camille, 10_000).await;
    let stay = async || register::stay(&coop.backend, margaux, coop.id(), camille).await.unwrap();
    assert_eq!(stay().await, Err(vec![Mistake::NotLeaving]));
    coop.leaves(margaux, camille, plus_days(coop.today(), 10)).await.unwrap();
    stay().await.unwrap();
    coop.passes(11);
    assert_eq!(register::departures(&coop.backend).await.unwrap(), 0);
    // Or come back, before the share is given back.
    coop.leaves(margaux, camille, coop.today()).await.unwrap();
    stay().await.unwrap();
    assert_eq!(coop.status(margaux, camille).await, Status::Active);
    assert_eq!(coop.gives_back(margaux, camille, 10_000).await, Err(vec![Mistake::RefundNotDue]));
}

#[sqlx::test(migrations = false)]
async fn somebody_of_the_office_is_always_left_and_only_they_let_somebody_go(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, ugo, camille) = coop.office_and_camille().await;
    let today = coop.today();
    let refused = register::leave(&coop.backend, camille, coop.id(), ugo, (today, ""), ORIGIN).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
    assert!(matches!(register::leaving_preview(&coop.backend, camille, ugo, today).await, Err(Error::NotAllowed)));
    coop.leaves(margaux, ugo, today).await.unwrap();
    assert_eq!(coop.leaves(margaux, margaux, today).await, Err(vec![Mistake::LastOfOffice]));
}

#[sqlx::test(migrations = false)]
async fn two_cards_become_one_and_nothing_is_lost(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, ugo, keeps) = coop.office_and_camille().await;
    let (goes, solene) = (coop.member("Camille").await, coop.member("Solène").await);
    let seat = coop.on_a_team(goes, solene, 5).await;
    coop.in_group(goes, "caisse").await;
    coop.has_paid(margaux, goes, 5_000).await;
    coop.sql(&format!("update member set phone = '06 12 34 56 78' where member_id = '{goes}'")).await;
    coop.device_of(goes).await;
    let before = coop.credit(keeps).await + coop.credit(goes).await;
    assert_eq!(register::alikes(&coop.backend, margaux).await.unwrap().pairs.len(), 1);
    let said = register::merge_preview(&coop.backend, margaux, keeps, goes).await.unwrap();
    assert_eq!((said.moved.len(), said.freed.len(), &said.mistake), (1, 0, &None));

    let form = coop.id();
    for _ in 0..2 {
        register::merge(&coop.backend, margaux, form, keeps, goes).await.unwrap().unwrap();
    }
    assert_invariants(&coop).await;
    assert_eq!(coop.holder(seat).await, Some(keeps));
    assert_eq!((coop.credit(keeps).await, coop.credit(goes).await), (before, 0));
    let card = register::card(&coop.backend, margaux, keeps).await.unwrap();
    assert_eq!(card.share().expect("it came along").paid(), Cents(5_000));
    assert_eq!((card.written.phone.as_deref(), card.groups.len()), (Some("06 12 34 56 78"), 1));
    assert_eq!((coop.status(margaux, goes).await, coop.devices(goes).await), (Status::Merged { into: keeps }, 0));
    assert!(register::alikes(&coop.backend, margaux).await.unwrap().pairs.is_empty());

    // Two shares that were paid for are two people's money; nobody merges their own card away.
    coop.has_paid(margaux, ugo, 10_000).await;
    let both = register::merge(&coop.backend, margaux, coop.id(), keeps, ugo).await.unwrap();
    assert_eq!(both, Err(vec![Mistake::BothHaveShares]));
    let own = register::merge(&coop.backend, margaux, coop.id(), keeps, margaux).await.unwrap();
    assert_eq!(own, Err(vec![Mistake::NotYourself]));
    assert!(matches!(register::merge(&coop.backend, keeps, coop.id(), keeps, ugo).await, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn a_share_that_comes_along_from_a_card_whose_member_had_left_is_not_given_back(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, keeps) = coop.office_and_camille().await;
    let goes = coop.member("Camille").await;
    coop.has_paid(margaux, goes, 10_000).await;
    coop.leaves(margaux, goes, coop.today()).await.unwrap();
    // They came back, and got another card.
    register::merge(&coop.backend, margaux, coop.id(), keeps, goes).await.unwrap().unwrap();
    let card = register::card(&coop.backend, margaux, keeps).await.unwrap();
    let share = card.share().expect("it came along");
    assert_eq!((share.paid(), share.refund), (Cents(10_000), Refund::NotDue));
    assert_eq!(coop.gives_back(margaux, keeps, 10_000).await, Err(vec![Mistake::RefundNotDue]));
}

#[sqlx::test(migrations = false)]
async fn their_groups_hear_that_they_left_and_what_they_asked_of_others_ends(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, camille) = coop.office_and_camille().await;
    let lea = coop.member("Léa").await;
    coop.in_group(camille, "vie-sociale").await;
    coop.sql("update group_member set referent = true where group_id in (select group_id from working_group where slug = 'vie-sociale')").await;
    coop.in_group(lea, "vie-sociale").await;
    coop.in_group(lea, "caisse").await;
    let joining = JoiningId(coop.id());
    coop.does(camille, Command::AskToJoin { joining, group: coop.group("caisse").await, word: "Volontiers".into() }).await;
    assert_eq!(coop.me(lea).await.admits.len(), 1);
    coop.leaves(margaux, camille, coop.today()).await.unwrap();
    assert!(coop.told(lea).await.contains(&"referent_wanted".to_owned()));
    let me = coop.me(lea).await;
    assert!(me.admits.is_empty() && me.runs.contains(&coop.group("vie-sociale").await), "{me:?}");
}

#[sqlx::test(migrations = false)]
async fn of_two_cards_mandates_come_along_but_for_one_that_meets_another(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, keeps) = coop.office_and_camille().await;
    let goes = coop.member("Camille").await;
    for (who, seat, from, to) in
        [(keeps, 1, "2026-01-01", "2027-12-31"), (goes, 2, "2026-06-01", "2027-06-01"), (goes, 2, "2024-01-01", "2025-12-31")]
    {
        let id = coop.id();
        coop.sql(&format!(
            "insert into mandate (mandate_id, member_id, from_on, to_on, seat) values ('{id}', '{who}', '{from}', '{to}', {seat})"
        ))
        .await;
    }
    register::merge(&coop.backend, margaux, coop.id(), keeps, goes).await.unwrap().unwrap();
    let today = coop.today();
    assert_eq!(coop.count(&format!("select count(*) from mandate where member_id = '{keeps}'")).await, 2);
    let ended = format!("select count(*) from mandate where member_id = '{goes}' and ended_on = '{today}'");
    assert_eq!(coop.count(&ended).await, 1);
}

#[sqlx::test(migrations = false)]
async fn erased_nothing_names_them_and_what_was_counted_stays(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, _, camille) = coop.office_and_camille().await;
    let solene = coop.member("Solène").await;
    let seat = coop.on_a_team(camille, solene, 5).await;
    coop.device_of(camille).await;
    coop.has_paid(margaux, camille, 10_000).await;
    let counted = coop.credit(camille).await;
    let erasure = ErasureId(coop.id());
    coop.does(camille, Command::AskErasure { erasure, word: "Je m’en vais".into() }).await;
    let waiting = register::erasures(&coop.backend, margaux).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].paid), (1, Cents(10_000)));

    let erase = async || register::erase(&coop.backend, margaux, coop.id(), erasure).await.unwrap();
    assert_eq!(erase().await, Err(vec![Mistake::RefundFirst { paid: Cents(10_000) }]));
    coop.leaves(margaux, camille, coop.today()).await.unwrap();
    coop.gives_back(margaux, camille, 10_000).await.unwrap();
    erase().await.unwrap();
    assert_eq!(erase().await, Err(vec![Mistake::RequestClosed]));

    assert_invariants(&coop).await;
    assert_eq!((coop.holder(seat).await, coop.devices(camille).await), (None, 0));
    assert_eq!(coop.credit(camille).await, counted);
    let card = register::card(&coop.backend, margaux, camille).await.unwrap();
    assert_eq!((card.name().as_str(), card.written.email.as_str(), card.status), ("Membre effacé", "", Status::Erased));
    for table in ["member", "session", "erasure_request", "notice", "departure"] {
        let named = format!("select count(*) from {table} t where t::text ilike '%camille%' or t::text ilike '%vais%'");
        assert_eq!(coop.count(&named).await, 0, "{table}");
    }
    let refused = register::erase(&coop.backend, camille, coop.id(), erasure).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn an_erasure_is_answered_by_another_one_of_the_office(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, ugo, _) = coop.office_and_camille().await;
    let erasure = ErasureId(coop.id());
    coop.does(margaux, Command::AskErasure { erasure, word: String::new() }).await;
    let own = register::erase(&coop.backend, margaux, coop.id(), erasure).await.unwrap();
    assert_eq!(own, Err(vec![Mistake::NotYourself]));
    let mute = register::refuse_erasure(&coop.backend, ugo, coop.id(), erasure, " ").await.unwrap();
    assert_eq!(mute, Err(vec![Mistake::TextMissing]));
    register::refuse_erasure(&coop.backend, ugo, coop.id(), erasure, "Ta part d’abord").await.unwrap().unwrap();
    assert!(coop.me(margaux).await.register.erasure.is_none());
    // Asked again.
    let again = ErasureId(coop.id());
    coop.does(margaux, Command::AskErasure { erasure: again, word: String::new() }).await;
    coop.does(margaux, Command::WithdrawErasure { erasure: again }).await;
}

#[sqlx::test(migrations = false)]
async fn what_they_had_in_hand_comes_along_to_another_card_and_waits_for_somebody_once_they_leave(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let coop = Coop::new(at).await;
    let (margaux, paul, goes) = coop.office_and_camille().await;
    let keeps = coop.member("Camille").await;
    coop.in_group(goes, "vie-sociale").await;
    let (group, now) = (coop.group("vie-sociale").await, coop.now());
    coop.sql(&format!(
        "insert into dossier (dossier_id, group_id, title, matter, holder_id, by_member, at) values
            (gen_random_uuid(), '{group}', 'La salle', '\"task\"', '{goes}', '{goes}', '{now}'),
            (gen_random_uuid(), '{group}', 'Zoé', '{{\"volunteer\":{{\"tutor\":\"{goes}\"}}}}', null, '{margaux}', '{now}');
         insert into absence (absence_id, employee_id, from_on, until_on, deputy_id, by_member, at)
         values (gen_random_uuid(), '{paul}', '2026-12-05', '2026-12-20', '{goes}', '{margaux}', '{now}')"
    ))
    .await;
    let in_hand = async |who: MemberId| {
        let dossiers =
            format!("select count(*) from dossier where holder_id = '{who}' or matter->'volunteer'->>'tutor' = '{who}'");
        let absences = format!("select count(*) from absence where deputy_id = '{who}' and ended_on is null");
        (coop.count(&dossiers).await, coop.count(&absences).await)
    };
    assert_eq!(in_hand(goes).await, (2, 1));
    register::merge(&coop.backend, margaux, coop.id(), keeps, goes).await.unwrap().unwrap();
    assert_eq!((in_hand(goes).await, in_hand(keeps).await), ((0, 0), (2, 1)));
    assert_eq!(coop.me(keeps).await.dossiers.len(), 2);
    coop.leaves(margaux, keeps, coop.today()).await.unwrap();
    assert_eq!(in_hand(keeps).await, (0, 0));
    assert_eq!(coop.count("select count(*) from dossier").await, 2, "they are the group's");
}
