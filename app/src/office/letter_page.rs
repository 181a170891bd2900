//! A letter for somebody whom nothing else reaches: what has changed, and their shifts to come. On A4, large.

use domain::id::MemberId;
use domain::reach::Letter;
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::apart::apart;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::dates::{date_with_year, day_and_hours};
use crate::french::nb;
use crate::french::notices::told;
use crate::still::{Print, Still};

#[component]
pub fn LetterPage() -> impl IntoView {
    let params = use_params_map();
    let member =
        move || params.with(|params| params.get("member")).and_then(|id| id.parse().ok()).unwrap_or(MemberId(Uuid::nil()));
    let letter = Asked::new_blocking(member, api::printed_letter);
    view! {
        <Still title="Une lettre" back=("/bureau/joindre", "À joindre") printed=true>
            {move || letter.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<Letter, ApiError>) -> AnyView {
    let letter = match answer {
        Ok(letter) => letter,
        Err(error) => return apart(&error),
    };
    let Letter { now, member, first_name, last_name, untold, next, spoken_of } = letter;
    let changes = untold
        .iter()
        .map(|row| {
            let told = told(&row.notice, &spoken_of, member);
            view! { <li><strong>{told.title}</strong> {format!(" {}", told.sentence)}</li> }
        })
        .collect_view();
    let changes = if untold.is_empty() {
        view! { <p>{nb("On n’a pas réussi à te joindre autrement : voici tes prochaines vacations.")}</p> }.into_any()
    } else {
        view! {
            <p>{nb("On n’a pas réussi à te joindre autrement. Voici ce qui a changé pour toi :")}</p>
            <ul class="letter__list">{changes}</ul>
        }
        .into_any()
    };
    let shifts = if next.is_empty() {
        view! { <p>"Tu n’as pas de vacation prévue."</p> }.into_any()
    } else {
        let rows = next.iter().map(|when| view! { <li>{day_and_hours(when)}</li> }).collect_view();
        view! { <ul class="letter__list">{rows}</ul> }.into_any()
    };
    view! {
        <div class="cluster no-print">
            <Print main=true/>
        </div>
        <article class="letter" aria-labelledby="pour">
            <p class="letter__head">"Alpar, l’épicerie participative d’Annecy"</p>
            <p class="letter__head">{nb(&format!("Le {}", date_with_year(paris_day(now))))}</p>
            <h2 class="letter__for" id="pour">
                {format!("Pour {first_name} {last_name}")}
            </h2>
            <p>{format!("Bonjour {first_name},")}</p>
            {changes}
            <h3>"Tes prochaines vacations"</h3>
            {shifts}
            <p>
                {nb(
                    "Tu ne peux pas venir, ou quelque chose n’est pas clair ? Passe au magasin ou appelle-nous : on s’en occupe \
                     avec toi. Si ton adresse ou ton numéro ont changé, donne-nous les bons.",
                )}
            </p>
            <p>"À bientôt,"</p>
            <p>"Le bureau d’Alpar"</p>
        </article>
    }
    .into_any()
}
