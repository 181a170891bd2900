//! What I can do with a shift, kept at the thumb.

use domain::calendar::PublicKind;
use domain::command::Command;
use domain::view::seats::{SeatLook, ShiftCard};
use leptos::prelude::*;

use crate::acts::{ActForm, Stage, Waiting};
use crate::french::dates::day_and_hours_short;
use crate::french::nb;
use crate::shifts::shift_card::{take_ways, when};

#[component]
pub fn ShiftActs(card: ShiftCard, waiting: Memo<Option<Waiting>>) -> impl IntoView {
    let over = card.closed.is_some();
    let base = format!("/vacation/{}", card.id);
    let mine = card.mine().map(|seat| (seat.look, seat.offer.clone()));
    let intent = nb(&format!("Garder ta place, {}", day_and_hours_short(&when(&card))));
    let past = card.past;
    move || {
        // An act on its way is answered first.
        let on_its_way = waiting.with(|waiting| waiting.as_ref().is_some_and(|known| known.stage != Stage::Paused));
        if over || on_its_way {
            return ().into_any();
        }
        match &mine {
            Some((SeatLook::MineOffered, Some(offer))) if !past => {
                let edit = offer.kind == PublicKind::Exchange;
                let (command, href) = (Command::WithdrawOffer { offer: offer.id }, format!("{base}?feuille=echanger"));
                view! {
                    <div class="page__acts">
                        <ActForm command=command intent=intent.clone() back=base.clone() class="stack">
                            <button class="button button--main" type="submit">
                                "Garder ma place"
                            </button>
                        </ActForm>
                        {if edit {
                            view! { <a class="button button--quiet" href=href data-noscroll="">"Modifier mes choix"</a> }
                        } else {
                            view! {
                                <a class="button button--quiet" href=format!("{base}?feuille=absence") data-noscroll="">
                                    "Je ne peux pas venir"
                                </a>
                            }
                        }}
                    </div>
                }
                .into_any()
            }
            Some(_) if past => ().into_any(),
            Some(_) => view! {
                <div class="page__acts">
                    <a class="button button--big" href=format!("{base}?feuille=absence") data-noscroll="">
                        "Je ne peux pas venir"
                    </a>
                </div>
            }
            .into_any(),
            None => {
                let ways = take_ways(&card);
                if ways.is_empty() {
                    return ().into_any();
                }
                let links = ways
                    .into_iter()
                    .enumerate()
                    .map(|(at, way)| {
                        let class = if at == 0 { "button button--main" } else { "button button--quiet" };
                        view! { <a class=class href=way.href data-noscroll="">{way.label}</a> }
                    })
                    .collect_view();
                view! { <div class="page__acts">{links}</div> }.into_any()
            }
        }
    }
}
