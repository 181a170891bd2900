//! What the sheet counts, and what the office must know at once.

use std::sync::Arc;

use domain::command::Command;
use domain::sheet::{DaySheet, Presence, Report, Trouble as What};
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;
use web_sys::FormData;

use super::day_sheet_page::{back, said_by};
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::store::Store;
use crate::ui::{EffectLine, Field, Icon, Tick};

#[component]
pub fn Closing(view: DaySheetView, sheet: DaySheet) -> impl IntoView {
    let body = match sheet.closed {
        Some(closed) => {
            let by = closed.by.map_or_else(|| "toute seule".to_owned(), |by| format!("par {}", view.name_of(by)));
            let said = format!("Feuille fermée {by}. Si tu corriges encore, la différence s’ajoute au compte de chacun·e.");
            view! { <EffectLine icon="circle-check">{nb(&said)}</EffectLine> }.into_any()
        }
        None if !view.begun => view! { <p class="soft">"Tu pourras la fermer une fois la vacation commencée."</p> }.into_any(),
        None => {
            let command = Command::CloseSheet { shift: view.card.id };
            let (counts, back) = (nb(&effect(&view, &sheet)), back(&view));
            view! {
                <EffectLine>{counts}</EffectLine>
                <ActForm command=command intent="" back=back class="stack">
                    <button class="button button--main" type="submit">
                        "Fermer la feuille"
                    </button>
                </ActForm>
            }
            .into_any()
        }
    };
    view! {
        <section class="section" aria-labelledby="fermer">
            <h2 id="fermer">"Fin de la vacation"</h2>
            {body}
        </section>
    }
}

/// « 5 vacations comptées, 2 absences. Personne ne perd rien si tu oublies : … »
fn effect(view: &DaySheetView, sheet: &DaySheet) -> String {
    let of_team = |is: &dyn Fn(Presence) -> bool| {
        let holders = view.card.seats.iter().filter_map(|seat| seat.holder.as_ref());
        holders.filter(|holder| is(sheet.presence_of(holder.id))).count()
    };
    let extra = sheet.walk_ins.iter().filter(|walk_in| walk_in.member.is_some()).count();
    let came = of_team(&Presence::came) + extra;
    let absent = of_team(&|presence| presence == Presence::Absent);
    let absent = if absent > 0 { format!(", {}", counted(absent, "absence", "absences")) } else { String::new() };
    format!(
        "Compte {}{absent}. Sans toi, la feuille se ferme deux jours après : qui n’est pas marqué était là.",
        counted(came, "vacation faite", "vacations faites")
    )
}

const TROUBLES: [(What, &str, &str); 2] =
    [(What::TillClosed, "till_closed", "La caisse est fermée"), (What::ShopClosed, "shop_closed", "Le magasin est fermé")];

/// « Caisse fermée », « magasin fermé ».
#[component]
pub fn Trouble(view: DaySheetView, reports: Vec<Report>) -> impl IntoView {
    let store = Store::expect();
    let shift = view.card.id;
    let command = move |what: What, note: String| Command::ReportShop { shift, what, note };
    let read: Read = Arc::new(move |form: &FormData| {
        let slug = value(form, "what")?;
        let what = TROUBLES.into_iter().find(|(_, known, _)| *known == slug)?.0;
        let command = command(what, value(form, "note").unwrap_or_default());
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let said: Vec<_> = reports
        .into_iter()
        .map(|report| {
            let what = TROUBLES.into_iter().find(|(known, ..)| *known == report.what).map_or("", |(.., word)| word);
            let note = if report.note.is_empty() { String::new() } else { format!(" « {} »", report.note) };
            let said = format!("{what}.{note} Bureau prévenu : {}", said_by(&view, report.said));
            view! { <li class="row"><span class="row__body">{nb(&said)}</span></li> }
        })
        .collect();
    let ticks = TROUBLES
        .into_iter()
        .enumerate()
        .map(|(at, (_, slug, title))| view! { <Tick kind="radio" name="what" value=slug title=title checked=at == 0/> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="souci">
            <h2 id="souci">"Un souci au magasin"</h2>
            {(!said.is_empty()).then(|| view! { <ul class="list">{said}</ul> })}
            <details class="history">
                <summary class="history__head">
                    "Prévenir le bureau"
                    <Icon name="chevron-down"/>
                </summary>
                <ActForm command=command(What::TillClosed, String::new()) intent="" back=back(&view) read=read again=true class="stack">
                    <fieldset class="stack">
                        <legend class="field__label">"Ce qui se passe"</legend>
                        {ticks}
                    </fieldset>
                    <Field id="souci-mot" label="Un mot, si tu veux" hint="Facultatif, 280 caractères">
                        <input class="field__input" id="souci-mot" name="note" maxlength="280" aria-describedby="souci-mot-aide"/>
                    </Field>
                    <button class="button button--fill" type="submit">
                        "Prévenir maintenant"
                    </button>
                </ActForm>
            </details>
        </section>
    }
}
