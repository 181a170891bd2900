//! People without an account come to a public event: they ask, say yes from the mail that asks them, and may give their seats
//! up from the same mail. Nothing tells whether an address is known.

use chrono::Duration;
use domain::event::{
    Answer, Attendee, Change, Event, ForWhom, GUESTS_CAP, Gathering, Given, Party, Placed, answered, local, served,
};
use domain::id::{EventId, VisitorId};
use domain::reason::Reason;
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::facts::lock;
use super::organising::serve;
use super::write::{settle, write_answer};
use crate::Backend;
use crate::auth;
use crate::error::Error;
use crate::jobs::{Mail, enqueue_mail};
use crate::swaps::aftermath::Aftermath;

/// How long one may say yes. Days.
pub(super) const YES_D: i64 = 2;
/// So many mails ask an address that never says yes, and with such a pause between them: nobody's mailbox is filled by others.
const ASKED_CAP: i16 = 3;
const PAUSE_MIN: i64 = 15;
/// The longest name, in characters.
const NAME_CAP: usize = 80;

/// Who wants to come.
#[derive(Debug, Clone)]
pub struct Registration<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub guests: u8,
    pub children: u8,
}

/// What asking to come came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    /// A mail asks for a yes, if there is still something to say yes to; nobody learns whether there is.
    Sent,
    NotAnAddress,
    /// No name, or one that is too long.
    NoName,
    Refused(Reason),
}

/// Asks whoever reads that address whether they want to come. `origin`: where the co-op is reached, for the link. There is no
/// such event where it is not public.
pub async fn register(backend: &Backend, event: EventId, wanted: Registration<'_>, origin: &str) -> Result<Registered, Error> {
    let Some(email) = auth::address(wanted.email) else { return Ok(Registered::NotAnAddress) };
    let name = wanted.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.chars().any(char::is_alphanumeric) || name.chars().count() > NAME_CAP || name.chars().any(char::is_control) {
        return Ok(Registered::NoName);
    }
    let (now, token) = (backend.now(), auth::token());
    let mut tx = backend.pool.begin().await?;
    let known = super::find(&mut tx, &[event]).await?.pop().filter(|known| is_public(&known.event)).ok_or(Error::NotFound)?;
    // As if they were there already: refused now rather than in the mail.
    let who = Attendee::Visitor(VisitorId(backend.ids.uuid()));
    if wanted.guests > GUESTS_CAP {
        return Ok(Registered::Refused(Reason::TooManyGuests { cap: known.event.terms.details.guests }));
    }
    if let Err(reason) = answered(&known, &given(who, Answer::Yes, wanted.guests, wanted.children), now) {
        return Ok(Registered::Refused(reason));
    }
    let asks: Option<VisitorId> = sqlx::query_scalar(ASK)
        .bind(backend.ids.uuid())
        .bind(event)
        .bind(&name)
        .bind(&email)
        .bind(i16::from(wanted.guests))
        .bind(i16::from(wanted.children))
        .bind(now)
        .bind(auth::hash(&token))
        .bind(ASKED_CAP)
        .bind(now - Duration::minutes(PAUSE_MIN))
        .fetch_optional(&mut *tx)
        .await?;
    if asks.is_some() {
        let link = format!("{origin}/sortie/inscription/{token}");
        enqueue_mail(&mut tx, &yes_mail(email, &name, &known.event, &link)).await?;
    }
    tx.commit().await?;
    Ok(Registered::Sent)
}

fn is_public(event: &Event) -> bool {
    !event.state.is_draft() && event.terms.details.for_whom == ForWhom::Public
}

fn given(who: Attendee, answer: Answer, guests: u8, children: u8) -> Given {
    Given { who, answer, guests, children, note: String::new(), diet: String::new(), hidden: false }
}

/// What the mail's link shows. Looking changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub event: Event,
    pub name: String,
    pub guests: u8,
    pub children: u8,
    /// Where it stands; nothing before the yes.
    pub placed: Option<Placed>,
}

/// What a link is about, for whoever has the mail; nothing where it leads nowhere any more.
pub async fn visit(backend: &Backend, token: &str) -> Result<Option<Visit>, Error> {
    let mut conn = backend.pool.acquire().await?;
    let Some(row) = visitor(&mut conn, token, backend.now()).await? else { return Ok(None) };
    let Some(known) = super::find(&mut conn, &[row.event_id]).await?.pop() else { return Ok(None) };
    Ok(Some(row.visit(&known)))
}

/// « Oui, je viens »: seats, or a place in line. Said again, it is the same.
pub async fn say_yes(backend: &Backend, token: &str) -> Result<Option<Result<Placed, Reason>>, Error> {
    says(backend, token, Answer::Yes).await
}

/// « Je ne viens pas »: their seats go to whoever waits.
pub async fn say_no(backend: &Backend, token: &str) -> Result<Option<Result<Placed, Reason>>, Error> {
    says(backend, token, Answer::No).await
}

