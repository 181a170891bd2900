//! My next shift, the largest thing on the page.

use chrono::NaiveDate;
use domain::time::{Instant, paris_day};
use domain::view::seats::{SeatLook, ShiftCard};
use leptos::prelude::*;

use crate::french::clock::hours;
use crate::french::dates::{day, relative_day};
use crate::french::typography::listed;
use crate::french::{capitalized, nb};

/// The date stands in two lines; `aside` is its small form beside the week and the board.
#[component]
pub fn NextShift(card: ShiftCard, now: Instant, #[prop(optional)] aside: bool) -> impl IntoView {
    let href = format!("/vacation/{}", card.id);
    let absent = format!("{href}?feuille=absence");
    let (over, team) = (over(&card, paris_day(now)), team(&card));
    let class = if aside { "hero hero--aside" } else { "hero" };
    view! {
        <section class=class aria-labelledby="prochaine">
            <p class="hero__over">{over}</p>
            <h2 class="hero__date" id="prochaine">
                <a class="hero__link" href=href.clone()>
                    <span>{capitalized(&day(card.on))}</span>
                    <span>{hours(card.starts_at, card.ends_at)}</span>
                </a>
            </h2>
            {(!aside)
                .then(|| {
                    view! {
                        <p>
                            {team.with} {team.led.map(|led| view! { <br/><span class="hero__soft">{led}</span> })}
                        </p>
                    }
                })}
            <div class="hero__acts">
                {(!aside).then(|| view! { <a class="button button--fill" href=href>"Voir"</a> })}
                <a class="button" href=absent>
                    "Je ne peux pas venir"
                </a>
            </div>
        </section>
    }
}

fn over(card: &ShiftCard, today: NaiveDate) -> String {
    let mut over = format!("Ta prochaine vacation · {}", relative_day(card.on, today));
    if card.mine().is_some_and(|seat| seat.look == SeatLook::MineOffered) {
        over.push_str(" · tu cherches quelqu’un");
    }
    nb(&over)
}

struct Team {
    /// « Caisse · avec Idris B., Nour L. et 3 autres »
    with: String,
    /// « Animée par Solène R. »
    led: Option<String>,
}

fn team(card: &ShiftCard) -> Team {
    let mine = card.mine();
    let others: Vec<String> = card
        .seats
        .iter()
        .filter(|seat| !seat.lead && mine.is_none_or(|mine| mine.id != seat.id))
        .filter_map(|seat| seat.holder.as_ref())
        .map(|holder| holder.name.to_string())
        .collect();
    let with = if others.is_empty() { String::new() } else { format!("avec {}", listed(&others, 2)) };
    let task = mine.and_then(|seat| seat.skill.clone()).map(|skill| capitalized(&skill));
    let parts: Vec<String> = task.into_iter().chain(Some(with).filter(|with| !with.is_empty())).collect();
    let i_lead = mine.is_some_and(|seat| seat.lead);
    let led = match (i_lead, card.lead()) {
        (true, _) => Some("Tu animes la vacation".to_owned()),
        (false, Some(lead)) => Some(format!("Animée par {}", lead.name)),
        (false, None) => Some("Pas encore d’animateur·rice".to_owned()),
    };
    Team { with: capitalized(&nb(&parts.join(" · "))), led: led.map(|led| nb(&led)) }
}
