//! What is in the issue, in its order. Every act is a button with a name of its own: no dragging.

use domain::brief::{Block, COUNT_CAP, INTRO_CAP, Mistake, Piece, PieceKey, Source, Workshop};
use domain::procedures::Fields;
use leptos::prelude::*;

use super::form::{POSTED_TO, refused, typed};
use super::words::source_about;
use crate::french::brief::source as source_word;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::ui::{Chip, ChipLook, Field, Icon, TextField};

#[component]
pub fn Pieces(workshop: Workshop) -> impl IntoView {
    let open = workshop.brief.stage.editable().is_ok();
    let count = workshop.brief.pieces.len();
    let rows = workshop
        .brief
        .pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| row(&workshop, piece, Place { first: at == 0, last: at + 1 == count, open }))
        .collect_view();
    let nothing = (count == 0).then(|| {
        view! {
            <p class="soft">
                {nb("Rien encore : place une contribution, ou ajoute un bloc vivant, qui se remplit tout seul.")}
            </p>
        }
    });
    let missing: Vec<Source> = Source::ALL
        .into_iter()
        .filter(|source| !workshop.brief.pieces.iter().any(|piece| piece.key() == PieceKey::Live(*source)))
        .collect();
    let monday = iso_day(workshop.brief.monday);
    view! {
        <section class="section section--apart" aria-labelledby="contenu-de-la-breve">
            <h3 id="contenu-de-la-breve">"Dans la brève"</h3>
            {nothing}
            <ol class="pieces">{rows}</ol>
            {(open && !missing.is_empty()).then(|| new_live(&missing, &monday))}
        </section>
    }
}

/// Where a piece stands, and whether it may move.
#[derive(Clone, Copy)]
struct Place {
    first: bool,
    last: bool,
    open: bool,
}

fn row(workshop: &Workshop, piece: &Piece, place: Place) -> AnyView {
    let monday = iso_day(workshop.brief.monday);
    let key = piece.key();
    let (title, body, more) = match piece {
        Piece::Written { block } => match workshop.block(*block).filter(|block| block.is_proposed() || !place.open) {
            Some(block) => (block.said.title.clone(), about(workshop, block), Some(written_acts(block, place.open))),
            // Withdrawn by its author: it is not in what goes out.
            None => ("Un bloc retiré par son auteur·e".to_owned(), ().into_any(), None),
        },
        Piece::Live { source, count, intro } => {
            let said = format!("Bloc vivant · {}", counted(usize::from(*count), "ligne", "lignes"));
            let body = view! {
                <p class="soft">{nb(&said)}</p>
                {(!intro.is_empty()).then(|| view! { <p>{nb(intro)}</p> })}
            };
            (source_word(*source).to_owned(), body.into_any(), place.open.then(|| change_live(piece, &monday)))
        }
    };
    let moves = place.open.then(|| {
        let button = |act: &'static str, word: &'static str| {
            let label = format!("{word} « {title} »");
            let with = vec![("lundi", monday.clone()), ("piece", key.to_string())];
            view! {
                <Posted to=POSTED_TO act=act of=key.to_string() with=with>
                    <button class="button button--quiet" type="submit" aria-label=nb(&label)>
                        {word}
                    </button>
                </Posted>
            }
        };
        view! {
            {(!place.first).then(|| button("monter", "Monter"))}
            {(!place.last).then(|| button("descendre", "Descendre"))}
            {button("retirer", "Retirer")}
        }
    });
    view! {
        <li class="pieces__piece card" id=key.to_string() tabindex="-1">
            <h4 class="card__title">{nb(&title)}</h4>
            {body}
            <div class="pieces__acts">{moves}</div>
            {more}
        </li>
    }
    .into_any()
}

/// In whose name, by whom, whether it is ready.
pub fn about(workshop: &Workshop, block: &Block) -> AnyView {
    let by = format!("{} · {}", workshop.group(block.group), workshop.who(block.by));
    let ready = if block.ready { (ChipLook::Done, "Prêt") } else { (ChipLook::Waiting, "Pas encore prêt") };
    let twice = (!block.beside.is_empty()).then(|| {
        let versions = counted(block.beside.len() + 1, "version", "versions");
        view! {
            <a href=format!("{POSTED_TO}/bloc/{}#versions", block.id)>
                <Chip look=ChipLook::Missing>{versions}" : à régler"</Chip>
            </a>
        }
    });
    view! {
        <p class="soft">{nb(&by)}</p>
        <p class="cluster">
            <Chip look=ready.0>{ready.1}</Chip>
            {block.public.then(|| view! { <Chip>"Public"</Chip> })}
            {block.said.picture.is_some().then(|| view! { <Chip>"Avec une image"</Chip> })}
            {twice}
        </p>
    }
    .into_any()
}

