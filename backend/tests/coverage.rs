//! The coverage board: its figures, whom it is for, and whom it says to call.

mod coop;

use backend::coverage::{callable, figures};
use backend::error::Error;
use chrono::Duration;
use coop::{Coop, today};
use domain::command::Command;
use domain::coverage::{Forecast, Need};
use domain::id::{MemberId, SeatId, ShiftId};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Seven Saturdays at nine are over, with three of four seats held; the next one is to come.
struct Saturdays {
    coop: Coop,
    solene: MemberId,
    camille: MemberId,
    karim: MemberId,
    lea: MemberId,
    next: ShiftId,
}

impl Saturdays {
    async fn new(at: PgConnectOptions) -> Saturdays {
        // A Tuesday seven weeks ago.
        let coop = Coop::of(at, 12, today() - Duration::days(49)).await;
        let [solene, camille, karim, lea] = ["Solène", "Camille", "Karim", "Léa"].map(|name| coop.member(name));
        let (solene, camille, karim, lea) = (solene.await, camille.await, karim.await, lea.await);
        coop.knows(solene, "animation").await;
        for week in 0..7 {
            let shift = coop.shift(4 + 7 * week, 9, 4).await;
            for (position, member) in [camille, karim, lea].into_iter().enumerate() {
                coop.sits(member, SeatId::new(shift, i16::try_from(position).unwrap())).await;
            }
            coop.sql(&format!("update assignment set presence = 'present' where shift_id = '{shift}'")).await;
            let came = if week == 6 { "excused" } else { "absent" };
            coop.sql(&format!("update assignment set presence = '{came}' where shift_id = '{shift}' and member_id = '{lea}'"))
                .await;
            if week == 6 {
                // Said absent first, then that Solène came for her.
                coop.sql(&format!(
                    "insert into presence (shift_id, member_id, presence, replaced_by, at, by_member) values
                        ('{shift}', '{lea}', 'absent', null, '2026-11-28T09:00:00Z', '{camille}'),
                        ('{shift}', '{lea}', 'replaced', '{solene}', '2026-11-28T10:00:00Z', '{camille}')"
                ))
                .await;
            }
        }
        let next = coop.shift(4 + 49, 9, 4).await;
        coop.sits(lea, SeatId::new(next, 0)).await;
        coop.backend.clock.set(today());
        Saturdays { coop, solene, camille, karim, lea, next }
    }
}

#[sqlx::test(migrations = false)]
async fn the_figures_are_those_of_the_weeks_and_the_next_shift_is_foreseen_from_them(_: PgPoolOptions, at: PgConnectOptions) {
    let Saturdays { coop, solene, camille, lea, next, .. } = Saturdays::new(at).await;
    let seen = figures(&coop.backend, solene).await.unwrap();
    assert_eq!(seen.forecast_of(next), Some(Forecast::Expected { likely: 2, low: 2, high: 3, from: 7 }));
    assert_eq!(seen.forecasts.len(), 1, "what is over is not foreseen");
    let of = |at: usize| (seen.weeks[at].coverage(), seen.weeks[at].presence(), seen.weeks[at].swaps);
    assert_eq!(of(25), (Some(75), Some(100), 0), "in somebody's place counts");
    assert_eq!(of(24), (Some(75), Some(67), 0));
    assert_eq!(of(26), (Some(25), None, 0));
    assert_eq!(of(10), (None, None, 0));

    // A seat changes hands, a shift is closed, and one that is near is called for.
    let offer = coop.gives(lea, SeatId::new(next, 0)).await;
    coop.does(camille, coop::claim(offer)).await;
    let near = coop.shift(1, 12, 2).await;
    coop.asks(SeatId::new(near, 0), true, None).await;
    coop.sits(solene, SeatId::new(near, 0)).await;
    let closed = coop.shift(2, 15, 3).await;
    coop.sql(&format!("update shift set closed_why = 'Neige', closed_treatment = 'due' where shift_id = '{closed}'")).await;
    coop.does(solene, Command::CallForHelp { shift: near, note: String::new() }).await;
    let seen = figures(&coop.backend, solene).await.unwrap();
    let called: Vec<_> = seen.called.iter().map(|called| (called.shift, called.by.first.as_str(), called.at)).collect();
    assert_eq!(called, [(near, "Solène", coop.now())]);
    assert_eq!(seen.forecast_of(near), Some(Forecast::TooLittle { known: 0 }));
    assert_eq!(seen.forecast_of(closed), None);
    let week = seen.weeks[26];
    assert_eq!((week.seats, week.held, week.swaps), (6, 2, 1));
    // Days later nobody is shown as having just called.
    coop.backend.clock.set(today() + Duration::days(4));
    assert_eq!(figures(&coop.backend, solene).await.unwrap().called, []);
}

