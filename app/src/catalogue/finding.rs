//! Search as one types, in the whole shop, on the device.

use std::ops::Range;
use std::time::Duration;

use chrono::NaiveDate;
use domain::catalogue::{Hit, Index, thumbnail_address};
use domain::time::paris_day;
use domain::view::catalogue::{Found, ProductRow as Row, row};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::address::{RANGES, encoded, of_product};
use super::places::{Answer, fill, place};
use super::product_row::{ProductRow, beside_price, price_of, soft_of};
use super::suggesting::Suggesting;
use super::thumb::{SIDE, initial};
use crate::french::catalogue::stock;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::store::Store;

/// So many answers stand under the field at first.
const SHOWN: usize = 8;
/// So many of them are written by the key itself: over a phone's keyboard no more fit. Those below follow the frame that shows these.
const AT_ONCE: usize = 4;
/// No more than so many at all.
const MOST: usize = 60;
/// Whoever types on wants no other words yet.
const PAUSE: Duration = Duration::from_millis(300);

/// What is looked for. The page's, and not of what it shows: what was typed stays when the shop changes under it.
#[derive(Clone, Copy)]
pub struct Search {
    store: Store,
    typed: RwSignal<String>,
    /// More than the first are asked for.
    all: RwSignal<bool>,
    /// Nothing where nothing is looked for, or the index is not made yet.
    hits: Memo<Option<Vec<Hit>>>,
    /// The same, a frame later.
    followed: RwSignal<Option<Vec<Hit>>>,
    /// Whoever types has paused: what a key does without comes.
    rests: RwSignal<bool>,
    /// What to look for instead.
    instead: RwSignal<Option<String>>,
}

impl Search {
    pub fn of_page() -> Search {
        let store = Store::expect();
        let asked = use_query_map().with_untracked(|query| query.get("q")).unwrap_or_default();
        let typed = RwSignal::new(asked);
        // In the browser alone; once per snapshot.
        Effect::new(move |_| store.shop.prepare_index());
        let hits = Memo::new(move |_| {
            typed.with(|typed| {
                if typed.trim().is_empty() {
                    return None;
                }
                let found = |index: &Index| index.find(typed, MOST + 1);
                store.shop.index.with(|index| index.as_deref().map(found))
            })
        });
        let followed = RwSignal::new(None);
        Effect::new(move |_| {
            hits.track();
            after_the_frame(move || follow(hits, followed));
        });
        let (all, rests, instead) = (RwSignal::new(false), RwSignal::new(true), RwSignal::new(None));
        Search { store, typed, all, hits, followed, rests, instead }
    }

    fn look_for(self, typed: String) {
        if self.all.get_untracked() {
            self.all.set(false);
        }
        if self.rests.get_untracked() {
            self.rests.set(false);
        }
        self.instead.set(None);
        self.typed.set(typed.clone());
        set_timeout(move || self.after_a_pause(&typed), PAUSE);
    }

    /// What takes longer than a key may, and what the next key would make needless.
    fn after_a_pause(self, typed: &str) {
        // The page may have been left.
        if self.typed.try_with_untracked(|now| now == typed) != Some(true) {
            return;
        }
        remember(typed);
        self.rests.set(true);
        if self.hits.with_untracked(|hits| hits.as_ref().is_some_and(Vec::is_empty)) {
            let index = self.store.shop.index;
            self.instead.set(index.with_untracked(|index| index.as_ref().and_then(|index| index.suggest(typed))));
        }
    }

    /// Something is looked for, and there is where to look: its answers are on the page.
    pub fn is_on(self) -> bool {
        self.hits.with(Option::is_some)
    }

    /// Something is looked for, and there is nothing yet to look in. On the server there never is.
    fn is_early(self) -> bool {
        self.store.is_live() && self.hits.with(Option::is_none) && self.typed.with(|typed| !typed.trim().is_empty())
    }
}

/// Once what is on the page by now is on the screen.
fn after_the_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

/// Of several keys within one frame only the last is followed; of a page that was left none.
fn follow(hits: Memo<Option<Vec<Hit>>>, followed: RwSignal<Option<Vec<Hit>>>) {
    let Some(hits) = hits.try_get_untracked() else { return };
    if followed.try_with_untracked(|followed| *followed == hits) == Some(false) {
        followed.set(hits);
    }
}

