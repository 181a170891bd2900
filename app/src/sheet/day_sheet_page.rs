//! « Feuille du jour »: what was handed over, who is there, what is to be done, what the next team must know.

use domain::id::ShiftId;
use domain::sheet::{DaySheet, Said};
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::closing::{Closing, Trouble};
use super::cold::Cold;
use super::deliveries::Deliveries;
use super::incidents::Incidents;
use super::people::People;
use super::relay::{HandedOver, Relay};
use super::tasks::Tasks;
use super::walk_ins::WalkIns;
use crate::french::clock::{hour, hours};
use crate::french::dates::day;
use crate::french::{capitalized, nb};
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::given::Part;
use crate::ui::{Back, Empty, Frame, Icon};

#[component]
pub fn DaySheetPage() -> impl IntoView {
    let params = use_params_map();
    let query = move || {
        Query::DaySheet(params.with(|params| params.get("id")).and_then(|id| id.parse().ok()).unwrap_or(ShiftId(Uuid::nil())))
    };
    let show = |view: View| view.shown(page);
    view! {
        <Title text="Feuille du jour · Alpar"/>
        <Screen query=query title="Feuille du jour" coming="La feuille arrive." show=show/>
    }
}

fn page(view: DaySheetView) -> AnyView {
    let shift = format!("/vacation/{}", view.card.id);
    let when = format!("{}, {}", capitalized(&day(view.card.on)), hours(view.card.starts_at, view.card.ends_at));
    let (body, aside) = match view.sheet.clone() {
        Some(sheet) => (kept(&view, &sheet), aside(&view, &sheet)),
        None => (not_yours(&shift), ().into_any()),
    };
    view! {
        <Frame aside=Part::of(aside)>
            <header class="page__head">
                <Back href=shift label="La vacation"/>
                <h1 class="page__title" tabindex="-1">
                    "Feuille du jour"
                </h1>
                <p class="page__lead">{nb(&when)}</p>
            </header>
            <PageTop/>
            {body}
        </Frame>
    }
    .into_any()
}

fn kept(view: &DaySheetView, sheet: &DaySheet) -> AnyView {
    view! {
        <HandedOver view=view.clone() notes=sheet.handed_over.clone()/>
        <People view=view.clone() sheet=sheet.clone()/>
        <WalkIns view=view.clone() walk_ins=sheet.walk_ins.clone() uninsured=sheet.uninsured.clone()/>
        <Tasks view=view.clone() checklists=sheet.checklists.clone()/>
        <Cold view=view.clone() fridges=sheet.fridges.clone()/>
        <Deliveries view=view.clone() deliveries=sheet.deliveries.clone()/>
        <Relay view=view.clone() notes=sheet.notes.clone()/>
        <Closing view=view.clone() sheet=sheet.clone()/>
    }
    .into_any()
}

/// What one looks up: who has the key, the alarm; and what goes wrong.
fn aside(view: &DaySheetView, sheet: &DaySheet) -> AnyView {
    let keys: Vec<_> = sheet
        .keys
        .iter()
        .map(|key| {
            let name = view.name_of(key.holder).to_string();
            let phone = sheet.phones.get(&key.holder).cloned();
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&name)}</span>
                        <span class="row__soft">{nb(&key.label)}</span>
                    </span>
                    {phone.map(|phone| call(&phone, &name))}
                </li>
            }
        })
        .collect();
    let alarm = sheet.alarm.clone().map(|alarm| {
        view! {
            <details class="history">
                <summary class="history__head">
                    "L’alarme"
                    <Icon name="chevron-down"/>
                </summary>
                <p>{nb(&alarm)}</p>
            </details>
        }
    });
    view! {
        {(!keys.is_empty())
            .then(|| {
                view! {
                    <section class="section" aria-labelledby="cles">
                        <h2 id="cles">"Qui a la clé"</h2>
                        <ul class="list">{keys}</ul>
                    </section>
                }
            })}
        {alarm}
        <Incidents view=view.clone() incidents=sheet.incidents.clone()/>
        <Trouble view=view.clone() reports=sheet.reports.clone()/>
    }
    .into_any()
}

/// A number to tap, with its owner for whoever listens.
pub fn call(phone: &str, name: &str) -> AnyView {
    let href = format!("tel:{}", phone.replace([' ', '.', '\u{a0}'], ""));
    view! {
        <a class="button button--soft" href=href aria-label=format!("Appeler {name}")>
            <Icon name="smartphone" small=true/>
            "Appeler"
        </a>
    }
    .into_any()
}

/// « Solène R., 9 h 05 »
pub fn said_by(view: &DaySheetView, said: Said) -> String {
    nb(&format!("{}, {}", view.name_of(said.by), hour(said.at)))
}

/// Where a form of the sheet comes back to without WASM.
pub fn back(view: &DaySheetView) -> String {
    format!("/vacation/{}/feuille", view.card.id)
}

fn not_yours(shift: &str) -> AnyView {
    let shift = shift.to_owned();
    view! {
        <Empty
            id="feuille-non"
            icon="list-checks"
            title="Cette feuille n’est pas à toi"
            text="La personne qui anime la vacation la tient, de la veille à 18 h jusqu’au lendemain soir. Si personne n’anime, c’est l’équipe."
        >
            <a class="button button--fill" href=shift>
                "Revenir à la vacation"
            </a>
        </Empty>
    }
    .into_any()
}
