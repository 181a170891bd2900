//! Accueil: where I am, what I have, who is missing, is it open?

mod arriving;
mod empty;
mod need;
mod news;
mod standing;

use domain::view::Seen;
use domain::view::brief::{Newest, newest};
use domain::view::events::next_event;
use domain::view::home::HomeView;
use leptos::prelude::*;
use leptos_meta::Title;

use self::arriving::ArrivingCard;
use self::empty::NothingNext;
use self::need::Need;
use self::news::News;
use self::standing::StandingLine;
use crate::acts::to_see;
use crate::brief::NewestBrief;
use crate::chapters::{Contents, PageName};
use crate::events::NextEvent;
use crate::french::dates::day_and_hours_short;
use crate::french::{capitalized, nb};
use crate::offline::acts::Acts;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Others, Query, View, selected};
use crate::shifts::NextShift;
use crate::shifts::shift_card::{TakeWay, of, when};
use crate::swaps::{LoopCard, ProposalCard};
use crate::ui::given::Part;
use crate::ui::{Frame, Icon, PageHead};

pub static CHAPTER: Contents = Contents { show: open, select };

selected!(HomeView);

fn open(page: PageName) -> AnyView {
    match page {
        PageName::Home => view! { <HomePage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    let Query::Home = query else { return None };
    let mut view = domain::view::home::home(seen);
    view.brief = others.briefs.and_then(|briefs| newest(seen, briefs));
    view.event = others.events.and_then(|events| next_event(seen, events));
    Some(View::of(view))
}

#[component]
fn HomePage() -> impl IntoView {
    view! {
        <Title text="Accueil · Alpar"/>
        <Screen query=|| Query::Home title="Bonjour" coming="Ton accueil arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view| home(view).into_any())
}

fn home(view: HomeView) -> impl IntoView {
    let now = view.now;
    let waiting = to_see(Acts::expect());
    let initials = view.name.initials();
    let sheet = view.day_sheet.map(|shift| format!("/vacation/{shift}/feuille"));
    let next = match view.next {
        Some(card) => view! { <NextShift card=card now=now/> }.into_any(),
        None => view! { <NothingNext lacking=view.lacking.len() + view.more_lacking/> }.into_any(),
    };
    let loops = view.loops.into_iter().map(|card| view! { <LoopCard card=card now=now back="/"/> }).collect_view();
    let asked = view.proposals.into_iter().map(|card| view! { <ProposalCard card=card now=now back="/"/> }).collect_view();
    let offered = view.offered_to_me.into_iter().filter_map(offered_to_me).collect_view();
    let aside = needs(view.lacking, view.more_lacking);
    // Read, it makes way for what concerns me.
    let (unread, read) = match view.brief {
        Some(brief) if brief.read => (None, Some(brief)),
        brief => (brief, None),
    };
    let arriving = view.arriving.map(|way| view! { <ArrivingCard way=way/> });
    let event = view.event.map(|card| view! { <NextEvent card=card now=now/> });
    let shown = move |brief: Option<Newest>| brief.map(|brief| view! { <NewestBrief brief=brief now=now/> });
    view! {
        <Frame aside=Part::of(aside)>
            <PageHead title=nb(&format!("Bonjour {}", view.first_name)) initials=initials waiting=waiting/>
            <PageTop/>
            {arriving}
            {shown(unread)}
            {sheet
                .map(|href| {
                    view! {
                        <a class="button button--main" href=href>
                            <Icon name="list-checks"/>
                            "Feuille du jour"
                        </a>
                    }
                })}
            <StandingLine standing=view.standing open=view.open/>
            {next}
            {loops}
            {asked}
            {offered}
            {event}
            <News inbox=view.inbox spoken_of=view.spoken_of me=view.me now=now/>
            {shown(read)}
        </Frame>
    }
}

/// A seat that somebody offers to me by name.
fn offered_to_me(card: domain::view::seats::ShiftCard) -> Option<impl IntoView> {
    let seat = card.seats.iter().find(|seat| seat.offer.as_ref().is_some_and(|offer| offer.for_me))?;
    let holder = seat.holder.as_ref()?;
    let way = TakeWay {
        label: format!("Prendre la place {}", of(&holder.name.first)),
        href: format!("/vacation/{}?feuille=prendre&place={}", card.id, seat.id.position),
    };
    let title = format!("offerte-{}", card.id);
    let labelled = title.clone();
    let said = nb(&format!("{} te propose sa place", holder.name));
    let task = seat.skill.as_deref().map(capitalized);
    Some(view! {
        <article class="card" aria-labelledby=labelled>
            <div class="card__head card__head--start">
                <span class="chip chip--proposed">"Une place pour toi"</span>
            </div>
            <h3 class="card__date" id=title>
                <a class="card__link" href=format!("/vacation/{}", card.id)>
                    {capitalized(&day_and_hours_short(&when(&card)))}
                </a>
            </h3>
            <p>{said}</p>
            {task.map(|task| view! { <p class="card__soft">{task}</p> })}
            <div class="card__acts">
                <a class="button button--main" href=way.href>
                    {way.label}
                </a>
            </div>
        </article>
    })
}

/// « Il manque du monde »
fn needs(lacking: Vec<domain::view::seats::ShiftCard>, more: usize) -> impl IntoView {
    let some = !lacking.is_empty();
    let rest = (more > 0).then(|| format!("Tout voir ({})", more + lacking.len()));
    let list = lacking.into_iter().map(|card| view! { <Need card=card/> }).collect_view();
    view! {
        <section class="section" aria-labelledby="manque">
            <div class="section__head">
                <h2 id="manque">"Il manque du monde"</h2>
                {some
                    .then(|| {
                        view! {
                            <a class="section__more" href="/vacations?libres=1">
                                {rest.unwrap_or_else(|| "Tout voir".to_owned())}
                            </a>
                        }
                    })}
            </div>
            {if some {
                view! { <ul class="home__needs">{list}</ul> }.into_any()
            } else {
                view! {
                    <p class="empty__text">
                        {nb("Personne ne manque dans les sept jours qui viennent. Merci à toutes et tous !")}
                    </p>
                }
                    .into_any()
            }}
        </section>
    }
}
