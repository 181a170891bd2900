//! Which exchanges close by themselves, and which are suggested.

#[path = "../coop/mod.rs"]
mod coop;

mod brute_force;
mod busy;
mod closing_loops;
mod fast;
mod random_boards;
mod suggesting;
