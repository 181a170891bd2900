//! What an organiser does with an event: it comes out, does not take place, takes place after all, is made again; and a word
//! to those who answered.

use domain::event::{Event, Overview, PLACE_CAP, State};
use domain::procedures::Fields;
use domain::time::Instant;
use leptos::prelude::*;

use super::fields::wall;
use super::form::{POSTED_TO, came_back, refused};
use super::repeating::scope_fields;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon, TextField, in_textarea};

/// What can be done with it as it stands.
pub fn steps(overview: &Overview) -> AnyView {
    let (event, now) = (&overview.event, overview.as_of);
    let in_series = overview.rule.is_some();
    let to_come = event.terms.times.ends_at > now;
    let first = match event.state {
        State::Draft | State::Scheduled { .. } => publishing(event, in_series),
        State::Cancelled { .. } if event.terms.times.starts_at > now => restoring(event),
        _ => ().into_any(),
    };
    let off = matches!(event.state, State::Cancelled { .. } | State::Removed { .. });
    let cancelling = (!off && (to_come || event.state.is_draft())).then(|| cancelling(event, in_series));
    let writing = (!event.state.is_draft()).then(|| writing(overview));
    view! {
        <section class="section section--apart no-print" aria-labelledby="agir">
            <h3 id="agir">"Ce qu’on en fait"</h3>
            {first}
            {writing}
            {cancelling}
            {again(event)}
        </section>
    }
    .into_any()
}

/// What names the event in a form about it.
fn of(event: &Event) -> Vec<(&'static str, String)> {
    vec![("event", event.id.to_string())]
}

/// What came back of a form, and what is wrong with one of its fields.
fn back(act: &str, field: &str) -> (Option<Fields>, Option<String>) {
    let back = came_back(act);
    let wrong = if back.is_some() { refused().of_field(field) } else { None };
    (back, wrong)
}

fn typed_in(back: Option<&Fields>, name: &str) -> String {
    back.map(|fields| fields.one(name).to_owned()).unwrap_or_default()
}

fn publishing(event: &Event, in_series: bool) -> AnyView {
    let (back, wrong) = back("publier", "quand");
    let scheduled = match event.state {
        State::Scheduled { at } => wall(at),
        _ => String::new(),
    };
    let when = back.as_ref().map_or(scheduled, |back| back.one("quand").to_owned());
    let open = !when.is_empty() || wrong.is_some();
    let chosen = typed_in(back.as_ref(), "portee");
    let (scope, scope_later) = (scope_fields(in_series, &chosen), scope_fields(in_series, &chosen));
    // An hour that is typed is of a form of its own: Enter there publishes then, and not now.
    view! {
        <Posted to=POSTED_TO act="publier" of=event.id.to_string() with=of(event) class="stack">
            {scope}
            <button class="button button--main" type="submit" name="maintenant" value="oui">
                "Publier maintenant"
            </button>
        </Posted>
        <details class="history" open=open>
            <summary class="history__head">
                "Publier plus tard"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act="publier" of=format!("{}/heure", event.id) with=of(event) class="stack">
                {scope_later}
                <TextField
                    id="quand"
                    name="quand"
                    kind="datetime-local"
                    label="Elle paraît toute seule"
                    value=when
                    hint=nb("À l’heure de Paris")
                    error=wrong
                    required=true
                />
                <button class="button" type="submit">
                    "Publier à cette heure"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn restoring(event: &Event) -> AnyView {
    view! {
        <Posted to=POSTED_TO act="retablir" of=event.id.to_string() with=of(event)>
            <button class="button button--main" type="submit">
                "Elle a lieu, finalement"
            </button>
        </Posted>
    }
    .into_any()
}

fn cancelling(event: &Event, in_series: bool) -> AnyView {
    let (back, wrong) = back("annuler", "mot");
    let word = typed_in(back.as_ref(), "mot");
    let scope = scope_fields(in_series, &typed_in(back.as_ref(), "portee"));
    let draft = event.state.is_draft();
    let head = if draft { "Jeter le brouillon" } else { "Annuler, avec un mot" };
    let hint = if draft { "Facultatif : personne ne l’a vue" } else { "Qui a répondu lit ce mot" };
    let cap = u16::try_from(PLACE_CAP).unwrap_or(u16::MAX);
    view! {
        <details class="history" open=back.is_some()>
            <summary class="history__head">
                {head}
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act="annuler" of=event.id.to_string() with=of(event) class="stack">
                {scope}
                <TextField
                    id="mot-annuler"
                    name="mot"
                    label="Pourquoi"
                    value=word
                    hint=nb(hint)
                    error=wrong
                    maxlength=cap
                />
                <button class="button" type="submit">
                    {head}
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn writing(overview: &Overview) -> AnyView {
    let (back, wrong) = back("message", "mot");
    let word = typed_in(back.as_ref(), "mot");
    let described = if wrong.is_some() { "mot-message-faux mot-message-aide" } else { "mot-message-aide" };
    let invalid = wrong.is_some().then_some("true");
    let event = &overview.event;
    view! {
        <details class="history" open=back.is_some()>
            <summary class="history__head">
                "Écrire à qui a répondu"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act="message" of=event.id.to_string() with=of(event) class="stack">
                <Field
                    id="mot-message"
                    label="Ton mot"
                    hint=nb("À qui a dit oui ou peut-être, ou attend")
                    error=wrong
                >
                    <textarea
                        class="field__input"
                        id="mot-message"
                        name="mot"
                        rows="4"
                        maxlength="1000"
                        aria-describedby=described
                        aria-invalid=invalid
                    >
                        {in_textarea(&word)}
                    </textarea>
                </Field>
                <button class="button" type="submit">
                    "Envoyer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn again(event: &Event) -> AnyView {
    view! {
        <Posted to=POSTED_TO act="refaire" of=event.id.to_string() with=of(event)>
            <button class="button button--quiet" type="submit">
                "Refaire : une copie, en brouillon"
            </button>
        </Posted>
    }
    .into_any()
}

/// Who did what, newest first.
pub fn history(overview: &Overview) -> AnyView {
    let now: Instant = overview.as_of;
    let lines: Vec<_> = overview
        .acts
        .iter()
        .map(|acted| {
            let who = overview.names.get(&acted.by).map(ToString::to_string).unwrap_or_default();
            let line =
                format!("{who} {}, {}", crate::french::organising::act(&acted.what), crate::french::dates::moment(acted.at, now));
            view! { <li>{nb(&line)}</li> }
        })
        .collect();
    view! {
        <details class="history section--apart no-print">
            <summary class="history__head">
                "Qui a fait quoi"
                <Icon name="chevron-down"/>
            </summary>
            <ul class="workshop__lines">{lines}</ul>
        </details>
    }
    .into_any()
}
