//! All briefs that are out: by year, found by their words as the database's French knows them, and each whole.

mod coop;

use backend::brief::{archive, archived};
use backend::error::Error;
use chrono::NaiveDate;
use coop::Coop;
use domain::brief::{Hit, Shown};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn block(title: &str, html: &str) -> Value {
    json!({ "block": { "id": uuid::Uuid::nil(), "group": "Vie sociale", "title": title, "html": html } })
}

/// An issue as it stands once it is out; or one that is still being made, whatever it holds.
async fn issue(coop: &Coop, monday: &str, out: bool, pieces: Value) {
    let id = domain::brief::id_of(day(monday));
    let at = domain::brief::goes_out_at(day(monday));
    let frozen = json!({ "id": id, "monday": monday, "at": at, "pieces": pieces }).to_string().replace('\'', "''");
    let published = if out { format!("'{at}'") } else { "null".to_owned() };
    coop.sql(&format!(
        "insert into brief (brief_id, monday, stage, published_at, frozen)
         values ('{id}', '{monday}', '\"collecting\"', {published}, '{frozen}') on conflict (monday) do update
         set published_at = excluded.published_at, frozen = excluded.frozen"
    ))
    .await;
}

async fn house(at: PgConnectOptions) -> Coop {
    let coop = Coop::new(at).await;
    issue(&coop, "2025-11-24", true, json!([block("La fête des œufs", "<p>Un <em>œuf</em> pour chacun.</p>")])).await;
    let two = json!([
        block("Le reblochon est revenu", "<p>La ferme livre de <strong>nouveaux</strong> fromages &amp; du beurre.</p>"),
        { "live": { "source": "seats", "intro": "Il manque du monde au Marché", "lines": [] } },
        block("Soupe partagée", "<p>Chaque bénévole apporte son bol, l’hiver arrive.</p>"),
    ]);
    issue(&coop, "2026-11-16", true, two).await;
    issue(&coop, "2026-11-23", true, json!([block("Bénévoles !", "<p>Merci à toutes et à tous.</p>")])).await;
    issue(&coop, "2026-11-30", false, json!([block("Un secret", "<p>Pas encore de fromage ici.</p>")])).await;
    coop
}

/// « 2026-11-16: Soupe partagée »
fn told(hit: &Hit) -> String {
    match &hit.piece {
        Shown::Block { title, .. } => format!("{}: {title}", hit.monday),
        Shown::Live { intro, .. } => format!("{}: {intro}", hit.monday),
    }
}

fn marked(hit: &Hit) -> Vec<&str> {
    hit.snippet.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect()
}

#[sqlx::test(migrations = false)]
async fn accents_ligatures_and_plurals_are_forgiven_and_what_is_not_out_is_not_found(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = house(at).await;
    let find = async |asked: &str| archive(&coop.backend, asked, None).await.unwrap().hits.unwrap();
    for asked in ["fromage", "FROMAGES", "le fromage nouveau"] {
        let hits = find(asked).await;
        assert_eq!(hits.iter().map(told).collect::<Vec<_>>(), ["2026-11-16: Le reblochon est revenu"], "{asked}");
    }
    for asked in ["oeuf", "Œufs", "oeufs feter"] {
        assert_eq!(find(asked).await.iter().map(told).collect::<Vec<_>>(), ["2025-11-24: La fête des œufs"], "{asked}");
    }
    assert_eq!(find("marches").await.iter().map(told).collect::<Vec<_>>(), ["2026-11-16: Il manque du monde au Marché"]);
    let helpers = find("benevole").await;
    let wanted = ["2026-11-23: Bénévoles !", "2026-11-16: Soupe partagée"];
    assert_eq!(helpers.iter().map(told).collect::<Vec<_>>(), wanted, "a title weighs more");
    assert_eq!(marked(&helpers[0]), ["Bénévoles"]);
    assert_eq!(marked(&helpers[1]), ["bénévole"]);
    for nothing in ["soupe reblochon", "strong", "amp", "de la", "secret", "œ' & | ! <-> :*", "\0"] {
        assert!(archive(&coop.backend, nothing, None).await.unwrap().hits.unwrap_or_default().is_empty(), "{nothing:?}");
    }
    assert_eq!(find(&"fromage ".repeat(2_000)).await.len(), 1, "what is too long is cut");
}

#[sqlx::test(migrations = false)]
async fn a_year_has_its_issues_and_each_is_read_whole_between_its_neighbours(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = house(at).await;
    let last = archive(&coop.backend, " ", None).await.unwrap();
    assert_eq!((last.years, last.year, last.hits), (vec![(2026, 2), (2025, 1)], Some(2026), None));
    let mondays: Vec<NaiveDate> = last.issues.iter().map(|issue| issue.monday).collect();
    assert_eq!(mondays, [day("2026-11-23"), day("2026-11-16")]);
    assert_eq!(last.issues[1].titles, ["Le reblochon est revenu", "Soupe partagée"]);
    let before = archive(&coop.backend, "", Some(2025)).await.unwrap();
    assert_eq!(before.issues.len(), 1);
    assert!(archive(&coop.backend, "", Some(1999)).await.unwrap().issues.is_empty());
    let middle = archived(&coop.backend, day("2026-11-16")).await.unwrap();
    assert_eq!((middle.brief.pieces.len(), middle.older, middle.newer), (3, Some(day("2025-11-24")), Some(day("2026-11-23"))));
    for absent in ["2026-11-30", "2019-01-07"] {
        assert!(matches!(archived(&coop.backend, day(absent)).await, Err(Error::NotFound)), "{absent}");
    }
}
