//! A base form → all the forms that a plain word of a pattern stands for.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

/// The rules of `words.toml`.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordRules {
    /// Words that are not there for a pattern that does not name them.
    pub(crate) look_through: BTreeSet<String>,
    /// Words that a gap must not cross.
    pub(crate) clause_words: BTreeSet<String>,
    /// Groups of interchangeable base forms.
    pub(crate) spellings: Vec<Vec<String>>,
    /// Pairs of interchangeable endings.
    pub(crate) endings: Vec<(String, String)>,
    /// Words that have one form only.
    pub(crate) invariable: BTreeSet<String>,
    /// Base form → forms beside the regular ones.
    pub(crate) irregular: BTreeMap<String, Vec<String>>,
}

impl WordRules {
    /// Every form of `base` in every spelling, `base` included.
    pub(crate) fn forms(&self, base: &str) -> BTreeSet<String> {
        let mut forms = BTreeSet::new();
        self.inflector().each_form(base, |form| {
            forms.insert(form);
        });
        forms
    }

    /// The rules made ready for many words.
    pub(crate) fn inflector(&self) -> Inflector<'_> {
        let mut groups: FxHashMap<&str, Vec<&[String]>> = FxHashMap::default();
        for group in &self.spellings {
            for word in group {
                groups.entry(word).or_default().push(group);
            }
        }
        let fixed = [&self.invariable, &self.look_through, &self.clause_words];
        Inflector {
            rules: self,
            fixed: fixed.into_iter().flatten().map(String::as_str).collect(),
            groups,
        }
    }
}

/// [`WordRules`] with tables for what is asked of every word.
#[derive(Debug)]
pub(crate) struct Inflector<'r> {
    rules: &'r WordRules,
    /// Words that have one form: a word that stands for grammar is one, or `a` would also be `as`.
    fixed: FxHashSet<&'r str>,
    /// Word → the groups of spellings that it is in.
    groups: FxHashMap<&'r str, Vec<&'r [String]>>,
}

impl Inflector<'_> {
    /// Calls `take` with every form of `base`, with some perhaps twice.
    pub(crate) fn each_form(&self, base: &str, mut take: impl FnMut(String)) {
        for spelling in self.spellings_of(base) {
            if let Some(irregular) = self.rules.irregular.get(&spelling) {
                irregular.iter().cloned().for_each(&mut take);
            }
            if !self.is_invariable(&spelling) {
                regular(&spelling).into_iter().for_each(&mut take);
            }
            take(spelling);
        }
    }

    fn is_invariable(&self, word: &str) -> bool {
        word.chars().nth(1).is_none() || self.fixed.contains(word)
    }

    fn spellings_of(&self, base: &str) -> Vec<String> {
        let mut all = vec![base.to_owned()];
        for group in self.groups.get(base).into_iter().flatten() {
            all.extend(group.iter().filter(|word| *word != base).cloned());
        }
        for (one, other) in &self.rules.endings {
            for (from, to) in [(one, other), (other, one)] {
                if let Some(stem) = base.strip_suffix(from.as_str()) {
                    all.push([stem, to.as_str()].concat());
                }
            }
        }
        all
    }
}

