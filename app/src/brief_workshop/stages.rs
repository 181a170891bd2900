//! How far the issue is, who brought it there, and what comes next.

use domain::brief::{Mistake, Signed, Stage, Workshop, closes_at, goes_out_at};
use leptos::prelude::*;

use super::form::POSTED_TO;
use super::words::{act, reminder, signed, stage as stage_word};
use crate::french::dates::{day_and_hour, iso_day, moment};
use crate::french::{capitalized, nb};
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// The way of an issue, from the first to the last.
const WAY: [&str; 4] = ["Collecte", "Relecture", "Programmée", "Publiée"];

#[component]
pub fn Stages(workshop: Workshop) -> impl IntoView {
    let here = match workshop.brief.stage {
        Stage::Collecting => 0,
        Stage::Review { .. } => 1,
        Stage::Scheduled { .. } | Stage::Missed { .. } => 2,
        Stage::Published { .. } => 3,
    };
    let word = stage_word(&workshop.brief.stage);
    let steps = WAY
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let shown = if at == here { word } else { step };
            let class = if at < here { "steps__step steps__step--done" } else { "steps__step" };
            view! {
                <li class=class aria-current=(at == here).then_some("step")>
                    {(at < here).then(|| view! { <Icon name="check"/> })}
                    {shown}
                </li>
            }
        })
        .collect_view();
    let told = told(&workshop).into_iter().map(|line| view! { <p>{nb(&line)}</p> }).collect_view();
    let coming =
        workshop.reminders.iter().map(|(at, whom)| view! { <li>{reminder(*at, *whom, workshop.now)}</li> }).collect_view();
    let reminded = (!workshop.reminders.is_empty()).then(|| {
        view! {
            <details class="history">
                <summary class="history__head">
                    "Les rappels à venir"
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="workshop__lines">{coming}</ul>
            </details>
        }
    });
    view! {
        <section class="section card" aria-labelledby="etape">
            <h3 class="card__title" id="etape">"Où elle en est"</h3>
            <ol class="steps">{steps}</ol>
            {told}
            {acts(&workshop)}
            {reminded}
        </section>
    }
}

/// Who did what, when, and what happens if nobody does anything.
fn told(workshop: &Workshop) -> Vec<String> {
    let now = workshop.now;
    let by = |said: &Signed| signed(&workshop.who(said.by), said, now);
    let closes = closes_at(workshop.brief.monday, &workshop.settings);
    let closing = if now < closes {
        format!("Bouclage {}.", day_and_hour(closes, now))
    } else {
        format!("Bouclée {}.", moment(closes, now))
    };
    let alone = if workshop.settings.automatic {
        "Sans approbation lundi à 7 h, les blocs vivants paraissent seuls."
    } else {
        "Sans approbation lundi à 7 h, rien ne part et Communication est prévenue."
    };
    match &workshop.brief.stage {
        Stage::Collecting => vec![closing, alone.to_owned()],
        Stage::Review { asked } => vec![format!("Relecture demandée par {}.", by(asked)), closing, alone.to_owned()],
        Stage::Scheduled { asked, approved } => {
            let mut lines = vec![format!("Part {}.", day_and_hour(goes_out_at(workshop.brief.monday), now))];
            if asked.by != approved.by {
                lines.push(format!("Relecture demandée par {}.", by(asked)));
            }
            lines.push(format!("Approuvée par {}.", by(approved)));
            lines
        }
        Stage::Missed { at, asked } => {
            let mut lines =
                vec![format!("Elle n’est pas partie : constaté {}. Publie-la maintenant, ou laisse-la.", moment(*at, now))];
            lines.extend(asked.as_ref().map(|asked| format!("Relecture demandée par {}.", by(asked))));
            lines
        }
        Stage::Published { at, approved, late, corrected } => {
            let how = if *late { ", en retard" } else { "" };
            let mut lines = vec![capitalized(&format!("parue {}{how}.", moment(*at, now)))];
            lines.push(match approved {
                Some(approved) => format!("Approuvée par {}.", by(approved)),
                None => "Personne ne l’a approuvée : les blocs vivants sont parus seuls.".to_owned(),
            });
            lines.extend(corrected.as_ref().map(|corrected| format!("Corrigée par {}.", by(corrected))));
            lines
        }
    }
}

