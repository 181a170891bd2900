//! What has to be answered before a file of members is applied: is it the same person, is it one household?

use domain::id::MemberId;
use domain::register::Alike;
use domain::register::import::{Diff, Importing, Question};
use leptos::prelude::*;

use super::form::MEMBERS;
use crate::french::nb;
use crate::french::register::alike;
use crate::french::register_import::name_of;
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon};

/// All of them in one form.
pub fn questions(importing: &Importing, diff: &Diff) -> AnyView {
    if diff.questions.is_empty() {
        return ().into_any();
    }
    let id = importing.id.to_string();
    let with = vec![("import", id.clone())];
    let asked: Vec<_> = diff
        .questions
        .iter()
        .enumerate()
        .map(|(at, question)| match question {
            Question::Same { line, name, people } => same(at, (*line, name.as_str()), people, &importing.names),
            Question::Shared { email, lines, people } => shared(at, email, lines, people, &importing.names),
        })
        .collect();
    let of = format!("{id} {}", diff.questions.len());
    view! {
        <section class="section supply__open" aria-labelledby="avant-d-appliquer">
            <h3 id="avant-d-appliquer">
                <Icon name="circle-alert"/>
                {nb("À dire d’abord")}
            </h3>
            <Posted to=MEMBERS act="reponses" of=of with=with class="stack">
                {asked}
                <button class="button button--fill" type="submit">
                    "C’est dit"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn same(at: usize, (line, name): (u32, &str), people: &[(MemberId, Alike)], names: &[(MemberId, String)]) -> AnyView {
    let options: Vec<_> = people
        .iter()
        .map(|(id, why)| {
            let words = format!("C’est {} : {}", name_of(names, *id), alike(*why));
            view! { <option value=id.to_string()>{nb(&words)}</option> }
        })
        .collect();
    let id = format!("qui-{at}");
    view! {
        <div>
            <input type="hidden" name="ligne" value=line.to_string()/>
            <Field id=id.clone() label=nb(&format!("Ligne {line} : {name}"))>
                <select class="field__input" id=id name="personne">
                    <option value="">"À choisir"</option>
                    {options}
                    <option value="nouveau">{nb("Quelqu’un d’autre : une nouvelle fiche")}</option>
                </select>
            </Field>
        </div>
    }
    .into_any()
}

fn shared(at: usize, email: &str, lines: &[(u32, String)], people: &[MemberId], names: &[(MemberId, String)]) -> AnyView {
    let mut behind: Vec<String> = people.iter().map(|id| name_of(names, *id)).collect();
    behind.extend(lines.iter().map(|(line, name)| format!("{name} (ligne {line})")));
    let id = format!("adresse-{at}");
    let hint = nb(&format!("Derrière cette adresse : {}", behind.join(", ")));
    let described = format!("{id}-aide");
    view! {
        <div>
            <input type="hidden" name="adresse" value=email.to_owned()/>
            <Field id=id.clone() label=email.to_owned() hint=hint>
                <select class="field__input" id=id name="partage" aria-describedby=described>
                    <option value="">"À choisir"</option>
                    <option value="foyer">{nb("C’est un couple ou un foyer : chacun la garde")}</option>
                    <option value="premier">{nb("La première personne seule la garde")}</option>
                </select>
            </Field>
        </div>
    }
    .into_any()
}
