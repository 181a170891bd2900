//! What is asked for: things to bring, work to be done, each so many times.

use std::fmt::Display;

use domain::event::{BringItem, Claims, HelperPost};
use domain::id::EventId;
use leptos::prelude::*;

use super::form::{POSTED_TO, came_back};
use super::repeating::scope_fields;
use crate::french::nb;
use crate::procedures::form::Posted;

/// Lines for what is not asked for yet.
const EMPTY: usize = 3;

/// One line of a list: the id of what is known, its name, how many. Ids say what the page showed, emptied lines' too: nothing else
/// goes.
type Line = (String, String, String);

/// Both lists, as one form; of a series, they are those of all that come.
pub fn wanted(event: EventId, in_series: bool, items: &[BringItem], posts: &[HelperPost]) -> AnyView {
    let items = lines("item", items.iter().map(|item| known(item.id, &item.label, &item.claims)).collect());
    let posts = lines("poste", posts.iter().map(|post| known(post.id, &post.label, &post.claims)).collect());
    let items = rows("item", "À apporter", items);
    let posts = rows("poste", "Coups de main", posts);
    let scope = came_back("listes").map_or_else(|| "toutes".to_owned(), |back| back.one("portee").to_owned());
    let scope = scope_fields(in_series, &scope);
    let of = event.to_string();
    let with = vec![("event", of.clone())];
    view! {
        <section class="section section--apart no-print" aria-labelledby="listes">
            <h3 id="listes">"Qui apporte quoi, qui aide"</h3>
            <p class="soft">{nb("Une ligne vidée s’en va, si personne ne l’a prise.")}</p>
            <Posted to=POSTED_TO act="listes" of=of with=with class="stack">
                {items}
                {posts}
                {scope}
                <button class="button" type="submit">
                    "Enregistrer les listes"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn known(id: impl Display, label: &str, claims: &Claims) -> Line {
    (id.to_string(), label.to_owned(), claims.of.to_string())
}

/// What came back, or what is known and some empty lines.
fn lines(kind: &str, known: Vec<Line>) -> Vec<Line> {
    let Some(typed) = came_back("listes") else {
        return known.into_iter().chain((0..EMPTY).map(|_| Line::default())).collect();
    };
    let (ids, labels, counts) = (kind.to_owned(), format!("{kind}-nom"), format!("{kind}-combien"));
    let all = |name: &str| typed.all(name).map(ToOwned::to_owned).collect::<Vec<String>>();
    let (ids, labels, counts) = (all(&ids), all(&labels), all(&counts));
    ids.into_iter().zip(labels).zip(counts).map(|((id, label), count)| (id, label, count)).collect()
}

fn rows(kind: &'static str, title: &'static str, lines: Vec<Line>) -> AnyView {
    let rows: Vec<_> = lines
        .into_iter()
        .enumerate()
        .map(|(at, (id, label, count))| {
            let (named, counted) = (format!("{title}, ligne {}", at + 1), format!("Combien, ligne {}", at + 1));
            view! {
                <div class="organised__line">
                    <input type="hidden" name=kind value=id/>
                    <input class="field__input" name=format!("{kind}-nom") value=label maxlength="80" aria-label=nb(&named)/>
                    <input
                        class="field__input organised__count"
                        name=format!("{kind}-combien")
                        value=count
                        inputmode="numeric"
                        placeholder="1"
                        aria-label=nb(&counted)
                    />
                </div>
            }
        })
        .collect();
    view! {
        <fieldset class="stack">
            <legend class="field__label">{title}</legend>
            <div class="organised__line soft small" aria-hidden="true">
                <span>"Quoi"</span>
                <span class="organised__count">"Combien"</span>
            </div>
            {rows}
        </fieldset>
    }
    .into_any()
}
