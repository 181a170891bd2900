//! The assembly as it sits, in the hands of its chair and its secretary: who is there, live; each vote in its turn.

use domain::assembly::AssemblyInHand;
use domain::id::AssemblyId;
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::form::{AG, SESSION, apart};
use super::heads::{gauge, head, ways};
use super::one_assembly;
use super::session_votes::{candidates, in_turn};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::done;
use crate::french::nb;
use crate::french::typography::counted;
use crate::governance::form::NotDone;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Tick;

#[component]
pub fn SessionPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("assembly")).and_then(|id| id.parse().ok()).unwrap_or(AssemblyId(Uuid::nil()));
    let asked = Asked::new_blocking(id, one_assembly);
    view! {
        <Still title="La séance" back=(AG, "L’assemblée")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<AssemblyInHand, ApiError>, fait: &str) -> AnyView {
    let in_hand = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let (assembly, hands) = (&in_hand.assembly, in_hand.hands);
    let stage = &assembly.stage;
    let goes_on = stage.is_convoked() || stage.is_open();
    let presides = hands.presides && goes_on;
    let opening = (presides && stage.is_convoked()).then(|| opening(&in_hand));
    let closing = (presides && stage.is_open()).then(|| closing(&in_hand));
    let standing = (presides && assembly.election().is_some()).then(|| candidates(&in_hand));
    view! {
        {head(assembly.kind, &assembly.title, (assembly.starts_at, assembly.place.as_str()), stage)}
        {ways(&hands, assembly.id, stage, SESSION)}
        {said}
        <NotDone/>
        {live(&in_hand, goes_on)}
        {opening}
        {in_turn(&in_hand)}
        {standing}
        {closing}
    }
    .into_any()
}

/// Shown anew every few seconds: on the wall, it follows the door.
fn live(in_hand: &AssemblyInHand, goes_on: bool) -> AnyView {
    let assembly = &in_hand.assembly;
    let carried: u32 = in_hand.carriers.iter().map(|(_, count, _)| count).sum();
    let away: u32 = in_hand.carriers.iter().filter(|(.., there)| !there).map(|(_, count, _)| count).sum();
    let figure = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let proxies = match (carried, away) {
        (0, _) => "Aucun pouvoir n’est donné.".to_owned(),
        (given, 0) => format!("{} portés, tous par des personnes présentes.", counted(figure(given), "pouvoir", "pouvoirs")),
        (given, away) => {
            format!("{} portés, dont {away} par des personnes qui ne sont pas là.", counted(figure(given), "pouvoir", "pouvoirs"))
        }
    };
    let votes: Vec<_> = in_hand
        .resolutions
        .iter()
        .filter(|known| known.resolution.voting.is_under_way())
        .map(|known| {
            let cast =
                format!("« {} » : {} dans l’app, {} sur papier.", known.resolution.title, known.cast.app, known.cast.paper);
            view! { <p>{nb(&cast)}</p> }
        })
        .collect();
    // A form that came back stands at the address to which it was posted.
    let under_way = goes_on.then(|| format!("{SESSION}/{}", assembly.id));
    view! {
        <section class="section" id="direct" aria-labelledby="qui-est-la" data-under-way=under_way>
            <h3 id="qui-est-la">"Qui est là"</h3>
            {gauge(&assembly.attendance, &assembly.terms)}
            <p class="soft">{nb(&proxies)}</p>
            {votes}
        </section>
    }
    .into_any()
}

fn opening(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let today = paris_day(in_hand.now) == paris_day(in_hand.assembly.starts_at);
    let with = vec![("assemblee", id.clone())];
    let form = today.then(|| {
        view! {
            <Posted to=SESSION act="ouvrir" of=id with=with class="stack">
                <Tick name="sur-de-moi" value="oui" title=nb("Oui, ouvrir : les pouvoirs ne changent plus ensuite") required=true/>
                <button class="button button--main" type="submit">
                    "Ouvrir l’assemblée"
                </button>
            </Posted>
        }
    });
    let not_today = (!today).then(|| view! { <p class="soft">{nb("Elle s’ouvre le jour même, pas avant.")}</p> });
    view! {
        <section class="section section--apart" aria-labelledby="ouvrir">
            <h3 id="ouvrir">"Ouvrir"</h3>
            {not_today}
            {form}
        </section>
    }
    .into_any()
}

fn closing(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let with = vec![("assemblee", id.clone())];
    view! {
        <section class="section section--apart" aria-labelledby="fermer">
            <h3 id="fermer">"Clore l’assemblée"</h3>
            <Posted to=SESSION act="fermer" of=id with=with class="stack">
                <Tick name="sur-de-moi" value="oui" title=nb("Oui, clore : plus rien ne se vote ensuite") required=true/>
                <button class="button" type="submit">
                    "Clore l’assemblée"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}
