//! Names that learning platforms give to what students hand in → whose it is.
//!
//! Moodle: `First Last_12345_assignsubmission_file_essay.docx`, or a folder
//! `First Last_12345_assignsubmission_file_`. Canvas: `lastfirst_12345_67890_essay.docx`,
//! with `LATE_` before the numbers where it came late.

/// What Moodle writes behind a student's name and number.
const MOODLE: &str = "_assignsubmission_";

/// Least digits of the number of a student and of a submission in Canvas: shorter ones are
/// years or versions in names that people gave.
const CANVAS_DIGITS: (usize, usize) = (3, 5);

/// The student whose file a label names, as the platform writes it; `None` for other names.
pub(super) fn of(label: &str) -> Option<&str> {
    label
        .split('/')
        .find_map(moodle)
        .or_else(|| canvas(label.rsplit('/').next()?))
}

fn moodle(part: &str) -> Option<&str> {
    let student = &part[..part.find(MOODLE)?];
    let (name, number) = student.rsplit_once('_')?;
    (!name.is_empty() && is_number(number, 1)).then_some(student)
}

fn canvas(file: &str) -> Option<&str> {
    let (name, rest) = file.split_once('_')?;
    let late = rest.strip_prefix("LATE_").unwrap_or(rest);
    let (student, rest) = late.split_once('_')?;
    let (submission, _) = rest.split_once('_')?;
    let fits = !name.is_empty()
        && name.chars().all(|c| c.is_lowercase() || c == '-')
        && is_number(student, CANVAS_DIGITS.0)
        && is_number(submission, CANVAS_DIGITS.1);
    // Late or not, it is the same student: the number alone names him or her.
    fits.then_some(student)
}

fn is_number(text: &str, least: usize) -> bool {
    text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn files_of_one_student_are_told_by_their_names() {
        let cases = [
            (
                "Ada Long_12345_assignsubmission_file_essay.docx",
                Some("Ada Long_12345"),
            ),
            (
                "all.zip/Ada Long_12345_assignsubmission_file_/my essay.pdf",
                Some("Ada Long_12345"),
            ),
            (
                "Ada Long_12345_assignsubmission_onlinetext_/onlinetext.html",
                Some("Ada Long_12345"),
            ),
            ("all.zip/longada_48213_990017_essay-1.docx", Some("48213")),
            ("longada_LATE_48213_990018_notes.docx", Some("48213")),
            ("report_2023_12_final.docx", None),
            ("Week_123_45678_essay.docx", None),
            ("_1_assignsubmission_file_a.txt", None),
            ("essay.docx", None),
        ];
        for (label, student) in cases {
            assert_eq!(of(label), student, "{label}");
        }
    }
}
