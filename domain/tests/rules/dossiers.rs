//! The dossier board of a group: who may do what with a dossier, how one is typed, what a device shows of it at once.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::calendar::Calendar;
use domain::command::Command;
use domain::dossiers::{
    Contact, Dossier, Hours, Kind, MINUTES_CAP, Matter, Mistake, OPEN_CAP, Paper, Part, Said, Stage, State, papers_typed,
};
use domain::groups::Membership;
use domain::id::{CommandId, DossierId, GroupId, HoursId};
use domain::me::Me;
use domain::notice::Notice;
use domain::notify::{Ties, concerns, is_still_true};
use domain::outbox::Outbox;
use domain::overlay::{Shown, laid_over_shown};
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::time::paris_day;
use domain::view::Seen;
use domain::view::dossiers::{board_moving, dossier_moving};
use uuid::Uuid;

use crate::coop::*;
use crate::overlay::snapshots;

const GROUP: GroupId = GroupId(Uuid::from_u128(7));

fn id(number: u128) -> DossierId {
    DossierId(Uuid::from_u128(number))
}

fn dossier(coop: &Coop, number: u128, title: &str) -> Dossier {
    Dossier {
        id: id(number),
        group: GROUP,
        title: title.into(),
        text: String::new(),
        matter: Matter::Task,
        holder: None,
        due: None,
        papers: Vec::new(),
        state: State::ToDo,
        hours: Vec::new(),
        by: member("Camille"),
        at: coop.now,
        revision: 1,
    }
}

/// The board of Vie sociale with three dossiers: one that nobody has, Karim's, and a young volunteer whom Nour accompanies. `keeps`:
/// whoever acts next belongs to the group.
fn kept(keeps: bool) -> Coop {
    let mut coop = Coop::new();
    let plain = dossier(&coop, 1, "La salle");
    let karims = Dossier { holder: Some(member("Karim")), ..dossier(&coop, 2, "La sono") };
    let volunteer = Matter::Volunteer { tutor: Some(member("Nour")), from: None, to: None };
    let maels = Dossier { matter: volunteer, ..dossier(&coop, 3, "Maël") };
    for one in [plain, karims, maels] {
        coop.board.dossiers.insert(one.id, one);
    }
    if keeps {
        coop.board.keeps_dossiers = BTreeSet::from([GROUP]);
    }
    coop
}

fn opens(number: u128, title: &str) -> Command {
    Command::OpenDossier { dossier: id(number), group: GROUP, title: title.into(), text: " En deux mots ".into(), due: None }
}

fn takes(number: u128, on: bool) -> Command {
    Command::TakeDossier { dossier: id(number), on }
}

fn sets(number: u128, state: Stage, word: &str) -> Command {
    Command::SetDossierState { dossier: id(number), state, word: word.into() }
}

fn logs(number: u128, on: &str, minutes: u16) -> Command {
    let hours = HoursId(Uuid::from_u128(90));
    Command::LogHours { hours, dossier: id(number), day: on.parse().unwrap(), minutes, note: " Le  stand ".into() }
}

fn code(came: Answer) -> String {
    let said = came.err().map(|reason| serde_json::to_value(&reason).unwrap()["code"].as_str().unwrap().to_owned());
    said.unwrap_or_default()
}

#[test]
fn what_is_noted_on_the_spot_is_something_to_be_done() {
    let mut coop = kept(true);
    coop.does("Léa", opens(4, " Le  congélateur ")).unwrap();
    let made = &coop.board.dossiers[&id(4)];
    assert_eq!((made.title.as_str(), made.text.as_str(), made.kind()), ("Le congélateur", "En deux mots", Kind::Task));
    assert_eq!((made.by, made.holder, made.is_open(), made.revision), (member("Léa"), None, true, 1));
}

