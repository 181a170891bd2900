//! What somebody types of a dossier at a table, and all that is wrong with it; what its page shows them.

use chrono::NaiveDate;
use prose::Link;
use serde::{Deserialize, Serialize};

use super::{Contact, Dossier, Kind, Matter, Paper, TEXT_CAP, TITLE_CAP, allowed_days};
use crate::governance::Person;
use crate::id::{GroupId, MemberId};
use crate::line::{line, lines};
use crate::members::ShortName;
use crate::procedures::Fields;
use crate::time::Instant;

/// The longest line: a name, what somebody offers, a paper; in characters.
pub const LINE_CAP: usize = 200;
/// The most papers of one dossier.
pub const PAPERS_CAP: usize = 20;
/// The most that a grant brings. Euros.
const AMOUNT_CAP: u32 = 9_999_999;
/// The most pieces that are asked for.
const QUANTITY_CAP: u16 = 999;

/// A line that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Name,
    Phone,
    Mail,
    /// What belongs to its kind: what is offered, who pays, the paper or the station, for whom.
    About,
    Paper,
}

/// What is wrong with what was typed; each belongs to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    KindMissing,
    TitleMissing,
    TitleTooLong {
        cap: usize,
    },
    TextTooLong {
        cap: usize,
        long: usize,
    },
    /// No day, or none of these.
    BadDue {
        from: NaiveDate,
        to: NaiveDate,
    },
    TooLong {
        part: Part,
        cap: usize,
    },
    BadMail,
    /// No address of the web.
    BadLink,
    TooManyPapers {
        cap: usize,
    },
    /// No whole number of euros up to this.
    BadAmount {
        cap: u32,
    },
    /// No whole number from 1 to this.
    BadQuantity {
        cap: u16,
    },
    BadFrom,
    BadTo,
    /// The last day comes before the first.
    Backwards,
    /// Who sees to it belongs to the group.
    HolderElsewhere,
    /// Who accompanies somebody is a member.
    TutorUnknown,
    /// Hours were written down: it stays what it is.
    KindFixed,
    /// So many are open.
    BoardFull {
        cap: usize,
    },
    /// It is over: it is opened again first.
    Closed,
    /// Somebody changed it in the meantime.
    Stale {
        revision: i32,
    },
}

/// A dossier as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub title: String,
    pub text: String,
    pub matter: Matter,
    pub holder: Option<MemberId>,
    pub due: Option<NaiveDate>,
    pub papers: Vec<Paper>,
}

impl Said {
    /// What it says, or all that is wrong with it.
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<Said, Vec<Mistake>> {
        let mut reading = Reading { fields, mistakes: Vec::new() };
        let title = line(fields.one("title"));
        if !title.chars().any(char::is_alphanumeric) {
            reading.mistakes.push(Mistake::TitleMissing);
        } else if title.chars().count() > TITLE_CAP {
            reading.mistakes.push(Mistake::TitleTooLong { cap: TITLE_CAP });
        }
        let text = lines(fields.one("text"));
        let long = text.chars().count();
        if long > TEXT_CAP {
            reading.mistakes.push(Mistake::TextTooLong { cap: TEXT_CAP, long });
        }
        let days = allowed_days(today);
        let outside = Mistake::BadDue { from: days.from, to: days.to };
        let due = reading.day("echeance", outside);
        if due.is_some_and(|due| !days.contains(due)) {
            reading.mistakes.push(outside);
        }
        let matter = reading.matter();
        let papers = reading.papers();
        let Reading { mistakes, .. } = reading;
        let holder = fields.one("qui").parse().ok();
        if mistakes.is_empty() { Ok(Said { title, text, matter, holder, due, papers }) } else { Err(mistakes) }
    }
}

struct Reading<'a> {
    fields: &'a Fields,
    mistakes: Vec<Mistake>,
}

