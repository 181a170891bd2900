//! « Celle-ci / celle-ci et les suivantes / toutes »: what an edit of one time of a series does to the others.

use serde::{Deserialize, Serialize};

use super::Terms;

/// Which times of a series an edit is for. What is over stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    This,
    /// This one and those after it.
    Following,
    All,
}

/// What an edit changed, but for the times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Text,
    Cover,
    Place,
    Guests,
    Children,
    ForWhom,
    Price,
    Partner,
    Capacity,
}

impl Field {
    pub const ALL: [Field; 10] = [
        Field::Title,
        Field::Text,
        Field::Cover,
        Field::Place,
        Field::Guests,
        Field::Children,
        Field::ForWhom,
        Field::Price,
        Field::Partner,
        Field::Capacity,
    ];

    fn is_same(self, a: &Terms, b: &Terms) -> bool {
        let (one, other) = (&a.details, &b.details);
        match self {
            Field::Title => one.title == other.title,
            Field::Text => one.text == other.text,
            Field::Cover => one.cover == other.cover,
            Field::Place => one.place == other.place,
            Field::Guests => one.guests == other.guests,
            Field::Children => one.children == other.children,
            Field::ForWhom => one.for_whom == other.for_whom,
            Field::Price => one.price == other.price,
            Field::Partner => one.with == other.with,
            Field::Capacity => a.capacity == b.capacity,
        }
    }

    fn copy(self, from: &Terms, to: &mut Terms) {
        let (one, other) = (&from.details, &mut to.details);
        match self {
            Field::Title => other.title.clone_from(&one.title),
            Field::Text => other.text.clone_from(&one.text),
            Field::Cover => other.cover.clone_from(&one.cover),
            Field::Place => other.place.clone_from(&one.place),
            Field::Guests => other.guests = one.guests,
            Field::Children => other.children = one.children,
            Field::ForWhom => other.for_whom = one.for_whom,
            Field::Price => other.price = one.price,
            Field::Partner => other.with.clone_from(&one.with),
            Field::Capacity => to.capacity = from.capacity,
        }
    }
}

/// What somebody changed.
pub fn differing(was: &Terms, is: &Terms) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| !field.is_same(was, is)).collect()
}

/// One time of a series with what was changed of another. What it has of its own, otherwise than the series, it keeps; its
/// times are not looked at.
pub fn carried(one: &Terms, series: &Terms, is: &Terms, fields: &[Field]) -> Terms {
    let mut carried = one.clone();
    for field in fields.iter().filter(|field| field.is_same(one, series)) {
        field.copy(is, &mut carried);
    }
    carried
}
