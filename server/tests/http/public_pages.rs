//! The public pages through HTTP: anybody reads them, quickly and again; programs read the rest; Communication alone writes.

use std::io::Read;

use axum::http::Method;
use domain::event::ForWhom;
use domain::public_page::Page;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, ORIGIN, Told, ask, get, post};

const DESK: &str = "/communication/pages";
const KIB: usize = 1024;

/// Inès of Communication, and Camille of nothing.
async fn press(at: PgConnectOptions) -> (House, Device, Device) {
    let house = House::new(at).await;
    let (ines, camille) = (house.signed_in("Inès").await, house.signed_in("Camille").await);
    house.coop.in_group(ines.member, "communication").await;
    (house, ines, camille)
}

/// A text of a page as its form sends it.
fn typed<'a>(page: &'a str, base: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let (title, description) = ("Un titre <b>", "Une description & « des mots »");
    vec![("geste", "texte"), ("page", page), ("base", base), ("title", title), ("description", description), ("text", text)]
}

async fn publishes(house: &House, who: &Device, page: &str, base: &str, text: &str) -> Told {
    let fields: Vec<(&str, &str)> = typed(page, base, text).into_iter().chain([("puis", "publier")]).collect();
    house.send(post(DESK).by(who).form(&fields)).await
}

/// What a page says to machines.
fn data(html: &str) -> Vec<Value> {
    let scripts = html.split("<script type=\"application/ld+json\">").skip(1);
    scripts.map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()).collect()
}

/// The content of a `meta` element, by its name or property.
fn meta<'a>(html: &'a str, name: &str) -> &'a str {
    let mut found = html.split("<meta ").filter(|rest| rest.split('>').next().unwrap().contains(&format!("=\"{name}\"")));
    let rest = found.next().unwrap_or_else(|| panic!("{name} is missing"));
    rest.split_once("content=\"").unwrap().1.split('"').next().unwrap()
}

// — read by anybody —

#[sqlx::test(migrations = false)]
async fn anybody_reads_every_page_without_a_session_or_a_script(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    for page in Page::ALL {
        let told = house.send(get(page.path())).await;
        assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "text/html; charset=utf-8"), "{page}");
        assert!(told.header("content-security-policy").contains("script-src 'none'"), "{page}");
        assert!(told.cookies().is_empty() && told.header("x-robots-tag").is_empty(), "{page}");
        told.is_well_nested(page.path());
        let html = told.text();
        for (mark, count) in [("<h1", 1), ("<main", 1), ("<title>", 1), ("<!>", 0), (" style=\"", 0), ("alpar.0123456789", 0)] {
            assert_eq!(html.matches(mark).count(), count, "{page}, {mark}: {html}");
        }
        assert_eq!(html.matches("<script").count(), data(&html).len(), "{page}: {html}");
        // Nothing is fetched from anywhere else.
        for fetched in ["src=\"http", "href=\"http", "url(http"] {
            for rest in html.split(fetched).skip(1) {
                let link = rest.split('>').next().unwrap();
                assert!(link.contains("rel=\"external") || link.starts_with(&ORIGIN[4..]), "{page}: {link}");
            }
        }
        for other in Page::ALL {
            assert!(html.contains(&format!("href=\"{}\"", other.path())), "{page} leads to {other}");
        }
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{page}");
    }
    // The same with a session: nobody is looked for.
    let device = house.signed_in("Camille").await;
    let told = house.send(get("/histoire").by(&device)).await;
    assert_eq!(told.body, house.send(get("/histoire")).await.body);
    assert!(told.header("alpar-member").is_empty());
}

