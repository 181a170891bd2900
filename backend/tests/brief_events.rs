//! « Prochaines sorties »: what is announced when the brief goes out, frozen with it, and what of it anybody may read.

mod coop;

use backend::brief::{self, mail};
use backend::event;
use chrono::NaiveDate;
use coop::{Coop, paris};
use domain::brief::{Piece, Published, Shown, Source, Sourced};
use domain::event::{Answer, ForWhom, Scope};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

/// The Monday after the day on which the tests begin.
fn monday() -> NaiveDate {
    "2026-12-07".parse().unwrap()
}

async fn frozen(coop: &Coop) -> Published {
    let Json(frozen) = sqlx::query_scalar("select frozen from brief where monday = $1")
        .bind(monday())
        .fetch_one(&coop.backend.pool)
        .await
        .unwrap();
    frozen
}

/// The titles of the events that are listed, and what is said before them.
fn listed(pieces: &[Shown]) -> (String, Vec<String>) {
    let Some(Shown::Live { source: Source::Events, intro, lines }) = pieces.last() else { panic!("{pieces:?}") };
    let titles = lines.iter().map(|line| match line {
        Sourced::Event { title, .. } => title.clone(),
        other => panic!("{other:?}"),
    });
    (intro.clone(), titles.collect())
}

#[sqlx::test(migrations = false)]
async fn events_to_come_go_out_with_the_brief_as_they_stand_and_the_public_reads_its_own(
    _: PgPoolOptions,
    options: PgConnectOptions,
) {
    let coop = Coop::new(options).await;
    let (ines, theo, camille) = (coop.editor().await, coop.organiser().await, coop.member("Camille").await);
    let raclette = coop.announces(theo, &coop.supper("Raclette", 12, "2")).await;
    let mut open = coop.supper("Portes ouvertes", 9, "");
    open.details.for_whom = ForWhom::Public;
    coop.announces(theo, &open).await;
    coop.announces(theo, &coop.supper("Carnaval", 80, "")).await;
    coop.announces(theo, &coop.supper("Ce soir", 0, "")).await;
    coop.draft(theo, &coop.supper("Brouillon", 10, "")).await;
    let off = coop.announces(theo, &coop.supper("Ski", 10, "")).await;
    event::cancel(&coop.backend, theo, off, coop.id(), Scope::This, "Redoux").await.unwrap().unwrap();
    coop.answers(camille, raclette, Answer::Yes, 1).await;

    coop.scheduled(ines, monday(), "La soupe", "On épluche.").await;
    let live = Piece::Live { source: Source::Events, count: 2, intro: "On sort".into() };
    sqlx::query("update brief set pieces = pieces || $2, public = true where monday = $1")
        .bind(monday())
        .bind(Json([live]))
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    coop.turns(paris(monday(), 7, 0));
    assert_eq!(brief::go_out(&coop.backend).await.unwrap(), 1);
    let out = frozen(&coop).await;
    assert_eq!(listed(&out.pieces), ("On sort".to_owned(), vec!["Portes ouvertes".to_owned(), "Raclette".to_owned()]));
    let Some(Shown::Live { lines, .. }) = out.pieces.last() else { panic!("{out:?}") };
    assert!(matches!(lines[0], Sourced::Event { public: true, full: false, .. }), "{lines:?}");
    assert!(matches!(lines[1], Sourced::Event { event, public: false, full: true, .. } if event == raclette), "{lines:?}");

    let read = mail::public_brief(&coop.backend, Some(monday())).await.unwrap().expect("it is for the public");
    assert_eq!(read.issue.brief.pieces.len(), 2);
    assert_eq!(listed(&read.issue.brief.pieces), (String::new(), vec!["Portes ouvertes".to_owned()]));

    event::cancel(&coop.backend, theo, raclette, coop.id(), Scope::This, "Plus de fromage").await.unwrap().unwrap();
    assert_eq!(frozen(&coop).await, out, "what was published stays; the app says what became of it");
}
