//! The shapes that travel: other builds, and other clients, read and write them.

use domain::catalogue::{Verdict, item_of};
use domain::command::{Bears, Command, Envelope};
use domain::dossiers::Stage;
use domain::event::{Attendee, Placed};
use domain::id::{
    AssemblyId, BlockId, BriefId, BringItemId, CarpoolId, CommandId, CommentId, DeliveryId, DossierId, ErasureId, EventId,
    FridgeId, GroupId, HelperPostId, HoursId, IncidentId, InvitationId, ItemId, JoiningId, ListItemId, LoopId, MemberId, NoteId,
    NoticeId, OfferId, PhotoId, PictureId, PointId, ProductId, ProposalId, ProxyId, ReadingId, RequestId, SeatId, ShiftId,
    SuggestionId, VisitorId, WalkInId,
};
use domain::ledger::{Credit, EntryKind};
use domain::members::{ShortName, Skill};
use domain::notify::{Ahead, Channel, Topic};
use domain::outcome::{Answer, Carried, Done, Outcome};
use domain::reason::{Reason, When, Who};
use domain::requests::Asked;
use domain::sheet::{Arrival, Mishap, Presence, Trouble};
use domain::shifts::Treatment;
use domain::swaps::{Audience, Leg, Pattern};
use proptest::prelude::*;
use serde_json::{Value, from_value, json, to_value};
use uuid::Uuid;

use crate::coop::{Coop, day};

const ONE: Uuid = Uuid::from_u128(1);
const S: &str = "00000000-0000-0000-0000-000000000001";

fn seat(position: i16) -> SeatId {
    SeatId::new(ShiftId(ONE), position)
}

