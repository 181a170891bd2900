//! The Monday brief: twelve issues that are out, the one that is being made, and who has read them.

mod texts;

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use domain::brief::{
    Block, BlockState, Brief, Corrected, Link, Piece, Published, Said, Settings, Signed, Source, Stage, Version, goes_out_at,
    id_of, revision_after, take_in,
};
use domain::id::{BlockId, MemberId};
use domain::time::{Instant, minus_days, monday_of, paris_day};
use serde_json::{Value, json};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::cast::{CAMILLE, INES, id_of as id_for};
use super::groups::Cell;
use super::write::rows;
use crate::brief::{How, ensure, find, freeze, material};
use crate::error::Error;
use texts::{BESIDE, CORRECTED, ISSUES, LATE, PROPOSED, Text, Writer};

pub async fn briefs(conn: &mut PgConnection, cells: &[Cell], now: Instant) -> Result<(), Error> {
    let this = monday_of(paris_day(now));
    let newest = if goes_out_at(this) <= now { this } else { minus_days(this, 7) };
    let mondays: Vec<NaiveDate> = (0..ISSUES.len() as u64).map(|back| minus_days(newest, 7 * back)).collect();
    let mut blocks = Vec::new();
    for (back, monday) in mondays.iter().enumerate() {
        let issue = &ISSUES[back];
        let written: Vec<Block> = issue.texts.iter().map(|text| out(text, *monday, cells)).collect();
        let brief = Brief {
            id: id_of(*monday),
            monday: *monday,
            stage: stage(back, *monday),
            pieces: pieces(&written, back),
            public: issue.public,
        };
        rows!(conn, "brief", "brief_id, monday, stage, pieces, public", [brief_row(&brief)]);
        blocks.extend(written);
    }
    write_blocks(conn, &blocks, now).await?;
    for (back, monday) in mondays.iter().enumerate() {
        publish(conn, back, *monday).await?;
    }
    sqlx::query(
        "update brief_block set state = jsonb_build_object('published', jsonb_build_object('at', i.published_at))
        from brief i where i.monday = brief_block.monday and i.published_at is not null",
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query(READ).bind(INES.id()).execute(&mut *conn).await?;
    propose(conn, cells, now).await
}

fn brief_row(brief: &Brief) -> Value {
    json!({ "brief_id": brief.id, "monday": brief.monday, "stage": brief.stage, "pieces": brief.pieces, "public": brief.public })
}

/// When an issue went out.
fn how(back: usize, monday: NaiveDate) -> How {
    let late = back == LATE.0;
    let at = goes_out_at(monday) + if late { Duration::minutes(LATE.1) } else { Duration::seconds(2) };
    How { at, late, automatic: ISSUES[back].texts.is_empty() }
}

fn stage(back: usize, monday: NaiveDate) -> Stage {
    let How { at, late, automatic } = how(back, monday);
    let approved = Signed { by: INES.id(), at: goes_out_at(monday) - Duration::hours(9) };
    let corrected = (back == CORRECTED.0).then(|| Signed { by: INES.id(), at: corrected_at(monday) });
    Stage::Published { at, approved: (!automatic).then_some(approved), late, corrected }
}

fn corrected_at(monday: NaiveDate) -> Instant {
    goes_out_at(monday) + Duration::minutes(185)
}

/// What is written first, then what fills itself: anniversaries every other week.
fn pieces(written: &[Block], back: usize) -> Vec<Piece> {
    let live = |source, count, intro: &str| Piece::Live { source, count, intro: intro.to_owned() };
    let mut pieces: Vec<Piece> = written.iter().map(|block| Piece::Written { block: block.id }).collect();
    pieces.push(live(Source::Seats, 4, "Un coup de main cette semaine ?"));
    pieces.push(live(Source::Events, 5, ""));
    // Those are told of once.
    if back == 0 {
        pieces.push(live(Source::Products, 5, ""));
    }
    if back.is_multiple_of(2) {
        pieces.push(live(Source::Anniversaries, 8, ""));
    }
    pieces
}

fn out(text: &Text, monday: NaiveDate, cells: &[Cell]) -> Block {
    let mut block = block(text, monday, referent(cells, text.group));
    block.ready = true;
    block.public = ISSUES.iter().any(|issue| issue.public && issue.texts.iter().any(|known| known.title == text.title));
    block
}

fn referent(cells: &[Cell], slug: &str) -> MemberId {
    let cell = cells.iter().find(|cell| cell.slug == slug);
    cell.and_then(|cell| cell.members.first().copied()).unwrap_or(INES.id())
}

fn block(text: &Text, monday: NaiveDate, by: MemberId) -> Block {
    let said = Said {
        title: spaced(text.title),
        text: spaced(text.text),
        picture: None,
        link: text.link.map(|(href, label)| Link { href: href.to_owned(), label: spaced(label) }),
    };
    Block {
        id: BlockId(id_for(&format!("block/{}", text.title))),
        monday,
        by,
        group: domain::id::GroupId(id_for(&format!("group/{}", text.group))),
        revision: revision_after(0, &said),
        said,
        ready: false,
        public: false,
        state: BlockState::Proposed,
        beside: Vec::new(),
    }
}

/// Spaces that do not break, where French has them.
fn spaced(text: &str) -> String {
    const PAIRS: [(&str, &str); 8] = [
        (" :", "\u{a0}:"),
        (" ;", "\u{202f};"),
        (" !", "\u{202f}!"),
        (" ?", "\u{202f}?"),
        (" %", "\u{202f}%"),
        (" €", "\u{a0}€"),
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
    ];
    PAIRS.iter().fold(text.to_owned(), |text, (plain, whole)| text.replace(plain, whole))
}

async fn write_blocks(conn: &mut PgConnection, blocks: &[Block], now: Instant) -> Result<(), Error> {
    let proposed = |block: &Block| (goes_out_at(block.monday) - Duration::hours(70)).min(now);
    let row = |block: &Block| {
        json!({
            "block_id": block.id, "monday": block.monday, "by_member": block.by, "group_id": block.group, "said": block.said,
            "ready": block.ready, "public": block.public, "revision": block.revision, "state": block.state,
            "proposed_at": proposed(block),
        })
    };
    rows!(
        conn,
        "brief_block",
        "block_id, monday, by_member, group_id, said, ready, public, revision, state, proposed_at",
        blocks.iter().map(row)
    );
    for block in blocks {
        let first = Version { base: 0, said: block.said.clone(), by: block.by, at: proposed(block) };
        version(conn, block, &first, false).await?;
    }
    Ok(())
}

async fn version(conn: &mut PgConnection, block: &Block, version: &Version, beside: bool) -> Result<(), Error> {
    sqlx::query("insert into block_version (block_id, base, said, by_member, at, beside) values ($1, $2, $3, $4, $5, $6)")
        .bind(block.id)
        .bind(version.base)
        .bind(Json(&version.said))
        .bind(version.by)
        .bind(version.at)
        .bind(beside)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// As it went out, by the same function as ever after; with what was put right since.
async fn publish(conn: &mut PgConnection, back: usize, monday: NaiveDate) -> Result<(), Error> {
    let brief = find(conn, monday).await?.ok_or(Error::NotFound)?;
    let how = how(back, monday);
    let mut material = material(conn, &brief, how.at).await?;
    let mut frozen: Published = freeze(&brief, &material, how);
    if back == CORRECTED.0 {
        let (_, says, said, word) = CORRECTED;
        let mut corrected = None;
        for block in material.blocks.values_mut().filter(|block| block.said.text.contains(&spaced(says))) {
            block.said.text = block.said.text.replace(&spaced(says), &spaced(said));
            corrected = Some(block.id);
        }
        let before = freeze(&brief, &material, how);
        let at = corrected_at(monday);
        frozen.corrected.push(Corrected { at, word: spaced(word), block: corrected });
        sqlx::query(
            "insert into brief_correction (brief_id, block_id, at, by_member, word, before) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(brief.id)
        .bind(corrected)
        .bind(at)
        .bind(INES.id())
        .bind(spaced(word))
        .bind(Json(before))
        .execute(&mut *conn)
        .await?;
    }
    sqlx::query("update brief set frozen = $2, published_at = $3 where brief_id = $1")
        .bind(brief.id)
        .bind(Json(frozen))
        .bind(how.at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Five contributions to the issue that takes them now; of one, Communication wrote another version in the meantime.
async fn propose(conn: &mut PgConnection, cells: &[Cell], now: Instant) -> Result<(), Error> {
    ensure(conn, now).await?;
    let monday = domain::brief::Making { settings: Settings::default(), briefs: BTreeMap::new() }.open_monday(now);
    let Some(mut brief) = find(conn, monday).await? else { return Ok(()) };
    let mut blocks: Vec<Block> = PROPOSED
        .iter()
        .map(|(writer, text, ready, public)| {
            let by = if *writer == Writer::Camille { CAMILLE.id() } else { referent(cells, text.group) };
            Block { ready: *ready, public: *public, ..block(text, monday, by) }
        })
        .collect();
    write_blocks(conn, &blocks, now).await?;
    let (at, text) = BESIDE;
    let first = blocks[at].revision;
    let shown = Version {
        base: first,
        said: Said { title: spaced("Loto de l’hiver : encore 18 lots"), ..blocks[at].said.clone() },
        by: blocks[at].by,
        at: now - Duration::minutes(95),
    };
    let other = Said { text: spaced(text), ..blocks[at].said.clone() };
    let beside = Version { base: first, said: other, by: INES.id(), at: now - Duration::minutes(50) };
    version(conn, &blocks[at], &shown, false).await?;
    version(conn, &blocks[at], &beside, true).await?;
    (blocks[at].revision, blocks[at].said) = (shown.revision(), shown.said);
    sqlx::query("update brief_block set said = $2, revision = $3 where block_id = $1")
        .bind(blocks[at].id)
        .bind(Json(&blocks[at].said))
        .bind(blocks[at].revision)
        .execute(&mut *conn)
        .await?;
    for block in &blocks {
        take_in(&mut brief.pieces, block.id);
    }
    sqlx::query("update brief set pieces = $2 where brief_id = $1")
        .bind(brief.id)
        .bind(Json(&brief.pieces))
        .execute(conn)
        .await?;
    Ok(())
}

/// About two thirds read an issue in its week, the same ones each time; $1 has read them all. The newest is new to the others
/// of the cast.
const READ: &str = "
insert into brief_read (brief_id, member_id, at)
select i.brief_id, m.member_id, i.published_at + make_interval(mins => 5 + chance % 700)
from brief i cross join member m
cross join lateral (select ('x' || substr(md5(i.brief_id::text || m.member_id::text), 1, 4))::bit(16)::int as chance) c
where i.published_at is not null and m.joined_on <= i.monday
    and (m.member_id = $1 or chance % 100 < 64 and i.monday < (select max(monday) from brief where published_at is not null))";
