//! Working groups: who comes in and goes, who answers for them, what a device shows of it at once.

use domain::calendar::Calendar;
use domain::command::Command;
use domain::decide::leaves_groups;
use domain::effect::Effect;
use domain::groups::{
    Admission, Change, Groups, Joining, JoiningState, Membership, Mistake, WORD_CAP, WorkingGroup, Written, WrittenMinutes,
};
use domain::id::{GroupId, JoiningId, MemberId};
use domain::me::Me;
use domain::members::ShortName;
use domain::notice::Notice;
use domain::outbox::Outbox;
use domain::overlay::{Shown, laid_over_shown};
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::view::Seen;
use domain::view::groups::{GroupMoving, Standing, group as view_of};
use uuid::Uuid;

use crate::coop::*;
use crate::overlay::snapshots;

const GROUP: GroupId = GroupId(Uuid::from_u128(7));

fn joining(number: u128) -> JoiningId {
    JoiningId(Uuid::from_u128(number))
}

/// Camille and Karim answer for it, Léa belongs to it; Hugo and Nour do not. `runs`: whoever acts next does.
fn group(runs: bool) -> Coop {
    let mut coop = Coop::new();
    let of = |names: &[&str]| names.iter().map(|name| member(name)).collect();
    let known = Membership {
        name: "Vie sociale".into(),
        members: of(&["Camille", "Karim", "Léa"]),
        referents: of(&["Camille", "Karim"]),
    };
    coop.board.working.insert(GROUP, known);
    if runs {
        coop.board.runs.insert(GROUP);
    }
    coop
}

/// The same while nobody answers for it.
fn without_referents(runs: bool) -> Coop {
    let mut coop = group(runs);
    coop.board.working.get_mut(&GROUP).unwrap().referents.clear();
    coop
}

fn asked_by(mut coop: Coop, who: &str, invited_by: Option<&str>) -> Coop {
    let joining = Joining {
        id: joining(1),
        group: GROUP,
        member: member(who),
        invited_by: invited_by.map(member),
        word: String::new(),
        at: coop.now,
        state: JoiningState::Pending,
    };
    coop.board.joinings.insert(joining.id, joining);
    coop
}

fn asks(number: u128) -> Command {
    Command::AskToJoin { joining: joining(number), group: GROUP, word: " J’aime les soupes ".into() }
}

fn invites(number: u128, who: &str) -> Command {
    Command::InviteToGroup { joining: joining(number), group: GROUP, member: member(who), word: String::new() }
}

fn answers(accepted: bool, word: &str) -> Command {
    Command::AnswerJoining { joining: joining(1), accepted, word: word.into() }
}

fn removes(who: &str, word: &str) -> Command {
    Command::RemoveFromGroup { group: GROUP, member: member(who), word: word.into() }
}

fn names(who: &str, on: bool) -> Command {
    Command::SetReferent { group: GROUP, member: member(who), on }
}

/// Where things stand before somebody acts.
#[derive(Debug, Clone, Copy)]
enum Stands {
    Group,
    WithoutReferents,
    HugoAsked,
    HugoInvited,
}

impl Stands {
    fn coop(self, runs: bool) -> Coop {
        match self {
            Stands::Group => group(runs),
            Stands::WithoutReferents => without_referents(runs),
            Stands::HugoAsked => asked_by(group(runs), "Hugo", None),
            Stands::HugoInvited => asked_by(group(runs), "Hugo", Some("Camille")),
        }
    }
}

