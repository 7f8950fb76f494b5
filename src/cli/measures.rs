//! Flags for what counts toward a document's measures.

use clap::Args;

use crate::analyze::{AnalyzeOptions, Thresholds, Zone};
use crate::error::Error;

/// What counts, and when a role leads.
#[derive(Debug, Args)]
pub struct MeasureArgs {
    /// Zones that count toward a document's measures; "unzoned" is text without a zone
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "unzoned,duties,requirements"
    )]
    zones: Vec<String>,
    /// Count a sentence again where it is repeated within its document
    #[arg(long)]
    count_repeats: bool,
    /// Sentences with a role label that a content role needs
    #[arg(long, value_name = "N", default_value_t = Thresholds::default().min_units)]
    min_units: u32,
    /// Different responsibilities that these sentences must show
    #[arg(long, value_name = "N", default_value_t = Thresholds::default().min_responsibilities)]
    min_responsibilities: u32,
    /// Different responsibilities for each sentence of the counted zones, up to ten in all
    #[arg(long, value_name = "RATE", default_value_t = Thresholds::default().min_variety)]
    min_variety: f64,
    /// Share of the counted zones' sentences that must carry a role label
    #[arg(long, value_name = "SHARE", default_value_t = Thresholds::default().min_density)]
    min_density: f64,
    /// Share of the role-labelled sentences that the leading role needs
    #[arg(long, value_name = "SHARE", default_value_t = Thresholds::default().min_share)]
    min_share: f64,
    /// Lead over the next role's share that product and project need; program needs none
    #[arg(long, value_name = "SHARE", default_value_t = Thresholds::default().min_margin)]
    min_margin: f64,
}

impl MeasureArgs {
    /// The validated options.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where a zone is unknown or a share is not within 0 and 1.
    pub fn options(&self) -> Result<AnalyzeOptions, Error> {
        let share = |flag: &str, value: f64| match value {
            0.0..=1.0 => Ok(value),
            _ => Err(Error::Usage(format!(
                "--{flag} {value}: give a share between 0 and 1"
            ))),
        };
        Ok(AnalyzeOptions {
            counted_zones: self
                .zones
                .iter()
                .map(|name| zone(name.trim()))
                .collect::<Result<_, _>>()?,
            thresholds: Thresholds {
                min_units: self.min_units,
                min_responsibilities: self.min_responsibilities,
                min_variety: share("min-variety", self.min_variety)?,
                min_density: share("min-density", self.min_density)?,
                min_share: share("min-share", self.min_share)?,
                min_margin: share("min-margin", self.min_margin)?,
            },
            count_repeats: self.count_repeats,
        })
    }
}

fn zone(name: &str) -> Result<Zone, Error> {
    let named = Zone::ALL.into_iter().find(|zone| match zone {
        Zone::Unzoned => name == "unzoned",
        zone => zone.name() == name,
    });
    named.ok_or_else(|| {
        let names: Vec<&str> = Zone::ALL
            .into_iter()
            .map(Zone::name)
            .filter(|name| !name.is_empty())
            .collect();
        Error::Usage(format!(
            "--zones: there is no zone \"{name}\"; there are unzoned, {}",
            names.join(", ")
        ))
    })
}
