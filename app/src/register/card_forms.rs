//! What the office types of a card: who it is, what they have learnt, their recurring seat, their way in.

use domain::calendar::SkillLabel;
use domain::office::Found;
use domain::register::{ADDRESS_CAP, Arriving, Card, NAME_CAP, OpenSeat};
use leptos::prelude::*;

use super::filled::Filled;
use super::form::MEMBERS;
use super::new_page::as_typed;
use super::stages::stages;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::french::register::{number, open_seat, regular_seat};
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon, TextField, Tick};

fn cap(cap: usize) -> u16 {
    u16::try_from(cap).unwrap_or(u16::MAX)
}

/// Who it is, and how they are reached.
pub fn fields(filled: &Filled) -> AnyView {
    let rhythm = |value: &'static str, title: &'static str, soft: &'static str| {
        let checked = filled.ticks("rhythm", value);
        view! { <Tick kind="radio" name="rhythm" value=value title=title soft=soft checked=checked/> }
    };
    view! {
        <TextField
            id="first_name"
            name="first_name"
            label="Prénom"
            value=filled.one("first_name")
            autocomplete="off"
            hint=filled.hint("first_name", "")
            error=filled.wrong("first_name")
            maxlength=cap(NAME_CAP)
            required=true
        />
        <TextField
            id="last_name"
            name="last_name"
            label="Nom"
            value=filled.one("last_name")
            autocomplete="off"
            hint=filled.hint("last_name", "")
            error=filled.wrong("last_name")
            maxlength=cap(NAME_CAP)
            required=true
        />
        <TextField
            id="email"
            name="email"
            kind="email"
            label="E-mail"
            value=filled.one("email")
            autocomplete="off"
            hint=filled.hint("email", "Un couple peut en partager un. Rien : on ne pourra pas lui écrire")
            error=filled.wrong("email")
        />
        <TextField
            id="phone"
            name="phone"
            kind="tel"
            label="Téléphone"
            value=filled.one("phone")
            autocomplete="off"
            hint=filled.hint("phone", "")
            error=filled.wrong("phone")
        />
        <TextField
            id="address"
            name="address"
            label="Adresse postale"
            value=filled.one("address")
            autocomplete="off"
            hint=filled.hint("address", "Pour les courriers : le bureau seul la voit")
            error=filled.wrong("address")
            maxlength=cap(ADDRESS_CAP)
        />
        <TextField
            id="joined_on"
            name="joined_on"
            kind="date"
            label="Membre à partir du"
            value=filled.one("joined_on")
            hint=filled.hint("joined_on", "")
            error=filled.wrong("on")
            required=true
        />
        <fieldset class="field">
            <legend class="field__label">"Comment il ou elle vient"</legend>
            {rhythm("regular", "Fixe", "Une place dans le cycle")}
            {rhythm("floating", "Volant·e", "Choisit à chaque cycle")}
        </fieldset>
    }
    .into_any()
}

