//! A busy board: 430 people on eight weeks of 19 shifts of 6; 100 of them exchange, with 10 wishes each.
//! The bench reads this file too (`bench/src/matching.rs`).

use chrono::{Duration, NaiveDate, NaiveTime};
use domain::board::Board;
use domain::id::{MemberId, OfferId, SeatId, ShiftId, TemplateId};
use domain::members::{Aptitude, Known, Person, ShortName};
use domain::rules::Rules;
use domain::shifts::{Seat, Shift, ShiftState};
use domain::swaps::{Offer, OfferKind, OfferState, Wish, Wishes};
use domain::time::{Cycle, Instant, paris_instant, plus_days};
use uuid::Uuid;

/// The same for the same seed. With `newcomers`, four people in seven have never worked.
pub fn board(seed: u64, newcomers: bool) -> (Board, Instant) {
    let mut state = seed;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let monday = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day of the calendar");
    let clock = |hour: u64| NaiveTime::from_hms_opt(hour as u32, 0, 0).expect("a time of the day");
    let now = paris_instant(monday, clock(9));
    let mut board = Board::new(Rules::on(Cycle::anchored_on(monday).expect("a Monday")));
    let people: Vec<MemberId> = (0..430u128).map(|n| MemberId(Uuid::from_u128(0x1000 + n))).collect();
    for (n, id) in people.iter().enumerate() {
        let experienced = !newcomers || n % 7 < 3;
        let aptitude = Aptitude { active: true, skills: [].into(), leaves: Vec::new(), experienced };
        board.people.insert(*id, Person { id: *id, name: ShortName::new("A", "B"), aptitude: Known::Known(aptitude) });
    }
    let mut ids = Vec::new();
    for n in 0..152u64 {
        let on = plus_days(monday, 4 + n / 19 * 7 + n % 19 / 4);
        let starts_at = paris_instant(on, clock(9 + 3 * (n % 4)));
        let id = ShiftId(Uuid::from_u128(0x2000 + u128::from(n * 7919 % 152)));
        let seats = (0..6).map(|seat| {
            let holder = (seat < 5).then(|| people[(n as usize * 5 + seat) % 430]);
            Seat { lead: false, skill: None, holder }
        });
        let template = TemplateId(Uuid::nil());
        let (state, seats, ends_at) = (ShiftState::Planned, seats.collect(), starts_at + Duration::hours(3));
        board.shifts.insert(id, Shift { id, template, on, starts_at, ends_at, state, minimum: 3, seats });
        ids.push(id);
    }
    for n in 0..100u64 {
        let (shift, position) = (ids[(n * 3 % 150) as usize], ((n + n / 50) % 5) as i16);
        let seat = SeatId::new(shift, position);
        let wishes = (0..10).map(|_| Wish { shift: ids[(random(50) * 3) as usize], ticked_at: now });
        let wishes = wishes.filter(|wish| wish.shift != shift).collect();
        let id = OfferId(Uuid::from_u128(0x3000 + u128::from(n)));
        let kind = OfferKind::Exchange { wishes: Wishes { shifts: wishes, patterns: Vec::new() } };
        let member = board.holder(seat).expect("a held seat");
        board.offers.insert(id, Offer { id, seat, member, kind, note: String::new(), created_at: now, state: OfferState::Open });
    }
    (board, now)
}
