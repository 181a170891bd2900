//! The most that could be served, found by trying everything, apart from the code under test.

use domain::board::Board;
use domain::eligibility::{Move, Moves, check};
use domain::id::OfferId;
use domain::swaps::Offer;
use domain::time::Instant;

use crate::coop::hours;

/// The offers served by the best sequence of loops: how many, then the earliest, then by id.
pub fn most_served(board: &Board, now: Instant) -> Vec<OfferId> {
    let mut best = Vec::new();
    search(board, now, &mut Vec::new(), &mut best);
    best
}

fn rank(board: &Board, offer: OfferId) -> (Instant, OfferId) {
    (board.start_of(board.offers[&offer].seat).expect("a shift"), offer)
}

fn search(board: &Board, now: Instant, served: &mut Vec<OfferId>, best: &mut Vec<OfferId>) {
    let order = |served: &[OfferId]| {
        let mut ranks: Vec<_> = served.iter().map(|offer| rank(board, *offer)).collect();
        ranks.sort_unstable();
        ranks
    };
    if served.len() > best.len() || (served.len() == best.len() && order(served) < order(best)) {
        best.clone_from(served);
    }
    let open: Vec<&Offer> = board.offers.values().filter(|offer| !served.contains(&offer.id)).collect();
    for first in 0..open.len() {
        paths(board, now, &open, &mut vec![first], &mut |path| {
            let moves = Moves(
                path.iter()
                    .zip(path.iter().cycle().skip(1))
                    .map(|(from, to)| Move { seat: open[*to].seat, to: Some(open[*from].member) })
                    .collect(),
            );
            if check(board, &moves, now).is_ok_and(|missing| missing.is_empty()) {
                let mut after = board.clone();
                for change in &moves.0 {
                    after.shifts.get_mut(&change.seat.shift).unwrap().seat_mut(change.seat).unwrap().holder = change.to;
                }
                let before = served.len();
                served.extend(path.iter().map(|at| open[*at].id));
                search(&after, now, served, best);
                served.truncate(before);
            }
        });
    }
}

/// Every closed path of consent that begins at its smallest.
fn paths(board: &Board, now: Instant, open: &[&Offer], path: &mut Vec<usize>, found: &mut impl FnMut(&[usize])) {
    for next in path[0]..open.len() {
        if !consents(board, open[path[path.len() - 1]], open[next], now) {
            continue;
        }
        if next == path[0] && path.len() > 1 {
            found(path);
        } else if !path.contains(&next) {
            path.push(next);
            paths(board, now, open, path, found);
            path.pop();
        }
    }
}

/// The tick itself, as the product has it.
pub fn consents(board: &Board, mine: &Offer, theirs: &Offer, now: Instant) -> bool {
    let wanted = &board.shifts[&theirs.seat.shift];
    let given = &board.shifts[&mine.seat.shift];
    mine.is_open()
        && theirs.is_open()
        && mine.member != theirs.member
        && given.id != wanted.id
        && given.is_planned()
        && wanted.is_planned()
        && mine.wishes().and_then(|wishes| wishes.ticked(wanted)).is_some_and(|at| now - at <= hours(28 * 24))
        && wanted.starts_at - now >= hours(72)
        && given.starts_at - now >= hours(48)
}
