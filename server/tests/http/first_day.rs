//! A co-op of which nothing is there yet but its first member: every page says so calmly.

use backend::founding;
use server::routes::PUBLIC;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, get};

impl House {
    async fn founded(&self) -> Device {
        founding::found(&self.coop.backend, "marie@exemple.fr", "Marie Dupont", 1).await.unwrap().unwrap();
        let marie = sqlx::query_scalar("select member_id from member").fetch_one(&self.coop.backend.pool).await.unwrap();
        self.device_of(marie).await
    }
}

/// Every `<select>` of a page without anything to choose in it.
fn empty_selects(html: &str) -> Vec<&str> {
    let selects = html.split("<select").skip(1).map(|rest| rest.split("</select>").next().unwrap_or_default());
    selects.filter(|select| !select.contains("<option")).collect()
}

#[sqlx::test(migrations = false)]
async fn no_page_of_an_empty_co_op_fails_or_shows_nonsense(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let marie = house.founded().await;
    let pages = server::pages::paths().into_iter().chain(server::pages::still_paths());
    let mut pages: Vec<String> = pages.filter(|path| !path.contains('{') && !PUBLIC.contains(&path.as_str())).collect();
    for named in ["/groupe/administratif", "/groupe/vie-sociale/dossiers", "/groupe/communication/gerer"] {
        pages.push(named.to_owned());
    }
    pages.extend(["miennes", "passees", "annee"].map(|which| format!("/sorties?voir={which}")));
    pages.push(format!("/bureau/membres/{}", marie.member));
    pages.push(format!("/bureau/engagement/{}", marie.member));
    assert!(pages.len() > 60, "{pages:?}");
    let mut of_others = Vec::new();
    for path in pages {
        let told = house.send(get(&path).by(&marie)).await;
        let html = told.text();
        match told.status.as_u16() {
            200 => {}
            403 => of_others.push(path.clone()),
            status => panic!("{path}: {status} {html}"),
        }
        told.is_well_nested(&path);
        assert!(!html.contains("NaN"), "{path} counts what is not there");
        assert!(empty_selects(&html).is_empty(), "{path}: {:?}", empty_selects(&html));
    }
    // Those of the committee, whom the office enters first (« Mandats »).
    assert_eq!(of_others, ["/ag/preparer"]);
}

#[sqlx::test(migrations = false)]
async fn of_no_money_there_are_no_parts(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let marie = house.founded().await;
    let html = house.send(get("/capital").by(&marie)).await.text();
    assert!(html.contains("Rien n’est encore versé") && !html.contains("0\u{a0}%"), "{html}");
}

#[sqlx::test(migrations = false)]
async fn every_snapshot_of_an_empty_co_op_comes(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let marie = house.founded().await;
    for slice in ["calendar", "groups", "briefs", "events", "catalogue", "me"] {
        let told = house.send(get(&format!("/api/v1/{slice}")).by(&marie)).await;
        assert_eq!(told.status, 200, "{slice}: {}", told.text());
    }
}

/// Whoever comes before anybody is registered reads what came with the app, and is told nothing of an error.
#[sqlx::test(migrations = false)]
async fn before_there_is_a_co_op_its_public_pages_are_there(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.coop.sql("delete from setting; delete from skill").await;
    for path in PUBLIC.iter().filter(|path| !path.contains('{') && !path.starts_with("/api/")) {
        let told = house.send(get(path)).await;
        assert!(told.status.as_u16() < 500, "{path}: {} {}", told.status, told.text());
    }
    for path in ["/le-projet", "/comment-ca-marche", "/nous-trouver", "/devenir-membre", "/connexion"] {
        assert_eq!(house.send(get(path)).await.status, 200, "{path}");
    }
}
