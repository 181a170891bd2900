//! A shift that lacks people, with the one act.

use domain::view::seats::{SeatLook, ShiftCard};
use leptos::prelude::*;

use crate::french::dates::day_and_hours_short;
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::shifts::SeatRow;
use crate::shifts::shift_card::{is_given, take_ways, when};

#[component]
pub fn Need(card: ShiftCard) -> impl IntoView {
    let date = capitalized(&day_and_hours_short(&when(&card)));
    let act = take_ways(&card).into_iter().next().map(|way| {
        let label = format!("{} : {date}", way.label);
        view! {
            <a class="button button--fill need__act" href=way.href aria-label=nb(&label)>
                "Prendre"
            </a>
        }
    });
    let (href, text) = (format!("/vacation/{}", card.id), text(&card));
    view! {
        <li class="need">
            <div class="need__body">
                <h3 class="need__date">
                    <a class="card__link" href=href>
                        {date}
                    </a>
                </h3>
                <p class="need__text">{text}</p>
                <div class="need__seats">
                    <SeatRow card=card/>
                </div>
            </div>
            {act}
        </li>
    }
}

/// « 1 libre, Hugo cherche quelqu’un », « 3 places libres, sans animateur·rice ».
fn text(card: &ShiftCard) -> String {
    let given = card.seats.iter().find(|seat| is_given(seat)).and_then(|seat| seat.holder.as_ref());
    let no_lead = card.seats.iter().any(|seat| seat.lead && seat.look == SeatLook::Free);
    let mut parts = Vec::new();
    match (card.free(), given.is_some()) {
        (0, _) => {}
        (free, true) => parts.push(counted(free, "libre", "libres")),
        (free, false) => parts.push(counted(free, "place libre", "places libres")),
    }
    if let Some(given) = given {
        parts.push(match card.to_claim() {
            1 => format!("{} cherche quelqu’un", given.name.first),
            more => format!("{more} à reprendre"),
        });
    }
    if no_lead {
        parts.push("sans animateur·rice".to_owned());
    }
    capitalized(&nb(&parts.join(", ")))
}
