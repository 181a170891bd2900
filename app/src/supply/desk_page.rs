//! « Tenir les gammes »: what is to do, a search, and the ways to everything else.

use domain::catalogue::import::ImportLine;
use domain::catalogue::{ANSWER_CAP, Missing, MissingOf, Verdict};
use domain::command::Command;
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::form::{IMPORT, MARGIN, NEW_PRODUCT, NotDone, POSTED_TO, PRODUCT, RANGES, SUPPLIERS, apart};
use super::{Asking, Asks, Desk, Row, Rows, supply_desk};
use crate::acts::{Noted, PlainAct};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::catalogue::address::encoded;
use crate::catalogue::thumb::thumb;
use crate::french::catalogue::{missing as told_missing, wanted_by};
use crate::french::dates::{ago, moment};
use crate::french::nb;
use crate::french::supply::{counts, done, search_found};
use crate::french::typography::counted;
use crate::leaves::leaves;
use crate::still::Still;
use crate::ui::{Field, Icon, RowLink, TextField};

/// What the address asks for: what was typed, and a leaf of each list.
#[derive(Clone, PartialEq)]
struct Wanted {
    typed: String,
    asks: Asks,
    /// What was opened stays open on its next leaf.
    open: [bool; 2],
}

/// Which leaf of each list, in an address.
const FOUND: &str = "page";
const WITHOUT_ALLERGENS: &str = "allergenes";
const WITHOUT_PHOTO: &str = "photo";

impl Wanted {
    fn read(query: &ParamsMap) -> Wanted {
        let leaf = |name: &str| query.get(name).and_then(|page| page.parse().ok());
        let (allergens, photo): (Option<usize>, Option<usize>) = (leaf(WITHOUT_ALLERGENS), leaf(WITHOUT_PHOTO));
        Wanted {
            typed: query.get("q").unwrap_or_default(),
            asks: Asks {
                found: leaf(FOUND).unwrap_or(1),
                without_allergens: allergens.unwrap_or(1),
                without_photo: photo.unwrap_or(1),
            },
            open: [allergens.is_some(), photo.is_some()],
        }
    }

    /// Another leaf of one list, the others as they are; `at`: where the list stands on the page.
    fn address(&self, list: &'static str, page: usize, at: &str) -> String {
        let mut parts = Vec::new();
        if !self.typed.trim().is_empty() {
            parts.push(format!("q={}", encoded(&self.typed)));
        }
        let asked = |name: &str, known: usize| if name == list { page } else { known };
        let Asks { found, without_allergens, without_photo } = self.asks;
        let leaves = [(FOUND, found), (WITHOUT_ALLERGENS, without_allergens), (WITHOUT_PHOTO, without_photo)];
        // The first leaf needs no word, but for the list that is to be open.
        let named = leaves.into_iter().map(|(name, known)| (name, asked(name, known)));
        parts.extend(named.filter(|(name, page)| *page > 1 || *name == list).map(|(name, page)| format!("{name}={page}")));
        format!("{POSTED_TO}?{}#{at}", parts.join("&"))
    }
}

#[component]
pub fn SupplyPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = move || query.with(Wanted::read);
    let asked = Asked::new_blocking(wanted, |Wanted { typed, asks, .. }: Wanted| {
        supply_desk(typed, asks.found, asks.without_allergens, asks.without_photo)
    });
    view! {
        <Still title="Tenir les gammes" back=("/moi", "Moi")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait, &wanted()))
            }}
        </Still>
    }
}

