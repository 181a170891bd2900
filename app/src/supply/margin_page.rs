//! The margin of the co-op: what it is, what another one would change, and every version of it; and how the scales are set.

use domain::catalogue::{AmountMistake, MARGIN_WHY_CAP, MarginInHand, MarginPreview, MarginVersion, MovedPrice, WeighedRule};
use domain::time::Instant;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::filled::{Filled, typed};
use super::form::{MARGIN, NotDone, POSTED_TO, apart, came_back};
use super::product_form::area;
use crate::acts::Noted;
use crate::api::{ApiError, Text};
use crate::asked::Asked;
use crate::french::catalogue::{money, rate, rate_mistake};
use crate::french::dates::moment;
use crate::french::nb;
use crate::french::supply::done;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::TextField;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarginPage {
    pub in_hand: MarginInHand,
    /// Who made each version, in their order.
    pub by: Vec<String>,
    /// As it was typed; nothing where nothing is asked.
    pub asked: String,
    pub wrong: Option<AmountMistake>,
    pub scales: Vec<WeighedRule>,
    pub as_of: Instant,
}

/// The margin, and what the one that is asked for would change.
#[server(prefix = "/api", endpoint = "v1/supply/margin", input = GetUrl, output = Post<Text>)]
pub async fn supply_margin(asked: String) -> Result<MarginPage, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let asked = asked.trim().to_owned();
    let read = (!asked.is_empty()).then(|| domain::catalogue::Rate::parse(&asked));
    let wanted = read.and_then(Result::ok);
    let in_hand = backend::catalogue::margin(&backend, who.member, wanted).await.map_err(api_error)?;
    let scales = backend::catalogue::scales(&backend, who.member).await.map_err(api_error)?;
    let shared = expect_context::<std::sync::Arc<backend::snapshots::Shared>>();
    let at = shared.seen(&backend, &who).await.map_err(api_error)?;
    let by = in_hand.versions.iter().map(|version| at.calendar.name(version.by).to_string()).collect();
    Ok(MarginPage { in_hand, by, asked, wrong: read.and_then(Result::err), scales, as_of: backend.now() })
}

#[component]
pub fn SupplyMarginPage() -> impl IntoView {
    let query = use_query_map();
    // What came back asks for the same again.
    let back = came_back("marge");
    let why = back.as_ref().map(|back| back.one("why").to_owned()).unwrap_or_default();
    let back = back.map(|back| back.one("margin").to_owned());
    let asks = move || back.clone().unwrap_or_else(|| query.with(|query| query.get("marge")).unwrap_or_default());
    let asked = Asked::new_blocking(asks, supply_margin);
    view! {
        <Still title="La marge" back=(POSTED_TO, "Approvisionnement")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait, &why))
            }}
        </Still>
    }
}

