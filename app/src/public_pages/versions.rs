//! All that was published of a page, what each version changed, and the way back to it; and one's own text beside another that
//! was published meanwhile.

use domain::brief::{Run, difference};
use domain::procedures::Signed;
use domain::public_page::{Draft, InHand, Said, Version};
use domain::time::{Instant, paris_day};
use leptos::prelude::*;

use super::form::POSTED_TO;
use crate::french::dates::{date_with_year, moment};
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// « Inès D., le 12 nov. à 19 h 40 »; nothing of what came with the app.
pub fn signed(signed: &Signed, now: Instant) -> Option<String> {
    let at = signed.at?;
    let who = signed.by.as_ref().map_or_else(|| "quelqu’un".to_owned(), ToString::to_string);
    Some(format!("{who}, {}", moment(at, now)))
}

/// One's own text was begun before what is read now: both, with what differs, and the two ways on.
pub fn beside(in_hand: &InHand) -> Option<AnyView> {
    let draft = in_hand.behind()?;
    let read = in_hand.versions.first()?;
    let theirs = signed(&read.signed, in_hand.now).unwrap_or_default();
    Some(pair(in_hand, draft, read, theirs))
}

fn pair(in_hand: &InHand, draft: &Draft, read: &Version, theirs: String) -> AnyView {
    let page = in_hand.page;
    let mine = format!("gardé {}", moment(draft.at, in_hand.now));
    let keeping = vec![("page", page.slug().to_owned()), ("base", read.revision.to_string())];
    let forgetting = vec![("page", page.slug().to_owned())];
    view! {
        <section class="section" aria-labelledby="versions">
            <h3 id="versions" tabindex="-1">"Deux versions : règle-les"</h3>
            <p class="soft">
                {nb("Quelqu’un a publié pendant que tu écrivais. Rien n’est perdu : garde ton texte et complète-le, ou oublie-le.")}
            </p>
            <p class="versions__key">
                <del>"seulement dans la version publiée"</del>
                <ins>"seulement dans la tienne"</ins>
            </p>
            <div class="versions__pair">
                <article class="versions__one card" aria-label="La version publiée">
                    <h4 class="card__title">"La version publiée"</h4>
                    <p class="soft">{nb(&theirs)}</p>
                    {told(&read.said, &draft.said, Side::Before)}
                    <Posted to=POSTED_TO act="oublier" of=format!("{page} beside") with=forgetting>
                        <button class="button" type="submit">
                            "Oublier mon texte"
                        </button>
                    </Posted>
                </article>
                <article class="versions__one card" aria-label="La tienne">
                    <h4 class="card__title">"La tienne"</h4>
                    <p class="soft">{nb(&mine)}</p>
                    {told(&read.said, &draft.said, Side::After)}
                    <Posted to=POSTED_TO act="garder" of=page.slug() with=keeping>
                        <button class="button" type="submit">
                            "Garder mon texte"
                        </button>
                    </Posted>
                </article>
            </div>
        </section>
    }
    .into_any()
}

/// Which of two texts is shown, with what the other has not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
    /// Both in one: what went, and what came.
    Both,
}

fn runs(before: &str, after: &str, side: Side) -> Vec<AnyView> {
    difference(before, after)
        .into_iter()
        .filter_map(|run| match run {
            Run::Same(text) => Some(text.into_any()),
            Run::Gone(text) => (side != Side::After).then(|| view! { <del>{text}</del> }.into_any()),
            Run::Come(text) => (side != Side::Before).then(|| view! { <ins>{text}</ins> }.into_any()),
        })
        .collect()
}

fn told(before: &Said, after: &Said, side: Side) -> AnyView {
    view! {
        <p class="versions__title">{runs(&before.title, &after.title, side)}</p>
        <p class="versions__line">{runs(&before.description, &after.description, side)}</p>
        <p class="versions__text">{runs(&before.text, &after.text, side)}</p>
    }
    .into_any()
}

/// All that was published, newest first, each with what it changed.
pub fn history(in_hand: &InHand) -> Option<AnyView> {
    let before = in_hand.versions.iter().skip(1).map(Some).chain([None]);
    let rows: Vec<AnyView> = in_hand
        .versions
        .iter()
        .zip(before)
        .enumerate()
        .map(|(at, (version, before))| row(in_hand, version, before, at > 0))
        .collect();
    (in_hand.versions.len() > 1).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="publies">
                <h3 class="visually-hidden" id="publies">"Tout ce qui a été publié"</h3>
                <details class="history">
                    <summary class="history__head">
                        "Tout ce qui a été publié"
                        <Icon name="chevron-down"/>
                    </summary>
                    <p class="versions__key">
                        <del>"ce qui est parti"</del>
                        <ins>"ce qui est venu"</ins>
                    </p>
                    <ol class="versions__all">{rows}</ol>
                </details>
            </section>
        }
        .into_any()
    })
}

fn row(in_hand: &InHand, version: &Version, before: Option<&Version>, earlier: bool) -> AnyView {
    let by = signed(&version.signed, in_hand.now);
    let head = match (version.signed.at, version.signed.by.as_ref()) {
        (Some(at), Some(by)) => format!("Version {}, publiée le {} par {by}", version.revision, date_with_year(paris_day(at))),
        _ => "Le texte de départ".to_owned(),
    };
    let like = version.like.map(|like| match like {
        0 => "C’est le texte de départ, qui est revenu.".to_owned(),
        like => format!("C’est la version {like}, qui est revenue."),
    });
    let text = match before {
        Some(before) => told(&before.said, &version.said, Side::Both),
        None => told(&version.said, &version.said, Side::After),
    };
    let back = (earlier && in_hand.versions.first().is_some_and(|read| read.said != version.said)).then(|| {
        let page = in_hand.page;
        let with = vec![
            ("page", page.slug().to_owned()),
            ("base", in_hand.revision().to_string()),
            ("version", version.revision.to_string()),
        ];
        let of = format!("{page} {} {}", version.revision, in_hand.revision());
        let label = match by {
            Some(by) => nb(&format!("Revenir à la version {}, de {by}", version.revision)),
            None => "Revenir au texte de départ".to_owned(),
        };
        view! {
            <Posted to=POSTED_TO act="revenir" of=of with=with>
                <button class="button" type="submit" aria-label=label>
                    "Revenir à cette version"
                </button>
            </Posted>
        }
    });
    view! {
        <li>
            <p class="soft">{nb(&head)}</p>
            {like.map(|like| view! { <p class="soft">{nb(&like)}</p> })}
            {text}
            {back}
        </li>
    }
    .into_any()
}
