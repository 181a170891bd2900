//! What may happen next.

use chrono::Duration;
use domain::outbox::Setback;

use super::World;
use super::device::{Place, Tab};
use super::network::Slice;
use super::server::SessionState;
use super::village::name;

#[derive(Debug, Clone, Copy)]
enum Step {
    Act,
    TakeBack,
    GiveUp,
    TryAgain,
    Pump,
    Post,
    Wake,
    Hide,
    LosePatience,
    Fetch,
    Keep,
    Hear,
    Deliver,
    Lose,
    Double,
    Portal,
    TooMany,
    Unwell,
    Work,
    Fail,
    Crash,
    Rise,
    Expire,
    Night,
    Seconds,
    Held,
    Hours,
    Days,
    PageDies,
    PhoneDies,
    OpenTab,
    SignIn,
    SignOut,
    EndSession,
    ClockJumps,
    Update,
    Stranger,
    GoodMoment,
    Rush,
}

/// How often each is tried, in comparison.
const CHANCES: [(Step, usize); 39] = [
    (Step::Act, 80),
    (Step::TakeBack, 8),
    (Step::GiveUp, 4),
    (Step::TryAgain, 6),
    (Step::Pump, 60),
    (Step::Post, 60),
    (Step::Wake, 6),
    (Step::Hide, 10),
    (Step::LosePatience, 14),
    (Step::Fetch, 40),
    (Step::Keep, 60),
    (Step::Hear, 25),
    (Step::Deliver, 190),
    (Step::Lose, 14),
    (Step::Double, 10),
    (Step::Portal, 6),
    (Step::TooMany, 4),
    (Step::Unwell, 8),
    (Step::Work, 190),
    (Step::Fail, 4),
    (Step::Crash, 5),
    (Step::Rise, 20),
    (Step::Expire, 8),
    (Step::Night, 2),
    (Step::Seconds, 30),
    (Step::Held, 22),
    (Step::Hours, 5),
    (Step::Days, 1),
    (Step::PageDies, 6),
    (Step::PhoneDies, 3),
    (Step::OpenTab, 2),
    (Step::SignIn, 4),
    (Step::SignOut, 1),
    (Step::EndSession, 4),
    (Step::ClockJumps, 3),
    (Step::Update, 5),
    (Step::Stranger, 2),
    (Step::GoodMoment, 60),
    (Step::Rush, 8),
];

impl World {
    /// Something happens. What cannot is nothing.
    pub fn step(&mut self) {
        let total: usize = CHANCES.iter().map(|(_, chance)| chance).sum();
        let mut roll = self.dice.below(total);
        let step = CHANCES.iter().find(|(_, chance)| match roll.checked_sub(*chance) {
            Some(rest) => {
                roll = rest;
                false
            }
            None => true,
        });
        let places = self.places();
        if let (Some((step, _)), Some(at)) = (step, self.dice.pick(&places)) {
            self.happen(*step, at);
        }
    }

    fn happen(&mut self, step: Step, at: Place) {
        let packet = self.dice.below(self.network.len());
        let work = self.dice.below(self.server.working.len());
        let is_working = !self.server.working.is_empty();
        match step {
            Step::Act => {
                if let Some(command) = self.any_act(at) {
                    self.make(at, command);
                    self.maybe_poison(at);
                }
            }
            Step::TakeBack => drop(self.take_back(at)),
            Step::GiveUp => drop(self.give_up(at)),
            Step::TryAgain => drop(self.try_again(at)),
            Step::Pump => {
                self.pump(at);
                if self.dice.percent(80) {
                    self.post(at);
                }
            }
            Step::Post => self.post(at),
            Step::Wake => drop(self.change(at, |outbox| outbox.pace.wake())),
            Step::Hide => self.hide(at),
            Step::LosePatience => self.lose_patience(at),
            Step::Fetch => {
                let slice = if self.dice.percent(50) { Slice::Calendar } else { Slice::Me };
                self.fetch(at, slice);
            }
            Step::Keep => self.keep(at),
            Step::Hear => self.hear(at),
            Step::Deliver => self.deliver(packet),
            Step::Lose if !self.network.is_empty() => {
                self.network.swap_remove(packet);
                self.record.count("network", "lost");
            }
            Step::Double if !self.network.is_empty() => {
                self.network.push(self.network[packet].clone());
                self.record.count("network", "doubled");
            }
            Step::Portal => self.answer_instead(packet, Setback::NotReached),
            Step::TooMany => {
                let retry_after_s = self.dice.between(1, 900) as u32;
                self.answer_instead(packet, Setback::TooMany { retry_after_s });
            }
            Step::Unwell => {
                let setback = if self.dice.percent(80) { Setback::Unwell } else { Setback::Rejected };
                self.answer_instead(packet, setback);
            }
            Step::Work if is_working => self.work(work),
            Step::Fail if is_working => self.fail(work),
            Step::Crash => self.crash(),
            Step::Rise => self.server.down = false,
            Step::Expire => self.expire(),
            Step::Night => self.match_all(),
            Step::Seconds => {
                let time = Duration::milliseconds(self.dice.between(1, 9_000));
                self.pass(time);
            }
            Step::Held => {
                let time = Duration::seconds(self.dice.between(10, 70));
                self.pass(time);
            }
            Step::Hours => {
                let time = Duration::minutes(self.dice.between(30, 20 * 60));
                self.pass(time);
            }
            Step::Days => {
                let time = Duration::hours(self.dice.between(24, 60));
                self.pass(time);
            }
            Step::PageDies => self.start(at),
            Step::PhoneDies => {
                for tab in 0..self.devices[at.device].tabs.len() {
                    self.start(Place { tab, ..at });
                }
            }
            Step::OpenTab if self.devices[at.device].tabs.len() < 2 => {
                self.devices[at.device].tabs.push(Tab::default());
                self.start(Place { tab: 1, ..at });
            }
            Step::SignIn => {
                // Mostly those who share the phone.
                let people = self.server.people();
                let near = [people[at.device % people.len()], people[(at.device + 1) % people.len()]];
                let member = if self.dice.percent(85) { self.dice.pick(&near) } else { self.dice.pick(&people) };
                if let Some(member) = member {
                    self.say(|| format!("{} signs in on phone {}, tab {}", name(member), at.device, at.tab));
                    self.sign_in(at, member);
                }
            }
            Step::SignOut => self.sign_out(at),
            Step::EndSession => {
                let state = if self.dice.percent(50) { SessionState::Revoked } else { SessionState::Expired };
                if let Some(cookie) = self.devices[at.device].cookie
                    && let Some(session) = self.server.sessions.get_mut(&cookie)
                {
                    session.1 = state;
                    self.say(|| format!("the session of phone {} is {state:?}", at.device));
                }
            }
            Step::ClockJumps => self.devices[at.device].skew_ms = self.dice.between(-86_400_000, 86_400_000),
            Step::Update => self.update(at.device),
            Step::Stranger => self.stranger(),
            Step::GoodMoment => self.good_moment(at),
            Step::Rush => self.rush(),
            _ => {}
        }
    }

    pub fn pass(&mut self, time: Duration) {
        self.now += time;
    }
}
