//! The office's pages of whom to reach: for the office alone, and nobody else learns a name or a number.

use domain::command::Command;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, get, post};

const PHONE: &str = "06 12 34 56 78";

/// Margaux of the office, Nour who is not, and Yvette, whose address came back and whose shift is closed.
async fn house(at: PgConnectOptions) -> (House, Device, Device, Device) {
    let house = House::new(at).await;
    let (margaux, nour) = (house.signed_in("Margaux").await, house.signed_in("Nour").await);
    house.coop.in_office(margaux.member).await;
    let yvette = house.signed_in("Yvette").await;
    house.coop.all_have_shares().await;
    let who = yvette.member;
    house.coop.sql(&format!("update member set phone = '{PHONE}', last_name = 'Blanche' where member_id = '{who}'")).await;
    let email: String = sqlx::query_scalar("select email from member where member_id = $1")
        .bind(who)
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    backend::notify::bounced(&house.coop.backend, &email, "the mail server answered 550").await.unwrap();
    let seat = house.coop.seat_of(who, 9, 9).await;
    let treatment = domain::shifts::Treatment::Excused;
    house.coop.does(margaux.member, Command::CloseShift { shift: seat.shift, why: "Neige".into(), treatment }).await;
    (house, margaux, nour, yvette)
}

#[sqlx::test(migrations = false)]
async fn the_office_sees_whom_to_call_and_a_member_learns_no_name_and_no_number(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, nour, yvette) = house(at).await;
    let letter = format!("/bureau/joindre/{}/lettre", yvette.member);
    let pages = ["/bureau/joindre", letter.as_str(), "/bureau/machine"];
    let letter_of = format!("/api/v1/office/letter?member={}", yvette.member);
    let answers = ["/api/v1/office/reach", letter_of.as_str(), "/api/v1/office/machine", "/api/v1/office/todo"];
    for path in pages.iter().chain(&answers) {
        let told = house.send(get(path).by(&margaux)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        let told = house.send(get(path).by(&nour)).await;
        assert_eq!(told.status, 403, "{path}");
        for secret in [PHONE, "0612345678", "Yvette", "Blanche", "Neige"] {
            assert!(!told.text().contains(secret), "{path} tells {secret}");
        }
        let visitor = house.send(get(path)).await;
        assert_eq!(visitor.status.as_u16(), if path.starts_with("/api/") { 401 } else { 303 }, "{path}");
    }
    let html = house.send(get("/bureau/joindre").by(&nour)).await.text();
    assert!(html.contains("C’est une page du bureau"), "{html}");

    let html = house.send(get("/bureau/joindre").by(&margaux)).await.text();
    for said in ["Yvette Blanche", "tel:0612345678", "Vacation fermée.", "Neige", "C’est dit", letter.as_str()] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    let printed = house.send(get(&letter).by(&margaux)).await.text();
    assert!(printed.contains("Pour Yvette Blanche") && printed.contains("Neige"), "{printed}");
    let todo = house.send(get("/api/v1/office/todo").by(&margaux)).await.json();
    assert_eq!(todo, json!({ "to_reach": 1, "machine": 0, "requests": 0, "pressing": 0, "erasures": 0, "stuck": 0 }));
}

#[sqlx::test(migrations = false)]
async fn what_was_said_by_phone_is_noted_by_a_plain_form_too_with_both_names(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, nour, yvette) = house(at).await;
    let list = house.send(get("/api/v1/office/reach").by(&margaux)).await.json();
    let notice = list["people"][0]["untold"][0]["id"].as_str().unwrap().to_owned();
    let who = yvette.member.to_string();
    let form = async |device: &Device| {
        let id = house.coop.id().to_string();
        let fields = [
            ("id", id.as_str()),
            ("kind", "mark_seen"),
            ("notice", notice.as_str()),
            ("on_behalf_of", who.as_str()),
            ("retour", "/bureau/joindre"),
        ];
        let told = house.send(post("/acts").by(device).form(&fields)).await;
        assert_eq!(told.status, 303);
        told.header("location").to_owned()
    };
    let unseen = "select count(*) from notice where seen_at is null";
    form(&nour).await;
    assert_eq!(house.coop.count(unseen).await, 1, "it is the office's to say");
    let back = form(&margaux).await;
    assert!(back.starts_with("/bureau/joindre?act="), "{back}");
    assert_eq!(house.coop.count(unseen).await, 0);
    assert!(house.send(get(&back).by(&margaux)).await.text().contains("C’est fait."));
    let kept = format!(
        "select count(*) from command_log where kind = 'mark_seen' and member_id = '{who}' and by_member = '{}'
            and outcome->>'status' = 'applied'",
        margaux.member
    );
    assert_eq!(house.coop.count(&kept).await, 1);
    let list = house.send(get("/api/v1/office/reach").by(&margaux)).await.json();
    assert_eq!(list["people"][0]["untold"], Value::Array(Vec::new()));
}

#[sqlx::test(migrations = false)]
async fn whose_mails_come_back_reads_it_on_their_own_page(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, _, nour, yvette) = house(at).await;
    assert!(house.send(get("/moi").by(&yvette)).await.text().contains("Tes mails nous reviennent"));
    assert!(!house.send(get("/moi").by(&nour)).await.text().contains("Tes mails nous reviennent"));
    assert_eq!(house.send(get("/api/v1/me").by(&yvette)).await.json()["address_bounced"], true);
}
