//! A refused act, as a card that stays: why, who can lift it, the next best thing.

use domain::command::Command;
use domain::id::{OfferId, SeatId, ShiftId};
use domain::reason::Reason;
use domain::time::Instant;
use domain::view::Seen;
use domain::view::choices::{NEXT_BEST, SeatChoice, nearest};
use domain::view::responsible::responsible;
use leptos::prelude::*;

use crate::brief::TakenUp;
use crate::french::dates::day_and_hours_short;
use crate::french::reasons::{Speaking, sentence};
use crate::french::refusals::{responsible_now, title, who_can};
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::offline::store::Store;
use crate::ui::RefusalCard;

/// The card of a refusal; with [`Command`], the nearest seats that could be taken instead.
#[component]
pub fn Refusal(
    reason: Reason,
    /// Unique on the page.
    #[prop(default = "refus".to_owned(), into)]
    id: String,
    /// What was wanted, in French.
    #[prop(into)]
    wanted: String,
    /// What was asked, when this device knows it.
    #[prop(default = None)]
    command: Option<Command>,
    /// « demandé à 14 h 20 », when the answer came later.
    #[prop(default = None)]
    asked: Option<String>,
    /// « Vu »: the card leaves.
    #[prop(default = None)]
    on_seen: Option<Callback<()>>,
) -> impl IntoView {
    let store = Store::expect();
    let said = store
        .with_seen(|seen| {
            let speaking = Speaking { me: Some(seen.me.id()), skills: &seen.calendar.skills, now: seen.now };
            sentence(&reason, &speaking)
        })
        .unwrap_or_else(|| sentence(&reason, &Speaking::at(Instant::default())));
    let (label, who) = (title(&reason), who_can(&reason));
    let written = command.clone().map(|command| view! { <TakenUp command=command/> });
    // The answer comes a moment before the planning that it is about.
    let now_instead = move || {
        let wanted = command.as_ref();
        let responsible = wanted.and_then(|command| store.following(|seen| responsible(seen, command))).flatten();
        let responsible = responsible.and_then(|responsible| responsible_now(&reason, &responsible));
        let choices = wanted.and_then(|command| store.following(|seen| next_best(command, seen))).unwrap_or_default();
        view! {
            {responsible.map(|said| view! { <p>{said}</p> })}
            {other_seats(choices)}
        }
    };
    let seen = on_seen.map(|on_seen| {
        view! {
            <div class="card__acts">
                <button class="button" type="button" on:click=move |_| on_seen.run(())>
                    "J’ai vu"
                </button>
            </div>
        }
    });
    view! {
        <RefusalCard id=id label=label title=wanted sentence=said who=who when=asked>
            {now_instead}
            {written}
            {seen}
        </RefusalCard>
    }
}

/// « À la place »: what could be taken instead; nothing where nothing can.
pub fn other_seats(choices: Vec<SeatChoice>) -> Option<impl IntoView> {
    (!choices.is_empty()).then(|| {
        view! {
            <h3 class="card__title">"À la place"</h3>
            <ul class="stack">{choices.into_iter().map(row).collect_view()}</ul>
        }
    })
}

fn row(choice: SeatChoice) -> impl IntoView {
    let when = capitalized(&day_and_hours_short(&choice.when));
    let mut soft = counted(choice.free, "place libre", "places libres");
    if let Some(skill) = &choice.skill {
        soft.push_str(&format!(" · {}", skill.to_lowercase()));
    }
    let href = format!("/vacation/{}?feuille=prendre&place={}", choice.when.shift, choice.seat.position);
    let label = format!("Prendre une place, {when}");
    view! {
        <li class="row row--inner">
            <div class="row__body">
                <span class="row__title">{when}</span>
                <span class="row__soft">{nb(&soft)}</span>
            </div>
            <a class="button button--fill" href=href aria-label=label>
                "Prendre"
            </a>
        </li>
    }
}

/// The nearest seats to what was wanted, for acts that wanted one.
fn next_best(command: &Command, seen: Seen<'_>) -> Vec<SeatChoice> {
    let shift = match command {
        Command::TakeSeat { seat } | Command::MoveSeat { to: seat, .. } | Command::ProposeSwap { theirs: seat, .. } => {
            Some(seat.shift)
        }
        Command::ClaimOffer { offer, .. } => offered_shift(*offer, seen),
        _ => None,
    };
    let start = shift.and_then(|shift| start_of(shift, seen));
    start.map(|start| nearest(seen, start, NEXT_BEST)).unwrap_or_default()
}

/// The shift of an offer, which may be gone by now: then the nearest to now are as good.
fn offered_shift(offer: OfferId, seen: Seen<'_>) -> Option<ShiftId> {
    let public = seen.calendar.offers.iter().find(|known| known.id == offer).map(|known| known.seat);
    let named = || seen.me.offered_to_me.iter().find(|known| known.id == offer).map(|known| known.seat);
    let seat: Option<SeatId> = public.or_else(named);
    seat.map(|seat| seat.shift)
        .or_else(|| seen.calendar.shifts.iter().find(|shift| shift.starts_at > seen.now).map(|shift| shift.id))
}

fn start_of(shift: ShiftId, seen: Seen<'_>) -> Option<Instant> {
    seen.calendar.shift(shift).map(|shift| shift.starts_at)
}
