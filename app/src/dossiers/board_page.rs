//! The dossier board of a group: what it has before it, by its day; without a network, too.

use chrono::NaiveDate;
use domain::command::Command;
use domain::dossiers::{Kind, Stage};
use domain::id::{DossierId, GroupId};
use domain::time::{Instant, paris_day};
use domain::view::dossiers::{BoardMoving, BoardView, KnownBoard, Row, board_moving};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::form::{address, board_of, icon, new_of};
use super::opening::opening;
use crate::french::dossiers::{due, kind as named, kinds, stage};
use crate::french::nb;
use crate::french::typography::counted;
use crate::groups::form::GROUP;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Chip, ChipLook, Empty, Frame, Icon, Width};

#[component]
pub fn BoardPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || Query::Dossiers(params.with(|params| params.get("group")).unwrap_or_default());
    // The page's, and not of what it shows: a dossier that comes in the meantime leaves the filter as it is.
    let only = Memo::new(move |_| query.with(|query| query.get("sorte")).and_then(|kind| Kind::parse(&kind)));
    let show = move |view: View| view.shown(|view| page(view, only));
    view! {
        <Title text="Les dossiers d’un groupe · Alpar"/>
        <Screen query=asked title="Dossiers" coming="Les dossiers arrivent." show=show/>
    }
}

