//! « La caisse »: a file is brought in, what was brought in before, and the same as a file.

use domain::catalogue::import::{ImportLine, Refused, SIZE_CAP};
use domain::id::CommandId;
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{EXPORT, IMPORT, NotDone, POSTED_TO, Stays, apart};
use super::{ImportsInHand, supply_imports};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::catalogue_import::{refused, since};
use crate::french::dates::moment;
use crate::french::nb;
use crate::french::supply::{counts, done};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Field, Icon};
use crate::visit::Visit;

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
    let rows: Vec<_> = imports.iter().map(|line| row(line, as_of)).collect();
    let before = if rows.is_empty() {
        view! { <p class="soft">{nb("Aucun fichier pour l’instant.")}</p> }.into_any()
    } else {
        view! { <ul class="list supply__imports">{rows}</ul> }.into_any()
    };
    view! {
        {said}
        {stayed()}
        <NotDone/>
        {bringing()}
        <section class="section section--apart" aria-labelledby="avant">
            <h2 id="avant">"Déjà importés"</h2>
            {before}
        </section>
        <section class="section section--apart" aria-labelledby="sortir">
            <h2 id="sortir">"Tout sortir"</h2>
            <p class="soft">
                {nb(
                    "Le catalogue dans un fichier pour tableur, aux colonnes de la caisse. Relu ici, il ne change rien. Un produit sans code article ni code-barres y a un code à nous, « alpar-… » : laisse-le, c’est par lui qu’il se retrouve.",
                )}
            </p>
            <p>
                <a class="button" href=EXPORT download="">
                    <Icon name="download"/>
                    "Exporter en CSV"
                </a>
            </p>
        </section>
    }
    .into_any()
}

/// What the undo that was just done left as it was.
fn stayed() -> AnyView {
    let Stays(stays) = use_context().unwrap_or_default();
    if stays.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = stays.iter().map(|one| view! { <li>{since(one)}</li> }).collect();
    view! {
        <Noted>{nb("L’import est annulé, sauf ce que quelqu’un a changé depuis :")}</Noted>
        <ul class="supply__lines">{lines}</ul>
    }
    .into_any()
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

fn row(line: &ImportLine, as_of: Instant) -> AnyView {
    let undone = line.undone_at.map(|at| format!("Annulé {}", moment(at, as_of)));
    let mut about = vec![moment(line.approved_at, as_of), counts(&line.counts)];
    about.extend(undone);
    let href = format!("{IMPORT}/{}", line.id);
    let title = if line.file.is_empty() { nb("Un fichier sans nom") } else { line.file.clone() };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {title}
                </a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
            </span>
            {line.may_be_undone.then(|| undo(line))}
        </li>
    }
    .into_any()
}

/// Takes the last one back.
pub fn undo(line: &ImportLine) -> AnyView {
    let id = line.id.to_string();
    let with = vec![("import", id.clone())];
    view! {
        <Posted to=POSTED_TO act="defaire" of=id with=with class="supply__undo">
            <button class="button button--soft" type="submit">
                "Annuler cet import"
            </button>
        </Posted>
    }
    .into_any()
}
