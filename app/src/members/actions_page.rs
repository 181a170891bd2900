//! « Mes actions »: what was done from this phone in the last fourteen days, newest first.

use domain::outbox::{Entry, EntryState};
use domain::outcome::Outcome;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::acts::Refusal;
use crate::french::dates::moment;
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::offline::clock;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::ui::{Chip, ChipLook, Empty, Frame, PageHead, Skeleton, Width};

#[component]
pub fn ActionsPage() -> impl IntoView {
    let (acts, store) = (Acts::expect(), Store::expect());
    let ids =
        Memo::new(move |_| acts.outbox.with(|outbox| outbox.entries.iter().rev().map(|entry| entry.id()).collect::<Vec<_>>()));
    view! {
        <Title text="Mes actions · Alpar"/>
        <Frame width=Width::Alone>
            <PageHead title="Mes actions" back=("/moi".to_owned(), "Moi".to_owned())/>
            <PageTop without_cards=true/>
            {move || {
                if !store.is_live() {
                    view! { <Skeleton label="Tes actions sont gardées sur ce téléphone : elles arrivent."/> }.into_any()
                } else if ids.with(Vec::is_empty) && acts.are_unread() {
                    view! {
                        <Empty
                            id="rien"
                            icon="circle-alert"
                            title="Tes actions ne se lisent pas"
                            text=nb("Ce téléphone ne dit pas ce qu’il en garde. Rien n’en est effacé : elles reviennent dès qu’il répond.")
                        >
                            <a class="button button--fill" href="/vacations">"Voir les vacations"</a>
                        </Empty>
                    }
                    .into_any()
                } else if ids.with(Vec::is_empty) {
                    view! {
                        <Empty
                            id="rien"
                            icon="list-checks"
                            title="Rien pour l’instant"
                            text="Ce que tu prends, donnes ou échanges depuis ce téléphone reste ici quatorze jours."
                        >
                            <a class="button button--fill" href="/vacations">"Voir les vacations"</a>
                        </Empty>
                    }
                    .into_any()
                } else {
                    view! {
                        <For each=move || ids.get() key=|id| *id let:id>
                            {move || acts.entry(id).map(|entry| card(acts, entry))}
                        </For>
                    }
                    .into_any()
                }
            }}
        </Frame>
    }
}

fn card(acts: Acts, entry: Entry) -> AnyView {
    let id = entry.id();
    let title = format!("action-{id}");
    let labelled = title.clone();
    let now = clock::now();
    let asked = format!("demandé {}", moment(entry.created_at, now));
    let command = entry.command().cloned();
    // Sent before, it may have arrived although its answer did not.
    let sent = entry.attempts > 0;
    let unseen = (!entry.put_away).then(|| Callback::new(move |()| acts.put_away(id)));
    let drop = move || {
        view! {
            <button class="button button--quiet" type="button" on:click=move |_| acts.give_up(id)>"Abandonner"</button>
        }
    };
    match entry.state {
        EntryState::Answered { outcome: Outcome::Refused { reason }, .. } => {
            view! { <Refusal id=title reason=reason wanted=entry.intent command=command asked=Some(asked) on_seen=unseen/> }
                .into_any()
        }
        EntryState::Answered { outcome: Outcome::Applied { .. }, at, .. } => view! {
            <article class="card" aria-labelledby=labelled>
                <div class="card__head card__head--start">
                    <Chip look=ChipLook::Done icon="check">"Confirmé"</Chip>
                    <span class="card__soft">{moment(at, now)}</span>
                </div>
                <h2 class="card__title" id=title>{entry.intent}</h2>
            </article>
        }
        .into_any(),
        EntryState::Held { .. } => view! {
            <article class="card" aria-labelledby=labelled>
                <div class="card__head card__head--start">
                    <Chip look=ChipLook::Waiting icon="clock">"Part dans quelques secondes"</Chip>
                </div>
                <h2 class="card__title" id=title>{entry.intent}</h2>
                <div class="card__acts">
                    <button class="button" type="button" on:click=move |_| acts.take_back(id)>"Annuler"</button>
                </div>
            </article>
        }
        .into_any(),
        EntryState::ToSend | EntryState::Sending => view! {
            <article class="card card--waiting" aria-labelledby=labelled>
                <div class="card__head card__head--start">
                    <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip>
                    <span class="card__soft">{asked}</span>
                </div>
                <h2 class="card__title" id=title>{entry.intent}</h2>
                <p>"Part tout seul quand le réseau revient."</p>
                <div class="card__acts">{drop()}</div>
            </article>
        }
        .into_any(),
        EntryState::Paused => view! {
            <article class="card card--waiting" aria-labelledby=labelled>
                <div class="card__head card__head--start">
                    <Chip look=ChipLook::Missing icon="circle-alert">"En pause"</Chip>
                    <span class="card__soft">{asked}</span>
                </div>
                <h2 class="card__title" id=title>{entry.intent}</h2>
                <p>"L’envoi a échoué plusieurs fois. Tes autres actions continuent."</p>
                <div class="card__acts">
                    <button class="button button--fill" type="button" on:click=move |_| acts.try_again(id)>"Réessayer"</button>
                    {drop()}
                </div>
            </article>
        }
        .into_any(),
        EntryState::GivenUp { at } => view! {
            <article class="card" aria-labelledby=labelled>
                <div class="card__head card__head--start">
                    <Chip look=ChipLook::Plain icon="circle-x">"Abandonnée"</Chip>
                    <span class="card__soft">{moment(at, now)}</span>
                </div>
                <h2 class="card__title" id=title>{entry.intent}</h2>
                {sent.then(|| view! {
                    <p>{nb("Elle était déjà partie une fois : si le serveur l’a reçue, le planning le montre.")}</p>
                })}
            </article>
        }
        .into_any(),
    }
}
