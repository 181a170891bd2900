//! « Échanger »: tick everything that would suit me; ticking is saying yes.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::command::Command;
use domain::id::{OfferId, ShiftId};
use domain::swaps::{OfferKind, Pattern};
use domain::time::paris_day;
use domain::view::choices::{AbsenceChoices, Bearing, OpenOffer, WishChoice};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::Under;
use super::habits::{Habits, written};
use super::ticks::Ticks;
use crate::acts::{ActForm, Read, intent_of, leave_sheet, values};
use crate::french::dates::{date_short, day_and_hours_short};
use crate::french::typography::counted;
use crate::french::{bearing, nb};
use crate::offline::store::Store;
use crate::ui::{EffectLine, Sheet};

#[component]
pub fn ExchangeSheet(choices: AbsenceChoices, wishes: Vec<WishChoice>, under: Under) -> impl IntoView {
    let store = Store::expect();
    let open = choices.offered.clone().filter(OpenOffer::is_exchange);
    let ticked = RwSignal::new(domain::order::set(wishes.iter().filter(|wish| wish.ticked).map(|wish| wish.shift)));
    let kept = RwSignal::new(open.as_ref().map(patterns).unwrap_or_default());
    let seat = choices.seat;
    let offer = open.as_ref().map(|open| open.id);
    let command = move |wishes: Vec<ShiftId>, patterns: Vec<Pattern>| match offer {
        Some(offer) => Command::SetWishes { offer, wishes, patterns },
        None => Command::ExchangeSeat { offer: OfferId(Uuid::nil()), seat, wishes, patterns, note: String::new() },
    };
    let read: Read = Arc::new(move |form: &FormData| {
        let mut patterns = kept.get_untracked();
        patterns.extend(written(form).filter(|written| !patterns.contains(written)));
        let command = command(values(form, "wishes"), patterns);
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let wanted = wishes.iter().any(|wish| wish.wanted);
    let none = wishes.is_empty();
    // What lies after the cycle that I leave does not do this one's shift.
    let (beyond, left) = match &choices.if_given {
        Bearing::LeftToDo { cycle, .. } => {
            let after = wishes.iter().filter(|wish| paris_day(wish.when.starts_at) > cycle.to).map(|wish| wish.shift);
            let said = format!("Si c’est après le {}", date_short(cycle.to));
            (domain::order::set(after), bearing::after(&said, &choices.if_given))
        }
        _ => (BTreeSet::new(), String::new()),
    };
    let effect = move || {
        let said = effect(ticked.with(BTreeSet::len), kept.with(Vec::len));
        if ticked.with(|ticked| ticked.is_disjoint(&beyond)) { said } else { format!("{said} {left}") }
    };
    let submit = if offer.is_some() { "Enregistrer mes choix" } else { "Proposer l’échange" };
    let lead = nb(&format!("Tu laisses {}.", day_and_hours_short(&choices.when)));
    let (back, then) = (under.page(), leave_sheet(under.page()));
    let now = under.now;
    view! {
        <Sheet title="Échanger" close=under.page()>
            <ActForm command=command(Vec::new(), Vec::new()) intent="" back=back read=read then=then class="stack">
                <p class="sheet__lead">
                    <strong>{lead}</strong>
                    " Coche tout ce qui t’irait : cocher, c’est dire oui."
                </p>
                {wanted
                    .then(|| view! { <p class="soft small">"⇄ : quelqu’un y cherche un échange, c’est plus rapide."</p> })}
                {none
                    .then(|| {
                        view! {
                            <p class="soft">
                                "Aucune vacation à venir ne convient à cette date. Une habitude peut l’attendre."
                            </p>
                        }
                    })}
                <Ticks wishes=wishes ticked=ticked/>
                <Habits kept=kept now=now/>
                <div class="sheet__foot">
                    <EffectLine>
                        <span role="status">{effect}</span>
                    </EffectLine>
                    <button class="button button--main" type="submit">
                        {submit}
                    </button>
                </div>
            </ActForm>
        </Sheet>
    }
}

fn patterns(open: &OpenOffer) -> Vec<Pattern> {
    match &open.kind {
        OfferKind::Exchange { wishes } => wishes.patterns.iter().map(|wish| wish.pattern.clone()).collect(),
        OfferKind::Give { .. } => Vec::new(),
    }
}

/// What happens on submit, said before.
fn effect(ticked: usize, habits: usize) -> String {
    let mut parts = Vec::new();
    if ticked > 0 || habits == 0 {
        let agreed = if ticked < 2 { "cochée" } else { "cochées" };
        parts.push(format!("{} {agreed}", counted(ticked, "vacation", "vacations")));
    }
    if habits > 0 {
        parts.push(counted(habits, "habitude", "habitudes"));
    }
    nb(&format!(
        "{}. Dès que ça tombe juste, l’échange se fait et on te prévient : une vacation contre une autre, rien à rattraper.",
        parts.join(" et ")
    ))
}
