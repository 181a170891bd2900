//! Plain forms that post what editors decide and write. What cannot be done comes back with the page, with why and with all
//! that was typed.

use domain::brief::Mistake;
use domain::procedures::Fields;
use domain::reason::Reason;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::french::brief::{field_of, mistake as said_badly};
use crate::french::dates::day_and_hour;
use crate::french::nb;
use crate::french::reasons::{Speaking, sentence as reason_sentence};
use crate::procedures::form::Typed;
use crate::ui::Icon;

/// Where they are posted.
pub const POSTED_TO: &str = "/communication/breve";

/// Why what a form asked was not done.
#[derive(Debug, Clone, Default)]
pub struct Refused {
    pub mistakes: Vec<Mistake>,
    /// Where the text's own rules said no.
    pub reason: Option<Reason>,
}

impl Refused {
    pub fn of(mistakes: Vec<Mistake>) -> Refused {
        Refused { mistakes, reason: None }
    }

    /// Every why, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let own = self.mistakes.iter().map(|mistake| nb(&sentence(mistake)));
        let reason = self.reason.as_ref().map(|reason| nb(&reason_sentence(reason, &Speaking::at(Default::default()))));
        own.chain(reason).collect()
    }

    /// The sentence of the first that belongs to a field.
    pub fn of_field(&self, belongs: fn(&Mistake) -> bool) -> Option<String> {
        self.mistakes.iter().find(|mistake| belongs(mistake)).map(|mistake| nb(&sentence(mistake)))
    }
}

impl Refused {
    /// What is wrong with one field of a text.
    pub fn of_text(&self, field: &str) -> Option<String> {
        self.mistakes.iter().find_map(|mistake| match mistake {
            Mistake::Said(said) if field_of(said) == field => Some(nb(&said_badly(said))),
            _ => None,
        })
    }
}

/// What the page's form came back with; nothing where the page is only read.
pub fn refused() -> Refused {
    use_context().unwrap_or_default()
}

/// What was typed into a form that came back; nothing where the page is only read.
pub fn typed() -> Option<Fields> {
    use_context::<Typed>().map(|Typed(fields)| fields)
}

/// One field of the page's address.
pub fn asked(query: &ParamsMap, name: &str) -> String {
    query.get(name).unwrap_or_default()
}

/// Said at the top of a page whose form came back.
#[component]
pub fn NotDone() -> impl IntoView {
    let refused = refused();
    let sentences = refused.sentences();
    (!sentences.is_empty()).then(|| {
        // The sentences begin with those of the mistakes, one for each.
        let ways = refused.mistakes.iter().map(put_right).chain(std::iter::repeat(None));
        let why = sentences
            .into_iter()
            .zip(ways)
            .map(|(why, way)| {
                let way = way.map(|href| view! { " " <a href=href>"Ouvrir ce bloc"</a> });
                view! { <li>{why} {way}</li> }
            })
            .collect_view();
        view! {
            <div class="workshop__wrong" role="alert" id="pourquoi" tabindex="-1">
                <p class="field__error">
                    <Icon name="circle-alert"/>
                    {nb("Rien n’est fait. Ce que tu as écrit est toujours là.")}
                </p>
                <ul>{why}</ul>
            </div>
        }
    })
}

/// Where a block that is in the way is put right.
fn put_right(mistake: &Mistake) -> Option<String> {
    match mistake {
        Mistake::TwoVersions { block } => Some(format!("{POSTED_TO}/bloc/{block}#versions")),
        Mistake::PictureMissing { block } => Some(format!("{POSTED_TO}/bloc/{block}#ecrire")),
        _ => None,
    }
}

fn sentence(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Approved => "Elle est approuvée : reprends-la d’abord pour la changer.".to_owned(),
        Mistake::Out => "Elle est parue : on la corrige, avec un mot.".to_owned(),
        Mistake::NotOut => "Elle n’est pas encore parue.".to_owned(),
        Mistake::TooLate => "Son heure est passée : publie-la maintenant.".to_owned(),
        Mistake::TooEarly { from } => format!("Pas avant le bouclage, {}.", day_and_hour(*from, *from)),
        Mistake::Empty => "Il n’y a rien dedans : place au moins un bloc.".to_owned(),
        Mistake::NotAsked => "La coop veut deux paires d’yeux : demande d’abord une relecture.".to_owned(),
        Mistake::SecondPair { .. } => "Tu as demandé la relecture : c’est quelqu’un d’autre qui approuve.".to_owned(),
        Mistake::TwoVersions { .. } => "Un bloc a deux versions : règle-les d’abord.".to_owned(),
        Mistake::PictureMissing { .. } => {
            "Une image manque : son auteur·e l’a choisie sur un téléphone qui n’a plus de réseau. Attends-la, ou retire-la."
                .to_owned()
        }
        Mistake::BlockGone => "Ce bloc n’est plus parmi les contributions.".to_owned(),
        Mistake::Changed => "Le bloc a changé entre-temps : relis-le, puis recommence.".to_owned(),
        Mistake::TooManyPieces { cap } => format!("{cap} blocs au plus : garde-en pour la semaine prochaine."),
        Mistake::SourceThere => "Ce bloc vivant y est déjà.".to_owned(),
        Mistake::BadSource => "Choisis de quoi il se remplit.".to_owned(),
        Mistake::BadCount { cap } => format!("De 1 à {cap} lignes."),
        Mistake::IntroTooLong { cap } => format!("C’est trop long : {cap} caractères au plus."),
        Mistake::WordMissing => "Écris un mot.".to_owned(),
        Mistake::WordTooLong { cap } => format!("C’est trop long : {cap} caractères au plus."),
        Mistake::BadHour => "Écris une heure : 18:00.".to_owned(),
        Mistake::Said(mistake) => said_badly(mistake),
    }
}
