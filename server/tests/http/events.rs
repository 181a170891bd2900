//! Events through HTTP, for those who make them: whose they are, plain forms, the table, calendar files.

use domain::command::Command;
use domain::event::{Answer, Gathering, Scope};
use domain::id::{EventId, PictureId};
use serde_json::json;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, ORIGIN, Told, get, post};
use crate::pictures::webp;

pub const PAGE: &str = "/organiser";

/// What is typed of a supper on the second Friday of December.
const SUPPER: [(&str, &str); 9] = [
    ("title", "La soupe <script>"),
    ("text", "On épluche dès **17 h**."),
    ("place", "À la coop"),
    ("map", "https://www.openstreetmap.org/node/1"),
    ("starts", "2026-12-11T19:00"),
    ("ends", "2026-12-11T22:00"),
    ("capacity", "12"),
    ("guests", "3"),
    ("price", "libre"),
];

/// Théo of Vie sociale makes events; Camille is a member.
pub struct Social {
    pub house: House,
    pub theo: Device,
    pub camille: Device,
}

impl Social {
    pub async fn new(at: PgConnectOptions) -> Social {
        let house = House::new(at).await;
        let theo = house.coop.organiser().await;
        let (theo, camille) = (house.device_of(theo).await, house.signed_in("Camille").await);
        Social { house, theo, camille }
    }

    pub async fn posts(&self, who: &Device, fields: &[(&str, &str)]) -> Told {
        self.house.send(post(PAGE).by(who).form(fields)).await
    }

    /// Supper, with some fields otherwise.
    pub async fn begins(&self, who: &Device, otherwise: &[(&str, &str)]) -> Told {
        let group = self.house.coop.group("vie-sociale").await.to_string();
        let mut fields = vec![("geste", "creer"), ("groupe", group.as_str())];
        fields.extend(with(otherwise));
        self.posts(who, &fields).await
    }

    /// Of an event, as its page posts it.
    pub async fn does(&self, event: EventId, fields: &[(&str, &str)]) -> Told {
        let event = event.to_string();
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("event", event.as_str())]).collect();
        self.posts(&self.theo, &all).await
    }

    pub async fn known(&self, event: EventId) -> Gathering {
        self.house.coop.gathering(event).await
    }

    pub async fn announced(&self, capacity: &str) -> EventId {
        self.house.coop.announces(self.theo.member, &self.house.coop.supper("La soupe", 10, capacity)).await
    }
}

/// The fields of a supper, some of them otherwise.
pub fn with<'a>(otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let same = SUPPER.iter().copied().filter(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
    same.chain(otherwise.iter().copied()).collect()
}

/// The event whose page an answer leads to.
pub fn led_to(told: &Told) -> EventId {
    assert_eq!(told.status, 303, "{}", told.text());
    let (path, _) = told.header("location").split_once('?').unwrap();
    path.strip_prefix("/organiser/").unwrap().parse().unwrap()
}

