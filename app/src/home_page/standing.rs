//! « À jour · prochaine à faire avant le 20 déc. », and whether the shop is open.

use domain::ledger::Standing;
use domain::view::home::OpenToday;
use leptos::prelude::*;

use crate::french::public_pages::opening;
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
