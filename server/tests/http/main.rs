//! The server through its router, in process, on real PostgreSQL.

#[path = "../../../backend/tests/coop/mod.rs"]
mod coop;
mod hall;
mod house;

mod acts;
mod assembly;
mod assembly_whole;
mod bad_input;
mod brief_letter;
mod brief_mail;
mod catalogue;
mod commands;
mod coverage;
mod desk;
mod dossiers;
mod event_crowd;
mod event_refusals;
mod events;
mod first_day;
mod forgery;
mod groups;
mod mail_act;
mod nesting;
mod news;
mod objectives;
mod pages;
mod pictures;
mod presentation;
mod procedures;
mod public_pages;
mod reach;
mod register;
mod requests;
mod roles;
mod routes;
mod rules;
mod sheet;
mod sign_in;
mod snapshots;
mod statements;
mod supply;
mod telling;
mod workshop;
