//! An issue goes out: once, at seven in Paris, by hand or by itself; what is left over is not lost; what was wrong is put
//! right, and what was read before stays known.

mod coop;
#[path = "brief_publish/paper.rs"]
mod paper;

use backend::brief::{self, Correction};
use backend::jobs;
use chrono::Duration;
use domain::brief::{Arrange, BlockState, Mistake, Piece, PieceKey, Published, Said, Settings, Shown, Source, Stage, Way};
use domain::id::BlockId;
use domain::time::{Instant, minus_days, plus_days};
use futures::future::join_all;
use paper::{Paper, clock, edit};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;
use uuid::Uuid;

#[sqlx::test(migrations = false)]
async fn several_processes_publish_an_issue_once_with_all_that_goes_with_it(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.coop.subscribed(paper.camille).await;
    let block = paper.writes("La soupe", true).await;
    paper.approves().await;
    let (backend, mark) = (&paper.coop.backend, paper.mark().await);
    paper.at(0, 6, 59);
    assert_eq!(brief::go_out(backend).await.unwrap(), 0);
    paper.at(0, 7, 0);
    let went = join_all((0..8).map(|_| brief::go_out(backend))).await;
    assert_eq!(went.into_iter().map(Result::unwrap).sum::<usize>(), 1);
    assert_eq!(paper.titles().await, ["La soupe"]);
    let read = paper.read().await;
    assert_eq!((read.at, read.late, read.automatic), (paper.coop.now(), false, false));
    let Some(Shown::Block { html, group, .. }) = read.pieces.first() else { panic!("{read:?}") };
    assert_eq!((html.trim(), group.as_str()), ("<p><strong>La soupe</strong>, et plus encore.</p>", "Vie-Sociale"));
    assert!(matches!(paper.block(block).await.state, BlockState::Published { .. }));
    assert_eq!(paper.mark().await, mark + 1);
    assert_eq!(paper.due("brief_audience").await, 1);
    // The one who has a device; it comes when the night is over.
    assert_eq!(paper.deliveries("brief_out").await, [paper.camille]);
    assert_eq!(brief::go_out(backend).await.unwrap(), 0);
}

#[sqlx::test(migrations = false)]
async fn what_a_process_died_over_is_done_by_the_next_one_whole(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.writes("La soupe", true).await;
    paper.approves().await;
    paper.at(0, 7, 0);
    // Dies at the last of its statements: whatever it did before is undone with it.
    paper
        .coop
        .sql(
            "create function dies() returns trigger language plpgsql as $$ begin raise 'kill'; end $$;
        create trigger dies before insert on due_work for each row when (new.kind = 'brief_audience') execute function dies()",
        )
        .await;
    assert!(brief::go_out(&paper.coop.backend).await.is_err());
    assert!(matches!(paper.issue().await.stage, Stage::Scheduled { .. }));
    assert_eq!(paper.coop.count("select count(*) from brief where frozen is not null").await, 0);
    paper.coop.sql("drop trigger dies on due_work").await;
    // One that hangs with the row in hand holds the others up, and dies: they go on.
    let mut hanging = paper.coop.backend.pool.begin().await.unwrap();
    brief::lock(&mut hanging, &[paper.monday]).await.unwrap();
    let (backend, coop) = (paper.coop.backend.clone(), &paper.coop);
    let next = tokio::spawn(async move { brief::go_out(&backend).await.unwrap() });
    coop.until_waiting(1).await;
    hanging.rollback().await.unwrap();
    assert_eq!(next.await.unwrap(), 1);
    assert_eq!(paper.titles().await, ["La soupe"]);
}

#[sqlx::test(migrations = false)]
async fn the_queue_runs_it_at_seven_and_when_it_is_approved_later(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    jobs::plan(&paper.coop.backend).await.unwrap();
    jobs::tick(&paper.coop.backend).await.unwrap();
    paper.writes("La soupe", true).await;
    paper.approves().await;
    // Of the nights, and the moment of this issue.
    let moments: Vec<Instant> =
        sqlx::query_scalar("select distinct due_at from due_work where kind = 'brief' and done_at is null order by 1")
            .fetch_all(&paper.coop.backend.pool)
            .await
            .unwrap();
    let seven = clock(paper.monday, 7, 0);
    assert!(moments.contains(&seven), "{moments:?}");
    assert!(moments.contains(&clock(paper.monday - chrono::Days::new(4), 7, 0)), "{moments:?}");
}