fn page(view: BoardView, only: Memo<Option<Kind>>) -> AnyView {
    let BoardView { now, known, .. } = view;
    let inside = known.map_or_else(|| no_such_group().into_any(), |known| board(known, only, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

/// What moves under the page, as it is now; what is being typed there stays as it is.
fn following(group: GroupId, first: BoardMoving) -> Memo<BoardMoving> {
    let store = Store::expect();
    Memo::new(move |_| {
        // Days pass by the clock.
        store.now.track();
        store.following(|seen| board_moving(seen, group)).unwrap_or_else(|| first.clone())
    })
}

fn board(known: KnownBoard, only: Memo<Option<Kind>>, now: Instant) -> impl IntoView {
    let KnownBoard { group, slug, name, moving } = known;
    let moving = following(group, moving);
    let mine = Memo::new(move |_| moving.with(|moving| moving.mine));
    let (back, here) = (format!("{GROUP}/{slug}"), board_of(&slug));
    let inside = move || {
        if mine.get() { kept(group, &slug, &here, moving, only, now).into_any() } else { not_mine(&slug).into_any() }
    };
    view! {
        <article class="dossiers">
            <header class="page__head">
                <Back href=back label=name.clone()/>
                <h1 class="page__title" tabindex="-1">{nb(&format!("Dossiers : {name}"))}</h1>
            </header>
            <PageTop/>
            {inside}
        </article>
    }
}

fn kept(
    group: GroupId,
    slug: &str,
    here: &str,
    moving: Memo<BoardMoving>,
    only: Memo<Option<Kind>>,
    now: Instant,
) -> impl IntoView + use<> {
    let (here_of_kinds, new) = (here.to_owned(), new_of(slug));
    let shown = move |row: &Row| only.get().is_none_or(|kind| row.kind == kind);
    let open =
        Memo::new(move |_| moving.with(|moving| moving.open.iter().filter(|row| shown(row)).cloned().collect::<Vec<Row>>()));
    let closed =
        Memo::new(move |_| moving.with(|moving| moving.closed.iter().filter(|row| shown(row)).cloned().collect::<Vec<Row>>()));
    let none = Memo::new(move |_| open.with(Vec::is_empty));
    let today = paris_day(now);
    let row = move |known: Row| one(known, today);
    let over = move || {
        let rows = closed.get();
        (!rows.is_empty()).then(|| {
            let title = counted(rows.len(), "dossier clos ces trois mois", "dossiers clos ces trois mois");
            let rows = rows.into_iter().map(row).collect::<Vec<_>>();
            view! {
                <details class="history section--apart">
                    <summary class="history__head">
                        {title}
                        <Icon name="chevron-down"/>
                    </summary>
                    <ul class="list">{rows}</ul>
                </details>
            }
        })
    };
    view! {
        <p class="page__lead">
            {nb("Ce que le groupe a devant lui, pour quand, et qui s’en charge. Ses membres seuls le lisent.")}
        </p>
        {of_kinds(moving, only, here_of_kinds)}
        <section class="section" aria-labelledby="ouverts">
            <h2 id="ouverts">"Ouverts"</h2>
            {move || none.get().then(|| view! { <p class="soft">{nb("Rien n’attend. Note ici ce qui vient.")}</p> })}
            <ul class="list">
                <For each=move || open.get() key=Row::clone children=row/>
            </ul>
        </section>
        <section class="section section--apart no-print" aria-labelledby="ouvrir">
            <h2 id="ouvrir">"Ouvrir un dossier"</h2>
            {opening(group, here.to_owned())}
            <p>
                <a class="button button--quiet" href=new rel="external">
                    {nb("Partenaire, subvention, volontaire… : le formulaire complet")}
                </a>
            </p>
        </section>
        {over}
    }
}

/// One of the kinds that are there, or all of them.
fn of_kinds(moving: Memo<BoardMoving>, only: Memo<Option<Kind>>, here: String) -> impl IntoView {
    let there = Memo::new(move |_| {
        moving.with(|moving| {
            let is_there = |kind: &Kind| moving.open.iter().chain(&moving.closed).any(|row| row.kind == *kind);
            Kind::ALL.into_iter().filter(is_there).collect::<Vec<Kind>>()
        })
    });
    move || {
        let there = there.get();
        (there.len() > 1).then(|| {
            let chosen = only.get();
            let all = (here.clone(), "Tout", chosen.is_none());
            let each =
                there.into_iter().map(|kind| (format!("{here}?sorte={}", kind.as_str()), kinds(kind), chosen == Some(kind)));
            let links: Vec<_> = std::iter::once(all)
                .chain(each)
                .map(|(href, words, current)| {
                    view! {
                        <li>
                            <a class="dossiers__kind" href=href aria-current=current.then_some("page") data-noscroll="">
                                {words}
                            </a>
                        </li>
                    }
                })
                .collect();
            view! {
                <nav class="no-print" aria-label="Sortes de dossiers">
                    <ul class="dossiers__kinds">{links}</ul>
                </nav>
            }
        })
    }
}

fn one(row: Row, today: NaiveDate) -> impl IntoView {
    let Row { id, title, kind, stage: at, holder, own, due: day, late, near, papers } = row;
    let href = address(id);
    let who = match holder {
        Some(_) if own => "toi".to_owned(),
        Some(holder) => holder.to_string(),
        None => "personne ne s’en charge".to_owned(),
    };
    let mut about = vec![named(kind).to_owned(), who];
    about.extend(day.map(|day| due(day, today, late)));
    about.extend((papers > 0).then(|| counted(papers, "pièce", "pièces")));
    let (look, word) = match at {
        Stage::ToDo | Stage::UnderWay if late => (ChipLook::Missing, "En retard"),
        Stage::ToDo | Stage::UnderWay if near => (ChipLook::Waiting, "Bientôt"),
        Stage::ToDo => (ChipLook::Neutral, stage(at)),
        Stage::UnderWay => (ChipLook::Mine, stage(at)),
        Stage::Done => (ChipLook::Done, stage(at)),
        Stage::Dropped => (ChipLook::Refused, stage(at)),
    };
    view! {
        <li class="row">
            <Icon name=icon(kind)/>
            <span class="row__body">
                <a class="row__link row__title" href=href>{nb(&title)}</a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
                <WaitingChip dossier=id/>
            </span>
            <span class="row__end"><Chip look=look>{word}</Chip></span>
        </li>
    }
}

/// « En attente d’envoi », while something about it has not left the device.
#[component]
pub fn WaitingChip(dossier: DossierId) -> impl IntoView {
    let acts = Acts::expect();
    let waits = Memo::new(move |_| {
        acts.outbox.with(|outbox| {
            let about = |command: &Command| command.dossier() == Some(dossier);
            outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(about))
        })
    });
    move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })
}

fn not_mine(slug: &str) -> impl IntoView + use<> {
    let href = format!("{GROUP}/{slug}");
    view! {
        <Empty
            id="pas-du-groupe"
            icon="key-round"
            title="C’est l’affaire du groupe"
            text=nb("Les dossiers d’un groupe sont à ses membres, et à la personne salariée. Sa page dit comment le rejoindre.")
        >
            <a class="button button--fill" href=href>"Voir le groupe"</a>
        </Empty>
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
