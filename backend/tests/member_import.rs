//! A file of members on real PostgreSQL: nothing is written until it is approved as it was seen; taken back; two at once.

mod coop;

use backend::error::Error;
use backend::register::{self, import};
use coop::Coop;
use domain::catalogue::Cents;
use domain::command::Command;
use domain::id::{ErasureId, MemberId, MemberImportId};
use domain::register::Deed;
use domain::register::import::{
    Answers, Diff, Field, Mapping, NotApproved, NotUndone, Problem, Question, Refused, SharedAs, Step,
};
use encoding_rs::WINDOWS_1252;
use futures::future::join;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

/// As gestion-compte takes members in, and what they paid of their shares.
const HEADER: &str =
    "Numero existant;Nom;Prénom;Rue;Complement adresse;Code postale;Ville;Téléphone;Email;Date inscription;Montant des parts\r\n";
const ROWS: &str = "1001;Lefèvre;Hélène;3 rue des Prés;;74000;Annecy;0612345678;helene@exemple.fr;13/12/2018;100\r\n\
                    1002;Noël;Loïc;;;;;;loic@exemple.fr;20/11/2026;\r\n";
const COUPLE: &str =
    "1003;Mercier;Anne;;;;;;mercier@exemple.fr;01/03/2020;\r\n1004;Mercier;Bruno;;;;;;mercier@exemple.fr;01/03/2020;\r\n";

impl Coop {
    /// Margaux, of the office.
    async fn margaux(&self) -> MemberId {
        let margaux = self.member("Margaux").await;
        self.in_office(margaux).await;
        margaux
    }

    /// The rows under gestion-compte's titles, in Windows-1252.
    async fn brings(&self, office: MemberId, rows: &str) -> MemberImportId {
        let (bytes, _, lost) = WINDOWS_1252.encode(rows);
        assert!(!lost, "Windows-1252 has every letter of it");
        let (header, ..) = WINDOWS_1252.encode(HEADER);
        let whole = [header.as_ref(), bytes.as_ref()].concat();
        import::import_file(&self.backend, office, self.id(), "membres.csv", &whole).await.unwrap().unwrap()
    }

    async fn stands(&self, office: MemberId, id: MemberImportId) -> Step {
        import::importing(&self.backend, office, id).await.unwrap().step
    }

    async fn compared(&self, office: MemberId, id: MemberImportId) -> (Diff, String) {
        match self.stands(office, id).await {
            Step::Compared { diff, seen } => (*diff, seen),
            other => panic!("{other:?}"),
        }
    }

    async fn approved(&self, office: MemberId, rows: &str) -> MemberImportId {
        let id = self.brings(office, rows).await;
        let (_, seen) = self.compared(office, id).await;
        import::approve(&self.backend, office, id, &seen).await.unwrap().unwrap();
        self.backend.clock.set(self.now() + chrono::Duration::hours(1));
        id
    }

    async fn registered(&self) -> i64 {
        self.count("select count(*) from member").await
    }

    async fn of_number(&self, number: i32) -> MemberId {
        sqlx::query_scalar("select member_id from member where number = $1")
            .bind(number)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap()
    }
}

