//! The margin of the co-op and how its scales are set, from their forms.

use app::supply::form::{MARGIN, Refused, Why};
use backend::catalogue;
use domain::catalogue::{Rate, Unread, scales_typed};

use super::{Asked, Went};
use crate::problem::Problem;

impl Asked<'_> {
    pub(super) async fn scales(&self) -> Result<Result<Went, Refused>, Problem> {
        let rules = match scales_typed(self.fields.one("scales")) {
            Ok(rules) => rules,
            Err(mistake) => return Ok(Err(Refused::typed(vec![mistake]))),
        };
        catalogue::set_scales(self.backend, self.member, &rules).await?;
        Ok(Ok(Went::To(MARGIN.to_owned())))
    }

    pub(super) async fn margin(&self) -> Result<Result<Went, Refused>, Problem> {
        let margin = match Rate::parse(self.fields.one("margin")) {
            Ok(margin) => margin,
            Err(mistake) => return Ok(Err(Refused(vec![Why::Unread(Unread::Margin(mistake))]))),
        };
        let (form, base, why) = (self.form(), self.base(), self.fields.one("why"));
        let kept = catalogue::set_margin(self.backend, self.member, form, base, margin, why).await?;
        Ok(kept.map(|()| Went::To(MARGIN.to_owned())).map_err(Refused::typed))
    }
}
