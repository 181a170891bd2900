//! `GET /api/v1/{calendar,groups,briefs,me}`.

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, get};

#[sqlx::test(migrations = false)]
async fn a_snapshot_travels_once_per_version(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let seat = house.coop.seat_of(camille.member, 10, 9).await;
    for slice in ["calendar", "groups", "briefs", "events", "catalogue", "me"] {
        let path = format!("/api/v1/{slice}");
        let first = house.send(get(&path).by(&camille)).await;
        assert_eq!(first.status, 200, "{}", first.text());
        assert_eq!((first.header("cache-control"), first.header("vary")), ("private, no-cache", "accept-encoding"));
        assert_eq!(first.header("alpar-member"), camille.member.to_string());
        assert!(first.json()["as_of"].is_string() && first.json()["valid_until"].is_string());
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with('"'));
        let again = house.send(get(&path).by(&camille).with("if-none-match", &etag)).await;
        assert_eq!((again.status.as_u16(), again.body.len(), again.header("etag")), (304, 0, etag.as_str()));
        // Another encoding is another representation.
        let packed = house.send(get(&path).by(&camille).with("accept-encoding", "br").with("if-none-match", &etag)).await;
        assert_eq!((packed.status.as_u16(), packed.header("content-encoding")), (200, "br"));
        assert_ne!(packed.header("etag"), etag);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &packed.body[..], &mut plain).unwrap();
        assert_eq!(plain, first.body);
    }
    let shared = |device| get("/api/v1/calendar").by(device);
    let (hers, his) = (house.send(shared(&camille)).await, house.send(shared(&karim)).await);
    assert_eq!((&hers.body, hers.header("etag")), (&his.body, his.header("etag")));

    house.coop.gives(camille.member, seat).await;
    let changed = house.send(shared(&karim).with("if-none-match", hers.header("etag"))).await;
    assert_eq!(changed.status, 200);
    assert_eq!(changed.json()["offers"].as_array().map(Vec::len), Some(1));
}

#[sqlx::test(migrations = false)]
async fn my_snapshot_is_mine(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let hers = house.send(get("/api/v1/me").by(&camille)).await;
    let his = house.send(get("/api/v1/me").by(&karim)).await;
    assert_eq!(hers.json()["profile"]["id"], camille.member.to_string());
    assert_eq!(his.json()["profile"]["id"], karim.member.to_string());
    let stolen = get("/api/v1/me").with("cookie", &camille.cookie).with("alpar-member", &karim.member.to_string());
    assert_eq!(house.send(stolen).await.status, 409);
}