#[test]
fn who_may_do_what_with_a_dossier() {
    let far = Command::OpenDossier {
        dossier: id(4),
        group: GROUP,
        title: "Loin".into(),
        text: String::new(),
        due: Some(day(2032, 1, 1)),
    };
    let unlogs = Command::RemoveHours { hours: HoursId(Uuid::from_u128(90)), dossier: id(3) };
    // Who, whether they keep the board, what, and why not.
    let table: [(&str, bool, Command, &str); 27] = [
        ("Léa", true, opens(4, "Le toit"), ""),
        ("Hugo", false, opens(4, "Le toit"), "not_your_board"),
        ("Léa", true, opens(4, " — "), "title_missing"),
        ("Léa", true, opens(4, &"é".repeat(121)), "note_too_long"),
        ("Léa", true, opens(1, "Le toit"), "id_reused"),
        ("Léa", true, far, "bad_dossier_day"),
        ("Léa", true, takes(1, true), ""),
        ("Hugo", false, takes(1, true), "unknown_dossier"),
        ("Léa", true, takes(9, true), "unknown_dossier"),
        ("Léa", true, takes(2, true), "dossier_held"),
        ("Karim", true, takes(2, true), ""),
        ("Karim", true, takes(2, false), ""),
        ("Léa", true, takes(2, false), "not_holding"),
        ("Léa", true, takes(1, false), "not_holding"),
        // Not only who sees to it moves it on.
        ("Léa", true, sets(2, Stage::Done, ""), ""),
        ("Hugo", false, sets(2, Stage::Done, ""), "unknown_dossier"),
        ("Léa", true, sets(1, Stage::Dropped, "Trop cher"), ""),
        ("Léa", true, sets(1, Stage::Dropped, " "), "why_missing"),
        ("Léa", true, sets(1, Stage::Dropped, &"é".repeat(301)), "note_too_long"),
        ("Léa", true, logs(3, "2026-11-22", 90), ""),
        // Whoever accompanies them belongs to another group.
        ("Nour", false, logs(3, "2026-11-22", 90), ""),
        ("Hugo", false, logs(3, "2026-11-22", 90), "unknown_dossier"),
        ("Léa", true, logs(1, "2026-11-22", 90), "not_a_volunteer"),
        ("Léa", true, logs(3, "2026-11-24", 90), "bad_dossier_day"),
        ("Léa", true, logs(3, "2026-11-22", 0), "bad_hours"),
        ("Léa", true, logs(3, "2026-11-22", MINUTES_CAP + 1), "bad_hours"),
        ("Léa", true, unlogs, "unknown_dossier"),
    ];
    for (who, keeps, command, wanted) in table {
        let mut coop = kept(keeps);
        assert_eq!(code(coop.does(who, command.clone())), wanted, "{who} {command:?}");
    }
}

#[test]
fn what_is_over_moves_no_more_until_it_is_opened_again() {
    let mut coop = kept(true);
    coop.does("Léa", sets(1, Stage::UnderWay, "")).unwrap();
    assert_eq!(coop.board.dossiers[&id(1)].state, State::UnderWay { since: coop.now });
    coop.does("Léa", sets(1, Stage::Dropped, " Trop cher ")).unwrap();
    let dropped = State::Dropped { at: coop.now, by: member("Léa"), word: "Trop cher".into() };
    assert_eq!(coop.board.dossiers[&id(1)].state, dropped);
    // Said again, nothing changes, and the word of then stays.
    coop.does("Karim", sets(1, Stage::Dropped, "Autre chose")).unwrap();
    assert_eq!(coop.board.dossiers[&id(1)].state, dropped);
    assert_eq!(coop.does("Léa", takes(1, true)).unwrap_err(), Reason::DossierClosed { since: coop.now });
    coop.does("Karim", sets(1, Stage::ToDo, "")).unwrap();
    coop.does("Léa", takes(1, true)).unwrap();
    assert_eq!(coop.board.dossiers[&id(1)].holder, Some(member("Léa")));
}

#[test]
fn a_board_holds_so_many_that_are_open() {
    let mut coop = kept(true);
    for number in 10..10 + OPEN_CAP as u128 - 3 {
        let one = dossier(&coop, number, "Encore");
        coop.board.dossiers.insert(one.id, one);
    }
    assert_eq!(coop.does("Léa", opens(4, "Un de trop")).unwrap_err(), Reason::BoardFull { cap: 150 });
    coop.does("Léa", sets(1, Stage::Done, "")).unwrap();
    coop.does("Léa", opens(4, "Le dernier")).unwrap();
}

