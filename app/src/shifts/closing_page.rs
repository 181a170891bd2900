//! Closing a planned shift: who is affected, why, what it counts as. For the office.

use std::sync::Arc;

use domain::command::Command;
use domain::id::ShiftId;
use domain::members::ShortName;
use domain::shifts::Treatment;
use domain::view::seats::SeatLook;
use domain::view::shift::ShiftView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map};
use uuid::Uuid;
use web_sys::FormData;

use super::SeatSign;
use super::shift_card::when;
use crate::acts::{ActForm, Read, intent_of, value};
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::dates::day_and_hours_short;
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Field, Frame, Tick, Width};

type Preview = Asked<Result<Vec<ShortName>, ApiError>>;

#[component]
pub fn ClosingPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id")).and_then(|id| id.parse().ok()).unwrap_or(ShiftId(Uuid::nil()));
    // Asked of the server: who is affected is not known to this device, and neither is the right.
    let preview: Preview = Asked::new(id, api::closing);
    let query = move || Query::Shift { id: id(), sheet: None };
    let show = move |view: View| view.shown(|view| closing(view, preview).into_any());
    view! {
        <Title text="Fermer une vacation · Alpar"/>
        <Screen query=query title="Fermer une vacation" coming="La vacation arrive." show=show/>
    }
}

fn closing(view: ShiftView, preview: Preview) -> AnyView {
    let date = day_and_hours_short(&when(&view.card));
    let page = format!("/vacation/{}", view.card.id);
    let body = match preview.get() {
        None => view! { <p class="soft" role="status">"On cherche qui est concerné."</p> }.into_any(),
        Some(Err(ApiError::NotAllowed)) => apart(
            "key-round",
            "C’est le bureau qui ferme une vacation",
            "Les membres d’Administratif et financier, ou la personne salariée, peuvent le faire. Si le magasin \
             ne peut pas ouvrir, préviens-les.",
            &page,
        ),
        Some(Err(_)) => apart(
            "cloud-off",
            "Fermer une vacation demande le réseau",
            "Tout le monde est prévenu d’un coup : rien ne part tant que le serveur ne répond pas.",
            &page,
        ),
        Some(Ok(_)) if view.card.closed.is_some() => {
            apart("snowflake", "Cette vacation est déjà fermée", "Tout le monde a été prévenu.", &page)
        }
        Some(Ok(waiting)) => view! { <Form view=view waiting=waiting/> }.into_any(),
    };
    view! {
        <Frame width=Width::Alone>
            <header class="page__head">
                <Back href=page label="La vacation"/>
                <h1 class="page__title" tabindex="-1">
                    {nb(&format!("Fermer {date}"))}
                </h1>
            </header>
            <PageTop/>
            {body}
        </Frame>
    }
    .into_any()
}

fn apart(icon: &'static str, title: &'static str, text: &'static str, page: &str) -> AnyView {
    let page = page.to_owned();
    view! {
        <Empty id="fermer-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=page>
                "Revenir à la vacation"
            </a>
        </Empty>
    }
    .into_any()
}

const TREATMENTS: [(Treatment, &str, &str, &str); 3] = [
    (Treatment::Excused, "excused", "Excusée", "Elle compte comme faite"),
    (Treatment::Displaced, "displaced", "Déplacée", "Chacun·e choisit une autre date, sans rien devoir de plus"),
    (Treatment::Due, "due", "Due", "Elle reste à faire avant la fin du cycle"),
];

/// `waiting`: whom the server says to be affected, the team and those who ticked it.
#[component]
fn Form(view: ShiftView, waiting: Vec<ShortName>) -> impl IntoView {
    let store = Store::expect();
    let card = view.card;
    let shift = card.id;
    let command = move |why: String, treatment: Treatment| Command::CloseShift { shift, why, treatment };
    let read: Read = Arc::new(move |form: &FormData| {
        let slug = value(form, "treatment")?;
        let treatment = TREATMENTS.into_iter().find(|(_, known, ..)| *known == slug)?.0;
        let command = command(value(form, "why").unwrap_or_default(), treatment);
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let page = format!("/vacation/{shift}");
    let navigate = use_navigate();
    let to = page.clone();
    let then = Callback::new(move |_| navigate(&to, Default::default()));
    let team: Vec<_> = card.seats.into_iter().filter(|seat| seat.holder.is_some()).collect();
    let on_it: Vec<ShortName> = team.iter().filter_map(|seat| Some(seat.holder.as_ref()?.name.clone())).collect();
    let others: Vec<String> = waiting.iter().filter(|name| !on_it.contains(name)).map(ToString::to_string).collect();
    let told = on_it.len() + others.len();
    let rows = team.into_iter().map(person).collect_view();
    let also = (!others.is_empty()).then(|| {
        let verb = if others.len() == 1 { "avait" } else { "avaient" };
        let said = format!("Et {} {verb} coché cette vacation.", listed(&others, 4));
        view! { <p class="soft small">{nb(&said)}</p> }
    });
    let ticks = TREATMENTS
        .into_iter()
        .enumerate()
        .map(|(at, (_, slug, title, soft))| {
            view! { <Tick kind="radio" name="treatment" value=slug title=title soft=soft checked=at == 0/> }
        })
        .collect_view();
    let touched = counted(told, "personne touchée", "personnes touchées");
    let submit = nb(&format!("Fermer et prévenir {}", counted(told, "personne", "personnes")));
    view! {
        <p class="page__lead">"Rien ne part avant ta confirmation. Tout le monde est prévenu une seule fois."</p>
        <section class="section section--apart" aria-labelledby="touche">
            <h2 id="touche">{touched}</h2>
            <ul class="list">{rows}</ul>
            {also}
        </section>
        <ActForm
            command=command(String::new(), Treatment::Excused)
            intent=""
            back=page.clone()
            read=read
            then=then
            class="section section--apart"
        >
            <Field id="pourquoi" label="Pourquoi" hint="Tout le monde le lira : « Neige, pas de livraison »">
                <input
                    class="field__input"
                    id="pourquoi"
                    name="why"
                    required
                    maxlength="200"
                    aria-describedby="pourquoi-aide"
                />
            </Field>
            <fieldset class="stack">
                <legend class="field__label">"Pour ces personnes, la vacation est"</legend>
                {ticks}
            </fieldset>
            <div class="card__acts">
                <button class="button button--danger-main" type="submit">
                    {submit}
                </button>
                <a class="button button--quiet" href=page>
                    "Ne rien changer"
                </a>
            </div>
        </ActForm>
    }
}

fn person(seat: domain::view::seats::SeatView) -> impl IntoView {
    let name = seat.holder.as_ref().map(|holder| holder.name.to_string()).unwrap_or_default();
    let soft = match (seat.lead, seat.look) {
        (true, _) => Some("Anime la vacation"),
        (false, SeatLook::Offered | SeatLook::MineOffered) => Some("Cherchait quelqu’un : sa proposition se ferme"),
        _ => None,
    };
    view! {
        <li class="row">
            <SeatSign seat=seat large=true/>
            <span class="row__body">
                <span class="row__title">{name}</span>
                {soft.map(|soft| view! { <span class="row__soft">{soft}</span> })}
            </span>
        </li>
    }
}
