//! « Le procès-verbal » as the figures say it, in Markdown: whoever writes it adds what was said.

use domain::assembly::{AssemblyInHand, Channel, Counted, OfChannel, ResolutionInHand, Role, Stage, Tally, Verdict, Way};
use domain::id::MemberId;
use domain::time::paris_day;

use super::assembly::{channel, kind, majority, quorum, tally, verdict, voices, way};
use super::clock::hour;
use super::dates::date_with_year;
use super::typography::{counted, listed};

/// What stands where somebody has to write.
const TO_WRITE: &str = "*À compléter : ce qui s’est dit.*";

pub fn draft(in_hand: &AssemblyInHand) -> String {
    let mut parts = vec![held(in_hand), called(in_hand)];
    if !in_hand.agenda.trim().is_empty() {
        parts.push(format!("# L’ordre du jour\n\n{}", in_hand.agenda.trim()));
    }
    parts.extend(in_hand.resolutions.iter().enumerate().map(|(at, known)| one(in_hand, at + 1, known)));
    if let Stage::Closed { at } = in_hand.assembly.stage {
        parts.push(format!("# Clôture\n\nL’ordre du jour est épuisé : l’assemblée est close à {}.", hour(at)));
    }
    // A date's no-break spaces are right on the page; whoever writes on reads plain ones.
    parts.join("\n\n").replace(['\u{a0}', '\u{202f}'], " ") + "\n"
}

fn names(in_hand: &AssemblyInHand, role: Role) -> String {
    let names: Vec<String> = in_hand.assembly.in_role(role).map(|member| in_hand.full_name(member)).collect();
    listed(&names, names.len())
}

fn held(in_hand: &AssemblyInHand) -> String {
    let assembly = &in_hand.assembly;
    let opened = in_hand.opened_at.map(|at| format!(" Elle a été ouverte à {}.", hour(at))).unwrap_or_default();
    format!(
        "{} de l’épicerie Alpar, « {} », tenue le {} : {}.{opened}\n\nPrésidence de séance : {}. Secrétariat : {}. Scrutin : {}.",
        kind(assembly.kind),
        assembly.title,
        date_with_year(paris_day(assembly.starts_at)),
        assembly.place,
        names(in_hand, Role::Chair),
        names(in_hand, Role::Secretary),
        names(in_hand, Role::Teller),
    )
}

fn plural(count: u32, one: &str, many: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), one, many)
}

fn called(in_hand: &AssemblyInHand) -> String {
    let (called, attendance) = (&in_hand.called, &in_hand.assembly.attendance);
    let on = in_hand.convoked_at.map(|at| format!(" le {}", date_with_year(paris_day(at)))).unwrap_or_default();
    let ways = [
        (called.mails_sent, "par mail"),
        (called.letters_printed, "par lettre"),
        (called.handed, "en main propre"),
        (called.mails_waiting + called.mails_failed + called.letters_to_print, "sans trace d’un envoi"),
    ];
    let ways: Vec<String> = ways.iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{count} {how}")).collect();
    let ways = if ways.is_empty() { String::new() } else { format!(" : {}", ways.join(", ")) };
    let carried: u32 = in_hand.carriers.iter().filter(|(.., there)| *there).map(|(_, count, _)| count).sum();
    let carriers = in_hand.carriers.iter().filter(|(.., there)| *there).count();
    let proxies = match carried {
        0 => "Aucun pouvoir n’a été porté.".to_owned(),
        1 => "Un pouvoir a été porté.".to_owned(),
        some => format!("{some} pouvoirs ont été portés, par {}.", counted(carriers, "membre", "membres")),
    };
    format!(
        "# Convocation et quorum\n\n{} convoqués{on}{ways}. {} ont signé la feuille d’émargement. {proxies}\n\n{}",
        plural(called.all(), "membre", "membres"),
        plural(in_hand.signed, "membre", "membres"),
        quorum(attendance, &in_hand.assembly.terms)
    )
}

fn one(in_hand: &AssemblyInHand, number: usize, known: &ResolutionInHand) -> String {
    let resolution = &known.resolution;
    let mut said = vec![format!("# {number}. {}", resolution.title)];
    if !known.text.trim().is_empty() {
        said.push(known.text.trim().to_owned());
    }
    said.push(TO_WRITE.to_owned());
    match &resolution.result {
        None => said.push("Elle n’a pas été mise au vote.".to_owned()),
        Some(counted) if resolution.way.seats().is_some() => said.push(elected(in_hand, counted, resolution.way)),
        Some(counted) => said.push(format!(
            "{}, {} : {}. **{}.**",
            way(resolution.way),
            majority(resolution.majority),
            by_channel(counted),
            verdict(&counted.verdict)
        )),
    }
    said.join("\n\n")
}

/// « dans l’app, 34 pour, 5 contre, 1 abstention ; sur papier, … »
fn by_channel(counted: &Counted) -> String {
    let said = |of: &OfChannel| match of.channel {
        Channel::Hands => tally(&of.tally),
        other => format!("{}, {}", channel(other).to_lowercase(), tally(&of.tally)),
    };
    counted.channels.iter().map(said).collect::<Vec<String>>().join(" ; ")
}

/// Each candidate with their votes, the first ones first.
fn elected(in_hand: &AssemblyInHand, counted: &Counted, of: Way) -> String {
    let (total, (seated, _)) = (counted.total(), counted.verdict.elected());
    let Tally::Election { votes, .. } = &total else { return String::new() };
    let mut ranked: Vec<(MemberId, u32)> = votes.iter().map(|(who, count)| (*who, *count)).collect();
    domain::order::by_key(&mut ranked, |(who, count)| (std::cmp::Reverse(*count), in_hand.full_name(*who)));
    let rows: Vec<String> = ranked
        .iter()
        .map(|(who, count)| {
            let word = if seated.contains(who) { ", **élu·e**" } else { "" };
            format!("- {} : {}{word}", in_hand.full_name(*who), voices(*count))
        })
        .collect();
    let drawn = match &counted.verdict {
        Verdict::Elected { draw: Some(draw), tied, .. } => {
            let tied: Vec<String> = tied.iter().map(|who| in_hand.full_name(*who)).collect();
            let names: Vec<String> = draw.names.iter().map(|who| in_hand.full_name(*who)).collect();
            format!(
                "\n\nÀ égalité pour le dernier siège ou les derniers : {}. Le tirage au sort a désigné {}. {}",
                listed(&tied, tied.len()),
                listed(&names, names.len()),
                draw.why
            )
        }
        _ => String::new(),
    };
    format!("{} : {}.\n\n{}{drawn}", way(of), by_channel(counted), rows.join("\n"))
}

#[cfg(test)]
#[path = "assembly_minutes_tests.rs"]
mod tests;
