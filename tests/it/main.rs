//! The binary and the library from outside: one integration test program, since each program
//! is compiled and linked anew.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod analyze;
mod attribution;
mod charts;
mod check;
mod commands;
mod documents;
mod evaluate;
mod filters;
mod formats;
mod gold;
mod hostile;
mod joins;
mod languages;
mod layers;
mod lexicons;
mod page;
mod pdf;
mod pdf_file;
mod sample;
mod segmentation;
mod segmentation_properties;
mod study;
mod tables;
mod util;
mod workbook;
mod zones;
