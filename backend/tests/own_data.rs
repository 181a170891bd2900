//! « Mes données » are whole: wherever the database names somebody, it is in there, or it is said here why not.

mod coop;

use std::collections::BTreeSet;

use backend::register;
use coop::Coop;
use domain::command::Command;
use domain::event::Answer;
use domain::id::{ErasureId, MemberId};
use domain::register::{OwnData, Row, Section};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use Kept::{In, Not};

enum Kept {
    /// This section tells it.
    In(Section),
    /// They do not read it there, and why.
    Not(&'static str),
}

const FOR_ALL: &str = "done for all, in a role: the co-op keeps who answered for it";
const ANOTHERS: &str = "about somebody else, in whose data it is";
const SENT: &str = "how an act arrived: what it did is in their data";
const MOVED: &str = "how a seat changed hands: that it did is in their data";
const PICTURE: &str = "the bytes of a picture: what shows it is in their data";

/// Where the database names a member, by table and column. What a voice said in secret is in no list: no row leads from it to anybody
/// (docs/decisions/031).
#[rustfmt::skip]
const NAMED: &[(&str, Kept)] = &[
    ("absence.by_member", Not(FOR_ALL)),
    ("absence.deputy_id", In(Section::Requests)),
    ("absence.employee_id", In(Section::Requests)),
    ("account_act.by_member", Not(ANOTHERS)),
    ("account_act.member_id", In(Section::Trail)),
    ("added_delivery.by_member", In(Section::Shop)),
    ("agenda_point.by_member", In(Section::Governance)),
    ("agenda_point.withdrawn_by", Not(FOR_ALL)),
    ("arrival.member_id", In(Section::Card)),
    ("arrival.sponsor", In(Section::Card)),
    ("assembly.by_member", Not(FOR_ALL)),
    ("assembly_act.by_member", Not(FOR_ALL)),
    ("assembly_answer.member_id", In(Section::Governance)),
    ("assembly_convocation.by_member", Not(FOR_ALL)),
    ("assembly_convocation.member_id", In(Section::Governance)),
    ("assembly_role.member_id", In(Section::Governance)),
    ("assembly_sign_in.by_member", Not(FOR_ALL)),
    ("assembly_sign_in.member_id", In(Section::Governance)),
    ("assignment.member_id", In(Section::Seats)),
    ("association_year.by_member", Not(FOR_ALL)),
    ("association_year.member_id", In(Section::Association)),
    ("block_version.by_member", In(Section::Contributions)),
    ("brief_act.by_member", Not(FOR_ALL)),
    ("brief_block.by_member", In(Section::Contributions)),
    ("brief_copy.member_id", In(Section::Notices)),
    ("brief_correction.by_member", Not(FOR_ALL)),
    ("brief_picture.by_member", Not(PICTURE)),
    ("brief_read.member_id", In(Section::Notices)),
    ("brief_setting.by_member", Not(FOR_ALL)),
    ("calendar_feed.member_id", In(Section::Devices)),
    ("candidacy.member_id", In(Section::Governance)),
    ("carpool.driver", In(Section::Events)),
    ("catalogue_import.approved_by", Not(FOR_ALL)),
    ("catalogue_import.by_member", Not(FOR_ALL)),
    ("catalogue_import.undone_by", Not(FOR_ALL)),
    ("catalogue_margin.by_member", Not(FOR_ALL)),
    ("checklist.by_member", Not(FOR_ALL)),
    ("command_log.by_member", Not(SENT)),
    ("command_log.member_id", Not(SENT)),
    ("consultation.by_member", Not(FOR_ALL)),
    ("consultation_answer.member_id", In(Section::Governance)),
    ("coordination_meeting.by_member", Not(FOR_ALL)),
    ("decision.by_member", Not(FOR_ALL)),
    ("delivery.member_id", In(Section::Notices)),
    ("delivery_receipt.by_member", In(Section::Shop)),
    ("departure.by_member", Not(ANOTHERS)),
    ("departure.member_id", In(Section::Requests)),
    ("desk_handled.by_member", Not(FOR_ALL)),
    ("dossier.by_member", In(Section::Groups)),
    ("dossier.holder_id", In(Section::Groups)),
    ("dossier_act.by_member", Not(FOR_ALL)),
    ("dossier_hours.by_member", In(Section::Groups)),
    ("duty.by_member", Not(ANOTHERS)),
    ("duty.member_id", In(Section::Requests)),
    ("duty.with_member", In(Section::Requests)),
    ("erasure_request.asked_by", Not(SENT)),
    ("erasure_request.by_member", Not(ANOTHERS)),
    ("erasure_request.member_id", In(Section::Requests)),
    ("event.by_member", Not(FOR_ALL)),
    ("event_act.by_member", Not(FOR_ALL)),
    ("event_arrival.by_member", Not(FOR_ALL)),
    ("event_claim.member_id", In(Section::Events)),
    ("event_comment.by_member", In(Section::Comments)),
    ("event_comment.removed_by", Not(FOR_ALL)),
    ("event_party.member_id", In(Section::Events)),
    ("event_photo.asked_by", In(Section::Events)),
    ("event_photo.back_by", Not(FOR_ALL)),
    ("event_photo.by_member", In(Section::Events)),
    ("event_photo.removed_by", Not(FOR_ALL)),
    ("event_picture.by_member", Not(PICTURE)),
    ("event_series.by_member", Not(FOR_ALL)),
    ("event_thanks.by_member", Not(FOR_ALL)),
    ("event_walk_in.by_member", Not(FOR_ALL)),
    ("expected_delivery.added_by", Not(FOR_ALL)),
    ("expected_delivery.removed_by", Not(FOR_ALL)),
    ("favourite.member_id", In(Section::Lists)),
    ("financing.by_member", Not(FOR_ALL)),
    ("financing.removed_by", Not(FOR_ALL)),
    ("fridge.by_member", Not(FOR_ALL)),
    ("governance_act.by_member", Not(FOR_ALL)),
    ("group_act.about", In(Section::Groups)),
    ("group_act.by_member", Not(FOR_ALL)),
    ("group_joining.invited_by", Not(ANOTHERS)),
    ("group_joining.member_id", In(Section::Groups)),
    ("group_member.member_id", In(Section::Groups)),
    ("group_minutes.by_member", Not(FOR_ALL)),
    ("hand_over_note.by_member", In(Section::Shop)),
    ("hand_over_note.seen_by", Not(FOR_ALL)),
    ("incident.by_member", In(Section::Shop)),
    ("invitation.used_by", Not(MOVED)),
    ("kept_seat.member_id", Not("some hours of a turn: who waits is in their data")),
    ("leave.member_id", In(Section::Requests)),
    ("leave_request.asked_by", Not(SENT)),
    ("leave_request.member_id", In(Section::Requests)),
    ("leave_request_answer.by_member", Not(ANOTHERS)),
    ("ledger_entry.by_member", Not(ANOTHERS)),
    ("ledger_entry.member_id", In(Section::Ledger)),
    ("loop_leg.member_id", Not(MOVED)),
    ("mandate.by_member", Not(ANOTHERS)),
    ("mandate.member_id", In(Section::Groups)),
    ("meeting_presence.member_id", In(Section::Governance)),
    ("member.merged_into", Not("two cards of one person: what the one had, the other has")),
    ("member_import.approved_by", Not(FOR_ALL)),
    ("member_import.by_member", Not(FOR_ALL)),
    ("member_import.undone_by", Not(FOR_ALL)),
    ("member_mark.member_id", Not("a figure that grows, and says nothing of them")),
    ("member_picture.by_member", Not(PICTURE)),
    ("member_skill.member_id", In(Section::Card)),
    ("missing_report.by_member", In(Section::Shop)),
    ("notice.member_id", In(Section::Notices)),
    ("objective.by_member", Not(FOR_ALL)),
    ("objective_act.by_member", Not(FOR_ALL)),
    ("objective_figure.by_member", Not(FOR_ALL)),
    ("offer.done_by", Not(MOVED)),
    ("offer.member_id", In(Section::Exchanges)),
    ("offer_named.member_id", In(Section::Exchanges)),
    ("photo.by_member", Not(PICTURE)),
    ("policy_version.by_member", Not(FOR_ALL)),
    ("preference.member_id", In(Section::Preferences)),
    ("presence.by_member", Not(ANOTHERS)),
    ("presence.member_id", In(Section::Seats)),
    ("presence.replaced_by", In(Section::Seats)),
    ("price_version.by_member", Not(FOR_ALL)),
    ("product_picture.by_member", Not(PICTURE)),
    ("proposal.from_member", In(Section::Exchanges)),
    ("proposal.to_member", In(Section::Exchanges)),
    ("proxy.by_member", Not(ANOTHERS)),
    ("proxy.from_member", In(Section::Governance)),
    ("proxy.to_member", In(Section::Governance)),
    ("public_page_draft.member_id", In(Section::Contributions)),
    ("public_page_version.by_member", Not(FOR_ALL)),
    ("public_place.by_member", Not(FOR_ALL)),
    ("push_subscription.member_id", In(Section::Devices)),
    ("reading.by_member", In(Section::Shop)),
    ("report.by_member", In(Section::Shop)),
    ("seat_history.by_member", Not(ANOTHERS)),
    ("seat_history.from_member", In(Section::Seats)),
    ("seat_history.to_member", In(Section::Seats)),
    ("seat_template.regular", In(Section::Seats)),
    ("session.member_id", In(Section::Devices)),
    ("setting.alarm_by", Not(FOR_ALL)),
    ("share.by_member", Not(ANOTHERS)),
    ("share.member_id", In(Section::Share)),
    ("share_payment.by_member", Not(ANOTHERS)),
    ("share_payment.cancelled_by", Not(ANOTHERS)),
    ("shared_address.by_member", Not(ANOTHERS)),
    ("sheet.closed_by", Not(FOR_ALL)),
    ("shop_key.given_by", Not(ANOTHERS)),
    ("shop_key.member_id", In(Section::Shop)),
    ("shopping_item.member_id", In(Section::Lists)),
    ("suggested_loop.asks", In(Section::Exchanges)),
    ("suggestion.by_member", In(Section::Suggestions)),
    ("suggestion_support.member_id", In(Section::Suggestions)),
    ("teller_said.teller", Not(FOR_ALL)),
    ("tick.by_member", In(Section::Shop)),
    ("vote_cast.by_member", Not(ANOTHERS)),
    ("vote_cast.voice", In(Section::Governance)),
    ("waiting.member_id", In(Section::Exchanges)),
    ("walk_in.by_member", Not(ANOTHERS)),
    ("walk_in.member_id", In(Section::Seats)),
    ("walk_in.removed_by", Not(ANOTHERS)),
    ("watch.member_id", In(Section::Exchanges)),
    ("welcome_mail.by_member", Not(ANOTHERS)),
    ("welcome_mail.member_id", In(Section::Notices)),
];

const SOURCE: &str = include_str!("../src/register/own_data.rs");

/// The statement that reads a section.
fn sql_of(section: Section) -> &'static str {
    let after = |from: &'static str, mark: &str| from.split_once(mark).unwrap_or_else(|| panic!("no « {mark} »")).1;
    let name = after(SOURCE, &format!("Section::{section:?} => ")).split(',').next().unwrap_or_default();
    after(SOURCE, &format!("const {name}: &str = \"")).split("\";").next().unwrap_or_default()
}

