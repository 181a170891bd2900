//! Members from another system: a file is brought in, what was brought in before, and the register as a file.

use domain::id::CommandId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{EXPORT, FILE, IMPORT, MEMBERS, NotDone, Stays, apart, refused};
use super::{ImportsInHand, register_imports};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::register::done;
use crate::french::register_import::{counts, erased, since};
use crate::import::{brought_in, row, stayed, taken_out};
use crate::still::Still;
use crate::ui::Field;
use crate::visit::Visit;

#[component]
pub fn MemberImportsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_imports());
    view! {
        <Still title="Importer des membres" back=(MEMBERS, "Membres")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<ImportsInHand, ApiError>, fait: &str) -> AnyView {
    let ImportsInHand { imports, as_of } = match answer {
        Ok(imports) => imports,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let rows: Vec<_> = imports.iter().map(|line| row(&FILE, line, counts(&line.counts), as_of)).collect();
    view! {
        {said}
        {left()}
        <NotDone/>
        {bringing()}
        {brought_in(rows)}
        {taken_out(EXPORT, "Les membres dans un fichier pour tableur : relu tel quel, il ne change rien.")}
    }
    .into_any()
}

/// What the undo that was just done left as it was.
fn left() -> AnyView {
    let stays: Stays = use_context().unwrap_or_default();
    let gone = (stays.erased > 0).then(|| erased(stays.erased));
    stayed("L’import est annulé, sauf ce qui a changé depuis :", stays.since.iter().map(since).chain(gone).collect())
}

/// The one form that carries a file.
fn bringing() -> AnyView {
    let id = use_context::<Visit>().map(|visit| CommandId::derive(visit.seed, "membres").to_string()).unwrap_or_default();
    let hint = "Un CSV, 20 Mo au plus : l’export de gestion-compte (Elefan), d’Odoo, ou un tableur. Rien ne change avant que tu aies \
                vu les différences et appliqué";
    let wrong = refused().of_field("fichier");
    let described = if wrong.is_some() { "fichier-faux fichier-aide" } else { "fichier-aide" };
    view! {
        <section class="section" aria-labelledby="apporter">
            <h2 id="apporter">"Importer"</h2>
            <form method="post" action=IMPORT enctype="multipart/form-data" class="stack">
                <input type="hidden" name="id" value=id/>
                <Field id="fichier" label="Le fichier des membres" hint=nb(hint) error=wrong>
                    <input
                        class="field__input"
                        id="fichier"
                        name="fichier"
                        type="file"
                        accept=".csv,.txt,text/csv,text/plain"
                        required
                        aria-describedby=described
                    />
                </Field>
                <button class="button button--main" type="submit">
                    "Lire le fichier"
                </button>
            </form>
        </section>
    }
    .into_any()
}
