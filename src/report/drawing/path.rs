//! Lines as the path data of SVG, in few letters: a page holds thousands of points.
//!
//! # Units
//! Those of the sheet.

/// Returns a path through points, each relative to the one before; points on the way from one to
/// another are left out.
pub(super) fn path(points: impl IntoIterator<Item = (i32, i32)>) -> String {
    let mut points = points.into_iter();
    let Some(start) = points.next() else {
        return String::new();
    };
    let mut out = format!("M{}{}", start.0, following(start.1));
    let mut steps: Vec<(i32, i32)> = Vec::new();
    let mut before = start;
    for point in points {
        let step = (point.0 - before.0, point.1 - before.1);
        before = point;
        match steps.last_mut() {
            _ if step == (0, 0) => {}
            Some(last) if goes_on(*last, step) => *last = (last.0 + step.0, last.1 + step.1),
            _ => steps.push(step),
        }
    }
    let mut command = 'M';
    for (right, down) in steps {
        match (right, down) {
            (right, 0) => push(&mut out, 'h', &mut command, &[right]),
            (0, down) => push(&mut out, 'v', &mut command, &[down]),
            (right, down) => push(&mut out, 'l', &mut command, &[right, down]),
        }
    }
    out
}

/// Returns whether a step leads straight on from the one before.
fn goes_on(last: (i32, i32), step: (i32, i32)) -> bool {
    let [last, step] = [last, step].map(|(right, down)| (i64::from(right), i64::from(down)));
    last.0 * step.1 == last.1 * step.0 && last.0 * step.0 + last.1 * step.1 > 0
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
        assert_eq!(
            path([(0, 0), (2, 1), (4, 2), (10, 5), (12, 7)]),
            "M0 0l10 5 2 2"
        );
        assert_eq!(path([(0, 0), (4, 0), (8, 0), (6, 0)]), "M0 0h8-2");
    }

    #[test]
    fn a_rectangle_is_closed() {
        assert_eq!(rectangle((10, 20), (60, 115)), "M10 20h50v95h-50z");
    }
}