impl Reading<'_> {
    fn matter(&mut self) -> Matter {
        let Some(kind) = Kind::parse(self.fields.one("sorte")) else {
            self.mistakes.push(Mistake::KindMissing);
            return Matter::Task;
        };
        match kind {
            Kind::Task => Matter::Task,
            Kind::Partner => Matter::Partner { together: self.line("a-propos", Part::About), contact: self.contact() },
            Kind::Volunteer => self.volunteer(),
            Kind::Grant => {
                Matter::Grant { funder: self.line("a-propos", Part::About), amount: self.amount(), contact: self.contact() }
            }
            Kind::Press => Matter::Press { outlet: self.line("a-propos", Part::About), contact: self.contact() },
            Kind::Lead => Matter::Lead { offers: self.line("a-propos", Part::About), contact: self.contact() },
            Kind::Material => Matter::Material { quantity: self.quantity(), whom: self.line("a-propos", Part::About) },
            Kind::Software => Matter::Software { href: self.web(), contact: self.contact() },
        }
    }

    fn line(&mut self, name: &str, part: Part) -> String {
        let line = line(self.fields.one(name));
        if line.chars().count() > LINE_CAP {
            self.mistakes.push(Mistake::TooLong { part, cap: LINE_CAP });
        }
        line
    }

    fn contact(&mut self) -> Contact {
        let contact = Contact {
            name: self.line("contact", Part::Name),
            phone: self.line("tel", Part::Phone),
            email: self.line("mail", Part::Mail),
        };
        let is_mailbox = |email: &str| !email.contains('?') && Link::parse(&format!("mailto:{email}")).is_some();
        if !contact.email.is_empty() && !is_mailbox(&contact.email) {
            self.mistakes.push(Mistake::BadMail);
        }
        contact
    }

    fn volunteer(&mut self) -> Matter {
        let (from, to) = (self.day("du", Mistake::BadFrom), self.day("au", Mistake::BadTo));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.mistakes.push(Mistake::Backwards);
        }
        Matter::Volunteer { tutor: self.fields.one("tuteur").parse().ok(), from, to }
    }

    /// Nothing where nothing was typed.
    fn day(&mut self, name: &str, mistake: Mistake) -> Option<NaiveDate> {
        let typed = self.fields.one(name);
        if typed.is_empty() {
            return None;
        }
        let day = typed.parse::<NaiveDate>().ok();
        if day.is_none() {
            self.mistakes.push(mistake);
        }
        day
    }

    /// « 12 000 », « 12000 € »
    fn amount(&mut self) -> Option<u32> {
        let typed: String = self.fields.one("montant").chars().filter(|letter| !letter.is_whitespace()).collect();
        let bare = typed.trim_end_matches('€');
        if bare.is_empty() {
            return None;
        }
        let amount = bare.parse::<u32>().ok().filter(|amount| *amount <= AMOUNT_CAP);
        if amount.is_none() {
            self.mistakes.push(Mistake::BadAmount { cap: AMOUNT_CAP });
        }
        amount
    }

    fn quantity(&mut self) -> u16 {
        let quantity = self.fields.one("quantite").parse::<u16>().ok().filter(|quantity| (1..=QUANTITY_CAP).contains(quantity));
        if quantity.is_none() {
            self.mistakes.push(Mistake::BadQuantity { cap: QUANTITY_CAP });
        }
        quantity.unwrap_or(1)
    }

    fn web(&mut self) -> String {
        let typed = self.fields.one("lien");
        if typed.is_empty() {
            return String::new();
        }
        let link = Link::parse(typed).filter(Link::is_external);
        if link.is_none() {
            self.mistakes.push(Mistake::BadLink);
        }
        link.map(|link| link.to_string()).unwrap_or_default()
    }

    /// A line each: what it is, and behind that where it is kept.
    fn papers(&mut self) -> Vec<Paper> {
        let typed = lines(self.fields.one("pieces"));
        let papers: Vec<Paper> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(paper).collect();
        if papers.len() > PAPERS_CAP {
            self.mistakes.push(Mistake::TooManyPapers { cap: PAPERS_CAP });
        }
        if papers.iter().any(|paper| paper.label.chars().count() > LINE_CAP) {
            self.mistakes.push(Mistake::TooLong { part: Part::Paper, cap: LINE_CAP });
        }
        papers
    }
}

/// Its last word is its address, where it is one.
fn paper(typed: &str) -> Paper {
    let (before, last) = typed.rsplit_once(char::is_whitespace).unwrap_or(("", typed));
    match Link::parse(last) {
        None => Paper { label: line(typed), href: None },
        Some(link) => {
            let label = line(before);
            let href = link.to_string();
            Paper { label: if label.is_empty() { href.clone() } else { label }, href: Some(href) }
        }
    }
}

/// Papers as somebody would have typed them.
pub fn papers_typed(papers: &[Paper]) -> String {
    let line = |paper: &Paper| match &paper.href {
        Some(href) if *href == paper.label => href.clone(),
        Some(href) => format!("{} {href}", paper.label),
        None => paper.label.clone(),
    };
    papers.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A dossier in the hands of somebody who writes it; a new one where there is none yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierInHand {
    pub now: Instant,
    pub group: GroupId,
    pub slug: String,
    pub name: String,
    pub dossier: Option<Dossier>,
    /// Who may see to it: those of the group, and the employee; by name.
    pub people: Vec<Person>,
    /// Who may accompany a young volunteer; by name.
    pub members: Vec<Person>,
    /// Who did what, the newest first.
    pub history: Vec<Past>,
}

/// Something that was done with a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub what: String,
    pub by: ShortName,
    pub at: Instant,
}
