//! The checklists of this hour of the day: a whole row to tap, with who did it and when.

use domain::command::Command;
use domain::sheet::{Checklist, Item};
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;

use super::day_sheet_page::{back, said_by};
use crate::acts::ActForm;
use crate::french::nb;
use crate::ui::Icon;

#[component]
pub fn Tasks(view: DaySheetView, checklists: Vec<Checklist>) -> impl IntoView {
    checklists
        .into_iter()
        .enumerate()
        .map(|(at, list)| {
            let id = format!("taches-{at}");
            let labelled = id.clone();
            let done = list.items.iter().filter(|item| item.done.is_some()).count();
            let summary = format!("{done} sur {}", list.items.len());
            let rows = list.items.into_iter().map(|item| line(&view, item)).collect_view();
            view! {
                <section class="section" aria-labelledby=labelled>
                    <div class="section__head">
                        <h2 id=id>{nb(&list.name)}</h2>
                        <span class="soft">{nb(&summary)}</span>
                    </div>
                    <ul class="stack">{rows}</ul>
                </section>
            }
        })
        .collect_view()
}

fn line(view: &DaySheetView, item: Item) -> impl IntoView + use<> {
    let done = item.done.is_some();
    let command = Command::TickItem { shift: view.card.id, item: item.id, done: !done, at: None };
    let said = item.done.map(|said| said_by(view, said));
    view! {
        <li>
            <ActForm command=command intent="" back=back(view)>
                <button class="toggle toggle--line" type="submit" aria-pressed=if done { "true" } else { "false" }>
                    <span class="toggle__box">{done.then(|| view! { <Icon name="check" small=true/> })}</span>
                    <span class="tick__body">
                        <span class="tick__title">{nb(&item.label)}</span>
                        {said.map(|said| view! { <span class="tick__soft">{said}</span> })}
                    </span>
                </button>
            </ActForm>
        </li>
    }
}