/// What may be done now; what may not is absent, and said where somebody would look for it.
fn acts(workshop: &Workshop) -> AnyView {
    let (stage, settings) = (&workshop.brief.stage, &workshop.settings);
    let me = Signed { by: workshop.me, at: workshop.now };
    let monday = iso_day(workshop.brief.monday);
    let act = |act: &'static str, words: &'static str, look: &'static str| {
        let monday = monday.clone();
        view! {
            <Posted to=POSTED_TO act=act of=monday.clone() with=vec![("lundi", monday)]>
                <button class=look type="submit">
                    {words}
                </button>
            </Posted>
        }
        .into_any()
    };
    if stage.is_published() {
        return published(workshop, &act);
    }
    let approving = stage.approve(settings, me);
    let may_ask = stage.editable().is_ok() && stage.asked().is_none();
    let second = matches!(approving, Err(Mistake::SecondPair { .. }))
        .then(|| view! { <p class="soft">{nb("Tu as demandé la relecture : c’est quelqu’un d’autre qui approuve.")}</p> });
    let by_hand = stage.publish_now(workshop.brief.monday, settings, me).is_ok();
    let missed = matches!(stage, Stage::Missed { .. });
    view! {
        {second}
        <div class="card__acts">
            {(missed && by_hand).then(|| act("publier", "Publier maintenant", "button button--fill"))}
            {approving.is_ok().then(|| act("approuver", "Approuver", "button button--fill"))}
            {may_ask.then(|| act("relire", "Demander une relecture", "button"))}
            {stage.asked().map(|_| act("reprendre", "Reprendre la préparation", "button"))}
        </div>
        {(!missed && by_hand).then(|| view! {
            <details class="history">
                <summary class="history__head">
                    "Publier sans attendre lundi 7 h"
                    <Icon name="chevron-down"/>
                </summary>
                <p class="soft">{nb("Tous les membres la lisent aussitôt, et les mails partent. On ne peut plus l’arrêter.")}</p>
                {act("publier", "Publier maintenant", "button")}
            </details>
        })}
        {openness(workshop, &act)}
    }
    .into_any()
}

/// One act on the issue, as a button of these looks.
type Button<'a> = &'a dyn Fn(&'static str, &'static str, &'static str) -> AnyView;

/// Whether people of the public may read what is for them. Those who have it by mail are chosen when it goes out: it is to be
/// said before.
fn openness(workshop: &Workshop, act: Button<'_>) -> AnyView {
    let (open, out) = (workshop.brief.public, workshop.brief.stage.is_published());
    let said = match (open, out) {
        (true, true) => "Le public peut lire les blocs qui lui sont destinés.",
        (true, false) => "Le public pourra lire les blocs qui lui sont destinés ; qui les a demandés par mail les reçoit.",
        (false, true) => "Seuls les membres la lisent. Ouverte maintenant, elle ne part plus par mail au public.",
        (false, false) => {
            "Seuls les membres la liront. Pour qu’elle parte aussi par mail au public, ouvre-la avant qu’elle paraisse."
        }
    };
    view! {
        <p class="soft">{nb(said)}</p>
        {if open {
            act("membres", "La réserver aux membres", "button button--quiet")
        } else {
            act("public", "L’ouvrir au public", "button button--quiet")
        }}
    }
    .into_any()
}

fn published(workshop: &Workshop, act: Button<'_>) -> AnyView {
    let monday = iso_day(workshop.brief.monday);
    let (read, sent) = (format!("/breve/{monday}"), format!("{POSTED_TO}/envoi/{monday}"));
    let corrected = workshop
        .corrected
        .iter()
        .map(|known| view! { <li>{nb(&format!("{} : {}", capitalized(&moment(known.at, workshop.now)), known.word))}</li> })
        .collect_view();
    view! {
        {(!workshop.corrected.is_empty()).then(|| view! { <ul class="workshop__lines">{corrected}</ul> })}
        <div class="card__acts">
            <a class="button button--fill" href=read>"La lire"</a>
            <a class="button" href=sent>"Les mails"</a>
        </div>
        {openness(workshop, act)}
    }
    .into_any()
}

/// Who did what to it.
pub fn history(workshop: &Workshop) -> Option<AnyView> {
    let lines = workshop
        .acts
        .iter()
        .map(|known| {
            let line =
                format!("{} {}, {}", workshop.who(known.signed.by), act(&known.what), moment(known.signed.at, workshop.now));
            view! { <li>{nb(&line)}</li> }
        })
        .collect_view();
    (!workshop.acts.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="histoire">
                <h3 class="visually-hidden" id="histoire">"Qui a fait quoi"</h3>
                <details class="history">
                    <summary class="history__head">
                        "Qui a fait quoi"
                        <Icon name="chevron-down"/>
                    </summary>
                    <ol class="workshop__lines">{lines}</ol>
                </details>
            </section>
        }
        .into_any()
    })
}
