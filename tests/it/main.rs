//! The binary and the library from outside: one integration test program.

#![allow(clippy::unwrap_used)]

mod analyze;
mod check;
mod commands;
mod evaluate;
mod layers;
mod lexicons;
mod sample;
mod util;
