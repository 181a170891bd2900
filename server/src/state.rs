//! What every request works with.

use std::sync::Arc;

use backend::Backend;
use backend::snapshots::Shared;

use crate::assets::BuiltSite;
use crate::config::Config;
use crate::limits::Limits;
use crate::live::Live;
use crate::push::Pusher;
use crate::snapshots::Slices;

/// One server process; clones share everything.
#[derive(Clone)]
pub struct Server {
    pub backend: Backend,
    pub config: Arc<Config>,
    pub assets: Arc<BuiltSite>,
    pub limits: Arc<Limits>,
    /// The snapshots, as the pages read them.
    pub shared: Arc<Shared>,
    /// The same snapshots, as the wire carries them.
    pub slices: Arc<Slices>,
    pub live: Live,
    pub pusher: Pusher,
}

impl Server {
    pub fn new(backend: Backend, config: Config, assets: BuiltSite, pusher: Pusher) -> Server {
        Server {
            live: Live::new(backend.clone()),
            backend,
            config: Arc::new(config),
            assets: Arc::new(assets),
            limits: Arc::default(),
            shared: Arc::default(),
            slices: Arc::default(),
            pusher,
        }
    }

    /// Whether members come by https: cookies are then bound to it.
    pub fn https(&self) -> bool {
        self.config.public_url.https
    }
}
