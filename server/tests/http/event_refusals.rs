//! What cannot be of an event, through HTTP: a refusal that says which, and nothing changes; and what is written anywhere in it
//! runs nowhere.

use backend::event;
use chrono::Duration;
use domain::command::Command;
use domain::event::{Answer, ForWhom, Scope, Wanted};
use domain::id::{BringItemId, CarpoolId, CommentId, EventId, HelperPostId};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use crate::coop::answers;
use crate::events::{PAGE, Social, led_to, with};
use crate::house::{House, get, post};
use crate::presentation;

/// What somebody could write to see whether it runs.
const MEAN: &str = "<img src=x onerror=alert(1)>";

/// What the database holds, but for the outcomes of acts: a refusal is one.
async fn kept(house: &House) -> String {
    let whole = house.database().await;
    let (before, rest) = whole.split_once("\ncommand_log:\n").expect("the log");
    let (_, after) = rest.split_once("\ndelivery:\n").expect("the table after it");
    format!("{before}\n{after}")
}

/// An act as a device sends it, whatever its fields say.
fn raw(house: &House, fields: &Value) -> Value {
    let known = house.on_the_wire(answers(EventId(Uuid::nil()), Answer::No, 0));
    let mut raw = json!({ "id": known["id"], "schema": known["schema"] });
    let fields = fields.as_object().expect("fields").clone();
    raw.as_object_mut().expect("an act").extend(fields);
    raw
}

/// Things to bring, so many.
fn items(label: &str, of: &str) -> Vec<Wanted<BringItemId>> {
    vec![Wanted::read(None, label, of).unwrap().unwrap()]
}

/// An event that the changed rule of its series left out: the second of six weeks, where each second week is kept.
async fn removed(social: &Social) -> EventId {
    let weekly = [("rythme", "weekly"), ("until", "2027-01-15")];
    let first = led_to(&social.begins(&social.theo, &weekly).await);
    social.does(first, &[("geste", "publier"), ("maintenant", "oui"), ("portee", "toutes")]).await;
    let second = "select event_id from event where event_series_id is not null order by starts_at offset 1 limit 1";
    let second: EventId = sqlx::query_scalar(second).fetch_one(&social.house.coop.backend.pool).await.unwrap();
    let base = social.known(first).await.event.revision.to_string();
    let mut fortnightly = with(&[("geste", "modifier"), ("portee", "toutes"), ("every", "2"), weekly[0], weekly[1]]);
    fortnightly.push(("base", &base));
    assert_eq!(led_to(&social.does(first, &fortnightly).await), first);
    second
}

