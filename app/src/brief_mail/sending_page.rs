//! « L'envoi »: how a brief's mails go, what did not leave and why, a trial for oneself, and a second mail after a correction.
//! Numbers alone: who had it and who read it is nobody's business.

use domain::brief::{Failure, Mailing, Sending, Unsent};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::brief_sending;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::brief_workshop::apart;
use crate::french::dates::{date_long, iso_day, moment};
use crate::french::machine::why;
use crate::french::nb;
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon};

#[component]
pub fn BriefSendingPage() -> impl IntoView {
    let params = use_params_map();
    let monday = move || params.with(|params| params.get("monday")).unwrap_or_default();
    let sending = Asked::new_blocking(monday, |monday| async move { brief_sending(monday).await });
    let done = use_query_map().with_untracked(|query| query.get("fait"));
    view! {
        <Still title="L’envoi de la brève" back=("/communication/breve", "Préparer la brève")>
            {move || sending.get().map(|answer| shown(answer, done.as_deref()))}
        </Still>
    }
}

fn shown(answer: Result<Sending, ApiError>, done: Option<&str>) -> AnyView {
    let sending = match answer {
        Ok(sending) => sending,
        Err(error) => return apart(&error),
    };
    let here = format!("/communication/breve/envoi/{}", iso_day(sending.monday));
    let lead = match sending.published_at {
        Some(at) => format!("La brève du {} est parue {}.", date_long(sending.monday), moment(at, sending.now)),
        None => format!("La brève du {} n’est pas encore parue : rien n’est parti.", date_long(sending.monday)),
    };
    let under_way = sending.is_under_way();
    let mailings = sending.mailings.iter().map(|known| mailing(known, &here)).collect_view();
    let unsent = sending.unsent.as_ref().map(|unsent| second(unsent, &here));
    view! {
        {done.and_then(told).map(|said| view! { <Noted>{said}</Noted> })}
        {done.and_then(not_sent).map(|why| view! {
            <div class="workshop__wrong" role="alert">
                <p class="field__error">
                    <Icon name="circle-alert"/>
                    {nb(why)}
                </p>
            </div>
        })}
        <p class="page__lead">{nb(&lead)}</p>
        <div id="envois" data-under-way=under_way.then_some("")>
            {sending.published_at.is_some().then(|| {
                view! { <p>{nb(&format!("{} dans l’application.", readers(sending.read)))}</p> }
            })}
            {mailings}
            {under_way.then(|| view! {
                <noscript><a class="button button--fill" href=here.clone()>"Rafraîchir"</a></noscript>
            })}
        </div>
        {unsent}
        <section class="section section--apart" aria-labelledby="essai">
            <h2 id="essai">"Un essai pour toi"</h2>
            <p class="soft">{nb(&format!("La brève telle qu’elle est maintenant, marquée [essai], à {} et à personne d’autre.", sending.my_address))}</p>
            <form method="post" action=here.clone()>
                <input type="hidden" name="geste" value="essai"/>
                <button class="button" type="submit">"M’envoyer un essai"</button>
            </form>
        </section>
    }
    .into_any()
}

/// What became of what was pressed.
fn told(done: &str) -> Option<&'static str> {
    match done {
        "reessayer" => Some("C’est fait. On réessaie tout de suite, puis pendant un jour."),
        "essai" => Some("C’est fait. L’essai part vers ta boîte."),
        "correction" => Some("C’est fait. La correction part par mail."),
        _ => None,
    }
}

/// Why no second mail goes.
fn not_sent(done: &str) -> Option<&'static str> {
    match done {
        "correction-autre" => {
            Some("Rien n’est parti : quelqu’un a corrigé la brève depuis. Lis sa correction, plus bas, puis envoie-la.")
        }
        "correction-personne" => Some("Rien n’est parti : personne ne reçoit la brève par mail."),
        "correction-aucune" => Some("Rien n’est parti : il n’y a pas de correction à envoyer."),
        _ => None,
    }
}

/// What no mail told: whoever sends it names what they have read.
fn second(unsent: &Unsent, here: &str) -> AnyView {
    view! {
        <section class="section section--apart" aria-labelledby="correction">
            <h2 id="correction">"Une correction n’est pas partie par mail"</h2>
            <p class="soft">{nb(&format!("« {} »", unsent.word))}</p>
            <p class="soft">
                "L’application et les archives sont à jour. Un second mail va à tout le monde : à réserver à ce qui compte."
            </p>
            <form method="post" action=here.to_owned()>
                <input type="hidden" name="geste" value="correction"/>
                <input type="hidden" name="correction" value=unsent.correction.to_string()/>
                <button class="button" type="submit">"Envoyer la correction par mail"</button>
            </form>
        </section>
    }
    .into_any()
}

