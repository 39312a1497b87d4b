//! One request for a page: who, in which language, and how the answer is made.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Offset;
use chrono_tz::Tz;
use graphql_client::GraphQLQuery;
use i18n::Locale;
use sha2::{Digest, Sha256};

use crate::{
    address::{local, origin},
    cookie, csrf,
    csrf::Seal,
    execute::{Caller, Executor, Sent},
    fault::{Fault, percent},
    flash::Flash,
    form::Form,
    scalar::{Date, DateTime},
    theme::Theme,
    word::{self, DesignationKind, Language, PartnershipSide},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/frame.graphql",
    normalization = "rust",
    extern_enums("Language")
)]
struct FramePage;

/// What all requests share.
pub(crate) struct Site {
    pub(crate) executor: Executor,
    pub(crate) seal: Seal,
    pub(crate) secure: bool,
    /// Scheme and host in browsers' addresses, where the installation says so.
    pub(crate) public_url: Option<String>,
    /// Where letters of this installation come from.
    pub(crate) contact: String,
    pub(crate) zone: Tz,
}

/// One request for a page. Every handler takes it.
#[derive(Clone)]
pub(crate) struct Visit {
    /// The page's language: all sentences are its methods.
    pub(crate) say: Locale,
    site: Arc<Site>,
    caller: Caller,
    /// Scheme and host by which the visitor reached us.
    origin: String,
    /// Path and query after the language, `/schools?q=2`; empty for the first page.
    rest: String,
    /// Whom forms are bound to.
    subject: String,
    /// The guest's cookie, when it was made with this request.
    new_subject: bool,
    theme: Theme,
    flash: Option<Flash>,
    seen: Option<HeaderValue>,
    thrifty: bool,
    post: bool,
    /// The address names a language that is not the one kept.
    new_language: bool,
}

impl Visit {
    /// Reads the request's head. `say` is the language its address begins with.
    pub(crate) fn new(site: Arc<Site>, say: Locale, rest: String, parts: &Parts) -> Self {
        let secure = site.secure;
        let cookie = |name| cookie::read(&parts.headers, name, secure);
        let session = cookie(cookie::SESSION);
        let known = session.clone().or_else(|| cookie(cookie::FORM));
        let new_subject = known.is_none();
        let origin = origin(&site, parts);
        Visit {
            say,
            origin,
            site,
            caller: Caller {
                session,
                language: say,
                user_agent: parts
                    .headers
                    .get(header::USER_AGENT)
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or_default()
                    .to_owned(),
                extensions: parts.extensions.clone(),
            },
            rest,
            subject: known.unwrap_or_else(csrf::fresh),
            new_subject,
            theme: cookie(cookie::THEME)
                .and_then(|word| Theme::read(&word))
                .unwrap_or_default(),
            flash: cookie(cookie::FLASH).and_then(|word| Flash::read(&word)),
            seen: parts.headers.get(header::IF_NONE_MATCH).cloned(),
            thrifty: parts
                .headers
                .get("save-data")
                .is_some_and(|value| value == "on"),
            new_language: parts.uri.path() != "/"
                && cookie(cookie::LANGUAGE).as_deref() != Some(say.tag()),
            post: !parts.method.is_safe(),
        }
    }

    /// The full address of a page or document of ours: `url("/kk/bank")`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whom to write to about this installation.
    pub(crate) fn contact(&self) -> &str {
        &self.site.contact
    }

    /// The same visit as a guest's who reads in this language: what anybody may read, whoever asks.
    pub(crate) fn as_guest(&self, say: Locale) -> Self {
        let mut visit = self.clone();
        visit.caller.session = None;
        visit.caller.language = say;
        visit.say = say;
        visit
    }

    /// The request's path and query, language included.
    pub(crate) fn path(&self) -> String {
        format!("/{}{}", self.say, self.rest)
    }

    /// Where the installation's clocks are.
    pub(crate) fn zone(&self) -> Tz {
        self.site.zone
    }

    /// Was the form shown to this visitor?
    pub(crate) fn holds(&self, token: &str) -> bool {
        self.site.seal.holds(token, &self.subject)
    }

    /// Keeps a file that came in a form: its id, or why not.
    pub(crate) async fn take(&self, name: String, bytes: Sent<'_>) -> Result<String, String> {
        let caller = self.caller.clone();
        self.site.executor.take(caller, name, bytes).await
    }

    /// Runs the page's operation.
    pub(crate) async fn ask<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, Fault> {
        let caller = self.caller.clone();
        self.site.executor.ask::<Q>(caller, variables).await
    }

    /// What the layout shows, for a page that shows nothing else of the schema.
    pub(crate) async fn frame(&self) -> Result<Frame, Fault> {
        let found = self.ask::<FramePage>(frame_page::Variables {}).await?;
        Ok(self.framed(found))
    }

