//! A line of the shopping list: ticked with one tap, more or less of it, taken off.

use domain::catalogue::{Listed, QUANTITY_CAP, SoldBy};
use domain::command::Command;
use domain::id::{CommandId, ListItemId};
use domain::view::catalogue::{Line, MyLists};
use leptos::prelude::*;

use super::address::{LIST, of_product};
use super::product_row::{price_of, soft_of};
use super::thumb::thumb;
use crate::acts::ActForm;
use crate::french::catalogue::{money, stock};
use crate::french::nb;
use crate::ui::Icon;

/// Follows what is its own: the line stays where it is while others change. What is taken off goes to `removed`.
pub fn line(id: ListItemId, lists: Memo<MyLists>, removed: RwSignal<Vec<Line>>, today: chrono::NaiveDate) -> impl IntoView {
    let line = Memo::new(move |_| lists.with(|lists| lists.lines.iter().find(|line| line.id == id).cloned()));
    let done = Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|line| line.done)));
    let whole = Memo::new(move |_| lists.with(|lists| lists.whole));
    let class = move || if done.get() { "row row--off list-line" } else { "row list-line" };
    view! { <li class=class>{move || line.get().map(|line| shown(line, whole.get(), removed, today))}</li> }
}

/// What it is called; `whole`: every shelf is here.
pub fn name_of(line: &Line, whole: bool) -> String {
    nb(match (&line.what, &line.product) {
        (_, Some(product)) => &product.name,
        (Listed::Text(text), None) => text,
        (Listed::Product(_), None) if whole => "Un produit qui n’est plus au catalogue",
        (Listed::Product(_), None) => "Un produit dont le rayon n’est pas encore ici",
    })
}

/// So much of it.
pub fn put(line: &Line, quantity: u16) -> Command {
    let (product, text) = match &line.what {
        Listed::Product(product) => (Some(*product), String::new()),
        Listed::Text(text) => (None, text.clone()),
    };
    Command::PutOnList { item: line.id, product, text, quantity }
}

fn shown(line: Line, whole: bool, removed: RwSignal<Vec<Line>>, today: chrono::NaiveDate) -> impl IntoView {
    let name = name_of(&line, whole);
    let Line { id, quantity, done, .. } = line;
    let mut soft: Vec<String> = Vec::new();
    if let Some(product) = &line.product {
        soft.extend(Some(soft_of(product)).filter(|soft| !soft.is_empty()));
        soft.push(price_of(product.price, product.sold_by, product.per));
        soft.extend(stock(product.stock, today));
    }
    let sum = line.product.as_ref().filter(|product| product.sold_by == SoldBy::Piece && quantity > 1);
    let sum = sum.and_then(|product| product.price.checked_mul(i64::from(quantity)));
    soft.extend(sum.map(|sum| format!("pour {quantity} : {}", money(sum))));
    let title = match &line.product {
        Some(product) => {
            view! { <a class="row__title list-line__title" href=of_product(product.id)>{name.clone()}</a> }.into_any()
        }
        None => view! { <span class="row__title">{name.clone()}</span> }.into_any(),
    };
    let picture = thumb(&name, line.product.as_ref().and_then(|product| product.thumbnail));
    let tick_label = nb(&format!("Pris : {name}"));
    let tick_intent = nb(&if done { format!("Encore à prendre : {name}") } else { format!("Pris : {name}") });
    view! {
        <ActForm command=Command::TickListItem { item: id, done: !done } intent=tick_intent back=LIST>
            <button class="list-line__tick" type="submit" aria-pressed=if done { "true" } else { "false" } aria-label=tick_label>
                {done.then(|| view! { <Icon name="check"/> })}
            </button>
        </ActForm>
        {picture}
        <span class="row__body">
            {title}
            {(!soft.is_empty()).then(|| view! { <span class="row__soft">{nb(&soft.join(" · "))}</span> })}
        </span>
        <div class="list-line__acts">
            {(!done).then(|| amount(&line, &name))}
            {remove(line, &name, removed)}
        </div>
    }
}

/// Less, how many, more.
fn amount(line: &Line, name: &str) -> impl IntoView + use<> {
    let quantity = line.quantity;
    let step = |to: u16, icon: &'static str, words: &str| {
        let intent = nb(&format!("Sur ma liste : {name} ({to})"));
        let label = nb(&format!("{words} : {name}"));
        view! {
            <ActForm command=put(line, to) intent=intent back=LIST>
                <button class="button button--icon button--soft" type="submit" aria-label=label>
                    <Icon name=icon/>
                </button>
            </ActForm>
        }
    };
    let less = (quantity > 1).then(|| step(quantity - 1, "circle-minus", "Un de moins"));
    let more = (quantity < QUANTITY_CAP).then(|| step(quantity + 1, "square-plus", "Un de plus"));
    view! {
        {less}
        <span class="list-line__quantity">
            <span class="visually-hidden">"Combien : "</span>
            {quantity}
        </span>
        {more}
    }
}

fn remove(line: Line, name: &str, removed: RwSignal<Vec<Line>>) -> impl IntoView + use<> {
    let label = nb(&format!("Enlever de la liste : {name}"));
    let intent = label.clone();
    let command = Command::RemoveListItem { item: line.id };
    let then = Callback::new(move |_: CommandId| removed.set(vec![line.clone()]));
    view! {
        <ActForm command=command intent=intent back=LIST then=then>
            <button class="button button--icon button--bare" type="submit" aria-label=label>
                <Icon name="x"/>
            </button>
        </ActForm>
    }
}
