//! Pictures of the brief and photos of events: sent from a device, shown to whoever may see them. `GET /api/v1/briefs`, too.

use domain::brief::id_of;
use domain::event::Answer;
use domain::id::PictureId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, get, post};

/// A JPEG's beginning: its size stands in its first frame.
pub fn jpeg(width: u16, height: u16, padding: usize) -> Vec<u8> {
    let [w, h] = [width.to_be_bytes(), height.to_be_bytes()];
    let app0 = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00";
    let sof = [0xff, 0xc0, 0x00, 0x11, 0x08, h[0], h[1], w[0], w[1], 0x03, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
    [app0.as_slice(), &sof, &vec![0; padding], &[0xff, 0xd9]].concat()
}

/// A lossless WebP of that size.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    let bits = (width - 1) | ((height - 1) << 14);
    let data = [&[0x2f_u8][..], &bits.to_le_bytes(), &[0; 11]].concat();
    let length = u32::try_from(data.len()).unwrap();
    [b"RIFF", &(length + 12).to_le_bytes()[..], b"WEBPVP8L", &length.to_le_bytes(), &data].concat()
}

#[sqlx::test(migrations = false)]
async fn a_picture_is_what_its_bytes_say(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let id = PictureId(house.coop.id());
    let path = format!("/api/v1/pictures/{id}");
    let sends = async |device: &Device, kind: &str, bytes: Vec<u8>| {
        let told = house.send(post(&path).by(device).text(kind, bytes)).await;
        let code =
            if told.body.is_empty() { String::new() } else { told.json()["error"].as_str().unwrap_or_default().to_owned() };
        (told.status.as_u16(), code)
    };
    for (kind, bytes, wanted) in [
        ("image/png", jpeg(800, 600, 0), (415, "wrong_type")),
        ("image/jpeg", b"<svg onload=alert(1)>".to_vec(), (422, "not_a_picture")),
        ("image/jpeg", vec![0xff, 0xd8, 0xff], (422, "not_a_picture")),
        ("image/webp", b"\x89PNG\r\n\x1a\n0000000000000000".to_vec(), (422, "not_a_picture")),
        ("image/jpeg", Vec::new(), (422, "not_a_picture")),
        ("image/jpeg", jpeg(6000, 5000, 0), (413, "picture_too_large")),
        ("image/jpeg", jpeg(1601, 10, 0), (413, "picture_too_large")),
        ("image/jpeg", jpeg(800, 600, 600_000), (413, "picture_too_large")),
    ] {
        let (status, code) = sends(&camille, kind, bytes).await;
        assert_eq!((status, code.as_str()), wanted, "{kind}");
    }
    assert_eq!(house.coop.count("select count(*) from brief_picture").await, 0);
    // What is said of it does not matter: the bytes say that it is a WebP.
    let bytes = webp(1600, 900);
    for _ in 0..2 {
        assert_eq!(sends(&camille, "image/jpeg", bytes.clone()).await.0, 204);
    }
    assert_eq!(sends(&karim, "image/webp", bytes.clone()).await, (404, "not_found".into()), "somebody else's id");
    assert_eq!(sends(&camille, "image/jpeg", jpeg(8, 6, 0)).await.0, 404, "it never changes");
    let shown = format!("/pictures/{id}");
    let told = house.send(get(&shown).by(&camille)).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "image/webp"));
    assert_eq!((told.body.clone(), told.header("cache-control")), (bytes, "private, max-age=31536000, immutable"));
    assert_eq!(house.send(get(&shown).by(&karim)).await.status, 404, "nothing is out yet");
    assert_eq!(house.send(get(&shown)).await.status, 404, "nor public");
}

#[sqlx::test(migrations = false)]
async fn a_picture_goes_where_its_brief_goes(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    house.coop.in_group(camille.member, "vie-sociale").await;
    let (picture, block) = (house.coop.id().to_string(), house.coop.id().to_string());
    let sent = house.send(post(&format!("/api/v1/pictures/{picture}")).by(&camille).text("image/jpeg", jpeg(800, 600, 0))).await;
    assert_eq!(sent.status, 204);
    let group: String = sqlx::query_scalar("select group_id::text from working_group where slug = 'vie-sociale'")
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    // From a plain form, as without WASM.
    let act = house.coop.id().to_string();
    let form = [
        ("id", act.as_str()),
        ("kind", "propose_block"),
        ("block", block.as_str()),
        ("group", group.as_str()),
        ("title", "Loto"),
        ("text", "Ce soir"),
        ("picture", picture.as_str()),
        ("alt", "Des lots"),
        ("width", "800"),
        ("height", "600"),
        ("ready", "true"),
        ("public", "true"),
        ("retour", "/breve"),
    ];
    let told = house.send(post("/acts").by(&camille).form(&form)).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, format!("/breve?act={act}").as_str()));
    let mine = house.send(get("/api/v1/me").by(&camille)).await.json();
    assert_eq!(mine["blocks"][0]["said"]["picture"]["id"], picture);
    let monday = "2026-12-07".parse().unwrap();
    let frozen = serde_json::json!({
        "id": id_of(monday), "monday": monday, "at": "2026-12-07T06:00:00Z",
        "pieces": [{ "block": { "id": block, "group": "Vie sociale", "title": "Loto", "html": "<p>Ce soir</p>",
            "picture": { "id": picture, "alt": "Des lots", "width": 800, "height": 600 } } }],
    });
    let before = house.send(get("/api/v1/briefs").by(&karim)).await;
    assert_eq!(
        (&before.json()["briefs"], &before.json()["collecting"]["monday"]),
        (&serde_json::json!([]), &"2026-12-07".into())
    );
    let publish =
        format!("update brief set published_at = '2026-12-07T06:00:00Z', frozen = '{frozen}' where monday = '2026-12-07'");
    house.coop.sql(&publish).await;
    house.coop.sql("update change_mark set mark = mark + 1 where slice = 'briefs' and shard = 3").await;
    let after = house.send(get("/api/v1/briefs").by(&karim).with("if-none-match", before.header("etag"))).await;
    assert_eq!((after.status.as_u16(), &after.json()["briefs"][0]["pieces"][0]["block"]["title"]), (200, &"Loto".into()));
    let shown = format!("/pictures/{picture}");
    let told = house.send(get(&shown).by(&karim)).await;
    assert_eq!((told.status.as_u16(), told.header("cross-origin-resource-policy")), (200, "same-origin"));
    assert_eq!(house.send(get(&shown)).await.status, 404, "the brief is for members");
    house.coop.sql("update brief set public = true").await;
    let public = house.send(get(&shown)).await;
    assert_eq!((public.status.as_u16(), public.header("cache-control")), (200, "public, max-age=3600"));
    // Whoever reads their mail on a page of somebody else's sees it, too.
    for told in [public, house.send(get(&shown).by(&karim)).await] {
        assert_eq!(told.header("cross-origin-resource-policy"), "cross-origin");
    }
}

