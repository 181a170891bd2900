//! People without an account at a public event: nobody learns who is known, one yes is one party, and they wait in the same
//! line as members.

mod coop;

use backend::error::Error;
use backend::event::{self, Edit, Registered, Registration};
use backend::jobs;
use chrono::Duration;
use coop::{Coop, answers};
use domain::event::{Answer, ForWhom, Placed, Scope};
use domain::id::EventId;
use domain::reason::Reason;
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

async fn public(coop: &Coop, capacity: &str) -> EventId {
    let theo = coop.organiser().await;
    let mut terms = coop.supper("Présentation", 10, capacity);
    terms.details.for_whom = ForWhom::Public;
    coop.announces(theo, &terms).await
}

async fn asks(coop: &Coop, event: EventId, email: &str) -> Registered {
    let wanted = Registration { name: "Une voisine", email, guests: 1, children: 0 };
    event::register(&coop.backend, event, wanted, "https://alpar.example").await.unwrap()
}

/// The secret in the last mail.
async fn secret(coop: &Coop) -> String {
    let text: String = sqlx::query_scalar(
        "select payload->>'text' from graphile_worker._private_jobs where payload->>'text' like '%inscription%' order by id desc limit 1",
    )
    .fetch_one(&coop.backend.pool)
    .await
    .unwrap();
    let (_, rest) = text.split_once("/sortie/inscription/").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// The last mail to her.
async fn mail(coop: &Coop) -> String {
    sqlx::query_scalar(
        "select payload->>'text' from graphile_worker._private_jobs where payload->>'to' is not null order by id desc limit 1",
    )
    .fetch_one(&coop.backend.pool)
    .await
    .unwrap()
}

/// Asks, and says yes from the mail.
async fn comes(coop: &Coop, event: EventId, email: &str) -> Placed {
    asks(coop, event, email).await;
    event::say_yes(&coop.backend, &secret(coop).await).await.unwrap().unwrap().unwrap()
}

async fn edits(coop: &Coop, event: EventId, change: impl FnOnce(&mut domain::event::Terms)) {
    let known = coop.gathering(event).await.event;
    let mut terms = known.terms;
    change(&mut terms);
    let edit = Edit { form: coop.id(), base: known.revision, scope: Scope::This, terms, rule: None };
    let theo = coop.member("Autre").await;
    coop.in_group(theo, "vie-sociale").await;
    event::edit(&coop.backend, theo, event, &edit).await.unwrap().unwrap();
}

async fn mails(coop: &Coop) -> i64 {
    coop.count("select count(*) from graphile_worker._private_jobs where payload->>'to' is not null").await
}

#[sqlx::test(migrations = false)]
async fn somebody_asks_says_yes_waits_like_others_and_gives_up(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "3").await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    coop.answers(lea, event, Answer::Yes, 1).await;
    assert_eq!(asks(&coop, event, "voisine@example.org").await, Registered::Sent);
    assert_eq!(coop.gathering(event).await.parties.len(), 1, "nothing before the yes");
    let token = secret(&coop).await;
    let shown = event::visit(&coop.backend, &token).await.unwrap().unwrap();
    assert_eq!((shown.name.as_str(), shown.guests, shown.placed), ("Une voisine", 1, None));
    let yes = join_all((0..4).map(|_| event::say_yes(&coop.backend, &token))).await;
    for said in yes {
        assert_eq!(said.unwrap(), Some(Ok(Placed::Waiting { at: 1, free: 0 })));
    }
    assert_eq!(coop.answers(karim, event, Answer::Yes, 0).await, Placed::Seated { seats: 1 }, "what does not fit her fits him");
    let before = mails(&coop).await;
    coop.answers(lea, event, Answer::No, 0).await;
    assert_eq!(mails(&coop).await, before + 1, "she hears that she has her seats");
    assert!(event::visit(&coop.backend, &token).await.unwrap().is_none(), "that mail has the link from here on");
    let token = secret(&coop).await;
    let shown = event::visit(&coop.backend, &token).await.unwrap().unwrap();
    assert_eq!(shown.placed, Some(Placed::Seated { seats: 2 }));
    assert_eq!(event::say_no(&coop.backend, &token).await.unwrap(), Some(Ok(Placed::No)));
    assert_eq!(coop.gathering(event).await.seated(), 1);
    coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_not_public_is_not_there_and_what_cannot_be_is_said(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "3").await;
    let theo = coop.member("Autre").await;
    coop.in_group(theo, "vie-sociale").await;
    let members = coop.announces(theo, &coop.supper("Entre nous", 10, "")).await;
    let wanted = || Registration { name: "Une voisine", email: "a@example.org", guests: 0, children: 0 };
    let nowhere = event::register(&coop.backend, members, wanted(), "https://alpar.example").await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
    assert_eq!(asks(&coop, event, "pas une adresse").await, Registered::NotAnAddress);
    // Nobody reads in a mail of ours where somebody else would lead them.
    for name in [" \n", "Gagne 500 € : https://mal.example", "WWW.mal.example", "moi@mal.example"] {
        let nameless = Registration { name, ..wanted() };
        assert_eq!(event::register(&coop.backend, event, nameless, "x").await.unwrap(), Registered::NoName, "{name}");
    }
    let many = Registration { guests: 4, ..wanted() };
    let refused = event::register(&coop.backend, event, many, "x").await.unwrap();
    assert_eq!(refused, Registered::Refused(Reason::TooManyGuests { cap: 2 }));
    assert!(event::visit(&coop.backend, "rien").await.unwrap().is_none());
    assert!(event::say_yes(&coop.backend, "rien").await.unwrap().is_none());
}

