//! « Mes données »: a copy to take away, for people and for programs.

use leptos::prelude::*;

use super::form::DATA;
use crate::french::nb;
use crate::still::Still;
use crate::ui::Icon;

#[component]
pub fn OwnDataPage() -> impl IntoView {
    view! {
        <Still title="Mes données" back=("/moi/profil", "Mon profil")>
            <p>
                {nb(
                    "Tout ce que l’application garde de toi : ta fiche, ta part, tes vacations, ton engagement, tes réponses aux sorties, \
                     tes mots, tes appareils. Que la copie a été prise est noté dans « Ce qui a été fait sur mon compte ».",
                )}
            </p>
            <div class="cluster">
                {taking("page", "À lire (une page)")}
                {taking("json", "Pour un programme (JSON)")}
            </div>
        </Still>
    }
}

/// Posted, since it leaves a line behind it.
fn taking(form: &'static str, words: &'static str) -> AnyView {
    view! {
        <form method="post" action=DATA>
            <input type="hidden" name="forme" value=form/>
            <button class="button button--fill" type="submit">
                <Icon name="download"/>
                {nb(words)}
            </button>
        </form>
    }
    .into_any()
}
