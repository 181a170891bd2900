//! « Les places que je guette », and the waiting lists I am on.

use std::sync::Arc;

use domain::calendar::SkillLabel;
use domain::command::Command;
use domain::id::WatchId;
use domain::reason::When;
use domain::time::Instant;
use domain::view::telling::InLine;
use domain::watches::{Watch, Watched};
use leptos::prelude::*;
use uuid::Uuid;

use crate::acts::{ActForm, Read, habit, value};
use crate::french::dates::{day_and_hours_short, until};
use crate::french::patterns::pattern;
use crate::french::{capitalized, nb};
use crate::shifts::MomentFields;
use crate::ui::{Field, Icon};

const PAGE: &str = "/moi/prevenir";

#[component]
pub fn Watching(
    watches: Vec<Watch>,
    waiting: Vec<InLine>,
    skills: Vec<SkillLabel>,
    named: Vec<When>,
    now: Instant,
) -> impl IntoView {
    let lines = waiting.into_iter().map(|known| in_line(known, now)).collect_view();
    let watched = watches.into_iter().map(|watch| row(watch, &skills, &named)).collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="guetter">
            <h2 id="guetter">"Les places que tu guettes"</h2>
            <p class="soft">{nb("Dès qu’une place s’ouvre, on te le dit ; pour un jour ou une compétence, au plus toutes les trois heures.")}</p>
            <ul class="list">{lines}{watched}</ul>
            <NewWatch skills=skills/>
        </section>
    }
}

fn in_line(known: InLine, now: Instant) -> impl IntoView {
    let href = format!("/vacation/{}", known.when.shift);
    let soft = match (known.until, known.place) {
        (Some(at), _) => format!("C’est ton tour : une place est gardée pour toi jusqu’{}", until(at, now)),
        (None, 0) => "Liste d’attente".to_owned(),
        (None, place) => format!("Liste d’attente, tu es n° {place}"),
    };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__title" href=href>{capitalized(&day_and_hours_short(&known.when))}</a>
                <span class="row__soft">{nb(&soft)}</span>
            </span>
        </li>
    }
}

fn row(watch: Watch, skills: &[SkillLabel], named: &[When]) -> impl IntoView + use<> {
    let words = capitalized(&nb(&watched(&watch.what, skills, named)));
    let label = format!("Ne plus guetter : {words}");
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{words}</span>
            </span>
            <div class="row__end">
                <ActForm command=Command::StopWatching { watch: watch.id } intent=label.clone() back=PAGE>
                    <button class="button button--icon button--bare" type="submit" aria-label=label>
                        <Icon name="x"/>
                    </button>
                </ActForm>
            </div>
        </li>
    }
}

/// « jeudi, à partir de 18 h · caisse »
fn watched(what: &Watched, skills: &[SkillLabel], named: &[When]) -> String {
    let shift = what.shift.map(|shift| {
        named.iter().find(|when| when.shift == shift).map_or_else(|| "une vacation".to_owned(), day_and_hours_short)
    });
    let skill = what.skill.as_ref().map(|skill| {
        skills.iter().find(|known| known.skill == *skill).map_or_else(|| skill.to_string(), |known| known.label.to_lowercase())
    });
    let parts: Vec<String> = [shift, what.pattern.as_ref().map(pattern), skill].into_iter().flatten().collect();
    parts.join(" · ")
}

#[component]
fn NewWatch(skills: Vec<SkillLabel>) -> impl IntoView {
    let skills =
        skills.into_iter().map(|known| view! { <option value=known.skill.to_string()>{known.label}</option> }).collect_view();
    let read: Read = Arc::new(|data: &web_sys::FormData| {
        let pattern = habit(|name| value(data, name));
        let skill = value(data, "skill").and_then(|skill| domain::members::Skill::parse(&skill));
        let command = Command::WatchSeats { watch: WatchId(Uuid::nil()), shift: None, pattern, skill };
        Some((command, "Guetter une place".to_owned()))
    });
    view! {
        <ActForm
            command=Command::WatchSeats { watch: WatchId(Uuid::nil()), shift: None, pattern: None, skill: None }
            intent="Guetter une place"
            back=PAGE
            read=read
            class="stack"
        >
            <fieldset class="section">
                <legend class="card__title">"Guetter d’autres places"</legend>
                <div class="fields">
                    <MomentFields of="guet"/>
                    <Field id="guet-competence" label="Compétence">
                        <select class="field__input" id="guet-competence" name="skill">
                            <option value="">"Toutes"</option>
                            {skills}
                        </select>
                    </Field>
                </div>
            </fieldset>
            <button class="button" type="submit">"Guetter ces places"</button>
        </ActForm>
    }
}
