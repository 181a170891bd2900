//! « Bonjour ! C'est toi ? »: the address to which a code goes.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Door, mistake};
use crate::french::nb;
use crate::ui::Icon;

#[component]
pub fn EmailPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let mistake = mistake::sentence(&query);
    let back = query.get("retour").unwrap_or_default();
    let wrong = mistake.is_some();
    view! {
        <Door title=nb("Bonjour ! C’est toi ?") ridge=true>
            <form class="door__form" method="post" action="/connexion">
                <input type="hidden" name="retour" value=back/>
                <div class="field" class:field--wrong=wrong>
                    <label class="field__label" for="email">"Ton adresse e-mail"</label>
                    <input
                        class="field__input field__input--big"
                        id="email"
                        name="email"
                        type="email"
                        autocomplete="email"
                        inputmode="email"
                        maxlength="254"
                        required
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=if wrong { "email-faux email-aide" } else { "email-aide" }
                    />
                    {mistake.map(|told| view! {
                        <p class="field__error" id="email-faux" role="alert"><Icon name="circle-alert"/>{told}</p>
                    })}
                    <span class="field__hint" id="email-aide">
                        "On t’envoie un code à 6 chiffres. Pas de mot de passe."
                    </span>
                </div>
                <button class="button button--main button--block" type="submit">"Recevoir un code"</button>
            </form>
            <p class="door__soft small">
                <a href="/devenir-membre">{nb("Pas encore membre ? Viens à la présentation du mois.")}</a>
            </p>
            <p class="door__soft small"><a href="/installer">"Installer l’application sur ton téléphone"</a></p>
        </Door>
    }
}
