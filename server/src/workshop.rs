//! What Communication types: plain forms of its pages, and the same form sent by the page's script, which saves by itself.

use app::brief_workshop::form::{POSTED_TO, Refused};
use app::procedures::form::Typed;
use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::brief::{self, Correction, Edited};
use backend::{Backend, command};
use chrono::NaiveDate;
use domain::brief::{self as rules, Arrange, Mistake, PieceKey, Said, Saved, Version, Way, Written};
use domain::command::{Command, Envelope, SCHEMA};
use domain::id::{BlockId, CommandId, MemberId, PictureId};
use domain::outcome::Outcome;
use domain::procedures::Fields;
use domain::reason::Reason;
use leptos::prelude::provide_context;
use serde_json::json;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

/// The longest form, in bytes: a text that is too long comes back with why, as all the others do.
const FORM_CAP: usize = 512 * 1024;

/// `POST /communication/breve`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// Done, or why not.
type Done = Result<(), Refused>;

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(POSTED_TO));
    let by_script = request.headers().get(header::ACCEPT).is_some_and(|accepts| accepts == "application/json");
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    if by_script {
        return Ok(asked.save().await?.into_response());
    }
    let done = asked.done().await?;
    let (path, query, place) = asked.back();
    if let Err(refused) = done {
        return Ok(come_back(server, page, &path, &query, fields, refused).await);
    }
    server.live.changed();
    Ok(see_other(&format!("{path}?{query}fait={}{place}", fields.one("geste"))))
}

