//! Search as one types, in the briefs that this device keeps; the server has all the others.

use domain::brief::{Briefs, Found, Searched, Shown, search};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::pieces::id_of;
use crate::french::brief::{found, headline, short, source};
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::TextField;

/// So many answers stand under the field: over a phone's keyboard no more fit.
const SHOWN: usize = 5;

/// What is looked for. The page's, and not of what it shows: an issue that is read in the meantime writes the page anew, and
/// what was typed and the words to look in stay.
#[derive(Clone, Copy)]
pub struct Search {
    typed: RwSignal<String>,
    /// More than the first are asked for.
    all: RwSignal<bool>,
    /// Made once per snapshot, and by whoever searches alone.
    words: Memo<Option<Searched>>,
    /// Nothing where nothing is looked for.
    hits: Memo<Option<Vec<Found>>>,
}

impl Search {
    pub fn of_page() -> Search {
        let store = Store::expect();
        let typed = RwSignal::new(String::new());
        let words = Memo::new(move |_| store.briefs.with(|briefs| briefs.as_deref().map(Searched::of)));
        let hits = Memo::new(move |_| {
            typed.with(|typed| {
                if typed.trim().is_empty() {
                    return None;
                }
                words.with(|words| words.as_ref().map(|words| search(words, typed)))
            })
        });
        Search { typed, all: RwSignal::new(false), words, hits }
    }

    /// The words are there before the first key.
    fn prepare(self) {
        self.words.with_untracked(|_| ());
    }

    fn look_for(self, typed: String) {
        self.all.set(false);
        self.typed.set(typed);
    }

    fn count(self) -> Option<usize> {
        self.hits.with(|hits| hits.as_ref().map(Vec::len))
    }

    fn rows(self, briefs: &Briefs) -> Vec<Row> {
        let most = if self.all.get() { usize::MAX } else { SHOWN };
        self.hits.with(|hits| hits.iter().flatten().take(most).filter_map(|hit| Row::of(briefs, hit)).collect())
    }
}

/// An answer as it is shown.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    href: String,
    title: String,
    of: String,
}

impl Row {
    fn of(briefs: &Briefs, hit: &Found) -> Option<Row> {
        let brief = briefs.briefs.iter().find(|brief| brief.id == hit.brief)?;
        let piece = brief.pieces.get(hit.piece)?;
        let title = match piece {
            Shown::Block { title, .. } => headline(Some(title), brief.monday),
            Shown::Live { source: of, .. } => nb(source(*of)),
        };
        let href = format!("/breve/{}#{}", iso_day(brief.monday), id_of(piece));
        Some(Row { href, title, of: short(brief.monday) })
    }
}

/// Before the page is alive the form asks the server; then the answers come under it, at each key. The first rows are there
/// from the beginning and only change their words: to make them at a key took longer than to search.
#[component]
pub fn Finding(search: Search) -> impl IntoView {
    let store = Store::expect();
    let list = NodeRef::<html::Ul>::new();
    let rows =
        Memo::new(move |_| store.briefs.with(|briefs| briefs.as_deref().map(|briefs| search.rows(briefs)).unwrap_or_default()));
    let more = Memo::new(move |_| search.count().filter(|count| *count > SHOWN && !search.all.get()));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let first: Vec<_> = (0..SHOWN).map(|nth| place(nth, rows)).collect();
    let count = Memo::new(move |_| search.count());
    let typed = search.typed.get_untracked();
    let show_all = move |_| {
        search.all.set(true);
        // The button is gone by then: whoever was on it goes on with the first that it brought.
        request_animation_frame(move || {
            let first = format!("li:nth-child({}) a", SHOWN + 1);
            let first = list.get_untracked().and_then(|list| list.query_selector(&first).ok().flatten());
            if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                drop(first.focus());
            }
        });
    };
    view! {
        <form
            method="get"
            action="/breve/archives"
            class="stack no-print"
            role="search"
            on:focusin=move |_| search.prepare()
            on:input=move |event| search.look_for(event_target_value(&event))
        >
            <TextField id="chercher" name="q" kind="search" label="Chercher dans la brève" value=typed autocomplete="off"/>
            // There from the beginning, so that what changes in it is said.
            <p role="status" class=("visually-hidden", move || count.get().is_none())>
                {move || count.get().map(found)}
            </p>
            <ul class="list" role="list" node_ref=list hidden=move || none.get()>
                {first}
                <For each=move || rows.with(|rows| rows.iter().skip(SHOWN).cloned().collect::<Vec<_>>()) key=Row::clone children=answer/>
            </ul>
            {move || more.get().map(|count| view! {
                <button class="button button--quiet" type="button" on:click=show_all>
                    {nb(&format!("Voir les {count}"))}
                </button>
            })}
            <button class="button" type="submit">"Chercher dans toutes les archives"</button>
        </form>
    }
}

/// The place of one of the first answers, whichever it is.
fn place(nth: usize, rows: Memo<Vec<Row>>) -> impl IntoView {
    let row = Memo::new(move |_| rows.with(|rows| rows.get(nth).cloned()));
    let said = move |of: fn(&Row) -> &String| row.with(|row| row.as_ref().map(|row| of(row).clone()));
    view! {
        <li class="row" hidden=move || row.with(Option::is_none)>
            <span class="row__body">
                <a class="row__link row__title" href=move || said(|row| &row.href)>{move || said(|row| &row.title)}</a>
                <span class="row__soft">{move || said(|row| &row.of)}</span>
            </span>
        </li>
    }
}

fn answer(Row { href, title, of }: Row) -> impl IntoView {
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>{title}</a>
                <span class="row__soft">{of}</span>
            </span>
        </li>
    }
}
