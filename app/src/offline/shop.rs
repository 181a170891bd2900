//! The catalogue on the device: an index of shelves, each fetched by the hash of what it holds. It is kept as it comes, and read
//! when a page first wants it: no other start pays for 6,000 products. Where there is one already, a newer index takes its place
//! once its shelves are there: a network that ends in between takes nothing away. What reads it is in the chapter of the shop.

mod stories;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use domain::catalogue::{Catalogue, Index, Indexing, PartOf, Range, Shelf, ShelfOf, Stories};
use domain::view::Seen;
use domain::view::catalogue::Shop;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;

use super::shown::Shown;
use super::store::Store;
use super::wire::{self, Fetched};
use super::{clock, db, tabs};
use crate::chapters::NotCome;

/// The slice's name, under which its index is kept.
pub const INDEX: &str = "catalogue";
/// Under which it is kept that every shelf of an index is there: its etag.
const WHOLE: &str = "shelves";
/// Before the range and the piece under which a shelf is kept; its hash is kept under the same and `-etag`.
const SHELF: &str = "shelf-";
/// Under which what suppliers tell of themselves is kept, like a shelf.
const STORIES: &str = "shelf-stories";
/// So many products are met for the index of the search before whoever taps is heard.
const SLICE: usize = 150;

#[derive(Clone, Copy)]
pub struct Kept {
    /// As the server said it; pages see it with what is on its way laid over.
    pub(super) catalogue: RwSignal<Option<Arc<Catalogue>>>,
    shelves: RwSignal<BTreeMap<ShelfOf, Arc<Shelf>>>,
    stories: RwSignal<Option<Arc<Stories>>>,
    /// By which hash each of them came, as far as that is known.
    hashes: RwSignal<BTreeMap<ShelfOf, String>>,
    /// A page has wanted it.
    wanted: RwSignal<bool>,
    /// What the device keeps of it was read.
    read: RwSignal<bool>,
    /// And the server was asked for what is otherwise, whatever it said.
    pub settled: RwSignal<bool>,
    /// What is searched in, once it is made.
    pub index: RwSignal<Option<Arc<Index>>>,
    /// Grows with each change; and for which of them the index is made.
    change: RwSignal<u32>,
    indexed: RwSignal<Option<u32>>,
}

impl Kept {
    pub fn new() -> Kept {
        Kept {
            catalogue: RwSignal::new(None),
            shelves: RwSignal::new(BTreeMap::new()),
            stories: RwSignal::new(None),
            hashes: RwSignal::new(BTreeMap::new()),
            wanted: RwSignal::new(false),
            read: RwSignal::new(false),
            settled: RwSignal::new(false),
            index: RwSignal::new(None),
            change: RwSignal::new(0),
            indexed: RwSignal::new(None),
        }
    }

    /// Whether a slice, or a key of the device, is part of it.
    pub fn is_of(slice: &str) -> bool {
        slice == INDEX || slice == WHOLE || slice.starts_with(SHELF)
    }

    /// The device has not said yet what it keeps of it.
    pub fn is_awaited(self) -> bool {
        !self.read.get()
    }

    /// Shown from here on; of shelves only those that it names.
    fn take_index(self, catalogue: Arc<Catalogue>) {
        if self.catalogue.with_untracked(|known| known.as_ref() == Some(&catalogue)) {
            return;
        }
        let named = |of: &ShelfOf| catalogue.parts.iter().any(|part| part.shelf() == *of);
        self.hashes.update(|hashes| hashes.retain(|of, _| named(of)));
        self.shelves.update(|shelves| shelves.retain(|of, _| named(of)));
        self.catalogue.set(Some(catalogue));
        self.changed();
    }

    /// `hash`: by which it came.
    fn take_shelf(self, text: &str, hash: Option<String>) -> bool {
        match domain::json::parse::<Shelf>(text) {
            Ok(shelf) => {
                let of = shelf.of();
                self.hashes.update(|hashes| match hash {
                    Some(hash) => {
                        hashes.insert(of, hash);
                    }
                    None => {
                        hashes.remove(&of);
                    }
                });
                self.shelves.update(|shelves| {
                    shelves.insert(of, Arc::new(shelf));
                });
                self.changed();
                true
            }
            Err(error) => {
                leptos::logging::error!("unreadable shelf: {error}");
                false
            }
        }
    }

    fn changed(self) {
        self.change.update(|change| *change += 1);
    }