/// The page of the form, with all that was typed.
async fn come_back(server: &Server, page: Request, path: &str, query: &str, fields: Fields, refused: Refused) -> Response {
    let mut page = page;
    if let Ok(address) = Uri::try_from(format!("{path}?{query}")) {
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

/// What an editor asks with a form.
struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    async fn done(&self) -> Result<Done, Problem> {
        let (backend, member, fields) = (self.backend, self.member, self.fields);
        let act = fields.one("geste");
        let id: Uuid = fields.one("id").parse().unwrap_or_else(|_| backend.ids.uuid());
        let kept: Edited = match act {
            "texte" => {
                let settles = if fields.one("settles") == "oui" { self.seen() } else { Vec::new() };
                return self.write(settles).await;
            }
            "garder" => return self.settle().await,
            "refuser" => match rules::word_of(fields) {
                Ok(word) => brief::refuse_block(backend, member, id, self.block()?, &word).await?,
                Err(mistake) => Err(vec![mistake]),
            },
            "semaine" => brief::keep_for_next_week(backend, member, id, self.block()?).await?,
            "corriger" => match self.correction() {
                Ok(correction) => brief::correct(backend, member, id, correction?).await?,
                Err(mistakes) => Err(mistakes),
            },
            "relire" => brief::ask_for_review(backend, member, self.monday()?, id).await?,
            "approuver" => brief::approve(backend, member, self.monday()?, id).await?,
            "reprendre" => brief::take_back(backend, member, self.monday()?, id).await?,
            "publier" => brief::publish_now(backend, member, self.monday()?, id).await?,
            "public" | "membres" => brief::set_public(backend, member, self.monday()?, id, act == "public").await?,
            "reglages" => match rules::settings_of(fields) {
                Ok(settings) => brief::set_settings(backend, member, settings).await?,
                Err(mistake) => Err(vec![mistake]),
            },
            _ => match self.arranged(act)? {
                Ok(arrange) => brief::arrange(backend, member, self.monday()?, id, act, arrange).await?,
                Err(mistakes) => Err(mistakes),
            },
        };
        Ok(kept.map_err(Refused::of))
    }

    /// What is done with the pieces.
    fn arranged(&self, act: &str) -> Result<Result<Arrange, Vec<Mistake>>, Problem> {
        let piece = || self.fields.one("piece").parse::<PieceKey>().map_err(|_| problem::MALFORMED);
        Ok(match act {
            "placer" => Ok(Arrange::Place(self.block()?)),
            "monter" => Ok(Arrange::Move(piece()?, Way::Up)),
            "descendre" => Ok(Arrange::Move(piece()?, Way::Down)),
            "retirer" => Ok(Arrange::Remove(piece()?)),
            "vif" => rules::live_of(self.fields).map(Arrange::Add),
            "vif-changer" => rules::live_of(self.fields).map(Arrange::Change),
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    /// The text of a block: the same command as its author's.
    async fn write(&self, settles: Vec<i32>) -> Result<Done, Problem> {
        let block = self.block()?;
        let written = brief::written(self.backend, self.member, block).await?;
        let fields = self.fields;
        let Some(base) = self.base() else { return Ok(Err(Refused::of(vec![Mistake::Changed]))) };
        let picture = self.picture();
        self.perform(Command::EditBlock {
            block,
            base,
            group: written.block.group,
            title: fields.one("title").to_owned(),
            text: fields.one("text").to_owned(),
            picture,
            alt: fields.one("alt").to_owned(),
            width: self.pixels("width"),
            height: self.pixels("height"),
            href: fields.one("href").to_owned(),
            label: fields.one("label").to_owned(),
            ready: !fields.one("ready").is_empty(),
            public: !fields.one("public").is_empty(),
            settles,
        })
        .await
    }

    /// One of two versions: it is the one shown, and nothing stands beside it.
    async fn settle(&self) -> Result<Done, Problem> {
        let block = self.block()?;
        let written = brief::written(self.backend, self.member, block).await?;
        let said = match self.fields.one("version").parse::<i64>() {
            Ok(draft) => brief::draft(self.backend, self.member, block, draft).await?,
            Err(_) => written.block.said.clone(),
        };
        if self.is_settled(&written, &said) {
            return Ok(Ok(()));
        }
        // Whoever settles has read what is shown.
        if self.base() != Some(written.block.revision) {
            return Ok(Err(Refused::of(vec![Mistake::Changed])));
        }
        // The one that is kept was seen.
        let kept = written.block.beside.iter().filter(|version| version.said == said).map(Version::revision);
        let seen = self.seen().into_iter().chain(kept).collect();
        self.perform(kept_as(&written, said, seen)).await
    }

    /// The same button was pressed before: what it makes of the block is what is shown, and nothing that its page showed is left.
    fn is_settled(&self, written: &Written, said: &Said) -> bool {
        let made = self.base().map(|base| rules::revision_after(base, said));
        let left = written.block.revisions_beside();
        made == Some(written.block.revision) && !self.seen().iter().any(|seen| left.contains(seen))
    }

    async fn perform(&self, command: Command) -> Result<Done, Problem> {
        let id = CommandId(self.backend.ids.uuid());
        let envelope = Envelope { id, schema: SCHEMA, depends_on: Vec::new(), on_behalf_of: None, command };
        Ok(match command::perform(self.backend, self.member, &envelope).await? {
            Outcome::Applied { .. } => Ok(()),
            Outcome::Refused { reason: Reason::SaidBadly { mistakes } } => {
                Err(Refused::of(mistakes.into_iter().map(Mistake::Said).collect()))
            }
            Outcome::Refused { reason } => Err(Refused { mistakes: Vec::new(), reason: Some(reason) }),
        })
    }

    /// Saves a text by itself, and says on which revision to go on.
    async fn save(&self) -> Result<(StatusCode, Json<serde_json::Value>), Problem> {
        if self.fields.one("geste") != "texte" {
            return Err(problem::NOT_UNDERSTOOD);
        }
        if let Err(refused) = self.write(Vec::new()).await? {
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "wrong": refused.sentences() }))));
        }
        let Written { block, .. } = brief::written(self.backend, self.member, self.block()?).await?;
        let said = Said::read(self.typed()).map_err(|_| problem::UNWELL)?;
        let apart = block.beside.iter().find(|version| version.said == said && block.said != said);
        let revision = apart.map_or(block.revision, |version| version.revision());
        Ok((StatusCode::OK, Json(json!(Saved { revision, beside: block.beside.len() }))))
    }

    fn correction(&self) -> Result<Result<Correction, Problem>, Vec<Mistake>> {
        let (said, word) = (Said::read(self.typed()), rules::word_of(self.fields));
        let (said, word) = match (said, word) {
            (Ok(said), Ok(word)) => (said, word),
            (said, word) => {
                let typed = said.err().unwrap_or_default().into_iter().map(Mistake::Said);
                return Err(typed.chain(word.err()).collect());
            }
        };
        let Some(base) = self.base() else { return Err(vec![Mistake::Changed]) };
        let mail = !self.fields.one("mail").is_empty();
        Ok(self.block().map(|block| Correction { block, base, said, word, mail }))
    }

    fn typed(&self) -> rules::Typed<'_> {
        rules::Typed {
            title: self.fields.one("title"),
            text: self.fields.one("text"),
            picture: self.picture(),
            alt: self.fields.one("alt"),
            width: self.pixels("width"),
            height: self.pixels("height"),
            href: self.fields.one("href"),
            label: self.fields.one("label"),
        }
    }

    /// The picture, unless it is taken off.
    fn picture(&self) -> Option<PictureId> {
        let off = !self.fields.one("without").is_empty();
        self.fields.one("picture").parse().ok().filter(|_| !off)
    }

    fn pixels(&self, name: &'static str) -> u16 {
        self.fields.one(name).parse().unwrap_or(0)
    }

    /// The versions beside that the page showed: what came since is not settled unseen.
    fn seen(&self) -> Vec<i32> {
        self.fields.one("vues").split(' ').filter_map(|revision| revision.parse().ok()).collect()
    }

    fn base(&self) -> Option<i32> {
        self.fields.one("base").parse().ok()
    }

    fn block(&self) -> Result<BlockId, Problem> {
        self.fields.one("block").parse().map_err(|_| problem::MALFORMED)
    }

    fn monday(&self) -> Result<NaiveDate, Problem> {
        self.fields.one("lundi").parse().map_err(|_| problem::MALFORMED)
    }

    /// Where the form stood: its page, what its address asks, and the place on it where the focus goes on.
    fn back(&self) -> (String, String, String) {
        let fields = self.fields;
        let block = fields.one("block").parse::<BlockId>().ok();
        match (fields.one("page"), block) {
            ("bloc", Some(block)) => (format!("{POSTED_TO}/bloc/{block}"), String::new(), String::new()),
            _ => {
                let monday = self.monday().map(|monday| format!("lundi={monday}&")).unwrap_or_default();
                let key = match fields.one("geste") {
                    "placer" => block.map(PieceKey::Block),
                    "monter" | "descendre" => fields.one("piece").parse().ok(),
                    "vif" | "vif-changer" => rules::live_of(fields).ok().map(|live| live.key()),
                    _ => None,
                };
                (POSTED_TO.to_owned(), monday, key.map(|key| format!("#{key}")).unwrap_or_default())
            }
        }
    }
}

/// What is kept of a block where only its text changes.
fn kept_as(written: &Written, said: Said, settles: Vec<i32>) -> Command {
    let block = &written.block;
    let Said { title, text, picture, link } = said;
    let (href, label) = link.map(|link| (link.href, link.label)).unwrap_or_default();
    let (id, alt, width, height) = match picture {
        Some(picture) => (Some(picture.id), picture.alt, picture.width, picture.height),
        None => (None, String::new(), 0, 0),
    };
    Command::EditBlock {
        block: block.id,
        base: block.revision,
        group: block.group,
        title,
        text,
        picture: id,
        alt,
        width,
        height,
        href,
        label,
        ready: block.ready,
        public: block.public,
        settles,
    }
}
