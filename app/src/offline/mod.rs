//! What this device keeps: snapshots to read, and an outbox of acts to send.

pub mod acts;
pub mod banner;
pub mod clock;
pub mod db;
pub mod device;
pub mod live;
pub mod photos;
mod pictures;
pub mod push;
pub mod shown;
pub mod store;
pub mod tabs;
pub mod update;
pub mod wire;