fn page(answer: Result<MarginPage, ApiError>, fait: &str, why: &str) -> AnyView {
    let MarginPage { in_hand, by, asked, wrong, scales, as_of } = match answer {
        Ok(page) => page,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let lead = format!("La coop ajoute {} au prix d’achat de tout produit qui n’a pas une marge à lui.", rate(in_hand.margin));
    let same = (!asked.is_empty() && wrong.is_none() && in_hand.preview.is_none())
        .then(|| view! { <p role="status">{nb("C’est déjà la marge d’aujourd’hui.")}</p> });
    let base = in_hand.versions.len();
    let preview = in_hand.preview.map(|preview| previewed(preview, base, why.to_owned()));
    view! {
        {said}
        <NotDone/>
        <p class="page__lead">{nb(&lead)}</p>
        <form method="get" action=MARGIN class="stack">
            <TextField
                id="marge"
                name="marge"
                label="Une autre marge, en %"
                value=asked
                hint=nb("Rien ne change encore : tu vois d’abord les prix qui changeraient.")
                error=wrong.map(rate_mistake)
                inputmode="decimal"
                required=true
            />
            <button class="button" type="submit">
                "Voir ce que ça change"
            </button>
        </form>
        {same}
        {preview}
        {history(in_hand.versions, by, as_of)}
        {labels(&scales)}
    }
    .into_any()
}

/// How the labels of the scales are read.
fn labels(scales: &[WeighedRule]) -> AnyView {
    let rules: Vec<String> = scales.iter().map(|rule| rule.typed()).collect();
    let filled = Filled::of("balances", typed(vec![("scales", rules.join("\n"))]));
    let hint = "Un préfixe par ligne : 02 ou 20 à 29, « prix » (en centimes) ou « poids » (en grammes), puis combien de chiffres a l’article. « vérifié » au bout, s’il y a un chiffre de contrôle du prix. Rien : les réglages habituels.";
    let field = area(&filled, "scales", "Ce que disent leurs codes-barres", hint, "4", false);
    view! {
        <section class="section section--apart" aria-labelledby="balances">
            <h2 id="balances">{nb("Les étiquettes de la balance")}</h2>
            <Posted to=POSTED_TO act="balances" of="" class="stack">
                {field}
                <button class="button" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

/// « Avec 21 % : 482 prix changent. »
fn previewed(preview: MarginPreview, base: usize, why: String) -> AnyView {
    let MarginPreview { is, prices, own, examples } = preview;
    let title = nb(&format!("Avec {}", rate(is)));
    let said = prices_change(prices);
    let own = (own > 0).then(|| {
        let keep = if own == 1 { "garde la marge qu’il a à lui" } else { "gardent la marge qu’ils ont à eux" };
        let said = format!("{} {keep}.", counted(number(own), "produit", "produits"));
        view! { <p class="soft">{nb(&said)}</p> }
    });
    let left = number(prices).saturating_sub(examples.len());
    let rows: Vec<_> = examples.into_iter().map(moved).collect();
    let more = (left > 0).then(|| {
        let said = format!("Et {}.", counted(left, "autre prix", "autres prix"));
        view! { <p class="soft">{nb(&said)}</p> }
    });
    // In hundredths of a per cent it would be read otherwise.
    let margin = rate(is).trim_end_matches(['%', '\u{a0}', '\u{202f}']).to_owned();
    let with = vec![("margin", margin.clone()), ("base", base.to_string())];
    let of = format!("{base} {margin}");
    view! {
        <section class="section section--apart" aria-labelledby="apercu">
            <h2 id="apercu">{title}</h2>
            <p role="status">{said}</p>
            {own}
            <ul class="list">{rows}</ul>
            {more}
            <Posted to=POSTED_TO act="marge" of=of with=with class="stack">
                <TextField
                    id="why"
                    name="why"
                    label="Pourquoi"
                    value=why
                    hint=nb("Une décision, une date : les autres le liront ici.")
                    maxlength=u16::try_from(MARGIN_WHY_CAP).unwrap_or(u16::MAX)
                    required=true
                />
                <button class="button button--main" type="submit">
                    "Changer la marge"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

/// « 482 prix changent. »
fn prices_change(prices: u32) -> String {
    nb(&match prices {
        0 => "Aucun prix ne change.".to_owned(),
        1 => "1 prix change.".to_owned(),
        many => format!("{many} prix changent."),
    })
}

/// « Lentilles vertes : 2,53 € → 2,55 € »
fn moved(of: MovedPrice) -> AnyView {
    let said = format!("{} → {}", money(of.was), money(of.is));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{nb(&of.name)}</span>
                <span class="row__soft">{nb(&said)}</span>
            </span>
        </li>
    }
    .into_any()
}

fn history(versions: Vec<MarginVersion>, by: Vec<String>, as_of: Instant) -> AnyView {
    let rows: Vec<_> = versions.into_iter().zip(by).map(|(version, by)| version_of(version, &by, as_of)).collect();
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb("Elle n’a jamais changé : c’est celle du départ.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="versions">
            <h2 id="versions">"Toutes ses versions"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn version_of(version: MarginVersion, by: &str, as_of: Instant) -> AnyView {
    let MarginVersion { was, is, why, prices, at, .. } = version;
    let title = nb(&format!("{} → {}", rate(was), rate(is)));
    let mut soft = vec![format!("{by}, {}", moment(at, as_of)), prices_change(prices).trim_end_matches('.').to_owned()];
    soft.extend((!why.is_empty()).then(|| format!("« {why} »")));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{title}</span>
                <span class="row__soft">{nb(&soft.join(" · "))}</span>
            </span>
        </li>
    }
    .into_any()
}

fn number(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
