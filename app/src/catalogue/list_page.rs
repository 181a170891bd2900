//! « Ma liste »: what is to be bought, and what I like.

use std::sync::Arc;

use domain::catalogue::{Cents, LIST_TEXT_CAP, QUANTITY_CAP, item_of};
use domain::command::Command;
use domain::id::{CommandId, ListItemId, ProductId};
use domain::time::paris_day;
use domain::view::catalogue::{Line, ListView, MyLists, ProductRow as Row, my_lists};
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;
use web_sys::FormData;

use super::address::{LIST, RANGES};
use super::list_line::{line, name_of, put};
use super::product_row::ProductRow;
use crate::acts::{ActForm, Read, to_see, value};
use crate::french::catalogue::money;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, PageHead, Width, keep_focus};

#[component]
pub fn ListPage() -> impl IntoView {
    view! {
        <Title text="Ma liste · Alpar"/>
        <Screen query=|| Query::List title="Ma liste" coming="Ta liste arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

/// Both lists, as they are now; what is being typed stays.
fn following(first: MyLists) -> Memo<MyLists> {
    let store = Store::expect();
    Memo::new(move |_| store.following_shop(my_lists).unwrap_or_else(|| first.clone()))
}

fn page(view: ListView) -> AnyView {
    let ListView { now, name, lists, .. } = view;
    let (lists, today) = (following(lists), paris_day(now));
    let waiting = to_see(Acts::expect());
    let lines = Memo::new(move |_| lists.with(|lists| lists.lines.iter().map(|line| line.id).collect::<Vec<ListItemId>>()));
    let empty = Memo::new(move |_| lines.with(Vec::is_empty));
    let ticked = Memo::new(move |_| lists.with(|lists| lists.ticked.clone()));
    let removed = RwSignal::new(Vec::<Line>::new());
    let total = Memo::new(move |_| lists.with(|lists| (lists.total, lists.total_is_whole)));
    let back = (RANGES.to_owned(), "Rayons".to_owned());
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Ma liste" back=back initials=name.initials() waiting=waiting/>
            <PageTop/>
            {adding()}
            {move || empty.get().then(nothing_to_buy)}
            <ul class="list" role="list" hidden=move || empty.get()>
                <For each=move || lines.get() key=|id| *id children=move |id| line(id, lists, removed, today)/>
            </ul>
            {move || total_words(total.get()).map(|said| view! { <p class="list-total">{said}</p> })}
            {move || (!ticked.with(Vec::is_empty)).then(|| clear(ticked.get(), lists, removed))}
            <section class="section section--apart" aria-labelledby="favoris">
                <h2 id="favoris">"Mes favoris"</h2>
                {favourites(lists, today)}
            </section>
            {put_back(lists, removed)}
        </Frame>
    }
    .into_any()
}

/// A line of text, whatever it is.
fn adding() -> impl IntoView {
    let typed = |text: String| Command::PutOnList { item: ListItemId(Uuid::nil()), product: None, text, quantity: 1 };
    let read: Read = Arc::new(move |data: &FormData| {
        let text = value(data, "text")?;
        let intent = nb(&format!("Sur ma liste : {text}"));
        Some((typed(text), intent))
    });
    // Its text is the input, its id is made when it is sent; of this there is one.
    view! {
        <ActForm command=typed(String::new()) intent="" back=LIST read=read again=true class="list-add">
            // Without the app the form says all there is to say.
            <input type="hidden" name="quantity" value="1"/>
            <div class="field list-add__field">
                <label class="field__label" for="ajouter">"Ajouter à ma liste"</label>
                <input
                    class="field__input"
                    id="ajouter"
                    name="text"
                    type="text"
                    required
                    autocomplete="off"
                    enterkeyhint="done"
                    maxlength=LIST_TEXT_CAP.to_string()
                />
            </div>
            <button class="button button--fill" type="submit">"Ajouter"</button>
        </ActForm>
    }
}

fn nothing_to_buy() -> impl IntoView {
    let text = "Écris ce qu’il te faut, ou choisis dans les rayons : la liste reste sur ce téléphone, même sans réseau.";
    view! {
        <Empty id="vide" icon="list-checks" title="Ta liste est vide" text=nb(text)>
            <a class="button" href=RANGES>"Chercher dans les rayons"</a>
        </Empty>
    }
}

/// « Environ 12,40 €, sans ce qui se pèse »
fn total_words((total, whole): (Cents, bool)) -> Option<String> {
    let beyond = if whole { "" } else { ", sans ce qui se pèse ni ce qui est hors catalogue" };
    (total != Cents::ZERO).then(|| nb(&format!("Encore à prendre : environ {}{beyond}.", money(total))))
}

fn clear(items: Vec<ListItemId>, lists: Memo<MyLists>, removed: RwSignal<Vec<Line>>) -> impl IntoView {
    let cleared = items.clone();
    let then = Callback::new(move |_: CommandId| {
        let is_cleared = |line: &&Line| cleared.contains(&line.id);
        removed.set(lists.with_untracked(|lists| lists.lines.iter().filter(is_cleared).cloned().collect()));
    });
    view! {
        <ActForm command=Command::ClearTicked { items } intent=nb("Effacer ce qui est coché") back=LIST then=then>
            <button class="button button--block" type="submit">"Effacer ce qui est coché"</button>
        </ActForm>
    }
}

/// What was taken off last may come back, as long as the page is there.
fn put_back(lists: Memo<MyLists>, removed: RwSignal<Vec<Line>>) -> impl IntoView {
    let acts = Acts::expect();
    let whole = move || lists.with_untracked(|lists| lists.whole);
    let said = move || match removed.get().as_slice() {
        [] => None,
        [line] => Some(nb(&format!("Enlevé : {}", name_of(line, whole())))),
        lines => Some(nb(&format!("{} effacées", counted(lines.len(), "ligne", "lignes")))),
    };
    let again = move |_| {
        for line in removed.get_untracked() {
            let name = name_of(&line, whole());
            acts.act(put(&line, line.quantity), nb(&format!("Sur ma liste : {name}")));
            if line.done {
                acts.act(Command::TickListItem { item: line.id, done: true }, nb(&format!("Pris : {name}")));
            }
        }
        removed.set(Vec::new());
        // The button is gone by then.
        request_animation_frame(keep_focus);
    };
    view! {
        <div class=("toast", move || !removed.with(Vec::is_empty))>
            // There from the beginning, so that it is said.
            <p class="toast__text" role="status">{said}</p>
            {move || {
                (!removed.with(Vec::is_empty))
                    .then(|| view! { <button class="button" type="button" on:click=again>"Remettre"</button> })
            }}
        </div>
    }
}

fn favourites(lists: Memo<MyLists>, today: chrono::NaiveDate) -> impl IntoView {
    let liked = Memo::new(move |_| lists.with(|lists| lists.favourites.iter().map(|row| row.id).collect::<Vec<ProductId>>()));
    let none = Memo::new(move |_| liked.with(Vec::is_empty));
    let whole = Memo::new(move |_| lists.with(|lists| lists.whole));
    let words = move || {
        let empty = "Sur la page d’un produit, touche « Favori » : il sera ici, prêt à passer sur ta liste.";
        let said = if whole.get() { empty } else { "Tes favoris seront ici dès que leurs rayons y sont." };
        none.get().then(|| view! { <p class="soft">{nb(said)}</p> })
    };
    view! {
        {words}
        <ul class="list favourites" role="list" hidden=move || none.get()>
            <For each=move || liked.get() key=|id| *id children=move |id| favourite(id, lists, today)/>
        </ul>
    }
}

/// It stays where it is while others change.
fn favourite(id: ProductId, lists: Memo<MyLists>, today: chrono::NaiveDate) -> impl IntoView {
    let row = Memo::new(move |_| lists.with(|lists| lists.favourites.iter().find(|row| row.id == id).cloned()));
    let item = item_of(id);
    let listed = Memo::new(move |_| {
        let to_buy = |lists: &MyLists| lists.lines.iter().find(|line| line.id == item && !line.done).map(|line| line.quantity);
        lists.with(to_buy)
    });
    view! {
        {move || row.get().map(|row| view! { <ProductRow row=row today=today/> })}
        {move || row.get().map(|row| view! { <li class="favourites__act">{add(&row, listed.get())}</li> })}
    }
}

/// One of it; on the list already, one more.
fn add(row: &Row, listed: Option<u16>) -> impl IntoView + use<> {
    let quantity = listed.map_or(1, |quantity| quantity.saturating_add(1).min(QUANTITY_CAP));
    let words = match listed {
        None => "Sur ma liste".to_owned(),
        Some(quantity) => format!("Un de plus ({quantity} sur ta liste)"),
    };
    let intent = nb(&format!("Sur ma liste : {} ({quantity})", row.name));
    let label = nb(&format!("{words} : {}", row.name));
    let command = Command::PutOnList { item: item_of(row.id), product: Some(row.id), text: String::new(), quantity };
    view! {
        <ActForm command=command intent=intent back=LIST>
            <button class="button button--soft" type="submit" aria-label=label>{words}</button>
        </ActForm>
    }
}
