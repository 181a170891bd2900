//! « L’émargement »: members are let in by their card or from the list, proxies come on paper until it opens, and the quorum shows.

use domain::assembly::{OnRoll, Roll, number_of};
use domain::id::AssemblyId;
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::assembly_roll;
use super::form::{AG, DOOR, SESSION, apart, stage_chip};
use super::heads::{gauge, ways};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::{cap, done};
use crate::french::events::at;
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::governance::fields::choice;
use crate::governance::form::NotDone;
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::shifts::find::answers;
use crate::still::{Print, Still};
use crate::ui::{Chip, ChipLook, Icon, TextField};

#[component]
pub fn DoorPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("assembly")).and_then(|id| id.parse().ok()).unwrap_or(AssemblyId(Uuid::nil()));
    let asked = Asked::new_blocking(id, assembly_roll);
    view! {
        <Still title="L’émargement" back=(AG, "L’assemblée")>
            {move || {
                let of = |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
                let (fait, qui, nom) = (of("fait"), of("qui"), of("nom"));
                asked.get().map(|answer| page(answer, &fait, &qui, &nom))
            }}
        </Still>
    }
}

fn full(row: &OnRoll) -> String {
    format!("{} {}", row.person.first_name, row.person.last_name)
}

/// By a part of their name, or their number.
fn is_called(row: &OnRoll, typed: &str) -> bool {
    number_of(typed) == Some(row.number) || answers(&full(row), typed.trim())
}

/// `qui`: whom the last act was about. `nom`: who is looked for.
fn page(answer: Result<Roll, ApiError>, fait: &str, qui: &str, nom: &str) -> AnyView {
    let roll = match answer {
        Ok(roll) => roll,
        Err(error) => return apart(&error),
    };
    if roll.stage.is_planned() {
        return view! { <p>{nb("Les membres ne sont pas encore convoqués.")}</p> }.into_any();
    }
    let (look, state) = stage_chip(&roll.stage);
    let when = nb(&capitalized(&at(roll.starts_at)));
    let today = paris_day(roll.now) == paris_day(roll.starts_at);
    let at_the_door = roll.stage.is_open() || roll.stage.is_convoked() && today;
    let admitting = at_the_door.then(|| {
        view! {
            {card(&roll)}
            {from_list(&roll, nom)}
            {there(&roll)}
        }
    });
    let not_yet = (roll.stage.is_convoked() && !today)
        .then(|| view! { <p class="soft">{nb("On signe le jour même. D’ici là, les pouvoirs sur papier se notent ici.")}</p> });
    let proxies = roll.stage.is_convoked().then(|| proxies(&roll));
    let sheet = (!at_the_door).then(|| sheet(&roll));
    // A form that came back stands at the address to which it was posted.
    let under_way = at_the_door.then(|| format!("{DOOR}/{}", roll.id));
    view! {
        <h2 class="workshop__title">{nb(&roll.title)}</h2>
        <p class="cluster"><Chip look=look>{state}</Chip>{when}</p>
        {ways(&roll.hands, roll.id, &roll.stage, DOOR)}
        {said(&roll, fait, qui)}
        <NotDone/>
        <section class="section" id="direct" aria-label="Qui est là" data-under-way=under_way>
            {gauge(&roll.attendance, &roll.terms)}
        </section>
        {not_yet}
        {admitting}
        {proxies}
        {sheet}
    }
    .into_any()
}

/// Who it was, by name: at the door one looks up, says it, and goes on. A form that an older page sent again did nothing.
fn said(roll: &Roll, fait: &str, qui: &str) -> Option<AnyView> {
    let row = roll.rows.iter().find(|row| row.person.id.to_string() == qui);
    let words = match (fait, row) {
        ("emarger", Some(row)) if row.present => {
            let carried = match row.carries {
                0 => String::new(),
                some => {
                    let held = counted(usize::try_from(some).unwrap_or(usize::MAX), "pouvoir", "pouvoirs");
                    format!(", et porte {held}")
                }
            };
            format!("{} est là, n° {:04}{carried}.", full(row), row.number)
        }
        ("partir", Some(row)) if !row.present => format!("{} est parti·e : sa voix ne compte plus.", full(row)),
        (act, _) => done(act)?.to_owned(),
    };
    Some(view! { <Noted>{nb(&words)}</Noted> }.into_any())
}

