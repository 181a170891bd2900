//! What anybody reads of the co-op, and who writes it.

use super::Role::{self, *};
use super::{Attempt, Line, ask, line};

/// Write the public pages.
const WRITE_THEM: &[Role] = &[OfCommunication, Employee];

const PAGE: &str = "/communication/pages";

fn text(act: &str, then: &str) -> Attempt {
    let fields = [
        ("page", "histoire".to_owned()),
        ("base", "0".to_owned()),
        ("version", "0".to_owned()),
        ("title", "L’histoire".to_owned()),
        ("description", "Depuis 2016".to_owned()),
        ("text", "# 2016\n\nBonjour.".to_owned()),
        ("puis", then.to_owned()),
    ];
    ask(PAGE, act, &fields)
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    line!("texte of a public page", WRITE_THEM, |_| text("texte", "")),
    line!("publier a public page", WRITE_THEM, |_| text("texte", "publier")),
    line!("publier-texte", WRITE_THEM, |_| text("publier-texte", "")),
    line!("revenir", WRITE_THEM, |_| text("revenir", "")),
    line!("garder a text", WRITE_THEM, |_| text("garder", "")),
    line!("oublier", WRITE_THEM, |_| text("oublier", "")),
    line!("lieu", WRITE_THEM, |_| ask(PAGE, "lieu", &[("base", "0".to_owned()), ("rue", "7, rue du Vieux Moulin".into()), ("commune", "Meythet".into())])),
    line!("the public pages, to whoever writes them", WRITE_THEM, |_| Attempt::Page(PAGE.to_owned())),
    line!("one of them, to whoever writes it", WRITE_THEM, |_| Attempt::Page(format!("{PAGE}/histoire"))),
    line!("how it would look", WRITE_THEM, |_| Attempt::Page(format!("{PAGE}/histoire/apercu"))),
];
