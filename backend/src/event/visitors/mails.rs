//! What visitors read by mail. Where something is to be answered, the mail has a link of its own, which replaces the one before.

use chrono::Duration;
use domain::board::Board;
use domain::event::{Changed, Event, Facts, local, what_changed};
use domain::id::{EventId, VisitorId};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::{PAUSE_MIN, YES_D, link};
use crate::auth;
use crate::error::Error;
use crate::event::row;
use crate::jobs::{Mail, enqueue_mail};

/// A visitor, and the link that is theirs from here on.
struct Reached {
    to: String,
    name: String,
    link: String,
}

async fn reached(conn: &mut PgConnection, visitor: VisitorId) -> Result<Option<Reached>, Error> {
    let token = auth::token();
    let found: Option<(String, String, String)> =
        sqlx::query_as("update event_visitor set yes_hash = $2 where event_visitor_id = $1 returning email, name, origin")
            .bind(visitor)
            .bind(auth::hash(&token))
            .fetch_optional(conn)
            .await?;
    Ok(found.map(|(to, name, origin)| Reached { to, name, link: link(&origin, &token) }))
}

/// A visitor who waited has their seats.
pub(in crate::event) async fn tell_promoted(conn: &mut PgConnection, event: &Event, visitor: VisitorId) -> Result<(), Error> {
    let Some(Reached { to, name, link }) = reached(conn, visitor).await? else { return Ok(()) };
    let (title, place) = (&event.terms.details.title, &event.terms.details.place.name);
    let text = format!(
        "Bonjour {name},\n\nUne place s’est libérée : tu viens à « {title} », {}, {place}.\n\nSi tu ne peux plus venir, dis-le ici : \
         quelqu’un d’autre attend peut-être.\n\n{link}\n\nL’épicerie Alpar\n",
        when(event)
    );
    enqueue_mail(conn, &Mail { to, subject: format!("{title} : tu as ta place"), text, html: None }).await
}

/// A visitor who waits may take a seat that is free, as the board knows the event.
pub(crate) async fn tell_offered(
    conn: &mut PgConnection,
    board: &Board,
    event: EventId,
    visitor: VisitorId,
    now: Instant,
) -> Result<(), Error> {
    let known = board.events.get(&event).ok_or(Error::Conflict)?;
    offer_seat(conn, &known.event, visitor, now).await
}

/// A visitor who waits may take a seat that is free: the first answer of the line has it. Whoever was told so a moment ago hears
/// nothing: a seat that is given up and taken again and again fills nobody's mailbox.
pub(in crate::event) async fn offer_seat(
    conn: &mut PgConnection,
    event: &Event,
    visitor: VisitorId,
    now: Instant,
) -> Result<(), Error> {
    let offered = sqlx::query(
        "update event_visitor set offered_at = $2 where event_visitor_id = $1 and (offered_at is null or offered_at <= $3)",
    )
    .bind(visitor)
    .bind(now)
    .bind(now - Duration::minutes(PAUSE_MIN))
    .execute(&mut *conn)
    .await?;
    if offered.rows_affected() == 0 {
        return Ok(());
    }
    let Some(Reached { to, name, link }) = reached(conn, visitor).await? else { return Ok(()) };
    let (title, place) = (&event.terms.details.title, &event.terms.details.place.name);
    let text = format!(
        "Bonjour {name},\n\nUne place s’est libérée pour « {title} », {}, {place} : la première réponse l’a.\n\n{link}\n\nSi quelqu’un \
         est plus rapide, tu restes sur la liste d’attente.\n\nL’épicerie Alpar\n",
        when(event)
    );
    enqueue_mail(conn, &Mail { to, subject: format!("{title} : une place s’est libérée"), text, html: None }).await
}

/// Every visitor who said yes hears what became otherwise since people were told last; `word` where it does not take place.
pub(in crate::event) async fn tell_changed(conn: &mut PgConnection, event: &Event, word: Option<&str>) -> Result<(), Error> {
    let (title, place) = (&event.terms.details.title, &event.terms.details.place.name);
    let (subject, said) = match word {
        Some(word) => (format!("{title} : annulé"), format!("« {title} », {}, n’a pas lieu. {word}", when(event))),
        None => {
            let was = row::told(conn, event.id).await?;
            let changed = was.map_or_else(Vec::new, |was| what_changed(&was, &Facts::of(event)));
            let changed: Vec<String> = changed.iter().map(otherwise).collect();
            let said = format!("Une sortie change. « {title} », {}, {place} : {}.", when(event), changed.join(" ; "));
            (format!("{title} : un changement"), said)
        }
    };
    for (to, name) in who_said_yes(conn, event.id).await? {
        let text = format!("Bonjour {name},\n\n{}\n\nL’épicerie Alpar\n", said.trim_end());
        enqueue_mail(conn, &Mail { to, subject: subject.clone(), text, html: None }).await?;
    }
    Ok(())
}

