//! What organisers read: what is wrong, what was done, how an event is told.

use domain::event::{Answer, Counts, Mistake, Party, Price, Rhythm, Rule, RuleMistake, Standing, State};
use domain::time::{Instant, paris_day};

use super::dates::{date_with_year, day_and_hour, moment, weekday};
use super::typography::counted;

/// Which field of the form a mistake belongs to; none where it is of the whole.
pub fn field_of(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::TitleMissing | Mistake::TitleTooLong { .. } => "title",
        Mistake::TextTooLong { .. } => "text",
        Mistake::AltMissing | Mistake::AltTooLong { .. } | Mistake::PictureTooLarge { .. } => "alt",
        Mistake::PlaceMissing | Mistake::PlaceTooLong { .. } => "place",
        Mistake::MapNotALink => "map",
        Mistake::StartUnreadable => "starts",
        Mistake::EndUnreadable | Mistake::EndsBeforeStart | Mistake::TooLong { .. } => "ends",
        Mistake::ClosingUnreadable | Mistake::ClosesAfterStart => "closes",
        Mistake::CapacityUnreadable { .. } | Mistake::FewerThanSeated { .. } => "capacity",
        Mistake::GuestsUnreadable { .. } => "guests",
        Mistake::PriceUnreadable { .. } => "price",
        Mistake::PartnerTooLong { .. } => "partner",
        Mistake::Rule(RuleMistake::EveryUnreadable { .. }) => "every",
        Mistake::Rule(RuleMistake::RhythmUnknown | RuleMistake::WithoutRhythm) => "rythme",
        Mistake::Rule(_) => "until",
        Mistake::WordMissing | Mistake::WordTooLong { .. } => "mot",
        Mistake::PublishingUnreadable | Mistake::PublishesTooLate | Mistake::PublishesInThePast => "quand",
        Mistake::LabelMissing
        | Mistake::LabelTooLong { .. }
        | Mistake::TooManyWanted { .. }
        | Mistake::QuantityUnreadable { .. }
        | Mistake::FewerThanClaimed { .. }
        | Mistake::Stale { .. }
        | Mistake::AlreadyStarted
        | Mistake::NotNow
        | Mistake::AskedSince
        | Mistake::NoSeries
        | Mistake::OthersNotTheirs
        | Mistake::PublicAlone => "",
        Mistake::OfAnother { mistake, .. } => field_of(mistake),
    }
}

