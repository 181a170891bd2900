//! A co-op's first day: from an empty database to a first member who goes on.

mod village;

use std::net::IpAddr;

use backend::auth::{self, CodeRequest, Verified};
use backend::founding::{self, NotFounded};
use backend::register::{self, import};
use backend::{brief, command, demo, jobs, ledger, shifts, snapshots, swaps};
use domain::command::{Command, Envelope, SCHEMA};
use domain::id::{CommandId, MemberId, SeatId, ShiftId};
use domain::outcome::Outcome;
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::register::WavePlan;
use domain::register::import::Step;
use domain::time::{paris_day, plus_days};
use sqlx::PgPool;
use village::Village;

/// A Tuesday.
const MORNING: &str = "2026-12-01T08:00:00+01:00";
const EMAIL: &str = "marie@exemple.fr";

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

impl Village {
    /// Founded by Marie, member 87, and nobody else.
    async fn begun(pool: PgPool) -> (Village, MemberId) {
        let village = Village::empty(pool, MORNING).await;
        founding::found(&village.backend, EMAIL, "Marie Dupont", 87).await.unwrap().unwrap();
        let marie = village.one("select member_id from member").await;
        (village, marie)
    }

    async fn does(&self, member: MemberId, command: Command) -> Outcome {
        let id = CommandId(self.backend.ids.uuid());
        let envelope = Envelope { id, schema: SCHEMA, depends_on: Vec::new(), on_behalf_of: None, command };
        command::perform(&self.backend, member, &envelope).await.unwrap()
    }

    async fn whole(&self) -> String {
        self.one(
            "select md5(string_agg(t, '' order by t)) from (
                select member::text as t from member union all select setting::text from setting
                union all select skill::text from skill union all select policy_version::text from policy_version
                union all select working_group::text from working_group union all select group_member::text from group_member
                union all select shift_template::text from shift_template union all select seat_template::text from seat_template
                union all select shift::text from shift union all select seat::text from seat) as everything",
        )
        .await
    }

    /// The code that the last mail to an address tells.
    async fn code_of(&self, email: &str) -> String {
        let text: String = sqlx::query_scalar(
            "select payload->>'text' from graphile_worker._private_jobs where payload->>'to' = $1 order by id desc limit 1",
        )
        .bind(email)
        .fetch_one(&self.backend.pool)
        .await
        .unwrap();
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
        digits.expect("a code in the mail").to_owned()
    }
}

#[sqlx::test(migrations = false)]
async fn an_empty_database_becomes_a_co_op_whose_first_member_signs_in(pool: PgPool) {
    let village = Village::empty(pool, MORNING).await;
    assert!(founding::is_empty(&village.backend.pool).await.unwrap());
    let made = founding::found(&village.backend, " Marie@Exemple.fr ", "Marie  de La Tour", 1).await.unwrap().unwrap();
    assert!(!founding::is_empty(&village.backend.pool).await.unwrap());
    assert_eq!((made.email.as_str(), made.groups, made.recurring), (EMAIL, 7, 76));
    assert_eq!(made.counts_from.to_string(), "2026-12-28");
    let planned = village.count("select count(*) from shift").await;
    assert!(planned > 150 && i64::try_from(made.shifts).unwrap() == planned, "{made:?}");
    let named: (String, String, i32) =
        sqlx::query_as("select first_name, last_name, number from member").fetch_one(&village.backend.pool).await.unwrap();
    assert_eq!(named, ("Marie".into(), "de La Tour".into(), 1));

    let from = IpAddr::from([192, 0, 2, 1]);
    assert_eq!(auth::request_code(&village.backend, EMAIL, from).await.unwrap(), CodeRequest::Sent);
    let code = village.code_of(EMAIL).await;
    let Verified::SignedIn { token } = auth::verify_code(&village.backend, EMAIL, &code, "Téléphone").await.unwrap() else {
        panic!("a session")
    };
    let who = auth::session(&village.backend, &token).await.unwrap();
    let me = snapshots::me(&village.backend, who.member).await.unwrap();
    assert!(me.rights.office && me.rights.edits_brief && !me.rights.employee && !me.rights.lead, "{:?}", me.rights);
    assert_eq!(me.rights.groups.len(), 7);
    assert_eq!(me.rights.referent_of, ["association", "administratif"]);
    assert_eq!(me.runs.len(), 7, "somebody may let people into each of them");
    assert!(me.arriving.is_none(), "nobody could welcome her");
}

#[sqlx::test(migrations = false)]
async fn the_office_goes_on_from_there(pool: PgPool) {
    let (village, marie) = Village::begun(pool).await;
    let backend = &village.backend;
    let new = || backend.ids.uuid();

    // The old register, in which she is, too.
    let file = "Numero existant;Nom;Prénom;Rue;Complement adresse;Code postale;Ville;Téléphone;Email;Date inscription;Montant des parts\r\n\
                1;Martin;Jean;;;;;;jean@exemple.fr;13/12/2018;100\r\n\
                87;Dupont;Marie;;;;;;marie@exemple.fr;01/03/2020;100\r\n";
    let id = import::import_file(backend, marie, new(), "membres.csv", file.as_bytes()).await.unwrap().unwrap();
    let Step::Compared { diff, seen } = import::importing(backend, marie, id).await.unwrap().step else { panic!("compared") };
    assert_eq!((diff.new.len(), diff.changed.len(), &diff.questions, &diff.warnings), (1, 1, &Vec::new(), &Vec::new()));
    import::approve(backend, marie, id, &seen).await.unwrap().unwrap();
    assert_eq!(village.count("select count(*) from member").await, 2);
    assert_eq!(village.count("select count(*) from member where first_name = 'Jean' and number = 1").await, 1);

    let day = paris_day(backend.now()).to_string();
    let typed = [
        ("first_name", "Zoé"),
        ("last_name", "Le Goff"),
        ("email", "zoe@exemple.fr"),
        ("rhythm", "floating"),
        ("joined_on", day.as_str()),
    ];
    register::create(backend, marie, new(), &fields(&typed)).await.unwrap().unwrap();
    let plan = WavePlan { size: 40, from: plus_days(paris_day(backend.now()), 1), again: false };
    let origin = "https://alpar.example";
    // None of them has signed in, Marie neither.
    assert_eq!(register::plan_waves(backend, marie, new(), plan, origin).await.unwrap().unwrap(), 3);
    assert!(!register::open_seats(backend, marie).await.unwrap().is_empty());
}

