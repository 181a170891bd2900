//! The brief by mail, from outside: one press that ends it, the public brief, asking for it, and mails that came back.

use axum::http::Method;
use backend::brief::mail::{BriefCopy, Next, address, next, settle};
use backend::notify::Came;
use domain::id::{BriefId, MemberId};
use domain::notify::{Channel, Topic};
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Ask, House, ORIGIN, ask, get, post};

/// What a mail program sends (RFC 8058).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";
const SECRET: &str = "a-secret-of-the-mail-server";

/// What a mail program posts: no cookie, no word of where it comes from.
fn press(path: &str) -> Ask {
    ask(Method::POST, path).text("application/x-www-form-urlencoded", ONE_CLICK)
}

impl House {
    /// Everybody's copies of a brief with one block for all and one for members.
    async fn copies(&self) -> Vec<BriefCopy> {
        let editor = self.coop.editor().await;
        let open = self.coop.block(editor, "Portes ouvertes", "<p>Samedi à la coop.</p>", true).await;
        let ours = self.coop.block(editor, "Entre nous", "<p>Mercredi, entre membres.</p>", false).await;
        let shift = self.coop.shift(5, 9, 3).await;
        self.coop.publishes(vec![open, ours, self.coop.open_places(shift)], true).await;
        address(&self.coop.backend).await.unwrap();
        let mut all = Vec::new();
        while let Next::Copy(copy) = next(&self.coop.backend, 1_000).await.unwrap() {
            settle(&self.coop.backend, &copy, &Came::Sent).await.unwrap();
            all.push(*copy);
        }
        all
    }

    async fn switches(&self) -> Vec<Value> {
        sqlx::query_scalar("select switches from preference").fetch_all(&self.coop.backend.pool).await.unwrap()
    }
}

// — one press —

#[sqlx::test(migrations = false)]
async fn one_press_in_a_mail_program_ends_it_however_often_and_looking_ends_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let copies = house.copies().await;
    let link = server::brief_leaving::path(&copies[0].leaving);
    let before = house.database().await;
    for _ in 0..2 {
        let page = house.send(get(&link)).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Ne plus la recevoir par mail") && !page.text().contains("<script"));
        assert!(
            page.header("x-robots-tag").contains("noindex")
                && page.header("content-security-policy").contains("script-src 'none'")
        );
    }
    let _ = house.send(ask(Method::HEAD, &link)).await;
    assert_eq!(house.database().await, before, "a look changes nothing");
    for _ in 0..3 {
        let told = house.send(press(&link)).await;
        assert_eq!(told.status, 200);
        assert!(told.text().contains("C’est fait") && told.text().contains("Me réabonner"), "{}", told.text());
        assert!(told.cookies().is_empty());
    }
    let off = serde_json::json!([{ "topic": Topic::BriefMail, "channel": Channel::Mail, "on": false }]);
    assert_eq!(house.switches().await, [off]);
    // In parts, as the standard allows too; and from a page of somebody else, which has to know the secret all the same.
    let parts = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let told = house.send(ask(Method::POST, &link).text("multipart/form-data; boundary=b", parts)).await;
    assert_eq!(told.status, 200);
    let told = house.send(press(&link).with("origin", "https://mail.example").with("sec-fetch-site", "cross-site")).await;
    assert_eq!(told.status, 200);
    let back = house.send(post(&link).form(&[("geste", "reabonner")])).await;
    assert!(back.text().contains("Te revoilà"), "{}", back.text());
    assert_eq!(house.switches().await[0][0]["on"], true);
}

#[sqlx::test(migrations = false)]
async fn a_link_that_is_nobodys_leads_nowhere_and_guessing_is_slowed_down(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.copies().await;
    assert_eq!(house.send(get("/desabonner/abc")).await.status, 404);
    let mut told = Vec::new();
    for n in 0..25 {
        told.push(house.send(press(&format!("/desabonner/{n:044}"))).await.status.as_u16());
    }
    assert_eq!((told[0], told[24]), (404, 429));
    assert!(house.switches().await.is_empty());
    let long = "x=".to_owned() + &"a".repeat(10_000);
    let told =
        house.send(ask(Method::POST, "/desabonner/abc").text("text/plain", long).with("x-forwarded-for", "198.51.100.7")).await;
    assert!(matches!(told.status.as_u16(), 413 | 429), "{}", told.status);
}

// — the public —

