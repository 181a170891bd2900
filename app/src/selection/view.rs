//! A selection, whatever it is of: only its chapter knows.

use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

use chrono::NaiveTime;
use domain::time::{Instant, paris_day, paris_instant};
use leptos::prelude::{AnyView, IntoAny};

use super::Query;

/// What a page shows, as it was selected.
pub trait Selected: Clone + PartialEq + Debug + Send + Sync + 'static {
    /// When it was made, and what time it shows.
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>);

    /// Takes out what the page follows by itself: what is typed and looked at stays when that changes.
    fn rest(&mut self) {}

    /// What was asked for is not there, though its page is.
    fn lacks_its_subject(&self, _: &Query) -> bool {
        false
    }

    /// Whether what the address asks for over the page can be shown.
    fn has_sheet(&self) -> bool {
        false
    }

    fn close_sheet(&mut self) {}
}

/// Selections of which everything but the time makes a difference.
macro_rules! selected {
    ($($view:ty),*) => {$(
        impl $crate::selection::Selected for $view {
            fn clocks(&mut self) -> (&mut domain::time::Instant, Option<&mut domain::time::Instant>) {
                (&mut self.as_of, Some(&mut self.now))
            }
        }
    )*};
}
pub(crate) use selected;

/// The same with its clock stopped at the day's beginning.
fn at_rest<T: Selected>(view: &T) -> T {
    let mut view = view.clone();
    let (as_of, now) = view.clocks();
    *as_of = Instant::default();
    if let Some(now) = now {
        *now = paris_instant(paris_day(*now), NaiveTime::MIN);
    }
    view.rest();
    view
}

trait Erased: Debug + Send + Sync {
    fn any(&self) -> &dyn Any;
    fn whole(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    fn shows_the_same(&self, other: &dyn Any) -> bool;
    fn lacks_its_subject(&self, query: &Query) -> bool;
    fn has_sheet(&self) -> bool;
    fn without_sheet(&self) -> View;
}

impl<T: Selected> Erased for T {
    fn any(&self) -> &dyn Any {
        self
    }

    fn whole(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    fn shows_the_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| at_rest(self) == at_rest(other))
    }

    fn lacks_its_subject(&self, query: &Query) -> bool {
        Selected::lacks_its_subject(self, query)
    }

    fn has_sheet(&self) -> bool {
        Selected::has_sheet(self)
    }

    fn without_sheet(&self) -> View {
        let mut view = self.clone();
        view.close_sheet();
        View::of(view)
    }
}

/// A selection: what a page shows.
#[derive(Debug, Clone)]
pub struct View(Arc<dyn Erased>);

impl View {
    pub fn of(view: impl Selected) -> View {
        View(Arc::new(view))
    }

    /// As what it was made from; nothing where it is another one.
    pub fn downcast<T: Selected>(self) -> Option<T> {
        self.0.whole().downcast().ok().map(Arc::unwrap_or_clone)
    }

    /// Its page.
    pub fn shown<T: Selected>(self, page: impl FnOnce(T) -> AnyView) -> AnyView {
        self.downcast().map_or_else(|| ().into_any(), page)
    }

    /// Time alone, within a day, makes no difference.
    pub fn shows_the_same(&self, other: &View) -> bool {
        self.0.shows_the_same(other.0.any())
    }

    /// What was asked for is not there, though its page is.
    pub fn lacks_its_subject(&self, query: &Query) -> bool {
        self.0.lacks_its_subject(query)
    }

    /// Whether what the address asks for over the page can be shown.
    pub fn has_sheet(&self) -> bool {
        self.0.has_sheet()
    }

    pub fn without_sheet(&self) -> View {
        if self.has_sheet() { self.0.without_sheet() } else { self.clone() }
    }
}
