//! The truth about the network, in one quiet line.

use leptos::prelude::*;

use super::acts::Acts;
use super::store::{Reach, Store};
use crate::french::dates::data_of;
use crate::french::typography::counted;
use crate::ui::{Banner, BannerLook};

/// « Hors ligne · données de 14 h 02 · 1 action à envoyer »; nothing while all is well, which is
/// also what the server renders.
#[component]
pub fn OfflineLine() -> impl IntoView {
    let store = Store::expect();
    let acts = Acts::expect();
    move || {
        let waiting = || match acts.stuck() {
            0 => String::new(),
            some => format!(" · {} à envoyer", counted(some, "action", "actions")),
        };
        match store.reach.get() {
            Reach::Unknown | Reach::Online => ().into_any(),
            Reach::Offline { .. } => {
                let data = store
                    .calendar
                    .get()
                    .map(|calendar| format!(" · {}", data_of(calendar.as_of, store.now.get())))
                    .unwrap_or_default();
                let line = format!("Hors ligne{data}{}", waiting());
                view! { <Banner icon="cloud-off" look=BannerLook::Offline>{line}</Banner> }.into_any()
            }
            Reach::SignedOut => {
                let line = format!("Reconnecte-toi pour envoyer et recevoir{}", waiting());
                view! {
                    <Banner icon="key-round" look=BannerLook::Alert href="/connexion?erreur=session">{line}</Banner>
                }
                .into_any()
            }
        }
    }
}
