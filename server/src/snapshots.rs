//! Snapshots as the wire carries them: written once per version, packed once per encoding, sent to everybody.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Bytes;
use backend::auth::SignedIn;
use backend::error::Error;
use domain::brief::Briefs;
use domain::calendar::{Calendar, SCHEMA};
use domain::event::Events;
use domain::groups::Groups;
use domain::id::MemberId;
use domain::me::Me;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::encoding::{Effort, Encoding};
use crate::state::Server;

/// How many members' own snapshots are kept packed at most.
const OWN_CAP: usize = 600;

/// One version of a slice, in each encoding somebody asked for.
#[derive(Debug)]
pub struct Packed {
    json: Bytes,
    effort: Effort,
    variants: [OnceLock<Variant>; 3],
}

/// The bytes of one encoding, with the tag that names them.
#[derive(Debug, Clone)]
pub struct Variant {
    /// With its quotation marks.
    pub etag: String,
    pub bytes: Bytes,
}

impl Packed {
    fn new(slice: &impl Serialize, effort: Effort) -> Result<Packed, Error> {
        let json = serde_json::to_vec(slice).map_err(|_| Error::Unreadable("a snapshot cannot be written"))?;
        Ok(Packed { json: json.into(), effort, variants: Default::default() })
    }

    pub fn variant(&self, encoding: Encoding) -> &Variant {
        self.variants[encoding as usize].get_or_init(|| {
            let bytes = match encoding {
                Encoding::Plain => self.json.clone(),
                _ => encoding.pack(&self.json, self.effort).into(),
            };
            let mut hash = Sha256::new();
            hash.update(SCHEMA.to_be_bytes());
            hash.update(encoding.name().unwrap_or_default());
            hash.update(&bytes);
            Variant { etag: format!("\"{}\"", hex::encode(&hash.finalize()[..12])), bytes }
        })
    }
}

/// A slice's version, and the same packed.
type Version<T> = (Arc<T>, Arc<Packed>);
type Slot<T> = Mutex<Option<Version<T>>>;
type Own = HashMap<MemberId, Version<Me>>;

/// The slices' last versions, packed.
#[derive(Debug, Default)]
pub struct Slices {
    calendar: Slot<Calendar>,
    groups: Slot<Groups>,
    briefs: Slot<Briefs>,
    events: Slot<Events>,
    own: Mutex<Own>,
}

impl Slices {
    pub async fn calendar(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        packed(&self.calendar, server.shared.calendar(&server.backend, who).await?)
    }

    pub async fn groups(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        packed(&self.groups, server.shared.groups(&server.backend, who).await?)
    }

    pub async fn briefs(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        packed(&self.briefs, server.shared.briefs(&server.backend, who).await?)
    }

    pub async fn events(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        packed(&self.events, server.shared.events(&server.backend, who).await?)
    }

    pub async fn me(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        let me = server.shared.me(&server.backend, who).await?;
        if let Some((known, packed)) = self.own().get(&who.member)
            && Arc::ptr_eq(known, &me)
        {
            return Ok(packed.clone());
        }
        let packed = Arc::new(Packed::new(&*me, Effort::Once)?);
        let mut own = self.own();
        if own.len() >= OWN_CAP && !own.contains_key(&who.member) {
            own.clear();
        }
        own.insert(who.member, (me, packed.clone()));
        Ok(packed)
    }

    fn own(&self) -> std::sync::MutexGuard<'_, Own> {
        self.own.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The slice packed; again only if it is another version than the last one.
fn packed<T: Serialize>(slot: &Slot<T>, version: Arc<T>) -> Result<Arc<Packed>, Error> {
    let mut slot = slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((known, packed)) = &*slot
        && Arc::ptr_eq(known, &version)
    {
        return Ok(packed.clone());
    }
    let packed = Arc::new(Packed::new(&*version, Effort::Shared)?);
    *slot = Some((version, packed.clone()));
    Ok(packed)
}
