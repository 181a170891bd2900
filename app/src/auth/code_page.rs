//! « Tape le code »: in the app, since a link would open another browser.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Door, mistake};
use crate::french::nb;
use crate::ui::Icon;
use crate::visit::Visit;

#[component]
pub fn CodePage() -> impl IntoView {
    let mistake = mistake::sentence(&use_query_map().get_untracked());
    let wrong = mistake.is_some();
    let email = use_context::<Visit>().and_then(|visit| visit.email);
    let sent = match &email {
        Some(email) => format!("Si {email} est connue, un code vient de partir. Il vaut 10 minutes."),
        None => "Si l’adresse est connue, un code vient de partir. Il vaut 10 minutes.".to_owned(),
    };
    view! {
        <Door title="Tape le code">
            <p class="door__soft">{sent}</p>
            <form class="door__form" method="post" action="/connexion/code" data-signing-in="">
                <div class="field" class:field--wrong=wrong>
                    <label class="field__label" for="code">"Les 6 chiffres"</label>
                    <input
                        class="field__input field__input--code"
                        id="code"
                        name="code"
                        inputmode="numeric"
                        autocomplete="one-time-code"
                        pattern="[0-9 ]*"
                        maxlength="7"
                        required
                        autofocus
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=wrong.then_some("code-faux")
                    />
                    {mistake.map(|told| view! {
                        <p class="field__error" id="code-faux" role="alert"><Icon name="circle-alert"/>{told}</p>
                    })}
                </div>
                <button class="button button--main button--block" type="submit">"Entrer"</button>
            </form>
            <div class="door__more">
                {email.map(|email| view! {
                    <form method="post" action="/connexion">
                        <input type="hidden" name="email" value=email/>
                        <button class="button button--quiet" type="submit">"Renvoyer un code"</button>
                    </form>
                })}
                <a class="button button--quiet" href="/connexion">"Changer d’adresse"</a>
            </div>
            <p class="door__soft small">{nb("Rien reçu ? Regarde dans les indésirables, ou passe au bureau.")}</p>
        </Door>
    }
}