/// The address says what is looked for: whoever comes back from a product finds it again. The router need not know, the page stays.
fn remember(typed: &str) {
    let here = window().location().pathname().is_ok_and(|path| path == RANGES);
    let Some(history) = window().history().ok().filter(|_| here) else { return };
    let asked = if typed.trim().is_empty() { String::new() } else { format!("?q={}", encoded(typed)) };
    let state = history.state().unwrap_or(JsValue::NULL);
    drop(history.replace_state_with_url(&state, "", Some(&format!("{RANGES}{asked}"))));
}

/// The focus goes to the first answer that this selects, if there is one.
fn focus_on(list: NodeRef<html::Ul>, selector: &str) {
    let found = list.get_untracked().and_then(|list| list.query_selector(selector).ok().flatten());
    if let Some(answer) = found.and_then(|answer| answer.dyn_into::<HtmlElement>().ok()) {
        drop(answer.focus());
    }
}

impl Answer {
    fn of(row: &Row, today: NaiveDate) -> Answer {
        let parts = [Some(soft_of(row)).filter(|soft| !soft.is_empty()), beside_price(row), stock(row.stock, today)];
        Answer {
            href: of_product(row.id),
            title: nb(&row.name),
            soft: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            price: price_of(row.price, row.sold_by, row.per),
            initial: initial(&row.name),
            picture: row.thumbnail.map(thumbnail_address),
        }
    }
}

/// The answers of these places, from the best on.
fn rows_of(search: Search, hits: Signal<Option<Vec<Hit>>>, places: fn(Search) -> Range<usize>) -> Memo<Vec<Answer>> {
    Memo::new(move |before: Option<&Vec<Answer>>| {
        let places = places(search);
        let hits: Vec<Hit> = hits.with(|hits| hits.iter().flatten().take(places.end).skip(places.start).copied().collect());
        if hits.is_empty() {
            return Vec::new();
        }
        let found = search.store.following_shop(|seen, shop| {
            let today = paris_day(seen.now);
            let products = hits.iter().filter_map(|hit| shop.product_at(hit.product, hit.at));
            products.map(|product| Answer::of(&row(shop, product, today), today)).collect::<Vec<_>>()
        });
        let mut rows = found.unwrap_or_default();
        if !search.rests.get() {
            without_new_photos(&mut rows, before.map(Vec::as_slice).unwrap_or_default());
        }
        rows
    })
}

/// While somebody types, photos come for nobody: only rows that stay where they are keep theirs.
fn without_new_photos(rows: &mut [Answer], before: &[Answer]) {
    for (nth, row) in rows.iter_mut().enumerate() {
        let stood = before.get(nth).is_some_and(|before| before.href == row.href && before.picture == row.picture);
        if !stood {
            row.picture = None;
        }
    }
}