async fn goes_out_at_seven_of(at: PgConnectOptions, monday: &str, utc: &str) {
    let paper = Paper::of(at, monday).await;
    paper.writes("La soupe", true).await;
    paper.approves().await;
    let seven: Instant = utc.parse().unwrap();
    paper.coop.backend.clock.set(seven - Duration::milliseconds(1));
    assert_eq!(brief::go_out(&paper.coop.backend).await.unwrap(), 0);
    paper.coop.backend.clock.set(seven);
    assert_eq!(brief::go_out(&paper.coop.backend).await.unwrap(), 1);
    assert_eq!((paper.read().await.at, paper.read().await.late), (seven, false));
}

#[sqlx::test(migrations = false)]
async fn it_goes_out_at_seven_on_the_monday_after_the_night_of_23_hours(_: PgPoolOptions, at: PgConnectOptions) {
    goes_out_at_seven_of(at, "2026-03-30", "2026-03-30T05:00:00Z").await;
}

#[sqlx::test(migrations = false)]
async fn it_goes_out_at_seven_on_the_monday_after_the_night_of_25_hours(_: PgPoolOptions, at: PgConnectOptions) {
    goes_out_at_seven_of(at, "2026-10-26", "2026-10-26T06:00:00Z").await;
}

#[sqlx::test(migrations = false)]
async fn nobody_approved_it_so_what_fills_itself_goes_alone_and_what_was_written_is_for_next_week(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let paper = Paper::new(at).await;
    let [first, second] = [paper.writes("La soupe", true).await, paper.writes("Les skis", true).await];
    let apart = paper.writes("Plus tard", true).await;
    paper.arranges(Arrange::Remove(PieceKey::Block(apart))).await.unwrap();
    paper.coop.shift(7, 9, 3).await;
    assert_eq!(paper.seven().await, 1);
    assert_eq!(paper.titles().await, [Source::Seats.as_str()]);
    let read = paper.read().await;
    assert!(read.automatic && !read.late);
    let next = plus_days(paper.monday, 7);
    for block in [first, second, apart] {
        let block = paper.block(block).await;
        assert!(block.is_proposed() && block.monday == next, "{block:?}");
    }
    let mut conn = paper.coop.backend.pool.acquire().await.unwrap();
    let pieces = brief::find(&mut conn, next).await.unwrap().unwrap().pieces;
    let written: Vec<&Piece> = pieces.iter().filter(|piece| matches!(piece, Piece::Written { .. })).collect();
    assert_eq!(written, [&Piece::Written { block: first }, &Piece::Written { block: second }]);
    assert_eq!(paper.coop.told(paper.camille).await, ["block_kept", "block_kept", "block_kept"]);
}

#[sqlx::test(migrations = false)]
async fn with_nothing_to_say_or_where_silence_is_wanted_the_editors_are_asked_once(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.coop.subscribed(paper.ines).await;
    paper.settings(Settings { automatic: false, ..Settings::default() }).await;
    paper.writes("La soupe", true).await;
    let backend = &paper.coop.backend;
    assert_eq!(paper.seven().await, 0);
    assert!(matches!(paper.issue().await.stage, Stage::Missed { asked: None, .. }));
    assert_eq!(paper.deliveries("brief_missed").await.len(), 2, "both editors: by push, or by mail");
    paper.at(0, 9, 0);
    assert_eq!(brief::go_out(backend).await.unwrap(), 0);
    assert_eq!(paper.deliveries("brief_missed").await.len(), 2);
    // Somebody publishes it by hand, late.
    let id = paper.coop.id();
    for _ in 0..2 {
        brief::publish_now(backend, paper.ines, paper.monday, id).await.unwrap().expect("pressed twice, it is done");
    }
    let read = paper.read().await;
    assert!(read.late && !read.automatic);
    assert_eq!(paper.titles().await, ["La soupe"]);
    assert_eq!(paper.due("brief_audience").await, 1);
    let again = brief::publish_now(backend, paper.ines, paper.monday, paper.coop.id()).await.unwrap();
    assert_eq!(again, Err(vec![Mistake::Out]));
}