pub fn mistake(mistake: &Mistake) -> String {
    let longest = |cap: &usize| format!("C’est trop long : {cap} caractères au plus.");
    match mistake {
        Mistake::TitleMissing => "Donne un titre.".to_owned(),
        Mistake::TitleTooLong { cap } => longest(cap),
        Mistake::TextTooLong { cap, long } => format!("Le texte est trop long : {long} caractères, {cap} au plus."),
        Mistake::AltMissing => "Dis ce que l’image montre, pour qui ne la voit pas.".to_owned(),
        Mistake::AltTooLong { cap } | Mistake::PlaceTooLong { cap } | Mistake::PartnerTooLong { cap } => longest(cap),
        Mistake::PictureTooLarge { cap } => format!("L’image est trop grande : {cap} pixels de côté au plus."),
        Mistake::PlaceMissing => "Dis où c’est.".to_owned(),
        Mistake::MapNotALink => "Le plan est une adresse du web : elle commence par https://".to_owned(),
        Mistake::StartUnreadable => "Dis quand ça commence : un jour et une heure.".to_owned(),
        Mistake::EndUnreadable => "Dis quand ça finit : un jour et une heure.".to_owned(),
        Mistake::ClosingUnreadable => "Écris un jour et une heure, ou rien : les réponses se ferment alors au début.".to_owned(),
        Mistake::EndsBeforeStart => "La fin est avant le début.".to_owned(),
        Mistake::TooLong { days } => format!("C’est trop long : {days} jours au plus."),
        Mistake::ClosesAfterStart => "Les réponses se ferment au début, au plus tard.".to_owned(),
        Mistake::CapacityUnreadable { cap } => format!("Un nombre de 1 à {cap}, ou rien : vient alors qui veut."),
        Mistake::GuestsUnreadable { cap } => format!("Un nombre de 0 à {cap}."),
        Mistake::PriceUnreadable { cap } => format!("Rien, « libre », ou un prix : 4,50. {} € au plus.", cap / 100),
        Mistake::LabelMissing => "Une ligne n’a pas de nom : écris ce qu’il faut, ou vide-la pour l’enlever.".to_owned(),
        Mistake::LabelTooLong { cap } => format!("Une ligne est trop longue : {cap} caractères au plus."),
        Mistake::TooManyWanted { cap } => format!("{cap} lignes au plus."),
        Mistake::QuantityUnreadable { cap } => format!("Une quantité est un nombre de 1 à {cap}."),
        Mistake::Rule(of_rule) => rule_mistake(*of_rule),
        Mistake::Stale { .. } => {
            "Quelqu’un l’a changée entre-temps. Sous ce que tu as écrit, « Maintenant » dit ce qu’elle est : choisis, puis enregistre de nouveau."
                .to_owned()
        }
        Mistake::FewerThanSeated { seated } => {
            format!(
                "{} : la capacité ne peut pas être plus basse.",
                counted(usize::from(*seated), "place est prise", "places sont prises")
            )
        }
        Mistake::FewerThanClaimed { label, claimed } => format!("« {label} » : {claimed} déjà promis, pas moins."),
        Mistake::AlreadyStarted => "Ce serait dans le passé : elle a commencé, ou elle est finie.".to_owned(),
        Mistake::WordMissing => "Écris un mot.".to_owned(),
        Mistake::WordTooLong { cap } => longest(cap),
        Mistake::NotNow => {
            "Ce n’est pas possible dans l’état où elle est. Sous « Ce qu’on en fait », il y a ce qui l’est ; « Refaire » en commence une autre."
                .to_owned()
        }
        Mistake::AskedSince => {
            "Son retrait a été demandé de nouveau entre-temps : regarde qui le demande maintenant, puis décide.".to_owned()
        }
        Mistake::PublishingUnreadable => "Écris un jour et une heure, ou publie maintenant.".to_owned(),
        Mistake::PublishesTooLate => {
            "Elle paraîtrait après avoir commencé : choisis une heure de parution plus tôt, ou publie-la maintenant.".to_owned()
        }
        Mistake::PublishesInThePast => "Cette heure est passée : choisis-en une à venir, ou publie maintenant.".to_owned(),
        Mistake::NoSeries => {
            "Cela ne va que pour plusieurs dates d’une série : choisis « celle-ci et les suivantes » ou « toutes ».".to_owned()
        }
        Mistake::OthersNotTheirs => {
            "Un autre groupe organise les autres dates : choisis « celle-ci seulement », ou demande-le-lui.".to_owned()
        }
        Mistake::OfAnother { starts_at, mistake: of_another } => {
            format!("Celle du {} : {}", date_with_year(paris_day(*starts_at)), self::mistake(of_another))
        }
        Mistake::PublicAlone => {
            "Le groupe Communication annonce ce qui est ouvert à tout le monde : coche-le, ou vois avec Vie sociale.".to_owned()
        }
    }
}