/// The number on a card: typed, scanned by the camera, or by a reader that types.
fn card(roll: &Roll) -> AnyView {
    let id = roll.id.to_string();
    let filled = Filled::of("emarger", "carte", typed(Vec::new()));
    let with = vec![("assemblee", id.clone()), ("sur", "carte".to_owned())];
    view! {
        <section class="section" aria-labelledby="carte-titre">
            <h3 id="carte-titre">"Par la carte"</h3>
            <div class="scan" data-scan="carte"></div>
            <div data-scan-into="carte">
                <Posted to=SESSION act="emarger" of=format!("{id} carte") with=with class="stack">
                    <TextField
                        id="carte"
                        name="carte"
                        label="Le numéro de la carte"
                        hint=nb("Sous le QR de « Ma carte », ou lu par un lecteur : 0217, alpar:0217")
                        value=filled.one("carte")
                        error=filled.wrong("carte")
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength=20
                        required=true
                    />
                    <button class="button button--main" type="submit">
                        "Signer"
                    </button>
                </Posted>
            </div>
        </section>
    }
    .into_any()
}

/// Those who have not signed in, each with a button.
fn from_list(roll: &Roll, nom: &str) -> AnyView {
    let id = roll.id.to_string();
    let away: Vec<&OnRoll> = roll.rows.iter().filter(|row| !row.present).collect();
    let count = away.len();
    let rows: Vec<_> = away
        .into_iter()
        .filter(|row| nom.trim().is_empty() || is_called(row, nom))
        .map(|row| {
            let (name, member) = (full(row), row.person.id.to_string());
            let label = nb(&format!("Signer : {name}"));
            let mut about = vec![format!("n° {:04}", row.number)];
            about.extend(row.carried_by.as_ref().map(|by| format!("a donné son pouvoir à {by}")));
            about.extend((row.coming == Some(true)).then(|| "a dit « je viens »".to_owned()));
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&name)}</span>
                        <span class="row__soft">{nb(&about.join(" · "))}</span>
                    </span>
                    <button class="button" type="submit" name="membre" value=member aria-label=label>
                        "Signer"
                    </button>
                </li>
            }
        })
        .collect();
    let none = rows.is_empty().then(|| view! { <p class="soft">{nb("Personne de ce nom, parmi ceux qui n’ont pas signé.")}</p> });
    let with = vec![("assemblee", id.clone()), ("sur", "liste".to_owned())];
    let head = nb(&format!("Par la liste : {}", counted(count, "membre n’a pas signé", "membres n’ont pas signé")));
    let address = format!("{DOOR}/{id}");
    view! {
        <section class="section section--apart" aria-labelledby="liste">
            <h3 id="liste">{head}</h3>
            <form method="get" action=address class="cluster" role="search">
                <TextField id="nom" name="nom" label="Chercher un nom" value=nom.to_owned() autocomplete="off"/>
                <button class="button" type="submit">
                    "Chercher"
                </button>
            </form>
            {none}
            <Posted to=SESSION act="emarger" of=format!("{id} liste") with=with>
                <ul class="list">{rows}</ul>
            </Posted>
        </section>
    }
    .into_any()
}

/// Those who are there: somebody may leave before its end.
fn there(roll: &Roll) -> AnyView {
    let id = roll.id.to_string();
    let rows: Vec<_> = roll
        .rows
        .iter()
        .filter(|row| row.present)
        .map(|row| {
            let (name, member) = (full(row), row.person.id.to_string());
            let label = nb(&format!("Part : {name}"));
            let carries = (row.carries > 0).then(|| {
                let held = counted(usize::try_from(row.carries).unwrap_or(usize::MAX), "pouvoir", "pouvoirs");
                view! { <span class="row__soft">{nb(&format!("porte {held}"))}</span> }
            });
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&name)}</span>
                        {carries}
                    </span>
                    <button class="button button--quiet" type="submit" name="membre" value=member aria-label=label>
                        "Part"
                    </button>
                </li>
            }
        })
        .collect();
    let head = counted(rows.len(), "personne a signé", "personnes ont signé");
    let with = vec![("assemblee", id.clone()), ("sur", "depart".to_owned())];
    view! {
        <details class="history section--apart">
            <summary class="history__head">
                {nb(&head)}
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=SESSION act="partir" of=format!("{id} depart") with=with>
                <ul class="list">{rows}</ul>
            </Posted>
        </details>
    }
    .into_any()
}