#[test]
fn who_may_do_what_with_a_group() {
    use Stands::*;
    // Who acts, whether they run the group, what they want, and why not: nothing where it is done.
    let nobody = Uuid::from_u128(99);
    let table: [(Stands, &str, bool, Command, &str); 34] = [
        (Group, "Hugo", false, asks(1), ""),
        (Group, "Léa", false, asks(1), "already_in_group"),
        (HugoAsked, "Hugo", false, asks(2), "already_asked_to_join"),
        (HugoAsked, "Nour", false, asks(1), "id_reused"),
        (HugoInvited, "Hugo", false, asks(2), ""),
        (
            Group,
            "Hugo",
            false,
            Command::AskToJoin { joining: joining(1), group: GroupId(nobody), word: String::new() },
            "unknown_group",
        ),
        (
            Group,
            "Hugo",
            false,
            Command::AskToJoin { joining: joining(1), group: GROUP, word: "é".repeat(WORD_CAP + 1) },
            "note_too_long",
        ),
        (Group, "Camille", true, invites(1, "Hugo"), ""),
        (Group, "Léa", false, invites(1, "Hugo"), "not_your_group_to_run"),
        (Group, "Hugo", false, invites(1, "Nour"), "not_your_group_to_run"),
        (Group, "Camille", true, invites(1, "Léa"), "already_in_group"),
        (Group, "Camille", true, invites(1, "Personne"), "unknown_member"),
        (HugoInvited, "Camille", true, invites(2, "Hugo"), "already_asked_to_join"),
        (HugoAsked, "Camille", true, invites(2, "Hugo"), ""),
        (HugoAsked, "Camille", true, answers(true, ""), ""),
        (HugoAsked, "Camille", true, answers(false, "Pas cette fois"), ""),
        (HugoAsked, "Camille", true, answers(false, " "), "why_missing"),
        (HugoAsked, "Léa", false, answers(true, ""), "not_your_group_to_run"),
        (HugoAsked, "Hugo", false, answers(true, ""), "not_your_group_to_run"),
        (HugoInvited, "Hugo", false, answers(true, ""), ""),
        (HugoInvited, "Hugo", false, answers(false, ""), ""),
        (HugoInvited, "Camille", true, answers(true, ""), "unknown_joining"),
        (HugoAsked, "Hugo", false, Command::WithdrawJoining { joining: joining(1) }, ""),
        (HugoAsked, "Camille", true, Command::WithdrawJoining { joining: joining(1) }, "unknown_joining"),
        (HugoInvited, "Camille", true, Command::WithdrawJoining { joining: joining(1) }, ""),
        (HugoInvited, "Hugo", false, Command::WithdrawJoining { joining: joining(1) }, "not_your_group_to_run"),
        (Group, "Hugo", false, Command::LeaveGroup { group: GROUP }, "not_in_group"),
        (Group, "Camille", true, removes("Léa", "Partie"), ""),
        (Group, "Camille", true, removes("Karim", "Parti"), "is_referent"),
        (Group, "Camille", true, removes("Hugo", "Parti"), "not_in_group"),
        (Group, "Camille", true, names("Léa", true), "enough_referents"),
        (Group, "Camille", true, names("Karim", false), "steps_down_alone"),
        (Group, "Camille", true, names("Camille", false), ""),
        (WithoutReferents, "Léa", true, names("Léa", true), ""),
    ];
    for (stands, who, runs, command, wanted) in table {
        let mut coop = stands.coop(runs);
        let came = coop.does(who, command.clone());
        let said = came.err().map(|reason| serde_json::to_value(&reason).unwrap()["code"].as_str().unwrap().to_owned());
        assert_eq!(said.unwrap_or_default(), wanted, "{stands:?}: {who} {command:?}");
    }
}

#[test]
fn both_sides_hear_of_it() {
    let mut coop = group(false);
    coop.does("Hugo", asks(1)).unwrap();
    let told: Vec<MemberId> = coop.told.iter().map(|(who, _)| *who).collect();
    assert_eq!(told.len(), 2, "its two referents");
    assert!(told.contains(&member("Camille")) && told.contains(&member("Karim")));
    assert_eq!(coop.board.joinings[&joining(1)].word, "J’aime les soupes");
    coop.board.runs.insert(GROUP);
    coop.does("Karim", answers(true, "Bienvenue")).unwrap();
    let Some((who, Notice::JoinAnswered { accepted: true, word, name, .. })) = coop.told.last() else { panic!("not told") };
    assert_eq!((*who, word.as_str(), name.as_str()), (member("Hugo"), "Bienvenue", "Vie sociale"));
    assert!(coop.board.working[&GROUP].members.contains(&member("Hugo")));
    assert_eq!(coop.does("Camille", answers(false, "Non")).unwrap_err(), Reason::JoiningClosed);
}