#[test]
fn a_volunteers_hours_stand_by_day_and_can_be_taken_back() {
    let mut coop = kept(true);
    coop.does("Nour", logs(3, "2026-11-22", 210)).unwrap();
    let of = coop.board.dossiers[&id(3)].clone();
    let wanted = Hours {
        id: HoursId(Uuid::from_u128(90)),
        day: day(2026, 11, 22),
        minutes: 210,
        note: "Le stand".into(),
        by: member("Nour"),
    };
    assert_eq!((of.hours.as_slice(), of.worked()), ([wanted].as_slice(), 210));
    assert_eq!(coop.does("Nour", logs(3, "2026-11-21", 30)).unwrap_err(), Reason::IdReused);
    coop.does("Léa", Command::RemoveHours { hours: HoursId(Uuid::from_u128(90)), dossier: id(3) }).unwrap();
    assert_eq!(coop.board.dossiers[&id(3)].worked(), 0);
}

#[test]
fn those_who_are_named_hear_of_its_day() {
    let coop = kept(true);
    let maels = coop.board.dossiers[&id(3)].clone();
    assert_eq!(maels.named(), [member("Nour")]);
    assert_eq!(Dossier { holder: Some(member("Léa")), ..maels.clone() }.named(), [member("Léa"), member("Nour")]);
    assert_eq!(Dossier { holder: Some(member("Nour")), ..maels.clone() }.named(), [member("Nour")], "once");
    let today = day(2026, 11, 23);
    let due = |on| Dossier { due: Some(on), ..maels.clone() };
    for (on, late, near) in [
        (day(2026, 11, 22), true, false),
        (today, false, true),
        (day(2026, 11, 30), false, true),
        (day(2026, 12, 1), false, false),
    ] {
        assert_eq!((due(on).is_late(today), due(on).is_near(today)), (late, near), "{on}");
    }
    let done = Dossier { state: State::Done { at: coop.now, by: member("Léa") }, ..due(day(2026, 11, 22)) };
    assert!(!done.is_late(today));
}

// — as it is typed —

fn read(typed: &[(&str, &str)]) -> Result<Said, Vec<Mistake>> {
    let fields = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Said::read(&Fields(fields), day(2026, 11, 23))
}

fn as_kind(kind: &str, more: &[(&str, &str)]) -> Result<Matter, Vec<Mistake>> {
    let typed = [[("title", "Le dossier"), ("sorte", kind)].as_slice(), more].concat();
    read(&typed).map(|said| said.matter)
}

#[test]
fn each_kind_has_its_own_fields_and_no_other() {
    let whom = [("contact", " Mila  Ferrand "), ("tel", "04 50 00 00 11"), ("mail", "mila@ressourcerie.example")];
    let contact =
        Contact { name: "Mila Ferrand".into(), phone: "04 50 00 00 11".into(), email: "mila@ressourcerie.example".into() };
    let with = |more: &[(&'static str, &'static str)]| [whom.as_slice(), more].concat();
    let about = ("a-propos", "Le stand");
    assert_eq!(as_kind("task", &with(&[about])), Ok(Matter::Task));
    assert_eq!(
        as_kind("partner", &with(&[about])),
        Ok(Matter::Partner { contact: contact.clone(), together: "Le stand".into() })
    );
    let grant = Matter::Grant { funder: "Le stand".into(), amount: Some(12_000), contact: contact.clone() };
    assert_eq!(as_kind("grant", &with(&[about, ("montant", "12 000 €")])), Ok(grant));
    assert_eq!(as_kind("press", &with(&[about])), Ok(Matter::Press { outlet: "Le stand".into(), contact: contact.clone() }));
    assert_eq!(as_kind("lead", &with(&[about])), Ok(Matter::Lead { offers: "Le stand".into(), contact: contact.clone() }));
    let material = Matter::Material { quantity: 20, whom: "Le stand".into() };
    assert_eq!(as_kind("material", &with(&[about, ("quantite", "20")])), Ok(material));
    let software = Matter::Software { href: "https://caisse.example/".into(), contact };
    assert_eq!(as_kind("software", &with(&[("lien", "https://caisse.example/")])), Ok(software));
    let nour = member("Nour");
    let tutored = [("tuteur", nour.to_string()), ("du", "2026-09-01".to_owned()), ("au", "2027-02-28".to_owned())];
    let tutored: Vec<(&str, &str)> = tutored.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let volunteer = Matter::Volunteer { tutor: Some(nour), from: Some(day(2026, 9, 1)), to: Some(day(2027, 2, 28)) };
    assert_eq!(as_kind("volunteer", &tutored), Ok(volunteer));
}

