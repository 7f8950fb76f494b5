//! The sign of each label: a shape and a colour, so that neither stands alone.

use std::borrow::Borrow;

use crate::role::Role;

/// The character of a label's shape in text: circle, square, triangle, diamond.
pub(super) fn sign(role: impl Borrow<Role>) -> &'static str {
    match role.borrow() {
        Role::Product => "●",
        Role::Project => "■",
        Role::Program => "▲",
        Role::Shared => "◆",
    }
}

/// The same shape as the path of an SVG mark around a point, about `2 r` wide.
pub(super) fn path(role: Role, x: f64, y: f64, r: f64) -> String {
    match role {
        Role::Product => format!(
            "M{:.1} {y:.1}a{r:.1} {r:.1} 0 1 0 {:.1} 0a{r:.1} {r:.1} 0 1 0 {:.1} 0z",
            x - r,
            2.0 * r,
            -2.0 * r
        ),
        Role::Project => {
            let side = r * 0.9;
            format!(
                "M{:.1} {:.1}h{:.1}v{:.1}h{:.1}z",
                x - side,
                y - side,
                2.0 * side,
                2.0 * side,
                -2.0 * side
            )
        }
        Role::Program => format!(
            "M{x:.1} {:.1}l{:.1} {:.1}h{:.1}z",
            y - 1.15 * r,
            1.15 * r,
            2.0 * r,
            -2.3 * r
        ),
        Role::Shared => format!(
            "M{x:.1} {:.1}l{:.1} {:.1}l{:.1} {:.1}l{:.1} {:.1}z",
            y - 1.2 * r,
            1.2 * r,
            1.2 * r,
            -1.2 * r,
            1.2 * r,
            -1.2 * r,
            -1.2 * r
        ),
    }
}
