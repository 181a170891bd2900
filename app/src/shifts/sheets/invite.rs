//! « Demander à quelqu'un »: a link or a QR to show to one person.

use std::sync::Arc;

use domain::command::Command;
use domain::id::{InvitationId, OfferId, SeatId};
use domain::view::choices::AbsenceChoices;
use leptos::prelude::*;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use web_sys::FormData;

use super::Under;
use super::give::effect_look;
use crate::acts::{ActForm, Read, intent_of};
use crate::french::dates::{day_and_hours_short, until};
use crate::french::{bearing, capitalized, nb};
use crate::offline::clock;
use crate::offline::store::Store;
use crate::ui::{EffectLine, Icon, Qr, Sheet};

/// The secret of the link just made on the server for a page without WASM, given once to the page.
#[derive(Debug, Clone)]
pub struct Link(pub Option<String>);

#[component]
pub fn InviteSheet(choices: AbsenceChoices, under: Under) -> impl IntoView {
    // Only the server's page has it, and shows it once.
    let given = use_context::<Link>().and_then(|link| link.0);
    let once = given.is_some().then(|| view! { <span data-once="" hidden></span> });
    let secret = RwSignal::new(given);
    let seat = choices.seat;
    // The link that this device made stays at hand as long as the tab.
    Effect::new(move |_| {
        if secret.get_untracked().is_none() {
            secret.set(kept(seat));
        }
    });
    let made = choices.offered.is_some();
    let when = capitalized(&day_and_hours_short(&choices.when));
    let deadline = nb(&format!("Il vaut au plus une semaine, jusqu’{} au plus tard.", until(choices.invite.until, under.now)));
    let look = effect_look(&choices);
    let effect = bearing::after("Si la personne la prend", &choices.if_given);
    let body = move || match secret.get() {
        Some(secret) => view! { <Shared secret=secret/> }.into_any(),
        None if made => view! { <p>"Ta place est déjà proposée. Garde-la d’abord, puis fais un lien."</p> }.into_any(),
        None => view! { <Making seat=seat secret=secret back=under.sheet("inviter")/> }.into_any(),
    };
    let close = format!("/vacation/{}", seat.shift);
    view! {
        <Sheet title="Demander à quelqu’un" close=close>
            <p class="sheet__lead">
                <strong>{when}</strong>
                ". La personne à qui tu montres le lien prend ta place en un geste ; tu la gardes jusque-là. "
                {deadline}
            </p>
            {body}
            {once}
            <EffectLine look=look>{effect}</EffectLine>
        </Sheet>
    }
}

#[component]
fn Making(seat: SeatId, secret: RwSignal<Option<String>>, back: String) -> impl IntoView {
    let store = Store::expect();
    let command = move |offer: Uuid, invitation: Uuid, secret_hash: String| Command::Invite {
        offer: OfferId(offer),
        invitation: InvitationId(invitation),
        seat,
        secret_hash,
    };
    let read: Read = Arc::new(move |_: &FormData| {
        let made = new_secret()?;
        let hash = hex(&Sha256::digest(made.as_bytes()));
        let command = command(clock::uuid(), clock::uuid(), hash);
        let intent = intent_of(store, &command);
        keep(seat, &made);
        secret.set(Some(made));
        Some((command, intent))
    });
    let empty = command(Uuid::nil(), Uuid::nil(), String::new());
    view! {
        <ActForm command=empty intent="" back=back read=read class="stack">
            <button class="button button--main" type="submit">
                <Icon name="qr-code"/>
                "Faire le lien"
            </button>
        </ActForm>
    }
}

/// The link, to show, to share, to copy.
#[component]
fn Shared(secret: String) -> impl IntoView {
    let path = format!("/invitation/{secret}");
    let link = RwSignal::new(path.clone());
    Effect::new(move |_| {
        if let Ok(origin) = window().location().origin() {
            link.set(format!("{origin}{path}"));
        }
    });
    let can_share = RwSignal::new(false);
    Effect::new(move |_| {
        let known = js_sys::Reflect::has(&window().navigator(), &"share".into());
        can_share.set(known.unwrap_or(false));
    });
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&link.get_untracked());
        leptos::task::spawn_local(async move {
            copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
        });
    };
    let share = move |_| {
        let data = web_sys::ShareData::new();
        data.set_title("Une place à Alpar");
        data.set_url(&link.get_untracked());
        let promise = window().navigator().share_with_data(&data);
        leptos::task::spawn_local(async move {
            // Not shared after all: nothing to say.
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    };
    view! {
        {move || view! { <Qr text=link.get() label="QR à montrer"/> }}
        <div class="field">
            <label class="field__label" for="lien">
                "Le lien"
            </label>
            <input class="field__input share" id="lien" readonly prop:value=link value=link.get_untracked() aria-describedby="lien-aide"/>
            <span class="field__hint" id="lien-aide">
                "Pour une personne. Il marche quelques secondes après sa création."
            </span>
        </div>
        <div class="cluster">
            <Show when=move || can_share.get()>
                <button class="button button--main" type="button" on:click=share>
                    <Icon name="share-2"/>
                    "Partager le lien"
                </button>
            </Show>
            <button class="button" type="button" on:click=copy>
                <Icon name="copy"/>
                {move || if copied.get() { "Copié" } else { "Copier" }}
            </button>
        </div>
    }
}

/// 32 random bytes of this device, in hexadecimal.
fn new_secret() -> Option<String> {
    let mut random = [0u8; 32];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
    Some(hex(&random))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key(seat: SeatId) -> String {
    format!("lien-{seat}")
}

fn keep(seat: SeatId, secret: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(&key(seat), secret);
    }
}

fn kept(seat: SeatId) -> Option<String> {
    window().session_storage().ok()??.get_item(&key(seat)).ok()?
}