#[test]
fn when_nobody_answers_for_it_any_more_everybody_in_it_hears() {
    let mut coop = group(true);
    coop.does("Karim", Command::LeaveGroup { group: GROUP }).unwrap();
    assert!(matches!(coop.told[..], [(who, Notice::GroupLeft { .. })] if who == member("Camille")));
    coop.told.clear();
    coop.does("Camille", names("Camille", false)).unwrap();
    let told: Vec<MemberId> = coop.told.iter().map(|(who, _)| *who).collect();
    assert_eq!(told, [member("Léa")]);
    assert!(matches!(coop.told[0].1, Notice::ReferentWanted { .. }));
    // From then on whoever belongs to it answers.
    coop.does("Hugo", asks(1)).unwrap();
    let asked: Vec<MemberId> = coop.told[1..].iter().map(|(who, _)| *who).collect();
    assert_eq!(asked.len(), 2);
    assert!(asked.contains(&member("Léa")) && asked.contains(&member("Camille")));
}

#[test]
fn whoever_leaves_the_coop_belongs_to_no_group_and_waits_for_none() {
    let coop = asked_by(group(false), "Hugo", Some("Camille"));
    let ended = Change::Ended { joining: joining(1), state: JoiningState::Withdrawn { at: coop.now } };
    assert_eq!(leaves_groups(&coop.board, member("Hugo"), coop.now), [Effect::GroupChanged(ended)]);
    let goes = leaves_groups(&coop.board, member("Karim"), coop.now);
    assert_eq!(goes[0], Effect::GroupChanged(Change::Left { group: GROUP, member: member("Karim") }));
    let heard = |effect: &Effect| matches!(effect, Effect::Told { member: told, notice: Notice::GroupLeft { .. } } if *told == member("Camille"));
    assert!(goes.len() == 2 && heard(&goes[1]), "{goes:?}");
}

#[test]
fn setting_what_is_already_so_changes_nothing() {
    let mut coop = group(true);
    let came = coop.does("Camille", names("Karim", true)).unwrap();
    assert!(came.effects.list.is_empty());
}