#[sqlx::test(migrations = false)]
async fn the_front_door_leads_visitors_in_and_members_on(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    for method in [Method::GET, Method::HEAD] {
        let told = house.send(ask(method, "/")).await;
        assert_eq!((told.status.as_u16(), told.header("location")), (303, "/le-projet"));
        assert!(told.cookies().is_empty());
    }
    assert_eq!(house.send(get("/").by(&device)).await.status, 200, "a member's start is the app");
    let html = house.send(get("/le-projet")).await.text();
    assert!(html.contains("href=\"/?app\""), "members find their door: {html}");
    assert_eq!(house.send(get("/?app").by(&device)).await.status, 200);
    let told = house.send(get("/?app")).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/connexion"));
    // A device whose session is over is a member's.
    house.coop.sql("update session set revoked_at = created_at").await;
    let told = house.send(get("/").by(&device)).await;
    assert!(told.header("location").starts_with("/connexion"), "{}", told.header("location"));
}

#[sqlx::test(migrations = false)]
async fn search_engines_and_other_sites_are_told_what_a_page_is(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    assert_eq!(publishes(&house, &ines, "histoire", "0", "# 2016\n\nBonjour.").await.status, 303);
    let html = house.send(get("/histoire")).await.text();
    assert!(html.contains("<title>Un titre &lt;b&gt; · Alpar</title>"), "{html}");
    assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{ORIGIN}/histoire\">")), "{html}");
    let (url, image) = (format!("{ORIGIN}/histoire"), format!("{ORIGIN}/icons/icon-512.png"));
    let about = "Une description &amp; «\u{202f}des mots\u{202f}»";
    for (name, wanted) in [
        ("description", about),
        ("og:description", about),
        ("og:title", "Un titre &lt;b&gt;"),
        ("og:url", url.as_str()),
        ("og:image", image.as_str()),
        ("og:locale", "fr_FR"),
    ] {
        assert_eq!(meta(&html, name), wanted, "{name}");
    }
    assert!(html.contains("<time datetime=\"2016\">2016</time>"), "{html}");
    assert!(html.contains("<time datetime=\"2026-12-01\">1er\u{a0}décembre\u{a0}2026</time>"), "it says since when: {html}");
}

#[sqlx::test(migrations = false)]
async fn machines_are_told_where_the_shop_is_and_when_it_is_open(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house
        .coop
        .sql(
            r#"update setting set opening = '[{"weekday": 0, "from": "12:00:00", "to": "20:30:00"}]';
            insert into closure values ('01939d5e-7b1e-7000-8000-0000000000c1', '2026-12-25', '2026-12-26', '</script><b>Noël')"#,
        )
        .await;
    let html = house.send(get("/nous-trouver")).await.text();
    let shop = data(&html).remove(0);
    assert_eq!((&shop["@type"], &shop["name"]), (&"GroceryStore".into(), &"Alpar".into()));
    assert_eq!(shop["address"]["streetAddress"], "7, rue du Vieux Moulin, Zone Actigone");
    let hours = &shop["openingHoursSpecification"][0];
    assert_eq!(
        (&hours["dayOfWeek"], &hours["opens"], &hours["closes"]),
        (&"https://schema.org/Monday".into(), &"12:00".into(), &"20:30".into())
    );
    let closed = &shop["specialOpeningHoursSpecification"][0];
    assert_eq!((&closed["validFrom"], &closed["validThrough"]), (&"2026-12-25".into(), &"2026-12-26".into()));
    assert_eq!(closed["description"], "</script><b>Noël", "hostile text is text");
    for said in
        ["Fermé pour aujourd’hui", "12\u{202f}h\u{a0}–\u{a0}20\u{202f}h\u{202f}30", "Du mardi au dimanche", "&lt;b&gt;Noël"]
    {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    // A map is a link, and nothing of it is fetched.
    assert!(html.contains("https://www.openstreetmap.org/search?query=7%2C%20rue%20du%20Vieux%20Moulin%2C%20Meythet"), "{html}");
}

/// A public event of Communication.
async fn presentation(house: &House, title: &str) -> domain::id::EventId {
    let theo = house.coop.organiser().await;
    let mut terms = house.coop.supper(title, 10, "12");
    terms.details.for_whom = ForWhom::Public;
    let event = house.coop.announces(theo, &terms).await;
    house
        .coop
        .sql(&format!(
            "update event set group_id = (select group_id from working_group where slug = 'communication') where event_id = '{event}'"
        ))
        .await;
    event
}

#[sqlx::test(migrations = false)]
async fn the_next_presentation_is_one_tap_away_and_told_to_machines(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ..) = press(at).await;
    let none = house.send(get("/devenir-membre")).await.text();
    assert!(none.contains("n’est pas encore annoncée") && none.contains("/breve/publique#abonnement"), "{none}");
    let event = presentation(&house, "Viens </script><script>alert(1)</script>").await;
    for path in ["/devenir-membre", "/presentation"] {
        let html = house.send(get(path)).await.text();
        let told = data(&html).into_iter().find(|data| data["@type"] == "Event").expect("an event");
        assert_eq!(told["name"], "Viens </script><script>alert(1)</script>", "{path}");
        assert_eq!(told["startDate"], "2026-12-11T18:00:00Z", "{path}");
        assert_eq!(told["eventStatus"], "https://schema.org/EventScheduled", "{path}");
        assert_eq!((&told["offers"]["price"], &told["isAccessibleForFree"]), (&"0.00".into(), &true.into()), "{path}");
        assert!(html.contains(&format!("sortie-{event}")) && !html.contains("<script>alert"), "{path}: {html}");
    }
    house
        .coop
        .sql("update event set state = jsonb_build_object('cancelled', jsonb_build_object('at', edited_at, 'word', 'Neige'))")
        .await;
    let html = house.send(get("/presentation")).await.text();
    assert_eq!(data(&html)[0]["eventStatus"], "https://schema.org/EventCancelled");
}

