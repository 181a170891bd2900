//! What people are told reaches them once: planned, checked against what is true by now, carried, and tried again.

mod coop;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use backend::auth;
use backend::notify::{self, Came, Carrying, Courier, Handed, next, plan, remind, revive, settle};
use chrono::{Duration, NaiveTime};
use coop::{Coop, today};
use domain::command::Command;
use domain::id::{MemberId, SeatId, ShiftId};
use domain::notify::{Ahead, Channel, Topic, remind_at};
use domain::time::{Instant, paris_clock};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::sync::{mpsc, watch};

impl Coop {
    /// State, and why, of each delivery to a member by a channel, oldest first.
    async fn deliveries(&self, member: MemberId, channel: Channel) -> Vec<(String, Option<String>)> {
        sqlx::query_as("select state, why from delivery where member_id = $1 and channel = $2 order by delivery_id")
            .bind(member)
            .bind(channel.as_str())
            .fetch_all(&self.backend.pool)
            .await
            .unwrap()
    }

    async fn states(&self, member: MemberId, channel: Channel) -> Vec<String> {
        self.deliveries(member, channel).await.into_iter().map(|(state, _)| state).collect()
    }
}

/// Léa has given her seat, and Karim has taken it: she is told, and the lead.
async fn given(coop: &Coop) -> (MemberId, MemberId, SeatId) {
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let seat = coop.seat_of(lea, 11, 12).await;
    let offer = coop.gives(lea, seat).await;
    coop.does(karim, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    (lea, karim, seat)
}

#[sqlx::test(migrations = false)]
async fn a_notice_is_planned_once_by_each_channel_whoever_plans(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    coop.subscribed(lea).await;
    let seat = coop.seat_of(lea, 10, 9).await;
    let karim = coop.member("Karim").await;
    let offer = coop.gives(lea, seat).await;
    coop.does(karim, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    let planned = futures::future::join_all((0..6).map(|_| plan(&coop.backend))).await;
    assert!(planned.into_iter().map(Result::unwrap).sum::<usize>() >= 2);
    for channel in Channel::ALL {
        assert_eq!(coop.states(lea, channel).await, ["waiting"], "{channel:?}");
    }
    assert_eq!(plan(&coop.backend).await.unwrap(), 0);
    let batch = next(&coop.backend, Channel::Push).await.unwrap().unwrap();
    assert_eq!((batch.member, batch.devices.len(), batch.waiting.len()), (lea, 1, 1));
    assert!(batch.spoken.shifts.contains_key(&seat.shift) && batch.spoken.people.contains_key(&karim));
    assert!(next(&coop.backend, Channel::Push).await.unwrap().is_none(), "it is in hand");
    settle(&coop.backend, &batch.waiting, &Came::Sent, &[]).await.unwrap();
    assert_eq!(coop.states(lea, Channel::Push).await, ["sent"]);
}

#[sqlx::test(migrations = false)]
async fn what_has_become_untrue_is_not_told(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, seat) = given(&coop).await;
    plan(&coop.backend).await.unwrap();
    // Karim gives it on, and Léa has it again before anybody was told.
    let offer = coop.gives(karim, seat).await;
    coop.does(lea, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    assert_eq!(coop.deliveries(lea, Channel::Mail).await, [("dropped".into(), Some("no longer true".into()))]);
}

#[sqlx::test(migrations = false)]
async fn who_left_or_switched_it_off_is_not_told(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let (hers, his) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 12, 9).await);
    coop.proposes(lea, hers, his).await;
    plan(&coop.backend).await.unwrap();
    coop.does(karim, Command::SetSwitch { topic: Topic::Exchanges, channel: Channel::Mail, on: false }).await;
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    assert_eq!(coop.deliveries(karim, Channel::Mail).await, [("dropped".into(), Some("switched off since".into()))]);

    let (zoe, _, _) = given(&coop).await;
    plan(&coop.backend).await.unwrap();
    sqlx::query("update member set left_on = '2026-12-01' where member_id = $1")
        .bind(zoe)
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    assert_eq!(coop.deliveries(zoe, Channel::Mail).await, [("dropped".into(), Some("the member left".into()))]);
}

