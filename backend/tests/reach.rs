//! Whom what we send does not reach, for the office alone; and what the machine says of itself.

mod coop;

use backend::error::Error;
use backend::notify::{self, Came, bounced, next, plan, settle};
use backend::reach::{letter, to_reach};
use backend::{brief, jobs, snapshots};
use chrono::Duration;
use coop::{Coop, today};
use domain::command::Command;
use domain::id::{MemberId, SeatId};
use domain::machine::Trouble;
use domain::notify::Channel;
use domain::outcome::Outcome;
use domain::reach::{Rank, ToReach, Why};
use domain::reason::Reason;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

impl Coop {
    /// Has been in the app.
    async fn signed_in(&self, member: MemberId) {
        self.sql(&format!(
            "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
             values ('{0}', '{0}', '{member}', 'a@example.org', 'Chrome', '2026-11-01T08:00:00Z', '2026-12-01')",
            self.id()
        ))
        .await;
    }

    /// Has been in the app, on a device that shows pushes.
    async fn with_device(&self, member: MemberId) {
        self.signed_in(member).await;
        self.sql(&format!(
            "insert into push_subscription select gen_random_uuid(), session_id, member_id, 'https://push.example.org/' || session_id,
                '4', '1', created_at from session where member_id = '{member}'"
        ))
        .await;
    }

    async fn email(&self, member: MemberId) -> String {
        sqlx::query_scalar("select email from member where member_id = $1")
            .bind(member)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap()
    }

    async fn bounces(&self, member: MemberId) {
        bounced(&self.backend, &self.email(member).await, "the mail server answered 550").await.unwrap();
    }

    /// Margaux, who is of the office, and whom everything reaches.
    async fn margaux(&self) -> MemberId {
        let margaux = self.newcomer("Margaux").await;
        self.in_office(margaux).await;
        self.with_device(margaux).await;
        margaux
    }

    async fn list(&self, asking: MemberId) -> ToReach {
        to_reach(&self.backend, asking).await.unwrap()
    }

    /// Everything that is due by mail ends like this.
    async fn mails_end(&self, came: Came) {
        plan(&self.backend).await.unwrap();
        while let Some(batch) = next(&self.backend, Channel::Mail).await.unwrap() {
            settle(&self.backend, &batch.waiting, &came, &[]).await.unwrap();
        }
    }
}

fn people(list: &ToReach) -> Vec<(&str, Rank, &[Why])> {
    list.people.iter().map(|person| (person.first_name.as_str(), person.rank, person.why.as_slice())).collect()
}

/// The office has closed a shift of this member's, in so many days.
async fn closed(coop: &Coop, office: MemberId, member: MemberId, in_days: u64) -> SeatId {
    let seat = coop.seat_of(member, in_days, 9).await;
    let treatment = domain::shifts::Treatment::Excused;
    coop.does(office, Command::CloseShift { shift: seat.shift, why: "Neige".into(), treatment }).await;
    seat
}

