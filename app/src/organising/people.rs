//! Who answered, what they eat, and what they wrote: for the organisers alone.

use domain::event::{Answer, Attendee, Overview, Party};
use leptos::prelude::*;

use super::form::POSTED_TO;
use crate::french::nb;
use crate::french::organising::{counts, people, standing};
use crate::still::Print;

/// How many, what they eat, and the list.
pub fn answers(overview: &Overview) -> AnyView {
    let line = counts(overview.counts(), overview.event.terms.capacity);
    let csv = format!("{POSTED_TO}/{}/liste.csv", overview.event.id);
    let none = overview.parties.is_empty();
    let (diets, list) = (diets(overview), table(overview));
    view! {
        <section class="section section--apart" aria-labelledby="reponses">
            <h3 id="reponses">"Qui vient"</h3>
            <p>{nb(&line)}</p>
            {diets}
            {list}
            {(!none).then(|| view! {
                <p class="cluster no-print">
                    <a class="button" href=csv download="">"La liste, pour un tableur"</a>
                    <Print/>
                </p>
            })}
        </section>
    }
    .into_any()
}

/// Who it is, as the organisers know them.
pub fn name(overview: &Overview, party: &Party) -> String {
    match party.who {
        Attendee::Member(member) => overview.names.get(&member).map(ToString::to_string).unwrap_or_default(),
        Attendee::Visitor(visitor) => overview.visitors.get(&visitor).cloned().unwrap_or_default(),
    }
}

/// What those who may come do not eat.
fn diets(overview: &Overview) -> AnyView {
    let lines: Vec<_> = overview
        .parties
        .iter()
        .filter(|party| !party.diet.is_empty() && party.standing.answer() != Answer::No)
        .map(|party| {
            let line = nb(&format!("{} : {}", name(overview, party), party.diet));
            view! { <li>{line}</li> }
        })
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <h4 id="regimes">"Ce qu’on mange, ou pas"</h4>
        <ul class="workshop__lines" aria-labelledby="regimes">{lines}</ul>
    }
    .into_any()
}

fn table(overview: &Overview) -> AnyView {
    if overview.parties.is_empty() {
        return view! { <p class="soft">{nb("Personne n’a encore répondu.")}</p> }.into_any();
    }
    let rows: Vec<_> = overview
        .parties
        .iter()
        .map(|party| {
            let outside = matches!(party.who, Attendee::Visitor(_));
            let who = name(overview, party);
            let who = if outside { format!("{who} (sans compte)") } else { who };
            let (answer, many, note) = (standing(party.standing), people(party), party.note.clone());
            view! {
                <tr>
                    <th scope="row">{nb(&who)}</th>
                    <td>{answer}</td>
                    <td>{nb(&many)}</td>
                    <td>{note}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="records" role="region" aria-label="Le tableau des réponses" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Nom"</th>
                        <th scope="col">"Réponse"</th>
                        <th scope="col">"Combien"</th>
                        <th scope="col">"Un mot"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
