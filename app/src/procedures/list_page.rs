//! One checklist: its next version, its preview, its history. Without a list, a new one.

use domain::procedures::{Fields, LINES_CAP, List, ListDraft, Mistake, Procedures, first_day};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::apart::apart;
use super::form::{POSTED_TO, Posted, typed, wrong};
use super::kept_procedures;
use super::lists::{day_name, from_day, shown, slot, version};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::clock::hour_of;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::french::typography::capitalized;
use crate::still::Still;
use crate::ui::{Field, Icon, TextField, Tick, in_textarea};

#[component]
pub fn ListPage() -> impl IntoView {
    // What is said of the alarm stands on no page but its own.
    let asked = |()| async { kept_procedures().await.map(|kept| Procedures { alarm: None, ..kept }) };
    let kept = Asked::new_blocking(|| (), asked);
    let query = use_query_map();
    view! {
        <Still title="Une liste" back=(POSTED_TO, "Procédures")>
            {move || kept.get().map(|answer| page(answer, &typed(&query.get())))}
        </Still>
    }
}

fn page(answer: Result<Procedures, ApiError>, typed: &Fields) -> AnyView {
    let kept = match answer {
        Ok(kept) => kept,
        Err(error) => return apart(&error),
    };
    let slug = typed.one("liste");
    let list = kept.lists.iter().find(|list| list.slug == slug);
    if list.is_none() && !slug.is_empty() {
        return apart(&ApiError::NotFound);
    }
    let first = first_day(kept.now);
    // Whatever was typed comes back, right or wrong.
    let came_back = typed.0.iter().any(|(name, _)| name == "lignes");
    let fields = if came_back { typed.clone() } else { of(list, first) };
    let read = came_back.then(|| ListDraft::parse(&fields, first));
    let (draft, mistakes) = match read {
        Some(Ok(draft)) => (Some(draft), Vec::new()),
        Some(Err(mistakes)) => (None, mistakes),
        None => (None, Vec::new()),
    };
    let today = domain::time::paris_day(kept.now);
    let preview = draft.map(|draft| {
        let when = format!("{} · à partir du {}", slot(&draft.weekdays, &draft.clocks), from_day(draft.from, today));
        view! {
            <section class="section card" aria-labelledby="apercu">
                <h2 id="apercu">{nb(&format!("Aperçu : {}", draft.name))}</h2>
                <p class="soft">{nb(&when)}</p>
                {shown(&draft.lines)}
                <p class="soft">"Rien n’est encore enregistré."</p>
            </section>
        }
    });
    let history = list.map(|list| {
        let versions = list.versions.iter().map(|known| version(known, kept.now)).collect_view();
        view! {
            <section class="section section--apart" aria-labelledby="versions">
                <h2 id="versions">"Les versions"</h2>
                {versions}
            </section>
        }
    });
    view! {
        {(!mistakes.is_empty()).then(|| view! {
            <p class="field__error" role="alert">
                <Icon name="circle-alert"/>
                "Rien n’est enregistré : corrige ce qui est en rouge. Ce que tu as écrit est toujours là."
            </p>
        })}
        {preview}
        {form(&kept, list, &fields, &mistakes)}
        {list.filter(|list| list.versions.first().is_some_and(|newest| !newest.lines.is_empty())).map(|list| end(list, first))}
        {history}
    }
    .into_any()
}

/// What the newest version says, as one would type it.
fn of(list: Option<&List>, first: chrono::NaiveDate) -> Fields {
    let mut fields = vec![("des".to_owned(), iso_day(first))];
    let Some(newest) = list.and_then(|list| list.versions.iter().find(|version| !version.lines.is_empty())) else {
        return Fields(fields);
    };
    fields.push(("nom".to_owned(), newest.name.clone()));
    fields.push(("lignes".to_owned(), newest.lines.join("\n")));
    fields.extend(newest.weekdays.iter().map(|day| ("jour".to_owned(), day.to_string())));
    fields.extend(newest.clocks.iter().map(|clock| ("heure".to_owned(), clock.format("%H:%M").to_string())));
    Fields(fields)
}

