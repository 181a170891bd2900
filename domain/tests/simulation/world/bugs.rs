//! Mistakes that one could make in the protocol: each is made on purpose, to see that it is found.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    // — of the server —
    /// It keeps no outcome: the same command runs again.
    NoIdempotencyRow,
    /// It decides on what it read before it had the locks.
    NoRecheckUnderTheLock,
    /// It runs what rests on a refused act.
    PrerequisitesForgotten,
    /// It does not compare whom a request is for with whose session it is.
    AnybodysSession,
    /// It reads the marks for an answer before it commits.
    MarksBeforeCommit,
    // — of the device —
    /// What got no answer is sent again under another id.
    FreshIdAtResend,
    /// An act that is refused stays at the head of the queue.
    RefusalBlocksTheQueue,
    /// What is laid over the snapshots is kept as if the server had said it.
    OverlayKeptAsSnapshot,
    /// Acts leave the outbox when they are sent.
    ClearedBeforeTheAnswer,
    /// Whatever snapshot arrives last is kept.
    OlderSnapshotKept,
    /// An act does not wait for what it rests on.
    DependantFirst,
    /// Each tab writes the outbox as it last read it.
    TabsOverwriteEachOther,
    /// The screen says it before it is written.
    ShownBeforeWritten,
    /// Acts not sent go with the snapshots when the session is revoked.
    RevocationTakesTheOutbox,
}

impl Bug {
    pub const ALL: [Bug; 14] = [
        Bug::NoIdempotencyRow,
        Bug::NoRecheckUnderTheLock,
        Bug::PrerequisitesForgotten,
        Bug::AnybodysSession,
        Bug::MarksBeforeCommit,
        Bug::FreshIdAtResend,
        Bug::RefusalBlocksTheQueue,
        Bug::OverlayKeptAsSnapshot,
        Bug::ClearedBeforeTheAnswer,
        Bug::OlderSnapshotKept,
        Bug::DependantFirst,
        Bug::TabsOverwriteEachOther,
        Bug::ShownBeforeWritten,
        Bug::RevocationTakesTheOutbox,
    ];
}
