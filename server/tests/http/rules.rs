//! What is asked of members, set by the office through the page's own forms, as a browser without
//! scripts posts them.

use backend::ledger;
use chrono::NaiveDate;
use domain::ledger::{Credit, Entry, EntryKind, Policy};
use serde_json::json;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};

const RULES: &str = "/bureau/regles";
const CHANGE: &str = "/bureau/regles/changer";

/// Margaux of the office and Nour who is not; Léa and Karim were absent in November.
async fn house(at: PgConnectOptions) -> (House, Device, Device) {
    let house = House::new(at).await;
    let (margaux, nour) = (house.signed_in("Margaux").await, house.signed_in("Nour").await);
    house.coop.in_office(margaux.member).await;
    let (lea, karim) = (house.coop.member("Léa").await, house.coop.newcomer("Karim").await);
    house
        .coop
        .sql(
            "insert into policy_version (policy_version_id, valid_from, policy, why, at)
             values (gen_random_uuid(), '2026-10-06', '{}', 'la règle de départ', '2026-10-01T08:00Z')",
        )
        .await;
    ledger::fall_due(&house.coop.backend).await.unwrap();
    let on = day("2026-11-20");
    let (done, missed) = (Entry::new(EntryKind::Done, on, Credit::SHIFT), Entry::new(EntryKind::Missed, on, Credit::NONE));
    let entries = [(lea, missed.clone()), (karim, missed), (karim, done)];
    let mut conn = house.coop.backend.pool.acquire().await.unwrap();
    ledger::append(&mut conn, &entries, None, house.coop.now()).await.unwrap();
    drop(conn);
    (house, margaux, nour)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The page's text, its spaces plain.
fn said(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

type Fields = Vec<(String, String)>;

fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[from..from + tag[from..].find('"')?];
    Some(value.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// What a browser posts of the form that has a button of this value.
fn form_of(told: &Told, button: &str) -> Fields {
    let html = told.text();
    let with = format!("value=\"{button}\"");
    let mut forms = html.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or_default());
    let form = forms.find(|form| form.contains(&with)).unwrap_or_else(|| panic!("no form says {button}: {html}"));
    let mut fields = Fields::new();
    for part in form.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let (Some(name), value) = (attribute(tag, "name"), attribute(tag, "value")) else {
            // The options of the select that came last: the first, unless another one is chosen.
            if tag.starts_with("option")
                && let Some((_, chosen)) = fields.last_mut()
            {
                let value = attribute(tag, "value").unwrap_or_default();
                if tag.contains(" selected") || chosen == "\0" {
                    *chosen = value;
                }
            }
            continue;
        };
        let ticked =
            attribute(tag, "type").is_none_or(|kind| !matches!(kind.as_str(), "checkbox" | "radio")) || tag.contains(" checked");
        if tag.starts_with("input") && ticked {
            fields.push((name, value.unwrap_or_default()));
        } else if tag.starts_with("select") {
            fields.push((name, "\0".to_owned()));
        }
    }
    fields.push(("faire".to_owned(), button.to_owned()));
    fields
}

/// With something typed into a field.
fn typed(mut fields: Fields, name: &str, value: &str) -> Fields {
    let field = fields.iter_mut().find(|(known, _)| known == name);
    field.unwrap_or_else(|| panic!("the form has no {name}")).1 = value.to_owned();
    fields
}

async fn send(house: &House, by: &Device, fields: &Fields) -> Told {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    house.send(post(CHANGE).by(by).form(&fields)).await
}

const VERSIONS: &str = "select count(*) from policy_version";

#[sqlx::test(migrations = false)]
async fn the_office_tries_new_rules_saves_them_once_and_reads_them_in_the_history(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, _) = house(at).await;
    let today = said(&house.send(get(RULES).by(&margaux)).await);
    for words in [
        "Chaque cycle de 4 semaines demande 1 vacation.",
        "La vacation manquée reste à faire.",
        "la règle de départ",
        "En vigueur",
    ] {
        assert!(today.contains(words), "{words} is missing: {today}");
    }

    let empty = house.send(get(&format!("{CHANGE}?modele=deux-dues")).by(&margaux)).await;
    assert_eq!(empty.status, 200, "{}", empty.text());
    assert!(said(&empty).contains("Deux dues, réductible"));
    let before = house.database().await;
    let form = typed(form_of(&empty, "voir"), "why", "voté à l’AG <du 28>");
    assert!(form.contains(&("from".into(), "2026-12-28".into())), "the next cycle's Monday: {form:?}");
    let tried = send(&house, &margaux, &form).await;
    assert_eq!(tried.status, 200, "{}", tried.text());
    let page = said(&tried);
    for words in [
        "2 membres passeraient en alerte.",
        "depuis le lundi 7 septembre 2026",
        "Karim",
        "Léa",
        "À partir du lundi 28 décembre 2026",
        "La vacation manquée reste à faire, et 1 de plus : 2 en tout.",
        "L’animateur·rice du jour peut la ramener à la seule vacation manquée.",
    ] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    assert_eq!(house.database().await, before, "nothing is saved by looking");

    let save = form_of(&tried, "enregistrer");
    let back = send(&house, &margaux, &save).await;
    assert_eq!(back.status, 303, "{}", back.text());
    let again = send(&house, &margaux, &save).await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, back.header("location")));
    assert_eq!(house.coop.count(VERSIONS).await, 2, "sent twice, saved once");

    let page = said(&house.send(get(back.header("location")).by(&margaux)).await);
    for words in [
        "C’est enregistré. À partir du lundi 28 décembre 2026, ces règles valent.",
        "À venir",
        "Par Margaux",
        "voté à l’AG &lt;du 28&gt;",
        "La vacation manquée reste à faire, et 1 de plus : 2 en tout.",
    ] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    let other = typed(save, "why", "tout autre chose");
    let reused = send(&house, &margaux, &other).await;
    assert_eq!(reused.status, 422);
    assert!(said(&reused).contains("Regarde à nouveau ce que ça changerait."));
    assert_eq!(house.coop.count(VERSIONS).await, 2);
}

