//! What the assembly votes on, as members see it: the way to vote while a vote is open, what it came to afterwards.

use std::collections::BTreeMap;

use domain::assembly::{Resolution, Voting};
use domain::id::MemberId;
use domain::view::assembly::AssemblyMoving;
use leptos::prelude::*;

use super::form::{RESULT, VOTE};
use super::results::result;
use super::session_votes::voting_chip;
use crate::french::assembly::way;
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::{Banner, BannerLook, Chip, ChipLook, Icon};

/// One of them, with what is mine of it.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    number: usize,
    resolution: Resolution,
    /// The assembly sits.
    open: bool,
    present: bool,
    voted: bool,
    /// I carry somebody's voice, too.
    carries: bool,
    /// Of the candidates.
    names: BTreeMap<MemberId, String>,
}

fn rows_of(moving: &AssemblyMoving, me: MemberId) -> Vec<Row> {
    let Some(assembly) = &moving.assembly else { return Vec::new() };
    let mine = moving.mine.as_ref();
    let names: BTreeMap<MemberId, String> = domain::order::map(
        assembly.candidates.iter().map(|candidate| (candidate.member, moving.name(candidate.member).to_string())),
    );
    let row = |(at, resolution): (usize, &Resolution)| Row {
        number: at + 1,
        resolution: resolution.clone(),
        open: assembly.stage.is_open(),
        present: mine.is_some_and(|mine| mine.present),
        voted: mine.is_some_and(|mine| mine.voted.contains(&resolution.id)),
        carries: mine.is_some_and(|mine| mine.proxies.iter().any(|proxy| proxy.to == me)),
        names: if resolution.way.seats().is_some() { names.clone() } else { BTreeMap::new() },
    };
    assembly.resolutions.iter().enumerate().map(row).collect()
}

#[component]
pub fn Votes(me: MemberId, moving: Memo<AssemblyMoving>) -> impl IntoView {
    let store = Store::expect();
    let rows = Memo::new(move |_| moving.with(|moving| rows_of(moving, me)));
    let voting = Memo::new(move |_| {
        rows.with(|rows| rows.iter().any(|row| row.open && row.resolution.way.is_secret() && row.resolution.voting.is_open()))
    });
    // A vote counts when it arrives: it is not kept here to leave later, as everything else is.
    let offline = move || {
        (voting.get() && store.reach.get().is_cut_off()).then(|| {
            view! {
                <Banner icon="cloud-off" look=BannerLook::Offline>
                    {nb(
                        "Hors ligne : un vote ne s’envoie pas plus tard, il compte à son arrivée, avant la clôture. Demande un bulletin \
                         papier au scrutin.",
                    )}
                </Banner>
            }
        })
    };
    let list = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="soft">{nb("Rien n’est mis au vote.")}</p> }.into_any();
        }
        let rows: Vec<_> = rows.into_iter().map(one).collect();
        view! { <ol class="agenda">{rows}</ol> }.into_any()
    };
    let any = Memo::new(move |_| moving.with(|moving| moving.assembly.is_some()));
    move || {
        any.get().then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="votes">
                    <h2 id="votes">"Ce qui est mis au vote"</h2>
                    {offline}
                    {list}
                </section>
            }
        })
    }
}

fn one(row: Row) -> AnyView {
    let Row { number, resolution, open, present, voted, carries, names } = row;
    let title = nb(&format!("{number}. {}", resolution.title));
    let chip = voting_chip(resolution.voting, open).map(|(look, words)| view! { <Chip look=look>{words}</Chip> });
    // Of our own renderer.
    let text = (!resolution.html.is_empty()).then(|| {
        view! {
            <details class="history">
                <summary class="history__head">
                    "Le texte"
                    <Icon name="chevron-down"/>
                </summary>
                <div class="prose" inner_html=resolution.html.clone()></div>
            </details>
        }
    });
    let name = |member: MemberId| names.get(&member).cloned().unwrap_or_else(|| "Quelqu’un".to_owned());
    let came = resolution.result.as_ref().map(|counted| result(counted, &name));
    let secret = resolution.way.is_secret();
    let votes = secret && open && present && matches!(resolution.voting, Voting::Open { .. }) && (!voted || carries);
    let vote = votes.then(|| {
        let (href, label) = (format!("{VOTE}/{}", resolution.id), nb(&format!("Voter : {}", resolution.title)));
        view! { <a class="button button--main" href=href rel="external" aria-label=label>"Voter"</a> }
    });
    let cast = (voted && open).then(|| view! { <Chip look=ChipLook::Done icon="check">"Ta voix a voté"</Chip> });
    let ballots = (secret && resolution.voting.is_done()).then(|| {
        let href = format!("{RESULT}/{}", resolution.id);
        let label = nb(&format!("Tous les bulletins : {}", resolution.title));
        view! { <a class="button button--quiet" href=href rel="external" aria-label=label>"Tous les bulletins"</a> }
    });
    view! {
        <li class="agenda__point">
            <p class="row__title">{title}</p>
            <p class="cluster">{chip}{cast}<span class="row__soft">{way(resolution.way)}</span></p>
            {text}
            {came}
            <div class="cluster no-print">
                {vote}
                {ballots}
            </div>
        </li>
    }
    .into_any()
}
