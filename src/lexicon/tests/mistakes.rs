//! Every kind of mistake, and the place that its message tells.

use super::{entry, lexicon};
use crate::error::Error;

#[test]
fn mistakes_tell_file_line_and_column() {
    let good = "label = \"A\"\ncategory = \"c\"\npatterns = [\"plan\"]\nmatches = [\"plan\"]\n";
    for (text, at, says) in [
        ("a = ", (1, 5), ""),
        ("role = \"boss\"", (1, 8), "no label"),
        ("x = 1", (1, 1), "unknown key `x`"),
        ("sets = 3", (1, 8), "a table is needed"),
        ("[sets]\na = 3", (2, 5), "a list of strings"),
        ("[sets]\na = [3]", (2, 6), "a string is needed"),
        ("[sets]\na = []", (2, 1), "is empty"),
        ("[sets]\na = [\"b .. c\"]", (2, 9), "no gaps"),
        ("[sets]\na = [\"@b\"]\nb = [\"@a\"]", (2, 1), "uses itself"),
        ("[sets]\na = [\"x @nowhere\"]", (2, 9), "no set `nowhere`"),
        ("[sets]\na = [\"x\"]\na = [\"y\"]", (3, 1), "duplicate"),
        ("[entry]\nid = \"x\"", (1, 1), "two brackets"),
        ("look_through = [\"a b\"]", (1, 17), "not one word"),
        ("look_through = [\"a\", \"a\"]", (1, 22), "twice"),
        (
            "look_through = [\"a\"]\nclause_words = [\"a\"]",
            (1, 17),
            "both",
        ),
        ("spelling_endings = [[\"a\"]]", (1, 22), "pairs"),
        ("[[title]]\npatterns = [\"x\"]", (2, 1), "needs `role`"),
        (
            "[[cue]]\nid = \"Bad Id\"\npatterns = [\"x\"]",
            (2, 6),
            "is no id",
        ),
        ("[[cue]]\npatterns = [\"x\"]", (1, 1), "lacks id"),
        (
            "[[cue]]\nid = \"a\"\npatterns = [\"x\"]\n[[cue]]\nid = \"a\"\npatterns = [\"y\"]",
            (5, 6),
            "already used at 0.toml:1",
        ),
        (
            "[[cue]]\nid = \"a\"\npatterns = [\"x \\\"y\"]",
            (3, 16),
            "never closed",
        ),
        (
            "[[cue]]\nid = \"a\"\npatterns = [\"own\", \"é {a|b\"]",
            (3, 23),
            "never closed by `}`",
        ),
        (
            &format!("[[entry]]\nid = \"product.a\"\n{good}"),
            (1, 1),
            "needs `role",
        ),
        (
            &format!("role = \"product\"\n[[entry]]\nid = \"project.a\"\n{good}"),
            (3, 6),
            "is `product.` and a name",
        ),
        (
            "role = \"product\"\n[[entry]]\nid = \"product.a\"",
            (2, 1),
            "lacks label, category, patterns, matches",
        ),
        (
            &format!(
                "role = \"product\"\n[[entry]]\nid = \"product.a\"\nyields_to = [\"product\"]\n{good}"
            ),
            (4, 14),
            "its own label",
        ),
        (
            &format!(
                "role = \"product\"\n[[entry]]\nid = \"product.a\"\nstrength = \"mild\"\n{good}"
            ),
            (4, 12),
            "no strength",
        ),
        (
            &format!(
                "role = \"product\"\n[defaults]\nunles = []\n[[entry]]\nid = \"product.a\"\n{good}"
            ),
            (3, 1),
            "unknown key `unles` in [defaults]",
        ),
    ] {
        let Err(Error::Lexicon(errors)) = lexicon(&[text]) else {
            panic!("no mistake found in {text}");
        };
        let first = &errors[0];
        assert_eq!((first.line, first.column), at, "{first} in {text}");
        assert!(first.message.contains(says), "{first} in {text}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "x = 1\n[[cue]]\nid = \"A\"\npatterns = [\"a,\", \"{\"]\n";
    let Err(Error::Lexicon(errors)) = lexicon(&[text, "y = 1"]) else {
        panic!("no mistake found");
    };
    let places: Vec<String> = errors
        .iter()
        .map(|error| format!("{}:{}:{}", error.file, error.line, error.column))
        .collect();
    assert_eq!(
        places,
        [
            "0.toml:1:1",
            "0.toml:3:6",
            "0.toml:4:15",
            "0.toml:4:20",
            "1.toml:1:1"
        ]
    );
}

#[test]
fn checking_runs_examples_and_finds_clashes() {
    for (text, at, says) in [
        (
            entry("\"plan\"", ""),
            (6, 12),
            "no pattern of product.x matches",
        ),
        (
            entry("\"x\"", "misses = [\"an x\"]"),
            (8, 11),
            "must not: an x",
        ),
        (entry("\"x\", \"{x|x}\"", ""), (7, 18), "repeats `x`"),
        (
            entry("\"x\", \"career x\"", "unless = [\"career\"]"),
            (7, 18),
            "can never count",
        ),
        (
            entry(
                "\"x\"",
                "[[entry]]\nid = \"product.y\"\nlabel = \"Y\"\ncategory = \"c\"\nmatches = [\"x\"]\npatterns = [\"x\"]",
            ),
            (13, 13),
            "also in product.x",
        ),
        (
            "[[title]]\nrole = \"other\"\npatterns = [\"x\"]\nmatches = [\"y\"]".to_owned(),
            (4, 12),
            "does not match",
        ),
    ] {
        let lexicon = lexicon(&[&text]).expect("a well-formed lexicon");
        let errors = lexicon.check(&[]);
        let first = errors
            .first()
            .unwrap_or_else(|| panic!("no mistake found in {text}"));
        assert_eq!((first.line, first.column), at, "{first} in {text}");
        assert!(first.message.contains(says), "{first} in {text}");
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
    let lexicon = lexicon(&["[[cue]]\nid = \"a\"\npatterns = [\"x\"]"]).expect("a good lexicon");
    assert!(lexicon.check(&["a"]).is_empty());
    assert!(lexicon.check(&["a", "b"])[0].message.contains("no cue `b`"));
}
