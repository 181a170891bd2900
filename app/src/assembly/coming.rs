//! « Je viens », or not; whose voice I carry, or who carries mine. Without a network, too.

use domain::assembly::{MyAssembly, Stage};
use domain::command::Command;
use domain::id::{AssemblyId, MemberId};
use domain::view::assembly::AssemblyMoving;
use leptos::prelude::*;

use super::form::{AG, PROXY};
use crate::acts::ActForm;
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook};

/// What is mine of it, as the card says it.
#[derive(Debug, Clone, PartialEq)]
struct Mine {
    assembly: AssemblyId,
    stage: Stage,
    called: bool,
    coming: Option<bool>,
    /// Who carries my voice.
    given: Option<String>,
    /// Who was to carry it, and gave it back.
    returned: Option<String>,
    /// Whose voices I carry.
    carried: Vec<String>,
    present: bool,
    /// Somebody may carry voices there.
    proxies: bool,
}

fn mine_of(moving: &AssemblyMoving, me: MemberId) -> Option<Mine> {
    let assembly = moving.assembly.as_ref()?;
    let known = moving.mine.as_ref();
    let proxies = known.map(|known| known.proxies.as_slice()).unwrap_or_default();
    let given = proxies.iter().find(|proxy| proxy.from == me).map(|proxy| moving.name(proxy.to).to_string());
    let carried = proxies.iter().filter(|proxy| proxy.to == me).map(|proxy| moving.name(proxy.from).to_string()).collect();
    Some(Mine {
        assembly: assembly.id,
        stage: assembly.stage.clone(),
        called: known.is_none_or(|known| known.called),
        coming: known.and_then(|known: &MyAssembly| known.coming),
        given,
        returned: known.and_then(|known| known.returned).map(|member| moving.name(member).to_string()),
        carried,
        present: known.is_some_and(|known| known.present),
        proxies: assembly.terms.proxies > 0,
    })
}

#[component]
pub fn Coming(me: MemberId, moving: Memo<AssemblyMoving>) -> impl IntoView {
    let mine = Memo::new(move |_| moving.with(|moving| mine_of(moving, me)));
    move || {
        mine.get().and_then(|mine| {
            let inside = match &mine.stage {
                // Whoever has signed in says no more whether they come.
                Stage::Convoked { .. } if mine.present => there(&mine),
                Stage::Convoked { .. } => to_come(&mine),
                Stage::Open { .. } => there(&mine),
                Stage::Planned | Stage::Closed { .. } | Stage::Cancelled { .. } | Stage::Lapsed => return None,
            };
            let id = mine.assembly;
            Some(
                view! {
                    <section class="card section--apart no-print" aria-labelledby="et-toi">
                        <h2 class="card__title" id="et-toi">"Et toi ?"</h2>
                        {inside}
                        <WaitingChip assembly=id/>
                    </section>
                }
                .into_any(),
            )
        })
    }
}

fn no_voice() -> AnyView {
    let said = "Tu as rejoint la coop après la convocation : tu n’as pas de voix à cette assemblée-là. Tu peux y assister.";
    view! { <p>{nb(said)}</p> }.into_any()
}

/// « Tu portes les pouvoirs de Léa G. et Théo B. »
fn carried(mine: &Mine) -> Option<AnyView> {
    let names = listed(&mine.carried, mine.carried.len());
    let said = match mine.carried.len() {
        0 => return None,
        1 => format!("Tu portes le pouvoir de {names}."),
        _ => format!("Tu portes les pouvoirs de {names}."),
    };
    Some(view! { <p>{nb(&said)}</p> }.into_any())
}

/// Where they carry voices: what not coming would do, or what is to be done where they were entrusted with one since.
fn if_not_coming(mine: &Mine) -> Option<AnyView> {
    let said = match (mine.carried.len(), mine.coming) {
        (0, _) => return None,
        (_, Some(false)) => {
            "Tu as dit que tu ne viens pas : rends ce que tu portes sur la page « Ton pouvoir », ou dis que tu viens."
        }
        (1, _) => "Si tu dis que tu ne viens pas, il lui est rendu, et cette personne est prévenue.",
        _ => "Si tu dis que tu ne viens pas, ils leur sont rendus, et ces personnes sont prévenues.",
    };
    Some(view! { <p class="soft">{nb(said)}</p> }.into_any())
}

