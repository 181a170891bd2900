//! « J’aimerais trouver… »: what members would like the shop to have, and what Approvisionnement answers.

use domain::command::Command;
use domain::id::SuggestionId;
use domain::time::Instant;
use domain::view::catalogue::{Wish, Wishes, WishesView, wishes_of};
use leptos::prelude::*;
use leptos_meta::Title;

use super::address::{RANGES, WISHES};
use super::suggesting::Suggesting;
use crate::acts::{ActForm, to_see};
use crate::french::catalogue::{verdict, wanted_by};
use crate::french::dates::ago;
use crate::french::{capitalized, nb};
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Frame, Icon, PageHead, Width};

#[component]
pub fn WishesPage() -> impl IntoView {
    view! {
        <Title text="J’aimerais trouver… · Alpar"/>
        <Screen query=|| Query::Wishes title="J’aimerais trouver…" coming="Les demandes arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

/// As it is now; what is being typed stays.
fn following(first: Wishes) -> Memo<Wishes> {
    let store = Store::expect();
    Memo::new(move |_| store.following_shop(wishes_of).unwrap_or_else(|| first.clone()))
}

fn page(view: WishesView) -> AnyView {
    let WishesView { now, name, wishes, .. } = view;
    let wishes = following(wishes);
    let acts = Acts::expect();
    let waiting = to_see(acts);
    let back = (RANGES.to_owned(), "Rayons".to_owned());
    let first: Vec<SuggestionId> = wishes.with_untracked(|wishes| wishes.open.iter().map(|wish| wish.id).collect());
    let open = Memo::new(move |_| wishes.with(|wishes| in_order(wishes.open.clone(), &first)));
    let answered = Memo::new(move |_| wishes.with(|wishes| wishes.answered.clone()));
    let nothing = "Rien n’est demandé pour l’instant. Que manque-t-il en magasin ?";
    view! {
        <Frame width=Width::Alone>
            <PageHead title="J’aimerais trouver…" back=back initials=name.initials() waiting=waiting/>
            <PageTop/>
            <Suggesting id="envie" text=RwSignal::new(String::new())/>
            <section class="section section--apart" aria-labelledby="demandes">
                <h2 id="demandes">"Demandé par des membres"</h2>
                {move || open.with(Vec::is_empty).then(|| view! { <p class="soft">{nb(nothing)}</p> })}
                <div class="stack">{move || open.get().into_iter().map(|wish| card(wish, acts, now)).collect_view()}</div>
            </section>
            {move || {
                let answered = answered.get();
                (!answered.is_empty())
                    .then(|| {
                        let cards = answered.into_iter().map(|wish| card(wish, acts, now)).collect_view();
                        view! {
                            <section class="section section--apart" aria-labelledby="reponses">
                                <h2 id="reponses">"Réponses"</h2>
                                <div class="stack">{cards}</div>
                            </section>
                        }
                    })
            }}
        </Frame>
    }
    .into_any()
}

/// In the order in which they were first seen, what is asked since before them: « moi aussi » counts one more, and moves nothing.
fn in_order(mut open: Vec<Wish>, first: &[SuggestionId]) -> Vec<Wish> {
    domain::order::by_key(&mut open, |wish| first.iter().position(|id| *id == wish.id));
    open
}

fn card(wish: Wish, acts: Acts, now: Instant) -> impl IntoView {
    let Wish { id, text, by, own, at, wanted_by: people, supported, open, answer } = wish;
    let labelled = format!("envie-{id}");
    let title = labelled.clone();
    let who = if own { "Toi".to_owned() } else { by.to_string() };
    let soft = nb(&format!("{who}, {}", ago(at, now)));
    let waits = Memo::new(move |_| is_waiting(acts, id));
    let answer = answer.map(|(said, why, when)| {
        let look = match said {
            domain::catalogue::Verdict::Yes => ChipLook::Done,
            domain::catalogue::Verdict::No => ChipLook::Refused,
            domain::catalogue::Verdict::Later => ChipLook::Waiting,
        };
        view! {
            <div class="wish__answer">
                <p class="cluster">
                    <Chip look=look>{capitalized(verdict(said))}</Chip>
                    <span class="soft">{nb(&format!("Approvisionnement, {}", ago(when, now)))}</span>
                </p>
                {(!why.is_empty()).then(|| view! { <p class="wish__why">{why}</p> })}
            </div>
        }
    });
    let support = (open && !own).then(|| support(id, &text, supported));
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__title" id=title>{nb(&text)}</h3>
            <p class="card__soft">{soft}</p>
            <p class="card__soft">{wanted_by(people)}</p>
            {answer}
            {support}
            {move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })}
        </article>
    }
}

fn is_waiting(acts: Acts, id: SuggestionId) -> bool {
    acts.outbox.with(|outbox| {
        let about = |command: &Command| command.suggestion() == Some(id);
        outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(about))
    })
}

fn support(suggestion: SuggestionId, text: &str, on: bool) -> impl IntoView + use<> {
    let label = nb(&format!("Moi aussi : {text}"));
    let (command, intent) = if on {
        (Command::Unsupport { suggestion }, nb(&format!("Plus moi : {text}")))
    } else {
        (Command::Support { suggestion }, label.clone())
    };
    view! {
        <div class="card__acts">
            <ActForm command=command intent=intent back=WISHES>
                <button class="toggle" type="submit" aria-pressed=if on { "true" } else { "false" } aria-label=label>
                    {on.then(|| view! { <Icon name="check" small=true/> })}
                    "Moi aussi"
                </button>
            </ActForm>
        </div>
    }
}
