//! The first page of all, on a database without an organisation: whoever started the program, and so reads its code
//! in the terminal, says what the organisation is called and who its first officer is.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, Query, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono_tz::Tz;
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::guard::{self, Trouble};
use super::health::{self, PartState, Report};
use super::pace::Tries;
use super::view::{self, BegunPage, SetupFields, SetupPage};
use super::wording::Wording;
use super::{FORM_LIMIT, PATIENCE, assets, timeout};
use crate::domain::code::InvitationCode;
use crate::domain::language::Language;
use crate::domain::typed::Typed;
use crate::message::{Arg, Phrase};
use crate::operations::organisation::{self, Founding};
use crate::operations::{Doer, Door, Refused, administration};

/// What the page needs to know and to reach.
pub struct Setup {
    pub door: Door,
    /// The language of the page, and what the organisation's is unless another is chosen.
    pub lang: Language,
    /// The zone unless another is written.
    pub zone: Tz,
    /// What only the terminal says.
    pub code: InvitationCode,
    /// What invitations are digested with.
    pub invite_key: Arc<[u8]>,
    /// Draws an invitation.
    pub draw: fn() -> InvitationCode,
    /// Cancelled once there is an organisation.
    pub begun: CancellationToken,
}

struct Desk {
    setup: Setup,
    tries: Tries,
    /// What was shown when it began.
    begun: Mutex<Option<BegunPage>>,
}

type Shared = Arc<Desk>;

/// The routes there are until there is an organisation.
pub fn router(setup: Setup) -> Router {
    let desk = Arc::new(Desk { setup, tries: Tries::default(), begun: Mutex::default() });
    Router::new()
        .route("/", get(page))
        .route("/bat-dau", post(begin))
        .route("/assets/{name}", get(assets::serve))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(ready))
        .fallback(|| async { Redirect::temporary("/") })
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(timeout(PATIENCE))
        .layer(middleware::map_response(guard::strict))
        .with_state(desk)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    ma: String,
}

async fn page(State(desk): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let setup = &desk.setup;
    let fields = SetupFields {
        code: asked.ma,
        zone: setup.zone.name().to_owned(),
        language: setup.lang.as_str().to_owned(),
        ..SetupFields::default()
    };
    desk.page(fields, None)
}

async fn ready() -> (StatusCode, Json<Report>) {
    let part = PartState {
        name: "organisation".to_owned(),
        ok: false,
        detail: "there is none yet: it begins on the first page, or by diudat init".to_owned(),
    };
    (StatusCode::SERVICE_UNAVAILABLE, Json(Report::of(vec![part])))
}

/// Begins the organisation and shows the invitation of its first officer.
async fn begin(
    State(desk): State<Shared>,
    form: Result<Form<SetupFields>, FormRejection>,
) -> Result<Response, Trouble> {
    // What is no form of ours is answered with ours.
    let Ok(Form(fields)) = form else { return Ok(desk.page(SetupFields::default(), None)) };
    let setup = &desk.setup;
    let typed = InvitationCode::parse(&fields.code).map(|code| code.digest(&setup.invite_key));
    let right = setup.code.digest(&setup.invite_key);
    let same = typed.is_some_and(|typed| typed.as_bytes().ct_eq(right.as_bytes()).into());
    if !same {
        let why = if desk.tries.pass().is_ok() { "setup-wrong-code" } else { "setup-too-many" };
        return Ok(desk.page(fields, Some(Phrase::new(why))));
    }
    // Of two quick taps the second sees what the first did.
    let mut begun = desk.begun.lock().await;
    if let Some(page) = &*begun {
        return Ok(view::page(page));
    }
    let founding = match founding(&fields) {
        Ok(founding) => founding,
        Err(why) => return Ok(desk.page(fields, Some(why))),
    };
    match desk.found(&founding, &Typed::new(&fields.officer)).await {
        Ok((code, invitation)) => {
            setup.begun.cancel();
            let page = BegunPage {
                w: Wording::of(setup.lang),
                version: assets::version(),
                organisation: fields.name.trim().to_owned(),
                officer: Wording::of(setup.lang)
                    .say(&Phrase::new("setup-officer-code").with("code", Arg::code(&code))),
                invitation: invitation.to_string(),
            };
            Ok(view::page(begun.insert(page)))
        }
        Err(Refused::Because(why)) => Ok(desk.page(fields, Some(why))),
        Err(Refused::Fault(error)) => Err(error.into()),
    }
}

/// What the form says of the organisation; else what is wrong with it.
fn founding(fields: &SetupFields) -> Result<Founding, Phrase> {
    let zone = fields.zone.trim();
    let term = fields.term.trim();
    Ok(Founding {
        name: Typed::new(&fields.name),
        locality: Typed::new(&fields.place),
        zone: match zone {
            "" => None,
            zone => Some(zone.parse().map_err(|_| Phrase::new("setup-zone-wrong"))?),
        },
        language: fields.language.trim().parse().ok(),
        term_start: match term {
            "" => None,
            term => Some(term.parse().map_err(|_| Phrase::new("setup-term-wrong"))?),
        },
    })
}

impl Desk {
    /// The form as it was filled in, and what is wrong with it.
    fn page(&self, fields: SetupFields, wrong: Option<Phrase>) -> Response {
        let w = Wording::of(self.setup.lang);
        let wrong = wrong.map(|why| w.say(&why));
        view::page(&SetupPage { w, version: assets::version(), fields, wrong })
    }

    /// The officer's code and invitation.
    async fn found(
        &self,
        founding: &Founding,
        officer: &Typed,
    ) -> Result<(String, InvitationCode), Refused> {
        let setup = &self.setup;
        let mut deed = setup.door.deed(Doer::Administrator).await?;
        let mut work = deed.work();
        let unit = organisation::found(&mut work, founding).await?;
        let (person, code) = organisation::first_officer(&mut work, unit, officer).await?;
        let invitation = (setup.draw)();
        let expires = work.now + work.practice.invitations.life;
        let named = (person, code.as_str());
        administration::invite(&mut work, named, &invitation, &setup.invite_key, expires).await?;
        deed.end().await?;
        Ok((code, invitation))
    }
}
