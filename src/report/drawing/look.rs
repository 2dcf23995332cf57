//! How elements look: the attributes that those of one look share.

use crate::report::drawing::digits::push_colour;
use crate::report::drawing::ink::Ink;

/// Units of a sheet in a pixel. Finer ones cannot be seen, and would take more room in the file.
pub(super) const UNITS_PER_PX: u32 = 2;
/// Thickness of lines that say nothing else.
pub(super) const HAIRLINE_PX: u32 = 1;
/// The class of what is drawn of straight edges.
const CRISP: &str = " crisp";

/// On which side of its place something stands, across.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Across {
    /// It begins there.
    Right,
    /// It lies around it.
    Around,
    /// It ends there.
    Left,
}

/// On which side of its place something stands, down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Down {
    /// Below it.
    Below,
    /// Around it.
    Around,
    /// Above it.
    Above,
}

/// How letters look that stand in some way at their place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letters {
    pub(super) ink: Ink,
    pub(super) across: Across,
    pub(super) down: Down,
    pub(super) is_bold: bool,
}

impl Letters {
    /// Returns the attributes that letters share; plain ones look as what is filled.
    pub(super) fn look(self) -> Look {
        let Letters {
            ink,
            across,
            is_bold,
            ..
        } = self;
        if across == Across::Right && !is_bold {
            return Look::Filled {
                ink,
                opacity: 1.0,
                is_crisp: false,
            };
        }
        Look::Lettered {
            ink,
            across,
            is_bold,
        }
    }
}

/// The attributes that elements share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Look {
    Filled {
        ink: Ink,
        opacity: f64,
        is_crisp: bool,
    },
    Stroked {
        ink: Ink,
        width_px: u32,
        is_crisp: bool,
    },
    Lettered {
        ink: Ink,
        across: Across,
        is_bold: bool,
    },
}

impl Look {
    /// Adds the attributes; the element around all of them fills nothing, and draws hairlines.
    pub(super) fn push(self, out: &mut String) {
        match self {
            Look::Filled {
                ink,
                opacity,
                is_crisp,
            } => {
                push_ink(out, ('f', "fill"), ink, is_crisp);
                if opacity < 1.0 {
                    out.push_str(&format!(" fill-opacity=\"{opacity}\""));
                }
            }
            Look::Stroked {
                ink,
                width_px,
                is_crisp,
            } => {
                push_ink(out, ('s', "stroke"), ink, is_crisp);
                if width_px != HAIRLINE_PX {
                    out.push_str(&format!(" stroke-width=\"{}\"", width_px * UNITS_PER_PX));
                }
                if let Some((dash, gap)) = ink.dashes() {
                    let [dash, gap] = [dash, gap].map(|px| px * UNITS_PER_PX);
                    out.push_str(&format!(" stroke-dasharray=\"{dash} {gap}\""));
                }
            }
            Look::Lettered {
                ink,
                across,
                is_bold,
            } => {
                push_ink(out, ('f', "fill"), ink, false);
                out.push_str(match across {
                    Across::Right => "",
                    Across::Around => " text-anchor=\"middle\"",
                    Across::Left => " text-anchor=\"end\"",
                });
                if is_bold {
                    out.push_str(" font-weight=\"bold\"");
                }
            }
        }
    }
}

/// Adds the class and the colour of an ink.
fn push_ink(out: &mut String, (prefix, attribute): (char, &str), ink: Ink, is_crisp: bool) {
    out.push_str(" class=\"");
    out.push(prefix);
    out.push('-');
    out.push_str(ink.name());
    out.push_str(if is_crisp { CRISP } else { "" });
    out.push_str("\" ");
    out.push_str(attribute);
    out.push_str("=\"");
    push_colour(out, ink.light());
    out.push('"');
}
