//! La brève du lundi, in the database: contributions, versions, what goes out, pictures.

mod coop;

use backend::brief::{self, How, Kept};
use backend::{error::Error, snapshots};
use chrono::NaiveDate;
use coop::Coop;
use domain::brief::{BlockState, Brief, Piece, Published, Shown, Sourced, id_of, revision_after};
use domain::command::Command;
use domain::id::{BlockId, GroupId, MemberId, PictureId, SeatId};
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::time::{Instant, paris_instant};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

/// It is Tuesday 1 December 2026: the brief of the 7th is being made.
const MONDAY: &str = "2026-12-07";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(on: &str, clock: &str) -> Instant {
    paris_instant(day(on), clock.parse().unwrap())
}

struct House {
    coop: Coop,
    /// Of Vie sociale.
    camille: MemberId,
    /// Of Communication.
    ines: MemberId,
    group: GroupId,
}

async fn house(options: PgConnectOptions) -> House {
    let coop = Coop::new(options).await;
    let (camille, ines) = (coop.member("Camille").await, coop.member("Inès").await);
    coop.in_group(camille, "vie-sociale").await;
    coop.in_group(ines, "communication").await;
    let group = sqlx::query_scalar("select group_id from working_group where slug = 'vie-sociale'")
        .fetch_one(&coop.backend.pool)
        .await
        .unwrap();
    House { coop, camille, ines, group }
}

impl House {
    fn proposal(&self, block: BlockId, text: &str) -> Command {
        Command::ProposeBlock {
            block,
            group: self.group,
            title: "Soirée soupe".into(),
            text: text.into(),
            picture: None,
            alt: String::new(),
            width: 0,
            height: 0,
            href: "/vacations".into(),
            label: "Les places".into(),
            ready: true,
            public: false,
        }
    }

    /// Camille proposes a block.
    async fn proposes(&self, text: &str) -> BlockId {
        let block = BlockId(self.coop.id());
        self.coop.does(self.camille, self.proposal(block, text)).await;
        block
    }

    fn edit(&self, block: BlockId, base: i32, text: &str, settles: Vec<i32>) -> Command {
        let Command::ProposeBlock { group, title, href, label, .. } = self.proposal(block, text) else { unreachable!() };
        Command::EditBlock {
            block,
            base,
            group,
            title,
            text: text.into(),
            picture: None,
            alt: String::new(),
            width: 0,
            height: 0,
            href,
            label,
            ready: true,
            public: false,
            settles,
        }
    }

    /// The block, as its author's device has it.
    async fn mine(&self, block: BlockId) -> domain::brief::Block {
        let me = snapshots::me(&self.coop.backend, self.camille).await.unwrap();
        me.blocks.into_iter().find(|known| known.id == block).expect("mine")
    }

    async fn brief(&self, monday: &str) -> Brief {
        let mut conn = self.coop.backend.pool.acquire().await.unwrap();
        brief::find(&mut conn, day(monday)).await.unwrap().expect("a brief")
    }

    /// It goes out as it stands.
    async fn goes_out(&self, monday: &str) -> Published {
        let made = self.brief(monday).await;
        let mut conn = self.coop.backend.pool.acquire().await.unwrap();
        let how = How { at: at(monday, "07:00:00"), late: false, automatic: false };
        let material = brief::material(&mut conn, &made, how.at).await.unwrap();
        let frozen = brief::freeze(&made, &material, how);
        sqlx::query("update brief set frozen = $2, published_at = $3 where brief_id = $1")
            .bind(made.id)
            .bind(Json(&frozen))
            .bind(how.at)
            .execute(&mut *conn)
            .await
            .unwrap();
        self.coop.sql("update change_mark set mark = mark + 1 where slice = 'briefs' and shard = 0").await;
        frozen
    }
}

#[sqlx::test(migrations = false)]
async fn a_contribution_stands_in_the_brief_of_its_monday_and_on_its_authors_device(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    let before = snapshots::me(&house.coop.backend, house.camille).await.unwrap();
    assert_eq!((before.groups.as_slice(), before.rights.edits_brief), ([house.group].as_slice(), false));
    let block = BlockId(house.coop.id());
    let envelope = house.coop.envelope(house.proposal(block, "On épluche."));
    for _ in 0..2 {
        let Outcome::Applied { result } = house.coop.perform(house.camille, &envelope).await else { panic!("refused") };
        assert_eq!(result.monday, Some(day(MONDAY)));
    }
    let after = snapshots::me(&house.coop.backend, house.camille).await.unwrap();
    assert_ne!(after.marks, before.marks);
    let mine = house.mine(block).await;
    assert_eq!((mine.monday, mine.group, mine.state.clone()), (day(MONDAY), house.group, BlockState::Proposed));
    assert_eq!(mine.revision, revision_after(0, &mine.said));
    assert_eq!(house.brief(MONDAY).await.pieces[0], Piece::Written { block });
    assert_eq!(house.coop.count("select count(*) from block_version").await, 1, "sent twice, written once");
    let other = house.coop.refused(house.ines, house.proposal(BlockId(house.coop.id()), "Au nom d’un autre")).await;
    assert_eq!(other, Reason::NotYourGroup);
    house.coop.does(house.camille, Command::WithdrawBlock { block }).await;
    assert!(!house.brief(MONDAY).await.pieces.contains(&Piece::Written { block }));
    assert!(matches!(house.mine(block).await.state, BlockState::Withdrawn { .. }));
}

