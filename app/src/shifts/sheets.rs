//! The sheets over a shift: « Je ne peux pas venir », « Prendre », « Lui proposer un échange ».

mod absence;
mod call;
mod exchange;
mod give;
mod habits;
mod invite;
mod note;
mod propose;
mod relocate;
mod take;
mod ticks;
mod warn;

use domain::id::ShiftId;
use domain::time::Instant;
use domain::view::shift::{Sheet, SheetView, ShiftView};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use self::absence::AbsenceSheet;
use self::call::CallSheet;
use self::exchange::ExchangeSheet;
use self::give::GiveSheet;
use self::invite::InviteSheet;
pub use self::invite::Link;
use self::propose::ProposeSheet;
use self::relocate::MoveSheet;
use self::take::TakeSheet;
use self::warn::WarnSheet;
use crate::selection::View;

/// The sheet that the address asks for: `?feuille=prendre&place=3`.
pub fn asked(params: &ParamsMap) -> Option<Sheet> {
    let position = || params.get("place").and_then(|place| place.parse::<u8>().ok()).map(i16::from);
    Some(match params.get("feuille")?.as_str() {
        "absence" => Sheet::Absence,
        "echanger" => Sheet::Exchange,
        "donner" => Sheet::Give,
        "deplacer" => Sheet::Move,
        "inviter" => Sheet::Invite,
        "prevenir" => Sheet::Warn,
        "appeler" => Sheet::Call,
        "prendre" => Sheet::Take { position: position()? },
        "proposer" => Sheet::Propose { position: position()? },
        _ => return None,
    })
}

/// What every sheet knows of the page under it.
#[derive(Debug, Clone)]
pub struct Under {
    pub shift: ShiftId,
    pub now: Instant,
    /// Who leads the shift, by first name.
    pub lead: Option<String>,
    /// The others on it, lead first.
    pub team: Vec<String>,
}

impl Under {
    /// The page without the sheet.
    pub fn page(&self) -> String {
        format!("/vacation/{}", self.shift)
    }

    pub fn sheet(&self, name: &str) -> String {
        format!("/vacation/{}?feuille={name}", self.shift)
    }
}

/// The open sheet of a shift's page.
pub fn open(view: View) -> Option<AnyView> {
    let view: ShiftView = view.downcast()?;
    let mine = view.card.mine().map(|seat| seat.id);
    let held = || view.card.seats.iter().filter(|seat| Some(seat.id) != mine);
    let under = Under {
        shift: view.card.id,
        now: view.now,
        lead: view.card.lead().map(|lead| lead.name.first.clone()),
        team: held().filter_map(|seat| seat.holder.as_ref()).map(|holder| holder.name.to_string()).collect(),
    };
    let card = view.card;
    Some(match view.sheet? {
        SheetView::Absence(choices) => view! { <AbsenceSheet choices=choices under=under/> }.into_any(),
        SheetView::Exchange { choices, wishes } => {
            view! { <ExchangeSheet choices=choices wishes=wishes under=under/> }.into_any()
        }
        SheetView::Give { choices, people } => view! { <GiveSheet choices=choices people=people under=under/> }.into_any(),
        SheetView::Move { choices, seats } => view! { <MoveSheet choices=choices seats=seats under=under/> }.into_any(),
        SheetView::Invite { choices } => view! { <InviteSheet choices=choices under=under/> }.into_any(),
        SheetView::Warn { choices } => view! { <WarnSheet choices=choices under=under/> }.into_any(),
        SheetView::Call => view! { <CallSheet under=under/> }.into_any(),
        SheetView::Take(choices) => view! { <TakeSheet choices=choices card=card under=under/> }.into_any(),
        SheetView::Propose { theirs, with, mine } => {
            view! { <ProposeSheet theirs=theirs with=with mine=mine card=card under=under/> }.into_any()
        }
    })
}
