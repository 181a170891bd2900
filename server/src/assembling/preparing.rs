//! What is prepared, how members are called, and what an assembly leaves.

use backend::assembly;
use domain::assembly::{Settings, WrittenAssembly, WrittenDocument, WrittenResolution, WrittenRoles};

use super::{Asked, Done, plainly};
use crate::problem::{self, Problem};

impl Asked<'_> {
    /// The assembly itself, who keeps it, the rules for those that come.
    pub(super) async fn of_itself(&self) -> Result<Done, Problem> {
        let (backend, member, form) = (self.backend, self.member, self.form());
        Ok(plainly(match self.fields.one("geste") {
            "prevoir" => match WrittenAssembly::read(self.fields, backend.now()) {
                Ok(written) => assembly::plan(backend, member, form, &written).await?,
                Err(mistakes) => Err(mistakes),
            },
            "changer" => match WrittenAssembly::read(self.fields, backend.now()) {
                Ok(written) => assembly::edit(backend, member, form, (self.assembly()?, self.base()), &written).await?,
                Err(mistakes) => Err(mistakes),
            },
            "annuler" => assembly::cancel(backend, member, form, self.assembly()?, self.fields.one("mot")).await?,
            "roles" => match WrittenRoles::read(self.fields) {
                Ok(written) => assembly::set_roles(backend, member, form, self.assembly()?, &written).await?,
                Err(mistakes) => Err(mistakes),
            },
            _ => match Settings::read(self.fields) {
                Ok(settings) => assembly::set_settings(backend, member, form, &settings).await?,
                Err(mistakes) => Err(mistakes),
            },
        }))
    }

    pub(super) async fn of_papers(&self) -> Result<Done, Problem> {
        let (backend, member, form, id) = (self.backend, self.member, self.form(), self.assembly()?);
        // A new form names none.
        let known = |field: &str| match self.fields.one(field) {
            "" => Ok(None),
            typed => typed.parse().map(Some).map_err(|_| problem::MALFORMED),
        };
        Ok(plainly(match self.fields.one("geste") {
            "document" => match (WrittenDocument::read(self.fields), known("document")?) {
                (Ok(written), None) => assembly::add_document(backend, member, form, id, &written).await?,
                (Ok(written), Some(document)) => {
                    let of = (domain::id::DocumentId(document), self.base());
                    assembly::edit_document(backend, member, form, id, of, &written).await?
                }
                (Err(mistakes), _) => Err(mistakes),
            },
            "resolution" => match (WrittenResolution::read(self.fields), known("resolution")?) {
                (Ok(written), None) => assembly::add_resolution(backend, member, form, id, &written).await?,
                (Ok(written), Some(resolution)) => {
                    let of = (domain::id::ResolutionId(resolution), self.base());
                    assembly::edit_resolution(backend, member, form, id, of, &written).await?
                }
                (Err(mistakes), _) => Err(mistakes),
            },
            "retirer-document" => {
                let document = self.fields.one("document").parse().map_err(|_| problem::MALFORMED)?;
                assembly::remove_document(backend, member, form, id, document).await?
            }
            _ => assembly::remove_resolution(backend, member, form, id, self.resolution()?).await?,
        }))
    }

    /// Members are called; once it is over, what it decided is written where it holds.
    pub(super) async fn of_calls(&self) -> Result<Done, Problem> {
        let (backend, member, form, id) = (self.backend, self.member, self.form(), self.assembly()?);
        Ok(plainly(match self.fields.one("geste") {
            "convoquer" => assembly::convoke(backend, member, form, id, &self.server.config.public_url.origin).await?,
            "imprimer" => assembly::mark_called(backend, member, form, id, (&self.members("membre")?, false)).await?,
            "remettre" => assembly::mark_called(backend, member, form, id, (&self.members("membre")?, true)).await?,
            "inscrire" => assembly::record(backend, member, id).await?,
            _ => assembly::install(backend, member, form, id, !self.fields.one("sortants").is_empty()).await?,
        }))
    }
}