#[test]
fn what_is_typed_wrongly_comes_back_with_every_mistake() {
    let long = "é".repeat(2_001);
    let wrong = read(&[("sorte", "royaume"), ("title", " — "), ("text", &long), ("echeance", "demain")]).unwrap_err();
    let outside = Mistake::BadDue { from: day(2025, 11, 22), to: day(2031, 11, 27) };
    assert_eq!(wrong, [Mistake::TitleMissing, Mistake::TextTooLong { cap: 2_000, long: 2_001 }, outside, Mistake::KindMissing]);
    for (kind, field, value, mistake) in [
        ("grant", "montant", "beaucoup", Mistake::BadAmount { cap: 9_999_999 }),
        ("grant", "montant", "12,5", Mistake::BadAmount { cap: 9_999_999 }),
        ("grant", "montant", "-3", Mistake::BadAmount { cap: 9_999_999 }),
        ("material", "quantite", "0", Mistake::BadQuantity { cap: 999 }),
        ("material", "quantite", "", Mistake::BadQuantity { cap: 999 }),
        ("software", "lien", "javascript:alert(1)", Mistake::BadLink),
        ("software", "lien", "/moi", Mistake::BadLink),
        ("partner", "mail", "mila", Mistake::BadMail),
        ("partner", "mail", "mila@a.example?bcc=x@b.example", Mistake::BadMail),
        ("volunteer", "du", "bientôt", Mistake::BadFrom),
        ("volunteer", "au", "2026-02-30", Mistake::BadTo),
    ] {
        assert_eq!(as_kind(kind, &[(field, value)]).unwrap_err(), [mistake], "{kind} {field}={value}");
    }
    let backwards = as_kind("volunteer", &[("du", "2026-12-02"), ("au", "2026-12-01")]).unwrap_err();
    assert_eq!(backwards, [Mistake::Backwards]);
    let name = "é".repeat(201);
    assert_eq!(as_kind("press", &[("contact", &name)]).unwrap_err(), [Mistake::TooLong { part: Part::Name, cap: 200 }]);
}

#[test]
fn papers_are_lines_whose_last_word_may_be_an_address() {
    let typed = "Convention, classeur bleu\n\nRèglement https://salle.example/r.pdf\nhttps://seul.example/\n\
                 Piège javascript:alert(1)\nÀ qui mailto:a@b.example\nLa vacation /vacations";
    let said = read(&[("sorte", "task"), ("title", "Fête"), ("pieces", typed)]).unwrap();
    let paper = |label: &str, href: Option<&str>| Paper { label: label.to_owned(), href: href.map(str::to_owned) };
    assert_eq!(
        said.papers,
        [
            paper("Convention, classeur bleu", None),
            paper("Règlement", Some("https://salle.example/r.pdf")),
            paper("https://seul.example/", Some("https://seul.example/")),
            paper("Piège javascript:alert(1)", None),
            paper("À qui", Some("mailto:a@b.example")),
            paper("La vacation", Some("/vacations")),
        ]
    );
    // Typed again as it stands, it is the same.
    let again = papers_typed(&said.papers);
    assert_eq!(read(&[("sorte", "task"), ("title", "Fête"), ("pieces", &again)]).unwrap().papers, said.papers);
    let many = "Une pièce\n".repeat(21);
    let wrong = read(&[("sorte", "task"), ("title", "Fête"), ("pieces", &many)]).unwrap_err();
    assert_eq!(wrong, [Mistake::TooManyPapers { cap: 20 }]);
}

// — on a device —

/// The device of somebody, with these acts on their way.
fn device(coop: &Coop, who: &str, acts: Vec<Command>) -> (Calendar, Me) {
    let (calendar, mut me) = snapshots(coop, who);
    me.keeps_dossiers = coop.board.keeps_dossiers.iter().copied().collect();
    me.dossiers = coop.board.dossiers.values().cloned().collect();
    let mut outbox = Outbox::default();
    let id = |n: u128| CommandId(uuid::Builder::from_u128(n).with_version(uuid::Version::SortRand).into_uuid());
    for (n, command) in (1..).zip(acts) {
        outbox.enqueue(id(n), command, "Un acte".into(), coop.now);
    }
    let laid = laid_over_shown(&calendar, &me, Shown::default(), &outbox, coop.now).map(|laid| (laid.calendar, laid.me));
    laid.unwrap_or((calendar, me))
}

