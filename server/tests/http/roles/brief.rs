//! The Monday brief: who writes for it, and who makes it.

use chrono::NaiveDate;
use domain::brief::{Piece, Said, Shown, Signed, Stage, id_of};
use domain::command::Command;
use domain::id::{BlockId, GroupId, MemberId};
use domain::time::{minus_days, plus_days};
use sqlx::types::Json;

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, NOBODY, ask, form, line};
use crate::pictures::webp;

/// Make the brief.
const MAKE_IT: &[Role] = &[OfCommunication, Employee];

const PAGE: &str = "/communication/breve";

fn propose(a: &Actor<'_>, group: GroupId) -> Command {
    Command::ProposeBlock {
        block: BlockId(a.id()),
        group,
        title: "La soupe".into(),
        text: "À **18 h**.".into(),
        picture: None,
        alt: String::new(),
        width: 0,
        height: 0,
        href: String::new(),
        label: String::new(),
        ready: true,
        public: false,
    }
}

fn edit(block: BlockId, group: GroupId) -> Command {
    Command::EditBlock {
        block,
        base: 1,
        group,
        title: "La soupe".into(),
        text: "À **19 h**.".into(),
        picture: None,
        alt: String::new(),
        width: 0,
        height: 0,
        href: String::new(),
        label: String::new(),
        ready: true,
        public: false,
        settles: Vec::new(),
    }
}

/// Of the actor's group, by this member, for a brief that is far off.
async fn written(a: &Actor<'_>, by: MemberId) -> BlockId {
    let (_, block) = issue(a, far(a), |_| Stage::Collecting).await;
    let group = a.group;
    a.coop().sql(&format!("update brief_block set by_member = '{by}', group_id = '{group}' where block_id = '{block}'")).await;
    block
}

/// A Monday of its own.
fn far(a: &Actor<'_>) -> NaiveDate {
    plus_days("2027-03-01".parse().unwrap(), 7 * a.next())
}

fn past(a: &Actor<'_>) -> NaiveDate {
    minus_days("2026-11-23".parse().unwrap(), 7 * a.next())
}

/// The brief of a Monday, with one block in it, as far as it is.
async fn issue(a: &Actor<'_>, monday: NaiveDate, stage: fn(Signed) -> Stage) -> (NaiveDate, BlockId) {
    let (coop, editor) = (a.coop(), a.coop().editor().await);
    let Shown::Block { id, .. } = coop.block(editor, "La soupe", "", true).await else { unreachable!("a block") };
    let said = Said { title: "La soupe".into(), text: "À **18 h**.".into(), ..Said::default() };
    sqlx::query("update brief_block set said = $2, monday = $3 where block_id = $1")
        .bind(id)
        .bind(Json(said))
        .bind(monday)
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    // Whoever asked for the issues to come has made some.
    sqlx::query(
        "insert into brief (brief_id, monday, stage, pieces) values ($1, $2, $3, $4)
         on conflict (monday) do update set stage = excluded.stage, pieces = excluded.pieces",
    )
    .bind(id_of(monday))
    .bind(monday)
    .bind(Json(stage(Signed { by: editor, at: coop.now() })))
    .bind(Json([Piece::Written { block: id }]))
    .execute(&coop.backend.pool)
    .await
    .unwrap();
    (monday, id)
}

/// A form about a brief that is being made.
async fn made(a: &Actor<'_>, act: &str, monday: NaiveDate, stage: fn(Signed) -> Stage, more: &[(&str, &str)]) -> Attempt {
    let (monday, block) = issue(a, monday, stage).await;
    let mut fields = vec![
        ("lundi", monday.to_string()),
        ("block", block.to_string()),
        ("piece", format!("bloc-{block}")),
        ("base", "1".to_owned()),
    ];
    fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    form(PAGE, act, &fields)
}

/// The same of an act that cannot be done so.
async fn asked(a: &Actor<'_>, act: &str) -> Attempt {
    let (monday, block) = issue(a, far(a), |_| Stage::Collecting).await;
    let (monday, piece) = (monday.to_string(), format!("bloc-{block}"));
    // Told on the block's own page.
    let fields = [("page", "bloc".to_owned()), ("lundi", monday), ("block", block.to_string()), ("piece", piece)];
    ask(PAGE, act, &fields)
}