#[sqlx::test(migrations = false)]
async fn a_server_that_was_away_publishes_late_until_eight_in_the_evening_and_asks_after_that(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let paper = Paper::new(at).await;
    paper.writes("La soupe", true).await;
    paper.approves().await;
    paper.at(0, 20, 0);
    assert_eq!(brief::go_out(&paper.coop.backend).await.unwrap(), 0);
    let stage = paper.issue().await.stage;
    assert!(matches!(stage, Stage::Missed { asked: Some(asked), .. } if asked.by == paper.ines), "{stage:?}");
    // A week later, the same at one minute before.
    let next = Paper { monday: plus_days(paper.monday, 7), ..paper };
    next.writes("Les skis", true).await;
    next.approves().await;
    next.at(0, 19, 59);
    assert_eq!(brief::go_out(&next.coop.backend).await.unwrap(), 1);
    assert!(next.read().await.late);
}

#[sqlx::test(migrations = false)]
async fn with_two_pairs_of_eyes_it_takes_two_people(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.coop.subscribed(paper.theo).await;
    paper.settings(Settings { second_pair: true, ..Settings::default() }).await;
    paper.writes("La soupe", true).await;
    let (backend, monday) = (&paper.coop.backend, paper.monday);
    let id = || paper.coop.id();
    assert_eq!(brief::approve(backend, paper.ines, monday, id()).await.unwrap(), Err(vec![Mistake::NotAsked]));
    let asks = id();
    for _ in 0..2 {
        brief::ask_for_review(backend, paper.ines, monday, asks).await.unwrap().unwrap();
    }
    assert_eq!(paper.deliveries("brief_to_review").await, [paper.theo], "whoever asks is not asked");
    let alone = brief::approve(backend, paper.ines, monday, id()).await.unwrap();
    assert_eq!(alone, Err(vec![Mistake::SecondPair { asked: paper.ines }]));
    brief::approve(backend, paper.theo, monday, id()).await.unwrap().unwrap();
    // Approved, nothing of it changes, unless it is taken back.
    let move_up = Arrange::Move(PieceKey::Live(Source::Seats), Way::Up);
    assert_eq!(paper.arranges(move_up.clone()).await, Err(vec![Mistake::Approved]));
    brief::take_back(backend, paper.ines, monday, id()).await.unwrap().unwrap();
    paper.arranges(move_up).await.unwrap();
    // At one and the same moment, in any order.
    let acts: Vec<String> =
        sqlx::query_scalar("select what from brief_act order by what").fetch_all(&backend.pool).await.unwrap();
    assert_eq!(acts, ["approuver", "relire", "reprendre", "test"]);
    assert_eq!(brief::approve(backend, paper.camille, monday, id()).await.unwrap_err().to_string(), "not allowed");
}

#[sqlx::test(migrations = false)]
async fn nothing_is_approved_while_a_block_has_two_versions_or_while_there_is_nothing_in_it(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let paper = Paper::new(at).await;
    let backend = &paper.coop.backend;
    let approve = async || brief::approve(backend, paper.ines, paper.monday, paper.coop.id()).await.unwrap();
    assert_eq!(approve().await, Err(vec![Mistake::Empty]), "nothing fills itself yet");
    let id = paper.writes("La soupe", true).await;
    let block = paper.block(id).await;
    paper.coop.does(paper.ines, edit(&block, block.revision, "À 18 h")).await;
    paper.coop.does(paper.camille, edit(&block, block.revision, "À 19 h")).await;
    assert_eq!(paper.block(id).await.beside.len(), 1);
    assert_eq!(approve().await, Err(vec![Mistake::TwoVersions { block: id }]));
    // What is not ready does not go out, and stands in nobody's way.
    let drafts = brief::written(backend, paper.ines, id).await.unwrap().drafts;
    assert_eq!(drafts.len(), 3, "every text is known");
    let kept = brief::draft(backend, paper.ines, id, drafts.iter().find(|draft| draft.beside).unwrap().id).await.unwrap();
    assert_eq!(kept.text, "À 19 h");
}

