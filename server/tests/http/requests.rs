//! What members ask of the office: its pages are the office's alone, and a plain form does what the wire does.

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, get, post};

const WHY: &str = "Un chantier à la maison";

/// Margaux of the office, Nour who is not, and Léa, who has asked for a pause by a plain form.
async fn house(at: PgConnectOptions) -> (House, Device, Device, Device) {
    let house = House::new(at).await;
    let (margaux, nour) = (house.signed_in("Margaux").await, house.signed_in("Nour").await);
    house.coop.in_office(margaux.member).await;
    let lea = house.signed_in("Léa").await;
    let id = house.coop.id().to_string();
    let fields = [
        ("id", id.as_str()),
        ("kind", "request_leave"),
        ("what", "pause"),
        ("from", "2026-12-07"),
        ("to", "2027-01-17"),
        ("why", WHY),
        ("retour", "/moi/engagement"),
    ];
    let told = house.send(post("/acts").by(&lea).form(&fields)).await;
    assert!(told.header("location").starts_with("/moi/engagement?act="), "{}", told.text());
    (house, margaux, nour, lea)
}

#[sqlx::test(migrations = false)]
async fn a_member_who_is_not_of_the_office_gets_nothing_of_what_was_asked(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, nour, lea) = house(at).await;
    let ledger = format!("/bureau/engagement/{}", lea.member);
    let of_member = format!("/api/v1/office/ledger?member={}", lea.member);
    let pages = ["/bureau/demandes", "/bureau/engagement?nom=L%C3%A9a", ledger.as_str()];
    let answers = ["/api/v1/office/requests", "/api/v1/office/members?typed=L%C3%A9a", of_member.as_str()];
    for path in pages.iter().chain(&answers) {
        let told = house.send(get(path).by(&margaux)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        let told = house.send(get(path).by(&nour)).await;
        assert_eq!(told.status, 403, "{path}");
        for secret in [WHY, "chantier", "17 janv"] {
            assert!(!told.text().contains(secret), "{path} tells {secret}");
        }
        let visitor = house.send(get(path)).await;
        assert_eq!(visitor.status.as_u16(), if path.starts_with("/api/") { 401 } else { 303 }, "{path}");
    }
    let html = house.send(get("/bureau/demandes").by(&margaux)).await.text();
    for said in [WHY, "Accorder", "Refuser"] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    assert!(!house.send(get("/api/v1/me").by(&nour)).await.text().contains(WHY));
    assert!(house.send(get("/moi/engagement").by(&lea)).await.text().contains(WHY), "her own page");
    assert!(!house.send(get("/moi/engagement").by(&nour)).await.text().contains(WHY));
}

#[sqlx::test(migrations = false)]
async fn the_office_answers_by_a_plain_form_and_the_member_reads_it(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, _, lea) = house(at).await;
    let asked = house.send(get("/api/v1/office/requests").by(&margaux)).await.json();
    let request = asked["pending"][0]["request"]["id"].as_str().unwrap().to_owned();
    let id = house.coop.id().to_string();
    let fields = [
        ("id", id.as_str()),
        ("kind", "answer_request"),
        ("request", request.as_str()),
        ("granted", "true"),
        ("word", "Bon courage"),
        ("retour", "/bureau/demandes"),
    ];
    let told = house.send(post("/acts").by(&margaux).form(&fields)).await;
    let back = told.header("location").to_owned();
    let html = house.send(get(&back).by(&margaux)).await.text();
    assert!(html.contains("C’est fait."), "{html}");
    let html = house.send(get("/moi/engagement").by(&lea)).await.text();
    assert!(html.contains("Accordée") && html.contains("Bon courage"), "{html}");
}

#[sqlx::test(migrations = false)]
async fn what_if_and_the_certificate_work_without_wasm(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, _, nour, _) = house(at).await;
    let seat = house.coop.seat_of(nour.member, 9, 9).await;
    let page = house.send(get("/moi/engagement").by(&nour)).await.text();
    assert!(page.contains(&format!("value=\"donner~{}\"", seat.shift)), "{page}");
    let tried = house.send(get(&format!("/moi/engagement?si=donner~{}", seat.shift)).by(&nour)).await.text();
    assert!(tried.contains("Ton compte baisse de"), "{tried}");
    let empty = house.send(get("/moi/engagement/attestation?annee=2020").by(&nour)).await.text();
    assert!(empty.contains("Aucune heure n’est notée en"), "{empty}");
}
