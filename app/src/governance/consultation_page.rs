//! One consultation: the question, my answer, what others object to, and once it is over what it came to.

use domain::governance::{Answered, Asked as What, ConsultationInHand, POINTS, Put, Stance, Tally, Way, WayCounted};
use domain::id::ConsultationId;
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::fields::text;
use super::form::{CONSULTATIONS, NotDone, apart, came_back, refused};
use super::{Filled, asked_one, typed};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_long, until_day};
use crate::french::governance::{done, stance, tally};
use crate::french::nb;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Tick};

#[component]
pub fn ConsultationPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || {
        params.with(|params| params.get("consultation")).and_then(|id| id.parse().ok()).unwrap_or(ConsultationId(Uuid::nil()))
    };
    let asked = Asked::new_blocking(id, asked_one);
    view! {
        <Still title="Une consultation" back=(CONSULTATIONS, "Les consultations")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<ConsultationInHand, ApiError>, fait: &str) -> AnyView {
    let in_hand = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let known = &in_hand.consultation;
    let open = known.is_open(in_hand.now);
    let answers = counted(usize::from(known.answered), "réponse", "réponses");
    let (look, state) = if open { (ChipLook::Waiting, "Ouverte") } else { (ChipLook::Neutral, "Close") };
    let until = if open {
        format!("{}, {answers}", until_day(known.closes_at))
    } else {
        format!("close le {}, {answers}", date_long(paris_day(known.closes_at)))
    };
    // Of our own renderer.
    let html = (!known.html.is_empty()).then(|| view! { <div class="prose" inner_html=known.html.clone()></div> });
    let came = known.tally.as_ref().map(came_to);
    view! {
        <h2 class="workshop__title">{nb(&known.title)}</h2>
        <p class="cluster"><Chip look=look>{state}</Chip>{nb(&until)}</p>
        {said}
        <NotDone/>
        {html}
        {came}
        {open.then(|| answering(&in_hand))}
        {objections(&in_hand.said)}
        {in_hand.closes.then(|| closing(known.id))}
    }
    .into_any()
}

/// The figures, in a table.
fn came_to(came: &Tally) -> AnyView {
    let table = match came {
        Tally::Consensus { .. } => None,
        Tally::Resistance { ways } => Some(points_table(ways)),
    };
    view! {
        <section class="section" aria-labelledby="resultat">
            <h3 id="resultat">"Ce qu’il en ressort"</h3>
            <p>{tally(came)}</p>
            {table}
        </section>
    }
    .into_any()
}