fn rule_mistake(mistake: RuleMistake) -> String {
    match mistake {
        RuleMistake::RhythmUnknown => {
            "Choisis comment elle revient. « Le dernier du mois » ne va que si la première date l’est.".to_owned()
        }
        RuleMistake::EveryUnreadable { cap } => format!("Un nombre de 1 à {cap}."),
        RuleMistake::Endless => "Dis jusqu’à quand : ce qui n’a pas de fin ne se prévoit pas.".to_owned(),
        RuleMistake::UntilUnreadable => "Écris le dernier jour.".to_owned(),
        RuleMistake::UntilBeforeFirst => "Le dernier jour est avant le premier.".to_owned(),
        RuleMistake::TooFar { days } => format!("C’est trop loin : {days} jours au plus."),
        RuleMistake::TooMany { cap } => format!("Cela fait trop de dates : {cap} au plus."),
        RuleMistake::WithoutRhythm => {
            "Tu as écrit jusqu’à quand, ou toutes les combien : choisis comment elle revient, ou vide ces champs.".to_owned()
        }
        RuleMistake::OnlyOnce => {
            "Cela ne fait qu’une date : choisis un dernier jour plus tard, ou ne dis pas comment elle revient.".to_owned()
        }
    }
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "creer" => "Le brouillon est là. Personne d’autre que celles et ceux qui organisent ne le voit.",
        "modifier" => "C’est enregistré. Qui a répondu l’apprend une seule fois, dans quelques minutes.",
        "publier" => "C’est publié, ou prévu.",
        "annuler" => "C’est annulé. Qui avait répondu lit ton mot.",
        "retablir" => "Elle a lieu, finalement : qui avait répondu l’apprend.",
        "refaire" => "Une copie est là, en brouillon, une semaine plus tard ou plus. Les réponses n’ont pas suivi.",
        "message" => "Ton mot part à qui vient, peut-être ou sûrement.",
        "listes" => "Les listes sont enregistrées.",
        "remercier" => "C’est envoyé à qui était là, et ton mot est sur la page de la sortie.",
        "retirer-photo" => "La photo est retirée pour de bon.",
        "remettre-photo" => "La photo est de nouveau montrée. Qui avait demandé son retrait lit ton mot.",
        _ => return None,
    })
}

/// What an act was, after a name.
pub fn act(what: &str) -> &'static str {
    match what {
        "créer" => "l’a créée",
        "modifier" => "l’a modifiée",
        "publier" => "l’a publiée",
        "annuler" => "l’a annulée",
        "rétablir" => "l’a rétablie",
        "refaire" => "l’a refaite d’après une autre",
        "message" => "a écrit à qui a répondu",
        "listes" => "a changé les listes",
        "remercier" => "a remercié qui était là",
        "photo retirée" => "a retiré une photo",
        "photo remise" => "a remis une photo",
        _ => "a changé quelque chose",
    }
}

/// « Brouillon », « Paraît jeudi 26, 9 h ».
pub fn state(state: &State, now: Instant) -> String {
    match state {
        State::Draft => "Brouillon".to_owned(),
        State::Scheduled { at } => format!("Paraît {}", day_and_hour(*at, now)),
        State::Published { at } => format!("Publiée {}", moment(*at, now)),
        State::Cancelled { at, .. } => format!("Annulée {}", moment(*at, now)),
        State::Removed { .. } => "Retirée".to_owned(),
    }
}

/// « Gratuit », « Prix libre », « 4,50 € ».
pub fn price(price: Price) -> String {
    match price {
        Price::Free => "Gratuit".to_owned(),
        Price::Open => "Prix libre".to_owned(),
        Price::Fixed { cents } => format!("{} €", euros(cents)),
    }
}

/// A price as it is typed.
pub fn price_typed(price: Price) -> String {
    match price {
        Price::Free => String::new(),
        Price::Open => "libre".to_owned(),
        Price::Fixed { cents } => euros(cents),
    }
}

fn euros(cents: u32) -> String {
    match cents % 100 {
        0 => format!("{}", cents / 100),
        rest => format!("{},{rest:02}", cents / 100),
    }
}

/// « Chaque semaine, le vendredi, jusqu’au 30 juin 2027 »
pub fn rule(rule: &Rule) -> String {
    use chrono::Datelike;
    let day = weekday(rule.first.weekday());
    let rhythm = match rule.rhythm {
        Rhythm::Weekly { every: 1 } => format!("Chaque semaine, le {day}"),
        Rhythm::Weekly { every } => format!("Toutes les {every} semaines, le {day}"),
        Rhythm::Monthly { every, nth } => {
            let months = if every == 1 { "Chaque mois".to_owned() } else { format!("Tous les {every} mois") };
            format!("{months}, le {} {day}", nth_word(nth))
        }
    };
    format!("{rhythm}, jusqu’au {}", date_with_year(rule.until))
}

