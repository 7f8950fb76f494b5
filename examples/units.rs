//! Prints the units of standard input.
use std::io::Read;

use rolecall::document::{Markup, Structure};
use rolecall::text::{Scratch, Splitter};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut structure = Structure::default();
    Splitter::default().structure(&text, Markup::Text, &mut Scratch::default(), &mut structure);
    for (i, u) in structure.units.iter().enumerate() {
        let o = |x: Option<u32>| x.map_or("-".into(), |x| x.to_string());
        println!(
            "{i:3} {:9} l{} h{} c{} r{} i{} b{} {}{} | {:?}",
            u.kind.name(),
            u.level,
            o(u.heading),
            o(u.column),
            o(u.row),
            o(u.intro),
            u.block,
            u.rule,
            if u.uncertain { "?" } else { "" },
            u.content.of(&text)
        );
    }
    Ok(())
}
