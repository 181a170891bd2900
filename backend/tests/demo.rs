//! The demo co-op is sound whatever the day, and its stories are one tap away.

mod village;

use backend::{demo, swaps};
use domain::command::Command;
use domain::id::{LoopId, OfferId, SeatId};
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::time::Instant;
use domain::view::events::Which;
use domain::view::{self, Seen};
use sqlx::PgPool;
use village::Village;

const DAYS: [&str; 9] = [
    "2026-11-24T09:00:00+01:00",
    // A leap day, the two nights on which clocks change, the turn of the year, a Sunday.
    "2028-02-29T12:00:00+01:00",
    "2026-03-29T02:30:00+01:00",
    "2026-10-25T02:30:00+01:00",
    "2026-12-31T23:30:00+01:00",
    "2027-01-01T00:10:00+01:00",
    "2026-11-29T18:00:00+01:00",
    // Christmas and New Year's Day are Thursdays; 15 August is a Saturday.
    "2025-12-20T08:00:00+01:00",
    "2026-08-08T10:00:00+02:00",
];

#[sqlx::test(migrations = false)]
async fn the_demo_is_sound_on_any_day(pool: PgPool) {
    let village = Village::empty(pool, DAYS[0]).await;
    for day in DAYS {
        village.burn_down().await;
        village.backend.clock.set(village::at(day));
        let report = demo::load(&village.backend.pool, village.backend.now()).await.unwrap().expect("an empty database");
        assert_eq!((report.members, report.offers), (430, 30), "{day}");
        sound(&village, day).await;
        pair_closes(&village, day).await;
        loop_closes(&village, day).await;
        jeanne_is_refused(&village, day).await;
    }
}

#[sqlx::test(migrations = false)]
async fn a_database_with_people_in_it_is_left_alone(pool: PgPool) {
    let village = Village::of(pool, DAYS[0]).await;
    assert!(!demo::is_empty(&village.backend.pool).await.unwrap());
    assert_eq!(demo::load(&village.backend.pool, village.backend.now()).await.unwrap(), None);
}

#[sqlx::test(migrations = false)]
async fn the_demo_is_the_same_each_time(pool: PgPool) {
    let village = Village::of(pool, DAYS[0]).await;
    let digest = || async {
        village
            .one::<String>(
                "select md5(string_agg(t, '' order by t)) from (
                select member::text as t from member union all select seat_template::text from seat_template
                union all select assignment::text from assignment union all select offer::text from offer
                union all select wish::text from wish) as everything",
            )
            .await
    };
    let before = digest().await;
    village.burn_down().await;
    demo::load(&village.backend.pool, village.backend.now()).await.unwrap().unwrap();
    assert_eq!(digest().await, before);
}

#[sqlx::test(migrations = false)]
async fn the_demo_looks_like_the_co_op(pool: PgPool) {
    let village = Village::of(pool, DAYS[0]).await;
    assert_eq!(village.count("select count(*) from shift_template").await, 76);
    assert_eq!(village.count("select count(*) from working_group").await, 7);
    let referents = "select count(*) from group_member where referent";
    assert_eq!(village.count(referents).await, 14);
    assert_eq!(village.count("select count(*) from mandate where from_on <= '2026-11-24' and to_on > '2026-11-24'").await, 12);
    let regular = village.count("select count(*) from member where rhythm = 'regular'").await;
    assert!((300..=345).contains(&regular), "{regular} regular members");
    let seats = "select min(n) from (select count(*) as n from seat group by shift_id) as s";
    assert!(village.count(seats).await >= 5);
    let shared = "select count(*) from (select from member group by email having count(*) > 1) as couples";
    assert!(village.count(shared).await >= 5);
    let weeks: Vec<i64> = sqlx::query_scalar(
        "select count(*) from shift join seat using (shift_id) left join assignment a using (shift_id, position)
         where a.member_id is null and on_day between '2026-11-30' and '2027-01-17' group by date_trunc('week', on_day)",
    )
    .fetch_all(&village.backend.pool)
    .await
    .unwrap();
    assert!(weeks.iter().all(|free| (10..=20).contains(free)), "free seats by week: {weeks:?}");
}

