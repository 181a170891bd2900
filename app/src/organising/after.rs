//! What organisers do once an event is over: they thank, and settle what is asked of its photos.

use domain::event::{Overview, PLACE_CAP, Photo};
use domain::id::MemberId;
use leptos::prelude::*;

use super::form::{POSTED_TO, came_back, refused};
use crate::french::dates::moment;
use crate::french::nb;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::ui::{Field, TextField, in_textarea};

/// Nothing before there is anything to do.
pub fn after(overview: &Overview) -> AnyView {
    let over = overview.event.state.is_published() && overview.event.terms.times.ends_at <= overview.as_of;
    let thanks = over.then(|| thanks(overview));
    let photos = (!overview.photos.is_empty()).then(|| photos(overview));
    if thanks.is_none() && photos.is_none() {
        return ().into_any();
    }
    view! {
        <section class="section section--apart no-print" aria-labelledby="apres">
            <h3 id="apres">"Après"</h3>
            {thanks}
            {photos}
        </section>
    }
    .into_any()
}

/// Once.
fn thanks(overview: &Overview) -> AnyView {
    if let Some(said) = &overview.thanks {
        let said = nb(&format!("Le merci est parti : « {said} »"));
        return view! { <p class="card">{said}</p> }.into_any();
    }
    let back = came_back("remercier");
    let wrong = if back.is_some() { refused().of_field("mot") } else { None };
    let word = back.map(|fields| fields.one("mot").to_owned()).unwrap_or_default();
    let described = if wrong.is_some() { "mot-merci-faux mot-merci-aide" } else { "mot-merci-aide" };
    let invalid = wrong.is_some().then_some("true");
    let event = overview.event.id.to_string();
    view! {
        <Posted to=POSTED_TO act="remercier" of=event.clone() with=vec![("event", event)] class="stack">
            <Field
                id="mot-merci"
                label="Un merci"
                hint=nb("Une fois, à qui était là ; il reste sur la page de la sortie")
                error=wrong
            >
                <textarea
                    class="field__input"
                    id="mot-merci"
                    name="mot"
                    rows="4"
                    maxlength="1000"
                    aria-describedby=described
                    aria-invalid=invalid
                >
                    {in_textarea(&word)}
                </textarea>
            </Field>
            <button class="button button--main" type="submit">
                "Remercier"
            </button>
        </Posted>
    }
    .into_any()
}

/// How many there are, and those that somebody wants removed, which nobody else sees.
fn photos(overview: &Overview) -> AnyView {
    let all = counted(overview.photos.len(), "photo", "photos");
    let asked: Vec<_> =
        overview.photos.iter().filter(|photo| photo.is_hidden()).map(|photo| to_settle(overview, photo)).collect();
    let said = if asked.is_empty() {
        format!("{all}. Une photo dont on demande le retrait disparaît aussitôt, et attend ici ta décision.")
    } else {
        format!("{all}. Celles-ci ne sont plus montrées : sans décision, elles sont retirées pour de bon au bout de 30 jours.")
    };
    view! {
        <h4>"Photos"</h4>
        <p>{nb(&said)}</p>
        {(!asked.is_empty()).then(|| view! { <ul class="list">{asked}</ul> })}
    }
    .into_any()
}

fn to_settle(overview: &Overview, photo: &Photo) -> AnyView {
    let name = |member: MemberId| overview.names.get(&member).map_or_else(|| "quelqu’un".to_owned(), ToString::to_string);
    let (event, picture) = (overview.event.id.to_string(), &photo.picture);
    let asked = photo.asked.map(|asked| format!("{}, {}", name(asked.by), moment(asked.at, overview.as_of)));
    let said = nb(&format!("Ajoutée par {}. Retrait demandé par {}.", name(photo.by), asked.unwrap_or_default()));
    let (address, id, of) = (format!("/pictures/{}", picture.id), picture.id.to_string(), format!("{event} {}", picture.id));
    let (alt, width, height) = (picture.alt.clone(), picture.width.to_string(), picture.height.to_string());
    // Of several, the one that came back.
    let back = came_back("remettre-photo").filter(|fields| fields.one("photo") == id);
    let wrong = if back.is_some() { refused().of_field("mot") } else { None };
    let word = back.map(|fields| fields.one("mot").to_owned()).unwrap_or_default();
    let field = format!("mot-photo-{id}");
    let cap = u16::try_from(PLACE_CAP).unwrap_or(u16::MAX);
    let with = vec![("event", event), ("photo", id)];
    // Which request it is that is settled: another one may come while the page is open.
    let request = photo.asked.map(|asked| asked.at.to_rfc3339()).unwrap_or_default();
    let with_request = [with.clone(), vec![("demande", request)]].concat();
    view! {
        <li class="card stack">
            <img class="event__cover" src=address alt=alt width=width height=height loading="lazy"/>
            <p>{said}</p>
            <Posted to=POSTED_TO act="retirer-photo" of=of.clone() with=with>
                <button class="button button--main" type="submit">
                    "Retirer pour de bon"
                </button>
            </Posted>
            <Posted to=POSTED_TO act="remettre-photo" of=of with=with_request class="stack">
                <TextField
                    id=field
                    name="mot"
                    label="Ou la remettre, avec un mot"
                    value=word
                    hint=nb("Pour qui a demandé le retrait")
                    error=wrong
                    maxlength=cap
                />
                <button class="button" type="submit">
                    "Remettre"
                </button>
            </Posted>
        </li>
    }
    .into_any()
}