async fn says(backend: &Backend, token: &str, answer: Answer) -> Result<Option<Result<Placed, Reason>>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let Some(row) = visitor(&mut tx, token, now).await? else { return Ok(None) };
    let Some(mut known) = lock(&mut tx, &[row.event_id]).await?.pop() else { return Ok(None) };
    let who = Attendee::Visitor(row.event_visitor_id);
    let given = given(who, answer, row.guests(), row.children());
    // One who never said yes has nothing to give up.
    if answer == Answer::No && !known.parties.contains_key(&who) {
        return Ok(Some(Ok(Placed::No)));
    }
    let freed = known.seated();
    let party = match answered(&known, &given, now) {
        Ok(party) => party,
        Err(reason) => return Ok(Some(Err(reason))),
    };
    let mut after = Aftermath::default();
    if let Some(party) = party {
        sqlx::query("update event_visitor set confirmed_at = coalesce(confirmed_at, $2) where event_visitor_id = $1")
            .bind(row.event_visitor_id)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        write_answer(&mut tx, known.event.id, &party).await?;
        let change = Change::Answered(party);
        known.apply(&change);
        let mut next = served(&known, now);
        for change in next.changes() {
            known.apply(&change);
        }
        if known.seated() >= freed {
            next.offered.clear();
        }
        settle(&mut tx, &known, std::iter::once(&change), now, &mut after).await?;
        // They see where they stand on this page.
        let mut told = next.clone();
        told.promoted.retain(|served| *served != who);
        if next.promoted.contains(&who) {
            let own: Option<&Party> = known.parties.get(&who);
            if let Some(own) = own {
                write_answer(&mut tx, known.event.id, own).await?;
            }
        }
        serve(&mut tx, &known, &told, now, &mut after).await?;
    }
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Some(Ok(known.placed(who).unwrap_or(Placed::No))))
}

#[derive(sqlx::FromRow)]
struct Row {
    event_visitor_id: VisitorId,
    event_id: EventId,
    name: String,
    guests: i16,
    children: i16,
}

impl Row {
    fn guests(&self) -> u8 {
        u8::try_from(self.guests).unwrap_or_default()
    }

    fn children(&self) -> u8 {
        u8::try_from(self.children).unwrap_or_default()
    }

    fn visit(self, known: &Gathering) -> Visit {
        let placed = known.placed(Attendee::Visitor(self.event_visitor_id));
        let (guests, children) = (self.guests(), self.children());
        Visit { event: known.event.clone(), name: self.name, guests, children, placed }
    }
}

async fn visitor(conn: &mut PgConnection, token: &str, now: Instant) -> Result<Option<Row>, Error> {
    Ok(sqlx::query_as(
        "select event_visitor_id, event_id, name, guests, children from event_visitor
         where yes_hash = $1 and (confirmed_at is not null or asked_at > $2)",
    )
    .bind(auth::hash(token))
    .bind(now - Duration::days(YES_D))
    .fetch_optional(conn)
    .await?)
}

/// A visitor who waited has their seats: they hear of it by mail.
pub(super) async fn tell_promoted(conn: &mut PgConnection, event: &Event, visitor: VisitorId) -> Result<(), Error> {
    let found: Option<(String, String)> = sqlx::query_as("select email, name from event_visitor where event_visitor_id = $1")
        .bind(visitor)
        .fetch_optional(&mut *conn)
        .await?;
    let Some((to, name)) = found else { return Ok(()) };
    let title = &event.terms.details.title;
    let mail = Mail {
        to,
        subject: format!("{title} : tu as ta place"),
        text: format!(
            "Bonjour {name},\n\nUne place s’est libérée : tu viens à « {title} », {}, {}.\n\nSi tu ne peux plus venir, dis-le depuis \
             le lien du premier mail : quelqu’un d’autre attend peut-être.\n\nL’épicerie Alpar\n",
            when(event),
            event.terms.details.place.name
        ),
        html: None,
    };
    enqueue_mail(conn, &mail).await
}

/// Every visitor who said yes hears what became otherwise.
pub(super) async fn tell_changed(conn: &mut PgConnection, event: &Event, word: Option<&str>) -> Result<(), Error> {
    let (title, place) = (&event.terms.details.title, &event.terms.details.place.name);
    for (to, name) in who_said_yes(conn, event.id).await? {
        let (subject, said) = match word {
            Some(word) => (format!("{title} : annulé"), format!("« {title} », {}, n’a pas lieu. {word}", when(event))),
            None => (format!("{title} : un changement"), format!("« {title} » change : c’est {}, {place}.", when(event))),
        };
        let text = format!("Bonjour {name},\n\n{said}\n\nL’épicerie Alpar\n");
        enqueue_mail(conn, &Mail { to, subject, text, html: None }).await?;
    }
    Ok(())
}

/// Every visitor who said yes reads the organisers' word.
pub(super) async fn tell_word(conn: &mut PgConnection, event: &Event, word: &str) -> Result<(), Error> {
    let people = who_said_yes(conn, event.id).await?;
    write_to(conn, event, word, people).await
}

/// Those of `came` read the organisers' thanks.
pub(super) async fn tell_thanks(conn: &mut PgConnection, event: &Event, word: &str, came: &[VisitorId]) -> Result<(), Error> {
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

/// « le 4/12/2026 à 19 h 30 »
fn when(event: &Event) -> String {
    let at = local(event.terms.times.starts_at);
    let minutes = at.format("%M").to_string();
    let minutes = if minutes == "00" { String::new() } else { format!(" {minutes}") };
    format!("le {} à {} h{minutes}", at.format("%-d/%m/%Y"), at.format("%-H"))
}

fn yes_mail(to: String, name: &str, event: &Event, link: &str) -> Mail {
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

/// $1 id, $2 event, $3 name, $4 address, $5 guests, $6 children, $7 now, $8 the token's hash, $9 how often it may be asked, $10 when
/// it must have been asked before.
const ASK: &str = "
insert into event_visitor as v (event_visitor_id, event_id, name, email, guests, children, asked_at, yes_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (event_id, email) do update set name = excluded.name, guests = excluded.guests, children = excluded.children,
        asked_at = excluded.asked_at, asked = v.asked + 1, yes_hash = excluded.yes_hash
    where v.confirmed_at is null and v.asked < $9 and v.asked_at < $10
returning event_visitor_id";
