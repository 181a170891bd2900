//! The places of the app: five tabs at the thumb, all of them on the rail of a wide window.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Icon;

struct Tab {
    href: &'static str,
    icon: &'static str,
    label: &'static str,
    /// On the rail only.
    wide: bool,
}

const fn tab(href: &'static str, icon: &'static str, label: &'static str, wide: bool) -> Tab {
    Tab { href, icon, label, wide }
}

const TABS: [Tab; 7] = [
    tab("/", "house", "Accueil", false),
    tab("/vacations", "calendar-days", "Vacations", false),
    tab("/echanges", "arrow-left-right", "Échanges", true),
    tab("/breve", "newspaper", "Brève", false),
    tab("/sorties", "party-popper", "Sorties", false),
    tab("/rayons", "wheat", "Rayons", false),
    tab("/coop", "users", "La coop", true),
];

/// Which tab has something that was not read, where the page knows.
#[derive(Clone, Copy)]
pub struct Unread {
    pub tab: &'static str,
    pub is: Signal<bool>,
}

/// The tab under which a path lies; `None` under « Moi ».
fn tab_of(path: &str) -> Option<&'static str> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match first {
        "" => Some("/"),
        "vacations" | "vacation" => Some("/vacations"),
        "bureau" if path.starts_with("/bureau/fermer") => Some("/vacations"),
        "echanges" => Some("/echanges"),
        "breve" => Some("/breve"),
        "sorties" | "sortie" => Some("/sorties"),
        "rayons" | "produit" | "fournisseur" | "liste" | "envies" => Some("/rayons"),
        "coop" | "groupe" | "dossier" | "objectifs" | "comite" | "coordination" | "decisions" | "gouvernance"
        | "consultations" | "ag" => Some("/coop"),
        _ => None,
    }
}

#[component]
pub fn Nav() -> impl IntoView {
    let path = use_location().pathname;
    let here = move || path.with(|path| tab_of(path));
    let unread = use_context::<Unread>();
    let items = TABS.map(|tab| {
        let dot = unread.filter(|unread| unread.tab == tab.href).map(|unread| {
            move || {
                unread.is.get().then(|| {
                    view! {
                        <span class="nav__dot" aria-hidden="true"></span>
                        <span class="visually-hidden">", non lue"</span>
                    }
                })
            }
        });
        let current = move || (here() == Some(tab.href)).then_some("page");
        view! {
            <li class=if tab.wide { "nav__item nav__item--wide" } else { "nav__item" }>
                <a class="nav__link" href=tab.href aria-current=current>
                    <Icon name=tab.icon/>
                    <span>{tab.label}{dot}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="nav" aria-label="Principale">
            <a class="nav__brand" href="/">
                "alpar"
            </a>
            <ul class="nav__list">{items.into_iter().collect_view()}</ul>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_lies_under_its_tab() {
        let cases = [
            ("/", Some("/")),
            ("/vacations", Some("/vacations")),
            ("/vacations/miennes", Some("/vacations")),
            ("/vacation/6f1c", Some("/vacations")),
            ("/echanges", Some("/echanges")),
            ("/moi/carte", None),
            ("/bureau/fermer/6f1c", Some("/vacations")),
            ("/bureau/joindre", None),
            ("/breve/2026-11-30", Some("/breve")),
            ("/breve/proposer", Some("/breve")),
            ("/rayons/scanner", Some("/rayons")),
            ("/produit/6f1c", Some("/rayons")),
            ("/groupe/vie-sociale", Some("/coop")),
            ("/decisions", Some("/coop")),
            ("/groupe/vie-sociale/dossiers", Some("/coop")),
            ("/dossier/6f1c", Some("/coop")),
            ("/objectifs/6f1c", Some("/coop")),
            ("/ag/pouvoir", Some("/coop")),
        ];
        for (path, wanted) in cases {
            assert_eq!(tab_of(path), wanted);
        }
    }
}
