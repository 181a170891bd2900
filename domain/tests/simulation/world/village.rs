//! The co-op as each seed founds it: a few people, a few shifts close to each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::board::Board;
use domain::command::Command;
use domain::decide::{Decision, decide};
use domain::effect::Effect;
use domain::id::{MemberId, SeatId, TemplateId};
use domain::ledger::{Credit, Entry, EntryKind};
use domain::me::Profile;
use domain::members::{Aptitude, Known, Person, Rhythm, ShortName, Skill};
use domain::rules::Rules;
use domain::shifts::{Seat, Shift, ShiftState, ShiftTemplate, shift_id};
use domain::time::{Cycle, Days, Instant, minus_days, paris_instant, plus_days};
use uuid::Uuid;

use super::dice::Dice;

const CAST: [&str; 7] = ["Solène", "Camille", "Karim", "Léa", "Hugo", "Nour", "Zoé"];
/// Mondays: a plain one, before each change of the clocks, at the end of a year of 53 weeks.
const MONDAYS: [(i32, u32, u32); 4] = [(2026, 11, 23), (2027, 3, 22), (2026, 10, 19), (2026, 12, 28)];
const HOURS: [u32; 5] = [6, 9, 11, 12, 18];

pub struct Village {
    pub board: Board,
    pub profiles: BTreeMap<MemberId, Profile>,
    pub ledger: BTreeMap<MemberId, Vec<Entry>>,
    /// The one who may close a shift.
    pub office: MemberId,
    pub now: Instant,
}

pub fn member(nth: usize) -> MemberId {
    MemberId(Uuid::from_u128(0xa000 + nth as u128))
}

pub fn name(member: MemberId) -> &'static str {
    CAST.get((member.0.as_u128() - 0xa000) as usize).copied().unwrap_or("?")
}

pub fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour")
}

impl Village {
    /// It is Monday, 9 h in Paris.
    pub fn found(people: usize, dice: &mut Dice) -> Village {
        let (year, month, day) = MONDAYS[dice.below(MONDAYS.len())];
        let monday = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let rules = Rules::on(Cycle::anchored_on(monday).expect("a Monday"));
        let now = paris_instant(monday, clock(9));
        let mut village =
            Village { board: Board::new(rules), profiles: BTreeMap::new(), ledger: BTreeMap::new(), office: member(0), now };
        for nth in 0..people {
            village.joins(nth, monday, dice);
        }
        // Few days and close hours, so that people meet, and cannot be in two places.
        let days: Vec<u64> = [1, 4, 6, 8, 10, 17].into_iter().filter(|_| dice.percent(70)).collect();
        let days = if days.is_empty() { vec![3, 8] } else { days };
        let mut slots = BTreeSet::new();
        for _ in 0..5 + dice.below(5) {
            slots.insert((dice.pick(&days).unwrap_or(8), dice.pick(&HOURS).unwrap_or(9)));
        }
        for (days, hour) in slots {
            village.plans(plus_days(monday, days), hour, dice);
        }
        // A recurring shift that is not planned yet: it may be wished for.
        village.recurs(plus_days(monday, 24), 9);
        village.seats_people(dice);
        village
    }

    fn joins(&mut self, nth: usize, monday: NaiveDate, dice: &mut Dice) {
        let (id, first) = (member(nth), CAST[nth]);
        let mut skills = BTreeSet::new();
        if dice.percent(50) {
            skills.insert(Skill::lead());
        }
        if dice.percent(70) {
            skills.extend(Skill::parse("caisse"));
        }
        let mut leaves = Vec::new();
        if dice.percent(10) {
            leaves.push(Days { from: plus_days(monday, 8), to: plus_days(monday, 9) });
        }
        let experienced = dice.percent(85);
        let done = Entry::new(EntryKind::Done, minus_days(monday, 60), Credit::SHIFT);
        self.ledger.insert(id, if experienced { vec![done] } else { Vec::new() });
        self.profiles.insert(
            id,
            Profile {
                id,
                number: nth as i32,
                first_name: first.to_owned(),
                last_name: "Martin".to_owned(),
                email: format!("{nth}@example.org"),
                phone: None,
                rhythm: Rhythm::Floating,
            },
        );
        let aptitude = Aptitude { active: true, skills, leaves, experienced };
        let person = Person { id, name: ShortName::new(first, "Martin"), aptitude: Known::Known(aptitude) };
        self.board.people.insert(id, person);
    }

    fn recurs(&mut self, on: NaiveDate, hour: u32) -> ShiftTemplate {
        let week = self.board.rules.cycle.week_of(on);
        let id = TemplateId(Uuid::from_u128(
            0xb000 + u128::from(week.index()) * 1000 + u128::from(on.weekday().num_days_from_monday()) * 100 + u128::from(hour),
        ));
        if let Some(known) = self.board.templates.iter().find(|template| template.id == id) {
            return known.clone();
        }
        let template = ShiftTemplate {
            id,
            week,
            weekday: on.weekday(),
            from: clock(hour),
            to: clock(hour + 3),
            minimum: 0,
            tasks: Vec::new(),
            seats: Vec::new(),
        };
        self.board.templates.push(template.clone());
        self.board.templates.sort_by_key(|template| (template.week, template.weekday.num_days_from_monday(), template.from));
        template
    }

    fn plans(&mut self, on: NaiveDate, hour: u32, dice: &mut Dice) {
        let template = self.recurs(on, hour);
        let led = dice.percent(40);
        let seats = (0..2 + dice.below(3)).map(|position| Seat {
            lead: led && position == 0,
            skill: if position > 0 && dice.percent(20) { Skill::parse("caisse") } else { None },
            holder: None,
        });
        let shift = Shift {
            id: shift_id(template.id, on),
            template: template.id,
            on,
            starts_at: paris_instant(on, template.from),
            ends_at: paris_instant(on, template.to),
            state: ShiftState::Planned,
            seats: seats.collect(),
            minimum: dice.below(3) as u8,
        };
        self.board.shifts.insert(shift.id, shift);
    }

    /// About two seats of three are held.
    fn seats_people(&mut self, dice: &mut Dice) {
        let people: Vec<MemberId> = self.board.people.keys().copied().collect();
        let seats: Vec<SeatId> = self.board.shifts.values().flat_map(|shift| shift.seat_ids()).collect();
        for seat in seats {
            let Some(member) = dice.pick(&people).filter(|_| dice.percent(75)) else { continue };
            if let Decision::Yes(effects) = decide(&self.board, &Command::TakeSeat { seat }, member, self.now) {
                let moved: Vec<Effect> =
                    effects.list.into_iter().filter(|effect| matches!(effect, Effect::SeatMoved { .. })).collect();
                self.board.apply_all(&moved);
            }
        }
    }
}