#[sqlx::test(migrations = false)]
async fn a_page_travels_once(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    for path in ["/le-projet", "/presentation", "/breve/publique", "/actualites.atom", "/sitemap.xml", "/robots.txt"] {
        let told = house.send(get(path)).await;
        assert_eq!((told.status.as_u16(), told.header("cache-control")), (200, "public, no-cache"), "{path}");
        assert_eq!(told.header("vary"), "accept-encoding", "{path}");
        let etag = told.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"'), "{path}: {etag}");
        for tags in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}")] {
            let again = house.send(get(path).with("if-none-match", &tags)).await;
            assert_eq!(
                (again.status.as_u16(), again.body.len(), again.header("etag")),
                (304, 0, etag.as_str()),
                "{path}, {tags}"
            );
        }
        let head = house.send(ask(Method::HEAD, path)).await;
        assert_eq!((head.status.as_u16(), head.body.len(), head.header("etag")), (200, 0, etag.as_str()), "{path}");
        // Packed, it is another one.
        let packed = house.send(get(path).with("accept-encoding", "gzip")).await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert_ne!(packed.header("etag"), etag, "{path}");
        let mut text = String::new();
        flate2::read::GzDecoder::new(&packed.body[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, told.text(), "{path}");
    }
    let before = house.send(get("/le-projet")).await.header("etag").to_owned();
    assert_eq!(publishes(&house, &ines, "le-projet", "0", "Autre chose.").await.status, 303);
    let told = house.send(get("/le-projet").with("if-none-match", &before)).await;
    assert_eq!((told.status.as_u16(), told.text().contains("Autre chose.")), (200, true));
}

#[sqlx::test(migrations = false)]
async fn a_page_is_light(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ..) = press(at).await;
    presentation(&house, "Présentation").await;
    for group in ["approvisionnement", "distribution", "association", "administratif", "animation"] {
        house.coop.in_group(house.coop.member("Léa").await, group).await;
    }
    house.coop.sql(&format!("update working_group set role = '{}'", "Rechercher des fournisseurs. ".repeat(12))).await;
    // The style sheet and the font beside it are 24 KiB: end2end/tests/public.spec.ts counts all of it.
    for page in Page::ALL {
        let told = house.send(get(page.path()).with("accept-encoding", "gzip, br")).await;
        assert_eq!(told.header("content-encoding"), "br", "{page}");
        assert!(told.body.len() < 12 * KIB, "{page}: {} bytes", told.body.len());
    }
}

// — read by programs —