fn nth_word(nth: i8) -> &'static str {
    match nth {
        1 => "premier",
        2 => "deuxième",
        3 => "troisième",
        4 => "quatrième",
        _ => "dernier",
    }
}

/// « 9 places prises sur 12, dont 2 enfants · 1 groupe en attente (3 personnes) · 2 peut-être »
pub fn counts(counts: Counts, capacity: Option<u16>) -> String {
    let of = capacity.map(|capacity| format!(" sur {capacity}")).unwrap_or_default();
    let mut parts = vec![format!("{}{of}", counted(usize::from(counts.seated), "place prise", "places prises"))];
    if counts.children > 0 {
        parts.push(counted(usize::from(counts.children), "enfant", "enfants"));
    }
    if counts.waiting > 0 {
        let people = counted(usize::from(counts.waiting_people), "personne", "personnes");
        parts.push(format!("{} en attente, {people}", counted(usize::from(counts.waiting), "réponse", "réponses")));
    }
    if counts.maybe > 0 {
        parts.push(format!("{} peut-être", counts.maybe));
    }
    if counts.no > 0 {
        parts.push(format!("{} non", counts.no));
    }
    parts.join(" · ")
}

/// « Oui », « En attente », « Peut-être », « Non ».
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Seated => "Oui",
        Standing::Waiting { .. } => "En attente",
        Standing::Maybe => "Peut-être",
        Standing::No => "Non",
    }
}

/// « 3 personnes, dont 1 enfant »; nothing of somebody who does not come.
pub fn people(party: &Party) -> String {
    if party.standing.answer() == Answer::No {
        return String::new();
    }
    let all = counted(usize::from(party.seats()), "personne", "personnes");
    match party.children {
        0 => all,
        children => format!("{all}, dont {}", counted(usize::from(children), "enfant", "enfants")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_written_as_it_is_read() {
        for (cents, typed) in [(400, "4"), (450, "4,50"), (405, "4,05")] {
            assert_eq!(price_typed(Price::Fixed { cents }), typed);
        }
        assert_eq!((price_typed(Price::Open).as_str(), price(Price::Free).as_str()), ("libre", "Gratuit"));
    }

    #[test]
    fn what_another_date_refuses_names_it() {
        let starts_at = "2026-12-17T18:00:00Z".parse().unwrap();
        let refused = Box::new(Mistake::FewerThanClaimed { label: "Pains".into(), claimed: 2 });
        let told = mistake(&Mistake::OfAnother { starts_at, mistake: refused });
        assert!(told.starts_with("Celle du 17") && told.ends_with("« Pains » : 2 déjà promis, pas moins."), "{told}");
        let fuller = Mistake::OfAnother { starts_at, mistake: Box::new(Mistake::FewerThanSeated { seated: 5 }) };
        assert_eq!(field_of(&fuller), "capacity", "it stands beside what was typed");
    }

    #[test]
    fn what_is_refused_says_what_to_do_instead() {
        let cases = [
            (Mistake::NotNow, "« Refaire » en commence une autre"),
            (Mistake::PublishesTooLate, "publie-la maintenant"),
            (Mistake::Rule(RuleMistake::OnlyOnce), "choisis un dernier jour plus tard"),
            (Mistake::LabelMissing, "vide-la pour l’enlever"),
            (Mistake::AskedSince, "puis décide"),
        ];
        for (refused, next) in cases {
            assert!(mistake(&refused).contains(next), "{refused:?}: {}", mistake(&refused));
        }
    }

    #[test]
    fn a_rule_says_its_end() {
        let first = "2026-12-04".parse().unwrap();
        let rule_of = |rhythm| Rule { first, rhythm, until: "2027-06-30".parse().unwrap() };
        assert!(rule(&rule_of(Rhythm::Weekly { every: 1 })).starts_with("Chaque semaine, le vendredi, jusqu’au 30"));
        assert!(rule(&rule_of(Rhythm::Monthly { every: 2, nth: -1 })).starts_with("Tous les 2 mois, le dernier vendredi"));
    }
}
