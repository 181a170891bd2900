//! « Je n'en veux plus »: the link in each copy. Looking at it changes nothing; it needs no session, and does the same however
//! often it is pressed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use domain::id::MemberId;
use domain::notify::{Channel, Preferences, SWITCHED_OFF, Switch, Topic};
use domain::time::{Instant, paris_day};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Error;
use crate::notify::link::{self, Key};
use crate::notify::preferences::switch;
use crate::swaps::aftermath::Aftermath;
use crate::{Backend, marks};

/// How much of the code stands in the link. Bytes.
const CODE: usize = 16;

/// Whose link it is. A member's holds as long as the address is theirs; one of the public has but their own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    Member { member: MemberId, email: &'a str },
    Public(Uuid),
}

/// What stands in the link: whose it is, and the code that nobody else can make.
pub(super) fn token(key: &Key, of: Of<'_>) -> String {
    let (kind, id) = said(of);
    let mut bytes = vec![kind];
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(&code(key, of).finalize().into_bytes()[..CODE]);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn said(of: Of<'_>) -> (u8, Uuid) {
    match of {
        Of::Member { member, .. } => (b'm', member.0),
        Of::Public(subscriber) => (b'p', subscriber),
    }
}

fn code(key: &Key, of: Of<'_>) -> Hmac<Sha256> {
    let (kind, id) = said(of);
    let mut code = <Hmac<Sha256> as Mac>::new(&(*key).into());
    code.update(b"alpar brief leaving\0");
    code.update(&[kind]);
    code.update(id.as_bytes());
    if let Of::Member { email, .. } = of {
        code.update(email.as_bytes());
    }
    code
}

/// A link that is somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// « c…@exemple.fr », enough to know one's own again; nothing where it is forgotten already.
    pub address: Option<String>,
    pub is_member: bool,
    /// Whether the brief still comes.
    pub receives: bool,
}

/// Who a genuine link is of.
enum Who {
    Member { member: MemberId, email: String },
    Public { subscriber: Uuid, email: Option<String> },
}

async fn who(conn: &mut PgConnection, token: &str) -> Result<Option<Who>, Error> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
    let Ok(bytes) = <[u8; 1 + 16 + CODE]>::try_from(bytes) else { return Ok(None) };
    let Some(key) = link::kept(&mut *conn).await? else { return Ok(None) };
    let (kind, id, shown) = (bytes[0], Uuid::from_slice(&bytes[1..17]).unwrap_or_default(), &bytes[17..]);
    // In constant time.
    let is_genuine = |of: Of<'_>| code(&key, of).verify_truncated_left(shown).is_ok();
    match kind {
        b'm' => {
            let email: Option<String> =
                sqlx::query_scalar("select email from member where member_id = $1").bind(id).fetch_optional(conn).await?;
            let member = MemberId(id);
            Ok(email.filter(|email| is_genuine(Of::Member { member, email })).map(|email| Who::Member { member, email }))
        }
        b'p' if is_genuine(Of::Public(id)) => {
            let email = sqlx::query_scalar("select email from brief_subscriber where brief_subscriber_id = $1")
                .bind(id)
                .fetch_optional(conn)
                .await?;
            Ok(Some(Who::Public { subscriber: id, email }))
        }
        _ => Ok(None),
    }
}

/// What the link is about, as it stands; nothing for one that is nobody's.
pub async fn leaving(backend: &Backend, token: &str) -> Result<Option<Leaving>, Error> {
    let mut conn = backend.pool.acquire().await?;
    Ok(match who(&mut conn, token).await? {
        Some(Who::Member { email, .. }) => {
            let receives = is_wanted_at(&mut conn, &email, paris_day(backend.now())).await?;
            Some(Leaving { address: Some(hinted(&email)), is_member: true, receives })
        }
        Some(Who::Public { email, .. }) => {
            let receives = email.is_some();
            Some(Leaving { address: email.as_deref().map(hinted), is_member: false, receives })
        }
        None => None,
    })
}

