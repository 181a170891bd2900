//! Members are asked between two assemblies: whether they agree, or how much they resist each way.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::event::typed_instant;
use crate::id::{ConsultationId, MemberId, OptionId};
use crate::line::{line, lines};
use crate::members::ShortName;
use crate::procedures::Fields;
use crate::time::Instant;

/// The longest question, in characters.
const TITLE_CAP: usize = 160;
/// The longest text, in characters of Markdown.
const TEXT_CAP: usize = 6_000;
/// The longest word that goes with an answer, in characters.
const WORD_CAP: usize = 600;
/// The longest name of a way, in characters.
pub const OPTION_CAP: usize = 120;
/// The most ways between which one chooses.
pub const OPTIONS_CAP: usize = 8;
/// The most resistance to one way. Points.
pub const POINTS: u8 = 10;
/// The shortest time in which members may answer. Hours.
const SHORTEST_H: i64 = 24;
/// The longest. Days.
const LONGEST_D: i64 = 62;

/// What one says of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// « D’accord »
    Agree,
    /// « Réserve »
    Reserve,
    /// « Objection »
    Object,
}

impl Stance {
    pub const ALL: [Stance; 3] = [Stance::Agree, Stance::Reserve, Stance::Object];

    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Agree => "agree",
            Stance::Reserve => "reserve",
            Stance::Object => "object",
        }
    }

    pub fn parse(text: &str) -> Option<Stance> {
        Stance::ALL.into_iter().find(|stance| stance.as_str() == text)
    }
}

/// One of the ways between which members choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    pub id: OptionId,
    pub label: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Whether somebody has a reserve, or objects.
    Consensus,
    /// From 0 to 10 for each way; the one with the fewest points in all is kept.
    Resistance { ways: Vec<Way> },
}

/// A consultation as everybody sees it: what was answered shows once it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    pub id: ConsultationId,
    pub title: String,
    /// Safe HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    pub asked: Asked,
    pub opened_at: Instant,
    pub closes_at: Instant,
    /// How many members have answered.
    pub answered: u16,
    /// Once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
}

impl Consultation {
    pub fn is_open(&self, now: Instant) -> bool {
        now < self.closes_at
    }
}

/// An answer, as it was put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Put {
    Stance {
        stance: Stance,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
    },
    Points(BTreeMap<OptionId, u8>),
}

/// What all the answers come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tally {
    Consensus {
        agree: u16,
        reserve: u16,
        object: u16,
    },
    /// In the order of the ways.
    Resistance {
        ways: Vec<WayCounted>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayCounted {
    pub label: String,
    /// Of all who answered.
    pub points: u32,
    /// The fewest points: it is kept. Two that are alike are both, and the committee says how it goes on.
    pub fewest: bool,
}

/// What the answers come to: of a way to which somebody said nothing, they do not resist.
pub fn tally<'a>(asked: &Asked, answers: impl IntoIterator<Item = &'a Put>) -> Tally {
    match asked {
        Asked::Consensus => {
            let mut counts = [0u16; 3];
            for answer in answers {
                if let Put::Stance { stance, .. } = answer {
                    let count = &mut counts[*stance as usize];
                    *count = count.saturating_add(1);
                }
            }
            let [agree, reserve, object] = counts;
            Tally::Consensus { agree, reserve, object }
        }
        Asked::Resistance { ways } => {
            let mut points: BTreeMap<OptionId, u32> = ways.iter().map(|way| (way.id, 0)).collect();
            for answer in answers {
                let Put::Points(given) = answer else { continue };
                for (way, given) in given {
                    if let Some(known) = points.get_mut(way) {
                        *known = known.saturating_add(u32::from(*given));
                    }
                }
            }
            let fewest = points.values().min().copied();
            let of = |way: &Way| points.get(&way.id).copied().unwrap_or(0);
            let ways = ways
                .iter()
                .map(|way| WayCounted { label: way.label.clone(), points: of(way), fewest: Some(of(way)) == fewest })
                .collect();
            Tally::Resistance { ways }
        }
    }
}

/// What is wrong with a question or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsultationMistake {
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    TextTooLong {
        cap: usize,
        long: usize,
    },
    ClosingUnreadable,
    /// It is open for so many hours at least.
    TooShort {
        hours: i64,
    },
    /// For so many days at most.
    TooLong {
        days: i64,
    },
    /// Two ways at least.
    TooFewWays,
    TooManyWays {
        cap: usize,
    },
    WayTooLong {
        cap: usize,
    },
    TwoAlike,
    NothingAnswered,
    /// A reserve and an objection say why.
    WhyMissing,
    WordTooLong {
        cap: usize,
    },
    /// No whole number from 0 to this.
    BadPoints {
        most: u8,
    },
    /// It is over since then.
    Closed {
        since: Instant,
    },
}

