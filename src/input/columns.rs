//! Which column or key holds id, title, text and employer: by option or by usual name.

use std::sync::LazyLock;

use super::InputOptions;

/// The fields of a record besides kept metadata, in the order of [`FIELDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Title,
    Text,
    Employer,
}

/// All fields, in the order in which a table record stores them.
pub(crate) const FIELDS: [Field; 4] = [Field::Id, Field::Title, Field::Text, Field::Employer];

/// Usual names per field, best first, folded.
static USUAL: LazyLock<[Vec<String>; 4]> = LazyLock::new(|| {
    let data = include_str!("column_names.txt");
    FIELDS.map(|field| {
        let line = data
            .lines()
            .find_map(|line| line.strip_prefix(field.flag())?.strip_prefix(':'));
        line.expect("column_names.txt has a line for each field")
            .split(',')
            .map(fold)
            .collect()
    })
});

/// Letters and digits in lower case: `Job Title`, `job_title` and `jobTitle` are one name.
fn fold(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

impl Field {
    /// The flag that names the field's column, without its dashes.
    pub(crate) const fn flag(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Title => "title",
            Field::Text => "text",
            Field::Employer => "employer",
        }
    }

    /// The column that the options name for the field.
    pub(crate) fn named(self, options: &InputOptions) -> Option<&str> {
        let name = match self {
            Field::Id => &options.id,
            Field::Title => &options.title,
            Field::Text => &options.text,
            Field::Employer => &options.employer,
        };
        name.as_deref()
    }

    /// Place of `name` among the field's usual names; smaller is better.
    fn rank(self, name: &str) -> Option<usize> {
        let folded = fold(name);
        USUAL[self as usize]
            .iter()
            .position(|usual| *usual == folded)
    }

    /// Index of the field's column among `names`: the one that the options name, else
    /// the best usual name. `Err` holds the name that the options ask for in vain.
    pub(crate) fn find<'a>(
        self,
        options: &'a InputOptions,
        names: &[impl AsRef<str>],
    ) -> Result<Option<usize>, &'a str> {
        if let Some(wanted) = self.named(options) {
            return position(wanted, names).map(Some).ok_or(wanted);
        }
        let ranked = names.iter().enumerate();
        let ranked = ranked.filter_map(|(at, name)| Some((self.rank(name.as_ref())?, at)));
        Ok(ranked.min().map(|(_, at)| at))
    }
}

/// Index of the column that is called `wanted`, exactly or up to case and marks.
pub(crate) fn position(wanted: &str, names: &[impl AsRef<str>]) -> Option<usize> {
    let exact = names.iter().position(|name| name.as_ref() == wanted);
    exact.or_else(|| {
        let wanted = fold(wanted);
        names.iter().position(|name| fold(name.as_ref()) == wanted)
    })
}

/// True where a column of this name would be read as text.
pub(crate) fn is_text(options: &InputOptions, name: &str) -> bool {
    matches!(Field::Text.find(options, &[name]), Ok(Some(_)))
}

/// The columns of a table that records keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Columns of the [`FIELDS`].
    pub fields: [Option<usize>; 4],
    /// Kept metadata columns, in the order of `--keep`.
    pub keep: Vec<usize>,
    /// Number of columns of the header.
    pub width: usize,
}

impl Columns {
    /// Finds the columns in a header; `Err` says what is missing and what is there.
    pub(crate) fn find(options: &InputOptions, header: &[String]) -> Result<Columns, String> {
        let there = || format!("its columns are: {}", header.join(", "));
        let mut fields = [None; 4];
        for field in FIELDS {
            fields[field as usize] = field.find(options, header).map_err(|wanted| {
                format!("has no column `{wanted}` (--{}); {}", field.flag(), there())
            })?;
        }
        if fields[Field::Text as usize].is_none() {
            return Err(format!(
                "has no text column by a usual name; name it with --text; {}",
                there()
            ));
        }
        let keep = options.keep.iter().map(|wanted| {
            position(wanted, header)
                .ok_or_else(|| format!("has no column `{wanted}` (--keep); {}", there()))
        });
        Ok(Columns {
            fields,
            keep: keep.collect::<Result<_, _>>()?,
            width: header.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(options: &InputOptions, header: &str) -> Result<Columns, String> {
        let header: Vec<String> = header.split(',').map(String::from).collect();
        Columns::find(options, &header)
    }

    #[test]
    fn usual_names_are_found_best_first() {
        let auto = InputOptions::default();
        let columns = find(
            &auto,
            "role_title,Job Title,jobId,Company Name,Job_Description",
        )
        .unwrap();
        assert_eq!(columns.fields, [Some(2), Some(1), Some(4), Some(3)]);
        let columns = find(&auto, "body,text").unwrap();
        assert_eq!(columns.fields, [None, None, Some(1), None]);
    }

    #[test]
    fn a_missing_column_names_the_columns_there_are() {
        let mut options = InputOptions::default();
        let error = find(&options, "a,b").unwrap_err();
        assert!(
            error.contains("--text") && error.contains("a, b"),
            "{error}"
        );
        options.text = Some("c".into());
        let error = find(&options, "a,b").unwrap_err();
        assert!(error.contains("`c`") && error.contains("a, b"), "{error}");
        options.text = Some("a".into());
        options.keep = vec!["city".into()];
        let error = find(&options, "a,b").unwrap_err();
        assert!(error.contains("`city` (--keep)"), "{error}");
    }

    #[test]
    fn a_named_column_wins_over_a_usual_one() {
        let options = InputOptions {
            text: Some("notes".into()),
            ..InputOptions::default()
        };
        assert_eq!(find(&options, "text,Notes").unwrap().fields[2], Some(1));
    }
}
