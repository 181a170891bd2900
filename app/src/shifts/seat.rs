//! The app's own sign: a seat. Its shape says who, its fill says what, its row has words.

use domain::id::SeatId;
use domain::view::seats::{SeatLook, SeatView, ShiftCard};
use leptos::prelude::*;

use crate::french::nb;
use crate::french::typography::{counted, listed};

/// The classes of a seat; `waiting` when my act on it is not answered yet.
fn class(seat: &SeatView, waiting: bool, large: bool) -> String {
    let mut class = "seat".to_owned();
    if seat.lead {
        class.push_str(" seat--lead");
    }
    class.push_str(match seat.look {
        _ if waiting => " seat--waiting",
        SeatLook::Free => " seat--free",
        SeatLook::Kept => " seat--kept",
        SeatLook::Held => "",
        SeatLook::Offered => " seat--offered",
        SeatLook::Mine => " seat--mine",
        SeatLook::MineOffered => " seat--offered seat--mine",
    });
    if large {
        class.push_str(" seat--large");
    }
    class
}

/// One seat. Decorative: the row, or the name beside it, has the words.
#[component]
pub fn SeatSign(
    seat: SeatView,
    /// My initials, where I wait for this seat.
    #[prop(default = None)]
    waiting: Option<String>,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    let class = class(&seat, waiting.is_some(), large);
    let name = seat.holder.as_ref().map_or_else(|| "libre".to_owned(), |holder| holder.name.to_string());
    let initials = waiting.or_else(|| seat.holder.as_ref().map(|holder| holder.name.initials()));
    let plain = matches!(seat.look, SeatLook::Offered | SeatLook::MineOffered);
    view! {
        <span class=class data-name=name aria-hidden="true">
            {initials
                .map(|initials| {
                    if plain { view! { <span>{initials}</span> }.into_any() } else { initials.into_any() }
                })}
        </span>
    }
}

/// All seats of a shift, read at a glance or heard as one sentence.
#[component]
pub fn SeatRow(
    card: ShiftCard,
    /// The seat for which I wait, with my initials.
    #[prop(default = None)]
    waiting: Option<(SeatId, String)>,
) -> impl IntoView {
    let mut label = words(&card);
    if waiting.is_some() {
        label.push_str(", la tienne en attente");
    }
    let seats = card
        .seats
        .into_iter()
        .map(|seat| {
            let waiting = waiting.clone().filter(|(id, _)| *id == seat.id).map(|(_, initials)| initials);
            view! { <SeatSign seat=seat waiting=waiting/> }
        })
        .collect_view();
    view! {
        <span class="seats" role="img" aria-label=label>
            {seats}
        </span>
    }
}

/// « 5 places, 1 libre, Hugo V. cherche quelqu’un ».
pub fn words(card: &ShiftCard) -> String {
    let mut parts = vec![counted(card.seats.len(), "place", "places")];
    match card.free() {
        0 => parts.push("complet".to_owned()),
        free => parts.push(counted(free, "libre", "libres")),
    }
    let leaving: Vec<String> = card
        .seats
        .iter()
        .filter(|seat| seat.look == SeatLook::Offered)
        .filter_map(|seat| seat.holder.as_ref())
        .map(|holder| holder.name.to_string())
        .collect();
    match leaving.len() {
        0 => {}
        1 => parts.push(format!("{} cherche quelqu’un", leaving[0])),
        _ => parts.push(format!("{} cherchent quelqu’un", listed(&leaving, 3))),
    }
    match card.mine().map(|seat| seat.look) {
        Some(SeatLook::MineOffered) => parts.push("tu cherches quelqu’un pour la tienne".to_owned()),
        Some(_) => parts.push("la tienne".to_owned()),
        None => {}
    }
    nb(&parts.join(", "))
}

#[cfg(test)]
mod tests {
    use domain::calendar::PublicKind;
    use domain::id::{MemberId, OfferId, ShiftId};
    use domain::members::ShortName;
    use domain::view::seats::{Holder, SeatOffer};
    use uuid::Uuid;

    use super::*;

    fn seat(position: i16, look: SeatLook, name: Option<(&str, &str)>) -> SeatView {
        let offered = matches!(look, SeatLook::Offered | SeatLook::MineOffered);
        SeatView {
            id: SeatId::new(ShiftId(Uuid::nil()), position),
            lead: position == 0,
            skill: None,
            holder: name.map(|(first, last)| Holder { id: MemberId(Uuid::nil()), name: ShortName::new(first, last) }),
            look,
            offer: offered.then(|| SeatOffer { id: OfferId(Uuid::nil()), kind: PublicKind::Give, for_me: false }),
            unfit: false,
        }
    }

    fn card(seats: Vec<SeatView>) -> ShiftCard {
        ShiftCard {
            id: ShiftId(Uuid::nil()),
            on: "2026-11-26".parse().unwrap(),
            starts_at: "2026-11-26T11:00:00Z".parse().unwrap(),
            ends_at: "2026-11-26T14:00:00Z".parse().unwrap(),
            closed: None,
            past: false,
            seats,
        }
    }

    #[test]
    fn a_row_of_seats_is_one_sentence() {
        let lead = seat(0, SeatLook::Held, Some(("Théo", "Durand")));
        let hugo = seat(1, SeatLook::Offered, Some(("Hugo", "Vidal")));
        let free = seat(2, SeatLook::Free, None);
        let mine = seat(3, SeatLook::Mine, Some(("Camille", "Morel")));
        let said = |seats: Vec<SeatView>| words(&card(seats)).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said(vec![lead.clone(), hugo, free]), "3 places, 1 libre, Hugo V. cherche quelqu’un");
        assert_eq!(said(vec![lead, mine]), "2 places, complet, la tienne");
    }
}
