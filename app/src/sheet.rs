//! The day sheet of a shift, for whoever leads it: one hand, one tap for each exception.

pub mod closing;
pub mod cold;
pub mod day_sheet_page;
pub mod deliveries;
pub mod incidents;
pub mod people;
pub mod relay;
pub mod tasks;
pub mod walk_ins;

use domain::view::Seen;
use domain::view::day_sheet::{DaySheetView, day_sheet};
use leptos::prelude::*;

use self::day_sheet_page::DaySheetPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, View, selected};

pub static CHAPTER: Contents = Contents { show, select };

selected!(DaySheetView);

fn show(page: PageName) -> AnyView {
    match page {
        PageName::DaySheet => view! { <DaySheetPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, _: Others<'_>) -> Option<View> {
    let Query::DaySheet(shift) = query else { return None };
    day_sheet(seen, *shift).map(View::of)
}
