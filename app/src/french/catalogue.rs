//! Gammes de produits: prices, what is in a product, whether it is there, and what is wrong with what was typed.

use chrono::{Datelike, NaiveDate};
use domain::catalogue::{
    Allergen, Allergens, AmountMistake, BarcodeMistake, Carried, Cents, Composed, DayOfYear, ListMistake, Measure, Missing, Net,
    PRICE_CAP, PerMeasure, Presence, RATE_CAP, Rate, ReportMistake, Stock, SuggestionMistake, Verdict,
};

use super::dates::{date_long, date_short, date_with_year, month};
use super::typography::{NARROW, NO_BREAK, counted};
use super::{capitalized, nb};

/// « 3,50 € », « 1 234,50 € »
pub fn money(amount: Cents) -> String {
    let sign = if amount.0 < 0 { "−" } else { "" };
    let cents = amount.0.unsigned_abs();
    format!("{sign}{},{:02}{NO_BREAK}€", grouped(cents / 100), cents % 100)
}

/// « 12,40 €/kg », « 2,10 €/L »
pub fn per_measure(per: PerMeasure) -> String {
    let measure = match per.of {
        Measure::Gram => "kg",
        Measure::Millilitre => "L",
    };
    format!("{}/{measure}", money(per.price))
}

/// « 5,5 % »
pub fn rate(rate: Rate) -> String {
    format!("{}{NO_BREAK}%", decimal(u64::from(rate.0 / 100), u64::from(rate.0 % 100), 2))
}

/// « achat 2,00 € + marge 0,40 € + TVA 0,13 € = 2,53 € »
pub fn made_of(made: &Composed) -> String {
    let parts = [("achat", made.purchase), ("marge", made.margin), ("TVA", made.vat)];
    let shown = parts.map(|(word, part)| format!("{word} {}", money(part)));
    format!("{} = {}", shown.join(" + "), money(made.price))
}

/// « 500 g », « 1,5 kg », « 75 cl », « 1 L »
pub fn net(net: Net) -> String {
    let thousands = || decimal(u64::from(net.amount / 1_000), u64::from(net.amount % 1_000), 3);
    match net.of {
        Measure::Gram if net.amount < 1_000 => format!("{}{NO_BREAK}g", net.amount),
        Measure::Gram => format!("{}{NO_BREAK}kg", thousands()),
        Measure::Millilitre if net.amount >= 1_000 => format!("{}{NO_BREAK}L", thousands()),
        Measure::Millilitre if net.amount >= 100 && net.amount.is_multiple_of(10) => format!("{}{NO_BREAK}cl", net.amount / 10),
        Measure::Millilitre => format!("{}{NO_BREAK}ml", net.amount),
    }
}

/// What a label of the scales says: « 342 g », « 7,49 € »
pub fn carried(carried: Carried) -> String {
    match carried {
        Carried::Price(price) => money(price),
        Carried::Weight(grams) => net(Net { amount: grams, of: Measure::Gram }),
    }
}

/// « 1 234 »
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 6);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(NARROW);
        }
        out.push(digit);
    }
    out
}

/// « 5,5 »: `rest` is written with so many figures, and those that say nothing left off.
pub(super) fn decimal(whole: u64, rest: u64, figures: usize) -> String {
    let rest = format!("{rest:0figures$}");
    match rest.trim_end_matches('0') {
        "" => grouped(whole),
        rest => format!("{},{rest}", grouped(whole)),
    }
}

pub const fn allergen(allergen: Allergen) -> &'static str {
    match allergen {
        Allergen::Gluten => "gluten",
        Allergen::Crustaceans => "crustacés",
        Allergen::Eggs => "œufs",
        Allergen::Fish => "poisson",
        Allergen::Peanuts => "arachides",
        Allergen::Soya => "soja",
        Allergen::Milk => "lait",
        Allergen::Nuts => "fruits à coque",
        Allergen::Celery => "céleri",
        Allergen::Mustard => "moutarde",
        Allergen::Sesame => "sésame",
        Allergen::Sulphites => "sulfites",
        Allergen::Lupin => "lupin",
        Allergen::Molluscs => "mollusques",
    }
}

pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Contains => "contient",
        Presence::Traces => "traces possibles",
        Presence::Unknown => "inconnu",
    }
}

/// One line for each degree: « Contient : lait, soja. », « Traces possibles : sésame. », and one for what is said not to be in it;
/// where nobody ever said anything, that alone.
pub fn allergens(allergens: &Allergens) -> Vec<String> {
    if allergens.said_on().is_none() {
        return vec![nb("Allergènes inconnus : personne ne les a encore relevés. Regarde l’étiquette.")];
    }
    let mut others = Allergen::ALL.len();
    let mut lines = Vec::new();
    for degree in Presence::ALL {
        let names: Vec<&str> = allergens.with(degree).into_iter().map(allergen).collect();
        if !names.is_empty() {
            let look = if degree == Presence::Unknown { " Regarde l’étiquette." } else { "" };
            lines.push(nb(&format!("{} : {}.{look}", capitalized(presence(degree)), names.join(", "))));
            others -= names.len();
        }
    }
    match others {
        0 => {}
        1 => lines.push(nb("Le dernier des 14 à déclarer n’y est pas.")),
        14 => lines.push(nb("Aucun des 14 allergènes à déclarer.")),
        others => lines.push(nb(&format!("Les {others} autres à déclarer n’y sont pas."))),
    }
    lines
}

/// « Données du 12 novembre 2026. »; none where there are none.
pub fn allergens_of(allergens: &Allergens) -> Option<String> {
    allergens.said_on().map(|on| nb(&format!("Données du {}.", date_with_year(on))))
}

/// Whether it is there, where there is something to say: « nouveau », « de mai à septembre », « de retour le 12 décembre »,
/// « fin de série ».
pub fn stock(stock: Stock, today: NaiveDate) -> Option<String> {
    let said = match stock {
        Stock::InRange => return None,
        Stock::New { .. } => "nouveau".to_owned(),
        Stock::InSeason { from, to } => season(from, to),
        Stock::Ending => "fin de série".to_owned(),
        Stock::OutOfSeason { from, to } => format!("hors saison : {}", season(from, to)),
        Stock::Out { back: Some(back) } if back.year() == today.year() => format!("de retour le {}", date_long(back)),
        Stock::Out { back: Some(back) } => format!("de retour le {}", date_with_year(back)),
        Stock::Out { back: None } => "en rupture".to_owned(),
    };
    Some(nb(&said))
}

/// « de mai à septembre », « en mai », « du 15 mai au 30 septembre »
pub fn season(from: DayOfYear, to: DayOfYear) -> String {
    let named = |day: DayOfYear| month(u32::from(day.month));
    let whole_months = from.day == 1 && to.ends_month();
    if whole_months && (from.month, to.month) == (1, 12) {
        return "toute l’année".to_owned();
    }
    if whole_months && from.month == to.month {
        return format!("en {}", named(from));
    }
    if whole_months {
        let first = named(from);
        let of = if first.starts_with(['a', 'o']) { "d’" } else { "de " };
        return format!("{of}{first} à {}", named(to));
    }
    let day = |day: DayOfYear| match day.day {
        1 => format!("1er{NO_BREAK}{}", named(day)),
        number => format!("{number}{NO_BREAK}{}", named(day)),
    };
    if from == to { format!("le {}", day(from)) } else { format!("du {} au {}", day(from), day(to)) }
}

/// « Signalé absent le 23 nov. », « Signalé absent 3 fois depuis le 20 nov. »
pub fn missing(missing: &Missing) -> String {
    nb(&match missing.reports {
        0 | 1 => format!("Signalé absent le {}", date_short(missing.since)),
        _ if missing.since == missing.last => format!("Signalé absent {} fois le {}", missing.reports, date_short(missing.since)),
        reports => format!("Signalé absent {reports} fois depuis le {}", date_short(missing.since)),
    })
}

pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "oui",
        Verdict::No => "non",
        Verdict::Later => "plus tard",
    }
}

