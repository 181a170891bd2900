//! « La caisse »: a file is brought in, what was brought in before, and the same as a file.

use domain::id::CommandId;
use domain::import::{Refused, SIZE_CAP};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{EXPORT, FILE, IMPORT, NotDone, POSTED_TO, Stays, apart};
use super::{ImportsInHand, supply_imports};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::catalogue_import::{refused, since};
use crate::french::nb;
use crate::french::supply::{counts, done};
use crate::import::{brought_in, row, stayed, taken_out};
use crate::still::Still;
use crate::ui::Field;
use crate::visit::Visit;

const TAKEN_OUT: &str = "Le catalogue dans un fichier pour tableur, aux colonnes de la caisse. Relu ici, il ne change rien. Un produit \
                         sans code article ni code-barres y a un code à nous, « alpar-… » : laisse-le, c’est par lui qu’il se \
                         retrouve.";

#[component]
pub fn SupplyImportsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| supply_imports());
    view! {
        <Still title="Le fichier de la caisse" back=(POSTED_TO, "Approvisionnement")>
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
        {taken_out(EXPORT, TAKEN_OUT)}
    }
    .into_any()
}

/// What the undo that was just done left as it was.
fn left() -> AnyView {
    let Stays(stays) = use_context().unwrap_or_default();
    stayed("L’import est annulé, sauf ce que quelqu’un a changé depuis :", stays.iter().map(since).collect())
}

/// The one form that carries a file. Where scripts run, it says how far the file has come (`public/sending.js`).
fn bringing() -> AnyView {
    let id = use_context::<Visit>().map(|visit| CommandId::derive(visit.seed, "fichier").to_string()).unwrap_or_default();
    let hint = "Un CSV, 20 Mo au plus. Rien ne change avant que tu aies vu les différences et appliqué";
    let too_large = refused(Refused::TooLarge { bytes: SIZE_CAP });
    view! {
        <section class="section" aria-labelledby="apporter">
            <h2 id="apporter">"Importer"</h2>
            <form
                method="post"
                action=IMPORT
                enctype="multipart/form-data"
                class="stack"
                data-sending=""
                data-at-most=SIZE_CAP.to_string()
                data-too-large=too_large
            >
                <input type="hidden" name="id" value=id/>
                <Field id="fichier" label="Le fichier de la caisse" hint=nb(hint)>
                    <input
                        class="field__input"
                        id="fichier"
                        name="fichier"
                        type="file"
                        accept=".csv,.txt,text/csv,text/plain"
                        required
                        aria-describedby="fichier-aide"
                    />
                </Field>
                <p class="field__error" role="alert" data-sending-wrong="" hidden></p>
                <button class="button button--main" type="submit">
                    "Lire le fichier"
                </button>
                <p role="status" data-sending-said=""></p>
                <progress class="supply__sending" max="1" aria-label="Ce qui est parti du fichier" data-sending-bar="" hidden></progress>
            </form>
        </section>
    }
    .into_any()
}
