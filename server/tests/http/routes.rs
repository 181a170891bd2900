//! Every route, whatever it is: visitors are refused, reads change nothing.

use axum::http::{Method, StatusCode};
use server::routes::PUBLIC;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, ask, get};

/// A path that the route matches.
fn example(route: &str) -> String {
    route
        .replace("{id}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{member}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{block}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{event}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{range}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{piece}", "1")
        .replace("{hash}", "0123456789abcdef0123456789abcdef")
        .replace("{product}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{supplier}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{import}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{group}", "vie-sociale")
        .replace("{meeting}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{decision}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{consultation}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{dossier}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{objective}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{assembly}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{resolution}", "01939d5e-7b1e-7000-8000-0000000000aa")
        .replace("{secret}", "abc")
        .replace("{monday}", "2026-11-30")
        .replace("{page}", "le-projet")
        .replace("{*file}", "alpar.0123456789.css")
}

#[sqlx::test(migrations = false)]
async fn a_visitor_gets_nowhere_but_where_it_is_listed(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    assert!(house.routes.len() > 30, "{:?}", house.routes);
    for route in house.routes.iter().filter(|route| !route.is_public()) {
        let path = example(&route.path);
        let told = house
            .send(ask(route.method.clone(), &path).with("sec-fetch-site", "same-origin").with("x-forwarded-for", "1.2.3.4"))
            .await;
        let page = route.method == Method::GET && !path.starts_with("/api/");
        if path == "/" {
            // The front door leads to what anybody reads, and no further.
            assert_eq!((told.status.as_u16(), told.header("location")), (303, "/le-projet"));
            assert!(told.cookies().is_empty() && told.header("cache-control") == "no-store");
        } else if page {
            assert_eq!(told.status, StatusCode::SEE_OTHER, "{route:?}");
            assert!(told.header("location").starts_with("/connexion"), "{route:?}");
            assert!(!told.header("location").contains("secret") && !told.header("location").contains("abc"), "{route:?}");
        } else {
            assert!(matches!(told.status.as_u16(), 401 | 429), "{route:?}: {}", told.status);
        }
        if told.status == 401 && path.starts_with("/api/") {
            assert_eq!(told.json()["error"], "unknown", "{route:?}");
        }
    }
}

#[sqlx::test(migrations = false)]
async fn every_listed_route_exists(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    for listed in PUBLIC {
        assert!(house.routes.iter().any(|route| route.path == *listed), "{listed}");
    }
}

#[sqlx::test(migrations = false)]
async fn no_read_changes_anything(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let seat = house.coop.seat_of(device.member, 5, 9).await;
    house.coop.gives(device.member, seat).await;
    let before = house.database().await;
    for route in house.routes.iter().filter(|route| route.method == Method::GET && route.path != "/api/v1/live") {
        let path = example(&route.path).replace("01939d5e-7b1e-7000-8000-0000000000aa", &seat.shift.to_string());
        for method in [Method::GET, Method::HEAD] {
            let told = house.send(ask(method, &path).by(&device)).await;
            assert!(told.status.as_u16() < 500, "{route:?}: {} {}", told.status, told.text());
        }
    }
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn health_says_what_it_sees(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    assert_eq!(house.send(get("/healthz")).await.status, 200);
    assert_eq!(house.send(get("/readyz")).await.status, 200);
    house.coop.sql("update _sqlx_migrations set success = false").await;
    assert_eq!(house.send(get("/readyz")).await.status, 503);
    house.coop.backend.pool.close().await;
    let told = house.send(get("/readyz")).await;
    assert_eq!(told.status, 503);
    assert!(!told.header("retry-after").is_empty());
    assert_eq!(house.send(get("/healthz")).await.status, 200);
}

#[sqlx::test(migrations = false)]
async fn only_version_one_is_spoken(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    assert_eq!(house.send(get("/api/v2/commands")).await.status, 426);
    assert_eq!(house.send(get("/api/v1/nowhere")).await.status, 404);
    assert_eq!(house.send(get("/api/vx/commands")).await.status, 404);
}

#[sqlx::test(migrations = false)]
async fn static_files_are_what_they_say(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let css = house.send(get("/pkg/alpar.0123456789.css")).await;
    assert_eq!((css.status.as_u16(), css.header("cache-control")), (200, "public, max-age=31536000, immutable"));
    let missing = house.send(get("/pkg/alpar.ffffffffff.css")).await;
    assert_eq!(missing.status, 404);
    assert!(!missing.header("cache-control").contains("immutable"));
    for outside in ["/pkg/../assets.json", "/pkg/%2e%2e/assets.json", "/assets.json", "/pkg/..%2fassets.json"] {
        assert_eq!(house.send(get(outside)).await.status, 404, "{outside}");
    }
    let worker = house.send(get("/sw.js")).await;
    assert_eq!((worker.text().as_str(), worker.header("cache-control")), ("// worker", "no-cache"));
    assert_eq!(house.send(get("/favicon.svg")).await.status, 200);
    let shell = house.send(get("/shell.html")).await;
    assert!(shell.header("content-security-policy").contains("'sha256-abc'"));
}

#[sqlx::test(migrations = false)]
async fn the_worker_can_be_called_back(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::with(at, &[("ALPAR_SW_KILL", "1")]).await;
    assert_eq!(house.send(get("/sw.js")).await.text(), "// gone");
}
