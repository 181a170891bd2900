//! `GET /api/v1/live`.

use std::time::Duration;

use axum::http::StatusCode;
use futures::StreamExt;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::time::timeout;
use tower::ServiceExt;

use crate::house::{Device, House, get, post};

type Stream = axum::body::BodyDataStream;

async fn open(house: &House, device: &Device) -> Stream {
    let response = house.app.clone().oneshot(get("/api/v1/live").by(device).request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body().into_data_stream()
}

/// Reads until the stream has said `wanted`; everything it said.
async fn until(stream: &mut Stream, wanted: &str) -> String {
    let mut said = String::new();
    let read = async {
        while !said.contains(wanted) {
            let chunk = stream.next().await.expect("the stream goes on").unwrap();
            said.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    };
    timeout(Duration::from_secs(20), read).await.unwrap_or_else(|_| panic!("never heard {wanted}"));
    said
}

async fn ends(mut stream: Stream) {
    let end = async { while stream.next().await.is_some() {} };
    timeout(Duration::from_secs(20), end).await.expect("the stream ends");
}

#[sqlx::test(migrations = false)]
async fn everybody_hears_of_the_calendar_and_only_i_of_mine(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let seat = house.coop.seat_of(camille.member, 10, 9).await;
    tokio::spawn(house.server.live.clone().watch());
    let (mut hers, mut his) = (open(&house, &camille).await, open(&house, &karim).await);
    until(&mut hers, "\"slice\":\"groups\"").await;
    until(&mut his, "\"slice\":\"groups\"").await;
    let offer = house.coop.gives(camille.member, seat).await;
    let told = house.commands(&karim, &[house.on_the_wire(crate::coop::claim(offer))]).await;
    let mark = told.json()["outcomes"][0]["marks"]["calendar"].clone();
    let heard = until(&mut his, &format!("\"mark\":{mark},\"slice\":\"calendar\"")).await;
    assert!(heard.contains("event: mark"));
    until(&mut hers, &format!("\"mark\":{mark},\"slice\":\"calendar\"")).await;
}

#[sqlx::test(migrations = false)]
async fn streams_end_with_their_session_and_with_the_process(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let watching = tokio::spawn(house.server.live.clone().watch());
    let (hers, his) = (open(&house, &camille).await, open(&house, &karim).await);
    house.send(post("/deconnexion").by(&camille)).await;
    ends(hers).await;
    house.server.live.stop();
    ends(his).await;
    timeout(Duration::from_secs(20), watching).await.unwrap().unwrap();
}

#[sqlx::test(migrations = false)]
async fn a_stream_ends_at_once_where_its_member_is_on_another_card_by_now(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, margaux) = (house.signed_in("Camille").await, house.signed_in("Margaux").await);
    house.coop.in_office(margaux.member).await;
    let twin = house.signed_in("Camille").await;
    tokio::spawn(house.server.live.clone().watch());
    let mut hers = open(&house, &twin).await;
    until(&mut hers, "\"slice\":\"groups\"").await;
    let (backend, form) = (&house.coop.backend, house.coop.id());
    backend::register::merge(backend, margaux.member, form, camille.member, twin.member).await.unwrap().unwrap();
    let end = async { while hers.next().await.is_some() {} };
    timeout(Duration::from_secs(5), end).await.expect("the stream ends before its session is looked at anyway");
}