fn form(kept: &Procedures, list: Option<&List>, fields: &Fields, mistakes: &[Mistake]) -> impl IntoView + use<> {
    let days = (0..7)
        .map(|day: i16| {
            let value = day.to_string();
            let checked = fields.all("jour").any(|known| known == value);
            view! { <Tick name="jour" value=value title=capitalized(day_name(day)) checked=checked/> }
        })
        .collect_view();
    let hours = kept
        .clocks
        .iter()
        .map(|clock| {
            let value = clock.format("%H:%M").to_string();
            let checked = fields.all("heure").any(|known| known == value);
            view! { <Tick name="heure" value=value title=hour_of(*clock) checked=checked/> }
        })
        .collect_view();
    let no_day = wrong(mistakes, |mistake| *mistake == Mistake::NoDay);
    let no_hour = wrong(mistakes, |mistake| *mistake == Mistake::NoHour);
    let bad_name = wrong(mistakes, |mistake| matches!(mistake, Mistake::NameMissing | Mistake::NameTooLong));
    let bad_lines =
        wrong(mistakes, |mistake| matches!(mistake, Mistake::NoLines | Mistake::TooManyLines | Mistake::LineTooLong { .. }));
    let bad_from = wrong(mistakes, |mistake| matches!(mistake, Mistake::BadDay | Mistake::TooEarly { .. } | Mistake::TooFar));
    let wrong_day = no_day.is_some().then_some("jours-faux");
    let wrong_hour = no_hour.is_some().then_some("heures-faux");
    let slug = list.map(|list| list.slug.clone()).unwrap_or_default();
    let (lines, name, from) = (fields.one("lignes").to_owned(), fields.one("nom").to_owned(), fields.one("des").to_owned());
    let (wrong_lines, described) =
        (bad_lines.is_some().then_some("true"), crate::ui::field::described_by("lignes", true, bad_lines.is_some()));
    let note = if list.is_some() {
        "Une liste en cours ne change jamais : tu écris la version suivante, pour les feuilles à partir du jour choisi. Les \
         feuilles d’avant gardent la leur, avec ce qui y est coché."
    } else {
        "La liste vient sur les feuilles des vacations que tu coches, à partir du jour choisi."
    };
    let error = |said: Option<String>, id: &'static str| {
        said.map(|said| view! { <p class="field__error" id=id><Icon name="circle-alert"/>{said}</p> })
    };
    view! {
        <section class="section section--apart" aria-labelledby="ecrire">
            <h2 id="ecrire">{if list.is_some() { "La version suivante" } else { "Une nouvelle liste" }}</h2>
            <p class="soft">{nb(note)}</p>
            <Posted act="liste" of=slug.clone() with=vec![("liste", slug)] class="stack">
                <TextField id="nom" name="nom" label="Son nom" value=name hint="« Ouverture », « Caisse »" error=bad_name maxlength=60 required=true/>
                <fieldset class="stack" aria-describedby=wrong_day>
                    <legend class="field__label">"Quels jours"</legend>
                    <div class="fields">{days}</div>
                    {error(no_day, "jours-faux")}
                </fieldset>
                <fieldset class="stack" aria-describedby=wrong_hour>
                    <legend class="field__label">"Pour les vacations qui commencent à"</legend>
                    <div class="fields">{hours}</div>
                    {error(no_hour, "heures-faux")}
                </fieldset>
                <Field id="lignes" label="Les lignes, une par ligne" hint=format!("{LINES_CAP} au plus, dans l’ordre où on les fait") error=bad_lines>
                    <textarea class="field__input" id="lignes" name="lignes" rows="8" required aria-invalid=wrong_lines aria-describedby=described>
                        {in_textarea(&lines)}
                    </textarea>
                </Field>
                <TextField id="des" name="des" kind="date" label="À partir du" value=from hint="Les feuilles qui sont déjà sur les téléphones ne changent pas" error=bad_from required=true/>
                <div class="cluster">
                    <button class="button button--main" type="submit">
                        "Enregistrer"
                    </button>
                    <button class="button" type="submit" formmethod="get" formaction="/distribution/procedures/liste">
                        "Voir l’aperçu"
                    </button>
                </div>
            </Posted>
        </section>
    }
}

fn end(list: &List, first: chrono::NaiveDate) -> impl IntoView + use<> {
    let slug = list.slug.clone();
    let said = format!(
        "À partir du {}, elle ne vient plus sur aucune feuille. Son histoire reste.",
        crate::french::dates::day_long(first)
    );
    view! {
        <details class="history">
            <summary class="history__head">
                "Ne plus montrer cette liste"
                <Icon name="chevron-down"/>
            </summary>
            <p>{nb(&said)}</p>
            <Posted act="liste-fin" of=slug.clone() with=vec![("liste", slug)]>
                <button class="button button--soft" type="submit">
                    "Ne plus la montrer"
                </button>
            </Posted>
        </details>
    }
}
