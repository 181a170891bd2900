//! « Oui », « peut-être », « non »: one tap each.

use domain::command::Command;
use domain::event::{Answer, Party};
use domain::id::EventId;
use leptos::prelude::*;

use crate::acts::ActForm;
use crate::french::events::intent;
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook, Icon};

/// What an answer is sent as; who comes along, and what was said of it, stays.
pub fn command_of(event: EventId, answer: Answer, mine: Option<&Party>) -> Command {
    let mine = mine.cloned();
    let (note, diet) = mine.as_ref().map(|party| (party.note.clone(), party.diet.clone())).unwrap_or_default();
    Command::AnswerEvent {
        event,
        answer,
        guests: mine.as_ref().map_or(0, |party| party.guests),
        children: mine.as_ref().map_or(0, |party| party.children),
        note,
        diet,
        hidden: mine.as_ref().is_some_and(|party| party.hidden),
    }
}

/// The word of a button.
pub fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "Oui",
        Answer::Maybe => "Peut-être",
        Answer::No => "Non",
    }
}

#[component]
pub fn Answering(
    event: EventId,
    title: String,
    mine: Option<Party>,
    /// Where the answer shows without WASM.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let given = mine.as_ref().map(|party| party.standing.answer());
    let buttons = [Answer::Yes, Answer::Maybe, Answer::No]
        .into_iter()
        .map(|answer| {
            let on = given == Some(answer);
            let command = command_of(event, answer, mine.as_ref());
            let guests = mine.as_ref().map_or(0, |party| party.guests);
            let (said, label) = (word(answer), nb(&format!("{} : {title}", word(answer))));
            view! {
                <ActForm command=command intent=intent(answer, &title, guests) back=back.clone()>
                    <button class="toggle" type="submit" aria-pressed=if on { "true" } else { "false" } aria-label=label>
                        {on.then(|| view! { <Icon name="check" small=true/> })}
                        {said}
                    </button>
                </ActForm>
            }
        })
        .collect_view();
    let label = nb(&format!("Ma réponse : {title}"));
    view! { <div class="event-answers" role="group" aria-label=label>{buttons}</div> }
}

/// Something that I said about this event is on its way.
fn is_waiting(acts: Acts, event: EventId) -> bool {
    waits(acts, |command| command.event() == Some(event))
}

/// My answer itself is: where it stands is not sure yet.
pub fn answer_waits(acts: Acts, event: EventId) -> bool {
    waits(acts, |command| matches!(command, Command::AnswerEvent { event: about, .. } if *about == event))
}

fn waits(acts: Acts, about: impl Fn(&Command) -> bool) -> bool {
    acts.outbox.with(|outbox| outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(&about)))
}

/// « En attente d’envoi », while something that I said about this event is on its way.
#[component]
pub fn WaitingChip(event: EventId) -> impl IntoView {
    let acts = Acts::expect();
    let waits = Memo::new(move |_| is_waiting(acts, event));
    move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })
}