fn commands() -> Vec<Command> {
    let (offer, proposal, lacking, shift) = (OfferId(ONE), ProposalId(ONE), LoopId(ONE), ShiftId(ONE));
    let pattern = Pattern {
        weekday: Some(chrono::Weekday::Thu),
        from_minute: Some(1080),
        to_minute: None,
        days: Some(domain::time::Days { from: day(2026, 12, 1), to: day(2026, 12, 24) }),
    };
    vec![
        Command::TakeSeat { seat: seat(2) },
        Command::GiveSeat { offer, seat: seat(2), audience: Audience::Anyone, note: "Merci".into() },
        Command::GiveSeat {
            offer,
            seat: seat(2),
            audience: Audience::Named { members: vec![MemberId(ONE)] },
            note: String::new(),
        },
        Command::ExchangeSeat { offer, seat: seat(2), wishes: vec![shift], patterns: vec![pattern.clone()], note: String::new() },
        Command::SetWishes { offer, wishes: vec![shift], patterns: vec![pattern] },
        Command::WithdrawOffer { offer },
        Command::ClaimOffer { offer, instead_of: Some(seat(3)), secret: Some("s".into()) },
        Command::MoveSeat { from: seat(2), to: seat(3) },
        Command::ProposeSwap { proposal, mine: seat(2), theirs: seat(3), note: String::new() },
        Command::AcceptProposal { proposal },
        Command::RefuseProposal { proposal },
        Command::WithdrawProposal { proposal },
        Command::AcceptLoop { lacking },
        Command::DeclineLoop { lacking },
        Command::Invite { offer, invitation: InvitationId(ONE), seat: seat(2), secret_hash: "ab".repeat(32) },
        Command::WarnTeam { seat: seat(2), note: String::new() },
        Command::MarkSeen { notice: NoticeId(ONE) },
        Command::SetSwitch { topic: Topic::Lacking, channel: Channel::Mail, on: true },
        Command::SetReminders { reminders: vec![Ahead::Days(2), Ahead::Hours(3)] },
        Command::CallForHelp { shift, note: "vite".into() },
        Command::CloseShift { shift, why: "neige".into(), treatment: Treatment::Displaced },
        Command::MarkPresence {
            shift,
            member: MemberId(ONE),
            presence: Presence::Replaced,
            replaced_by: Some(MemberId(ONE)),
            owed: None,
        },
        Command::AddWalkIn { walk_in: WalkInId(ONE), shift, member: None, name: "Une amie".into() },
        Command::RemoveWalkIn { walk_in: WalkInId(ONE), shift },
        Command::GiveSeatTo { seat: seat(2), member: MemberId(ONE) },
        Command::TickItem { shift, item: ItemId(ONE), done: true, at: Some(chrono::DateTime::UNIX_EPOCH) },
        Command::RecordReading {
            reading: ReadingId(ONE),
            shift,
            fridge: FridgeId(ONE),
            tenths: -185,
            note: String::new(),
            at: None,
        },
        Command::LeaveNote { note: NoteId(ONE), shift, text: "Rouleau à changer".into(), open: true },
        Command::AcknowledgeNote { note: NoteId(ONE), shift },
        Command::ReportShop { shift, what: Trouble::TillClosed, note: String::new() },
        Command::ReceiveDelivery {
            shift,
            delivery: DeliveryId(ONE),
            state: Arrival::Partial,
            remarks: "2 caisses".into(),
            photo: Some(PhotoId(ONE)),
        },
        Command::AddDelivery { delivery: DeliveryId(ONE), shift, supplier: "La ferme".into(), what: String::new() },
        Command::ReportIncident { incident: IncidentId(ONE), shift, what: Mishap::Safety, text: "Sol mouillé".into() },
        Command::CloseSheet { shift },
        Command::RequestLeave {
            request: RequestId(ONE),
            what: Asked::Parental,
            from: day(2027, 1, 4),
            to: day(2027, 5, 2),
            why: String::new(),
        },
        Command::WithdrawRequest { request: RequestId(ONE) },
        Command::AnswerRequest { request: RequestId(ONE), granted: true, word: "Bon repos".into() },
        Command::CorrectLedger {
            member: MemberId(ONE),
            what: EntryKind::Correction,
            credit: Credit(-90),
            why: "reprise du cahier".into(),
        },
        Command::SetDuty {
            member: MemberId(ONE),
            share: Bears::With,
            with: Some(MemberId(ONE)),
            from: day(2026, 12, 21),
            why: "même foyer".into(),
        },
        Command::GiveSolidarity,
        Command::DrawSolidarity,
        Command::ProposeBlock {
            block: BlockId(ONE),
            group: GroupId(ONE),
            title: "Loto".into(),
            text: "- un lot".into(),
            picture: Some(PictureId(ONE)),
            alt: "Des lots".into(),
            width: 800,
            height: 600,
            href: "/coop".into(),
            label: "La coop".into(),
            ready: true,
            public: false,
        },
        Command::EditBlock {
            block: BlockId(ONE),
            base: 7,
            group: GroupId(ONE),
            title: "Loto".into(),
            text: "Un lot".into(),
            picture: None,
            alt: String::new(),
            width: 0,
            height: 0,
            href: String::new(),
            label: String::new(),
            ready: false,
            public: true,
            settles: vec![12, 15],
        },
        Command::WithdrawBlock { block: BlockId(ONE) },
        Command::ReadBrief { brief: BriefId(ONE) },
        Command::AnswerEvent {
            event: EventId(ONE),
            answer: domain::event::Answer::Yes,
            guests: 2,
            children: 1,
            note: "On arrive tard".into(),
            diet: "Sans noix".into(),
            hidden: true,
        },
        Command::ClaimItem { event: EventId(ONE), item: BringItemId(ONE), quantity: 2 },
        Command::ReleaseItem { event: EventId(ONE), item: BringItemId(ONE) },
        Command::OfferCarpool {
            carpool: CarpoolId(ONE),
            event: EventId(ONE),
            seats: 3,
            place: "Gare d’Annecy".into(),
            note: String::new(),
        },
        Command::WithdrawCarpool { carpool: CarpoolId(ONE), event: EventId(ONE) },
        Command::ClaimCarpool { event: EventId(ONE), carpool: CarpoolId(ONE), seats: 1 },
        Command::ReleaseCarpool { event: EventId(ONE), carpool: CarpoolId(ONE) },
        Command::ClaimPost { event: EventId(ONE), post: HelperPostId(ONE) },
        Command::ReleasePost { event: EventId(ONE), post: HelperPostId(ONE) },
        Command::CommentEvent { comment: CommentId(ONE), event: EventId(ONE), text: "Super".into() },
        Command::RemoveComment { comment: CommentId(ONE), event: EventId(ONE) },
        Command::TickArrival { event: EventId(ONE), who: Attendee::Visitor(VisitorId(ONE)), came: true, at: None },
        Command::AddEventWalkIn { walk_in: WalkInId(ONE), event: EventId(ONE), name: "Une voisine".into(), people: 2 },
        Command::RemoveEventWalkIn { walk_in: WalkInId(ONE), event: EventId(ONE) },
        Command::AddPhoto {
            picture: PictureId(ONE),
            event: EventId(ONE),
            alt: "Une tablée".into(),
            width: 1600,
            height: 1200,
            consent: true,
        },
        Command::RemovePhoto { picture: PictureId(ONE), event: EventId(ONE) },
        Command::AskRemoval { picture: PictureId(ONE), event: EventId(ONE) },
        Command::SetFavourite { product: ProductId(ONE), on: true },
        Command::PutOnList { item: ListItemId(ONE), product: None, text: "Bougies".into(), quantity: 1 },
        Command::PutOnList { item: item_of(ProductId(ONE)), product: Some(ProductId(ONE)), text: String::new(), quantity: 2 },
        Command::TickListItem { item: ListItemId(ONE), done: true },
        Command::RemoveListItem { item: ListItemId(ONE) },
        Command::ClearTicked { items: vec![ListItemId(ONE)] },
        Command::Suggest { suggestion: SuggestionId(ONE), text: "Du tempeh".into() },
        Command::Support { suggestion: SuggestionId(ONE) },
        Command::Unsupport { suggestion: SuggestionId(ONE) },
        Command::AnswerSuggestion { suggestion: SuggestionId(ONE), verdict: Verdict::No, why: "Trop loin".into() },
        Command::ReportMissing { product: ProductId(ONE), on: day(2026, 12, 1) },
        Command::CloseReport { product: ProductId(ONE) },
        Command::AskToJoin { joining: JoiningId(ONE), group: GroupId(ONE), word: "J’aime les soupes".into() },
        Command::InviteToGroup { joining: JoiningId(ONE), group: GroupId(ONE), member: MemberId(ONE), word: String::new() },
        Command::AnswerJoining { joining: JoiningId(ONE), accepted: false, word: "Pas cette année".into() },
        Command::WithdrawJoining { joining: JoiningId(ONE) },
        Command::LeaveGroup { group: GroupId(ONE) },
        Command::RemoveFromGroup { group: GroupId(ONE), member: MemberId(ONE), word: "Déménagement".into() },
        Command::SetReferent { group: GroupId(ONE), member: MemberId(ONE), on: true },
        Command::AddPoint { point: PointId(ONE), title: "Le lundi".into(), text: String::new() },
        Command::WithdrawPoint { point: PointId(ONE) },
        Command::OpenDossier {
            dossier: DossierId(ONE),
            group: GroupId(ONE),
            title: "La salle".into(),
            text: String::new(),
            due: Some(day(2026, 12, 4)),
        },
        Command::TakeDossier { dossier: DossierId(ONE), on: true },
        Command::SetDossierState { dossier: DossierId(ONE), state: Stage::UnderWay, word: String::new() },
        Command::LogHours {
            hours: HoursId(ONE),
            dossier: DossierId(ONE),
            day: day(2026, 11, 22),
            minutes: 90,
            note: "Stand".into(),
        },
        Command::RemoveHours { hours: HoursId(ONE), dossier: DossierId(ONE) },
        Command::SetContact { phone: "06 12 34 56 78".into(), show_phone: true, show_email: false },
        Command::AskErasure { erasure: ErasureId(ONE), word: "Je déménage".into() },
        Command::WithdrawErasure { erasure: ErasureId(ONE) },
        Command::AnswerAssembly { assembly: AssemblyId(ONE), coming: true },
        Command::GiveProxy { proxy: ProxyId(ONE), assembly: AssemblyId(ONE), to: MemberId(ONE) },
        Command::WithdrawProxy { proxy: ProxyId(ONE), assembly: AssemblyId(ONE) },
        Command::Stand { assembly: AssemblyId(ONE), words: "J’aime les comptes".into() },
        Command::StandDown { assembly: AssemblyId(ONE) },
    ]
}