#[sqlx::test(migrations = false)]
async fn whoever_presses_twice_is_told_that_it_is_done(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    let (backend, monday) = (&paper.coop.backend, paper.monday);
    let (soup, skis) = (paper.writes("La soupe", true).await, paper.writes("Les skis", true).await);
    let id = || paper.coop.id();
    // What was refused is not noted: the same form does it once it may.
    let form = id();
    paper.settings(Settings { second_pair: true, ..Settings::default() }).await;
    assert_eq!(brief::approve(backend, paper.ines, monday, form).await.unwrap(), Err(vec![Mistake::NotAsked]));
    paper.settings(Settings::default()).await;
    let [asks, refuses, places, takes_back] = [id(), id(), id(), id()];
    for _ in 0..2 {
        brief::ask_for_review(backend, paper.theo, monday, asks).await.unwrap().unwrap();
    }
    for _ in 0..2 {
        brief::refuse_block(backend, paper.ines, refuses, skis, "Trop tôt").await.unwrap().unwrap();
    }
    for _ in 0..2 {
        let place = Arrange::Place(soup);
        brief::arrange(backend, paper.ines, monday, places, "placer", place).await.unwrap().unwrap();
    }
    for _ in 0..2 {
        brief::approve(backend, paper.ines, monday, form).await.unwrap().unwrap();
    }
    assert_eq!(brief::approve(backend, paper.ines, monday, id()).await.unwrap(), Err(vec![Mistake::Approved]));
    for _ in 0..2 {
        brief::take_back(backend, paper.ines, monday, takes_back).await.unwrap().unwrap();
    }
    assert_eq!(paper.coop.count("select count(*) from brief_act").await, 5);
}

#[sqlx::test(migrations = false)]
async fn what_is_not_ready_waits_a_week(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.writes("La soupe", true).await;
    let raw = paper.writes("Pas fini", false).await;
    paper.approves().await;
    assert_eq!(paper.seven().await, 1);
    assert_eq!(paper.titles().await, ["La soupe"]);
    assert_eq!(paper.block(raw).await.monday, plus_days(paper.monday, 7));
    assert!(!paper.issue().await.pieces.contains(&Piece::Written { block: raw }));
}