fn page(answer: Result<Desk, ApiError>, fait: &str, wanted: &Wanted) -> AnyView {
    let desk = match answer {
        Ok(desk) => desk,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let found = (!wanted.typed.trim().is_empty()).then(|| found(&desk.found, wanted));
    let [allergens_open, photo_open] = wanted.open;
    let without_allergens = Incomplete {
        id: "sans-allergenes",
        title: "Sans allergènes",
        none: "Aucun produit n’attend ses allergènes.",
        key: WITHOUT_ALLERGENS,
        open: allergens_open,
    };
    let without_photo = Incomplete {
        id: "sans-photo",
        title: "Sans photo",
        none: "Aucun produit n’attend de photo.",
        key: WITHOUT_PHOTO,
        open: photo_open,
    };
    view! {
        {said}
        <NotDone/>
        {search(&wanted.typed)}
        {found}
        <p class="cluster">
            <a class="button button--main" href=NEW_PRODUCT>"Ajouter un produit"</a>
        </p>
        {wishes(&desk)}
        {absent(&desk)}
        {incomplete(without_allergens, &desk.without_allergens, wanted)}
        {incomplete(without_photo, &desk.without_photo, wanted)}
        {ways(desk.last.as_ref(), desk.as_of)}
    }
    .into_any()
}

fn search(typed: &str) -> AnyView {
    view! {
        <form method="get" action=POSTED_TO class="supply__search" role="search">
            <TextField
                id="q"
                name="q"
                kind="search"
                label="Chercher un produit"
                value=typed.to_owned()
                hint=nb("Un nom, une marque")
            />
            <button class="button" type="submit">
                "Chercher"
            </button>
        </form>
    }
    .into_any()
}

fn found(list: &Rows, wanted: &Wanted) -> AnyView {
    let rows: Vec<_> = list.rows.iter().map(row).collect();
    let others = leaves(list.leaf, "Pages des produits trouvés", &|page| wanted.address(FOUND, page, "trouves"));
    view! {
        <section class="section" aria-labelledby="trouves">
            <h2 id="trouves">{search_found(list.leaf.total)}</h2>
            <ul class="list">{rows}</ul>
            {others}
        </section>
    }
    .into_any()
}

fn row(row: &Row) -> AnyView {
    let href = format!("{PRODUCT}/{}", row.id);
    view! {
        <li class="row">
            {thumb(&row.name, row.thumbnail)}
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&row.name)}
                </a>
                <span class="row__soft">{nb(&row.about)}</span>
            </span>
        </li>
    }
    .into_any()
}

