//! People are told outside the app: devices that show pushes, what push services and mail servers answer, calendars.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post as on_post;
use backend::notify::devices::Device as Endpoint;
use backend::notify::{Batch, Waiting};
use domain::command::Command;
use domain::id::{MemberId, ShiftId};
use domain::notice::Notice;
use domain::notify::Channel;
use domain::view::home::SpokenOf;
use serde_json::{Value, json};
use server::letters::Letters;
use server::mail::{Letter, Mailer};
use server::push::Answer;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::house::{House, get, post};

/// A point on P-256, and sixteen bytes, as a browser writes them.
const P256DH: &str = "BLn9b-VR0ca83knDNZ32dCHGyjJp-1riX9ZTN40MqV8K_LpQmLqxC_DoHvqvFXO_nGdAB4W9dogZb_sM-uV4JbY";
const AUTH: &str = "_ordMnz7uTCmrpBTeUV4Bw";

fn subscription(endpoint: &str) -> Value {
    json!({ "endpoint": endpoint, "expirationTime": null, "keys": { "p256dh": P256DH, "auth": AUTH } })
}

// — devices —

#[sqlx::test(migrations = false)]
async fn a_device_says_that_it_shows_pushes_and_that_it_no_longer_does(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let known = async || house.send(get("/api/v1/push").by(&device)).await.json();
    assert_eq!(known().await["endpoint"], Value::Null);
    assert_eq!(known().await["key"].as_str().map(str::len), Some(87), "65 bytes in base64url");
    let endpoint = "https://fcm.googleapis.com/fcm/send/abc";
    let on = |endpoint: &str| post("/api/v1/push").by(&device).json(&subscription(endpoint));
    assert_eq!(house.send(on(endpoint)).await.status, 204);
    assert_eq!(house.send(on(endpoint)).await.status, 204, "said twice, it is the same");
    assert_eq!(known().await["endpoint"], endpoint);
    assert_eq!(house.send(post("/api/v1/push/off").by(&device).json(&json!({}))).await.status, 204);
    assert_eq!(known().await["endpoint"], Value::Null);
}

#[sqlx::test(migrations = false)]
async fn an_address_that_is_no_push_service_s_is_refused(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    for endpoint in ["http://127.0.0.1:5432/", "https://169.254.169.254/", "https://fcm.googleapis.com.evil.org/", "file:///etc"]
    {
        let told = house.send(post("/api/v1/push").by(&device).json(&subscription(endpoint))).await;
        assert_eq!((told.status.as_u16(), told.json()["error"].as_str()), (422, Some("unknown_push_service")), "{endpoint}");
    }
    for wrong in [
        json!({}),
        json!({ "endpoint": "https://fcm.googleapis.com/a", "keys": { "p256dh": "AAAA", "auth": AUTH } }),
        json!({ "endpoint": "https://fcm.googleapis.com/a", "keys": { "p256dh": P256DH, "auth": "AAAA" } }),
        json!({ "endpoint": "https://fcm.googleapis.com/a", "keys": { "p256dh": "%", "auth": AUTH } }),
    ] {
        assert_eq!(house.send(post("/api/v1/push").by(&device).json(&wrong)).await.status, 400, "{wrong}");
    }
    let karim = house.signed_in("Karim").await;
    let as_karim = post("/api/v1/push").with("cookie", &device.cookie).with("alpar-member", &karim.member.to_string());
    assert_eq!(house.send(as_karim.json(&subscription("https://fcm.googleapis.com/a"))).await.status, 409);
    assert_eq!(house.coop.count("select count(*) from push_subscription").await, 0);
}

// — choices, as plain forms —

/// How a switch stands on the page, as it is without WASM.
fn stands(page: &str, name: &str) -> bool {
    let switch = page.split("<button").find(|tag| tag.contains(&format!("aria-label=\"{name}\"")));
    switch.unwrap_or_else(|| panic!("no switch {name}: {page}")).contains("aria-checked=\"true\"")
}

