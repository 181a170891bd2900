//! What Distribution types, as it was typed, and what it says: read alike by the page that shows it
//! again with what is wrong, and by the use case that keeps it.

use chrono::{NaiveDate, NaiveTime};

use crate::id::MemberId;
use crate::sheet::tenths;
use crate::time::plus_days;

/// The most lines of a checklist.
pub const LINES_CAP: usize = 40;
/// The longest line, in characters.
pub const LINE_CAP: usize = 160;
/// The longest name of a list, a fridge, a supplier or a key, in characters.
pub const NAME_CAP: usize = 60;
/// The longest advice, or « what », in characters.
const TEXT_CAP: usize = 280;
/// The longest text about the alarm, in characters.
pub const ALARM_CAP: usize = 600;
/// No fridge has a limit beyond, in tenths of a degree.
const FARTHEST: i16 = 500;
/// What is further ahead is a slip of the finger. Days.
const AHEAD_D: u64 = 366;

/// Names and values of a form, in order; a name may come several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value under a name, without spaces around; empty where there is none.
    pub fn one<'a>(&'a self, name: &'a str) -> &'a str {
        self.all(name).next().unwrap_or_default()
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }
}

/// What is wrong with what was typed; each belongs to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    NameMissing,
    NameTooLong,
    NoDay,
    NoHour,
    NoLines,
    TooManyLines,
    LineTooLong { line: usize },
    BadDay,
    TooEarly { first: NaiveDate },
    TooFar,
    BadDegrees,
    LimitsCrossed,
    AdviceMissing,
    TextTooLong,
    NobodyChosen,
}

fn name_of(fields: &Fields, name: &str) -> Result<String, Mistake> {
    let text = fields.one(name);
    match text.chars().count() {
        0 => Err(Mistake::NameMissing),
        long if long > NAME_CAP => Err(Mistake::NameTooLong),
        _ => Ok(text.to_owned()),
    }
}

fn day_of(fields: &Fields, name: &str, first: NaiveDate) -> Result<NaiveDate, Mistake> {
    let day: NaiveDate = fields.one(name).parse().map_err(|_| Mistake::BadDay)?;
    if day < first {
        return Err(Mistake::TooEarly { first });
    }
    if day > plus_days(first, AHEAD_D) {
        return Err(Mistake::TooFar);
    }
    Ok(day)
}

/// Every mistake, or the value: nobody corrects a form three times.
fn gathered<T>(value: Option<T>, mistakes: Vec<Mistake>) -> Result<T, Vec<Mistake>> {
    match value {
        Some(value) if mistakes.is_empty() => Ok(value),
        _ => Err(mistakes),
    }
}

/// Keeps the value, or notes what is wrong.
fn noted<T>(read: Result<T, Mistake>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    read.map_err(|mistake| mistakes.push(mistake)).ok()
}

/// A version of a checklist that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListDraft {
    pub name: String,
    pub weekdays: Vec<i16>,
    pub clocks: Vec<NaiveTime>,
    pub lines: Vec<String>,
    pub from: NaiveDate,
}

impl ListDraft {
    /// From `nom`, `jour`, `heure`, `lignes` and `des`; of a day from `first` on.
    pub fn parse(fields: &Fields, first: NaiveDate) -> Result<ListDraft, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let name = noted(name_of(fields, "nom"), &mut mistakes);
        let mut weekdays: Vec<i16> =
            fields.all("jour").filter_map(|day| day.parse().ok()).filter(|day| (0..7).contains(day)).collect();
        weekdays.dedup();
        if weekdays.is_empty() {
            mistakes.push(Mistake::NoDay);
        }
        let mut clocks: Vec<NaiveTime> = fields.all("heure").filter_map(clock_of).collect();
        clocks.dedup();
        if clocks.is_empty() {
            mistakes.push(Mistake::NoHour);
        }
        let lines: Vec<String> =
            fields.one("lignes").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        match lines.len() {
            0 => mistakes.push(Mistake::NoLines),
            many if many > LINES_CAP => mistakes.push(Mistake::TooManyLines),
            _ => {}
        }
        if let Some(at) = lines.iter().position(|line| line.chars().count() > LINE_CAP) {
            mistakes.push(Mistake::LineTooLong { line: at + 1 });
        }
        let from = noted(day_of(fields, "des", first), &mut mistakes);
        gathered(name.zip(from).map(|(name, from)| ListDraft { name, weekdays, clocks, lines, from }), mistakes)
    }
}

fn clock_of(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

/// A fridge's name, limits in tenths of a degree, and what to do beyond them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FridgeDraft {
    pub name: String,
    pub low: i16,
    pub high: i16,
    pub advice: String,
}

impl FridgeDraft {
    /// From `nom`, `min`, `max` and `conseil`.
    pub fn parse(fields: &Fields) -> Result<FridgeDraft, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let degrees = |name: &str| tenths(fields.one(name)).filter(|tenths| tenths.abs() <= FARTHEST).ok_or(Mistake::BadDegrees);
        let name = noted(name_of(fields, "nom"), &mut mistakes);
        let limits = degrees("min").and_then(|low| {
            let high = degrees("max")?;
            if low <= high { Ok((low, high)) } else { Err(Mistake::LimitsCrossed) }
        });
        let limits = noted(limits, &mut mistakes);
        let advice = match fields.one("conseil") {
            "" => Err(Mistake::AdviceMissing),
            text if text.chars().count() > TEXT_CAP => Err(Mistake::TextTooLong),
            text => Ok(text.to_owned()),
        };
        let advice = noted(advice, &mut mistakes);
        let whole = name.zip(limits).zip(advice);
        gathered(whole.map(|((name, (low, high)), advice)| FridgeDraft { name, low, high, advice }), mistakes)
    }
}

/// A delivery that will come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub on: NaiveDate,
    pub supplier: String,
    pub what: String,
}

impl Expected {
    /// From `le`, `chez` and `quoi`; from today on.
    pub fn parse(fields: &Fields, today: NaiveDate) -> Result<Expected, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let on = noted(day_of(fields, "le", today), &mut mistakes);
        let supplier = noted(name_of(fields, "chez"), &mut mistakes);
        let what = fields.one("quoi").to_owned();
        if what.chars().count() > TEXT_CAP {
            mistakes.push(Mistake::TextTooLong);
        }
        gathered(on.zip(supplier).map(|(on, supplier)| Expected { on, supplier, what }), mistakes)
    }
}

/// A key's label and who has it, from `cle` and `qui`.
pub fn key_of(fields: &Fields) -> Result<(String, MemberId), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let label = noted(name_of(fields, "cle"), &mut mistakes);
    let holder = noted(fields.one("qui").parse().map_err(|_| Mistake::NobodyChosen), &mut mistakes);
    gathered(label.zip(holder), mistakes)
}

/// What is said of the alarm, from `alarme`; empty, nothing is.
pub fn alarm_of(fields: &Fields) -> Result<String, Vec<Mistake>> {
    let text = fields.one("alarme");
    if text.chars().count() > ALARM_CAP { Err(vec![Mistake::TextTooLong]) } else { Ok(text.to_owned()) }
}

/// A new list's short name: its letters and figures, without accents.
pub fn slug_of(name: &str) -> String {
    let plain = |letter: char| match letter {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other if other.is_ascii_alphanumeric() => other,
        _ => '-',
    };
    let dashed: String = name.to_lowercase().chars().map(plain).collect();
    let slug = dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "liste".to_owned() } else { slug }
}
