//! The ids of the rules that make boundaries, in the order of `docs/segmentation.md`.

pub(super) const START: &str = "start";
pub(super) const BLANK_LINE: &str = "blank-line";
pub(super) const NEWLINE: &str = "newline";
pub(super) const HEADING: &str = "heading";
pub(super) const LIST_MARK: &str = "list-mark";
pub(super) const BARE_LIST: &str = "bare-list";
pub(super) const CELL: &str = "cell";
pub(super) const FLAT_COLUMNS: &str = "flat-columns";
pub(super) const REFERENCE: &str = "reference";
pub(super) const CODE: &str = "code";
pub(super) const INLINE_BULLET: &str = "inline-bullet";
pub(super) const INLINE_NUMBER: &str = "inline-number";
pub(super) const SEMICOLON_LIST: &str = "semicolon-list";
pub(super) const HEAD_LIST: &str = "head-list";
pub(super) const DOUBLE_SPACE: &str = "double-space";
pub(super) const WIDE_GAP: &str = "wide-gap";
pub(super) const GLUED_UPPER: &str = "glued-upper";
pub(super) const GLUED_MARK: &str = "glued-mark";
pub(super) const GLUED_YEARS: &str = "glued-years";
pub(super) const GLUED_ACRONYM: &str = "glued-acronym";
pub(super) const SENTENCE: &str = "sentence";
pub(super) const ELLIPSIS: &str = "ellipsis";

/// Every rule id that a unit can carry, in the order in which the rules are tried.
pub const RULES: [&str; 22] = [
    START,
    BLANK_LINE,
    NEWLINE,
    HEADING,
    LIST_MARK,
    BARE_LIST,
    CELL,
    FLAT_COLUMNS,
    REFERENCE,
    CODE,
    INLINE_BULLET,
    INLINE_NUMBER,
    SEMICOLON_LIST,
    HEAD_LIST,
    DOUBLE_SPACE,
    WIDE_GAP,
    GLUED_UPPER,
    GLUED_MARK,
    GLUED_YEARS,
    GLUED_ACRONYM,
    SENTENCE,
    ELLIPSIS,
];
