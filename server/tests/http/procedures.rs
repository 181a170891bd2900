//! Procedures and records through HTTP: for Distribution and the office, by plain forms.

use domain::command::Command;
use domain::id::{DeliveryId, PhotoId, SeatId};
use domain::reason::Reason;
use domain::sheet::Arrival;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, get, post};

const PAGE: &str = "/distribution/procedures";
const LIST: [(&str, &str); 7] = [
    ("geste", "liste"),
    ("id", "01939d5e-7b1e-7000-8000-0000000000aa"),
    ("nom", "Ouverture & <b>caisse</b>"),
    ("jour", "5"),
    ("heure", "09:00"),
    ("lignes", "Volets\nAlarme"),
    ("des", "2027-01-02"),
];

/// Karim of Distribution, Margaux of the office, Nour who is of neither.
async fn house(at: PgConnectOptions) -> (House, Device, Device, Device) {
    let house = House::new(at).await;
    let (karim, margaux, nour) =
        (house.signed_in("Karim").await, house.signed_in("Margaux").await, house.signed_in("Nour").await);
    house.coop.in_group(karim.member, "distribution").await;
    house.coop.in_office(margaux.member).await;
    house.coop.sql("update setting set alarm = 'code 4321'").await;
    (house, karim, margaux, nour)
}

#[sqlx::test(migrations = false)]
async fn its_pages_are_distributions_and_the_offices_and_none_tells_the_alarm(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, karim, margaux, nour) = house(at).await;
    let pages = [PAGE, "/distribution/procedures/liste", "/distribution/releves"];
    let answers =
        ["/api/v1/distribution/procedures", "/api/v1/distribution/records?from=&to=", "/distribution/releves.csv?du=2026-11-01"];
    for path in pages.iter().chain(&answers) {
        for (device, status) in [(&karim, 200), (&margaux, 200), (&nour, 403)] {
            let told = house.send(get(path).by(device)).await;
            assert_eq!(told.status, status, "{path}: {}", told.text());
            assert!(!told.text().contains("code 4321"), "{path}, {}: the day's lead alone reads it", device.member);
        }
    }
    for (device, href) in [(&karim, true), (&margaux, true), (&nour, false)] {
        let moi = house.send(get("/moi").by(device)).await.text();
        assert_eq!(moi.contains("href=\"/distribution/procedures\""), href);
    }
}

#[sqlx::test(migrations = false)]
async fn a_list_is_kept_by_a_plain_form_once_and_by_nobody_else(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, karim, _, nour) = house(at).await;
    let lists = "select count(*) from checklist";
    assert_eq!(house.send(post(PAGE).by(&nour).form(&LIST)).await.status, 403);
    assert_eq!(house.coop.count(lists).await, 0);
    for _ in 0..2 {
        let told = house.send(post(PAGE).by(&karim).form(&LIST)).await;
        assert_eq!((told.status.as_u16(), told.header("location").to_owned()), (303, format!("{PAGE}?fait=liste")));
    }
    assert_eq!(house.coop.count(lists).await, 1);
    let html = house.send(get(&format!("{PAGE}?fait=liste")).by(&karim)).await.text();
    assert!(html.contains("C’est enregistré.") && !html.contains("<b>caisse"), "{html}");
    for (act, status) in [("alarme", 403), ("rien", 422), ("cle-fin", 400)] {
        let told = house.send(post(PAGE).by(&karim).form(&[("geste", act), ("alarme", "x")])).await;
        assert_eq!(told.status.as_u16(), status, "{act}");
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_wrong_comes_back_with_all_that_was_typed(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, karim, ..) = house(at).await;
    let mut wrong = LIST;
    wrong[6].1 = "2020-01-01";
    let told = house.send(post(PAGE).by(&karim).form(&wrong)).await;
    assert_eq!(told.status, 422);
    let html = told.text();
    for said in ["Volets\nAlarme", "Ouverture &amp; ", "Rien n’est enregistré", "Pas avant"] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    let fridge = [("geste", "frigo"), ("nom", "Frais"), ("min", "4"), ("max", "0"), ("conseil", "Appelle")];
    let html = house.send(post(PAGE).by(&karim).form(&fridge)).await.text();
    assert!(html.contains("Le minimum est plus haut que le maximum.") && html.contains("value=\"Frais\""), "{html}");
    assert_eq!(house.coop.count("select count(*) from fridge").await, 0);
}

