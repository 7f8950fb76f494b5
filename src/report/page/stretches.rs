//! A text cut where marks begin and end.

use std::ops::Range;

/// A piece of text, and the mark that it stands under.
pub(super) type Stretch<T> = (Option<T>, String);

/// Cuts `text` at the marks' ends, which are bytes of it; where marks lie over each other, the shortest one
/// shows, and the first of equals. Marks that end within a character are as good as not there.
pub(super) fn stretches<T: Copy + PartialEq>(
    text: &str,
    marks: &[(Range<usize>, T)],
) -> Vec<Stretch<T>> {
    let mut edges = vec![0, text.len()];
    edges.extend(marks.iter().flat_map(|(range, _)| [range.start, range.end]));
    edges.retain(|edge| text.is_char_boundary(*edge));
    edges.sort_unstable();
    edges.dedup();
    let over = |start: usize| {
        let over = marks.iter().filter(|(range, _)| range.contains(&start));
        over.min_by_key(|(range, _)| range.len())
            .map(|(_, mark)| *mark)
    };
    let mut all: Vec<Stretch<T>> = Vec::new();
    for pair in edges.windows(2) {
        let (mark, piece) = (over(pair[0]), &text[pair[0]..pair[1]]);
        match all.last_mut() {
            Some((last, text)) if *last == mark => text.push_str(piece),
            _ => all.push((mark, piece.to_owned())),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_part_a_text_and_the_shortest_shows() {
        let got = stretches("own the product roadmap", &[(0..23, 'a'), (8..15, 'b')]);
        let want = [
            (Some('a'), "own the "),
            (Some('b'), "product"),
            (Some('a'), " roadmap"),
        ];
        assert_eq!(got, want.map(|(mark, text)| (mark, text.to_owned())));
    }

    #[test]
    fn a_mark_within_a_character_cuts_nothing() {
        assert_eq!(stretches("é", &[(1..2, 'a')]), [(None, "é".to_owned())]);
        assert!(stretches::<char>("", &[]).is_empty());
    }
}
