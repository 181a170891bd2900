//! Search in the briefs that a device keeps: French accents, ligatures and plurals do not matter.

use super::{Briefs, Shown};
use crate::id::BriefId;
use crate::words::words;

/// Words ready to be searched in: made once per snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Searched {
    rows: Vec<(BriefId, usize, Vec<String>)>,
}

/// A piece that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub brief: BriefId,
    /// Which piece of it.
    pub piece: usize,
}

impl Searched {
    pub fn of(briefs: &Briefs) -> Searched {
        let row = |brief: BriefId, at: usize, piece: &Shown| (brief, at, words(&said(piece)));
        let rows = briefs.briefs.iter().flat_map(|brief| {
            let id = brief.id;
            brief.pieces.iter().enumerate().map(move |(at, piece)| row(id, at, piece))
        });
        Searched { rows: rows.collect() }
    }
}

/// The pieces in which every word of `typed` begins a word; newest first. Nothing typed finds nothing.
pub fn search(searched: &Searched, typed: &str) -> Vec<Found> {
    let wanted = words(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let answers = |known: &[String]| wanted.iter().all(|word| known.iter().any(|known| known.starts_with(word.as_str())));
    let rows = searched.rows.iter().filter(|(_, _, known)| answers(known));
    rows.map(|(brief, piece, _)| Found { brief: *brief, piece: *piece }).collect()
}

/// What a piece says, without its markup.
pub fn said(piece: &Shown) -> String {
    match piece {
        Shown::Block { group, title, html, picture, .. } => {
            let alt = picture.as_ref().map(|picture| picture.alt.as_str()).unwrap_or_default();
            format!("{group} {title} {} {alt}", without_markup(html))
        }
        Shown::Live { intro, .. } => intro.clone(),
    }
}

/// Our own renderer's HTML has no `>` in its attributes.
fn without_markup(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'")
}
