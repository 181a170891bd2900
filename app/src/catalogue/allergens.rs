//! What is in a product, and of which day that is. What nobody knows is never shown as safe.

use domain::catalogue::{Allergens, Presence};
use leptos::prelude::*;

use crate::french::catalogue::{allergens as lines, allergens_of};
use crate::ui::Icon;

pub fn allergens(known: &Allergens) -> impl IntoView + use<> {
    let unknown = !known.with(Presence::Unknown).is_empty();
    let class = if unknown { "product__allergens product__allergens--unknown" } else { "product__allergens" };
    let said = lines(known).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let of = allergens_of(known).map(|said| view! { <p class="soft">{said}</p> });
    view! {
        <section class="section section--apart" aria-labelledby="allergenes">
            <h2 id="allergenes">"Allergènes"</h2>
            <div class=class>
                {unknown.then(|| view! { <Icon name="circle-alert"/> })}
                <ul role="list">{said}</ul>
            </div>
            {of}
        </section>
    }
}