#[test]
fn what_one_does_with_a_dossier_shows_at_once() {
    let coop = kept(true);
    let acts = vec![opens(4, "Le toit"), takes(4, true), sets(1, Stage::Done, ""), logs(3, "2026-11-22", 90)];
    let (calendar, me) = device(&coop, "Léa", acts);
    let seen = Seen { calendar: &calendar, me: &me, now: coop.now };
    let board = board_moving(seen, GROUP);
    let open: Vec<(&str, bool)> = board.open.iter().map(|row| (row.title.as_str(), row.own)).collect();
    assert_eq!(open, [("La sono", false), ("Maël", false), ("Le toit", true)]);
    assert_eq!(board.closed.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["La salle"]);
    let maels = dossier_moving(seen, id(3)).unwrap();
    assert_eq!((maels.worked, maels.logs, maels.keeps), (90, true, true));
}

#[test]
fn a_board_stands_by_its_days_and_is_its_groups_alone() {
    let mut coop = kept(true);
    let mut due = |number: u128, on: Option<chrono::NaiveDate>| coop.board.dossiers.get_mut(&id(number)).unwrap().due = on;
    due(2, Some(day(2026, 11, 20)));
    due(3, Some(day(2026, 12, 20)));
    let (calendar, me) = device(&coop, "Léa", Vec::new());
    let board = board_moving(Seen { calendar: &calendar, me: &me, now: coop.now }, GROUP);
    let rows: Vec<(&str, bool)> = board.open.iter().map(|row| (row.title.as_str(), row.late)).collect();
    assert_eq!(rows, [("La sono", true), ("Maël", false), ("La salle", false)]);
    coop.board.keeps_dossiers.clear();
    let (calendar, me) = device(&coop, "Nour", Vec::new());
    let seen = Seen { calendar: &calendar, me: &me, now: coop.now };
    let theirs = board_moving(seen, GROUP);
    assert!(!theirs.mine && theirs.open.is_empty() && theirs.closed.is_empty());
    // Whoever accompanies a young volunteer reads that one, and writes its hours down.
    let maels = dossier_moving(seen, id(3)).unwrap();
    assert_eq!((maels.logs, maels.keeps), (true, false));
}

#[test]
fn its_notices_are_for_those_who_are_named_and_true_while_they_are() {
    let mut coop = kept(true);
    let members = [member("Karim"), member("Hugo")].into();
    let group = Membership { name: "Vie sociale".into(), members, referents: [member("Hugo")].into() };
    coop.board.working.insert(GROUP, group);
    let on = paris_day(coop.now);
    if let Some(karims) = coop.board.dossiers.get_mut(&id(2)) {
        karims.due = Some(on);
    }
    let handed = |number: u128| {
        let (dossier, title, by) = (id(number), "La sono".to_owned(), member("Camille"));
        Notice::DossierHanded { dossier, group: GROUP, title, by }
    };
    let due = Notice::DossierDue { dossier: id(2), group: GROUP, title: "La sono".into(), on };
    let (none, runs) = (Ties::default(), Ties { runs: [GROUP].into(), ..Ties::default() });
    let may = |coop: &Coop, ties: &Ties, notice: &Notice, who: &str| concerns(&coop.board, ties, notice, member(who));
    assert!(may(&coop, &none, &handed(2), "Karim") && !may(&coop, &runs, &handed(2), "Hugo"));
    assert!(may(&coop, &none, &handed(3), "Nour"), "she accompanies Maël, whatever she belongs to");
    assert!(may(&coop, &none, &due, "Karim") && may(&coop, &runs, &due, "Hugo") && !may(&coop, &none, &due, "Nour"));
    assert!(is_still_true(&coop.board, &due, member("Karim"), coop.now));
    assert!(!is_still_true(&coop.board, &due, member("Karim"), coop.now + Duration::days(1)), "its day has passed");
    // He left the group; he gave it up.
    if let Some(group) = coop.board.working.get_mut(&GROUP) {
        group.members.remove(&member("Karim"));
    }
    assert!(!may(&coop, &none, &handed(2), "Karim") && !may(&coop, &none, &due, "Karim"));
    if let Some(karims) = coop.board.dossiers.get_mut(&id(2)) {
        karims.holder = None;
    }
    assert!(!is_still_true(&coop.board, &handed(2), member("Karim"), coop.now));
}