#[sqlx::test(migrations = false)]
async fn wherever_the_database_names_somebody_it_is_in_their_data_or_it_is_said_why_not(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let found: Vec<String> = sqlx::query_scalar(
        "select c.conrelid::regclass::text || '.' || a.attname::text from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
         where c.contype = 'f' and c.confrelid = 'member'::regclass
         union
         select table_name::text || '.' || column_name::text from information_schema.columns
         where table_schema = 'public' and column_name = 'member_id' and table_name <> 'member'",
    )
    .fetch_all(&coop.backend.pool)
    .await
    .unwrap();
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let listed: BTreeSet<&str> = NAMED.iter().map(|(place, _)| *place).collect();
    let (lacking, gone): (Vec<_>, Vec<_>) = (found.difference(&listed).collect(), listed.difference(&found).collect());
    assert!(lacking.is_empty() && gone.is_empty(), "nothing is said of {lacking:?}; {gone:?} are gone");
}

#[test]
fn what_is_said_to_be_in_their_data_is_read() {
    for (place, kept) in NAMED {
        match kept {
            In(section) => {
                let words: BTreeSet<&str> = sql_of(*section).split(|c: char| !c.is_alphanumeric() && c != '_').collect();
                let (table, column) = place.split_once('.').expect("a table and its column");
                assert!(words.contains(table) && words.contains(column), "{section:?} does not read {place}");
            }
            Not(why) => assert!(why.len() > 20, "{place}: why not?"),
        }
    }
}

