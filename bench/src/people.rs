//! The people who use the house during a bench: all members, signed in.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::house::House;
use crate::http::ENCODINGS;

/// Somebody of the cast whom the demo gives a coming shift.
pub const SOMEBODY: &str = "camille.morel@exemple.fr";

/// A member with a device that is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub email: String,
    /// As the browser sends it.
    pub cookie: String,
}

impl Person {
    /// What a browser says when a page is opened.
    pub fn opens(&self) -> Vec<(&str, &str)> {
        vec![
            ("Cookie", &self.cookie),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Encoding", ENCODINGS),
            ("Accept-Language", "fr"),
            ("User-Agent", "bench"),
        ]
    }

    /// What the app says when it asks for data or sends an act.
    pub fn asks(&self) -> Vec<(&str, &str)> {
        vec![
            ("Cookie", &self.cookie),
            ("Alpar-Member", &self.id),
            ("Accept", "*/*"),
            ("Accept-Encoding", ENCODINGS),
            ("Accept-Language", "fr"),
            ("User-Agent", "bench"),
        ]
    }
}

/// Everybody, each with a session in the database as signing in would leave it: signing in four hundred times
/// would meet the rate limit, as it should.
pub fn everybody(house: &House) -> Result<Vec<Person>> {
    let mut sql = house.sql()?;
    let mut people = Vec::new();
    for row in sql.rows("select member_id, email from member where left_on is null order by number")? {
        let [Some(id), Some(email)] = row.as_slice() else { bail!("a member without an address") };
        let token = format!("bench-{id}");
        let hash = hex::encode(Sha256::digest(token.as_bytes()));
        sql.run(&format!(
            "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
             values (gen_random_uuid(), '\\x{hash}', '{id}', '{email}', 'bench', '2026-11-24 07:00:00+00', '2026-11-24')"
        ))?;
        people.push(Person { id: id.clone(), email: email.clone(), cookie: format!("alpar_session={}", hex::encode(token)) });
    }
    Ok(people)
}

/// Signs in as a person does: the address, the mail, the code. Gives the session's cookie.
pub fn signed_in(house: &House, email: &str) -> Result<String> {
    let mut client = house.client()?;
    let form = "application/x-www-form-urlencoded";
    let from = [("X-Forwarded-For", "203.0.113.7")];
    let sent = client.post("/connexion", &from, form, &format!("email={}", email.replace('@', "%40")))?.expect(303)?;
    let step = sent.cookie("alpar_email").context("no cookie names the address")?;
    let code = code_in(&house.data.join("mail"))?;
    let headers = [from[0], ("Cookie", step.as_str())];
    let arrived = client.post("/connexion/code", &headers, form, &format!("code={code}"))?.expect(303)?;
    arrived.cookie("alpar_session").context("the code was not accepted")
}

/// The six digits of the only mail.
fn code_in(folder: &Path) -> Result<String> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(15) {
        let mails = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mail = mails.filter(|path| path.extension().is_some_and(|extension| extension == "eml")).find_map(|path| {
            let text = fs::read_to_string(path).ok()?;
            let subject = text.lines().find_map(|line| line.strip_prefix("Subject: "))?.to_owned();
            let digits: String = subject.chars().filter(char::is_ascii_digit).take(6).collect();
            (digits.len() == 6).then_some(digits)
        });
        if let Some(code) = mail {
            return Ok(code);
        }
        sleep(Duration::from_millis(50));
    }
    bail!("no mail came to {}", folder.display())
}

/// Ids as devices make them: a UUIDv7 of the co-op's time, different each time.
pub fn fresh_id(house: &House) -> String {
    static MADE: AtomicU64 = AtomicU64::new(1);
    let (ms, made) = (house.now_ms(), MADE.fetch_add(1, Ordering::Relaxed));
    // The last digits vary most: change marks are sharded by them.
    format!("{:08x}-{:04x}-7000-8000-{made:012x}", ms >> 16, ms & 0xffff)
}
