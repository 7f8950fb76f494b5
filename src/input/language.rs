//! The language of a text: plain English is told by its smallest words, all else by the
//! detector `whatlang`, whose trigrams cost a hundred times as much.

use whatlang::Lang;

/// The code of English.
pub(super) const ENGLISH: &str = "en";

/// Each language of the detector: its code in ISO 639-3 and in ISO 639-1.
const CODES: &str = include_str!("language_codes.txt");

/// Words that English text is full of and that no other language of the detector writes so, as [`key`] has them.
const SMALL: [u64; 16] = [
    key(b"the"),
    key(b"and"),
    key(b"of"),
    key(b"to"),
    key(b"with"),
    key(b"you"),
    key(b"your"),
    key(b"our"),
    key(b"that"),
    key(b"this"),
    key(b"from"),
    key(b"have"),
    key(b"are"),
    key(b"their"),
    key(b"which"),
    key(b"be"),
];

/// The letters of a word in lower case, eight bits each; it tells words of up to eight apart.
const fn key(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < word.len() {
        key = with_letter(key, word[at]);
        at += 1;
    }
    key
}

const fn with_letter(key: u64, letter: u8) -> u64 {
    key << 8 | (letter | 0x20) as u64
}

/// So many of them, in so many words, make plain English.
const ENOUGH: usize = 6;
const WINDOW: usize = 60;

/// Fewest words that tell a language.
const FEWEST: usize = 20;

/// Bytes that the detector looks at.
const SAMPLE: usize = 2000;

/// Places, evenly over the text, where it is looked at, and how many of them must be English
/// where the first is not: a quarter of the text.
const PLACES: usize = 8;
const ENGLISH_PLACES: usize = 2;

/// The language as its ISO 639 code, of two letters where there is one (`en`, `de`); empty
/// where the text is too short or too mixed to tell. Text of which a quarter is English counts
/// as English, so that bilingual postings are read; a notice at the end does not make it so.
pub(super) fn language(text: &str) -> &'static str {
    let from = |place: usize| &text[boundary(text, text.len() / PLACES * place)..];
    let english = |place: &usize| is_english(from(*place));
    if is_english(text) || (1..PLACES).filter(english).count() >= ENGLISH_PLACES {
        return ENGLISH;
    }
    if text.split_whitespace().take(FEWEST).count() < FEWEST && text.is_ascii() {
        return "";
    }
    let sample = &text[..boundary(text, SAMPLE)];
    match whatlang::detect(sample) {
        Some(found) if found.is_reliable() => code(found.lang()),
        _ => "",
    }
}

/// The English name of the language with that code, the code behind it: `German (de)`.
pub(super) fn name(known: &str) -> String {
    let found = Lang::all()
        .iter()
        .find(|language| code(**language) == known);
    found.map_or(known.to_string(), |language| {
        format!("{} ({known})", language.eng_name())
    })
}

/// The code of two letters of a language, or that of three where it has none.
fn code(language: Lang) -> &'static str {
    let long = language.code();
    let pairs = CODES.lines().filter_map(|line| line.split_once(' '));
    let found = pairs.into_iter().find(|(three, _)| *three == long);
    found.map_or(long, |(_, two)| two)
}

/// The last place that is not behind `at` and not within a character.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let found = (0..=at).rev().find(|at| text.is_char_boundary(*at));
    found.unwrap_or(0)
}

