//! The workshop's words.

use chrono::NaiveDate;
use domain::brief::{Reminded, Signed, Source, Stage};
use domain::time::Instant;

use crate::french::dates::{date_with_year, day_and_hour, moment};
use crate::french::nb;

/// « Brève du lundi 30 novembre 2026 »
pub fn of_monday(monday: NaiveDate) -> String {
    nb(&format!("Brève du lundi {}", date_with_year(monday)))
}

/// How far it is, in a word.
pub fn stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::Collecting => "Collecte",
        Stage::Review { .. } => "Relecture",
        Stage::Scheduled { .. } => "Programmée",
        Stage::Missed { .. } => "Pas partie",
        Stage::Published { corrected: None, .. } => "Publiée",
        Stage::Published { .. } => "Corrigée",
    }
}

pub fn source_about(source: Source) -> &'static str {
    match source {
        Source::Seats => "Les vacations où il manque quelqu’un, la plus urgente d’abord",
        Source::Events => "Les sorties annoncées, la plus proche d’abord ; de celles qui reviennent, la prochaine",
        Source::Products => "Les produits nouveaux, une fois chacun, le plus récent d’abord",
        Source::Anniversaries => "Qui est là depuis tant d’années cette semaine",
    }
}

/// What an act of an editor was.
pub fn act(what: &str) -> &'static str {
    match what {
        "placer" => "a placé un bloc",
        "monter" | "descendre" => "a changé l’ordre",
        "retirer" => "a retiré un bloc",
        "vif" => "a ajouté un bloc vivant",
        "vif-changer" => "a changé un bloc vivant",
        "refuser" => "a refusé un bloc",
        "semaine" => "a gardé un bloc pour la semaine suivante",
        "relire" => "a demandé une relecture",
        "approuver" => "a approuvé",
        "reprendre" => "a repris la préparation",
        "publier" => "a publié à la main",
        "corriger" => "a corrigé",
        "public" => "l’a ouverte au public",
        "membres" => "l’a réservée aux membres",
        _ => "a changé quelque chose",
    }
}

/// What was just done, in a sentence.
pub fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "placer" => "Le bloc est dans la brève.",
        "monter" | "descendre" => "L’ordre a changé.",
        "retirer" => "Le bloc n’est plus dans la brève. Il attend plus bas.",
        "vif" => "Le bloc vivant est dans la brève.",
        "vif-changer" => "Le bloc vivant a changé.",
        "texte" => "C’est enregistré.",
        "garder" => "C’est réglé : il n’y a plus qu’une version.",
        "refuser" => "C’est noté. L’auteur·e lit ton mot.",
        "semaine" => "Le bloc est dans la brève d’après. L’auteur·e le sait.",
        "relire" => "La relecture est demandée : les autres sont prévenu·es.",
        "approuver" => "C’est approuvé : elle part lundi à 7 h.",
        "reprendre" => "La préparation reprend : rien ne part sans une nouvelle approbation.",
        "publier" => "La brève est parue.",
        "corriger" => "C’est corrigé, dans l’app et dans les archives.",
        "public" => "C’est ouvert : une fois parue, le public lit les blocs qui lui sont destinés.",
        "membres" => "C’est noté : seuls les membres la lisent.",
        "reglages" => "Les réglages sont enregistrés.",
        _ => return None,
    })
}

/// « vendredi 27 nov. à 9 h : les groupes »
pub fn reminder(at: Instant, whom: Reminded, now: Instant) -> String {
    let whom = match whom {
        Reminded::Contributors => "les groupes, pour écrire",
        Reminded::Editors => "Communication, pour relire",
        Reminded::LastCall => "Communication, une dernière fois",
    };
    nb(&format!("{} : {whom}", day_and_hour(at, now)))
}

/// « Paul D., hier à 14 h »
pub fn signed(who: &str, signed: &Signed, now: Instant) -> String {
    nb(&format!("{who}, {}", moment(signed.at, now)))
}