#[sqlx::test(migrations = false)]
async fn the_list_of_pages_names_those_that_may_be_found_and_no_others(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    let open = house.coop.block(ines.member, "Portes ouvertes", "<p>Samedi.</p>", true).await;
    house.coop.publishes(vec![open], true).await;
    let monday = house.coop.monday();
    let told = house.send(get("/sitemap.xml")).await;
    assert_eq!(told.header("content-type"), "application/xml; charset=utf-8");
    let xml = told.text();
    balanced(&xml);
    let listed: Vec<String> =
        xml.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap().replace(ORIGIN, "")).collect();
    let mut wanted: Vec<String> = Page::ALL.into_iter().map(|page| page.path().to_owned()).collect();
    wanted.extend(["/presentation".to_owned(), "/breve/publique".to_owned(), format!("/breve/publique/{monday}")]);
    assert_eq!(listed, wanted);
    for path in &listed {
        let told = house.send(get(path)).await;
        assert_eq!((told.status.as_u16(), told.header("x-robots-tag")), (200, ""), "{path}");
        assert!(!told.text().contains("noindex"), "{path}");
        let canonical = format!("<link rel=\"canonical\" href=\"{ORIGIN}{path}\">");
        assert!(told.text().contains(&canonical), "{path}");
    }
    let robots = house.send(get("/robots.txt")).await.text();
    assert!(robots.contains(&format!("Sitemap: {ORIGIN}/sitemap.xml")) && robots.contains("Disallow: /api/"), "{robots}");
    for path in &listed {
        assert!(!robots.lines().any(|line| line.strip_prefix("Disallow: ").is_some_and(|barred| path.starts_with(barred))));
    }
}

#[sqlx::test(migrations = false)]
async fn feed_readers_have_the_public_news_and_nothing_else(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    let open = house.coop.block(ines.member, "Portes & ouvertes", "<p>Samedi <b>]]></b></p>", true).await;
    let ours = house.coop.block(ines.member, "Entre nous", "<p>Mercredi.</p>", false).await;
    house.coop.publishes(vec![open, ours], true).await;
    let event = presentation(&house, "Fête <de> la \"soupe\"").await;
    let theo = house.coop.organiser().await;
    house.coop.announces(theo, &house.coop.supper("Pour nous", 10, "")).await;
    let told = house.send(get("/actualites.atom")).await;
    assert_eq!(told.header("content-type"), "application/atom+xml; charset=utf-8");
    let xml = told.text();
    balanced(&xml);
    assert_eq!(xml.matches("<entry>").count(), 2, "{xml}");
    for said in [
        "Portes &amp;amp; ouvertes",
        "Fête &lt;de&gt; la &quot;soupe&quot;",
        &format!("<id>urn:uuid:{event}</id>"),
        &format!("href=\"{ORIGIN}/presentation#sortie-{event}\""),
        &format!("href=\"{ORIGIN}/breve/publique/{}\"", house.coop.monday()),
        "<updated>2026-12-01T07:00:00Z</updated>",
    ] {
        assert!(xml.contains(said), "{said} is missing: {xml}");
    }
    for ours in ["Entre nous", "Mercredi", "Pour nous", "Inès", "Théo"] {
        assert!(!xml.contains(ours), "{ours}: {xml}");
    }
}

