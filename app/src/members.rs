//! Pages of the slice members: Moi, my acts, my card, my devices, what I am told.

mod actions_page;
mod calendar_door;
mod card_page;
mod devices_page;
mod leaving;
mod my_profile_page;
mod profile_page;
mod push_door;
mod telling_page;
mod theme;
mod watching;

use domain::view::Seen;
use domain::view::profile::{ProfileView, profile};
use domain::view::telling::{TellingView, telling};
use leptos::prelude::*;

use self::actions_page::ActionsPage;
use self::card_page::CardPage;
use self::devices_page::DevicesPage;
use self::my_profile_page::MyProfilePage;
use self::profile_page::ProfilePage;
use self::telling_page::TellingPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, View, selected};

pub static CHAPTER: Contents = Contents { show, select };

selected!(ProfileView, TellingView);

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Profile => view! { <ProfilePage/> }.into_any(),
        PageName::Actions => view! { <ActionsPage/> }.into_any(),
        PageName::MyProfile => view! { <MyProfilePage/> }.into_any(),
        PageName::Card => view! { <CardPage/> }.into_any(),
        PageName::Devices => view! { <DevicesPage/> }.into_any(),
        PageName::Telling => view! { <TellingPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, _: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Profile => View::of(profile(seen)),
        Query::Telling => View::of(telling(seen)),
        _ => return None,
    })
}