fn readers(read: i64) -> String {
    match read {
        0 => "Personne ne l’a encore ouverte".to_owned(),
        1 => "1 personne l’a ouverte".to_owned(),
        many => format!("{many} personnes l’ont ouverte"),
    }
}

fn mailing(known: &Mailing, here: &str) -> AnyView {
    let title = match &known.word {
        Some(word) => format!("La correction : « {word} »"),
        None => "La brève".to_owned(),
    };
    let id = format!("envoi-{}", known.correction);
    let of_id = id.clone();
    let Some(_) = known.at else {
        return view! {
            <section class="section section--apart" aria-labelledby=of_id>
                <h2 id=id>{nb(&title)}</h2>
                <p class="soft">"On prépare les mails."</p>
            </section>
        }
        .into_any();
    };
    let counts = known.counts;
    let rows = [
        (counts.submitted, "Partis", "Remis au serveur de mail.", ChipLook::Done),
        (counts.prepared + counts.taken, "En route", "Ils partent dans les instants qui viennent.", ChipLook::Waiting),
        (counts.put_off, "Réessayés plus tard", "Le serveur de mail n’en a pas voulu tout de suite.", ChipLook::Waiting),
        (counts.failed, "Pas partis", "On a renoncé.", ChipLook::Refused),
    ];
    let rows = rows
        .into_iter()
        .filter(|(count, title, ..)| *count > 0 || *title == "Partis")
        .map(|(count, title, soft, look)| row(count, title, soft, look));
    let all = usize::try_from(counts.all()).unwrap_or_default();
    let beside = match (counts.public, counts.maybe_twice) {
        (0, 0) => String::new(),
        (public, 0) => format!(" Dont {public} à des personnes du public."),
        (0, twice) => format!(" Peut-être reçus deux fois, le serveur s’étant arrêté au milieu : {twice}."),
        (public, twice) => {
            format!(
                " Dont {public} à des personnes du public. Peut-être reçus deux fois, le serveur s’étant arrêté au milieu : {twice}."
            )
        }
    };
    let failures = known.failures.iter().map(|failure| failed(failure, known.correction, here)).collect_view();
    view! {
        <section class="section section--apart" aria-labelledby=of_id>
            <h2 id=id>{nb(&title)}</h2>
            <p class="soft">{nb(&format!("{}, une par adresse.{beside}", counted(all, "copie", "copies")))}</p>
            <ul class="list">{rows.collect_view()}</ul>
            {(!known.failures.is_empty()).then(|| view! {
                <h3>"Ce qui n’est pas parti"</h3>
                <ul class="list">{failures}</ul>
            })}
        </section>
    }
    .into_any()
}

fn row(count: i64, title: &'static str, soft: &'static str, look: ChipLook) -> impl IntoView {
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{title}</span>
                <span class="row__soft">{nb(soft)}</span>
            </span>
            <span class="row__end">
                <Chip look=look>{count}</Chip>
            </span>
        </li>
    }
}

/// Why, how many, and trying again; whoever said no in between is left in peace.
fn failed(failure: &Failure, correction: i64, here: &str) -> impl IntoView + use<> {
    let said = match why(&failure.why) {
        Some(said) => view! { <span class="row__title">{nb(&said)}</span> }.into_any(),
        None => view! { <span class="row__title" lang="en">{failure.why.clone()}</span> }.into_any(),
    };
    let tried = if failure.put_off { "On essaie encore, pendant un jour." } else { "On a renoncé." };
    let again = failure.may_be_retried().then(|| {
        view! {
            <form method="post" action=here.to_owned()>
                <input type="hidden" name="geste" value="reessayer"/>
                <input type="hidden" name="envoi" value=correction.to_string()/>
                <input type="hidden" name="raison" value=failure.why.clone()/>
                <button class="button" type="submit">"Réessayer"</button>
            </form>
        }
    });
    view! {
        <li class="row">
            <span class="row__body">
                {said}
                <span class="row__soft">{nb(&format!("{} {tried}", counted(usize::try_from(failure.count).unwrap_or_default(), "copie.", "copies.")))}</span>
            </span>
            <div class="row__end">{again}</div>
        </li>
    }
}
