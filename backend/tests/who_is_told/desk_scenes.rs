//! Scenes of the dossier boards and of the office's desk.

use domain::id::{AbsenceId, DossierId, MemberId, ObjectiveId};
use domain::notice::Notice;
use domain::notify::Kind;
use domain::time::{paris_day, plus_days};

use super::Stage;
use crate::coop::today;

impl Stage<'_> {
    pub async fn of_desk(&self, kind: Kind, who: MemberId) -> Notice {
        let (coop, other, today) = (self.coop, self.other, paris_day(today()));
        match kind {
            Kind::DossierHanded | Kind::DossierDue => {
                let (group, _) = self.group_of(who, Some(false)).await;
                // Somebody else answers for it.
                coop.sql(&format!(
                    "insert into group_member (group_id, member_id, referent) values ('{group}', '{other}', true)"
                ))
                .await;
                let (dossier, title, on) = (DossierId(coop.id()), "La salle".to_owned(), plus_days(today, 6));
                coop.sql(&format!(
                    "insert into dossier (dossier_id, group_id, title, holder_id, due_on, by_member, at)
                     values ('{dossier}', '{group}', '{title}', '{who}', '{on}', '{other}', '{}')",
                    coop.now()
                ))
                .await;
                match kind {
                    Kind::DossierDue => Notice::DossierDue { dossier, group, title, on },
                    _ => Notice::DossierHanded { dossier, group, title, by: other },
                }
            }
            Kind::Deputised => {
                let employee = coop.member("Paul").await;
                let (absence, until) = (AbsenceId(coop.id()), plus_days(today, 12));
                coop.sql(&format!(
                    "update member set employee = true where member_id = '{employee}';
                     insert into absence (absence_id, employee_id, from_on, until_on, deputy_id, by_member, at)
                     values ('{absence}', '{employee}', '{today}', '{until}', '{who}', '{other}', '{}')",
                    coop.now()
                ))
                .await;
                Notice::Deputised { absence, employee, from: today, until }
            }
            _ => {
                coop.sql(&format!("update member set employee = true where member_id = '{who}'")).await;
                let (objective, label) = (ObjectiveId(coop.id()), "Jeter moins".to_owned());
                Notice::ObjectiveSet { objective, label, by: other }
            }
        }
    }
}
