//! What tellers type: whom they handed paper ballots, what they counted, which lots they saw drawn.

use domain::assembly::{AssemblyInHand, PollInHand, ResolutionInHand, Tally, Way};
use domain::procedures::Fields;
use leptos::prelude::*;

use super::form::SESSION;
use super::poll_page::tie_of;
use crate::french::nb;
use crate::french::typography::counted;
use crate::governance::fields::text;
use crate::governance::form::came_back;
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::ui::{Icon, TextField, Tick};

fn carried(in_hand: &AssemblyInHand, known: &ResolutionInHand) -> Vec<(&'static str, String)> {
    vec![("assemblee", in_hand.assembly.id.to_string()), ("resolution", known.resolution.id.to_string())]
}

/// Whoever has no phone votes on paper, with all their voices that are not cast: the app takes none of them any more.
pub fn papers(poll: &PollInHand, known: &ResolutionInHand) -> AnyView {
    let id = known.resolution.id.to_string();
    let rows: Vec<_> = poll
        .voters
        .iter()
        .map(|(person, number, voices)| {
            let name = format!("{} {}", person.first_name, person.last_name);
            let papers = counted(usize::try_from(*voices).unwrap_or(usize::MAX), "bulletin", "bulletins");
            let label = nb(&format!("Remettre {papers} à {name}"));
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{nb(&name)}</span>
                        <span class="row__soft">{nb(&format!("n° {number:04} · {papers}"))}</span>
                    </span>
                    <button class="button" type="submit" name="membre" value=person.id.to_string() aria-label=label>
                        "Remettre"
                    </button>
                </li>
            }
        })
        .collect();
    let open = came_back("bulletins", "").is_some();
    let of = format!("{id} {}", known.cast.paper);
    view! {
        <details class="history section--apart" open=open>
            <summary class="history__head">
                "Bulletins papier"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">
                {nb("Remets un bulletin par voix, celles des pouvoirs comprises. Dès lors, ces voix ne peuvent plus voter dans l’app.")}
            </p>
            <Posted to=SESSION act="bulletins" of=of with=carried(&poll.in_hand, known)>
                <ul class="list">{rows}</ul>
            </Posted>
        </details>
    }
    .into_any()
}

/// What this teller said, as they would have typed it.
fn count_typed(tally: Option<&Tally>) -> Fields {
    let figures: Vec<(String, String)> = match tally {
        None => Vec::new(),
        Some(Tally::Resolution { yes, no, abstain }) => vec![
            ("pour".to_owned(), yes.to_string()),
            ("contre".to_owned(), no.to_string()),
            ("abstention".to_owned(), abstain.to_string()),
        ],
        Some(Tally::Election { votes, ballots, blank }) => votes
            .iter()
            .map(|(member, count)| (format!("voix-{member}"), count.to_string()))
            .chain([("bulletins".to_owned(), ballots.to_string()), ("blancs".to_owned(), blank.to_string())])
            .collect(),
    };
    Fields(figures)
}

/// Each on their own: what two say alike holds.
pub fn counting(in_hand: &AssemblyInHand, known: &ResolutionInHand) -> AnyView {
    let id = known.resolution.id.to_string();
    let mine = known.count_by(in_hand.me);
    let said = mine.is_some();
    let filled = Filled::of("compter", "", count_typed(mine));
    let mut figures: Vec<(String, String)> = Vec::new();
    match known.resolution.way {
        Way::Hands | Way::Secret => {
            figures.extend(
                [("pour", "Pour"), ("contre", "Contre"), ("abstention", "Abstentions")]
                    .map(|(name, words)| (name.to_owned(), words.to_owned())),
            );
        }
        Way::Election { .. } => {
            figures.push(("bulletins".to_owned(), "Bulletins dans l’urne".to_owned()));
            figures.push(("blancs".to_owned(), "Dont blancs".to_owned()));
            let standing = &in_hand.assembly.candidates;
            figures.extend(
                standing.iter().map(|candidate| (format!("voix-{}", candidate.member), in_hand.full_name(candidate.member))),
            );
        }
    }
    let fields: Vec<_> = figures
        .into_iter()
        .map(|(name, words)| {
            let value = filled.one(&name);
            view! {
                <TextField id=format!("compter-{name}") name=name label=nb(&words) value=value inputmode="numeric" class="agenda__figure"/>
            }
        })
        .collect();
    let (head, words) = if known.resolution.way.is_secret() {
        ("Compter les bulletins papier", "Compte-les de ton côté, sans regarder ce que dit l’autre. Une case vide vaut zéro.")
    } else {
        ("Compter les mains", "Les pouvoirs comptent : chaque main levée, plus ceux qu’elle porte. Une case vide vaut zéro.")
    };
    let button = if said { "Corriger mon comptage" } else { "Dire mon comptage" };
    view! {
        <section class="section section--apart" aria-labelledby="compter">
            <h3 id="compter">{head}</h3>
            <p class="soft">{nb(words)}</p>
            <Posted to=SESSION act="compter" of=id with=carried(in_hand, known) class="stack">
                <div class="agenda__fields">{fields}</div>
                <button class="button button--main" type="submit">
                    {button}
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

/// In front of all; both tellers say what they saw.
pub fn drawing(in_hand: &AssemblyInHand, known: &ResolutionInHand) -> Option<AnyView> {
    let (tied, left) = tie_of(known)?;
    let id = known.resolution.id.to_string();
    let mut fields = typed(Vec::new());
    if let Some(draw) = known.draw_by(in_hand.me) {
        fields.0.push(("mot".to_owned(), draw.why.clone()));
        fields.0.extend(draw.names.iter().map(|member| ("tire".to_owned(), member.to_string())));
    }
    let ticked = came_back("tirer", "").unwrap_or_else(|| fields.clone());
    let ticked: Vec<String> = ticked.all("tire").map(str::to_owned).collect();
    let filled = Filled::of("tirer", "", fields);
    let ticks: Vec<_> = tied
        .iter()
        .map(|member| {
            let value = member.to_string();
            let checked = ticked.contains(&value);
            view! { <Tick name="tire" value=value title=nb(&in_hand.full_name(*member)) checked=checked/> }
        })
        .collect();
    let seats = nb(&format!("{} à tirer au sort entre {} personnes.", counted(usize::from(left), "siège", "sièges"), tied.len()));
    let why = text(&filled, "tirer", ("mot", "Comment, et devant qui"), "2", false, "Le procès-verbal le dit");
    Some(
        view! {
            <section class="section section--apart" aria-labelledby="tirer">
                <h3 id="tirer">"Tirer au sort"</h3>
                <p>{seats}</p>
                <p class="soft">{nb("Deux personnes du scrutin disent la même chose, et c’est fait.")}</p>
                <Posted to=SESSION act="tirer" of=id with=carried(in_hand, known) class="stack">
                    <fieldset class="field">
                        <legend class="field__label">"Qui le sort a désigné"</legend>
                        {ticks}
                    </fieldset>
                    {why}
                    <button class="button button--main" type="submit">
                        "Dire ce que j’ai vu"
                    </button>
                </Posted>
            </section>
        }
        .into_any(),
    )
}
