//! One shift: the team, the tasks, what I can do; its sheets lie over it.

use domain::id::ShiftId;
use domain::time::{monday_of, paris_day};
use domain::view::seats::SeatLook;
use domain::view::shift::ShiftView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::sheets::{self, Link, asked};
use super::shift::{History, ShiftActs, Team, WaitingLine};
use super::shift_card::{state, waiting_words, when};
use crate::acts::waiting_on;
use crate::api::{self, ApiError, HistoryRow};
use crate::french::clock::hours;
use crate::french::dates::{date_short, day, day_and_hours_short, iso, iso_day, relative_day, week_title};
use crate::french::{capitalized, nb};
use crate::offline::acts::Acts;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::given::Part;
use crate::ui::{Back, Chip, ChipLook, EffectLine, EffectLook, Frame, Icon};
use crate::visit::Visit;

type Asked = Action<ShiftId, Result<Vec<HistoryRow>, ApiError>>;

#[component]
pub fn ShiftPage() -> impl IntoView {
    let (params, address) = (use_params_map(), use_query_map());
    let query = move || Query::Shift {
        id: params.with(|params| params.get("id")).and_then(|id| id.parse().ok()).unwrap_or(ShiftId(Uuid::nil())),
        sheet: address.with(asked),
    };
    provide_context(Link(use_context::<Visit>().and_then(|visit| visit.invitation_secret)));
    let history: Asked = Action::new(|shift: &ShiftId| api::history(*shift));
    let show = move |view: View| view.shown(|view| shift(view, history).into_any());
    view! {
        <Title text="Une vacation · Alpar"/>
        <Screen query=query title="Vacation" coming="La vacation arrive." show=show over=sheets::open/>
    }
}

fn shift(view: ShiftView, history: Asked) -> impl IntoView {
    let ShiftView { card, now, tasks, office, may_call, day_sheet, name, cycle_week, line, .. } = view;
    let acts = Acts::expect();
    let (known, known_for_chip) = (card.id, card.clone());
    let waiting = Memo::new(move |_| waiting_on(acts, known));
    let monday = monday_of(card.on);
    let week = format!("/vacations?semaine={}&jour={}", iso_day(monday), iso_day(card.on));
    let chip = move || match waiting.get() {
        Some(waiting) => view! { <Chip look=ChipLook::Waiting icon="clock">{waiting_words(&waiting).0}</Chip> }.into_any(),
        None => {
            let (look, icon, words) = state(&known_for_chip);
            view! {
                <span class=look.class()>
                    {icon.map(|name| view! { <Icon name=name small=true/> })}
                    {words}
                </span>
            }
            .into_any()
        }
    };
    let sheet = day_sheet.then(|| format!("/vacation/{}/feuille", card.id));
    let aside = aside(&card, tasks, office, may_call, now, history);
    let letter = cycle_week.letter();
    let far = relative_day(card.on, paris_day(now));
    let initials = name.initials();
    let closed = card.closed.clone().map(|why| nb(&format!("Vacation fermée : « {why} »")));
    let looking = card.mine().is_some_and(|seat| seat.look == SeatLook::MineOffered) && !card.past;
    let soft = move || waiting.get().and_then(|waiting| waiting_words(&waiting).1);
    let title = format!("{} · Alpar", capitalized(&day_and_hours_short(&when(&card))));
    view! {
        <Title text=title/>
        <Frame aside=Part::of(aside)>
            <header class="page__head">
                <Back href=week label=week_title(monday)/>
                <h1 class="page__title shift__when" tabindex="-1">
                    <time datetime=iso(card.starts_at)>
                        <span>{capitalized(&day(card.on))}</span>
                        " "
                        <span>{hours(card.starts_at, card.ends_at)}</span>
                    </time>
                </h1>
            </header>
            <PageTop/>
            <div class="shift__facts">
                {chip}
                <span class="chip">{format!("Semaine\u{a0}{letter}")}</span>
                <span class="chip">{far}</span>
            </div>
            {closed.map(|closed| view! { <EffectLine look=EffectLook::Less icon="snowflake">{closed}</EffectLine> })}
            {looking
                .then(|| {
                    view! {
                        <EffectLine look=EffectLook::Less icon="hourglass">
                            "Tu cherches quelqu’un. Ta place reste la tienne tant que personne ne l’a prise."
                        </EffectLine>
                    }
                })}
            {move || soft().map(|soft| view! { <p class="soft">{soft}</p> })}
            {sheet
                .map(|href| {
                    view! {
                        <a class="button button--main" href=href>
                            <Icon name="list-checks"/>
                            "Feuille du jour"
                        </a>
                    }
                })}
            <Team card=card.clone() waiting=waiting initials=initials/>
            {line.map(|line| view! { <WaitingLine shift=known line=line now=now/> })}
            <ShiftActs card=card waiting=waiting/>
        </Frame>
    }
}

/// What there is to do, and what else one may want of a shift.
fn aside(
    card: &domain::view::seats::ShiftCard,
    tasks: Vec<String>,
    office: bool,
    may_call: bool,
    now: domain::time::Instant,
    history: Asked,
) -> impl IntoView + use<> {
    let id = card.id;
    let agenda = card.mine().is_some() && card.closed.is_none();
    let close = office && card.closed.is_none() && !card.past;
    let name = format!("vacation-{}.ics", date_short(card.on).replace(['\u{a0}', '\u{202f}', '.'], "-"));
    let tasks = (!tasks.is_empty()).then(|| {
        let rows = tasks
            .into_iter()
            .map(|task| {
                view! {
                    <li class="shift__task">
                        <Icon name="circle-dot"/>
                        <span>{capitalized(&nb(&task))}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="taches">
                <h2 id="taches">"Ce qu’il y a à faire"</h2>
                <ul class="shift__tasks">{rows}</ul>
            </section>
        }
    });
    view! {
        {tasks}
        <section class="section section--apart" aria-label="Plus">
            <div class="cluster">
                {agenda
                    .then(|| {
                        view! {
                            <a class="button" href=format!("/vacation/{id}/agenda.ics") rel="external" download=name>
                                <Icon name="calendar-plus"/>
                                "Ajouter à mon agenda"
                            </a>
                        }
                    })}
                {may_call
                    .then(|| {
                        view! {
                            <a class="button" href=format!("/vacation/{id}?feuille=appeler") data-noscroll="">
                                <Icon name="megaphone"/>
                                "Appeler du renfort"
                            </a>
                        }
                    })}
                {close
                    .then(|| {
                        view! {
                            <a class="button button--danger" href=format!("/bureau/fermer/{id}")>
                                <Icon name="calendar-x"/>
                                "Fermer cette vacation"
                            </a>
                        }
                    })}
            </div>
            <History shift=id now=now asked=history/>
        </section>
    }
}
