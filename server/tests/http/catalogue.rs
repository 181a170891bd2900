//! The catalogue over the wire: an index, and each shelf under its hash; and its pages as the server renders them.

use std::collections::BTreeSet;

use domain::brief::Shown;
use domain::catalogue::WrittenSupplier;
use domain::command::Command;
use domain::id::{BlockId, PictureId, ProductId, RangeId, SupplierId};
use domain::time::paris_day;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};
use crate::pictures::{jpeg, webp};

#[sqlx::test(migrations = false)]
async fn a_shelf_is_kept_for_ever_under_its_hash(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let odile = house.coop.keeper().await;
    let device = house.signed_in("Camille").await;
    let dairy = house.coop.range(odile, "Crèmerie").await;
    let bread = house.coop.range(odile, "Boulangerie").await;
    house.coop.product(odile, dairy, "Yaourt de brebis", 92).await;
    house.coop.product(odile, bread, "Pain complet", 310).await;
    let index = house.send(get("/api/v1/catalogue").by(&device)).await;
    assert_eq!((index.status.as_u16(), index.header("cache-control")), (200, "private, no-cache"));
    let parts = index.json()["parts"].clone();
    assert_eq!(parts.as_array().map(Vec::len), Some(2));
    let hash = parts[0]["hash"].as_str().expect("a hash").to_owned();
    assert_eq!(hash.len(), 32);
    let path = format!("/api/v1/catalogue/{dairy}/1/{hash}");
    let shelf = house.send(get(&path).by(&device)).await;
    assert_eq!((shelf.status.as_u16(), shelf.header("cache-control")), (200, "private, max-age=31536000, immutable"));
    assert_eq!(shelf.json()["products"][0]["name"], "Yaourt de brebis");
    let packed = house.send(get(&path).by(&device).with("accept-encoding", "br")).await;
    assert_eq!(packed.header("content-encoding"), "br");

    // Not compressed, it is the same again.
    let tag = shelf.header("etag").to_owned();
    assert_eq!(house.send(get(&path).by(&device)).await.body, shelf.body);
    assert_eq!(house.send(get(&path).by(&device).with("if-none-match", &tag)).await.status, 304);
    assert_ne!(packed.header("etag"), tag);

    // Nothing is found under another range, another piece, another hash, or what is none.
    let other = "0".repeat(32);
    let wrongs = [
        format!("{bread}/1/{hash}"),
        format!("{dairy}/2/{hash}"),
        format!("{dairy}/1/{other}"),
        format!("x/1/{hash}"),
        format!("{dairy}/x/{hash}"),
    ];
    for wrong in wrongs {
        let told = house.send(get(&format!("/api/v1/catalogue/{wrong}")).by(&device)).await;
        assert_eq!(told.status, 404, "{wrong}");
        assert!(!told.header("cache-control").contains("immutable"), "{wrong}");
    }
    house.coop.product(odile, dairy, "Faisselle", 210).await;
    assert_eq!(house.send(get(&path).by(&device)).await.status, 404, "it holds something else by now");
    let etag = index.header("etag").to_owned();
    let again = house.send(get("/api/v1/catalogue").by(&device).with("if-none-match", &etag)).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.json()["parts"][1], parts[1], "the other shelf is as it was");
}

#[sqlx::test(migrations = false)]
async fn a_picture_of_a_product_shows_once_something_names_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let odile = house.coop.keeper().await;
    let device = house.signed_in("Camille").await;
    let dairy = house.coop.range(odile, "Crèmerie").await;
    let product = house.coop.product(odile, dairy, "Yaourt de brebis", 92).await;
    let id = PictureId(house.coop.id());
    let kept = backend::catalogue::Kept { mime: "image/webp".into(), width: 12, height: 8, bytes: vec![1, 2, 3] };
    backend::catalogue::keep_picture(&house.coop.backend, odile, id, &kept).await.unwrap();
    let path = format!("/pictures/{id}");
    assert_eq!(house.send(get(&path).by(&device)).await.status, 404);
    let photo = domain::brief::Picture { id, alt: "Un pot".into(), width: 12, height: 8 };
    backend::catalogue::set_photo(&house.coop.backend, odile, product, Some(photo)).await.unwrap().unwrap();
    let told = house.send(get(&path).by(&device)).await;
    assert_eq!((told.status.as_u16(), told.header("content-type"), &told.body[..]), (200, "image/webp", &[1, 2, 3][..]));
    assert_eq!(told.header("alpar-picture"), "shop", "a device keeps few of them");
    assert_eq!(house.send(get(&path)).await.status, 404, "the public sees none of it");
}