#[sqlx::test(migrations = false)]
async fn a_switch_stands_as_what_is_sent_and_a_form_sets_it(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let stand = async || {
        let page = house.send(get("/moi/prevenir").by(&device)).await.text();
        (stands(&page, "Alertes : Il manque du monde"), stands(&page, "Mails : Il manque du monde"))
    };
    let set = async |channel: &str, on: &str| {
        let id = house.coop.id().to_string();
        let form = [("id", id.as_str()), ("kind", "set_switch"), ("topic", "lacking"), ("channel", channel), ("on", on)];
        let told = house.send(post("/acts").by(&device).form(&[form.as_slice(), &[("retour", "/moi/prevenir")]].concat())).await;
        assert_eq!(told.header("location"), format!("/moi/prevenir?act={id}"));
        house.send(get(told.header("location")).by(&device)).await.text()
    };
    assert_eq!(stand().await, (true, true), "no device shows pushes: it goes by mail");
    let on = post("/api/v1/push").by(&device).json(&subscription("https://fcm.googleapis.com/fcm/send/abc"));
    assert_eq!(house.send(on).await.status, 204);
    assert_eq!(stand().await, (true, false));
    assert!(set("push", "false").await.contains("C’est fait."));
    assert_eq!(stand().await, (false, false), "silence is silence");
    set("mail", "true").await;
    assert_eq!(stand().await, (false, true));
    assert_eq!(house.send(post("/api/v1/push/off").by(&device).json(&json!({}))).await.status, 204);
    set("mail", "false").await;
    assert_eq!(stand().await, (false, false));
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_chosen_is_refused_in_a_sentence_and_what_was_chosen_stays(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let posted = async |fields: &[(&str, &str)]| {
        let id = house.coop.id().to_string();
        let form = [fields, &[("id", id.as_str()), ("retour", "/moi/prevenir")]].concat();
        let told = house.send(post("/acts").by(&device).form(&form)).await;
        match told.status.as_u16() {
            303 => house.send(get(told.header("location")).by(&device)).await.text(),
            _ => told.text(),
        }
    };
    let reminders = |ahead: &'static [&'static str]| {
        let ticked = ahead.iter().map(|ahead| ("reminders", *ahead));
        [("kind", "set_reminders")].into_iter().chain(ticked).collect::<Vec<_>>()
    };
    assert!(posted(&reminders(&[r#"{"days":3}"#, r#"{"hours":12}"#])).await.contains("C’est fait."));
    let kept = async || -> String {
        sqlx::query_scalar("select jsonb_build_array(switches, reminders) from preference")
            .fetch_one(&house.coop.backend.pool)
            .await
            .map(|kept: Value| kept.to_string())
            .unwrap()
    };
    let before = kept().await;
    assert_eq!(before, r#"[[],[{"days":3},{"hours":12}]]"#);
    let seven = [1, 2, 3, 4, 5, 6, 7].map(|days| format!(r#"{{"days":{days}}}"#));
    let many: Vec<(&str, &str)> =
        [("kind", "set_reminders")].into_iter().chain(seven.iter().map(|ahead| ("reminders", ahead.as_str()))).collect();
    let switch = |topic, channel| vec![("kind", "set_switch"), ("topic", topic), ("channel", channel), ("on", "false")];
    let cap = "d’une heure à quatorze jours avant";
    let unread = "Cette demande n’a pas pu être lue";
    for (form, said) in [
        (many, cap),
        (reminders(&[r#"{"days":99}"#]), cap),
        (reminders(&[r#"{"hours":0}"#]), cap),
        (reminders(&[r#"{"days":999}"#]), unread),
        (reminders(&["demain"]), unread),
        (switch("weather", "mail"), unread),
        (switch("lacking", "pigeon"), unread),
        (switch("my_shifts", "mail"), "ça ne se coupe pas"),
    ] {
        let told = posted(&form).await;
        assert!(told.contains(said), "{form:?}: {told}");
        assert_eq!(kept().await, before, "{form:?}");
    }
    assert!(posted(&reminders(&[])).await.contains("C’est fait."), "none is a choice too");
    assert_eq!(kept().await, "[[],[]]");
}

// — push services —

/// Answers each request with this status.
async fn push_service(status: u16) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let answer = move || async move { (StatusCode::from_u16(status).unwrap(), [("retry-after", "7")]) };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/device", on_post(answer))).await });
    at
}

fn endpoint(at: SocketAddr) -> Endpoint {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    Endpoint {
        id: uuid::Uuid::nil(),
        endpoint: format!("http://{at}/device"),
        p256dh: URL_SAFE_NO_PAD.decode(P256DH).unwrap(),
        auth: URL_SAFE_NO_PAD.decode(AUTH).unwrap(),
    }
}

#[sqlx::test(migrations = false)]
async fn each_answer_of_a_push_service_is_taken_as_its_standard_says(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let sent = async |at| house.server.pusher.send(&endpoint(at), b"{}", "topic", false).await;
    let seven = Some(std::time::Duration::from_secs(7));
    assert_eq!(sent(push_service(201).await).await, Answer::Taken);
    for gone in [404, 410] {
        assert_eq!(sent(push_service(gone).await).await, Answer::Gone);
    }
    for later in [429, 500, 503] {
        assert!(matches!(sent(push_service(later).await).await, Answer::Later { after, .. } if after == seven), "{later}");
    }
    for never in [400, 403, 413] {
        assert!(matches!(sent(push_service(never).await).await, Answer::Refused(_)), "{never}");
    }
    // A push service that sends elsewhere is not followed, one that is not there is asked again.
    assert!(matches!(sent(push_service(302).await).await, Answer::Refused(_)));
    let nowhere = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert!(matches!(sent(nowhere).await, Answer::Later { after: None, .. }));
}

// — mail servers —

/// A mail server that says these lines, one after each thing that it is told, and keeps what it heard.
async fn mail_server(says: &'static [&'static str]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let keeps = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            for say in says {
                if *say == "CLOSE" {
                    break;
                }
                write.write_all(format!("{say}\r\n").as_bytes()).await.unwrap();
                let data = say.starts_with("354");
                while let Ok(Some(line)) = lines.next_line().await {
                    let ends = !data || line == ".";
                    keeps.lock().unwrap().push(line);
                    if ends {
                        break;
                    }
                }
            }
        }
    });
    (format!("smtp://{at}"), heard)
}

fn letter() -> Letter {
    Letter {
        to: "karim@example.org".into(),
        subject: "Échange fait".into(),
        text: "Bonjour Karim".into(),
        html: Some("<p>Bonjour Karim</p>".into()),
        calendar: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
        id: Some("[7]".into()),
        list: None,
    }
}

async fn mailer(says: &'static [&'static str]) -> (Mailer, Arc<Mutex<Vec<String>>>) {
    let (url, heard) = mail_server(says).await;
    let config = server::config::Config::read(|name| match name {
        "SMTP_URL" => Some(url.clone()),
        "PUBLIC_URL" => Some("https://alpar.example".into()),
        _ => None,
    })
    .unwrap();
    (Mailer::new(&config).unwrap(), heard)
}

// A connection that was kept says goodbye at the end, and waits for the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_goes_out_whole_and_is_the_same_mail_when_it_is_sent_again() {
    const TAKES: &[&str] =
        &["220 here", "250 hello", "250 from", "250 to", "354 go on", "250 taken", "250 still here", "221 bye"];
    let (first, heard) = mailer(TAKES).await;
    first.send(&letter()).await.unwrap();
    let said = heard.lock().unwrap().join("\n");
    for part in
        ["RCPT TO:<karim@example.org>", "Content-Type: text/plain", "Content-Type: text/html", "text/calendar", "alpar.ics"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let id = |said: &str| said.lines().find(|line| line.starts_with("Message-ID:")).map(ToOwned::to_owned).unwrap();
    let (second, again) = mailer(TAKES).await;
    second.send(&letter()).await.unwrap();
    assert_eq!(id(&said), id(&again.lock().unwrap().join("\n")));
}

#[tokio::test]
async fn what_a_mail_server_refuses_for_good_is_told_from_what_it_puts_off() {
    let failed = async |says| {
        let (mailer, _) = mailer(says).await;
        mailer.send(&letter()).await.unwrap_err()
    };
    let unknown = failed(&["220 here", "250 hello", "250 from", "550 no such user <karim@example.org>", "250 reset"]).await;
    assert!(unknown.is_for_good() && unknown.is_bounce());
    assert_eq!(unknown.reason(), "the mail server answered 550", "and not what it said of the address");
    let greylisted = failed(&["220 here", "250 hello", "250 from", "451 try again later", "250 reset"]).await;
    assert!(!greylisted.is_for_good() && greylisted.reason().ends_with("451"));
    let full = failed(&["220 here", "250 hello", "250 from", "250 to", "354 go on", "552 too much"]).await;
    assert!(full.is_for_good());
    // It closes half-way: nobody knows whether it was taken, so it is sent again under the same id.
    let broke_off = failed(&["220 here", "250 hello", "250 from", "250 to", "354 go on", "CLOSE"]).await;
    assert!(!broke_off.is_for_good());
    let busy = failed(&["421 come back"]).await;
    assert!(!busy.is_for_good());
}

#[test]
fn a_mail_that_may_have_gone_out_already_says_so_in_both_its_parts() {
    let letters = Letters { origin: crate::house::ORIGIN.into() };
    let mail = |maybe_twice| {
        let notice = Notice::Reminder { shift: ShiftId(uuid::Uuid::from_u128(7)) };
        let (row, link) = (None, None);
        let waiting = Waiting { id: 1, notice, row, at: Default::default(), maybe_twice, tries: 2, reached: Vec::new(), link };
        let letter = letters.mail(
            &Batch {
                member: MemberId(uuid::Uuid::from_u128(1)),
                first_name: "Camille".into(),
                channel: Channel::Mail,
                email: "camille@example.org".into(),
                devices: Vec::new(),
                waiting: vec![waiting],
                spoken: SpokenOf::default(),
            },
            None,
        );
        [letter.text, letter.html.unwrap()].map(|part| part.contains("Ce message a peut-être déjà été envoyé"))
    };
    assert_eq!(mail(true), [true, true]);
    assert_eq!(mail(false), [false, false]);
}

// — calendars —

#[sqlx::test(migrations = false)]
async fn my_shifts_are_at_a_secret_address_until_it_is_renewed(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (camille, karim) = (house.signed_in("Camille").await, house.signed_in("Karim").await);
    let seat = house.coop.seat_of(camille.member, 5, 9).await;
    let address = async || {
        let told = house.send(post("/api/v1/agenda").by(&camille).json(&json!({}))).await;
        told.json()["address"].as_str().unwrap().trim_start_matches(crate::house::ORIGIN).to_owned()
    };
    let said = async || house.send(get("/moi/prevenir").by(&camille)).await.text().contains("Ton adresse existe depuis le 1er");
    assert!(!said().await);
    let first = address().await;
    assert!(said().await, "and not what it is");
    let told = house.send(get(&first)).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "text/calendar; charset=utf-8"));
    let event = |text: &str| -> Vec<String> {
        let about = |line: &&str| ["UID", "SEQUENCE", "STATUS", "DTSTART"].iter().any(|name| line.starts_with(name));
        text.split("BEGIN:VEVENT").nth(1).unwrap_or_default().lines().filter(about).map(ToOwned::to_owned).collect()
    };
    let before = event(&told.text());
    assert_eq!(before[0], format!("UID:{}@alpar", seat.shift));
    assert!(before.contains(&"DTSTART;TZID=Europe/Paris:20261206T090000".to_owned()), "{before:?}");
    assert!(before.contains(&"STATUS:CONFIRMED".to_owned()));

    let unchanged = house.send(get(&first).with("if-none-match", told.header("etag"))).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.len()), (304, 0));

    let offer = house.coop.gives(camille.member, seat).await;
    house.coop.does(karim.member, Command::ClaimOffer { offer, instead_of: None, secret: None }).await;
    let after = house.send(get(&first).with("if-none-match", told.header("etag"))).await;
    let after = event(&after.text());
    assert!(after.contains(&"STATUS:CANCELLED".to_owned()), "{after:?}");
    assert_eq!(after[0], before[0]);
    let sequence = |lines: &[String]| lines.iter().find_map(|line| line.strip_prefix("SEQUENCE:")?.parse::<u32>().ok()).unwrap();
    assert!(sequence(&after) > sequence(&before));

    let second = address().await;
    assert_eq!(house.send(get(&first)).await.status, 404, "the old one leads nowhere");
    assert_eq!(house.send(get(&second)).await.status, 200);
    assert_eq!(house.send(get("/agenda/guessed.ics")).await.status, 404);
    house.coop.sql("update member set left_on = '2026-12-01'").await;
    assert_eq!(house.send(get(&second)).await.status, 404);
}