#[sqlx::test(migrations = false)]
async fn an_answer_that_cannot_be_is_refused_by_name_and_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let (house, coop) = (&social.house, &social.house.coop);
    let (theo, camille) = (social.theo.member, social.camille.member);
    let lea = coop.member("Léa").await;
    let [open, other] = [social.announced("12").await, social.announced("12").await];
    let posts: [Wanted<HelperPostId>; 0] = [];
    for (event, label) in [(open, "Pains"), (other, "Fromages")] {
        coop.wants(theo, event, Scope::This, &items(label, "2"), &posts).await.unwrap();
    }
    let draft = coop.draft(theo, &coop.supper("Plus tard", 10, "")).await;
    let mut early = coop.supper("Complet depuis hier", 1, "12");
    early.times.closes_at = coop.now() - Duration::hours(1);
    let closed = coop.announces(theo, &early).await;
    let off = social.announced("12").await;
    event::cancel(&coop.backend, theo, off, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    let gone = removed(&social).await;
    // What Camille may touch, and what others have there.
    coop.answers(camille, open, Answer::Maybe, 0).await;
    let (car, comment) = (CarpoolId(coop.id()), CommentId(coop.id()));
    coop.answers(lea, other, Answer::Yes, 0).await;
    let offers = Command::OfferCarpool { carpool: car, event: other, seats: 3, place: "Meythet".into(), note: String::new() };
    coop.does(lea, offers).await;
    coop.does(lea, Command::CommentEvent { comment, event: other, text: "J’amène un jeu".into() }).await;
    let [pains, fromages] = [coop.gathering(open).await.items[0].id, coop.gathering(other).await.items[0].id];

    let says = |event: EventId, more: Value| {
        let mut act = json!({ "kind": "answer_event", "event": event, "answer": "yes" });
        act.as_object_mut().expect("an act").extend(more.as_object().expect("fields").clone());
        act
    };
    let before = kept(house).await;
    for (what, act, code) in [
        ("more guests than one may bring", says(open, json!({ "guests": 4 })), "too_many_guests"),
        ("more guests than there are seats", says(open, json!({ "guests": 200 })), "too_many_guests"),
        ("ten thousand guests", says(open, json!({ "guests": 10_000 })), "not_understood"),
        ("less than no guest", says(open, json!({ "guests": -1 })), "not_understood"),
        ("more children than guests", says(open, json!({ "guests": 1, "children": 2 })), "more_children_than_guests"),
        ("no answer that there is", says(open, json!({ "answer": "perhaps" })), "not_understood"),
        ("a long note", says(open, json!({ "note": "a".repeat(300) })), "note_too_long"),
        ("a long diet", says(open, json!({ "diet": "a".repeat(141) })), "note_too_long"),
        ("after the closing time", says(closed, json!({})), "answers_closed"),
        ("perhaps, after the closing time", says(closed, json!({ "answer": "maybe" })), "answers_closed"),
        ("to a draft", says(draft, json!({})), "event_not_out"),
        ("to nothing", says(EventId(coop.id()), json!({})), "unknown_event"),
        ("to one that is off", says(off, json!({})), "event_cancelled"),
        ("to one that a changed rule left out", says(gone, json!({})), "event_removed"),
        (
            "another event's item",
            json!({ "kind": "claim_item", "event": open, "item": fromages, "quantity": 1 }),
            "unknown_claim",
        ),
        ("more than there is", json!({ "kind": "claim_item", "event": open, "item": pains, "quantity": 3 }), "too_few_left"),
        ("none of it", json!({ "kind": "claim_item", "event": open, "item": pains, "quantity": 0 }), "bad_quantity"),
        ("without an answer", json!({ "kind": "claim_item", "event": other, "item": fromages, "quantity": 1 }), "answer_first"),
        ("another event's car", json!({ "kind": "claim_carpool", "event": open, "carpool": car, "seats": 1 }), "unknown_claim"),
        ("somebody's car", json!({ "kind": "withdraw_carpool", "event": other, "carpool": car }), "not_your_carpool"),
        ("somebody's words", json!({ "kind": "remove_comment", "event": other, "comment": comment }), "not_your_comment"),
        (
            "somebody's words, by another event",
            json!({ "kind": "remove_comment", "event": open, "comment": comment }),
            "unknown_comment",
        ),
        ("nothing said", json!({ "kind": "comment_event", "event": open, "comment": coop.id(), "text": " \n" }), "nothing_said"),
        (
            "a door that is not theirs",
            json!({ "kind": "tick_arrival", "event": open, "who": { "member": lea }, "came": true }),
            "not_allowed",
        ),
    ] {
        let told = house.commands(&social.camille, &[raw(house, &act)]).await;
        assert_eq!(told.status, 200, "{what}: {}", told.text());
        let outcome = &told.json()["outcomes"][0];
        assert_eq!((outcome["status"].as_str(), outcome["reason"]["code"].as_str()), (Some("refused"), Some(code)), "{what}");
    }
    // Without the app, the same from a plain form.
    let (id, event) = (coop.id().to_string(), open.to_string());
    let form = [("id", id.as_str()), ("kind", "answer_event"), ("event", event.as_str()), ("answer", "yes"), ("guests", "10000")];
    let told = house.send(post("/acts").by(&social.camille).form(&form)).await;
    assert_eq!((told.status.as_u16(), told.text().contains("rien n’a changé")), (422, true), "{}", told.text());
    assert!(kept(house).await == before, "something was changed");

    coop.turns(coop.gathering(open).await.event.terms.times.ends_at);
    let before = kept(house).await;
    let told = house.commands(&social.camille, &[raw(house, &says(open, json!({})))]).await;
    assert_eq!(told.json()["outcomes"][0]["reason"]["code"], "event_over", "{}", told.text());
    assert!(kept(house).await == before, "something was changed");
}

