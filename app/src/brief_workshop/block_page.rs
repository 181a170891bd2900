//! One block: its text, both versions where there are two, and whether it comes.

use domain::brief::{BlockState, Mistake, WORD_CAP, Written};
use domain::id::BlockId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::block_form::{Text, fields};
use super::form::{NotDone, POSTED_TO, asked, refused, typed};
use super::versions::{Versions, drafts, seen};
use super::words::{done, of_monday};
use super::workshop_block;
use super::workshop_page::apart;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{iso_day, moment};
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, TextField, Tick, Width};
use crate::visit::Assets;

#[component]
pub fn WorkshopBlockPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("block")).and_then(|id| id.parse().ok()).unwrap_or(BlockId(Uuid::nil()));
    let written = Asked::new_blocking(id, workshop_block);
    view! {
        <Still title="Un bloc de la brève" back=(POSTED_TO, "Préparer la brève") width=Width::Wide>
            {move || {
                let (fait, version) = query.with(|query| (asked(query, "fait"), asked(query, "version")));
                written.get().map(|answer| page(answer, &fait, &version))
            }}
        </Still>
    }
}

fn page(answer: Result<Written, ApiError>, fait: &str, version: &str) -> AnyView {
    let written = match answer {
        Ok(written) => written,
        Err(error) => return apart(&error),
    };
    let stage = &written.brief.stage;
    let proposed = written.block.is_proposed();
    let may_edit = proposed && stage.editable().is_ok();
    let two = proposed && !written.block.beside.is_empty();
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let by = format!("{} · {}", written.group, written.who(written.block.by));
    let assets = use_context::<Assets>().unwrap_or_default();
    let issue = format!("{POSTED_TO}?lundi={}", iso_day(written.brief.monday));
    let writing = match &written.block.state {
        BlockState::Published { .. } if stage.is_published() => correcting(&written),
        BlockState::Proposed if may_edit => editing(&written, version, two),
        BlockState::Proposed => {
            view! { <p class="card">{nb("La brève est approuvée : reprends la préparation pour changer ce bloc.")}</p> }
                .into_any()
        }
        BlockState::Published { .. } => ().into_any(),
        BlockState::Refused { at, by, word } => {
            let line = format!("Refusé par {}, {} : « {word} »", written.who(*by), moment(*at, written.now));
            view! { <p class="card">{nb(&line)}</p> }.into_any()
        }
        BlockState::Withdrawn { at } => {
            view! { <p class="card">{nb(&format!("Retiré par son auteur·e, {}.", moment(*at, written.now)))}</p> }.into_any()
        }
    };
    view! {
        <h2 class="workshop__title">{nb(&written.block.said.title)}</h2>
        <p class="soft">
            {nb(&by)}
            " · "
            <a href=issue>{of_monday(written.brief.monday)}</a>
        </p>
        {said}
        <NotDone/>
        {two.then(|| view! { <Versions written=written.clone()/> })}
        {writing}
        <script type="module" src=assets.workshop></script>
        {may_edit.then(|| leaving(&written))}
        {drafts(&written, may_edit)}
    }
    .into_any()
}

/// The form that saves by itself.
fn editing(written: &Written, version: &str, two: bool) -> AnyView {
    let taken_up = version.parse().ok().and_then(|id: i64| written.drafts.iter().find(|draft| draft.id == id));
    let shown = taken_up.map_or(&written.block.said, |draft| &draft.said);
    let text = Text::of(written, shown, "texte");
    let block = written.block.id.to_string();
    let with = vec![("page", "bloc".to_owned()), ("block", block.clone()), ("base", text.base()), seen(written)];
    let key = format!("breve/{}/{block}", written.me);
    let shown = fields(&text, true, written.me);
    let title = if two { "La version qui réunit les deux" } else { "Le texte" };
    view! {
        <section class="section section--apart" aria-labelledby="ecrire">
            <h3 id="ecrire" tabindex="-1">{title}</h3>
            {taken_up.map(|_| view! { <p class="soft">{nb("C’est une version d’avant : elle revient si tu enregistres.")}</p> })}
            <div class="workshop__writing" data-saved=key>
                <Posted to=POSTED_TO act="texte" of=block with=with class="stack">
                    {shown}
                    <p class="workshop__state" role="status" data-state></p>
                    <div class="cluster" data-found hidden>
                        <button class="button" type="button" data-restore>"Reprendre ce que j’avais écrit"</button>
                        <button class="button button--quiet" type="button" data-forget>"L’oublier"</button>
                    </div>
                    <div class="cluster">
                        {two.then(|| view! {
                            <button class="button button--main" type="submit" name="settles" value="oui">
                                "Enregistrer et régler"
                            </button>
                        })}
                        <button class=if two { "button" } else { "button button--main" } type="submit">
                            "Enregistrer"
                        </button>
                    </div>
                </Posted>
            </div>
        </section>
    }
    .into_any()
}