#[sqlx::test(migrations = false)]
async fn nothing_is_written_until_it_is_approved_and_then_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let id = coop.brings(margaux, ROWS).await;
    let (diff, seen) = coop.compared(margaux, id).await;
    assert_eq!((diff.new.len(), diff.questions.len(), coop.registered().await), (2, 0, 1));

    let counts = import::approve(&coop.backend, margaux, id, &seen).await.unwrap().unwrap();
    assert_eq!((counts.rows, counts.new, counts.changed), (2, 2, 0));
    assert_eq!(import::approve(&coop.backend, margaux, id, &seen).await.unwrap(), Ok(counts), "approved twice, it is one act");
    assert!(matches!(coop.stands(margaux, id).await, Step::Approved(_)));
    assert_eq!(coop.registered().await, 3);

    let helene = register::card(&coop.backend, margaux, coop.of_number(1001).await).await.unwrap();
    assert_eq!(helene.name(), "Hélène Lefèvre");
    assert_eq!(helene.written.address, "3 rue des Prés, 74000 Annecy");
    let share = helene.share().expect("what the file says");
    assert_eq!((share.cents, share.paid()), (Cents(10_000), Cents(10_000)));
    assert!(helene.arriving.is_none(), "she joined long ago");
    let loic = register::card(&coop.backend, margaux, coop.of_number(1002).await).await.unwrap();
    assert!(loic.share().is_none() && loic.arriving.is_some(), "he joined last month");
    let trail = register::trail(&coop.backend, margaux, loic.id).await.unwrap();
    assert_eq!(trail.lines[0].deed, Deed::Imported { file: "membres.csv".into() });

    let again = coop.brings(margaux, ROWS).await;
    let (diff, _) = coop.compared(margaux, again).await;
    assert!(diff.is_empty() && diff.same == 2, "the same file twice changes nothing: {diff:?}");
}

#[sqlx::test(migrations = false)]
async fn six_hundred_members_come_in_one_transaction(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let first = ["Zoé", "Jérôme", "Anaïs", "Loïc", "Hélène", "François", "Maëlle", "Benoît", "Gaëlle", "Œnone"];
    let row = |number: usize| {
        let name = first[number % 10];
        format!("{};Noël {number};{name};;;;;;m{number}@exemple.fr;13/12/2018;100\r\n", 1000 + number)
    };
    coop.approved(margaux, &(1..=600).map(row).collect::<String>()).await;
    assert_eq!(coop.registered().await, 601);
    assert_eq!(coop.count("select count(*) from share").await, 600);
    assert_eq!(coop.count("select count(*) from member where first_name = 'Maëlle'").await, 60);
}

#[sqlx::test(migrations = false)]
async fn what_is_faulty_changes_nothing_and_is_told_by_line(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let rows = "1001;Lefèvre;Hélène;;;;;12;helene@;31/02/2020;cent\r\n1002;;Loïc;;;;;;;;\r\n";
    let id = coop.brings(margaux, rows).await;
    let Step::Faults(faults) = coop.stands(margaux, id).await else { panic!("faults") };
    let told: Vec<(u32, &str)> = faults.iter().map(|fault| (fault.line, fault.column.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [(2, "Email"), (2, "Téléphone"), (2, "Date inscription"), (2, "Montant des parts"), (3, "Nom")]);
    assert_eq!(import::approve(&coop.backend, margaux, id, "").await.unwrap(), Err(NotApproved::Unread));
    assert_eq!(coop.registered().await, 1);
    let archive = import::import_file(&coop.backend, margaux, coop.id(), "membres.xlsx", b"PK\x03\x04").await.unwrap();
    assert_eq!(archive, Err(Refused::Workbook));
}

#[sqlx::test(migrations = false)]
async fn a_couple_is_asked_about_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let id = coop.brings(margaux, COUPLE).await;
    let (diff, seen) = coop.compared(margaux, id).await;
    assert!(
        matches!(&diff.questions[..], [Question::Shared { email, lines, .. }] if email == "mercier@exemple.fr" && lines.len() == 2)
    );
    let open = import::approve(&coop.backend, margaux, id, &seen).await.unwrap();
    assert_eq!(open, Err(NotApproved::Open(diff.questions)));

    let household = [("mercier@exemple.fr".to_owned(), SharedAs::Household)].into();
    let answers = Answers { addresses: household, ..Answers::default() };
    import::answer_file(&coop.backend, margaux, id, &answers).await.unwrap();
    let (_, seen) = coop.compared(margaux, id).await;
    import::approve(&coop.backend, margaux, id, &seen).await.unwrap().unwrap();
    assert_eq!(coop.count("select count(*) from member where email = 'mercier@exemple.fr'").await, 2);
    assert!(register::alikes(&coop.backend, margaux).await.unwrap().shared.is_empty(), "it was said that it is so");
    let again = coop.brings(margaux, COUPLE).await;
    let (diff, _) = coop.compared(margaux, again).await;
    assert!(diff.is_empty() && diff.same == 2, "{diff:?}");
}

