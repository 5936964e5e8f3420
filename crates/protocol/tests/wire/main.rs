//! The wire, proven: exact frames, round trips, refusals, privacy, schemas.

#![cfg(test)]

mod any;
mod commands;
mod document;
mod golden;
mod privacy;
mod problems;
mod refusals;
mod room;
mod round_trip;
mod schemas;
