//! Faults that can be planted at the world's boundary to the product, to see that the laws
//! notice them. The product itself has no switch for any of them.

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plant {
    /// A tablet takes a push that was not answered for an accepted one.
    LostAcknowledgement,
    /// Headquarters sends a page in another order than that of the positions.
    ReorderedPage,
    /// Headquarters stores again what it has.
    DoubleApply,
    /// A tablet folds without looking at what an event replaces.
    OverIgnored,
    /// A snapshot forgets what is replaced and has not arrived.
    SnapshotForgetsPendingOver,
    /// Two processes of headquarters take positions before they hold the lock.
    PositionGap,
    /// A tablet folds held events.
    HeldFolded,
    /// A tablet deletes its copy when it may not see an inspection any longer.
    DeletionWithoutReceipt,
    /// Headquarters takes a second branch of a journal for its continuation.
    ForkMergedSilently,
    /// A tablet does not look at the epoch.
    EpochIgnored,
}

impl Plant {
    /// Every fault that can be planted.
    pub const ALL: [Self; 10] = [
        Self::LostAcknowledgement,
        Self::ReorderedPage,
        Self::DoubleApply,
        Self::OverIgnored,
        Self::SnapshotForgetsPendingOver,
        Self::PositionGap,
        Self::HeldFolded,
        Self::DeletionWithoutReceipt,
        Self::ForkMergedSilently,
        Self::EpochIgnored,
    ];
}
