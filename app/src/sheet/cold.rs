//! The fridges: what was read, whether it is within the limits, and what to do when it is not.

use std::sync::Arc;

use domain::command::Command;
use domain::id::ReadingId;
use domain::sheet::{Fridge, tenths};
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::day_sheet_page::{back, said_by};
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::degrees::degrees;
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::{Field, Icon};

#[component]
pub fn Cold(view: DaySheetView, fridges: Vec<Fridge>) -> impl IntoView {
    (!fridges.is_empty()).then(|| {
        let rows = fridges.into_iter().enumerate().map(|(at, fridge)| one(&view, fridge, at)).collect_view();
        view! {
            <section class="section" aria-labelledby="frigos">
                <h2 id="frigos">"Relevé des frigos"</h2>
                {rows}
            </section>
        }
    })
}

fn one(view: &DaySheetView, fridge: Fridge, at: usize) -> impl IntoView + use<> {
    let store = Store::expect();
    let (shift, id) = (view.card.id, fridge.id);
    let command = move |tenths: i16| Command::RecordReading {
        reading: ReadingId(Uuid::nil()),
        shift,
        fridge: id,
        tenths,
        note: String::new(),
        at: None,
    };
    let read: Read = Arc::new(move |form: &FormData| {
        let command = command(tenths(&value(form, "tenths")?)?);
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let field = format!("frigo-{at}");
    let hint = nb(&format!("De {} à {}", degrees(fridge.low), degrees(fridge.high)));
    let label = nb(&fridge.name);
    let last = fridge.last.as_ref().map(|last| {
        let said = format!("{} · {}", degrees(last.tenths), said_by(view, last.said));
        if fridge.is_within(last.tenths) {
            return view! { <p class="day-sheet__read"><Icon name="circle-check"/>{nb(&said)}</p> }.into_any();
        }
        let word = if last.tenths > fridge.high { "Trop chaud" } else { "Trop froid" };
        view! {
            <div class="notice notice--refused" role="status">
                <span class="notice__icon"><Icon name="circle-alert"/></span>
                <p class="notice__text">
                    <strong>{nb(&format!("{word} : {said}."))}</strong>
                    {format!(" {}", nb(&fridge.advice))}
                </p>
            </div>
        }
        .into_any()
    });
    let described = format!("{field}-aide");
    view! {
        <div class="stack">
            <ActForm command=command(0) intent="" back=back(view) read=read again=true class="day-sheet__add">
                <Field id=field.clone() label=label hint=hint>
                    <input
                        class="field__input"
                        id=field
                        name="tenths"
                        inputmode="text"
                        autocomplete="off"
                        required
                        maxlength="6"
                        pattern="[\\-−+]?[0-9]{1,2}([.,][0-9])?"
                        title="Une température : 3,5 ou -18"
                        aria-describedby=described
                    />
                </Field>
                <button class="button button--fill" type="submit">
                    "Noter"
                </button>
            </ActForm>
            {last}
        </div>
    }
}
