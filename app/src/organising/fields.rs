//! The fields of an event: what came back, or what it is.

use chrono::Timelike;
use domain::brief::PIXEL_CAP;
use domain::event::{Event, ForWhom, Mistake, Partner, Programme, typed_instant};
use domain::id::GroupId;
use domain::procedures::Fields;
use domain::time::{Instant, paris_clock, paris_day};
use leptos::prelude::*;

use super::form::{Refused, came_back};
use crate::filled::{self, Refusal, typed};
use crate::french::dates::iso_day;
use crate::french::events::at;
use crate::french::nb;
use crate::french::organising::price_typed;
use crate::ui::{Field, TextField, Tick, in_textarea};

pub type Filled = filled::Filled<Refused>;

impl Filled {
    /// Of one that is begun.
    pub fn empty(act: &str) -> Filled {
        Filled::between(came_back(act), Fields(Vec::new()))
    }

    pub fn of(event: &Event, act: &str) -> Filled {
        Filled::between(came_back(act), as_typed(event))
    }
}

impl Refusal for Refused {
    fn wrong_with(&self, field: &str) -> Option<String> {
        self.of_field(field)
    }

    fn is_late(&self) -> bool {
        self.0.iter().any(|mistake| matches!(mistake, Mistake::Stale { .. }))
    }

    fn said(field: &str, now: &str) -> Option<String> {
        match field {
            "starts" | "ends" | "closes" => typed_instant(now).map(at),
            "children" | "public" => Some(if now.is_empty() { "non" } else { "oui" }.to_owned()),
            _ => (!now.is_empty()).then(|| format!("« {now} »")),
        }
    }
}

/// An event as somebody would have typed it.
fn as_typed(event: &Event) -> Fields {
    let (details, times) = (&event.terms.details, &event.terms.times);
    let mut fields = vec![
        ("base", event.revision.to_string()),
        ("title", details.title.clone()),
        ("text", details.text.clone()),
        ("place", details.place.name.clone()),
        ("map", details.place.map.clone().unwrap_or_default()),
        ("starts", wall(times.starts_at)),
        ("ends", wall(times.ends_at)),
        ("capacity", event.terms.capacity.map(|seats| seats.to_string()).unwrap_or_default()),
        ("guests", details.guests.to_string()),
        ("price", price_typed(details.price)),
    ];
    if times.closes_at != times.starts_at {
        fields.push(("closes", wall(times.closes_at)));
    }
    if let Some(cover) = &details.cover {
        fields.extend([
            ("picture", cover.id.to_string()),
            ("alt", cover.alt.clone()),
            ("width", cover.width.to_string()),
            ("height", cover.height.to_string()),
        ]);
    }
    if details.children {
        fields.push(("children", "oui".to_owned()));
    }
    if details.for_whom == ForWhom::Public {
        fields.push(("public", "oui".to_owned()));
    }
    match &details.with {
        Some(Partner::Group(group)) => fields.push(("avec", group.to_string())),
        Some(Partner::Outside(partner)) => fields.push(("partner", partner.clone())),
        None => {}
    }
    typed(fields)
}

/// What a field for a local time holds, on the clocks of Paris.
pub fn wall(at: Instant) -> String {
    let clock = paris_clock(at);
    format!("{}T{:02}:{:02}", iso_day(paris_day(at)), clock.hour(), clock.minute())
}

/// Working groups to choose from.
pub fn options(groups: &[(GroupId, String)], chosen: &str) -> Vec<AnyView> {
    let option = |(id, name): &(GroupId, String)| {
        let id = id.to_string();
        let selected = id == chosen;
        let name = nb(name);
        view! { <option value=id selected=selected>{name}</option> }.into_any()
    };
    groups.iter().map(option).collect()
}

/// What it is, when, for whom and for how many.
pub fn fields(filled: &Filled, programme: &Programme) -> AnyView {
    let what = view! {
        {what(filled)}
        {cover(filled, programme)}
    };
    view! {
        {part("Ce que c’est", what.into_any())}
        {part("Où et quand", when_and_where(filled))}
        {part("Pour qui, et à combien", for_how_many(filled))}
        {part("Avec qui", with_whom(filled, programme))}
    }
    .into_any()
}

/// A part of a long form, with its title.
pub fn part(title: &'static str, inside: AnyView) -> AnyView {
    view! {
        <fieldset class="organised__part">
            <legend class="organised__legend">{title}</legend>
            {inside}
        </fieldset>
    }
    .into_any()
}

fn what(filled: &Filled) -> AnyView {
    let refused = filled.refused();
    let bad_text = refused.of_field("text");
    let described = if bad_text.is_some() { "text-faux text-aide" } else { "text-aide" };
    let wrong = bad_text.is_some().then_some("true");
    let typed = filled.one("text");
    let now = filled.now("text").map(|now| {
        let now = if now.is_empty() { nb("Maintenant : rien") } else { format!("{}\n{now}", nb("Maintenant :")) };
        view! { <p class="field__hint versions__text">{now}</p> }
    });
    view! {
        <TextField
            id="title"
            name="title"
            label="Titre"
            value=filled.one("title")
            hint=filled.hint("title", "")
            error=refused.of_field("title")
            required=true
        />
        <Field
            id="text"
            label="Description"
            hint=nb("Avec la barre d’outils, ou en Markdown : **gras**, *italique*, - liste.")
            error=bad_text
        >
            <textarea class="field__input" id="text" name="text" rows="10" data-prose aria-describedby=described aria-invalid=wrong>
                {in_textarea(&typed)}
            </textarea>
        </Field>
        {now}
    }
    .into_any()
}

