//! The margin of the co-op: a setting of the group, each change of which is a version with its prices.

use domain::catalogue::import::{Mapping, Words};
use domain::catalogue::{MARGIN, MarginInHand, MarginVersion, Mistake, RATE_CAP, Rate, margin_preview, margin_why, with_margin};
use domain::id::MemberId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::row::{self, Author};
use super::together::{Keeping, Kept, keeper};
use crate::Backend;
use crate::error::Error;

/// As it is, and what `asked` would change.
pub async fn margin(backend: &Backend, asking: MemberId, asked: Option<Rate>) -> Result<MarginInHand, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let margin = current(&mut tx).await?;
    let versions = versions(&mut tx).await?;
    let preview = match asked.filter(|asked| *asked <= RATE_CAP && *asked != margin) {
        Some(asked) => Some(margin_preview(&row::shop(&mut tx).await?, margin, asked)),
        None => None,
    };
    Ok(MarginInHand { margin, versions, preview })
}

/// From here on, for every product that has none of its own. The form's id is the version's; `base`: how many versions there
/// were when it was looked at.
pub async fn set_margin(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    base: i32,
    margin: Rate,
    why: &str,
) -> Result<Kept<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let (count, there): (i64, bool) =
        sqlx::query_as("select count(*), coalesce(bool_or(catalogue_margin_id = $1), false) from catalogue_margin")
            .bind(form)
            .fetch_one(&mut *keeping.tx)
            .await?;
    let was = current(&mut keeping.tx).await?;
    if there || margin == was {
        return Ok(Ok(()));
    }
    if margin > RATE_CAP {
        return Ok(Err(vec![Mistake::RateTooHigh { cap: RATE_CAP }]));
    }
    let revision = i32::try_from(count).unwrap_or(i32::MAX);
    if revision != base {
        return Ok(Err(vec![Mistake::Stale { revision }]));
    }
    let before = row::shop(&mut keeping.tx).await?;
    let prices = margin_preview(&before, was, margin).prices;
    let author = Author { by: keeping.by, import: None };
    row::write(&mut keeping.tx, &before, &with_margin(&before, was, margin), author, keeping.now).await?;
    sqlx::query(
        "insert into catalogue_margin (catalogue_margin_id, was, margin, why, prices, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(form)
    .bind(small(was))
    .bind(small(margin))
    .bind(margin_why(why))
    .bind(i32::try_from(prices).unwrap_or(i32::MAX))
    .bind(keeping.by)
    .bind(keeping.now)
    .execute(&mut *keeping.tx)
    .await?;
    // What a file brings that is new has it, too.
    sqlx::query(
        "insert into catalogue_words (mapping, words, margin) values ($1, $2, $3)
         on conflict (one) do update set margin = excluded.margin",
    )
    .bind(Json(Mapping::default()))
    .bind(Json(Words::default()))
    .bind(small(margin))
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// How high it is.
pub(super) async fn current(conn: &mut PgConnection) -> Result<Rate, Error> {
    let kept: Option<i16> = sqlx::query_scalar("select margin from catalogue_words").fetch_optional(conn).await?;
    Ok(kept.map_or(MARGIN, |margin| Rate(u16::try_from(margin).unwrap_or_default())))
}

async fn versions(conn: &mut PgConnection) -> Result<Vec<MarginVersion>, Error> {
    let rows: Vec<Json<MarginVersion>> = sqlx::query_scalar(
        "select jsonb_build_object('was', was, 'is', margin, 'why', why, 'prices', prices, 'by', by_member, 'at', at)
         from catalogue_margin order by at desc, catalogue_margin_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|Json(version)| version).collect())
}

fn small(rate: Rate) -> i16 {
    i16::try_from(rate.0).unwrap_or(i16::MAX)
}
