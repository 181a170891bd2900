//! Signing out, or being somebody else behind the same address.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::asked::Asked;
use crate::brief;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::acts::Acts;
use crate::offline::store::{Store, device_of_nobody, leave_to};
use crate::offline::wire;
use crate::ui::Icon;

/// Where the device does not say what it keeps, it goes on keeping it.
const UNKNOWN: &str = "Ce téléphone ne dit pas s’il garde encore quelque chose à envoyer. Si tu te déconnectes, il n’en efface \
     rien : tu le retrouveras en te reconnectant ici.";

/// « Se déconnecter »: forgets what this device read; asks first when acts still wait, or when nobody knows whether any do.
#[component]
pub fn Leaving() -> impl IntoView {
    let (store, acts) = (Store::expect(), Acts::expect());
    let warning = NodeRef::<html::Dialog>::new();
    let drafts = RwSignal::new(0);
    // What would be lost is not known: nothing of it is.
    let unknown = RwSignal::new(false);
    let (leaving, unreached) = (RwSignal::new(false), RwSignal::new(false));
    let said = move || {
        let is_alone = acts.unkept.get();
        let acts = match acts.outbox.with(domain::outbox::Outbox::waiting) {
            0 => None,
            1 => Some("1 action de ce téléphone n’est pas encore partie.".to_owned()),
            some => Some(format!("{} de ce téléphone ne sont pas encore parties.", counted(some, "action", "actions"))),
        };
        if unknown.get() {
            // What this page alone has goes with it.
            let lost = acts.filter(|_| is_alone).map(|acts| format!("{acts} Si tu te déconnectes, c’est perdu. "));
            return nb(&format!("{}{UNKNOWN}", lost.unwrap_or_default()));
        }
        let drafts = (drafts.get() > 0).then(|| "Ce que tu écris pour la brève n’est gardé que sur ce téléphone.".to_owned());
        let all: Vec<String> = acts.into_iter().chain(drafts).collect();
        nb(&format!("{} Si tu te déconnectes, c’est perdu.", all.join(" ")))
    };
    let leave = move || {
        leaving.set(true);
        unreached.set(false);
        // What is on its way meets a session that ended: this page forgets all of it, and leaves once it has.
        store.leaving.set(true);
        spawn_local(async move {
            // The session first: a device that forgets, but stays signed in, opens again for whoever takes it.
            if wire::sign_out().await {
                let keeps = unknown.get_untracked();
                if !keeps {
                    brief::forget_texts(acts);
                }
                if let Some(member) = store.member.get_untracked() {
                    // Nobody's from here on: what is on its way is not kept any more.
                    store.member.set(None);
                    acts.say_left();
                    if !keeps {
                        acts.forget(&member).await;
                    }
                    store.forget_of(&member).await;
                }
                leave_to("/connexion");
            } else {
                store.leaving.set(false);
                leaving.set(false);
                unreached.set(true);
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let written = brief::drafts(acts).await;
            unknown.set(written.is_none() || !acts.are_known().await);
            drafts.set(written.unwrap_or_default() + brief::texts(acts));
            let asks = unknown.get_untracked() || drafts.get_untracked() > 0;
            if asks || acts.outbox.with_untracked(|outbox| outbox.waiting() > 0) {
                if let Some(warning) = warning.get_untracked() {
                    let _ = warning.show_modal();
                }
            } else {
                leave();
            }
        });
    };
    let close = move || {
        if let Some(warning) = warning.get_untracked() {
            warning.close();
        }
    };
    let stay = move |_| close();
    let leave_all_the_same = move |_| {
        close();
        leave();
    };
    view! {
        <Others/>
        <div class="cluster section--apart">
            <form method="post" action="/deconnexion" on:submit=submit>
                <button class="button button--danger" type="submit" disabled=leaving>
                    <Icon name="log-out"/>"Se déconnecter"
                </button>
            </form>
            <p role="status">
                {move || unreached.get().then(|| nb("Il faut le réseau pour se déconnecter : ta session est encore ouverte."))}
            </p>
        </div>
        <dialog class="sheet" node_ref=warning aria-labelledby="partir">
            <header class="sheet__head">
                <h2 class="sheet__title" id="partir">{nb("Partir sans envoyer ?")}</h2>
            </header>
            <div class="sheet__body">
                <p>
                    {said}
                </p>
                <div class="card__acts">
                    <button class="button button--main" type="button" on:click=stay>"Rester"</button>
                    <button class="button button--danger" type="button" on:click=leave_all_the_same>
                        "Me déconnecter quand même"
                    </button>
                </div>
            </div>
        </dialog>
    }
}

/// The others behind my address: the device can switch.
#[component]
fn Others() -> impl IntoView {
    let others = Asked::new(|| (), |()| api::behind());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let people = others.wait().await.and_then(Result::ok).unwrap_or_default();
                (people.len() > 1).then(|| view! {
                    <section class="section section--apart" aria-labelledby="autres">
                        <h2 id="autres">"Changer de personne"</h2>
                        <form
                            method="post"
                            action="/connexion/qui"
                            on:submit=|_| spawn_local(device_of_nobody())
                        >
                            {people
                                .into_iter()
                                .map(|person| view! {
                                    <button class="choice" name="membre" value=person.id.to_string()>
                                        <span class="seat seat--large" aria-hidden="true">{person.name.initials()}</span>
                                        <span class="choice__body">
                                            <span class="choice__title">{person.name.to_string()}</span>
                                        </span>
                                    </button>
                                })
                                .collect_view()}
                        </form>
                    </section>
                })
            })}
        </Suspense>
    }
}