#[sqlx::test(migrations = false)]
async fn which_column_is_which_is_remembered(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let file = "Qui;Où écrire\nMarie Blanc;marie@exemple.fr\n";
    let brings =
        async || import::import_file(&coop.backend, margaux, coop.id(), "a.csv", file.as_bytes()).await.unwrap().unwrap();
    let id = brings().await;
    assert!(matches!(&coop.stands(margaux, id).await, Step::Columns(problems) if *problems == [Problem::NoName]));
    let mut mapping = Mapping::default();
    mapping.set("Qui", Some(Field::FullName));
    mapping.set("Où écrire", Some(Field::Email));
    import::map_columns(&coop.backend, margaux, id, &mapping).await.unwrap();
    let (diff, seen) = coop.compared(margaux, id).await;
    assert_eq!(diff.new[0].facts.name(), "Marie Blanc");
    import::approve(&coop.backend, margaux, id, &seen).await.unwrap().unwrap();
    let again = brings().await;
    assert!(coop.compared(margaux, again).await.0.is_empty());
}

#[sqlx::test(migrations = false)]
async fn what_a_column_means_is_said_once_whatever_becomes_of_the_file(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let first = sent(&coop, margaux, coop.id(), "Qui;Où écrire\nMarie Blanc;marie@\n").await;
    let mut mapping = Mapping::default();
    mapping.set("Qui", Some(Field::FullName));
    mapping.set("Où écrire", Some(Field::Email));
    import::map_columns(&coop.backend, margaux, first, &mapping).await.unwrap();
    assert!(matches!(coop.stands(margaux, first).await, Step::Faults(_)), "this one is never approved");
    // Nor does another system's file, which is applied in between, make it forgotten.
    coop.approved(margaux, ROWS).await;
    let second = sent(&coop, margaux, coop.id(), "Qui;Où écrire\nMarie Blanc;marie@exemple.fr\n").await;
    assert_eq!(coop.compared(margaux, second).await.0.new[0].facts.email, "marie@exemple.fr");
}

#[sqlx::test(migrations = false)]
async fn two_who_answer_for_one_file_both_count(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let id = coop.brings(margaux, COUPLE).await;
    let of_people = Answers { people: [(2, None)].into(), ..Answers::default() };
    let of_addresses =
        Answers { addresses: [("mercier@exemple.fr".to_owned(), SharedAs::Household)].into(), ..Answers::default() };
    for said in [&of_people, &of_addresses] {
        import::answer_file(&coop.backend, margaux, id, said).await.unwrap();
    }
    let answers = import::importing(&coop.backend, margaux, id).await.unwrap().answers;
    assert_eq!(answers, Answers { people: of_people.people, addresses: of_addresses.addresses });
}

#[sqlx::test(migrations = false)]
async fn the_last_one_is_taken_back_but_for_whoever_has_done_something(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let first = coop.approved(margaux, ROWS).await;
    let moved = ROWS.replace("0612345678", "0712345678");
    let more = "1005;Blanc;Marie;;;;;;marie@exemple.fr;01/11/2026;100\r\n1006;Noir;Paul;;;;;;paul@exemple.fr;01/11/2026;\r\n";
    let second = coop.approved(margaux, &format!("{moved}{more}")).await;
    let phone = async || {
        let helene = coop.of_number(1001).await;
        register::card(&coop.backend, margaux, helene).await.unwrap().written.phone.unwrap()
    };
    assert_eq!((coop.registered().await, phone().await.as_str()), (5, "07 12 34 56 78"));
    assert_eq!(import::undo_last(&coop.backend, margaux, first).await.unwrap(), Err(NotUndone::NotTheLast));

    // Paul has a seat by now.
    let paul = coop.of_number(1006).await;
    coop.seat_of(paul, 10, 9).await;

    let undo = import::undo_last(&coop.backend, margaux, second).await.unwrap().unwrap();
    assert_eq!(undo.since.iter().map(|since| since.name.as_str()).collect::<Vec<_>>(), ["Paul Noir"]);
    assert_eq!((coop.registered().await, phone().await.as_str()), (4, "06 12 34 56 78"));
    assert_eq!(coop.count("select count(*) from share").await, 1, "Marie's is no more");
    assert_eq!(import::undo_last(&coop.backend, margaux, second).await.unwrap(), Err(NotUndone::Already));
    let applied = import::approve(&coop.backend, margaux, second, "").await.unwrap();
    assert_eq!(applied, Err(NotApproved::Undone), "it is not applied");
    let lines = import::imports(&coop.backend, margaux).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.undone_at.is_some()).collect::<Vec<_>>(), [true, false]);
}

