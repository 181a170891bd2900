//! A busy evening: what everybody does, and what must be true of it afterwards.

use domain::command::{Command, Envelope};
use domain::id::{MemberId, OfferId, SeatId};
use domain::outcome::Outcome;
use domain::swaps::Audience;
use sqlx::types::Json;

use crate::coop::{assert_invariants, exchange};
use crate::program::{House, Phone};

const MEMBERS: usize = 16;

/// Sixteen members with a place to give and one to exchange. Each gives the one, takes two empty places of which others
/// want one each, exchanges the other, and claims what two others give: six acts, in requests of one, two or three.
pub async fn busy_evening(house: &House) -> Vec<Phone> {
    let coop = &house.coop;
    let mut shifts = Vec::new();
    for day in 0..4 {
        shifts.push([coop.shift(10 + day, 9, 4).await, coop.shift(14 + day, 9, 4).await, coop.shift(18 + day, 12, 4).await]);
    }
    let seat = |kind: usize, n: usize| SeatId::new(shifts[n % 4][kind], i16::try_from(n / 4).unwrap());
    let members = coop.members(MEMBERS).await;
    let offers: Vec<OfferId> = members.iter().map(|_| coop.offer_id()).collect();
    let mut phones = Vec::new();
    for (n, member) in members.into_iter().enumerate() {
        let (given, exchanged) = (seat(0, n), seat(1, n));
        coop.sits(member, given).await;
        coop.sits(member, exchanged).await;
        let other = |further: usize| (n + further) % MEMBERS;
        let claim = |further| crate::coop::claim(offers[other(further)]);
        // Neighbours of two kinds want each other's day, so every exchange finds its loop in the end.
        let wished = seat(1, if n % 2 == 0 { n + 1 } else { n - 1 }).shift;
        let acts = vec![
            Command::GiveSeat { offer: offers[n], seat: given, audience: Audience::Anyone, note: String::new() },
            Command::TakeSeat { seat: seat(2, n) },
            Command::TakeSeat { seat: seat(2, other(1)) },
            exchange(coop.offer_id(), exchanged, &[wished]),
            claim(1),
            claim(2),
        ];
        phones.push(house.phone(member, 1 + n % 3, acts).await);
    }
    phones
}

fn each(phones: &[Phone]) -> impl Iterator<Item = (MemberId, &Envelope)> {
    phones.iter().flat_map(|phone| phone.acts.iter().map(move |act| (phone.member, act)))
}

/// Each act ran under its id, once, and what was answered is what is kept.
pub async fn assert_stored(house: &House, phones: &[Phone]) {
    let mut acts = 0;
    for (member, act) in each(phones) {
        let kept: Vec<Json<Outcome>> =
            sqlx::query_scalar("select outcome from command_log where command_id = $1 and by_member = $2")
                .bind(act.id)
                .bind(member)
                .fetch_all(&house.coop.backend.pool)
                .await
                .unwrap();
        assert_eq!(kept.into_iter().map(|Json(outcome)| outcome).collect::<Vec<_>>(), [house.outcome(act)], "{act:?}");
        acts += 1;
    }
    assert_eq!(house.coop.count("select count(*) from command_log").await, acts);
}

/// What each act says it did is there, once; there is nothing else; and the co-op is sound.
pub async fn assert_settled(house: &House, phones: &[Phone]) {
    assert_stored(house, phones).await;
    let coop = &house.coop;
    let (mut taken, mut claimed) = (0, 0);
    for (member, act) in each(phones) {
        let applied = house.outcome(act).is_applied();
        let times = i64::from(applied);
        let came = async |how: &str, seat: SeatId| {
            let (shift, position) = (seat.shift, seat.position);
            let came = format!(
                "select count(*) from seat_history where how = '{how}' and to_member = '{member}'
                 and shift_id = '{shift}' and position = {position}"
            );
            assert_eq!(coop.count(&came).await, times, "{act:?}");
            assert_eq!(coop.holder(seat).await == Some(member), applied, "{act:?}");
        };
        match &act.command {
            Command::TakeSeat { seat } => {
                came("taken", *seat).await;
                taken += times;
            }
            Command::ClaimOffer { offer, .. } => {
                let (shift, position, by): (_, _, Option<MemberId>) =
                    sqlx::query_as("select shift_id, position, done_by from offer where offer_id = $1")
                        .bind(offer)
                        .fetch_one(&coop.backend.pool)
                        .await
                        .unwrap();
                came("claimed", SeatId::new(shift, position)).await;
                assert_eq!(by == Some(member), applied, "{act:?}");
                claimed += times;
            }
            Command::GiveSeat { offer, .. } | Command::ExchangeSeat { offer, .. } => {
                let opened = format!("select count(*) from offer where offer_id = '{offer}' and member_id = '{member}'");
                assert_eq!(coop.count(&opened).await, times, "{act:?}");
                assert!(applied, "{act:?} {:?}", house.outcome(act));
            }
            other => panic!("{other:?} is not part of the evening"),
        }
    }
    let members = i64::try_from(MEMBERS).unwrap();
    assert_eq!(taken, members, "of two who want a place, one has it");
    assert!(claimed >= members / 2, "{claimed} of {members} offers found somebody");
    assert_eq!(coop.count("select count(*) from offer where kind = 'exchange' and state = 'done'").await, members);
    for (what, count) in [("taken", taken), ("claimed", claimed), ("looped", members)] {
        assert_eq!(coop.count(&format!("select count(*) from seat_history where how = '{what}'")).await, count, "{what}");
    }
    assert_eq!(coop.count("select count(*) from seat_history").await, taken + claimed + members);
    assert_eq!(coop.count("select count(*) from notice where notice->>'kind' = 'seat_claimed'").await, claimed);
    assert_invariants(coop).await;
}
