//! The register as a list: searched, and cut down to those who need something.

use serde::{Deserialize, Serialize};

use super::{Status, Step};
use crate::catalogue::Cents;
use crate::id::MemberId;
use crate::import::key;
use crate::members::Rhythm;
use crate::time::Instant;

/// So many are shown at once.
pub const PAGE_LINES: usize = 50;

/// How much of a share is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paid {
    None,
    Partly {
        left: Cents,
    },
    Whole,
    /// They left, and it is to be given back.
    ToRefund {
        cents: Cents,
    },
    Refunded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    #[serde(default)]
    pub phone: Option<String>,
    pub status: Status,
    pub rhythm: Rhythm,
    pub employee: bool,
    pub share: Paid,
    /// Of the association this year.
    pub insured: bool,
    /// A device of theirs was there once.
    pub signed_in: bool,
    /// On their way in: what comes next.
    #[serde(default)]
    pub next: Option<Step>,
    #[serde(default)]
    pub stuck: bool,
    /// Asks to be erased.
    #[serde(default)]
    pub erasing: bool,
}

/// Of whom the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    There,
    Arriving,
    Uninsured,
    ShareDue,
    NeverSignedIn,
    WithoutAddress,
    Regular,
    Floating,
    Leaving,
    Left,
    ToRefund,
    All,
}

impl Filter {
    pub const ALL: [Filter; 12] = [
        Filter::There,
        Filter::Arriving,
        Filter::Uninsured,
        Filter::ShareDue,
        Filter::NeverSignedIn,
        Filter::WithoutAddress,
        Filter::Regular,
        Filter::Floating,
        Filter::Leaving,
        Filter::Left,
        Filter::ToRefund,
        Filter::All,
    ];

    /// As an address names it.
    pub const fn slug(self) -> &'static str {
        match self {
            Filter::There => "membres",
            Filter::Arriving => "arrivent",
            Filter::Uninsured => "non-assures",
            Filter::ShareDue => "part-due",
            Filter::NeverSignedIn => "jamais-entres",
            Filter::WithoutAddress => "sans-adresse",
            Filter::Regular => "fixes",
            Filter::Floating => "volants",
            Filter::Leaving => "partent",
            Filter::Left => "partis",
            Filter::ToRefund => "a-rembourser",
            Filter::All => "tous",
        }
    }

    /// Whoever writes nothing, or something else, sees those who are there.
    pub fn named(slug: &str) -> Filter {
        Filter::ALL.into_iter().find(|filter| filter.slug() == slug).unwrap_or(Filter::There)
    }

    pub fn keeps(self, line: &Line) -> bool {
        let there = line.status.is_there();
        match self {
            Filter::There => there,
            Filter::Arriving => there && line.next.is_some(),
            Filter::Uninsured => there && !line.insured && !line.employee,
            Filter::ShareDue => there && !line.employee && matches!(line.share, Paid::None | Paid::Partly { .. }),
            Filter::NeverSignedIn => there && !line.signed_in,
            Filter::WithoutAddress => there && line.email.is_empty(),
            Filter::Regular => there && line.rhythm == Rhythm::Regular,
            Filter::Floating => there && line.rhythm == Rhythm::Floating,
            Filter::Leaving => matches!(line.status, Status::Leaving { .. }),
            Filter::Left => matches!(line.status, Status::Left { .. } | Status::Erased),
            Filter::ToRefund => matches!(line.share, Paid::ToRefund { .. }),
            Filter::All => true,
        }
    }
}

/// Those who answer to what was typed, a name, a number, an address or a phone number.
pub fn found<'a>(lines: &'a [Line], filter: Filter, typed: &str) -> Vec<&'a Line> {
    let words = key(typed);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let number = typed.trim().trim_start_matches(['n', 'N', '°', ' ']).parse::<i32>().ok();
    let answers = |line: &Line| {
        let said = key(&format!("{} {} {}", line.first_name, line.last_name, line.email));
        let by_words = words.split(' ').all(|word| said.split(' ').any(|known| known.starts_with(word)));
        let phone: String = line.phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
        by_words || number == Some(line.number) || digits.len() >= 4 && phone.contains(&digits)
    };
    lines.iter().filter(|line| filter.keeps(line) && (words.is_empty() || answers(line))).collect()
}

/// What the office sees first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub now: Instant,
    /// Those of the page, by name.
    pub lines: Vec<Line>,
    /// How many were found.
    pub found: usize,
    /// From 1.
    pub page: usize,
    /// Of each filter, how many there are.
    pub counts: Vec<(Filter, usize)>,
    pub erasures: usize,
    pub duplicates: usize,
}

impl Desk {
    /// `lines`: everybody, by name.
    pub fn of(now: Instant, lines: &[Line], (filter, typed, page): (Filter, &str, usize), duplicates: usize) -> Desk {
        let all = found(lines, filter, typed);
        let pages = all.len().div_ceil(PAGE_LINES).max(1);
        let page = page.clamp(1, pages);
        let counts =
            Filter::ALL.map(|filter| (filter, lines.iter().filter(|line| filter.keeps(line)).count())).into_iter().collect();
        Desk {
            now,
            found: all.len(),
            page,
            counts,
            erasures: lines.iter().filter(|line| line.erasing).count(),
            duplicates,
            lines: all.into_iter().skip((page - 1) * PAGE_LINES).take(PAGE_LINES).cloned().collect(),
        }
    }

    pub fn pages(&self) -> usize {
        self.found.div_ceil(PAGE_LINES).max(1)
    }

    pub fn count(&self, filter: Filter) -> usize {
        self.counts.iter().find(|(known, _)| *known == filter).map_or(0, |(_, count)| *count)
    }
}