/// What a device that keeps all of `known` fetches of the catalogue, in bytes; and all that there is then.
async fn fetches(house: &House, device: &Device, known: &BTreeSet<String>) -> (usize, BTreeSet<String>) {
    let ask = |path: &str| get(path).by(device).with("accept-encoding", "br");
    let index = house.send(get("/api/v1/catalogue").by(device)).await.json();
    let name = |part: &Value| {
        let [range, hash] = [&part["range"]["id"], &part["hash"]].map(|text| text.as_str().unwrap_or_default());
        format!("/api/v1/catalogue/{range}/{}/{hash}", part["piece"])
    };
    let told = index["stories"].as_str().map(|hash| format!("/api/v1/catalogue/fournisseurs/{hash}"));
    let shelves: BTreeSet<String> = index["parts"].as_array().expect("parts").iter().map(name).chain(told).collect();
    let mut bytes = house.send(ask("/api/v1/catalogue")).await.body.len();
    for path in shelves.difference(known) {
        let told = house.send(ask(path)).await;
        assert_eq!(told.status, 200, "{path}");
        bytes += told.body.len();
    }
    (bytes, shelves)
}

#[sqlx::test(migrations = false)]
async fn one_price_of_a_crowded_range_costs_little(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (_, _, yoghurt) = crowded(&house, 1_500).await;
    // What no compression makes small.
    let unlike = "update product set facts = facts || jsonb_build_object('name', 'Fromage ' || left(md5(product_id::text), 14),
        'brand', 'Maison ' || left(md5('b' || product_id::text), 8), 'purchase', 50 + abs(hashtext(product_id::text)) % 2000)
        where product_id <> $1";
    sqlx::query(unlike).bind(yoghurt).execute(&house.coop.backend.pool).await.unwrap();
    let farms = "insert into supplier (supplier_id, written, html)
        select gen_random_uuid(), jsonb_build_object('name', 'Ferme ' || n),
            (select string_agg(md5(n::text || '/' || k::text), ' ') from generate_series(1, 61) as k)
        from generate_series(1, 80) as n";
    sqlx::query(farms).execute(&house.coop.backend.pool).await.unwrap();
    let device = house.signed_in("Camille").await;
    let (all, shelves) = fetches(&house, &device, &BTreeSet::new()).await;
    assert!(shelves.len() >= 5, "{shelves:?}");
    let odile = house.coop.keeper().await;
    let known = backend::catalogue::product_in_hand(&house.coop.backend, odile, yoghurt).await.unwrap();
    let mut written = known.written.clone();
    written.facts.purchase.0 = 99;
    backend::catalogue::edit_product(&house.coop.backend, odile, yoghurt, known.revision, written).await.unwrap().unwrap();
    let (again, now) = fetches(&house, &device, &shelves).await;
    assert_eq!(now.difference(&shelves).count(), 1);
    assert!(again <= 40_000 && again * 3 < all, "{again} of {all}");

    // What the farms tell is as it was.
    let told = shelves.iter().find(|path| path.contains("/fournisseurs/")).expect("stories");
    let told = house.send(get(told).by(&device)).await;
    assert_eq!((told.status.as_u16(), told.header("cache-control")), (200, "private, max-age=31536000, immutable"));
    assert_eq!(told.json()["of"].as_object().map(serde_json::Map::len), Some(80));
    let other = format!("/api/v1/catalogue/fournisseurs/{}", "0".repeat(32));
    assert_eq!(house.send(get(&other).by(&device)).await.status, 404);
}

/// The same picture with what a camera said, and another file behind its end.
fn said(webp: &[u8]) -> Vec<u8> {
    let place = [b"EXIF", &12_u32.to_le_bytes()[..], b"45.899,6.129"].concat();
    let whole = u32::try_from(webp.len() + place.len() - 8).unwrap().to_le_bytes();
    [b"RIFF", &whole[..], &webp[8..], &place, b"<script>"].concat()
}