#[test]
fn a_command_is_its_envelope_with_kind_and_fields_side_by_side() {
    let command = Command::ClaimOffer { offer: OfferId(ONE), instead_of: None, secret: None };
    let envelope = Envelope { id: CommandId(ONE), schema: 1, depends_on: Vec::new(), on_behalf_of: None, command };
    let wire = json!({"id": S, "schema": 1, "kind": "claim_offer", "offer": S});
    assert_eq!(to_value(&envelope).unwrap(), wire);
    let mut with_empty = wire;
    with_empty["depends_on"] = json!([]);
    assert_eq!(from_value::<Envelope>(with_empty).unwrap(), envelope);
}

#[test]
fn every_command_comes_back_as_it_went_under_its_kind() {
    for command in commands() {
        let kind = command.kind();
        let envelope = Envelope {
            id: CommandId(ONE),
            schema: 1,
            depends_on: vec![CommandId(Uuid::from_u128(2))],
            on_behalf_of: Some(MemberId(ONE)),
            command,
        };
        let wire = to_value(&envelope).unwrap();
        assert_eq!(wire["kind"], kind);
        assert_eq!(from_value::<Envelope>(wire).unwrap(), envelope);
    }
}

#[test]
fn the_shapes_of_the_less_obvious_commands() {
    let wire = |at: usize| to_value(&commands()[at]).unwrap();
    assert_eq!(wire(0), json!({"kind": "take_seat", "seat": format!("{S}~2")}));
    assert_eq!(wire(2)["audience"], json!({"to": "named", "members": [S]}));
    assert_eq!(
        wire(3),
        json!({
            "kind": "exchange_seat", "offer": S, "seat": format!("{S}~2"), "wishes": [S], "note": "",
            "patterns": [{"weekday": "Thu", "from_minute": 1080, "days": {"from": "2026-12-01", "to": "2026-12-24"}}],
        })
    );
    assert_eq!(wire(12), json!({"kind": "accept_loop", "loop": S}));
    assert_eq!(wire(17), json!({"kind": "set_switch", "topic": "lacking", "channel": "mail", "on": true}));
    assert_eq!(wire(18), json!({"kind": "set_reminders", "reminders": [{"days": 2}, {"hours": 3}]}));
    assert_eq!(wire(19), json!({"kind": "call_for_help", "shift": S, "note": "vite"}));
    assert_eq!(wire(21), json!({"kind": "mark_presence", "shift": S, "member": S, "presence": "replaced", "replaced_by": S}));
    assert_eq!(wire(25), json!({"kind": "tick_item", "shift": S, "item": S, "done": true, "at": "1970-01-01T00:00:00Z"}));
    let asked =
        json!({"kind": "request_leave", "request": S, "what": "parental", "from": "2027-01-04", "to": "2027-05-02", "why": ""});
    assert_eq!(wire(34), asked);
    assert_eq!(
        wire(37),
        json!({"kind": "correct_ledger", "member": S, "what": "correction", "credit": -90, "why": "reprise du cahier"})
    );
    assert_eq!(wire(39), json!({"kind": "give_solidarity"}));
    let proposed = json!({
        "kind": "propose_block", "block": S, "group": S, "title": "Loto", "text": "- un lot", "picture": S, "alt": "Des lots",
        "width": 800, "height": 600, "href": "/coop", "label": "La coop", "ready": true, "public": false,
    });
    assert_eq!(wire(41), proposed);
    assert_eq!((&wire(42)["base"], &wire(42)["settles"]), (&json!(7), &json!([12, 15])));
    assert_eq!(wire(43), json!({"kind": "withdraw_block", "block": S}));
    assert_eq!(wire(44), json!({"kind": "read_brief", "brief": S}));
    let answered = json!({
        "kind": "answer_event", "event": S, "answer": "yes", "guests": 2, "children": 1, "note": "On arrive tard",
        "diet": "Sans noix", "hidden": true,
    });
    assert_eq!(wire(45), answered);
    assert_eq!(wire(56), json!({"kind": "tick_arrival", "event": S, "who": {"visitor": S}, "came": true}));
    assert_eq!(wire(20), json!({"kind": "close_shift", "shift": S, "why": "neige", "treatment": "displaced"}));
}