    /// The page's operation, and what the layout shows, in one.
    pub(crate) async fn open<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Result<(Frame, Q::ResponseData), Fault> {
        let executor = &self.site.executor;
        let (frame, found) = executor
            .ask_in::<_, Q>(frame_page::QUERY, self.caller.clone(), variables)
            .await?;
        Ok((self.framed(frame), found))
    }

    /// Does the browser come with a session? It may be over.
    pub(crate) fn has_session(&self) -> bool {
        self.caller.session.is_some()
    }

    fn framed(&self, found: frame_page::Frame) -> Frame {
        let mut frame = self.bare_frame();
        frame.viewer = found.viewer;
        if let Some(words) = found.installation {
            frame.leading = words.leading_school.text;
            frame.magnetic = words.magnetic_school.text;
        }
        frame
    }

    /// The layout without anything that has to be asked for.
    pub(crate) fn bare_frame(&self) -> Frame {
        Frame {
            say: self.say,
            rest: self.rest.clone(),
            zone: self.site.zone,
            token: self.site.seal.token(&self.subject),
            theme: self.theme,
            flash: self.flash.filter(|_| !self.post),
            viewer: None,
            leading: self.say.school_leading(),
            magnetic: self.say.school_magnetic(),
            thrifty: self.thrifty,
            failed: false,
        }
    }

    /// A page.
    pub(crate) fn page<T: Template>(&self, page: &T) -> Result<Response, Fault> {
        self.answer(StatusCode::OK, page)
    }

    /// The page with the form again: something in it was wrong.
    pub(crate) fn refused<T: Template>(&self, page: &T) -> Result<Response, Fault> {
        self.answer(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// A page with its status. A page that the browser has already is not sent again.
    pub(crate) fn answer<T: Template>(
        &self,
        status: StatusCode,
        page: &T,
    ) -> Result<Response, Fault> {
        let html = page.render().map_err(Fault::internal)?;
        let again = status == StatusCode::OK && self.flash.is_none() && !self.post;
        let tag = again
            .then(|| HeaderValue::from_str(&self.tag(&html)).ok())
            .flatten();
        let mut response = if tag.is_some() && tag == self.seen {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            (status, Html(html)).into_response()
        };
        if let Some(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
        }
        Ok(response)
    }

    /// This page again, now that what was asked for is done.
    pub(crate) fn stay(&self, flash: Flash) -> Response {
        self.go(&self.rest, flash)
    }

    /// On to another page of ours, `/schools/…`, which says first what was done.
    pub(crate) fn go(&self, rest: &str, flash: Flash) -> Response {
        self.go_to(&format!("/{}{rest}", self.say), flash)
    }

    /// On to a `return` address, if it is one of ours; else to the first page.
    pub(crate) fn go_back(&self, target: &str, flash: Flash) -> Response {
        match local(target) {
            Some(target) => self.go_to(target, flash),
            None => self.go("", flash),
        }
    }

    fn go_to(&self, target: &str, flash: Flash) -> Response {
        let Ok(location) = HeaderValue::from_str(target) else {
            return Fault::internal("an address that is none").into_response();
        };
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
        self.keep(&mut response, cookie::FLASH, flash.word(), Some(60));
        response
    }

    /// Out, and on to another page: the browser forgets the session, and the pages it kept for reading offline.
    pub(crate) fn out(&self, rest: &str) -> Response {
        let mut response = self.go(rest, Flash::SignedOut);
        self.keep(&mut response, cookie::SESSION, "none", Some(0));
        response.headers_mut().insert(
            HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\", \"storage\""),
        );
        response
    }

    /// Adds a cookie to the answer.
    pub(crate) fn keep(
        &self,
        response: &mut Response,
        name: &str,
        value: &str,
        seconds: Option<u32>,
    ) {
        if let Some(line) = cookie::keep(name, value, seconds, self.site.secure) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }

    /// The cookies that belong to the visit rather than to what was done in it.
    pub(crate) fn settle(&self, response: &mut Response) {
        if self.new_subject && response.status() != StatusCode::NOT_MODIFIED {
            self.keep(response, cookie::FORM, &self.subject, None);
        }
        if self.new_language && !self.post {
            self.keep(
                response,
                cookie::LANGUAGE,
                self.say.tag(),
                Some(cookie::YEAR),
            );
        }
        if self.flash.is_some() && !self.post {
            self.keep(response, cookie::FLASH, "none", Some(0));
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let visit = parts.extensions.get::<Visit>().cloned();
        visit.ok_or_else(|| Fault::internal("a page outside the pages"))
    }
}

/// What the layout shows around every page. Templates call it `frame`.
pub(crate) struct Frame {
    /// The page's language.
    pub(crate) say: Locale,
    /// Path and query after the language.
    pub(crate) rest: String,
    /// Where the installation's clocks are.
    pub(crate) zone: Tz,
    /// For the hidden input of every form.
    pub(crate) token: String,
    /// Day, night or as the device has it.
    pub(crate) theme: Theme,
    /// What was just done.
    pub(crate) flash: Option<Flash>,
    /// Who is signed in.
    pub(crate) viewer: Option<frame_page::FrameViewer>,
    /// What a Leading school is called here.
    pub(crate) leading: String,
    /// What a Magnetic school is called here.
    pub(crate) magnetic: String,
    /// The visitor saves data: no fonts.
    pub(crate) thrifty: bool,
    /// A form came back with errors: the title says so first.
    pub(crate) failed: bool,
}

impl Frame {
    /// For a page that shows a form.
    pub(crate) fn of(mut self, form: &Form) -> Self {
        self.failed = form.failed();
        self
    }

    /// What a school is in a partnership.
    pub(crate) fn side<'a>(&'a self, side: &'a PartnershipSide) -> &'a str {
        match side {
            PartnershipSide::Leading => &self.leading,
            PartnershipSide::Magnetic => &self.magnetic,
            PartnershipSide::Other(side) => side,
        }
    }

    /// What a school is designated as.
    pub(crate) fn designation<'a>(&'a self, kind: &'a DesignationKind) -> &'a str {
        match kind {
            DesignationKind::Leading => &self.leading,
            DesignationKind::Magnetic => &self.magnetic,
            DesignationKind::Other(kind) => kind,
        }
    }

    /// Does the viewer run the platform?
    pub(crate) fn admin(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.is_admin)
    }

    /// The address of a page in this language: `at("/schools")`.
    pub(crate) fn at(&self, rest: &str) -> String {
        format!("/{}{rest}", self.say)
    }

    /// A list's address up to the cursor: `/kk/networks?q=…&`.
    pub(crate) fn list(&self, rest: &str, q: &str) -> String {
        format!("{}?q={}&", self.at(rest), percent(q))
    }

    /// `lang` for a text in this language; `None` when it is the page's own.
    pub(crate) fn foreign(&self, language: &Language) -> Option<&'static str> {
        let locale = word::locale(language)?;
        (locale != self.say).then_some(locale.tag())
    }