/// What members would like to find, each with its three answers.
fn wishes(desk: &Desk) -> AnyView {
    let cards: Vec<_> = desk.wishes.iter().map(|wish| asking(wish, desk.as_of)).collect();
    let body = if cards.is_empty() {
        view! { <p class="soft">{nb("Aucune demande n’attend de réponse.")}</p> }.into_any()
    } else {
        view! { <div class="stack">{cards}</div> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="demandes">
            <h2 id="demandes">{nb("« J’aimerais trouver… »")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn asking(wish: &Asking, as_of: Instant) -> AnyView {
    let id = format!("demande-{}", wish.id);
    let named_by = id.clone();
    let about = format!("{} · {}, {}", wanted_by(wish.wanted_by), wish.by, ago(wish.at, as_of));
    let later = wish.later.as_ref().map(|why| nb(&format!("Plus tard : « {why} »")));
    let answers: Vec<_> = [(Verdict::Yes, "Oui"), (Verdict::Later, "Plus tard"), (Verdict::No, "Non")]
        .into_iter()
        .map(|(verdict, word)| answer(wish, verdict, word))
        .collect();
    view! {
        <article class="card" aria-labelledby=named_by>
            <h3 class="card__title" id=id>{nb(&wish.text)}</h3>
            <p class="card__soft">{nb(&about)}</p>
            {later.map(|later| view! { <p class="card__soft">{later}</p> })}
            <details class="history">
                <summary class="history__head">
                    "Répondre"
                    <Icon name="chevron-down"/>
                </summary>
                <div class="supply__answers">{answers}</div>
            </details>
        </article>
    }
    .into_any()
}

/// One form for each answer: it says what it does.
fn answer(wish: &Asking, verdict: Verdict, word: &'static str) -> AnyView {
    let (key, label, required) = match verdict {
        Verdict::Yes => ("oui", "Un mot, si tu veux", false),
        Verdict::Later => ("plus-tard", "Pourquoi, et quand", true),
        Verdict::No => ("non", "Pourquoi", true),
    };
    let field = format!("mot-{key}-{}", wish.id);
    let said = nb(&format!("{word} : {}", wish.text));
    let command = Command::AnswerSuggestion { suggestion: wish.id, verdict, why: String::new() };
    view! {
        <PlainAct command=command back=POSTED_TO typed=true class="stack">
            <Field id=field.clone() label=label>
                <input class="field__input" id=field name="why" maxlength=ANSWER_CAP.to_string() required=required/>
            </Field>
            <button class="button" type="submit" aria-label=said>
                {word}
            </button>
        </PlainAct>
    }
    .into_any()
}

/// What members did not find.
fn absent(desk: &Desk) -> AnyView {
    let rows: Vec<_> = desk.missing.iter().map(|(missing, product)| gone(missing, product)).collect();
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb("Rien n’est signalé absent.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="absents">
            <h2 id="absents">{nb("« Plus en rayon »")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn gone(of: &MissingOf, product: &Row) -> AnyView {
    let href = format!("{PRODUCT}/{}", of.product);
    let told = told_missing(&Missing { since: of.since, last: of.last, reports: usize::from(of.reports) });
    let label = nb(&format!("C’est réglé : {}", product.name));
    view! {
        <li class="row">
            {thumb(&product.name, product.thumbnail)}
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&product.name)}
                </a>
                <span class="row__soft">{told}</span>
            </span>
            <PlainAct command=Command::CloseReport { product: of.product } back=POSTED_TO class="supply__undo">
                <button class="button button--soft" type="submit" aria-label=label>
                    "C’est réglé"
                </button>
            </PlainAct>
        </li>
    }
    .into_any()
}

/// A list of products that lack something.
struct Incomplete {
    id: &'static str,
    title: &'static str,
    /// Said where none does.
    none: &'static str,
    /// What its leaf is called in an address.
    key: &'static str,
    open: bool,
}

fn incomplete(of: Incomplete, list: &Rows, wanted: &Wanted) -> AnyView {
    let Incomplete { id, title, none, key, open } = of;
    if list.leaf.total == 0 {
        return view! {
            <section class="section section--apart" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <p class="soft">{nb(none)}</p>
            </section>
        }
        .into_any();
    }
    let count = counted(list.leaf.total, "produit", "produits");
    let rows: Vec<_> = list.rows.iter().map(row).collect();
    let others = leaves(list.leaf, title, &|page| wanted.address(key, page, id));
    view! {
        <section class="section section--apart" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <details class="history" open=open>
                <summary class="history__head">
                    {count}
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="list">{rows}</ul>
                {others}
            </details>
        </section>
    }
    .into_any()
}

fn ways(last: Option<&ImportLine>, as_of: Instant) -> AnyView {
    let last = last.map(|last| format!("Le dernier : {}, {}", moment(last.approved_at, as_of), counts(&last.counts)));
    let last = nb(&last.unwrap_or_else(|| "Aucun fichier importé pour l’instant".to_owned()));
    view! {
        <nav class="section section--apart" aria-label="Le reste">
            <ul class="list">
                <RowLink icon="download" href=IMPORT title="Le fichier de la caisse" soft=last/>
                <RowLink icon="truck" href=SUPPLIERS title="Les fournisseurs" soft="Qui, où, quels jours, leur histoire"/>
                <RowLink icon="calculator" href=MARGIN title="La marge" soft="Ce que la coop ajoute au prix d’achat"/>
                <RowLink icon="list-checks" href=RANGES title="Les rayons" soft="Leurs noms, leur ordre"/>
            </ul>
        </nav>
    }
    .into_any()
}
