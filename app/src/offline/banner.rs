//! The truth about the network, in one quiet line.

use leptos::prelude::*;

use super::acts::Acts;
use super::store::{Reach, Store};
use super::update::UpdateLine;
use crate::french::dates::{data_of, since};
use crate::french::nb;
use crate::french::typography::counted;
use crate::ui::{Banner, BannerLook};

/// « Hors ligne depuis 14 h 05 · données de 14 h 02 · 1 action à envoyer »; nothing while all is
/// well, which is also what the server renders.
#[component]
pub fn OfflineLine() -> impl IntoView {
    let (store, acts) = (Store::expect(), Acts::expect());
    let line = Memo::new(move |_| line(store, acts));
    view! {
        <UpdateLine/>
        {move || line.get().map(|line| match line.href {
            Some(href) => view! { <Banner icon=line.icon look=line.look href=href>{line.text}</Banner> }.into_any(),
            None => view! { <Banner icon=line.icon look=line.look>{line.text}</Banner> }.into_any(),
        })}
    }
}

#[derive(Clone, PartialEq)]
struct Line {
    icon: &'static str,
    look: BannerLook,
    href: Option<&'static str>,
    text: String,
}

fn line(store: Store, acts: Acts) -> Option<Line> {
    let reach = store.reach.get();
    let waiting = match acts.outbox.with(domain::outbox::Outbox::waiting) {
        // What cannot be read is not nothing.
        0 if acts.are_unread() => " · ce téléphone ne dit pas ce qu’il reste à envoyer".to_owned(),
        0 => String::new(),
        some if acts.unkept.get() && reach.is_cut_off() => {
            format!(" · {} à envoyer, que ce téléphone ne garde pas : laisse Alpar ouvert", counted(some, "action", "actions"))
        }
        some => format!(" · {} à envoyer", counted(some, "action", "actions")),
    };
    let now = store.now.get();
    let data = || {
        let data =
            store.calendar.with(|calendar| calendar.as_ref().map(|calendar| format!(" · {}", data_of(calendar.as_of, now))));
        data.unwrap_or_default()
    };
    let since = || reach.since().map(|at| format!(" {}", since(at, now))).unwrap_or_default();
    let (icon, look, href, text) = match reach {
        Reach::Unknown | Reach::Online if acts.unkept.get() => (
            "circle-alert",
            BannerLook::Alert,
            None,
            format!("Ce téléphone ne garde rien : laisse Alpar ouvert jusqu’à l’envoi{waiting}"),
        ),
        Reach::Unknown | Reach::Online if store.full.get() => (
            "circle-alert",
            BannerLook::Alert,
            None,
            "Ce téléphone est plein : le planning n’y est plus gardé pour les moments sans réseau".to_owned(),
        ),
        Reach::Unknown | Reach::Online => return None,
        Reach::Offline { .. } => ("cloud-off", BannerLook::Offline, None, format!("Hors ligne{}{}{waiting}", since(), data())),
        Reach::Portal { .. } => {
            ("cloud-off", BannerLook::Offline, None, format!("Ce wifi demande d’abord qu’on s’y connecte{}{waiting}", data()))
        }
        Reach::Unwell { .. } => {
            ("cloud-alert", BannerLook::Offline, None, format!("Le serveur est débordé, on réessaie{}{waiting}", data()))
        }
        Reach::SignedOut => (
            "key-round",
            BannerLook::Alert,
            Some("/connexion?erreur=session"),
            format!("Reconnecte-toi pour envoyer et recevoir{waiting}"),
        ),
        Reach::OtherMember => (
            "key-round",
            BannerLook::Alert,
            Some("/?porte=serveur"),
            format!("Ce téléphone est passé à quelqu’un d’autre : touche pour continuer à son nom{waiting}"),
        ),
        Reach::TooOld => (
            "refresh-cw",
            BannerLook::Alert,
            Some("/?porte=serveur"),
            format!("Cette version d’Alpar est trop vieille : touche pour la mettre à jour{waiting}"),
        ),
    };
    Some(Line { icon, look, href, text: nb(&text) })
}
