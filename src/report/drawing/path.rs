//! Lines as the path data of SVG, in few letters: a page holds thousands of points.
//!
//! # Units
//! Those of the sheet.

use crate::report::drawing::digits::push_number;

/// So far a point may lie from the line between its neighbours and still be left out.
///
/// # Units
/// Those of the sheet: rounding to them may move a point by half of one across and down.
pub(super) const NEAR: f64 = 0.7;
/// The same in a file of its own, of which there are many.
///
/// # Units
/// Those of the sheet. Chosen: half a pixel, a quarter of the thickness of a line; means of the colours of
/// parts of a chart differ by 1 of 255.
pub(super) const NEAR_IN_FILE: f64 = 1.0;
/// So many points are left out in a row at most, which bounds the work.
const MOST_LEFT_OUT: usize = 32;

/// Adds a path through points, each relative to the one before; those that lie on the way from one
/// to another are left out.
pub(super) fn push_path(out: &mut String, points: &[(i32, i32)], near: f64) {
    let Some(start) = points.first() else {
        return;
    };
    out.push('M');
    push_number(out, start.0);
    push_following(out, start.1);
    let mut kept = *start;
    let mut command = 'M';
    let mut from = 0;
    while let Some(to) = next_turn(points, from, near) {
        from = to;
        let point = points[to];
        match (point.0 - kept.0, point.1 - kept.1) {
            (0, 0) => {}
            (right, 0) => push_step(out, 'h', &mut command, right),
            (0, down) => push_step(out, 'v', &mut command, down),
            (right, down) => {
                push_step(out, 'l', &mut command, right);
                push_following(out, down);
            }
        }
        kept = point;
    }
}

/// Returns the point at which a line turns next: as far on as all between lie beside the way there.
fn next_turn(points: &[(i32, i32)], from: usize, near: f64) -> Option<usize> {
    let next = from + 1;
    if next >= points.len() {
        return None;
    }
    let last = (from + MOST_LEFT_OUT).min(points.len() - 1);
    let are_beside = |to: &usize| are_near(&points[next..*to], points[from], points[*to], near);
    let to = (from + 2..=last).take_while(are_beside).last();
    Some(to.unwrap_or(next))
}

/// Returns whether points lie beside the line from one to another.
fn are_near(between: &[(i32, i32)], from: (i32, i32), to: (i32, i32), near: f64) -> bool {
    let vector = |(x, y): (i32, i32)| (f64::from(x - from.0), f64::from(y - from.1));
    let (right, down) = vector(to);
    let length = right.hypot(down);
    if length <= 0.0 {
        let is_near = |(x, y): (f64, f64)| x.hypot(y) <= near;
        return between.iter().all(|point| is_near(vector(*point)));
    }
    between.iter().all(|point| {
        let (x, y) = vector(*point);
        let along = (x * right + y * down) / length;
        let across = (x * down - y * right) / length;
        (0.0..=length).contains(&along) && across.abs() <= near
    })
}

/// Adds the outline of a rectangle.
pub(super) fn push_rectangle(
    out: &mut String,
    (left, top): (i32, i32),
    (right, bottom): (i32, i32),
) {
    let (width, height) = (right - left, bottom - top);
    out.push('M');
    push_number(out, left);
    push_following(out, top);
    for (command, step) in [('h', width), ('v', height), ('h', -width)] {
        out.push(command);
        push_number(out, step);
    }
    out.push('z');
}

/// Adds a step to a path; a command is written where it is another one than before.
fn push_step(out: &mut String, next: char, command: &mut char, number: i32) {
    if *command == next {
        push_following(out, number);
    } else {
        out.push(next);
        push_number(out, number);
        *command = next;
    }
}

/// Adds a number that stands behind another one: a sign divides them, too.
fn push_following(out: &mut String, number: i32) {
    if number >= 0 {
        out.push(' ');
    }
    push_number(out, number);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(points: &[(i32, i32)]) -> String {
        let mut out = String::new();
        push_path(&mut out, points, NEAR);
        out
    }

    #[test]
    fn points_become_a_relative_path() {
        let points = [(44, 122), (45, 120), (45, 120), (43, 130), (40, 130)];
        assert_eq!(path(&points), "M44 122l1-2-2 10h-3");
        assert_eq!(path(&[(0, 0), (0, 15), (0, -5)]), "M0 0v15-20");
        assert_eq!(path(&[]), "");
    }

    #[test]
    fn points_on_the_way_are_left_out() {
        let points = [(0, 0), (2, 1), (4, 2), (7, 3), (10, 5), (12, 9)];
        assert_eq!(path(&points), "M0 0l10 5 2 4");
        assert_eq!(path(&[(0, 0), (4, 0), (8, 0), (6, 0)]), "M0 0h8-2");
    }

    #[test]
    fn a_rectangle_is_closed() {
        let mut out = String::new();
        push_rectangle(&mut out, (10, 20), (60, 115));
        assert_eq!(out, "M10 20h50v95h-50z");
    }
}
