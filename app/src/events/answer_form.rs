//! My answer, whole: who comes along, what we eat, what the organisers should know. What is said before it is said here.

use std::sync::Arc;

use domain::command::{Command, NOTE_CAP};
use domain::event::{Answer, DIET_CAP, Details, Party, Placed, Times};
use domain::id::EventId;
use domain::time::Instant;
use domain::view::event::{KnownEvent, Moving};
use leptos::prelude::*;
use web_sys::FormData;

use super::answering::{WaitingChip, answer_waits, command_of};
use super::clash::Clash;
use super::company::company;
use super::event_card::AnswerChip;
use crate::acts::{ActForm, Read, number, value};
use crate::french::events::{changeable, effect, expected, how_many, intent, placed};
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::ui::{EffectLine, EffectLook, TextField, Tick};

/// What the form is made from: where the rest moves, what is being typed stays.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    answer: Option<Answer>,
    guests: u8,
    children: u8,
    note: String,
    diet: String,
    hidden: bool,
    open: bool,
}

impl Given {
    fn of(moving: &Moving) -> Given {
        let mine = moving.mine.as_ref();
        let party = |look: fn(&Party) -> u8| mine.map_or(0, |mine| look(&mine.party));
        let text = |look: fn(&Party) -> &str| mine.map(|mine| look(&mine.party).to_owned()).unwrap_or_default();
        Given {
            answer: mine.map(|mine| mine.answer()),
            guests: party(|party| party.guests),
            children: party(|party| party.children),
            note: text(|party| party.note.as_str()),
            diet: text(|party| party.diet.as_str()),
            hidden: mine.is_some_and(|mine| mine.party.hidden),
            open: moving.open,
        }
    }
}

#[component]
pub fn MyAnswer(known: KnownEvent, moving: Memo<Moving>, now: Instant) -> impl IntoView {
    // Of what is over, nothing is said where nothing was answered.
    let shows = Memo::new(move |_| moving.with(|moving| moving.on || moving.mine.is_some()));
    move || shows.get().then(|| section(known.clone(), moving, now))
}

fn section(known: KnownEvent, moving: Memo<Moving>, now: Instant) -> impl IntoView {
    let (acts, id) = (Acts::expect(), known.id);
    let waits = Memo::new(move |_| answer_waits(acts, id));
    let stands = Memo::new(move |_| moving.with(|moving| moving.mine.as_ref().map(|mine| mine.placed)));
    let clash = Memo::new(move |_| moving.with(|moving| moving.clash.clone()));
    let given = Memo::new(move |_| moving.with(Given::of));
    let on = Memo::new(move |_| moving.with(|moving| moving.on));
    let many = move || {
        let said = move || moving.with(|moving| how_many(moving.seats, moving.free, moving.waiting));
        on.get().then(|| view! { <p class="soft">{said}</p> })
    };
    let head = move || {
        stands.get().map(|stands| {
            let said = move || {
                let (party, left) =
                    moving.with(|moving| (moving.mine.as_ref().map_or(1, |mine| mine.party.seats()), moving.free));
                nb(&if waits.get() { expected(stands) } else { placed(stands, party, left) })
            };
            let over = !on.get();
            let said = (!over).then(|| view! { <p>{said}</p> });
            view! {
                <div class="event__stands">
                    <AnswerChip event=id mine=Some(stands) over=over/>
                    {said}
                </div>
            }
        })
    };
    let late = {
        let title = known.details.title.clone();
        move || still(moving, id, &title)
    };
    let name = {
        let title = known.details.title.clone();
        move || naming(moving, id, &title)
    };
    let form = move || on.get().then(|| form(&known, given.get(), moving, now));
    view! {
        <section class="section" aria-labelledby="ma-reponse">
            <h2 id="ma-reponse">"Ma réponse"</h2>
            {many}
            {head}
            <WaitingChip event=id/>
            {move || view! { <Clash clash=clash.get()/> }}
            {late}
            {form}
            {name}
        </section>
    }
}

/// What helps others may be done after the closing time too: a seat is given up, and whoever waits takes one that is free.
fn still(moving: Memo<Moving>, event: EventId, title: &str) -> Option<AnyView> {
    let (mine, open, on) = moving.with(|moving| (moving.mine.clone(), moving.open, moving.on));
    let mine = mine.filter(|_| on)?;
    let back = format!("/sortie/{event}");
    let act = |answer: Answer, words: &'static str, class: &'static str| {
        let command = command_of(event, answer, Some(&mine.party));
        view! {
            <ActForm command=command intent=intent(answer, title, mine.party.guests) back=back.clone()>
                <button class=class type="submit">{words}</button>
            </ActForm>
        }
    };
    let takes = matches!(mine.placed, Placed::Waiting { free, .. } if free > 0)
        .then(|| act(Answer::Yes, "Prendre la place qui s’est libérée", "button button--main"));
    let leaves = (!open && mine.answer() == Answer::Yes).then(|| act(Answer::No, "Je ne viens plus", "button"));
    (takes.is_some() || leaves.is_some()).then(|| view! { <div class="card__acts">{takes} {leaves}</div> }.into_any())
}

