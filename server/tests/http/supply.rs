//! Approvisionnement's own pages through HTTP: whose they are, what is typed, the till's file, what goes out of it.

mod faults;
mod files;

use axum::http::{Method, StatusCode};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, ask, get, post};

const PAGE: &str = "/approvisionnement";
const IMPORT: &str = "/approvisionnement/importer";
const FILE: &str = "Code article;Désignation;Rayon;Fournisseur;Prix d'achat HT;TVA\n\
    A1;Lentilles vertes;Vrac;Ferme du Lac;2,00;5,5\n\
    A2;Miel de sapin;Épicerie;;5,00;5,5\n";

/// Nora of Approvisionnement keeps the ranges; Camille is a member.
struct Supply {
    house: House,
    nora: Device,
    camille: Device,
}

impl Supply {
    async fn new(at: PgConnectOptions) -> Supply {
        let house = House::new(at).await;
        let (nora, camille) = (house.signed_in("Nora").await, house.signed_in("Camille").await);
        house.coop.in_group(nora.member, "approvisionnement").await;
        Supply { house, nora, camille }
    }

    async fn posts(&self, who: &Device, fields: &[(&str, &str)]) -> Told {
        self.house.send(post(PAGE).by(who).form(fields)).await
    }

    async fn does(&self, fields: &[(&str, &str)]) -> Told {
        self.posts(&self.nora, fields).await
    }