/// Before the page is alive the form asks the server; then the answers come under it, at each key. The first rows are there
/// from the beginning and only change their words: to make them at a key takes longer than to search.
#[component]
pub fn Finding(search: Search) -> impl IntoView {
    let store = search.store;
    let list = NodeRef::<html::Ul>::new();
    let rows = rows_of(search, search.hits.into(), |_| 0..AT_ONCE);
    let below = rows_of(search, search.followed.into(), |search| {
        let end = if search.all.get() { MOST } else { SHOWN };
        AT_ONCE..end
    });
    let count = Memo::new(move |_| search.hits.with(|hits| hits.as_ref().map(Vec::len)));
    let more = Memo::new(move |_| count.get().is_some_and(|count| count > SHOWN) && !search.all.get());
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let nothing = Memo::new(move |_| count.get() == Some(0));
    let said = Memo::new(move |_| match count.get() {
        Some(count) => Some(found_words(count)),
        None => search.is_early().then(|| nb("Un instant : les rayons se préparent…")),
    });
    // Those that come below the first ones, once all are asked for.
    let others = Memo::new(move |_| below.with(|rows| rows.iter().skip(SHOWN - AT_ONCE).cloned().collect::<Vec<_>>()));
    let first: Vec<_> = (0..SHOWN).map(|_| place()).collect();
    fill(list, 0..AT_ONCE, rows);
    fill(list, AT_ONCE..SHOWN, below);
    let show_all = move |_| {
        search.all.set(true);
        // The button is gone by then: whoever was on it goes on with the first that it brought.
        request_animation_frame(move || focus_on(list, &format!("li:nth-child({}) a", SHOWN + 1)));
    };
    view! {
        <form
            method="get"
            action=RANGES
            class="finding no-print"
            role="search"
            on:submit=move |event| {
                // The answers are there already: whoever is done with the keyboard goes on with the first.
                if store.is_live_untracked() {
                    event.prevent_default();
                    focus_on(list, "li:not([hidden]) a");
                }
            }
        >
            <div class="field">
                <label class="field__label" for="chercher">"Chercher un produit"</label>
                <input
                    class="field__input field__input--big"
                    id="chercher"
                    name="q"
                    type="search"
                    autocomplete="off"
                    enterkeyhint="search"
                    aria-describedby="chercher-aide"
                    value=search.typed.get_untracked()
                    prop:value=move || search.typed.get()
                    on:input=move |event| search.look_for(event_target_value(&event))
                />
                <span class="field__hint" id="chercher-aide">{nb("Un nom, une marque, un fournisseur, un label ou un code-barres.")}</span>
            </div>
            // There from the beginning, so that what changes in it is said.
            <p role="status" class=("visually-hidden", move || said.with(Option::is_none))>
                {move || said.get()}
            </p>
            <div class=("kept-away", move || none.get())>
                <ul class="list" role="list" node_ref=list>
                    {first}
                    <For each=move || others.get() key=Answer::clone children=answer/>
                </ul>
            </div>
            <button class="button button--quiet" type="button" hidden=move || !more.get() on:click=show_all>
                {nb("Voir plus de réponses")}
            </button>
            <noscript>
                <button class="button" type="submit">"Chercher"</button>
            </noscript>
        </form>
        {move || nothing.get().then(|| not_found(search))}
    }
}

/// « 3 produits trouvés »
fn found_words(count: usize) -> String {
    match count {
        0 => nb("Aucun résultat"),
        count if count > MOST => nb(&format!("Plus de {MOST} produits : ajoute un mot pour préciser.")),
        count => counted(count, "produit trouvé", "produits trouvés"),
    }
}

/// Nothing answers: other words, or to ask for it.
fn not_found(search: Search) -> impl IntoView {
    let instead = move || {
        search.instead.get().map(|words| {
            let label = nb(&format!("Essaie « {words} »"));
            view! {
                <button class="button button--soft" type="button" on:click=move |_| search.look_for(words.clone())>
                    {label}
                </button>
            }
        })
    };
    view! {
        <section class="section finding__none" aria-label="Aucun résultat">
            <p>{nb("Rien ne répond à ces mots dans les rayons.")}</p>
            <div role="status">{instead}</div>
            <Suggesting id="envie-cherchee" text=search.typed/>
        </section>
    }
}

fn answer(Answer { href, title, soft, price, initial, picture }: Answer) -> impl IntoView {
    view! {
        <li class="row product-row">
            <span class="thumb" aria-hidden="true" data-initial=initial>
                <img class="thumb__picture" loading="lazy" decoding="async" alt="" width=SIDE height=SIDE src=picture/>
            </span>
            <span class="row__body">
                <a class="row__link row__title" href=href>{title}</a>
                <span class="row__soft">{soft}</span>
            </span>
            <strong class="product-row__price">{price}</strong>
        </li>
    }
}

/// What the server found, where the page is not alive yet.
pub fn answers(found: Found, today: NaiveDate) -> impl IntoView {
    let Found { typed, rows, more, instead } = found;
    if rows.is_empty() {
        let text = RwSignal::new(typed.clone());
        let instead = instead.map(|words| {
            let (href, label) = (format!("{RANGES}?q={}", encoded(&words)), nb(&format!("Essaie « {words} »")));
            view! { <a class="button button--soft" href=href>{label}</a> }
        });
        return view! {
            <section class="section finding__none" aria-label="Aucun résultat">
                <p role="status">{nb(&format!("Rien ne répond à « {typed} » dans les rayons."))}</p>
                {instead}
                <Suggesting id="envie-trouvee" text=text/>
            </section>
        }
        .into_any();
    }
    let said = if more { nb("Les plus proches d’abord. Ajoute un mot pour préciser.") } else { found_words(rows.len()) };
    let rows = rows.into_iter().map(|row| view! { <ProductRow row=row today=today/> }).collect_view();
    view! {
        <section class="section" aria-label="Résultats">
            <p class="soft" role="status">{said}</p>
            <ul class="list" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}
