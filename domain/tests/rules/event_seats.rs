//! Seats, through thousands of answers, cancellations and changes of the capacity: never more people than seats, a line
//! without a gap and without anybody twice in it, and nobody who waits beside a seat that is theirs.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::board::Board;
use domain::command::Command;
use domain::decide::{Decision, decide};
use domain::effect::Effect;
use domain::event::{
    Answer, Attendee, Change, Claims, Gathering, Given, HelperPost, Mistake, Placed, Standing, What, answered, is_late, served,
    set_capacity,
};
use domain::id::{HelperPostId, MemberId, VisitorId};
use domain::notice::Notice;
use domain::reason::Reason;
use domain::rules::Rules;
use domain::time::Instant;
use proptest::prelude::*;
use uuid::Uuid;

use super::event::{EVENT, supper};
use crate::coop::*;

const PEOPLE: u128 = 40;
const POST: HelperPostId = HelperPostId(Uuid::from_u128(5));

#[derive(Debug, Clone)]
enum Step {
    Answers {
        who: u128,
        answer: Answer,
        guests: u8,
    },
    /// Somebody without an account, from the page behind their mail.
    Visits {
        who: u128,
        answer: Answer,
        guests: u8,
    },
    Capacity(Option<u16>),
    Claims {
        who: u128,
    },
    Releases {
        who: u128,
    },
    Passes {
        minutes: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let answer = prop_oneof![6 => Just(Answer::Yes), 1 => Just(Answer::Maybe), 3 => Just(Answer::No)];
    let capacity = prop_oneof![8 => (0u16..30).prop_map(Some), 1 => Just(None)];
    let comes = prop_oneof![2 => Just(Answer::Yes), 1 => Just(Answer::No)];
    prop_oneof![
        20 => (0..PEOPLE, answer, 0u8..7).prop_map(|(who, answer, guests)| Step::Answers { who, answer, guests }),
        4 => (0..PEOPLE / 4, comes, 0u8..4).prop_map(|(who, answer, guests)| Step::Visits { who, answer, guests }),
        3 => capacity.prop_map(Step::Capacity),
        2 => (0..PEOPLE).prop_map(|who| Step::Claims { who }),
        1 => (0..PEOPLE).prop_map(|who| Step::Releases { who }),
        1 => (0i64..900).prop_map(|minutes| Step::Passes { minutes }),
    ]
}

fn somebody(who: u128) -> MemberId {
    MemberId(Uuid::from_u128(1_000 + who))
}

struct World {
    board: Board,
    now: Instant,
}

impl World {
    fn new(capacity: u16) -> World {
        let mut board = Board::new(Rules::on(cycle()));
        let mut gathering = Gathering::new(supper(Some(capacity)));
        gathering.event.terms.times.closes_at = gathering.event.terms.times.starts_at;
        gathering.posts.push(HelperPost { id: POST, label: "Le bar".into(), claims: Claims::of(4) });
        board.events.insert(EVENT, gathering);
        World { board, now: supper(None).terms.times.starts_at - Duration::days(6) }
    }

    fn gathering(&self) -> &Gathering {
        &self.board.events[&EVENT]
    }

    /// Does it, and says whom it told that they have their seats.
    fn act(&mut self, who: MemberId, command: &Command) -> Result<(Option<Placed>, Vec<MemberId>), Reason> {
        let effects = match decide(&self.board, command, who, self.now) {
            Decision::Yes(effects) => effects,
            Decision::No(reason) => return Err(reason),
            Decision::Probably(..) => panic!("a server knows everything"),
        };
        self.board.apply_all(&effects.list);
        let told = effects.list.iter().filter_map(|effect| match effect {
            Effect::Told { member, notice: Notice::EventPromoted { .. } } => Some(*member),
            _ => None,
        });
        Ok((effects.done.answered, told.collect()))
    }

