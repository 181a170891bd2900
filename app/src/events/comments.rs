//! Words under an event: one after the other, written offline too, removed by their author and by the group.

use std::sync::Arc;

use domain::command::Command;
use domain::event::COMMENT_CAP;
use domain::id::{CommandId, CommentId, EventId};
use domain::time::Instant;
use domain::view::event::{Moving, Word};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::dates::ago;
use crate::french::nb;
use crate::offline::store::Store;
use crate::shifts::shift_card::of;
use crate::ui::focus_title;

#[component]
pub fn Comments(event: EventId, moving: Memo<Moving>, now: Instant) -> impl IntoView {
    let words = Memo::new(move |_| moving.with(|moving| moving.comments.clone()));
    let list = move || {
        let words = words.get();
        let rows = words.into_iter().map(|word| comment(word, event, now)).collect::<Vec<_>>();
        (!rows.is_empty()).then(|| view! { <ul class="event-words">{rows}</ul> })
    };
    view! {
        <section class="section section--apart" aria-labelledby="mots">
            <h2 id="mots">"Ce qu’on en dit"</h2>
            {list}
            {writing(event)}
        </section>
    }
}

fn comment(word: Word, event: EventId, now: Instant) -> impl IntoView {
    let Word { id, by, at, text, removable } = word;
    let name = by.to_string();
    let label = nb(&format!("Retirer le commentaire {}", of(&name)));
    let intent = label.clone();
    let remove = removable.then(|| {
        let command = Command::RemoveComment { comment: id, event };
        let then = Callback::new(|_: CommandId| focus_title());
        view! {
            <ActForm command=command intent=intent back=format!("/sortie/{event}") then=then>
                <button class="button button--quiet" type="submit" aria-label=label>"Retirer"</button>
            </ActForm>
        }
    });
    view! {
        <li class="event-word">
            <p class="event-word__head">
                <span class="seat" aria-hidden="true">{by.initials()}</span>
                <strong>{name}</strong>
                <span class="soft">{ago(at, now)}</span>
            </p>
            <p class="event-word__text">{text}</p>
            {remove}
        </li>
    }
}

fn writing(event: EventId) -> impl IntoView {
    let store = Store::expect();
    let read: Read = Arc::new(move |data: &FormData| {
        let command = Command::CommentEvent { comment: CommentId(Uuid::nil()), event, text: value(data, "text")? };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    // Its text is the input, its id is made when it is sent.
    let command = Command::CommentEvent { comment: CommentId(Uuid::nil()), event, text: String::new() };
    view! {
        <ActForm command=command intent="" back=format!("/sortie/{event}") read=read again=true class="stack">
            <div class="field">
                <label class="field__label" for="mot-text">"Ajouter un mot"</label>
                <textarea
                    class="field__input"
                    id="mot-text"
                    name="text"
                    rows="3"
                    required
                    maxlength=COMMENT_CAP.to_string()
                    aria-describedby="mot-text-aide"
                ></textarea>
                <span class="field__hint" id="mot-text-aide">"Tous les membres le lisent."</span>
            </div>
            <button class="button button--fill" type="submit">"Envoyer"</button>
        </ActForm>
    }
}
