//! The links of mails: only this co-op can make one, and a mail that is sent again carries the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::MemberId;
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;
use sqlx::PgConnection;

use crate::error::Error;

/// As long as a block of the hash.
pub type Key = [u8; 64];

/// How much of the code stands in the link. Bytes.
const CODE: usize = 16;

/// For which mail, to whom: an address that has changed since ends its links.
#[derive(Debug, Clone, Copy)]
pub struct Addressed<'a> {
    pub delivery: i64,
    pub member: MemberId,
    pub email: &'a str,
}

/// The key that is kept, if a mail with a link was ever made.
pub async fn kept(conn: &mut PgConnection) -> Result<Option<Key>, Error> {
    Ok(sqlx::query_scalar("select key from mail_act_key").fetch_optional(conn).await?)
}

/// The key that is kept; the first process of all makes it.
pub async fn key(conn: &mut PgConnection) -> Result<Key, Error> {
    if let Some(key) = kept(&mut *conn).await? {
        return Ok(key);
    }
    let mut fresh: Key = [0; 64];
    rand::rng().fill_bytes(&mut fresh);
    sqlx::query("insert into mail_act_key (key) values ($1) on conflict do nothing")
        .bind(fresh.as_slice())
        .execute(&mut *conn)
        .await?;
    kept(conn).await?.ok_or(Error::NotFound)
}

/// What stands in the link: the delivery's number and the code that nobody else can make.
pub fn token(key: &Key, to: Addressed<'_>) -> String {
    let mut bytes = to.delivery.to_be_bytes().to_vec();
    bytes.extend_from_slice(&code(key, to).finalize().into_bytes()[..CODE]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token as it was typed, opened, sent on: its delivery, and the code to check.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub delivery: i64,
    code: [u8; CODE],
}

impl Shown {
    pub fn read(token: &str) -> Option<Shown> {
        let bytes: [u8; 8 + CODE] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let (delivery, code) = bytes.split_at(8);
        Some(Shown { delivery: i64::from_be_bytes(delivery.try_into().ok()?), code: code.try_into().ok()? })
    }

    /// In constant time.
    pub fn is_genuine(&self, key: &Key, member: MemberId, email: &str) -> bool {
        let to = Addressed { delivery: self.delivery, member, email };
        code(key, to).verify_truncated_left(&self.code).is_ok()
    }
}

fn code(key: &Key, to: Addressed<'_>) -> Hmac<Sha256> {
    let mut code = <Hmac<Sha256> as Mac>::new(&(*key).into());
    code.update(b"alpar mail act\0");
    code.update(&to.delivery.to_be_bytes());
    code.update(to.member.0.as_bytes());
    code.update(to.email.as_bytes());
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const KEY: Key = [7; 64];
    const LEA: MemberId = MemberId(Uuid::from_u128(1));
    const TO: Addressed<'static> = Addressed { delivery: 7, member: LEA, email: "lea@example.org" };

    #[test]
    fn the_same_mail_has_the_same_link_which_fits_on_a_line() {
        let token = token(&KEY, TO);
        assert_eq!(token, super::token(&KEY, TO));
        assert_eq!(token.len(), 32);
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }

    #[test]
    fn a_link_is_good_for_its_mail_its_reader_and_their_address_only() {
        let shown = Shown::read(&token(&KEY, TO)).unwrap();
        assert!(shown.delivery == 7 && shown.is_genuine(&KEY, LEA, TO.email));
        assert!(!shown.is_genuine(&[8; 64], LEA, TO.email));
        assert!(!shown.is_genuine(&KEY, MemberId(Uuid::from_u128(2)), TO.email));
        assert!(!shown.is_genuine(&KEY, LEA, "other@example.org"));
        let next = Shown::read(&token(&KEY, Addressed { delivery: 8, ..TO })).unwrap();
        assert!(!Shown { delivery: 7, ..next }.is_genuine(&KEY, LEA, TO.email));
    }

    #[test]
    fn what_is_no_link_is_not_read() {
        let token = token(&KEY, TO);
        for wrong in ["", "abc", "{secret}", &token[1..], &format!("{token}AA"), &format!("{token}="), "é".repeat(16).as_str()] {
            assert!(Shown::read(wrong).is_none(), "{wrong}");
        }
    }
}
