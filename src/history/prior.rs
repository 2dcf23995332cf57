//! What is believed of a quantity before anything of it is seen.

/// A normal distribution, in the unit of the constant that holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prior {
    /// The mean.
    pub(crate) mean: f64,
    /// The standard deviation.
    pub(crate) sd: f64,
}