/// What they have learnt, of all that is taught.
pub fn skills_to_tick(filled: &Filled, skills: &[SkillLabel]) -> AnyView {
    if skills.is_empty() {
        return ().into_any();
    }
    let ticks: Vec<_> = skills
        .iter()
        .map(|label| {
            let slug = label.skill.as_str().to_owned();
            let checked = filled.ticks("skills", &slug);
            view! { <Tick name="skills" value=slug title=label.label.clone() checked=checked/> }
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend class="field__label">"Ce qu’il ou elle a appris"</legend>
            {ticks}
        </fieldset>
    }
    .into_any()
}

/// Changes the card, as it was at this revision.
pub fn editing(card: &Card) -> AnyView {
    let filled = Filled::of("modifier", as_typed(&card.written, card.revision));
    let (inside, learnt) = (fields(&filled), skills_to_tick(&filled, &card.skills));
    let id = card.id.to_string();
    let of = format!("{id} {}", filled.one("base"));
    let with = vec![("member", id), ("base", filled.one("base"))];
    let open = filled.back;
    view! {
        <details class="history section--apart" open=open id="modifier">
            <summary class="history__head">
                "Modifier la fiche"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=MEMBERS act="modifier" of=of with=with class="stack">
                {inside}
                {learnt}
                <button class="button button--main" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// Their place in the cycle, and another one.
pub fn seat(card: &Card, seats: &[OpenSeat]) -> AnyView {
    let now = match &card.regular {
        Some(seat) => format!("Place fixe : {}.", regular_seat(seat)),
        None => "Pas de place fixe : choisit à chaque cycle.".to_owned(),
    };
    let learnt = &card.written.skills;
    let fits = |seat: &&OpenSeat| {
        let lead = !seat.lead || learnt.contains(&domain::members::Skill::lead());
        lead && seat.skill.as_ref().is_none_or(|skill| learnt.contains(skill))
    };
    let options: Vec<_> = seats
        .iter()
        .filter(fits)
        .map(|seat| {
            let value = format!("{}~{}", seat.template, seat.position);
            let words = match &seat.skill {
                Some(skill) => format!("{} ({skill})", open_seat(seat)),
                None => open_seat(seat),
            };
            view! { <option value=value>{nb(&words)}</option> }
        })
        .collect();
    let id = card.id.to_string();
    let with = vec![("member", id.clone())];
    let wrong = Filled::of("place", Vec::new()).wrong("place");
    view! {
        <section class="section section--apart" aria-labelledby="place-fixe">
            <h3 id="place-fixe">"Sa place fixe"</h3>
            <p>{nb(&now)}</p>
            <details class="history">
                <summary class="history__head">
                    "Changer"
                    <Icon name="chevron-down"/>
                </summary>
                <p class="soft">
                    {nb("Ce qui est déjà au planning reste ; sur les vacations déjà préparées, la nouvelle place est prise là où elle est libre.")}
                </p>
                <Posted to=MEMBERS act="place" of=id with=with class="stack">
                    <Field id="place" label="Place" error=wrong>
                        <select class="field__input" id="place" name="place">
                            <option value="">"Aucune : volant·e"</option>
                            {options}
                        </select>
                    </Field>
                    <button class="button button--fill" type="submit">
                        "Donner cette place"
                    </button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}

/// What the office notes of somebody's way in.
pub fn arriving(card: &Card, way: &Arriving, sponsors: &[Found]) -> AnyView {
    let id = card.id.to_string();
    let today = domain::time::paris_day(card.now);
    let presented = way.stages.iter().any(|stage| stage.step == domain::register::Step::Presentation && stage.done);
    let options: Vec<_> = sponsors
        .iter()
        .map(|found| {
            let words = format!("{} {}, {}", found.last_name, found.first_name, number(found.number));
            view! {
                <option value=found.member.to_string() selected=card.sponsor == Some(found.member)>
                    {nb(&words)}
                </option>
            }
        })
        .collect();
    let with = || vec![("member", id.clone())];
    let presenting = (!presented).then(|| {
        let wrong = Filled::of("presente", Vec::new()).wrong("on");
        view! {
            <Posted to=MEMBERS act="presente" of=id.clone() with=with() class="cluster">
                <Field id="presente-le" label="Venu·e à une réunion d’accueil le" error=wrong>
                    <input
                        class="field__input"
                        id="presente-le"
                        type="date"
                        name="on"
                        required
                        max=iso_day(today)
                        value=iso_day(today)
                    />
                </Field>
                <button class="button button--fill" type="submit">
                    "Noter"
                </button>
            </Posted>
        }
    });
    view! {
        <section class="section section--apart" aria-labelledby="parcours">
            <h3 id="parcours">"Son arrivée"</h3>
            {stages(way)}
            {presenting}
            <Posted to=MEMBERS act="marraine" of=id.clone() with=with() class="cluster">
                <Field id="marraine" label="Qui l’accueille">
                    <select class="field__input" id="marraine" name="sponsor">
                        <option value="">"Personne encore"</option>
                        {options}
                    </select>
                </Field>
                <button class="button button--fill" type="submit">
                    "Noter"
                </button>
            </Posted>
            <Posted to=MEMBERS act="arrive" of=id.clone() with=with()>
                <button class="button" type="submit">
                    {nb("C’est fini : plus rien à suivre")}
                </button>
            </Posted>
        </section>
    }
    .into_any()
}