#[sqlx::test(migrations = false)]
async fn nobody_fills_a_mailbox_and_nobody_is_remembered_for_long(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "").await;
    for _ in 0..5 {
        assert_eq!(asks(&coop, event, "voisine@example.org").await, Registered::Sent);
    }
    assert_eq!(mails(&coop).await, 1, "within a quarter of an hour, once");
    for _ in 0..5 {
        coop.turns(coop.now() + Duration::minutes(16));
        asks(&coop, event, "voisine@example.org").await;
    }
    assert_eq!(mails(&coop).await, 3);
    let token = secret(&coop).await;
    let lea = coop.member("Léa").await;
    coop.does(lea, answers(event, Answer::Yes, 0)).await;
    event::say_yes(&coop.backend, &token).await.unwrap().unwrap().unwrap();
    asks(&coop, event, "autre@example.org").await;
    coop.turns(coop.now() + Duration::days(3));
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from event_visitor").await, 1, "who never said yes is forgotten");
    coop.turns(coop.now() + Duration::days(40));
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from event_visitor").await, 0);
    assert_eq!(coop.gathering(event).await.parties.len(), 1, "members' answers stay");
}

#[sqlx::test(migrations = false)]
async fn a_mail_that_cannot_be_sent_keeps_nobodys_address(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "").await;
    for email in ["nulle-part@example.org", "voisine@example.org"] {
        asks(&coop, event, email).await;
    }
    let given_up = "update graphile_worker._private_jobs set attempts = max_attempts where payload->>'to' like 'nulle-part%'";
    coop.sql(given_up).await;
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(mails(&coop).await, 1, "what is still tried stays");
    let kept = "select count(*) from graphile_worker._private_jobs where payload::text like '%nulle-part%'";
    assert_eq!(coop.count(kept).await, 0);
}

#[sqlx::test(migrations = false)]
async fn no_more_than_a_hundred_and_twenty_mails_ask_in_an_hour_whoever_asks_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "").await;
    let addresses: Vec<String> = (0..130).map(|n| format!("{n}@example.org")).collect();
    let asked = join_all(addresses.iter().map(|email| asks(&coop, event, email))).await;
    let count = |wanted: &Registered| asked.iter().filter(|asked| *asked == wanted).count();
    assert_eq!((count(&Registered::Sent), count(&Registered::TooMany), mails(&coop).await), (120, 10, 120));
    // Whatever the address, the answer is the same: nobody learns which are known.
    for email in &addresses {
        assert_eq!(asks(&coop, event, email).await, Registered::TooMany, "{email}");
    }
    assert_eq!(asks(&coop, event, "pas une adresse").await, Registered::NotAnAddress);
    assert_eq!(mails(&coop).await, 120);
    coop.turns(coop.now() + Duration::minutes(61));
    assert_eq!(asks(&coop, event, "encore@example.org").await, Registered::Sent);
    assert_eq!(mails(&coop).await, 121);
}

