//! « Entre dans l'application »: who never came, and the mails that ask them in, a wave a day.

use domain::register::{Invitable, WAVE_CAP};
use domain::time::{Instant, paris_day, plus_days};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::filled::Filled;
use super::form::{MEMBERS, NotDone, apart};
use super::{Inviting, register_invitations};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{iso_day, moment};
use crate::french::nb;
use crate::french::register::{card_of, done, number};
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, TextField, Tick};

/// How many addresses a wave has, where nobody says otherwise.
const SIZE: usize = 40;
/// More names than these are not read one by one.
const SHOWN: usize = 300;

#[component]
pub fn InvitationsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_invitations());
    view! {
        <Still title="Inviter à entrer" back=(MEMBERS, "Membres")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Inviting, ApiError>, fait: &str) -> AnyView {
    let Inviting { now, people } = match answer {
        Ok(found) => found,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let waiting = people.iter().filter(|person| person.waits).count();
    let never = people.iter().filter(|person| person.welcomed.is_none()).count();
    let summary = format!(
        "{}, dont {} sans invitation.",
        counted(people.len(), "personne n’est jamais entrée", "personnes ne sont jamais entrées"),
        counted(never, "personne", "personnes")
    );
    if people.is_empty() {
        return view! {
            {said}
            <NotDone/>
            <p>{nb("Toutes celles et tous ceux qui ont une adresse sont déjà entrés dans l’application.")}</p>
        }
        .into_any();
    }
    let rows: Vec<_> = people.iter().take(SHOWN).map(|person| row(person, now)).collect();
    let taking_back = (waiting > 0).then(|| {
        let title = format!("Annuler {} qui attendent", counted(waiting, "invitation", "invitations"));
        view! {
            <Posted to=MEMBERS act="annuler-vagues" of=waiting.to_string() class="stack">
                <button class="button" type="submit">
                    {nb(&title)}
                </button>
            </Posted>
        }
    });
    let planning = (people.len() > waiting).then(|| planning(now, people.len()));
    view! {
        {said}
        <NotDone/>
        <p>{nb(&summary)}</p>
        {planning}
        {taking_back}
        <section class="section section--apart" aria-labelledby="qui">
            <h2 id="qui">"Qui n’est jamais entré"</h2>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn planning(now: Instant, people: usize) -> AnyView {
    let today = paris_day(now);
    let known = vec![("size", SIZE.to_string()), ("from", iso_day(plus_days(today, 1)))];
    let filled = Filled::of("vagues", known);
    let again = filled.ticks("again", "oui");
    // Those who were written to since make it another act.
    let of = format!("{people} {}", now.timestamp() / 60);
    view! {
        <section class="section" aria-labelledby="vagues">
            <h2 id="vagues">"Par vagues"</h2>
            <p class="soft">
                {nb("Un mail par adresse, à 10 h, une vague par jour : qui répond aux questions suit. Qui est entré entre-temps n’est pas invité.")}
            </p>
            <Posted to=MEMBERS act="vagues" of=of class="stack">
                <TextField
                    id="size"
                    name="size"
                    label="Adresses par vague"
                    value=filled.one("size")
                    inputmode="numeric"
                    hint=nb(&format!("{WAVE_CAP} au plus"))
                    error=filled.wrong("amount")
                    required=true
                />
                <TextField
                    id="from"
                    name="from"
                    kind="date"
                    label="Première vague le"
                    value=filled.one("from")
                    error=filled.wrong("on")
                    required=true
                />
                <Tick name="again" value="oui" title="Aussi qui a déjà été invité, sans être entré" checked=again/>
                <button class="button button--main" type="submit">
                    <Icon name="send"/>
                    "Préparer les invitations"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn row(person: &Invitable, now: Instant) -> AnyView {
    let name = format!("{} {}, {}", person.first_name, person.last_name, number(person.number));
    let state = match person.welcomed {
        None => "pas encore invité·e".to_owned(),
        Some(welcomed) => match welcomed.sent_at {
            Some(at) => format!("invité·e {}", moment(at, now)),
            None => format!("un mail part {}", moment(welcomed.due_at, now)),
        },
    };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=card_of(person.id)>
                    {nb(&name)}
                </a>
                <span class="row__soft">{nb(&format!("{} · {state}", person.email))}</span>
            </span>
        </li>
    }
    .into_any()
}
