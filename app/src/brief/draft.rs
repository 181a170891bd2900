//! What somebody has typed for the brief and not sent: kept on the device at each key, per member, until it is sent or undone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::brief::{Block, Said, SaidMistake, Typed};
use domain::command::Command;
use domain::id::{BlockId, GroupId};
use domain::time::Instant;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, FormData, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::acts::{Chosen, value};
use crate::offline::acts::Acts;
use crate::offline::{clock, db};

/// All drafts of a member, beside their acts: what makes room for other things leaves both alone.
const KEY: &str = "drafts";

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The revision that was shown when it was begun.
    pub base: i32,
    pub group: String,
    pub title: String,
    pub text: String,
    pub picture: Option<Chosen>,
    pub alt: String,
    pub href: String,
    pub label: String,
    pub ready: bool,
    pub public: bool,
}

/// A draft, and when it was kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    pub draft: Draft,
    pub at: Instant,
}

type All = BTreeMap<String, Kept>;

impl Draft {
    /// The fields as a block fills them.
    pub fn of(block: &Block) -> Draft {
        let Said { title, text, picture, link } = block.said.clone();
        let (href, label) = link.map(|link| (link.href, link.label)).unwrap_or_default();
        Draft {
            base: block.revision,
            group: block.group.to_string(),
            title,
            text,
            picture: picture.as_ref().map(|picture| Chosen { id: picture.id, width: picture.width, height: picture.height }),
            alt: picture.map(|picture| picture.alt).unwrap_or_default(),
            href,
            label,
            ready: block.ready,
            public: block.public,
        }
    }

    /// What an act had sent, to be sent anew: nothing of other acts.
    pub fn of_command(command: &Command) -> Option<Draft> {
        let (Command::ProposeBlock { group, title, text, picture, alt, width, height, href, label, ready, public, .. }
        | Command::EditBlock { group, title, text, picture, alt, width, height, href, label, ready, public, .. }) =
            command.clone()
        else {
            return None;
        };
        let picture = picture.map(|id| Chosen { id, width, height });
        Some(Draft { base: 0, group: group.to_string(), title, text, picture, alt, href, label, ready, public })
    }

    /// The fields as they stand.
    pub fn read(form: &FormData, picture: Option<Chosen>, base: i32) -> Draft {
        let text = |name: &str| form.get(name).as_string().unwrap_or_default();
        let ticked = |name: &str| value(form, name).is_some();
        Draft {
            base,
            group: text("group"),
            title: text("title"),
            text: text("text"),
            picture,
            alt: text("alt"),
            href: text("href"),
            label: text("label"),
            ready: ticked("ready"),
            public: ticked("public"),
        }
    }

    pub fn mistakes(&self) -> Vec<SaidMistake> {
        let typed = Typed {
            title: &self.title,
            text: &self.text,
            picture: self.picture.map(|picture| picture.id),
            alt: &self.alt,
            width: self.picture.map_or(0, |picture| picture.width),
            height: self.picture.map_or(0, |picture| picture.height),
            href: &self.href,
            label: &self.label,
        };
        Said::read(typed).err().unwrap_or_default()
    }

    /// The act that sends it: a new contribution, or the next version of one, which settles those beside; nothing without a
    /// group.
    pub fn command(&self, block: BlockId, new: bool, settles: Vec<i32>) -> Option<Command> {
        let Draft { base, title, text, alt, href, label, ready, public, .. } = self.clone();
        let group: GroupId = self.group.parse().ok()?;
        let picture = self.picture.map(|picture| picture.id);
        let (width, height) = self.picture.map_or((0, 0), |picture| (picture.width, picture.height));
        Some(if new {
            Command::ProposeBlock { block, group, title, text, picture, alt, width, height, href, label, ready, public }
        } else {
            Command::EditBlock {
                block,
                base,
                group,
                title,
                text,
                picture,
                alt,
                width,
                height,
                href,
                label,
                ready,
                public,
                settles,
            }
        })
    }

