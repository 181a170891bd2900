//! All briefs that are out: by year, found by their words, and each whole as it was published.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::brief::{Archive, Archived, Hit, Issued, Published, Shown, said, snippet, words_of};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::Backend;
use crate::error::Error;

/// So many answers are shown; whoever wants others asks more closely.
const HITS: i64 = 50;
/// What is asked is cut here, in characters.
const ASKED_CAP: usize = 200;

/// The briefs of a year, or of the last one; what is asked for is looked for in all of them.
pub async fn archive(backend: &Backend, asked: &str, year: Option<i32>) -> Result<Archive, Error> {
    let mut conn = backend.pool.acquire().await?;
    let years: Vec<(i32, i64)> = sqlx::query_as(YEARS).fetch_all(&mut *conn).await?;
    let shown = year.or_else(|| years.first().map(|(year, _)| *year));
    let issues: Vec<(NaiveDate, Json<Vec<String>>)> = sqlx::query_as(ISSUES).bind(shown).fetch_all(&mut *conn).await?;
    let issues = issues.into_iter().map(|(monday, Json(titles))| Issued { monday, titles }).collect();
    let asked: String = asked.chars().filter(|letter| *letter != '\0').take(ASKED_CAP).collect();
    let hits = if asked.trim().is_empty() { None } else { Some(find(&mut conn, &asked).await?) };
    Ok(Archive { years, year: shown, issues, hits })
}

/// The pieces in which all that is asked for stands, the best first.
async fn find(conn: &mut PgConnection, asked: &str) -> Result<Vec<Hit>, Error> {
    let found: Vec<(NaiveDate, Json<Shown>)> = sqlx::query_as(FIND).bind(asked).bind(HITS).fetch_all(&mut *conn).await?;
    let texts: Vec<String> = found.iter().map(|(_, Json(piece))| said(piece)).collect();
    // Which words answer, only the database's stemmer knows.
    let words: BTreeSet<&str> = texts.iter().flat_map(|text| words_of(text)).collect();
    let words: Vec<&str> = words.into_iter().collect();
    let answering: Vec<String> = sqlx::query_scalar(ANSWERING).bind(asked).bind(&words).fetch_all(conn).await?;
    let answering: BTreeSet<&str> = answering.iter().map(String::as_str).collect();
    let hit = |((monday, Json(piece)), text): ((NaiveDate, Json<Shown>), &String)| Hit {
        monday,
        piece,
        snippet: snippet(text, |word| answering.contains(word)),
    };
    Ok(found.into_iter().zip(&texts).map(hit).collect())
}

/// The issue of a Monday as it is read today: published, and corrected since.
pub async fn archived(backend: &Backend, monday: NaiveDate) -> Result<Archived, Error> {
    let found: Option<(Json<Published>, Option<NaiveDate>, Option<NaiveDate>)> =
        sqlx::query_as(ARCHIVED).bind(monday).fetch_optional(&backend.pool).await?;
    let (Json(brief), newer, older) = found.ok_or(Error::NotFound)?;
    Ok(Archived { brief, newer, older })
}

const YEARS: &str = "
select extract(year from monday)::integer as year, count(*)
from brief where published_at is not null group by 1 order by 1 desc";

const ISSUES: &str = "
select monday,
    (select coalesce(jsonb_agg(piece #>> '{block,title}' order by place), '[]')
     from jsonb_array_elements(frozen -> 'pieces') with ordinality as pieces (piece, place) where piece ? 'block')
from brief
where published_at is not null and extract(year from monday)::integer = $1
order by monday desc";

const FIND: &str = "
with asked as (select plainto_tsquery('french', folded($1)) as words)
select monday, piece
from asked, brief, jsonb_array_elements(frozen -> 'pieces') with ordinality as pieces (piece, place)
where published_at is not null and numnode(asked.words) > 0
    and brief_words(frozen) @@ asked.words and piece_words(piece) @@ asked.words
order by ts_rank(piece_words(piece), asked.words) desc, monday desc, place
limit $2";

const ANSWERING: &str = "
with asked as (select replace(plainto_tsquery('french', folded($1))::text, '&', '|')::tsquery as words)
select word from asked, unnest($2::text[]) as word where to_tsvector('french', folded(word)) @@ asked.words";

const ARCHIVED: &str = "
select frozen,
    (select min(newer.monday) from brief newer where newer.published_at is not null and newer.monday > brief.monday),
    (select max(older.monday) from brief older where older.published_at is not null and older.monday < brief.monday)
from brief where monday = $1 and published_at is not null";
