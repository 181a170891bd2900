//! Sixty members and eighteen visitors who come this evening to three suppers; half of the members have a device, and some have a
//! mail server or a push service with its moods.

use std::collections::HashMap;
use std::net::SocketAddr;

use backend::event::{self, Registered, Registration};
use backend::notify::devices::subscribe;
use domain::event::{Answer, ForWhom};
use domain::id::{EventId, MemberId};
use sha2::{Digest, Sha256};

use crate::coop::Coop;
use crate::mail_end::Mood;
use crate::push_end::{Answers, Device, PushEnd};
use crate::received::queued_to;

pub const MEMBERS: usize = 60;
/// Of each supper.
const VISITORS: usize = 6;
const WITH_DEVICE: usize = 30;
/// Whose push service takes nothing; whose takes nothing at first.
pub const REFUSES_PUSHES: usize = 2;
const LATE_PUSHES: usize = 3;
/// Whose address nobody has; whose mail server refuses every mail.
pub const UNKNOWN: usize = 40;
pub const REFUSES_MAILS: usize = 41;

pub struct Crowd {
    /// Their numbers are their places in the list.
    pub members: Vec<MemberId>,
    pub theo: MemberId,
    /// Nothing becomes of it.
    pub stays: EventId,
    /// It moves by an hour.
    pub moves: EventId,
    /// It is soon, suddenly, and then does not take place.
    pub off: EventId,
}

pub fn address(n: usize) -> String {
    format!("{n}@example.org")
}

fn visitor(supper: &str, n: usize) -> String {
    format!("{supper}-{n}@example.net")
}

pub fn moods() -> HashMap<String, Mood> {
    let moods = [
        (address(UNKNOWN), Mood::Unknown),
        (address(REFUSES_MAILS), Mood::Refuses),
        (address(42), Mood::Greylists(2)),
        (address(43), Mood::ClosesHalfWay(2)),
        (address(44), Mood::HangsUp(1)),
        (address(45), Mood::Silent(1)),
        (address(46), Mood::Slow),
        (visitor("galette", 0), Mood::Greylists(1)),
        (visitor("galette", 1), Mood::ClosesHalfWay(1)),
        (visitor("raclette", 0), Mood::HangsUp(1)),
    ];
    moods.into_iter().collect()
}

pub fn devices() -> HashMap<usize, Device> {
    let answers = |n| match n {
        REFUSES_PUSHES => Answers::Always(413),
        LATE_PUSHES => Answers::First(2, 500),
        _ => Answers::Taken,
    };
    (0..WITH_DEVICE).map(|n| (n, Device::new(answers(n)))).collect()
}

impl Crowd {
    /// Everybody comes to all three suppers; visitors to one each.
    pub async fn of(coop: &Coop, at: SocketAddr, end: &PushEnd) -> Crowd {
        let members = coop.members(MEMBERS).await;
        let theo = coop.organiser().await;
        let mut suppers = Vec::new();
        for title in ["Galette", "Raclette", "Fondue"] {
            let mut terms = coop.supper(title, 0, "");
            terms.details.for_whom = ForWhom::Public;
            let event = coop.announces(theo, &terms).await;
            for member in &members {
                coop.answers(*member, event, Answer::Yes, 0).await;
            }
            suppers.push(event);
            for n in 0..VISITORS {
                comes(coop, event, &visitor(&title.to_lowercase(), n)).await;
            }
        }
        for (n, member) in members.iter().enumerate().take(WITH_DEVICE) {
            shows_pushes(coop, *member, n, at, end).await;
        }
        Crowd { members, theo, stays: suppers[0], moves: suppers[1], off: suppers[2] }
    }

    /// Nothing of somebody who does not come.
    pub fn number(&self, member: MemberId) -> Option<usize> {
        self.members.iter().position(|known| *known == member)
    }
}

/// A visitor asks, and says yes from the mail, which is still to be sent.
async fn comes(coop: &Coop, event: EventId, email: &str) {
    let wanted = Registration { name: "Une voisine", email, guests: 0, children: 0 };
    let asked = event::register(&coop.backend, event, wanted, "http://alpar.test").await.unwrap();
    assert_eq!(asked, Registered::Sent);
    let mails = queued_to(coop, email).await;
    let (_, rest) = mails[0].split_once("/sortie/inscription/").expect("a link");
    let token = rest.split_whitespace().next().expect("a secret");
    event::say_yes(&coop.backend, token).await.unwrap().expect("a link that leads there").expect("a seat");
}

async fn shows_pushes(coop: &Coop, member: MemberId, n: usize, at: SocketAddr, end: &PushEnd) {
    let token = coop.id().simple().to_string();
    sqlx::query(
        "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
         values ($1, $2, $3, 'x@example.org', 'test', $4, '2026-12-11')",
    )
    .bind(coop.id())
    .bind(Sha256::digest(token.as_bytes()).to_vec())
    .bind(member)
    .bind(coop.now())
    .execute(&coop.backend.pool)
    .await
    .unwrap();
    let who = backend::auth::session(&coop.backend, &token).await.unwrap();
    let device = end.device(n);
    subscribe(&coop.backend, &who, &format!("http://{at}/device/{n}"), &device.p256dh(), &device.auth()).await.unwrap();
}
