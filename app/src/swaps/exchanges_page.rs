//! Échanges: what is proposed to me, what I can take, what I offer.

use domain::command::Command;
use domain::view::exchanges::{ExchangesView, ProposalCard as Asked};
use leptos::prelude::*;
use leptos_meta::Title;

use super::my_offer_card::MyOfferCard;
use super::offer_card::OfferCard;
use super::{LoopCard, Moves, ProposalCard};
use crate::acts::ActForm;
use crate::french::capitalized;
use crate::french::dates::{answer_by, day_and_hours_short};
use crate::french::typography::counted;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, Icon, PageHead, Segment, Segmented, Width};

#[component]
pub fn ExchangesPage() -> impl IntoView {
    view! {
        <Title text="Échanges · Alpar"/>
        <Screen query=|| Query::Exchanges title="Échanges" coming="Les échanges arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view| board(view).into_any())
}

/// « Planning · Échanges (6) · Les miennes »
pub fn segments(offers: usize, current: usize) -> Vec<Segment> {
    let exchanges = if offers > 0 { format!("Échanges ({offers})") } else { "Échanges".to_owned() };
    vec![
        Segment::new("Planning", "/vacations", current == 0),
        Segment::new(exchanges, "/echanges", current == 1),
        Segment::new("Les miennes", "/vacations/miennes", current == 2),
    ]
}

fn board(view: ExchangesView) -> impl IntoView {
    let now = view.now;
    let (for_me, to_take): (Vec<_>, Vec<_>) = view.to_take.into_iter().partition(|card| card.for_me);
    let asked = !(view.loops.is_empty() && view.to_me.is_empty() && for_me.is_empty());
    let takeable = to_take.iter().filter(|card| card.why_not.is_none()).count();
    let nothing = to_take.is_empty() && view.to_exchange.is_empty();
    view! {
        <Frame width=Width::Wide>
            <PageHead title="Échanges" initials=view.name.initials()/>
            <crate::page_top::PageTop/>
            <Segmented label="Vacations" segments=segments(view.offers, 1)/>
            {asked.then(|| view! {
                <section class="section section--apart" aria-labelledby="a-toi">
                    <h2 id="a-toi">"Proposé à toi"</h2>
                    <div class="board">
                        {view.loops.into_iter().map(|card| view! { <LoopCard card=card now=now back="/echanges"/> }).collect_view()}
                        {view.to_me.into_iter().map(|card| view! { <ProposalCard card=card now=now back="/echanges"/> }).collect_view()}
                        {for_me.into_iter().map(|card| view! { <OfferCard card=card now=now/> }).collect_view()}
                    </div>
                </section>
            })}
            {nothing.then(|| view! {
                <Empty id="rien" icon="handshake" title="Personne ne cherche d’échange" text="Quand quelqu’un proposera sa place, elle sera ici.">
                    <a class="button button--fill" href="/vacations?libres=1">"Voir les places libres"</a>
                </Empty>
            })}
            {(!to_take.is_empty()).then(|| view! {
                <section class="section section--apart" aria-labelledby="a-prendre">
                    <div class="section__head">
                        <h2 id="a-prendre">"À prendre"</h2>
                        <span class="soft small">{counted(takeable, "vacation", "vacations")}</span>
                    </div>
                    <div class="board">
                        {to_take.into_iter().map(|card| view! { <OfferCard card=card now=now/> }).collect_view()}
                    </div>
                </section>
            })}
            {(!view.to_exchange.is_empty()).then(|| view! {
                <section class="section section--apart" aria-labelledby="a-echanger">
                    <h2 id="a-echanger">"À échanger"</h2>
                    <div class="board">
                        {view.to_exchange.into_iter().map(|card| view! { <OfferCard card=card now=now/> }).collect_view()}
                    </div>
                </section>
            })}
            {(!view.mine.is_empty()).then(|| view! {
                <section class="section section--apart" aria-labelledby="tu-proposes">
                    <h2 id="tu-proposes">"Tu proposes"</h2>
                    <div class="board">
                        {view.mine.into_iter().map(|card| view! { <MyOfferCard card=card now=now/> }).collect_view()}
                    </div>
                </section>
            })}
            {(!view.from_me.is_empty()).then(|| view! {
                <section class="section section--apart" aria-labelledby="en-attente">
                    <h2 id="en-attente">"En attente de réponse"</h2>
                    <div class="board">
                        {view.from_me.into_iter().map(|card| asked_card(card, now)).collect_view()}
                    </div>
                </section>
            })}
            {my_shifts(view.my_shifts)}
            <div class="cluster section--apart no-print">
                <button class="button button--quiet" type="button" on:click=|_| { let _ = window().print(); }>
                    <Icon name="printer"/>"Imprimer les échanges"
                </button>
            </div>
        </Frame>
    }
}

/// A swap that I asked for and nobody answered yet.
fn asked_card(card: Asked, now: domain::time::Instant) -> impl IntoView {
    let title = format!("demande-{}", card.id);
    let who = card.with.name.to_string();
    let labelled = title.clone();
    view! {
        <article class="card" aria-labelledby=labelled>
            <div class="card__head card__head--start">
                <h3 class="chip chip--waiting" id=title>{format!("Demandé à {who}")}</h3>
                <span class="card__soft">{answer_by(card.answer_by, now)}</span>
            </div>
            <div class="loop"><Moves gives=card.gives takes=card.takes/></div>
            <div class="card__acts">
                <ActForm
                    command=Command::WithdrawProposal { proposal: card.id }
                    intent=format!("Retirer ma demande à {who}")
                    back="/echanges"
                >
                    <button class="button" type="submit">"Retirer ma demande"</button>
                </ActForm>
            </div>
        </article>
    }
}

/// The shifts from which I could offer.
fn my_shifts(shifts: Vec<domain::view::seats::ShiftCard>) -> Option<impl IntoView> {
    use domain::view::seats::SeatLook;
    let free: Vec<_> = shifts
        .into_iter()
        .filter(|card| !card.past && card.closed.is_none())
        .filter(|card| card.mine().is_some_and(|seat| seat.look == SeatLook::Mine))
        .collect();
    (!free.is_empty()).then(|| {
        let rows = free
            .into_iter()
            .map(|card| {
                let when = domain::reason::When { shift: card.id, starts_at: card.starts_at, ends_at: card.ends_at };
                let said = capitalized(&day_and_hours_short(&when));
                view! {
                    <li class="row">
                        <span class="row__body">
                            <a class="row__link row__title" href=format!("/vacation/{}?feuille=absence", card.id)>
                                {said}
                            </a>
                            <span class="row__soft">"Je ne peux pas venir"</span>
                        </span>
                        <span class="row__end"><Icon name="chevron-right"/></span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section section--apart" aria-labelledby="proposer">
                <h2 id="proposer">"Proposer une de mes places"</h2>
                <ul class="list">{rows}</ul>
            </section>
        }
    })
}
