//! What the assembly votes on, in its turn: opened, closed, said; and who stands in its election.

use domain::assembly::{AssemblyInHand, ResolutionInHand, Voting};
use leptos::prelude::*;

use super::form::{POLL, RESULT, SESSION};
use super::results::result;
use crate::french::assembly::way;
use crate::french::nb;
use crate::governance::fields::choice;
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::ui::{Chip, ChipLook, Tick};

pub fn in_turn(in_hand: &AssemblyInHand) -> AnyView {
    let rows: Vec<_> = in_hand.resolutions.iter().enumerate().map(|(at, known)| one(in_hand, at + 1, known)).collect();
    let none = rows.is_empty().then(|| view! { <p class="soft">{nb("Rien n’est mis au vote.")}</p> });
    view! {
        <section class="section section--apart" aria-labelledby="votes">
            <h3 id="votes">"Les votes"</h3>
            {none}
            <ol class="agenda">{rows}</ol>
        </section>
    }
    .into_any()
}

/// How far a vote is, in a word.
pub fn voting_chip(voting: Voting, open: bool) -> Option<(ChipLook, &'static str)> {
    match voting {
        Voting::NotYet if open => Some((ChipLook::Neutral, "À venir")),
        Voting::NotYet => None,
        Voting::Open { .. } => Some((ChipLook::Mine, "Vote ouvert")),
        Voting::Counting { .. } => Some((ChipLook::Waiting, "Dépouillement")),
        Voting::Done { .. } => Some((ChipLook::Done, "Voté")),
    }
}

fn one(in_hand: &AssemblyInHand, number: usize, known: &ResolutionInHand) -> AnyView {
    let resolution = &known.resolution;
    let title = nb(&format!("{number}. {}", resolution.title));
    let open = in_hand.assembly.stage.is_open();
    let chip = voting_chip(resolution.voting, open).map(|(look, words)| view! { <Chip look=look>{words}</Chip> });
    let came = resolution.result.as_ref().map(|counted| result(counted, &|member| in_hand.full_name(member)));
    let acts = (in_hand.hands.presides && open).then(|| acts(in_hand, known));
    let counts = in_hand.hands.tells || in_hand.hands.presides;
    let poll = (counts && open && resolution.voting != Voting::NotYet).then(|| {
        let href = format!("{POLL}/{}", resolution.id);
        view! { <a class="button button--soft" href=href>"Le scrutin"</a> }
    });
    let ballots = (resolution.way.is_secret() && resolution.voting.is_done()).then(|| {
        let href = format!("{RESULT}/{}", resolution.id);
        view! { <a class="button button--soft" href=href>"Tous les bulletins"</a> }
    });
    view! {
        <li class="agenda__point">
            <p class="row__title">{title}</p>
            <p class="cluster">{chip}<span class="row__soft">{way(resolution.way)}</span></p>
            {came}
            <div class="cluster">
                {acts}
                {poll}
                {ballots}
            </div>
        </li>
    }
    .into_any()
}

fn acts(in_hand: &AssemblyInHand, known: &ResolutionInHand) -> AnyView {
    let (assembly, id) = (in_hand.assembly.id.to_string(), known.resolution.id.to_string());
    let with = vec![("assemblee", assembly), ("resolution", id.clone())];
    let of = |words: &str| nb(&format!("{words} : {}", known.resolution.title));
    match known.resolution.voting {
        Voting::NotYet => {
            let label = of("Ouvrir le vote");
            view! {
                <Posted to=SESSION act="ouvrir-vote" of=id with=with>
                    <button class="button button--fill" type="submit" aria-label=label>
                        "Ouvrir le vote"
                    </button>
                </Posted>
            }
            .into_any()
        }
        Voting::Open { .. } => {
            let label = of("Clore le vote");
            view! {
                <Posted to=SESSION act="clore-vote" of=id with=with class="stack">
                    <Tick name="sur-de-moi" value="oui" title=nb("Tout le monde a voté : plus personne ne vote ensuite") required=true/>
                    <button class="button button--main" type="submit" aria-label=label>
                        "Clore le vote"
                    </button>
                </Posted>
            }
            .into_any()
        }
        Voting::Counting { .. } => {
            let label = of("Proclamer le résultat");
            view! {
                <Posted to=SESSION act="proclamer" of=id with=with class="stack">
                    <p class="soft">{nb("Quand deux personnes du scrutin ont compté la même chose.")}</p>
                    <button class="button button--main" type="submit" aria-label=label>
                        "Proclamer le résultat"
                    </button>
                </Posted>
            }
            .into_any()
        }
        Voting::Done { .. } => ().into_any(),
    }
}

/// Until the election is opened, somebody who speaks up stands too.
pub fn candidates(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let begun = in_hand.assembly.election().is_some_and(|election| election.voting != Voting::NotYet);
    let rows: Vec<_> = in_hand
        .assembly
        .candidates
        .iter()
        .map(|candidate| {
            let (member, name) = (candidate.member.to_string(), in_hand.full_name(candidate.member));
            let label = nb(&format!("Retirer la candidature de {name}"));
            let with = vec![("assemblee", id.clone()), ("qui", member.clone())];
            let removing = (!begun).then(|| {
                view! {
                    <Posted to=SESSION act="retrait" of=member with=with>
                        <button class="button button--quiet" type="submit" aria-label=label>
                            "Retirer"
                        </button>
                    </Posted>
                }
            });
            view! { <li class="row"><span class="row__body"><span class="row__title">{nb(&name)}</span></span>{removing}</li> }
        })
        .collect();
    let adding = (!begun).then(|| {
        let filled = Filled::of("candidature", "", typed(Vec::new()));
        let mut people = vec![(String::new(), "Choisis un membre".to_owned())];
        let others = in_hand.people.iter().filter(|person| !in_hand.assembly.stands(person.id));
        people.extend(others.map(|person| (person.id.to_string(), format!("{} {}", person.first_name, person.last_name))));
        let who = choice(&filled, "candidature", ("qui", "Qui se présente"), "", people);
        let with = vec![("assemblee", id.clone())];
        let of = format!("{id} {}", rows.len());
        view! {
            <Posted to=SESSION act="candidature" of=of with=with class="stack">
                {who}
                <button class="button button--fill" type="submit">
                    "Noter la candidature"
                </button>
            </Posted>
        }
    });
    view! {
        <section class="section section--apart" aria-labelledby="candidatures">
            <h3 id="candidatures">"Les candidatures"</h3>
            <ul class="list">{rows}</ul>
            {adding}
        </section>
    }
    .into_any()
}
