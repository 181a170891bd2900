//! Les miennes: my coming and past shifts.

use chrono::NaiveDate;
use domain::calendar::PublicKind;
use domain::command::Command;
use domain::time::paris_day;
use domain::view::mine::MineView;
use domain::view::seats::{SeatLook, ShiftCard};
use leptos::prelude::*;
use leptos_meta::Title;

use super::shift_card::{waiting_words, when};
use super::{SeatRow, ShiftViews};
use crate::acts::{ActForm, waiting_on};
use crate::french::dates::{day_and_hours_short, relative_day};
use crate::french::standing::explanation;
use crate::french::{capitalized, nb};
use crate::offline::acts::Acts;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Empty, Frame, Icon, Width};

const BACK: &str = "/vacations/miennes";

#[component]
pub fn MinePage() -> impl IntoView {
    view! {
        <Title text="Mes vacations · Alpar"/>
        <Screen query=|| Query::Mine title="Vacations" coming="Tes vacations arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view| mine(view).into_any())
}

fn mine(view: MineView) -> impl IntoView {
    let today = paris_day(view.now);
    let next = view.coming.iter().find(|card| card.closed.is_none()).map(when);
    let explained = explanation(&view.standing, next.as_ref());
    let none = view.coming.is_empty();
    let coming = view.coming.into_iter().map(|card| view! { <Coming card=card today=today/> }).collect_view();
    let past = (!view.past.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="passees">
                <h2 id="passees">"Passées"</h2>
                <ul class="list">{view.past.into_iter().map(past_row).collect_view()}</ul>
            </section>
        }
    });
    view! {
        <Frame width=Width::Wide>
            <ShiftViews initials=view.name.initials() offers=view.offers current=2/>
            <section class="section section--apart" aria-labelledby="a-venir">
                <h2 id="a-venir">"À venir"</h2>
                <p class="soft">{explained}</p>
                {if none {
                    view! {
                        <Empty
                            id="aucune"
                            icon="calendar-plus"
                            title="Tu n’as pas de vacation prévue"
                            text="Tes prochaines vacations seront ici, avec ce que tu peux en faire."
                        >
                            <a class="button button--main" href="/vacations?libres=1">
                                "Choisir une vacation"
                            </a>
                        </Empty>
                    }
                        .into_any()
                } else {
                    view! { <div class="board">{coming}</div> }.into_any()
                }}
            </section>
            {past}
        </Frame>
    }
}

/// A coming shift: « Je ne peux pas venir », or what becomes of my offer.
#[component]
fn Coming(card: ShiftCard, today: NaiveDate) -> impl IntoView {
    let acts = Acts::expect();
    let known = card.id;
    let waiting = Memo::new(move |_| waiting_on(acts, known));
    let offer = card.mine().filter(|seat| seat.look == SeatLook::MineOffered).and_then(|seat| seat.offer.clone());
    let date = day_and_hours_short(&when(&card));
    let href = format!("/vacation/{}", card.id);
    let looking = offer.is_some();
    let class = if looking || card.closed.is_some() { "card" } else { "card card--mine" };
    let (closed, on) = (card.closed.clone(), card.on);
    let chip = move || match (waiting.get(), &closed) {
        (Some(waiting), _) => view! { <Chip look=ChipLook::Waiting icon="clock">{waiting_words(&waiting).0}</Chip> }.into_any(),
        (None, Some(_)) => view! { <Chip look=ChipLook::Refused icon="snowflake">"Fermée"</Chip> }.into_any(),
        (None, None) if looking => {
            view! { <Chip look=ChipLook::Waiting icon="hourglass">"Tu cherches quelqu’un"</Chip> }.into_any()
        }
        (None, None) => view! { <Chip look=ChipLook::Plain>{relative_day(on, today)}</Chip> }.into_any(),
    };
    let why = card.closed.clone().map(|why| nb(&format!("« {why} »")));
    let can = card.closed.is_none();
    let acts_row = match offer {
        Some(offer) => {
            let edit = offer.kind == PublicKind::Exchange;
            let edit_href = format!("{href}?feuille=echanger");
            let command = Command::WithdrawOffer { offer: offer.id };
            view! {
                <div class="card__acts">
                    <ActForm command=command intent=nb(&format!("Garder ta place, {date}")) back=BACK>
                        <button class="button" type="submit">
                            "Garder ma place"
                        </button>
                    </ActForm>
                    {edit.then(|| view! { <a class="button" href=edit_href>"Modifier mes choix"</a> })}
                </div>
            }
            .into_any()
        }
        None if can => {
            let absent = format!("{href}?feuille=absence");
            view! {
                <div class="card__acts">
                    <a class="button" href=absent>
                        "Je ne peux pas venir"
                    </a>
                </div>
            }
            .into_any()
        }
        None => ().into_any(),
    };
    view! {
        <article class=class>
            <div class="card__head">
                <h3 class="card__date">
                    <a class="card__link" href=href>
                        {capitalized(&date)}
                    </a>
                </h3>
                {chip}
            </div>
            {why.map(|why| view! { <p class="card__soft">{why}</p> })}
            <SeatRow card=card/>
            {acts_row}
        </article>
    }
}

fn past_row(card: ShiftCard) -> impl IntoView {
    let (icon, soft) = match &card.closed {
        Some(why) => ("circle-minus", nb(&format!("Magasin fermé : {why}"))),
        None => ("circle-check", "Tu y étais inscrit·e".to_owned()),
    };
    view! {
        <li class="row">
            <Icon name=icon/>
            <span class="row__body">
                <a class="row__link row__title" href=format!("/vacation/{}", card.id)>
                    {capitalized(&day_and_hours_short(&when(&card)))}
                </a>
                <span class="row__soft">{soft}</span>
            </span>
            <span class="row__end">
                <Icon name="chevron-right"/>
            </span>
        </li>
    }
}