/// Whether I am named stays my own business once the answers are closed.
fn naming(moving: Memo<Moving>, event: EventId, title: &str) -> Option<AnyView> {
    let (mine, open) = moving.with(|moving| (moving.mine.clone(), moving.on && moving.open));
    let mine = mine.filter(|mine| !open && mine.party.cares())?;
    let then = Party { hidden: !mine.party.hidden, ..mine.party.clone() };
    let (words, wants) = match then.hidden {
        true => ("Ne plus montrer mon prénom", format!("Ne plus montrer ton prénom : « {title} »")),
        false => ("Montrer mon prénom", format!("Montrer ton prénom : « {title} »")),
    };
    let command = command_of(event, mine.answer(), Some(&then));
    let form = view! {
        <ActForm command=command intent=nb(&wants) back=format!("/sortie/{event}")>
            <button class="button" type="submit">{words}</button>
        </ActForm>
    };
    Some(form.into_any())
}

fn form(known: &KnownEvent, given: Given, moving: Memo<Moving>, now: Instant) -> AnyView {
    let (event, details, times) = (known.id, known.details.clone(), known.times);
    if !given.open {
        let said = nb("Les réponses sont closes. Pour un changement, écris un mot plus bas.");
        return view! { <p class="soft">{said}</p> }.into_any();
    }
    let title = details.title.clone();
    let read: Read = Arc::new(move |data: &FormData| {
        let answer = match value(data, "answer")?.as_str() {
            "yes" => Answer::Yes,
            "maybe" => Answer::Maybe,
            "no" => Answer::No,
            _ => return None,
        };
        let guests = number(data, "guests").unwrap_or(0);
        let command = Command::AnswerEvent {
            event,
            answer,
            guests,
            children: number(data, "children").unwrap_or(0),
            note: value(data, "note").unwrap_or_default(),
            diet: value(data, "diet").unwrap_or_default(),
            hidden: value(data, "hidden").is_some(),
        };
        Some((command, intent(answer, &title, guests)))
    });
    let comes_to = move || moving.with(|moving| effect(moving.free, moving.waiting));
    let (answered, until) = (given.answer.is_some(), until(&times, now, given.answer.is_some()));
    // Its fields are the inputs.
    let command = command_of(event, Answer::Yes, None);
    let fields = fields(&details, &given);
    view! {
        <ActForm command=command intent="" back=format!("/sortie/{event}") read=read class="stack">
            {choices(given.answer)}
            {fields}
            <EffectLine look=EffectLook::Info icon="info">{comes_to}</EffectLine>
            <button class="button button--main" type="submit">
                {if answered { "Changer ma réponse" } else { "Répondre" }}
            </button>
            <p class="field__hint">{until}</p>
        </ActForm>
    }
    .into_any()
}

fn until(times: &Times, now: Instant, answered: bool) -> String {
    changeable(times.closes_at, now, answered)
}

fn choices(given: Option<Answer>) -> impl IntoView {
    let choice = |answer: Answer, value: &'static str, title: &'static str, soft: &'static str| {
        let on = given == Some(answer);
        view! { <Tick kind="radio" name="answer" value=value title=title soft=nb(soft) checked=on required=true/> }
    };
    view! {
        <fieldset class="event__choices">
            <legend class="field__label">"Est-ce que tu viens ?"</legend>
            {choice(Answer::Yes, "yes", "Oui", "Je viens : ma place est prise")}
            {choice(Answer::Maybe, "maybe", "Peut-être", "Sans place gardée ; je suis au courant des changements")}
            {choice(Answer::No, "no", "Non", "Je ne viens pas")}
        </fieldset>
    }
}

fn fields(details: &Details, given: &Given) -> impl IntoView + use<> {
    // Whoever has more already may keep that.
    let most = details.guests.max(given.guests);
    let of_them = if details.children { details.guests.max(given.children) } else { given.children };
    let company = company((most, given.guests), (of_them, given.children));
    let (note, diet, hidden) = (given.note.clone(), given.diet.clone(), given.hidden);
    view! {
        {company}
        <TextField
            id="reponse-diet"
            name="diet"
            label="Ce que vous mangez, ou pas"
            hint=nb("Sans lait, végétarien… Pour l’équipe qui organise. Facultatif")
            value=diet
            maxlength=u16::try_from(DIET_CAP).unwrap_or(u16::MAX)
            autocomplete="off"
        />
        <TextField
            id="reponse-note"
            name="note"
            label="Un mot pour l’équipe"
            hint="Elle seule le lit. Facultatif"
            value=note
            maxlength=u16::try_from(NOTE_CAP).unwrap_or(u16::MAX)
            autocomplete="off"
        />
        <Tick
            name="hidden"
            value="true"
            title="Ne pas afficher mon prénom"
            soft="L’équipe qui organise sait que tu viens ; les autres voient seulement le nombre"
            checked=hidden
        />
    }
}
