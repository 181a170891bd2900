//! Pages as the server renders them.

use std::collections::BTreeMap;

use app::chapters::Chapter;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, get};

#[sqlx::test(migrations = false)]
async fn a_page_of_the_app_has_nothing_inline(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    house.coop.seat_of(device.member, 5, 9).await;
    let first = house.send(get("/").by(&device)).await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(first.header("cache-control"), "no-store", "a page of somebody's is shown to nobody after them");
    let policy = first.header("content-security-policy").to_owned();
    let html = first.text();
    let scripts: Vec<&str> = html.split("<script").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!(scripts, [" type=\"module\" src=\"/pkg/boot.0123456789.js\""]);
    assert!(!html.contains(" style=\""), "inline styles are not allowed by the policy");
    assert!(
        !policy.contains("unsafe-inline") && policy.contains("'wasm-unsafe-eval'") && policy.contains("frame-ancestors 'none'")
    );
}

#[sqlx::test(migrations = false)]
async fn a_still_page_has_its_small_script_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    for path in server::pages::still_paths() {
        let id = house.coop.id().to_string();
        let address = path.replace("{id}", &id).replace("{block}", &id).replace("{member}", &device.member.to_string());
        let address = address.replace("{monday}", "2026-11-30").replace("{event}", &id).replace("{page}", "le-projet");
        let address = address.replace("{product}", &id).replace("{supplier}", &id).replace("{import}", &id);
        let address = address.replace("{group}", "vie-sociale").replace("{meeting}", &id);
        let address = address.replace("{decision}", &id).replace("{consultation}", &id);
        let told = house.send(get(&address).by(&device)).await;
        assert!(told.header("cache-control").contains("no-store"), "{path} is shown to nobody after whose it is");
        let (html, policy) = (told.text(), told.header("content-security-policy"));
        // A text is previewed by WebAssembly; nothing else runs any.
        let below = [
            "/organiser/",
            "/communication/pages/",
            "/approvisionnement/produit/",
            "/approvisionnement/fournisseurs/",
            "/groupe/",
        ];
        let writes = below.iter().any(|below| path.starts_with(below))
            || ["/bloc/", "/gouvernance", "/consultations", "/ag/preparer", "/ag/compte-rendu/"]
                .iter()
                .any(|part| path.contains(part));
        let scripts = if writes { "script-src 'self' 'wasm-unsafe-eval';" } else { "script-src 'self';" };
        assert!(policy.contains(scripts), "{path}: {policy}");
        let scripts: Vec<&str> = html.split("<script").skip(1).filter_map(|rest| rest.split('>').next()).collect();
        let mut wanted = vec![" type=\"module\" src=\"/pkg/still.0123456789.js\""];
        // One's photo is made small on one's device.
        wanted.extend((path == "/moi/photo").then_some(" type=\"module\" src=\"/pkg/workshop.0123456789.js\""));
        assert_eq!(scripts, wanted, "{path}");
        for of_the_app in ["modulepreload", "alpar-member", "__RESOLVED", " style=\""] {
            assert!(!html.contains(of_the_app), "{path} has {of_the_app}");
        }
    }
}

#[test]
fn the_service_worker_knows_which_pages_are_still() {
    let pages: serde_json::Value = serde_json::from_str(include_str!("../../../public/member-pages.json")).unwrap();
    let still = |page: &&serde_json::Value| page["still"] == true;
    let named = |page: &serde_json::Value| page["pattern"].as_str().unwrap().to_owned();
    let mut listed: Vec<String> = pages.as_array().unwrap().iter().filter(still).map(named).collect();
    let as_written = |path: &str| path.replace('{', ":").replace('}', "");
    // Those before the door are nobody's: the service worker leaves them to the network.
    let of_members = server::pages::still_paths().into_iter().filter(|path| !server::routes::PUBLIC.contains(&path.as_str()));
    let mut served: Vec<String> = of_members.map(|path| as_written(&path)).collect();
    listed.sort();
    served.sort();
    assert_eq!(listed, served);
}

#[test]
fn the_service_worker_knows_every_page_of_the_app_and_the_narrower_pattern_first() {
    let pages: serde_json::Value = serde_json::from_str(include_str!("../../../public/member-pages.json")).unwrap();
    let named = |page: &serde_json::Value| page["pattern"].as_str().unwrap().to_owned();
    let all: Vec<String> = pages.as_array().unwrap().iter().map(named).collect();
    let of_the_app = pages.as_array().unwrap().iter().filter(|page| page["still"] != true);
    let mut listed: Vec<String> = of_the_app.map(named).collect();
    // An invitation asks the network: it is of whoever got it.
    let served = server::pages::paths().into_iter().filter(|path| path != "/invitation/{secret}");
    let mut served: Vec<String> = served.map(|path| path.replace('{', ":").replace('}', "")).collect();
    listed.sort();
    served.sort();
    assert_eq!(listed, served);
    // The first that fits is the page.
    let fits = |pattern: &str, path: &str| {
        let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
        let same = |(part, asked): (&&str, &&str)| part.starts_with(':') || part == asked;
        pattern.len() == path.len() && pattern.iter().zip(&path).all(same)
    };
    for plain in all.iter().filter(|pattern| !pattern.contains(':')) {
        assert_eq!(all.iter().find(|pattern| fits(pattern, plain)), Some(plain));
    }
}

