//! What this device keeps: snapshots to read, and an outbox of acts to send.

pub mod acts;
pub mod banner;
pub mod clock;
pub mod db;
pub mod desk;
pub mod device;
mod early;
mod following;
pub mod groups;
pub mod live;
mod opening;
pub mod photos;
mod pictures;
pub mod push;
mod restored;
pub mod shop;
pub mod shown;
pub mod store;
pub mod tabs;
mod thumbnails;
pub mod update;
pub mod wire;
