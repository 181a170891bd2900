//! The ways from one leaf of a long list to the next: links, which work before any script.

use domain::view::leaf::Leaf;
use leptos::prelude::*;

use crate::french::nb;
use crate::french::typography::counted;

/// Nothing where the list has one leaf alone. `named`: what the ways are called, on a page that has several lists; `address`: where
/// a leaf is, by its number.
pub fn leaves(leaf: Leaf, named: &'static str, address: &dyn Fn(usize) -> String) -> Option<AnyView> {
    if leaf.last() < 2 {
        return None;
    }
    let before = leaf.before().map(|number| {
        let (href, words) = (address(number), counted(leaf.size, "précédent", "précédents"));
        view! { <a class="button" rel="prev" href=href>{words}</a> }
    });
    let after = leaf.after().map(|number| {
        let (href, words) = (address(number), counted(leaf.coming(), "suivant", "suivants"));
        view! { <a class="button" rel="next" href=href>{words}</a> }
    });
    let place = nb(&format!("Page {} sur {}", leaf.number, leaf.last()));
    let ways = view! {
        <nav class="leaves" aria-label=named>
            {before}
            <span class="leaves__place">{place}</span>
            {after}
        </nav>
    };
    Some(ways.into_any())
}
