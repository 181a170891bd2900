//! What one may be told, by the names that members see.

use domain::notify::{Ahead, Topic};

use super::typography::counted;

pub fn name(topic: Topic) -> &'static str {
    match topic {
        Topic::MyShifts => "Mes vacations bougent",
        Topic::Exchanges => "Échanges",
        Topic::Reminders => "Rappels",
        Topic::Lacking => "Il manque du monde",
        Topic::Team => "Mon équipe",
        Topic::Office => "À traiter",
        Topic::Commitment => "Mon engagement",
        Topic::Brief => "La brève",
        Topic::BriefMail => "La brève par mail",
        Topic::Events => "Sorties",
        Topic::Shop => "Rayons",
        Topic::Groups => "Groupes et coordination",
    }
}

/// What is under the name.
pub fn about(topic: Topic) -> &'static str {
    match topic {
        Topic::MyShifts => "Ta place est prise, un échange est fait, une vacation ferme. Toujours, pour que tu saches où venir.",
        Topic::Exchanges => "Ce qu’on te propose, et les réponses à ce que tu as demandé.",
        Topic::Reminders => "Avant chacune de tes vacations.",
        Topic::Lacking => "Les appels urgents, et les places que tu guettes.",
        Topic::Team => "Pour les vacations que tu animes.",
        Topic::Office => "Ce qui attend le bureau, une suppléance, un objectif fixé.",
        Topic::Commitment => "La réponse du bureau à ce que tu lui as demandé.",
        Topic::Brief => "Elle est parue, elle se prépare, et ce que devient ce que tu as écrit pour elle.",
        Topic::BriefMail => "Tout entière, chaque lundi à 7 h. Dans l’application, elle est toujours là.",
        Topic::Groups => {
            "Les demandes, les réponses et les dossiers de tes groupes, la réunion de coordination, les mandats qui finissent."
        }
        Topic::Events => "Celles auxquelles tu as répondu : un changement, une place qui se libère, un rappel.",
        Topic::Shop => "Ce qu’Approvisionnement répond à ce que tu aimerais trouver.",
    }
}

/// « 2 jours avant », « 3 heures avant »
pub fn ahead(ahead: Ahead) -> String {
    match ahead {
        Ahead::Days(days) => format!("{} avant", counted(usize::from(days), "jour", "jours")),
        Ahead::Hours(hours) => format!("{} avant", counted(usize::from(hours), "heure", "heures")),
    }
}
