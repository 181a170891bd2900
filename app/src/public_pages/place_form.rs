//! Where the shop is: what every public page says at its foot, and what machines are told.

use domain::public_page::{Overview, PLACE_CAP};
use leptos::prelude::*;

use super::form::{POSTED_TO, came_back, refused};
use super::versions::signed;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::{Icon, TextField};

/// A field: its name, its label, its hint.
type Asked = (&'static str, &'static str, &'static str);

const ASKED: [Asked; 8] = [
    ("rue", "Rue et numéro", ""),
    ("quartier", "Pour s’y retrouver", "Zone Actigone. Facultatif"),
    ("code", "Code postal", "Facultatif"),
    ("commune", "Commune", ""),
    ("region", "Département ou région", "Facultatif"),
    ("carte", "Un plan", "Une adresse du web. Facultatif : sans elle, le plan est cherché d’après l’adresse"),
    ("mail", "Une adresse e-mail pour le public", "Facultatif"),
    ("telephone", "Un numéro de téléphone pour le public", "Facultatif"),
];

pub fn place_form(overview: &Overview) -> AnyView {
    let place = &overview.place;
    let back = came_back("lieu");
    let known = |name: &str| match name {
        "rue" => place.street.clone(),
        "quartier" => place.area.clone(),
        "code" => place.postal_code.clone(),
        "commune" => place.town.clone(),
        "region" => place.region.clone(),
        "carte" => place.map.clone().unwrap_or_default(),
        "mail" => place.email.clone().unwrap_or_default(),
        _ => place.phone.clone().unwrap_or_default(),
    };
    let fields: Vec<AnyView> = ASKED
        .iter()
        .map(|&(name, label, hint)| {
            let value = back.as_ref().map_or_else(|| known(name), |back| back.one(name).to_owned());
            let error = if back.is_some() { refused().of_field(name) } else { None };
            let hint = (!hint.is_empty()).then(|| nb(hint));
            view! {
                <TextField
                    id=format!("lieu-{name}")
                    name=name
                    label=nb(label)
                    value=value
                    hint=hint
                    error=error
                    maxlength=u16::try_from(PLACE_CAP).unwrap_or(u16::MAX)
                />
            }
            .into_any()
        })
        .collect();
    let set = signed(&overview.place_signed, overview.now).map(|signed| nb(&format!("Écrite par {signed}")));
    let with = vec![("base", overview.place_revision.to_string())];
    let open = back.is_some();
    view! {
        <section class="section section--apart" aria-labelledby="lieu">
            <h2 id="lieu">"L’adresse"</h2>
            <p class="soft">{place.lines().join(", ")}</p>
            {set.map(|set| view! { <p class="soft">{set}</p> })}
            <details class="history" open=open>
                <summary class="history__head">
                    "Changer l’adresse"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=POSTED_TO act="lieu" of="" with=with class="stack">
                    {fields}
                    <button class="button button--fill" type="submit">
                        "Enregistrer l’adresse"
                    </button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}
