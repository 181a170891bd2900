//! What somebody of the office asks with a form.

use app::register::form::{ARRIVALS, CAPITAL, DUPLICATES, ERASURES, IMPORT, INVITATIONS, MEMBERS, NEW, Refused, Stays, Why};
use backend::Backend;
use backend::register::{self, import};
use backend::share;
use chrono::{Datelike, NaiveDate};
use domain::id::{ErasureId, FinancingId, MemberId, MemberImportId, PaymentId};
use domain::procedures::Fields;
use domain::register::import::{Answers, Mapping, SharedAs};
use domain::register::{Mistake, Settings, WavePlan, typed_day, typed_why};
use domain::share::{WrittenFinancing, WrittenPayment, WrittenShare, amount};
use domain::time::{paris_day, plus_days};
use uuid::Uuid;

use super::place_of;
use crate::problem::{self, Problem};
use crate::state::Server;

/// Where somebody goes on.
pub enum Went {
    To(String),
    /// What the undo left as it was.
    Undone(Stays),
}

/// Whether it was done, and where to go on; or why not.
type Done = Result<Result<Went, Refused>, Problem>;
/// The first year that the association had members.
const FIRST_YEAR: i32 = 2016;

pub struct Asked<'a> {
    pub server: &'a Server,
    pub member: MemberId,
    pub fields: &'a Fields,
}

