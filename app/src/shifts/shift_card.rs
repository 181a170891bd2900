//! A shift in the planning: its hours, who is there, what can be taken.

use domain::calendar::PublicKind;
use domain::reason::When;
use domain::view::seats::{SeatLook, SeatView, ShiftCard as Card};
use leptos::prelude::*;

use super::seat::SeatRow;
use crate::acts::{Stage, Waiting, waiting_on};
use crate::french::clock::{hour, hours};
use crate::french::dates::day_and_hours;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::acts::Acts;
use crate::ui::{ChipLook, Icon};

pub fn when(card: &Card) -> When {
    When { shift: card.id, starts_at: card.starts_at, ends_at: card.ends_at }
}

/// A way to take a seat: words and the sheet that says its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeWay {
    pub label: String,
    pub href: String,
}

/// The seats that I can take: the one somebody wants to leave first, then a free one.
pub fn take_ways(card: &Card) -> Vec<TakeWay> {
    if card.closed.is_some() || card.past || card.mine().is_some() {
        return Vec::new();
    }
    let claimable = card.seats.iter().find(|seat| is_given(seat) && !seat.unfit);
    let mut free: Vec<&SeatView> = card.seats.iter().filter(|seat| seat.look == SeatLook::Free && !seat.unfit).collect();
    // The seat that asks for least comes first.
    domain::order::by_key(&mut free, |seat| (seat.lead, seat.skill.is_some()));
    let way = |seat: &SeatView, label: String| TakeWay {
        label: nb(&label),
        href: format!("/vacation/{}?feuille=prendre&place={}", card.id, seat.id.position),
    };
    let given = claimable.and_then(|seat| {
        let holder = seat.holder.as_ref()?;
        Some(way(seat, format!("Prendre la place {}", of(&holder.name.first))))
    });
    let open = free.first().map(|seat| {
        let label = match (seat.lead, given.is_some(), free.len()) {
            (true, ..) => "Prendre la place d’animation",
            (_, false, _) => "Prendre une place",
            (_, true, 1) => "Prendre l’autre place libre",
            (_, true, _) => "Prendre une place libre",
        };
        way(seat, label.to_owned())
    });
    given.into_iter().chain(open).collect()
}

/// « de Hugo », « d’Anne ».
pub fn of(name: &str) -> String {
    let first = name.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    let vowel = "aeiouyéèêëàâîïôöûüœæ".contains(&first) && !first.is_empty();
    if vowel { format!("d’{name}") } else { format!("de {name}") }
}

pub fn is_given(seat: &SeatView) -> bool {
    seat.look == SeatLook::Offered && seat.offer.as_ref().is_some_and(|offer| offer.kind == PublicKind::Give)
}

/// The state in two or three words, with its look.
pub fn state(card: &Card) -> (ChipLook, Option<&'static str>, String) {
    if card.closed.is_some() {
        return (ChipLook::Refused, Some("snowflake"), "Fermée".to_owned());
    }
    match card.mine().map(|seat| seat.look) {
        Some(SeatLook::MineOffered) if !card.past => {
            return (ChipLook::Waiting, Some("hourglass"), "Tu cherches quelqu’un".to_owned());
        }
        Some(_) => return (ChipLook::Mine, Some("check"), "La tienne".to_owned()),
        None => {}
    }
    if card.past {
        return (ChipLook::Plain, None, "Passée".to_owned());
    }
    match lacking(card) {
        Some(words) => (ChipLook::Missing, None, words),
        None => (ChipLook::Plain, None, "Complet".to_owned()),
    }
}

/// « 1 libre, 1 à reprendre ».
pub fn lacking(card: &Card) -> Option<String> {
    let free = Some(card.free()).filter(|free| *free > 0).map(|free| counted(free, "libre", "libres"));
    let given = Some(card.to_claim()).filter(|given| *given > 0).map(|given| format!("{given}\u{a0}à reprendre"));
    let parts: Vec<String> = free.into_iter().chain(given).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What an act on its way says on the card.
pub fn waiting_words(waiting: &Waiting) -> (String, Option<String>) {
    let chip = match waiting.stage {
        Stage::Held => "Part dans un instant",
        Stage::ToSend => "En attente d’envoi",
        Stage::Paused => "En pause",
    };
    let soft = (waiting.takes.is_some() && waiting.stage == Stage::ToSend).then(|| {
        nb(&format!(
            "Tu as pris une place à {}. Elle sera à toi quand le réseau reviendra, si personne ne la prend avant.",
            hour(waiting.since)
        ))
    });
    (chip.to_owned(), soft)
}

fn state_chip(look: ChipLook, icon: Option<&'static str>, words: String) -> impl IntoView {
    view! {
        <span class=format!("shift-card__state {}", look.class())>
            {icon.map(|name| view! { <Icon name=name small=true/> })}
            {words}
        </span>
    }
}

/// `row` is the rank of the starting time in the week, from 1.
#[component]
pub fn ShiftCard(
    card: Card,
    /// My initials, for the seat I wait for.
    #[prop(into)]
    initials: String,
    #[prop(default = 1)] row: usize,
) -> impl IntoView {
    let acts = Acts::expect();
    let known = card.id;
    let waiting = Memo::new(move |_| waiting_on(acts, known));
    let (mine, past, closed) = (card.mine().is_some(), card.past, card.closed.clone());
    let class = move || {
        let mut class = "card shift-card".to_owned();
        if waiting.with(Option::is_some) {
            class.push_str(" card--waiting");
        } else if mine {
            class.push_str(" card--mine");
        }
        if past {
            class.push_str(" shift-card--past");
        }
        class
    };
    let (look, icon, words) = state(&card);
    let chip = move || match waiting.get() {
        Some(waiting) => state_chip(ChipLook::Waiting, Some("clock"), waiting_words(&waiting).0),
        None => state_chip(look, icon, words.clone()),
    };
    let whole = card.clone();
    let seats = move || {
        let taken = waiting.get().and_then(|waiting| waiting.takes).map(|seat| (seat, initials.clone()));
        view! { <SeatRow card=whole.clone() waiting=taken/> }
    };
    let soft = move || waiting.get().and_then(|waiting| waiting_words(&waiting).1);
    let (ways, spoken) = (take_ways(&card), day_and_hours(&when(&card)));
    let acts_row = move || {
        (waiting.with(Option::is_none) && !ways.is_empty()).then(|| {
            let links = ways
                .iter()
                .enumerate()
                .map(|(at, way)| {
                    let class = if at == 0 { "button button--main" } else { "button button--quiet" };
                    let label = format!("{}, {spoken}", way.label);
                    view! { <a class=class href=way.href.clone() aria-label=label>{way.label.clone()}</a> }
                })
                .collect_view();
            view! { <div class="shift-card__acts">{links}</div> }
        })
    };
    view! {
        <article class=class data-row=row.to_string()>
            <div class="card__head">
                <h4 class="card__date shift-card__time">
                    <a class="card__link" href=format!("/vacation/{}", card.id)>
                        <span class="shift-card__hours">{hours(card.starts_at, card.ends_at)}</span>
                    </a>
                </h4>
                {chip}
            </div>
            {seats}
            {closed.map(|why| view! { <p class="shift-card__soft">{nb(&format!("« {why} »"))}</p> })}
            {move || soft().map(|soft| view! { <p class="shift-card__soft">{soft}</p> })}
            {acts_row}
        </article>
    }
}