#[sqlx::test(migrations = false)]
async fn an_edit_that_cannot_be_leaves_an_announced_event_as_it_was(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let event = social.announced("12").await;
    social.house.coop.answers(social.camille.member, event, Answer::Yes, 2).await;
    let base = social.known(event).await.event.revision.to_string();
    let before = social.house.database().await;
    let many = "é".repeat(91);
    for (otherwise, why) in [
        (vec![("ends", "2026-12-11T18:00")], "La fin est avant le début."),
        (vec![("ends", "2026-12-31T18:00")], "14\u{a0}jours au plus"),
        (vec![("closes", "2026-12-11T19:01")], "Les réponses se ferment au début"),
        (vec![("capacity", "-1")], "Un nombre de 1 à 2000"),
        (vec![("capacity", "0")], "Un nombre de 1 à 2000"),
        (vec![("capacity", "2")], "la capacité ne peut pas être plus basse"),
        (vec![("guests", "10000")], "Un nombre de 0 à 10."),
        (vec![("title", many.as_str())], "90 caractères au plus"),
        (vec![("place", " ")], "Dis où c’est."),
        (vec![("starts", "2026-11-30T19:00"), ("ends", "2026-11-30T22:00")], "Ce serait dans le passé"),
        (vec![("rythme", "weekly"), ("until", "")], "plusieurs dates d’une série"),
        (vec![("rythme", "weekly"), ("until", "2027-06-30")], "plusieurs dates d’une série"),
        (vec![("portee", "toutes")], "plusieurs dates d’une série"),
    ] {
        let mut fields = with(&otherwise);
        fields.extend([("geste", "modifier"), ("base", base.as_str())]);
        let told = social.does(event, &fields).await;
        assert_eq!(told.status, 422, "{why}: {}", told.text());
        assert!(told.text().contains(why), "{why}: {}", told.text());
        assert!(told.text().contains("Rien n’est fait"), "{}", told.text());
    }
    // Nor is it published again, restored, or changed by what no page of ours posts.
    for fields in [
        vec![("geste", "publier"), ("maintenant", "oui")],
        vec![("geste", "retablir")],
        vec![("geste", "danser")],
        vec![("geste", "listes"), ("item", ""), ("item-nom", "Pains"), ("item-combien", "-3")],
        vec![("geste", "listes"), ("poste", ""), ("poste-nom", "🎉"), ("poste-combien", "1")],
    ] {
        let told = social.does(event, &fields).await;
        assert_eq!(told.status, 422, "{fields:?}: {}", told.text());
    }
    let id = event.to_string();
    let told = social.posts(&social.theo, &[("geste", "modifier"), ("event", "rien")]).await;
    assert_eq!(told.status, 400);
    let zero = social.posts(&social.theo, &[("geste", "message"), ("event", &id), ("mot", "a\0b")]).await;
    assert_eq!(zero.status, 400, "{}", zero.text());
    assert!(social.house.database().await == before, "something was changed");
}