#[sqlx::test(migrations = false)]
async fn after_the_close_it_is_for_the_monday_after(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    house.coop.backend.clock.set(at("2026-12-06", "18:00:00"));
    let block = house.proposes("Trop tard pour demain").await;
    assert_eq!(house.mine(block).await.monday, day("2026-12-14"));
    let briefs = snapshots::briefs(&house.coop.backend).await.unwrap();
    let collecting = briefs.collecting.unwrap();
    assert_eq!((collecting.monday, collecting.closes_at), (day("2026-12-14"), at("2026-12-13", "18:00:00")));
    assert_eq!(briefs.valid_until, at("2026-12-07", "07:00:00"));
}

#[sqlx::test(migrations = false)]
async fn two_who_edit_at_once_lose_nothing(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    let block = house.proposes("Au début").await;
    let base = house.mine(block).await.revision;
    let hers = house.coop.act(house.camille, house.edit(block, base, "De Camille", Vec::new()));
    let theirs = house.coop.act(house.ines, house.edit(block, base, "D’Inès", Vec::new()));
    let (hers, theirs) = futures::future::join(hers, theirs).await;
    assert!(hers.is_applied() && theirs.is_applied());
    let now = house.mine(block).await;
    let mut texts = vec![now.said.text.clone(), now.beside[0].said.text.clone()];
    texts.sort();
    assert_eq!(texts, ["De Camille", "D’Inès"]);
    assert_eq!(now.beside.len(), 1);
    house.coop.does(house.ines, house.edit(block, now.revision, "Des deux", now.revisions_beside())).await;
    let settled = house.mine(block).await;
    assert_eq!((settled.said.text.as_str(), settled.beside.len()), ("Des deux", 0));
    let kept: Vec<String> =
        sqlx::query_scalar("select said->>'text' from block_version where not beside order by block_version_id")
            .fetch_all(&house.coop.backend.pool)
            .await
            .unwrap();
    assert_eq!(kept.len(), 4, "every text is in its history: {kept:?}");
    let stranger = house.coop.member("Karim").await;
    let refused = house.coop.refused(stranger, house.edit(block, settled.revision, "À moi", Vec::new())).await;
    assert!(
        matches!(refused, Reason::NotYourBlock { by } if by.member == house.camille && by.name.to_string().starts_with("Camille"))
    );
}

#[sqlx::test(migrations = false)]
async fn the_office_acts_for_an_editor_without_becoming_one(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    let margaux = house.coop.member("Margaux").await;
    house.coop.in_office(margaux).await;
    let block = house.proposes("De Camille").await;
    let base = house.mine(block).await.revision;
    let edit = house.edit(block, base, "Au nom d’Inès", Vec::new());
    let through = domain::command::Envelope { on_behalf_of: Some(house.ines), ..house.coop.envelope(edit) };
    let told = coop::reason(house.coop.perform(margaux, &through).await);
    assert!(matches!(told, Reason::NotYourBlock { .. }), "{told:?}");
}

#[sqlx::test(migrations = false)]
async fn what_goes_out_is_what_is_ready_rendered_once_with_what_fills_itself(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    house.coop.sql("update member set joined_on = '2021-12-09' where first_name = 'Camille'").await;
    let shift = house.coop.shift(8, 9, 2).await;
    let far = house.coop.shift(30, 9, 2).await;
    let ready = house.proposes("On épluche à **17 h** <script>alert(1)</script> [ici](javascript:alert(1))").await;
    let mut draft = house.proposal(BlockId(house.coop.id()), "Pas encore");
    if let Command::ProposeBlock { ready, .. } = &mut draft {
        *ready = false;
    }
    house.coop.does(house.camille, draft).await;
    let frozen = house.goes_out(MONDAY).await;
    let [Shown::Block { id, group, html, link, .. }, Shown::Live { lines: seats, .. }, Shown::Live { lines: joined, .. }] =
        frozen.pieces.as_slice()
    else {
        panic!("{:?}", frozen.pieces)
    };
    assert_eq!((*id, group.as_str(), link.as_ref().unwrap().href.as_str()), (ready, "Vie-Sociale", "/vacations"));
    assert!(html.contains("<strong>17 h</strong>") && !html.contains("<script") && !html.contains("href"), "{html}");
    let [Sourced::Shift { shift: listed, seats, .. }] = seats.as_slice() else { panic!("{seats:?}") };
    assert_eq!((*listed, seats.as_slice()), (shift, [SeatId::new(shift, 0), SeatId::new(shift, 1)].as_slice()), "not {far}");
    assert_eq!(joined, &[Sourced::Anniversary { name: "Camille T.".into(), years: 5 }]);
    let briefs = snapshots::briefs(&house.coop.backend).await.unwrap();
    assert_eq!(briefs.briefs, [frozen]);
    let alone = brief::freeze(
        &house.brief(MONDAY).await,
        &brief::Material::default(),
        How { at: house.coop.now(), late: false, automatic: true },
    );
    assert_eq!(alone.pieces, [], "nothing to tell is no block");
}