#[test]
fn what_a_client_may_leave_out_is_empty() {
    let wire = json!({"kind": "exchange_seat", "offer": S, "seat": format!("{S}~0")});
    let command =
        Command::ExchangeSeat { offer: OfferId(ONE), seat: seat(0), wishes: vec![], patterns: vec![], note: String::new() };
    assert_eq!(from_value::<Command>(wire).unwrap(), command);
}

#[test]
fn what_is_no_command_is_not_read_as_one() {
    for wire in [
        json!({"kind": "steal_seat", "seat": format!("{S}~0")}),
        json!({"kind": "take_seat"}),
        json!({"kind": "take_seat", "seat": S}),
        json!({"kind": "take_seat", "seat": format!("{S}~x")}),
        json!({"kind": "take_seat", "seat": format!("{S}~-1")}),
        json!({"kind": "take_seat", "seat": format!("{S}~256")}),
        json!({"kind": "take_seat", "seat": 7}),
        json!({"seat": format!("{S}~0")}),
        json!([]),
    ] {
        assert!(from_value::<Command>(wire.clone()).is_err(), "{wire}");
        assert!(domain::json::read::<Command>(&wire).is_err(), "{wire}");
    }
}

#[test]
fn the_browsers_reader_takes_what_the_type_takes_and_nothing_else() {
    use domain::json::{parse, read};
    assert_eq!(read::<Treatment>(&json!("due")), Ok(Treatment::Due));
    assert_eq!(read::<Result<(u8, Option<i64>), String>>(&json!({"Ok": [7, null]})), Ok(Ok((7, None))));
    assert_eq!(parse::<Vec<f64>>("[1, -2, 0.5]"), Ok(vec![1.0, -2.0, 0.5]));
    for wrong in [json!([7]), json!([256, null]), json!([-1, null]), json!(["7", null]), json!([7, 0.5]), json!({})] {
        assert!(read::<(u8, Option<i64>)>(&wrong).is_err(), "{wrong}");
    }
    for wrong in [json!("late"), json!({"due": 1}), json!({"due": null, "excused": null}), json!(null)] {
        assert!(read::<Treatment>(&wrong).is_err(), "{wrong}");
    }
    assert!(parse::<Value>("{\"a\": 1").is_err());
    assert_eq!(parse::<Value>("{\"a\": [1, -1, 0.5, true, null, \"é\"]}"), Ok(json!({"a": [1, -1, 0.5, true, null, "é"]})));
}

