//! A shift that lacks somebody.

use domain::coverage::{Figures, Lack};
use domain::time::Instant;
use domain::view::coverage::{Call, GapCard};
use leptos::prelude::*;

use crate::french::coverage::{called, forecast, held, lacks, step};
use crate::french::dates::{day_and_hours, until_day};
use crate::french::{capitalized, nb};
use crate::ui::{Chip, ChipLook, Icon};

pub fn gap_card(gap: &GapCard, figures: Option<&Figures>, now: Instant) -> AnyView {
    let shift = gap.gaps.shift();
    let when = day_and_hours(&gap.gaps.when);
    let chips = lacks(&gap.gaps, &gap.labels)
        .into_iter()
        .map(|(lack, said)| {
            let look = match lack {
                Lack::Lead => ChipLook::Refused,
                Lack::Skill | Lack::Minimum => ChipLook::Missing,
                Lack::Wished => ChipLook::Neutral,
            };
            view! { <li><Chip look=look>{said}</Chip></li> }
        })
        .collect_view();
    let soft = |said: String| view! { <p class="card__soft">{said}</p> };
    let alert = (gap.gaps.lead > 0).then(|| soft(step(gap.gaps.step_h)));
    let last = figures.and_then(|figures| figures.called_for(shift)).map(|known| soft(called(known, now)));
    let expected = figures.and_then(|figures| figures.forecast_of(shift)).map(|known| soft(forecast(known)));
    let call = match gap.call {
        Call::Open => view! {
            <a
                class="button button--soft"
                href=format!("/vacation/{shift}?feuille=appeler")
                data-noscroll=""
                aria-label=nb(&format!("Appel urgent, {when}"))
            >
                <Icon name="megaphone"/>
                "Appel urgent"
            </a>
        }
        .into_any(),
        Call::From(from) => {
            let from = until_day(from).replacen("jusqu’au", "à partir du", 1);
            view! { <p class="card__soft">{nb(&format!("L’appel urgent s’ouvre {from}."))}</p> }.into_any()
        }
        Call::NotMine => ().into_any(),
    };
    let id = format!("manque-{shift}");
    let labelled = id.clone();
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__title" id=id>
                <a class="coverage__when" href=format!("/vacation/{shift}")>
                    {capitalized(&when)}
                </a>
            </h3>
            <ul class="coverage__lacks" aria-label="Il manque">
                {chips}
            </ul>
            {soft(held(&gap.gaps))}
            {alert}
            {last}
            {expected}
            <div class="card__acts">
                <a
                    class="button button--fill"
                    href=format!("/couverture/{shift}")
                    aria-label=nb(&format!("Qui appeler, {when}"))
                >
                    <Icon name="users"/>
                    "Qui appeler"
                </a>
                {call}
            </div>
        </article>
    }
    .into_any()
}
