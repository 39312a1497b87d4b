//! A browser without scripts: links, forms and cookies.

use std::collections::BTreeMap;

use reqwest::{Method, StatusCode, header};

use crate::community::Community;

/// A browser without scripts, which follows no redirect by itself.
pub struct Browser {
    base: String,
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub html: String,
}

/// Inputs by name.
pub type Fields = Vec<(String, String)>;

impl Browser {
    pub fn new(community: &Community) -> Self {
        let base = community.guest().base;
        let policy = reqwest::redirect::Policy::none();
        let http = tests::http().redirect(policy).build();
        Browser {
            base,
            http: http.expect("a client"),
            cookies: BTreeMap::new(),
        }
    }

    /// Somebody of the community, signed in through the form.
    pub async fn of(community: &Community, key: &str) -> Self {
        let mut browser = Self::new(community);
        let who = community.who(key);
        let typed = [("email", &*who.email), ("password", &*who.password)];
        let page = browser.submit("/en/sign-in", "password", &typed).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{key}: {}", page.html);
        browser
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&[(String, String)]>,
    ) -> Page {
        let body = body.map(|fields| {
            let pairs = fields
                .iter()
                .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
            let pairs = pairs.collect::<Vec<_>>().join("&");
            ("application/x-www-form-urlencoded", pairs.into_bytes())
        });
        self.deliver(method, path, body).await
    }

    async fn deliver(&mut self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Page {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header(header::COOKIE, cookies.join("; "));
        if let Some((kind, bytes)) = body {
            request = request.header(header::CONTENT_TYPE, kind).body(bytes);
        }
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a cookie is text");
            let pair = line.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let html = answer.text().await.expect("a page is text");
        Page {
            status,
            headers,
            html,
        }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// A file: status, type, the name of its content, its bytes. `known` is the name of what the browser has already.
    pub async fn file(&mut self, path: &str, known: &str) -> (StatusCode, String, String, Vec<u8>) {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .http
            .get(format!("{}{path}", self.base))
            .header(header::COOKIE, cookies.join("; "))
            .header(header::IF_NONE_MATCH, known);
        let answer = request.send().await.expect("an answer");
        let said = |name| {
            let value = answer.headers().get(name).and_then(|it| it.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (kind, tag) = (said(header::CONTENT_TYPE), said(header::ETAG));
        let status = answer.status();
        let bytes = answer.bytes().await.expect("a body");
        (status, kind, tag, bytes.to_vec())
    }

    /// How many bytes the answer has for a browser that takes gzip alone.
    pub async fn compressed(&mut self, path: &str) -> usize {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .http
            .get(format!("{}{path}", self.base))
            .header(header::COOKIE, cookies.join("; "))
            .header(header::ACCEPT_ENCODING, "gzip");
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.bytes().await.expect("a body").len()
    }

    /// Opens the page and sends its form that takes files, with this one: its name and its bytes.
    pub async fn attach(&mut self, path: &str, name: &str, bytes: &[u8]) -> Page {
        let page = self.get(path).await;
        let (action, fields) = form(&page.html, "multipart/form-data")
            .unwrap_or_else(|| panic!("{path} takes no files:\n{}", page.html));
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(input, _)| input != "file")
            .collect();
        self.parts(&action, &fields, Some((name, bytes))).await
    }

    /// Sends inputs, and then a file if there is one, as forms that take files do.
    pub async fn parts(
        &mut self,
        path: &str,
        fields: &[(String, String)],
        file: Option<(&str, &[u8])>,
    ) -> Page {
        let mut body = Vec::new();
        let mut part = |head: String, bytes: &[u8]| {
            body.extend_from_slice(b"--b\r\nContent-Disposition: form-data; ");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        for (input, value) in fields {
            part(format!("name=\"{input}\""), value.as_bytes());
        }
        if let Some((name, bytes)) = file {
            part(format!("name=\"file\"; filename=\"{name}\""), bytes);
        }
        body.extend_from_slice(b"--b--\r\n");
        let kind = "multipart/form-data; boundary=b";
        self.deliver(Method::POST, path, Some((kind, body))).await
    }

    /// Opens the page, fills the form that contains `marker` and sends it.
    pub async fn submit(&mut self, path: &str, marker: &str, typed: &[(&str, &str)]) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let (action, mut fields) = form(&page.html, marker)
            .unwrap_or_else(|| panic!("{path} has no form with {marker}:\n{}", page.html));
        for (name, value) in typed {
            fields.retain(|(other, _)| other != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.send(Method::POST, &action, Some(&fields)).await
    }
}

impl Page {
    pub fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.html);
        let location = self.headers.get(header::LOCATION).expect("somewhere to go");
        location.to_str().expect("an address is text").to_owned()
    }

    pub fn h1(&self) -> &str {
        let (_, rest) = self
            .html
            .split_once("<h1>")
            .unwrap_or_else(|| panic!("no h1 in {}", self.html));
        rest.split("</h1>").next().unwrap_or_default()
    }
}

pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The values of this attribute, in order.
pub fn attributes<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let parts = html
        .split(&*format!(" {name}=\""))
        .skip(1)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    parts.into_iter().map(|rest| {
        let value = rest.split('"').next().unwrap_or_default();
        value.replace("&amp;", "&").replace("&#38;", "&")
    })
}

/// Where the form that contains `marker` goes, and what it carries hidden.
pub fn form(html: &str, marker: &str) -> Option<(String, Fields)> {
    let forms = html
        .split("<form ")
        .skip(1)
        .filter_map(|rest| rest.split("</form>").next());
    let form = forms
        .filter(|form| form.contains("method=\"post\""))
        .find(|form| form.contains(marker))?;
    let hidden = form
        .split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|input| {
            let input = input.split('>').next()?;
            Some((
                attributes(input, "name").next()?,
                attributes(input, "value").next()?,
            ))
        });
    let action = attributes(&format!(" {form}"), "action").next()?;
    Some((action, hidden.collect()))
}
