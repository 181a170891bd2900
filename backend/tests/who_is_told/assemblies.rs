//! The scenes of an assembly.

use domain::assembly::Role;
use domain::id::{AssemblyId, MemberId};
use domain::notice::Notice;
use domain::notify::Kind;
use domain::time::Instant;

use super::Stage;
use crate::coop::today;

impl Stage<'_> {
    pub(super) async fn of_assembly(&self, kind: Kind, who: MemberId) -> Notice {
        let cancelled = if kind == Kind::AssemblyOff { "'Neige'" } else { "null" };
        let (assembly, starts_at) = self.assembly(who, cancelled).await;
        let (title, other) = ("Les comptes".to_owned(), self.other);
        match kind {
            Kind::AssemblyConvoked => Notice::AssemblyConvoked { assembly, title, starts_at, place: "Meythet".into() },
            Kind::AssemblyOff => Notice::AssemblyOff { assembly, title, starts_at, word: "Neige".into() },
            Kind::AssemblyRole => {
                self.coop.sql(&format!("insert into assembly_role values ('{assembly}', '{who}', 'teller')")).await;
                Notice::AssemblyRole { assembly, starts_at, role: Role::Teller }
            }
            Kind::ProxyGiven => {
                self.carried(assembly, who, "null, null").await;
                Notice::ProxyGiven { assembly, starts_at, from: other, to: who }
            }
            _ => {
                self.carried(assembly, who, "'2026-12-01', 'withdrawn'").await;
                Notice::ProxyEnded { assembly, starts_at, from: other, to: who, by: other }
            }
        }
    }

    /// In nine days; these two are called to it.
    async fn assembly(&self, who: MemberId, cancelled: &str) -> (AssemblyId, Instant) {
        let (assembly, starts_at) = (AssemblyId(self.coop.id()), today() + chrono::Duration::days(9));
        let other = self.other;
        self.coop
            .sql(&format!(
                "insert into assembly (assembly_id, kind, title, starts_at, place, notice_d, quorum, proxies, convoked_at, cancelled,
                    by_member, at)
                 values ('{assembly}', 'ordinary', 'Les comptes', '{starts_at}', 'Meythet', 15, 20, 2, '2026-11-20', {cancelled},
                    '{other}', '2026-11-10');
                 insert into assembly_convocation (assembly_id, member_id, channel)
                 values ('{assembly}', '{who}', 'mail'), ('{assembly}', '{other}', 'mail')"
            ))
            .await;
        (assembly, starts_at)
    }

    /// `who` carries the other one's voice, or did.
    async fn carried(&self, assembly: AssemblyId, who: MemberId, ended: &str) {
        let (proxy, other) = (self.coop.id(), self.other);
        self.coop
            .sql(&format!(
                "insert into proxy (proxy_id, assembly_id, from_member, to_member, at, by_member, ended_at, ended)
                 values ('{proxy}', '{assembly}', '{other}', '{who}', '2026-11-30', '{other}', {ended})"
            ))
            .await;
    }
}
