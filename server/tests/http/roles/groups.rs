//! Groups and governance: who comes in, who answers, what is written, what the committee does.

use domain::command::Command;
use domain::id::{ConsultationId, DecisionId, GroupId, JoiningId, MandateId, MeetingId, MemberId, PointId};
use uuid::Uuid;

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, form, line};

const NOT_IN_IT: &[Role] = &[
    Outside,
    OfSupply,
    OfSocial,
    OfDistribution,
    OfAssociation,
    OfCommunication,
    OfAnimation,
    Office,
    OfAnotherGroup,
    Former,
    Committee,
    Lapsed,
    Lead,
    Employee,
    StandsIn,
];
const RUN_IT: &[Role] = &[Referent, Employee];
const WRITE_MANDATES: &[Role] = &[Committee, Office, Employee];

/// What there is around the actor's group, and a coordination of its own.
struct Garden {
    role: Role,
    group: GroupId,
    slug: String,
    /// Belongs to the group.
    member: MemberId,
    outside: MemberId,
    /// A request that waits, and an invitation.
    asked: JoiningId,
    invited: JoiningId,
    /// Of somebody else, on the agenda of `ahead`.
    point: PointId,
    ahead: MeetingId,
    /// It has begun.
    held: MeetingId,
    decision: DecisionId,
    mandate: MandateId,
    consultation: ConsultationId,
    /// Of nothing yet.
    new: Uuid,
}

const GROUPS: &str = "/groupes";
const GOVERNING: &str = "/gouvernance";
const ASKED: &str = "/consultations";

fn meeting(act: &str, of: MeetingId, more: &[(&str, &str)]) -> Attempt {
    let fields: Vec<(&str, String)> = more.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    form(GOVERNING, act, &[vec![("reunion", of.to_string())], fields].concat())
}

const EVENING: [(&str, &str); 3] = [("debut", "2026-12-20T19:00"), ("fin", "2026-12-20T21:00"), ("lieu", "À la coop")];

fn decision(by: String) -> Vec<(&'static str, String)> {
    vec![
        ("title", "Garer les vélos côté cour".to_owned()),
        ("qui", by),
        ("comment", "consensus".to_owned()),
        ("jour", "2026-12-01".to_owned()),
    ]
}

/// A seat that nobody else of the table is chosen for.
fn seat(role: Role, first: u8) -> String {
    let place = match role {
        Committee => 0,
        Office => 1,
        _ => 2,
    };
    (first + place).to_string()
}