#[sqlx::test(migrations = false)]
async fn it_is_for_whoever_answers_for_the_shifts_and_for_nobody_else(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let [nour, ines, solene, alice, margaux, paul] =
        ["Nour", "Inès", "Solène", "Alice", "Margaux", "Paul"].map(|name| coop.newcomer(name));
    let (nour, ines, solene, alice, margaux, paul) =
        (nour.await, ines.await, solene.await, alice.await, margaux.await, paul.await);
    coop.knows(solene, "animation").await;
    coop.in_office(margaux).await;
    coop.sql(&format!("update member set employee = true where member_id = '{paul}'")).await;
    for (rank, slug, member) in [(1, "association", alice), (2, "communication", ines)] {
        coop.sql(&format!(
            "insert into working_group values (gen_random_uuid(), '{slug}', '{slug}', '', {rank});
             insert into group_member (group_id, member_id) select group_id, '{member}' from working_group where slug = '{slug}'"
        ))
        .await;
    }
    let shift = coop.shift(4, 9, 2).await;
    for member in [solene, alice, margaux, paul] {
        assert!(figures(&coop.backend, member).await.is_ok());
        assert!(callable(&coop.backend, member, shift).await.is_ok());
    }
    for member in [nour, ines, MemberId(coop.id())] {
        assert!(matches!(figures(&coop.backend, member).await, Err(Error::NotAllowed)));
        assert!(matches!(callable(&coop.backend, member, shift).await, Err(Error::NotAllowed)));
    }
    assert!(matches!(callable(&coop.backend, solene, ShiftId(coop.id())).await, Err(Error::NotFound)));
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{solene}'")).await;
    assert!(matches!(figures(&coop.backend, solene).await, Err(Error::NotAllowed)), "a right ends with the membership");
}

#[sqlx::test(migrations = false)]
async fn who_owes_is_called_first_then_who_often_comes_and_numbers_are_the_office_s(_: PgPoolOptions, at: PgConnectOptions) {
    let Saturdays { coop, solene, camille, karim, lea, next } = Saturdays::new(at).await;
    coop.sql("update member set phone = '06 11 22 33 44'").await;
    let (hugo, margaux) = (coop.member("Hugo").await, coop.newcomer("Margaux").await);
    coop.in_office(margaux).await;
    coop.sql(&format!(
        "insert into ledger_entry (member_id, kind, on_day, shifts, at) values ('{hugo}', 'missed', '2026-02-01', -2, '2026-02-01T09:00:00Z')"
    ))
    .await;
    // Karim is away; Léa has a seat already.
    coop.sql(&format!("insert into leave values (gen_random_uuid(), '{karim}', '2026-12-01', '2026-12-20', 'secret')")).await;
    coop.asks(SeatId::new(next, 3), true, None).await;
    let seen = callable(&coop.backend, margaux, next).await.unwrap();
    let named: Vec<_> = seen
        .groups
        .iter()
        .map(|group| (&group.need, group.people.iter().map(|one| (one.member, one.habit)).collect::<Vec<_>>()))
        .collect();
    assert_eq!(named, [(&Need::Lead, vec![(solene, 0)]), (&Need::Anybody, vec![(hugo, 0), (camille, 7)])]);
    assert!(!named.iter().any(|(_, people)| people.contains(&(lea, 6))));
    assert!(
        seen.groups
            .iter()
            .flat_map(|group| &group.people)
            .all(|one| one.phone.as_deref() == Some("06 11 22 33 44") || one.member == hugo)
    );
    let lead = callable(&coop.backend, solene, next).await.unwrap();
    assert!(lead.groups.iter().flat_map(|group| &group.people).all(|one| one.phone.is_none()), "names only");
    // She is not told to call herself; nobody else may lead.
    assert_eq!(lead.groups[0].people, []);
    coop.backend.clock.set(today() + Duration::days(6));
    assert_eq!(callable(&coop.backend, solene, next).await.unwrap().groups, []);
}
