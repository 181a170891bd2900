//! What stands before a name in a list: its photo, small, or its first letter while there is none.

use domain::catalogue::thumbnail_address;
use domain::id::PictureId;
use leptos::prelude::*;

use crate::french::capitalized;

/// Each way, in pixels of the page: its place is there before it comes.
pub const SIDE: &str = "48";

/// « Œufs de plein air » → « Œ »
pub fn initial(name: &str) -> String {
    capitalized(&name.chars().find(|letter| letter.is_alphanumeric()).map(String::from).unwrap_or_default())
}

/// The name beside it says it all. It comes when it is about to be seen: said before its address, or some browsers do not wait.
pub fn thumb(name: &str, photo: Option<PictureId>) -> impl IntoView + use<> {
    let picture = photo.map(thumbnail_address).map(|address| {
        view! { <img class="thumb__picture" loading="lazy" decoding="async" alt="" width=SIDE height=SIDE src=address/> }
    });
    view! { <span class="thumb" aria-hidden="true" data-initial=initial(name)>{picture}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_stands_for_what_has_no_photo() {
        for (name, letter) in
            [("Œufs de plein air", "Œ"), ("épeautre", "É"), ("« Petit » beurre", "P"), ("70 % cacao", "7"), ("", "")]
        {
            assert_eq!(initial(name), letter, "{name}");
        }
    }
}
