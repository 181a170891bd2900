//! What I was told, until « Vu ».

use domain::command::Command;
use domain::id::MemberId;
use domain::notice::InboxRow;
use domain::time::Instant;
use domain::view::home::SpokenOf;
use leptos::prelude::*;

use crate::acts::ActForm;
use crate::french::dates::ago;
use crate::french::notices::{Tone, told};
use crate::offline::acts::Acts;
use crate::ui::Icon;

/// Nothing when there is nothing new.
#[component]
pub fn News(inbox: Vec<InboxRow>, spoken_of: SpokenOf, me: MemberId, now: Instant) -> impl IntoView {
    (!inbox.is_empty()).then(|| {
        let rows = inbox.into_iter().map(|row| view! { <Row row=row spoken_of=spoken_of.clone() me=me now=now/> });
        view! {
            <section class="section" aria-labelledby="nouveau">
                <h2 id="nouveau">"Nouveau pour toi"</h2>
                {rows.collect_view()}
            </section>
        }
    })
}

#[component]
fn Row(row: InboxRow, spoken_of: SpokenOf, me: MemberId, now: Instant) -> impl IntoView {
    let told = told(&row.notice, &spoken_of, me);
    let class = match told.tone {
        Tone::Done => "notice notice--done",
        Tone::Info => "notice",
        Tone::Refused => "notice notice--refused",
    };
    let seen = Command::MarkSeen { notice: row.id };
    let acts = Acts::expect();
    let wanted = seen.clone();
    // Gone at once; it comes back if the server says no.
    let leaving = move || acts.is_pending(&wanted);
    let label = format!("Vu : {}", told.title);
    view! {
        <article class=class hidden=leaving>
            <span class="notice__icon">
                <Icon name=told.icon/>
            </span>
            <p class="notice__text">
                <a href=told.link>
                    <strong>{told.title}</strong>
                </a>
                {format!(" {}", told.sentence)}
                <span class="notice__when">{ago(row.at, now)}</span>
            </p>
            <ActForm command=seen intent="Marquer un message comme vu" back="/">
                <button class="button button--soft" type="submit" aria-label=label>
                    "Vu"
                </button>
            </ActForm>
        </article>
    }
}
