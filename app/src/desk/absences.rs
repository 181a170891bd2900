//! Who works for the co-op, until when they are away, and who stands in; for the office, planning it.

use domain::desk::{Absence, Employed, Queue};
use domain::members::ShortName;
use domain::time::{Days, paris_day};
use leptos::prelude::*;

use super::form::{AWAY, BACK, POSTED_TO};
use crate::french::dates::{days, iso_day};
use crate::french::nb;
use crate::governance::fields::{choice, line};
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::ui::Icon;

pub fn absences(queue: &Queue) -> Option<AnyView> {
    if queue.employees.is_empty() {
        return None;
    }
    let rows: Vec<_> = queue.employees.iter().map(|employed| one(queue, employed)).collect();
    let plan = queue.reader.office.then(|| planning(queue));
    Some(
        view! {
            <section class="section section--apart" aria-labelledby="absences">
                <h2 id="absences">"Absences et suppléance"</h2>
                <ul class="list">{rows}</ul>
                {plan}
            </section>
        }
        .into_any(),
    )
}

fn one(queue: &Queue, employed: &Employed) -> AnyView {
    let name = format!("{} {}", employed.person.first_name, employed.person.last_name);
    let lines: Vec<_> = employed.absences.iter().map(|(absence, deputy)| line_of(queue, absence, deputy, &name)).collect();
    let here = lines.is_empty().then(|| view! { <span class="row__soft">"Aucune absence notée"</span> });
    view! {
        <li class="row">
            <Icon name="id-card"/>
            <div class="row__body">
                <span class="row__title">{name.clone()}</span>
                {here}
                {lines}
            </div>
        </li>
    }
    .into_any()
}

fn line_of(queue: &Queue, absence: &Absence, deputy: &ShortName, name: &str) -> AnyView {
    let when = days(Days { from: absence.from, to: absence.last_day() });
    let said = if absence.is_in_force(paris_day(queue.now)) { "Absent·e" } else { "Sera absent·e" };
    let about = nb(&format!("{said} {when}. {deputy} supplée."));
    let over = queue.reader.office.then(|| {
        let with = vec![("sur", absence.id.to_string()), ("absence", absence.id.to_string())];
        let label = nb(&format!("Mettre fin à cette absence : {name}, {when}"));
        view! {
            <Posted to=POSTED_TO act=BACK of=absence.id.to_string() with=with class="no-print">
                <button class="button button--quiet" type="submit" aria-label=label>"Mettre fin à cette absence"</button>
            </Posted>
        }
    });
    view! {
        <span class="row__soft">{about}</span>
        {over}
    }
    .into_any()
}

fn planning(queue: &Queue) -> AnyView {
    let today = paris_day(queue.now);
    let named =
        |person: &domain::governance::Person| (person.id.to_string(), format!("{} {}", person.first_name, person.last_name));
    let employees: Vec<(String, String)> = queue.employees.iter().map(|employed| named(&employed.person)).collect();
    let mut deputies = vec![(String::new(), "Choisis une personne".to_owned())];
    deputies.extend(queue.people.iter().map(named));
    let first = employees.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let filled = Filled::of(AWAY, "", typed(vec![("qui", first), ("du", iso_day(today))]));
    let who = choice(&filled, AWAY, ("qui", "Qui s’absente"), "", employees);
    let from = line(&filled, AWAY, "du", "Premier jour", "date", "");
    let until = line(&filled, AWAY, "jusqu", "Dernier jour", "date", "");
    let hint = "Lit cette page et reçoit ce qui y arrive, ces jours-là seulement";
    let deputy = choice(&filled, AWAY, ("suppleance", "Qui supplée"), hint, deputies);
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                "Noter une absence"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act=AWAY of="" class="stack">
                {who}
                {from}
                {until}
                {deputy}
                <button class="button button--main" type="submit">"Noter l’absence"</button>
            </Posted>
        </details>
    }
    .into_any()
}
