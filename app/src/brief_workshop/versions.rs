//! Two versions of one block: what differs, and which one is kept. And all that was ever written for it.

use domain::brief::{Draft, Run, Said, Written, difference};
use leptos::prelude::*;

use super::form::POSTED_TO;
use crate::french::dates::moment;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// Both versions, side by side where there is room, each with its own way to keep it.
#[component]
pub fn Versions(written: Written) -> impl IntoView {
    let shown = &written.block.said;
    let by = written.drafts.iter().find(|draft| !draft.beside && draft.said == *shown).map(|draft| signed(&written, draft));
    let others = written
        .drafts
        .iter()
        .filter(|draft| draft.beside)
        .map(|draft| {
            let name = written.who(draft.by);
            let (here, there) = (by.clone().unwrap_or_default(), signed(&written, draft));
            view! {
                <div class="versions__pair">
                    <article class="versions__one card" aria-label="La version affichée">
                        <h4 class="card__title">"La version affichée"</h4>
                        <p class="soft">{nb(&here)}</p>
                        {told(shown, &draft.said, true)}
                        {keep(&written, None, "Garder la version affichée")}
                    </article>
                    <article class="versions__one card" aria-label=nb(&format!("La version de {name}"))>
                        <h4 class="card__title">{nb(&format!("La version de {name}"))}</h4>
                        <p class="soft">{nb(&there)}</p>
                        {told(shown, &draft.said, false)}
                        {keep(&written, Some(draft.id), &format!("Garder la version de {name}"))}
                    </article>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="versions">
            <h3 id="versions" tabindex="-1">"Deux versions : règle-les"</h3>
            <p class="soft">
                {nb(
                    "Elles ont été écrites en même temps. Rien n’est perdu : garde l’une, ou écris plus bas celle qui réunit les deux.",
                )}
            </p>
            <p class="versions__key">
                <del>"seulement dans la version affichée"</del>
                <ins>"seulement dans l’autre"</ins>
            </p>
            {others}
        </section>
    }
}

fn signed(written: &Written, draft: &Draft) -> String {
    format!("{}, {}", written.who(draft.by), moment(draft.at, written.now))
}

/// The versions beside that this page shows: nobody settles one that came since.
pub fn seen(written: &Written) -> (&'static str, String) {
    let revisions = written.block.revisions_beside().into_iter().map(|revision| revision.to_string());
    ("vues", revisions.collect::<Vec<_>>().join(" "))
}

fn keep(written: &Written, draft: Option<i64>, words: &str) -> AnyView {
    let (block, base) = (written.block.id.to_string(), written.block.revision.to_string());
    let version = draft.map(|draft| draft.to_string()).unwrap_or_default();
    let of = format!("{block} {version}");
    let with = vec![("page", "bloc".to_owned()), ("block", block), ("base", base), ("version", version), seen(written)];
    let words = nb(words);
    view! {
        <Posted to=POSTED_TO act="garder" of=of with=with>
            <button class="button" type="submit">
                {words}
            </button>
        </Posted>
    }
    .into_any()
}

/// One of two versions, with what the other has not: `before` is the one that is shown.
fn told(before: &Said, after: &Said, is_before: bool) -> AnyView {
    let runs = |old: &str, new: &str| -> Vec<AnyView> {
        difference(old, new)
            .into_iter()
            .filter_map(|run| match run {
                Run::Same(text) => Some(text.into_any()),
                Run::Gone(text) => is_before.then(|| view! { <del>{text}</del> }.into_any()),
                Run::Come(text) => (!is_before).then(|| view! { <ins>{text}</ins> }.into_any()),
            })
            .collect()
    };
    let picture = |said: &Said| said.picture.as_ref().map(|picture| picture.alt.clone()).unwrap_or_default();
    let link = |said: &Said| said.link.as_ref().map(|link| format!("{} ({})", link.label, link.href)).unwrap_or_default();
    let line = |name: &'static str, old: String, new: String| {
        let this = if is_before { &old } else { &new };
        (!this.is_empty()).then(|| {
            view! {
                <p class="versions__line">
                    <b>{name}</b>
                    {runs(&old, &new)}
                </p>
            }
        })
    };
    view! {
        <p class="versions__title">{runs(&before.title, &after.title)}</p>
        <p class="versions__text">{runs(&before.text, &after.text)}</p>
        {line("Image : ", picture(before), picture(after))}
        {line("Lien : ", link(before), link(after))}
    }
    .into_any()
}

/// All that was written, newest first; each can be taken up again.
pub fn drafts(written: &Written, may_edit: bool) -> Option<AnyView> {
    let id = written.block.id;
    let rows = written
        .drafts
        .iter()
        .map(|draft| {
            let again = (may_edit && draft.said != written.block.said).then(|| {
                let href = format!("{POSTED_TO}/bloc/{id}?version={}#ecrire", draft.id);
                let label = nb(&format!("Reprendre la version de {}", signed(written, draft)));
                view! {
                    <a class="button button--quiet" href=href aria-label=label>
                        "Reprendre"
                    </a>
                }
            });
            view! {
                <li>
                    <p class="soft">{nb(&signed(written, draft))}</p>
                    <p class="versions__title">{draft.said.title.clone()}</p>
                    <p class="versions__text">{draft.said.text.clone()}</p>
                    {again}
                </li>
            }
        })
        .collect_view();
    (written.drafts.len() > 1).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="textes">
                <h3 class="visually-hidden" id="textes">"Tout ce qui a été écrit"</h3>
                <details class="history">
                    <summary class="history__head">
                        "Tout ce qui a été écrit"
                        <Icon name="chevron-down"/>
                    </summary>
                    <ol class="versions__all">{rows}</ol>
                </details>
            </section>
        }
        .into_any()
    })
}