fn round_trip(outcome: &Outcome, wire: Value) {
    assert_eq!(to_value(outcome).unwrap(), wire);
    assert_eq!(from_value::<Outcome>(wire).unwrap(), *outcome);
}

#[test]
fn an_outcome_is_applied_or_refused_with_its_reason() {
    round_trip(&Outcome::applied(), json!({"status": "applied"}));
    round_trip(&Outcome::Refused { reason: Reason::NotActive }, json!({"status": "refused", "reason": {"code": "not_active"}}));
    let leg = Leg { offer: OfferId(ONE), member: MemberId(ONE), gives: seat(1), takes: seat(2) };
    let by = Who { member: MemberId(ONE), name: ShortName::new("Karim", "Benali") };
    round_trip(
        &Outcome::Applied {
            result: Done {
                closed_loop: vec![leg],
                seat: Some(seat(2)),
                monday: Some(day(2026, 11, 30)),
                answered: Some(Placed::Waiting { at: 3, free: 0 }),
                carried: Some(Carried { by, voices: 1, cap: 2 }),
            },
        },
        json!({"status": "applied", "result": {
            "closed_loop": [{"offer": S, "member": S, "gives": format!("{S}~1"), "takes": format!("{S}~2")}],
            "seat": format!("{S}~2"), "monday": "2026-11-30", "answered": {"waiting": {"at": 3, "free": 0}},
            "carried": {"by": {"member": S, "name": {"f": "Karim", "i": "B"}}, "voices": 1, "cap": 2},
        }}),
    );
}

#[test]
fn an_answer_is_the_id_the_outcome_and_the_marks() {
    let answer = Answer { id: CommandId(ONE), outcome: Outcome::applied(), marks: [("calendar".to_owned(), 12)].into() };
    let wire = json!({"id": S, "status": "applied", "marks": {"calendar": 12}});
    assert_eq!(to_value(&answer).unwrap(), wire);
    assert_eq!(from_value::<Answer>(wire).unwrap(), answer);
}

