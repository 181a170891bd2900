//! What was decided: by a group (operational), by the coordination (tactical), by an assembly (strategic).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{DecisionId, GroupId, MeetingId};
use crate::line::{line, lines};
use crate::procedures::Fields;
use crate::words::words;

/// The longest title of a decision, in characters.
pub const TITLE_CAP: usize = 160;
/// The longest text, in characters of Markdown.
pub const TEXT_CAP: usize = 4_000;

/// Who decided. It says the level, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    Group(GroupId),
    Coordination,
    Assembly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Operational,
    Tactical,
    Strategic,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Operational, Level::Tactical, Level::Strategic];
}

impl DecidedBy {
    pub fn level(self) -> Level {
        match self {
            DecidedBy::Group(_) => Level::Operational,
            DecidedBy::Coordination => Level::Tactical,
            DecidedBy::Assembly => Level::Strategic,
        }
    }

    /// Whether it may put something else in the place of what `other` decided: a group of its own decisions alone.
    pub fn may_supersede(self, other: DecidedBy) -> bool {
        self == other || self.level() > other.level()
    }
}

/// How it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Nobody objected.
    Consensus,
    /// The way with the fewest points of resistance.
    Resistance,
    /// More for than against, by show of hands.
    Majority,
    SecretBallot,
}

impl Method {
    pub const ALL: [Method; 4] = [Method::Consensus, Method::Resistance, Method::Majority, Method::SecretBallot];

    pub fn as_str(self) -> &'static str {
        match self {
            Method::Consensus => "consensus",
            Method::Resistance => "resistance",
            Method::Majority => "majority",
            Method::SecretBallot => "secret_ballot",
        }
    }

    pub fn parse(text: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: DecisionId,
    pub title: String,
    /// Safe HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    pub by: DecidedBy,
    pub method: Method,
    pub on: NaiveDate,
    /// The last day on which it holds, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Another one has come in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<DecisionId>,
    /// The coordination meeting at which it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
}

impl Decision {
    pub fn holds(&self, today: NaiveDate) -> bool {
        self.superseded_by.is_none() && self.until.is_none_or(|last| today <= last)
    }
}

/// What is wrong with a decision that somebody writes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionMistake {
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    TextTooLong {
        cap: usize,
        long: usize,
    },
    ByMissing,
    MethodMissing,
    /// No day, or one that is still to come.
    BadDay,
    BadUntil,
    /// It ends before it was taken.
    UntilBeforeDay,
    /// There is no such decision, or it makes no sense: another one has come in its place already.
    SupersededAlready,
    /// What an assembly or the coordination decided, a group does not undo.
    MayNotSupersede,
    /// It is younger than what is to come in its place.
    SupersedesLater,
}

/// A decision as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDecision {
    pub title: String,
    /// Markdown.
    pub text: String,
    pub by: DecidedBy,
    pub method: Method,
    pub on: NaiveDate,
    pub until: Option<NaiveDate>,
    pub meeting: Option<MeetingId>,
    /// In whose place it comes.
    pub supersedes: Option<DecisionId>,
}

impl WrittenDecision {
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<WrittenDecision, Vec<DecisionMistake>> {
        let mut mistakes = Vec::new();
        let title = line(fields.one("title"));
        if !title.chars().any(char::is_alphanumeric) {
            mistakes.push(DecisionMistake::TitleMissing);
        } else if title.chars().count() > TITLE_CAP {
            mistakes.push(DecisionMistake::TitleTooLong { cap: TITLE_CAP });
        }
        let text = lines(fields.one("text"));
        let long = text.chars().count();
        if long > TEXT_CAP {
            mistakes.push(DecisionMistake::TextTooLong { cap: TEXT_CAP, long });
        }
        let by = decided_by(fields.one("qui"));
        if by.is_none() {
            mistakes.push(DecisionMistake::ByMissing);
        }
        let method = Method::parse(fields.one("comment"));
        if method.is_none() {
            mistakes.push(DecisionMistake::MethodMissing);
        }
        let on = fields.one("jour").parse::<NaiveDate>().ok().filter(|on| *on <= today);
        if on.is_none() {
            mistakes.push(DecisionMistake::BadDay);
        }
        let until = match fields.one("jusque") {
            "" => None,
            typed => {
                let read = typed.parse::<NaiveDate>().ok();
                if read.is_none() {
                    mistakes.push(DecisionMistake::BadUntil);
                }
                read
            }
        };
        if let (Some(on), Some(until)) = (on, until)
            && until < on
        {
            mistakes.push(DecisionMistake::UntilBeforeDay);
        }
        let (meeting, supersedes) = (fields.one("reunion").parse().ok(), fields.one("remplace").parse().ok());
        match (by, method, on) {
            (Some(by), Some(method), Some(on)) if mistakes.is_empty() => {
                Ok(WrittenDecision { title, text, by, method, on, until, meeting, supersedes })
            }
            _ => Err(mistakes),
        }
    }

    /// Whether it may come in the place of `old`.
    pub fn may_supersede(&self, old: &Decision) -> Result<(), DecisionMistake> {
        if old.superseded_by.is_some() {
            Err(DecisionMistake::SupersededAlready)
        } else if !self.by.may_supersede(old.by) {
            Err(DecisionMistake::MayNotSupersede)
        } else if self.on < old.on {
            Err(DecisionMistake::SupersedesLater)
        } else {
            Ok(())
        }
    }
}

/// What a form says of who decided.
fn decided_by(typed: &str) -> Option<DecidedBy> {
    match typed {
        "coordination" => Some(DecidedBy::Coordination),
        "assembly" => Some(DecidedBy::Assembly),
        group => group.parse().ok().map(DecidedBy::Group),
    }
}

/// The decisions in which every word of `typed` begins a word, in their order; all of them where nothing is typed. Accents and
/// plurals do not matter. `who` names whoever decided.
pub fn find_decisions<'a>(decisions: &'a [Decision], typed: &str, who: impl Fn(DecidedBy) -> String) -> Vec<&'a Decision> {
    let wanted = words(typed);
    let answers = |decision: &&Decision| {
        let known = words(&format!("{} {} {}", decision.title, without_markup(&decision.html), who(decision.by)));
        wanted.iter().all(|word| known.iter().any(|known| known.starts_with(word.as_str())))
    };
    decisions.iter().filter(answers).collect()
}

/// Our own renderer's HTML has no `>` in its attributes.
fn without_markup(html: &str) -> String {
    let mut inside = false;
    let text = html.chars().map(|letter| {
        match letter {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                return ' ';
            }
            _ => {}
        }
        if inside { ' ' } else { letter }
    });
    text.collect::<String>().replace("&amp;", "&")
}