#[sqlx::test(migrations = false)]
async fn the_list_says_who_is_not_reached_and_why_and_who_comes_first(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let [yvette, hugo, jeanne, lea, nour] = ["Yvette", "Hugo", "Jeanne", "Léa", "Nour"].map(|name| coop.newcomer(name));
    let (yvette, hugo, jeanne, lea, nour) = (yvette.await, hugo.await, jeanne.await, lea.await, nour.await);
    for member in [yvette, hugo, lea] {
        coop.signed_in(member).await;
    }
    coop.with_device(nour).await;
    // Jeanne was never in the app and works in ten days; Léa has no device, but mail reaches her.
    coop.sits(jeanne, SeatId::new(coop.shift(10, 12, 1).await, 0)).await;
    assert_eq!(people(&coop.list(margaux).await), [("Jeanne", Rank::Welcome, [Why::NeverSignedIn].as_slice())]);

    // Hugo's address came back; Yvette's shift is closed, and she has not seen it after a day.
    coop.bounces(hugo).await;
    let shut = closed(&coop, margaux, yvette, 3).await;
    closed(&coop, margaux, nour, 12).await;
    let told_at = coop.now();
    coop.backend.clock.set(told_at + Duration::hours(25));
    let list = coop.list(margaux).await;
    let since = told_at;
    assert_eq!(
        people(&list),
        [
            ("Yvette", Rank::Tell, [Why::NotSeen { since }, Why::NoDevice].as_slice()),
            ("Hugo", Rank::Mend, [Why::Bounced { at: told_at }, Why::NoDevice].as_slice()),
            ("Jeanne", Rank::Welcome, [Why::NeverSignedIn].as_slice()),
        ]
    );
    assert_eq!(list.people[0].ways, [Channel::Mail]);
    assert_eq!(list.people[1].ways, []);
    assert!(list.spoken_of.shifts.contains_key(&shut.shift));
    assert_eq!(list.urgent(), 2);
    // What she must be told is in the letter too, with her shifts to come.
    let later = SeatId::new(coop.shift(20, 15, 1).await, 0);
    coop.sits(yvette, later).await;
    let printed = letter(&coop.backend, margaux, yvette).await.unwrap();
    assert_eq!((printed.first_name.as_str(), printed.untold.len()), ("Yvette", 1));
    assert_eq!(printed.next.iter().map(|when| when.shift).collect::<Vec<_>>(), [later.shift]);
}

#[sqlx::test(migrations = false)]
async fn what_somebody_of_the_office_said_is_seen_and_both_names_are_kept(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let yvette = coop.newcomer("Yvette").await;
    coop.bounces(yvette).await;
    closed(&coop, margaux, yvette, 9).await;
    let list = coop.list(margaux).await;
    assert_eq!(list.people[0].rank, Rank::Tell, "nothing reaches her: at once");
    let mut said = coop.envelope(Command::MarkSeen { notice: list.people[0].untold[0].id });
    said.on_behalf_of = Some(yvette);
    let nour = coop.member("Nour").await;
    assert_eq!(coop::reason(coop.perform(nour, &said).await), Reason::NotAllowed);
    said.id = domain::id::CommandId(coop.id());
    assert!(matches!(coop.perform(margaux, &said).await, Outcome::Applied { .. }));
    let kept = format!(
        "select count(*) from command_log where member_id = '{yvette}' and by_member = '{margaux}' and kind = 'mark_seen'"
    );
    assert_eq!(coop.count(&kept).await, 1);
    let list = coop.list(margaux).await;
    assert_eq!(people(&list), [("Yvette", Rank::Mend, [Why::Bounced { at: today() }, Why::NeverSignedIn].as_slice())]);
}