#[sqlx::test(migrations = false)]
async fn a_device_that_was_signed_out_shows_no_more_pushes(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    coop.subscribed(lea).await;
    sqlx::query("update session set revoked_at = $1").bind(coop.now()).execute(&coop.backend.pool).await.unwrap();
    let seat = coop.seat_of(lea, 10, 9).await;
    let karim = coop.member("Karim").await;
    let offer = coop.gives(lea, seat).await;
    coop.does(karim, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    plan(&coop.backend).await.unwrap();
    assert_eq!((coop.states(lea, Channel::Push).await.len(), coop.states(lea, Channel::Mail).await.len()), (0, 1));
}

#[sqlx::test(migrations = false)]
async fn a_device_has_one_endpoint_the_last_that_it_was_given(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let (phone, laptop) = (coop.device_of(lea).await, coop.device_of(lea).await);
    let shows = async |who: &backend::auth::SignedIn, endpoint: &str| {
        let endpoint = format!("https://push.example.org/{endpoint}");
        notify::devices::subscribe(&coop.backend, who, &endpoint, &[4; 65], &[1; 16]).await.unwrap();
    };
    let known = async || -> Vec<String> {
        sqlx::query_scalar("select split_part(endpoint, '/', 4) from push_subscription order by 1")
            .fetch_all(&coop.backend.pool)
            .await
            .unwrap()
    };
    shows(&phone, "phone").await;
    shows(&laptop, "laptop").await;
    shows(&phone, "phone again").await;
    assert_eq!(known().await, ["laptop", "phone again"], "and the other device keeps its own");
    // Its tabs all notice the new one at once.
    let tabs = ["a", "b", "c", "d", "e", "f"].map(|tab| shows(&phone, tab));
    futures::future::join_all(tabs).await;
    assert_eq!(known().await.len(), 2);
    // Somebody else signs in on that laptop: what it shows is theirs from then on.
    let karim = coop.device_of(coop.member("Karim").await).await;
    shows(&karim, "laptop").await;
    assert_eq!(known().await.len(), 2);
    assert_eq!(notify::devices::endpoint_of(&coop.backend, &laptop).await.unwrap(), None);
    assert!(notify::devices::endpoint_of(&coop.backend, &karim).await.unwrap().is_some());
}

#[sqlx::test(migrations = false)]
async fn a_device_ends_with_its_session_and_its_member_s_page_says_so(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let phone = coop.device_of(lea).await;
    let on = async || {
        notify::devices::subscribe(&coop.backend, &phone, "https://push.example.org/a", &[4; 65], &[1; 16]).await.unwrap();
    };
    let sees = async || {
        let me = backend::snapshots::me(&coop.backend, lea).await.unwrap();
        (me.has_device, me.marks.get("me").copied())
    };
    let mut seen = vec![sees().await];
    on().await;
    seen.push(sees().await);
    notify::devices::unsubscribe(&coop.backend, &phone).await.unwrap();
    seen.push(sees().await);
    on().await;
    seen.push(sees().await);
    auth::revoke(&coop.backend, &phone, phone.session).await.unwrap();
    seen.push(sees().await);
    assert_eq!(seen.iter().map(|(has_device, _)| *has_device).collect::<Vec<_>>(), [false, true, false, true, false]);
    assert!(seen.is_sorted_by(|(_, before), (_, after)| before < after), "each is news: {seen:?}");

    // One that nobody opened for a year is forgotten with its session.
    coop.subscribed(lea).await;
    coop.sql("update session set last_seen_on = '2025-11-01' where revoked_at is null").await;
    auth::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from push_subscription").await, 0);
    assert_eq!(coop.count("select count(*) from session where revoked_at is null").await, 0);
}

#[sqlx::test(migrations = false)]
async fn at_night_it_waits_for_the_morning(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.backend.clock.set(today() + Duration::hours(14));
    let (lea, ..) = given(&coop).await;
    plan(&coop.backend).await.unwrap();
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    coop.backend.clock.set(today() + Duration::hours(23) + Duration::minutes(29));
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    coop.backend.clock.set(today() + Duration::hours(23) + Duration::minutes(30));
    assert_eq!(next(&coop.backend, Channel::Mail).await.unwrap().unwrap().member, lea);
}

#[sqlx::test(migrations = false)]
async fn what_could_not_be_handed_over_is_tried_later_and_later_and_fails_in_the_end(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, ..) = given(&coop).await;
    plan(&coop.backend).await.unwrap();
    let again = Came::Again { after: None, why: "the mail server answered 451".into() };
    let (start, mut tries) = (coop.now(), 0);
    loop {
        match next(&coop.backend, Channel::Mail).await.unwrap() {
            Some(batch) => {
                tries += 1;
                settle(&coop.backend, &batch.waiting, &again, &[]).await.unwrap();
                assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none(), "not at once");
            }
            None if coop.states(lea, Channel::Mail).await == ["failed"] => break,
            None => coop.backend.clock.set(coop.now() + Duration::minutes(5)),
        }
        assert!(coop.now() - start < Duration::hours(30), "it ends");
    }
    assert!((20..40).contains(&tries), "{tries}");
    let why = coop.deliveries(lea, Channel::Mail).await[0].1.clone().unwrap();
    assert!(why.starts_with("the mail server answered 451 ("), "{why}");
}