async fn sound(village: &Village, day: &str) {
    let now = village.backend.now();
    let soon = now + chrono::Duration::hours(72);
    let wrong: i64 = sqlx::query_scalar(
        "select count(*) from offer join shift using (shift_id)
            left join assignment a using (shift_id, position)
         where a.member_id is distinct from offer.member_id or starts_at < $1 or created_at > $2",
    )
    .bind(soon)
    .bind(now)
    .fetch_one(&village.backend.pool)
    .await
    .unwrap();
    assert_eq!(wrong, 0, "{day}: offers that could not be made");
    assert_eq!(swaps::match_all(&village.backend).await.unwrap(), 0, "{day}: a loop closes by itself");
    assert_eq!(swaps::expire(&village.backend).await.unwrap(), 0, "{day}: something is over at once");
    let again = backend::shifts::generate(&village.backend).await.unwrap();
    assert_eq!(again, 0, "{day}: the demo's planning is what generation gives");
    assert_eq!(backend::ledger::fall_due(&village.backend).await.unwrap(), 0, "{day}: what is due is what the night gives");
    let closed = "select count(*) from shift join closure on on_day between from_on and to_on";
    assert_eq!(village.count(closed).await, 0, "{day}");
    let ahead: Instant = village.one("select max(starts_at) from shift").await;
    assert!(ahead > now + chrono::Duration::weeks(9), "{day}");
    let back: Instant = village.one("select min(starts_at) from shift").await;
    assert!(back < now - chrono::Duration::days(52), "{day}");
    let unqualified = "select count(*) from assignment join seat using (shift_id, position)
        left join member_skill k using (member_id, skill) where seat.skill is not null and k.skill is null";
    assert_eq!(village.count(unqualified).await, 0, "{day}");
    let jeanne =
        village.count_of("select count(*) from assignment where member_id = $1 and presence is not null", demo::JEANNE).await;
    assert_eq!(jeanne, 0, "{day}: Jeanne has not worked yet");
}

async fn pair_closes(village: &Village, day: &str) {
    let (camille, karim) = (village.next_seat(demo::CAMILLE).await, village.next_seat(demo::KARIM).await);
    let offer = OfferId(village.backend.ids.uuid());
    let exchange =
        Command::ExchangeSeat { offer, seat: camille, wishes: vec![karim.shift], patterns: Vec::new(), note: String::new() };
    let outcome = village.perform(demo::CAMILLE, exchange).await;
    let Outcome::Applied { result } = &outcome else { panic!("{day}: {outcome:?}") };
    assert_eq!(result.closed_loop.len(), 2, "{day}: {outcome:?}");
    assert_eq!(village.holder(camille).await, Some(demo::KARIM.id()), "{day}");
    assert_eq!(village.holder(karim).await, Some(demo::CAMILLE.id()), "{day}");
}

async fn loop_closes(village: &Village, day: &str) {
    let seats: [SeatId; 3] =
        [village.next_seat(demo::LEA).await, village.next_seat(demo::NOUR).await, village.next_seat(demo::IDRIS).await];
    let asked: Vec<uuid::Uuid> =
        sqlx::query_scalar("select loop_id from suggested_loop where asks = $1 and state = 'pending' order by created_at")
            .bind(demo::IDRIS.id())
            .fetch_all(&village.backend.pool)
            .await
            .unwrap();
    let lacking = LoopId(*asked.first().unwrap_or_else(|| panic!("{day}: Idris is asked")));
    let outcome = village.perform(demo::IDRIS, Command::AcceptLoop { lacking }).await;
    assert!(outcome.is_applied(), "{day}: {outcome:?}");
    let holders = [village.holder(seats[0]).await, village.holder(seats[1]).await, village.holder(seats[2]).await];
    assert_eq!(holders, [Some(demo::IDRIS.id()), Some(demo::LEA.id()), Some(demo::NOUR.id())], "{day}");
}

async fn jeanne_is_refused(village: &Village, day: &str) {
    let claim = async |of: demo::CastMember| {
        let offer: uuid::Uuid = sqlx::query_scalar("select offer_id from offer where member_id = $1 and state = 'open'")
            .bind(of.id())
            .fetch_one(&village.backend.pool)
            .await
            .unwrap();
        village.perform(demo::JEANNE, Command::ClaimOffer { offer: OfferId(offer), instead_of: None, secret: None }).await
    };
    let hugos = claim(demo::HUGO).await;
    assert!(matches!(hugos, Outcome::Refused { reason: Reason::AlreadyOnShift { .. } }), "{day}: {hugos:?}");
    let brunos = claim(demo::BRUNO).await;
    assert!(matches!(brunos, Outcome::Refused { reason: Reason::MissingSkill { .. } }), "{day}: {brunos:?}");
}

