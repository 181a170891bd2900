//! What both receiving ends have in common: everybody waits for the next thing that comes in.

use std::sync::Arc;

use tokio::sync::watch;

/// Counts hand-overs, as they happen.
#[derive(Clone)]
pub struct Heard(Arc<watch::Sender<usize>>);

impl Heard {
    pub fn new() -> Heard {
        Heard(Arc::new(watch::Sender::new(0)))
    }

    /// Something was taken and its sender does not know yet: whoever waits for this moment has it first.
    pub async fn one_more(&self) {
        self.0.send_modify(|count| *count += 1);
        tokio::task::yield_now().await;
    }

    pub fn count(&self) -> usize {
        *self.0.borrow()
    }

    pub async fn until(&self, count: usize) {
        self.0.subscribe().wait_for(|heard| *heard >= count).await.unwrap();
    }
}
