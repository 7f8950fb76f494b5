//! The binary and the library from outside: one integration test program.

mod analyze;
mod commands;
mod layers;
mod util;
