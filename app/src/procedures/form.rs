//! Plain forms that post what Distribution types. What is wrong comes back with the page, as it was typed, and is read
//! again by the same rules: nothing is typed twice.

use domain::id::CommandId;
use domain::procedures::{Fields, LINE_CAP, LINES_CAP, Mistake};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::french::dates::day_long;
use crate::french::nb;
use crate::visit::Visit;

/// Where they are posted.
pub const POSTED_TO: &str = "/distribution/procedures";

/// What a form posted, where it comes back.
#[derive(Debug, Clone)]
pub struct Typed(pub Fields);

/// What was typed into the page's form: what came back, or what its address carries.
pub fn typed(query: &ParamsMap) -> Fields {
    if let Some(Typed(fields)) = use_context::<Typed>() {
        return fields;
    }
    Fields(query.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect())
}

/// The form of `act`: its hidden fields, then what is typed. Posted twice, it is one act.
#[component]
pub fn Posted(
    /// Where it is posted.
    #[prop(default = POSTED_TO)]
    to: &'static str,
    act: &'static str,
    /// Of what the form changes, so that each has an id of its own.
    #[prop(into)]
    of: String,
    /// Hidden names and values.
    #[prop(optional)]
    with: Vec<(&'static str, String)>,
    #[prop(optional, into)] class: String,
    children: Children,
) -> impl IntoView {
    let key = format!("{act} {of}");
    let id = use_context::<Visit>().map(|visit| CommandId::derive(visit.seed, &key).to_string()).unwrap_or_default();
    let hidden = with.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <form method="post" action=to class=class>
            <input type="hidden" name="geste" value=act/>
            <input type="hidden" name="id" value=id/>
            {hidden}
            {children()}
        </form>
    }
}

/// The sentence of the first mistake that belongs to a field.
pub fn wrong(mistakes: &[Mistake], belongs: fn(&Mistake) -> bool) -> Option<String> {
    mistakes.iter().find(|mistake| belongs(mistake)).map(|mistake| nb(&sentence(*mistake)))
}

fn sentence(mistake: Mistake) -> String {
    match mistake {
        Mistake::NameMissing => "Donne un nom.".to_owned(),
        Mistake::NameTooLong => "C’est trop long : 60 caractères au plus.".to_owned(),
        Mistake::NoDay => "Coche au moins un jour.".to_owned(),
        Mistake::NoHour => "Coche au moins une heure.".to_owned(),
        Mistake::NoLines => "Écris au moins une ligne.".to_owned(),
        Mistake::TooManyLines => format!("{LINES_CAP} lignes au plus : fais-en deux listes."),
        Mistake::LineTooLong { line } => format!("La ligne {line} est trop longue : {LINE_CAP} caractères au plus."),
        Mistake::BadDay => "Choisis un jour.".to_owned(),
        Mistake::TooEarly { first } => format!("Pas avant {}.", day_long(first)),
        Mistake::TooFar => "C’est à plus d’un an : vérifie l’année.".to_owned(),
        Mistake::BadDegrees => "Écris deux températures : 0 et 4, ou -25 et -18.".to_owned(),
        Mistake::LimitsCrossed => "Le minimum est plus haut que le maximum.".to_owned(),
        Mistake::AdviceMissing => "Dis quoi faire quand c’est trop chaud ou trop froid.".to_owned(),
        Mistake::TextTooLong => "C’est trop long : 280 caractères au plus.".to_owned(),
        Mistake::NobodyChosen => "Choisis qui a la clé.".to_owned(),
    }
}
