//! « Procédures »: all that Distribution keeps for the sheets.

use domain::procedures::{Fields, Procedures};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::apart::apart;
use super::form::typed;
use super::fridges::Fridges;
use super::kept_procedures;
use super::lists::row;
use super::shop::{Alarm, Expected, Keys};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::still::Still;
use crate::ui::Icon;

#[component]
pub fn ProceduresPage() -> impl IntoView {
    let kept = Asked::new_blocking(|| (), |()| kept_procedures());
    let query = use_query_map();
    view! {
        <Still title="Procédures" back=("/moi", "Moi")>
            {move || kept.get().map(|answer| page(answer, typed(&query.get())))}
        </Still>
    }
}

/// What was just done, in a sentence.
fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "liste" => "C’est enregistré. La version vient sur les feuilles à partir du jour que tu as choisi.",
        "liste-fin" => "C’est noté. La liste ne viendra plus sur les feuilles.",
        "frigo" => "C’est enregistré. Les feuilles à venir ont ce frigo.",
        "frigo-fin" => "C’est noté. Le frigo ne viendra plus sur les feuilles ; ses relevés restent.",
        "livraison" => "La livraison est attendue, les feuilles de ce jour la montrent.",
        "livraison-fin" => "La livraison n’est plus attendue.",
        "cle" => "C’est noté : on sait qui a la clé.",
        "cle-fin" => "La clé n’est plus dans la liste.",
        "alarme" => "Le texte de l’alarme est enregistré.",
        _ => return None,
    })
}

fn page(answer: Result<Procedures, ApiError>, typed: Fields) -> AnyView {
    let kept = match answer {
        Ok(kept) => kept,
        Err(error) => return apart(&error),
    };
    let today = domain::time::paris_day(kept.now);
    let rows = kept.lists.iter().filter_map(|list| row(list, today)).collect_view();
    let said = done(typed.one("fait")).map(|said| {
        view! {
            <div class="notice notice--done" role="status">
                <span class="notice__icon">
                    <Icon name="circle-check"/>
                </span>
                <p class="notice__text">{nb(said)}</p>
            </div>
        }
    });
    let wrong = (!typed.one("geste").is_empty()).then(|| {
        view! {
            <p class="field__error" role="alert">
                <Icon name="circle-alert"/>
                "Rien n’est enregistré : corrige ce qui est en rouge. Ce que tu as écrit est toujours là."
            </p>
        }
    });
    view! {
        {said}
        {wrong}
        <section class="section section--apart" aria-labelledby="listes">
            <h2 id="listes">"Les listes"</h2>
            <p class="soft">{nb("Ce que chaque équipe coche sur sa feuille du jour.")}</p>
            <ul class="list">{rows}</ul>
            <a class="button" href="/distribution/procedures/liste">
                <Icon name="square-plus"/>
                "Nouvelle liste"
            </a>
        </section>
        <Fridges kept=kept.clone() typed=typed.clone()/>
        <Expected kept=kept.clone() typed=typed.clone()/>
        <Keys kept=kept.clone() typed=typed.clone()/>
        {kept.alarm.map(|written| view! { <Alarm written=written/> })}
        <a class="button" href="/distribution/releves">
            <Icon name="printer"/>
            "Relevés d’hygiène"
        </a>
    }
    .into_any()
}