#[sqlx::test(migrations = false)]
async fn the_demo_has_a_year_of_news_in_twelve_briefs_and_one_being_made(pool: PgPool) {
    let village = Village::of(pool, DAYS[0]).await;
    let briefs = backend::snapshots::briefs(&village.backend).await.unwrap();
    assert_eq!(briefs.briefs.len(), 12);
    assert_eq!(briefs.briefs[0].monday.to_string(), "2026-11-23");
    let (late, automatic, corrected) = briefs.briefs.iter().fold((0, 0, 0), |(late, automatic, corrected), brief| {
        (late + usize::from(brief.late), automatic + usize::from(brief.automatic), corrected + brief.corrected.len())
    });
    assert_eq!((late, automatic, corrected), (1, 1, 1));
    let written = briefs.briefs.iter().flat_map(|brief| &brief.pieces).filter_map(|piece| match piece {
        domain::brief::Shown::Block { html, link, .. } => Some((html, link)),
        domain::brief::Shown::Live { .. } => None,
    });
    assert!(written.clone().count() >= 20);
    assert!(written.clone().any(|(html, _)| html.contains("<ul>")) && written.clone().any(|(_, link)| link.is_some()));
    assert!(
        briefs.briefs[0]
            .pieces
            .iter()
            .any(|piece| matches!(piece, domain::brief::Shown::Live { lines, .. } if !lines.is_empty()))
    );
    let me = backend::snapshots::me(&village.backend, demo::CAMILLE.id()).await.unwrap();
    assert_eq!((me.blocks.len(), me.blocks[0].monday), (1, briefs.collecting.unwrap().monday));
    assert!(!me.read_briefs.contains(&briefs.briefs[0].id), "the newest is new");
    assert_eq!(village.count("select count(*) from brief_block where state = '\"proposed\"'").await, 5);
    assert_eq!(village.count("select count(*) from brief_block where state = '\"proposed\"' and not ready").await, 1);
    assert_eq!(village.count("select count(*) from block_version where beside").await, 1);
    // All that is written is something that a form would have taken.
    let said: Vec<sqlx::types::Json<domain::brief::Said>> =
        sqlx::query_scalar("select said from block_version").fetch_all(&village.backend.pool).await.unwrap();
    for sqlx::types::Json(said) in said {
        let (href, label) = said.link.as_ref().map_or(("", ""), |link| (&link.href, &link.label));
        let typed = domain::brief::Typed { title: &said.title, text: &said.text, href, label, ..Default::default() };
        assert_eq!(domain::brief::Said::read(typed).as_ref(), Ok(&said));
    }
}

#[sqlx::test(migrations = false)]
async fn the_demo_has_a_supper_that_is_full_and_one_that_does_not_take_place(pool: PgPool) {
    let village = Village::empty(pool, DAYS[0]).await;
    for day in DAYS {
        village.burn_down().await;
        village.backend.clock.set(village::at(day));
        demo::load(&village.backend.pool, village.backend.now()).await.unwrap().expect("an empty database");
        let events = backend::snapshots::events(&village.backend).await.unwrap().events;
        let soups: Vec<_> = events.iter().filter(|shown| shown.event.terms.details.title == "Soirée soupe").collect();
        assert_eq!(soups.len(), 6, "{day}");
        assert!(soups.iter().all(|shown| domain::time::paris_clock(shown.event.terms.times.starts_at).to_string() == "19:00:00"));
        let first = soups[0];
        assert!(first.seats <= 12 && first.seats >= 10 && first.waiting >= 2, "{day}: {} and {}", first.seats, first.waiting);
        assert_eq!((first.items.len(), first.posts.len(), first.carpools.len(), first.comments.len()), (4, 3, 1, 2));
        assert_eq!(first.carpools[0].claims.left(), 2);
        let hugo = backend::snapshots::me(&village.backend, demo::HUGO.id()).await.unwrap();
        assert_eq!(hugo.answers[0].at, Some(first.waiting), "{day}: Hugo comes last");
        let theo = backend::snapshots::me(&village.backend, demo::THEO.id()).await.unwrap();
        assert_eq!(theo.organises.len(), 7);
        assert_eq!(events.iter().filter(|shown| !shown.event.state.is_published()).count(), 1, "{day}");
        assert_eq!(backend::event::drafts(&village.backend, demo::THEO.id()).await.unwrap().len(), 1);
        // What is written is something that a form would have taken.
        for shown in &events {
            assert!(shown.event.terms.capacity.is_none_or(|capacity| shown.seats <= capacity), "{day}");
            assert!(!shown.html.is_empty() && !shown.html.contains("**"));
        }
    }
}

