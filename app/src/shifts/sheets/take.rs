//! « Prendre la place »: on top of what I have, or in place of one of mine; each says its effect.

use domain::command::Command;
use domain::view::choices::{MySeat, TakeChoices};
use domain::view::seats::{SeatLook, SeatView, ShiftCard};
use leptos::prelude::*;

use super::Under;
use crate::acts::{ActForm, leave_sheet, other_seats};
use crate::french::dates::{day_and_hours_short, day_and_start};
use crate::french::reasons::{Speaking, sentence};
use crate::french::refusals::who_can;
use crate::french::typography::listed;
use crate::french::{bearing, capitalized, nb};
use crate::shifts::shift_card::{of, when};
use crate::ui::{EffectLine, EffectLook, Icon, Sheet};

#[component]
pub fn TakeSheet(choices: TakeChoices, card: ShiftCard, under: Under) -> impl IntoView {
    let seat = card.seats.iter().find(|seat| seat.id == choices.seat).cloned();
    let title = title(seat.as_ref());
    let asks = seat.and_then(|seat| match (seat.lead, seat.skill) {
        (true, _) => Some("Tu animes la vacation.".to_owned()),
        (false, Some(skill)) => Some(format!("Cette place demande : {}.", skill.to_lowercase())),
        (false, None) => None,
    });
    let with = if under.team.is_empty() { String::new() } else { format!(", avec {}", listed(&under.team, 4)) };
    let only = choices.instead_of.is_empty();
    let on_top = match &choices.on_top {
        Err(reason) => {
            let said = sentence(reason, &Speaking::at(under.now));
            let who = who_can(reason).map(|who| view! { <p class="soft small">{who}</p> });
            let others = other_seats(choices.others.clone());
            view! {
                <EffectLine look=EffectLook::Less icon="circle-x">
                    {said}
                </EffectLine>
                {who}
                {others}
            }
            .into_any()
        }
        Ok(bearing) => {
            view! { <OnTop choices=choices.clone() effect=bearing::sentence(bearing) only=only under=under.clone()/> }.into_any()
        }
    };
    let instead = choices
        .instead_of
        .clone()
        .into_iter()
        .map(|mine| view! { <InPlace choices=choices.clone() mine=mine under=under.clone()/> })
        .collect_view();
    view! {
        <Sheet title=title close=under.page()>
            <p class="sheet__lead">
                <strong>{capitalized(&day_and_hours_short(&when(&card)))}</strong>
                {nb(&format!("{with}."))}
            </p>
            {asks.map(|asks| view! { <p>{nb(&asks)}</p> })}
            {on_top}
            {instead}
        </Sheet>
    }
}

fn title(seat: Option<&SeatView>) -> String {
    match seat.map(|seat| (seat.look, seat.holder.as_ref(), seat.lead)) {
        Some((SeatLook::Offered, Some(holder), _)) => nb(&format!("Prendre la place {}", of(&holder.name.first))),
        Some((_, _, true)) => "Prendre la place d’animation".to_owned(),
        _ => "Prendre une place".to_owned(),
    }
}

/// « En plus »: the plain case is one button; beside other ways it is one of them.
#[component]
fn OnTop(choices: TakeChoices, effect: String, only: bool, under: Under) -> impl IntoView {
    let command = match choices.offer {
        Some(offer) => Command::ClaimOffer { offer, instead_of: None, secret: None },
        None => Command::TakeSeat { seat: choices.seat },
    };
    let intent = nb(&format!("Prendre une place, {}", day_and_hours_short(&choices.when)));
    let (back, then) = (under.page(), leave_sheet(under.page()));
    let body = if only {
        view! {
            <EffectLine>{effect}</EffectLine>
            <button class="button button--main" type="submit">
                "Prendre la place"
            </button>
        }
        .into_any()
    } else {
        choice("calendar-plus", "Prendre la place, en plus".to_owned(), effect).into_any()
    };
    view! {
        <ActForm command=command intent=intent back=back then=then class="stack">
            {body}
        </ActForm>
    }
}

/// « À la place de »: one act, the seat left and the seat taken together.
#[component]
fn InPlace(choices: TakeChoices, mine: MySeat, under: Under) -> impl IntoView {
    let command = match choices.offer {
        Some(offer) => Command::ClaimOffer { offer, instead_of: Some(mine.seat), secret: None },
        None => Command::MoveSeat { from: mine.seat, to: choices.seat },
    };
    let intent =
        nb(&format!("Prendre {}, à la place de {}", day_and_hours_short(&choices.when), day_and_hours_short(&mine.when)));
    let (back, then) = (under.page(), leave_sheet(under.page()));
    let title = nb(&format!("À la place de {}", day_and_start(&mine.when)));
    view! {
        <ActForm command=command intent=intent back=back then=then class="stack">
            {choice("arrow-left-right", title, bearing::after("Une vacation pour une autre", &mine.bearing))}
        </ActForm>
    }
}

fn choice(icon: &'static str, title: String, soft: String) -> impl IntoView {
    view! {
        <button class="choice" type="submit">
            <Icon name=icon/>
            <span class="choice__body">
                <span class="choice__title">{title}</span>
                <span class="choice__soft">{nb(&soft)}</span>
            </span>
            <Icon name="chevron-right"/>
        </button>
    }
}
