//! What became of an act: held with « Annuler », done, or not possible.

use domain::outbox::{Entry, EntryState};
use domain::outcome::Outcome;
use leptos::prelude::*;

use super::done;
use super::refusal::Refusal;
use crate::french::dates::moment;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::acts::Acts;
use crate::offline::clock;
use crate::offline::store::Store;
use crate::screen::Told;
use crate::ui::UndoBar;

/// How long « C’est fait. » stays on the screen.
const DONE_FOR: std::time::Duration = std::time::Duration::from_secs(10);

/// At the top of every member page: the bar of what is held, the answer of what was sent, and, on
/// a page whose address names an act, what the server stored of it.
#[component]
pub fn ActOutcome(
    /// « Mes actions » has the cards itself.
    #[prop(optional)]
    without_cards: bool,
) -> impl IntoView {
    let acts = Acts::expect();
    let store = Store::expect();
    let told = use_context::<Told>();
    let held = Memo::new(move |_| acts.outbox.with(|outbox| outbox.entries.iter().rev().find(is_held).cloned()));
    let answer = Memo::new(move |_| acts.shown());
    // Said once to whoever listens, whatever is on the screen.
    let said = move || done_sentence(store, answer.get()).or_else(|| told_sentence(told));
    let dismiss = Callback::new(move |()| acts.answered.set(None));
    // What came back with a reason stays, over visits too, until its member has seen it.
    let refusals = Memo::new(move |_| if without_cards { Vec::new() } else { acts.refusals() });
    let card = move || {
        let mut refused = refusals.get().into_iter();
        if let Some(entry) = refused.next() {
            let (id, command) = (entry.id(), entry.command().cloned());
            if let EntryState::Answered { outcome: Outcome::Refused { reason }, .. } = entry.state {
                let seen = Callback::new(move |()| acts.put_away(id));
                let others = refused.count();
                let asked = Some(format!("demandé {}", moment(entry.created_at, store.now.get_untracked())));
                return view! {
                    <Refusal reason=reason wanted=entry.intent command=command asked=asked on_seen=Some(seen)/>
                    {(others > 0).then(|| view! { <More count=others/> })}
                }
                .into_any();
            }
        }
        match told.and_then(Told::outcome).filter(|_| answer.with(Option::is_none)) {
            Some(Outcome::Refused { reason }) => view! { <Refusal reason=reason wanted="Rien n’a changé"/> }.into_any(),
            _ => ().into_any(),
        }
    };
    let bar = move || match held.get() {
        Some(entry) => held_bar(acts, entry).into_any(),
        None => match said() {
            Some(said) => view! { <Done said=said dismiss=dismiss/> }.into_any(),
            None => ().into_any(),
        },
    };
    view! {
        <p class="visually-hidden" role="status">
            {said}
        </p>
        {card}
        {bar}
    }
}

fn is_held(entry: &&Entry) -> bool {
    matches!(entry.state, EntryState::Held { .. })
}

/// What was done, from the act and its answer.
fn done_sentence(store: Store, answer: Option<(Entry, Outcome)>) -> Option<String> {
    let (entry, outcome) = answer?;
    match outcome {
        Outcome::Applied { result } => {
            let command = entry.command()?;
            if entry.parcel.on_behalf_of.is_some() {
                return Some(nb("C’est noté, avec ton nom."));
            }
            store
                .with_seen(|seen| done::sentence(command, &result, Some(seen)))
                .unwrap_or_else(|| done::sentence(command, &result, None))
        }
        Outcome::Refused { .. } => None,
    }
}

/// The same where only the address names the act: its words are not known here.
pub(super) fn told_sentence(told: Option<Told>) -> Option<String> {
    match told?.outcome()? {
        Outcome::Applied { result } if result.closed_loop.is_empty() => Some("C’est fait.".to_owned()),
        Outcome::Applied { .. } => Some("C’est fait. L’échange est conclu.".to_owned()),
        Outcome::Refused { .. } => None,
    }
}

/// « Et 2 autres actions n’ont pas pu se faire »
#[component]
fn More(count: usize) -> impl IntoView {
    let words = if count == 1 {
        "Et une autre action n’a pas pu se faire".to_owned()
    } else {
        format!("Et {} n’ont pas pu se faire", counted(count, "autre action", "autres actions"))
    };
    view! {
        <p>
            <a href="/moi/actions">{nb(&words)}</a>
        </p>
    }
}

#[component]
fn Done(said: String, dismiss: Callback<()>) -> impl IntoView {
    let gone = RwSignal::new(false);
    Effect::new(move |_| {
        let timer = set_timeout_with_handle(
            move || {
                gone.try_set(true);
                dismiss.run(());
            },
            DONE_FOR,
        );
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    view! {
        <Show when=move || !gone.get()>
            <div class="toast" aria-hidden="true">
                <p class="toast__text">{said.clone()}</p>
            </div>
        </Show>
    }
}

fn held_bar(acts: Acts, entry: Entry) -> impl IntoView {
    let EntryState::Held { until } = entry.state else { return ().into_any() };
    let remaining = move || u32::try_from((until - clock::now()).num_seconds().max(0) + 1).unwrap_or(1);
    let left = RwSignal::new(remaining().min(15));
    Effect::new(move |_| {
        let every = set_interval_with_handle(move || left.set(remaining()), std::time::Duration::from_secs(1));
        on_cleanup(move || {
            if let Ok(every) = every {
                every.clear();
            }
        });
    });
    let id = entry.id();
    let undo = Callback::new(move |()| acts.take_back(id));
    view! { <UndoBar text=entry.intent left=left on_undo=undo/> }.into_any()
}
