//! « Qui est là »: the list at the door, for those who organise. One tap ticks, another takes it back.

use std::sync::Arc;

use domain::command::Command;
use domain::event::{ArrivalList, Attendee, Expected, PEOPLE_CAP, WalkedIn};
use domain::id::{CommandId, EventId, WalkInId};
use domain::view::event::Moving;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use crate::acts::{ActForm, Read, intent_of, number, value};
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::store::Store;
use crate::ui::{Field, Icon, TextField, focus_title};

/// The longest name of somebody who came unannounced. In characters.
const NAME_CAP: u16 = 60;

/// Nothing where I do not keep it, or it is not the time.
#[component]
pub fn Arrivals(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    let door = Memo::new(move |_| moving.with(|moving| moving.door.clone()));
    let is_open = Memo::new(move |_| door.with(Option::is_some));
    let list = move || door.get().map(|list| rows(list, event));
    move || {
        is_open.get().then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="arrivees">
                    <h2 id="arrivees">"Qui est là"</h2>
                    {list}
                    {adding(event)}
                </section>
            }
        })
    }
}

fn rows(list: ArrivalList, event: EventId) -> impl IntoView {
    let ArrivalList { expected, arrivals, walk_ins, .. } = list;
    let came = |who: Attendee| arrivals.iter().any(|arrival| arrival.who == who);
    let seats = |party: &Expected| usize::from(party.seats);
    let wanted: usize = expected.iter().map(seats).sum();
    let here: usize = expected.iter().filter(|party| came(party.who)).map(seats).sum();
    let more: usize = walk_ins.iter().map(|walk_in| usize::from(walk_in.people)).sum();
    let said = match more {
        0 => format!("{here} sur {wanted}"),
        more => format!("{here} sur {wanted}, et {more} en plus"),
    };
    let parties: Vec<_> = expected
        .into_iter()
        .map(|party| {
            let here = came(party.who);
            expected_row(party, here, event)
        })
        .collect();
    let others: Vec<_> = walk_ins.into_iter().map(|walk_in| walked_in(walk_in, event)).collect();
    view! {
        <p class="soft" role="status">{nb(&said)}</p>
        <ul class="list">{parties} {others}</ul>
    }
}

fn expected_row(party: Expected, here: bool, event: EventId) -> impl IntoView {
    let mut soft = vec![counted(usize::from(party.seats), "personne", "personnes")];
    if party.children > 0 {
        soft.push(format!("dont {}", counted(usize::from(party.children), "enfant", "enfants")));
    }
    soft.extend([party.diet, party.note].into_iter().filter(|said| !said.is_empty()));
    let (name, soft) = (nb(&party.name), nb(&soft.join(" · ")));
    let command = Command::TickArrival { event, who: party.who, came: !here, at: None };
    let label = nb(&format!("Là : {name}"));
    view! {
        <li class="row event-thing">
            <span class="row__body">
                <span class="row__title">{name}</span>
                <span class="row__soft">{soft}</span>
            </span>
            <ActForm command=command intent="" back=format!("/sortie/{event}")>
                <button class="toggle" type="submit" aria-pressed=if here { "true" } else { "false" } aria-label=label>
                    {here.then(|| view! { <Icon name="check" small=true/> })}
                    "Là"
                </button>
            </ActForm>
        </li>
    }
}

fn walked_in(walk_in: WalkedIn, event: EventId) -> impl IntoView {
    let name = nb(&walk_in.name);
    let soft = nb(&format!("{}, sans réponse", counted(usize::from(walk_in.people), "personne", "personnes")));
    let command = Command::RemoveEventWalkIn { walk_in: walk_in.id, event };
    let label = nb(&format!("Retirer {name}"));
    let then = Callback::new(|_: CommandId| focus_title());
    view! {
        <li class="row event-thing">
            <span class="row__body">
                <span class="row__title">{name}</span>
                <span class="row__soft">{soft}</span>
            </span>
            <ActForm command=command intent="" back=format!("/sortie/{event}") then=then>
                <button class="button button--quiet" type="submit" aria-label=label>"Retirer"</button>
            </ActForm>
        </li>
    }
}

fn adding(event: EventId) -> impl IntoView {
    let store = Store::expect();
    let read: Read = Arc::new(move |data: &FormData| {
        let (name, people) = (value(data, "name")?, number(data, "people").unwrap_or(1));
        let command = Command::AddEventWalkIn { walk_in: WalkInId(Uuid::nil()), event, name, people };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    // Its fields are the inputs, its id is made when it is sent.
    let command = Command::AddEventWalkIn { walk_in: WalkInId(Uuid::nil()), event, name: String::new(), people: 1 };
    let options = (1..=PEOPLE_CAP).map(|people| view! { <option value=people.to_string()>{people}</option> }).collect_view();
    view! {
        <ActForm command=command intent="" back=format!("/sortie/{event}") read=read again=true class="stack">
            <TextField
                id="venu-name"
                name="name"
                label="Qui est là sans avoir répondu ?"
                maxlength=NAME_CAP
                autocomplete="off"
                required=true
            />
            <Field id="venu-people" label="Combien de personnes ?">
                <select class="field__input" id="venu-people" name="people">{options}</select>
            </Field>
            <button class="button button--fill" type="submit">"Ajouter"</button>
        </ActForm>
    }
}
