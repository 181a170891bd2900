//! A tab reads the snapshots: asked for, arrived, kept, shown, each a step of its own.

use domain::overlay::laid_over;

use super::World;
use super::bugs::Bug;
use super::device::{Kept, Place};
use super::network::{Body, Packet, Request, Slice, Snapshot};

impl World {
    /// One conditional GET.
    pub fn fetch(&mut self, at: Place, slice: Slice) {
        let id = self.number();
        let device = &self.devices[at.device];
        let tab = &device.tabs[at.tab];
        let Some(member) = tab.member else { return };
        let kept = device.storage.snapshots.get(&member);
        let known = kept.and_then(|kept| match slice {
            Slice::Calendar => kept.calendar.clone(),
            Slice::Me => kept.me.clone(),
        });
        let (life, cookie, body) = (tab.life, device.cookie, Body::Fetch(slice, known));
        self.network.push(Packet::Request(Request { id, from: at, life, cookie, member, body }));
        self.tab_mut(at).fetching.push(id);
    }

    /// The first snapshot that arrived is kept, unless what the device keeps is newer. It is shown
    /// when it is read again, here and in the other tabs.
    pub fn keep(&mut self, at: Place) {
        let overlay = self.overlaid(at);
        let takes_any = self.bug == Some(Bug::OlderSnapshotKept);
        let device = &mut self.devices[at.device];
        let tab = &mut device.tabs[at.tab];
        if tab.fetched.is_empty() {
            return;
        }
        let snapshot = tab.fetched.remove(0);
        let Some(member) = tab.member.filter(|member| device.storage.keeps.contains(member)) else { return };
        let kept = device.storage.snapshots.entry(member).or_default();
        let slot = match snapshot.slice() {
            Slice::Calendar => &mut kept.calendar,
            Slice::Me => &mut kept.me,
        };
        let is_older = slot.as_ref().is_some_and(|known| known.version() > snapshot.version());
        if is_older {
            self.record.count("snapshot", "late, and older");
        }
        if takes_any || !is_older {
            *slot = Some(snapshot);
        }
        if let Some(overlay) = overlay {
            *kept = overlay;
        }
        self.devices[at.device].stirred = true;
    }

    /// What the tab shows, as a mistake would keep it.
    fn overlaid(&self, at: Place) -> Option<Kept> {
        if self.bug != Some(Bug::OverlayKeptAsSnapshot) {
            return None;
        }
        let tab = self.tab(at);
        let laid = laid_over(tab.calendar.as_ref()?, tab.me.as_ref()?, &tab.outbox, self.now_at(at))?;
        Some(Kept { calendar: Some(Snapshot::Calendar(laid.calendar.into())), me: Some(Snapshot::Me(laid.me.into())) })
    }
}
