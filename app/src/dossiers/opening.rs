//! Noting something to be done on the spot: without a network, too.

use std::sync::Arc;

use domain::command::Command;
use domain::dossiers::{TEXT_CAP, TITLE_CAP};
use domain::id::{DossierId, GroupId};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use crate::acts::{ActForm, Read, number, value};
use crate::french::nb;
use crate::ui::TextField;

pub fn opening(group: GroupId, back: String) -> impl IntoView {
    let read: Read = Arc::new(move |data: &FormData| {
        let title = value(data, "title")?;
        let intent = nb(&format!("Ouvrir le dossier « {title} »"));
        let (text, due) = (value(data, "text").unwrap_or_default(), number(data, "due"));
        Some((Command::OpenDossier { dossier: DossierId(Uuid::nil()), group, title, text, due }, intent))
    });
    // Its words are the inputs, its id is made when it is sent.
    let (dossier, nothing) = (DossierId(Uuid::nil()), String::new());
    let command = Command::OpenDossier { dossier, group, title: nothing.clone(), text: nothing, due: None };
    view! {
        <ActForm command=command intent="" back=back read=read again=true class="stack">
            // Without the app the form says all there is to say.
            <input type="hidden" name="group" value=group.to_string()/>
            <TextField
                id="dossier-title"
                name="title"
                label=nb("De quoi s’agit-il")
                maxlength=u16::try_from(TITLE_CAP).unwrap_or(u16::MAX)
                autocomplete="off"
                required=true
            />
            <TextField id="dossier-due" name="due" kind="date" label="Pour le" hint="Facultatif"/>
            <div class="field">
                <label class="field__label" for="dossier-text">"En quelques mots"</label>
                <textarea
                    class="field__input"
                    id="dossier-text"
                    name="text"
                    rows="3"
                    maxlength=TEXT_CAP.to_string()
                    aria-describedby="dossier-text-aide"
                ></textarea>
                <span class="field__hint" id="dossier-text-aide">{nb("Facultatif. Tout le groupe le lit.")}</span>
            </div>
            <button class="button button--fill" type="submit">"Ouvrir le dossier"</button>
        </ActForm>
    }
}