/// « Karim B. ne porte plus ta voix »: nobody votes for me since.
pub fn given_back(by: &str) -> AnyView {
    let said = format!("{by} ne peut plus porter ta voix. Viens, ou donne ton pouvoir à quelqu’un d’autre.");
    view! { <p>{nb(&said)}</p> }.into_any()
}

/// Before it opens.
fn to_come(mine: &Mine) -> AnyView {
    if !mine.called {
        return no_voice();
    }
    let id = mine.assembly;
    let answer = |coming: bool, main: bool, words: &'static str| {
        let class = if main { "button button--fill" } else { "button" };
        let intent =
            nb(if coming { "Dire que tu viens à l’assemblée" } else { "Dire que tu ne viens pas à l’assemblée" });
        let command = Command::AnswerAssembly { assembly: id, coming };
        view! {
            <ActForm command=command intent=intent back=AG>
                <button class=class type="submit">{words}</button>
            </ActForm>
        }
    };
    let proxy = |words: &'static str| mine.proxies.then(|| view! { <a class="button button--soft" href=PROXY>{words}</a> });
    let said = match (&mine.given, mine.coming) {
        (Some(by), _) => {
            let said = format!("{by} vote pour toi. Si tu viens quand même, ta voix te revient à l’entrée, jusqu’à l’ouverture.");
            view! {
                <p><Chip look=ChipLook::Done icon="handshake">"Pouvoir donné"</Chip></p>
                <p>{nb(&said)}</p>
                <div class="card__acts">{proxy("Voir ton pouvoir")}</div>
            }
            .into_any()
        }
        (None, Some(true)) => view! {
            <p><Chip look=ChipLook::Mine icon="check">{nb("Tu as dit « je viens »")}</Chip></p>
            <div class="card__acts">
                {answer(false, false, "Finalement, non")}
                {proxy("Ton pouvoir")}
            </div>
        }
        .into_any(),
        (None, Some(false)) => view! {
            <p><Chip look=ChipLook::Neutral icon="x">"Tu as dit que tu ne viens pas"</Chip></p>
            <div class="card__acts">
                {answer(true, true, "Finalement, je viens")}
                {proxy("Donner ton pouvoir")}
            </div>
        }
        .into_any(),
        (None, None) => view! {
            <p>{nb("Dis si tu viens : on prévoit la salle. Ça n’engage à rien, et ça se change.")}</p>
            <div class="card__acts">
                {answer(true, true, "Je viens")}
                {answer(false, false, "Je ne viens pas")}
                {proxy("Donner ton pouvoir")}
            </div>
        }
        .into_any(),
    };
    let alone = mine.returned.as_deref().filter(|_| mine.given.is_none() && mine.coming != Some(true)).map(given_back);
    view! {
        {alone}
        {said}
        {carried(mine)}
        {if_not_coming(mine)}
    }
    .into_any()
}

/// While it sits.
fn there(mine: &Mine) -> AnyView {
    if !mine.called {
        return no_voice();
    }
    let said = match (mine.present, &mine.given) {
        (true, _) => {
            let voices = counted(mine.carried.len() + 1, "voix", "voix");
            view! {
                <p><Chip look=ChipLook::Mine icon="check">"Tu as signé"</Chip></p>
                <p>{nb(&format!("Tu votes ici pour {voices}, quand un vote à bulletin secret est ouvert."))}</p>
            }
            .into_any()
        }
        (false, Some(by)) => {
            let said = format!("{by} porte ta voix. Depuis l’ouverture, ça ne change plus que si cette personne n’est pas là.");
            view! { <p>{nb(&said)}</p> }.into_any()
        }
        (false, None) => {
            let said = "Signe la feuille d’émargement à l’entrée, avec « Ma carte » : ensuite tu peux voter.";
            view! {
                <p>{nb(said)}</p>
                <div class="card__acts"><a class="button button--main" href="/moi/carte">"Montrer ma carte"</a></div>
            }
            .into_any()
        }
    };
    view! {
        {said}
        {carried(mine)}
    }
    .into_any()
}

/// « En attente d’envoi », while something of mine about it has not left the device.
#[component]
pub fn WaitingChip(assembly: AssemblyId) -> impl IntoView {
    let acts = Acts::expect();
    let waits = Memo::new(move |_| {
        let about = |command: &Command| command.assembly() == Some(assembly);
        acts.outbox
            .with(|outbox| outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(about)))
    });
    move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })
}
