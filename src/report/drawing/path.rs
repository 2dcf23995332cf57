//! Lines as the path data of SVG, in few letters: a page holds thousands of points.
//!
//! # Units
//! Those of the sheet.

/// So far a point may lie from the line between its neighbours and still be left out.
///
/// # Units
/// Those of the sheet: rounding to them may move a point by half of one across and down.
const NEAR: f64 = 0.7;

/// Returns a path through points, each relative to the one before; those that lie on the way from one
/// to another are left out.
pub(super) fn path(points: impl IntoIterator<Item = (i32, i32)>) -> String {
    let kept = turns(&points.into_iter().collect::<Vec<_>>());
    let Some(start) = kept.first() else {
        return String::new();
    };
    let mut out = format!("M{}{}", start.0, following(start.1));
    let mut command = 'M';
    for pair in kept.windows(2) {
        match (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1) {
            (right, 0) => push(&mut out, 'h', &mut command, &[right]),
            (0, down) => push(&mut out, 'v', &mut command, &[down]),
            (right, down) => push(&mut out, 'l', &mut command, &[right, down]),
        }
    }
    out
}

/// Returns the points at which a line turns: from each as far on as all between lie beside it.
fn turns(points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    /// So many points are left out in a row at most, which bounds the work.
    const MOST_LEFT_OUT: usize = 32;
    let mut kept: Vec<(i32, i32)> = points.first().copied().into_iter().collect();
    let mut from = 0;
    while from + 1 < points.len() {
        let last = (from + MOST_LEFT_OUT).min(points.len() - 1);
        let is_beside = |to: &usize| {
            let between = &points[from + 1..*to];
            between
                .iter()
                .all(|point| is_near(*point, points[from], points[*to]))
        };
        let to = (from + 2..=last).take_while(is_beside).last();
        from = to.unwrap_or(from + 1);
        if kept.last() != Some(&points[from]) {
            kept.push(points[from]);
        }
    }
    kept
}

/// Returns whether a point lies beside the line from one to another.
fn is_near(point: (i32, i32), from: (i32, i32), to: (i32, i32)) -> bool {
    let vector = |(x, y): (i32, i32)| (f64::from(x - from.0), f64::from(y - from.1));
    let ((right, down), (x, y)) = (vector(to), vector(point));
    let length = right.hypot(down);
    if length <= 0.0 {
        return x.hypot(y) <= NEAR;
    }
    let along = (x * right + y * down) / length;
    let across = (x * down - y * right) / length;
    (0.0..=length).contains(&along) && across.abs() <= NEAR
}

/// Returns the outline of a rectangle.
pub(super) fn rectangle((left, top): (i32, i32), (right, bottom): (i32, i32)) -> String {
    let (width, height) = (right - left, bottom - top);
    format!("M{left}{}h{width}v{height}h{}z", following(top), -width)
}

/// Adds a step to a path; a command is written where it is another one than before.
fn push(out: &mut String, next: char, command: &mut char, numbers: &[i32]) {
    for (index, number) in numbers.iter().enumerate() {
        if index == 0 && *command != next {
            out.push(next);
            out.push_str(&number.to_string());
        } else {
            out.push_str(&following(*number));
        }
    }
    *command = next;
}

/// Returns a number that stands behind another one: a sign divides them, too.
fn following(number: i32) -> String {
    let gap = if number < 0 { "" } else { " " };
    format!("{gap}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_become_a_relative_path() {
        let points = [(44, 122), (45, 120), (45, 120), (43, 130), (40, 130)];
        assert_eq!(path(points), "M44 122l1-2-2 10h-3");
        assert_eq!(path([(0, 0), (0, 15), (0, -5)]), "M0 0v15-20");
        assert_eq!(path([]), "");
    }

    #[test]
    fn points_on_the_way_are_left_out() {
        let points = [(0, 0), (2, 1), (4, 2), (7, 3), (10, 5), (12, 9)];
        assert_eq!(path(points), "M0 0l10 5 2 4");
        assert_eq!(path([(0, 0), (4, 0), (8, 0), (6, 0)]), "M0 0h8-2");
    }

    #[test]
    fn a_rectangle_is_closed() {
        assert_eq!(rectangle((10, 20), (60, 115)), "M10 20h50v95h-50z");
    }
}
