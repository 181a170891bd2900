//! Every kind of notice × everybody it may be meant for, or not: what goes out is what the table says, and nothing
//! goes to somebody who switched it off, left, or was never allowed to know.

mod coop;
#[path = "who_is_told/scenes.rs"]
mod scenes;

use std::collections::{BTreeMap, BTreeSet};

use backend::notify::{Came, next, plan, settle};
use coop::{Coop, today};
use domain::id::MemberId;
use domain::notice::Notice;
use domain::notify::{CATALOGUE, Channel, Kind, Preferences, Switch, Topic, kind};
use scenes::Stage;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

/// The columns of the table. The first eight are concerned: each has a scene of their own, in which it is true for
/// them. The others are told what the first is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    HasDevice,
    HasNone,
    /// Switched off what can be: pushes, mails (with a device, without one), both.
    NoPush,
    NoMail,
    NoMailNoDevice,
    Neither,
    Left,
    NotJoinedYet,
    /// Their only device was signed out.
    SignedOut,
    /// Leads the shift, where it is not the lead who is concerned.
    Lead,
    Office,
    /// A member like others, who has nothing to do with it.
    Stranger,
}

const CONCERNED: [Who; 9] = [
    Who::HasDevice,
    Who::HasNone,
    Who::NoPush,
    Who::NoMail,
    Who::NoMailNoDevice,
    Who::Neither,
    Who::Left,
    Who::NotJoinedYet,
    Who::SignedOut,
];
const BESIDE: [Who; 3] = [Who::Lead, Who::Office, Who::Stranger];

