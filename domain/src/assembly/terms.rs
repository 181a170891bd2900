//! What the statutes ask of an assembly, as the co-op has set it.

use serde::{Deserialize, Serialize};

use super::{AssemblyMistake, Kind};
use crate::procedures::Fields;

/// The longest notice. Days.
pub const NOTICE_CAP: u16 = 90;
/// The most voices that somebody may carry beside their own. The law on workers' co-operatives (n° 78-763, art. 14) stops at a
/// twentieth of all voices; what one person can be trusted with is less.
pub const PROXIES_CAP: u8 = 20;
/// The most seats that one election fills.
pub const SEATS_CAP: u8 = 12;

/// What holds for one assembly: set when it is planned, and the same until its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Members are called so long before. Days.
    pub notice_d: u16,
    /// So many of the members called have to be there, or represented. Percent; 0 where it is called a second time.
    pub quorum: u8,
    /// So many voices may one person carry beside their own.
    pub proxies: u8,
}

impl Terms {
    /// The voices without which it does not decide: the part, rounded up; never nobody.
    pub fn needed(&self, called: u32) -> u32 {
        let part = u64::from(called) * u64::from(self.quorum.min(100));
        u32::try_from(part.div_ceil(100)).unwrap_or(u32::MAX).max(1)
    }
}

/// The co-op's own, for the assemblies that are planned from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub notice_d: u16,
    /// Of an ordinary assembly. Percent.
    pub quorum: u8,
    /// Of one that changes the statutes. Percent.
    pub quorum_extra: u8,
    pub proxies: u8,
}

impl Default for Settings {
    /// A fifth, and a quarter: what the law asks of companies that set nothing else (Code de commerce, L225-96 and L225-98).
    fn default() -> Settings {
        Settings { notice_d: 15, quorum: 20, quorum_extra: 25, proxies: 2 }
    }
}

impl Settings {
    /// `second`: called again because too few had come, it decides whoever is there.
    pub fn terms(&self, kind: Kind, second: bool) -> Terms {
        let quorum = match kind {
            _ if second => 0,
            Kind::Ordinary => self.quorum,
            Kind::Extraordinary => self.quorum_extra,
        };
        Terms { notice_d: self.notice_d, quorum, proxies: self.proxies }
    }

    pub fn read(fields: &Fields) -> Result<Settings, Vec<AssemblyMistake>> {
        let mut mistakes = Vec::new();
        let notice_d = fields.one("preavis").parse::<u16>().ok().filter(|days| (1..=NOTICE_CAP).contains(days));
        if notice_d.is_none() {
            mistakes.push(AssemblyMistake::BadNotice { most: NOTICE_CAP });
        }
        let percent = |field: &str| fields.one(field).parse::<u8>().ok().filter(|percent| (1..=100).contains(percent));
        let (quorum, quorum_extra) = (percent("quorum"), percent("quorum-extra"));
        if quorum.is_none() {
            mistakes.push(AssemblyMistake::BadQuorum);
        }
        if quorum_extra.is_none() {
            mistakes.push(AssemblyMistake::BadQuorumExtra);
        }
        let proxies = fields.one("pouvoirs").parse::<u8>().ok().filter(|most| *most <= PROXIES_CAP);
        if proxies.is_none() {
            mistakes.push(AssemblyMistake::BadProxies { most: PROXIES_CAP });
        }
        match (notice_d, quorum, quorum_extra, proxies) {
            (Some(notice_d), Some(quorum), Some(quorum_extra), Some(proxies)) => {
                Ok(Settings { notice_d, quorum, quorum_extra, proxies })
            }
            _ => Err(mistakes),
        }
    }
}
