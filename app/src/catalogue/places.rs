//! The places of the first answers of a search: nodes that are there from the beginning, into which a key writes what is otherwise,
//! and nothing else. On a slow phone a reaction for each word of each row takes longer than the search.

use std::iter;
use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, Node};

use super::thumb::SIDE;

/// An answer as it is shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    pub href: String,
    pub title: String,
    pub soft: String,
    pub price: String,
    pub initial: String,
    /// Where its small photo is, if there is one.
    pub picture: Option<String>,
}

/// One of the rows that wait for an answer.
pub fn place() -> impl IntoView {
    view! {
        <li class="row product-row" hidden=true>
            <span class="thumb" aria-hidden="true">
                <img class="thumb__picture" loading="lazy" decoding="async" alt="" width=SIDE height=SIDE/>
            </span>
            <span class="row__body">
                <a class="row__link row__title"></a>
                <span class="row__soft"></span>
            </span>
            <strong class="product-row__price"></strong>
        </li>
    }
}

/// Writes answers into these places of a list, and again whenever they are others. Where there is not even a first one the list is
/// kept away, and the first places stay as they are: the next key has the less to write. In the browser alone.
pub fn fill(list: NodeRef<html::Ul>, which: Range<usize>, answers: Memo<Vec<Answer>>) {
    Effect::new(move |places: Option<Vec<Place>>| {
        let mut places = places.unwrap_or_default();
        if places.is_empty()
            && let Some(list) = list.get()
        {
            let rows = iter::successors(list.first_element_child(), Element::next_element_sibling);
            places = rows.skip(which.start).take(which.len()).filter_map(Place::of).collect();
        }
        answers.with(|answers| {
            if !answers.is_empty() || which.start > 0 {
                places.iter_mut().enumerate().for_each(|(nth, place)| place.show(answers.get(nth)));
            }
        });
        places
    });
}

/// The nodes of a place, by what is written in them.
struct Place {
    row: Element,
    thumb: Element,
    picture: Element,
    link: Element,
    title: Node,
    soft: Node,
    price: Node,
    hidden: bool,
    /// What was written last.
    written: Option<Answer>,
}

impl Place {
    /// Of a row that `place` made.
    fn of(row: Element) -> Option<Place> {
        let thumb = row.first_element_child()?;
        let picture = thumb.first_element_child()?;
        let body = thumb.next_element_sibling()?;
        let link = body.first_element_child()?;
        let (soft, price) = (text_of(&link.next_element_sibling()?)?, text_of(&body.next_element_sibling()?)?);
        let title = text_of(&link)?;
        set(&row, "hidden", Some(""));
        set(&picture, "src", None);
        Some(Place { row, thumb, picture, link, title, soft, price, hidden: true, written: None })
    }

    fn show(&mut self, answer: Option<&Answer>) {
        if self.hidden != answer.is_none() {
            self.hidden = answer.is_none();
            set(&self.row, "hidden", self.hidden.then_some(""));
        }
        let Some(answer) = answer.filter(|answer| self.written.as_ref() != Some(*answer)) else { return };
        let before = self.written.replace(answer.clone());
        let is_other = |of: TextOf| before.as_ref().is_none_or(|before| of(before) != of(answer));
        if is_other(|answer| &answer.href) {
            set(&self.link, "href", Some(&answer.href));
        }
        if is_other(|answer| &answer.initial) {
            set(&self.thumb, "data-initial", Some(&answer.initial));
        }
        if before.as_ref().is_none_or(|before| before.picture != answer.picture) {
            set(&self.picture, "src", answer.picture.as_deref());
        }
        let texts: [(&Node, TextOf); 3] =
            [(&self.title, |answer| &answer.title), (&self.soft, |answer| &answer.soft), (&self.price, |answer| &answer.price)];
        for (node, of) in texts.into_iter().filter(|(_, of)| is_other(*of)) {
            node.set_node_value(Some(of(answer)));
        }
    }
}

type TextOf = fn(&Answer) -> &String;

/// The one text in an element: its words change, and no node comes or goes.
fn text_of(element: &Element) -> Option<Node> {
    element.set_text_content(Some(" "));
    element.first_child()
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