#[sqlx::test(migrations = false)]
async fn on_the_first_day_whoever_may_lead_takes_the_first_seat_and_others_follow(pool: PgPool) {
    let (village, marie) = Village::begun(pool).await;
    let backend = &village.backend;
    let card = |first: &str, last: &str, email: &str, skills: &[&str]| {
        let mut typed = fields(&[
            ("first_name", first),
            ("last_name", last),
            ("email", email),
            ("rhythm", "floating"),
            ("joined_on", "2026-12-01"),
        ]);
        typed.0.extend(skills.iter().map(|skill| ("skills".to_owned(), (*skill).to_owned())));
        typed
    };
    let zoe = card("Zoé", "Le Goff", "zoe@exemple.fr", &[]);
    let zoe = register::create(backend, marie, backend.ids.uuid(), &zoe).await.unwrap().unwrap();
    let shift: ShiftId = village
        .one(
            "select shift_id from shift join shift_template using (template_id) where from_clock = '12:00'
             order by starts_at limit 1",
        )
        .await;
    let take = |position: i16| Command::TakeSeat { seat: SeatId::new(shift, position) };
    let refused = village.does(zoe, take(2)).await;
    assert!(matches!(refused, Outcome::Refused { reason: Reason::FirstTimerAlone { .. } }), "{refused:?}");
    let hers = card("Marie", "Dupont", EMAIL, &["animation"]);
    register::edit(backend, marie, backend.ids.uuid(), marie, 1, &hers).await.unwrap().unwrap();
    for (who, position) in [(marie, 0), (zoe, 2)] {
        let outcome = village.does(who, take(position)).await;
        assert!(outcome.is_applied(), "{outcome:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn nothing_falls_due_before_and_all_of_it_runs_after(pool: PgPool) {
    let village = Village::empty(pool, MORNING).await;
    let backend = &village.backend;
    jobs::plan(backend).await.unwrap();
    assert_eq!(jobs::tick(backend).await.unwrap(), 0, "there is no co-op yet");
    founding::found(backend, EMAIL, "Marie Dupont", 1).await.unwrap().unwrap();
    assert_eq!(jobs::tick(backend).await.unwrap(), 10);
    assert_eq!(shifts::generate(backend).await.unwrap(), 0, "the night finds nothing to add");
    assert_eq!(ledger::fall_due(backend).await.unwrap(), 0, "nothing is asked in the weeks in which the register is made");
    assert_eq!(swaps::match_all(backend).await.unwrap(), 0);
    brief::every_night(backend).await.unwrap();
    register::every_night(backend).await.unwrap();
    backend.clock.set(village::at("2026-12-28T08:00:00+01:00"));
    assert_eq!(ledger::fall_due(backend).await.unwrap(), 1, "the first cycle that counts");
}

#[sqlx::test(migrations = false)]
async fn a_co_op_is_founded_once(pool: PgPool) {
    let (village, _) = Village::begun(pool).await;
    let before = village.whole().await;
    let again = founding::found(&village.backend, "karim@exemple.fr", "Karim Benali", 1).await.unwrap();
    assert_eq!(again, Err(NotFounded::NotEmpty));
    assert_eq!(demo::load(&village.backend.pool, village.backend.now()).await.unwrap(), None);
    assert_eq!(village.whole().await, before);
}

#[sqlx::test(migrations = false)]
async fn of_two_who_found_at_once_one_does(pool: PgPool) {
    let village = Village::empty(pool, MORNING).await;
    let founds = |email| founding::found(&village.backend, email, "Marie Dupont", 1);
    let (one, other) = futures::future::join(founds(EMAIL), founds("karim@exemple.fr")).await;
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(village.count("select count(*) from member").await, 1);
}

#[sqlx::test(migrations = false)]
async fn who_cannot_sign_in_founds_nothing(pool: PgPool) {
    let village = Village::empty(pool, MORNING).await;
    for (email, name, why) in [
        ("", "Marie Dupont", NotFounded::NoAddress),
        ("marie", "Marie Dupont", NotFounded::NoAddress),
        (EMAIL, "Marie", NotFounded::NoName),
        (EMAIL, "", NotFounded::NoName),
    ] {
        assert_eq!(founding::found(&village.backend, email, name, 1).await.unwrap(), Err(why), "{email} {name}");
    }
    assert!(founding::is_empty(&village.backend.pool).await.unwrap());
    assert_eq!(village.count("select count(*) from working_group").await, 0);
}
