//! Pages of the slice shifts.

pub mod closing_page;
pub mod find;
pub mod hero;
pub mod mine_page;
pub mod moment_fields;
pub mod seat;
pub mod sheets;
pub mod shift;
pub mod shift_card;
pub mod shift_page;
pub mod views;
pub mod week;
pub mod week_page;

use domain::time::Instant;
use domain::view::Seen;
use domain::view::home::first_week;
use domain::view::mine::{MineView, mine};
use domain::view::shift::{ShiftView, shift as one};
use domain::view::week::{WeekView, week as of_week};
use leptos::prelude::*;

use self::closing_page::ClosingPage;
use self::mine_page::MinePage;
use self::shift_page::ShiftPage;
use self::week_page::WeekPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, Selected, View, selected};

pub use hero::NextShift;
pub use moment_fields::MomentFields;
pub use seat::{SeatRow, SeatSign};
pub use shift_card::ShiftCard;
pub use views::ShiftViews;

/// The weeks, and what is mine.
pub static WEEK: Contents = Contents { show: show_week, select: select_week };

selected!(WeekView, MineView);

fn show_week(page: PageName) -> AnyView {
    match page {
        PageName::Week => view! { <WeekPage/> }.into_any(),
        PageName::Mine => view! { <MinePage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select_week(query: &Query, seen: Seen<'_>, _: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Week { monday, filter } => View::of(of_week(seen, monday.unwrap_or_else(|| first_week(seen.now)), filter)),
        Query::Mine => View::of(mine(seen)),
        _ => return None,
    })
}

/// One shift, with all that can be done about it.
pub static SHIFT: Contents = Contents { show: show_shift, select: select_shift };

impl Selected for ShiftView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    fn has_sheet(&self) -> bool {
        self.sheet.is_some()
    }

    fn close_sheet(&mut self) {
        self.sheet = None;
    }
}

fn show_shift(page: PageName) -> AnyView {
    match page {
        PageName::Shift => view! { <ShiftPage/> }.into_any(),
        PageName::Closing => view! { <ClosingPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select_shift(query: &Query, seen: Seen<'_>, _: Others<'_>) -> Option<View> {
    let Query::Shift { id, sheet } = query else { return None };
    one(seen, *id, *sheet).map(View::of)
}