    /// Writes it into the fields under `place`, as if it had been typed.
    pub fn fill(&self, place: &Element) {
        let field = |name: &str| place.query_selector(&format!("[name={name}]")).ok().flatten();
        let texts =
            [("title", &self.title), ("alt", &self.alt), ("href", &self.href), ("label", &self.label), ("group", &self.group)];
        for (name, text) in texts {
            let Some(field) = field(name) else { continue };
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.set_value(text);
            } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
                select.set_value(text);
            }
        }
        for (name, on) in [("ready", self.ready), ("public", self.public)] {
            if let Some(input) = field(name).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
                input.set_checked(on);
            }
        }
        if let Some(area) = field("text").and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok())
            && area.value() != self.text
        {
            area.set_value(&self.text);
            // Whatever shows the text beside hears of it.
            let bubbles = EventInit::new();
            bubbles.set_bubbles(true);
            if let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) {
                drop(area.dispatch_event(&event));
            }
        }
    }
}

/// Where the draft of a contribution is kept; of a new one without a block.
pub fn key(block: Option<BlockId>) -> String {
    block.map_or_else(|| "new".to_owned(), |block| block.to_string())
}

/// Makes a draft of a new contribution of it, unless another one waits there.
pub async fn take_up(acts: Acts, draft: Draft) -> bool {
    let new = key(None);
    let Some(member) = acts.member() else { return false };
    if kept(acts, &new).await.is_some() {
        return false;
    }
    let at = clock::now();
    let change: &dyn Fn(&mut All) = &|all| drop(all.insert(new.clone(), Kept { draft: draft.clone(), at }));
    db::update(&db::outbox_of(&member), KEY, change).await.is_ok()
}

pub async fn kept(acts: Acts, key: &str) -> Option<Kept> {
    db::get::<All>(&db::outbox_of(&acts.member()?), KEY).await?.remove(key)
}

/// How many this device keeps of its member; nothing where it does not say.
pub async fn count(acts: Acts) -> Option<usize> {
    let Some(member) = acts.member() else { return Some(0) };
    match db::text_or_why(&db::outbox_of(&member), KEY).await {
        Ok(Some(text)) => domain::json::parse::<All>(&text).ok().map(|all| all.len()),
        Ok(None) => Some(0),
        Err(_) => None,
    }
}

/// Keeps the last state of a draft, one write after the other however fast the keys come.
#[derive(Clone)]
pub struct Keeper {
    acts: Acts,
    key: String,
    next: Arc<Mutex<Next>>,
    /// When it was kept last.
    pub at: RwSignal<Option<Instant>>,
    /// The device has no room for it.
    pub refused: RwSignal<bool>,
}

#[derive(Default)]
struct Next {
    waits: Option<Option<Draft>>,
    writing: bool,
}

impl Keeper {
    pub fn acts(&self) -> Acts {
        self.acts
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    pub fn new(acts: Acts, key: String) -> Keeper {
        Keeper { acts, key, next: Arc::default(), at: RwSignal::new(None), refused: RwSignal::new(false) }
    }

    /// This is what stands in the fields now; nothing, where it is what was there before.
    pub fn keep(&self, draft: Option<Draft>) {
        let begins = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            next.waits = Some(draft);
            !std::mem::replace(&mut next.writing, true)
        };
        if begins {
            let this = self.clone();
            spawn_local(async move { this.write().await });
        }
    }

    async fn write(self) {
        loop {
            let draft = {
                let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
                next.writing = next.waits.is_some();
                next.waits.take()
            };
            let (Some(draft), Some(member)) = (draft, self.acts.member()) else { return };
            let at = clock::now();
            let change: &dyn Fn(&mut All) = &|all| {
                match &draft {
                    Some(draft) => drop(all.insert(self.key.clone(), Kept { draft: draft.clone(), at })),
                    None => drop(all.remove(&self.key)),
                };
            };
            let stored = db::update(&db::outbox_of(&member), KEY, change).await;
            self.refused.try_set(stored.is_err());
            self.at.try_set(draft.filter(|_| stored.is_ok()).map(|_| at));
        }
    }
}
