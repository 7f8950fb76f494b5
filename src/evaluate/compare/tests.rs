//! Small sheets whose figures can be checked by hand.

use super::*;
use crate::evaluate::Rows;

fn evaluated(text: &str) -> Evaluation {
    let rows = Rows::read(text.as_bytes()).expect("reads");
    evaluate(&Sheet::new(&rows, &[]).expect("a sheet"), 1)
}

fn value(comparison: &Comparison, label: &str, measure: &str) -> Option<f64> {
    let mut figures = comparison.figures.iter();
    let found = figures.find(|figure| figure.label == label && figure.measure == measure);
    found.expect("a figure").value
}

/// Ten units whose product label is that of the reference case of alpha.
fn reference_case() -> String {
    let mut text = String::from("uid,document,text,coder_1,coder_2\n");
    for (at, (a, b)) in "0100000010".chars().zip("1110010000".chars()).enumerate() {
        let label = |c| if c == '1' { "product" } else { "none" };
        text += &format!("u{at},d{at},x,{},{}\n", label(a), label(b));
    }
    text
}

#[test]
fn two_coders_have_the_reference_alpha_with_an_interval() {
    let evaluation = evaluated(&reference_case());
    let pair = &evaluation.comparisons[0];
    let alpha = value(pair, "product", "alpha").expect("defined");
    assert!((alpha - 0.095238).abs() < 1e-6, "{alpha}");
    let figure = pair
        .figures
        .iter()
        .find(|figure| figure.measure == "alpha")
        .expect("there");
    let (low, high) = figure.interval.expect("ten documents suffice");
    assert!(low < alpha && alpha < high, "{low} {high}");
    assert_eq!(evaluation, evaluated(&reference_case()));
}

#[test]
fn undefined_figures_are_empty_with_a_reason() {
    let evaluation = evaluated(&reference_case());
    let undefined = evaluation.comparisons[0]
        .figures
        .iter()
        .filter(|figure| figure.value.is_none());
    let reasons: Vec<&str> = undefined.map(|figure| figure.reason.as_str()).collect();
    // Precision, recall, F1, kappa and alpha of three labels that nobody gave.
    assert_eq!(reasons.len(), 15);
    assert!(reasons.iter().all(|reason| !reason.is_empty()));
}

#[test]
fn few_documents_give_figures_without_intervals() {
    let evaluation =
        evaluated("uid,document,text,labels,coder_1\n1,d,x,product,product\n2,d,y,none,project\n");
    let pair = &evaluation.comparisons[0];
    assert_eq!(value(pair, "product", "precision"), Some(1.0));
    assert_eq!(value(pair, "roles", "macro_f1"), Some(1.0 / 3.0));
    assert_eq!(value(pair, "all", "exact"), Some(0.5));
    let figure = &pair.figures[0];
    assert!(
        figure.interval.is_none() && figure.reason.contains("too few"),
        "{}",
        figure.reason
    );
    assert_eq!(pair.disagreements, [1]);
    assert_eq!(
        pair.confusion.iter().map(|cell| cell.units).sum::<usize>(),
        2
    );
}

#[test]
fn a_weight_counts_a_unit_as_often() {
    let weighted =
        evaluated("uid,text,weight,labels,tool\n1,x,3,product,product\n2,y,1,product,none\n");
    let pair = &weighted.comparisons[0];
    assert_eq!(value(pair, "product", "recall"), Some(0.75));
    assert_eq!(value(pair, "product", "both"), Some(1.5));
}

#[test]
fn units_that_one_did_not_code_are_left_out() {
    let evaluation =
        evaluated("uid,text,coder_1,coder_2,coder_3\n1,x,product,product,\n2,y,product,,none\n");
    let units: Vec<usize> = evaluation
        .comparisons
        .iter()
        .map(|pair| pair.units)
        .collect();
    assert_eq!(units, [1, 1, 0]);
    assert_eq!(
        value(&evaluation.comparisons[2], "product", "agreement"),
        None
    );
    assert_eq!(evaluation.joint.len(), 4);
}