#[sqlx::test(migrations = false)]
async fn a_brief_that_is_out_is_read_once(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    house.proposes("On épluche.").await;
    let brief = id_of(day(MONDAY));
    assert_eq!(house.coop.refused(house.camille, Command::ReadBrief { brief }).await, Reason::UnknownBrief);
    house.goes_out(MONDAY).await;
    for _ in 0..2 {
        house.coop.does(house.camille, Command::ReadBrief { brief }).await;
    }
    let me = snapshots::me(&house.coop.backend, house.camille).await.unwrap();
    assert_eq!(me.read_briefs, [brief]);
    assert_eq!(house.coop.count("select count(*) from brief_read").await, 1);
}

#[sqlx::test(migrations = false)]
async fn the_night_makes_two_issues_and_forgets_pictures_that_nothing_names(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    let jpeg = |byte: u8| Kept { mime: "image/jpeg".into(), width: 800, height: 600, bytes: vec![byte; 40] };
    let (named, lost) = (PictureId(house.coop.id()), PictureId(house.coop.id()));
    for (id, byte) in [(named, 1), (lost, 2)] {
        brief::keep_picture(&house.coop.backend, house.camille, id, &jpeg(byte)).await.unwrap();
        brief::keep_picture(&house.coop.backend, house.camille, id, &jpeg(byte)).await.unwrap();
    }
    let taken = brief::keep_picture(&house.coop.backend, house.ines, named, &jpeg(1)).await;
    assert!(matches!(taken, Err(Error::NotFound)), "somebody else's id");
    let changed = brief::keep_picture(&house.coop.backend, house.camille, named, &jpeg(3)).await;
    assert!(matches!(changed, Err(Error::NotFound)), "a picture never changes");
    let mut command = house.proposal(BlockId(house.coop.id()), "Avec une image");
    if let Command::ProposeBlock { picture, alt, width, height, .. } = &mut command {
        (*picture, *alt, *width, *height) = (Some(named), "Trois marmites".into(), 800, 600);
    }
    house.coop.does(house.camille, command).await;
    let karim = house.coop.member("Karim").await;
    let sees = async |who: Option<MemberId>| brief::picture(&house.coop.backend, who, named).await.is_ok();
    assert_eq!((sees(Some(house.camille)).await, sees(Some(house.ines)).await), (true, true));
    assert_eq!((sees(Some(karim)).await, sees(None).await), (false, false), "not before it is out");
    for (days, left) in [(1, 2), (3, 1)] {
        house.coop.backend.clock.set(coop::today() + chrono::Duration::days(days));
        brief::every_night(&house.coop.backend).await.unwrap();
        assert_eq!(house.coop.count("select count(*) from brief_picture").await, left, "after {days} days");
    }
    let mondays: Vec<NaiveDate> =
        sqlx::query_scalar("select monday from brief order by 1").fetch_all(&house.coop.backend.pool).await.unwrap();
    assert_eq!(mondays, [day("2026-12-07"), day("2026-12-14")]);
    house.goes_out(MONDAY).await;
    assert_eq!((sees(Some(karim)).await, sees(None).await), (true, false));
    house.coop.sql("update brief_block set public = true; ").await;
    house.coop.sql("update brief set public = true").await;
    assert!(sees(None).await, "its block and its brief are public");
}

#[sqlx::test(migrations = false)]
async fn the_employee_makes_the_brief_and_writes_in_its_makers_name(_: PgPoolOptions, options: PgConnectOptions) {
    let house = house(options).await;
    let paul = house.coop.member("Paul").await;
    house.coop.sql(&format!("update member set employee = true where member_id = '{paul}'")).await;
    let me = snapshots::me(&house.coop.backend, paul).await.unwrap();
    let makers: GroupId = sqlx::query_scalar("select group_id from working_group where slug = 'communication'")
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    assert_eq!((me.rights.edits_brief, me.groups), (true, vec![makers]));
    let block = house.proposes("De Camille").await;
    let base = house.mine(block).await.revision;
    house.coop.does(paul, house.edit(block, base, "Relu par Paul", Vec::new())).await;
    assert_eq!(house.mine(block).await.said.text, "Relu par Paul");
}
