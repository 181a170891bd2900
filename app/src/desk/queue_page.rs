//! The queue: what is late first, then today, the week, later.

use domain::desk::{Employed, Queue, Urgency};
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::absences::absences;
use super::office_queue;
use super::rows::row;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::desk::{done, urgency};
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::governance::form::{NotDone, instead};
use crate::still::Still;
use crate::ui::Empty;

#[component]
pub fn QueuePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| office_queue());
    view! {
        <Still title="À traiter" back=("/moi", "Moi")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Queue, ApiError>, fait: &str) -> AnyView {
    let queue = match answer {
        Ok(queue) => queue,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    view! {
        {said}
        <NotDone/>
        {(!queue.reader.office).then(|| standing_in(&queue))}
        {waiting(&queue)}
        {absences(&queue)}
    }
    .into_any()
}

/// Said to whoever stands in.
fn standing_in(queue: &Queue) -> AnyView {
    let today = paris_day(queue.now);
    let away = |employed: &&Employed| employed.absences.iter().any(|(absence, _)| absence.is_in_force(today));
    let names: Vec<String> = queue.employees.iter().filter(away).map(|employed| employed.person.name().to_string()).collect();
    let whom = listed(&names, 3);
    let text = format!(
        "Tu supplées {whom} : tu lis cette page et tu reçois ce qui y arrive. Ce que le bureau seul peut ouvrir dit qui s’en occupe."
    );
    view! { <p class="page__lead">{nb(&text)}</p> }.into_any()
}

fn waiting(queue: &Queue) -> AnyView {
    let today = paris_day(queue.now);
    if queue.items.is_empty() {
        let text = "Pauses à accorder, membres à appeler, mails qui reviennent, signalements, dossiers : tout viendra ici, par échéance.";
        return view! { <Empty id="rien-n-attend" icon="circle-check" title="Rien n’attend" text=nb(text)/> }.into_any();
    }
    let mut lead = counted(queue.items.len(), "chose attend", "choses attendent");
    let pressing = queue.pressing(today);
    if pressing > 0 {
        lead.push_str(&format!(", dont {pressing} pour aujourd’hui au plus tard"));
    }
    let sections: Vec<_> = Urgency::ALL
        .into_iter()
        .filter_map(|how| {
            let rows: Vec<_> = queue
                .items
                .iter()
                .enumerate()
                .filter(|(_, item)| Urgency::of(item.due, today) == how)
                .map(|(at, item)| row(at, item, &queue.reader, today))
                .collect();
            (!rows.is_empty()).then(|| section(how, rows))
        })
        .collect();
    view! {
        <p class="page__lead">{nb(&format!("{lead}."))}</p>
        {sections}
    }
    .into_any()
}

fn section(how: Urgency, rows: Vec<AnyView>) -> AnyView {
    let id = match how {
        Urgency::Late => "en-retard",
        Urgency::Today => "aujourd-hui",
        Urgency::Soon => "semaine",
        Urgency::Later => "plus-tard",
    };
    view! {
        <section class="section section--apart" aria-labelledby=id>
            <h2 id=id>{urgency(how)}</h2>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn apart(error: &ApiError) -> AnyView {
    instead(
        error,
        (
            "C’est une page du bureau",
            "Les membres d’Administratif et financier, la personne salariée et, pendant son absence, qui la supplée, y lisent ce qui \
             attend. Tu les trouves dans « La coop ».",
        ),
        ("/coop", "Voir la coop"),
    )
}