#[sqlx::test(migrations = false)]
async fn a_thumbnail_is_small_and_bare_and_shown_to_whoever_sees_its_photo(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let odile = house.coop.keeper().await;
    let (keeper, camille) = (house.device_of(odile).await, house.signed_in("Camille").await);
    let dairy = house.coop.range(odile, "Crèmerie").await;
    let product = house.coop.product(odile, dairy, "Yaourt de brebis", 92).await;
    let id = PictureId(house.coop.id());
    let (photo, small) = (format!("/api/v1/product-pictures/{id}"), format!("/api/v1/product-pictures/{id}/petite"));
    let sends = async |device: &Device, path: &str, kind: &str, bytes: Vec<u8>| {
        let told = house.send(post(path).by(device).text(kind, bytes)).await;
        let code =
            if told.body.is_empty() { String::new() } else { told.json()["error"].as_str().unwrap_or_default().to_owned() };
        (told.status.as_u16(), code)
    };
    let tiny = webp(160, 120);
    assert_eq!(sends(&keeper, &small, "image/webp", tiny.clone()).await.0, 404, "its photo comes first");
    assert_eq!(sends(&keeper, &photo, "image/webp", webp(1600, 1200)).await.0, 204);
    for (kind, bytes, wanted) in [
        ("image/png", tiny.clone(), (415, "wrong_type")),
        ("image/webp", b"<svg onload=alert(1)>".to_vec(), (422, "not_a_picture")),
        ("image/webp", tiny[..30].to_vec(), (422, "not_a_picture")),
        ("image/jpeg", jpeg(160, 120, 0), (422, "not_a_picture")),
        ("image/webp", Vec::new(), (422, "not_a_picture")),
        ("image/webp", webp(161, 120), (413, "picture_too_large")),
        ("image/webp", webp(16, 161), (413, "picture_too_large")),
        ("image/webp", [tiny.as_slice(), &[0; 12_000]].concat(), (413, "picture_too_large")),
    ] {
        let (status, code) = sends(&keeper, &small, kind, bytes).await;
        assert_eq!((status, code.as_str()), wanted, "{kind}");
    }
    assert_eq!(house.coop.count("select count(*) from product_picture where thumbnail is not null").await, 0);
    assert_eq!(sends(&camille, &small, "image/webp", tiny.clone()).await.0, 403, "of the group alone");
    for _ in 0..2 {
        assert_eq!(sends(&keeper, &small, "image/jpeg", said(&tiny)).await.0, 204, "and once is enough");
    }
    assert_eq!(sends(&keeper, &small, "image/webp", webp(80, 60)).await.0, 404, "it never changes");

    let shown = format!("/pictures/{id}/petite");
    let told = house.send(get(&shown).by(&keeper)).await;
    assert_eq!((told.status.as_u16(), told.header("content-type"), &told.body), (200, "image/webp", &tiny), "its picture alone");
    assert_eq!(told.header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(house.send(get(&shown).by(&camille)).await.status, 404, "nothing names it yet");
    let picture = domain::brief::Picture { id, alt: "Un pot".into(), width: 1600, height: 1200 };
    backend::catalogue::set_photo(&house.coop.backend, odile, product, Some(picture)).await.unwrap().unwrap();
    assert_eq!(house.send(get(&shown).by(&camille)).await.status, 200);
    let visitor = house.send(get(&shown)).await;
    assert_eq!(visitor.status, 303, "members alone");
    for nowhere in [format!("/pictures/{}/petite", house.coop.id()), "/pictures/x/petite".into()] {
        assert_eq!(house.send(get(&nowhere).by(&keeper)).await.status, 404, "{nowhere}");
    }

    let page = house.send(get(&format!("/rayons/{dairy}")).by(&camille)).await.text();
    assert!(page.contains(&shown) && page.contains("loading=\"lazy\""), "{page}");
    assert!(!page.contains(&format!("\"/pictures/{id}\"")), "no row brings a whole photo: {page}");
}

#[sqlx::test(migrations = false)]
async fn whoever_scans_and_whoever_keeps_it_see_the_small_photo_too(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let coop = &house.coop;
    let odile = coop.keeper().await;
    let (keeper, camille) = (house.device_of(odile).await, house.signed_in("Camille").await);
    let dairy = coop.range(odile, "Crèmerie").await;
    let id = PictureId(coop.id());
    let photo = backend::catalogue::Kept { mime: "image/webp".into(), width: 1600, height: 1200, bytes: webp(1600, 1200) };
    backend::catalogue::keep_picture(&coop.backend, odile, id, &photo).await.unwrap();
    let picture = domain::brief::Picture { id, alt: "Un pot".into(), width: 1600, height: 1200 };
    let mut written = coop.written(dairy, "Yaourt de brebis", 92);
    written.facts.barcodes = vec!["3760012345670".parse().unwrap()];
    written.by_hand.photo = Some(picture.clone());
    let product = backend::catalogue::create_product(&coop.backend, odile, coop.id(), written).await.unwrap().unwrap();
    let farm = WrittenSupplier { name: "Ferme".into(), photo: Some(picture), ..WrittenSupplier::default() };
    backend::catalogue::create_supplier(&coop.backend, odile, coop.id(), farm).await.unwrap().unwrap();
    coop.does(camille.member, Command::ReportMissing { product, on: paris_day(coop.now()) }).await;
    let pages = [
        (&keeper, "/approvisionnement?q=yaourt", 3),
        (&keeper, "/approvisionnement/fournisseurs", 1),
        (&camille, "/rayons/scanner?code=3760012345670", 1),
    ];
    let small = format!("/pictures/{id}/petite");
    let shows = async |device: &Device, path: &str| {
        let told = house.send(get(path).by(device)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        told.text().split("<img ").skip(1).filter(|img| img.contains(&small)).map(str::to_owned).collect::<Vec<String>>()
    };
    for (device, path, _) in pages {
        assert_eq!(shows(device, path).await, [""; 0], "{path}: there is no small one yet");
    }
    let tiny = backend::catalogue::Thumbnail { mime: "image/webp".into(), bytes: webp(160, 120) };
    backend::catalogue::keep_thumbnail(&coop.backend, odile, id, &tiny).await.unwrap();
    for (device, path, times) in pages {
        // What was found, what is missing, what says no allergens; it comes when it is about to be seen.
        let shown = shows(device, path).await;
        assert_eq!(shown.len(), times, "{path}: {shown:?}");
        assert!(shown.iter().all(|img| img.contains("loading=\"lazy\"")), "{path}: {shown:?}");
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

/// How many elements a page has.
fn elements(html: &str) -> usize {
    html.split('<').skip(1).filter(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic())).count()
}

/// A range of so many products of one farm and a yoghurt.
async fn crowded(house: &House, others: i32) -> (RangeId, SupplierId, ProductId) {
    let coop = &house.coop;
    let odile = coop.keeper().await;
    let farm = WrittenSupplier { name: "Ferme des Hirondelles".into(), ..WrittenSupplier::default() };
    let farm = backend::catalogue::create_supplier(&coop.backend, odile, coop.id(), farm).await.unwrap().unwrap();
    let dairy = coop.range(odile, "Crèmerie").await;
    let mut written = coop.written(dairy, "Fromage", 92);
    written.facts.supplier = Some(farm);
    coop.stock(&written, others).await;
    written.facts.name = "Yaourt de brebis".into();
    written.facts.barcodes = vec!["3760012345670".parse().unwrap()];
    let yoghurt = backend::catalogue::create_product(&coop.backend, odile, coop.id(), written).await.unwrap().unwrap();
    (dairy, farm, yoghurt)
}

#[sqlx::test(migrations = false)]
async fn every_page_of_the_shop_comes_whole_and_small(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (dairy, farm, yoghurt) = crowded(&house, 600).await;
    let device = house.signed_in("Camille").await;
    let pages = [
        ("/rayons".to_owned(), "601 produits"),
        ("/rayons?q=yaourt".to_owned(), "Yaourt de brebis"),
        ("/rayons?q=zwzwzw".to_owned(), "Rien ne répond à « zwzwzw »"),
        ("/rayons/tout".to_owned(), "Page 1 sur 11"),
        ("/rayons/tout?page=6".to_owned(), "Page 6 sur 11"),
        (format!("/rayons/{dairy}"), "60 suivants"),
        (format!("/rayons/{dairy}?sans=lait"), "601 autres sont écartés"),
        (format!("/produit/{yoghurt}"), "Yaourt de brebis"),
        (format!("/fournisseur/{farm}"), "60 suivants"),
        ("/liste".to_owned(), "Ta liste est vide"),
        ("/envies".to_owned(), "Rien n’est demandé pour l’instant"),
        ("/rayons/scanner".to_owned(), "Ou tape le code-barres"),
        ("/rayons/scanner?code=3760012345670".to_owned(), "Yaourt de brebis"),
    ];
    for (path, said) in &pages {
        let told = house.send(get(path).by(&device)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        assert!(plain(&told).contains(said), "{path} does not say « {said} »: {}", plain(&told));
        let elements = elements(&told.text());
        assert!(elements < 1_500, "{path} has {elements} elements");
        let packed = house.send(get(path).by(&device).with("accept-encoding", "br")).await;
        assert!(packed.body.len() <= 12_000, "{path} has {} bytes", packed.body.len());
    }
    // Without the app, a link leads on, and back.
    let last = plain(&house.send(get(&format!("/rayons/{dairy}?page=11")).by(&device)).await);
    assert!(last.contains("Yaourt de brebis") && last.contains("60 précédents") && !last.contains("rel=\"next\""), "{last}");
    assert!(last.contains(&format!("href=\"/rayons/{dairy}?page=10\"")), "{last}");
    for nowhere in
        [format!("/rayons/{yoghurt}"), format!("/produit/{farm}"), format!("/fournisseur/{dairy}"), "/produit/x".into()]
    {
        assert_eq!(house.send(get(&nowhere).by(&device)).await.status, 404, "{nowhere}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_product_says_which_brief_presented_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let odile = house.coop.keeper().await;
    let device = house.signed_in("Camille").await;
    let dairy = house.coop.range(odile, "Crèmerie").await;
    let yoghurt = house.coop.product(odile, dairy, "Yaourt de brebis", 92).await;
    let other = house.coop.product(odile, dairy, "Faisselle", 210).await;
    let block = Shown::Block {
        id: BlockId(house.coop.id()),
        group: "Approvisionnement".into(),
        title: "Les brebis sont là".into(),
        html: format!("<p>Goûte <a href=\"/produit/{yoghurt}\">leur yaourt</a>.</p>"),
        picture: None,
        link: None,
    };
    house.coop.publishes(vec![block], false).await;
    let page = plain(&house.send(get(&format!("/produit/{yoghurt}")).by(&device)).await);
    assert!(page.contains("Dans la brève") && page.contains("Les brebis sont là"), "{page}");
    let page = plain(&house.send(get(&format!("/produit/{other}")).by(&device)).await);
    assert!(!page.contains("Dans la brève"), "{page}");
}

#[sqlx::test(migrations = false)]
async fn another_margin_is_looked_at_before_it_is_set(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let odile = house.coop.keeper().await;
    let (keeper, camille) = (house.device_of(odile).await, house.signed_in("Camille").await);
    let dairy = house.coop.range(odile, "Crèmerie").await;
    house.coop.product(odile, dairy, "Yaourt de brebis", 92).await;
    let before = house.database().await;
    let page = "/approvisionnement/marge";
    let asked = plain(&house.send(get(&format!("{page}?marge=21")).by(&keeper)).await);
    for said in ["La coop ajoute 20 %", "Avec 21 %", "1 prix change.", "1,16 € → 1,17 €", "name=\"margin\" value=\"21\""] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    let same = plain(&house.send(get(&format!("{page}?marge=20")).by(&keeper)).await);
    assert!(same.contains("C’est déjà la marge d’aujourd’hui."), "{same}");
    let wrong = plain(&house.send(get(&format!("{page}?marge=beaucoup")).by(&keeper)).await);
    assert!(wrong.contains("Écris un pourcentage"), "{wrong}");
    assert_eq!(house.send(get(page).by(&camille)).await.status, 403);
    assert_eq!(house.database().await, before, "looking changes nothing");

    let sets = async |device: &Device, margin: &str, base: &str| {
        let fields = [("geste", "marge"), ("margin", margin), ("base", base), ("why", "AG du 12")];
        house.send(post("/approvisionnement").by(device).form(&fields)).await
    };
    assert_eq!(sets(&camille, "21", "0").await.status, 403);
    assert_eq!(sets(&keeper, "beaucoup", "0").await.status, 422);
    assert_eq!(house.database().await, before);
    let told = sets(&keeper, "21", "0").await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/approvisionnement/marge?fait=marge"));
    let stale = sets(&keeper, "22", "0").await;
    assert_eq!(stale.status, 422);
    assert!(plain(&stale).contains("Quelqu’un l’a changé entre-temps"), "{}", plain(&stale));
    let now = plain(&house.send(get(page).by(&keeper)).await);
    for said in ["La coop ajoute 21 %", "20 % → 21 %", "1 prix change", "« AG du 12 »", "Odile"] {
        assert!(now.contains(said), "{said}: {now}");
    }
    let new = house.send(get("/approvisionnement/produit/nouveau").by(&keeper)).await;
    assert!(plain(&new).contains("Rien : celle de la coop, 21 %"), "{}", plain(&new));
}
