//! The picture of a product or a supplier, as that of a block: made small on the device (`public/picture.js`), with a still smaller
//! one for rows, sent at once by the page's script (`public/workshop.js`), and named by the form.

use domain::brief::{PIXEL_CAP, Picture};
use leptos::prelude::*;

use super::filled::Filled;
use crate::french::nb;
use crate::ui::{TextField, Tick};

/// Where its bytes go.
pub const PICTURES: &str = "/api/v1/product-pictures";

/// What the form names of it.
pub fn as_typed(photo: &Picture) -> Vec<(&'static str, String)> {
    vec![
        ("picture", photo.id.to_string()),
        ("alt", photo.alt.clone()),
        ("width", photo.width.to_string()),
        ("height", photo.height.to_string()),
    ]
}

/// `me`: for whom it is sent. The address of none is empty.
pub fn picture(filled: &Filled, me: String) -> AnyView {
    let picture = filled.one("picture");
    let none = picture.is_empty();
    let side = |name| if none { String::new() } else { filled.one(name).parse().unwrap_or(PIXEL_CAP).to_string() };
    let (width, height) = (side("width"), side("height"));
    let shown = (!none).then(|| format!("/pictures/{picture}"));
    let now =
        filled.now("picture").map(|now| if now.is_empty() { "Maintenant : sans photo" } else { "Maintenant : une autre photo" });
    view! {
        <fieldset class="field" data-pictured=me data-picture-to=PICTURES>
            <legend class="field__label">"La photo"</legend>
            {now.map(|now| view! { <p class="field__hint">{nb(now)}</p> })}
            <input type="hidden" name="picture" value=picture/>
            <input type="hidden" name="width" value=width.clone()/>
            <input type="hidden" name="height" value=height.clone()/>
            <div class="stack" data-picture-there hidden=none>
                <img class="workshop__picture" src=shown alt=filled.one("alt") width=width height=height/>
                <TextField
                    id="alt"
                    name="alt"
                    label="Ce qu’elle montre"
                    value=filled.one("alt")
                    hint=filled.hint("alt", "Pour qui ne la voit pas : « un pot de miel doré »")
                    error=filled.wrong("alt")
                />
                <Tick name="without" value="oui" title="Retirer la photo" checked=filled.ticked("without")/>
            </div>
            <div class="field" data-picture-choice hidden>
                <label class="field__label" for="image">"Prendre ou choisir une photo"</label>
                <input class="field__input" id="image" type="file" accept="image/*" data-picture="rows"/>
                <p class="field__error" role="alert" data-picture-wrong hidden></p>
            </div>
            <noscript>
                <p class="field__hint">{nb("Une photo se choisit avec JavaScript.")}</p>
            </noscript>
        </fieldset>
    }
    .into_any()
}