fn written_acts(block: &Block, open: bool) -> AnyView {
    let word = if open { "Relire et modifier" } else { "Voir" };
    let label = format!("{word} « {} »", block.said.title);
    view! {
        <a class="button button--soft" href=format!("{POSTED_TO}/bloc/{}", block.id) aria-label=nb(&label)>
            {word}
        </a>
    }
    .into_any()
}

fn change_live(piece: &Piece, monday: &str) -> AnyView {
    let Piece::Live { source, count, intro } = piece else { return ().into_any() };
    let back = typed().filter(|typed| typed.one("geste") == "vif-changer" && typed.one("source") == source.as_str());
    let open = back.is_some();
    let value = |name: &'static str, known: String| back.as_ref().map_or(known, |back| back.one(name).to_owned());
    let values = (value("combien", count.to_string()), value("intro", intro.clone()));
    let with = vec![("lundi", monday.to_owned()), ("source", source.as_str().to_owned())];
    let fields = live_fields(source.as_str(), values, open);
    let label = nb(&format!("Enregistrer « {} »", source_word(*source)));
    view! {
        <details class="history" open=open>
            <summary class="history__head">
                "Changer"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act="vif-changer" of=source.as_str() with=with class="stack">
                {fields}
                <button class="button" type="submit" aria-label=label>
                    "Enregistrer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn live_fields(of: &str, (count, intro): (String, String), back: bool) -> AnyView {
    let refused = if back { refused() } else { Default::default() };
    let bad_count = refused.of_field(|mistake| matches!(mistake, Mistake::BadCount { .. }));
    let bad_intro = refused.of_field(|mistake| matches!(mistake, Mistake::IntroTooLong { .. }));
    let hint = format!("De 1 à {COUNT_CAP}");
    let cap = u16::try_from(INTRO_CAP).unwrap_or(u16::MAX);
    view! {
        <TextField
            id=format!("combien-{of}")
            name="combien"
            label="Combien de lignes"
            value=count
            hint=hint
            error=bad_count
            inputmode="numeric"
            required=true
        />
        <TextField
            id=format!("intro-{of}")
            name="intro"
            label="Quelques mots avant"
            value=intro
            hint="Facultatif"
            error=bad_intro
            maxlength=cap
        />
    }
    .into_any()
}

fn new_live(missing: &[Source], monday: &str) -> AnyView {
    let back = typed().filter(|typed| typed.one("geste") == "vif");
    let value = |name: &'static str, otherwise: &str| {
        back.as_ref().map_or(otherwise.to_owned(), |back: &Fields| back.one(name).to_owned())
    };
    let chosen = value("source", "");
    let options = missing
        .iter()
        .map(|source| {
            let words = format!("{} : {}", source_word(*source), source_about(*source).to_lowercase());
            view! {
                <option value=source.as_str() selected=chosen == source.as_str()>
                    {nb(&words)}
                </option>
            }
        })
        .collect_view();
    let bad_source = if back.is_some() {
        refused().of_field(|mistake| matches!(mistake, Mistake::BadSource | Mistake::SourceThere))
    } else {
        None
    };
    let values = (value("combien", "5"), value("intro", ""));
    let open = back.is_some();
    let fields = live_fields("neuf", values, open);
    view! {
        <details class="history" open=open>
            <summary class="history__head">
                "Ajouter un bloc vivant"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Il se remplit tout seul, et se fige quand la brève paraît.")}</p>
            <Posted to=POSTED_TO act="vif" of="" with=vec![("lundi", monday.to_owned())] class="stack">
                <Field id="source" label="De quoi" error=bad_source>
                    <select class="field__input" id="source" name="source">{options}</select>
                </Field>
                {fields}
                <button class="button button--fill" type="submit">
                    "Ajouter"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