/// True where the first words hold enough of the smallest ones.
fn is_english(text: &str) -> bool {
    let (mut found, mut words) = (0, 0);
    let (mut word, mut length) = (0, 0);
    for byte in text.bytes() {
        if byte.is_ascii_alphabetic() {
            word = with_letter(word, byte);
            length += 1;
            continue;
        }
        if length == 0 {
            continue;
        }
        words += 1;
        found += usize::from(length <= 8 && SMALL.contains(&word));
        (word, length) = (0, 0);
        if found == ENOUGH {
            return true;
        }
        if words == WINDOW {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a posting says, in some languages.
    const POSTINGS: &[(&str, &str)] = &[
        (
            "de",
            "Sie verantworten die Weiterentwicklung unserer Produkte, stimmen sich mit den Teams ab und berichten regelmäßig an die Leitung. Wir bieten flexible Arbeitszeiten und ein freundliches Umfeld mit kurzen Wegen.",
        ),
        (
            "fr",
            "Vous pilotez le planning et le budget des projets, animez les réunions avec les équipes et rendez compte chaque semaine à la direction. Nous offrons un cadre de travail agréable et des horaires souples.",
        ),
        (
            "es",
            "Usted dirigirá la planificación y el presupuesto de los proyectos, coordinará los equipos e informará cada semana a la dirección. Ofrecemos un ambiente de trabajo agradable y horarios flexibles.",
        ),
        (
            "it",
            "Gestirai la pianificazione e il budget dei progetti, coordinerai i gruppi di lavoro e riferirai ogni settimana alla direzione. Offriamo un ambiente di lavoro piacevole e orari flessibili.",
        ),
        (
            "nl",
            "Je bent verantwoordelijk voor de planning en het budget van onze projecten, je stemt af met de teams en je rapporteert elke week aan de directie. Wij bieden een prettige werkplek met korte lijnen.",
        ),
        (
            "pt",
            "Você será responsável pelo planejamento e pelo orçamento dos projetos, vai coordenar as equipes e apresentar relatórios à direção. Oferecemos um ambiente de trabalho agradável e horário flexível.",
        ),
        (
            "pl",
            "Będziesz odpowiadać za harmonogram i budżet projektów, koordynować pracę zespołów i co tydzień składać raporty kierownictwu. Oferujemy przyjazne miejsce pracy oraz elastyczne godziny.",
        ),
        (
            "sv",
            "Du ansvarar för planering och budget i våra projekt, samordnar arbetet mellan grupperna och rapporterar varje vecka till ledningen. Vi erbjuder en trevlig arbetsplats och flexibla arbetstider.",
        ),
        (
            "ru",
            "Вы будете отвечать за график и бюджет проектов, согласовывать работу команд и каждую неделю отчитываться перед руководством. Мы предлагаем приятную обстановку и гибкий график.",
        ),
        (
            "ja",
            "プロジェクトの計画と予算を管理し、各チームと調整しながら、毎週経営陣に報告していただきます。柔軟な勤務時間と働きやすい環境を用意しています。",
        ),
    ];

    const ENGLISH_POSTING: &str = "You will own the roadmap of our payments product, work with the teams that build it and report to the board. We offer a friendly place to work and flexible hours for all of our people.";

    #[test]
    fn postings_are_told_apart() {
        for (expected, text) in POSTINGS {
            assert_eq!(language(text), *expected, "{text}");
        }
        assert_eq!(language(ENGLISH_POSTING), "en");
    }

    #[test]
    fn text_with_an_english_part_is_english() {
        for (_, text) in POSTINGS {
            assert_eq!(language(&format!("{text}\n\n{ENGLISH_POSTING}")), "en");
            assert_eq!(language(&format!("{ENGLISH_POSTING}\n\n{text}")), "en");
        }
    }

    #[test]
    fn short_or_bare_text_is_not_judged() {
        let texts = [
            "",
            "Owns the roadmap.",
            "Python, SQL, Scrum, Kanban, Jira",
            "Projektleiter gesucht",
        ];
        for text in texts {
            assert_eq!(language(text), "", "{text}");
        }
    }

    #[test]
    fn every_language_has_a_code_and_a_name() {
        let codes: std::collections::HashSet<&str> =
            Lang::all().iter().map(|lang| code(*lang)).collect();
        assert_eq!(codes.len(), Lang::all().len());
        assert!(codes.iter().all(|code| code.len() == 2), "{codes:?}");
        assert_eq!(name("de"), "German (de)");
    }
}
