//! What an editor has typed on the still pages of the workshop and not saved: `public/workshop.js` keeps it beside the app, under
//! « breve/member/block ». Here it is only counted and forgotten, with the rest of what its member leaves on this device.

use leptos::prelude::*;
use web_sys::Storage;

use crate::offline::acts::Acts;

/// Where they are, and under which names; nowhere where the browser keeps nothing.
fn of_member(acts: Acts) -> Option<(Storage, Vec<String>)> {
    let storage = window().local_storage().ok().flatten()?;
    let beginning = format!("breve/{}/", acts.member()?);
    let all = (0..storage.length().ok()?).filter_map(|at| storage.key(at).ok().flatten());
    let names = all.filter(|name| name.starts_with(&beginning)).collect();
    Some((storage, names))
}

/// How many this device keeps of its member.
pub fn count(acts: Acts) -> usize {
    of_member(acts).map_or(0, |(_, names)| names.len())
}

/// An explicit goodbye: they leave this device. Before the store forgets whose it was.
pub fn forget(acts: Acts) {
    let Some((storage, names)) = of_member(acts) else { return };
    for name in names {
        let _ = storage.remove_item(&name);
    }
}
