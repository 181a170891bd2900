//! Every field of a product; beside each, whose it is.

use domain::catalogue::import::{Facts, Field as Of, Mapping, Owner, Part, owner};
use domain::catalogue::{
    Allergen, Allergens, Availability, ByHand, Cents, DayOfYear, Measure, Net, Presence, Rate, SoldBy, VAT_RATES, composed,
};
use domain::procedures::Fields;
use leptos::prelude::*;

use super::Choices;
use super::allergens::allergens;
use super::filled::{Filled, typed};
use super::form::Told;
use super::picture::{as_typed as picture_typed, picture};
use crate::french::catalogue::{made_of, money, rate};
use crate::french::catalogue_import::owner as whose;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::ui::{Field, TextField, in_textarea};

/// A product as somebody would have typed it; `coop`: the co-op's margin.
pub fn as_typed(facts: &Facts, by_hand: &ByHand, revision: i32, coop: Rate) -> Fields {
    let margin = if facts.margin.follows(coop) { String::new() } else { rate_typed(facts.margin.rate()) };
    let mut fields = vec![
        ("base", revision.to_string()),
        ("till_id", facts.till_id.clone().unwrap_or_default()),
        ("barcodes", facts.barcodes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        ("name", facts.name.clone()),
        ("brand", facts.brand.clone()),
        ("origin", facts.origin.clone()),
        ("range", facts.range.to_string()),
        ("supplier", facts.supplier.map(|supplier| supplier.to_string()).unwrap_or_default()),
        ("sold_by", sold_by_key(facts.sold_by).to_owned()),
        ("net", facts.net.map(net_typed).unwrap_or_default()),
        ("purchase", money_typed(facts.purchase)),
        ("margin", margin),
        ("vat", rate_typed(facts.vat)),
        ("deposit", if facts.deposit == Cents::ZERO { String::new() } else { money_typed(facts.deposit) }),
        ("labels", by_hand.labels.join(", ")),
        ("story", by_hand.story.clone()),
        ("allergens_on", by_hand.allergens.said_on().map(iso_day).unwrap_or_default()),
    ];
    fields.extend(availability_typed(&facts.availability));
    fields.extend(allergens_typed(&by_hand.allergens));
    if let Some(photo) = &by_hand.photo {
        fields.extend(picture_typed(photo));
    }
    typed(fields)
}

/// What a new one begins with: no margin of its own.
pub fn new_typed() -> Fields {
    let mut fields = vec![
        ("base", "0".to_owned()),
        ("sold_by", "piece".to_owned()),
        ("vat", "5,5".to_owned()),
        ("availability", "in_range".to_owned()),
    ];
    fields.extend(allergens_typed(&Allergens::Unknown));
    typed(fields)
}

fn allergens_typed(allergens: &Allergens) -> Vec<(&'static str, String)> {
    let said = |allergen: Allergen| (allergen.field(), Presence::typed(allergens.of(allergen)).to_owned());
    Allergen::ALL.into_iter().map(said).collect()
}

fn availability_typed(availability: &Availability) -> Vec<(&'static str, String)> {
    let of = |kind: &str| vec![("availability", kind.to_owned())];
    let until = |kind: &str, until: String| vec![("availability", kind.to_owned()), ("until", until)];
    match availability {
        Availability::InRange => of("in_range"),
        Availability::New { until: last } => until("new", iso_day(*last)),
        Availability::Seasonal { from, to } => {
            vec![("availability", "seasonal".to_owned()), ("from", day_typed(*from)), ("to", day_typed(*to))]
        }
        Availability::Out { until: None } => of("out"),
        Availability::Out { until: Some(back) } => until("out", iso_day(*back)),
        Availability::Ending => of("ending"),
    }
}

/// « 15/05 »
fn day_typed(day: DayOfYear) -> String {
    format!("{:02}/{:02}", day.day, day.month)
}

/// « 3,20 »
fn money_typed(cents: Cents) -> String {
    let whole = cents.0.unsigned_abs();
    format!("{},{:02}", whole / 100, whole % 100)
}

/// « 5,5 »
fn rate_typed(rate: Rate) -> String {
    let text = format!("{},{:02}", rate.0 / 100, rate.0 % 100);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// « 500 g »
fn net_typed(net: Net) -> String {
    let unit = match net.of {
        Measure::Gram => "g",
        Measure::Millilitre => "ml",
    };
    format!("{} {unit}", net.amount)
}

const fn sold_by_key(sold_by: SoldBy) -> &'static str {
    match sold_by {
        SoldBy::Piece => "piece",
        SoldBy::Weight => "weight",
        SoldBy::Volume => "volume",
    }
}

/// Where the till writes a field, its hint says so.
fn of_the_till(of: Of, last: &Mapping, hint: &str) -> String {
    match owner(Part::Of(of), last) {
        Owner::Till if hint.is_empty() => whose(Owner::Till).to_owned(),
        Owner::Till => format!("{hint}. {}", whose(Owner::Till)),
        Owner::Hand | Owner::Nobody => hint.to_owned(),
    }
}

/// `last`: the mapping of the last import; `coop`: the co-op's margin.
pub fn fields(filled: &Filled, choices: &Choices, last: &Mapping, coop: Rate, me: String) -> AnyView {
    view! {
        {part("Ce que c’est", what(filled, choices, last))}
        {part("Le prix", price(filled, last, coop))}
        {part("En rayon", on_the_shelf(filled, last))}
        {part("Les allergènes", allergens(filled))}
        {part("Son histoire", story(filled, me))}
    }
    .into_any()
}

/// A part of a long form, with its title.
pub fn part(title: &'static str, inside: AnyView) -> AnyView {
    view! {
        <fieldset class="organised__part">
            <legend class="organised__legend">{title}</legend>
            {inside}
        </fieldset>
    }
    .into_any()
}

/// A field of one line.
fn line(filled: &Filled, name: &'static str, label: &'static str, hint: &str, required: bool) -> AnyView {
    view! {
        <TextField
            id=name
            name=name
            label=label
            value=filled.one(name)
            hint=filled.hint(name, hint)
            error=filled.wrong(name)
            required=required
        />
    }
    .into_any()
}

/// A field to choose in; `none`: what stands for nothing.
fn choice(
    filled: &Filled,
    name: &'static str,
    label: &'static str,
    hint: &str,
    none: Option<&'static str>,
    known: &[(String, String)],
) -> AnyView {
    let chosen = filled.one(name);
    let called = |id: &str| known.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    let hint = filled.hint_as(name, hint, called);
    let wrong = filled.wrong(name);
    let described = crate::ui::field::described_by(name, hint.is_some(), wrong.is_some());
    let invalid = wrong.is_some().then_some("true");
    let options: Vec<_> = known
        .iter()
        .map(|(id, words)| {
            let selected = *id == chosen;
            view! {
                <option value=id.clone() selected=selected>
                    {nb(words)}
                </option>
            }
        })
        .collect();
    view! {
        <Field id=name label=label hint=hint error=wrong>
            <select class="field__input" id=name name=name aria-describedby=described aria-invalid=invalid>
                {none.map(|none| view! { <option value="">{none}</option> })}
                {options}
            </select>
        </Field>
    }
    .into_any()
}

fn what(filled: &Filled, choices: &Choices, last: &Mapping) -> AnyView {
    let of = |field, hint| of_the_till(field, last, hint);
    // In a shop that begins there is nothing to choose yet.
    let range = if choices.ranges.is_empty() { "Ajoute d’abord un rayon : Approvisionnement, « Les rayons »" } else { "" };
    view! {
        {line(filled, "name", "Nom", &of(Of::Name, ""), true)}
        {line(filled, "brand", "Marque", &of(Of::Brand, ""), false)}
        {choice(filled, "range", "Rayon", &of(Of::Range, range), Some("Choisis"), &choices.ranges)}
        {choice(filled, "supplier", "Fournisseur", &of(Of::Supplier, ""), Some("Personne en particulier"), &choices.suppliers)}
        {line(filled, "origin", "Origine", &of(Of::Origin, "« Haute-Savoie », « Espagne »"), false)}
        {line(filled, "labels", "Labels", "Séparés par des virgules : AB, Demeter", false)}
        {area(filled, "barcodes", "Codes-barres", &of(Of::Barcode, "Un par ligne"), "2", false)}
        {line(filled, "till_id", "Code article de la caisse", &of(Of::TillId, ""), false)}
    }
    .into_any()
}

fn price(filled: &Filled, last: &Mapping, coop: Rate) -> AnyView {
    let of = |field, hint: &str| of_the_till(field, last, hint);
    let margin = format!("Rien : celle de la coop, {}, et il la suit si elle change", rate(coop));
    let pair = |id: &str, words: &str| (id.to_owned(), words.to_owned());
    let sold = [pair("piece", "À la pièce"), pair("weight", "Au poids, le kilo"), pair("volume", "Au volume, le litre")];
    let rates: Vec<(String, String)> = VAT_RATES.into_iter().map(|known| (rate_typed(known), rate(known))).collect();
    view! {
        {choice(filled, "sold_by", "Se vend", &of(Of::SoldBy, ""), None, &sold)}
        {line(filled, "net", "Contenu net d’une pièce", &of(Of::Net, "500 g, 75 cl, 6 x 33 cl"), false)}
        {line(filled, "purchase", "Prix d’achat hors taxe, en euros", &of(Of::Purchase, ""), true)}
        {line(filled, "margin", "Marge à lui, en %", &of(Of::Margin, &margin), false)}
        {choice(filled, "vat", "TVA", &of(Of::Vat, ""), None, &rates)}
        {line(filled, "deposit", "Consigne, en euros", &of(Of::Deposit, "Rien : sans consigne"), false)}
        {made(filled, coop)}
        <button class="button button--soft" type="submit" name="apercu" value="oui" formnovalidate>
            "Voir le prix et l’histoire"
        </button>
    }
    .into_any()
}

/// What the price is made of, as far as it can be read.
fn made(filled: &Filled, coop: Rate) -> AnyView {
    let purchase = Cents::parse(&filled.one("purchase")).ok();
    let own = filled.one("margin");
    let margin = if own.is_empty() { Some(coop) } else { Rate::parse(&own).ok() };
    let rates = margin.zip(Rate::parse(&filled.one("vat")).ok());
    let Some((purchase, (margin, vat))) = purchase.filter(|purchase| *purchase > Cents::ZERO).zip(rates) else {
        return ().into_any();
    };
    let made = composed(purchase, margin, vat);
    let of = match filled.one("sold_by").as_str() {
        "weight" => " le kilo",
        "volume" => " le litre",
        _ => "",
    };
    let price = format!("{}{of}", money(made.price));
    view! {
        <p class="supply__price" id="prix">
            <strong>{price}</strong>
            <span class="soft">{made_of(&made)}</span>
        </p>
    }
    .into_any()
}

fn on_the_shelf(filled: &Filled, last: &Mapping) -> AnyView {
    let pair = |id: &str, words: &str| (id.to_owned(), words.to_owned());
    let known = [
        pair("in_range", "En rayon"),
        pair("new", "Nouveau, jusqu’au jour ci-dessous"),
        pair("seasonal", "De saison, entre les deux jours ci-dessous"),
        pair("out", "En rupture, de retour le jour ci-dessous"),
        pair("ending", "Fin de série"),
    ];
    let hint = of_the_till(Of::Availability, last, "");
    let until = filled.hint("until", "Pour « nouveau » et « en rupture ». Rien : on ne sait pas quand il revient");
    view! {
        {choice(filled, "availability", "Disponibilité", &hint, None, &known)}
        <TextField
            id="until"
            name="until"
            kind="date"
            label="Jusqu’au, ou de retour le"
            value=filled.one("until")
            hint=until
            error=filled.wrong("until")
        />
        {line(filled, "from", "De saison du", "15/05, ou 15 mai : chaque année", false)}
        {line(filled, "to", "De saison au", "30/09, ou 30 septembre", false)}
    }
    .into_any()
}

fn story(filled: &Filled, me: String) -> AnyView {
    let told = use_context::<Told>().map(|Told(html)| html).filter(|html| !html.is_empty());
    let told = told.map(|html| {
        view! {
            <section class="card supply__told" aria-labelledby="histoire-lue">
                <h3 id="histoire-lue">{nb("Ce que les membres liront")}</h3>
                <div class="prose" inner_html=html></div>
            </section>
        }
    });
    view! {
        {prose(filled)}
        {told}
        {picture(filled, me)}
    }
    .into_any()
}

/// The story, with its toolbar and its preview.
pub fn prose(filled: &Filled) -> AnyView {
    area(filled, "story", "L’histoire", "Avec la barre d’outils, ou en Markdown : **gras**, *italique*, - liste", "8", true)
}

pub fn area(filled: &Filled, name: &'static str, label: &'static str, hint: &str, rows: &'static str, is_prose: bool) -> AnyView {
    let wrong = filled.wrong(name);
    let described = crate::ui::field::described_by(name, true, wrong.is_some());
    let invalid = wrong.is_some().then_some("true");
    let typed = filled.one(name);
    let now = filled.now(name).map(|now| {
        let now = if now.is_empty() { nb("Maintenant : rien") } else { format!("{}\n{now}", nb("Maintenant :")) };
        view! { <p class="field__hint versions__text">{now}</p> }
    });
    view! {
        <Field id=name label=label hint=nb(hint) error=wrong>
            <textarea
                class="field__input"
                id=name
                name=name
                rows=rows
                data-prose=is_prose
                aria-describedby=described
                aria-invalid=invalid
            >
                {in_textarea(&typed)}
            </textarea>
        </Field>
        {now}
    }
    .into_any()
}
