//! How a page's text is laid out: its parts, what is written in them, and where the data speak.

use super::amounts::{AMOUNTS, Amount, amounts, is_row};
use super::said::{Mistake, has_words};
use crate::words::folded;

/// The longest heading of a part, in characters.
pub const HEADING_CAP: usize = 120;
/// The longest anchor, in bytes.
const ANCHOR_CAP: usize = 60;
/// Anchors that belong to the page itself.
const OURS: [&str; 1] = ["contenu"];

/// What the data say where a line « [[…]] » names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Live {
    /// The picture of who decides what.
    Organisation,
    /// The working groups, with what each is for.
    Groups,
    /// When the shop is open, today and in the week, and when it is closed.
    Hours,
    /// Where it is, and how to reach it.
    Address,
    /// The next public presentation, with the way to come.
    Presentation,
}

impl Live {
    pub const ALL: [Live; 5] = [Live::Organisation, Live::Groups, Live::Hours, Live::Address, Live::Presentation];

    /// As it is written between the brackets.
    pub const fn name(self) -> &'static str {
        match self {
            Live::Organisation => "organisation",
            Live::Groups => "groupes",
            Live::Hours => "horaires",
            Live::Address => "adresse",
            Live::Presentation => "présentation",
        }
    }

    /// Whatever its capitals and accents.
    pub fn named(name: &str) -> Option<Live> {
        let wanted = anchor(name);
        Live::ALL.into_iter().find(|live| anchor(live.name()) == wanted)
    }
}

/// A piece of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Markdown whose own headings begin at the first level; HTML once it is [`rendered`](Outline::rendered).
    Prose(String),
    Live(Live),
    /// Amounts of the text's own, to be drawn.
    Amounts(Vec<Amount>),
}

/// A part of the page under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its anchor, like no other on the page.
    pub id: String,
    pub heading: String,
    pub parts: Vec<Part>,
}

/// A text laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// What comes before the first heading.
    pub lead: Vec<Part>,
    pub sections: Vec<Section>,
}

impl Outline {
    /// With what is written as it is shown.
    pub fn rendered(mut self, render: impl Fn(&str) -> String) -> Outline {
        let of_sections = self.sections.iter_mut().flat_map(|section| section.parts.iter_mut());
        for part in self.lead.iter_mut().chain(of_sections) {
            if let Part::Prose(prose) = part {
                *prose = render(prose);
            }
        }
        self
    }
}

/// What a line is.
enum Line<'a> {
    /// From the first level on.
    Heading {
        level: usize,
        words: &'a str,
    },
    /// Between the brackets.
    Piece(&'a str),
    Text,
}

/// Each line with what it is; inside a fence of code everything is text.
fn walk(text: &str) -> Vec<(&str, Line<'_>)> {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let kind = match (fence, mark) {
            (None, Some(_)) => {
                fence = mark;
                Line::Text
            }
            (Some(open), _) => {
                if mark == Some(open) {
                    fence = None;
                }
                Line::Text
            }
            (None, None) => heading(line).or_else(|| piece(line)).unwrap_or(Line::Text),
        };
        lines.push((line, kind));
    }
    lines
}

fn heading(line: &str) -> Option<Line<'_>> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    ((1..=6).contains(&level) && apart).then(|| Line::Heading { level, words: rest.trim().trim_end_matches('#').trim_end() })
}

fn piece(line: &str) -> Option<Line<'_>> {
    line.trim().strip_prefix("[[")?.strip_suffix("]]").map(|name| Line::Piece(name.trim()))
}

/// A heading is shown without marks of emphasis.
fn plain(words: &str) -> String {
    words.chars().filter(|letter| !matches!(letter, '*' | '`')).collect::<String>().trim().to_owned()
}