/// Marie of that number, who joined long ago.
fn marie(number: u32) -> String {
    format!("{number};Blanc{number};Marie;;;;;;m{number}@exemple.fr;01/03/2020;\r\n")
}

#[sqlx::test(migrations = false)]
async fn the_last_one_is_what_was_applied_last_whatever_the_clock_says(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let first = coop.approved(margaux, &marie(1001)).await;
    // Somebody sets the clock back.
    coop.backend.clock.set(coop.now() - chrono::Duration::days(1));
    let second = coop.approved(margaux, &marie(1002)).await;
    // What changes nothing leaves nothing to take back.
    coop.approved(margaux, &marie(1001)).await;
    assert_eq!(import::imports(&coop.backend, margaux).await.unwrap().len(), 2);
    assert_eq!(import::undo_last(&coop.backend, margaux, first).await.unwrap(), Err(NotUndone::NotTheLast));
    import::undo_last(&coop.backend, margaux, second).await.unwrap().unwrap();
    assert_eq!(coop.registered().await, 2);
}

#[sqlx::test(migrations = false)]
async fn the_number_of_a_card_that_is_no_more_is_nobodys_again(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let (keeps, goes) = (coop.member("Camille").await, coop.member("Camille").await);
    register::merge(&coop.backend, margaux, coop.id(), keeps, goes).await.unwrap().unwrap();
    let rows = "2;Noir;Paul;;;;;;paul@exemple.fr;01/03/2020;\r\n;Gris;Ida;;;;;;ida@exemple.fr;01/03/2020;\r\n";
    coop.approved(margaux, rows).await;
    let numbers: Vec<i32> = sqlx::query_scalar("select number from member where last_name in ('Noir', 'Gris') order by 1")
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
    assert_eq!(numbers, [3, 4]);
}

#[sqlx::test(migrations = false)]
async fn of_whoever_is_erased_the_files_kept_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let import = coop.approved(margaux, &format!("{}{}", marie(1001), marie(1002))).await;
    let gone = coop.of_number(1001).await;
    let erasure = ErasureId(coop.id());
    coop.does(gone, Command::AskErasure { erasure, word: String::new() }).await;
    register::erase(&coop.backend, margaux, coop.id(), erasure).await.unwrap().unwrap();
    let kept =
        async |what: &str| coop.count(&format!("select count(*) from member_import where plan::text like '%{what}%'")).await;
    assert_eq!((kept("m1001@").await, kept("m1002@").await), (0, 1));
    let undo = import::undo_last(&coop.backend, margaux, import).await.unwrap().unwrap();
    assert_eq!((undo.since.len(), undo.erased), (0, 1), "{undo:?}");
    assert_eq!(coop.registered().await, 2, "Margaux, and whoever was erased");
    let named = "select count(*) from member where last_name like 'Blanc%' or email <> '' and member_id in (
        select member_id from member where erased_at is not null)";
    assert_eq!(coop.count(named).await, 0, "nobody is named again");
}

