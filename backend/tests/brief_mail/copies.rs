//! What the tests of the brief's mails say of its copies.
#![allow(dead_code, reason = "each test file speaks a part of it")]

use backend::brief::mail::{BriefCopy, Next, address, next};
use backend::notify::Came;
use chrono::Duration;
use domain::id::{BriefId, MemberId};

use crate::coop::Coop;

/// More than any test sends in a second.
pub const ANY: u32 = 1_000;

impl Coop {
    pub async fn text(&self, sql: &str) -> Vec<String> {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&self.backend.pool).await.unwrap()
    }

    /// « email name », in the order of the addresses.
    pub async fn copies(&self, correction: i64) -> Vec<String> {
        let copies = format!("select email || ' ' || name from brief_copy where correction = {correction} order by email");
        self.text(&copies).await
    }

    pub async fn email(&self, member: MemberId, email: &str) {
        sqlx::query("update member set email = $2 where member_id = $1")
            .bind(member)
            .bind(email)
            .execute(&self.backend.pool)
            .await
            .unwrap();
    }

    /// A brief of one block, out and addressed.
    pub async fn addressed(&self) -> BriefId {
        let editor = self.editor().await;
        self.email(editor, "ines@example.org").await;
        let block = self.block(editor, "Portes ouvertes", "<p>Samedi.</p>", true).await;
        let brief = self.publishes(vec![block], true).await;
        address(&self.backend).await.unwrap();
        brief
    }

    pub async fn takes(&self) -> Option<BriefCopy> {
        match next(&self.backend, ANY).await.unwrap() {
            Next::Copy(copy) => Some(*copy),
            Next::Paced | Next::Nothing => None,
        }
    }

    /// Every copy that is due, each by its address.
    pub async fn takes_all(&self) -> Vec<BriefCopy> {
        let mut all = Vec::new();
        while let Some(copy) = self.takes().await {
            all.push(copy);
        }
        all.sort_by(|a, b| a.email.cmp(&b.email));
        all
    }

    pub async fn states(&self) -> Vec<String> {
        self.text("select state || coalesce(': ' || why, '') from brief_copy order by email").await
    }

    pub fn passes(&self, time: Duration) {
        self.backend.clock.set(self.now() + time);
    }
}

pub fn failed(why: &str) -> Came {
    Came::Failed { why: why.into() }
}

pub fn again(why: &str) -> Came {
    Came::Again { after: None, why: why.into() }
}