/// The small letters and figures of a text, word by word.
pub(super) fn spelled(words: &str) -> Vec<String> {
    let small: String = words.chars().flat_map(char::to_lowercase).flat_map(folded).collect();
    small.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Where a part is on its page: « ou-nous-trouver ».
pub fn anchor(heading: &str) -> String {
    let mut anchor = spelled(heading).join("-");
    anchor.truncate(ANCHOR_CAP);
    let anchor = anchor.trim_end_matches('-');
    if anchor.is_empty() { "partie".to_owned() } else { anchor.to_owned() }
}

/// Lays a text out. What names no data is shown as it was typed.
pub fn outline(text: &str) -> Outline {
    let lines = walk(text);
    let mut laying = Laying::default();
    let mut at = 0;
    while let Some((line, kind)) = lines.get(at) {
        at += 1;
        match kind {
            Line::Heading { level: 1, words } => laying.begin(words),
            // A part's heading is the page's second level: what stands below comes up by one.
            Line::Heading { .. } => laying.write(&line[1..]),
            Line::Piece(name) => {
                let table = table_after(&lines, at);
                match (Live::named(name), amounts_of(name, &lines, table.clone())) {
                    (Some(live), _) => laying.put(Part::Live(live)),
                    (None, Some(Ok(drawn))) if !drawn.is_empty() => {
                        laying.put(Part::Amounts(drawn));
                        at = table.end;
                    }
                    (None, _) => laying.write(line),
                }
            }
            Line::Text => laying.write(line),
        }
    }
    laying.flush();
    laying.outline
}

/// The rows of the table that follows, after empty lines.
fn table_after(lines: &[(&str, Line<'_>)], from: usize) -> std::ops::Range<usize> {
    let start = from + lines[from..].iter().take_while(|(line, _)| line.trim().is_empty()).count();
    start..start + lines[start..].iter().take_while(|(line, _)| is_row(line)).count()
}

/// Where amounts are asked for: those of the table, or its row that says none.
fn amounts_of(name: &str, lines: &[(&str, Line<'_>)], table: std::ops::Range<usize>) -> Option<Result<Vec<Amount>, usize>> {
    let asked = anchor(name) == AMOUNTS;
    asked.then(|| amounts(&lines[table].iter().map(|(line, _)| *line).collect::<Vec<_>>()))
}

#[derive(Default)]
struct Laying {
    outline: Outline,
    prose: String,
}

impl Laying {
    fn write(&mut self, line: &str) {
        self.prose.push_str(line);
        self.prose.push('\n');
    }

    fn put(&mut self, part: Part) {
        self.flush();
        self.parts().push(part);
    }

    fn begin(&mut self, words: &str) {
        self.flush();
        let heading = plain(words);
        let wanted = anchor(&heading);
        let taken = |id: &str| OURS.contains(&id) || self.outline.sections.iter().any(|section| section.id == id);
        let numbered = (1..).map(|nth| if nth == 1 { wanted.clone() } else { format!("{wanted}-{nth}") });
        let id = numbered.into_iter().find(|id| !taken(id)).unwrap_or_default();
        self.outline.sections.push(Section { id, heading, parts: Vec::new() });
    }

    fn flush(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        if !prose.trim().is_empty() {
            self.parts().push(Part::Prose(prose.trim_matches('\n').to_owned()));
        }
    }

    fn parts(&mut self) -> &mut Vec<Part> {
        let Outline { lead, sections } = &mut self.outline;
        sections.last_mut().map_or(lead, |section| &mut section.parts)
    }
}

/// All that keeps a text from being laid out as it was meant.
pub fn faults(text: &str) -> Vec<Mistake> {
    let lines = walk(text);
    let (mut mistakes, mut seen, mut above) = (Vec::new(), Vec::new(), 0);
    for (at, (_, kind)) in lines.iter().enumerate() {
        let line = at + 1;
        match kind {
            Line::Heading { level, words } => {
                if !has_words(words) {
                    mistakes.push(Mistake::HeadingWithoutWords { line });
                } else if plain(words).chars().count() > HEADING_CAP {
                    mistakes.push(Mistake::HeadingTooLong { line, cap: HEADING_CAP });
                }
                if *level > above + 1 {
                    mistakes.push(Mistake::HeadingSkips { line });
                }
                above = *level;
            }
            Line::Piece(name) => {
                let table = table_after(&lines, at + 1);
                let first = table.start;
                match (Live::named(name), amounts_of(name, &lines, table)) {
                    (Some(live), _) if seen.contains(&live) => {
                        mistakes.push(Mistake::PieceTwice { line, name: live.name().to_owned() });
                    }
                    (Some(live), _) => {
                        if above == 0 {
                            mistakes.push(Mistake::PieceAlone { line, name: live.name().to_owned() });
                        }
                        seen.push(live);
                    }
                    (None, Some(Ok(drawn))) if drawn.is_empty() => mistakes.push(Mistake::AmountsMissing { line }),
                    (None, Some(Ok(_))) => {}
                    (None, Some(Err(row))) => mistakes.push(Mistake::AmountUnreadable { line: first + row + 1 }),
                    (None, None) => mistakes.push(Mistake::PieceUnknown { line, name: (*name).to_owned() }),
                }
            }
            Line::Text => {}
        }
    }
    mistakes
}
