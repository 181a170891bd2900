//! What is typed for a block, from flat fields, as a form and a command carry them.

use super::{ALT_CAP, HREF_CAP, LABEL_CAP, Link, PIXEL_CAP, Picture, Said, SaidMistake, TEXT_CAP, TITLE_CAP};
use crate::id::PictureId;
use crate::line::{line, lines};

/// What somebody typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub picture: Option<PictureId>,
    pub alt: &'a str,
    /// Pixels.
    pub width: u16,
    pub height: u16,
    pub href: &'a str,
    pub label: &'a str,
}

impl Said {
    /// What it says, or all that is wrong with it.
    pub fn read(typed: Typed<'_>) -> Result<Said, Vec<SaidMistake>> {
        let mut mistakes = Vec::new();
        let (title, text) = (line(typed.title), lines(typed.text));
        if title.is_empty() {
            mistakes.push(SaidMistake::TitleMissing);
        } else if !title.chars().any(char::is_alphanumeric) {
            mistakes.push(SaidMistake::TitleWithoutWords);
        } else if title.chars().count() > TITLE_CAP {
            mistakes.push(SaidMistake::TitleTooLong { cap: TITLE_CAP });
        }
        if text.is_empty() && typed.picture.is_none() {
            mistakes.push(SaidMistake::NothingSaid);
        }
        let long = text.chars().count();
        if long > TEXT_CAP {
            mistakes.push(SaidMistake::TextTooLong { cap: TEXT_CAP, long });
        }
        let picture = typed.picture.map(|id| picture(id, typed, &mut mistakes));
        let link = link(typed, &mut mistakes);
        if mistakes.is_empty() { Ok(Said { title, text, picture, link }) } else { Err(mistakes) }
    }
}

fn picture(id: PictureId, typed: Typed<'_>, mistakes: &mut Vec<SaidMistake>) -> Picture {
    let alt = line(typed.alt);
    if !alt.chars().any(char::is_alphanumeric) {
        mistakes.push(SaidMistake::AltMissing);
    } else if alt.chars().count() > ALT_CAP {
        mistakes.push(SaidMistake::AltTooLong { cap: ALT_CAP });
    }
    if !(1..=PIXEL_CAP).contains(&typed.width) || !(1..=PIXEL_CAP).contains(&typed.height) {
        mistakes.push(SaidMistake::PictureTooLarge { cap: PIXEL_CAP });
    }
    Picture { id, alt, width: typed.width, height: typed.height }
}

fn link(typed: Typed<'_>, mistakes: &mut Vec<SaidMistake>) -> Option<Link> {
    let (href, label) = (typed.href.trim().to_owned(), line(typed.label));
    if href.is_empty() && label.is_empty() {
        return None;
    }
    if href.len() > HREF_CAP {
        mistakes.push(SaidMistake::LinkTooLong { cap: HREF_CAP });
    }
    // Spelt as it is written where it is shown.
    let href = prose::Link::parse(&href).map_or_else(
        || {
            mistakes.push(SaidMistake::LinkNotAllowed);
            String::new()
        },
        |link| link.to_string(),
    );
    if !label.chars().any(char::is_alphanumeric) {
        mistakes.push(SaidMistake::LinkWithoutWords);
    } else if label.chars().count() > LABEL_CAP {
        mistakes.push(SaidMistake::LinkTooLong { cap: LABEL_CAP });
    }
    Some(Link { href, label })
}
