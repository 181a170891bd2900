//! An invitation: a link shown to one person. Opening it changes nothing.

use domain::command::Command;
use domain::decide::{Decision, decide};
use domain::id::{MemberId, OfferId, SeatId};
use domain::reason::Reason;
use domain::swaps::{Audience, Offer, OfferKind, OfferState};
use domain::time::paris_day;
use domain::view::Seen;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::acts::ActForm;
use crate::api::{ApiError, InvitationPage as Shown};
use crate::asked::Asked;
use crate::auth::Door;
use crate::french::clock::hours;
use crate::french::dates::{answer_by, day, day_and_hours_short};
use crate::french::reasons::{Speaking, sentence};
use crate::french::{bearing, capitalized, nb};
use crate::offline::desk;
use crate::page_top::PageTop;
use crate::ui::EffectLine;

#[component]
pub fn InvitationPage() -> impl IntoView {
    let params = use_params_map();
    let secret = move || params.with(|params| params.get("secret")).unwrap_or_default();
    let shown = Asked::new_blocking(secret, desk::invited);
    view! {
        <Title text="Une place pour toi · Alpar"/>
        <Suspense fallback=|| view! { <Door title="Une place pour toi">""</Door> }>
            {move || Suspend::new(async move {
                match shown.wait().await.unwrap_or(Err(ApiError::NotReached)) {
                    Ok(Some(shown)) => invitation(shown, secret()).into_any(),
                    Ok(None) => gone("Ce lien ne vaut plus rien : il a servi, ou son temps est passé.").into_any(),
                    Err(ApiError::SignedOut) => gone("Connecte-toi d’abord, puis ouvre le lien.").into_any(),
                    Err(_) => gone("Il faut le réseau pour ouvrir une invitation. Réessaie tout à l’heure.").into_any(),
                }
            })}
        </Suspense>
    }
}

fn gone(told: &'static str) -> impl IntoView {
    view! {
        <Door title="Pas d’invitation ici">
            <p class="door__soft">{nb(told)}</p>
            <a class="button button--main button--block" href="/echanges">"Voir les échanges"</a>
        </Door>
    }
}

fn invitation(shown: Shown, secret: String) -> impl IntoView {
    let title =
        format!("{}, {}", capitalized(&day(paris_day(shown.when.starts_at))), hours(shown.when.starts_at, shown.when.ends_at),);
    let back = format!("/invitation/{secret}");
    let command = Command::ClaimOffer { offer: shown.offer, instead_of: None, secret: Some(secret) };
    let intent = format!("Prendre la place de {}, {}", shown.from, day_and_hours_short(&shown.when));
    let act = match (&shown.why_not, shown.mine) {
        (_, true) => view! {
            <p class="door__soft">"C’est ton invitation : montre-la à quelqu’un d’autre."</p>
        }
        .into_any(),
        (Some(reason), _) => {
            let told = sentence(reason, &Speaking::at(shown.now));
            view! { <p class="door__soft" role="status">{told}</p> }.into_any()
        }
        (None, _) => view! {
            <ActForm command=command intent=intent back=back class="door__form">
                {shown.bearing.as_ref().map(bearing::sentence).map(|said| view! { <EffectLine>{said}</EffectLine> })}
                <button class="button button--main button--block" type="submit">"Prendre cette place"</button>
            </ActForm>
        }
        .into_any(),
    };
    view! {
        <Door title=title>
            <PageTop/>
            <p class="door__soft">{format!("{} te propose sa place.", shown.from)}</p>
            {shown.skill.map(|skill| view! { <p>{skill}</p> })}
            <p class="door__soft small">{answer_by(shown.expires_at, shown.now)}</p>
            {act}
            <a class="button button--quiet" href="/">"Non merci"</a>
        </Door>
    }
}

/// What the reader of an invitation sees of its seat: the skill it asks for, and why they could
/// not take it.
pub fn seen_by(seen: Seen<'_>, offer: OfferId, seat: SeatId, from: MemberId) -> (Option<String>, Option<Reason>) {
    let mut facts = domain::me::board(seen.calendar, seen.me);
    let asked = facts.seat(seat).and_then(|seat| seat.skill.clone());
    let skill = asked.map(|skill| seen.calendar.skill_label(&skill));
    facts.offers.insert(
        offer,
        Offer {
            id: offer,
            seat,
            member: from,
            kind: OfferKind::Give { audience: Audience::Invited },
            note: String::new(),
            created_at: seen.now,
            state: OfferState::Open,
        },
    );
    let claim = Command::ClaimOffer { offer, instead_of: None, secret: Some(String::new()) };
    let why_not = match decide(&facts, &claim, seen.me.id(), seen.now) {
        Decision::No(reason) => Some(reason),
        _ => None,
    };
    (skill, why_not)
}
