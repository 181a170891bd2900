//! Who comes along: how many, and how many children among them, who are never more.

use leptos::html;
use leptos::prelude::*;

use crate::french::typography::counted;
use crate::ui::Field;

/// Of each, the most that may be chosen, and how many there are; nothing where none may come.
pub fn company(guests: (u8, u8), children: (u8, u8)) -> impl IntoView {
    let (along, young) = (NodeRef::<html::Select>::new(), NodeRef::<html::Select>::new());
    // Without WASM every figure may be chosen: what does not go together is refused by the server.
    let cap = RwSignal::new(None::<u8>);
    let follow = move || {
        let Some(chosen) = along.get_untracked().and_then(|along| along.value().parse::<u8>().ok()) else { return };
        cap.set(Some(chosen));
        if let Some(young) = young.get_untracked().filter(|young| young.value().parse::<u8>().is_ok_and(|now| now > chosen)) {
            young.set_value(&chosen.to_string());
        }
    };
    // The browser may have put back what was chosen before a reload.
    Effect::new(move |_| {
        if along.get().is_some() {
            follow();
        }
    });
    let of_them = move |figure: u8| cap.get().is_some_and(|cap| figure > cap);
    view! {
        {figures(along, "guests", "Combien t’accompagnent ?", guests, |_| false, follow)}
        {figures(young, "children", "Dont combien d’enfants ?", children, of_them, || ())}
    }
}

/// From none to `most`, but for those that are `off`.
fn figures(
    select: NodeRef<html::Select>,
    name: &'static str,
    label: &'static str,
    (most, given): (u8, u8),
    off: impl Fn(u8) -> bool + Copy + Send + Sync + 'static,
    changed: impl Fn() + Copy + Send + Sync + 'static,
) -> Option<impl IntoView> {
    let id = format!("reponse-{name}");
    let options = (0..=most)
        .map(|figure| {
            let said = match (name, figure) {
                ("children", 0) => "Aucun".to_owned(),
                ("children", figure) => counted(usize::from(figure), "enfant", "enfants"),
                (_, 0) => "Personne".to_owned(),
                (_, figure) => counted(usize::from(figure), "personne", "personnes"),
            };
            let (chosen, off) = (figure == given, move || off(figure));
            view! { <option value=figure.to_string() selected=chosen disabled=off>{said}</option> }
        })
        .collect_view();
    let change = move |_: leptos::ev::Event| changed();
    (most > 0).then(|| {
        view! {
            <Field id=id.clone() label=label>
                <select class="field__input" id=id name=name node_ref=select on:change=change>
                    {options}
                </select>
            </Field>
        }
    })
}
