//! How the co-op makes its brief.

use domain::brief::{Mistake, Workshop};
use leptos::prelude::*;

use super::form::{POSTED_TO, refused, typed};
use super::words::signed;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::{Icon, TextField, Tick};

#[component]
pub fn SettingsForm(workshop: Workshop) -> impl IntoView {
    let back = typed().filter(|typed| typed.one("geste") == "reglages");
    let known = workshop.settings;
    let ticked = |name: &'static str, known: bool| back.as_ref().map_or(known, |back| !back.one(name).is_empty());
    let (second, automatic) = (ticked("deux", known.second_pair), ticked("auto", known.automatic));
    let hour = format!("{:02}:{:02}", known.closes_minute / 60, known.closes_minute % 60);
    let hour = back.as_ref().map_or(hour, |back| back.one("heure").to_owned());
    let bad_hour = if back.is_some() { refused().of_field(|mistake| *mistake == Mistake::BadHour) } else { None };
    let set = workshop.set.as_ref().map(|set| signed(&workshop.who(set.by), set, workshop.now));
    let with = vec![("lundi", iso_day(workshop.brief.monday))];
    view! {
        <section class="section section--apart" aria-labelledby="reglages">
            <h3 class="visually-hidden" id="reglages">"Les réglages"</h3>
            <details class="history" open=back.is_some()>
                <summary class="history__head">
                    "Les réglages"
                    <Icon name="chevron-down"/>
                </summary>
                {set.map(|set| view! { <p class="soft">{nb(&format!("Choisis par {set}"))}</p> })}
                <Posted to=POSTED_TO act="reglages" of="" with=with class="stack">
                    <Tick
                        name="deux"
                        value="oui"
                        title="Deux paires d’yeux"
                        soft=nb("Qui approuve n’est pas qui a demandé la relecture")
                        checked=second
                    />
                    <Tick
                        name="auto"
                        value="oui"
                        title="Jamais de silence"
                        soft=nb("Sans approbation lundi à 7 h, les blocs vivants paraissent seuls")
                        checked=automatic
                    />
                    <TextField
                        id="heure"
                        name="heure"
                        kind="time"
                        label="Bouclage, le dimanche"
                        value=hour
                        error=bad_hour
                        required=true
                    />
                    <button class="button" type="submit">
                        "Enregistrer les réglages"
                    </button>
                </Posted>
            </details>
        </section>
    }
}
