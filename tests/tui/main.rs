//! The screens in use: keys in, screens and journal lines out, through the production `update`,
//! `draw` and store.
//!
//! No test here sleeps, reads the clock or touches the home folder.

#![expect(clippy::panic, reason = "a test that cannot continue says why")]

mod acts;
mod bad_days;
mod both_ways;
mod by_line;
mod chance;
mod commitments;
mod compare;
mod crowds;
mod drafts;
mod evidence;
mod forms;
mod home;
mod inbox;
mod keeping;
mod ladder;
mod last_look;
mod links;
mod lists;
mod looking_back;
mod mouse;
mod over_time;
mod own_keys;
mod pages;
mod people;
mod pictures;
mod play;
mod portfolio;
mod quarter;
mod review;
mod screens;
mod searching;
mod sifting;
mod sizes;
mod story;
mod turning;
mod two_texts;
mod walk;
mod weeks;
