//! The groups on the device, and with them the committee, the coordination and the register of decisions. They are kept as they
//! come, and read when a page first wants them: no other start pays for it. What reads them is a module of its own.

use std::sync::Arc;

use domain::groups::Groups;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;

use super::db;
use super::store::Store;
use super::wire::{self, Fetched};
use crate::chapters::NotCome;

/// The slice's name, under which they are kept.
pub const GROUPS: &str = "groups";
const ETAG: &str = "groups-etag";

#[derive(Clone, Copy)]
pub struct Kept {
    /// As the server said them; pages see them with what is on its way laid over.
    pub(super) snapshot: RwSignal<Option<Arc<Groups>>>,
    /// A page has wanted them.
    wanted: RwSignal<bool>,
    /// What the device keeps of them was read, as far as it could be.
    read: RwSignal<bool>,
    /// What reads them did not come.
    missed: RwSignal<bool>,
}

impl Kept {
    pub fn new() -> Kept {
        let new = || RwSignal::new(false);
        Kept { snapshot: RwSignal::new(None), wanted: new(), read: new(), missed: new() }
    }

    /// The device has not said yet what it keeps of them. Where what reads them did not come, a page goes on without.
    pub fn is_awaited(self) -> bool {
        !self.read.get() && !self.missed.get()
    }

    /// All that the device keeps of them is here.
    pub fn is_read(self) -> bool {
        self.read.get()
    }

    /// Whoever wants them next asks for what reads them again. What is shown already stays.
    fn not_come(self) {
        if !self.is_there() {
            self.read.set(false);
            self.missed.set(true);
            self.wanted.set(false);
        }
    }

    fn is_there(self) -> bool {
        self.snapshot.with_untracked(Option::is_some)
    }
}

impl Default for Kept {
    fn default() -> Self {
        Kept::new()
    }
}

/// Nothing where another build wrote them.
#[wasm_split(groups, fallible, wasm_split_path = ::leptos::wasm_split)]
fn read(text: String) -> Result<Option<Arc<Groups>>, NotCome> {
    Ok(match domain::json::parse::<Groups>(&text) {
        Ok(groups) => Some(Arc::new(groups)),
        Err(error) => {
            leptos::logging::error!("unreadable groups: {error}");
            None
        }
    })
}

impl Store {
    /// A page wants them: they are read from the device once its member is known. Follows that.
    pub fn want_groups(self) {
        if self.member.with(Option::is_none) || self.groups.wanted.get_untracked() {
            return;
        }
        self.groups.wanted.set(true);
        self.groups.missed.set(false);
        spawn_local(self.read_groups());
    }

    async fn read_groups(self) {
        let Some(member) = self.member.get_untracked() else { return };
        let known = match db::text(&db::snapshots_of(&member), GROUPS).await {
            Some(text) => read(text).await,
            None => Ok(None),
        };
        match known {
            Ok(known) => {
                // What the network has brought meanwhile is newer.
                if known.is_some() && !self.groups.is_there() {
                    self.groups.snapshot.set(known);
                }
                // There are none yet. Where everything is still being asked for, they are, too.
                if !self.groups.is_there() && self.settled.get_untracked() {
                    self.refresh_groups(&member).await;
                }
            }
            Err(NotCome) => self.groups.not_come(),
        }
        // Nor may it have come for what the network brought.
        if self.groups.wanted.get_untracked() {
            self.groups.read.set(true);
        }
    }

    /// Shows what came, where a page wants it; false where it cannot be read.
    pub(super) async fn take_groups(self, text: &str) -> bool {
        if !self.groups.wanted.get_untracked() {
            return true;
        }
        match read(text.to_owned()).await {
            Ok(Some(groups)) => self.groups.snapshot.set(Some(groups)),
            Ok(None) => return false,
            // It is kept all the same, for when that which reads it comes.
            Err(NotCome) => self.groups.not_come(),
        }
        true
    }

    /// Brings them up to date; false when the server was not reached.
    pub(super) async fn refresh_groups(self, member: &str) -> bool {
        let kept = db::snapshots_of(member);
        // What nobody has read yet is there by its etag; what cannot be read comes whole.
        let has = !self.groups.wanted.get_untracked() || self.groups.is_there();
        let known = if has { db::get::<String>(&kept, ETAG).await } else { None };
        match wire::snapshot(GROUPS, member, known.as_deref()).await {
            Ok(Fetched::Unchanged) => {}
            Ok(Fetched::New { .. }) if self.member.with_untracked(Option::is_none) => return false,
            Ok(Fetched::New { text, etag }) => {
                let wanted = self.groups.wanted.get_untracked();
                if !self.take_groups(&text).await {
                    return true;
                }
                self.keep(&kept, GROUPS, &text, ETAG, &etag).await;
                // A page may have wanted them while they were being kept.
                if !wanted {
                    self.take_groups(&text).await;
                }
            }
            Err(trouble) => {
                self.met(trouble).await;
                return false;
            }
        }
        self.reached();
        true
    }
}