/// Every element that begins ends, one in the other; every `&` is written as one.
fn balanced(xml: &str) {
    let mut open = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        for rest in text.split('&').skip(1) {
            let name = rest.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "&{name}");
        }
        assert!(!text.contains("]]>"), "{text}");
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name.to_owned()), "{xml}"),
            None => open.push(tag.split_whitespace().next().unwrap().to_owned()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

// — written by Communication —

#[sqlx::test(migrations = false)]
async fn its_pages_and_its_forms_are_communications_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, camille) = press(at).await;
    for path in [DESK, "/communication/pages/histoire", "/communication/pages/histoire/apercu"] {
        for (device, status) in [(&ines, 200), (&camille, 403)] {
            let told = house.send(get(path).by(device)).await;
            assert_eq!(told.status, status, "{path}: {}", told.text());
            assert_eq!(told.header("cache-control"), "no-store", "{path}");
        }
        assert_eq!(house.send(get(path)).await.status, 303, "{path}");
    }
    for nothing in ["/communication/pages/rien", "/communication/pages/rien/apercu"] {
        assert_eq!(house.send(get(nothing).by(&ines)).await.status, 404, "{nothing}");
    }
    let before = house.database().await;
    let text = typed("histoire", "0", "À moi.");
    for (more, status) in [(vec![("puis", "publier")], 403), (vec![("puis", "apercu")], 403), (Vec::new(), 403)] {
        let fields: Vec<(&str, &str)> = text.iter().copied().chain(more).collect();
        assert_eq!(house.send(post(DESK).by(&camille).form(&fields)).await.status, status);
        let by_script = post(DESK).by(&camille).with("accept", "application/json").form(&fields);
        assert_eq!(house.send(by_script).await.status, status);
        assert_eq!(house.send(post(DESK).form(&fields)).await.status, 401);
        let foreign = ask(Method::POST, DESK).by(&ines).form(&fields);
        assert_eq!(house.send(foreign).await.status, 403, "another site's form publishes nothing");
    }
    for act in ["publier-texte", "revenir", "garder", "oublier", "lieu"] {
        let fields = [("geste", act), ("page", "histoire"), ("base", "0"), ("version", "0"), ("rue", "A"), ("commune", "B")];
        assert_eq!(house.send(post(DESK).by(&camille).form(&fields)).await.status, 403, "{act}");
    }
    assert_eq!(house.database().await, before);
    for (device, has_it) in [(&ines, true), (&camille, false)] {
        let moi = house.send(get("/moi").by(device)).await.text();
        assert_eq!(moi.contains(&format!("href=\"{DESK}\"")), has_it);
    }
}