    async fn page(&self, path: &str) -> String {
        let told = self.house.send(get(path).by(&self.nora)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        plain(&told)
    }

    async fn brings(&self, who: &Device, bytes: &[u8]) -> Told {
        let id = self.house.coop.id().to_string();
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n--x\r\nContent-Disposition: form-data; \
             name=\"fichier\"; filename=\"caisse.csv\"\r\nContent-Type: text/csv\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        self.house.send(post(IMPORT).by(who).text("multipart/form-data; boundary=x", body)).await
    }

    /// The page of a file that was read.
    async fn brought(&self, text: &str) -> String {
        let told = self.brings(&self.nora, text.as_bytes()).await;
        assert_eq!(told.status, 303, "{}", told.text());
        told.header("location").to_owned()
    }

    /// The shop has the two products of the file.
    async fn applied(&self) -> String {
        let page = self.brought(FILE).await;
        let import = id_of(&page);
        let words = [
            ("geste", "mots"),
            ("import", import.as_str()),
            ("mot-rayon", "Vrac"),
            ("rayon", "nouveau"),
            ("mot-rayon", "Épicerie"),
            ("rayon", "nouveau"),
            ("mot-fournisseur", "Ferme du Lac"),
            ("fournisseur", "nouveau"),
        ];
        assert_eq!(self.does(&words).await.status, 303);
        self.approves(&page).await;
        page
    }

    async fn approves(&self, page: &str) {
        let seen = hidden(&self.page(page).await, "vu");
        let told = self.does(&[("geste", "appliquer"), ("import", &id_of(page)), ("vu", &seen)]).await;
        assert_eq!(told.status, 303, "{}", told.text());
    }

    async fn names(&self) -> Vec<String> {
        sqlx::query_scalar("select facts->>'name' from product where archived = 'no' order by 1")
            .fetch_all(&self.house.coop.backend.pool)
            .await
            .unwrap()
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a page's form carries unseen.
fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = html.find(&mark).unwrap_or_else(|| panic!("no {name} in {html}")) + mark.len();
    html[at..].split('"').next().unwrap_or_default().to_owned()
}

fn id_of(page: &str) -> String {
    page.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default().to_owned()
}

#[sqlx::test(migrations = false)]
async fn its_pages_and_its_forms_are_the_groups_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let house = &supply.house;
    let file = supply.applied().await;
    let product: uuid::Uuid =
        sqlx::query_scalar("select product_id from product limit 1").fetch_one(&house.coop.backend.pool).await.unwrap();
    let supplier: uuid::Uuid =
        sqlx::query_scalar("select supplier_id from supplier limit 1").fetch_one(&house.coop.backend.pool).await.unwrap();
    let paths = [
        PAGE.to_owned(),
        format!("{PAGE}/produit/nouveau"),
        format!("{PAGE}/produit/{product}"),
        format!("{PAGE}/fournisseurs"),
        format!("{PAGE}/fournisseurs/nouveau"),
        format!("{PAGE}/fournisseurs/{supplier}"),
        format!("{PAGE}/rayons"),
        IMPORT.to_owned(),
        file.clone(),
        format!("{PAGE}/catalogue.csv"),
    ];
    for path in &paths {
        assert_eq!(house.send(get(path).by(&supply.nora)).await.status, 200, "{path}");
        let told = house.send(get(path).by(&supply.camille)).await;
        assert_eq!(told.status, 403, "{path}: {}", told.text());
        assert!(!told.text().contains("Lentilles"), "{path}");
        assert_eq!(house.send(get(path)).await.status, 303, "{path}");
    }
    let before = house.database().await;
    let (product, supplier, import) = (product.to_string(), supplier.to_string(), id_of(&file));
    let acts = [
        "produit",
        "nouveau-produit",
        "archiver",
        "remettre",
        "rayon",
        "nouveau-rayon",
        "deplacer-rayon",
        "retirer-rayon",
        "fournisseur",
        "nouveau-fournisseur",
        "retirer-fournisseur",
        "balances",
        "colonnes",
        "mots",
        "reponses",
        "appliquer",
        "defaire",
    ];
    for act in acts {
        let fields = [
            ("geste", act),
            ("product", product.as_str()),
            ("range", product.as_str()),
            ("supplier", supplier.as_str()),
            ("import", import.as_str()),
            ("name", "Autre"),
            ("rank", "0"),
            ("place", "0"),
            ("base", "1"),
        ];
        assert_eq!(supply.posts(&supply.camille, &fields).await.status, 403, "{act}");
    }
    assert_eq!(supply.brings(&supply.camille, FILE.as_bytes()).await.status, 403);
    assert_eq!(house.database().await, before);
    for (device, has_it) in [(&supply.nora, true), (&supply.camille, false)] {
        let moi = house.send(get("/moi").by(device)).await.text();
        assert_eq!(moi.contains(&format!("href=\"{PAGE}\"")), has_it);
    }
}

#[sqlx::test(migrations = false)]
async fn a_file_is_read_answered_applied_once_and_taken_back(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let page = supply.brought(FILE).await;
    let html = supply.page(&page).await;
    for said in ["Le rayon « Vrac »", "Le rayon « Épicerie »", "Le fournisseur « Ferme du Lac »", "2 nouveaux"] {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(!html.contains("value=\"appliquer\""), "words are unknown");
    assert!(supply.names().await.is_empty());

    let page = supply.applied().await;
    assert_eq!(supply.names().await, ["Lentilles vertes", "Miel de sapin"]);
    assert!(supply.page(&page).await.contains("Cet import est appliqué."));

    let before = supply.house.database().await;
    let again = supply.page(&supply.brought(FILE).await).await;
    assert!(again.contains("Ce fichier ne change rien") && !again.contains("value=\"appliquer\""), "{again}");
    let products = |all: &str| all.split("product:").nth(1).map(str::len);
    assert_eq!(products(&supply.house.database().await), products(&before));

    let dearer = FILE.replace("2,00", "2,10");
    let changed = supply.brought(&dearer).await;
    let html = supply.page(&changed).await;
    assert!(html.contains("Lentilles vertes : prix 2,53 € → 2,66 €"), "{html}");
    supply.approves(&changed).await;
    let told = supply.does(&[("geste", "defaire"), ("import", &id_of(&changed))]).await;
    assert_eq!((told.status, told.header("location")), (StatusCode::SEE_OTHER, "/approvisionnement/importer?fait=defaire"));
    let told = supply.does(&[("geste", "defaire"), ("import", &id_of(&changed))]).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Cet import est déjà annulé."));
    let purchase: i64 = sqlx::query_scalar("select (facts->>'purchase')::bigint from product where till_id = 'A1'")
        .fetch_one(&supply.house.coop.backend.pool)
        .await
        .unwrap();
    assert_eq!(purchase, 200);
}

#[sqlx::test(migrations = false)]
async fn what_was_seen_is_what_is_applied(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    supply.applied().await;
    let page = supply.brought(&FILE.replace("2,00", "2,10")).await;
    let seen = hidden(&supply.page(&page).await, "vu");
    let other = supply.brought(&FILE.replace("5,00", "6,00")).await;
    supply.approves(&other).await;
    let told = supply.does(&[("geste", "appliquer"), ("import", &id_of(&page)), ("vu", &seen)]).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("ont changé depuis"), "{}", plain(&told));
}

#[sqlx::test(migrations = false)]
async fn each_fault_is_named_and_nothing_is_taken(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let page = supply.brought(&FILE.replace("2,00;5,5", "deux;7").replace("A2;", ";")).await;
    let html = supply.page(&page).await;
    for said in [
        "3 fautes dans ce fichier",
        "Ligne 2, colonne « Prix d’achat HT »",
        "Ligne 2, colonne « TVA »",
        "Ligne 3, colonne « Code article »",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let told = supply.does(&[("geste", "appliquer"), ("import", &id_of(&page)), ("vu", "")]).await;
    assert_eq!(told.status, 422);
    assert!(supply.names().await.is_empty());
}

#[sqlx::test(migrations = false)]
async fn a_file_that_is_none_is_refused_in_a_sentence(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let long = vec![b'x'; 21 * 1024 * 1024];
    let files: [(&[u8], u16, &str); 5] = [
        (b"PK\x03\x04 a workbook", 422, "C’est un classeur ou une archive"),
        (b"Nom;Prix\n\0\x01\x02;3\n", 422, "Ce n’est pas du texte"),
        (b"", 422, "Ce fichier est vide."),
        (b"une seule colonne\nrien\n", 422, "Il n’y a qu’une colonne"),
        (&long, 413, "Ce fichier est trop grand : 20 Mo au plus."),
    ];
    for (bytes, status, said) in files {
        let told = supply.brings(&supply.nora, bytes).await;
        assert_eq!(told.status.as_u16(), status, "{said}: {}", plain(&told));
        assert!(plain(&told).contains(said), "{said}: {}", plain(&told));
    }
    let raw = supply.house.send(post(IMPORT).by(&supply.nora).text("image/png", "x")).await;
    assert_eq!(raw.status, 415);
    let raw = supply.house.send(post(IMPORT).by(&supply.nora).text("text/csv", FILE)).await;
    assert_eq!(raw.status, 303, "alone, it is a file, too");
    let forged = ask(Method::POST, IMPORT).with("sec-fetch-site", "cross-site").by(&supply.nora).text("text/csv", FILE);
    assert_eq!(supply.house.send(forged).await.status, 403);
    assert!(supply.names().await.is_empty());
}

/// What is typed of a product, in a rayon.
fn lentils(range: &str) -> Vec<(&str, &str)> {
    vec![
        ("name", "Lentilles vertes"),
        ("brand", "=SUM(A1)"),
        ("range", range),
        ("sold_by", "piece"),
        ("net", "500 g"),
        ("purchase", "2,00"),
        ("margin", "20"),
        ("vat", "5,5"),
        ("availability", "in_range"),
        ("story", "Cueillies **à la main**. </textarea><script>alert(1)</script>"),
    ]
}

fn with<'a>(fields: &[(&'a str, &'a str)], otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let same = fields.iter().copied().filter(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
    same.chain(otherwise.iter().copied()).collect()
}

#[sqlx::test(migrations = false)]
async fn a_product_is_written_by_hand_and_nothing_typed_is_lost(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    assert_eq!(supply.does(&[("geste", "nouveau-rayon"), ("name", "Vrac")]).await.status, 303);
    let pool = &supply.house.coop.backend.pool;
    let range: uuid::Uuid = sqlx::query_scalar("select product_range_id from product_range").fetch_one(pool).await.unwrap();
    let range = range.to_string();
    let typed = lentils(&range);
    let before = supply.house.database().await;

    let wrong =
        [("geste", "nouveau-produit"), ("name", ""), ("purchase", "deux"), ("net", "beaucoup"), ("allergene-lait", "contient")];
    let told = supply.does(&with(&typed, &wrong)).await;
    assert_eq!(told.status, 422);
    for said in [
        "Donne un nom.",
        "Écris un montant en euros",
        "ce n’est pas une quantité",
        "Dis de quel jour est cette donnée",
        "value=\"beaucoup\"",
    ] {
        assert!(plain(&told).to_lowercase().contains(&said.to_lowercase()), "{said}: {}", plain(&told));
    }
    assert!(!told.text().contains("<script>alert"), "typed text ends nothing");

    let told = supply.does(&with(&typed, &[("geste", "nouveau-produit"), ("apercu", "oui")])).await;
    assert_eq!(told.status, 200);
    assert!(plain(&told).contains("achat 2,00 € + marge 0,40 € + TVA 0,13 € = 2,53 €"), "{}", plain(&told));
    assert!(told.text().contains("<strong>à la main</strong>"));
    let told = supply.does(&with(&typed, &[("geste", "nouveau-produit"), ("apercu", "oui"), ("margin", "")])).await;
    assert!(plain(&told).contains("marge 0,40 €"), "with none of its own, it has the co-op’s: {}", plain(&told));
    assert_eq!(supply.house.database().await, before, "a preview does nothing");

    let id = supply.house.coop.id().to_string();
    let created = with(&typed, &[("geste", "nouveau-produit"), ("id", id.as_str())]);
    for _ in 0..2 {
        let told = supply.does(&created).await;
        assert_eq!((told.status.as_u16(), id_of(told.header("location"))), (303, id.clone()), "{}", told.text());
    }
    assert_eq!(supply.names().await, ["Lentilles vertes"]);

    let edited = with(&typed, &[("geste", "produit"), ("product", id.as_str()), ("base", "1"), ("purchase", "2,10")]);
    assert_eq!(supply.does(&edited).await.status, 303);
    let late = with(&typed, &[("geste", "produit"), ("product", id.as_str()), ("base", "1"), ("purchase", "2,30")]);
    let told = supply.does(&late).await;
    assert_eq!(told.status, 422);
    for said in ["Maintenant : « 2,10 »", "value=\"2,30\"", "Quelqu’un l’a changé entre-temps"] {
        assert!(plain(&told).contains(said), "{said}: {}", plain(&told));
    }

    let page = format!("{PAGE}/produit/{id}");
    assert!(supply.page(&page).await.contains("Ce qu’il a coûté"));
    assert_eq!(supply.does(&[("geste", "archiver"), ("product", &id)]).await.status, 303);
    assert!(supply.names().await.is_empty());
    assert_eq!(supply.does(&[("geste", "remettre"), ("product", &id)]).await.status, 303);
    assert_eq!(supply.names().await, ["Lentilles vertes"]);

    let csv = supply.house.send(get("/approvisionnement/catalogue.csv").by(&supply.nora)).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.text().starts_with('\u{feff}') && csv.text().contains("\"'=SUM(A1)\""), "{}", csv.text());
}