    fn step(&mut self, step: &Step) {
        let before = self.gathering().clone();
        match step {
            Step::Answers { who, answer, guests } => {
                let who = somebody(*who);
                let command = Command::AnswerEvent {
                    event: EVENT,
                    answer: *answer,
                    guests: *guests,
                    children: 0,
                    note: String::new(),
                    diet: String::new(),
                    hidden: false,
                };
                match self.act(who, &command) {
                    Ok((placed, told)) => {
                        assert_eq!(placed, self.gathering().placed(Attendee::Member(who)), "the outcome says what is");
                        assert!(told.iter().all(|other| *other != who && self.gathering().party_of(*other).unwrap().is_seated()));
                    }
                    Err(_) => assert_eq!(*self.gathering(), before, "a refusal changes nothing"),
                }
            }
            Step::Visits { who, answer, guests } => {
                let (who, now) = (Attendee::Visitor(VisitorId(Uuid::from_u128(5_000 + *who))), self.now);
                let (note, diet) = (String::new(), String::new());
                let given = Given { who, answer: *answer, guests: *guests, children: 0, note, diet, hidden: false };
                let gathering = self.board.events.get_mut(&EVENT).unwrap();
                if let Ok(Some(party)) = answered(gathering, &given, now) {
                    gathering.apply(&Change::Answered(party));
                    for change in served(gathering, now).changes() {
                        gathering.apply(&change);
                    }
                }
            }
            Step::Capacity(capacity) => {
                let (now, board) = (self.now, &mut self.board);
                let gathering = board.events.get_mut(&EVENT).unwrap();
                match set_capacity(gathering, *capacity, now) {
                    Ok(served) => {
                        let in_order: Vec<_> = before.line().into_iter().map(|party| party.who).collect();
                        let places: Vec<_> =
                            served.promoted.iter().map(|who| in_order.iter().position(|known| known == who)).collect();
                        assert!(places.is_sorted(), "in the order of the line");
                    }
                    Err(Mistake::FewerThanSeated { seated }) => {
                        assert!(capacity.is_some_and(|capacity| capacity < seated) && seated == before.seated());
                        assert_eq!(*gathering, before);
                    }
                    Err(_) => assert_eq!(*gathering, before),
                }
            }
            Step::Claims { who } => drop(self.act(somebody(*who), &Command::ClaimPost { event: EVENT, post: POST })),
            Step::Releases { who } => drop(self.act(somebody(*who), &Command::ReleasePost { event: EVENT, post: POST })),
            Step::Passes { minutes } => self.now += Duration::minutes(*minutes),
        }
        self.check(&before);
    }

    fn check(&self, before: &Gathering) {
        let known = self.gathering();
        let capacity = known.event.terms.capacity;
        assert!(capacity.is_none_or(|capacity| known.seated() <= capacity), "more people than seats");
        let line = known.line();
        let tickets: BTreeSet<_> = line.iter().map(|party| party.standing.ticket()).collect();
        assert_eq!(tickets.len(), line.len(), "two at one place of the line");
        for (at, party) in line.iter().enumerate() {
            let here = known.placed(party.who);
            let at = u16::try_from(at + 1).unwrap();
            assert!(matches!(here, Some(Placed::Waiting { at: place, .. }) if place == at), "a gap: {here:?} at {at}");
        }
        assert!(capacity.is_some() || line.is_empty(), "who waits where there is no end of seats?");
        if !is_late(known, self.now) {
            assert!(served(known, self.now).promoted.is_empty(), "somebody waits beside seats that are theirs");
        }
        // Whoever waited before and waits still has not been overtaken in line.
        let ticket = |gathering: &Gathering, who| gathering.parties.get(who).and_then(|party| party.standing.ticket());
        for party in known.parties.values() {
            let same = ticket(before, &party.who).zip(party.standing.ticket()).is_none_or(|(was, is)| was == is);
            assert!(same, "{:?} lost their place", party.who);
        }
        // Nobody loses a seat by what others do: whoever had one and has none now gave it up themselves.
        let lost = known.parties.values().filter(|party| {
            before.parties.get(&party.who).is_some_and(|was| was.is_seated())
                && matches!(party.standing, Standing::Waiting { .. })
        });
        assert_eq!(lost.count(), 0, "somebody was put back in line");
        let post = known.claims(What::Post(POST)).unwrap();
        assert!(post.claimed() <= post.of);
        for who in post.by.keys() {
            assert!(known.party_of(*who).is_some_and(|party| party.cares()), "work is left to somebody who does not come");
        }
    }
}

proptest! {
    // 48 runs of 120 to 220 steps: some eight thousand acts.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn seats_and_line_stay_sound_whatever_happens(capacity in 1u16..20, steps in proptest::collection::vec(step(), 120..220)) {
        let mut world = World::new(capacity);
        for step in &steps {
            world.step(step);
        }
    }
}

#[test]
fn raising_the_capacity_serves_several_and_lowering_it_below_what_is_taken_is_refused_with_the_figure() {
    let mut world = World::new(2);
    for who in 0..6 {
        world.step(&Step::Answers { who, answer: Answer::Yes, guests: 0 });
    }
    let now = world.now;
    let gathering = world.board.events.get_mut(&EVENT).unwrap();
    let served = set_capacity(gathering, Some(5), now).unwrap();
    assert_eq!(served.promoted, [2, 3, 4].map(|who| Attendee::Member(somebody(who))));
    assert_eq!(set_capacity(gathering, Some(4), now), Err(Mistake::FewerThanSeated { seated: 5 }));
    assert_eq!(gathering.event.terms.capacity, Some(5));
    assert_eq!(set_capacity(gathering, Some(0), now), Err(Mistake::CapacityUnreadable { cap: 2_000 }));
    // Without an end, everybody comes.
    assert_eq!(set_capacity(gathering, None, now).unwrap().promoted, [Attendee::Member(somebody(5))]);
}
