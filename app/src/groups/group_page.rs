//! One group, at an address of its own: what it is for, who belongs to it, when it meets, and how one comes in.

use domain::groups::Minutes;
use domain::id::GroupId;
use domain::time::Instant;
use domain::view::groups::{GroupDate, GroupMoving, GroupView, KnownGroup, moving as moving_of};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::admitting::Admitting;
use super::form::{GROUP, HAND};
use super::people::People;
use super::standing::MyStanding;
use crate::dossiers::form::board_of;
use crate::french::dates::{date_with_year, iso, iso_day, moment};
use crate::french::events::when;
use crate::french::nb;
use crate::offline::store::Store;
use crate::organising::form::NEW;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, Icon, Time, Width};

#[component]
pub fn GroupPage() -> impl IntoView {
    let params = use_params_map();
    let query = move || Query::Group(params.with(|params| params.get("group")).unwrap_or_default());
    view! {
        <Title text="Un groupe · Alpar"/>
        <Screen query=query title="Un groupe" coming="Le groupe arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: GroupView) -> AnyView {
    let GroupView { now, known, .. } = view;
    let inside = known.map_or_else(|| no_such_group().into_any(), |known| group(known, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

/// What moves under the page, as it is now; what is being typed there stays as it is.
fn following(id: GroupId, first: GroupMoving) -> Memo<GroupMoving> {
    let store = Store::expect();
    Memo::new(move |_| {
        // Dates pass by the clock.
        store.now.track();
        let now = store.following_groups(|seen, groups, events| moving_of(seen, groups, events, id));
        now.flatten().unwrap_or_else(|| first.clone())
    })
}

fn group(known: KnownGroup, now: Instant) -> impl IntoView {
    let KnownGroup { id, slug, name, moving } = known;
    let moving = following(id, moving);
    let back = format!("{GROUP}/{slug}");
    let role = Memo::new(move |_| moving.with(|moving| nb(&moving.role)));
    view! {
        <article class="group">
            <header class="page__head">
                <Back href="/coop" label="La coop"/>
                <h1 class="page__title" tabindex="-1">{nb(&name)}</h1>
            </header>
            <PageTop/>
            <p class="page__lead">{move || role.get()}</p>
            <MyStanding group=id name=name.clone() back=back.clone() moving=moving now=now/>
            {ways(&slug, moving)}
            <Admitting group=id name=name.clone() back=back.clone() moving=moving now=now/>
            {call(moving, now)}
            {text(moving)}
            <People group=id name=name back=back moving=moving/>
            {dates(moving, now)}
            {minutes(moving)}
        </article>
    }
}

/// What comes with belonging to it, or with answering for it: it is there as soon as one does, and gone as soon as one does not.
fn ways(slug: &str, moving: Memo<GroupMoving>) -> impl IntoView + use<> {
    let may = Memo::new(move |_| moving.with(|moving| (moving.organises, moving.runs, moving.keeps_dossiers)));
    let (hand, board) = (format!("{GROUP}/{slug}/{HAND}"), board_of(slug));
    move || {
        let (organises, runs, keeps) = may.get();
        let (hand, board) = (hand.clone(), board.clone());
        (organises || runs || keeps).then(|| {
            view! {
                <nav class="no-print" aria-label="Avec ce groupe">
                    <ul class="list">
                        {keeps.then(|| way("list-checks", board, "Les dossiers du groupe", "Ce qu’il a devant lui, pour quand, qui s’en charge", false))}
                        {organises.then(|| way("party-popper", NEW.to_owned(), "Nouvelle sortie", "L’annoncer au nom du groupe", true))}
                        {runs.then(|| way("newspaper", hand, "Tenir la page du groupe", "Ce qu’il dit de lui, qui il cherche, ses comptes rendus", true))}
                    </ul>
                </nav>
            }
        })
    }
}

/// `still`: the server alone has that page.
fn way(icon: &'static str, href: String, title: &'static str, soft: &'static str, still: bool) -> impl IntoView {
    view! {
        <li class="row">
            <Icon name=icon/>
            <span class="row__body">
                <a class="row__link row__title" href=href rel=still.then_some("external")>
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

/// « On cherche… »
fn call(moving: Memo<GroupMoving>, now: Instant) -> impl IntoView {
    let call = Memo::new(move |_| moving.with(|moving| moving.call.clone()));
    move || {
        call.get().map(|call| {
            view! {
                <section class="card section--apart group__call" aria-labelledby="appel">
                    <h2 class="card__title" id="appel">
                        <Icon name="megaphone"/>
                        "Coup de main"
                    </h2>
                    <p class="group__words">{nb(&call.text)}</p>
                    <p class="card__soft">{nb(&format!("Appel lancé {}", moment(call.at, now)))}</p>
                </section>
            }
        })
    }
}

fn text(moving: Memo<GroupMoving>) -> impl IntoView {
    let page = Memo::new(move |_| moving.with(|moving| moving.page.clone()));
    // It was written by our renderer and passed the server's allow-list: nothing in it runs.
    move || {
        let html = page.get();
        (!html.is_empty()).then(|| view! { <div class="prose section--apart" inner_html=html></div> })
    }
}

fn dates(moving: Memo<GroupMoving>, now: Instant) -> impl IntoView {
    let dates = Memo::new(move |_| moving.with(|moving| moving.dates.clone()));
    let row = move |date: GroupDate| {
        let GroupDate { event, title, times, place } = date;
        let href = format!("/sortie/{event}");
        view! {
            <li class="row">
                <span class="row__body">
                    <a class="row__link row__title" href=href>{nb(&title)}</a>
                    <span class="row__soft">
                        <Time datetime=iso(times.starts_at) shown=when(&times, now)/>
                        {nb(&format!(" · {place}"))}
                    </span>
                </span>
                <span class="row__end"><Icon name="chevron-right"/></span>
            </li>
        }
    };
    let list = move || {
        let dates = dates.get();
        if dates.is_empty() {
            return view! { <p class="soft">{nb("Rien d’annoncé pour l’instant : ni réunion, ni sortie.")}</p> }.into_any();
        }
        let rows = dates.into_iter().map(row).collect::<Vec<_>>();
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="dates">
            <h2 id="dates">"Prochaines dates"</h2>
            {list}
        </section>
    }
}

fn minutes(moving: Memo<GroupMoving>) -> impl IntoView {
    let minutes = Memo::new(move |_| moving.with(|moving| moving.minutes.clone()));
    let none = Memo::new(move |_| minutes.with(Vec::is_empty));
    view! {
        <section class="section section--apart" aria-labelledby="comptes-rendus">
            <h2 id="comptes-rendus">"Comptes rendus"</h2>
            {move || none.get().then(|| view! { <p class="soft">{nb("Le groupe n’en a pas encore écrit.")}</p> })}
            <div>
                <For
                    each=move || minutes.get()
                    key=|one: &Minutes| (one.id, one.on, one.title.clone(), one.html.clone())
                    children=one_minutes
                />
            </div>
        </section>
    }
}

fn one_minutes(minutes: Minutes) -> impl IntoView {
    let Minutes { event, on, title, html, .. } = minutes;
    let meeting = event.map(|event| {
        let href = format!("/sortie/{event}");
        view! { <p><a class="button button--quiet" href=href>"La réunion"</a></p> }
    });
    view! {
        <details class="history">
            <summary class="history__head">
                <span>
                    {nb(&title)}
                    <span class="card__soft group__day">
                        <Time datetime=iso_day(on) shown=date_with_year(on)/>
                    </span>
                </span>
                <Icon name="chevron-down"/>
            </summary>
            <div class="prose" inner_html=html></div>
            {meeting}
        </details>
    }
}

fn no_such_group() -> impl IntoView {
    view! {
        <header class="page__head">
            <Back href="/coop" label="La coop"/>
        </header>
        <PageTop/>
        <Empty
            id="pas-de-groupe"
            icon="signpost"
            title="Ce groupe n’est pas là"
            text=nb("La coop a sept groupes de travail : tous sont sur la page « La coop ».")
            whole_page=true
        >
            <a class="button button--main" href="/coop">"Voir les groupes"</a>
        </Empty>
    }
}
