//! The agenda of a meeting in order, and who is there.

use domain::governance::{LENGTH_CAP, MeetingInHand, Person, Point};
use domain::id::MemberId;
use leptos::prelude::*;

use super::form::{POSTED_TO, came_back};
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::{TextField, Tick};

/// Each point with its place, its length, and whether it is put off.
pub fn agenda(in_hand: &MeetingInHand) -> AnyView {
    let id = in_hand.meeting.id.to_string();
    let back = came_back("ordre", "");
    let name = |id: MemberId| in_hand.names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.to_string());
    let rows: Vec<_> = in_hand
        .points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let (rank, length) = (format!("rang-{}", point.id), format!("duree-{}", point.id));
            let later = format!("apres-{}", point.id);
            let typed = |field: &str, known: String| back.as_ref().map_or(known, |back| back.one(field).to_owned());
            let known = point.length.map(|minutes| minutes.to_string()).unwrap_or_default();
            let (rank_typed, length_typed) = (typed(&rank, (at + 1).to_string()), typed(&length, known));
            let put_off = !typed(&later, String::new()).is_empty();
            let of = format!("{} : ", point.title);
            view! {
                <li class="agenda__point">
                  <fieldset class="agenda__set">
                    <legend class="row__title">{nb(&point.title)}</legend>
                    {said(point, name(point.by))}
                    <input type="hidden" name="point" value=point.id.to_string()/>
                    <div class="agenda__fields">
                        <TextField
                            id=rank.clone()
                            name=rank
                            label=nb("Rang")
                            value=rank_typed
                            inputmode="numeric"
                            class="agenda__figure"
                        />
                        <TextField
                            id=length.clone()
                            name=length
                            label=nb("Minutes")
                            value=length_typed
                            inputmode="numeric"
                            class="agenda__figure"
                        />
                    </div>
                    <Tick name=later value="oui" title=nb(&format!("{of}à la réunion d’après")) checked=put_off/>
                  </fieldset>
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return view! {
            <section class="section" aria-labelledby="ordre">
                <h3 id="ordre">"L’ordre du jour"</h3>
                <p class="soft">{nb("Pas encore de point : ceux que les membres ajoutent viennent ici.")}</p>
            </section>
        }
        .into_any();
    }
    let with = vec![("reunion", id.clone())];
    let hint = nb(&format!("Les rangs disent l’ordre ; une durée est de 1 à {LENGTH_CAP} minutes, ou rien."));
    view! {
        <section class="section" aria-labelledby="ordre">
            <h3 id="ordre">"L’ordre du jour"</h3>
            <p class="soft">{hint}</p>
            <Posted to=POSTED_TO act="ordre" of=id with=with class="stack">
                <ol class="agenda">{rows}</ol>
                <button class="button button--fill" type="submit">
                    "Enregistrer l’ordre du jour"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn said(point: &Point, by: Option<String>) -> AnyView {
    let by = by.map(|by| view! { <p class="row__soft">{nb(&format!("par {by}"))}</p> });
    let text = (!point.text.is_empty()).then(|| view! { <p class="group__words">{point.text.clone()}</p> });
    view! {
        {by}
        {text}
    }
    .into_any()
}

/// Before it begins, who is excused; from then on, who is there.
pub fn presences(in_hand: &MeetingInHand, begun: bool) -> AnyView {
    let (id, back) = (in_hand.meeting.id.to_string(), came_back("presences", ""));
    let ticked = |field: &str, who: MemberId, known: &[MemberId]| match &back {
        Some(back) => back.all(field).any(|id| id == who.to_string()),
        None => known.contains(&who),
    };
    let rows: Vec<_> = in_hand
        .people
        .iter()
        .map(|person| {
            let who = person.id.to_string();
            let present = begun.then(|| {
                let checked = ticked("present", person.id, &in_hand.meeting.present);
                view! { <Tick name="present" value=who.clone() title=nb(&label(person, "présent·e")) checked=checked/> }
            });
            let checked = ticked("excuse", person.id, &in_hand.meeting.excused);
            view! {
                <li class="agenda__person">
                    {present}
                    <Tick name="excuse" value=who title=nb(&label(person, "excusé·e")) checked=checked/>
                </li>
            }
        })
        .collect();
    let with = vec![("reunion", id.clone())];
    let title = if begun { "Qui est là" } else { "Qui s’excuse" };
    view! {
        <section class="section section--apart" aria-labelledby="presences">
            <h3 id="presences">{title}</h3>
            <p class="soft">{nb("Le comité et les référent·es de tous les groupes.")}</p>
            <Posted to=POSTED_TO act="presences" of=id with=with class="stack">
                <ul class="agenda__people">{rows}</ul>
                <button class="button button--fill" type="submit">
                    "Enregistrer les présences"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

/// « Karim B., présent·e »
fn label(person: &Person, word: &str) -> String {
    format!("{}, {word}", person.name())
}
