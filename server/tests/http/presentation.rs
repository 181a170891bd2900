//! Public events through HTTP, for people without an account: a page, a name and an address, a yes from the mail, a no later.
//! Strangers learn nothing.

use axum::http::Method;
use domain::event::{Answer, ForWhom};
use domain::id::EventId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, Told, ask, get, post};

const PAGE: &str = "/presentation";
const REGISTRATION: &str = "/presentation/inscription";

/// A presentation that is for everybody, so many days from now.
pub async fn public(house: &House, capacity: &str) -> EventId {
    let theo = house.coop.organiser().await;
    let mut terms = house.coop.supper("Présentation <b>", 10, capacity);
    terms.details.for_whom = ForWhom::Public;
    house.coop.announces(theo, &terms).await
}

pub async fn asks(house: &House, event: EventId, more: &[(&str, &str)]) -> Told {
    let event = event.to_string();
    let fields: Vec<(&str, &str)> = [("event", event.as_str())].into_iter().chain(more.iter().copied()).collect();
    house.send(post(REGISTRATION).form(&fields)).await
}

const NEIGHBOUR: [(&str, &str); 4] =
    [("name", "Une voisine"), ("email", "voisine@example.org"), ("guests", "1"), ("children", "")];

/// Where the last mail leads.
pub async fn link(house: &House) -> String {
    let text: String = sqlx::query_scalar(
        "select payload->>'text' from graphile_worker._private_jobs where payload->>'text' like '%inscription%' order by id desc limit 1",
    )
    .fetch_one(&house.coop.backend.pool)
    .await
    .unwrap();
    text.lines().find_map(|line| line.trim().strip_prefix(crate::house::ORIGIN)).expect("a link").to_owned()
}

#[sqlx::test(migrations = false)]
async fn anybody_reads_what_is_public_and_nothing_of_who_comes(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let empty = house.send(get(PAGE)).await;
    assert_eq!((empty.status.as_u16(), empty.text().contains("Rien n’est prévu")), (200, true));
    let event = public(&house, "12").await;
    let lea = house.coop.member("Léa").await;
    house.coop.answers(lea, event, Answer::Yes, 1).await;
    let theo = house.coop.organiser().await;
    house.coop.announces(theo, &house.coop.supper("Entre nous", 10, "")).await;
    house.coop.draft(theo, &house.coop.supper("Pas encore", 10, "")).await;
    let page = house.send(get(PAGE)).await;
    let html = page.text();
    assert!(page.header("content-security-policy").contains("script-src 'none'"));
    for said in ["Présentation &lt;b&gt;", "<strong>17", "Il reste 10\u{a0}places", REGISTRATION] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    for ours in ["Léa", "Entre nous", "Pas encore", "Théo", &lea.to_string()] {
        assert!(!html.contains(ours), "{ours}: {html}");
    }
    // What it says to machines is no script.
    assert_eq!(html.matches("<script").count(), html.matches("<script type=\"application/ld+json\">").count());
    house
        .coop
        .sql("update event set state = jsonb_build_object('cancelled', jsonb_build_object('at', edited_at, 'word', 'Neige'))")
        .await;
    let html = house.send(get(PAGE)).await.text();
    assert!(html.contains("N’a pas lieu. Neige") && !html.contains(REGISTRATION), "{html}");
}

#[sqlx::test(migrations = false)]
async fn nobody_learns_whether_an_address_is_known_and_what_is_wrong_comes_back(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let event = public(&house, "12").await;
    let lea = house.coop.member("Léa").await;
    let known: String = sqlx::query_scalar("select email from member where member_id = $1")
        .bind(lea)
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    for email in [known.as_str(), "voisine@example.org", "voisine@example.org"] {
        let told = asks(&house, event, &[("name", "Une voisine"), ("email", email)]).await;
        assert_eq!((told.status.as_u16(), told.header("location")), (303, "/presentation?inscription=envoyee"), "{email}");
        assert!(told.body.is_empty() && told.cookies().is_empty());
    }
    assert!(house.send(get("/presentation?inscription=envoyee")).await.text().contains("Regarde tes mails"));
    let before = house.database().await;
    for (otherwise, why) in [
        (("email", "pas une adresse"), "Ce n’est pas une adresse"),
        (("name", "  "), "Écris ton nom"),
        (("guests", "beaucoup"), "Écris un nombre"),
        (("guests", "10000"), "Écris un nombre"),
        (("guests", "4"), "Tu peux amener 3\u{a0}personnes au plus."),
    ] {
        let fields: Vec<(&str, &str)> =
            NEIGHBOUR.iter().map(|known| if known.0 == otherwise.0 { otherwise } else { *known }).collect();
        let told = asks(&house, event, &fields).await;
        assert_eq!(told.status, 422, "{why}");
        assert!(told.text().contains(why), "{why}: {}", told.text());
        let kept = if otherwise.0 == "email" { "value=\"pas une adresse\"" } else { "value=\"voisine@example.org\"" };
        assert!(told.text().contains(kept), "{kept}: {}", told.text());
    }
    assert_eq!(house.database().await, before);
    let theo = house.coop.organiser().await;
    let ours = house.coop.announces(theo, &house.coop.supper("Entre nous", 10, "")).await;
    assert_eq!(asks(&house, ours, &NEIGHBOUR).await.status, 404, "what is not public is not there");
    assert_eq!(house.send(post(REGISTRATION).form(&[("event", "rien")])).await.status, 404);
    let id = event.to_string();
    let foreign = ask(Method::POST, REGISTRATION).form(&[("event", &id), ("name", "x"), ("email", "a@example.org")]);
    assert_eq!(house.send(foreign).await.status, 403, "another site's form registers nobody");
    assert_eq!(house.coop.count("select count(*) from event_visitor").await, 2, "one an address");
}

