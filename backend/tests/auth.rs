//! Signing in, staying signed in, and being signed out.

mod village;

use std::net::IpAddr;

use backend::Backend;
use backend::auth::{self, CodeRequest, SignedIn, SignedOut, Verified};
use backend::demo::{self, CastMember};
use chrono::Duration;
use domain::id::{MemberId, SessionId};
use sqlx::PgPool;
use village::Village;

const NOON: &str = "2026-11-24T12:00:00+01:00";

fn ip(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}

async fn ask(village: &Village, email: &str) -> CodeRequest {
    auth::request_code(&village.backend, email, ip(1)).await.unwrap()
}

async fn try_code(village: &Village, email: &str, code: &str) -> Verified {
    auth::verify_code(&village.backend, email, code, "Téléphone").await.unwrap()
}

async fn mails(village: &Village) -> Vec<(String, String)> {
    sqlx::query_as("select payload->>'to', payload->>'text' from graphile_worker._private_jobs order by id")
        .fetch_all(&village.backend.pool)
        .await
        .unwrap()
}

/// The code that the last mail to an address tells.
async fn mailed(village: &Village, email: &str) -> String {
    let mails = mails(village).await;
    let (_, text) = mails.iter().rfind(|(to, _)| to == email).expect("a mail");
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
    digits.expect("a code in the mail").to_owned()
}

async fn sign_in(village: &Village, who: CastMember) -> String {
    assert_eq!(ask(village, who.email).await, CodeRequest::Sent);
    match try_code(village, who.email, &mailed(village, who.email).await).await {
        Verified::SignedIn { token } => token,
        other => panic!("{other:?}"),
    }
}

async fn here(backend: &Backend, token: &str) -> SignedIn {
    auth::session(backend, token).await.unwrap()
}

