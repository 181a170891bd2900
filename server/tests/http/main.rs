//! The server through its router, in process, on real PostgreSQL.

#[path = "../../../backend/tests/coop/mod.rs"]
mod coop;
mod house;

mod acts;
mod bad_input;
mod brief_letter;
mod brief_mail;
mod commands;
mod coverage;
mod event_crowd;
mod event_refusals;
mod events;
mod forgery;
mod mail_act;
mod news;
mod pages;
mod pictures;
mod presentation;
mod procedures;
mod reach;
mod requests;
mod routes;
mod rules;
mod sheet;
mod sign_in;
mod snapshots;
mod telling;
mod workshop;
