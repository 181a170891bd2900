//! People without an account come to a public event: they ask, say yes from the mail that asks them, and may give their seats
//! up from the same mail. Nothing tells whether an address is known.

use chrono::Duration;
use domain::event::{Answer, Attendee, Change, Event, ForWhom, GUESTS_CAP, Gathering, Given, Party, Placed, answered, served};
use domain::id::{EventId, VisitorId};
use domain::reason::Reason;
use domain::time::Instant;
use sqlx::PgConnection;

use super::facts::lock;
use super::organising::serve;
use super::write::{settle, write_answer};
use crate::Backend;
use crate::auth;
use crate::error::Error;
use crate::jobs::enqueue_mail;
use crate::swaps::aftermath::Aftermath;

mod mails;

pub(crate) use mails::tell_offered;
pub(super) use mails::{offer_seat, tell_changed, tell_promoted, tell_thanks, tell_word};

/// How long one may say yes. Days.
pub(super) const YES_D: i64 = 2;
/// So many mails ask an address that answers none of them, and with such a pause between them: nobody's mailbox is filled by others.
const ASKED_CAP: i16 = 3;
const PAUSE_MIN: i64 = 15;
/// So many mails that ask leave in an hour, to all addresses together: whoever types those of others soon has to stop.
const HOURLY_CAP: i64 = 120;
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
    /// Too many asked in the last hour: nothing is sent, whatever the address.
    TooMany,
    Refused(Reason),
}

/// Asks whoever reads that address whether they want to come. `origin`: where the co-op is reached, for the link. There is no
/// such event where it is not public.
pub async fn register(backend: &Backend, event: EventId, wanted: Registration<'_>, origin: &str) -> Result<Registered, Error> {
    let Some(email) = auth::address(wanted.email) else { return Ok(Registered::NotAnAddress) };
    let name = wanted.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !is_name(&name) {
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
    // One after the other, or two would count the same hour.
    sqlx::query("select pg_advisory_xact_lock(hashtext('event_visitor'))").execute(&mut *tx).await?;
    let of_hour: i64 = sqlx::query_scalar(OF_HOUR).bind(now - Duration::hours(1)).fetch_one(&mut *tx).await?;
    if of_hour >= HOURLY_CAP {
        return Ok(Registered::TooMany);
    }
    let asks: Option<(String, bool)> = sqlx::query_as(ASK)
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
        .bind(origin)
        .fetch_optional(&mut *tx)
        .await?;
    if let Some((name, comes)) = asks {
        let link = link(origin, &token);
        let mail = match comes {
            true => mails::again(email, &name, &known.event, &link),
            false => mails::yes(email, &name, &known.event, &link),
        };
        enqueue_mail(&mut tx, &mail).await?;
    }
    tx.commit().await?;
    Ok(Registered::Sent)
}

/// A name, and no words that lead elsewhere: the mail that carries it goes to whomever somebody names.
fn is_name(name: &str) -> bool {
    let leads = ["//", "www.", "@"].into_iter().any(|sign| name.to_lowercase().contains(sign));
    name.chars().any(char::is_alphanumeric) && name.chars().count() <= NAME_CAP && !name.chars().any(char::is_control) && !leads
}

/// Where the mail with that secret leads.
fn link(origin: &str, token: &str) -> String {
    format!("{origin}/sortie/inscription/{token}")
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
    /// Seats that are free, where there is an end to them.
    pub left: Option<u16>,
}

/// What a link is about, for whoever has the mail; nothing where it leads nowhere any more.
pub async fn visit(backend: &Backend, token: &str) -> Result<Option<Visit>, Error> {
    let mut conn = backend.pool.acquire().await?;
    let Some(row) = visitor(&mut conn, token, backend.now()).await? else { return Ok(None) };
    let Some(known) = super::find(&mut conn, &[row.event_id]).await?.pop() else { return Ok(None) };
    // It is for members alone since: whoever had answered may still give up what they have.
    let answered = known.parties.contains_key(&Attendee::Visitor(row.event_visitor_id));
    Ok((answered || is_public(&known.event)).then(|| row.visit(&known)))
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
    if !is_public(&known.event) {
        match known.parties.get(&who) {
            None => return Ok(None),
            Some(party) if answer == Answer::Yes && !party.cares() => return Ok(Some(Err(Reason::UnknownEvent))),
            Some(_) => {}
        }
    }
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
        sqlx::query("update event_visitor set confirmed_at = coalesce(confirmed_at, $2), asked = 0 where event_visitor_id = $1")
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
        Visit { event: known.event.clone(), name: self.name, guests, children, placed, left: known.free() }
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

/// $1 since. All that ever asked whoever was asked since then, and one at least to whoever said yes: at least as many as left.
const OF_HOUR: &str = "select coalesce(sum(greatest(asked, 1)), 0)::bigint from event_visitor where asked_at > $1";

/// $1 id, $2 event, $3 name, $4 address, $5 guests, $6 children, $7 now, $8 the token's hash, $9 how often it may be asked, $10 when
/// it must have been asked before, $11 where the co-op is reached. Whoever comes, or waits, stays as they are, and has another link.
const ASK: &str = "
insert into event_visitor as v (event_visitor_id, event_id, name, email, guests, children, asked_at, yes_hash, origin)
values ($1, $2, $3, $4, $5, $6, $7, $8, $11)
on conflict (event_id, email) do update set (name, guests, children) = (
            select case when p.standing <> 'no' then v.name else excluded.name end,
                case when p.standing <> 'no' then v.guests else excluded.guests end,
                case when p.standing <> 'no' then v.children else excluded.children end
            from (select) as one left join event_party p on p.event_visitor_id = v.event_visitor_id),
        asked_at = excluded.asked_at, asked = v.asked + 1, yes_hash = excluded.yes_hash, origin = excluded.origin
    where v.asked < $9 and v.asked_at < $10
returning name, exists (select from event_party p where p.event_visitor_id = v.event_visitor_id and p.standing <> 'no')";
