//! What tests ask of figures.

use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::letters;

/// Returns what of a figure must not depend on the units: the ends of its axes and its marks.
pub(in crate::report) fn marks(figure: &Figure) -> Vec<(f64, f64, Vec<Shape>)> {
    let without_letters = |shape: &Shape| {
        let mut shape = shape.clone();
        match &mut shape {
            Shape::Text { text, .. } => text.clear(),
            Shape::Level { label, .. } => label.clear(),
            _ => {}
        }
        shape
    };
    let panels = figure.panels.iter().map(|panel| {
        let shapes = panel.shapes.iter().map(without_letters);
        (panel.y.low, panel.y.high, shapes.collect())
    });
    let x = (figure.x.low, figure.x.high, Vec::new());
    std::iter::once(x).chain(panels).collect()
}

/// Returns the letters of a figure with axes that stand upon each other.
pub(in crate::report) fn colliding(figure: &Figure) -> Vec<(String, String)> {
    /// Height of letters.
    const HEIGHT_PX: f64 = 10.0;
    let width_px = layout::plot_width_px(figure.width);
    let mut found = Vec::new();
    for panel in &figure.panels {
        let letters = panel.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { at, text, .. } => {
                let x = figure.x.share(at.0) * width_px;
                let y = panel.y.share(at.1) * f64::from(panel.height_px);
                Some((x, y, text))
            }
            _ => None,
        });
        let letters: Vec<(f64, f64, &String)> = letters.collect();
        for (index, one) in letters.iter().enumerate() {
            for other in &letters[index + 1..] {
                let widths = letters::text_width_px(one.2) + letters::text_width_px(other.2);
                let beside = (one.0 - other.0).abs() >= widths / 2.0;
                if !beside && (one.1 - other.1).abs() < HEIGHT_PX {
                    found.push((one.2.clone(), other.2.clone()));
                }
            }
        }
    }
    found
}

/// Returns the ink and the horizontal ends of the bars of a panel.
pub(in crate::report) fn bars(panel: &Panel) -> Vec<(Ink, f64, f64)> {
    let bar = |shape: &Shape| match shape {
        Shape::Bar(bar) => Some((bar.ink, bar.x.0, bar.x.1)),
        _ => None,
    };
    panel.shapes.iter().filter_map(bar).collect()
}

/// Returns the letters right of a panel, and the remark below them.
pub(in crate::report) fn end(panel: &Panel) -> (&str, &str) {
    let end = panel.shapes.iter().find_map(|shape| match shape {
        Shape::End { text, remark, .. } => Some((text.as_str(), remark.as_str())),
        _ => None,
    });
    end.expect("a panel whose newest value is written")
}