#[sqlx::test(migrations = false)]
async fn anybody_reads_the_public_brief_and_nothing_of_it_that_is_for_members(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let empty = house.send(get("/breve/publique")).await;
    assert_eq!(empty.status, 200);
    assert!(empty.text().contains("La recevoir par mail"));
    house.copies().await;
    for path in ["/breve/publique".to_owned(), format!("/breve/publique/{}", house.coop.monday())] {
        let page = house.send(get(&path)).await;
        assert_eq!(page.status, 200, "{path}");
        let text = page.text();
        assert!(text.contains("Portes ouvertes") && text.contains("Samedi à la coop."), "{text}");
        for ours in ["Entre nous", "Mercredi", "place", "<script"] {
            assert!(!text.contains(ours), "{ours}: {text}");
        }
    }
    for nothing in ["/breve/publique/2020-01-06", "/breve/publique/hier"] {
        assert_eq!(house.send(get(nothing)).await.status, 404, "{nothing}");
    }
}

#[sqlx::test(migrations = false)]
async fn nobody_learns_whether_an_address_is_known(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let lea = house.coop.member("Léa").await;
    let known: String = sqlx::query_scalar("select email from member where member_id = $1")
        .bind(lea)
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    house.coop.subscriber("abonnee@example.org").await;
    for email in [known.as_str(), "abonnee@example.org", "inconnue@example.org"] {
        let told = house.send(post("/breve/abonnement").form(&[("email", email)])).await;
        assert_eq!(
            (told.status.as_u16(), told.header("location")),
            (303, "/breve/publique?abonnement=envoye#abonnement"),
            "{email}"
        );
        assert!(told.body.is_empty() && told.cookies().is_empty());
    }
    assert!(house.send(get("/breve/publique?abonnement=trop")).await.text().contains("aucun mail n’est parti"));
    let told = house.send(post("/breve/abonnement").form(&[("email", "pas une adresse")])).await;
    assert_eq!(told.header("location"), "/breve/publique?abonnement=adresse#abonnement");
    assert!(house.send(get("/breve/publique?abonnement=adresse")).await.text().contains("Ce n’est pas une adresse"));
    let told = house.send(ask(Method::POST, "/breve/abonnement").form(&[("email", "a@example.org")])).await;
    assert_eq!(told.status, 403, "another site's form subscribes nobody");
}

#[sqlx::test(migrations = false)]
async fn a_yes_is_said_from_the_mail_by_a_button(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.send(post("/breve/abonnement").form(&[("email", "voisine@example.org")])).await;
    let text: String = sqlx::query_scalar("select payload->>'text' from graphile_worker._private_jobs order by id desc limit 1")
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    let link = text.lines().find_map(|line| line.strip_prefix(ORIGIN)).expect("a link");
    let before = house.database().await;
    assert!(house.send(get(link)).await.text().contains("Oui, je la veux"));
    assert_eq!(house.database().await, before, "a look says nothing");
    for _ in 0..2 {
        assert!(house.send(post(link).form(&[])).await.text().contains("C’est fait"));
    }
    assert_eq!(house.coop.count("select count(*) from brief_subscriber where confirmed_at is not null").await, 1);
    for nothing in [get("/breve/abonnement/abc"), post("/breve/abonnement/abc").form(&[])] {
        assert_eq!(house.send(nothing).await.status, 404);
    }
}

// — what came back —

fn report(message_id: &str) -> String {
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n{}",
        report_body(message_id)
    )
}

fn report_body(message_id: &str) -> String {
    format!(
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}@alpar.test>\r\nSubject: x\r\n\r\n--b--\r\n"
    )
}

#[sqlx::test(migrations = false)]
async fn the_mail_server_hands_in_what_came_back_with_its_secret_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::with(at, &[("DSN_SECRET", SECRET)]).await;
    let copy = house.copies().await.remove(0);
    let hand_in = |kind: &str, text: String| ask(Method::POST, "/mail/dsn").text(kind, text);
    let with_secret = |ask: Ask| ask.with("authorization", &format!("Bearer {SECRET}"));
    let flagged = async || house.coop.count("select count(*) from bounced_address").await;
    for wrong in [
        hand_in("message/rfc822", report(&copy.message_id)),
        hand_in("message/rfc822", report(&copy.message_id)).with("authorization", "Bearer guessed"),
    ] {
        assert_eq!(house.send(wrong).await.status, 401);
    }
    assert_eq!(house.send(with_secret(hand_in("text/plain", report(&copy.message_id)))).await.status, 415);
    assert_eq!(house.send(with_secret(hand_in("message/rfc822", "x".repeat(300_000)))).await.status, 413);
    assert_eq!(house.send(with_secret(hand_in("message/rfc822", "no report".into()))).await.status, 400);
    assert_eq!(house.send(with_secret(hand_in("message/rfc822", report("0123")))).await.status, 204, "none of ours");
    assert_eq!(flagged().await, 0);
    assert_eq!(house.send(with_secret(hand_in("message/rfc822", report(&copy.message_id)))).await.status, 204);
    assert_eq!(flagged().await, 1);
    house.coop.sql("delete from bounced_address").await;
    let body = hand_in("multipart/report; report-type=delivery-status; boundary=\"b\"", report_body(&copy.message_id));
    assert_eq!(house.send(with_secret(body)).await.status, 204);
    assert_eq!(flagged().await, 1);
}

