//! What a page asks for, and where it comes from: on the server once, while rendering; in the
//! browser always from the snapshot store, through either door.

mod view;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::brief::Briefs;
use domain::event::Events;
use domain::groups::Groups;
use domain::id::{DossierId, EventId, ProductId, RangeId, ShiftId, SupplierId};
use domain::view::catalogue::{Filter as ShelfFilter, Shop};
use domain::view::events::Which;
use domain::view::shift::Sheet;
use domain::view::week::Filter;
use domain::view::what_if::WhatIf;
use leptos::prelude::*;

use crate::asked::Asked;
use crate::chapters::Chapter;
use crate::offline::live::on_reached;
use crate::offline::store::Store;

pub(crate) use view::selected;
pub use view::{Selected, View};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    Home,
    Week {
        monday: Option<NaiveDate>,
        filter: Filter,
    },
    Shift {
        id: ShiftId,
        sheet: Option<Sheet>,
    },
    Exchanges,
    Mine,
    Profile,
    Telling,
    Groups,
    /// By its name in addresses, or its id.
    Group(String),
    /// The dossier board of a group, by its name in addresses, or its id.
    Dossiers(String),
    Dossier(DossierId),
    Committee,
    Coordination,
    Decisions,
    /// The one that sits, or comes next; with whom I might ask to vote for me.
    Assembly {
        others: bool,
    },
    DaySheet(ShiftId),
    Coverage,
    Commitment {
        asked: Option<WhatIf>,
    },
    /// The issue of a Monday, or the newest.
    Brief {
        monday: Option<NaiveDate>,
    },
    Proposing,
    Events {
        which: Which,
    },
    Event(EventId),
    /// The ranges; what is looked for among their products, by a page that has no other way.
    Ranges {
        typed: String,
    },
    /// A shelf, or the whole shop; a page of its products, from 1.
    Shelf {
        range: Option<RangeId>,
        filter: ShelfFilter,
        page: usize,
    },
    Product(ProductId),
    /// A page of their products, from 1.
    Supplier {
        id: SupplierId,
        page: usize,
    },
    List,
    Wishes,
    /// What a barcode is.
    Scan {
        typed: String,
    },
}

impl Query {
    /// Which chapter knows how it is selected.
    pub fn chapter(&self) -> Chapter {
        match self {
            Query::Home => Chapter::Home,
            Query::Week { .. } | Query::Mine => Chapter::Week,
            Query::Shift { .. } => Chapter::Shift,
            Query::Exchanges => Chapter::Swaps,
            Query::DaySheet(_) => Chapter::Sheet,
            Query::Profile | Query::Telling => Chapter::Me,
            Query::Groups | Query::Group(_) | Query::Committee | Query::Coordination | Query::Decisions | Query::Coverage => {
                Chapter::Coop
            }
            Query::Dossiers(_) | Query::Dossier(_) => Chapter::Dossiers,
            Query::Assembly { .. } => Chapter::Assembly,
            Query::Commitment { .. } => Chapter::Commitment,
            Query::Brief { .. } | Query::Proposing => Chapter::Brief,
            Query::Events { .. } | Query::Event(_) => Chapter::Events,
            Query::Ranges { .. }
            | Query::Shelf { .. }
            | Query::Product(_)
            | Query::Supplier { .. }
            | Query::List
            | Query::Wishes
            | Query::Scan { .. } => Chapter::Shop,
        }
    }

    /// It needs a slice that comes after the others.
    pub fn waits_for_more(&self) -> bool {
        self.wants_groups() || matches!(self, Query::Brief { .. } | Query::Events { .. }) || self.needs_shop()
    }

    /// It is selected from the groups, too, which are read where a page wants them.
    pub fn wants_groups(&self) -> bool {
        matches!(
            self,
            Query::Groups
                | Query::Group(_)
                | Query::Dossiers(_)
                | Query::Dossier(_)
                | Query::Committee
                | Query::Coordination
                | Query::Decisions
                | Query::Assembly { .. }
                | Query::Proposing
                | Query::Event(_)
        )
    }

    /// It needs the catalogue, which is read where a page wants it.
    pub fn needs_shop(&self) -> bool {
        self.chapter() == Chapter::Shop
    }
}

/// The slices that come after the calendar and what is mine, as far as they are there.
#[derive(Clone, Copy, Default)]
pub struct Others<'a> {
    pub groups: Option<&'a Groups>,
    pub briefs: Option<&'a Briefs>,
    pub events: Option<&'a Events>,
    pub shop: Option<&'a Shop<'a>>,
}

/// A selection on its way.
pub type Selecting = Pin<Box<dyn Future<Output = Option<View>> + Send>>;

/// How the server makes a page's selection while rendering. It is given in the context and not a
/// server function: the browser, which reads from its own snapshots, would download its client.
#[derive(Clone)]
pub struct Selects(pub Arc<dyn Fn(Query) -> Selecting + Send + Sync>);

/// How far a page's data is.
#[derive(Debug, Clone)]
pub enum Page {
    /// Its data come, or the chapter that knows how to select from them.
    Loading,
    /// There is no such thing, or it is not in what this device keeps.
    Absent,
    Ready(View),
}

/// The data of a page, following its query and every change of the snapshots.
pub fn page(query: Signal<Query>) -> (Signal<Page>, Asked<Option<View>>) {
    let store = Store::expect();
    // Only while rendering on the server: in the browser this resolves to nothing, and the
    // snapshot store answers instead.
    let selects = use_context::<Selects>();
    let ask = move |query| {
        let selecting = selects.as_ref().map(|selects| (selects.0)(query));
        async move {
            match selecting {
                Some(selecting) => selecting.await,
                None => None,
            }
        }
    };
    let rendered = Asked::new_blocking(move || query.get(), ask);
    let want = move || {
        store.chapters.want(query.with(Query::chapter));
        if query.with(Query::needs_shop) {
            store.want_shop();
        }
        if query.with(Query::wants_groups) {
            store.want_groups();
        }
    };
    // In the browser alone. What a network that went away left out is asked for again.
    Effect::new(move |_| want());
    on_reached(store, want);
    let found = move || {
        if store.is_live() {
            return store.select(&query.get());
        }
        match rendered.get() {
            Some(Some(view)) => Page::Ready(view),
            Some(None) if leptos::leptos_dom::helpers::is_server() => Page::Absent,
            _ => Page::Loading,
        }
    };
    let page = Memo::new_with_compare(
        move |_| found(),
        |before, after| match (before, after) {
            (Some(before), Some(after)) => !before.shows_the_same(after),
            _ => true,
        },
    );
    (page.into(), rendered)
}

impl Page {
    /// What lies under an open sheet: it stays as it is while sheets come and go.
    pub fn under_sheet(self) -> Page {
        match self {
            Page::Ready(view) => Page::Ready(view.without_sheet()),
            other => other,
        }
    }

    /// Time alone, within a day, changes nothing on a page: what is typed and looked at stays.
    pub fn shows_the_same(&self, other: &Page) -> bool {
        match (self, other) {
            (Page::Ready(a), Page::Ready(b)) => a.shows_the_same(b),
            (Page::Loading, Page::Loading) | (Page::Absent, Page::Absent) => true,
            _ => false,
        }
    }
}