/// « 1 personne aimerait le trouver », « 3 personnes aimeraient le trouver »
pub fn wanted_by(people: usize) -> String {
    let verb = if people < 2 { "aimerait" } else { "aimeraient" };
    format!("{} {verb} le trouver", counted(people, "personne", "personnes"))
}

/// What is wrong with an amount of money.
pub fn amount_mistake(mistake: AmountMistake) -> String {
    nb(&match mistake {
        AmountMistake::Unreadable => "Écris un montant en euros : 3,50.".to_owned(),
        AmountMistake::TooPrecise => "Deux chiffres après la virgule au plus : on compte en centimes.".to_owned(),
        AmountMistake::Negative => "Un montant n’est jamais négatif.".to_owned(),
        AmountMistake::AboveCap => format!("C’est plus que {} : est-ce une faute de frappe ?", money(PRICE_CAP)),
    })
}

/// What is wrong with a rate.
pub fn rate_mistake(mistake: AmountMistake) -> String {
    nb(&match mistake {
        AmountMistake::Unreadable => "Écris un pourcentage : 5,5.".to_owned(),
        AmountMistake::TooPrecise => "Deux chiffres après la virgule au plus.".to_owned(),
        AmountMistake::Negative => "Un taux n’est jamais négatif.".to_owned(),
        AmountMistake::AboveCap => format!("Un taux va jusqu’à {}.", rate(RATE_CAP)),
    })
}

pub fn barcode_mistake(mistake: BarcodeMistake) -> String {
    nb(match mistake {
        BarcodeMistake::NotDigits => "Un code-barres n’a que des chiffres.",
        BarcodeMistake::Length => "Un code-barres a 8, 12 ou 13 chiffres.",
        BarcodeMistake::CheckDigit => "Un des chiffres est faux : le dernier, qui les contrôle, ne correspond pas.",
    })
}

pub fn list_mistake(mistake: ListMistake) -> String {
    nb(&match mistake {
        ListMistake::TextMissing => "Écris ce qu’il te faut.".to_owned(),
        ListMistake::TextTooLong { cap } => format!("C’est trop long : {cap} caractères au plus."),
        ListMistake::BadQuantity { cap } => format!("La quantité va de 1 à {cap}."),
        ListMistake::ListFull { cap } => format!("La liste est pleine : {cap} lignes au plus. Efface ce qui est coché."),
        ListMistake::TooManyFavourites { cap } => format!("Tu as déjà {cap} favoris : enlèves-en un d’abord."),
    })
}

pub fn suggestion_mistake(mistake: SuggestionMistake) -> String {
    nb(&match mistake {
        SuggestionMistake::TextMissing => "Écris ce que tu aimerais trouver.".to_owned(),
        SuggestionMistake::TextTooLong { cap } => format!("C’est trop long : {cap} caractères au plus."),
        SuggestionMistake::AlreadySuggested { .. } => "Quelqu’un l’a déjà demandé : tu peux dire « moi aussi ».".to_owned(),
        SuggestionMistake::TooManyOpen { cap } => {
            format!("Tu as déjà {cap} demandes sans réponse : attends qu’Approvisionnement y réponde.")
        }
        SuggestionMistake::YourOwn => "C’est ta demande : tu comptes déjà.".to_owned(),
        SuggestionMistake::AlreadyAnswered => "Approvisionnement a déjà répondu.".to_owned(),
        SuggestionMistake::WhyMissing => "Dis pourquoi, en quelques mots.".to_owned(),
        SuggestionMistake::WhyTooLong { cap } => format!("La réponse est trop longue : {cap} caractères au plus."),
    })
}

pub fn report_mistake(mistake: ReportMistake) -> String {
    nb(&match mistake {
        ReportMistake::KnownMissing => "C’est déjà noté : ce produit n’est pas en rayon en ce moment.".to_owned(),
        ReportMistake::BadDay { from, to } => {
            format!("On signale ce qui manquait entre le {} et le {}.", date_long(from), date_long(to))
        }
        ReportMistake::TooMany { cap } => format!("Tu as déjà signalé {cap} produits aujourd’hui. Merci !"),
    })
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
