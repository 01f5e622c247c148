//! The command line as a process: what it prints, where, and its exit code.
//!
//! Every test has its own home folder and clock; none needs a terminal.

mod acts;
mod answers;
mod bad_input;
mod config;
mod days;
mod environment;
mod evidence;
mod exporting;
mod guide;
mod importing;
mod inbox;
mod keeping;
mod ladder;
mod limits;
mod looking;
mod manual;
mod off;
mod people;
mod portfolio;
mod portfolio_pages;
mod practices;
mod private;
mod prompts;
mod reminding;
mod review;
mod saving;
mod schemas;
mod searching;
mod settling;
mod syncing;
mod trends;
mod truth;
mod turning;
mod walking;
