//! Snapshots as the wire carries them: packed once per version and encoding, sent to everybody. What is not packed is written for
//! whoever asks: of a version only its values are kept, and what is compressed.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Bytes;
use backend::auth::SignedIn;
use backend::error::Error;
use domain::brief::Briefs;
use domain::calendar::{Calendar, SCHEMA};
use domain::catalogue::{Catalogue, ShelfOf, Stories};
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
const UNWRITTEN: &str = "a snapshot cannot be written";

/// What is sent as JSON.
trait Sent: Debug + Send + Sync {
    fn json(&self) -> Option<Vec<u8>>;
}

impl<T: Serialize + Debug + Send + Sync> Sent for T {
    fn json(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }
}

/// One version of a slice, in each encoding somebody asked for.
#[derive(Debug)]
pub struct Packed {
    version: Arc<dyn Sent>,
    effort: Effort,
    /// None where it cannot be written.
    variants: [OnceLock<Option<Variant>>; 3],
}

/// One encoding.
#[derive(Debug)]
pub struct Variant {
    /// It names the bytes; with its quotation marks.
    pub etag: String,
    /// Of what is compressed.
    bytes: Option<Bytes>,
}

impl Packed {
    fn new(version: Arc<dyn Sent>, effort: Effort) -> Packed {
        Packed { version, effort, variants: Default::default() }
    }

    pub fn variant(&self, encoding: Encoding) -> Result<&Variant, Error> {
        let variant = self.variants[encoding as usize].get_or_init(|| self.make(encoding));
        variant.as_ref().ok_or(Error::Unreadable(UNWRITTEN))
    }

    /// What an encoding sends.
    pub fn bytes(&self, encoding: Encoding) -> Result<Bytes, Error> {
        match &self.variant(encoding)?.bytes {
            Some(bytes) => Ok(bytes.clone()),
            None => self.version.json().map(Bytes::from).ok_or(Error::Unreadable(UNWRITTEN)),
        }
    }

    fn make(&self, encoding: Encoding) -> Option<Variant> {
        let json = self.version.json()?;
        let mut hash = Sha256::new();
        hash.update(SCHEMA.to_be_bytes());
        hash.update(encoding.name().unwrap_or_default());
        let bytes = (encoding != Encoding::Plain).then(|| encoding.pack(&json, self.effort));
        hash.update(bytes.as_ref().unwrap_or(&json));
        let bytes = bytes.map(|bytes| Bytes::from(bytes.into_boxed_slice()));
        Some(Variant { etag: format!("\"{}\"", hex::encode(&hash.finalize()[..12])), bytes })
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
    /// Its index.
    catalogue: Slot<Catalogue>,
    /// The last version of each shelf that somebody asked for, with what it is called.
    shelves: Mutex<HashMap<ShelfOf, (String, Arc<Packed>)>>,
    /// What suppliers tell of themselves.
    stories: Slot<Stories>,
    own: Mutex<Own>,
}

impl Slices {
    pub async fn calendar(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        Ok(packed(&self.calendar, server.shared.calendar(&server.backend, who).await?))
    }

    pub async fn groups(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        Ok(packed(&self.groups, server.shared.groups(&server.backend, who).await?))
    }

    pub async fn briefs(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        Ok(packed(&self.briefs, server.shared.briefs(&server.backend, who).await?))
    }

    pub async fn events(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        Ok(packed(&self.events, server.shared.events(&server.backend, who).await?))
    }

    pub async fn catalogue(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        Ok(packed(&self.catalogue, server.shared.catalogue(&server.backend, who).await?.index.clone()))
    }

    /// A shelf of the catalogue, as it is now: one that was otherwise has another hash.
    pub async fn shelf(&self, server: &Server, who: &SignedIn, of: ShelfOf, hash: &str) -> Result<Arc<Packed>, Error> {
        let shelves = server.shared.catalogue(&server.backend, who).await?;
        let shelf = shelves.shelf(of, hash).ok_or(Error::NotFound)?;
        let mut kept = self.shelves.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((known, packed)) = kept.get(&of)
            && known == hash
        {
            return Ok(packed.clone());
        }
        // What no index names any more goes.
        kept.retain(|of, (hash, _)| shelves.shelf(*of, hash).is_some());
        let packed = Arc::new(Packed::new(shelf.clone(), Effort::Shared));
        kept.insert(of, (hash.to_owned(), packed.clone()));
        Ok(packed)
    }

    /// What suppliers tell of themselves, under its hash, as it is now.
    pub async fn stories(&self, server: &Server, who: &SignedIn, hash: &str) -> Result<Arc<Packed>, Error> {
        let shelves = server.shared.catalogue(&server.backend, who).await?;
        Ok(packed(&self.stories, shelves.stories(hash).ok_or(Error::NotFound)?.clone()))
    }

    pub async fn me(&self, server: &Server, who: &SignedIn) -> Result<Arc<Packed>, Error> {
        let me = server.shared.me(&server.backend, who).await?;
        if let Some((known, packed)) = self.own().get(&who.member)
            && Arc::ptr_eq(known, &me)
        {
            return Ok(packed.clone());
        }
        let packed = Arc::new(Packed::new(me.clone(), Effort::Once));
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
fn packed<T: Sent + 'static>(slot: &Slot<T>, version: Arc<T>) -> Arc<Packed> {
    let mut slot = slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((known, packed)) = &*slot
        && Arc::ptr_eq(known, &version)
    {
        return packed.clone();
    }
    let packed = Arc::new(Packed::new(version.clone(), Effort::Shared));
    *slot = Some((version, packed.clone()));
    packed
}