#[test]
fn an_answer_of_the_employee_ends_it_for_a_referent_too() {
    let mut coop = group(true);
    coop.board.employee = true;
    let came = coop.does("Nour", names("Karim", false)).unwrap();
    let set = |effect: &Effect| matches!(effect, Effect::GroupChanged(Change::ReferentSet { on: false, .. }));
    assert!(came.effects.list.iter().any(set));
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn what_a_group_says_of_itself_is_read_or_comes_back_with_every_mistake() {
    let read = Written::read(&fields(&[("role", " Faire  la fête "), ("page", "Le jeudi\r\n"), ("appel", "")])).unwrap();
    assert_eq!((read.role.as_str(), read.call.as_str()), ("Faire la fête", ""));
    let long = "é".repeat(6_001);
    let call = "é".repeat(301);
    let wrong = Written::read(&fields(&[("role", " — "), ("page", &long), ("appel", &call)])).unwrap_err();
    assert_eq!(
        wrong,
        [Mistake::RoleMissing, Mistake::PageTooLong { cap: 6_000, long: 6_001 }, Mistake::CallTooLong { cap: 300 }]
    );
}

#[test]
fn minutes_are_of_a_day_that_was() {
    let today = day(2026, 11, 23);
    let typed = |on: &str, title: &str, text: &str| {
        WrittenMinutes::read(&fields(&[("jour", on), ("title", title), ("text", text), ("reunion", "")]), today)
    };
    assert_eq!(typed("2026-11-23", "Réunion", "- oui").unwrap().on, today);
    assert_eq!(typed("2026-11-24", "Réunion", "- oui").unwrap_err(), [Mistake::BadDay]);
    assert_eq!(typed("hier", "", " ").unwrap_err(), [Mistake::TitleMissing, Mistake::BadDay, Mistake::MinutesMissing]);
}

// — on a device —

/// What everybody sees of the group.
fn snapshot(coop: &Coop) -> Groups {
    let known = &coop.board.working[&GROUP];
    let names = |members: &std::collections::BTreeSet<MemberId>| members.iter().copied().collect::<Vec<MemberId>>();
    Groups {
        schema: 1,
        marks: [("groups".to_owned(), 3)].into(),
        as_of: coop.now,
        valid_until: coop.now,
        people: coop.board.people.values().map(|person| (person.id, person.name.clone())).collect(),
        groups: vec![WorkingGroup {
            id: GROUP,
            slug: "vie-sociale".into(),
            name: known.name.clone(),
            role: String::new(),
            referents: names(&known.referents),
            members: names(&known.members),
            page: String::new(),
            call: None,
            minutes: Vec::new(),
        }],
        committee: Vec::new(),
        contacts: Default::default(),
        past: Vec::new(),
        meetings: Vec::new(),
        points: Vec::new(),
        decisions: Vec::new(),
        consultations: Vec::new(),
        employees: Vec::new(),
        assemblies: Vec::new(),
    }
}

/// The device of somebody, with these acts on their way.
fn device(coop: &Coop, who: &str, acts: Vec<Command>) -> (Calendar, Me, Groups) {
    let (calendar, mut me) = snapshots(coop, who);
    let groups = snapshot(coop);
    if coop.board.working[&GROUP].members.contains(&member(who)) {
        // Whoever belongs to Vie sociale may announce something in its name.
        (me.groups, me.organises) = (vec![GROUP], vec![GROUP]);
    }
    me.runs = coop.board.runs.iter().copied().collect();
    let mut outbox = Outbox::default();
    let id = |n: u128| domain::id::CommandId(uuid::Builder::from_u128(n).with_version(uuid::Version::SortRand).into_uuid());
    for (n, command) in (1..).zip(acts) {
        outbox.enqueue(id(n), command, "Un acte".into(), coop.now);
    }
    let shown = Shown { groups: Some(&groups), ..Shown::default() };
    let laid = laid_over_shown(&calendar, &me, shown, &outbox, coop.now);
    let laid = laid.map(|laid| (laid.calendar, laid.me, laid.groups.unwrap()));
    laid.unwrap_or((calendar, me, groups))
}

fn page_of((calendar, me, groups): &(Calendar, Me, Groups), now: domain::time::Instant) -> GroupMoving {
    let view = view_of(Seen { calendar, me, now }, groups, None, "vie-sociale");
    view.known.expect("the group").moving
}

#[test]
fn what_one_asks_of_a_group_shows_at_once_and_what_one_leaves_is_gone() {
    let coop = group(false);
    let outside = device(&coop, "Hugo", Vec::new());
    assert_eq!(page_of(&outside, coop.now).standing, Standing::Outside);
    let asked = device(&coop, "Hugo", vec![asks(1)]);
    assert_eq!(page_of(&asked, coop.now).standing, Standing::Asked { joining: joining(1), at: coop.now });
    let withdrawn = device(&coop, "Hugo", vec![asks(1), Command::WithdrawJoining { joining: joining(1) }]);
    assert_eq!(page_of(&withdrawn, coop.now).standing, Standing::Outside);
    let inside = page_of(&device(&coop, "Léa", Vec::new()), coop.now);
    assert_eq!((inside.standing, inside.organises), (Standing::Inside { referent: false }, true));
    let left = page_of(&device(&coop, "Léa", vec![Command::LeaveGroup { group: GROUP }]), coop.now);
    assert_eq!((left.standing, left.organises, left.members.len()), (Standing::Outside, false, 2));
}

#[test]
fn a_referents_answer_shows_at_once_and_a_refused_act_changes_nothing() {
    let coop = asked_by(group(true), "Hugo", None);
    let (calendar, me, groups) = device(&coop, "Camille", Vec::new());
    let waits = Admission { joining: coop.board.joinings[&joining(1)].clone(), name: ShortName::new("Hugo", "Hugo") };
    let me = Me { admits: vec![waits], ..me };
    let before = page_of(&(calendar.clone(), me.clone(), groups.clone()), coop.now);
    assert_eq!((before.admits.len(), before.members.len(), before.wanted()), (1, 3, 0));
    assert!(before.others.iter().all(|(id, _)| *id != member("Hugo")), "who asks is not invited, too");
    let laid = |command: Command| {
        let mut outbox = Outbox::default();
        let id = uuid::Builder::from_u128(1).with_version(uuid::Version::SortRand).into_uuid();
        outbox.enqueue(domain::id::CommandId(id), command, "Un acte".into(), coop.now);
        let shown = Shown { groups: Some(&groups), ..Shown::default() };
        let laid = laid_over_shown(&calendar, &me, shown, &outbox, coop.now).unwrap();
        page_of(&(laid.calendar, laid.me, laid.groups.unwrap()), coop.now)
    };
    let after = laid(answers(true, "Bienvenue"));
    assert_eq!((after.admits.len(), after.members.len()), (0, 4));
    // A third referent is refused, here as there.
    assert_eq!(laid(names("Léa", true)), before);
}
