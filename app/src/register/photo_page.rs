//! My photo: chosen and made small on my device, seen by the other members.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{NotDone, PHOTO};
use super::{PhotoInHand, register_photo};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::register::done;
use crate::procedures::form::Posted;
use crate::still::{Still, not_come};
use crate::ui::Tick;
use crate::visit::Assets;

/// Where its bytes go.
const PICTURES: &str = "/api/v1/member-pictures";

#[component]
pub fn PhotoPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_photo());
    view! {
        <Still title="Ma photo" back=("/moi/profil", "Mon profil")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<PhotoInHand, ApiError>, fait: &str) -> AnyView {
    let Ok(PhotoInHand { photo, me }) = answer else { return not_come() };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let none = photo.is_none();
    let id = photo.as_ref().map(|photo| photo.id.to_string()).unwrap_or_default();
    let (width, height) =
        photo.as_ref().map_or((String::new(), String::new()), |photo| (photo.width.to_string(), photo.height.to_string()));
    let shown = (!none).then(|| format!("/pictures/{id}"));
    let of = id.clone();
    view! {
        {said}
        <NotDone/>
        <p>{nb("Les autres membres la voient à côté de ton nom, là où la coop te nomme avec tes coordonnées. Elle est réduite sur ton appareil avant de partir.")}</p>
        <Posted to=PHOTO act="photo" of=of class="stack">
            <fieldset class="field" data-pictured=me.to_string() data-picture-to=PICTURES>
                <legend class="field__label">"Ma photo"</legend>
                <input type="hidden" name="picture" value=id/>
                <input type="hidden" name="alt" value="Portrait"/>
                <input type="hidden" name="width" value=width.clone()/>
                <input type="hidden" name="height" value=height.clone()/>
                <div class="stack" data-picture-there hidden=none>
                    <img class="workshop__picture" src=shown alt="Ta photo" width=width height=height/>
                    <Tick name="without" value="oui" title="Retirer ma photo"/>
                </div>
                <div class="field" data-picture-choice hidden>
                    <label class="field__label" for="image">"Prendre ou choisir une photo"</label>
                    <input class="field__input" id="image" type="file" accept="image/*" data-picture/>
                    <p class="field__error" role="alert" data-picture-wrong hidden></p>
                </div>
                <noscript>
                    <p class="field__hint">{nb("Une photo se choisit avec JavaScript.")}</p>
                </noscript>
            </fieldset>
            <button class="button button--main" type="submit">
                "Enregistrer"
            </button>
        </Posted>
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}