/// This week's, which is out.
async fn out(a: &Actor<'_>) -> NaiveDate {
    let coop = a.coop();
    if coop.count("select count(*) from brief where monday = '2026-11-30' and published_at is not null").await == 0 {
        let editor = coop.editor().await;
        let block = coop.block(editor, "Portes ouvertes", "<p>Samedi.</p>", true).await;
        coop.publishes(vec![block], true).await;
    }
    coop.monday()
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // Whoever belongs to a group writes in its name.
    line!("propose_block", &[Belongs, Referent], |a| Attempt::Command(propose(a, a.group))),
    line!("propose_block, in the name of Communication", MAKE_IT, |a| Attempt::Command(propose(a, a.coop().group("communication").await))),
    line!("edit_block", ANYBODY, |a| Attempt::Command(edit(written(a, a.me()).await, a.group))),
    line!("edit_block, somebody else's", MAKE_IT, |a| Attempt::Command(edit(written(a, a.keeper).await, a.group))),
    line!("withdraw_block", ANYBODY, |a| Attempt::Command(Command::WithdrawBlock { block: written(a, a.me()).await })),
    line!("withdraw_block, somebody else's", MAKE_IT, |a| Attempt::Command(Command::WithdrawBlock { block: written(a, a.keeper).await })),
    line!("edit_block, in the name of somebody else", NOBODY, |a| Attempt::For(a.beside, edit(written(a, a.keeper).await, a.group))),
    line!("read_brief", ANYBODY, |a| Attempt::Command(Command::ReadBrief { brief: id_of(out(a).await) })),
    line!("the bytes of a picture", ANYBODY, |a| Attempt::Sent(format!("/api/v1/pictures/{}", a.id()), "image/webp", webp(800, 600))),
    // Communication makes it.
    line!("texte", MAKE_IT, |a| made(a, "texte", far(a), |_| Stage::Collecting, &[("title", "La soupe"), ("text", "À 19 h"), ("ready", "true")]).await),
    line!("refuser", MAKE_IT, |a| made(a, "refuser", far(a), |_| Stage::Collecting, &[("mot", "Déjà dit")]).await),
    line!("relire", MAKE_IT, |a| made(a, "relire", far(a), |_| Stage::Collecting, &[]).await),
    line!("approuver", MAKE_IT, |a| made(a, "approuver", far(a), |asked| Stage::Review { asked }, &[]).await),
    line!("reprendre", MAKE_IT, |a| made(a, "reprendre", far(a), |asked| Stage::Scheduled { asked, approved: asked }, &[]).await),
    line!("publier", MAKE_IT, |a| made(a, "publier", past(a), |asked| Stage::Missed { at: asked.at, asked: Some(asked) }, &[]).await),
    line!("public", MAKE_IT, |a| made(a, "public", far(a), |_| Stage::Collecting, &[]).await),
    line!("membres", MAKE_IT, |a| made(a, "membres", far(a), |_| Stage::Collecting, &[]).await),
    line!("retirer a piece", MAKE_IT, |a| made(a, "retirer", far(a), |_| Stage::Collecting, &[]).await),
    line!("reglages", MAKE_IT, |_| form(PAGE, "reglages", &[("heure", "18:00".to_owned()), ("deux", "oui".to_owned())])),
    line!("semaine", MAKE_IT, |a| asked(a, "semaine").await),
    line!("garder", MAKE_IT, |a| asked(a, "garder").await),
    line!("corriger", MAKE_IT, |a| asked(a, "corriger").await),
    line!("placer", MAKE_IT, |a| asked(a, "placer").await),
    line!("monter", MAKE_IT, |a| asked(a, "monter").await),
    line!("descendre", MAKE_IT, |a| asked(a, "descendre").await),
    line!("vif", MAKE_IT, |a| asked(a, "vif").await),
    line!("vif-changer", MAKE_IT, |a| asked(a, "vif-changer").await),
    // Its mails.
    line!("essai", MAKE_IT, |a| form(&format!("{PAGE}/envoi/{}", out(a).await), "essai", &[])),
    line!("correction", MAKE_IT, |a| form(&format!("{PAGE}/envoi/{}", out(a).await), "correction", &[])),
    // Pages.
    line!("the workshop", MAKE_IT, |_| Attempt::Page(PAGE.to_owned())),
    line!("what it would look like", MAKE_IT, |_| Attempt::Page(format!("{PAGE}/apercu"))),
    line!("a block in the workshop", MAKE_IT, |a| Attempt::Page(format!("{PAGE}/bloc/{}", written(a, a.keeper).await))),
    line!("where its mails are", MAKE_IT, |a| Attempt::Page(format!("{PAGE}/envoi/{}", out(a).await))),
    line!("the archives", ANYBODY, |_| Attempt::Page("/breve/archives".to_owned())),
    line!("an issue of the archives", ANYBODY, |a| Attempt::Page(format!("/breve/archives/{}", out(a).await))),
];
