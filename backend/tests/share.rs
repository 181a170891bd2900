//! Parts sociales on real PostgreSQL: one for a member whatever becomes of the rule; paid, counted, on paper; who is insured.

mod coop;

use backend::error::Error;
use backend::{Guards, register, share, snapshots};
use coop::Coop;
use domain::catalogue::Cents;
use domain::id::{FinancingId, MemberId, PaymentId, SeatId};
use domain::register::{Deed, Mistake};
use domain::share::{How, Kind, Source, WrittenFinancing, WrittenPayment, WrittenShare};
use domain::time::paris_day;
use futures::future::join;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

impl Coop {
    /// Margaux, of the office, and Camille.
    async fn margaux_and_camille(&self) -> (MemberId, MemberId) {
        let (margaux, camille) = (self.member("Margaux").await, self.member("Camille").await);
        self.in_office(margaux).await;
        (margaux, camille)
    }

    fn of_a_hundred(&self) -> WrittenShare {
        WrittenShare { cents: Cents(10_000), on: paris_day(self.now()) }
    }

    async fn subscribes(&self, office: MemberId, member: MemberId) -> Result<(), Vec<Mistake>> {
        share::subscribe(&self.backend, office, self.id(), member, self.of_a_hundred()).await.unwrap()
    }

    fn paid(&self, cents: i64) -> WrittenPayment {
        WrittenPayment { cents: Cents(cents), on: paris_day(self.now()), how: How::Cheque }
    }

    async fn pays(&self, office: MemberId, member: MemberId, cents: i64) -> Result<(), Vec<Mistake>> {
        share::pay(&self.backend, office, self.id(), member, self.paid(cents)).await.unwrap()
    }

    async fn shares(&self, member: MemberId) -> i64 {
        self.count(&format!("select count(*) from share where member_id = '{member}'")).await
    }
}

#[sqlx::test(migrations = false)]
async fn a_second_share_is_refused_by_the_rule(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    coop.subscribes(margaux, camille).await.unwrap();
    let since = paris_day(coop.now());
    assert_eq!(coop.subscribes(margaux, camille).await, Err(vec![Mistake::AlreadyHasShare { since }]));
    assert_eq!(coop.shares(camille).await, 1);
}

#[sqlx::test(migrations = false)]
async fn without_the_rule_it_is_refused_by_the_database(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await.without(Guards::WithoutOneShare);
    let (margaux, camille) = coop.margaux_and_camille().await;
    coop.subscribes(margaux, camille).await.unwrap();
    let second = share::subscribe(&coop.backend, margaux, coop.id(), camille, coop.of_a_hundred()).await;
    let refused = format!("{:?}", second.unwrap_err());
    assert!(refused.contains("one_share_per_member"), "{refused}");
    assert_eq!(coop.shares(camille).await, 1);
    // Nor by hand.
    let by_hand = sqlx::query(
        "insert into share (share_id, member_id, cents, subscribed_on, by_member, at)
         select gen_random_uuid(), member_id, cents, subscribed_on, by_member, at from share",
    );
    let refused = by_hand.execute(&coop.backend.pool).await.unwrap_err().to_string();
    assert!(refused.contains("one_share_per_member"), "{refused}");
}

#[sqlx::test(migrations = false)]
async fn of_two_of_the_office_at_once_one_is_refused(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    let karim = coop.member("Karim").await;
    coop.in_office(karim).await;
    let (first, second) = join(coop.subscribes(margaux, camille), coop.subscribes(karim, camille)).await;
    assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
    assert_eq!(coop.shares(camille).await, 1);
}

#[sqlx::test(migrations = false)]
async fn the_same_form_again_is_the_same_act(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    coop.subscribes(margaux, camille).await.unwrap();
    let form = coop.id();
    for _ in 0..2 {
        share::pay(&coop.backend, margaux, form, camille, coop.paid(4_000)).await.unwrap().unwrap();
    }
    let card = register::card(&coop.backend, margaux, camille).await.unwrap();
    let held = card.share().expect("hers");
    assert_eq!((held.paid(), held.left(), held.payments.len()), (Cents(4_000), Cents(6_000), 1));
    let trail = register::trail(&coop.backend, camille, camille).await.unwrap();
    let deeds: Vec<Deed> = trail.lines.into_iter().map(|line| line.deed).collect();
    assert_eq!(deeds, [Deed::SharePaid { cents: Cents(4_000) }, Deed::ShareSubscribed { cents: Cents(10_000) }]);
}