#[sqlx::test(migrations = false)]
async fn what_is_written_anywhere_in_an_event_runs_nowhere(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let (house, coop) = (&social.house, &social.house.coop);
    let text = format!("**Gras** {MEAN} <script>alert(2)</script> [ici](javascript:alert(3))");
    let mean = [("title", MEAN), ("text", text.as_str()), ("place", MEAN), ("partner", MEAN), ("public", "oui")];
    let event = led_to(&social.begins(&social.theo, &mean).await);
    let lists = [("geste", "listes"), ("item", ""), ("item-nom", MEAN), ("item-combien", "3")];
    assert_eq!(led_to(&social.does(event, &lists).await), event);
    coop.publishes_event(social.theo.member, event, Scope::This).await;
    let said = Command::AnswerEvent {
        event,
        answer: Answer::Yes,
        guests: 0,
        children: 0,
        note: MEAN.into(),
        diet: MEAN.into(),
        hidden: false,
    };
    coop.does(social.camille.member, said).await;
    let offers = Command::OfferCarpool { carpool: CarpoolId(coop.id()), event, seats: 2, place: MEAN.into(), note: MEAN.into() };
    coop.does(social.camille.member, offers).await;
    coop.does(social.camille.member, Command::CommentEvent { comment: CommentId(coop.id()), event, text: MEAN.into() }).await;
    let visitor = [("name", MEAN), ("email", "voisine@example.org")];
    assert_eq!(presentation::asks(house, event, &visitor).await.status, 303);
    let link = presentation::link(house).await;
    assert_eq!(house.send(post(&link).form(&[("geste", "oui")])).await.status, 200);

    let (one, own) = (format!("/sortie/{event}"), format!("{PAGE}/{event}"));
    for (path, device) in [
        (one.as_str(), Some(&social.camille)),
        ("/sorties", Some(&social.camille)),
        ("/sorties?voir=annee", Some(&social.camille)),
        ("/", Some(&social.camille)),
        (own.as_str(), Some(&social.theo)),
        (PAGE, Some(&social.theo)),
        ("/presentation", None),
        (link.as_str(), None),
    ] {
        let ask = get(path);
        let told = house.send(if let Some(device) = device { ask.by(device) } else { ask }).await;
        let html = told.text();
        assert_eq!(told.status, 200, "{path}: {html}");
        assert!(html.contains("&lt;img src=x"), "{path} does not show it: {html}");
        for runs in ["<img src=x", "<script>alert", "=\"javascript:"] {
            assert!(!html.contains(runs), "{path}: {runs} in {html}");
        }
    }
    let shown = coop.events().await.events.remove(0).html;
    assert!(shown.contains("<strong>Gras</strong>"), "{shown}");
    for runs in ["<img", "<script", "=\"javascript:"] {
        assert!(!shown.contains(runs), "{runs} in {shown}");
    }
    // Nor does a line of its own begin where a calendar or a table has another one.
    let file = house.send(get(&format!("{one}/agenda.ics")).by(&social.camille)).await.text();
    assert!(file.contains("SUMMARY:<img src=x onerror=alert(1)>"), "{file}");
}

#[sqlx::test(migrations = false)]
async fn a_visitor_is_taken_by_what_is_open_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let coop = &house.coop;
    let theo = coop.organiser().await;
    let visitor = [("name", "Une voisine"), ("email", "voisine@example.org")];
    let public = |in_days: u64| {
        let mut terms = coop.supper("Présentation", in_days, "3");
        terms.details.for_whom = ForWhom::Public;
        terms
    };
    let draft = coop.draft(theo, &public(10)).await;
    let mut early = public(1);
    early.times.closes_at = coop.now() - Duration::hours(1);
    let closed = coop.announces(theo, &early).await;
    let off = coop.announces(theo, &public(10)).await;
    event::cancel(&coop.backend, theo, off, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    let before = house.database().await;
    for (event, status) in [(draft, 404), (closed, 422), (off, 422)] {
        assert_eq!(presentation::asks(&house, event, &visitor).await.status.as_u16(), status);
    }
    assert!(house.database().await == before, "something was changed");

    // Whoever has the mail of one that is called off since gets no seat from it.
    let open = coop.announces(theo, &public(10)).await;
    assert_eq!(presentation::asks(&house, open, &visitor).await.status, 303);
    let link = presentation::link(&house).await;
    event::cancel(&coop.backend, theo, open, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    let before = house.database().await;
    let told = house.send(post(&link).form(&[("geste", "oui")])).await;
    assert_eq!((told.status.as_u16(), told.text().contains("n’a pas lieu")), (422, true), "{}", told.text());
    assert!(house.database().await == before, "something was changed");
    // Nor after two days, when the mail is no longer good.
    coop.turns(coop.now() + Duration::days(2));
    assert_eq!(house.send(post(&link).form(&[("geste", "oui")])).await.status, 404);
    assert_eq!(coop.count("select count(*) from event_party").await, 0);
}
