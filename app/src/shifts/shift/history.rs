//! Who held each seat, who moved it, when. Asked of the server when it is opened.

use domain::effect::How;
use domain::id::ShiftId;
use domain::members::ShortName;
use domain::time::Instant;
use leptos::prelude::*;

use crate::api::{ApiError, HistoryRow};
use crate::french::dates::moment;
use crate::french::nb;
use crate::ui::Icon;

#[component]
pub fn History(shift: ShiftId, now: Instant, asked: Action<ShiftId, Result<Vec<HistoryRow>, ApiError>>) -> impl IntoView {
    let toggled = move |event: leptos::ev::Event| {
        let details: web_sys::Element = event_target(&event);
        if details.has_attribute("open") && !asked.pending().get_untracked() {
            asked.dispatch(shift);
        }
    };
    let body = move || match asked.value().get() {
        None => view! { <p class="soft" role="status">"L’historique arrive."</p> }.into_any(),
        Some(Err(_)) => {
            view! { <p class="soft">"L’historique a besoin du réseau. Il s’affichera quand il reviendra."</p> }.into_any()
        }
        Some(Ok(rows)) if rows.is_empty() => view! { <p class="soft">"Rien n’a bougé sur cette vacation."</p> }.into_any(),
        Some(Ok(rows)) => {
            let rows = rows.into_iter().map(|row| line(row, now)).collect_view();
            view! { <ol class="history__list">{rows}</ol> }.into_any()
        }
    };
    view! {
        <details class="history" on:toggle=toggled>
            <summary class="history__head">
                "Historique des places"
                <Icon name="chevron-down"/>
            </summary>
            {body}
        </details>
    }
}

fn line(row: HistoryRow, now: Instant) -> impl IntoView {
    let holder = row.to.as_ref().map_or_else(|| "libre".to_owned(), ToString::to_string);
    let title = nb(&format!("Place {} : {holder}", row.position + 1));
    let soft = nb(&format!("{}, {}", how(&row), moment(row.at, now)));
    view! {
        <li class="history__item">
            <strong>{title}</strong>
            <br/>
            <span class="soft small">{soft}</span>
        </li>
    }
}

fn how(row: &HistoryRow) -> String {
    let name = |name: &Option<ShortName>| name.as_ref().map(ToString::to_string);
    let from = name(&row.from);
    let said = match (row.how, from) {
        (How::Generated, _) => "place fixe".to_owned(),
        (How::Taken, _) => "place libre, prise".to_owned(),
        (How::OnTheSpot, _) => "donnée sur place".to_owned(),
        (How::Claimed, Some(from)) => format!("donnée par {from}"),
        (How::Claimed, None) => "prise".to_owned(),
        (How::Moved, Some(from)) => format!("libérée par {from}"),
        (How::Moved, None) => "déplacée ici".to_owned(),
        (How::Swapped, Some(from)) => format!("échangée avec {from}"),
        (How::Swapped, None) => "échangée".to_owned(),
        (How::Looped, Some(from)) => format!("prise à {from} par échange"),
        (How::Looped, None) => "prise par échange".to_owned(),
        (How::Closed, _) => "vacation fermée".to_owned(),
        (How::Left, Some(from)) => format!("{from} quitte la coop"),
        (How::Left, None) => "départ de la coop".to_owned(),
        (How::Merged, _) => "deux fiches réunies".to_owned(),
        (How::Joined, _) => "place fixe, donnée".to_owned(),
    };
    match name(&row.by) {
        Some(by) => format!("{said}, par {by}"),
        None => said,
    }
}
