//! The assembly as members see it, at one address: the one that sits or comes next. All of it is read without a network.

use std::collections::BTreeMap;

use domain::assembly::{Assembly, Attendance, Role, Stage, Terms};
use domain::id::MemberId;
use domain::members::ShortName;
use domain::view::assembly::{AssemblyMoving, AssemblyView, Doors, moving as moving_of};
use leptos::prelude::*;
use leptos_meta::Title;

use super::candidates::Candidates;
use super::coming::Coming;
use super::form::{DOCUMENTS, DOOR, PREPARE, SESSION, stage_chip};
use super::heads::gauge;
use super::results::result;
use super::votes::Votes;
use crate::french::assembly::{cap, kind, quorum, quorum_rule, role, there, when};
use crate::french::dates::iso;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, Empty, Frame, Icon, PageHead, RowLink, Time, Width};

#[component]
pub fn AssemblyPage() -> impl IntoView {
    view! {
        <Title text="L’assemblée générale · Alpar"/>
        <Screen
            query=|| Query::Assembly { others: false }
            title="L’assemblée générale"
            coming="L’assemblée arrive."
            show=show
        />
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

/// What moves under a page, as it is now; what is being typed there stays as it is.
pub fn following(first: AssemblyMoving) -> Memo<AssemblyMoving> {
    let store = Store::expect();
    Memo::new(move |_| {
        store.now.track();
        store.following_groups(|seen, groups, _| moving_of(seen, groups)).unwrap_or_else(|| first.clone())
    })
}

fn page(view: AssemblyView) -> AnyView {
    let AssemblyView { me, id, moving, past, names, .. } = view;
    let moving = following(moving);
    let doors = Memo::new(move |_| moving.with(|moving| moving.doors));
    let shown = Memo::new(move |_| moving.with(|moving| moving.assembly.as_ref().map(head_of)));
    let inside = match id {
        None => nothing().into_any(),
        Some(_) => view! {
            {move || shown.get().map(head)}
            <Live moving=moving/>
            <Coming me=me moving=moving/>
            {papers(moving)}
            <Votes me=me moving=moving/>
            <Candidates me=me moving=moving/>
            <Keepers moving=moving/>
            {minutes(moving)}
        }
        .into_any(),
    };
    let before: Vec<_> = past.iter().map(|known| was(known, &names)).collect();
    let before = (!before.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="passees">
                <h2 id="passees">"Les assemblées passées"</h2>
                {before}
            </section>
        }
    });
    view! {
        <Frame width=Width::Alone>
            <PageHead title="L’assemblée générale" back=("/coop".to_owned(), "La coop".to_owned())/>
            <PageTop/>
            {inside}
            {move || ways(doors.get(), moving.with(|moving| moving.assembly.as_ref().map(|known| known.id.to_string())))}
            {before}
        </Frame>
    }
    .into_any()
}

fn nothing() -> impl IntoView {
    view! {
        <Empty
            id="pas-d-assemblee"
            icon="megaphone"
            title="Aucune assemblée n’est convoquée"
            text=nb("Le comité en convoque une par an au moins. Tu reçois la convocation, et tout ce qui s’y lit est ici.")
        />
    }
}

/// What the top of the page says: it is written anew when that changes, and not at each arrival.
#[derive(Debug, Clone, PartialEq)]
struct Head {
    kind: &'static str,
    title: String,
    at: String,
    iso: String,
    place: String,
    stage: Stage,
}

fn head_of(assembly: &Assembly) -> Head {
    Head {
        kind: kind(assembly.kind),
        title: assembly.title.clone(),
        at: when(assembly.starts_at),
        iso: iso(assembly.starts_at),
        place: assembly.place.clone(),
        stage: assembly.stage.clone(),
    }
}