/// The pattern of a route as the app's sources write it: `(named("vacation"), ParamSegment("id"))`.
fn pattern(route: &str) -> String {
    let parts: Vec<&str> = route.split('"').collect();
    let segments = parts.chunks_exact(2).map(|part| match part {
        [before, segment] if before.ends_with("ParamSegment(") => format!("/:{segment}"),
        [_, segment] => format!("/{segment}"),
        _ => String::new(),
    });
    segments.collect()
}

#[test]
fn the_boot_script_asks_for_the_chapter_that_a_page_is_in() {
    let pages: serde_json::Value = serde_json::from_str(include_str!("../../../public/member-pages.json")).unwrap();
    let between = |text: &'static str, from: &str, to: &str| text.split_once(from).unwrap().1.split_once(to).unwrap().0;
    // Which chapter the app takes each page from, by name.
    let names = between(include_str!("../../../app/src/chapters/page_name.rs"), "match self {", "\n    }\n");
    let mut chapters = BTreeMap::new();
    for arm in names.split_inclusive(',') {
        let Some((pages, chapter)) = arm.split_once("=> Chapter::") else { continue };
        for page in pages.split("PageName::").skip(1) {
            chapters.insert(page.trim_end_matches([' ', '\n', '|']), chapter.trim_end_matches(','));
        }
    }
    let routes = between(include_str!("../../../app/src/routes.rs"), "fn of_the_app()", "\n}\n");
    let mut compared = 0;
    for route in routes.split(" page(").skip(1) {
        let (path, name) = route.split_once("PageName::").unwrap();
        let (pattern, name) = (pattern(path), name.split_once(')').unwrap().0);
        let Some(page) = pages.as_array().unwrap().iter().find(|page| page["pattern"] == pattern) else {
            assert_eq!(pattern, "/invitation/:secret", "a page that the worker leaves to the network");
            continue;
        };
        let asked = Chapter::named(page["chapter"].as_str().unwrap_or_default());
        assert_eq!(asked.map(|chapter| format!("{chapter:?}")).as_deref(), chapters.get(name).copied(), "{pattern}");
        compared += 1;
    }
    assert_eq!(compared, pages.as_array().unwrap().iter().filter(|page| page["chapter"].is_string()).count());
}

#[sqlx::test(migrations = false)]
async fn a_page_is_compressed_for_those_who_can_read_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let told = house.send(get("/").by(&device).with("accept-encoding", "gzip, deflate, br")).await;
    assert_eq!((told.status.as_u16(), told.header("content-encoding")), (200, "br"));
    let mut html = Vec::new();
    brotli::BrotliDecompress(&mut &told.body[..], &mut html).unwrap();
    assert!(String::from_utf8(html).unwrap().contains("</html>"));
}

#[sqlx::test(migrations = false)]
async fn every_answer_is_strict(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    for path in ["/", "/connexion", "/api/v1/me", "/healthz", "/nothing", "/sw.js", "/pkg/missing.js"] {
        let told = house.send(get(path).by(&device)).await;
        assert_eq!(told.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(told.header("referrer-policy"), "same-origin", "{path}");
        assert!(told.header("content-security-policy").contains("default-src 'self'"), "{path}");
        assert!(!told.header("permissions-policy").is_empty(), "{path}");
        assert!(!told.header("x-request-id").is_empty(), "{path}");
        assert!(told.header("strict-transport-security").is_empty(), "{path}");
    }
}

#[sqlx::test(migrations = false)]
async fn the_camera_is_for_the_app_and_for_the_door_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let door = "/ag/emargement/01939d5e-7b1e-7000-8000-0000000000aa";
    for (path, may) in [
        ("/", true),
        ("/rayons", true),
        (door, true),
        ("/connexion", false),
        ("/installer", false),
        ("/consultations", false),
        ("/api/v1/me", false),
        ("/sw.js", false),
    ] {
        let told = house.send(get(path).by(&device)).await;
        let wanted = if may { "camera=(self)" } else { "camera=()" };
        assert!(told.header("permissions-policy").starts_with(wanted), "{path}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_shift_can_be_added_to_an_agenda(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let seat = house.coop.seat_of(device.member, 5, 9).await;
    let told = house.send(get(&format!("/vacation/{}/agenda.ics", seat.shift)).by(&device)).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert!(told.text().contains("DTSTART;TZID=Europe/Paris:20261206T090000\r\n"), "{}", told.text());
    let unknown = house.send(get("/vacation/01939d5e-7b1e-7000-8000-0000000000aa/agenda.ics").by(&device)).await;
    assert_eq!(unknown.status, 404);
}
