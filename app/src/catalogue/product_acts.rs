//! What one does with a product: like it, put it on the list, say that it is not on its shelf.

use domain::catalogue::{QUANTITY_CAP, item_of};
use domain::command::Command;
use domain::id::ProductId;
use domain::time::{Instant, paris_day};
use domain::view::catalogue::AroundProduct;
use leptos::prelude::*;

use super::address::{LIST, of_product};
use crate::acts::ActForm;
use crate::french::catalogue::missing;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook, Icon};

#[component]
pub fn ProductActs(
    product: ProductId,
    name: String,
    /// It may be reported: the catalogue says that it is there.
    is_there: bool,
    around: Memo<AroundProduct>,
    now: Instant,
) -> impl IntoView {
    let acts = Acts::expect();
    let likes = Memo::new(move |_| around.with(|around| around.favourite));
    let listed =
        Memo::new(move |_| around.with(|around| around.listed.as_ref().filter(|line| !line.done).map(|line| line.quantity)));
    let reported = Memo::new(move |_| around.with(|around| around.reported));
    let absent = Memo::new(move |_| around.with(|around| around.missing.as_ref().map(missing)));
    let waits = Memo::new(move |_| is_waiting(acts, product));
    let (of_like, of_list, of_report) = (name.clone(), name.clone(), name);
    view! {
        {move || absent.get().map(|said| view! { <Chip look=ChipLook::Waiting icon="circle-alert">{said}</Chip> })}
        <div class="product__acts">
            {move || like(product, &of_like, likes.get())}
            {move || put_on_list(product, &of_list, listed.get())}
            {move || (is_there && !reported.get()).then(|| report(product, &of_report, now))}
        </div>
        {move || reported.get().then(|| view! { <p class="soft">{nb("Tu l’as signalé absent aujourd’hui. Merci !")}</p> })}
        {move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })}
    }
}

/// Something that I did with this product is on its way.
fn is_waiting(acts: Acts, product: ProductId) -> bool {
    let about = |command: &Command| match command {
        Command::SetFavourite { product: of, .. } | Command::ReportMissing { product: of, .. } => *of == product,
        Command::PutOnList { product: of, .. } => *of == Some(product),
        _ => false,
    };
    acts.outbox.with(|outbox| outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(about)))
}

fn like(product: ProductId, name: &str, on: bool) -> impl IntoView + use<> {
    let intent = nb(&if on { format!("Enlever des favoris : {name}") } else { format!("Mettre en favori : {name}") });
    let label = nb(&format!("Favori : {name}"));
    view! {
        <ActForm command=Command::SetFavourite { product, on: !on } intent=intent back=of_product(product)>
            <button class="toggle" type="submit" aria-pressed=if on { "true" } else { "false" } aria-label=label>
                {on.then(|| view! { <Icon name="check" small=true/> })}
                "Favori"
            </button>
        </ActForm>
    }
}

/// One of it; on the list already, one more.
fn put_on_list(product: ProductId, name: &str, listed: Option<u16>) -> impl IntoView + use<> {
    let quantity = listed.map_or(1, |quantity| quantity.saturating_add(1).min(QUANTITY_CAP));
    let intent = nb(&format!("Sur ma liste : {name} ({quantity})"));
    let command = Command::PutOnList { item: item_of(product), product: Some(product), text: String::new(), quantity };
    let (words, look) = match listed {
        None => ("Sur ma liste", "button button--fill"),
        Some(_) => ("Un de plus", "button"),
    };
    let label = nb(&format!("{words} : {name}"));
    let there = listed.map(|quantity| {
        let said = format!("Sur ta liste : {}", counted(usize::from(quantity), "fois", "fois"));
        view! { <a href=LIST class="button button--quiet">{nb(&said)}</a> }
    });
    view! {
        <ActForm command=command intent=intent back=of_product(product)>
            <button class=look type="submit" aria-label=label>{words}</button>
        </ActForm>
        {there}
    }
}

fn report(product: ProductId, name: &str, now: Instant) -> impl IntoView + use<> {
    let intent = nb(&format!("Signaler absent du rayon : {name}"));
    let label = nb(&format!("Plus en rayon : {name}"));
    let command = Command::ReportMissing { product, on: paris_day(now) };
    view! {
        <ActForm command=command intent=intent back=of_product(product)>
            <button class="button button--quiet" type="submit" aria-label=label>"Plus en rayon"</button>
        </ActForm>
    }
}
