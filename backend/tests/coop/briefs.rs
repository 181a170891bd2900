//! Briefs that are out, as the transaction that publishes one leaves them.

use chrono::NaiveDate;
use domain::brief::{Piece, Published, Said, Shown, Signed, Source, Sourced, Stage, id_of};
use domain::id::{BlockId, BriefId, GroupId, MemberId, ShiftId};
use domain::reason::When;
use domain::time::{monday_of, paris_day};
use sqlx::types::Json;

use super::Coop;

impl Coop {
    /// This week's Monday.
    pub fn monday(&self) -> NaiveDate {
        monday_of(paris_day(self.now()))
    }

    /// Somebody who writes for the brief, and makes it.
    pub async fn editor(&self) -> MemberId {
        let editor = self.member("Inès").await;
        self.in_group(editor, "communication").await;
        editor
    }

    /// A block as members read it, by `editor`.
    pub async fn block(&self, editor: MemberId, title: &str, html: &str, public: bool) -> Shown {
        let group: GroupId = sqlx::query_scalar("select group_id from working_group where slug = 'communication'")
            .fetch_one(&self.backend.pool)
            .await
            .unwrap();
        let (id, said) = (BlockId(self.id()), Said { title: title.into(), text: "…".into(), ..Said::default() });
        sqlx::query(
            "insert into brief_block (block_id, monday, by_member, group_id, said, ready, public, proposed_at)
             values ($1, $2, $3, $4, $5, true, $6, $7)",
        )
        .bind(id)
        .bind(self.monday())
        .bind(editor)
        .bind(group)
        .bind(Json(said))
        .bind(public)
        .bind(self.now())
        .execute(&self.backend.pool)
        .await
        .unwrap();
        Shown::Block { id, group: "Communication".into(), title: title.into(), html: html.into(), picture: None, link: None }
    }

    /// Places to take on a shift, as they stood.
    pub fn open_places(&self, shift: ShiftId) -> Shown {
        let when = When { shift, starts_at: self.now(), ends_at: self.now() + chrono::Duration::hours(3) };
        let seats = vec![domain::id::SeatId::new(shift, 0), domain::id::SeatId::new(shift, 1)];
        Shown::Live { source: Source::Seats, intro: "Viens !".into(), lines: vec![Sourced::Shift { shift, when, seats }] }
    }

    /// Approved, with one block: it goes out by itself, on its Monday at seven.
    pub async fn scheduled(&self, editor: MemberId, monday: NaiveDate, title: &str, text: &str) -> BriefId {
        let Shown::Block { id, .. } = self.block(editor, title, "", true).await else { unreachable!("a block") };
        let said = Said { title: title.into(), text: text.into(), ..Said::default() };
        sqlx::query("update brief_block set said = $2, monday = $3 where block_id = $1")
            .bind(id)
            .bind(Json(said))
            .bind(monday)
            .execute(&self.backend.pool)
            .await
            .unwrap();
        let signed = Signed { by: editor, at: self.now() };
        sqlx::query("insert into brief (brief_id, monday, stage, pieces) values ($1, $2, $3, $4)")
            .bind(id_of(monday))
            .bind(monday)
            .bind(Json(Stage::Scheduled { asked: signed, approved: signed }))
            .bind(Json([Piece::Written { block: id }]))
            .execute(&self.backend.pool)
            .await
            .unwrap();
        id_of(monday)
    }

    /// Out today: its mails are due.
    pub async fn publishes(&self, pieces: Vec<Shown>, public: bool) -> BriefId {
        let (monday, at) = (self.monday(), self.now());
        let published = Published { id: id_of(monday), monday, at, late: false, automatic: false, pieces, corrected: Vec::new() };
        sqlx::query(
            "insert into brief (brief_id, monday, stage, public, published_at, frozen) values ($1, $2, $3, $4, $5, $6)
             on conflict (brief_id) do update set stage = excluded.stage, public = excluded.public,
                published_at = excluded.published_at, frozen = excluded.frozen",
        )
        .bind(published.id)
        .bind(monday)
        .bind(serde_json::json!({ "published": { "at": at } }))
        .bind(public)
        .bind(at)
        .bind(Json(&published))
        .execute(&self.backend.pool)
        .await
        .unwrap();
        sqlx::query("insert into due_work (kind, key, due_at) values ('brief_audience', $1, $2)")
            .bind(published.id.to_string())
            .bind(at)
            .execute(&self.backend.pool)
            .await
            .unwrap();
        published.id
    }

    /// Something in it was put right.
    pub async fn corrects(&self, brief: BriefId, by: MemberId, word: &str) -> i64 {
        sqlx::query("update brief set frozen = jsonb_set(frozen, '{corrected}', $2) where brief_id = $1")
            .bind(brief)
            .bind(serde_json::json!([{ "at": self.now(), "word": word }]))
            .execute(&self.backend.pool)
            .await
            .unwrap();
        sqlx::query_scalar(
            "insert into brief_correction (brief_id, at, by_member, word, before)
             values ($1, $2, $3, $4, '{}') returning brief_correction_id",
        )
        .bind(brief)
        .bind(self.now())
        .bind(by)
        .bind(word)
        .fetch_one(&self.backend.pool)
        .await
        .unwrap()
    }

    /// Somebody of the public who said yes.
    pub async fn subscriber(&self, email: &str) -> uuid::Uuid {
        let id = self.id();
        sqlx::query(
            "insert into brief_subscriber (brief_subscriber_id, email, asked_at, yes_hash, confirmed_at)
             values ($1, $2, $3, $4, $3)",
        )
        .bind(id)
        .bind(email)
        .bind(self.now())
        .bind(id.as_bytes().as_slice())
        .execute(&self.backend.pool)
        .await
        .unwrap();
        id
    }
}