#[sqlx::test(migrations = false)]
async fn without_a_secret_there_is_no_door_for_reports(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let told =
        house.send(ask(Method::POST, "/mail/dsn").text("message/rfc822", report("x")).with("authorization", "Bearer ")).await;
    assert_eq!(told.status, 404);
}

// — its editors —

#[sqlx::test(migrations = false)]
async fn editors_follow_the_mails_try_again_and_send_themselves_a_trial(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.copies().await;
    let editor = sqlx::query_scalar("select member_id from member where first_name = 'Inès'")
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    let (device, other) = (house.device_of(editor).await, house.signed_in("Camille").await);
    let here = format!("/communication/breve/envoi/{}", house.coop.monday());
    house.coop.sql("update brief_copy set state = 'failed', why = 'the mail server answered 554'").await;
    let page = house.send(get(&here).by(&device)).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Le serveur de mail répond 554") && page.text().contains("Réessayer"), "{}", page.text());
    assert!(!page.text().contains("@example.org</") && !page.text().contains("Camille"), "numbers alone");
    let told = house.send(get(&here).by(&other)).await;
    assert_eq!(told.status, 403);
    let again = [("geste", "reessayer"), ("envoi", "0"), ("raison", "the mail server answered 554")];
    assert_eq!(house.send(post(&here).by(&other).form(&again)).await.status, 403);
    let told = house.send(post(&here).by(&device).form(&again)).await;
    assert_eq!(told.header("location"), format!("{here}?fait=reessayer"));
    assert_eq!(house.coop.count("select count(*) from brief_copy where state = 'prepared'").await, 1);
    assert_eq!(house.send(post(&here).by(&device).form(&[("geste", "essai")])).await.status, 303);
    let trial: Value = sqlx::query_scalar("select payload::jsonb from graphile_worker._private_jobs order by id desc limit 1")
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    assert!(trial["subject"].as_str().unwrap().starts_with("[essai] La brève"), "{trial}");
    assert!(trial["html"].as_str().unwrap().contains("Entre nous") && !trial["html"].as_str().unwrap().contains("/desabonner/"));
}

#[sqlx::test(migrations = false)]
async fn a_correction_goes_by_mail_only_as_it_was_read(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.copies().await;
    let (brief, editor): (BriefId, MemberId) =
        sqlx::query_as("select b.brief_id, m.member_id from brief b, member m where m.first_name = 'Inès'")
            .fetch_one(&house.coop.backend.pool)
            .await
            .unwrap();
    let (device, here) = (house.device_of(editor).await, format!("/communication/breve/envoi/{}", house.coop.monday()));
    let read = house.coop.corrects(brief, editor, "C’est dimanche.").await.to_string();
    let page = house.send(get(&here).by(&device)).await.text();
    assert!(page.contains(&format!("name=\"correction\" value=\"{read}\"")), "{page}");
    let since = house.coop.corrects(brief, editor, "À la cave.").await.to_string();
    let sends = async |shown: &str| {
        let told = house.send(post(&here).by(&device).form(&[("geste", "correction"), ("correction", shown)])).await;
        house.send(get(told.header("location")).by(&device)).await.text()
    };
    let told = sends(&read).await;
    assert!(told.contains("quelqu’un a corrigé la brève depuis") && told.contains("À la cave."), "{told}");
    assert_eq!(house.coop.count("select count(*) from due_work where kind = 'brief_correction_mail'").await, 0);
    for _ in 0..2 {
        let told = sends(&since).await;
        assert!(told.contains("La correction part par mail."), "{told}");
    }
    assert_eq!(house.coop.count("select count(*) from due_work where kind = 'brief_correction_mail'").await, 1);
}
