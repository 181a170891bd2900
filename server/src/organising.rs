//! What organisers type, as plain forms; and who answered, as a file for a spreadsheet.

use app::organising::form::{NEW, POSTED_TO, Refused};
use app::procedures::form::Typed;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::event::{self, Edit, Organised};
use chrono::NaiveDate;
use domain::event::{
    Mistake, Overview, Rule, RuleEdit, RuleTyped, Scope, Terms, Typed as TypedEvent, Wanted, WantedList, typed_instant,
};
use domain::id::{BringItemId, EventId, GroupId, HelperPostId, MemberId, PictureId};
use domain::procedures::Fields;
use domain::time::{Instant, paris_day};
use leptos::prelude::provide_context;
use uuid::Uuid;

use crate::download;
use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

mod table;

/// The longest form, in bytes: a text that is too long comes back with why, as all the others do.
const FORM_CAP: usize = 512 * 1024;

/// `POST /organiser`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(POSTED_TO));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    let done = asked.done().await?;
    match done {
        Ok(event) => {
            server.live.changed();
            Ok(see_other(&format!("{POSTED_TO}/{event}?fait={}", fields.one("geste"))))
        }
        Err(mistakes) => {
            let path = asked.back()?;
            Ok(come_back(server, page, &path, fields, Refused(mistakes)).await)
        }
    }
}

