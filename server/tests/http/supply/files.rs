//! Files as they come: hostile ones, large ones, sent twice, brought by two at once; and the catalogue that goes out.

use std::fmt::Write;

use axum::body::{Body, Bytes};
use futures::future::join;
use futures::stream;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use super::{FILE, IMPORT, Supply, hidden, id_of, lentils, plain, with};
use crate::house::{Ask, Device, Told, get, post};

const MIB: usize = 1024 * 1024;

/// What a form writes before its file.
fn head(id: Uuid) -> String {
    format!(
        "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"fichier\"; filename=\"caisse.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    )
}

/// The form with that id.
fn form(who: &Device, id: Uuid, file: &[u8]) -> Ask {
    let body = [head(id).as_bytes(), file, b"\r\n--x--\r\n"].concat();
    post(IMPORT).by(who).text("multipart/form-data; boundary=x", body)
}

/// So many megabytes after `begins`, none of which is ever in memory with another.
fn long(begins: String, megabytes: usize) -> Body {
    let pieces = std::iter::once(Bytes::from(begins)).chain(std::iter::repeat_n(Bytes::from(vec![b'x'; MIB]), megabytes));
    Body::from_stream(stream::iter(pieces.map(Ok::<Bytes, std::io::Error>)))
}

#[sqlx::test(migrations = false)]
async fn a_hostile_file_is_refused_in_a_sentence(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let (house, nora) = (&supply.house, &supply.nora);
    let before = house.database().await;
    let utf_16: Vec<u8> = FILE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = vec!["colonne"; 200].join(";");
    let long_line = vec![b'x'; 19 * MIB];
    let rows = format!("a;b\n{}", "1;2\n".repeat(20_001));
    let empty_rows = format!("a;b\n1;2\n{}", ";\n".repeat(250_000));
    let files: [(&str, &[u8], &str); 14] = [
        ("an archive", b"PK\x03\x04\x14\x00\x06\x00 [Content_Types].xml", "C’est un classeur ou une archive"),
        ("an archive of nothing", b"PK\x05\x06\x00\x00", "C’est un classeur ou une archive"),
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "C’est un classeur ou une archive"),
        ("what gzip makes", b"\x1f\x8b\x08\x00\x00\x00\x00", "C’est un classeur ou une archive"),
        ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "Ce n’est pas du texte"),
        ("a document", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n\x00\x01", "Ce n’est pas du texte"),
        ("a program", b"\x7fELF\x02\x01\x01\x00", "Ce n’est pas du texte"),
        ("another alphabet", &utf_16, "Ce fichier est en UTF-16"),
        ("one line of 19 MB", &long_line, "La ligne 1 est trop longue : 64 ko au plus."),
        ("a quote that stays open", b"a;b\n1;2\n\"3;4\n5;6\n", "Un guillemet ouvert à la ligne 3 n’est pas refermé."),
        ("too many rows", rows.as_bytes(), "Il y a trop de lignes"),
        ("too many rows of nothing", empty_rows.as_bytes(), "Il y a trop de lignes"),
        ("too many columns", wide.as_bytes(), "Il y a 200 colonnes : 100 au plus."),
        (
            "UTF-8 cut in two",
            "Désignation;Rayon\nThé;été\ncafé;\u{e9}".as_bytes().split_last().unwrap().1,
            "Des lettres sont abîmées",
        ),
    ];
    for (what, bytes, said) in files {
        let told = house.send(form(nora, house.coop.id(), bytes)).await;
        assert_eq!(told.status, 422, "{what}: {}", plain(&told));
        assert!(plain(&told).contains(said), "{what}: {}", plain(&told));
    }
    let multipart = |megabytes| {
        let body = long(head(house.coop.id()), megabytes);
        post(IMPORT).by(nora).text("multipart/form-data; boundary=x", body)
    };
    let large = [
        ("one line of 50 MB", multipart(50)),
        ("200 MB", multipart(200)),
        ("200 MB alone", post(IMPORT).by(nora).text("text/csv", long(String::new(), 200))),
    ];
    for (what, ask) in large {
        let told = house.send(ask).await;
        assert_eq!(told.status, 413, "{what}: {}", plain(&told));
        assert!(plain(&told).contains("Ce fichier est trop grand : 20 Mo au plus."), "{what}: {}", plain(&told));
    }
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_form_is_answered_as_whoever_sent_it_reads(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let house = &supply.house;
    let id = house.coop.id();
    let by_script = |file: &[u8]| form(&supply.nora, id, file).with("accept", "application/json");
    // Refused, the page says why, where the script finds it.
    let told = house.send(by_script(b"PK\x03\x04")).await;
    assert_eq!(told.status, 422);
    assert!(told.text().contains("id=\"pourquoi\"") && plain(&told).contains("C’est un classeur"), "{}", told.text());
    let made = house.send(by_script(FILE.as_bytes())).await;
    assert_eq!((made.status.as_u16(), made.header("location")), (201, format!("{IMPORT}/{id}").as_str()));
    assert!(made.body.is_empty());
    // Sent twice, it is one; with another file in it, it is another.
    let again = house.send(form(&supply.nora, id, FILE.as_bytes())).await;
    assert_eq!((again.status.as_u16(), id_of(again.header("location"))), (303, id.to_string()));
    let other = house.send(form(&supply.nora, id, FILE.replace("2,00", "2,10").as_bytes())).await;
    assert_eq!(other.status, 303);
    assert_ne!(id_of(other.header("location")), id.to_string());
    assert_eq!(house.coop.count("select count(*) from catalogue_import").await, 2);
    // The page has what the script needs, and works without.
    let page = supply.page(IMPORT).await;
    for part in ["data-sending=", "data-at-most=\"20971520\"", "data-sending-bar", "enctype=\"multipart/form-data\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[sqlx::test(migrations = false)]
async fn of_two_who_apply_at_once_one_sees_what_the_other_did(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    supply.applied().await;
    let omar = supply.house.signed_in("Omar").await;
    supply.house.coop.in_group(omar.member, "approvisionnement").await;
    let brought = async |who: &Device, price: &str| -> (String, String) {
        let told = supply.brings(who, FILE.replace("2,00", price).as_bytes()).await;
        let page = told.header("location").to_owned();
        (id_of(&page), hidden(&supply.page(&page).await, "vu"))
    };
    let (hers, his) = (brought(&supply.nora, "2,10").await, brought(&omar, "2,20").await);
    let one = [("geste", "appliquer"), ("import", hers.0.as_str()), ("vu", hers.1.as_str())];
    let other = [("geste", "appliquer"), ("import", his.0.as_str()), ("vu", his.1.as_str())];
    let told: (Told, Told) = join(supply.posts(&supply.nora, &one), supply.posts(&omar, &other)).await;
    let (done, refused) = if told.0.status == 303 { told } else { (told.1, told.0) };
    assert_eq!((done.status.as_u16(), refused.status.as_u16()), (303, 422));
    assert!(plain(&refused).contains("ont changé depuis"), "{}", plain(&refused));
    assert_eq!(supply.house.coop.count("select count(*) from catalogue_import where approved_at is not null").await, 2);
}

#[sqlx::test(migrations = false)]
async fn whatever_is_missing_is_made_with_one_button(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let page = supply.brought(FILE).await;
    let html = supply.page(&page).await;
    assert!(html.contains("Créer tous ceux qui manquent : 2 rayons et 1 fournisseur"), "{html}");
    let import = id_of(&page);
    // As the page's form sends it: nothing is chosen.
    let words = [
        ("geste", "mots"),
        ("import", import.as_str()),
        ("mot-rayon", "Épicerie"),
        ("rayon", ""),
        ("mot-rayon", "Vrac"),
        ("rayon", ""),
        ("mot-fournisseur", "Ferme du Lac"),
        ("fournisseur", ""),
        ("manquants", "nouveaux"),
    ];
    assert_eq!(supply.does(&words).await.status, 303);
    supply.approves(&page).await;
    assert_eq!(supply.names().await, ["Lentilles vertes", "Miel de sapin"]);
    // Whoever sends it once more, from a page that was left open, changes nothing.
    let before = supply.house.coop.count("select count(*) from product_range").await;
    assert_eq!(supply.does(&words).await.status, 303);
    assert_eq!(supply.house.coop.count("select count(*) from product_range").await, before);
}

#[sqlx::test(migrations = false)]
async fn a_till_with_other_numbers_is_answered_with_one_button(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    supply.applied().await;
    let page = supply.brought(&FILE.replace("A1;", "B1;").replace("A2;", "B2;")).await;
    let html = supply.page(&page).await;
    assert!(html.contains("Est-ce le même produit ?") && html.contains("Oui, tous les mêmes : 2 produits"), "{html}");
    let import = id_of(&page);
    // As the page's form sends it: nothing is chosen.
    let answers = [
        ("geste", "reponses"),
        ("import", import.as_str()),
        ("ligne", "2"),
        ("produit", ""),
        ("ligne", "3"),
        ("produit", ""),
        ("memes", "oui"),
    ];
    for _ in 0..2 {
        assert_eq!(supply.does(&answers).await.status, 303);
    }
    supply.approves(&page).await;
    assert_eq!(supply.names().await, ["Lentilles vertes", "Miel de sapin"]);
    let till_ids: Vec<String> =
        sqlx::query_scalar("select till_id from product order by 1").fetch_all(&supply.house.coop.backend.pool).await.unwrap();
    assert_eq!(till_ids, ["B1", "B2"]);
}

#[sqlx::test(migrations = false)]
async fn a_column_taken_for_another_can_be_said_anew(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    let mut file = "Code article;Désignation;Rayon;Fournisseur;Prix d'achat HT;TVA;Vrai rayon\n".to_owned();
    for n in 0..3_000 {
        writeln!(file, "A{n};Produit {n};Mot {n};;2,00;5,5;Vrac").unwrap();
    }
    let page = supply.brought(&file).await;
    let html = supply.page(&page).await;
    assert!(html.contains("Le rayon « Mot 0 »") && html.contains("Et 2950 de plus"), "each has another rayon");
    assert!(!html.contains("Le rayon « Mot 999 »"));
    assert!(!html.contains("Créer tous ceux qui manquent"), "three thousand rayons are none");
    let titles = ["Code article", "Désignation", "Rayon", "Fournisseur", "Prix d'achat HT", "TVA", "Vrai rayon"];
    let columns = ["till_id", "name", "", "supplier", "purchase", "vat", "range"];
    let import = id_of(&page);
    let mut fields = vec![("geste", "colonnes"), ("import", import.as_str())];
    fields.extend(titles.iter().zip(columns).flat_map(|(title, column)| [("titre", *title), ("colonne", column)]));
    let told = supply.does(&fields).await;
    assert_eq!(told.status, 303, "{}", told.text());
    let html = supply.page(&page).await;
    assert!(html.contains("Le rayon « Vrac »") && !html.contains("Le rayon « Mot"), "{html}");
    // The corrected file finds its columns by itself.
    let html = supply.page(&supply.brought(&file.replace("2,00", "2,10")).await).await;
    assert!(html.contains("Le rayon « Vrac »") && !html.contains("Le rayon « Mot"), "{html}");
}

#[sqlx::test(migrations = false)]
async fn what_goes_out_runs_nowhere_and_comes_back_as_it_was(_: PgPoolOptions, at: PgConnectOptions) {
    let supply = Supply::new(at).await;
    supply.applied().await;
    let pool = &supply.house.coop.backend.pool;
    let range: Uuid =
        sqlx::query_scalar("select product_range_id from product_range where name = 'Vrac'").fetch_one(pool).await.unwrap();
    let range = range.to_string();
    let typed = lentils(&range);
    let hostile = [
        ("H1", "=HYPERLINK(\"http://x\";\"Miel\")", "+33 4 50"),
        ("H2", "@SUM(A1) ; thé", "-2+3"),
        ("H3", "＝1+1 café", "déjà « gardé »"),
        ("H4", "Plat 9\" \"rond\"", "- sans -"),
        // Neither a code nor a barcode: what is made by hand often has none.
        ("", "Sel du voisin", "-"),
    ];
    for (till_id, name, origin) in hostile {
        let fields = [("geste", "nouveau-produit"), ("till_id", till_id), ("name", name), ("origin", origin)];
        let told = supply.does(&with(&typed, &fields)).await;
        assert_eq!(told.status, 303, "{name}: {}", plain(&told));
    }
    let csv = supply.house.send(get("/approvisionnement/catalogue.csv").by(&supply.nora)).await;
    let text = csv.text();
    assert_eq!((csv.status.as_u16(), csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(text.lines().count(), 1 + 7);
    for begins in ["=", "+", "-", "@", "＝", "\t"] {
        assert!(!text.contains(&format!("\"{begins}")), "{begins}: {text}");
    }
    let before = supply.house.database().await;
    let told = supply.brings(&supply.nora, &csv.body).await;
    assert_eq!(told.status, 303, "{}", plain(&told));
    let html = supply.page(told.header("location")).await;
    assert!(html.contains("Ce fichier ne change rien"), "{html}");
    let products =
        |all: &str| all.split("product:").nth(1).and_then(|rest| rest.split("product_barcode:").next()).map(str::to_owned);
    assert_eq!(products(&supply.house.database().await), products(&before));
}
