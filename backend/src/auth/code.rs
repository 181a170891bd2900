//! Six digits by mail: ten minutes, five tries, the same answer whether the address is known.

use std::net::IpAddr;

use chrono::Duration;
use domain::time::Instant;
use rand::Rng;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::people::{new_ticket, people_of};
use super::session::open;
use super::{CODE_MIN, CODE_TRIES, address, hash};
use crate::Backend;
use crate::error::Error;
use crate::jobs::{Mail, enqueue_mail};
use crate::notify;

/// At most so many requests for one address in so many minutes.
const PER_ADDRESS: (i64, i64) = (5, 15);
/// At most so many requests from one network address in so many minutes: a shop is one.
const PER_IP: (i64, i64) = (20, 10);

/// What asking for a code came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRequest {
    /// Sent, if the address is a member's; nobody learns whether it is.
    Sent,
    NotAnAddress,
    /// Seconds to wait.
    TooMany {
        wait_s: i64,
    },
}

/// Sends a code to `email` if it is a member's address. `ip` is what the limit counts.
pub async fn request_code(backend: &Backend, email: &str, ip: IpAddr) -> Result<CodeRequest, Error> {
    let Some(email) = address(email) else { return Ok(CodeRequest::NotAnAddress) };
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    if let Some(wait_s) = note_request(&mut tx, &email, ip, now).await? {
        return Ok(CodeRequest::TooMany { wait_s });
    }
    // An unknown address gets a code too, which nobody is sent: typing one then answers the same.
    let (id, code) = (backend.ids.uuid(), format!("{:06}", rand::rng().random_range(0..1_000_000u32)));
    sqlx::query(
        "insert into sign_in_code (sign_in_code_id, email, code_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(&email)
    .bind(code_hash(id, &code))
    .bind(now)
    .bind(now + Duration::minutes(CODE_MIN))
    .execute(&mut *tx)
    .await?;
    if !people_of(&mut tx, &email, now).await?.is_empty() {
        enqueue_mail(&mut tx, &code_mail(&email, &code)).await?;
    }
    tx.commit().await?;
    Ok(CodeRequest::Sent)
}

/// Notes that a code was asked for, unless there were too many requests lately: then gives the
/// seconds to wait.
async fn note_request(conn: &mut PgConnection, email: &str, ip: IpAddr, now: Instant) -> Result<Option<i64>, Error> {
    let (email, ip) = (hash(email), ip.to_string());
    // Requests at the same time count one another; always in this order, so that none waits in a circle.
    for key in [hex::encode(&email), ip.clone()] {
        sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 1))").bind(key).execute(&mut *conn).await?;
    }
    let (by_address, by_ip): (Option<Instant>, Option<Instant>) = sqlx::query_as(
        "select
            (select at from sign_in_request where email_hash = $1 order by at desc offset $2 limit 1),
            (select at from sign_in_request where ip = $3 order by at desc offset $4 limit 1)",
    )
    .bind(&email)
    .bind(PER_ADDRESS.0 - 1)
    .bind(&ip)
    .bind(PER_IP.0 - 1)
    .fetch_one(&mut *conn)
    .await?;
    // The last request that still counts stops counting when its window is over.
    let free = |at: Option<Instant>, minutes: i64| at.map(|at| (at + Duration::minutes(minutes) - now).num_seconds());
    let wait_s = free(by_address, PER_ADDRESS.1).max(free(by_ip, PER_IP.1));
    if let Some(wait_s) = wait_s.filter(|wait_s| *wait_s > 0) {
        return Ok(Some(wait_s));
    }
    sqlx::query("insert into sign_in_request (email_hash, ip, at) values ($1, $2, $3)")
        .bind(&email)
        .bind(&ip)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(None)
}

fn code_hash(id: Uuid, code: &str) -> Vec<u8> {
    let mut salted = Sha256::new();
    salted.update(id.as_bytes());
    salted.update(code.as_bytes());
    salted.finalize().to_vec()
}

fn code_mail(to: &str, code: &str) -> Mail {
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    Mail {
        to: to.to_owned(),
        subject: format!("{spaced} : ton code Alpar"),
        text: format!(
            "Bonjour,\n\nTon code pour entrer dans l’application Alpar : {code}\n\nIl vaut {CODE_MIN} minutes. \
             Tape-le dans l’application, ne le donne à personne.\n\nSi tu n’as rien demandé, oublie ce message : \
             sans le code, personne n’entre.\n\nL’épicerie Alpar\n"
        ),
        html: None,
    }
}

/// What typing a code came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    SignedIn {
        token: String,
    },
    /// Several people stand behind the address: « Qui es-tu ? »
    Choose {
        ticket: String,
    },
    Wrong {
        left: i16,
    },
    Expired,
    TooManyTries,
}

#[derive(sqlx::FromRow)]
struct Code {
    sign_in_code_id: Uuid,
    code_hash: Vec<u8>,
    expires_at: Instant,
    tries: i16,
}

/// Checks the last code that went to `email`. A right one is used up; a wrong one costs a try.
pub async fn verify_code(backend: &Backend, email: &str, typed: &str, device: &str) -> Result<Verified, Error> {
    let Some(email) = address(email) else { return Ok(Verified::Expired) };
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let code: Option<Code> = sqlx::query_as(
        "select sign_in_code_id, code_hash, expires_at, tries from sign_in_code
         where email = $1 and used_at is null order by created_at desc limit 1 for update",
    )
    .bind(&email)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(code) = code else { return Ok(Verified::Expired) };
    if code.tries >= CODE_TRIES {
        return Ok(Verified::TooManyTries);
    }
    if now > code.expires_at {
        return Ok(Verified::Expired);
    }
    let right: bool = code_hash(code.sign_in_code_id, &typed).ct_eq(&code.code_hash).into();
    let people = people_of(&mut tx, &email, now).await?;
    if !right || people.is_empty() {
        sqlx::query("update sign_in_code set tries = tries + 1 where sign_in_code_id = $1")
            .bind(code.sign_in_code_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        let left = CODE_TRIES - code.tries - 1;
        return Ok(if left == 0 { Verified::TooManyTries } else { Verified::Wrong { left } });
    }
    sqlx::query("update sign_in_code set used_at = $2 where email = $1 and used_at is null")
        .bind(&email)
        .bind(now)
        .execute(&mut *tx)
        .await?;
    notify::arrives(&mut tx, &email, now).await?;
    let verified = match people.as_slice() {
        [(only, _)] => Verified::SignedIn { token: open(backend, &mut tx, *only, &email, device).await? },
        _ => Verified::Choose { ticket: new_ticket(&mut tx, &email, now).await? },
    };
    tx.commit().await?;
    Ok(verified)
}
