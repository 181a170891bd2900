//! « Mon engagement »: where I am, what to do by when, how the count came about, what is asked.

use domain::reason::When;
use domain::time::Days;
use domain::view::commitment::CommitmentView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::pot::Pot;
use super::requests::Requests;
use super::story::StoryList;
use super::what_if::WhatIfForm;
use crate::french::commitment::{coming, policy, to_do};
use crate::french::dates::{day_and_hours_short, days};
use crate::french::standing::{headline, level};
use crate::french::{capitalized, nb};
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, EffectLine, EffectLook, Empty, Frame, Icon, PageHead, Width};

pub const PAGE: &str = "/moi/engagement";

#[component]
pub fn CommitmentPage() -> impl IntoView {
    let address = use_query_map();
    let query = move || Query::Commitment { asked: address.with(|query| query.get("si")).and_then(|what| what.parse().ok()) };
    view! {
        <Title text="Mon engagement · Alpar"/>
        <Screen query=query title="Mon engagement" coming="Ton compte arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(commitment)
}

fn commitment(view: CommitmentView) -> AnyView {
    let look = match view.standing.level {
        domain::ledger::Level::UpToDate => ChipLook::Done,
        domain::ledger::Level::Alert => ChipLook::Waiting,
        domain::ledger::Level::Late => ChipLook::Missing,
    };
    let word = level(view.standing.level);
    let line = headline(&view.standing);
    let asked = policy(&view.policy).into_iter().map(|said| view! { <p>{said}</p> }).collect_view();
    let next = view.coming.iter().map(|version| view! { <p class="soft">{coming(version.valid_from, &version.policy)}</p> });
    let next = next.collect_view();
    let story = if view.story.lines.is_empty() {
        let text = "Dès que ton premier cycle commence, ou que tu fais une vacation, ça s’écrit ici, avec le pourquoi.";
        view! {
            <Empty id="rien-encore" icon="scale" title="Rien n’est encore compté" text=nb(text)>
                <a class="button button--fill" href="/vacations">"Voir les vacations"</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <StoryList lines=view.story.lines.clone()/> }.into_any()
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Mon engagement" back=("/moi".to_owned(), "Moi".to_owned())/>
            <PageTop/>
            <section class="card" aria-labelledby="ou-j-en-suis">
                <div class="card__head">
                    <h2 class="card__title" id="ou-j-en-suis">"Où j’en suis"</h2>
                    <Chip look=look>{word}</Chip>
                </div>
                <p>{line}</p>
                {in_leave(&view.leaves, &view.held_in_leave)}
            </section>
            <section class="section section--apart" aria-labelledby="a-faire">
                <h2 id="a-faire">"Ce qu’il y a à faire"</h2>
                {todo(&view)}
            </section>
            <section class="section section--apart" aria-labelledby="et-si">
                <h2 id="et-si">"Et si…"</h2>
                <WhatIfForm choices=view.what_ifs.clone() tried=view.tried.clone()/>
            </section>
            <section class="section section--apart" aria-labelledby="histoire">
                <h2 id="histoire">"Comment on en est là"</h2>
                {story}
            </section>
            <section class="section section--apart" aria-labelledby="regles">
                <h2 id="regles">"Ce qui est demandé"</h2>
                {asked}
                {next}
            </section>
            {view.pot.clone().map(|pot| view! { <Pot pot=pot now=view.now/> })}
            <Requests requests=view.requests.clone() by=view.answered_by.clone() now=view.now/>
            <nav aria-label="Papiers">
                <ul class="list">
                    <li class="row">
                        <Icon name="printer"/>
                        <span class="row__body">
                            <a class="row__link row__title" href="/moi/engagement/attestation">"Mon attestation d’heures"</a>
                            <span class="row__soft">"À imprimer, avec le total de l’année"</span>
                        </span>
                        <span class="row__end"><Icon name="chevron-right"/></span>
                    </li>
                </ul>
            </nav>
        </Frame>
    }
    .into_any()
}

fn todo(view: &CommitmentView) -> AnyView {
    if view.story.to_do.is_empty() {
        return view! { <EffectLine icon="circle-check">"Rien à faire pour l’instant."</EffectLine> }.into_any();
    }
    let rows: Vec<_> = view.story.to_do.iter().map(|todo| view! { <li class="story__todo">{to_do(todo)}</li> }).collect();
    view! {
        <ul class="stack">{rows}</ul>
        <p><a class="button button--fill" href="/vacations?libres=1">"Voir les places libres"</a></p>
    }
    .into_any()
}

/// My leave, and the seats that I still hold in it.
fn in_leave(leaves: &[Days], held: &[When]) -> impl IntoView + use<> {
    let said = leaves.iter().map(|leave| {
        let said = nb(&format!("En pause {} : rien n’est demandé pour les cycles que la pause couvre.", days(*leave)));
        view! { <p class="card__soft">{said}</p> }
    });
    let said = said.collect_view();
    let rows: Vec<_> = held
        .iter()
        .map(|when| {
            let href = format!("/vacation/{}?feuille=donner", when.shift);
            let name = capitalized(&day_and_hours_short(when));
            view! { <li><a href=href class="link-alone">{nb(&format!("{name} : donner ma place"))}</a></li> }
        })
        .collect();
    let held = (!rows.is_empty()).then(|| {
        view! {
            <EffectLine look=EffectLook::Less icon="circle-alert">
                "Tu as encore des places pendant ta pause. Donne-les, pour que l’équipe le sache."
            </EffectLine>
            <ul class="stack">{rows}</ul>
        }
    });
    view! {
        {said}
        {held}
    }
}