/// One thing that is otherwise, as members read it.
fn otherwise(changed: &Changed) -> String {
    match changed {
        Changed::Title { was, .. } => format!("s’appelait « {was} »"),
        Changed::Start { was, .. } => format!("c’était {}", at(*was)),
        Changed::End { is, .. } => format!("jusqu’à {}", hour(*is)),
        Changed::Place { was, is } => format!("c’est {is}, et non {was}"),
        Changed::Cancelled { word } => format!("n’a pas lieu. {word}"),
        Changed::Back => "a lieu, finalement".to_owned(),
    }
}

/// Every visitor who said yes reads the organisers' word.
pub(in crate::event) async fn tell_word(conn: &mut PgConnection, event: &Event, word: &str) -> Result<(), Error> {
    let people = who_said_yes(conn, event.id).await?;
    write_to(conn, event, word, people).await
}

/// Those of `came` read the organisers' thanks.
pub(in crate::event) async fn tell_thanks(
    conn: &mut PgConnection,
    event: &Event,
    word: &str,
    came: &[VisitorId],
) -> Result<(), Error> {
    let came: Vec<Uuid> = came.iter().map(|visitor| visitor.0).collect();
    let people: Json<Vec<(String, String)>> = sqlx::query_scalar(
        "select coalesce(jsonb_agg(jsonb_build_array(email, name) order by asked_at, event_visitor_id), '[]')
         from event_visitor where event_visitor_id = any($1)",
    )
    .bind(came)
    .fetch_one(&mut *conn)
    .await?;
    write_to(conn, event, word, people.0).await
}

async fn write_to(conn: &mut PgConnection, event: &Event, word: &str, people: Vec<(String, String)>) -> Result<(), Error> {
    let title = &event.terms.details.title;
    for (to, name) in people {
        let text =
            format!("Bonjour {name},\n\nQui organise « {title} », {}, t’écrit :\n\n{word}\n\nL’épicerie Alpar\n", when(event));
        enqueue_mail(conn, &Mail { to, subject: format!("{title} : un mot"), text, html: None }).await?;
    }
    Ok(())
}

/// Addresses and names, in the order of their answers.
async fn who_said_yes(conn: &mut PgConnection, event: EventId) -> Result<Vec<(String, String)>, Error> {
    let people: Json<Vec<(String, String)>> = sqlx::query_scalar(
        "select coalesce(jsonb_agg(jsonb_build_array(v.email, v.name) order by p.event_party_id), '[]')
         from event_party p join event_visitor v using (event_visitor_id)
         where p.event_id = $1 and p.standing <> 'no'",
    )
    .bind(event)
    .fetch_one(conn)
    .await?;
    Ok(people.0)
}

fn when(event: &Event) -> String {
    at(event.terms.times.starts_at)
}

/// « le 4/12/2026 à 19 h 30 »
fn at(at: Instant) -> String {
    format!("le {} à {}", local(at).format("%-d/%m/%Y"), hour(at))
}

/// « 19 h 30 »
fn hour(at: Instant) -> String {
    let at = local(at);
    let minutes = at.format("%M").to_string();
    let minutes = if minutes == "00" { String::new() } else { format!(" {minutes}") };
    format!("{} h{minutes}", at.format("%-H"))
}

/// Asks for a yes.
pub(super) fn yes(to: String, name: &str, event: &Event, link: &str) -> Mail {
    let (title, place) = (&event.terms.details.title, &event.terms.details.place.name);
    Mail {
        to,
        subject: format!("{title} : un clic pour confirmer"),
        text: format!(
            "Bonjour {name},\n\nQuelqu’un, sans doute toi, veut venir à « {title} », {}, {place}. Pour confirmer, et plus tard pour \
             annuler si besoin :\n\n{link}\n\nSans confirmation sous {YES_D} jours, il n’y a rien à faire : ton adresse est oubliée. \
             Sinon elle l’est 30 jours après.\n\nL’épicerie Alpar\n",
            when(event)
        ),
        html: None,
    }
}

/// Somebody who comes already, or waits, asked to come: what they need, and nothing new.
pub(super) fn again(to: String, name: &str, event: &Event, link: &str) -> Mail {
    let (title, place) = (&event.terms.details.title, &event.terms.details.place.name);
    Mail {
        to,
        subject: format!("{title} : tu es déjà sur la liste"),
        text: format!(
            "Bonjour {name},\n\nQuelqu’un, sans doute toi, veut venir à « {title} », {}, {place}. Tu es déjà sur la liste : rien n’a \
             changé. Pour voir où tu en es, ou pour annuler :\n\n{link}\n\nL’épicerie Alpar\n",
            when(event)
        ),
        html: None,
    }
}
