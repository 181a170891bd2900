//! No shift of mine is planned.

use leptos::prelude::*;

use crate::french::nb;
use crate::french::typography::counted;
use crate::ui::Empty;

/// `lacking`: how many shifts lack somebody in the next seven days.
#[component]
pub fn NothingNext(lacking: usize) -> impl IntoView {
    let left = match lacking {
        0 => String::new(),
        _ => format!(
            " Choisis celle qui te va : il manque du monde à {} cette semaine.",
            counted(lacking, "vacation", "vacations")
        ),
    };
    let text = nb(&format!("Ta prochaine vacation s’affichera ici, avec ton équipe.{left}"));
    view! {
        <Empty id="rien-de-prevu" icon="calendar-plus" title="Tu n’as pas de vacation prévue" text=text>
            <a class="button button--main" href="/vacations?libres=1">
                "Choisir une vacation"
            </a>
        </Empty>
    }
}
