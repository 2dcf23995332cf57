//! What an idea may look at.

use crate::review::BlockDistribution;
use crate::review::Comparable;
use crate::review::Day;
use crate::review::Phases;
use crate::review::RecoverySlot;
use crate::review::RecoveryView;
use crate::review::Week;
use crate::review::block::Block;
use crate::review::week_sums::WeekSum;
use crate::settings::Wellness;

/// What an idea may look at.
pub(in crate::review) struct Context<'a> {
    pub(in crate::review) block: &'a Block<'a>,
    pub(in crate::review) days: &'a [Day],
    pub(in crate::review) weeks: &'a [Week],
    pub(in crate::review) distribution: &'a BlockDistribution,
    pub(in crate::review) slots: &'a [RecoverySlot],
    pub(in crate::review) phases: &'a Phases,
    pub(in crate::review) week_sums: &'a [WeekSum],
    pub(in crate::review) comparable: &'a [Comparable],
    pub(in crate::review) wellness: &'a Wellness,
    pub(in crate::review) recovery_view: RecoveryView,
}

impl Context<'_> {
    /// Returns the weeks of which all seven days lie in the block.
    pub(super) fn whole_weeks(&self) -> Vec<&Week> {
        self.weeks.iter().filter(|week| week.is_whole()).collect()
    }
}