    /// This page's address.
    pub(crate) fn here(&self) -> String {
        self.at(&self.rest)
    }

    /// The day on which it was here.
    pub(crate) fn day(&self, at: &DateTime) -> Date {
        at.with_timezone(&self.zone).date_naive()
    }

    /// That day in figures.
    pub(crate) fn day_short(&self, at: &DateTime) -> String {
        self.say.date_short(self.day(at))
    }

    /// Day and time in words.
    pub(crate) fn moment(&self, at: &DateTime) -> String {
        let offset = at.with_timezone(&self.zone).offset().fix();
        self.say.date_time(*at, offset)
    }

    /// The letters that stand for who is signed in.
    pub(crate) fn initials(&self) -> String {
        let name = self
            .viewer
            .as_ref()
            .map_or("", |viewer| &viewer.person.name);
        initials(name)
    }

    /// The address to sign in and come back here.
    pub(crate) fn sign_in(&self) -> String {
        format!("{}?return={}", self.at("/sign-in"), percent(&self.here()))
    }

    /// `page` for the link to the part of the site that this page is in.
    pub(crate) fn current(&self, rest: &str) -> bool {
        let path = self.rest.split('?').next().unwrap_or_default();
        path == rest || (!rest.is_empty() && path.starts_with(&format!("{rest}/")))
    }
}

impl Visit {
    /// A name for what the page says. The token is left out: it differs each time.
    fn tag(&self, html: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(self.subject.as_bytes());
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(TOKEN_INPUT) {
            digest.update(before.as_bytes());
            rest = after.split_once('"').map_or("", |(_, rest)| rest);
        }
        digest.update(rest.as_bytes());
        let digest: Vec<u8> = digest.finalize().iter().take(12).copied().collect();
        format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(digest))
    }
}

/// The first letters of a name's first two words; signs and figures are none.
fn initials(name: &str) -> String {
    let words = name.split_whitespace();
    let letters =
        words.filter_map(|word| word.chars().next().filter(|first| first.is_alphabetic()));
    letters.take(2).flat_map(char::to_uppercase).collect()
}

/// How the hidden input starts, as `form_token` in the templates writes it.
const TOKEN_INPUT: &str = "<input type=\"hidden\" name=\"token\" value=\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_letters() {
        assert_eq!(initials("Айгүл Сейітқызы Ахметова"), "АС");
        assert_eq!(initials("Координатор № 2 мектеп"), "КМ");
        assert_eq!(initials("әли"), "Ә");
        assert_eq!(initials("№ 2"), "");
    }
}
