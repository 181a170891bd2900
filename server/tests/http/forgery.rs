//! Requests that other sites make, and sessions that are none.

use axum::http::Method;
use domain::command::Command;
use serde_json::json;
use server::routes::{FROM_ANYWHERE, Route};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, ORIGIN, ask, get, post};

#[sqlx::test(migrations = false)]
async fn no_other_site_changes_anything(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let before = house.database().await;
    let asks_for_ours = |route: &&Route| route.method != Method::GET && !FROM_ANYWHERE.contains(&route.path.as_str());
    for route in house.routes.iter().filter(asks_for_ours) {
        let silent = || ask(route.method.clone(), &route.path).by(&device).form(&[("email", "a@example.org")]);
        for foreign in [
            silent(),
            silent().with("origin", "null"),
            silent().with("origin", "https://evil.example"),
            silent().with("sec-fetch-site", "cross-site"),
            silent().with("sec-fetch-site", "same-site"),
            silent().with("sec-fetch-site", "none"),
        ] {
            let told = house.send(foreign).await;
            assert_eq!(told.status, 403, "{route:?}");
            assert!(told.text().contains("ne vient pas de l’application"), "{}", told.text());
        }
    }
    assert_eq!(house.database().await, before);
    let ours = ask(Method::POST, "/api/v1/commands").by(&device).with("origin", ORIGIN).json(&json!({"commands": []}));
    assert_eq!(house.send(ours).await.status, 200);
}

#[sqlx::test(migrations = false)]
async fn a_forged_cookie_is_nobody(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    for cookie in ["alpar_session=00", "alpar_session=zz", "alpar_session=", "alpar_session=' or 1=1", "alpar_session=c3a9"] {
        let told = house.send(get("/api/v1/me").with("cookie", cookie)).await;
        assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (401, Some("unknown")), "{cookie}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_session_that_is_over_says_how(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    house.coop.sql("update session set last_seen_on = '2026-05-01'").await;
    let told = house.send(get("/api/v1/me").by(&device)).await;
    assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (401, Some("expired")));
    house.coop.sql("update session set revoked_at = '2026-11-30'").await;
    let told = house.send(get("/api/v1/me").by(&device)).await;
    assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (401, Some("revoked")));
    assert_eq!(told.header("alpar"), "1");
    let page = house.send(get("/vacations?semaine=2026-11-23").by(&device)).await;
    assert_eq!((page.status.as_u16(), page.header("location")), (303, "/connexion?retour=%2Fvacations%3Fsemaine%3D2026-11-23"));
}

#[sqlx::test(migrations = false)]
async fn a_form_replayed_after_signing_out_does_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let shift = house.coop.shift(5, 9, 3).await;
    let id = house.coop.id().to_string();
    let seat = format!("{shift}~0");
    let take = || post("/acts").by(&device).form(&[("id", &id), ("kind", "take_seat"), ("seat", &seat), ("retour", "/")]);
    let out = house.send(post("/deconnexion").by(&device)).await;
    assert_eq!((out.status.as_u16(), out.header("location")), (303, "/connexion"));
    assert!(out.cookies().iter().any(|set| set.starts_with("alpar_session=; ") && set.contains("Max-Age=0")));
    let told = house.send(take()).await;
    assert_eq!(told.status, 401);
    assert!(told.text().contains("/connexion"));
    assert_eq!(house.coop.count("select count(*) from assignment").await, 0);
    assert_eq!(house.coop.count("select count(*) from command_log").await, 0);
}

#[sqlx::test(migrations = false)]
async fn another_member_on_the_same_device_is_a_conflict(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let shift = house.coop.shift(5, 9, 3).await;
    let take = house.on_the_wire(Command::TakeSeat { seat: domain::id::SeatId::new(shift, 0) });
    let body = json!({ "commands": [take] });
    let mixed =
        post("/api/v1/commands").with("cookie", &camille.cookie).with("alpar-member", &karim.member.to_string()).json(&body);
    let told = house.send(mixed).await;
    assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (409, Some("other_member")));
    assert_eq!(told.header("alpar-member"), camille.member.to_string());
    let nameless = house.send(post("/api/v1/commands").with("cookie", &camille.cookie).json(&body)).await;
    assert_eq!(nameless.status, 400);
    assert_eq!(house.coop.count("select count(*) from command_log").await, 0);
}

#[sqlx::test(migrations = false)]
async fn cookies_are_bound_to_https_where_members_come_by_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::with(at, &[("PUBLIC_URL", "https://alpar.example")]).await;
    let device = house.signed_in("Camille").await;
    let plain = house.send(get("/api/v1/me").by(&device)).await;
    assert_eq!(plain.status, 401);
    let bound =
        get("/api/v1/me").with("cookie", &format!("__Host-{}", device.cookie)).with("alpar-member", &device.member.to_string());
    let told = house.send(bound).await;
    assert_eq!(told.status, 200);
    assert!(told.header("strict-transport-security").contains("max-age"));
    let kept = told.cookies().join("\n");
    assert!(
        kept.starts_with("__Host-alpar_session=")
            && kept.contains("; Secure")
            && kept.contains("; HttpOnly")
            && kept.contains("SameSite=Lax")
    );
}