fn points_table(ways: &[WayCounted]) -> AnyView {
    let rows: Vec<_> = ways
        .iter()
        .map(|way| {
            let kept = if way.fewest { "la moindre" } else { "" };
            view! {
                <tr>
                    <th scope="row">{nb(&way.label)}</th>
                    <td>{way.points}</td>
                    <td>{kept}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="governance__table">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Solution"</th>
                        <th scope="col">{nb("Points de résistance")}</th>
                        <th scope="col">"Résistance"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn answering(in_hand: &ConsultationInHand) -> AnyView {
    let known = &in_hand.consultation;
    let inside = match &known.asked {
        What::Consensus => consensus(in_hand.mine.as_ref()),
        What::Resistance { ways } => resistance(ways, in_hand.mine.as_ref()),
    };
    let words = if in_hand.mine.is_some() { "Changer ma réponse" } else { "Répondre" };
    let with = vec![("consultation", known.id.to_string())];
    view! {
        <section class="section section--apart" aria-labelledby="ma-reponse">
            <h3 id="ma-reponse">"Ta réponse"</h3>
            <Posted to=CONSULTATIONS act="repondre" of=known.id.to_string() with=with class="stack">
                {inside}
                <button class="button button--main" type="submit">
                    {words}
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn consensus(mine: Option<&Put>) -> AnyView {
    let known = match mine {
        Some(Put::Stance { stance, word }) => vec![("avis", stance.as_str().to_owned()), ("mot", word.clone())],
        _ => Vec::new(),
    };
    let filled = Filled::of("repondre", "", typed(known));
    let chosen = filled.one("avis");
    let soft = |stance: Stance| match stance {
        Stance::Agree => "Ça me va",
        Stance::Reserve => "Ça peut se faire, mais…",
        Stance::Object => "Je m’y oppose, et je dis pourquoi",
    };
    let ticks: Vec<_> = Stance::ALL
        .into_iter()
        .map(|one| {
            let checked = chosen == one.as_str();
            view! {
                <Tick kind="radio" name="avis" value=one.as_str() title=stance(one) soft=nb(soft(one)) checked=checked required=true/>
            }
        })
        .collect();
    let word = text(
        &filled,
        "reponse",
        ("mot", "Pourquoi"),
        "4",
        false,
        "Pour une réserve ou une objection. Tous les membres le lisent, avec ton nom",
    );
    view! {
        <fieldset class="field">
            <legend class="field__label">"Qu’en dis-tu ?"</legend>
            {ticks}
        </fieldset>
        {word}
    }
    .into_any()
}

/// From 0 to 10 for each way, each point a choice of its own: a finger hits it, and a keyboard moves between them.
fn resistance(ways: &[Way], mine: Option<&Put>) -> AnyView {
    let back = came_back("repondre", "");
    let wrong = back.is_some().then(|| refused().of_field("points")).flatten();
    let rows: Vec<_> = ways
        .iter()
        .map(|way| {
            let name = format!("points-{}", way.id);
            let known = match mine {
                Some(Put::Points(points)) => points.get(&way.id).map(ToString::to_string).unwrap_or_default(),
                _ => String::new(),
            };
            let chosen = back.as_ref().map_or(known, |back| back.one(&name).to_owned());
            let ticks: Vec<_> = (0..=POINTS)
                .map(|points| {
                    let (id, checked) = (format!("{name}-{points}"), chosen == points.to_string());
                    let labelled = id.clone();
                    view! {
                        <span class="resistance__point">
                            <input type="radio" id=id name=name.clone() value=points.to_string() checked=checked required/>
                            <label for=labelled>{points}</label>
                        </span>
                    }
                })
                .collect();
            view! {
                <fieldset class="field">
                    <legend class="field__label">{nb(&way.label)}</legend>
                    <div class="resistance">{ticks}</div>
                </fieldset>
            }
        })
        .collect();
    view! {
        <p class="soft">{nb("0 : ça me va. 10 : je ne peux pas vivre avec. La solution qui reçoit le moins de points est retenue.")}</p>
        {wrong.map(|wrong| view! { <p class="field__error">{wrong}</p> })}
        {rows}
    }
    .into_any()
}

/// A reserve and an objection are there to be spoken of, with the name of whoever has them.
fn objections(said: &[Answered]) -> Option<AnyView> {
    let rows: Vec<_> = said
        .iter()
        .map(|one| {
            let head = format!("{} : {}, le {}", stance(one.stance), one.by, date_long(one.on));
            view! {
                <li class="agenda__point">
                    <p class="row__title">{nb(&head)}</p>
                    <p class="group__words">{one.word.clone()}</p>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="reserves">
                <h3 id="reserves">"Réserves et objections"</h3>
                <ul class="agenda">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn closing(id: ConsultationId) -> AnyView {
    let with = vec![("consultation", id.to_string())];
    view! {
        <section class="section section--apart no-print" aria-labelledby="clore">
            <h3 id="clore">"Clore la consultation"</h3>
            <p class="soft">{nb("Plus personne ne répond ensuite, et elle ne se rouvre pas.")}</p>
            <Posted to=CONSULTATIONS act="clore" of=id.to_string() with=with class="stack">
                <Tick name="sur-de-moi" value="oui" title="Oui, la clore maintenant" required=true/>
                <button class="button" type="submit">
                    "Clore maintenant"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}
