//! The register on real PostgreSQL: cards, the way in, waves of invitations, what was done to whose account.

mod coop;

use backend::auth;
use backend::error::Error;
use backend::register;
use chrono::Duration;
use coop::{Coop, today};
use domain::command::Command;
use domain::id::{MemberId, PictureId, SeatId, TemplateId};
use domain::outcome::Outcome;
use domain::procedures::Fields;
use domain::register::{Deed, Filter, Mistake, Part, Section, Step, WavePlan};
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

const ORIGIN: &str = "https://alpar.example";

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn zoe() -> Fields {
    fields(&[
        ("first_name", "Zoé"),
        ("last_name", "Le Goff"),
        ("email", "zoe@exemple.fr"),
        ("rhythm", "floating"),
        ("joined_on", "2026-12-01"),
    ])
}

impl Coop {
    async fn margaux(&self) -> MemberId {
        let margaux = self.member("Margaux").await;
        self.in_office(margaux).await;
        margaux
    }

    /// Zoé, whom the office adds.
    async fn adds_zoe(&self, office: MemberId) -> MemberId {
        register::create(&self.backend, office, self.id(), &zoe()).await.unwrap().unwrap()
    }

    async fn deeds(&self, member: MemberId) -> Vec<Deed> {
        let trail = register::trail(&self.backend, member, member).await.unwrap();
        trail.lines.into_iter().map(|line| line.deed).collect()
    }

    async fn next_step(&self, office: MemberId, member: MemberId) -> Option<Step> {
        register::card(&self.backend, office, member).await.unwrap().arriving.and_then(|way| way.next)
    }

    async fn mails_to(&self, email: &str) -> Vec<String> {
        sqlx::query_scalar("select payload->>'text' from graphile_worker._private_jobs where payload->>'to' = $1 order by id")
            .bind(email)
            .fetch_all(&self.backend.pool)
            .await
            .unwrap()
    }
}

#[sqlx::test(migrations = false)]
async fn a_card_is_added_once_and_changed_as_it_was_seen(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let form = coop.id();
    for _ in 0..2 {
        register::create(&coop.backend, margaux, form, &zoe()).await.unwrap().unwrap();
    }
    assert_eq!(coop.count("select count(*) from member where first_name = 'Zoé'").await, 1);
    let member = MemberId(form);
    let card = register::card(&coop.backend, margaux, member).await.unwrap();
    assert_eq!((card.number, card.written.email.as_str()), (1, "zoe@exemple.fr"));

    let mut typed = zoe();
    typed.0.push(("phone".into(), "0612345678".into()));
    typed.0.push(("skills".into(), "caisse".into()));
    let edit = async |revision| register::edit(&coop.backend, margaux, coop.id(), member, revision, &typed).await.unwrap();
    edit(card.revision).await.unwrap();
    assert_eq!(edit(card.revision).await, Err(vec![Mistake::Stale { revision: card.revision + 1 }]));
    edit(card.revision + 1).await.unwrap();
    let after = register::card(&coop.backend, margaux, member).await.unwrap();
    assert_eq!((after.revision, after.written.phone.as_deref()), (card.revision + 1, Some("06 12 34 56 78")));
    assert_eq!(coop.deeds(member).await, [Deed::Edited { parts: vec![Part::Phone, Part::Skills] }, Deed::Added]);
    let wrong = register::create(&coop.backend, margaux, coop.id(), &fields(&[("email", "zoe@")])).await.unwrap().unwrap_err();
    assert!(wrong.contains(&Mistake::FirstNameMissing) && wrong.contains(&Mistake::EmailUnreadable));
    assert_eq!(coop.count("select count(*) from member").await, 2);
}