/// A question as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenConsultation {
    pub title: String,
    /// Markdown.
    pub text: String,
    pub closes_at: Instant,
    /// Of a consultation by resistance, the ways; of one by consensus, none.
    pub ways: Vec<String>,
}

impl WrittenConsultation {
    pub fn read(fields: &Fields, now: Instant) -> Result<WrittenConsultation, Vec<ConsultationMistake>> {
        let mut mistakes = Vec::new();
        let title = line(fields.one("title"));
        if !title.chars().any(char::is_alphanumeric) {
            mistakes.push(ConsultationMistake::TitleMissing);
        } else if title.chars().count() > TITLE_CAP {
            mistakes.push(ConsultationMistake::TitleTooLong { cap: TITLE_CAP });
        }
        let text = lines(fields.one("text"));
        let long = text.chars().count();
        if long > TEXT_CAP {
            mistakes.push(ConsultationMistake::TextTooLong { cap: TEXT_CAP, long });
        }
        let closes_at = typed_instant(fields.one("ferme"));
        match closes_at {
            None => mistakes.push(ConsultationMistake::ClosingUnreadable),
            Some(at) if at < now + Duration::hours(SHORTEST_H) => {
                mistakes.push(ConsultationMistake::TooShort { hours: SHORTEST_H })
            }
            Some(at) if at > now + Duration::days(LONGEST_D) => mistakes.push(ConsultationMistake::TooLong { days: LONGEST_D }),
            Some(_) => {}
        }
        let ways = match fields.one("maniere") {
            "resistance" => ways(fields, &mut mistakes),
            _ => Vec::new(),
        };
        match closes_at {
            Some(closes_at) if mistakes.is_empty() => Ok(WrittenConsultation { title, text, closes_at, ways }),
            _ => Err(mistakes),
        }
    }
}

/// One line, one way.
fn ways(fields: &Fields, mistakes: &mut Vec<ConsultationMistake>) -> Vec<String> {
    let typed = lines(fields.one("choix"));
    let ways: Vec<String> = typed.lines().map(line).filter(|way| !way.is_empty()).collect();
    if ways.len() < 2 {
        mistakes.push(ConsultationMistake::TooFewWays);
    } else if ways.len() > OPTIONS_CAP {
        mistakes.push(ConsultationMistake::TooManyWays { cap: OPTIONS_CAP });
    }
    if ways.iter().any(|way| way.chars().count() > OPTION_CAP) {
        mistakes.push(ConsultationMistake::WayTooLong { cap: OPTION_CAP });
    }
    let alike = |one: &String, other: &String| one.to_lowercase() == other.to_lowercase();
    if ways.iter().enumerate().any(|(at, way)| ways[..at].iter().any(|known| alike(known, way))) {
        mistakes.push(ConsultationMistake::TwoAlike);
    }
    ways
}

impl Put {
    /// What a form answers.
    pub fn read(asked: &Asked, fields: &Fields) -> Result<Put, Vec<ConsultationMistake>> {
        match asked {
            Asked::Consensus => {
                let stance = Stance::parse(fields.one("avis")).ok_or_else(|| vec![ConsultationMistake::NothingAnswered])?;
                let word = lines(fields.one("mot"));
                if word.chars().count() > WORD_CAP {
                    return Err(vec![ConsultationMistake::WordTooLong { cap: WORD_CAP }]);
                }
                if word.is_empty() && stance != Stance::Agree {
                    return Err(vec![ConsultationMistake::WhyMissing]);
                }
                Ok(Put::Stance { stance, word })
            }
            Asked::Resistance { ways } => {
                let mut points = BTreeMap::new();
                for way in ways {
                    let typed = fields.one(&format!("points-{}", way.id)).parse::<u8>().ok();
                    let given = typed.filter(|given| *given <= POINTS);
                    let given = given.ok_or_else(|| vec![ConsultationMistake::BadPoints { most: POINTS }])?;
                    points.insert(way.id, given);
                }
                Ok(Put::Points(points))
            }
        }
    }
}

/// What somebody answered to a consultation by consensus, with their name: an objection is there to be spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub by: ShortName,
    pub stance: Stance,
    pub word: String,
    pub on: NaiveDate,
}

/// A consultation as a member reads it with the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationInHand {
    pub now: Instant,
    pub me: MemberId,
    /// They may close it.
    pub closes: bool,
    pub consultation: Consultation,
    pub mine: Option<Put>,
    /// Of one by consensus: reserves and objections, while it is open too. Of one by resistance, nobody's.
    pub said: Vec<Answered>,
}

/// All consultations, as a member reads them with the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultations {
    pub now: Instant,
    /// They may ask something.
    pub opens: bool,
    /// The newest first.
    pub all: Vec<Consultation>,
    /// Those that they have answered.
    pub answered: Vec<ConsultationId>,
}
