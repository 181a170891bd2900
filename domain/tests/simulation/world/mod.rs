//! A small co-op with its server, its network and its phones: all in memory, and all of it from
//! one seed. The outbox, the overlay, the rules and the matching are the real ones.
#![allow(dead_code, reason = "each suite looks at a part of it")]

mod acts;
mod aftermath;
pub mod bugs;
mod commit;
mod device;
mod dice;
mod honesty;
mod invariants;
mod moments;
mod network;
mod outbox;
mod reading;
pub mod record;
mod sending;
mod server;
mod settle;
mod snapshots;
mod soundness;
mod steps;
pub mod village;

use std::collections::BTreeMap;

use domain::id::{CommandId, OfferId};
use domain::outbox::Setback;
use domain::time::Instant;

use bugs::Bug;
use device::{Device, Place, Tab};
use dice::Dice;
use network::Packet;
use record::Record;
use server::Server;
use village::{Village, member};

pub struct World {
    pub seed: u64,
    pub bug: Option<Bug>,
    dice: Dice,
    numbers: u64,
    pub now: Instant,
    pub server: Server,
    network: Vec<Packet>,
    devices: Vec<Device>,
    pub record: Record,
    /// Links that invitations gave: anybody may have been shown one.
    links: Vec<(OfferId, String)>,
    /// Acts that make every request with them fail.
    poison: BTreeMap<CommandId, Setback>,
    /// What is being performed was sent by nobody's outbox.
    is_stranger: bool,
    /// What was found to be untrue, first of all.
    pub broken: Option<String>,
    /// What happened, step by step, where somebody wants to read it.
    pub story: Option<Vec<String>>,
}

impl World {
    /// A day and more of the co-op, with whatever goes wrong in it, until the dust has settled or
    /// something was found to be untrue.
    pub fn run(seed: u64, bug: Option<Bug>, told: bool) -> World {
        let mut world = World::founded(seed, bug, told);
        for _ in 0..world.dice.between(80, 420) {
            world.step();
            world.look();
            if world.broken.is_some() {
                return world;
            }
        }
        world.settle();
        world
    }

    pub fn founded(seed: u64, bug: Option<Bug>, told: bool) -> World {
        let mut dice = Dice::new(seed);
        let phones = 2 + dice.below(4);
        let village = Village::found((phones + dice.below(3)).max(3), &mut dice);
        let now = village.now;
        let mut world = World {
            seed,
            bug,
            dice,
            numbers: 0,
            now,
            server: Server::of(village),
            network: Vec::new(),
            devices: Vec::new(),
            record: Record::default(),
            links: Vec::new(),
            poison: BTreeMap::new(),
            is_stranger: false,
            broken: None,
            story: told.then(Vec::new),
        };
        let people = world.server.people().len();
        for device in 0..phones {
            // Half of the phones have a clock that is wrong, by up to a day.
            let skew_ms = if world.dice.percent(50) { 0 } else { world.dice.between(-86_400_000, 86_400_000) };
            world.devices.push(Device { skew_ms, ..Device::default() });
            for tab in 0..1 + world.dice.below(2) {
                world.devices[device].tabs.push(Tab::default());
                let at = Place { device, tab };
                let other = if world.dice.percent(30) { tab } else { 0 };
                world.sign_in(at, member((device + other) % people));
                world.read_both(at);
            }
        }
        world
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn say(&mut self, what: impl FnOnce() -> String) {
        if let Some(story) = self.story.as_mut() {
            story.push(format!("{} {}", self.now.format("%a %d %H:%M:%S"), what()));
        }
    }

    /// Notes the first thing that is not as it must be.
    fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds && self.broken.is_none() {
            let what = otherwise();
            self.say(|| format!("→ {what}"));
            self.broken = Some(what);
        }
    }
}
