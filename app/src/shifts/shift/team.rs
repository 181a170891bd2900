//! Who is on the shift, seat by seat.

use domain::calendar::PublicKind;
use domain::view::seats::{SeatLook, SeatView, ShiftCard};
use leptos::prelude::*;

use crate::acts::Waiting;
use crate::french::{capitalized, nb};
use crate::shifts::SeatSign;
use crate::shifts::shift_card::is_given;

/// A tap on a co-worker leads to « Lui proposer un échange », on an open seat to « Prendre ».
#[component]
pub fn Team(
    card: ShiftCard,
    /// My act on this shift that is not answered yet.
    waiting: Memo<Option<Waiting>>,
    #[prop(into)] initials: String,
) -> impl IntoView {
    let mine = card.mine().is_some();
    let title = if mine { "Ton équipe" } else { "L’équipe" };
    let can = card.closed.is_none() && !card.past;
    let rows = card
        .seats
        .into_iter()
        .map(|seat| view! { <Row seat=seat waiting=waiting initials=initials.clone() mine=mine can=can/> })
        .collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="equipe">
            <h2 id="equipe">{title}</h2>
            <ul class="list">{rows}</ul>
        </section>
    }
}

#[component]
fn Row(seat: SeatView, waiting: Memo<Option<Waiting>>, initials: String, mine: bool, can: bool) -> impl IntoView {
    let i_am_here = matches!(seat.look, SeatLook::Mine | SeatLook::MineOffered);
    let class = if i_am_here { "row row--mine" } else { "row" };
    let name = match (&seat.holder, i_am_here) {
        (_, true) => "Toi".to_owned(),
        (Some(holder), false) => holder.name.to_string(),
        (None, false) if seat.look == SeatLook::Kept => "Une place gardée".to_owned(),
        (None, false) => "Une place libre".to_owned(),
    };
    let id = seat.id;
    let waits = move || waiting.with(|waiting| waiting.as_ref().is_some_and(|waiting| waiting.takes == Some(id)));
    let end = if can && !i_am_here { act(&seat, mine, &name) } else { None };
    let soft = soft(&seat);
    let sign_seat = seat.clone();
    let sign = move || {
        let initials = waits().then(|| initials.clone());
        view! { <SeatSign seat=sign_seat.clone() waiting=initials large=true/> }
    };
    let soft = move || {
        let said = if waits() { Some("Tu as demandé cette place : en attente.".to_owned()) } else { soft.clone() };
        said.map(|said| view! { <span class="row__soft">{said}</span> })
    };
    view! {
        <li class=class>
            {sign}
            <span class="row__body">
                <span class="row__title">{name}</span>
                {soft}
            </span>
            {end
                .map(|(href, words, label)| {
                    view! {
                        <span class="row__end">
                            <a class="button button--soft" href=href aria-label=label data-noscroll="">
                                {words}
                            </a>
                        </span>
                    }
                })}
        </li>
    }
}

/// « Anime la vacation », « Caisse · cherche quelqu’un pour sa place »
fn soft(seat: &SeatView) -> Option<String> {
    let mut parts = Vec::new();
    if seat.lead {
        parts.push(if seat.holder.is_some() { "anime la vacation" } else { "pour animer la vacation" }.to_owned());
    }
    if let Some(skill) = &seat.skill {
        parts.push(skill.to_lowercase());
    }
    let kind = seat.offer.as_ref().map(|offer| (offer.kind, offer.for_me));
    match (seat.look, kind) {
        (SeatLook::Offered, Some((PublicKind::Give, true))) => parts.push("te propose sa place".to_owned()),
        (SeatLook::Offered, Some((PublicKind::Give, false))) => parts.push("cherche quelqu’un pour sa place".to_owned()),
        (SeatLook::Offered, _) => parts.push("cherche un échange".to_owned()),
        (SeatLook::Kept, _) => parts.push("pour la liste d’attente".to_owned()),
        (SeatLook::MineOffered, _) => parts.push("tu cherches quelqu’un".to_owned()),
        _ => {}
    }
    (!parts.is_empty()).then(|| capitalized(&nb(&parts.join(" · "))))
}

/// Where the row's act goes, its word, and the whole of it for whoever listens.
fn act(seat: &SeatView, mine: bool, name: &str) -> Option<(String, &'static str, String)> {
    let to = |sheet: &str| format!("/vacation/{}?feuille={sheet}&place={}", seat.id.shift, seat.id.position);
    match seat.look {
        // Somebody who is on the shift has a seat already.
        _ if mine => None,
        // What the rules exclude is absent; the row says what the seat asks for.
        _ if seat.unfit => None,
        SeatLook::Free => Some((to("prendre"), "Prendre", format!("Prendre la place {}", seat.id.position + 1))),
        SeatLook::Offered if is_given(seat) => Some((to("prendre"), "Prendre", format!("Prendre la place : {name}"))),
        SeatLook::Held | SeatLook::Offered => Some((to("proposer"), "Échanger", nb(&format!("Proposer un échange : {name}")))),
        SeatLook::Mine | SeatLook::MineOffered | SeatLook::Kept => None,
    }
}
