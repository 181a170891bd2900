//! Carries what people are told out of the app: by mail, and to their devices.

use std::collections::{BTreeMap, BTreeSet};

use backend::brief::mail::{BriefCopy, CarryingCopy, Postman};
use backend::notify::devices::Device;
use backend::notify::{self, Batch, Came, Carrying, Courier as Carries, Handed, Waiting, devices};
use backend::{Backend, agenda};
use domain::id::ShiftId;
use domain::notify::{Channel, Topic, entry, kind};
use futures::future::join_all;
use uuid::Uuid;

use crate::agenda::ical::{Method, calendar};
use crate::brief_letter::BriefLetters;
use crate::letters::Letters;
use crate::mail::{Letter, Mailer};
use crate::push::{Answer, Pusher};

/// More than so many at once are told in one push.
const APART: usize = 2;
/// More than so many acts at once are told in one mail, which leads to the app alone.
const ACTS_APART: usize = 3;

#[derive(Debug, Clone)]
pub struct Courier {
    pub backend: Backend,
    pub mailer: Mailer,
    pub pusher: Pusher,
    pub letters: Letters,
    pub briefs: BriefLetters,
    /// Copies of the brief in a second, by all processes together.
    pub brief_pace: u32,
}

impl Carries for Courier {
    fn carry(&self, batch: Batch) -> Carrying<'_> {
        Box::pin(async move {
            match batch.channel {
                Channel::Mail => join_all(apart(batch).into_iter().map(|part| self.by_mail(part))).await,
                Channel::Push => self.by_push(batch).await,
            }
        })
    }
}

impl Postman for Courier {
    fn carry(&self, copy: BriefCopy) -> CarryingCopy<'_> {
        Box::pin(async move { self.send(&copy.email, &self.briefs.copy(&copy)).await })
    }

    fn pace(&self) -> u32 {
        self.brief_pace
    }
}

impl Courier {
    async fn by_mail(&self, batch: Batch) -> Handed {
        let dates = match self.dates(&batch).await {
            Ok(dates) => dates,
            Err(error) => {
                let came = Came::Again { after: None, why: error.to_string() };
                return Handed { waiting: batch.waiting, came, reached: Vec::new() };
            }
        };
        let letter = self.letters.mail(&batch, dates);
        let came = self.send(&batch.email, &letter).await;
        Handed { waiting: batch.waiting, came, reached: Vec::new() }
    }

    /// Hands a mail over; an address that comes back is noted.
    async fn send(&self, email: &str, letter: &Letter) -> Came {
        match self.mailer.send(letter).await {
            Ok(()) => Came::Sent,
            Err(error) if error.is_for_good() => {
                if error.is_bounce() {
                    self.bounced(email, &error.reason()).await;
                }
                Came::Failed { why: error.reason() }
            }
            Err(error) => Came::Again { after: None, why: error.reason() },
        }
    }

    /// The shifts that what is told moves, as they are by now for its reader.
    async fn dates(&self, batch: &Batch) -> Result<Option<String>, backend::error::Error> {
        let moved = batch.waiting.iter().filter(|waiting| entry(kind(&waiting.notice)).topic == Topic::MyShifts);
        let shifts: Vec<ShiftId> = moved.flat_map(|waiting| waiting.notice.shifts()).collect();
        if shifts.is_empty() {
            return Ok(None);
        }
        let events = agenda::events(&self.backend, batch.member, Some(&shifts)).await?;
        let method = if events.iter().any(|event| event.stands) { Method::Publish } else { Method::Cancel };
        Ok((!events.is_empty()).then(|| calendar(&events, method, &self.letters.origin)))
    }

    async fn bounced(&self, email: &str, why: &str) {
        if let Err(error) = notify::bounced(&self.backend, email, why).await {
            tracing::warn!(%error, "an address that came back is not noted");
        }
    }

    async fn by_push(&self, mut batch: Batch) -> Vec<Handed> {
        let parts = parts(std::mem::take(&mut batch.waiting));
        join_all(parts.into_iter().map(|part| self.push(&batch, part))).await
    }

    /// Sent when one device has it; tried again for those that could not be reached.
    async fn push(&self, batch: &Batch, waiting: Vec<Waiting>) -> Handed {
        let (message, topic) = self.letters.push(batch, &waiting);
        let urgent = waiting.iter().any(|waiting| entry(kind(&waiting.notice)).urgent);
        let has_it = |device: Uuid| waiting.iter().all(|waiting| waiting.reached.contains(&device));
        let (mut reached, mut later, mut refused) = (Vec::new(), None, None);
        let (have_it, others): (Vec<&Device>, Vec<&Device>) = batch.devices.iter().partition(|device| has_it(device.id));
        // At once: one that does not answer holds nobody up.
        let mut sending = Vec::new();
        for device in &others {
            sending.push(self.pusher.send(device, message.as_bytes(), &topic, urgent));
        }
        let answers = join_all(sending).await;
        for (device, answer) in others.into_iter().zip(answers) {
            match answer {
                Answer::Taken => reached.push(device.id),
                Answer::Gone => {
                    if let Err(error) = devices::forget(&self.backend, device.id).await {
                        tracing::warn!(%error, "a device that is gone stays");
                    }
                    refused.get_or_insert_with(|| "the device is gone".to_owned());
                }
                Answer::Refused(why) => drop(refused.get_or_insert(why)),
                Answer::Later { after, why } => {
                    let after = after.and_then(|after| chrono::Duration::from_std(after).ok());
                    later = Some((after, why));
                }
            }
        }
        let came = match (later, refused) {
            (Some((after, why)), _) => Came::Again { after, why },
            (None, _) if have_it.len() + reached.len() > 0 => Came::Sent,
            (None, Some(why)) => Came::Failed { why },
            (None, None) => Came::Failed { why: "no device is left".to_owned() },
        };
        Handed { waiting, came, reached }
    }
}

/// One act per mail, each with its link; what only tells is gathered.
fn apart(mut batch: Batch) -> Vec<Batch> {
    let (asking, telling): (Vec<Waiting>, Vec<Waiting>) =
        std::mem::take(&mut batch.waiting).into_iter().partition(|waiting| waiting.link.is_some());
    let of = |waiting: Vec<Waiting>| Batch { waiting, ..batch.clone() };
    if asking.len() > ACTS_APART {
        let mut all: Vec<Waiting> = asking.into_iter().map(|asking| Waiting { link: None, ..asking }).chain(telling).collect();
        all.sort_by_key(|waiting| (waiting.at, waiting.id));
        return vec![of(all)];
    }
    let gathered = (!telling.is_empty()).then_some(telling);
    asking.into_iter().map(|asking| vec![asking]).chain(gathered).map(of).collect()
}

/// What is told in one push: what some device has already goes apart from what none has, so that
/// nobody is shown it again.
fn parts(waiting: Vec<Waiting>) -> Vec<Vec<Waiting>> {
    let mut alike: BTreeMap<BTreeSet<Uuid>, Vec<Waiting>> = BTreeMap::new();
    for one in waiting {
        alike.entry(one.reached.iter().copied().collect()).or_default().push(one);
    }
    let apart = |part: Vec<Waiting>| {
        if part.len() > APART { vec![part] } else { part.into_iter().map(|one| vec![one]).collect::<Vec<_>>() }
    };
    alike.into_values().flat_map(apart).collect()
}