/// Among whom one chooses: nobody yet.
fn people<'a>(rows: impl Iterator<Item = &'a OnRoll>) -> Vec<(String, String)> {
    let first = (String::new(), "Choisis un membre".to_owned());
    let named = rows.map(|row| (row.person.id.to_string(), format!("{}, n° {:04}", full(row), row.number)));
    std::iter::once(first).chain(named).collect()
}

/// Proxies that come signed on paper, and those that hold: until it opens.
fn proxies(roll: &Roll) -> AnyView {
    let id = roll.id.to_string();
    let filled = Filled::of("pouvoir", "", typed(Vec::new()));
    let from = choice(&filled, "pouvoir", ("de", "Qui donne son pouvoir"), "", people(roll.rows.iter()));
    // Whoever said that they do not come carries nobody's voice, unless they are there after all.
    let carriers = people(roll.rows.iter().filter(|row| row.present || row.coming != Some(false)));
    let hint = format!("{} Qui a dit ne pas venir n’est pas dans la liste.", cap(roll.terms.proxies));
    let to = choice(&filled, "pouvoir", ("a", "Qui le porte"), &hint, carriers);
    let given: Vec<&OnRoll> = roll.rows.iter().filter(|row| row.carried_by.is_some()).collect();
    let of = format!("{id} {}", given.len());
    let with = vec![("assemblee", id.clone())];
    let rows: Vec<_> = given
        .iter()
        .map(|row| {
            let (name, member) = (full(row), row.person.id.to_string());
            let by = row.carried_by.as_ref().map(ToString::to_string).unwrap_or_default();
            let label = nb(&format!("Retirer le pouvoir de {name}"));
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&name)}</span>
                        <span class="row__soft">{nb(&format!("porté par {by}"))}</span>
                    </span>
                    <button class="button button--quiet" type="submit" name="membre" value=member aria-label=label>
                        "Retirer"
                    </button>
                </li>
            }
        })
        .collect();
    let head = counted(given.len(), "pouvoir donné", "pouvoirs donnés");
    let with_end = vec![("assemblee", id.clone()), ("sur", "rendre".to_owned())];
    let held = (!rows.is_empty()).then(|| {
        view! {
            <Posted to=SESSION act="rendre" of=format!("{id} rendre") with=with_end>
                <ul class="list">{rows}</ul>
            </Posted>
        }
    });
    view! {
        <section class="section section--apart" aria-labelledby="pouvoirs">
            <h3 id="pouvoirs">{nb(&head)}</h3>
            <details class="history" open=filled.back>
                <summary class="history__head">
                    "Noter un pouvoir reçu sur papier"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=SESSION act="pouvoir" of=of with=with class="stack">
                    {from}
                    {to}
                    <button class="button button--main" type="submit">
                        "Noter le pouvoir"
                    </button>
                </Posted>
            </details>
            {held}
        </section>
    }
    .into_any()
}

/// The sheet itself, once it is over or before its day: to be printed, too.
fn sheet(roll: &Roll) -> AnyView {
    let rows: Vec<_> = roll
        .rows
        .iter()
        .map(|row| {
            let (look, state) = match (row.present, &row.carried_by) {
                (true, _) => (ChipLook::Done, "Présent·e".to_owned()),
                (false, Some(by)) => (ChipLook::Neutral, format!("Pouvoir à {by}")),
                (false, None) => (ChipLook::Plain, "—".to_owned()),
            };
            view! {
                <tr>
                    <td>{format!("{:04}", row.number)}</td>
                    <th scope="row">{full(row)}</th>
                    <td><Chip look=look>{nb(&state)}</Chip></td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="section section--apart" aria-labelledby="feuille">
            <h3 id="feuille">"La feuille d’émargement"</h3>
            <div class="cluster no-print"><Print/></div>
            <div class="governance__table" role="group" aria-label="La feuille d’émargement" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"N°"</th>
                            <th scope="col">"Membre"</th>
                            <th scope="col">"Voix"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