/// The names of a page's rows, in their order.
fn rows(html: &str) -> Vec<&str> {
    let links = html.split("class=\"row__link row__title\"").skip(1);
    links.filter_map(|rest| rest.split_once('>')?.1.split('<').next()).map(str::trim).collect()
}

#[sqlx::test(migrations = false)]
async fn long_lists_are_read_a_leaf_at_a_time_without_any_script(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let coop = &supply.house.coop;
    let range = coop.range(supply.nora.member, "Crèmerie").await;
    coop.stock(&coop.written(range, "Fromage", 92), 70).await;
    let mut met = std::collections::BTreeSet::new();
    for (page, count) in [(1, 30), (2, 30), (3, 10)] {
        let html = supply.page(&format!("{PAGE}?q=fromage&page={page}")).await;
        assert!(html.contains("70 produits trouvés") && html.contains(&format!("Page {page} sur 3")), "{html}");
        let found = html.split("id=\"demandes\"").next().unwrap_or_default();
        let found = rows(found);
        assert_eq!(found.len(), count, "{found:?}");
        assert!(found.into_iter().all(|name| met.insert(name.to_owned())), "page {page} says one again");
        assert_eq!(html.contains(&format!("href=\"{PAGE}?q=fromage&amp;page={}#trouves\"", page + 1)), page < 3, "{html}");
    }
    assert_eq!(met.len(), 70);

    // Each of the other lists has leaves of its own, and is open where one of them is asked for.
    let html = supply.page(PAGE).await;
    let open = |html: &str| {
        let tags = html.split("<details").skip(1).filter_map(|rest| rest.split('>').next());
        tags.filter(|tag| tag.contains("open")).count()
    };
    assert_eq!(open(&html), 0, "{html}");
    assert!(html.contains(&format!("href=\"{PAGE}?photo=2#sans-photo\"")), "{html}");
    let html = supply.page(&format!("{PAGE}?photo=99&allergenes=2")).await;
    assert_eq!(open(&html), 2, "{html}");
    assert!(html.contains("Page 3 sur 3") && html.contains("Page 2 sur 3"), "{html}");
    assert!(html.contains(&format!("href=\"{PAGE}?allergenes=3&amp;photo=99#sans-allergenes\"")), "{html}");
}