#[sqlx::test(migrations = false)]
async fn its_pages_and_its_forms_are_the_organisers_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let house = &social.house;
    let event = led_to(&social.begins(&social.theo, &[]).await);
    let list = format!("{PAGE}/{event}/liste.csv");
    let answer = format!("/api/v1/organising/event?event={event}");
    for path in [PAGE, "/organiser/nouvelle", &format!("{PAGE}/{event}"), &list, "/api/v1/organising", &answer] {
        let told = house.send(get(path).by(&social.theo)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        assert!(path.starts_with("/api") || !told.text().contains("La soupe <script>"), "{path}");
        let told = house.send(get(path).by(&social.camille)).await;
        assert_eq!(told.status, 403, "{path}: {}", told.text());
        assert!(!told.text().contains("La soupe"), "{path}");
        assert_eq!(house.send(get(path)).await.status.as_u16() / 100, if path.starts_with("/api") { 4 } else { 3 }, "{path}");
    }
    let none = format!("{PAGE}/{}", house.coop.id());
    assert_eq!(house.send(get(&none).by(&social.theo)).await.status, 403, "none of theirs, or none at all: the same");
    let before = house.database().await;
    let id = event.to_string();
    for act in ["modifier", "publier", "annuler", "retablir", "refaire", "message", "listes"] {
        let mut fields = with(&[("geste", act), ("event", id.as_str()), ("mot", "Non"), ("base", "1")]);
        fields.push(("maintenant", "oui"));
        assert_eq!(social.posts(&social.camille, &fields).await.status, 403, "{act}");
    }
    assert_eq!(social.begins(&social.camille, &[]).await.status, 403);
    assert_eq!(social.begins(&social.camille, &[("title", "")]).await.status, 403);
    assert_eq!(house.database().await, before);
    for (device, has_it) in [(&social.theo, true), (&social.camille, false)] {
        let moi = house.send(get("/moi").by(device)).await.text();
        assert_eq!(moi.contains(&format!("href=\"{PAGE}\"")), has_it);
    }
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_comes_back_with_why_and_with_all_that_was_typed(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let before = social.house.database().await;
    let script = "</textarea><script>alert(1)</script>";
    let wrong = [
        ("title", ""),
        ("text", script),
        ("map", "javascript:alert(1)"),
        ("ends", "2026-12-11T18:00"),
        ("capacity", "-1"),
        ("guests", "10000"),
        ("price", "-4"),
        ("rythme", "weekly"),
    ];
    let told = social.begins(&social.theo, &wrong).await;
    assert_eq!(told.status, 422);
    let html = told.text();
    for said in [
        "Donne un titre.",
        "elle commence par https://",
        "La fin est avant le début.",
        "Un nombre de 1 à 2000, ou rien",
        "Un nombre de 0 à 10.",
        "ce qui n’a pas de fin ne se prévoit pas",
        "value=\"-1\"",
        "value=\"10000\"",
        "value=\"javascript:alert(1)\"",
        "&lt;/textarea&gt;&lt;script&gt;",
    ] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    assert!(!html.contains("<script>alert"), "{html}");
    for (otherwise, why) in [
        (vec![("starts", "demain")], "Dis quand ça commence"),
        (vec![("starts", "2026-11-01T19:00"), ("ends", "2026-11-01T22:00")], "Ce serait dans le passé"),
        (vec![("rythme", "weekly"), ("until", "2029-01-01")], "C’est trop loin"),
        (vec![("until", "2027-06-30")], "choisis comment elle revient, ou vide ces champs"),
        (vec![("every", "2")], "choisis comment elle revient, ou vide ces champs"),
        (vec![("rythme", "monthly_last"), ("until", "2027-06-30")], "Choisis comment elle revient"),
        (vec![("rythme", "weekly"), ("until", "2026-12-12")], "Cela ne fait qu’une date"),
        (vec![("picture", "01939d5e-7b1e-7000-8000-0000000000aa"), ("width", "800"), ("height", "600")], "l’image montre"),
    ] {
        let told = social.begins(&social.theo, &otherwise).await;
        assert_eq!(told.status, 422, "{why}: {}", told.text());
        assert!(told.text().contains(why), "{why}: {}", told.text());
    }
    assert_eq!(social.posts(&social.theo, &[("geste", "creer")]).await.status, 400);
    assert_eq!(social.posts(&social.theo, &[("geste", "publier")]).await.status, 400);
    let long = "é".repeat(20_001);
    let told = social.begins(&social.theo, &[("text", long.as_str())]).await;
    assert_eq!((told.status.as_u16(), told.text().contains(&long)), (422, true));
    assert_eq!(social.house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn it_is_begun_comes_out_changes_is_off_is_on_again_and_is_made_again(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let form = social.house.coop.id().to_string();
    let event = led_to(&social.begins(&social.theo, &[("id", form.as_str())]).await);
    assert_eq!(led_to(&social.begins(&social.theo, &[("id", form.as_str())]).await), event, "a form sent twice is one event");
    let late = social.does(event, &[("geste", "publier"), ("quand", "2026-12-12T08:00")]).await;
    assert_eq!((late.status.as_u16(), late.text().contains("choisis une heure de parution plus tôt")), (422, true));
    assert_eq!(social.does(event, &[("geste", "publier"), ("quand", "bientôt")]).await.status, 422);
    let past = social.does(event, &[("geste", "publier"), ("quand", "2026-11-30T08:00")]).await;
    assert_eq!((past.status.as_u16(), past.text().contains("Cette heure est passée")), (422, true));
    assert_eq!(led_to(&social.does(event, &[("geste", "publier"), ("maintenant", "oui")]).await), event);
    let html = social.house.send(get(&format!("{PAGE}/{event}?fait=publier")).by(&social.theo)).await.text();
    assert!(html.contains("C’est publié") && html.contains("data-prose") && html.contains("data-pictured"), "{html}");

    social.house.coop.answers(social.camille.member, event, Answer::Yes, 2).await;
    let base = social.known(event).await.event.revision.to_string();
    let edit = |otherwise: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
        with(otherwise).into_iter().chain([("geste", "modifier")]).collect()
    };
    let mut fewer = edit(&[("capacity", "2")]);
    fewer.push(("base", &base));
    let told = social.does(event, &fewer).await;
    assert_eq!(told.status, 422, "{}", told.text());
    assert!(told.text().contains("la capacité ne peut pas être plus basse"), "{}", told.text());
    let mut moved = edit(&[("starts", "2026-12-11T20:00")]);
    moved.push(("base", &base));
    assert_eq!(led_to(&social.does(event, &moved).await), event);
    assert_eq!(social.known(event).await.event.sequence, 1);
    // Written from what it was before: it comes back, and goes on from what it is now.
    let mut stale = edit(&[("title", "Une autre soupe")]);
    stale.push(("base", &base));
    let told = social.does(event, &stale).await;
    let now = social.known(event).await.event.revision;
    assert_eq!(told.status, 422);
    assert!(told.text().contains("Une autre soupe") && told.text().contains(&format!("name=\"base\" value=\"{now}\"")));
    // What it is now is said beside what was typed without knowing of it.
    for is in ["Maintenant\u{202f}: «\u{202f}La soupe &lt;script", "Paris. Maintenant\u{202f}: le"] {
        assert!(told.text().contains(is), "{is}: {}", told.text());
    }

    assert_eq!(social.does(event, &[("geste", "message"), ("mot", "")]).await.status, 422);
    social.does(event, &[("geste", "message"), ("mot", "Pense à ton bol")]).await;
    let told = social.does(event, &[("geste", "annuler"), ("mot", "")]).await;
    assert_eq!((told.status.as_u16(), told.text().contains("Écris un mot.")), (422, true));
    assert_eq!(led_to(&social.does(event, &[("geste", "annuler"), ("mot", "Panne de four")]).await), event);
    assert!(!social.known(event).await.event.state.is_published());
    assert_eq!(led_to(&social.does(event, &[("geste", "retablir")]).await), event);
    assert!(social.known(event).await.event.state.is_published());
    assert!(social.house.coop.told(social.camille.member).await.contains(&"event_word".to_owned()));

    let lines = [("geste", "listes"), ("item", ""), ("item-nom", "Pain"), ("item-combien", "3")];
    let more = [("item", ""), ("item-nom", ""), ("item-combien", ""), ("poste", ""), ("poste-nom", "Bar"), ("poste-combien", "")];
    assert_eq!(led_to(&social.does(event, &[lines.as_slice(), &more].concat()).await), event);
    let known = social.known(event).await;
    assert_eq!((known.items.len(), known.items[0].claims.of, known.posts[0].label.as_str()), (1, 3, "Bar"));
    let again = led_to(&social.does(event, &[("geste", "refaire")]).await);
    let again = social.known(again).await;
    assert!(again.event.state.is_draft() && again.parties.is_empty() && again.items.len() == 1);
}

#[sqlx::test(migrations = false)]
async fn a_list_that_was_open_takes_away_nothing_that_it_did_not_show(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let event = social.announced("12").await;
    let line = |id: &'static str, name: &'static str, of: &'static str| [("item", id), ("item-nom", name), ("item-combien", of)];
    let first = [&[("geste", "listes")][..], &line("", "Pains", "2"), &line("", "Fromages", "3")].concat();
    assert_eq!(led_to(&social.does(event, &first).await), event);
    let ids: Vec<String> = social.known(event).await.items.iter().map(|item| item.id.to_string()).collect();
    let [pains, fromages] = [ids[0].as_str(), ids[1].as_str()];
    // Two have the page open: one of them adds something; the other empties a line, and has another one twice.
    let adds = [
        ("geste", "listes"),
        ("item", pains),
        ("item-nom", "Pains"),
        ("item-combien", "2"),
        ("item", fromages),
        ("item-nom", "Fromages"),
        ("item-combien", "3"),
        ("item", ""),
        ("item-nom", "Soupe"),
        ("item-combien", "1"),
    ];
    assert_eq!(led_to(&social.does(event, &adds).await), event);
    let empties = [
        ("geste", "listes"),
        ("item", pains),
        ("item-nom", ""),
        ("item-combien", "2"),
        ("item", fromages),
        ("item-nom", "Fromages"),
        ("item-combien", "3"),
        ("item", fromages),
        ("item-nom", "Tartes"),
        ("item-combien", "4"),
    ];
    assert_eq!(led_to(&social.does(event, &empties).await), event);
    let known = social.known(event).await.items;
    let lines: Vec<(&str, u16)> = known.iter().map(|item| (item.label.as_str(), item.claims.of)).collect();
    assert_eq!(lines, [("Fromages", 3), ("Tartes", 4), ("Soupe", 1)]);
    assert_eq!(known[0].id.to_string(), fromages, "the first of the two is the one that there was");
}

#[sqlx::test(migrations = false)]
async fn a_series_of_six_comes_out_together_and_one_of_it_moves_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let first = led_to(&social.begins(&social.theo, &[("rythme", "weekly"), ("until", "2027-01-15")]).await);
    let count = |what: &str| format!("select count(*) from event where {what}");
    assert_eq!(social.house.coop.count(&count("state = '\"draft\"'")).await, 6);
    social.does(first, &[("geste", "publier"), ("maintenant", "oui"), ("portee", "toutes")]).await;
    assert_eq!(social.house.coop.count(&count("state ? 'published'")).await, 6);
    let base = social.known(first).await.event.revision.to_string();
    let mut moved = with(&[("geste", "modifier"), ("portee", "celle-ci"), ("starts", "2026-12-11T20:00")]);
    moved.push(("base", &base));
    assert_eq!(led_to(&social.does(first, &moved).await), first);
    assert_eq!(social.house.coop.count(&count("sequence = 1")).await, 1);
    let html = social.house.send(get(&format!("{PAGE}/{first}")).by(&social.theo)).await.text();
    assert!(html.contains("Celle-ci et les suivantes") && html.contains("Les autres dates"), "{html}");
    let again = social.known(first).await.event.revision.to_string();
    let mut alone = with(&[("geste", "modifier"), ("rythme", "weekly"), ("until", "2027-02-26")]);
    alone.push(("base", &again));
    assert_eq!(social.does(first, &alone).await.status, 422, "a rule is of several");
    // « Jusqu’au » alone, of all: more of them, as they come already.
    let mut longer =
        with(&[("geste", "modifier"), ("portee", "toutes"), ("until", "2027-01-29"), ("starts", "2026-12-11T20:00")]);
    longer.push(("base", &again));
    assert_eq!(led_to(&social.does(first, &longer).await), first);
    assert_eq!(social.house.coop.count(&count("state ? 'published'")).await, 8);
}

#[sqlx::test(migrations = false)]
async fn the_table_is_no_formula_and_has_what_only_organisers_read(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let event = social.announced("12").await;
    let (note, diet) = ("=HYPERLINK(\"http://x\")".to_owned(), "+33 sans noix; rien".to_owned());
    let said = Command::AnswerEvent { event, answer: Answer::Yes, guests: 1, children: 0, note, diet, hidden: true };
    social.house.coop.does(social.camille.member, said).await;
    let told = social.house.send(get(&format!("{PAGE}/{event}/liste.csv")).by(&social.theo)).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(told.header("content-disposition").contains("sortie-2026-12-11.csv"));
    let text = told.text();
    assert!(text.starts_with('\u{feff}') && text.contains("Camille"), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && text.contains("\"'+33 sans noix; rien\""), "{text}");
    let html = social.house.send(get(&format!("{PAGE}/{event}")).by(&social.theo)).await.text();
    assert!(html.contains("sans noix") && html.contains("2\u{a0}places prises sur 12"), "{html}");
}

/// The lines of an event's own part.
fn event_of(text: &str, event: EventId) -> Vec<String> {
    let part = text.split("BEGIN:VEVENT").find(|part| part.contains(&format!("UID:{event}@alpar"))).unwrap_or_default();
    part.lines().map(ToOwned::to_owned).collect()
}

#[sqlx::test(migrations = false)]
async fn it_is_in_calendars_and_what_becomes_of_it_too(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let (house, camille) = (&social.house, &social.camille);
    let draft = house.coop.draft(social.theo.member, &house.coop.supper("Plus tard", 10, "")).await;
    let event = social.announced("12").await;
    for hidden in [draft.to_string(), house.coop.id().to_string(), "rien".to_owned()] {
        assert_eq!(house.send(get(&format!("/sortie/{hidden}/agenda.ics")).by(camille)).await.status, 404, "{hidden}");
    }
    let address = format!("/sortie/{event}/agenda.ics");
    assert_eq!(house.send(get(&address)).await.status, 303, "for members");
    let file = async || house.send(get(&address).by(camille)).await.text();
    let before = file().await;
    assert!(before.contains("BEGIN:VTIMEZONE") && before.lines().all(|line| line.len() <= 75), "{before}");
    let has = |text: &str, line: &str| event_of(text, event).iter().any(|known| known == line);
    for line in ["SEQUENCE:0", "DTSTART;TZID=Europe/Paris:20261211T190000", "STATUS:CONFIRMED", "SUMMARY:La soupe"] {
        assert!(has(&before, line), "{line}: {before}");
    }

    let renewed = house.send(post("/api/v1/agenda").by(camille).json(&json!({}))).await;
    let secret = renewed.json()["address"].as_str().unwrap().trim_start_matches(ORIGIN).to_owned();
    let feed = async || house.send(get(&secret)).await.text();
    assert!(event_of(&feed().await, event).is_empty(), "nothing that they did not answer to");
    for (answer, status) in [(Answer::Maybe, "STATUS:TENTATIVE"), (Answer::Yes, "STATUS:CONFIRMED")] {
        house.coop.answers(camille.member, event, answer, 0).await;
        assert!(has(&feed().await, status), "{status}");
    }
    social.does(event, &[("geste", "annuler"), ("mot", "Panne de four")]).await;
    for text in [file().await, feed().await] {
        assert!(has(&text, "STATUS:CANCELLED") && has(&text, "SEQUENCE:1"), "{text}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_cover_is_its_senders_until_its_event_is_announced(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let house = &social.house;
    let id = PictureId(house.coop.id());
    let sends = post(&format!("/api/v1/event-pictures/{id}")).by(&social.theo).text("image/webp", webp(800, 600));
    assert_eq!(house.send(sends).await.status, 204);
    let (shown, name) = (format!("/pictures/{id}"), id.to_string());
    let seen = async |device: Option<&Device>| {
        let ask = get(&shown);
        house.send(if let Some(device) = device { ask.by(device) } else { ask }).await.status.as_u16()
    };
    let cover = [("picture", name.as_str()), ("alt", "Trois marmites"), ("width", "800"), ("height", "600"), ("public", "oui")];
    let event = led_to(&social.begins(&social.theo, &cover).await);
    assert_eq!([seen(Some(&social.theo)).await, seen(Some(&social.camille)).await, seen(None).await], [200, 404, 404]);
    house.coop.publishes_event(social.theo.member, event, Scope::This).await;
    assert_eq!([seen(Some(&social.camille)).await, seen(None).await], [200, 200]);
}