#[sqlx::test(migrations = false)]
async fn a_yes_and_a_no_are_said_from_the_mail_by_a_button_and_looking_says_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let event = public(&house, "3").await;
    assert_eq!(asks(&house, event, &NEIGHBOUR).await.status, 303);
    let link = link(&house).await;
    let before = house.database().await;
    for method in [Method::GET, Method::HEAD] {
        let page = house.send(ask(method, &link)).await;
        assert_eq!(page.status, 200);
        assert!(page.header("x-robots-tag").contains("noindex"));
    }
    let page = house.send(get(&link)).await.text();
    assert!(page.contains("Oui, je viens") && page.contains("Une voisine") && !page.contains("<script"), "{page}");
    assert_eq!(house.database().await, before, "a look says nothing");
    assert_eq!(house.send(post(&link).form(&[("geste", "peut-être")])).await.status, 422);
    for _ in 0..2 {
        let told = house.send(post(&link).form(&[("geste", "oui")])).await;
        assert_eq!((told.status.as_u16(), told.text().contains("Tu as ta place")), (200, true));
    }
    assert_eq!(house.coop.gathering(event).await.seated(), 2);
    let theo = house.coop.organiser().await;
    backend::event::write_to_all(&house.coop.backend, theo, event, house.coop.id(), "Prends ton bol").await.unwrap().unwrap();
    let told = "select count(*) from graphile_worker._private_jobs where payload->>'text' like '%Prends ton bol%'";
    assert_eq!(house.coop.count(told).await, 1, "the organisers' word reaches her, too");
    let told = house.send(post(&link).form(&[("geste", "non")])).await;
    assert!(told.text().contains("Tu ne viens pas"), "{}", told.text());
    assert_eq!(house.coop.gathering(event).await.seated(), 0);
    // Full: the line is the same as the members'.
    let lea = house.coop.member("Léa").await;
    house.coop.answers(lea, event, Answer::Yes, 2).await;
    let told = house.send(post(&link).form(&[("geste", "oui")])).await.text();
    assert!(told.contains("Tu es sur la liste d’attente") && told.contains("n° 1") && told.contains("C’est complet"), "{told}");
    // One seat comes free, and there are two of them.
    house.coop.answers(lea, event, Answer::Yes, 1).await;
    let told = house.send(get(&link)).await.text();
    assert!(told.contains("pas assez pour vous 2") && !told.contains("C’est complet"), "{told}");
    house.coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn a_link_that_is_nobodys_leads_nowhere_and_guessing_is_slowed_down(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    public(&house, "").await;
    let told = house.send(get("/sortie/inscription/abc")).await;
    assert_eq!((told.status.as_u16(), told.text().contains("Ce lien ne mène à rien")), (404, true));
    let mut told = Vec::new();
    for n in 0..25 {
        let guess = post(&format!("/sortie/inscription/{n:064}")).form(&[("geste", "oui")]);
        told.push(house.send(guess).await.status.as_u16());
    }
    assert_eq!((told[0], told[24]), (404, 429));
    assert_eq!(house.coop.count("select count(*) from event_party").await, 0);
}

#[sqlx::test(migrations = false)]
async fn where_too_many_ask_nobody_is_sent_anything_and_is_told_what_to_do(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let event = public(&house, "").await;
    let crowd = format!(
        "insert into event_visitor (event_visitor_id, event_id, name, email, asked_at, yes_hash, origin)
         select gen_random_uuid(), '{event}', 'Une voisine', n || '@example.org', '{}', '\\x00', '' from generate_series(1, 120) n",
        house.coop.now().to_rfc3339()
    );
    house.coop.sql(&crowd).await;
    let before = house.database().await;
    for email in ["1@example.org", "voisine@example.org"] {
        let told = asks(&house, event, &[("name", "Une voisine"), ("email", email)]).await;
        let html = told.text();
        assert_eq!(told.status, 429, "{html}");
        assert!(html.contains("réessaie dans une heure, ou viens simplement ce jour-là."), "{html}");
        assert!(html.contains(&format!("value=\"{email}\"")), "what was typed is still there: {html}");
    }
    assert!(house.database().await == before, "something was changed");
}
