//! The rayons: their names and their order. Every act is a button with a name of its own: no dragging.

use domain::catalogue::{NAME_CAP, RangeInHand};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{NotDone, POSTED_TO, apart, came_back, refused};
use super::supply_ranges;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::supply::done;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, TextField};

#[component]
pub fn SupplyRangesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| supply_ranges());
    view! {
        <Still title="Les rayons" back=(POSTED_TO, "Approvisionnement")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Vec<RangeInHand>, ApiError>, fait: &str) -> AnyView {
    let ranges = match answer {
        Ok(ranges) => ranges,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let count = ranges.len();
    let rows: Vec<_> = ranges.iter().enumerate().map(|(at, range)| row(range, at, count)).collect();
    let back = came_back("nouveau-rayon");
    let name = back.as_ref().map(|back| back.one("name").to_owned()).unwrap_or_default();
    let wrong = if back.is_some() { refused().of_field("name") } else { None };
    view! {
        {said}
        <NotDone/>
        <ol class="pieces">{rows}</ol>
        <section class="section section--apart" aria-labelledby="ajouter">
            <h2 id="ajouter">"Ajouter un rayon"</h2>
            <Posted to=POSTED_TO act="nouveau-rayon" of="" class="stack">
                <TextField
                    id="nom-nouveau"
                    name="name"
                    label="Son nom"
                    value=name
                    error=wrong
                    maxlength=u16::try_from(NAME_CAP).unwrap_or(u16::MAX)
                    required=true
                />
                <button class="button button--fill" type="submit">
                    "Ajouter"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn row(in_hand: &RangeInHand, at: usize, count: usize) -> AnyView {
    let range = &in_hand.range;
    let id = range.id.to_string();
    let key = format!("rayon-{id}");
    let back = came_back("rayon").filter(|back| back.one("range") == id);
    let name = back.as_ref().map_or(range.name.clone(), |back| back.one("name").to_owned());
    let wrong = if back.is_some() { refused().of_field("name") } else { None };
    let button = |act: &'static str, word: &'static str, place: usize| {
        let label = nb(&format!("{word} « {} »", range.name));
        // Where it goes, and not which way: sent twice, it goes there once.
        let with = vec![("range", id.clone()), ("place", place.to_string())];
        let of = format!("{id} {place}");
        view! {
            <Posted to=POSTED_TO act=act of=of with=with>
                <button class="button button--quiet" type="submit" aria-label=label>
                    {word}
                </button>
            </Posted>
        }
        .into_any()
    };
    let up = at.checked_sub(1).map(|before| button("deplacer-rayon", "Monter", before));
    let down = (at + 1 < count).then(|| button("deplacer-rayon", "Descendre", at + 1));
    let remove = (in_hand.products == 0).then(|| button("retirer-rayon", "Retirer", at));
    let with = vec![("range", id.clone())];
    let products = counted(usize::try_from(in_hand.products).unwrap_or(usize::MAX), "produit", "produits");
    let label = nb(&format!("Renommer « {} »", range.name));
    let open = back.is_some();
    let place = key.clone();
    view! {
        <li class="pieces__piece card" id=place tabindex="-1">
            <h2 class="card__title">{nb(&range.name)}</h2>
            <p class="soft">{products}</p>
            <div class="pieces__acts">{up} {down} {remove}</div>
            <details class="history" open=open>
                <summary class="history__head">
                    "Renommer"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=POSTED_TO act="rayon" of=id with=with class="stack">
                    <TextField
                        id=format!("nom-{key}")
                        name="name"
                        label="Son nom"
                        value=name
                        error=wrong
                        maxlength=u16::try_from(NAME_CAP).unwrap_or(u16::MAX)
                        required=true
                    />
                    <button class="button" type="submit" aria-label=label>
                        "Renommer"
                    </button>
                </Posted>
            </details>
        </li>
    }
    .into_any()
}
