//! « Arriver »: my own way in, the recurring seats where people lack most, and my choice.

use domain::register::{OwnArrival, Proposed, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{ARRIVING, NotDone};
use super::register_own_arrival;
use super::stages::stages;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::day_and_hours;
use crate::french::nb;
use crate::french::register::{done, open_seat, regular_seat};
use crate::procedures::form::Posted;
use crate::still::{Still, not_come};
use crate::ui::{Empty, Icon};

#[component]
pub fn ArrivingPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_own_arrival());
    view! {
        <Still title="Arriver" back=("/", "Accueil")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Option<OwnArrival>, ApiError>, fait: &str) -> AnyView {
    let own = match answer {
        Ok(Some(own)) => own,
        Ok(None) => return arrived(),
        Err(_) => return not_come(),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let chooses = own.way.stages.iter().any(|stage| stage.step == Step::Seat && !stage.done);
    let choosing = chooses.then(|| choosing(&own.proposed));
    let regular = own.regular.as_ref().map(|seat| view! { <p>{nb(&format!("Ta place fixe : {}.", regular_seat(seat)))}</p> });
    let sponsor = own.way.sponsor.as_ref().map(|sponsor| {
        view! {
            <p>
                <Icon name="handshake"/>
                {nb(&format!("{sponsor} t’accueille : pose-lui tes questions."))}
            </p>
        }
    });
    let first = own.way.first_shift.map(|first| {
        let when = domain::reason::When { shift: first.shift, starts_at: first.starts_at, ends_at: first.ends_at };
        let href = format!("/vacation/{}", first.shift);
        view! {
            <p>
                <a class="register__link" href=href>{nb(&format!("Ta première vacation : {}", day_and_hours(&when)))}</a>
            </p>
        }
    });
    let find = own.way.first_shift.is_none().then(|| {
        view! {
            <p>
                <a class="button button--fill" href="/vacations?libres=1">
                    "Choisir ma première vacation"
                </a>
            </p>
        }
    });
    view! {
        {said}
        <NotDone/>
        {stages(&own.way)}
        {choosing}
        <section class="section section--apart" aria-labelledby="premiere">
            <h2 id="premiere">"Ta première vacation"</h2>
            {sponsor}
            {regular}
            {first}
            <p>{nb(&own.way.welcome)}</p>
            {find}
        </section>
    }
    .into_any()
}

fn choosing(proposed: &[Proposed]) -> AnyView {
    let seats: Vec<_> = proposed.iter().map(seat).collect();
    let none =
        proposed.is_empty().then(|| view! { <p class="soft">{nb("Toutes les places fixes sont prises en ce moment.")}</p> });
    view! {
        <section class="section section--apart" aria-labelledby="choisir">
            <h2 id="choisir">{nb("Fixe ou volant·e ?")}</h2>
            <p>
                {nb("Fixe : la même place toutes les quatre semaines, ton équipe te connaît. Volant·e : tu choisis tes dates à chaque cycle. On change ensuite avec Administratif.")}
            </p>
            {none}
            <ul class="list">{seats}</ul>
            <Posted to=ARRIVING act="choisir" of="volant" with=vec![("place", String::new())]>
                <button class="button" type="submit">
                    {nb("Je choisis à chaque cycle (volant·e)")}
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn seat(seat: &Proposed) -> AnyView {
    let value = format!("{}~{}", seat.template, seat.position);
    let words = open_seat(seat);
    let label = nb(&format!("Prendre cette place fixe : {words}"));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{words}</span>
            </span>
            <Posted to=ARRIVING act="choisir" of=value.clone() with=vec![("place", value)]>
                <button class="button button--fill" type="submit" aria-label=label>
                    "Cette place"
                </button>
            </Posted>
        </li>
    }
    .into_any()
}

/// Whoever is a member for long has nothing to do here.
fn arrived() -> AnyView {
    let text = "Tu n’as plus d’étape à suivre : la coop est à toi autant qu’aux autres.";
    view! {
        <Empty id="deja-la" icon="circle-check" title="Tu fais partie de la coop" text=nb(text)>
            <a class="button button--fill" href="/">
                "Revenir à l’accueil"
            </a>
        </Empty>
    }
    .into_any()
}