fn head(head: Head) -> impl IntoView {
    let (look, state) = stage_chip(&head.stage);
    let off = match &head.stage {
        Stage::Cancelled { word } => Some(view! { <p>{nb(&format!("« {word} »"))}</p> }),
        _ => None,
    };
    view! {
        <article class="card assembly__head" aria-labelledby="assemblee-titre">
            <p class="card__soft">{head.kind}</p>
            <h2 class="card__title" id="assemblee-titre">{nb(&head.title)}</h2>
            <p class="card__date"><Time datetime=head.iso shown=head.at/></p>
            <p>{nb(&head.place)}</p>
            <p><Chip look=look>{state}</Chip></p>
            {off}
        </article>
    }
}

/// Who comes; once it sits, who is there, as it moves.
#[component]
fn Live(moving: Memo<AssemblyMoving>) -> impl IntoView {
    let known = Memo::new(move |_| {
        moving.with(|moving| moving.assembly.as_ref().map(|known| (known.stage.clone(), known.attendance, known.terms)))
    });
    move || {
        known.get().and_then(|(stage, attendance, terms)| match stage {
            Stage::Convoked { .. } => Some(to_come(&attendance, &terms)),
            Stage::Open { .. } => Some(
                view! {
                    <section class="section" id="direct" aria-labelledby="qui-est-la">
                        <h2 id="qui-est-la">"Qui est là"</h2>
                        {gauge(&attendance, &terms)}
                    </section>
                }
                .into_any(),
            ),
            Stage::Closed { .. } => {
                Some(view! { <p class="soft">{there(&attendance)} " · " {quorum(&attendance, &terms)}</p> }.into_any())
            }
            Stage::Lapsed => Some(
                view! { <p class="soft">{nb("Personne ne l’a ouverte ce jour-là. Le comité en convoque une autre.")}</p> }
                    .into_any(),
            ),
            Stage::Planned | Stage::Cancelled { .. } => None,
        })
    }
}

fn to_come(attendance: &Attendance, terms: &Terms) -> AnyView {
    let coming = counted(usize::try_from(attendance.coming).unwrap_or(usize::MAX), "membre a dit", "membres ont dit");
    let rule = quorum_rule(terms, attendance.called);
    let proxies = cap(terms.proxies);
    view! {
        <p class="page__lead">{nb(&format!("{coming} « je viens »."))}</p>
        <p class="soft">{rule} " " {proxies}</p>
    }
    .into_any()
}

/// The agenda, and the way to the documents.
fn papers(moving: Memo<AssemblyMoving>) -> impl IntoView {
    let agenda =
        Memo::new(move |_| moving.with(|moving| moving.assembly.as_ref().map(|known| known.agenda.clone()).unwrap_or_default()));
    let documents = Memo::new(move |_| moving.with(|moving| moving.assembly.as_ref().map_or(0, |known| known.documents.len())));
    // Of our own renderer.
    let text = move || {
        let html = agenda.get();
        (!html.is_empty()).then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="ordre-du-jour">
                    <h2 id="ordre-du-jour">"L’ordre du jour"</h2>
                    <div class="prose" inner_html=html></div>
                </section>
            }
        })
    };
    let way = move || {
        let count = documents.get();
        (count > 0).then(|| {
            let soft = nb(&format!("{}, à lire sans réseau aussi", counted(count, "document", "documents")));
            view! { <ul class="list"><RowLink icon="newspaper" href=DOCUMENTS title="Les documents" soft=soft/></ul> }
        })
    };
    view! {
        {text}
        {way}
    }
}