/// The page of the form, with all that was typed.
async fn come_back(server: &Server, page: Request, path: &str, fields: Fields, refused: Refused) -> Response {
    let mut page = page;
    if let Ok(address) = Uri::try_from(path) {
        *page.uri_mut() = address;
    }
    let typed = Typed(Fields(fields.0.into_iter().filter(|(name, _)| name != "id").collect()));
    let also = move || {
        provide_context(typed.clone());
        provide_context(refused.clone());
    };
    let mut response = render_still_with(server, page, also).await;
    // What is not there, or not theirs, says so itself.
    if response.status().is_success() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// What an organiser asks with a form.
struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    /// The event to go on with, or why nothing was done.
    async fn done(&self) -> Result<Result<EventId, Vec<Mistake>>, Problem> {
        let (backend, member) = (self.backend, self.member);
        let form: Uuid = self.fields.one("id").parse().unwrap_or_else(|_| backend.ids.uuid());
        match self.fields.one("geste") {
            "creer" => {
                let group: GroupId = self.fields.one("groupe").parse().map_err(|_| problem::MALFORMED)?;
                match self.terms_and_rule() {
                    Ok((terms, rule)) => Ok(event::create(backend, member, form, group, &terms, rule.as_ref()).await?),
                    Err(mistakes) => Ok(Err(mistakes)),
                }
            }
            "refaire" => Ok(Ok(event::duplicate(backend, member, self.event()?, form).await?)),
            act => {
                let event = self.event()?;
                Ok(self.does(act, event, form).await?.map(|()| event))
            }
        }
    }

    async fn does(&self, act: &str, event: EventId, form: Uuid) -> Result<Organised, Problem> {
        let (backend, member, word) = (self.backend, self.member, self.fields.one("mot"));
        Ok(match act {
            "modifier" => match self.edit(form) {
                Ok(edit) => event::edit(backend, member, event, &edit).await?,
                Err(mistakes) => Err(mistakes),
            },
            "publier" => match self.publishing() {
                Ok(at) => event::publish(backend, member, event, form, self.scope(), at).await?,
                Err(mistake) => Err(vec![mistake]),
            },
            "annuler" => event::cancel(backend, member, event, form, self.scope(), word).await?,
            "retablir" => event::restore(backend, member, event, form).await?,
            "message" => event::write_to_all(backend, member, event, form, word).await?,
            "remercier" => event::thank(backend, member, event, form, word).await?,
            "retirer-photo" => event::remove_photo(backend, member, event, form, self.photo()?).await?,
            "remettre-photo" => {
                // A page of ours always says which request it shows.
                let asked_at = self.fields.one("demande").parse().ok();
                event::put_photo_back(backend, member, event, form, self.photo()?, asked_at, word).await?
            }
            "listes" => match (self.wanted::<BringItemId>("item"), self.wanted::<HelperPostId>("poste")) {
                (Ok(items), Ok(posts)) => event::set_wanted(backend, member, event, form, self.scope(), &items, &posts).await?,
                (items, posts) => Err([items.err(), posts.err()].into_iter().flatten().collect()),
            },
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    fn edit(&self, form: Uuid) -> Result<Edit, Vec<Mistake>> {
        let rule = RuleEdit::read(self.rule_typed()).map_err(Mistake::Rule);
        let (terms, rule) = both(Terms::read(self.typed()), rule)?;
        // A page of ours always says from which revision it was written.
        let base: i32 = self.fields.one("base").parse().map_err(|_| vec![Mistake::Stale { revision: 0 }])?;
        let scope = self.scope();
        if rule.is_some() && scope == Scope::This {
            return Err(vec![Mistake::NoSeries]);
        }
        Ok(Edit { form, base, scope, terms, rule })
    }

    /// What was typed of the event, and how it comes back, if it does; or all that is wrong with both.
    fn terms_and_rule(&self) -> Result<(Terms, Option<Rule>), Vec<Mistake>> {
        let terms = Terms::read(self.typed());
        let first = match &terms {
            Ok(terms) => Some(paris_day(terms.times.starts_at)),
            Err(_) => typed_instant(self.fields.one("starts")).map(paris_day),
        };
        // Without a first day there is nothing to say of the rule yet.
        let rule = first.map_or(Ok(None), |first| self.rule(first));
        both(terms, rule)
    }

    fn rule(&self, first: NaiveDate) -> Result<Option<Rule>, Mistake> {
        let typed = self.rule_typed();
        if [typed.rhythm, typed.every, typed.until].iter().all(|typed| typed.trim().is_empty()) {
            return Ok(None);
        }
        Rule::read(typed, first).map(Some).map_err(Mistake::Rule)
    }

    fn rule_typed(&self) -> RuleTyped<'_> {
        let fields = self.fields;
        RuleTyped { rhythm: fields.one("rythme"), every: fields.one("every"), until: fields.one("until") }
    }

    fn typed(&self) -> TypedEvent<'_> {
        let fields = self.fields;
        let off = !fields.one("without").is_empty();
        let pixels = |name: &'static str| -> u16 { fields.one(name).parse().unwrap_or(0) };
        TypedEvent {
            title: fields.one("title"),
            text: fields.one("text"),
            cover: fields.one("picture").parse().ok().filter(|_| !off),
            alt: fields.one("alt"),
            width: pixels("width"),
            height: pixels("height"),
            place: fields.one("place"),
            map: fields.one("map"),
            starts: fields.one("starts"),
            ends: fields.one("ends"),
            closes: fields.one("closes"),
            capacity: fields.one("capacity"),
            guests: fields.one("guests"),
            children: !fields.one("children").is_empty(),
            public: !fields.one("public").is_empty(),
            price: fields.one("price"),
            with_group: fields.one("avec").parse().ok(),
            partner: fields.one("partner"),
        }
    }

    /// When it comes out: now, which is nothing, or at an hour of Paris.
    fn publishing(&self) -> Result<Option<Instant>, Mistake> {
        if !self.fields.one("maintenant").is_empty() {
            return Ok(None);
        }
        typed_instant(self.fields.one("quand")).map(Some).ok_or(Mistake::PublishingUnreadable)
    }

    /// One of the two lists. A line without a name is none; with the id of something, it was shown, and emptied.
    fn wanted<Id: Copy + std::str::FromStr>(&self, kind: &str) -> Result<WantedList<Id>, Mistake> {
        let (labels, counts) = (format!("{kind}-nom"), format!("{kind}-combien"));
        let mut list = WantedList { lines: Vec::new(), shown: Vec::new() };
        for ((id, label), count) in self.fields.all(kind).zip(self.fields.all(&labels)).zip(self.fields.all(&counts)) {
            let id: Option<Id> = id.parse().ok();
            list.shown.extend(id);
            if !label.is_empty() {
                list.lines.extend(Wanted::read(id, label, count)?);
            }
        }
        Ok(list)
    }

    fn scope(&self) -> Scope {
        match self.fields.one("portee") {
            "suivantes" => Scope::Following,
            "toutes" => Scope::All,
            _ => Scope::This,
        }
    }

    fn event(&self) -> Result<EventId, Problem> {
        self.fields.one("event").parse().map_err(|_| problem::MALFORMED)
    }

    fn photo(&self) -> Result<PictureId, Problem> {
        self.fields.one("photo").parse().map_err(|_| problem::MALFORMED)
    }

    /// Where the form stood.
    fn back(&self) -> Result<String, Problem> {
        match self.fields.one("geste") {
            "creer" => Ok(NEW.to_owned()),
            _ => Ok(format!("{POSTED_TO}/{}", self.event()?)),
        }
    }
}

/// What was typed of an event and of how it comes back, or all that is wrong with both.
fn both<T>(terms: Result<Terms, Vec<Mistake>>, rule: Result<T, Mistake>) -> Result<(Terms, T), Vec<Mistake>> {
    match (terms, rule) {
        (Ok(terms), Ok(rule)) => Ok((terms, rule)),
        (terms, rule) => Err(terms.err().unwrap_or_default().into_iter().chain(rule.err()).collect()),
    }
}

/// `GET /organiser/{event}/liste.csv`: who answered, for the organisers.
pub async fn csv(State(server): State<Server>, Extension(who): Extension<SignedIn>, Path(event): Path<String>) -> Response {
    let Ok(event) = event.parse::<EventId>() else { return problem::NOT_FOUND.into_response() };
    match event::overview(&server.backend, who.member, event).await {
        Ok(overview) => file(&overview),
        Err(error) => Problem::from(error).into_response(),
    }
}

fn file(overview: &Overview) -> Response {
    let name = format!("sortie-{}.csv", paris_day(overview.event.terms.times.starts_at));
    download::csv(table::of(overview), &name)
}