#[sqlx::test(migrations = false)]
async fn the_other_side_says_when_to_come_back(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    given(&coop).await;
    plan(&coop.backend).await.unwrap();
    let batch = next(&coop.backend, Channel::Mail).await.unwrap().unwrap();
    let came = Came::Again { after: Some(Duration::minutes(7)), why: "429".into() };
    settle(&coop.backend, &batch.waiting, &came, &[]).await.unwrap();
    coop.backend.clock.set(today() + Duration::minutes(7) - Duration::milliseconds(1));
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
    coop.backend.clock.set(today() + Duration::minutes(7));
    assert_eq!(next(&coop.backend, Channel::Mail).await.unwrap().unwrap().waiting[0].tries, 2);
}

#[sqlx::test(migrations = false)]
async fn what_a_process_had_in_hand_when_it_died_is_taken_up_and_marked(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    given(&coop).await;
    plan(&coop.backend).await.unwrap();
    let lost = next(&coop.backend, Channel::Mail).await.unwrap().unwrap();
    assert!(!lost.waiting[0].maybe_twice);
    assert_eq!(revive(&coop.backend).await.unwrap(), 0, "it may still be at it");
    coop.backend.clock.set(today() + Duration::seconds(121));
    assert_eq!(revive(&coop.backend).await.unwrap(), 1);
    let taken_up = next(&coop.backend, Channel::Mail).await.unwrap().unwrap();
    assert!(taken_up.waiting[0].maybe_twice);
    settle(&coop.backend, &taken_up.waiting, &Came::Sent, &[]).await.unwrap();
    // The dead one was only slow: what it says now changes nothing.
    settle(&coop.backend, &lost.waiting, &Came::Failed { why: "late".into() }, &[]).await.unwrap();
    assert_eq!(coop.count("select count(*) from delivery where state = 'sent' and maybe_twice").await, 1);
}

