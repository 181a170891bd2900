//! What anybody reads of the co-op without an account: six pages that Communication writes, beside which the data say what
//! they know. Every text that was ever published stays, and may come back.

mod amounts;
mod hours;
mod in_hand;
mod outline;
mod place;
mod said;
mod shown;
mod timeline;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use amounts::{AMOUNTS, Amount};
pub use hours::{CLOSURES_D, Run, coming, runs, week};
pub use in_hand::{Draft, InHand, Listed, Overview, Saved, Version, Writing};
pub use outline::{HEADING_CAP, Live, Outline, Part, Section, anchor, faults, outline};
pub use place::{PLACE_CAP, Place};
pub use said::{DESCRIPTION_CAP, Mistake, Said, TEXT_CAP, TITLE_CAP, Typed};
pub use shown::{Cell, Facts, Shown};
pub use timeline::when;

/// One of the pages, by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Page {
    /// The front: where whoever has no account comes in.
    #[serde(rename = "le-projet")]
    Project,
    /// Who does what, and who decides.
    #[serde(rename = "comment-ca-marche")]
    How,
    /// Where the shop is, and when it is open.
    #[serde(rename = "nous-trouver")]
    FindUs,
    #[serde(rename = "devenir-membre")]
    Join,
    /// Its parts are the steps of a timeline.
    #[serde(rename = "histoire")]
    History,
    /// Where the money comes from.
    #[serde(rename = "financement")]
    Funding,
}

/// An address that is none of these pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchPage;

impl Page {
    /// In the order in which they are listed.
    pub const ALL: [Page; 6] = [Page::Project, Page::How, Page::FindUs, Page::Join, Page::History, Page::Funding];

    /// Where it is read.
    pub const fn path(self) -> &'static str {
        match self {
            Page::Project => "/le-projet",
            Page::How => "/comment-ca-marche",
            Page::FindUs => "/nous-trouver",
            Page::Join => "/devenir-membre",
            Page::History => "/histoire",
            Page::Funding => "/financement",
        }
    }

    /// The path without its slash: how it is called in the database and in editors' addresses.
    pub fn slug(self) -> &'static str {
        &self.path()[1..]
    }
}

impl FromStr for Page {
    type Err = NoSuchPage;

    fn from_str(slug: &str) -> Result<Page, NoSuchPage> {
        Page::ALL.into_iter().find(|page| page.slug() == slug).ok_or(NoSuchPage)
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}
