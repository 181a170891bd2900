//! One assembly in the hands of those who prepare it: what it says, what is voted on, who keeps it; members are called from here.
//! Once it is over, what it adopted goes to the register, and those it elected have their mandates.

use domain::assembly::{AssemblyInHand, Called, Role, TELLERS, Verdict};
use domain::id::AssemblyId;
use domain::procedures::Fields;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::form::{CALLED, PREPARE, apart};
use super::heads::{head, ways};
use super::one_assembly;
use super::papers::{documents, itself, resolutions};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::{cap, done, quorum_rule, role};
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::governance::fields::{choice, line};
use crate::governance::form::{DECISION, MANDATES, NotDone, came_back};
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, Tick};
use crate::visit::Assets;

#[component]
pub fn PreparingPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("assembly")).and_then(|id| id.parse().ok()).unwrap_or(AssemblyId(Uuid::nil()));
    let asked = Asked::new_blocking(id, one_assembly);
    view! {
        <Still title="Préparer l’assemblée" back=(PREPARE, "Les assemblées")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<AssemblyInHand, ApiError>, fait: &str) -> AnyView {
    let in_hand = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let (assembly, hands) = (&in_hand.assembly, in_hand.hands);
    let stage = &assembly.stage;
    let (planned, over) = (stage.is_planned(), stage.is_closed());
    let goes_on = planned || stage.is_convoked() || stage.is_open();
    let terms = assembly.terms;
    let called = if planned { u32::try_from(in_hand.people.len()).unwrap_or(u32::MAX) } else { assembly.attendance.called };
    let preparing = hands.prepares.then(|| {
        view! {
            {planned.then(|| itself(&in_hand))}
            {resolutions(&in_hand)}
            {documents(&in_hand, goes_on)}
            {goes_on.then(|| roles(&in_hand))}
            {planned.then(|| calling(&in_hand))}
        }
    });
    view! {
        {head(assembly.kind, &assembly.title, (assembly.starts_at, assembly.place.as_str()), stage)}
        {ways(&hands, assembly.id, stage, PREPARE)}
        {said}
        <NotDone/>
        <p>{quorum_rule(&terms, called)} " " {cap(terms.proxies)}</p>
        {(!planned).then(|| called_so(&in_hand))}
        {preparing}
        {over.then(|| leaving(&in_hand))}
        {(hands.prepares && (planned || stage.is_convoked())).then(|| cancelling(&in_hand))}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

/// How members were called, in figures.
fn called_so(in_hand: &AssemblyInHand) -> AnyView {
    let Called { mails_sent, mails_waiting, mails_failed, letters_printed, letters_to_print, handed } = in_hand.called;
    let left = mails_waiting + mails_failed + letters_to_print;
    let all = usize::try_from(in_hand.called.all()).unwrap_or(usize::MAX);
    let said = format!(
        "{} : {mails_sent} par mail, {letters_printed} par lettre, {handed} en main propre.",
        counted(all, "membre convoqué", "membres convoqués")
    );
    let waiting = (left > 0).then(|| {
        let parts = [
            (mails_waiting, "mail en route", "mails en route"),
            (mails_failed, "mail qui n’est pas parti", "mails qui ne sont pas partis"),
            (letters_to_print, "lettre à imprimer", "lettres à imprimer"),
        ];
        let said = parts.into_iter().filter(|(count, ..)| *count > 0);
        let said = said.map(|(count, one, many)| counted(usize::try_from(count).unwrap_or(usize::MAX), one, many));
        view! { <p class="soft">{nb(&format!("Il reste {}.", listed(&said.collect::<Vec<_>>(), 3)))}</p> }
    });
    let href = format!("{CALLED}/{}", in_hand.assembly.id);
    let way = in_hand.hands.calls.then(|| view! { <p><a class="button button--fill" href=href>"Voir les convocations"</a></p> });
    view! {
        <section class="section" aria-labelledby="convoques">
            <h3 id="convoques">"La convocation"</h3>
            <p>{nb(&said)}</p>
            {waiting}
            {way}
        </section>
    }
    .into_any()
}

fn roles_typed(in_hand: &AssemblyInHand) -> Fields {
    let one = |wanted| in_hand.assembly.in_role(wanted).next().map(|member| member.to_string()).unwrap_or_default();
    let mut fields = typed(vec![("preside", one(Role::Chair)), ("secretaire", one(Role::Secretary))]);
    let tellers = in_hand.assembly.in_role(Role::Teller);
    fields.0.extend(tellers.map(|member| ("scrutateur".to_owned(), member.to_string())));
    fields
}

/// The chair, the secretary, the tellers.
fn roles(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let known = roles_typed(in_hand);
    let filled = Filled::of("roles", "", known.clone());
    let people = || {
        let mut people = vec![(String::new(), "Personne encore".to_owned())];
        people.extend(
            in_hand.people.iter().map(|person| (person.id.to_string(), format!("{} {}", person.first_name, person.last_name))),
        );
        people
    };
    let chair = choice(&filled, "roles", ("preside", role(Role::Chair)), "Ouvre et clôt l’assemblée, et chaque vote", people());
    let secretary = choice(
        &filled,
        "roles",
        ("secretaire", role(Role::Secretary)),
        "Prépare avec le comité, écrit le procès-verbal",
        people(),
    );
    let ticked = came_back("roles", "").unwrap_or(known);
    // Those who have it first: the list is long.
    let is_teller = |id: &str| ticked.all("scrutateur").any(|known| known == id);
    let mut rows: Vec<(String, String)> = people().into_iter().skip(1).collect();
    rows.sort_by_key(|(id, _)| !is_teller(id));
    let tellers: Vec<_> = rows
        .into_iter()
        .map(|(id, name)| {
            let checked = is_teller(&id);
            view! { <li><Tick name="scrutateur" value=id title=nb(&name) checked=checked/></li> }
        })
        .collect();
    let with = vec![("assemblee", id.clone())];
    let least =
        nb(&format!("{TELLERS} au moins, ni la présidence ni le secrétariat. Ils accueillent à l’entrée et comptent les votes."));
    let words: Vec<String> = [Role::Chair, Role::Secretary, Role::Teller]
        .into_iter()
        .map(|wanted| {
            let names: Vec<String> = in_hand.assembly.in_role(wanted).map(|member| in_hand.full_name(member)).collect();
            let names = if names.is_empty() { "personne encore".to_owned() } else { names.join(", ") };
            format!("{} : {names}", role(wanted))
        })
        .collect();
    let words: Vec<_> = words.iter().map(|line| view! { <li>{nb(line)}</li> }).collect();
    view! {
        <section class="section section--apart" aria-labelledby="roles">
            <h3 id="roles">"Qui tient l’assemblée"</h3>
            <ul class="workshop__lines">{words}</ul>
            <details class="history" open=filled.back>
                <summary class="history__head">
                    "Nommer"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=PREPARE act="roles" of=id with=with class="stack">
                    {chair}
                    {secretary}
                    <fieldset class="field">
                        <legend class="field__label">{role(Role::Teller)}</legend>
                        <p class="field__hint">{least}</p>
                        <ul class="assembly__people">{tellers}</ul>
                    </fieldset>
                    <button class="button button--main" type="submit">
                        "Enregistrer"
                    </button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}

/// It cannot be undone: what members read then is what they vote on.
fn calling(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let with = vec![("assemblee", id.clone())];
    let notice = counted(usize::from(in_hand.assembly.terms.notice_d), "jour", "jours");
    let said = format!(
        "Chaque membre reçoit un mail, ou une lettre à imprimer s’il n’a pas d’adresse. Le préavis est de {notice}. Ensuite la date, l’ordre du jour et \
         les résolutions ne changent plus."
    );
    view! {
        <section class="section section--apart" aria-labelledby="convoquer">
            <h3 id="convoquer">"Convoquer"</h3>
            <p>{nb(&said)}</p>
            <Posted to=PREPARE act="convoquer" of=id with=with class="stack">
                <Tick name="sur-de-moi" value="oui" title=nb("Oui, convoquer tous les membres maintenant") required=true/>
                <button class="button button--main" type="submit">
                    "Convoquer les membres"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn cancelling(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let filled = Filled::of("annuler", "", typed(Vec::new()));
    let word = line(&filled, "annuler", "mot", "Pourquoi", "text", "Les membres convoqués lisent ce mot");
    let with = vec![("assemblee", id.clone())];
    view! {
        <section class="section section--apart no-print" aria-labelledby="annuler">
            <h3 id="annuler">"Annuler"</h3>
            <details class="history" open=filled.back>
                <summary class="history__head">
                    "Annuler l’assemblée, avec un mot"
                    <Icon name="chevron-down"/>
                </summary>
                <p class="soft">{nb("Pour une autre date, annule celle-ci et prévois-en une autre : le préavis repart.")}</p>
                <Posted to=PREPARE act="annuler" of=id with=with class="stack">
                    {word}
                    <button class="button" type="submit">
                        "Annuler l’assemblée"
                    </button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}

/// What it decided is written where it holds.
fn leaving(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let adopted: Vec<_> = in_hand
        .resolutions
        .iter()
        .filter(|known| known.resolution.result.as_ref().is_some_and(|counted| counted.verdict == Verdict::Adopted))
        .collect();
    let rows: Vec<_> = adopted
        .iter()
        .map(|known| {
            let title = nb(&known.resolution.title);
            if known.recorded {
                let href = format!("{DECISION}/{}", known.resolution.id);
                view! { <li><a class="group__link" href=href>{title}</a>", au registre"</li> }.into_any()
            } else {
                view! { <li>{title}", pas encore au registre"</li> }.into_any()
            }
        })
        .collect();
    let none = rows.is_empty().then(|| view! { <p class="soft">{nb("Aucune résolution n’a été adoptée.")}</p> });
    let to_record = in_hand.hands.committee && adopted.iter().any(|known| !known.recorded);
    let with = vec![("assemblee", id.clone())];
    let of = id.clone();
    let record = to_record.then(|| {
        view! {
            <Posted to=PREPARE act="inscrire" of=of with=with>
                <button class="button button--fill" type="submit">
                    "Inscrire au registre des décisions"
                </button>
            </Posted>
        }
    });
    view! {
        <section class="section section--apart" aria-labelledby="suites">
            <h3 id="suites">"Les suites"</h3>
            <ul class="workshop__lines">{rows}</ul>
            {none}
            {record}
            {seating(in_hand)}
        </section>
    }
    .into_any()
}

fn seating(in_hand: &AssemblyInHand) -> Option<AnyView> {
    let counted_votes = in_hand.assembly.election()?.result.as_ref()?;
    let (elected, left) = counted_votes.verdict.elected();
    if elected.is_empty() || left > 0 {
        return None;
    }
    let id = in_hand.assembly.id.to_string();
    let names: Vec<String> = elected
        .iter()
        .map(|member| {
            let word = if in_hand.seated.contains(member) { " (mandat enregistré)" } else { "" };
            format!("{}{word}", in_hand.full_name(*member))
        })
        .collect();
    let names: Vec<_> = names.iter().map(|name| view! { <li>{nb(name)}</li> }).collect();
    let waiting = elected.iter().any(|member| !in_hand.seated.contains(member));
    let free = nb(&format!("{} ce jour-là.", counted(in_hand.free_seats, "siège libre", "sièges libres")));
    let with = vec![("assemblee", id.clone())];
    let form = (in_hand.hands.keeps_mandates && waiting).then(|| {
        view! {
            <p class="soft">{free}</p>
            <Posted to=PREPARE act="installer" of=id with=with class="stack">
                <Tick
                    name="sortants"
                    value="oui"
                    title=nb("Finir les mandats des sortant·es ce jour-là")
                    soft=nb("Quand tout le comité est renouvelé, ou que quelqu’un d’élu y siège déjà")
                />
                <button class="button button--fill" type="submit">
                    "Enregistrer les mandats"
                </button>
            </Posted>
        }
    });
    Some(
        view! {
            <h4>"Les personnes élues"</h4>
            <ul class="workshop__lines">{names}</ul>
            {form}
            <p><a class="button button--quiet" href=MANDATES>"Voir tous les mandats"</a></p>
        }
        .into_any(),
    )
}
