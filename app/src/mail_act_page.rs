//! The page behind a mail's link: one act, no script, no session. The server renders it alone; the
//! browser's app has no such page.

use domain::notify::{Act, Choice};
use domain::outcome::{Done, Outcome};
use domain::reason::Reason;
use domain::view::mail_act::{Around, MailAct, Pressed, Stands};
use leptos::prelude::*;

use crate::acts::{done_sentence, other_seats};
use crate::door_document::door_document;
use crate::french::dates::until;
use crate::french::mail_acts::{button, effect};
use crate::french::nb;
use crate::french::notices::{Told, told};
use crate::french::reasons::{Speaking, sentence};
use crate::french::refusals::{title, who_can};
use crate::ui::{EffectLine, EffectLook, RefusalCard};
use crate::visit::Assets;

/// The whole document. `answer` is where its forms post.
pub fn mail_act_page(shown: Option<(MailAct, Around)>, answer: String, assets: &Assets) -> impl IntoView + use<> {
    let (heading, inside) = match shown {
        Some((page, around)) => page_of(page, around, answer),
        None => nowhere(),
    };
    door_document(heading.to_owned(), false, inside, assets)
}

type Page = (&'static str, AnyView);

fn page_of(page: MailAct, around: Around, answer: String) -> Page {
    let said = told(&page.mailed.notice, &page.spoken, page.mailed.member);
    let hello = view! { <p class="door__soft">{format!("Bonjour {},", page.first_name)}</p> };
    let (heading, inside) = match &page.stands {
        Stands::Open(acts) => (said.title, open(&page, acts, &around, &said, answer)),
        Stands::Over(Some(reason)) => ("Ce n’est plus possible", over(words(&page, reason, &around), &around)),
        Stands::Over(None) => ("Il n’y a plus rien à répondre", over(SETTLED.to_owned(), &around)),
        Stands::Expired => ("Ce lien a pris fin", expired(&page)),
        Stands::Pressed(pressed) => pressed_page(&page, pressed, &around, &said, answer),
    };
    let link = if matches!(page.stands, Stands::Expired) { "/".to_owned() } else { said.link };
    let inside = view! {
        {hello}
        {inside}
        <a class="button button--quiet" href=link>"Voir dans Alpar"</a>
    };
    (heading, inside.into_any())
}

fn open(page: &MailAct, acts: &[Act], around: &Around, said: &Told, answer: String) -> AnyView {
    let (possible, not): (Vec<&Act>, Vec<&Act>) = acts.iter().partition(|act| act.why_not.is_none());
    let nothing = possible.is_empty();
    let forms = possible.into_iter().enumerate().map(|(at, act)| form(page, act.choice, around, at == 0, answer.clone()));
    let forms = forms.collect_view();
    // One card says it where nothing can be done.
    let shown = if nothing { 1 } else { not.len() };
    let refused = not.into_iter().take(shown).filter_map(|act| {
        let reason = act.why_not.as_ref()?;
        let wanted = button(act.choice, &page.mailed.notice);
        Some(if nothing {
            refusal(page, wanted, reason, around).into_any()
        } else {
            view! { <p class="door__soft">{nb(&format!("{wanted} : {}", words(page, reason, around)))}</p> }.into_any()
        })
    });
    let refused = refused.collect_view();
    let limits = format!("Ce lien ne sert qu’à cette réponse, une seule fois, jusqu’{}.", until(page.until, page.now));
    view! {
        <p>{said.sentence.clone()}</p>
        {forms}
        {refused}
        {(!nothing).then(|| view! { <p class="door__soft small">{nb(&limits)}</p> })}
    }
    .into_any()
}

fn form(page: &MailAct, choice: Choice, around: &Around, first: bool, answer: String) -> impl IntoView + use<> {
    let owed = around.bearings.iter().find(|(known, _)| *known == choice).map(|(_, owed)| owed);
    let look = if choice == Choice::Warn { EffectLook::Less } else { EffectLook::Plain };
    let class = if first { "button button--main button--block" } else { "button button--block" };
    view! {
        <form class="door__form" method="post" action=answer>
            {effect(choice, owed).map(|said| view! { <EffectLine look=look>{said}</EffectLine> })}
            <button class=class type="submit" name="choice" value=choice.as_str()>
                {button(choice, &page.mailed.notice)}
            </button>
        </form>
    }
}

/// Seen in the app, given away, answered there.
const SETTLED: &str = "Depuis ce mail, c’est réglé, ou les choses ont changé.";

fn over(said: String, around: &Around) -> AnyView {
    view! {
        <p>{nb(&said)}</p>
        {other_seats(around.others.clone())}
    }
    .into_any()
}

fn expired(page: &MailAct) -> AnyView {
    let said = format!("Il valait jusqu’{}. Dans Alpar, tu vois où en sont les choses.", until(page.until, page.now));
    view! { <p>{nb(&said)}</p> }.into_any()
}

fn pressed_page(page: &MailAct, pressed: &Pressed, around: &Around, said: &Told, answer: String) -> Page {
    match &pressed.outcome {
        Some(Outcome::Applied { result }) => ("C’est fait", applied(pressed, result)),
        Some(Outcome::Refused { reason }) => {
            let wanted = button(pressed.choice, &page.mailed.notice);
            ("Ça n’a pas pu se faire", refusal(page, wanted, reason, around).into_any())
        }
        None => {
            let again = view! {
                <p>"Ta réponse n’est pas arrivée jusqu’au bout. Renvoie-la : elle ne comptera qu’une fois."</p>
                {form(page, pressed.choice, around, true, answer)}
            };
            (said.title, again.into_any())
        }
    }
}

fn applied(pressed: &Pressed, result: &Done) -> AnyView {
    let whole = done_sentence(&pressed.command, result, None);
    // The page's own title says that it is done.
    let said = whole.as_deref().map_or("C’est noté.", |said| said.strip_prefix("C’est fait. ").unwrap_or(said)).to_owned();
    view! { <p>{said}</p> }.into_any()
}

fn refusal(page: &MailAct, wanted: &'static str, reason: &Reason, around: &Around) -> impl IntoView + use<> {
    let others = around.others.clone();
    view! {
        <RefusalCard id="refus" label=title(reason) title=wanted sentence=words(page, reason, around) who=who_can(reason)>
            {other_seats(others)}
        </RefusalCard>
    }
}

fn words(page: &MailAct, reason: &Reason, around: &Around) -> String {
    sentence(reason, &Speaking { me: Some(page.mailed.member), skills: &around.skills, now: page.now })
}

fn nowhere() -> Page {
    let inside = view! {
        <p>"Il est incomplet, ou n’est plus pour toi. Rien n’a changé."</p>
        <a class="button button--main button--block" href="/">"Ouvrir Alpar"</a>
    };
    ("Ce lien ne mène à rien", inside.into_any())
}