#[sqlx::test(migrations = false)]
async fn a_photo_is_for_members_until_somebody_asks_for_its_removal(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let coop = &house.coop;
    let theo = house.device_of(coop.organiser().await).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let event = coop.announces(theo.member, &coop.supper("La soupe", 10, "")).await;
    coop.answers(camille.member, event, Answer::Yes, 0).await;
    // It was yesterday.
    let earlier = ["starts_at", "ends_at", "closes_at"].map(|at| format!("{at} = {at} - interval '11 days'")).join(", ");
    coop.sql(&format!("update event set {earlier}")).await;

    let (picture, of) = (coop.id().to_string(), event.to_string());
    let acts = async |device: &Device, kind: &str, more: &[(&str, &str)]| {
        let (act, back) = (coop.id().to_string(), format!("/sortie/{of}"));
        let named = [("id", act.as_str()), ("kind", kind), ("event", of.as_str()), ("picture", picture.as_str())];
        let form = [named.as_slice(), more, &[("retour", back.as_str())]].concat();
        let told = house.send(post("/acts").by(device).form(&form)).await;
        assert_eq!(told.status, 303, "{}", told.text());
    };
    let said = [("alt", "La tablée"), ("width", "800"), ("height", "600")];
    acts(&camille, "add_photo", &said).await;
    assert_eq!(coop.count("select count(*) from event_photo").await, 0, "nobody said that people agree");
    acts(&camille, "add_photo", &[said.as_slice(), &[("consent", "true")]].concat()).await;
    assert_eq!(coop.count("select count(*) from event_photo").await, 1);
    let sends = post(&format!("/api/v1/event-pictures/{picture}")).by(&camille).text("image/webp", webp(800, 600));
    assert_eq!(house.send(sends).await.status, 204);
    let shown = format!("/pictures/{picture}");
    let told = house.send(get(&shown).by(&karim)).await;
    assert_eq!((told.status.as_u16(), told.header("cache-control")), (200, "private, max-age=3600"));
    assert_eq!(house.send(get(&shown)).await.status, 404, "members alone");
    let page = house.send(get(&format!("/sortie/{of}")).by(&karim)).await.text();
    assert!(page.contains(&shown) && page.contains("Demander le retrait") && page.contains("La tablée"), "{page}");

    acts(&karim, "ask_removal", &[]).await;
    assert_eq!(house.send(get(&shown).by(&karim)).await.status, 404);
    assert!(!house.send(get(&format!("/sortie/{of}")).by(&karim)).await.text().contains(&shown));
    assert_eq!(house.send(get(&shown).by(&theo)).await.status, 200);
    let in_hand = format!("/organiser/{of}");
    let page = house.send(get(&in_hand).by(&theo)).await.text();
    assert!(page.contains(&shown) && page.contains("Retirer pour de bon") && page.contains("Remercier"), "{page}");
    let asked = coop.now().to_rfc3339();
    assert!(page.contains(&format!("name=\"demande\" value=\"{asked}\"")), "{page}");
    let settles = async |act: &str, word: &str, request: &str| {
        let named = [("geste", act), ("event", of.as_str()), ("photo", picture.as_str())];
        let form = [named.as_slice(), &[("mot", word), ("demande", request)]].concat();
        house.send(post("/organiser").by(&theo).form(&form)).await.status.as_u16()
    };
    assert_eq!(settles("remettre-photo", "", &asked).await, 422, "with a word");
    for request in ["", "hier", "2026-12-01T06:00:00+00:00"] {
        assert_eq!(settles("remettre-photo", "On ne voit que la soupe", request).await, 422, "{request} is another request");
    }
    assert_eq!(settles("remettre-photo", "On ne voit que la soupe", &asked).await, 303);
    assert_eq!(house.send(get(&shown).by(&karim)).await.status, 200);
    assert_eq!(settles("retirer-photo", "", "").await, 303);
    assert_eq!(house.send(get(&shown).by(&karim)).await.status, 404);
    assert_eq!(settles("remercier", "Merci !", "").await, 303);
    assert!(house.send(get(&format!("/sortie/{of}")).by(&karim)).await.text().contains("Merci !"));
}
