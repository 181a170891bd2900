//! « À jour · prochaine à faire avant le 20 déc. », and whether the shop is open.

use domain::ledger::Standing;
use domain::view::home::OpenToday;
use leptos::prelude::*;

use crate::french::clock::hour_of;
use crate::french::nb;
use crate::french::standing::{Tone, headline, tone};
use crate::ui::{Banner, BannerLook};

#[component]
pub fn StandingLine(standing: Standing, open: OpenToday) -> impl IntoView {
    let (look, icon) = match tone(&standing) {
        Tone::Done => (BannerLook::Plain, "circle-check"),
        Tone::Alert => (BannerLook::Alert, "clock-alert"),
        Tone::Late => (BannerLook::Refused, "clock-alert"),
    };
    view! {
        <Banner icon=icon look=look href="/moi/engagement" soft=opening(&open)>
            {headline(&standing)}
        </Banner>
    }
}

/// « Ouvert aujourd’hui jusqu’à 19 h »
fn opening(open: &OpenToday) -> String {
    nb(&match open {
        OpenToday::Open { until } => format!("Ouvert aujourd’hui jusqu’à {}", hour_of(*until)),
        OpenToday::Opens { from, until } => {
            format!("Ouvre aujourd’hui de {} à {}", hour_of(*from), hour_of(*until))
        }
        OpenToday::Closed { why: Some(why) } => format!("Fermé aujourd’hui : {why}"),
        OpenToday::Closed { why: None } => "Fermé pour aujourd’hui".to_owned(),
    })
}
