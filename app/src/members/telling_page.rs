//! « Préviens-moi »: what I am told outside the app, how, and when my shifts come up.

use std::sync::Arc;

use domain::command::Command;
use domain::notify::{Ahead, Channel, Topic};
use domain::view::telling::{TellingView, TopicView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::calendar_door::{CalendarDoor, Made};
use super::push_door::{PushDoor, ThisDevice};
use super::watching::Watching;
use crate::acts::ActForm;
use crate::french::nb;
use crate::french::topics;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Frame, PageHead, Width};

const PAGE: &str = "/moi/prevenir";

/// What is offered; others that were chosen elsewhere stay.
const OFFERED: [Ahead; 8] = [
    Ahead::Days(14),
    Ahead::Days(7),
    Ahead::Days(3),
    Ahead::Days(2),
    Ahead::Days(1),
    Ahead::Hours(12),
    Ahead::Hours(3),
    Ahead::Hours(1),
];

#[component]
pub fn TellingPage() -> impl IntoView {
    ThisDevice::provide();
    Made::provide();
    view! {
        <Title text="Préviens-moi · Alpar"/>
        <Screen query=|| Query::Telling title="Préviens-moi" coming="Tes choix arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view| telling(view).into_any())
}

fn telling(view: TellingView) -> impl IntoView {
    let topics = view
        .topics
        .into_iter()
        .map(|TopicView { topic, switches }| {
            let choices = (!switches.is_empty()).then(|| {
                let choices = switches
                    .into_iter()
                    .map(|(channel, on)| view! { <Choice topic=topic channel=channel on=on/> })
                    .collect_view();
                view! { <div class="cluster">{choices}</div> }
            });
            view! {
                <li class="card">
                    <h3 class="card__title">{topics::name(topic)}</h3>
                    <p class="card__soft">{nb(topics::about(topic))}</p>
                    {choices}
                </li>
            }
        })
        .collect_view();
    let reached =
        nb(&format!("Les mails vont à {}. Sans appareil qui reçoit les alertes, l’essentiel part par mail.", view.email));
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Préviens-moi" back=("/moi".to_owned(), "Moi".to_owned())/>
            <PageTop/>
            <PushDoor/>
            <Watching watches=view.watches waiting=view.waiting skills=view.skills named=view.named now=view.now/>
            <Reminders chosen=view.reminders/>
            <section class="section section--apart" aria-labelledby="quoi">
                <h2 id="quoi">"Ce qu’on te dit"</h2>
                <p class="soft">{reached}</p>
                <ul class="stack">{topics}</ul>
            </section>
            <CalendarDoor since=view.calendar_since/>
        </Frame>
    }
}

#[component]
fn Choice(topic: Topic, channel: Channel, on: bool) -> impl IntoView {
    let (word, intent_end) = match channel {
        Channel::Push => ("Alertes", "sur tes appareils"),
        Channel::Mail => ("Mails", "par mail"),
    };
    let verb = if on { "Ne plus recevoir" } else { "Recevoir" };
    let intent = nb(&format!("{verb} « {} » {intent_end}", topics::name(topic)));
    let label = format!("{word} : {}", topics::name(topic));
    view! {
        <ActForm command=Command::SetSwitch { topic, channel, on: !on } intent=intent back=PAGE>
            <button class="switch" type="submit" role="switch" aria-checked=on.to_string() aria-label=label>
                <span class="switch__track" aria-hidden="true"></span>
                {word}
            </button>
        </ActForm>
    }
}

#[component]
fn Reminders(chosen: Vec<Ahead>) -> impl IntoView {
    let mut offered: Vec<Ahead> = OFFERED.to_vec();
    offered.extend(chosen.iter().filter(|ahead| !OFFERED.contains(ahead)));
    let pills = offered
        .into_iter()
        .map(|ahead| {
            let value = serde_json::to_string(&ahead).unwrap_or_default();
            let on = chosen.contains(&ahead);
            view! {
                <label class="pill">
                    <input class="pill__box" type="checkbox" name="reminders" value=value checked=on/>
                    <span class="pill__face">{nb(&topics::ahead(ahead))}</span>
                </label>
            }
        })
        .collect_view();
    let read = Arc::new(|data: &web_sys::FormData| {
        let reminders =
            data.get_all("reminders").iter().filter_map(|value| domain::json::parse::<Ahead>(&value.as_string()?).ok()).collect();
        Some((Command::SetReminders { reminders }, "Changer tes rappels".to_owned()))
    });
    view! {
        <section class="section section--apart" aria-labelledby="rappels">
            <h2 id="rappels">"Rappels"</h2>
            <p class="soft">{nb("Avant chacune de tes vacations, à l’heure de Paris, avec qui anime et quoi faire si tu ne peux pas venir.")}</p>
            <ActForm
                command=Command::SetReminders { reminders: Vec::new() }
                intent="Changer tes rappels"
                back=PAGE
                read=read as crate::acts::Read
                class="stack"
            >
                <fieldset class="field">
                    <legend class="visually-hidden">"Quand te rappeler"</legend>
                    <div class="pills pills--words">{pills}</div>
                </fieldset>
                <button class="button" type="submit">"Enregistrer les rappels"</button>
            </ActForm>
        </section>
    }
}