#[sqlx::test(migrations = false)]
async fn only_the_office_looks_and_writes(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let camille = coop.member("Camille").await;
    assert!(matches!(register::desk(&coop.backend, camille, Filter::All, "", 1).await, Err(Error::NotAllowed)));
    assert!(matches!(register::card(&coop.backend, camille, margaux).await, Err(Error::NotAllowed)));
    assert!(matches!(register::trail(&coop.backend, camille, margaux).await, Err(Error::NotAllowed)));
    assert!(matches!(register::create(&coop.backend, camille, coop.id(), &zoe()).await, Err(Error::NotAllowed)));
    assert!(matches!(register::edit(&coop.backend, camille, coop.id(), margaux, 1, &zoe()).await, Err(Error::NotAllowed)));
    assert!(matches!(
        register::give_regular_seat(&coop.backend, camille, coop.id(), camille, None).await,
        Err(Error::NotAllowed)
    ));
    assert!(matches!(register::arrivals(&coop.backend, camille).await, Err(Error::NotAllowed)));
    assert!(matches!(register::alikes(&coop.backend, camille).await, Err(Error::NotAllowed)));
    assert!(matches!(register::invitables(&coop.backend, camille).await, Err(Error::NotAllowed)));
    assert!(matches!(register::erasures(&coop.backend, camille).await, Err(Error::NotAllowed)));
    assert!(matches!(register::settings(&coop.backend, camille).await, Err(Error::NotAllowed)));
    let desk = register::desk(&coop.backend, margaux, Filter::There, "camille", 1).await.unwrap();
    assert_eq!((desk.lines.len(), desk.lines[0].id, desk.count(Filter::There)), (1, camille, 2));
    // Whoever has left the group is of the office no more.
    coop.sql(&format!("delete from group_member where member_id = '{margaux}'")).await;
    assert!(matches!(register::desk(&coop.backend, margaux, Filter::All, "", 1).await, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn what_was_done_to_an_account_is_only_added_to(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let zoe = coop.adds_zoe(margaux).await;
    for statement in ["update account_act set at = at", "delete from account_act"] {
        let refused = sqlx::query(statement).execute(&coop.backend.pool).await.unwrap_err().to_string();
        assert!(refused.contains("only added to"), "{refused}");
    }
    // Somebody of the office does something in her name: both names are kept, and she is told.
    let envelope = domain::command::Envelope {
        on_behalf_of: Some(zoe),
        ..coop.envelope(Command::SetContact { phone: "0612345678".into(), show_phone: true, show_email: false })
    };
    assert!(matches!(coop.perform(margaux, &envelope).await, Outcome::Applied { .. }));
    let trail = register::trail(&coop.backend, zoe, zoe).await.unwrap();
    assert_eq!(trail.lines[0].deed, Deed::DoneForThem { act: "set_contact".into() });
    assert_eq!(trail.lines[0].by.as_ref().map(ToString::to_string).as_deref(), Some("Margaux T."));
    assert!(!trail.lines[0].own);
    assert!(coop.told(zoe).await.contains(&"done_for_you".to_owned()));
}

#[sqlx::test(migrations = false)]
async fn a_newcomer_goes_their_way_step_by_step(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let zoe = coop.adds_zoe(margaux).await;
    assert_eq!(coop.next_step(margaux, zoe).await, Some(Step::Presentation));
    let tomorrow = plus_days(paris_day(coop.now()), 1);
    let early = register::presented(&coop.backend, margaux, coop.id(), zoe, tomorrow).await.unwrap();
    assert_eq!(early, Err(vec![Mistake::DayTooLate { last: paris_day(coop.now()) }]));
    register::presented(&coop.backend, margaux, coop.id(), zoe, paris_day(coop.now())).await.unwrap().unwrap();
    assert_eq!(coop.next_step(margaux, zoe).await, Some(Step::Share));
    let own = register::sponsor(&coop.backend, margaux, coop.id(), zoe, Some(zoe)).await.unwrap();
    assert_eq!(own, Err(vec![Mistake::SamePerson]));
    register::sponsor(&coop.backend, margaux, coop.id(), zoe, Some(margaux)).await.unwrap().unwrap();
    let way = coop.me(zoe).await.arriving.expect("on her way");
    assert_eq!(way.next, Some(Step::Share));

    // A recurring seat of which a shift is planned: she has it there, too.
    let shift = coop.shift(10, 9, 3).await;
    coop.sits(margaux, SeatId::new(shift, 0)).await;
    let template = TemplateId(uuid::Uuid::from_u128(10));
    coop.sql(&format!("insert into seat_template (template_id, position) values ('{}', 1), ('{}', 2)", template.0, template.0))
        .await;
    let device = coop.device_of(zoe).await;
    let offered = register::own_arrival(&coop.backend, &device).await.unwrap().expect("on her way");
    assert_eq!(offered.proposed.len(), 1, "one of a shift");
    register::choose_seat(&coop.backend, &device, (template, 1)).await.unwrap().unwrap();
    assert_eq!(coop.holder(SeatId::new(shift, 1)).await, Some(zoe));
    let again = register::choose_rhythm(&coop.backend, &device).await.unwrap();
    assert_eq!(again, Err(vec![Mistake::NotThere]), "the office changes it afterwards");
    let taken = register::give_regular_seat(&coop.backend, margaux, coop.id(), margaux, Some((template, 1))).await.unwrap();
    assert_eq!(taken, Err(vec![Mistake::SeatTaken]));

    // Fifteen days without anything.
    let people = async || register::arrivals(&coop.backend, margaux).await.unwrap().people;
    assert!(!people().await[0].way.stuck);
    coop.turns(coop.now() + Duration::days(20));
    assert!(people().await[0].way.stuck, "who is stuck is seen");
    register::arrived(&coop.backend, margaux, coop.id(), zoe).await.unwrap().unwrap();
    assert!(people().await.is_empty() && coop.me(zoe).await.arriving.is_none());
    assert!(register::own_arrival(&coop.backend, &device).await.unwrap().is_none());
}

#[sqlx::test(migrations = false)]
async fn waves_write_to_each_address_once_and_nobody_who_came_by_themselves(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    coop.device_of(margaux).await;
    let people = [coop.member("Anne").await, coop.member("Bruno").await, coop.member("Cléo").await, coop.member("Dan").await];
    for member in &people[..2] {
        coop.sql(&format!("update member set email = 'couple@exemple.fr' where member_id = '{member}'")).await;
    }
    let plan = WavePlan { size: 2, from: plus_days(paris_day(coop.now()), 1), again: false };
    let form = coop.id();
    let planned = register::plan_waves(&coop.backend, margaux, form, plan, ORIGIN).await.unwrap().unwrap();
    assert_eq!(planned, 4);
    assert_eq!(
        register::plan_waves(&coop.backend, margaux, form, plan, ORIGIN).await.unwrap().unwrap(),
        4,
        "sent twice, it is one"
    );
    assert_eq!(register::send_welcomes(&coop.backend).await.unwrap(), 0, "not before its day");

    // Cléo came by herself.
    coop.device_of(people[2]).await;
    coop.turns(today() + Duration::hours(27));
    assert_eq!(register::send_welcomes(&coop.backend).await.unwrap(), 3);
    assert_eq!(register::send_welcomes(&coop.backend).await.unwrap(), 0);
    let mails = coop.mails_to("couple@exemple.fr").await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].starts_with("Bonjour Anne et Bruno,") && mails[0].contains("https://alpar.example/connexion"));
    assert!(coop.mails_to("3@example.org").await.is_empty());
    assert_eq!(coop.deeds(people[0]).await, [Deed::Invited]);
    register::take_back_waves(&coop.backend, margaux, coop.id()).await.unwrap().unwrap();
    coop.turns(today() + Duration::days(9));
    assert_eq!(register::send_welcomes(&coop.backend).await.unwrap(), 0, "the second wave was taken back");
    assert!(coop.mails_to("4@example.org").await.is_empty());
}

#[sqlx::test(migrations = false)]
async fn somebody_invited_signs_in(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let zoe = coop.adds_zoe(margaux).await;
    register::invite(&coop.backend, margaux, coop.id(), zoe, ORIGIN).await.unwrap().unwrap();
    assert_eq!(register::send_welcomes(&coop.backend).await.unwrap(), 1);
    assert_eq!(coop.mails_to("zoe@exemple.fr").await.len(), 1);
    let ip = std::net::IpAddr::from([192, 0, 2, 1]);
    assert_eq!(auth::request_code(&coop.backend, "zoe@exemple.fr", ip).await.unwrap(), auth::CodeRequest::Sent);
    let mails = coop.mails_to("zoe@exemple.fr").await;
    let code = mails[1].split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("a code");
    let verified = auth::verify_code(&coop.backend, "zoe@exemple.fr", code, "Téléphone").await.unwrap();
    let auth::Verified::SignedIn { token } = verified else { panic!("{verified:?}") };
    assert_eq!(auth::session(&coop.backend, &token).await.unwrap().member, zoe);
    let again = register::invite(&coop.backend, margaux, coop.id(), zoe, ORIGIN).await.unwrap();
    assert_eq!(again, Err(vec![Mistake::NobodyToInvite]), "she is there");
}

#[sqlx::test(migrations = false)]
async fn my_photo_is_mine_alone_to_set_and_everybodys_to_see(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (camille, karim) = (coop.member("Camille").await, coop.member("Karim").await);
    let (hers, his) = (coop.device_of(camille).await, coop.device_of(karim).await);
    let kept = register::Kept { mime: "image/webp".into(), width: 40, height: 40, bytes: vec![1, 2, 3] };
    let id = PictureId(coop.id());
    register::keep_picture(&coop.backend, camille, id, &kept).await.unwrap();
    register::keep_picture(&coop.backend, camille, id, &kept).await.unwrap();
    assert!(matches!(register::keep_picture(&coop.backend, karim, id, &kept).await, Err(Error::NotFound)));
    assert!(matches!(register::picture(&coop.backend, Some(karim), id).await, Err(Error::NotFound)), "nobody's photo yet");
    let photo = domain::brief::Picture { id, alt: "Camille".into(), width: 40, height: 40 };
    assert!(matches!(register::set_photo(&coop.backend, &his, Some(&photo)).await, Err(Error::NotFound)));
    register::set_photo(&coop.backend, &hers, Some(&photo)).await.unwrap();
    assert_eq!(register::picture(&coop.backend, Some(karim), id).await.unwrap().bytes, [1, 2, 3]);
    assert!(matches!(register::picture(&coop.backend, None, id).await, Err(Error::NotFound)));
    assert_eq!(coop.me(camille).await.register.photo.map(|photo| photo.id), Some(id));
    register::set_photo(&coop.backend, &hers, None).await.unwrap();
    register::purge(&coop.backend, coop.now() + Duration::days(3)).await.unwrap();
    assert!(matches!(register::picture(&coop.backend, Some(camille), id).await, Err(Error::NotFound)));
}

#[sqlx::test(migrations = false)]
async fn my_data_are_whole_and_that_they_were_taken_is_noted(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let margaux = coop.margaux().await;
    let zoe = coop.adds_zoe(margaux).await;
    coop.seat_of(zoe, 10, 9).await;
    let device = coop.device_of(zoe).await;
    let data = register::own_data(&coop.backend, &device).await.unwrap();
    assert_eq!((data.name.as_str(), data.until), ("Zoé Le Goff", None));
    let rows = |section: Section| data.sections.iter().find(|(known, _)| *known == section).map_or(0, |(_, rows)| rows.len());
    assert_eq!((rows(Section::Card), rows(Section::Seats), rows(Section::Devices), rows(Section::Share)), (1, 1, 1, 0));
    assert_eq!(coop.deeds(zoe).await[0], Deed::DataTaken);
}