#[sqlx::test(migrations = false)]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, _) = house(at).await;
    let empty = house.send(get(CHANGE).by(&margaux)).await;
    let form = form_of(&empty, "voir");
    let form = typed(typed(typed(form, "due", "une \"et\" demie"), "from", "2026-12-01"), "light_why", "été");
    let wrong = send(&house, &margaux, &form).await;
    assert_eq!(wrong.status, 422);
    let page = said(&wrong);
    for words in [
        "réponses à revoir",
        "Vacations par cycle : Ce n’est pas un nombre",
        "au plus tôt le mercredi 2 décembre",
        "Pourquoi : Il manque une réponse ici.",
        "href=\"#light_from-0\"",
    ] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    let kept = form_of(&wrong, "voir");
    for field in &form {
        assert!(kept.contains(field), "{field:?} is lost: {kept:?}");
    }
    let rows = |fields: &Fields| fields.iter().filter(|(name, _)| name == "light_from").count();
    let mut more = kept.clone();
    more.retain(|(name, _)| name != "faire");
    more.push(("faire".into(), "periode".into()));
    let grown = send(&house, &margaux, &more).await;
    assert_eq!(grown.status, 200);
    assert!(!said(&grown).contains("à revoir"));
    assert_eq!(rows(&form_of(&grown, "voir")), rows(&kept) + 1);
    for unread in [
        vec![("faire".to_owned(), "enregistrer".to_owned())],
        vec![("faire".to_owned(), "enregistrer".to_owned()), ("id".to_owned(), "x".to_owned())],
    ] {
        assert_eq!(send(&house, &margaux, &unread).await.status, 400);
    }
    let id = house.coop.id().to_string();
    let unsaved = vec![("faire".to_owned(), "enregistrer".to_owned()), ("id".to_owned(), id)];
    assert_eq!(send(&house, &margaux, &unsaved).await.status, 422);
    assert_eq!(house.coop.count(VERSIONS).await, 1);
}

#[sqlx::test(migrations = false)]
async fn a_member_reads_tries_and_sets_no_rules(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, nour) = house(at).await;
    let before = house.database().await;
    for path in [RULES, CHANGE] {
        let told = house.send(get(path).by(&nour)).await;
        assert_eq!(told.status, 403, "{path}");
        assert!(said(&told).contains("C’est une page du bureau"), "{}", told.text());
    }
    for path in ["/api/v1/office/rules", "/api/v1/office/rules/change"] {
        assert_eq!(house.send(get(path).by(&nour)).await.status, 403, "{path}");
        assert_eq!(house.send(get(path).by(&margaux)).await.status, 200, "{path}");
    }
    let form = typed(form_of(&house.send(get(CHANGE).by(&margaux)).await, "voir"), "why", "vote");
    let tried = send(&house, &nour, &form).await;
    assert_eq!(tried.status, 403);
    assert!(!tried.text().contains("Léa"));
    let save = form_of(&send(&house, &margaux, &form).await, "enregistrer");
    assert_eq!(send(&house, &nour, &save).await.status, 403);
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn each_starting_point_is_saved_by_its_form_as_the_rules_that_it_stands_for(_: PgPoolOptions, at: PgConnectOptions) {
    let (house, margaux, _) = house(at).await;
    let wanted = [
        ("une-due", json!({ "owed_cap": 360 })),
        (
            "deux-dues",
            json!({ "absence": { "owed": 2, "lead_may_reduce": true },
                    "alarm": { "late_from": 720, "alert_d": 28, "out_from": 540 } }),
        ),
        (
            "alerte-sursis",
            json!({ "absence": { "owed": 2, "lead_may_reduce": true },
                    "alarm": { "late_from": 900, "alert_d": 28, "grace_d": 10, "out_from": 720 } }),
        ),
        (
            "minute-avance",
            json!({ "counting": { "minutes": { "a_shift": 180 } }, "alarm": { "alert_from": 541, "late_from": 541 },
                    "ahead": { "cap": 0, "saved": true } }),
        ),
    ];
    for (at, (start, policy)) in (1..).zip(wanted) {
        let from = format!("2027-0{at}-04");
        let empty = house.send(get(&format!("{CHANGE}?modele={start}&depuis={from}")).by(&margaux)).await;
        let tried = send(&house, &margaux, &typed(form_of(&empty, "voir"), "why", start)).await;
        let saved = send(&house, &margaux, &form_of(&tried, "enregistrer")).await;
        assert_eq!(saved.status, 303, "{start}: {}", tried.text());
        let calendar = backend::snapshots::calendar(&house.coop.backend).await.unwrap();
        let policy: Policy = serde_json::from_value(policy).unwrap();
        assert_eq!(calendar.rules.policy_on(day(&from)).into_owned(), policy, "{start}");
    }
}