    /// What is searched in is made from here on, some products at a time, so that no tap waits for it; again after each change.
    pub fn prepare_index(self) {
        let change = self.change.get();
        if !self.read.get() || self.indexed.get_untracked() == Some(change) {
            return;
        }
        self.indexed.set(Some(change));
        let Some(catalogue) = self.catalogue.get_untracked() else { return };
        let shelves = self.shelves.get_untracked();
        spawn_local(async move {
            let ranges: Vec<Range> = catalogue.parts.iter().map(|part| part.range.clone()).collect();
            let mut indexing = Indexing::new(&catalogue.suppliers, &ranges);
            for shelf in catalogue.parts.iter().filter_map(|part| shelves.get(&part.shelf())) {
                for products in shelf.products.chunks(SLICE) {
                    products.iter().for_each(|product| indexing.add(product));
                    TimeoutFuture::new(0).await;
                    if self.change.get_untracked() != change {
                        // The next one is being made.
                        return;
                    }
                }
            }
            let sorted = indexing.sorted();
            TimeoutFuture::new(0).await;
            let index = Arc::new(sorted.index());
            if self.change.get_untracked() != change {
                return;
            }
            self.index.set(Some(index.clone()));
            // The first letter of a word finds the most: what that takes is over before somebody types it.
            for letter in 'a'..='z' {
                TimeoutFuture::new(0).await;
                if self.change.get_untracked() != change {
                    return;
                }
                index.look_ahead(letter);
            }
        });
    }
}

impl Default for Kept {
    fn default() -> Self {
        Kept::new()
    }
}

/// What became of asking for the index.
enum Brought {
    /// `text`: of one that is kept and shown once its shelves are there.
    Index { catalogue: Arc<Catalogue>, etag: String, text: Option<String> },
    /// Nothing changed, and every shelf is kept.
    Whole,
    /// It cannot be read.
    Unread,
    /// Whoever asked has signed out meanwhile.
    ForNobody,
}

fn shelf_key((range, piece): ShelfOf) -> String {
    format!("{SHELF}{range}-{piece}")
}

/// Forgets the shelves that no part names: of a range that is gone, of a piece that was divided.
async fn forget_others(kept: &str, catalogue: &Catalogue) {
    let keys = catalogue.parts.iter().flat_map(|part| {
        let key = shelf_key(part.shelf());
        [etag_of(&key), key]
    });
    let named: BTreeSet<String> = keys.chain([etag_of(STORIES), STORIES.to_owned()]).collect();
    let is_other = |key: &String| key.starts_with(SHELF) && !named.contains(key);
    let others: Vec<String> = db::keys(kept).await.into_iter().filter(is_other).collect();
    if !others.is_empty() {
        db::remove(kept, &others).await;
    }
}

fn etag_of(key: &str) -> String {
    format!("{key}-etag")
}

fn index_of(text: &str) -> Option<Arc<Catalogue>> {
    match domain::json::parse::<Catalogue>(text) {
        Ok(catalogue) => Some(Arc::new(catalogue)),
        Err(error) => {
            leptos::logging::error!("unreadable catalogue: {error}");
            None
        }
    }
}

/// What is to be done with the shop.
enum Work {
    /// What the device keeps of it is read, then the server is asked.
    Read,
    /// Another tab has stored the index, or a shelf, under this key.
    ReadAgain(String),
    /// What the server has anew is brought, for this member.
    Bring(String),
}

/// Whether the server was reached, as far as it was asked.
type Working = Pin<Box<dyn Future<Output = bool>>>;

/// It is done by the chapter of the shop.
#[wasm_split(shop, fallible, wasm_split_path = ::leptos::wasm_split)]
fn at_work(store: Store, work: Work) -> Result<Working, NotCome> {
    Ok(Box::pin(async move {
        match work {
            Work::Read => store.read_shop().await,
            Work::ReadAgain(key) => store.read_shop_again(&key).await,
            Work::Bring(member) => return store.bring_shop(&member).await,
        }
        true
    }))
}