#[sqlx::test(migrations = false)]
async fn the_records_are_a_table_in_which_nothing_is_a_formula(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, karim, ..) = house(at).await;
    let shift = house.coop.shift(0, 9, 3).await;
    house
        .coop
        .sql(&format!(
            "insert into fridge values ('01939d5e-7b1e-7000-8000-0000000000f1', 'Frais', 0, 40, 'Appelle', 0);
             insert into reading (reading_id, shift_id, fridge_id, tenths, note, at, received_at, by_member)
             select '01939d5e-7b1e-7000-8000-0000000000f2', '{shift}', '01939d5e-7b1e-7000-8000-0000000000f1', 85,
                '=HYPERLINK(\"x\")', starts_at, starts_at, '{}' from shift where shift_id = '{shift}'",
            karim.member
        ))
        .await;
    house.coop.backend.clock.set(house.coop.now() + chrono::Duration::days(7));
    let told = house.send(get("/distribution/releves.csv").by(&karim)).await;
    let text = told.text();
    assert!(text.starts_with("\u{feff}\"Quoi\";\"Date\""), "{text}");
    assert!(text.contains(";\"8,5\";\"0,0 à 4,0\";\"non\";") && text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
    assert_eq!(told.header("content-type"), "text/csv; charset=utf-8");
    assert!(told.header("content-disposition").contains("releves-"), "{}", told.header("content-disposition"));
    let page = house.send(get("/distribution/releves").by(&karim)).await.text();
    assert!(page.contains("HORS LIMITES") && page.contains("releves.csv?du="), "{page}");
}

#[sqlx::test(migrations = false)]
async fn a_photo_is_kept_once_from_whoever_named_it_and_shown_to_whoever_has_the_sheet(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, karim, margaux, nour) = house(at).await;
    let solene = house.signed_in("Solène").await;
    let shift = house.coop.shift(0, 9, 3).await;
    house.coop.asks(SeatId::new(shift, 0), true, None).await;
    house.coop.sits(solene.member, SeatId::new(shift, 0)).await;
    let (delivery, photo) = (DeliveryId(house.coop.id()), PhotoId(house.coop.id()));
    house.coop.sql(&format!("insert into expected_delivery values ('{delivery}', '2026-12-01', 'Fournil')")).await;
    let send = format!("/api/v1/photos/{photo}");
    let jpeg = |size: usize| [vec![0xff_u8, 0xd8, 0xff], vec![0; size]].concat();
    let sends = async |device: &Device, kind: &str, bytes: Vec<u8>| {
        let member = device.member.to_string();
        house.send(post(&send).by(device).with("alpar-member", &member).text(kind, bytes)).await.status.as_u16()
    };
    assert_eq!(sends(&solene, "image/jpeg", jpeg(100)).await, 404, "nothing names it yet");
    let receives =
        Command::ReceiveDelivery { shift, delivery, state: Arrival::Partial, remarks: String::new(), photo: Some(photo) };
    house.coop.does(solene.member, receives).await;
    let stolen =
        Command::ReceiveDelivery { shift, delivery, state: Arrival::Complete, remarks: String::new(), photo: Some(photo) };
    assert_eq!(house.coop.refused(margaux.member, stolen).await, Reason::IdReused);
    for (device, kind, bytes, status) in [
        (&solene, "image/png", jpeg(100), 415),
        (&solene, "image/jpeg", b"<svg>".to_vec(), 415),
        (&solene, "image/jpeg", jpeg(200 * 1024), 413),
        (&margaux, "image/jpeg", jpeg(100), 404),
        (&nour, "image/jpeg", jpeg(100), 404),
    ] {
        assert_eq!(sends(device, kind, bytes).await, status, "{kind}, {}", device.member);
    }
    assert_eq!(house.coop.count("select count(*) from photo").await, 0);
    let page = format!("/vacation/{shift}/feuille");
    let seen = format!("/photos/{photo}");
    assert!(!house.send(get(&page).by(&solene)).await.text().contains(&seen), "not before it has arrived");
    for bytes in [jpeg(100), jpeg(50)] {
        assert_eq!(sends(&solene, "image/jpeg", bytes).await, 204);
    }
    assert_eq!(house.coop.count("select octet_length(bytes)::bigint from photo").await, 103, "the first one stays");
    assert!(house.send(get(&page).by(&solene)).await.text().contains(&seen));
    for (device, status) in [(&solene, 200), (&margaux, 200), (&karim, 200), (&nour, 404)] {
        let told = house.send(get(&seen).by(device)).await;
        assert_eq!(told.status.as_u16(), status);
        if status == 200 {
            assert_eq!((told.header("content-type"), told.header("cache-control")), ("image/jpeg", "private, no-store"));
        }
    }
}