/// Ends the brief by mail for whoever the link is of: for all behind a member's address, since it has one copy; for somebody
/// of the public, all that was known of them goes. Whether the link is somebody's.
pub async fn leave(backend: &Backend, token: &str) -> Result<bool, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    match who(&mut tx, token).await? {
        None => return Ok(false),
        Some(Who::Member { email, .. }) => {
            let all: Vec<MemberId> = locked(&mut tx, &email).await?;
            set(&mut tx, &all, false, now).await?;
            sqlx::query(
                "update brief_copy set state = 'failed', why = $2, ended_at = $3 where email = $1 and state = 'prepared'",
            )
            .bind(&email)
            .bind(SWITCHED_OFF)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        }
        Some(Who::Public { subscriber, .. }) => forget(&mut tx, subscriber, now).await?,
    }
    tx.commit().await?;
    marks::tell(backend).await?;
    Ok(true)
}

/// « Me réabonner »: a member has it by mail again; whoever is of the public asks anew. Whether that was a member's link.
pub async fn come_back(backend: &Backend, token: &str) -> Result<bool, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let Some(Who::Member { member, email }) = who(&mut tx, token).await? else { return Ok(false) };
    locked(&mut tx, &email).await?;
    set(&mut tx, &[member], true, now).await?;
    tx.commit().await?;
    marks::tell(backend).await?;
    Ok(true)
}

/// Whether somebody behind an address, who is a member that day, has the brief by mail.
pub(super) async fn is_wanted_at(conn: &mut PgConnection, email: &str, today: NaiveDate) -> Result<bool, Error> {
    let behind: Vec<Option<Json<Vec<Switch>>>> = sqlx::query_scalar(
        "select p.switches from member m left join preference p using (member_id)
         where m.email = $1 and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)",
    )
    .bind(email)
    .bind(today)
    .fetch_all(conn)
    .await?;
    let receives = |switches: Option<Json<Vec<Switch>>>| {
        let switches = switches.map(|Json(switches)| switches).unwrap_or_default();
        Preferences { switches, ..Preferences::default() }.brief_by_mail()
    };
    Ok(behind.into_iter().any(receives))
}

/// Everybody behind an address, kept from choosing something else at the same time.
async fn locked(conn: &mut PgConnection, email: &str) -> Result<Vec<MemberId>, Error> {
    Ok(sqlx::query_scalar("select member_id from member where email = $1 order by member_id for update")
        .bind(email)
        .fetch_all(conn)
        .await?)
}

/// The one switch, and nothing else of what they chose.
async fn set(conn: &mut PgConnection, members: &[MemberId], on: bool, now: Instant) -> Result<(), Error> {
    let mut touched = Vec::new();
    for member in members {
        if switch(conn, *member, Switch { topic: Topic::BriefMail, channel: Channel::Mail, on }).await? {
            touched.push(*member);
        }
    }
    Aftermath::of(touched).finish(conn, None, now).await
}

/// Somebody of the public is nobody from here on: of their copies the number stays.
async fn forget(conn: &mut PgConnection, subscriber: Uuid, now: Instant) -> Result<(), Error> {
    sqlx::query(
        "update brief_copy set email = brief_copy_id::text, state = case when state = 'prepared' then 'failed' else state end,
            why = case when state = 'prepared' then $2 else why end, ended_at = case when state = 'prepared' then $3 else ended_at end
         where brief_subscriber_id = $1",
    )
    .bind(subscriber)
    .bind(SWITCHED_OFF)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    sqlx::query("delete from brief_subscriber where brief_subscriber_id = $1").bind(subscriber).execute(conn).await?;
    Ok(())
}

/// « c…@exemple.fr »
fn hinted(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [7; 64];
    const LEA: MemberId = MemberId(Uuid::from_u128(1));

    #[test]
    fn a_link_is_always_the_same_and_good_for_one_alone() {
        let of = |email| token(&KEY, Of::Member { member: LEA, email });
        assert_eq!(of("lea@example.org"), of("lea@example.org"));
        assert_eq!(of("lea@example.org").len(), 44);
        assert_ne!(of("lea@example.org"), of("lea@other.example"));
        assert_ne!(token(&KEY, Of::Public(LEA.0)), of("lea@example.org"));
        assert_ne!(token(&[8; 64], Of::Public(LEA.0)), token(&KEY, Of::Public(LEA.0)));
    }

    #[test]
    fn an_address_is_hinted_at_so_that_its_owner_knows_it() {
        assert_eq!(hinted("camille@exemple.fr"), "c…@exemple.fr");
        assert_eq!(hinted("é@exemple.fr"), "é…@exemple.fr");
    }
}
