//! Forms: what was posted, what is shown again, and what was wrong with it.
//!
//! An input carries the name of the API's input field, its path joined by full stops (`name.kk`), so that a
//! `UserError` finds its input without a table.

mod file;

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;
use axum::{
    Form as UrlEncoded,
    extract::{FromRequest, Request},
};
use i18n::Locale;

pub(crate) use file::{Part, part};

use crate::{command::Errors, fault::Fault, scalar::Date, visit::Visit};

/// The hidden input that carries the token of `csrf`.
pub(crate) const TOKEN: &str = "token";

/// A form that was sent, by the browser it was shown in: extracting it checks that.
#[derive(Debug, Default)]
pub(crate) struct Posted(Vec<(String, String)>);

impl Posted {
    /// The text of an input without blanks around it, lines ended as we end them; empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> String {
        self.raw(name).trim().replace("\r\n", "\n")
    }

    /// Like [`text`](Self::text), `None` for an empty one.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A day; what is wrong with it goes to `errors`.
    pub(crate) fn date(&self, name: &str, say: &Locale, errors: &mut Errors) -> Option<Date> {
        let text = self.text(name);
        let date = text.parse().ok();
        if date.is_none() {
            let message = if text.is_empty() {
                say.refusal_required()
            } else {
                say.refusal_malformed_date()
            };
            errors.push((vec![name.to_owned()], message));
        }
        date
    }

    /// The version of what was shown.
    pub(crate) fn version(&self, name: &str) -> Result<i64, Fault> {
        self.text(name).parse().map_err(|_| Fault::Form)
    }

    /// Exactly what was typed: for passwords.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// Everything that was sent under this name: the boxes that were ticked.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let sent = self.0.iter().filter(|(key, _)| key == name);
        sent.map(|(_, value)| value.clone()).collect()
    }

    /// What was sent in another way than forms usually are; its token is checked.
    pub(crate) fn checked(visit: &Visit, fields: Vec<(String, String)>) -> Result<Self, Fault> {
        let posted = Posted(fields);
        if visit.holds(posted.raw(TOKEN)) {
            Ok(posted)
        } else {
            Err(Fault::Form)
        }
    }

    /// Whether a box was ticked or a button of this name pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let visit = request.extensions().get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| Fault::internal("a form outside the pages"))?;
        let fields = UrlEncoded::<Vec<(String, String)>>::from_request(request, state).await;
        Posted::checked(
            &visit,
            fields.map_or_else(|_| Vec::new(), |UrlEncoded(fields)| fields),
        )
    }
}

/// A form to show: first empty or with what is stored, later with what was typed and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Form {
    values: Vec<(String, String)>,
    problems: Vec<Problem>,
}

#[derive(Debug)]
struct Problem {
    /// Empty: about the whole form.
    field: String,
    message: String,
}

impl Form {
    /// With what was typed, and a payload's `userErrors`, each as its path and message.
    pub(crate) fn again(
        posted: Posted,
        errors: impl IntoIterator<Item = (Vec<String>, String)>,
    ) -> Self {
        let problem = |(path, message): (Vec<String>, _)| Problem {
            field: path.join("."),
            message,
        };
        Form {
            values: posted.0,
            problems: errors.into_iter().map(problem).collect(),
        }
    }

    /// Says what is wrong with one input.
    pub(crate) fn wrong(mut self, field: &str, message: String) -> Self {
        self.problems.push(Problem {
            field: field.to_owned(),
            message,
        });
        self
    }

    /// Fills one input, for what is stored.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.to_owned(), value.into()));
        self
    }

    /// With what is stored wherever nothing was typed: for a page of several forms, of which one was sent.
    pub(crate) fn filled_up(mut self, stored: Self) -> Self {
        for (name, value) in stored.values {
            if !self.values.iter().any(|(known, _)| *known == name) {
                self.values.push((name, value));
            }
        }
        self
    }

    /// Was anything wrong?
    pub(crate) fn failed(&self) -> bool {
        !self.problems.is_empty()
    }

    /// What an input shows.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether the box of this name that sends this was ticked.
    pub(crate) fn ticked(&self, name: &str, value: &str) -> bool {
        let mut sent = self.values.iter();
        sent.any(|(key, sent)| key == name && sent == value)
    }

    fn problem(&self, name: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|problem| problem.field == name)
            .map(|problem| &*problem.message)
    }

    /// What is wrong, with a link to each input; nothing when nothing is. It goes above the form.
    pub(crate) fn summary(&self, say: &Locale) -> Summary<'_> {
        Summary {
            form: self,
            say: *say,
        }
    }

    /// An input of one line with its label. Chain what else it needs and write it into the template.
    pub(crate) fn field(&self, name: impl Into<String>, label: impl Into<String>) -> Field<'_> {
        Field {
            form: self,
            name: name.into(),
            label: label.into(),
            hint: None,
            kind: "text",
            rows: None,
            options: Vec::new(),
            attributes: String::new(),
        }
    }
}

/// See [`Form::summary`].
pub(crate) struct Summary<'a> {
    form: &'a Form,
    say: Locale,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.form.failed() {
            return Ok(());
        }
        write!(
            f,
            r#"<div class="note error" role="alert" tabindex="-1" id="summary" autofocus><div><p><b>{}</b></p><ul>"#,
            escape(&self.say.form_summary())
        )?;
        for problem in &self.form.problems {
            let message = escape(&problem.message);
            if self
                .form
                .values
                .iter()
                .any(|(name, _)| *name == problem.field)
            {
                write!(
                    f,
                    r##"<li><a href="#f-{}">{message}</a></li>"##,
                    escape(&problem.field)
                )?;
            } else {
                write!(f, "<li>{message}</li>")?;
            }
        }
        f.write_str("</ul></div></div>")
    }
}

