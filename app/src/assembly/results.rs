//! What a vote came to, as a table: by channel, and in all; of an election, by candidate.

use domain::assembly::{Counted, Tally, Verdict};
use domain::id::MemberId;
use leptos::prelude::*;

use crate::french::assembly::{channel, tally, verdict};
use crate::french::nb;
use crate::french::typography::listed;
use crate::ui::{Chip, ChipLook};

/// `name`: of a candidate.
pub fn result(counted: &Counted, name: &dyn Fn(MemberId) -> String) -> AnyView {
    let look = match &counted.verdict {
        Verdict::Adopted => ChipLook::Done,
        Verdict::Rejected => ChipLook::Refused,
        Verdict::Elected { left: 0, .. } => ChipLook::Done,
        Verdict::Elected { .. } => ChipLook::Waiting,
    };
    let total = counted.total();
    let table = match &total {
        Tally::Resolution { .. } => resolution(counted, &total),
        Tally::Election { .. } => election(counted, &total, name),
    };
    let drawn = match &counted.verdict {
        Verdict::Elected { tied, left, draw, .. } if !tied.is_empty() => {
            let tied: Vec<String> = tied.iter().map(|member| name(*member)).collect();
            let tied = listed(&tied, tied.len());
            let said = match draw {
                None => format!("À égalité : {tied}. Le scrutin tire au sort, devant l’assemblée ({left})."),
                Some(draw) => {
                    let names: Vec<String> = draw.names.iter().map(|member| name(*member)).collect();
                    format!("À égalité : {tied}. Tirage au sort : {}. « {} »", listed(&names, names.len()), draw.why)
                }
            };
            Some(view! { <p>{nb(&said)}</p> })
        }
        _ => None,
    };
    let word = verdict(&counted.verdict);
    view! {
        <p class="cluster"><Chip look=look>{word}</Chip><span>{tally(&total)}</span></p>
        {drawn}
        {table}
    }
    .into_any()
}

fn resolution(counted: &Counted, total: &Tally) -> AnyView {
    let figures = |tally: &Tally| match tally {
        Tally::Resolution { yes, no, abstain } => [*yes, *no, *abstain],
        Tally::Election { .. } => [0, 0, 0],
    };
    let row = |words: &'static str, tally: &Tally| {
        let [yes, no, abstain] = figures(tally);
        view! {
            <tr>
                <th scope="row">{words}</th>
                <td>{yes}</td>
                <td>{no}</td>
                <td>{abstain}</td>
            </tr>
        }
    };
    let mut rows: Vec<_> = counted.channels.iter().map(|of| row(channel(of.channel), &of.tally)).collect();
    if counted.channels.len() > 1 {
        rows.push(row("En tout", total));
    }
    view! {
        <div class="governance__table" role="group" aria-label="Les chiffres du vote" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Comment"</th>
                        <th scope="col">"Pour"</th>
                        <th scope="col">"Contre"</th>
                        <th scope="col">"Abstentions"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Each candidate, the first ones first; a channel of its own where there are two.
fn election(counted: &Counted, total: &Tally, name: &dyn Fn(MemberId) -> String) -> AnyView {
    let votes_of = |tally: &Tally, member: MemberId| match tally {
        Tally::Election { votes, .. } => votes.get(&member).copied().unwrap_or(0),
        Tally::Resolution { .. } => 0,
    };
    let mut ranked: Vec<(MemberId, String)> = match total {
        Tally::Election { votes, .. } => votes.keys().map(|member| (*member, name(*member))).collect(),
        Tally::Resolution { .. } => Vec::new(),
    };
    domain::order::by_key(&mut ranked, |(member, name)| (std::cmp::Reverse(votes_of(total, *member)), name.clone()));
    let (seated, _) = counted.verdict.elected();
    let both = counted.channels.len() > 1;
    let rows: Vec<_> = ranked
        .into_iter()
        .map(|(member, name)| {
            let each: Vec<_> =
                counted.channels.iter().filter(|_| both).map(|of| view! { <td>{votes_of(&of.tally, member)}</td> }).collect();
            let word = if seated.contains(&member) { "élu·e" } else { "" };
            view! {
                <tr>
                    <th scope="row">{nb(&name)}</th>
                    {each}
                    <td>{votes_of(total, member)}</td>
                    <td>{word}</td>
                </tr>
            }
        })
        .collect();
    let heads: Vec<_> =
        counted.channels.iter().filter(|_| both).map(|of| view! { <th scope="col">{channel(of.channel)}</th> }).collect();
    view! {
        <div class="governance__table" role="group" aria-label="Les voix de chaque candidature" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Candidat·e"</th>
                        {heads}
                        <th scope="col">"Voix"</th>
                        <th scope="col">"Siège"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