#[sqlx::test(migrations = false)]
async fn within_a_day_who_waits_without_an_account_hears_of_a_free_seat_and_takes_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "2").await;
    let lea = coop.member("Léa").await;
    coop.answers(lea, event, Answer::Yes, 1).await;
    assert_eq!(comes(&coop, event, "voisine@example.org").await, Placed::Waiting { at: 1, free: 0 });
    coop.turns(coop.gathering(event).await.event.terms.times.starts_at - Duration::hours(20));
    let before = mails(&coop).await;
    coop.answers(lea, event, Answer::No, 0).await;
    assert_eq!(mails(&coop).await, before + 1);
    assert!(mail(&coop).await.contains("la première réponse l’a"), "{}", mail(&coop).await);
    let token = secret(&coop).await;
    assert_eq!(event::say_yes(&coop.backend, &token).await.unwrap(), Some(Ok(Placed::Seated { seats: 2 })));
    // Nor does raising the capacity leave one out.
    assert_eq!(comes(&coop, event, "autre@example.org").await, Placed::Waiting { at: 1, free: 0 });
    let before = mails(&coop).await;
    edits(&coop, event, |terms| terms.capacity = Some(4)).await;
    assert_eq!(mails(&coop).await, before + 1);
    coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn a_seat_that_comes_free_again_and_again_is_one_mail_in_a_quarter_of_an_hour(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "2").await;
    let lea = coop.member("Léa").await;
    coop.answers(lea, event, Answer::Yes, 1).await;
    assert_eq!(comes(&coop, event, "voisine@example.org").await, Placed::Waiting { at: 1, free: 0 });
    coop.turns(coop.gathering(event).await.event.terms.times.starts_at - Duration::hours(20));
    let before = mails(&coop).await;
    // Given up, and taken again: first a place in line, then the seats.
    let to_and_fro = async || {
        for _ in 0..3 {
            coop.answers(lea, event, Answer::No, 0).await;
            coop.answers(lea, event, Answer::Yes, 1).await;
            assert_eq!(coop.answers(lea, event, Answer::Yes, 1).await, Placed::Seated { seats: 2 });
        }
    };
    to_and_fro().await;
    assert_eq!(mails(&coop).await, before + 1);
    coop.turns(coop.now() + Duration::minutes(15));
    to_and_fro().await;
    assert_eq!(mails(&coop).await, before + 2);
    // Nor does another capacity tell it once more; what the last mail leads to says how it stands.
    edits(&coop, event, |terms| terms.capacity = Some(4)).await;
    assert_eq!(mails(&coop).await, before + 2);
    let token = secret(&coop).await;
    assert_eq!(event::visit(&coop.backend, &token).await.unwrap().unwrap().placed, Some(Placed::Waiting { at: 1, free: 2 }));
    assert_eq!(event::say_yes(&coop.backend, &token).await.unwrap(), Some(Ok(Placed::Seated { seats: 2 })));
    coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn who_lost_the_mail_gets_another_link_and_who_gave_up_may_come_again(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "3").await;
    let email = "voisine@example.org";
    assert_eq!(comes(&coop, event, email).await, Placed::Seated { seats: 2 });
    let before = mails(&coop).await;
    asks(&coop, event, email).await;
    assert_eq!(mails(&coop).await, before, "not within a quarter of an hour");
    coop.turns(coop.now() + Duration::minutes(16));
    let wanted = Registration { name: "Quelqu’un", email, guests: 0, children: 0 };
    assert_eq!(event::register(&coop.backend, event, wanted, "https://alpar.example").await.unwrap(), Registered::Sent);
    assert!(mail(&coop).await.contains("Tu es déjà sur la liste"), "{}", mail(&coop).await);
    let token = secret(&coop).await;
    let shown = event::visit(&coop.backend, &token).await.unwrap().unwrap();
    assert_eq!(
        (shown.name.as_str(), shown.placed),
        ("Une voisine", Some(Placed::Seated { seats: 2 })),
        "nothing of hers changes"
    );
    assert_eq!(event::say_no(&coop.backend, &token).await.unwrap(), Some(Ok(Placed::No)));
    coop.turns(coop.now() + Duration::minutes(16));
    let wanted = Registration { name: "Une voisine", email, guests: 2, children: 0 };
    event::register(&coop.backend, event, wanted, "https://alpar.example").await.unwrap();
    let token = secret(&coop).await;
    assert_eq!(event::say_yes(&coop.backend, &token).await.unwrap(), Some(Ok(Placed::Seated { seats: 3 })));
    assert_eq!(coop.gathering(event).await.parties.len(), 1, "one an address");
    coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn visitors_read_what_became_otherwise_and_no_yes_is_said_to_what_is_for_members(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let event = public(&coop, "").await;
    asks(&coop, event, "curieux@example.org").await;
    let pending = secret(&coop).await;
    comes(&coop, event, "voisine@example.org").await;
    let coming = secret(&coop).await;
    edits(&coop, event, |terms| {
        terms.details.title = "Portes ouvertes".into();
        terms.details.for_whom = ForWhom::Members;
        terms.times.ends_at += Duration::hours(1);
    })
    .await;
    coop.turns(coop.now() + Duration::minutes(11));
    event::due(&coop.backend).await.unwrap();
    let text = mail(&coop).await;
    assert!(text.contains("s’appelait « Présentation » ; jusqu’à 23 h."), "{text}");
    assert!(event::visit(&coop.backend, &pending).await.unwrap().is_none());
    assert_eq!(event::say_yes(&coop.backend, &pending).await.unwrap(), None);
    assert_eq!(coop.gathering(event).await.parties.len(), 1);
    // Whoever comes is still expected, and may give up.
    assert!(event::visit(&coop.backend, &coming).await.unwrap().is_some());
    assert_eq!(event::say_no(&coop.backend, &coming).await.unwrap(), Some(Ok(Placed::No)));
    assert_eq!(event::say_yes(&coop.backend, &coming).await.unwrap(), Some(Err(Reason::UnknownEvent)));
}