#[sqlx::test(migrations = false)]
async fn a_text_is_previewed_published_and_taken_back_by_plain_forms(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    let own = format!("{DESK}/histoire");
    let fields: Vec<(&str, &str)> =
        typed("histoire", "0", "# 2016\n\nUn **essai**.").into_iter().chain([("puis", "apercu")]).collect();
    let told = house.send(post(DESK).by(&ines).form(&fields)).await;
    assert_eq!((told.status.as_u16(), told.header("location").to_owned()), (303, format!("{own}/apercu")));
    let preview = house.send(get(&format!("{own}/apercu")).by(&ines)).await;
    let html = preview.text();
    assert!(html.contains("Un <strong>essai</strong>.") && html.contains("toi seul·e vois ce texte"), "{html}");
    assert!(html.contains("noindex") && preview.header("x-robots-tag").contains("noindex"));
    assert!(!house.send(get("/histoire")).await.text().contains("essai"), "it is not published");
    let id = html.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for _ in 0..2 {
        let told = house.send(post(DESK).by(&ines).form(&[("geste", "publier-texte"), ("id", &id), ("page", "histoire")])).await;
        assert_eq!((told.status.as_u16(), told.header("location").to_owned()), (303, format!("{own}?fait=publier")));
    }
    assert!(house.send(get("/histoire")).await.text().contains("Un <strong>essai</strong>."));
    assert_eq!(house.coop.count("select count(*) from public_page_version").await, 1);
    let html = house.send(get(&format!("{own}?fait=publier")).by(&ines)).await.text();
    for said in ["C’est publié", "Tout ce qui a été publié", "Le texte de départ", "Revenir à cette version", "<ins>"] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    let back = [("geste", "revenir"), ("page", "histoire"), ("base", "1"), ("version", "0")];
    let told = house.send(post(DESK).by(&ines).form(&back)).await;
    assert_eq!(told.header("location"), format!("{own}?fait=revenir"));
    assert!(
        house.send(get("/histoire")).await.text().contains("15\u{a0}658")
            || house.send(get("/histoire")).await.text().contains("15&nbsp;658")
    );
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_published_comes_back_with_why_and_with_all_that_was_typed(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    let text = "# Titre & </textarea><b>gras</b>\n\n[[horraires]]";
    let told = publishes(&house, &ines, "histoire", "0", text).await;
    assert_eq!(told.status, 422);
    let html = told.text();
    for said in
        ["Ligne 3", "[[horraires]]", "&lt;/textarea&gt;&lt;b&gt;gras", "value=\"Un titre &lt;b&gt;\"", "Rien n’est publié"]
    {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    for (fields, status) in [
        (vec![("geste", "rien")], 422),
        (vec![("geste", "oublier"), ("page", "rien")], 400),
        (vec![("geste", "revenir"), ("page", "histoire"), ("base", "x"), ("version", "0")], 400),
        (vec![("geste", "revenir"), ("page", "histoire"), ("base", "0"), ("version", "7")], 422),
        (vec![("geste", "publier-texte"), ("page", "histoire")], 422),
        (vec![("geste", "lieu"), ("base", "0"), ("rue", ""), ("commune", "Meythet")], 422),
    ] {
        assert_eq!(house.send(post(DESK).by(&ines).form(&fields)).await.status, status, "{fields:?}");
    }
    let long = "é".repeat(20_001);
    let told = publishes(&house, &ines, "histoire", "0", &long).await;
    assert_eq!((told.status.as_u16(), told.text().contains(&long)), (422, true));
    assert_eq!(publishes(&house, &ines, "histoire", "0", &"é".repeat(900_000)).await.status, 413);
    assert_eq!(house.coop.count("select count(*) from public_page_version").await, 0);
    let place = house
        .send(post(DESK).by(&ines).form(&[("geste", "lieu"), ("base", "0"), ("rue", "8, rue <Neuve>"), ("commune", "Annecy")]))
        .await;
    assert_eq!(place.header("location"), format!("{DESK}?fait=lieu"));
    let html = house.send(get("/nous-trouver")).await.text();
    assert!(html.contains("8, rue &lt;Neuve&gt;") && data(&html)[0]["address"]["streetAddress"] == "8, rue <Neuve>", "{html}");
}

#[sqlx::test(migrations = false)]
async fn a_text_saves_itself_for_its_writer_and_two_editors_lose_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, ines, _) = press(at).await;
    let paul = house.signed_in("Paul").await;
    house.coop.in_group(paul.member, "communication").await;
    let saves = async |who: &Device, text: &str| {
        let told = house.send(post(DESK).by(who).with("accept", "application/json").form(&typed("histoire", "0", text))).await;
        (told.status.as_u16(), told.json())
    };
    let (status, saved) = saves(&paul, "La mienne.").await;
    assert_eq!((status, saved["revision"].as_i64(), saved["beside"].as_u64()), (200, Some(0), Some(0)));
    let (status, wrong) = saves(&paul, "").await;
    assert_eq!((status, wrong["wrong"].as_array().map(Vec::len)), (422, Some(1)));
    assert_eq!(publishes(&house, &ines, "histoire", "0", "La sienne.").await.status, 303);
    assert_eq!(saves(&paul, "La mienne, finie.").await.1["beside"], 1);
    let own = format!("{DESK}/histoire");
    let html = house.send(get(&own).by(&paul)).await.text().replace("<!>", "");
    for said in ["Deux versions", "<del>sienne</del>", "<ins>mienne, finie</ins>", "Garder mon texte", "La mienne, finie."] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    let told = publishes(&house, &paul, "histoire", "0", "La mienne, bien finie.").await;
    assert_eq!((told.status.as_u16(), told.text().contains("La mienne, bien finie.")), (422, true));
    assert!(house.send(get("/histoire")).await.text().contains("La sienne."));
    let told = house.send(post(DESK).by(&paul).form(&[("geste", "garder"), ("page", "histoire"), ("base", "1")])).await;
    assert_eq!(told.header("location"), format!("{own}?fait=garder"));
    assert_eq!(publishes(&house, &paul, "histoire", "1", "La nôtre.").await.status, 303);
    assert!(house.send(get("/histoire")).await.text().contains("La nôtre."));
}