/// The picture: what it shows is said, it is taken off, or another is chosen where the page's script can make it small and
/// send it (`public/workshop.js`). The address of none is empty.
fn cover(filled: &Filled, programme: &Programme) -> AnyView {
    let picture = filled.one("picture");
    let none = picture.is_empty();
    let bad_alt = filled.refused().of_field("alt");
    let side = |name| if none { String::new() } else { filled.one(name).parse().unwrap_or(PIXEL_CAP).to_string() };
    let (width, height) = (side("width"), side("height"));
    let shown = (!none).then(|| format!("/pictures/{picture}"));
    let me = programme.me.to_string();
    let now = filled.hint_as("picture", "", |now| Some(if now.is_empty() { "sans image" } else { "une autre image" }.to_owned()));
    view! {
        <fieldset class="field" data-pictured=me data-picture-to="/api/v1/event-pictures">
            <legend class="field__label">"L’image"</legend>
            {now.map(|now| view! { <p class="field__hint">{now}</p> })}
            <input type="hidden" name="picture" value=picture/>
            <input type="hidden" name="width" value=width.clone()/>
            <input type="hidden" name="height" value=height.clone()/>
            <div class="stack" data-picture-there hidden=none>
                <img class="workshop__picture" src=shown alt=filled.one("alt") width=width height=height/>
                <TextField
                    id="alt"
                    name="alt"
                    label="Ce qu’elle montre"
                    value=filled.one("alt")
                    hint=filled.hint("alt", "Pour qui ne la voit pas : « trois marmites sur une table »")
                    error=bad_alt
                />
                <Tick name="without" value="true" title="Retirer l’image" checked=filled.ticked("without")/>
            </div>
            <div class="field" data-picture-choice hidden>
                <label class="field__label" for="image">"Choisir une image"</label>
                <input class="field__input" id="image" type="file" accept="image/*" data-picture/>
                <p class="field__error" role="alert" data-picture-wrong hidden></p>
            </div>
            <noscript>
                <p class="field__hint">{nb("Une image se choisit avec JavaScript.")}</p>
            </noscript>
        </fieldset>
    }
    .into_any()
}

fn when_and_where(filled: &Filled) -> AnyView {
    let refused = filled.refused();
    view! {
        <TextField
            id="place"
            name="place"
            label="Où"
            value=filled.one("place")
            hint=filled.hint("place", "")
            error=refused.of_field("place")
            required=true
        />
        <TextField
            id="map"
            name="map"
            label="Un lien vers le plan"
            value=filled.one("map")
            inputmode="url"
            hint=filled.hint("map", "Une adresse du web. Facultatif")
            error=refused.of_field("map")
        />
        <TextField
            id="starts"
            name="starts"
            kind="datetime-local"
            label="Début"
            value=filled.one("starts")
            hint=filled.hint("starts", "À l’heure de Paris")
            error=refused.of_field("starts")
            required=true
        />
        <TextField
            id="ends"
            name="ends"
            kind="datetime-local"
            label="Fin"
            value=filled.one("ends")
            hint=filled.hint("ends", "")
            error=refused.of_field("ends")
            required=true
        />
        <TextField
            id="closes"
            name="closes"
            kind="datetime-local"
            label="Réponses jusqu’à"
            value=filled.one("closes")
            hint=filled.hint("closes", "Rien : jusqu’au début")
            error=refused.of_field("closes")
        />
    }
    .into_any()
}

fn for_how_many(filled: &Filled) -> AnyView {
    let refused = filled.refused();
    view! {
        <TextField
            id="capacity"
            name="capacity"
            label="Combien de places"
            value=filled.one("capacity")
            inputmode="numeric"
            hint=filled.hint("capacity", "Rien : vient qui veut")
            error=refused.of_field("capacity")
        />
        <TextField
            id="guests"
            name="guests"
            label="Combien d’invités par personne"
            value=filled.one("guests")
            inputmode="numeric"
            hint=filled.hint("guests", "0 ou rien : aucun. Chaque invité prend une place")
            error=refused.of_field("guests")
        />
        <Tick
            name="children"
            value="oui"
            title="Les enfants sont bienvenus"
            soft=filled.hint("children", "")
            checked=filled.ticked("children")
        />
        <Tick
            name="public"
            value="oui"
            title="Ouverte à tout le monde"
            soft=filled.hint("public", "On s’y inscrit aussi sans compte, par mail, depuis la page publique")
            checked=filled.ticked("public")
        />
        <TextField
            id="price"
            name="price"
            label="Prix"
            value=filled.one("price")
            hint=filled.hint("price", "Rien, « libre », ou un prix par personne : 4,50")
            error=refused.of_field("price")
        />
    }
    .into_any()
}

fn with_whom(filled: &Filled, programme: &Programme) -> AnyView {
    let refused = filled.refused();
    let chosen = filled.one("avec");
    let groups = options(&programme.groups, &chosen);
    let named = |now: &str| now.parse::<GroupId>().ok().map(|group| programme.group(group));
    let hint = filled.hint_as("avec", "Ses référent·es l’organisent aussi", named);
    view! {
        <Field id="avec" label="Avec un autre groupe" hint=hint>
            <select class="field__input" id="avec" name="avec" aria-describedby="avec-aide">
                <option value="">"Aucun"</option>
                {groups}
            </select>
        </Field>
        <TextField
            id="partner"
            name="partner"
            label="Avec quelqu’un d’autre"
            value=filled.one("partner")
            hint=filled.hint("partner", "Une association, une ferme. Facultatif")
            error=refused.of_field("partner")
        />
    }
    .into_any()
}