#[sqlx::test(migrations = false)]
async fn it_is_paid_in_several_times_and_what_was_entered_by_mistake_stays_readable(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    assert_eq!(coop.pays(margaux, camille, 5_000).await, Err(vec![Mistake::NoShare]));
    coop.subscribes(margaux, camille).await.unwrap();
    let form = coop.id();
    share::pay(&coop.backend, margaux, form, camille, coop.paid(6_000)).await.unwrap().unwrap();
    assert_eq!(coop.pays(margaux, camille, 6_000).await, Err(vec![Mistake::PaidTooMuch { left: Cents(4_000) }]));
    let cancel = async || share::cancel_payment(&coop.backend, margaux, coop.id(), camille, PaymentId(form)).await.unwrap();
    cancel().await.unwrap();
    assert_eq!(cancel().await, Err(vec![Mistake::AlreadyCancelled]));
    coop.pays(margaux, camille, 10_000).await.unwrap();
    let card = register::card(&coop.backend, margaux, camille).await.unwrap();
    let held = card.share().expect("hers");
    let cancelled = held.payments.iter().filter(|payment| payment.cancelled).count();
    assert!(held.is_whole() && held.payments.len() == 2 && cancelled == 1);

    let finances = share::finances(&coop.backend, camille).await.unwrap();
    assert_eq!((finances.shares, finances.to_come, finances.office), (1, Cents::ZERO, false));
    assert_eq!(finances.sources()[0], (Source::Capital, Cents(10_000)));
    let mine = snapshots::me(&coop.backend, camille).await.unwrap().register.share.expect("I have one");
    assert_eq!((mine.cents, mine.paid), (Cents(10_000), Cents(10_000)));
}

#[sqlx::test(migrations = false)]
async fn nobody_keeps_their_own_money_and_only_the_office_keeps_any(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    assert_eq!(coop.subscribes(margaux, margaux).await, Err(vec![Mistake::NotYourself]));
    let refused = share::subscribe(&coop.backend, camille, coop.id(), margaux, coop.of_a_hundred()).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
    let refused = share::insure(&coop.backend, camille, coop.id(), margaux, (2026, Cents(1_000), paris_day(coop.now()))).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
    assert!(matches!(share::certificate_of(&coop.backend, camille, margaux).await, Err(Error::NotAllowed)));
    // On paper: mine, or none.
    let device = coop.device_of(camille).await;
    assert!(matches!(share::certificate(&coop.backend, &device).await, Err(Error::NotFound)));
    coop.subscribes(margaux, camille).await.unwrap();
    let paper = share::certificate(&coop.backend, &device).await.unwrap();
    assert_eq!((paper.first_name.as_str(), paper.share.cents), ("Camille", Cents(10_000)));
}

#[sqlx::test(migrations = false)]
async fn whoever_is_not_of_the_association_this_year_is_told_to_the_lead(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    let lead = coop.member("Solène").await;
    let shift = coop.shift(0, 9, 3).await;
    coop.asks(SeatId::new(shift, 0), true, None).await;
    coop.sits(lead, SeatId::new(shift, 0)).await;
    coop.sits(camille, SeatId::new(shift, 1)).await;
    coop.backend.clock.set(coop.now() + chrono::Duration::minutes(70));
    let uninsured = async || snapshots::me(&coop.backend, lead).await.unwrap().sheets.remove(0).uninsured;
    assert_eq!(uninsured().await, [lead, camille].into());

    let today = paris_day(coop.now());
    let before = coop.count(&format!("select coalesce(max(mark), 0) from member_mark where member_id = '{lead}'")).await;
    let insure = async || share::insure(&coop.backend, margaux, coop.id(), camille, (2026, Cents(1_000), today)).await.unwrap();
    insure().await.unwrap();
    assert_eq!(insure().await, Err(vec![Mistake::AlreadyInsured { year: 2026 }]));
    assert_eq!(uninsured().await, [lead].into());
    let after = coop.count(&format!("select coalesce(max(mark), 0) from member_mark where member_id = '{lead}'")).await;
    assert!(after > before, "their sheet shows something else");

    let back = async || share::take_back_year(&coop.backend, margaux, coop.id(), camille, 2026).await.unwrap();
    back().await.unwrap();
    assert_eq!(back().await, Err(vec![Mistake::YearUnreadable]));
    assert_eq!(uninsured().await, [lead, camille].into());
}

#[sqlx::test(migrations = false)]
async fn sources_of_money_are_kept_by_the_office_and_read_by_all(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (margaux, camille) = coop.margaux_and_camille().await;
    let written = WrittenFinancing {
        kind: Kind::Subsidy,
        from_whom: "Région".into(),
        cents: Cents(500_000),
        on: paris_day(coop.now()),
        note: String::new(),
    };
    assert!(matches!(share::add_financing(&coop.backend, camille, coop.id(), &written).await, Err(Error::NotAllowed)));
    let form = coop.id();
    share::add_financing(&coop.backend, margaux, form, &written).await.unwrap().unwrap();
    share::add_financing(&coop.backend, margaux, form, &written).await.unwrap().unwrap();
    let told = async || share::finances(&coop.backend, camille).await.unwrap().financing.len();
    assert_eq!(told().await, 1);
    share::remove_financing(&coop.backend, margaux, coop.id(), FinancingId(form)).await.unwrap().unwrap();
    assert_eq!(told().await, 0);
    assert_eq!(coop.count("select count(*) from financing").await, 1, "it stays readable");
}