#[sqlx::test(migrations = false)]
async fn a_block_is_refused_with_a_word_or_kept_for_next_week_and_its_author_knows(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    let (backend, [soup, skis]) =
        (&paper.coop.backend, [paper.writes("La soupe", true).await, paper.writes("Les skis", true).await]);
    let id = paper.coop.id();
    for _ in 0..2 {
        brief::refuse_block(backend, paper.ines, id, soup, "La date est passée").await.unwrap().ok();
    }
    let again = brief::refuse_block(backend, paper.ines, paper.coop.id(), soup, "Encore").await.unwrap();
    assert_eq!(again, Err(vec![Mistake::BlockGone]));
    brief::keep_for_next_week(backend, paper.ines, paper.coop.id(), skis).await.unwrap().unwrap();
    let mut told = paper.coop.told(paper.camille).await;
    told.sort();
    assert_eq!(told, ["block_kept", "block_refused"]);
    assert!(paper.issue().await.pieces.iter().all(|piece| matches!(piece, Piece::Live { .. })));
    assert_eq!(paper.block(skis).await.monday, plus_days(paper.monday, 7));
    // Placed again, what was refused is a contribution like before.
    paper.arranges(Arrange::Place(soup)).await.unwrap();
    assert!(paper.block(soup).await.is_proposed());
    // A block of another week is placed in its own.
    assert_eq!(paper.arranges(Arrange::Place(skis)).await, Err(vec![Mistake::BlockGone]));
    // Nobody is told what they did themselves.
    let own = paper.writes("La mienne", true).await;
    brief::refuse_block(backend, paper.theo, paper.coop.id(), own, "Non").await.unwrap().unwrap();
    assert_eq!(paper.coop.told(paper.theo).await, Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn a_correction_changes_what_is_read_and_keeps_what_was_read_before(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    let id = paper.writes("La soupe", true).await;
    paper.coop.shift(9, 9, 3).await;
    paper.approves().await;
    paper.seven().await;
    let (backend, before) = (&paper.coop.backend, paper.read().await);
    let block = paper.block(id).await;
    let said = Said { title: "La soupe à 19 h".into(), text: "On mange à *19 h*.".into(), ..Said::default() };
    let correction = |base, mail| Correction { block: id, base, said: said.clone(), word: "19 h, pas 18 h".into(), mail };
    paper.at(0, 9, 0);
    let act = paper.coop.id();
    for _ in 0..2 {
        brief::correct(backend, paper.ines, act, correction(block.revision, false)).await.unwrap().unwrap();
    }
    let after = paper.read().await;
    let Some(Shown::Block { title, html, .. }) = after.pieces.first() else { panic!("{after:?}") };
    assert_eq!((title.as_str(), html.trim()), ("La soupe à 19 h", "<p>On mange à <em>19 h</em>.</p>"));
    // The live lines stay as they were frozen; a word says what changed.
    assert_eq!(after.pieces[1..], before.pieces[1..]);
    assert_eq!(after.corrected.iter().map(|known| known.word.as_str()).collect::<Vec<_>>(), ["19 h, pas 18 h"]);
    let Json(kept): Json<Published> =
        sqlx::query_scalar("select before from brief_correction").fetch_one(&backend.pool).await.unwrap();
    assert_eq!(kept, before);
    assert_eq!((paper.due("brief_correction_mail").await, paper.due("brief_audience").await), (0, 1));
    // Written from what is no longer shown: nobody corrects a correction that they have not read.
    let stale = brief::correct(backend, paper.theo, paper.coop.id(), correction(block.revision, true)).await.unwrap();
    assert_eq!(stale, Err(vec![Mistake::Changed]));
    let now = paper.block(id).await;
    brief::correct(backend, paper.theo, paper.coop.id(), correction(now.revision, true)).await.unwrap().unwrap();
    assert_eq!(paper.due("brief_correction_mail").await, 1, "a second mail goes on explicit choice");
    let workshop = brief::workshop(backend, paper.ines, Some(paper.monday)).await.unwrap();
    assert_eq!(workshop.corrected.len(), 2);
    assert!(matches!(workshop.brief.stage, Stage::Published { corrected: Some(signed), .. } if signed.by == paper.theo));
    // Before it is out there is nothing to correct.
    let other = paper.writes("Autre", true).await;
    let early =
        brief::correct(backend, paper.ines, paper.coop.id(), Correction { block: other, ..correction(0, false) }).await.unwrap();
    assert_eq!(early, Err(vec![Mistake::NotOut]));
}

#[sqlx::test(migrations = false)]
async fn reminders_come_once_each_and_none_once_it_is_approved(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    for member in [paper.camille, paper.ines, paper.theo] {
        paper.coop.subscribed(member).await;
    }
    let stranger = paper.coop.member("Nour").await;
    paper.coop.subscribed(stranger).await;
    let backend = &paper.coop.backend;
    paper.writes("La soupe", true).await;
    paper.at(-3, 9, 0);
    for _ in 0..2 {
        brief::remind(backend).await.unwrap();
    }
    let mut wanted = paper.deliveries("brief_wanted").await;
    wanted.sort();
    let mut groups = vec![paper.camille, paper.ines, paper.theo];
    groups.sort();
    assert_eq!(wanted, groups);
    for (hour, so_far) in [(17, 0), (18, 2), (21, 4)] {
        paper.at(-1, hour, 0);
        brief::remind(backend).await.unwrap();
        assert_eq!(paper.deliveries("brief_to_review").await.len(), so_far, "at {hour}");
    }
    paper.approves().await;
    paper.at(0, 6, 30);
    brief::remind(backend).await.unwrap();
    assert_eq!(paper.deliveries("brief_to_review").await.len(), 4);
    // What was planned before and not handed over yet is no longer true.
    let batch = backend::notify::next(backend, domain::notify::Channel::Push).await.unwrap();
    assert!(batch.is_none(), "{batch:?}");
}

#[sqlx::test(migrations = false)]
async fn the_preview_is_what_goes_out(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.writes("La soupe", true).await;
    paper.writes("Pas fini", false).await;
    paper.coop.shift(8, 9, 3).await;
    paper.approves().await;
    let backend = &paper.coop.backend;
    paper.at(0, 7, 0);
    let preview = brief::preview(backend, paper.ines, Some(paper.monday)).await.unwrap();
    assert!(!preview.is_out);
    paper.seven().await;
    assert_eq!(preview.published, paper.read().await);
    let read = brief::preview(backend, paper.ines, None).await.unwrap();
    assert_eq!(read.published.monday, plus_days(paper.monday, 7), "the next one is being made");
    let not_theirs = brief::workshop(backend, paper.camille, None).await.unwrap_err();
    assert_eq!(not_theirs.to_string(), "not allowed");
    let no_monday = brief::workshop(backend, paper.ines, Some("2026-12-08".parse().unwrap())).await.unwrap_err();
    assert_eq!(no_monday.to_string(), "not there");
    assert_eq!(brief::written(backend, paper.ines, BlockId(Uuid::nil())).await.unwrap_err().to_string(), "not there");
}

#[sqlx::test(migrations = false)]
async fn nothing_goes_out_by_hand_before_contributions_close(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    paper.writes("La soupe", true).await;
    let backend = &paper.coop.backend;
    let early = brief::publish_now(backend, paper.ines, paper.monday, paper.coop.id()).await.unwrap();
    assert_eq!(early, Err(vec![Mistake::TooEarly { from: clock(paper.monday - chrono::Days::new(1), 18, 0) }]));
    paper.at(-1, 18, 0);
    brief::publish_now(backend, paper.ines, paper.monday, paper.coop.id()).await.unwrap().unwrap();
    assert!(!paper.read().await.late);
    assert_eq!(paper.seven().await, 0);
}

#[sqlx::test(migrations = false)]
async fn what_waits_in_an_issue_that_was_missed_goes_on_to_the_next_that_takes_something(_: PgPoolOptions, at: PgConnectOptions) {
    let missed = Paper::new(at).await;
    missed.settings(Settings { automatic: false, ..Settings::default() }).await;
    let soup = missed.writes("La soupe", true).await;
    assert_eq!(missed.seven().await, 0, "nobody approved it");
    let next = Paper { monday: plus_days(missed.monday, 7), ..missed };
    next.at(-5, 8, 0);
    next.writes("Les skis", true).await;
    next.approves().await;
    // The one after is approved already: it takes nothing that nobody has read.
    let later = plus_days(next.monday, 7);
    next.at(-5, 9, 0);
    let ahead = Paper { monday: later, ..next };
    ahead.at(-10, 9, 0);
    let late = ahead.writes("La fête", true).await;
    sqlx::query("update brief_block set monday = $2 where block_id = $1")
        .bind(late)
        .bind(later)
        .execute(&ahead.coop.backend.pool)
        .await
        .unwrap();
    ahead.arranges(Arrange::Place(late)).await.unwrap();
    ahead.approves().await;
    let next = Paper { monday: minus_days(later, 7), ..ahead };
    assert_eq!(next.seven().await, 1);
    assert_eq!(next.block(soup).await.monday, plus_days(next.monday, 14));
}

#[sqlx::test(migrations = false)]
async fn nothing_is_approved_whose_picture_is_still_on_its_way(_: PgPoolOptions, at: PgConnectOptions) {
    let paper = Paper::new(at).await;
    let block = paper.writes("La soupe", true).await;
    let picture =
        domain::brief::Picture { id: domain::id::PictureId(paper.coop.id()), alt: "Un bol".into(), width: 8, height: 8 };
    sqlx::query("update brief_block set said = said || jsonb_build_object('picture', $2::jsonb) where block_id = $1")
        .bind(block)
        .bind(Json(&picture))
        .execute(&paper.coop.backend.pool)
        .await
        .unwrap();
    let (backend, monday) = (&paper.coop.backend, paper.monday);
    let early = brief::approve(backend, paper.ines, monday, paper.coop.id()).await.unwrap();
    assert_eq!(early, Err(vec![Mistake::PictureMissing { block }]));
    let bytes = brief::Kept { mime: "image/jpeg".into(), width: 8, height: 8, bytes: vec![1, 2, 3] };
    brief::keep_picture(backend, paper.camille, picture.id, &bytes).await.unwrap();
    brief::approve(backend, paper.ines, monday, paper.coop.id()).await.unwrap().unwrap();
}