/// `pm`: by push and by mail; `-`: nothing goes out. In the order of `CONCERNED`, then of `BESIDE`.
#[rustfmt::skip]
static TABLE: [(Kind, &str); 58] = [
    //                        device none  !push !mail !mail !both left  yet   out   lead office stranger
    //                                                 none
    (Kind::SeatClaimed,      "pm    m     pm    pm    m     pm    -     -     m     -    -      -"),
    (Kind::LoopClosed,       "pm    m     pm    pm    m     pm    -     -     m     -    -      -"),
    (Kind::SwapAccepted,     "pm    m     pm    pm    m     pm    -     -     m     -    -      -"),
    // The lead had a seat on it, too.
    (Kind::ShiftClosed,      "pm    m     pm    pm    m     pm    -     -     m     pm   -      -"),
    (Kind::OfferExpired,     "p     m     p     p     m     p     -     -     m     -    -      -"),
    (Kind::ProposalReceived, "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::ProposalRefused,  "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::ProposalClosed,   "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::SeatOffered,      "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::LoopSuggested,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::WishClosed,       "p     -     -     p     -     -     -     -     -     -    -      -"),
    (Kind::TeamChanged,      "p     -     -     p     -     -     -     -     -     -    -      -"),
    (Kind::TeamWarned,       "p     m     -     p     -     -     -     -     m     p    -      -"),
    // Whoever may lead is asked; the office is not the group that answers for the shifts.
    (Kind::LeadMissing,      "p     m     -     p     -     -     -     -     m     p    -      -"),
    (Kind::NotSeenYet,       "p     -     -     p     -     -     -     -     -     -    -      -"),
    (Kind::UrgentCall,       "p     m     -     p     -     -     -     -     m     -    -      -"),
    // A free seat is on everybody's calendar: it names nobody, and whom it is planned for is the watch's to say.
    (Kind::SeatOpened,       "p     m     -     p     -     -     -     -     m     -    p      p"),
    (Kind::SeatHeld,         "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::Reminder,         "p     m     -     p     -     -     -     -     m     p    -      -"),
    (Kind::ShopReported,     "p     m     -     p     -     -     -     -     m     -    p      -"),
    // Of a breakage: the group Distribution alone.
    (Kind::IncidentReported, "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::RequestReceived,  "p     m     -     p     -     -     -     -     m     -    p      -"),
    (Kind::RequestAnswered,  "p     m     -     p     -     -     -     -     m     -    -      -"),
    // The office is a group, too.
    (Kind::BriefWanted,      "p     m     -     p     -     -     -     -     m     -    p      -"),
    (Kind::BriefToReview,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::BriefMissed,      "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Everybody reads it.
    (Kind::BriefOut,         "p     -     -     p     -     -     -     -     -     p    p      p"),
    (Kind::BlockRefused,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::BlockKept,        "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever answered to the event.
    (Kind::EventChanged,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::EventCancelled,   "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::EventPromoted,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::EventSeatsFree,   "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::EventReminder,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::CarpoolWithdrawn, "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::EventWord,        "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever had asked for its removal.
    (Kind::PhotoPutBack,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever asked for it; never by mail.
    (Kind::SuggestionAnswered, "p   -     -     p     -     -     -     -     -     -    -      -"),
    // Whoever runs the group: its referents, or everybody in it while it has none.
    (Kind::JoinAsked,        "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::JoinAnswered,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::GroupInvited,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::GroupLeft,        "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::RemovedFromGroup, "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::ReferentNamed,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::ReferentWanted,   "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever sits on the committee; to the coordination come the referents, too.
    (Kind::MandatesLapse,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::MeetingSet,       "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::MeetingCancelled, "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever sees to it.
    (Kind::DossierHanded,    "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::DossierDue,       "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::Deputised,        "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever works for the co-op.
    (Kind::ObjectiveSet,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    // In whose name somebody acted.
    (Kind::DoneForYou,       "p     m     -     p     -     -     -     -     m     -    -      -"),
    // Whoever is called; the convocation is a mail of its own, which nobody switches off.
    (Kind::AssemblyConvoked, "p     -     -     p     -     -     -     -     -     -    -      -"),
    (Kind::AssemblyOff,      "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::AssemblyRole,     "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::ProxyGiven,       "p     m     -     p     -     -     -     -     m     -    -      -"),
    (Kind::ProxyEnded,       "p     m     -     p     -     -     -     -     m     -    -      -"),
];

type Told = BTreeSet<(Kind, Who, Channel)>;

fn expected() -> Told {
    let columns = CONCERNED.into_iter().chain(BESIDE);
    let cell = |kind: Kind, who: Who, ways: &str| -> Vec<(Kind, Who, Channel)> {
        let by = |sign: char| match sign {
            'p' => Some(Channel::Push),
            'm' => Some(Channel::Mail),
            '-' => None,
            other => panic!("{other} in the table"),
        };
        ways.chars().filter_map(by).map(|channel| (kind, who, channel)).collect()
    };
    CATALOGUE
        .iter()
        .flat_map(|entry| {
            let (_, row) = TABLE.iter().find(|(kind, _)| *kind == entry.kind).expect("every kind has its row");
            assert_eq!(row.split_whitespace().count(), columns.clone().count(), "{row}");
            columns.clone().zip(row.split_whitespace()).flat_map(move |(who, ways)| cell(entry.kind, who, ways))
        })
        .collect()
}

#[sqlx::test(migrations = false)]
async fn what_goes_out_is_what_the_table_says_for_every_kind_and_everybody(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let cast = cast(&coop).await;
    let mut stage = Stage::new(&coop, cast[&Who::Lead]).await;
    let mut told = Vec::new();
    for entry in &CATALOGUE {
        let mut first = None;
        for who in CONCERNED {
            let notice = stage.scene(entry.kind, cast[&who]).await;
            assert_eq!(kind(&notice), entry.kind);
            first.get_or_insert_with(|| notice.clone());
            told.push((who, notice));
        }
        let notice = first.expect("a scene");
        told.extend(BESIDE.map(|who| (who, notice.clone())));
    }

    for (who, notice) in &told {
        coop.is_told(cast[who], notice).await;
    }
    while plan(&coop.backend).await.unwrap() > 0 {}
    assert_same(&coop.goes_out(&cast).await, "as planned");

    // Whoever planned it, and whatever was true then.
    for (who, notice) in &told {
        coop.planned_by_force(cast[who], notice).await;
    }
    assert_same(&coop.goes_out(&cast).await, "planned by force");
    assert_eq!(coop.count("select count(*) from delivery where state in ('waiting', 'leaving')").await, 0);
    assert_eq!(coop.count("select count(*) from delivery where state = 'dropped' and why is null").await, 0);
}

#[track_caller]
fn assert_same(went: &Told, how: &str) {
    let expected = expected();
    let lines = |found: Vec<&(Kind, Who, Channel)>| found.iter().map(|line| format!("\n  {line:?}")).collect::<String>();
    let (more, less) = (went.difference(&expected).collect::<Vec<_>>(), expected.difference(went).collect::<Vec<_>>());
    assert!(more.is_empty() && less.is_empty(), "{how}: went out all the same{}\ndid not go out{}", lines(more), lines(less));
}

async fn cast(coop: &Coop) -> BTreeMap<Who, MemberId> {
    let mut cast = BTreeMap::new();
    for who in CONCERNED.into_iter().chain(BESIDE) {
        let name = format!("{who:?}");
        // Who is concerned may work the till and lead; who stands beside it may not, but for the lead.
        let apt = !matches!(who, Who::Office | Who::Stranger);
        let member = if apt { coop.member(&name).await } else { coop.newcomer(&name).await };
        if apt {
            coop.knows(member, "animation").await;
        }
        if !matches!(who, Who::HasNone | Who::NoMailNoDevice) {
            coop.subscribed(member).await;
        }
        cast.insert(who, member);
    }
    for (who, off) in [
        (Who::NoPush, &[Channel::Push][..]),
        (Who::NoMail, &[Channel::Mail][..]),
        (Who::NoMailNoDevice, &[Channel::Mail][..]),
        (Who::Neither, &Channel::ALL[..]),
    ] {
        coop.switches_off(cast[&who], off).await;
    }
    coop.in_office(cast[&Who::Office]).await;
    coop.sql(&format!("update session set revoked_at = '2026-11-30' where member_id = '{}'", cast[&Who::SignedOut])).await;
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{}'", cast[&Who::Left])).await;
    coop.sql(&format!("update member set joined_on = '2026-12-02' where member_id = '{}'", cast[&Who::NotJoinedYet])).await;
    cast
}

impl Coop {
    /// Every topic, those that cannot be switched off too: whatever the rows say, they stay on.
    async fn switches_off(&self, member: MemberId, channels: &[Channel]) {
        let off = |topic| channels.iter().map(move |channel| Switch { topic, channel: *channel, on: false });
        let switches: Vec<Switch> = Topic::ALL.into_iter().flat_map(off).collect();
        sqlx::query("insert into preference (member_id, switches, reminders) values ($1, $2, $3)")
            .bind(member)
            .bind(Json(switches))
            .bind(Json(Preferences::default().reminders))
            .execute(&self.backend.pool)
            .await
            .unwrap();
    }

    /// As an act leaves it.
    async fn is_told(&self, member: MemberId, notice: &Notice) {
        sqlx::query("insert into notice (notice_id, member_id, notice, at) values ($1, $2, $3, $4)")
            .bind(self.id())
            .bind(member)
            .bind(Json(notice))
            .bind(today())
            .execute(&self.backend.pool)
            .await
            .unwrap();
    }

    async fn planned_by_force(&self, member: MemberId, notice: &Notice) {
        let occasion = format!("force/{}", self.id());
        for channel in Channel::ALL {
            sqlx::query(
                "insert into delivery (occasion, member_id, channel, notice, at, due_at, state)
                 values ($1, $2, $3, $4, $5, $5, 'waiting')",
            )
            .bind(&occasion)
            .bind(member)
            .bind(channel.as_str())
            .bind(Json(notice))
            .bind(today())
            .execute(&self.backend.pool)
            .await
            .unwrap();
        }
    }

    /// Everything that is due is handed over: what goes to whom, and how.
    async fn goes_out(&self, cast: &BTreeMap<Who, MemberId>) -> Told {
        let mut went = Told::new();
        for channel in Channel::ALL {
            while let Some(batch) = next(&self.backend, channel).await.unwrap() {
                let who = cast.iter().find(|(_, member)| **member == batch.member).map(|(who, _)| *who);
                // A push needs a device to go to.
                assert!(channel == Channel::Mail || !batch.devices.is_empty(), "{who:?}");
                for waiting in &batch.waiting {
                    went.insert((kind(&waiting.notice), who.expect("one of the cast"), channel));
                }
                settle(&self.backend, &batch.waiting, &Came::Sent, &[]).await.unwrap();
            }
        }
        went
    }
}