/// A line whose attempt looks at what there is.
macro_rules! grown {
    ($name:literal, $by:expr, |$s:pat_param| $how:expr) => {
        line!($name, $by, |a| {
            let $s = garden(a).await;
            $how
        })
    };
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // Commands.
    grown!("ask_to_join", NOT_IN_IT, |s| Attempt::Command(Command::AskToJoin { joining: JoiningId(s.new), group: s.group, word: String::new() })),
    grown!("leave_group", &[Belongs, Referent], |s| Attempt::Command(Command::LeaveGroup { group: s.group })),
    grown!("invite_to_group", RUN_IT, |s| Attempt::Command(Command::InviteToGroup { joining: JoiningId(s.new), group: s.group, member: s.outside, word: String::new() })),
    grown!("answer_joining, yes", RUN_IT, |s| Attempt::Command(Command::AnswerJoining { joining: s.asked, accepted: true, word: String::new() })),
    grown!("answer_joining, no", RUN_IT, |s| Attempt::Command(Command::AnswerJoining { joining: s.asked, accepted: false, word: "Non".into() })),
    grown!("withdraw_joining", RUN_IT, |s| Attempt::Command(Command::WithdrawJoining { joining: s.invited })),
    grown!("remove_from_group", RUN_IT, |s| Attempt::Command(Command::RemoveFromGroup { group: s.group, member: s.member, word: "Parti".into() })),
    grown!("set_referent", RUN_IT, |s| Attempt::Command(Command::SetReferent { group: s.group, member: s.member, on: true })),
    grown!("add_point", ANYBODY, |s| Attempt::Command(Command::AddPoint { point: PointId(s.new), title: "Le toit".into(), text: String::new() })),
    grown!("withdraw_point", &[Committee], |s| Attempt::Command(Command::WithdrawPoint { point: s.point })),
    // What those who run a group write.
    grown!("page", RUN_IT, |s| form(GROUPS, "page", &[("group", s.group.to_string()), ("base", "1".into()), ("role", "Faire la fête".into())])),
    grown!("compte-rendu of a group", RUN_IT, |s| form(GROUPS, "compte-rendu", &[("group", s.group.to_string()), ("title", "Réunion".into()), ("jour", "2026-12-01".into()), ("text", "Oui".into())])),
    // What the committee does with the coordination.
    line!("reunion", &[Committee], |_| form(GOVERNING, "reunion", &EVENING.map(|(name, value)| (name, value.to_owned())))),
    grown!("deplacer", &[Committee], |s| meeting("deplacer", s.ahead, &EVENING)),
    grown!("annuler", &[Committee], |s| meeting("annuler", s.ahead, &[("mot", "Neige")])),
    grown!("ordre", &[Committee], |s| meeting("ordre", s.ahead, &[("point", s.point.to_string().as_str())])),
    grown!("presences", &[Committee], |s| meeting("presences", s.held, &[("present", s.member.to_string().as_str())])),
    grown!("compte-rendu", &[Committee], |s| meeting("compte-rendu", s.held, &[("base", "1"), ("text", "Oui")])),
    // The register.
    grown!("decision of the group", &[Referent, Committee, Employee], |s| form(GOVERNING, "decision", &decision(s.group.to_string()))),
    line!("decision of the coordination", &[Committee], |_| form(GOVERNING, "decision", &decision("coordination".into()))),
    line!("decision of an assembly", &[Committee], |_| form(GOVERNING, "decision", &decision("assembly".into()))),
    grown!("decision, again", &[Referent, Committee, Employee], |s| form(GOVERNING, "decision", &[decision(s.group.to_string()), vec![("decision", s.decision.to_string()), ("base", "1".into())]].concat())),
    // Mandates.
    grown!("elire", WRITE_MANDATES, |s| form(GOVERNING, "elire", &[("qui", s.outside.to_string()), ("siege", seat(s.role, 1)), ("jour", "2026-11-20".into()), ("debut", "2026-11-20".into())])),
    grown!("coopter", WRITE_MANDATES, |s| form(GOVERNING, "coopter", &[("qui", s.outside.to_string()), ("siege", seat(s.role, 10)), ("debut", "2026-12-01".into()), ("fin", "2027-06-12".into())])),
    grown!("finir", WRITE_MANDATES, |s| form(GOVERNING, "finir", &[("mandat", s.mandate.to_string()), ("jour", "2026-12-01".into()), ("mot", "Départ".into())])),
    // Consultations.
    line!("consulter", &[Committee], |_| form(ASKED, "consulter", &[("title", "Le lundi ?".into()), ("maniere", "consensus".into()), ("ferme", "2026-12-20T18:00".into())])),
    grown!("repondre", ANYBODY, |s| form(ASKED, "repondre", &[("consultation", s.consultation.to_string()), ("avis", "agree".into())])),
    grown!("clore", &[Committee], |s| form(ASKED, "clore", &[("consultation", s.consultation.to_string())])),
    // Pages.
    grown!("the group's hand", RUN_IT, |s| Attempt::Page(format!("/groupe/{}/gerer", s.slug))),
    line!("where the committee has what it does", &[Referent, OfAnotherGroup, Committee, Employee], |_| Attempt::Page(GOVERNING.to_owned())),
    grown!("a meeting", &[Committee], |s| Attempt::Page(format!("/gouvernance/reunion/{}", s.ahead))),
    line!("the mandates", WRITE_MANDATES, |_| Attempt::Page("/gouvernance/mandats".to_owned())),
    grown!("a consultation", ANYBODY, |s| Attempt::Page(format!("/consultations/{}", s.consultation))),
];

async fn garden(a: &Actor<'_>) -> Garden {
    let coop = a.coop();
    let (group, member, keeper) = (a.group, a.beside, a.keeper);
    let (outside, other, sitter) = (a.somebody().await, coop.member("Nour").await, coop.member("Karim").await);
    let garden = Garden {
        role: a.role,
        group,
        slug: a.slug.clone(),
        member,
        outside,
        asked: JoiningId(a.id()),
        invited: JoiningId(a.id()),
        point: PointId(a.id()),
        ahead: MeetingId(a.id()),
        held: MeetingId(a.id()),
        decision: DecisionId(a.id()),
        mandate: MandateId(a.id()),
        consultation: ConsultationId(a.id()),
        new: a.id(),
    };
    let Garden { asked, invited, point, ahead, held, decision, mandate, consultation, .. } = &garden;
    let (now, invitee) = (coop.now(), coop.member("Inès").await);
    let (soon, before) = (now + chrono::Duration::days(5), now - chrono::Duration::hours(1));
    coop.sql(&format!(
        "insert into group_joining (joining_id, group_id, member_id, invited_by, at) values
            ('{asked}', '{group}', '{other}', null, '{now}'), ('{invited}', '{group}', '{invitee}', '{keeper}', '{now}');
         insert into coordination_meeting (meeting_id, starts_at, ends_at, place, by_member, at) values
            ('{ahead}', '{soon}', '{}', 'Là', '{sitter}', '{now}'), ('{held}', '{before}', '{soon}', 'Là', '{sitter}', '{now}');
         insert into agenda_point (point_id, meeting_id, by_member, title, at) values ('{point}', '{ahead}', '{other}', 'Le lundi', '{now}');
         insert into decision (decision_id, title, decided_by, group_id, method, on_day, by_member, at)
            values ('{decision}', 'Arroser le soir', 'group', '{group}', 'consensus', '2026-11-01', '{keeper}', '{now}');
         insert into mandate (mandate_id, member_id, from_on, to_on) values ('{mandate}', '{sitter}', '2026-06-13', '2028-06-12');
         insert into consultation (consultation_id, title, asked, opened_at, closes_at, by_member)
            values ('{consultation}', 'Le lundi ?', '\"consensus\"', '{before}', '{soon}', '{sitter}')",
        soon + chrono::Duration::hours(2)
    ))
    .await;
    garden
}
