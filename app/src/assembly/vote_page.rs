//! Voting: one voice, one ballot, and those that I carry. It needs the network. Once it is done, the page says under which code each
//! ballot is published, this once.

use domain::assembly::{Channel, Choice, Voice, VoteInHand, Voting, Way};
use domain::id::ResolutionId;
use domain::procedures::Fields;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::assembly_vote;
use super::form::{AG, RESULT, Receipt, VOTE, no_vote};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::{majority, way};
use crate::french::nb;
use crate::french::typography::counted;
use crate::governance::form::{NotDone, came_back};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Empty, Tick};

#[component]
pub fn VotePage() -> impl IntoView {
    match use_context::<Receipt>() {
        Some(receipt) => view! {
            <Still title="Voter" back=(AG, "L’assemblée")>
                {voted(&receipt)}
            </Still>
        }
        .into_any(),
        None => view! { <ToVote/> }.into_any(),
    }
}

#[component]
fn ToVote() -> impl IntoView {
    let params = use_params_map();
    let id = move || {
        params.with(|params| params.get("resolution")).and_then(|id| id.parse().ok()).unwrap_or(ResolutionId(Uuid::nil()))
    };
    let asked = Asked::new_blocking(id, assembly_vote);
    view! {
        <Still title="Voter" back=(AG, "L’assemblée")>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<VoteInHand, ApiError>) -> AnyView {
    let vote = match answer {
        Ok(vote) => vote,
        Err(error) => return no_vote(&error),
    };
    let resolution = &vote.resolution;
    // Of our own renderer.
    let html = (!resolution.html.is_empty()).then(|| view! { <div class="prose" inner_html=resolution.html.clone()></div> });
    let needs = resolution.way.seats().is_none().then(|| {
        view! { <p class="soft">{nb(&format!("Adoptée {}, sans compter les abstentions.", majority(resolution.majority)))}</p> }
    });
    view! {
        <h2 class="workshop__title">{nb(&resolution.title)}</h2>
        <p class="soft">{way(resolution.way)}</p>
        <NotDone/>
        {html}
        {needs}
        {state(&vote)}
    }
    .into_any()
}

/// What was cast, and the codes, for the voter's eyes.
fn voted(receipt: &Receipt) -> AnyView {
    let vote = &receipt.vote;
    let rows: Vec<_> = vote
        .voices
        .iter()
        .filter_map(|voice| {
            let code = receipt.code(voice.member)?;
            let whose = if voice.member == vote.me { "Ta voix".to_owned() } else { format!("Pour {}", voice.name) };
            Some(view! { <li class="receipt"><span>{nb(&whose)}</span><strong class="receipt__code">{code}</strong></li> })
        })
        .collect();
    view! {
        <h2 class="workshop__title">{nb(&vote.resolution.title)}</h2>
        <Noted>{nb("A voté. C’est compté, une fois.")}</Noted>
        <section class="card section--apart" aria-labelledby="recu">
            <h3 class="card__title" id="recu">"Ton reçu"</h3>
            <ul class="list">{rows}</ul>
            <p>
                {nb(
                    "À la clôture, tous les bulletins sont publiés sous leur code, sans nom : tu y retrouves le tien. Note-le si tu veux : \
                     il n’est gardé nulle part, et cette page ne le remontrera pas.",
                )}
            </p>
        </section>
        <p><a class="button button--main" href=AG>"Revenir à l’assemblée"</a></p>
    }
    .into_any()
}

fn state(vote: &VoteInHand) -> AnyView {
    let resolution = &vote.resolution;
    let free: Vec<&Voice> = vote.voices.iter().filter(|voice| voice.cast.is_none()).collect();
    let cast: Vec<_> = vote
        .voices
        .iter()
        .filter_map(|voice| {
            let how = match voice.cast? {
                Channel::Paper => "bulletin papier",
                Channel::App | Channel::Hands => "a voté",
            };
            let whose = if voice.member == vote.me { "Ta voix".to_owned() } else { format!("La voix de {}", voice.name) };
            Some(view! { <li><Chip look=ChipLook::Done icon="check">{nb(&format!("{whose} : {how}"))}</Chip></li> })
        })
        .collect();
    let cast = (!cast.is_empty()).then(|| view! { <ul class="list">{cast}</ul> });
    let inside = match resolution.voting {
        _ if resolution.way == Way::Hands => {
            none("On vote à main levée", "C’est sur place, quand la présidence le demande.", None)
        }
        Voting::NotYet => none(
            "Le vote n’est pas encore ouvert",
            "La présidence l’ouvre pendant l’assemblée. Recharge la page à ce moment-là.",
            None,
        ),
        Voting::Counting { .. } => {
            none("Le vote est clos", "Le scrutin compte. Le résultat arrive sur la page de l’assemblée.", None)
        }
        Voting::Done { .. } => none("Le vote est clos", "Tous les bulletins sont publiés, sans nom.", Some(resolution.id)),
        Voting::Open { .. } if !vote.present => none(
            "Il faut avoir signé",
            "On vote sur place : signe la feuille d’émargement à l’entrée, puis recharge cette page. Si quelqu’un porte ta voix, il ou elle vote pour toi.",
            None,
        ),
        Voting::Open { .. } if free.is_empty() => {
            none("C’est voté", "Chaque voix vote une fois. Le résultat arrive à la clôture.", None)
        }
        Voting::Open { .. } => voting(vote, &free),
    };
    view! {
        {cast}
        {inside}
    }
    .into_any()
}

fn none(title: &'static str, text: &'static str, ballots: Option<ResolutionId>) -> AnyView {
    let (href, words) = match ballots {
        Some(id) => (format!("{RESULT}/{id}"), "Voir les bulletins"),
        None => (AG.to_owned(), "Revenir à l’assemblée"),
    };
    view! {
        <Empty id="pas-de-vote" icon="info" title=nb(title) text=nb(text)>
            <a class="button button--fill" href=href>
                {words}
            </a>
        </Empty>
    }
    .into_any()
}

/// A ballot for each voice that is not cast; they leave together.
fn voting(vote: &VoteInHand, free: &[&Voice]) -> AnyView {
    let id = vote.resolution.id.to_string();
    let back = came_back("voter", "").unwrap_or_default();
    let ballots: Vec<_> = free.iter().map(|voice| ballot(vote, voice, &back)).collect();
    let with = vec![("resolution", id.clone())];
    let count = free.len();
    let words = if count == 1 { "Voter".to_owned() } else { format!("Voter, {}", counted(count, "voix", "voix")) };
    view! {
        <Posted to=VOTE act="voter" of=id with=with class="stack">
            {ballots}
            <p class="soft">
                {nb("Un vote ne se reprend pas. On garde qui a voté, jamais ce qu’a dit une voix : le bulletin part sans nom. Sans réseau, demande un bulletin papier au scrutin.")}
            </p>
            <button class="button button--main" type="submit">
                {nb(&words)}
            </button>
        </Posted>
    }
    .into_any()
}

fn ballot(vote: &VoteInHand, voice: &Voice, back: &Fields) -> AnyView {
    let member = voice.member.to_string();
    let whose = if voice.member == vote.me {
        "Ta voix".to_owned()
    } else {
        format!("La voix de {}, qui t’a donné son pouvoir", voice.name)
    };
    let inside = match vote.resolution.way {
        Way::Election { seats } => names(vote, &member, seats, back),
        Way::Secret | Way::Hands => choices(&member, back),
    };
    view! {
        <fieldset class="field ballot">
            <legend class="field__label">{nb(&whose)}</legend>
            <input type="hidden" name="voix" value=member/>
            {inside}
        </fieldset>
    }
    .into_any()
}

fn choices(member: &str, back: &Fields) -> AnyView {
    let name = format!("choix-{member}");
    let chosen = back.one(&name).to_owned();
    let ticks: Vec<_> = Choice::ALL
        .into_iter()
        .map(|choice| {
            let words = match choice {
                Choice::For => "Pour",
                Choice::Against => "Contre",
                Choice::Abstain => "Je m’abstiens",
            };
            let checked = chosen == choice.as_str();
            view! { <Tick kind="radio" name=name.clone() value=choice.as_str() title=nb(words) checked=checked required=true/> }
        })
        .collect();
    ticks.into_any()
}

/// Up to so many names; none, where one says so: it is blank.
fn names(vote: &VoteInHand, member: &str, seats: u8, back: &Fields) -> AnyView {
    let (name, blank) = (format!("nom-{member}"), format!("blanc-{member}"));
    let most = nb(&format!("Coche {} au plus.", counted(usize::from(seats), "nom", "noms")));
    let ticks: Vec<_> = vote
        .candidates
        .iter()
        .map(|(candidate, short)| {
            let value = candidate.member.to_string();
            let checked = back.all(&name).any(|known| known == value);
            let soft = (!candidate.words.is_empty()).then(|| candidate.words.clone());
            view! { <Tick name=name.clone() value=value title=nb(&short.to_string()) soft=soft checked=checked/> }
        })
        .collect();
    let is_blank = !back.one(&blank).is_empty();
    view! {
        <p class="field__hint">{most}</p>
        {ticks}
        <Tick name=blank value="oui" title=nb("Bulletin blanc") soft=nb("Aucun nom : coche ici pour le dire") checked=is_blank/>
    }
    .into_any()
}