#[test]
fn every_reason_comes_back_with_its_figures() {
    let at = Coop::new().now;
    let when = When { shift: ShiftId(ONE), starts_at: at, ends_at: at };
    let who = || Who { member: MemberId(ONE), name: ShortName::new("Camille", "Martin") };
    let on = day(2026, 11, 28);
    let reasons = vec![
        Reason::UnknownShift,
        Reason::NotYourBlock { by: who() },
        Reason::SaidBadly {
            mistakes: vec![
                domain::brief::SaidMistake::TitleMissing,
                domain::brief::SaidMistake::TextTooLong { cap: 20_000, long: 20_001 },
            ],
        },
        Reason::ContributionsClosed { since: at, monday: on },
        Reason::ShiftClosed { when, why: "neige".into() },
        Reason::NotYourSeat { seat: seat(1), holder: Some(who()) },
        Reason::NotForYou { holder: who() },
        Reason::AlreadyTaken { by: None, at: Some(at) },
        Reason::SeatHeld { by: who(), offered: true },
        Reason::SeatFree { when },
        Reason::OfferExpired { at },
        Reason::ExchangeOnly { holder: who() },
        Reason::TooLate { deadline: at },
        Reason::TooLateToExchange { deadline: at, notice_h: 48 },
        Reason::TooLateToMove { deadline: at, notice_h: 168 },
        Reason::TooEarlyToWarn { exchange_until: at },
        Reason::TooFarAhead { weeks: 16 },
        Reason::MissingSkill { skill: Skill::lead() },
        Reason::AlreadyOnShift { when },
        Reason::Overlaps { with: when },
        Reason::OnLeave { from: on, to: on },
        Reason::TooManyThatDay { has: 2, cap: 2, on },
        Reason::TooManyThatCycle { has: 5, cap: 5, from: on, to: on },
        Reason::FirstTimerAlone { when },
        Reason::LeadNeeded { when },
        Reason::TeamTooSmall { when, left: 2, minimum: 3 },
        Reason::LegImpossible { who: who(), when, why: Box::new(Reason::Overlaps { with: when }) },
        Reason::OtherCannot { who: who() },
        Reason::NoteTooLong { cap: 280 },
        Reason::PrerequisiteRefused,
        Reason::AlreadyAsked { from: on, to: on },
        Reason::SharesAlready { who: who() },
        Reason::PotTooLow { pot: Credit(180), floor: Credit(360) },
    ];
    for reason in reasons {
        let wire = to_value(&reason).unwrap();
        assert!(wire["code"].is_string(), "{wire}");
        assert_eq!(from_value::<Reason>(wire).unwrap(), reason);
    }
    let shown = to_value(Reason::LegImpossible { who: who(), when, why: Box::new(Reason::OfferClosed) }).unwrap();
    assert_eq!((&shown["code"], &shown["why"]["code"]), (&json!("leg_impossible"), &json!("offer_closed")));
    assert_eq!(shown["who"], json!({"member": S, "name": {"f": "Camille", "i": "M"}}));
}

#[test]
fn an_id_derived_for_a_form_keeps_version_and_time_and_differs_by_form() {
    let seed: CommandId = "0192f5a0-1234-7abc-8def-0123456789ab".parse().unwrap();
    let (give, take) = (CommandId::derive(seed, "give"), CommandId::derive(seed, "take"));
    for id in [give, take] {
        assert_eq!(id.0.get_version_num(), 7);
        assert_eq!(id.0.get_variant(), uuid::Variant::RFC4122);
        assert_eq!(id.made_at_ms(), seed.made_at_ms());
    }
    assert_eq!(seed.made_at_ms(), Some(0x0192_f5a0_1234));
    assert_ne!(give, take);
    assert_ne!(give, seed);
    assert_eq!(give, CommandId::derive(seed, "give"));
    assert_eq!(CommandId(Uuid::nil()).made_at_ms(), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn derived_ids_are_versions_7_of_their_own(seed in any::<u128>(), one in "[a-z]{1,12}", other in "[a-z]{1,12}") {
        let seed = CommandId(uuid::Builder::from_u128(seed).with_version(uuid::Version::SortRand).into_uuid());
        let (a, b) = (CommandId::derive(seed, &one), CommandId::derive(seed, &other));
        prop_assert_eq!(a.0.get_version_num(), 7);
        prop_assert_eq!(a.made_at_ms(), seed.made_at_ms());
        prop_assert_eq!(a == b, one == other);
    }

    #[test]
    fn a_seat_reads_as_it_is_written(shift in any::<u128>(), position in 0i16..=255) {
        let seat = SeatId::new(ShiftId(Uuid::from_u128(shift)), position);
        prop_assert_eq!(seat.to_string().parse::<SeatId>().ok(), Some(seat));
    }

    #[test]
    fn hostile_text_is_no_seat_and_no_panic(text in ".*") {
        let _ = text.parse::<SeatId>();
        let _ = serde_json::from_str::<Envelope>(&text);
    }
}