#[sqlx::test(migrations = false)]
async fn rayons_go_where_they_are_put_and_suppliers_are_told(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let pool = &supply.house.coop.backend.pool;
    for name in ["Vrac", "Épicerie", "Frais"] {
        assert_eq!(supply.does(&[("geste", "nouveau-rayon"), ("name", name)]).await.status, 303);
    }
    let fresh: uuid::Uuid =
        sqlx::query_scalar("select product_range_id from product_range where name = 'Frais'").fetch_one(pool).await.unwrap();
    let fresh = fresh.to_string();
    for _ in 0..2 {
        assert_eq!(supply.does(&[("geste", "deplacer-rayon"), ("range", &fresh), ("place", "0")]).await.status, 303);
    }
    let names: Vec<String> = sqlx::query_scalar("select name from product_range order by rank").fetch_all(pool).await.unwrap();
    assert_eq!(names, ["Frais", "Vrac", "Épicerie"]);
    let told = supply.does(&[("geste", "rayon"), ("range", &fresh), ("rank", "0"), ("name", "epicerie")]).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Ce nom est déjà pris."));

    let farm = [("geste", "nouveau-fournisseur"), ("name", "Ferme du Lac"), ("distance", "loin"), ("delivers", "mardi")];
    let told = supply.does(&farm).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Écris un nombre de kilomètres, ou rien."));
    let told = supply.does(&with(&farm, &[("distance", "12 km")])).await;
    assert_eq!(told.status, 303);
    let path = told.header("location").split('?').next().unwrap_or_default().to_owned();
    assert!(supply.page(&path).await.contains("Ferme du Lac"));
    assert!(supply.page("/approvisionnement/fournisseurs").await.contains("12 km · mardi"));
}