#[sqlx::test(migrations = false)]
async fn each_reminder_comes_at_its_hour_once_and_only_to_who_still_comes(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    coop.seat_of(lea, 10, 9).await;
    let other = coop.seat_of(karim, 13, 9).await;
    coop.does(lea, Command::SetReminders { reminders: vec![Ahead::Days(2), Ahead::Hours(3)] }).await;
    let start = today() + Duration::days(10) + Duration::hours(1);
    let mut reminded = BTreeSet::new();
    let mut now = coop.now();
    while now < start + Duration::hours(4) {
        coop.backend.clock.set(now);
        if remind(&coop.backend).await.unwrap() > 0 {
            reminded.insert(now);
        }
        now += Duration::minutes(15);
    }
    let wanted: BTreeSet<Instant> = [Ahead::Days(2), Ahead::Hours(3)].map(|ahead| remind_at(start, ahead)).into();
    assert!(wanted.iter().all(|at| reminded.contains(at)), "{reminded:?}");
    assert_eq!(coop.states(lea, Channel::Mail).await.len(), 2, "each once");
    assert_eq!(coop.states(karim, Channel::Mail).await.len(), 1, "a week before; two days before has not come");
    assert_eq!(paris_clock(*wanted.first().unwrap()), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    // Somebody who gave it away meanwhile is not reminded.
    coop.backend.clock.set(today() + Duration::days(11) + Duration::hours(1));
    assert_eq!(remind(&coop.backend).await.unwrap(), 1);
    let offer = coop.gives(karim, other).await;
    coop.does(lea, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    while let Some(batch) = next(&coop.backend, Channel::Mail).await.unwrap() {
        settle(&coop.backend, &batch.waiting, &Came::Sent, &[]).await.unwrap();
    }
    assert_eq!(coop.states(karim, Channel::Mail).await, ["dropped", "dropped"]);
}

#[sqlx::test(migrations = false)]
async fn a_call_reaches_who_can_come_at_night_too_and_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let [lead, free, busy, away, newcomer] = ["Solène", "Nour", "Karim", "Léa", "Zoé"].map(|name| coop.newcomer(name));
    let [lead, free, busy, away, newcomer] = [lead.await, free.await, busy.await, away.await, newcomer.await];
    for member in [free, busy, away] {
        coop.knows(member, "caisse").await;
    }
    coop.knows(lead, "animation").await;
    let shift = coop.shift(1, 9, 2).await;
    let [leads, till] = [0, 1].map(|position| SeatId::new(shift, position));
    coop.asks(leads, true, None).await;
    coop.asks(till, false, Some("caisse")).await;
    coop.sits(lead, leads).await;
    let same_hours = coop.shift(1, 10, 1).await;
    coop.sits(busy, SeatId::new(same_hours, 0)).await;
    coop.sql(&format!("insert into leave values (gen_random_uuid(), '{away}', '2026-12-01', '2026-12-05')")).await;
    coop.backend.clock.set(today() + Duration::hours(15));
    let call = || Command::CallForHelp { shift, note: "Livraison double".into() };
    coop.does(lead, call()).await;
    coop.does(lead, call()).await;
    for (who, calls) in [(free, 1), (busy, 0), (away, 0), (newcomer, 0), (lead, 0)] {
        assert_eq!(coop.told(who).await.len(), calls);
    }
    plan(&coop.backend).await.unwrap();
    let batch = next(&coop.backend, Channel::Mail).await.unwrap().expect("eleven at night, all the same");
    assert_eq!((batch.member, batch.waiting.len()), (free, 1));
}

#[sqlx::test(migrations = false)]
async fn a_shift_that_nobody_leads_is_told_wider_as_it_comes_near(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (qualified, other, employee) = (coop.member("Solène").await, coop.member("Nour").await, coop.member("Paul").await);
    coop.knows(qualified, "animation").await;
    coop.sql(&format!("update member set employee = true where member_id = '{employee}'")).await;
    let shift = coop.shift(4, 9, 2).await;
    coop.asks(SeatId::new(shift, 0), true, None).await;
    let start = today() + Duration::days(4) + Duration::hours(1);
    let mut told = Vec::new();
    for hours in [49, 48, 30, 24, 10, 3, 1] {
        coop.backend.clock.set(start - Duration::hours(hours));
        told.push((hours, notify::lead_missing(&coop.backend).await.unwrap()));
    }
    assert_eq!(told, [(49, 0), (48, 1), (30, 0), (24, 1), (10, 0), (3, 2), (1, 0)]);
    let mails = async |member| coop.states(member, Channel::Mail).await.len();
    assert_eq!((mails(qualified).await, mails(other).await, mails(employee).await), (3, 0, 1));
    // Somebody leads it now: what was not sent yet is not sent.
    coop.sits(qualified, SeatId::new(shift, 0)).await;
    assert!(next(&coop.backend, Channel::Mail).await.unwrap().is_none());
}

#[sqlx::test(migrations = false)]
async fn a_lead_hears_once_of_somebody_who_has_not_seen_their_exchange_for_a_day(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, solene) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Solène").await);
    coop.knows(solene, "animation").await;
    let (hers, his) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 12, 9).await);
    let led = SeatId::new(his.shift, 2);
    coop.asks(led, true, None).await;
    coop.sits(solene, led).await;
    coop.exchanges(lea, hers, &[his.shift]).await;
    coop.exchanges(karim, his, &[hers.shift]).await;
    assert_eq!(coop.holder(his).await, Some(lea));
    assert_eq!(notify::not_seen(&coop.backend).await.unwrap(), 0, "not at once");
    coop.backend.clock.set(today() + Duration::hours(25));
    coop.subscribed(solene).await;
    assert_eq!(notify::not_seen(&coop.backend).await.unwrap(), 1, "Karim's new shift has no lead to tell");
    assert_eq!(notify::not_seen(&coop.backend).await.unwrap(), 0, "once");
    // Léa gives it away: it is no longer hers to know.
    let batch = next(&coop.backend, Channel::Push).await.unwrap().unwrap();
    assert_eq!((batch.member, batch.waiting.len()), (solene, 1));
    assert_eq!(batch.waiting[0].notice, domain::notice::Notice::NotSeenYet { shift: his.shift, who: lea });
}

