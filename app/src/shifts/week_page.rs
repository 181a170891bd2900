//! Vacations, week by week.

use domain::time::plus_days;
use domain::view::week::{Filter, WeekView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::week::address::chosen_day;
use super::week::{Grid, Tools, WeekAddress};
use super::{NextShift, ShiftViews};
use crate::french::dates::{date_short, moment, week_title, week_title_long};
use crate::french::{capitalized, nb};
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::swaps::LoopCard;
use crate::ui::given::Part;
use crate::ui::{Empty, Frame, Icon, Width};

#[component]
pub fn WeekPage() -> impl IntoView {
    let params = use_query_map();
    let address = Memo::new(move |_| params.with(WeekAddress::read));
    let query = move || address.with(|address| Query::Week { monday: address.monday(), filter: address.filter.clone() });
    let show = move |view: View| view.shown(|view| week(view, address.get()).into_any());
    view! {
        <Title text="Vacations · Alpar"/>
        <Screen query=query title="Vacations" coming="Les vacations arrivent." show=show/>
    }
}

fn week(view: WeekView, address: WeekAddress) -> impl IntoView {
    let chosen = chosen_day(&view, address.day);
    let now = view.now;
    let next = view.next.clone();
    let beside = !view.loops.is_empty() || next.is_some();
    let loops =
        view.loops.clone().into_iter().map(|card| view! { <LoopCard card=card now=now back="/vacations"/> }).collect_view();
    let aside = beside.then(|| {
        view! {
            {next.map(|card| view! { <NextShift card=card now=now aside=true/> })}
            {loops}
        }
        .into_any()
    });
    let printed = nb(&format!(
        "Alpar · {} · imprimé {}, le {}",
        week_title_long(view.monday).to_lowercase(),
        moment(now, now),
        date_short(domain::time::paris_day(now)),
    ));
    let filtered = address.filter != Filter::default();
    let nothing = view.days.iter().all(|day| day.shifts.is_empty());
    let body = if nothing {
        empty(&view, &address, filtered).into_any()
    } else {
        view! { <Grid view=view.clone() chosen=chosen/> }.into_any()
    };
    let (initials, offers, letter) = (view.name.initials(), view.offers, view.cycle_week.letter());
    let covers = view.covers;
    view! {
        <Frame width=Width::Wide aside=Part::from(aside) aside_wide=true>
            <ShiftViews initials=initials offers=offers current=0/>
            <Tools view=view address=address chosen=chosen/>
            {body}
            <div class="cluster no-print">
                <span class="chip">{format!("Semaine\u{a0}{letter}")}</span>
                {covers.then(|| view! { <a class="button button--quiet" href="/couverture">"Qui manque où"</a> })}
                <button class="button button--quiet" type="button" on:click=|_| drop(window().print())>
                    <Icon name="printer"/>
                    "Imprimer"
                </button>
            </div>
            <p class="print-only">{printed}</p>
        </Frame>
    }
}

/// Nothing to show: because of the filters, or because nothing is planned.
fn empty(view: &WeekView, address: &WeekAddress, filtered: bool) -> impl IntoView + use<> {
    let next = plus_days(view.monday, 7);
    let on = (next <= view.last).then(|| {
        let label = format!("Voir la {}", lower_first(&week_title(next)));
        view! {
            <a class="button button--main" href=address.on_week(next).href()>
                {label}
            </a>
        }
    });
    let closed = view.days.iter().find_map(|day| day.closed.clone());
    let (icon, title, text) = if filtered && address.filter.free {
        (
            "party-popper",
            "Toutes les places sont prises cette semaine",
            "Une place libre ou à reprendre s’affichera ici.".to_owned(),
        )
    } else if filtered {
        ("calendar-x", "Rien avec ces filtres cette semaine", "Enlève un filtre, ou regarde une autre semaine.".to_owned())
    } else {
        let why = closed.map_or_else(
            || "Le planning n’est pas encore fait, ou le magasin est fermé.".to_owned(),
            |why| capitalized(&format!("{why}.")),
        );
        ("calendar-x", "Pas de vacation cette semaine", why)
    };
    let all = filtered.then(|| {
        view! {
            <a class="button" href=address.with(Filter::default()).href()>
                "Enlever les filtres"
            </a>
        }
    });
    view! {
        <Empty id="semaine-vide" icon=icon title=title text=nb(&text)>
            <div class="cluster">{on} {all}</div>
        </Empty>
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
