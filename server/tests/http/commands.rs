//! `POST /api/v1/commands`, one at a time and many at once.

use domain::command::Command;
use domain::id::SeatId;
use futures::future::join_all;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::claim;
use crate::house::{House, post};

#[sqlx::test(migrations = false)]
async fn of_fifty_claims_over_http_one_is_applied(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let giver = house.coop.member("Giver").await;
    let seat = house.coop.seat_of(giver, 10, 9).await;
    let offer = house.coop.gives(giver, seat).await;
    let mut claims = Vec::new();
    for n in 0..50 {
        let device = house.signed_in(&format!("M{n}")).await;
        let command = house.on_the_wire(claim(offer));
        claims.push((device, command));
    }
    let answers = join_all(claims.iter().map(|(device, command)| house.commands(device, std::slice::from_ref(command)))).await;
    let outcomes: Vec<Value> = answers.iter().map(|told| told.json()["outcomes"][0].clone()).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome["status"] == "applied").count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| outcome["reason"]["code"] == "already_taken").count(), 49);
    assert_eq!(
        house.coop.count(&format!("select count(*) from assignment where shift_id = '{}' and position = 0", seat.shift)).await,
        1
    );
}

#[sqlx::test(migrations = false)]
async fn the_same_command_in_parallel_has_one_effect_and_one_answer(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let seat = SeatId::new(house.coop.shift(10, 9, 3).await, 1);
    let take = house.on_the_wire(Command::TakeSeat { seat });
    let answers = join_all((0..10).map(|_| house.commands(&device, std::slice::from_ref(&take)))).await;
    for told in &answers {
        assert_eq!(told.status, 200, "{}", told.text());
        assert_eq!(told.json()["outcomes"][0]["status"], "applied");
        assert_eq!(told.json()["outcomes"][0]["id"], take["id"]);
    }
    assert_eq!(house.coop.count("select count(*) from seat_history").await, 1);
    assert_eq!(house.coop.count("select count(*) from command_log").await, 1);
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_read_is_that_commands_outcome(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let seat = SeatId::new(house.coop.shift(10, 9, 3).await, 1);
    let take = house.on_the_wire(Command::TakeSeat { seat });
    let id = house.coop.id();
    let told = house
        .commands(
            &device,
            &[
                json!({"id": id, "schema": 1, "kind": "dance"}),
                json!(7),
                json!({"id": id, "schema": 99, "kind": "take_seat"}),
                take,
            ],
        )
        .await;
    assert_eq!(told.status, 200);
    let outcomes = told.json()["outcomes"].clone();
    let code = |n: usize| outcomes[n]["reason"]["code"].clone();
    assert_eq!((code(0), code(1), code(2)), (json!("not_understood"), json!("not_understood"), json!("app_too_old")));
    assert_eq!(outcomes[3]["status"], "applied");
    assert!(outcomes[3]["marks"]["calendar"].as_i64().is_some_and(|mark| mark > 0));
    assert_eq!(told.header("alpar"), "1");
    assert_eq!(told.header("alpar-build"), "b1");
    assert_eq!(told.header("alpar-member"), device.member.to_string());
    assert_eq!(told.header("alpar-time"), house.coop.now().timestamp_millis().to_string());
}

#[sqlx::test(migrations = false)]
async fn one_member_is_slowed_down_and_others_are_not(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let fifty: Vec<Value> = (0..50).map(|_| json!({"kind": "dance"})).collect();
    for _ in 0..4 {
        assert_eq!(house.commands(&camille, &fifty).await.status, 200);
    }
    let told = house.commands(&camille, &fifty).await;
    assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (429, Some("too_many")));
    assert!(told.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    assert_eq!(house.commands(&karim, &fifty).await.status, 200);
}

#[sqlx::test(migrations = false)]
async fn a_database_that_is_away_is_said_calmly(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    house.coop.backend.pool.close().await;
    let told = house.send(post("/api/v1/commands").by(&device).json(&json!({"commands": []}))).await;
    assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (503, Some("unavailable")));
    assert!(!told.header("retry-after").is_empty());
    let page = house.send(crate::house::get("/").by(&device)).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("Rien n’est perdu") && !page.text().to_lowercase().contains("sql"));
}