#[sqlx::test(migrations = false)]
async fn a_page_of_events_shows_the_same_from_what_is_read_for_it(pool: PgPool) {
    let village = Village::of(pool, DAYS[0]).await;
    let soup = |shown: &&domain::event::Shown| shown.event.terms.details.title == "Soirée soupe";
    let starts_at = |events: &domain::event::Events| events.events.iter().find(soup).unwrap().event.terms.times.starts_at;
    // On an ordinary day, while the list at a door is open, and the day after.
    for hours in [-200, -2, 18] {
        let events = backend::snapshots::events(&village.backend).await.unwrap();
        village.backend.clock.set(starts_at(&events) + chrono::Duration::hours(hours));
        let (backend, now) = (&village.backend, village.backend.now());
        let events = backend::snapshots::events(backend).await.unwrap();
        let calendar = backend::snapshots::calendar(backend).await.unwrap();
        let groups = backend::snapshots::groups(backend).await.unwrap();
        let mut doors = 0;
        for who in demo::CAST {
            let whole = backend::snapshots::me(backend, who.id()).await.unwrap();
            let part = backend::snapshots::me_at_events(backend, who.id()).await.unwrap();
            assert_eq!((&part.profile, &part.marks, &part.answers), (&whole.profile, &whole.marks, &whole.answers));
            assert!(part.valid_until >= whole.valid_until && part.valid_until > now);
            doors += part.arrivals.len();
            let (whole, part) = (Seen { calendar: &calendar, me: &whole, now }, Seen { calendar: &calendar, me: &part, now });
            for which in [Which::Coming, Which::Past, Which::Mine, Which::Year] {
                assert_eq!(view::events::events(part, &events, which), view::events::events(whole, &events, which));
            }
            for shown in &events.events {
                let id = shown.event.id;
                assert_eq!(
                    view::event::event(part, &events, Some(&groups), id),
                    view::event::event(whole, &events, Some(&groups), id)
                );
            }
        }
        assert_eq!(doors > 0, hours > -24, "{hours} h");
    }
}

#[sqlx::test(migrations = false)]
async fn many_products_of_the_demo_have_a_photo_and_its_small_one(pool: PgPool) {
    let village = Village::of(pool, DAYS[0]).await;
    let shelves = backend::snapshots::catalogue(&village.backend).await.unwrap();
    let products: Vec<_> = shelves.on.iter().flat_map(|shelf| &shelf.products).collect();
    let pictured = products.iter().filter(|product| product.photo.is_some()).count();
    assert!((100..300).contains(&pictured), "{pictured} of {}", products.len());
    assert!(products.iter().all(|product| product.photo.is_some() == product.thumbnail), "none without the small one");
    assert!(shelves.index.suppliers.iter().filter(|supplier| supplier.thumbnail).count() >= 3);
    // Each of them is named, so that the night leaves it alone.
    backend::catalogue::purge(&village.backend, village.backend.now()).await.unwrap();
    let (drawn, heaviest): (i64, i64) =
        sqlx::query_as("select count(*), max(octet_length(bytes))::bigint from product_picture where thumbnail is not null")
            .fetch_one(&village.backend.pool)
            .await
            .unwrap();
    assert_eq!(drawn, 22);
    assert!(heaviest < 20_000, "{heaviest} bytes: the demo is there at once");
    let named: Vec<_> = products.iter().filter_map(|product| product.small_photo()).collect();
    for photo in named {
        let small = backend::catalogue::thumbnail(&village.backend, demo::CAMILLE.id(), photo).await.unwrap();
        assert!(small.bytes.starts_with(b"RIFF"));
    }
}
