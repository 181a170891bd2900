//! « À joindre »: whom what we send does not reach; the phone or the paper is the way. For the office.

use domain::reach::{Rank, ToReach, Unreached};
use leptos::prelude::*;

use super::apart::apart;
use super::person_card::PersonCard;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::nb;
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::Empty;

#[component]
pub fn ReachPage() -> impl IntoView {
    let list = Asked::new_blocking(|| (), |()| api::unreached());
    view! {
        <Still title="À joindre" back=("/moi", "Moi")>
            {move || list.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<ToReach, ApiError>) -> AnyView {
    let list = match answer {
        Ok(list) => list,
        Err(error) => return apart(&error),
    };
    if list.people.is_empty() {
        return view! {
            <Empty
                id="personne"
                icon="circle-check"
                title="Tout le monde est joignable"
                text=nb(
                    "Quand un mail revient, ou quand quelqu’un n’a pas vu que sa vacation a changé, son nom vient ici.",
                )
            >
                <a class="button" href="/bureau/machine">
                    "Voir la machine"
                </a>
            </Empty>
        }
        .into_any();
    }
    let ToReach { now, people, later, spoken_of } = list;
    let of = |rank: Rank| people.iter().filter(|person| person.rank == rank).cloned().collect::<Vec<_>>();
    let cards = |people: Vec<Unreached>| {
        let card = |person| view! { <PersonCard person=person spoken_of=spoken_of.clone() now=now/> };
        people.into_iter().map(card).collect_view()
    };
    let section = |id: &'static str, title: &'static str, lead: &'static str, people: Vec<Unreached>| {
        (!people.is_empty()).then(|| {
            view! {
                <section class="section section--apart" aria-labelledby=id>
                    <h2 id=id>{title}</h2>
                    <p class="soft">{nb(lead)}</p>
                    {cards(people)}
                </section>
            }
        })
    };
    let welcome = of(Rank::Welcome);
    let welcome = (!welcome.is_empty()).then(|| {
        let count = counted(welcome.len() + later, "personne", "personnes");
        let more = (later > 0).then(|| {
            let said = format!("Et {} dont la vacation vient plus tard.", counted(later, "autre", "autres"));
            view! { <p class="soft">{nb(&said)}</p> }
        });
        view! {
            <section class="section section--apart" aria-labelledby="accueillir">
                <h2 id="accueillir">"À aider à entrer"</h2>
                <p class="soft">
                    {nb("Leurs mails arrivent, mais l’application ne s’est jamais ouverte chez ces personnes.")}
                </p>
                <details class="reach__fold">
                    <summary class="reach__summary">{count}</summary>
                    <div class="stack">{cards(welcome)} {more}</div>
                </details>
            </section>
        }
    });
    view! {
        {section(
            "prevenir",
            "À prévenir",
            "Appelle, ou imprime une lettre. Puis tape « C’est dit » : ton nom reste noté à côté du leur.",
            of(Rank::Tell),
        )}
        {section(
            "corriger",
            "Adresses à corriger",
            "Demande la bonne adresse et donne-la à Administratif, qui tient le registre des membres. Si l’adresse est \
             bonne, un code qui y est reçu et tapé suffit : les mails repartent.",
            of(Rank::Mend),
        )}
        {welcome}
    }
    .into_any()
}