/// Who keeps it, by role.
#[component]
fn Keepers(moving: Memo<AssemblyMoving>) -> impl IntoView {
    let keepers = Memo::new(move |_| {
        moving.with(|moving| {
            let of = |wanted: Role| -> Vec<ShortName> {
                let members = moving.assembly.iter().flat_map(|known| known.in_role(wanted));
                members.map(|member| moving.name(member)).collect()
            };
            Role::ALL.map(|wanted| (wanted, of(wanted)))
        })
    });
    move || {
        let named = keepers.get().into_iter().filter(|(_, names)| !names.is_empty());
        let rows: Vec<_> = named
            .map(|(wanted, names)| {
                let names: Vec<String> = names.iter().map(ToString::to_string).collect();
                view! { <li>{nb(&format!("{} : {}", role(wanted), names.join(", ")))}</li> }
            })
            .collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="qui-tient">
                    <h2 id="qui-tient">"Qui tient l’assemblée"</h2>
                    <ul class="workshop__lines">{rows}</ul>
                </section>
            }
        })
    }
}

fn minutes(moving: Memo<AssemblyMoving>) -> impl IntoView {
    let minutes =
        Memo::new(move |_| moving.with(|moving| moving.assembly.as_ref().map(|known| known.minutes.clone()).unwrap_or_default()));
    // Of our own renderer.
    move || {
        let html = minutes.get();
        (!html.is_empty()).then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="proces-verbal">
                    <h2 id="proces-verbal">"Le procès-verbal"</h2>
                    <div class="prose" inner_html=html></div>
                </section>
            }
        })
    }
}

/// For those who prepare it, keep it, or let in.
fn ways(doors: Doors, id: Option<String>) -> Option<AnyView> {
    let below = |to: &str| id.as_ref().map(|id| format!("{to}/{id}"));
    let sitting =
        doors.sits.then(|| below(SESSION)).flatten().map(|href| way("list-checks", href, "La séance", "Les votes, qui est là"));
    let door =
        doors.admits.then(|| below(DOOR)).flatten().map(|href| way("id-card", href, "L’émargement", "Accueillir à l’entrée"));
    let preparing = doors
        .prepares
        .then(|| way("scale", PREPARE.to_owned(), "Préparer", "Ordre du jour, résolutions, convocation, procès-verbal"));
    (doors.sits || doors.admits || doors.prepares).then(|| {
        view! {
            <nav class="no-print section--apart" aria-label="Tenir l’assemblée">
                <ul class="list">
                    {sitting}
                    {door}
                    {preparing}
                </ul>
            </nav>
        }
        .into_any()
    })
}

fn way(icon: &'static str, href: String, title: &'static str, soft: &'static str) -> impl IntoView {
    view! {
        <li class="row">
            <Icon name=icon/>
            <span class="row__body">
                <a class="row__link row__title" href=href rel="external">
                    {title}
                </a>
                <span class="row__soft">{nb(soft)}</span>
            </span>
            <span class="row__end">
                <Icon name="chevron-right"/>
            </span>
        </li>
    }
}

/// One that is over: what it decided, and what was said.
fn was(assembly: &Assembly, names: &BTreeMap<MemberId, ShortName>) -> AnyView {
    let head = format!("{}, {}", assembly.title, when(assembly.starts_at));
    let votes: Vec<_> = assembly
        .resolutions
        .iter()
        .filter_map(|resolution| {
            let counted = resolution.result.as_ref()?;
            let name = |member: MemberId| names.get(&member).map_or_else(|| "Quelqu’un".to_owned(), ToString::to_string);
            let came = result(counted, &name);
            Some(view! {
                <li class="agenda__point">
                    <p class="row__title">{nb(&resolution.title)}</p>
                    {came}
                </li>
            })
        })
        .collect();
    let lapsed = (assembly.stage == Stage::Lapsed).then(|| view! { <p class="soft">{nb("Elle n’a pas eu lieu.")}</p> });
    // Of our own renderer.
    let minutes = (!assembly.minutes.is_empty()).then(|| view! { <div class="prose" inner_html=assembly.minutes.clone()></div> });
    view! {
        <details class="history">
            <summary class="history__head">
                {nb(&head)}
                <Icon name="chevron-down"/>
            </summary>
            {lapsed}
            <ol class="agenda">{votes}</ol>
            {minutes}
        </details>
    }
    .into_any()
}
