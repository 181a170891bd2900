//! My open offer: what I ticked, until when, and how to take it back.

use domain::command::Command;
use domain::swaps::{Audience, OfferKind};
use domain::time::Instant;
use domain::view::exchanges::MyOfferCard as Card;
use leptos::prelude::*;

use crate::acts::ActForm;
use crate::french::dates::{day_and_hours_short, until};
use crate::french::patterns::pattern;
use crate::french::typography::{counted, listed};
use crate::french::{capitalized, nb};
use crate::ui::{Chip, ChipLook};

#[component]
pub fn MyOfferCard(card: Card, now: Instant) -> impl IntoView {
    let shift = card.when.shift;
    let title = format!("mienne-{}", card.id);
    let exchanging = matches!(card.kind, OfferKind::Exchange { .. });
    let seat = card.seat;
    let moves = card
        .could_move_to
        .iter()
        .map(|free| {
            let to = day_and_hours_short(&free.when);
            let intent = format!("Déplacer ma place de {} à {to}", day_and_hours_short(&card.when));
            view! {
                <li class="row row--inner">
                    <div class="row__body">
                        <span class="row__title">{capitalized(&to)}</span>
                        <span class="row__soft">"Une place libre parmi tes choix"</span>
                    </div>
                    <ActForm
                        command=Command::MoveSeat { from: seat, to: free.to }
                        intent=intent
                        back="/echanges"
                    >
                        <button class="button button--fill" type="submit">"Déplacer"</button>
                    </ActForm>
                </li>
            }
        })
        .collect_view();
    let has_moves = !card.could_move_to.is_empty();
    let labelled = title.clone();
    view! {
        <article class="card" aria-labelledby=labelled>
            <div class="card__head">
                <Chip look=ChipLook::Waiting icon="clock">"En cours"</Chip>
                <span class="card__soft">{format!("jusqu’{}", until(card.until, now))}</span>
            </div>
            <h3 class="card__date" id=title>
                <a class="card__link" href=format!("/vacation/{shift}")>
                    {capitalized(&day_and_hours_short(&card.when))}
                </a>
            </h3>
            <p>{what(&card)}</p>
            <p class="card__soft">"Ta place reste la tienne tant que personne ne l’a prise."</p>
            {has_moves.then(|| view! { <ul class="stack" aria-label="Places libres parmi tes choix">{moves}</ul> })}
            <div class="card__acts">
                {exchanging.then(|| view! {
                    <a class="button" href=format!("/vacation/{shift}?feuille=echanger")>"Modifier mes choix"</a>
                })}
                <ActForm
                    command=Command::WithdrawOffer { offer: card.id }
                    intent=format!("Garder ma place, {}", day_and_hours_short(&card.when))
                    back="/echanges"
                >
                    <button class="button" type="submit">"Garder ma place"</button>
                </ActForm>
            </div>
        </article>
    }
}

fn what(card: &Card) -> String {
    let told = match &card.kind {
        OfferKind::Give { audience: Audience::Anyone } => "Tu la donnes à la première personne qui peut.".to_owned(),
        OfferKind::Give { audience: Audience::Invited } => "Tu la donnes à la personne à qui tu as montré le lien.".to_owned(),
        OfferKind::Give { audience: Audience::Named { .. } } => {
            let names: Vec<String> = card.named.iter().map(ToString::to_string).collect();
            format!("Tu la proposes à {}.", listed(&names, 3))
        }
        OfferKind::Exchange { wishes } => {
            let patterns: Vec<String> = wishes.patterns.iter().map(|wish| format!("« {} »", pattern(&wish.pattern))).collect();
            let shifts = wishes.shifts.len();
            let ticked = (shifts > 0).then(|| counted(shifts, "vacation", "vacations"));
            let all: Vec<String> = ticked.into_iter().chain(patterns).collect();
            format!("Tu as coché {}.", listed(&all, 4))
        }
    };
    nb(&told)
}
