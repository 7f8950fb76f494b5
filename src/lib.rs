//! rolecall reads job postings or essays, tags each sentence as a product,
//! project or program management responsibility, works out which role the text
//! gives the work to, and counts how far the roles are confused and overlap.
//!
//! Data flows one way:
//!
//! ```text
//! files ──input──▶ Document ──text──▶ Structure ──analyze──▶ Analysis ──report──▶ rows
//!                                        ▲   lexicon: words → hits  │
//!                                        └──────────────────────────┤
//!                                                                   └─aggregate──▶ Tally ──report──▶ tables
//! ```
//!
//! A module imports only from modules to its left; [`run`] alone sees them all.

pub mod aggregate;
pub mod analyze;
pub mod cli;
pub mod config;
pub mod document;
pub mod error;
pub mod evaluate;
pub mod exchange;
pub mod input;
pub mod lexicon;
pub mod report;
pub mod role;
pub mod run;
pub mod sample;
pub mod span;
pub mod suggest;
pub mod text;