impl Asked<'_> {
    pub async fn done(&self) -> Done {
        match self.act() {
            "ajouter" | "modifier" | "place" => self.of_card().await,
            "presente" | "marraine" | "arrive" | "reglages" => self.of_arrival().await,
            "souscrire" | "payer" | "annuler-paiement" | "rembourser" | "assurer" | "retirer-annee" => self.of_share().await,
            "financement" | "retirer-financement" => self.of_capital().await,
            "partir" | "rester" => self.of_departure().await,
            "inviter" | "vagues" | "annuler-vagues" => self.of_invitation().await,
            "adresse" | "reunir" => self.of_duplicates().await,
            "refuser-effacement" | "effacer" => self.of_erasure().await,
            _ => self.of_file().await,
        }
    }

    /// Where the form stood.
    pub fn back(&self) -> Result<String, Problem> {
        Ok(match self.act() {
            "ajouter" => NEW.to_owned(),
            "modifier" | "place" | "presente" | "marraine" | "arrive" | "souscrire" | "payer" | "annuler-paiement"
            | "rembourser" | "assurer" | "retirer-annee" | "inviter" => self.card()?,
            "partir" => format!("{}/depart?le={}", self.card()?, self.fields.one("on")),
            "rester" => format!("{}/depart", self.card()?),
            "reglages" => ARRIVALS.to_owned(),
            "vagues" | "annuler-vagues" => INVITATIONS.to_owned(),
            "adresse" => DUPLICATES.to_owned(),
            "reunir" => format!("{DUPLICATES}?garde={}&part={}", self.id::<MemberId>("keeps")?, self.id::<MemberId>("goes")?),
            "refuser-effacement" | "effacer" => ERASURES.to_owned(),
            "financement" | "retirer-financement" => CAPITAL.to_owned(),
            "colonnes" | "reponses" | "appliquer" => format!("{IMPORT}/{}", self.id::<MemberImportId>("import")?),
            "defaire" => IMPORT.to_owned(),
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    async fn of_card(&self) -> Done {
        let (backend, member) = (self.backend(), self.member);
        match self.act() {
            "ajouter" => {
                let kept = register::create(backend, member, self.form(), self.fields).await?;
                Ok(kept.map(|id| Went::To(format!("{MEMBERS}/{id}"))).map_err(Refused::of))
            }
            "modifier" => {
                let base = self.fields.one("base").parse().unwrap_or(0);
                let kept = register::edit(backend, member, self.form(), self.whom()?, base, self.fields).await?;
                self.on_card(kept)
            }
            _ => {
                let place = match self.fields.one("place") {
                    "" => None,
                    typed => Some(place_of(typed).ok_or(problem::MALFORMED)?),
                };
                let kept = register::give_regular_seat(backend, member, self.form(), self.whom()?, place).await?;
                self.on_card(kept)
            }
        }
    }

    async fn of_arrival(&self) -> Done {
        let (backend, member, form) = (self.backend(), self.member, self.form());
        match self.act() {
            "presente" => {
                let today = self.today();
                let kept = match typed_day(self.fields.one("on"), first_day(), today) {
                    Ok(on) => register::presented(backend, member, form, self.whom()?, on).await?,
                    Err(mistake) => Err(vec![mistake]),
                };
                self.on_card(kept)
            }
            "marraine" => {
                let sponsor = match self.fields.one("sponsor") {
                    "" => None,
                    typed => Some(typed.parse().map_err(|_| problem::MALFORMED)?),
                };
                self.on_card(register::sponsor(backend, member, form, self.whom()?, sponsor).await?)
            }
            "arrive" => self.on_card(register::arrived(backend, member, form, self.whom()?).await?),
            _ => {
                let settings = match Settings::read(self.fields) {
                    Ok(settings) => settings,
                    Err(mistakes) => return Ok(Err(Refused::of(mistakes))),
                };
                let kept = register::set_settings(backend, member, form, &settings).await?;
                Ok(to(kept, ARRIVALS))
            }
        }
    }

    async fn of_share(&self) -> Done {
        let (backend, member, form, whom, today) = (self.backend(), self.member, self.form(), self.whom()?, self.today());
        let kept = match self.act() {
            "souscrire" => match WrittenShare::read(self.fields, today) {
                Ok(written) => share::subscribe(backend, member, form, whom, written).await?,
                Err(mistakes) => Err(mistakes),
            },
            "payer" => match WrittenPayment::read(self.fields, today) {
                Ok(written) => share::pay(backend, member, form, whom, written).await?,
                Err(mistakes) => Err(mistakes),
            },
            "rembourser" => match WrittenPayment::read(self.fields, today) {
                Ok(written) => share::refund(backend, member, form, whom, written).await?,
                Err(mistakes) => Err(mistakes),
            },
            "annuler-paiement" => share::cancel_payment(backend, member, form, whom, self.id::<PaymentId>("payment")?).await?,
            "assurer" => match self.year_paid(today) {
                Ok(paid) => share::insure(backend, member, form, whom, paid).await?,
                Err(mistakes) => Err(mistakes),
            },
            _ => {
                let year = self.fields.one("year").parse().map_err(|_| problem::MALFORMED)?;
                share::take_back_year(backend, member, form, whom, year).await?
            }
        };
        self.on_card(kept)
    }

    /// Which year of the association, what was paid for it, and when.
    fn year_paid(&self, today: NaiveDate) -> Result<(i16, domain::catalogue::Cents, NaiveDate), Vec<Mistake>> {
        let year = self.fields.one("year").parse::<i16>().ok();
        let year = year.filter(|year| (FIRST_YEAR..=today.year() + 1).contains(&i32::from(*year))).ok_or(Mistake::YearUnreadable);
        let paid = amount(self.fields.one("amount"));
        let on = typed_day(self.fields.one("on"), first_day(), plus_days(today, 31));
        match (year, paid, on) {
            (Ok(year), Ok(paid), Ok(on)) => Ok((year, paid, on)),
            (year, paid, on) => Err(year.err().into_iter().chain(paid.err()).chain(on.err()).collect()),
        }
    }

    async fn of_capital(&self) -> Done {
        let (backend, member, form) = (self.backend(), self.member, self.form());
        let kept = if self.act() == "financement" {
            match WrittenFinancing::read(self.fields, self.today()) {
                Ok(written) => share::add_financing(backend, member, form, &written).await?,
                Err(mistakes) => Err(mistakes),
            }
        } else {
            share::remove_financing(backend, member, form, self.id::<FinancingId>("financing")?).await?
        };
        Ok(to(kept, CAPITAL))
    }

    async fn of_departure(&self) -> Done {
        let (backend, member, form, whom) = (self.backend(), self.member, self.form(), self.whom()?);
        let page = format!("{}/depart", self.card()?);
        if self.act() == "rester" {
            let kept = register::stay(backend, member, form, whom).await?;
            return Ok(to(kept, &page));
        }
        let on: NaiveDate = self.fields.one("on").parse().map_err(|_| problem::MALFORMED)?;
        let why = match typed_why(self.fields.one("why")) {
            Ok(why) => why,
            Err(mistake) => return Ok(Err(Refused::of(vec![mistake]))),
        };
        let kept = register::leave(backend, member, form, whom, (on, &why), self.origin()).await?;
        Ok(to(
            kept.map(|ended| {
                for session in ended {
                    self.server.live.end(session);
                }
            }),
            &page,
        ))
    }

    async fn of_invitation(&self) -> Done {
        let (backend, member, form) = (self.backend(), self.member, self.form());
        match self.act() {
            "inviter" => self.on_card(register::invite(backend, member, form, self.whom()?, self.origin()).await?),
            "vagues" => {
                let plan = match WavePlan::read(self.fields, self.today()) {
                    Ok(plan) => plan,
                    Err(mistakes) => return Ok(Err(Refused::of(mistakes))),
                };
                let kept = register::plan_waves(backend, member, form, plan, self.origin()).await?;
                Ok(to(kept.map(|_| ()), INVITATIONS))
            }
            _ => Ok(to(register::take_back_waves(backend, member, form).await?, INVITATIONS)),
        }
    }

    async fn of_duplicates(&self) -> Done {
        let (backend, member, form) = (self.backend(), self.member, self.form());
        if self.act() == "reunir" {
            let (keeps, goes) = (self.id::<MemberId>("keeps")?, self.id::<MemberId>("goes")?);
            let kept = register::merge(backend, member, form, keeps, goes).await?;
            return Ok(to(kept, &format!("{MEMBERS}/{keeps}")));
        }
        let kept = register::settle_address(backend, member, form, self.fields.one("email")).await?;
        // From a card, back to it.
        let back = if self.fields.one("member").is_empty() { DUPLICATES.to_owned() } else { self.card()? };
        Ok(to(kept, &back))
    }

    async fn of_erasure(&self) -> Done {
        let (backend, member, form) = (self.backend(), self.member, self.form());
        let id = self.id::<ErasureId>("erasure")?;
        let kept = if self.act() == "effacer" {
            // The form asks whether it was thought over.
            if self.fields.one("sur").is_empty() {
                return Err(problem::MALFORMED);
            }
            register::erase(backend, member, form, id).await?
        } else {
            register::refuse_erasure(backend, member, form, id, self.fields.one("word")).await?
        };
        Ok(to(kept, ERASURES))
    }

    /// What is said of a file, and what becomes of it.
    async fn of_file(&self) -> Done {
        let (backend, member, file) = (self.backend(), self.member, self.id::<MemberImportId>("import")?);
        let page = move || Went::To(format!("{IMPORT}/{file}"));
        match self.act() {
            "colonnes" => {
                import::map_columns(backend, member, file, &Mapping::typed(self.fields)).await?;
                Ok(Ok(page()))
            }
            "reponses" => {
                import::answer_file(backend, member, file, &self.answers()?).await?;
                Ok(Ok(page()))
            }
            "appliquer" => {
                let applied = import::approve(backend, member, file, self.fields.one("vu")).await?;
                Ok(applied.map(|_| page()).map_err(|why| Refused(vec![Why::NotApproved(why)])))
            }
            "defaire" => {
                let undone = import::undo_last(backend, member, file).await?;
                let went = |stays: Stays| if stays.is_empty() { Went::To(IMPORT.to_owned()) } else { Went::Undone(stays) };
                Ok(undone.map(|undo| went(Stays::of(undo))).map_err(|why| Refused(vec![Why::NotUndone(why)])))
            }
            _ => Err(problem::NOT_UNDERSTOOD),
        }
    }

    fn answers(&self) -> Result<Answers, Problem> {
        let mut answers = Answers::default();
        for (line, chosen) in self.fields.all("ligne").zip(self.fields.all("personne")).filter(|(_, chosen)| !chosen.is_empty()) {
            let line: u32 = line.parse().map_err(|_| problem::MALFORMED)?;
            let person = match chosen {
                "nouveau" => None,
                id => Some(id.parse::<MemberId>().map_err(|_| problem::MALFORMED)?),
            };
            answers.people.insert(line, person);
        }
        for (email, chosen) in self.fields.all("adresse").zip(self.fields.all("partage")) {
            let shared = match chosen {
                "foyer" => SharedAs::Household,
                "premier" => SharedAs::FirstOnly,
                _ => continue,
            };
            answers.addresses.insert(email.to_owned(), shared);
        }
        Ok(answers)
    }

    fn act(&self) -> &str {
        self.fields.one("geste")
    }

    fn backend(&self) -> &Backend {
        &self.server.backend
    }

    fn origin(&self) -> &str {
        &self.server.config.public_url.origin
    }

    fn today(&self) -> NaiveDate {
        paris_day(self.backend().now())
    }

    /// What the form makes has its id: sent twice, it is one.
    fn form(&self) -> Uuid {
        self.fields.one("id").parse().unwrap_or_else(|_| self.backend().ids.uuid())
    }

    fn whom(&self) -> Result<MemberId, Problem> {
        self.id("member")
    }

    fn card(&self) -> Result<String, Problem> {
        Ok(format!("{MEMBERS}/{}", self.whom()?))
    }

    fn id<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.fields.one(name).parse().map_err(|_| problem::MALFORMED)
    }

    fn on_card(&self, kept: Result<(), Vec<Mistake>>) -> Done {
        Ok(to(kept, &self.card()?))
    }
}

fn to(kept: Result<(), Vec<Mistake>>, page: &str) -> Result<Went, Refused> {
    kept.map(|()| Went::To(page.to_owned())).map_err(Refused::of)
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(NaiveDate::MIN)
}