impl Store {
    /// The shop as this device knows it, with what is on its way.
    pub(super) fn with_shop<T>(&self, shown: &Shown, look: impl FnOnce(&Shop<'_>) -> T) -> Option<T> {
        let catalogue = shown.catalogue.as_deref()?;
        let shelves = self.shop.shelves.get();
        let on_shelf = |part: &PartOf| shelves.get(&part.shelf()).map(|shelf| &**shelf);
        let stories = self.shop.stories.get();
        let shop = Shop {
            catalogue,
            shelves: catalogue.parts.iter().filter_map(on_shelf).collect(),
            stories: stories.as_deref(),
            me: &shown.me,
        };
        Some(look(&shop))
    }

    /// Looks at the shop outside of a page's selection, again whenever it changes.
    pub fn following_shop<T>(&self, look: impl FnOnce(Seen<'_>, &Shop<'_>) -> T) -> Option<T> {
        let shown = self.shown.get()?;
        let seen = Seen { calendar: &shown.calendar, me: &shown.me, now: clock::now() };
        self.with_shop(&shown, |shop| look(seen, shop))
    }

    /// A page wants it: it is read from the device once its member is known. Follows that.
    pub fn want_shop(self) {
        if self.member.with(Option::is_none) || self.shop.wanted.get_untracked() {
            return;
        }
        self.shop.wanted.set(true);
        spawn_local(async move {
            match at_work(self, Work::Read).await {
                Ok(working) => drop(working.await),
                // It may come another time.
                Err(NotCome) => self.shop.wanted.set(false),
            }
        });
    }

    async fn read_shop(self) {
        let Some(member) = self.member.get_untracked() else { return };
        let kept = db::snapshots_of(&member);
        if let Some(catalogue) = db::text(&kept, INDEX).await.and_then(|text| index_of(&text)) {
            self.shop.take_index(catalogue.clone());
            let keys = catalogue.parts.iter().flat_map(|part| {
                let key = shelf_key(part.shelf());
                [etag_of(&key), key]
            });
            let keys: Vec<String> = keys.collect();
            let mut read = Vec::new();
            for pair in db::texts(&kept, &keys).await.chunks(2) {
                if let [hash, Some(text)] = pair
                    && let Ok(shelf) = domain::json::parse::<Shelf>(text)
                {
                    let hash = hash.as_ref().and_then(|text| domain::json::parse::<String>(text).ok());
                    read.push((Arc::new(shelf), hash));
                }
                // Whoever taps meanwhile is heard.
                TimeoutFuture::new(0).await;
            }
            if self.shop.stories.with_untracked(Option::is_none)
                && let Some(text) = db::text(&kept, STORIES).await
            {
                self.shop.take_stories(&text);
            }
            // What the network has brought meanwhile is newer.
            let known = self.shop.shelves.with_untracked(|shelves| shelves.keys().copied().collect::<Vec<ShelfOf>>());
            read.retain(|(shelf, _)| !known.contains(&shelf.of()));
            self.shop.hashes.update(|hashes| {
                hashes.extend(read.iter().filter_map(|(shelf, hash)| Some((shelf.of(), hash.clone()?))));
            });
            self.shop.shelves.update(|shelves| shelves.extend(read.into_iter().map(|(shelf, _)| (shelf.of(), shelf))));
            self.shop.changed();
        }
        self.shop.read.set(true);
        self.refresh_shop(&member).await;
        self.shop.settled.set(true);
    }

    /// Another tab has stored the index, or a shelf.
    pub(super) async fn shop_changed(self, key: &str) {
        // A tab that shows nothing of it needs no code of it either.
        if !self.shop.wanted.get_untracked() || key == WHOLE {
            return;
        }
        if let Ok(working) = at_work(self, Work::ReadAgain(key.to_owned())).await {
            working.await;
        }
    }

    async fn read_shop_again(self, key: &str) {
        let Some(member) = self.member.get_untracked() else { return };
        let kept = db::snapshots_of(&member);
        if let Some(text) = db::text(&kept, key).await {
            if key == INDEX {
                if let Some(catalogue) = index_of(&text) {
                    self.shop.take_index(catalogue);
                }
            } else if key == STORIES {
                self.shop.take_stories(&text);
            } else {
                let hash = db::get::<String>(&kept, &etag_of(key)).await;
                let _ = self.shop.take_shelf(&text, hash);
            }
            self.reached();
        }
    }

    /// Brings the index up to date, then the shelves that are otherwise; false when the server was not reached. One tab at a time:
    /// what another one brings is not brought twice.
    pub(super) async fn refresh_shop(self, member: &str) -> bool {
        let (lock, member, reached) = (format!("alpar-shop-{member}"), member.to_owned(), Rc::new(Cell::new(false)));
        let said = reached.clone();
        let bring = async move {
            if let Ok(working) = at_work(self, Work::Bring(member)).await {
                said.set(working.await);
            }
        };
        tabs::alone(&lock, bring).await;
        reached.get()
    }

    async fn bring_shop(self, member: &str) -> bool {
        let kept = db::snapshots_of(member);
        let known = db::get::<String>(&kept, &etag_of(INDEX)).await;
        let brought = match self.bring_index(member, known).await {
            // What is kept of it is gone, or another build wrote it: it comes whole.
            Ok(Brought::Unread) => self.bring_index(member, None).await,
            brought => brought,
        };
        match brought {
            Ok(Brought::Index { catalogue, etag, text }) => {
                self.reached();
                let Some(whole) = self.bring_shelves(member, &catalogue).await else { return false };
                if let Some(text) = text {
                    self.show_index(catalogue.clone());
                    self.keep(&kept, INDEX, &text, &etag_of(INDEX), &etag).await;
                }
                if whole {
                    let _ = db::put(&kept, WHOLE, &etag).await;
                    forget_others(&kept, &catalogue).await;
                }
                true
            }
            Ok(Brought::Whole | Brought::Unread) => {
                self.reached();
                true
            }
            Ok(Brought::ForNobody) => false,
            Err(trouble) => {
                self.met(trouble).await;
                false
            }
        }
    }

    /// `known`: the etag of what the device keeps.
    async fn bring_index(self, member: &str, known: Option<String>) -> Result<Brought, wire::Trouble> {
        let kept = db::snapshots_of(member);
        let fetched = wire::snapshot(INDEX, member, known.as_deref()).await?;
        if self.member.with_untracked(Option::is_none) {
            return Ok(Brought::ForNobody);
        }
        match fetched {
            Fetched::Unchanged => {
                let etag = known.unwrap_or_default();
                // It is not read before a page wants it; its shelves are all there, unless a visit ended too soon.
                let is_whole = db::get::<String>(&kept, WHOLE).await.as_ref() == Some(&etag);
                if is_whole && !self.shop.wanted.get_untracked() {
                    return Ok(Brought::Whole);
                }
                let Some(catalogue) = db::text(&kept, INDEX).await.and_then(|text| index_of(&text)) else {
                    return Ok(Brought::Unread);
                };
                self.show_index(catalogue.clone());
                Ok(Brought::Index { catalogue, etag, text: None })
            }
            Fetched::New { text, etag } => {
                let Some(catalogue) = index_of(&text) else { return Ok(Brought::Unread) };
                let awaited = self.shop.wanted.get_untracked() && self.shop.catalogue.with_untracked(Option::is_none);
                if known.is_some() && !awaited {
                    return Ok(Brought::Index { catalogue, etag, text: Some(text) });
                }
                // Nothing is shown yet: the ranges are, while their shelves come.
                self.show_index(catalogue.clone());
                self.keep(&kept, INDEX, &text, &etag_of(INDEX), &etag).await;
                Ok(Brought::Index { catalogue, etag, text: None })
            }
        }
    }

    /// Where a page wants it.
    fn show_index(&self, catalogue: Arc<Catalogue>) {
        if self.shop.wanted.get_untracked() {
            self.shop.take_index(catalogue);
        }
    }

    /// Only those that are otherwise; whether all of them are there, or nothing where the server was lost.
    async fn bring_shelves(self, member: &str, catalogue: &Catalogue) -> Option<bool> {
        let kept = db::snapshots_of(member);
        let keys: Vec<String> = catalogue.parts.iter().map(|part| etag_of(&shelf_key(part.shelf()))).collect();
        let hashes = db::texts(&kept, &keys).await;
        let mut whole = true;
        for (part, known) in catalogue.parts.iter().zip(hashes) {
            let (key, known) = (shelf_key(part.shelf()), known.and_then(|text| domain::json::parse::<String>(&text).ok()));
            let shown = || self.shop.hashes.with_untracked(|hashes| hashes.get(&part.shelf()) == Some(&part.hash));
            let wanted = || self.shop.wanted.get_untracked() && self.shop.read.get_untracked();
            if part.products == 0 {
                continue;
            }
            if known.as_deref() == Some(part.hash.as_str()) {
                // It came before a page wanted it, or while the device was being read.
                if wanted()
                    && !shown()
                    && let Some(text) = db::text(&kept, &key).await
                {
                    self.shop.take_shelf(&text, known);
                }
                continue;
            }
            match wire::shelf(part, member).await {
                Ok(_) if self.member.with_untracked(Option::is_none) => return None,
                Ok(text) => {
                    let is_read = !self.shop.wanted.get_untracked() || self.shop.take_shelf(&text, Some(part.hash.clone()));
                    if is_read {
                        self.keep(&kept, &key, &text, &etag_of(&key), &part.hash).await;
                    }
                    whole &= is_read;
                }
                // It has changed meanwhile: the index says so the next time.
                Err(wire::Trouble::Rejected) => whole = false,
                Err(trouble) => {
                    self.met(trouble).await;
                    return None;
                }
            }
        }
        Some(whole & self.bring_stories(member, &catalogue.stories).await?)
    }
}