#[sqlx::test(migrations = false)]
async fn who_left_who_comes_later_and_what_is_no_longer_true_are_not_listed(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let (gone, to_come, lea) = (coop.newcomer("Parti").await, coop.newcomer("Demain").await, coop.member("Léa").await);
    coop.signed_in(lea).await;
    for member in [gone, to_come] {
        coop.bounces(member).await;
    }
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{gone}'")).await;
    coop.sql(&format!("update member set joined_on = '2026-12-03' where member_id = '{to_come}'")).await;
    // Karim took Léa's place; then she has it again: she need not be told.
    let karim = coop.member("Karim").await;
    coop.signed_in(karim).await;
    let seat = coop.seat_of(lea, 3, 12).await;
    for (from, to) in [(lea, karim), (karim, lea)] {
        let offer = coop.gives(from, seat).await;
        coop.does(to, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    }
    coop.backend.clock.set(today() + Duration::hours(23));
    let list = coop.list(margaux).await;
    assert_eq!(people(&list), [], "{list:?}");
    coop.backend.clock.set(today() + Duration::hours(49));
    let named: Vec<String> = coop.list(margaux).await.people.into_iter().map(|person| person.first_name).collect();
    assert_eq!(named, ["Karim", "Demain"], "he must hear that he need not come; who joined by now is there");
}

#[sqlx::test(migrations = false)]
async fn only_the_office_reads_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, nour) = (coop.margaux().await, coop.member("Nour").await);
    let employee = coop.newcomer("Paul").await;
    coop.sql(&format!("update member set employee = true where member_id = '{employee}'")).await;
    for office in [margaux, employee] {
        assert!(to_reach(&coop.backend, office).await.is_ok());
        assert!(letter(&coop.backend, office, nour).await.is_ok());
        assert!(jobs::machine(&coop.backend, office).await.is_ok());
    }
    assert!(matches!(to_reach(&coop.backend, nour).await, Err(Error::NotAllowed)));
    assert!(matches!(letter(&coop.backend, nour, nour).await, Err(Error::NotAllowed)));
    assert!(matches!(jobs::machine(&coop.backend, nour).await, Err(Error::NotAllowed)));
    assert!(matches!(letter(&coop.backend, margaux, MemberId(coop.id())).await, Err(Error::NotFound)));
    // A right ends with the membership.
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{margaux}'")).await;
    assert!(matches!(to_reach(&coop.backend, margaux).await, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn to_an_address_that_came_back_no_mail_is_tried_and_its_member_sees_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let lea = coop.newcomer("Léa").await;
    let me = async || snapshots::me(&coop.backend, lea).await.unwrap();
    let before = me().await;
    coop.bounces(lea).await;
    let after = me().await;
    assert_eq!((before.address_bounced, after.address_bounced), (false, true));
    assert!(after.marks > before.marks, "her devices ask again");
    closed(&coop, margaux, lea, 9).await;
    plan(&coop.backend).await.unwrap();
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    let ended = "select count(*) from delivery where channel = 'mail' and state = 'failed' and tries = 1
        and why = 'the address came back' and handed_at is null and ended_at is not null";
    assert_eq!(coop.count(ended).await, 1);
    assert_eq!(jobs::machine(&coop.backend, margaux).await.unwrap().undelivered, [], "she is on the other list, by name");
}

#[sqlx::test(migrations = false)]
async fn a_code_that_was_typed_proves_the_address_and_mails_leave_again(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let lea = coop.newcomer("Léa").await;
    let email = coop.email(lea).await;
    coop.bounces(lea).await;
    backend::auth::request_code(&coop.backend, &email, [192, 0, 2, 1].into()).await.unwrap();
    let mail: String = sqlx::query_scalar("select payload->>'text' from graphile_worker._private_jobs order by id desc limit 1")
        .fetch_one(&coop.backend.pool)
        .await
        .unwrap();
    let code = mail.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("codes are sent all the same");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let flagged = "select count(*) from bounced_address";
    backend::auth::verify_code(&coop.backend, &email, wrong, "Téléphone").await.unwrap();
    assert_eq!(coop.count(flagged).await, 1, "a wrong code proves nothing");
    backend::auth::verify_code(&coop.backend, &email, code, "Téléphone").await.unwrap();
    assert_eq!(coop.count(flagged).await, 0);
    assert!(!snapshots::me(&coop.backend, lea).await.unwrap().address_bounced);
    closed(&coop, margaux, lea, 9).await;
    plan(&coop.backend).await.unwrap();
    assert_eq!(next(&coop.backend, Channel::Mail).await.unwrap().unwrap().member, lea);
}

#[sqlx::test(migrations = false)]
async fn mails_that_do_not_arrive_put_their_member_on_the_list_until_one_does(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let lea = coop.newcomer("Léa").await;
    coop.signed_in(lea).await;
    closed(&coop, margaux, lea, 20).await;
    coop.mails_end(Came::Failed { why: "the mail server answered 554".into() }).await;
    let since = coop.now();
    let why = [Why::Failing { by: Channel::Mail, since }, Why::NoDevice];
    assert_eq!(coop.list(margaux).await.people[0].why[1..], why, "told at once: nothing reaches her");
    assert_eq!(coop.list(margaux).await.people[0].ways, []);
    coop.backend.clock.set(coop.now() + Duration::hours(1));
    closed(&coop, margaux, lea, 21).await;
    coop.mails_end(Came::Sent).await;
    assert_eq!(people(&coop.list(margaux).await), []);
}

#[sqlx::test(migrations = false)]
async fn the_machine_says_what_failed_how_often_and_since_when(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let machine = async || jobs::machine(&coop.backend, margaux).await.unwrap();
    assert_eq!(machine().await.troubles(), 0);
    for (name, tries) in [("Léa", 7), ("Karim", 9)] {
        let member = coop.newcomer(name).await;
        coop.sql(&format!(
            "insert into delivery (occasion, member_id, channel, notice, at, due_at, state, why, ended_at)
             values ('{name}', '{member}', 'mail', '{{}}', '2026-12-01T05:00:00Z', '2026-12-01T05:00:00Z', 'failed',
                'the mail server answered 451 ({tries} tries)', '2026-12-01T06:0{tries}:00Z'),
             ('{name}!', '{member}', 'push', '{{}}', '2026-12-01T06:00:00Z', '2026-12-01T06:00:00Z', 'waiting', null, null)"
        ))
        .await;
    }
    let now = machine().await;
    let [one] = now.undelivered.as_slice() else { panic!("{:?}", now.undelivered) };
    assert_eq!(
        (one.channel, one.why.as_str(), one.count, one.still_tried),
        (Channel::Mail, "the mail server answered 451", 2, false)
    );
    assert_eq!((one.since, one.last), (today() - Duration::hours(2), today() - Duration::minutes(51)));
    assert_eq!((now.overdue.count, now.overdue.since), (2, Some(today() - Duration::hours(1))));
    coop.sql("insert into due_work (kind, key, due_at) values ('expire', 'a', '2026-12-01T06:59:00Z')").await;
    assert_eq!(machine().await.undone.count, 0, "the next tick does it");
    coop.backend.clock.set(today() + Duration::minutes(10));
    assert_eq!(machine().await.undone.count, 1);
    assert_eq!(machine().await.troubles(), 3);
}

#[sqlx::test(migrations = false)]
async fn a_job_s_failures_are_counted_until_it_works_again(_: PgPoolOptions, at: PgConnectOptions) {
    use std::sync::Arc;
    #[derive(Debug)]
    struct Nowhere;
    impl jobs::Mailer for Nowhere {
        fn send(&self, _: jobs::Mail, _: i64) -> jobs::Delivery<'_> {
            Box::pin(async { Err("the mail server broke off".into()) })
        }
    }
    impl notify::Courier for Nowhere {
        fn carry(&self, batch: notify::Batch) -> notify::Carrying<'_> {
            panic!("nobody is told anything here: {batch:?}");
        }
    }
    impl brief::mail::Postman for Nowhere {
        fn carry(&self, copy: brief::mail::BriefCopy) -> brief::mail::CarryingCopy<'_> {
            panic!("no brief is out here: {copy:?}");
        }

        fn pace(&self) -> u32 {
            30
        }
    }
    let coop = Coop::of(at, 12, today()).await;
    let margaux = coop.margaux().await;
    // A rule that this build cannot read: what the night generates cannot be.
    coop.sql("update setting set rules = jsonb_set(rules, '{cycle}', '\"none\"')").await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = jobs::run_worker(coop.backend.clone(), Arc::new(Nowhere), Arc::new(Nowhere), Arc::new(Nowhere), async {
        stopped.await.ok();
    });
    let seen = async {
        loop {
            let machine = jobs::machine(&coop.backend, margaux).await.unwrap();
            let of = |name: &str| machine.jobs.iter().find(|job| job.name == name).cloned();
            let went = ["due", "push", "mail", "purge"].map(|name| of(name).is_some_and(|job| job.last_ok_at.is_some()));
            let failed = of("generate").filter(|job| job.failures > 0);
            if let (true, Some(failed)) = (went.iter().all(|ok| *ok), failed) {
                stop.send(()).unwrap();
                return failed;
            }
            tokio::task::yield_now().await;
        }
    };
    let (ran, failed) = tokio::join!(worker, seen);
    ran.unwrap();
    assert_eq!((failed.last_ok_at, failed.failing_since), (None, Some(today())));
    assert!(failed.why.is_some());
    // It keeps failing: whoever looks sees it.
    coop.sql("update job set failures = 3 where job = 'generate'").await;
    let job = async || {
        let machine = jobs::machine(&coop.backend, margaux).await.unwrap();
        machine.jobs.into_iter().find(|job| job.name == "generate").unwrap()
    };
    assert_eq!(job().await.trouble(coop.now()), Some(Trouble::Failing));
}