#[sqlx::test(migrations = false)]
async fn of_two_at_once_one_is_refused(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let (one, other) = (coop.brings(margaux, ROWS).await, coop.brings(margaux, COUPLE.lines().next().unwrap()).await);
    let (_, seen) = coop.compared(margaux, one).await;
    let (_, too) = coop.compared(margaux, other).await;
    let (first, second) =
        join(import::approve(&coop.backend, margaux, one, &seen), import::approve(&coop.backend, margaux, other, &too)).await;
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
    assert!([first, second].contains(&Err(NotApproved::Otherwise)));
}

#[sqlx::test(migrations = false)]
async fn only_the_office_brings_one_in_and_what_nobody_approves_is_forgotten(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let camille = coop.member("Camille").await;
    let id = coop.brings(margaux, ROWS).await;
    let refused = import::import_file(&coop.backend, camille, coop.id(), "membres.csv", HEADER.as_bytes()).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
    assert!(matches!(import::importing(&coop.backend, camille, id).await, Err(Error::NotAllowed)));
    assert!(matches!(import::approve(&coop.backend, camille, id, "").await, Err(Error::NotAllowed)));
    assert!(matches!(import::undo_last(&coop.backend, camille, id).await, Err(Error::NotAllowed)));
    assert!(matches!(import::export(&coop.backend, camille).await, Err(Error::NotAllowed)));

    register::purge(&coop.backend, coop.now() + chrono::Duration::days(3)).await.unwrap();
    assert!(matches!(import::importing(&coop.backend, margaux, id).await, Err(Error::NotFound)));
}

/// A file as the form with that id sends it.
async fn sent(coop: &Coop, office: MemberId, form: Uuid, text: &str) -> MemberImportId {
    import::import_file(&coop.backend, office, form, "membres.csv", text.as_bytes()).await.unwrap().unwrap()
}

#[sqlx::test(migrations = false)]
async fn a_form_sent_twice_is_one_file_and_with_another_file_it_is_another(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let form = coop.id();
    let (faulty, corrected) = ("Nom;Prénom;E-mail\nBlanc;Marie;marie@\n", "Nom;Prénom;E-mail\nBlanc;Marie;marie@exemple.fr\n");
    let first = sent(&coop, margaux, form, faulty).await;
    assert_eq!((first, sent(&coop, margaux, form, faulty).await), (MemberImportId(form), first));
    // Back to the form, whose id is what it was.
    let second = sent(&coop, margaux, form, corrected).await;
    assert_ne!(second, first);
    assert!(matches!(coop.stands(margaux, first).await, Step::Faults(_)));
    let (_, seen) = coop.compared(margaux, second).await;
    import::approve(&coop.backend, margaux, second, &seen).await.unwrap().unwrap();
    assert_eq!(coop.registered().await, 2);
}

#[sqlx::test(migrations = false)]
async fn of_the_files_that_somebody_lets_wait_the_newest_are_kept(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let applied = coop.approved(margaux, ROWS).await;
    let first = coop.brings(margaux, &marie(1001)).await;
    for number in 1002..=1011 {
        coop.backend.clock.set(coop.now() + chrono::Duration::minutes(1));
        coop.brings(margaux, &marie(number)).await;
    }
    assert_eq!(coop.count("select count(*) from member_import where approved_at is null").await, 10);
    assert!(matches!(import::importing(&coop.backend, margaux, first).await, Err(Error::NotFound)), "the oldest one");
    assert!(matches!(coop.stands(margaux, applied).await, Step::Approved(_)));
}

#[sqlx::test(migrations = false)]
async fn what_it_exports_it_takes_back_without_a_change(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    coop.approved(margaux, ROWS).await;
    let table = import::export(&coop.backend, margaux).await.unwrap();
    let line = |cells: &[String]| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";") + "\r\n";
    let rows = table.rows.iter().map(|(_, cells)| line(cells)).collect::<String>();
    let file = line(&table.header) + &rows;
    let id = import::import_file(&coop.backend, margaux, coop.id(), "registre.csv", file.as_bytes()).await.unwrap().unwrap();
    let (diff, _) = coop.compared(margaux, id).await;
    assert!(diff.is_empty() && diff.same == 3, "{diff:?}");
}