/// The regular noun plural and verb forms of an English word.
fn regular(base: &str) -> Vec<String> {
    let mut forms = Vec::new();
    let mut add = |stem: &str, ending: &str| forms.push([stem, ending].concat());
    let letters: Vec<char> = base.chars().collect();
    let ends = |endings: &[&str]| endings.iter().any(|ending| base.ends_with(ending));
    let vowel_before_last = letters.len() >= 2 && is_vowel(letters[letters.len() - 2]);
    let stem = || &base[..base.len() - 1];
    match letters.last() {
        Some('y') if !vowel_before_last && letters.len() > 1 => {
            add(stem(), "ies");
            add(stem(), "ied");
            add(base, "ing");
        }
        Some('e') => {
            add(base, "s");
            add(base, "d");
            if ends(&["ie"]) {
                add(&base[..base.len() - 2], "ying");
            } else if ends(&["ee", "oe", "ye"]) {
                add(base, "ing");
            } else {
                add(stem(), "ing");
            }
        }
        _ => {
            if ends(&["s", "x", "z", "ch", "sh"]) {
                add(base, "es");
            } else {
                add(base, "s");
                if ends(&["o"]) {
                    add(base, "es");
                }
            }
            let (doubles, must) = doubling(&letters);
            if doubles {
                let doubled = format!("{base}{}", letters[letters.len() - 1]);
                add(&doubled, "ed");
                add(&doubled, "ing");
                if ends(&["s", "z"]) {
                    add(&doubled, "es");
                }
            }
            if !must {
                add(base, "ed");
                add(base, "ing");
            }
        }
    }
    forms
}

/// Whether the final consonant may double (plan, travel), and whether it must (plan).
fn doubling(letters: &[char]) -> (bool, bool) {
    let [.., before, vowel, last] = letters else {
        return (false, false);
    };
    // The u of `qu` is no vowel: quit, equip.
    let before_is_vowel = is_vowel(*before)
        && !(*before == 'u' && letters.len() > 3 && letters[letters.len() - 4] == 'q');
    let doubles = last.is_ascii_lowercase()
        && !is_vowel(*last)
        && !matches!(last, 'w' | 'x' | 'y' | 'h')
        && is_vowel(*vowel)
        && !before_is_vowel;
    let earlier_vowel = letters[..letters.len() - 2]
        .iter()
        .any(|c| is_vowel(*c) || *c == 'y');
    (
        doubles,
        doubles && !earlier_vowel && letters.len() > 2 && *last != 's',
    )
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> WordRules {
        let word = str::to_owned;
        WordRules {
            spellings: vec![vec![word("program"), word("programme")]],
            endings: vec![
                (word("ize"), word("ise")),
                (word("ization"), word("isation")),
            ],
            invariable: BTreeSet::from([word("agile")]),
            irregular: BTreeMap::from([(word("lead"), vec![word("led")])]),
            look_through: BTreeSet::from([word("a")]),
            ..WordRules::default()
        }
    }

    #[test]
    fn forms_are_those_of_the_grammar() {
        for (base, expected) in [
            (
                "roadmap",
                "roadmap roadmapped roadmapping roadmaps roadmaped roadmaping",
            ),
            ("manage", "manage managed manages managing"),
            ("plan", "plan planned planning plans"),
            (
                "travel",
                "travel traveled traveling travelled travelling travels",
            ),
            (
                "prioritize",
                "prioritize prioritized prioritizes prioritizing prioritise prioritised prioritises prioritising",
            ),
            ("strategy", "strategied strategies strategy strategying"),
            ("survey", "survey surveyed surveying surveys"),
            ("process", "process processed processes processing"),
            (
                "focus",
                "focus focused focuses focusing focussed focusses focussing",
            ),
            ("oversee", "oversee overseed overseeing oversees"),
            ("tie", "tie tied ties tying"),
            ("go", "go goed goes going gos"),
            ("lead", "lead leaded leading leads led"),
            ("agile", "agile"),
            ("a", "a"),
            ("pm", "pm pmed pming pms"),
            ("equip", "equip equiped equiping equipped equipping equips"),
            (
                "organization",
                "organisation organisationed organisationing organisations organization organizationed organizationing organizations",
            ),
            (
                "program",
                "program programed programing programmed programming programs programme programmes",
            ),
            ("review", "review reviewed reviewing reviews"),
            ("q1", "q1 q1ed q1ing q1s"),
        ] {
            let expected: BTreeSet<String> = expected.split(' ').map(str::to_owned).collect();
            let forms = rules().forms(base);
            let forms: BTreeSet<String> = forms.into_iter().collect();
            assert_eq!(forms, expected, "{base}");
        }
    }
}