/// What is out is put right with a word.
fn correcting(written: &Written) -> AnyView {
    let text = Text::of(written, &written.block.said, "corriger");
    let back = typed().filter(|_| text.back);
    let word = back.as_ref().map(|back| back.one("mot").to_owned()).unwrap_or_default();
    let mail = back.is_some_and(|back| !back.one("mail").is_empty());
    let bad_word = if text.back {
        refused().of_field(|mistake| matches!(mistake, Mistake::WordMissing | Mistake::WordTooLong { .. }))
    } else {
        None
    };
    let block = written.block.id.to_string();
    let with = vec![("page", "bloc".to_owned()), ("block", block.clone()), ("base", text.base())];
    let cap = u16::try_from(WORD_CAP).unwrap_or(u16::MAX);
    let changed = text.back && refused().mistakes.contains(&Mistake::Changed);
    let now = changed.then(|| {
        view! {
            <details class="history" open>
                <summary class="history__head">
                    "Ce qui se lit maintenant"
                    <Icon name="chevron-down"/>
                </summary>
                <p class="brief__typed">{written.block.said.text.clone()}</p>
            </details>
        }
    });
    let shown = fields(&text, false, written.me);
    view! {
        <section class="section section--apart" aria-labelledby="corriger">
            <h3 id="corriger">"Corriger"</h3>
            <p class="soft">{nb("La brève change dans l’app et dans les archives, avec ton mot. Ce qui se lisait avant reste connu.")}</p>
            {now}
            <Posted to=POSTED_TO act="corriger" of=block with=with class="stack">
                {shown}
                <TextField
                    id="mot"
                    name="mot"
                    label="Ce que tu corriges"
                    value=word
                    hint=nb("« La réunion est à 19 h, pas à 18 h. »")
                    error=bad_word
                    maxlength=cap
                    required=true
                />
                <Tick
                    name="mail"
                    value="true"
                    title="Envoyer un second mail"
                    soft=nb("À tout le monde : seulement si l’erreur fait perdre du temps")
                    checked=mail
                />
                <button class="button button--main" type="submit">
                    "Corriger"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

/// It comes a week later, or not at all.
fn leaving(written: &Written) -> AnyView {
    let block = written.block.id.to_string();
    let back = typed().filter(|typed| typed.one("geste") == "refuser");
    let word = back.as_ref().map(|back| back.one("mot").to_owned()).unwrap_or_default();
    let bad_word = if back.is_some() {
        refused().of_field(|mistake| matches!(mistake, Mistake::WordMissing | Mistake::WordTooLong { .. }))
    } else {
        None
    };
    let with = vec![("lundi", iso_day(written.brief.monday)), ("block", block.clone())];
    let refusing = vec![("page", "bloc".to_owned()), ("block", block.clone())];
    let cap = u16::try_from(WORD_CAP).unwrap_or(u16::MAX);
    view! {
        <section class="section section--apart" aria-labelledby="pas-maintenant">
            <h3 id="pas-maintenant">"Pas cette semaine ?"</h3>
            <Posted to=POSTED_TO act="semaine" of=block.clone() with=with>
                <button class="button" type="submit">
                    "Garder pour la semaine prochaine"
                </button>
            </Posted>
            <details class="history" open=back.is_some()>
                <summary class="history__head">
                    "Refuser, avec un mot"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=POSTED_TO act="refuser" of=block with=refusing class="stack">
                    <TextField
                        id="mot"
                        name="mot"
                        label="Pourquoi"
                        value=word
                        hint=nb("L’auteur·e lit ce mot")
                        error=bad_word
                        maxlength=cap
                        required=true
                    />
                    <button class="button" type="submit">
                        "Refuser"
                    </button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}