impl HtmlSafe for Summary<'_> {}

/// See [`Form::field`].
pub(crate) struct Field<'a> {
    form: &'a Form,
    name: String,
    label: String,
    hint: Option<String>,
    kind: &'static str,
    rows: Option<u8>,
    options: Vec<(String, String)>,
    attributes: String,
}

impl Field<'_> {
    /// The input's `type`: `email`, `password`, `date`…
    pub(crate) fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// Several lines.
    pub(crate) fn rows(mut self, rows: u8) -> Self {
        self.rows = Some(rows);
        self
    }

    /// One of these, each as it is sent and as it is read.
    pub(crate) fn options(mut self, options: impl IntoIterator<Item = (String, String)>) -> Self {
        self.options = options.into_iter().collect();
        self
    }

    /// A sentence under the label.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Another attribute: `autocomplete`, `lang`, `inputmode`…
    pub(crate) fn with(mut self, attribute: &'static str, value: &str) -> Self {
        // Writing to a String can't fail.
        let _ = write!(self.attributes, " {attribute}=\"{}\"", escape(value));
        self
    }

    /// It has to be filled in.
    pub(crate) fn required(mut self) -> Self {
        self.attributes.push_str(" required");
        self
    }
}

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, problem) = (&*self.name, self.form.problem(&self.name));
        write!(
            f,
            r#"<div class="field"><label for="f-{name}">{}</label>"#,
            escape(&self.label)
        )?;
        if let Some(hint) = &self.hint {
            write!(
                f,
                r#"<span class="hint" id="h-{name}">{}</span>"#,
                escape(hint)
            )?;
        }
        if let Some(problem) = problem {
            write!(
                f,
                r#"<span class="err" id="e-{name}">{}</span>"#,
                escape(problem)
            )?;
        }
        let described = match (&self.hint, problem) {
            (None, None) => String::new(),
            (Some(_), None) => format!(r#" aria-describedby="h-{name}""#),
            (None, Some(_)) => format!(r#" aria-describedby="e-{name}" aria-invalid="true""#),
            (Some(_), Some(_)) => {
                format!(r#" aria-describedby="e-{name} h-{name}" aria-invalid="true""#)
            }
        };
        let attributes = &self.attributes;
        // A password is typed anew and a file chosen anew: they are never sent back.
        let value = match self.kind {
            "password" | "file" => "",
            _ => self.form.value(name),
        };
        if !self.options.is_empty() {
            write!(
                f,
                r#"<select class="input" id="f-{name}" name="{name}"{attributes}{described}>"#
            )?;
            for (option, label) in &self.options {
                let selected = if option == value { " selected" } else { "" };
                let (option, label) = (escape(option), escape(label));
                write!(f, r#"<option value="{option}"{selected}>{label}</option>"#)?;
            }
            return f.write_str("</select></div>");
        }
        match self.rows {
            Some(rows) => write!(
                f,
                "<textarea class=\"input\" id=\"f-{name}\" name=\"{name}\" rows=\"{rows}\"{attributes}{described}>\n{}</textarea></div>",
                escape(value)
            ),
            None => write!(
                f,
                r#"<input class="input" id="f-{name}" name="{name}" type="{}" value="{}"{attributes}{described}></div>"#,
                self.kind,
                escape(value)
            ),
        }
    }
}

impl HtmlSafe for Field<'_> {}

/// Text inside HTML or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(fields: &[(&str, &str)]) -> Posted {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        Posted(fields.collect())
    }

    #[test]
    fn what_was_typed_comes_back_escaped_with_its_error() {
        let errors = [
            (vec!["name".into(), "kk".into()], "Too <long>".into()),
            (vec![], "Somebody was faster".into()),
        ];
        let form = Form::again(posted(&[("name.kk", "<b>\"Мектеп\"</b>")]), errors);
        let field = form.field("name.kk", "Name").required().to_string();
        assert!(
            field.contains("value=\"&lt;b&gt;&quot;Мектеп&quot;&lt;/b&gt;\""),
            "{field}"
        );
        assert!(
            field.contains("required aria-describedby=\"e-name.kk\" aria-invalid=\"true\""),
            "{field}"
        );
        assert!(field.contains("Too &lt;long&gt;"), "{field}");
        let summary = form.summary(&Locale::En).to_string();
        assert!(
            summary.contains("<a href=\"#f-name.kk\">Too &lt;long&gt;</a>"),
            "{summary}"
        );
        assert!(
            summary.contains("<li>Somebody was faster</li>"),
            "{summary}"
        );
    }

    #[test]
    fn a_password_is_not_sent_back_and_not_trimmed() {
        let posted = posted(&[("password", " kalam  ")]);
        assert_eq!(posted.raw("password"), " kalam  ");
        let form = Form::again(posted, []);
        let field = form
            .field("password", "Password")
            .kind("password")
            .to_string();
        assert!(!field.contains("kalam"), "{field}");
    }

    #[test]
    fn lines_end_as_ours_do() {
        let posted = posted(&[("aims", " one\r\ntwo \r\n")]);
        assert_eq!(posted.text("aims"), "one\ntwo");
        assert_eq!(posted.optional("missing"), None);
    }
}
