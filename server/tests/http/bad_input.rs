//! What nobody should send: a clear answer each, nothing written, nothing leaked.

use domain::command::Command;
use domain::id::{OfferId, SeatId, ShiftId};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use crate::coop::claim;
use crate::house::{Ask, House, get, post};

#[sqlx::test(migrations = false)]
async fn a_bad_request_is_refused_in_a_sentence(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let before = house.database().await;
    let api = || post("/api/v1/commands").by(&device);
    let acts = || post("/acts").by(&device);
    let many: Vec<Value> = (0..1000).map(|_| json!({})).collect();
    let long = "é".repeat(64 * 1024);
    let table: Vec<(&str, u16, Ask)> = vec![
        ("malformed JSON", 400, api().text("application/json", "{\"commands\": [")),
        ("not an object", 400, api().json(&json!([1, 2]))),
        ("no commands", 400, api().json(&json!({"command": []}))),
        ("bytes", 400, api().text("application/json", vec![0xff_u8, 0xfe, 0x00])),
        ("deeply nested", 400, api().text("application/json", "[".repeat(100_000))),
        ("wrong type", 415, api().text("text/plain", "{\"commands\": []}")),
        ("no type", 415, api()),
        ("10 MB", 413, api().text("application/json", vec![b' '; 10 * 1024 * 1024])),
        ("a thousand commands", 422, api().json(&json!({ "commands": many }))),
        ("no fields", 400, acts().form(&[])),
        ("no id", 400, acts().form(&[("kind", "take_seat")])),
        ("no kind", 400, acts().form(&[("id", "01939d5e-7b1e-7000-8000-0000000000aa")])),
        ("character zero", 400, acts().form(&[("id", "01939d5e-7b1e-7000-8000-0000000000aa"), ("kind", "take\0seat")])),
        ("not UTF-8", 400, acts().text("application/x-www-form-urlencoded", "id=%ff%fe&kind=x")),
        ("a long form", 413, acts().form(&[("note", &long)])),
        ("a form of another type", 415, acts().json(&json!({}))),
        ("another method", 405, get("/acts").by(&device)),
        ("nobody's path", 404, get("/wp-admin/setup.php").by(&device)),
        ("no member of that name", 400, post("/connexion/qui").by(&device).form(&[("membre", "me")])),
        (
            "no device of that name",
            404,
            post("/moi/appareils/revoquer").by(&device).form(&[("session", "01939d5e-7b1e-7000-8000-0000000000aa")]),
        ),
        ("a shift that is none", 404, get("/vacation/nothing/agenda.ics").by(&device)),
    ];
    for (what, status, ask) in table {
        let told = house.send(ask).await;
        assert_eq!(told.status.as_u16(), status, "{what}: {}", told.text());
        assert!(!told.text().is_empty(), "{what}");
        let said = told.text().to_lowercase();
        for leak in ["select ", "panick", "/src/", "sqlx", "serde", "example.org", "at line"] {
            assert!(!said.contains(leak), "{what}: {said}");
        }
    }
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn ids_that_do_not_exist_are_refusals(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let karim = house.coop.member("Karim").await;
    let his = house.coop.seat_of(karim, 10, 9).await;
    let nowhere = SeatId::new(ShiftId(Uuid::from_u128(7)), 0);
    let give = |seat: SeatId| Command::GiveSeat {
        offer: house.coop.offer_id(),
        seat,
        audience: domain::swaps::Audience::Anyone,
        note: String::new(),
    };
    let cases = [
        (Command::TakeSeat { seat: nowhere }, "unknown_shift"),
        (claim(OfferId(Uuid::from_u128(8))), "unknown_offer"),
        (give(his), "not_your_seat"),
    ];
    for (command, code) in cases {
        let told = house.commands(&device, &[house.on_the_wire(command)]).await;
        assert_eq!(told.status, 200);
        assert_eq!(told.json()["outcomes"][0]["reason"]["code"], code);
    }
    assert_eq!(house.coop.count("select count(*) from offer").await, 0);
}

#[sqlx::test(migrations = false)]
async fn hostile_paths_and_queries_are_only_text(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    for path in [
        "/vacations?semaine=9999-99-99",
        "/vacations?semaine=%00&filtre=%3Cscript%3E",
        "/vacations?semaine=-262143-01-01",
        "/vacations?semaine=262142-12-31",
        "/vacation/not-a-shift",
        "/vacation/01939d5e-7b1e-7000-8000-0000000000aa?feuille=nothing&place=99999999999999999999",
        "/vacation/%27%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/echanges?act=nonsense",
        "/echanges?act=01939d5e-7b1e-7000-8000-0000000000aa&encore=1",
        "/invitation/%F0%9F%92%A9",
        "/bureau/fermer/none",
        "/api/v1/history?shift=none",
        "/api/v1/act?id=none",
    ] {
        let told = house.send(get(path).by(&device)).await;
        assert!(told.status.as_u16() < 500, "{path}: {}", told.status);
        assert!(!told.text().contains("<script>alert"), "{path}");
    }
}