/// Hands over at once, and counts; now and then it says « later ».
#[derive(Debug)]
struct Busy {
    carried: mpsc::UnboundedSender<(MemberId, i64)>,
    asked: AtomicUsize,
}

impl Courier for Busy {
    fn carry(&self, batch: notify::Batch) -> Carrying<'_> {
        Box::pin(async move {
            let nth = self.asked.fetch_add(1, Ordering::Relaxed);
            if nth % 7 == 3 {
                let came = Came::Again { after: Some(Duration::zero()), why: "busy".into() };
                return vec![Handed { waiting: batch.waiting, came, reached: Vec::new() }];
            }
            for one in &batch.waiting {
                self.carried.send((batch.member, one.id)).unwrap();
            }
            vec![Handed { waiting: batch.waiting, came: Came::Sent, reached: Vec::new() }]
        })
    }
}

#[sqlx::test(migrations = false)]
async fn several_processes_share_the_post_and_nobody_is_told_twice(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let people = coop.members(20).await;
    let shift = coop.shift(10, 9, 20).await;
    for (member, position) in people.iter().zip(0..) {
        coop.sits(*member, SeatId::new(shift, position)).await;
    }
    coop.sql("update shift set closed_why = 'Neige', closed_treatment = 'excused'").await;
    for _ in 0..10 {
        for member in &people {
            coop.tells(*member, shift).await;
        }
    }
    let (carried, mut came) = mpsc::unbounded_channel();
    let (stop, stopped) = watch::channel(false);
    let posts: Vec<_> = (0..3)
        .flat_map(|_| Channel::ALL)
        .map(|channel| {
            let courier = Arc::new(Busy { carried: carried.clone(), asked: AtomicUsize::new(0) });
            tokio::spawn(notify::run(coop.backend.clone(), courier, channel, stopped.clone()))
        })
        .collect();
    let mut seen = BTreeSet::new();
    while seen.len() < 200 {
        let told = tokio::time::timeout(std::time::Duration::from_secs(30), came.recv()).await.expect("in time").unwrap();
        assert!(seen.insert(told), "{told:?} twice");
    }
    stop.send_replace(true);
    for post in posts {
        post.await.unwrap();
    }
    assert!(came.try_recv().is_err(), "and no more");
    assert_eq!(coop.count("select count(*) from delivery where state = 'sent'").await, 200);
}

impl Coop {
    /// Something that stays true is told to somebody.
    async fn tells(&self, member: MemberId, shift: ShiftId) {
        let notice = serde_json::json!({ "kind": "shift_closed", "shift": shift, "why": "Neige", "treatment": "excused" });
        sqlx::query("insert into notice (notice_id, member_id, notice, at) values ($1, $2, $3, $4)")
            .bind(self.id())
            .bind(member)
            .bind(notice)
            .bind(self.now())
            .execute(&self.backend.pool)
            .await
            .unwrap();
    }
}