/// The rows of a section for which `is` holds.
fn rows(data: &OwnData, section: Section, is: impl Fn(&Row) -> bool) -> Vec<&Row> {
    let of = data.sections.iter().filter(|(known, _)| *known == section);
    of.flat_map(|(_, rows)| rows).filter(|row| is(row)).collect()
}

fn is_a(kind: &'static str) -> impl Fn(&Row) -> bool {
    move |row: &Row| row.get("kind") == Some(&json!(kind))
}

#[sqlx::test(migrations = false)]
async fn where_they_were_when_they_are_away_and_what_became_of_what_they_asked(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (paul, solene, margaux) = (coop.member("Paul").await, coop.member("Solène").await, coop.member("Margaux").await);
    coop.in_office(margaux).await;
    let theo = coop.organiser().await;
    let (now, meeting, assembly) = (coop.now(), coop.id(), coop.id());
    // A meeting of a group is one that is announced: he comes, and is ticked at the door.
    let together = coop.announces(theo, &coop.supper("Réunion du groupe", 8, "20")).await;
    coop.answers(paul, together, Answer::Yes, 0).await;
    coop.sql(&format!(
        "insert into event_arrival (event_party_id, by_member, at)
            select event_party_id, '{theo}', '{now}' from event_party where member_id = '{paul}';
         insert into coordination_meeting (meeting_id, starts_at, ends_at, place, by_member, at)
            values ('{meeting}', '2026-11-10T18:00:00Z', '2026-11-10T20:00:00Z', 'À la coop', '{margaux}', '{now}');
         insert into meeting_presence (meeting_id, member_id, presence)
            values ('{meeting}', '{paul}', 'present'), ('{meeting}', '{solene}', 'excused');
         insert into assembly (assembly_id, kind, title, starts_at, place, notice_d, quorum, proxies, convoked_at, by_member, at)
            values ('{assembly}', 'ordinary', 'Les comptes', '2026-11-20T18:00:00Z', 'Meythet', 15, 20, 2, '2026-11-01T08:00:00Z',
                '{margaux}', '{now}');
         insert into assembly_role (assembly_id, member_id, role) values ('{assembly}', '{paul}', 'teller');
         insert into assembly_convocation (assembly_id, member_id, channel) values ('{assembly}', '{paul}', 'mail');
         insert into assembly_sign_in (assembly_id, member_id, at, how, by_member)
            values ('{assembly}', '{paul}', '2026-11-20T17:50:00Z', 'list', '{margaux}');
         insert into absence (absence_id, employee_id, from_on, until_on, deputy_id, by_member, at)
            values (gen_random_uuid(), '{paul}', '2026-12-20', '2026-12-30', '{solene}', '{margaux}', '{now}')"
    ))
    .await;
    let erasure = ErasureId(coop.id());
    coop.does(paul, Command::AskErasure { erasure, word: "Je m’en vais".into() }).await;
    register::refuse_erasure(&coop.backend, margaux, coop.id(), erasure, "Ta part d’abord").await.unwrap().unwrap();

    let his = of(&coop, paul).await;
    let said = |name: &'static str| move |row: &Row| row.get(name).is_some_and(Value::is_string);
    assert_eq!(rows(&his, Section::Events, said("came_at")).len(), 1, "{his:?}");
    assert_eq!(rows(&his, Section::Governance, is_a("meeting"))[0]["presence"], "present");
    assert_eq!(rows(&his, Section::Governance, said("role"))[0]["role"], "teller");
    assert_eq!(rows(&his, Section::Governance, said("signed_at")).len(), 1);
    let away = rows(&his, Section::Requests, is_a("absence"));
    assert_eq!((away[0]["to"].as_str(), away[0]["with"].as_str()), (Some("2026-12-30"), Some("Solène T.")));
    let asked = rows(&his, Section::Requests, is_a("erasure"));
    assert_eq!((asked.len(), asked[0]["state"].as_str()), (1, Some("refused")));
    assert_eq!((asked[0]["why"].as_str(), asked[0]["word"].as_str()), (Some("Je m’en vais"), Some("Ta part d’abord")));
    let hers = of(&coop, solene).await;
    assert_eq!(rows(&hers, Section::Requests, is_a("standing_in"))[0]["with"], "Paul T.");
    assert_eq!(rows(&hers, Section::Governance, is_a("meeting"))[0]["presence"], "excused");
    assert!(rows(&hers, Section::Requests, is_a("erasure")).is_empty(), "it is his");
}

async fn of(coop: &Coop, member: MemberId) -> OwnData {
    let device = coop.device_of(member).await;
    register::own_data(&coop.backend, &device).await.unwrap()
}
