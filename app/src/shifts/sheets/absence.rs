//! « Je ne peux pas venir »: what the time left allows, each way with its effect.

use domain::command::Command;
use domain::reason::Reason;
use domain::time::Instant;
use domain::view::choices::{AbsenceChoices, OpenOffer, Way as WayLeft};
use leptos::prelude::*;

use super::Under;
use crate::acts::{ActForm, leave_sheet};
use crate::french::bearing;
use crate::french::dates::{ago, day_and_hours_short, until};
use crate::french::nb;
use crate::french::reasons::{Speaking, sentence};
use crate::ui::{EffectLine, EffectLook, Sheet, Way, WayOff};

const EXCHANGE: &str = "Coche les vacations qui t’iraient. Si quelqu’un veut la tienne, l’échange se fait \
                        tout seul et on te prévient. Rien à rattraper.";

#[component]
pub fn AbsenceSheet(choices: AbsenceChoices, under: Under) -> impl IntoView {
    let now = under.now;
    let deadline = until(choices.exchange.until, now);
    let lead = match &choices.exchange.why_not {
        None => format!("Ta place reste la tienne tant que personne ne l’a prise. Échange possible jusqu’{deadline}."),
        Some(_) => format!("Il est trop tard pour échanger : c’était possible jusqu’{deadline}."),
    };
    let warn = choices.warn.then(|| {
        let soft = "Dis-le tout de suite : l’animateur·rice et l’équipe reçoivent ton message.";
        view! { <Way icon="megaphone" title="Prévenir l’équipe" soft=soft href=under.sheet("prevenir")/> }
    });
    let ways = match choices.offered.clone() {
        Some(offer) => view! { <Offered offer=offer choices=choices.clone() under=under.clone()/> }.into_any(),
        None => {
            let given = bearing::after("Si quelqu’un la prend", &choices.if_given);
            view! {
                {way("arrow-left-right", "Échanger", EXCHANGE.to_owned(), "echanger", &choices.exchange, &under)}
                {way("hand-heart", "Donner ma place", given, "donner", &choices.give, &under)}
                {way(
                    "share-2",
                    "Demander à quelqu’un",
                    "Un lien ou un QR à montrer à une personne.".to_owned(),
                    "inviter",
                    &choices.invite,
                    &under,
                )}
            }
            .into_any()
        }
    };
    let relocate = way(
        "calendar-arrow-up",
        "Déplacer",
        "Tu prends tout de suite une place libre ailleurs. Rien à rattraper.".to_owned(),
        "deplacer",
        &choices.r#move,
        &under,
    );
    view! {
        <Sheet title="Je ne peux pas venir" close=under.page()>
            <p class="sheet__lead">{nb(&lead)}</p>
            {warn}
            {ways}
            {relocate}
        </Sheet>
    }
}

/// A way that is open, or until when it was.
fn way(icon: &'static str, title: &'static str, soft: String, sheet: &str, way: &WayLeft, under: &Under) -> AnyView {
    match &way.why_not {
        None => view! { <Way icon=icon title=title soft=nb(&soft) href=under.sheet(sheet)/> }.into_any(),
        Some(reason) => view! { <WayOff icon=icon title=title why=why_not(reason, way.until, under.now)/> }.into_any(),
    }
}

fn why_not(reason: &Reason, was_until: Instant, now: Instant) -> String {
    match reason {
        Reason::TooLate { .. } | Reason::TooLateToExchange { .. } | Reason::TooLateToMove { .. } => {
            nb(&format!("C’était possible jusqu’{}", until(was_until, now)))
        }
        other => sentence(other, &Speaking::at(now)),
    }
}

/// My open offer: keep the seat, or tick anew.
#[component]
fn Offered(offer: OpenOffer, choices: AbsenceChoices, under: Under) -> impl IntoView {
    let since = ago(offer.since, under.now);
    let edit = offer.is_exchange().then(|| {
        let soft = "Les vacations et les habitudes que tu as cochées.";
        view! { <Way icon="list-checks" title="Modifier mes choix" soft=soft href=under.sheet("echanger")/> }
    });
    let intent = nb(&format!("Garder ta place, {}", day_and_hours_short(&choices.when)));
    let then = leave_sheet(under.page());
    view! {
        <EffectLine look=EffectLook::Less icon="hourglass">
            {nb(
                &format!(
                    "Tu cherches quelqu’un, demandé {since}. Ta place reste la tienne tant que personne ne l’a prise.",
                ),
            )}
        </EffectLine>
        <ActForm command=Command::WithdrawOffer { offer: offer.id } intent=intent back=under.page() then=then>
            <button class="button button--main button--block" type="submit">
                "Garder ma place"
            </button>
        </ActForm>
        {edit}
    }
}
