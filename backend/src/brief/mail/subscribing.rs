//! People of the public ask for the brief, and say yes from the mail that asks them. Nothing tells whether an address is known.

use chrono::Duration;
use domain::time::Instant;
use uuid::Uuid;

use crate::Backend;
use crate::auth;
use crate::error::Error;
use crate::jobs::{Mail, enqueue_mail};
use crate::notify;

/// How long one may say yes. Days.
pub(super) const YES_D: i64 = 7;
/// So many mails ask an address that never says yes, and with such a pause between them: nobody's mailbox is filled by others.
const ASKED_CAP: i16 = 3;
const PAUSE_MIN: i64 = 15;
/// So many mails that ask leave in an hour, to all addresses together: whoever types those of others soon has to stop.
const HOURLY_CAP: i64 = 60;

/// What asking for the brief came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A mail asks for a yes, if there is still something to say yes to; nobody learns whether there is.
    Sent,
    NotAnAddress,
    /// Too many asked in the last hour: nothing is sent, whatever the address.
    TooMany,
}

/// Asks whoever reads `typed` whether they want the brief. `origin`: where the co-op is reached, for the link.
pub async fn subscribe(backend: &Backend, typed: &str, origin: &str) -> Result<Asked, Error> {
    let Some(email) = auth::address(typed) else { return Ok(Asked::NotAnAddress) };
    let (now, token) = (backend.now(), auth::token());
    let mut tx = backend.pool.begin().await?;
    // One after the other, or two would count the same hour.
    sqlx::query("select pg_advisory_xact_lock(hashtext('brief_subscriber'))").execute(&mut *tx).await?;
    let of_hour: i64 = sqlx::query_scalar(OF_HOUR).bind(now - Duration::hours(1)).fetch_one(&mut *tx).await?;
    if of_hour >= HOURLY_CAP {
        return Ok(Asked::TooMany);
    }
    let asks: Option<Uuid> = sqlx::query_scalar(ASK)
        .bind(backend.ids.uuid())
        .bind(&email)
        .bind(now)
        .bind(auth::hash(&token))
        .bind(ASKED_CAP)
        .bind(now - Duration::minutes(PAUSE_MIN))
        .fetch_optional(&mut *tx)
        .await?;
    if asks.is_some() {
        enqueue_mail(&mut tx, &yes_mail(email, &format!("{origin}/breve/abonnement/{token}"))).await?;
    }
    tx.commit().await?;
    Ok(Asked::Sent)
}

/// $1 id, $2 address, $3 now, $4 the token's hash, $5 how often it may be asked, $6 when it must have been asked before.
const ASK: &str = "
insert into brief_subscriber as s (brief_subscriber_id, email, asked_at, yes_hash) values ($1, $2, $3, $4)
on conflict (email) do update set asked_at = excluded.asked_at, asked = s.asked + 1, yes_hash = excluded.yes_hash
    where s.confirmed_at is null and s.asked < $5 and s.asked_at < $6
returning brief_subscriber_id";

/// $1 since. All that ever asked whoever was asked since then: at least as many as left.
const OF_HOUR: &str = "select coalesce(sum(asked), 0) from brief_subscriber where asked_at > $1";

fn yes_mail(to: String, link: &str) -> Mail {
    Mail {
        to,
        subject: "La brève d’Alpar : un clic pour confirmer".to_owned(),
        text: format!(
            "Bonjour,\n\nQuelqu’un, sans doute toi, a demandé à recevoir la brève du lundi de l’épicerie Alpar à cette adresse. \
             Pour confirmer :\n\n{link}\n\nLe lien vaut {YES_D} jours. Si ce n’était pas toi, il n’y a rien à faire : sans \
             confirmation, tu ne recevras rien, et ton adresse est oubliée.\n\nL’épicerie Alpar\n"
        ),
        html: None,
    }
}

/// Whether a link still asks for a yes, or had it. Looking changes nothing.
pub async fn awaits_yes(backend: &Backend, token: &str) -> Result<bool, Error> {
    let since = backend.now() - Duration::days(YES_D);
    Ok(sqlx::query_scalar(
        "select exists (select from brief_subscriber where yes_hash = $1 and (confirmed_at is not null or asked_at > $2))",
    )
    .bind(auth::hash(token))
    .bind(since)
    .fetch_one(&backend.pool)
    .await?)
}

/// « Oui »: the brief comes from here on. Said again, it is the same. Whether the link still led somewhere.
pub async fn say_yes(backend: &Backend, token: &str) -> Result<bool, Error> {
    let now: Instant = backend.now();
    let mut tx = backend.pool.begin().await?;
    let email: Option<String> = sqlx::query_scalar(
        "update brief_subscriber set confirmed_at = coalesce(confirmed_at, $2)
         where yes_hash = $1 and (confirmed_at is not null or asked_at > $3) returning email",
    )
    .bind(auth::hash(token))
    .bind(now)
    .bind(now - Duration::days(YES_D))
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(email) = &email {
        notify::arrives(&mut tx, email, now).await?;
    }
    tx.commit().await?;
    Ok(email.is_some())
}
