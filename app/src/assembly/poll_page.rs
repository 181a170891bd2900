//! A vote in the hands of its tellers: paper ballots are handed out, each counts on their own, lots are drawn where it is even.

use domain::assembly::{PollInHand, ResolutionInHand, Said, Verdict, Voting};
use domain::id::{MemberId, ResolutionId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::assembly_poll;
use super::form::{AG, POLL, RESULT, apart};
use super::heads::ways;
use super::poll_forms::{counting, drawing, papers};
use super::results::result;
use super::session_votes::voting_chip;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::{done, tally, way};
use crate::french::nb;
use crate::governance::form::NotDone;
use crate::still::Still;
use crate::ui::Chip;

#[component]
pub fn PollPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || {
        params.with(|params| params.get("resolution")).and_then(|id| id.parse().ok()).unwrap_or(ResolutionId(Uuid::nil()))
    };
    let asked = Asked::new_blocking(id, assembly_poll);
    view! {
        <Still title="Le scrutin" back=(AG, "L’assemblée")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<PollInHand, ApiError>, fait: &str) -> AnyView {
    let poll = match answer {
        Ok(poll) => poll,
        Err(error) => return apart(&error),
    };
    let Some(known) = poll.resolution() else { return apart(&ApiError::NotFound) };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let (in_hand, resolution) = (&poll.in_hand, &known.resolution);
    let assembly = &in_hand.assembly;
    let (open, voting) = (assembly.stage.is_open(), resolution.voting);
    let chip = voting_chip(voting, open).map(|(look, words)| view! { <Chip look=look>{words}</Chip> });
    let tells = in_hand.hands.tells && open;
    let secret = resolution.way.is_secret();
    let on_paper = (tells && secret && voting.is_open()).then(|| papers(&poll, known));
    let counts = matches!(voting, Voting::Counting { .. }) && (!secret || known.cast.paper > 0) || voting.is_open() && !secret;
    let count = (tells && counts).then(|| counting(in_hand, known));
    let tied = resolution.result.as_ref().is_some_and(|counted| !counted.verdict.is_settled());
    let draw = (tells && tied).then(|| drawing(in_hand, known));
    let came = resolution.result.as_ref().map(|counted| result(counted, &|member| in_hand.full_name(member)));
    let ballots = (secret && voting.is_done()).then(|| {
        let href = format!("{RESULT}/{}", resolution.id);
        view! { <p><a class="button button--soft" href=href>"Tous les bulletins"</a></p> }
    });
    view! {
        <h2 class="workshop__title">{nb(&resolution.title)}</h2>
        <p class="cluster">{chip}<span class="soft">{way(resolution.way)}</span></p>
        {ways(&in_hand.hands, assembly.id, &assembly.stage, POLL)}
        {said}
        <NotDone/>
        {cast(known)}
        {came}
        {ballots}
        {on_paper}
        {count}
        {draw}
        {told(&poll, known)}
    }
    .into_any()
}

/// How many voices, never what they say.
fn cast(known: &ResolutionInHand) -> Option<AnyView> {
    known.resolution.way.is_secret().then(|| {
        // A form that came back stands at the address to which it was posted.
        let under_way = known.resolution.voting.is_under_way().then(|| format!("{POLL}/{}", known.resolution.id));
        let said = format!("{} voix ont voté dans l’app, {} ont un bulletin papier.", known.cast.app, known.cast.paper);
        view! { <p id="direct" data-under-way=under_way>{nb(&said)}</p> }.into_any()
    })
}

/// What tellers said. Figures that are not to be seen yet did not come.
fn told(poll: &PollInHand, known: &ResolutionInHand) -> Option<AnyView> {
    let in_hand = &poll.in_hand;
    let rows: Vec<_> = known
        .said
        .iter()
        .map(|said| {
            let words = match &said.said {
                Some(Said::Count(tally_said)) => format!("{} a compté : {}", said.name, tally(tally_said)),
                None => format!("{} a compté", said.name),
                Some(Said::Draw(draw)) => {
                    let names: Vec<String> = draw.names.iter().map(|member| in_hand.full_name(*member)).collect();
                    format!("{} a vu tirer au sort : {}. « {} »", said.name, names.join(", "), draw.why)
                }
            };
            view! { <li>{nb(&words)}</li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="dit">
                <h3 id="dit">"Ce que dit le scrutin"</h3>
                <ul class="workshop__lines">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// Those between whom lots are drawn, and for how many seats.
pub fn tie_of(known: &ResolutionInHand) -> Option<(&[MemberId], u8)> {
    match &known.resolution.result.as_ref()?.verdict {
        Verdict::Elected { tied, left, .. } if *left > 0 => Some((tied.as_slice(), *left)),
        _ => None,
    }
}
