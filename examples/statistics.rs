//! The statistics of the library on figures from standard input, one request a line, one answer a line;
//! `tests/stats.py` compares the answers with those of other implementations.

use std::io::{BufRead, Write};

use rolecall::aggregate::agreement::{Cells, Coincidences};
use rolecall::aggregate::keyness::{Contrast, benjamini_hochberg};
use rolecall::aggregate::stats;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (name, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let values: Vec<String> = answer(name, rest).into_iter().map(shown).collect();
        writeln!(out, "{}", values.join(" "))?;
    }
    Ok(())
}

fn answer(name: &str, rest: &str) -> Vec<Option<f64>> {
    let numbers: Vec<f64> = rest
        .split([' ', ';'])
        .filter_map(|word| word.parse().ok())
        .collect();
    let count = |at: usize| numbers[at] as u64;
    match name {
        "wilson" => {
            let limits = stats::wilson(count(0), count(1));
            vec![limits.map(|(low, _)| low), limits.map(|(_, high)| high)]
        }
        "keyness" => {
            let [a, b, n1, n2] = [0, 1, 2, 3].map(count);
            let contrast = Contrast { a, b, n1, n2 };
            [
                contrast.g2(),
                contrast.p(),
                contrast.log_ratio(),
                contrast.lrc(count(4)),
            ]
            .map(Some)
            .to_vec()
        }
        "agreement" => {
            let cells = Cells {
                both: numbers[0],
                reference: numbers[1],
                other: numbers[2],
                neither: numbers[3],
            };
            vec![cells.kappa(), cells.alpha(), cells.f1()]
        }
        "alpha" => {
            // Units are parted by semicolons, the values of a unit by spaces.
            let mut pairs = Coincidences::new(10);
            for unit in rest.split(';') {
                let values: Vec<usize> = unit
                    .split(' ')
                    .filter_map(|word| word.parse().ok())
                    .collect();
                pairs.add(&values, 1.0);
            }
            vec![pairs.alpha()]
        }
        "bh" => benjamini_hochberg(&numbers).into_iter().map(Some).collect(),
        _ => Vec::new(),
    }
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "undefined".into(), |value| format!("{value:.12e}"))
}
