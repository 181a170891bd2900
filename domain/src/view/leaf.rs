//! A long list, a leaf at a time: no page grows with what it lists.

use serde::{Deserialize, Serialize};

/// Which leaf of a list it is, made by [`Leaf::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// From 1.
    pub number: usize,
    /// The most things that stand on one.
    pub size: usize,
    /// How many things there are on all of them.
    pub total: usize,
}

impl Leaf {
    /// The one that is asked for, or the last one where there are not so many.
    pub fn of(asked: usize, size: usize, total: usize) -> Leaf {
        let any = Leaf { number: 1, size: size.max(1), total };
        Leaf { number: asked.clamp(1, any.last()), ..any }
    }

    pub fn last(self) -> usize {
        self.total.div_ceil(self.size).max(1)
    }

    /// The number of the one before.
    pub fn before(self) -> Option<usize> {
        (self.number > 1).then(|| self.number - 1)
    }

    /// The number of the next one.
    pub fn after(self) -> Option<usize> {
        (self.number < self.last()).then(|| self.number + 1)
    }

    /// How many things stand on the next one.
    pub fn coming(self) -> usize {
        self.total.saturating_sub(self.number * self.size).min(self.size)
    }

    /// What stands on it, of all things in their order.
    pub fn cut<I: IntoIterator>(self, things: I) -> impl Iterator<Item = I::Item> {
        things.into_iter().skip((self.number - 1) * self.size).take(self.size)
    }
}
