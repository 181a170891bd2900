//! Signing in, form by form, as a browser without WASM does.

use domain::id::MemberId;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use crate::house::{House, Told, get, post};

impl House {
    /// The code in the last mail that waits to be sent.
    async fn code(&self) -> Option<String> {
        let mail: Option<Value> =
            sqlx::query_scalar("select payload::jsonb from graphile_worker._private_jobs order by id desc limit 1")
                .fetch_optional(&self.coop.backend.pool)
                .await
                .unwrap();
        let text = mail?["text"].as_str()?.to_owned();
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6)?;
        Some(digits.to_owned())
    }

    async fn sessions_of(&self, member: MemberId) -> Vec<Uuid> {
        sqlx::query_scalar("select session_id from session where member_id = $1")
            .bind(member)
            .fetch_all(&self.coop.backend.pool)
            .await
            .unwrap()
    }

    async fn ask_for_code(&self, email: &str) -> Told {
        self.send(post("/connexion").form(&[("email", email), ("retour", "/echanges")])).await
    }
}

fn cookies(told: &Told) -> String {
    told.cookies().iter().filter_map(|set| set.split(';').next().map(ToOwned::to_owned)).collect::<Vec<_>>().join("; ")
}

#[sqlx::test(migrations = false)]
async fn an_address_then_its_code_opens_the_app(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.coop.member("Camille").await;
    let asked = house.ask_for_code("0@example.org").await;
    assert_eq!((asked.status.as_u16(), asked.header("location")), (303, "/connexion/code"));
    let code = house.code().await.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let told = house.send(post("/connexion/code").with("cookie", &cookies(&asked)).form(&[("code", wrong)])).await;
    assert_eq!(told.header("location"), "/connexion/code?erreur=code-faux&reste=4");
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let told = house.send(post("/connexion/code").with("cookie", &cookies(&asked)).form(&[("code", &spaced)])).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/echanges"));
    let session = told.cookie("alpar_session").unwrap();
    assert_eq!(house.send(get("/").with("cookie", &session)).await.status, 200);
    let again = house.send(post("/connexion/code").with("cookie", &cookies(&asked)).form(&[("code", &code)])).await;
    assert!(again.header("location").contains("erreur="), "a code works once");
}

#[sqlx::test(migrations = false)]
async fn nobody_learns_who_is_a_member(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.coop.member("Camille").await;
    let (known, unknown) = (house.ask_for_code("0@example.org").await, house.ask_for_code("9@example.org").await);
    assert_eq!(
        (known.status, known.header("location"), &known.body),
        (unknown.status, unknown.header("location"), &unknown.body)
    );
    let names =
        |told: &Told| told.cookies().iter().map(|set| set.split('=').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    let wrong = |told: &Told| post("/connexion/code").with("cookie", &cookies(told)).form(&[("code", "12")]);
    let (at_known, at_unknown) = (house.send(wrong(&known)).await, house.send(wrong(&unknown)).await);
    assert_eq!((at_known.status, at_known.header("location")), (at_unknown.status, at_unknown.header("location")));
}

#[sqlx::test(migrations = false)]
async fn two_people_behind_an_address_say_who_they_are(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (anne, bruno) = (house.coop.member("Anne").await, house.coop.member("Bruno").await);
    let stranger = house.coop.member("Karim").await;
    house.coop.sql("update member set email = 'mercier@example.org' where first_name in ('Anne', 'Bruno')").await;
    let asked = house.ask_for_code("Mercier@example.org ").await;
    let code = house.code().await.unwrap();
    let told = house.send(post("/connexion/code").with("cookie", &cookies(&asked)).form(&[("code", &code)])).await;
    assert_eq!(told.header("location"), "/connexion/qui");
    assert!(told.cookie("alpar_session").is_none());
    let way = format!("{}; {}", cookies(&asked), cookies(&told));
    let choose =
        |member: domain::id::MemberId| post("/connexion/qui").with("cookie", &way).form(&[("membre", &member.to_string())]);
    assert!(house.send(choose(stranger)).await.cookie("alpar_session").is_none());
    let told = house.send(choose(bruno)).await;
    assert_eq!(told.header("location"), "/echanges");
    let session = told.cookie("alpar_session").unwrap();
    assert_eq!(house.send(choose(anne)).await.header("location"), "/connexion?erreur=code-expire", "a ticket works once");
    // Later, the same device becomes Anne's, and Bruno's session ends.
    let switched = house.send(post("/connexion/qui").with("cookie", &session).form(&[("membre", &anne.to_string())])).await;
    let hers = switched.cookie("alpar_session").unwrap();
    let me = house.send(get("/api/v1/me").with("cookie", &hers).with("alpar-member", &anne.to_string())).await;
    assert_eq!(me.status, 200);
    assert_eq!(house.send(get("/api/v1/me").with("cookie", &session)).await.json()["error"], "revoked");
}

#[sqlx::test(migrations = false)]
async fn one_address_may_not_ask_for_ever(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::with(at, &[("TRUSTED_PROXIES", "::/0,0.0.0.0/0")]).await;
    let from = |ip: &str| post("/connexion/code").with("x-forwarded-for", ip).form(&[("code", "123456")]);
    // Only the last untrusted address counts; here every proxy is trusted, so the socket's does.
    for _ in 0..20 {
        assert_eq!(house.send(from("203.0.113.7")).await.status, 303);
    }
    let told = house.send(from("203.0.113.7")).await;
    assert_eq!(told.status, 429);
    assert!(told.header("retry-after").parse::<u64>().is_ok());
    assert!(told.text().contains("attends un peu"));
}

#[sqlx::test(migrations = false)]
async fn another_of_my_devices_can_be_signed_out(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let here = house.signed_in("Camille").await;
    let kept = house.sessions_of(here.member).await;
    let lost = house.device_of(here.member).await;
    let karim = house.signed_in("Karim").await;
    let id = house.sessions_of(here.member).await.into_iter().find(|id| !kept.contains(id)).expect("one more device");
    let revoke = |by| post("/moi/appareils/revoquer").by(by).form(&[("session", &id.to_string())]);
    assert_eq!(house.send(revoke(&karim)).await.status, 404, "nobody ends another member's session");
    assert_eq!(house.send(revoke(&here)).await.header("location"), "/moi/appareils");
    assert_eq!(house.send(get("/api/v1/me").by(&lost)).await.json()["error"], "revoked");
    assert_eq!(house.send(get("/api/v1/me").by(&here)).await.status, 200);
}

#[sqlx::test(migrations = false)]
async fn a_device_whose_session_is_over_does_not_use_up_its_shop_s_sign_ins(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    house.coop.sql("update session set last_seen_on = last_seen_on - 200").await;
    for _ in 0..25 {
        assert_eq!(house.commands(&device, &[]).await.json()["error"], "expired");
    }
    assert_eq!(house.ask_for_code("0@example.org").await.status, 303);
}
