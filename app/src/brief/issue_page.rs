//! An issue, at an address of its own; the newest under the tab.

use chrono::NaiveDate;
use domain::brief::Published;
use domain::view::brief::BriefView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::finding::{Finding, Search};
use super::pieces::Pieces;
use super::reading::read_when_seen;
use super::share::Share;
use crate::french::brief::{corrected, headline, how_it_came, of_monday, open_until, short};
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, PageHead, RowLink, Width};

#[component]
pub fn NewestPage() -> impl IntoView {
    let search = Search::of_page();
    view! {
        <Title text="La brève du lundi · Alpar"/>
        <Screen
            query=|| Query::Brief { monday: None }
            title="La brève du lundi"
            coming="La brève arrive."
            show=move |view| show(view, None, Some(search))
        />
    }
}

#[component]
pub fn IssuePage() -> impl IntoView {
    let params = use_params_map();
    // What is no day is the Monday of no issue.
    let monday = move || params.with(|params| params.get("monday")).and_then(|day| day.parse().ok()).unwrap_or(NaiveDate::MIN);
    view! {
        <Title text="La brève du lundi · Alpar"/>
        <Screen
            query=move || Query::Brief { monday: Some(monday()) }
            title="La brève du lundi"
            coming="La brève arrive."
            show=move |view| show(view, Some(monday()), None)
        />
    }
}

/// `asked`: the Monday in the address; the newest where there is none.
fn show(view: View, asked: Option<NaiveDate>, search: Option<Search>) -> AnyView {
    view.shown(|view| page(view, asked, search))
}

fn page(view: BriefView, asked: Option<NaiveDate>, search: Option<Search>) -> AnyView {
    let newest = asked.is_none();
    let monday = asked.unwrap_or(NaiveDate::MIN);
    let inside = match view.brief.clone() {
        Some(brief) => issue(brief, &view).into_any(),
        None if newest || !view.any => nothing_yet(&view).into_any(),
        None => not_kept_here(monday).into_any(),
    };
    // Where none is out there is nothing to look in.
    let finding = search.filter(|_| view.any).map(|search| view! { <Finding search=search/> });
    view! {
        <Frame width=Width::Alone>
            {inside}
            {finding}
            <nav class="no-print section--apart" aria-label="La brève">
                <ul class="list">
                    <RowLink icon="newspaper" href="/breve/proposer" title="Écrire pour la brève" soft=view.closes_at.map(open_until)/>
                    <RowLink icon="list-checks" href="/breve/archives" title="Toutes les brèves" soft="Par année, et tout ce qui y fut écrit"/>
                </ul>
            </nav>
        </Frame>
    }
    .into_any()
}

fn issue(brief: Published, view: &BriefView) -> impl IntoView + use<> {
    read_when_seen(brief.id, view.read);
    let title = brief.pieces.iter().find_map(|piece| match piece {
        domain::brief::Shown::Block { title, .. } => Some(title.as_str()),
        domain::brief::Shown::Live { .. } => None,
    });
    let (title, path) = (headline(title, brief.monday), format!("/breve/{}", iso_day(brief.monday)));
    let corrections = brief.corrected.iter().map(|word| view! { <p class="brief__corrected">{corrected(word, view.now)}</p> });
    let way = |monday: Option<NaiveDate>, rel: &'static str, words: &'static str| {
        monday.map(|monday| {
            view! {
                <a class="button button--soft" rel=rel href=format!("/breve/{}", iso_day(monday))>
                    {words}
                    <span class="visually-hidden">{format!(" : {}", short(monday))}</span>
                </a>
            }
        })
    };
    let now = view.now;
    view! {
        <article class="brief">
            <header class="brief__head">
                <p class="brief__of">{of_monday(brief.monday, now)}</p>
                <h1 class="page__title" tabindex="-1">{title.clone()}</h1>
                {how_it_came(&brief).map(|said| view! { <p class="brief__came">{said}</p> })}
                {corrections.collect_view()}
            </header>
            <PageTop/>
            <Pieces pieces=brief.pieces since=view.since.clone() events=view.events.clone() headed=true/>
        </article>
        <div class="cluster no-print">
            {way(view.older, "prev", "La précédente")}
            {view.older.is_none().then(older_ones)}
            {way(view.newer, "next", "La suivante")}
            <Share path=path title=title/>
        </div>
    }
}

/// Beyond those that this device keeps.
fn older_ones() -> impl IntoView {
    view! { <a class="button button--soft" href="/breve/archives">"Les précédentes"</a> }
}

fn nothing_yet(view: &BriefView) -> impl IntoView + use<> {
    let until = view.closes_at.map(open_until).unwrap_or_default();
    let text = format!("Chaque lundi à 7 h : les nouvelles du magasin, les places à prendre et les sorties. {until}");
    view! {
        <PageHead title="La brève du lundi"/>
        <PageTop/>
        <Empty id="pas-encore" icon="newspaper" title="La première paraît bientôt" text=nb(&text)>
            <a class="button button--fill" href="/breve/proposer">"Écrire pour la brève"</a>
        </Empty>
    }
}

fn not_kept_here(monday: NaiveDate) -> impl IntoView {
    // What is no day is in no archive either.
    let href =
        if monday == NaiveDate::MIN { "/breve/archives".to_owned() } else { format!("/breve/archives/{}", iso_day(monday)) };
    view! {
        <header class="page__head"><Back href="/breve" label="La brève"/></header>
        <PageTop/>
        <Empty
            id="pas-gardee"
            icon="signpost"
            title="Cette brève n’est pas gardée sur cet appareil"
            text="Il garde les douze dernières. Celle-ci se lit dans les archives, avec le réseau."
            whole_page=true
        >
            <a class="button button--main" href=href>"La lire dans les archives"</a>
        </Empty>
    }
}