#[sqlx::test(migrations = false)]
async fn days_that_somebody_changed_meanwhile_are_said(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let id = supply.house.coop.id().to_string();
    let made = [("geste", "nouveau-fournisseur"), ("id", id.as_str()), ("name", "Ferme"), ("delivers", "lundi")];
    assert_eq!(supply.does(&made).await.status, 303);
    let edited = [("geste", "fournisseur"), ("supplier", id.as_str()), ("base", "1"), ("name", "Ferme")];
    let on = |day: &'static str| [edited.as_slice(), &[("delivers", day), ("delivers", "samedi")]].concat();
    assert_eq!(supply.does(&on("mardi")).await.status, 303);
    let told = supply.does(&on("vendredi")).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Maintenant : mardi, samedi"), "{}", plain(&told));
}

#[sqlx::test(migrations = false)]
async fn how_the_scales_are_set_is_a_setting(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let page = format!("{PAGE}/marge");
    assert!(supply.page(&page).await.contains("02 prix 5\n21 poids 5\n23 prix 5"));
    let told = supply.does(&[("geste", "balances"), ("scales", "20 prix 5 vérifié\n21 kilos 5")]).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Ligne 2 :") && plain(&told).contains("21 kilos 5"), "{}", plain(&told));
    assert_eq!(supply.does(&[("geste", "balances"), ("scales", "20 prix 5 vérifié\r\n29 poids 4")]).await.status, 303);
    assert!(supply.page(&page).await.contains("20 prix 5 vérifié\n29 poids 4"));
    let index = supply.house.send(get("/api/v1/catalogue").by(&supply.camille)).await.json();
    assert_eq!(index["scales"][0]["prefix"], 20);
}
