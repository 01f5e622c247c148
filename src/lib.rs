//! leadby: a terminal journal for people who want to lead before they are given the title.

pub mod app;
pub mod calendar;
pub mod cli;
pub mod failure;
pub mod journal;
pub mod practice;
pub mod report;
pub mod sample;
pub mod store;
pub mod terminal;
pub mod ui;
pub mod words;