fn forward(village: &Village, by: Duration) {
    village.backend.clock.set(village.backend.now() + by);
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[sqlx::test(migrations = false)]
async fn a_code_from_the_mail_opens_a_session_once(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    assert_eq!(ask(&village, "  Camille.Morel@EXEMPLE.fr ").await, CodeRequest::Sent);
    let code = mailed(&village, demo::CAMILLE.email).await;
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let Verified::SignedIn { token } = try_code(&village, demo::CAMILLE.email, &spaced).await else { panic!("a session") };
    let who = here(&village.backend, &token).await;
    assert_eq!((who.member, who.email.as_str()), (demo::CAMILLE.id(), demo::CAMILLE.email));
    assert_eq!(who.name.to_string(), "Camille M.");
    assert_eq!(who.marks.keys().collect::<Vec<_>>(), ["briefs", "calendar", "catalogue", "events", "groups", "me"]);
    assert_eq!(try_code(&village, demo::CAMILLE.email, &code).await, Verified::Expired);
}

#[sqlx::test(migrations = false)]
async fn nothing_that_opens_a_door_is_kept_readable(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let token = sign_in(&village, demo::CAMILLE).await;
    let code = mailed(&village, demo::CAMILLE.email).await;
    let kept: String = village
        .one("select concat((select string_agg(session::text, '') from session), (select string_agg(sign_in_code::text, '') from sign_in_code))")
        .await;
    assert!(!kept.contains(&token) && !kept.contains(&hex_of(&token)) && !kept.contains(&hex_of(&code)), "{kept}");
}

fn hex_of(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[sqlx::test(migrations = false)]
async fn an_unknown_address_is_answered_like_a_known_one(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    for email in [demo::CAMILLE.email, "personne@exemple.fr"] {
        assert_eq!(ask(&village, email).await, CodeRequest::Sent);
    }
    let code = mailed(&village, demo::CAMILLE.email).await;
    for left in [4, 3, 2, 1] {
        for email in [demo::CAMILLE.email, "personne@exemple.fr"] {
            assert_eq!(try_code(&village, email, wrong(&code)).await, Verified::Wrong { left }, "{email}");
        }
    }
    for email in [demo::CAMILLE.email, "personne@exemple.fr"] {
        assert_eq!(try_code(&village, email, wrong(&code)).await, Verified::TooManyTries);
        assert_eq!(try_code(&village, email, &code).await, Verified::TooManyTries, "the right one comes too late");
    }
    assert_eq!(mails(&village).await.len(), 1, "nobody is sent a mail they did not ask for");
    assert_eq!(try_code(&village, "jamais@exemple.fr", "123456").await, Verified::Expired);
}

#[sqlx::test(migrations = false)]
async fn a_code_is_good_for_ten_minutes(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    ask(&village, demo::CAMILLE.email).await;
    let code = mailed(&village, demo::CAMILLE.email).await;
    forward(&village, Duration::minutes(10) + Duration::milliseconds(1));
    assert_eq!(try_code(&village, demo::CAMILLE.email, &code).await, Verified::Expired);
    ask(&village, demo::CAMILLE.email).await;
    let code = mailed(&village, demo::CAMILLE.email).await;
    forward(&village, Duration::minutes(10));
    assert!(matches!(try_code(&village, demo::CAMILLE.email, &code).await, Verified::SignedIn { .. }));
}

#[sqlx::test(migrations = false)]
async fn only_the_last_code_counts(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    ask(&village, demo::CAMILLE.email).await;
    let first = mailed(&village, demo::CAMILLE.email).await;
    forward(&village, Duration::seconds(20));
    ask(&village, demo::CAMILLE.email).await;
    let second = mailed(&village, demo::CAMILLE.email).await;
    if first != second {
        assert_eq!(try_code(&village, demo::CAMILLE.email, &first).await, Verified::Wrong { left: 4 });
    }
    assert!(matches!(try_code(&village, demo::CAMILLE.email, &second).await, Verified::SignedIn { .. }));
}

#[sqlx::test(migrations = false)]
async fn a_code_opens_one_session_however_many_type_it_at_once(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    ask(&village, demo::CAMILLE.email).await;
    let code = mailed(&village, demo::CAMILLE.email).await;
    let typed = (0..8).map(|_| try_code(&village, demo::CAMILLE.email, &code));
    let answers = futures::future::join_all(typed).await;
    let opened = answers.iter().filter(|answer| matches!(answer, Verified::SignedIn { .. })).count();
    assert_eq!(opened, 1, "{answers:?}");
}

#[sqlx::test(migrations = false)]
async fn an_address_may_ask_five_times_in_a_quarter_of_an_hour(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    for n in 0..5 {
        let asked = auth::request_code(&village.backend, demo::CAMILLE.email, ip(n)).await.unwrap();
        assert_eq!(asked, CodeRequest::Sent);
        forward(&village, Duration::minutes(1));
    }
    assert_eq!(ask(&village, demo::CAMILLE.email).await, CodeRequest::TooMany { wait_s: 600 });
    assert_eq!(ask(&village, demo::KARIM.email).await, CodeRequest::Sent, "others may");
    forward(&village, Duration::minutes(10));
    assert_eq!(ask(&village, demo::CAMILLE.email).await, CodeRequest::Sent);
}

#[sqlx::test(migrations = false)]
async fn a_network_may_ask_twenty_times_in_ten_minutes_also_at_once(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let emails: Vec<String> = (0..30).map(|n| format!("quelqu-un-{n}@exemple.fr")).collect();
    let asked = futures::future::join_all(emails.iter().map(|email| ask(&village, email))).await;
    assert_eq!(asked.iter().filter(|asked| **asked == CodeRequest::Sent).count(), 20);
    assert!(matches!(ask(&village, demo::CAMILLE.email).await, CodeRequest::TooMany { wait_s: 600 }));
    let elsewhere = auth::request_code(&village.backend, demo::CAMILLE.email, ip(2)).await.unwrap();
    assert_eq!(elsewhere, CodeRequest::Sent);
}

#[sqlx::test(migrations = false)]
async fn what_is_no_address_is_told_and_costs_nothing(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    for typed in ["", "camille", "a@b", "x'; drop table member; --"] {
        assert_eq!(ask(&village, typed).await, CodeRequest::NotAnAddress, "{typed:?}");
    }
    assert_eq!(village.count("select count(*) from sign_in_request").await, 0);
}

#[sqlx::test(migrations = false)]
async fn a_couple_is_asked_who_it_is_and_may_switch(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let backend = &village.backend;
    ask(&village, demo::ANNE.email).await;
    let code = mailed(&village, demo::ANNE.email).await;
    let Verified::Choose { ticket } = try_code(&village, demo::ANNE.email, &code).await else { panic!("a choice") };
    let people = auth::people_of_ticket(backend, &ticket).await.unwrap();
    let mut ids: Vec<MemberId> = people.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    let mut both = [demo::ANNE.id(), demo::BRUNO.id()];
    both.sort_unstable();
    assert_eq!(ids, both);
    assert_eq!(auth::choose_person(backend, &ticket, demo::CAMILLE.id(), "x").await.unwrap(), None, "somebody else");
    let token = auth::choose_person(backend, &ticket, demo::ANNE.id(), "x").await.unwrap().expect("a session");
    assert_eq!(auth::choose_person(backend, &ticket, demo::BRUNO.id(), "x").await.unwrap(), None, "a ticket serves once");
    let anne = here(backend, &token).await;
    assert_eq!(anne.member, demo::ANNE.id());
    assert_eq!(auth::people_behind(backend, &anne).await.unwrap().len(), 2);
    let token = auth::switch_person(backend, &anne, demo::BRUNO.id(), "x").await.unwrap();
    assert_eq!(here(backend, &token).await.member, demo::BRUNO.id());
    assert!(auth::switch_person(backend, &anne, demo::CAMILLE.id(), "x").await.is_err());
}

#[sqlx::test(migrations = false)]
async fn a_ticket_is_good_for_ten_minutes(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    ask(&village, demo::ANNE.email).await;
    let code = mailed(&village, demo::ANNE.email).await;
    let Verified::Choose { ticket } = try_code(&village, demo::ANNE.email, &code).await else { panic!("a choice") };
    forward(&village, Duration::minutes(10) + Duration::milliseconds(1));
    assert!(auth::people_of_ticket(&village.backend, &ticket).await.is_err());
    assert_eq!(auth::choose_person(&village.backend, &ticket, demo::ANNE.id(), "x").await.unwrap(), None);
}

#[sqlx::test(migrations = false)]
async fn a_session_lasts_180_days_after_the_last_visit(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let token = sign_in(&village, demo::CAMILLE).await;
    for _ in 0..3 {
        forward(&village, Duration::days(180));
        here(&village.backend, &token).await;
    }
    forward(&village, Duration::days(181));
    assert!(matches!(auth::session(&village.backend, &token).await, Err(SignedOut::Expired)));
    assert!(matches!(auth::session(&village.backend, "").await, Err(SignedOut::Unknown)));
    assert!(matches!(auth::session(&village.backend, &"0".repeat(64)).await, Err(SignedOut::Unknown)));
}

#[sqlx::test(migrations = false)]
async fn a_visit_is_noted_once_a_day_and_changes_nothing_else(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let token = sign_in(&village, demo::CAMILLE).await;
    let row = || async { village.one::<String>("select (xmin::text || to_jsonb(session)::text) from session").await };
    let before = row().await;
    here(&village.backend, &token).await;
    forward(&village, Duration::hours(11));
    here(&village.backend, &token).await;
    assert_eq!(row().await, before, "the same day");
    let rest = || async { village.one::<String>("select (to_jsonb(session) - 'last_seen_on')::text from session").await };
    let unchanged = rest().await;
    forward(&village, Duration::hours(2));
    here(&village.backend, &token).await;
    assert_ne!(row().await, before, "after midnight in Paris");
    assert_eq!(rest().await, unchanged);
}

#[sqlx::test(migrations = false)]
async fn a_device_is_ended_from_another_and_told_so_for_90_days(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let backend = &village.backend;
    let (phone, laptop) = (sign_in(&village, demo::CAMILLE).await, sign_in(&village, demo::CAMILLE).await);
    let (on_phone, on_laptop) = (here(backend, &phone).await, here(backend, &laptop).await);
    assert_eq!(auth::devices(backend, &on_phone).await.unwrap().len(), 2);

    let karim = here(backend, &sign_in(&village, demo::KARIM).await).await;
    assert!(auth::revoke(backend, &karim, on_laptop.session).await.is_err(), "somebody else's is not there");
    assert!(auth::revoke(backend, &on_phone, SessionId(backend.ids.uuid())).await.is_err());

    auth::revoke(backend, &on_phone, on_laptop.session).await.unwrap();
    auth::revoke(backend, &on_phone, on_laptop.session).await.unwrap();
    assert!(matches!(auth::session(backend, &laptop).await, Err(SignedOut::Revoked)));
    here(backend, &phone).await;
    assert_eq!(auth::devices(backend, &on_phone).await.unwrap().len(), 1);

    forward(&village, Duration::days(89));
    auth::purge(backend).await.unwrap();
    assert!(matches!(auth::session(backend, &laptop).await, Err(SignedOut::Revoked)));
    forward(&village, Duration::days(2));
    auth::purge(backend).await.unwrap();
    assert!(matches!(auth::session(backend, &laptop).await, Err(SignedOut::Unknown)));
    here(backend, &phone).await;
}

#[sqlx::test(migrations = false)]
async fn all_other_devices_are_ended_at_once(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let backend = &village.backend;
    let (lost, kept) = (sign_in(&village, demo::CAMILLE).await, sign_in(&village, demo::CAMILLE).await);
    let who = here(backend, &kept).await;
    assert_eq!(auth::revoke_others(backend, &who).await.unwrap().len(), 1);
    assert!(matches!(auth::session(backend, &lost).await, Err(SignedOut::Revoked)));
    auth::sign_out(backend, &here(backend, &kept).await).await.unwrap();
    assert!(matches!(auth::session(backend, &kept).await, Err(SignedOut::Revoked)));
}

#[sqlx::test(migrations = false)]
async fn whoever_has_left_is_signed_out_and_gets_no_code(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let token = sign_in(&village, demo::CAMILLE).await;
    sqlx::query("update member set left_on = '2026-11-25' where member_id = $1")
        .bind(demo::CAMILLE.id())
        .execute(&village.backend.pool)
        .await
        .unwrap();
    here(&village.backend, &token).await;
    forward(&village, Duration::days(1));
    assert!(matches!(auth::session(&village.backend, &token).await, Err(SignedOut::Revoked)));
    let before = mails(&village).await.len();
    assert_eq!(ask(&village, demo::CAMILLE.email).await, CodeRequest::Sent);
    assert_eq!(mails(&village).await.len(), before);
}

#[sqlx::test(migrations = false)]
async fn what_signing_in_leaves_behind_goes(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    sign_in(&village, demo::CAMILLE).await;
    forward(&village, Duration::days(2));
    auth::purge(&village.backend).await.unwrap();
    for table in ["sign_in_code", "sign_in_request", "sign_in_ticket"] {
        assert_eq!(village.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
}

#[sqlx::test(migrations = false)]
async fn the_office_is_administratif_and_the_employee(pool: PgPool) {
    let village = Village::of(pool, NOON).await;
    let mut conn = village.backend.pool.acquire().await.unwrap();
    let now = village.backend.now();
    for (who, is) in [(demo::MARGAUX, true), (demo::PAUL, true), (demo::CAMILLE, false), (demo::SOLENE, false)] {
        let office = auth::Office::find(&mut conn, who.id(), now).await.unwrap();
        assert_eq!(office.map(|office| office.member()), is.then_some(who.id()), "{}", who.first);
    }
    let saturday = village.next_seat(demo::SOLENE).await.shift;
    for (who, is) in [(demo::SOLENE, true), (demo::CAMILLE, false)] {
        let lead = auth::Lead::find(&mut conn, who.id(), &[saturday]).await.unwrap();
        assert_eq!(lead.is_some(), is, "{}", who.first);
    }
    assert!(auth::Lead::find(&mut conn, demo::SOLENE.id(), &[]).await.unwrap().is_none());
}
