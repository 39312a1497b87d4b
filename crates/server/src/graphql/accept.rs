//! Which media type the client wants.

use axum::http::{HeaderMap, header};

use super::{
    answer::Media,
    fault::{Code, Refusal},
};

/// What the client takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    /// The JSON it likes best, for errors too when it named none.
    pub(super) media: Media,
    pub(super) stream: Streamed,
}

/// Whether the client takes server-sent events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Streamed {
    No,
    /// Beside JSON: for subscriptions.
    Possible,
    /// Rather than JSON: for every operation.
    Preferred,
}

/// How well a media range fits, and how much it is liked.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Fit {
    exactness: u8,
    quality: f32,
}

/// Reads `Accept`. Nothing and `*/*` mean `application/json`.
pub(super) fn negotiate(headers: &HeaderMap) -> Result<Accepted, Refusal> {
    let unacceptable = || {
        Refusal::new(
            Code::NotAcceptable,
            "Answers are application/graphql-response+json, application/json or text/event-stream.",
        )
    };
    let mut ranges = Vec::new();
    for value in headers.get_all(header::ACCEPT) {
        let value = value.to_str().map_err(|_| unacceptable())?;
        ranges.extend(value.split(',').map(str::trim).filter(|r| !r.is_empty()));
    }
    if ranges.is_empty() {
        ranges.push("*/*");
    }
    let best = |full: &str, kind: &str| {
        let fits = ranges.iter().filter_map(|range| fit(range, full, kind));
        fits.reduce(|a, b| if b > a { b } else { a })
            .filter(|fit| fit.quality > 0.0)
    };
    let graphql = best("application/graphql-response+json", "application/*");
    let json = best("application/json", "application/*");
    let stream = best("text/event-stream", "").filter(|fit| fit.exactness == 2);

    let media = match (graphql, json) {
        (Some(graphql), Some(json)) => {
            let explicit = graphql.exactness == 2;
            let better = graphql.quality > json.quality;
            if better || explicit && graphql.quality == json.quality {
                Some((Media::GraphqlResponse, graphql.quality))
            } else {
                Some((Media::Json, json.quality))
            }
        }
        (Some(graphql), None) => Some((Media::GraphqlResponse, graphql.quality)),
        (None, Some(json)) => Some((Media::Json, json.quality)),
        (None, None) => None,
    };
    match (media, stream) {
        (None, None) => Err(unacceptable()),
        (Some((media, _)), None) => Ok(Accepted {
            media,
            stream: Streamed::No,
        }),
        (Some((media, quality)), Some(stream)) if quality >= stream.quality => Ok(Accepted {
            media,
            stream: Streamed::Possible,
        }),
        (media, Some(_)) => Ok(Accepted {
            media: media.map_or(Media::Json, |(media, _)| media),
            stream: Streamed::Preferred,
        }),
    }
}

fn fit(range: &str, full: &str, kind: &str) -> Option<Fit> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let exactness = match name.as_str() {
        "*/*" => 0,
        name if name == kind => 1,
        name if name == full => 2,
        _ => return None,
    };
    let mut quality = 1.0;
    for parameter in parts {
        let (key, value) = parameter.split_once('=')?;
        match key.trim().to_ascii_lowercase().as_str() {
            "q" => quality = value.trim().parse::<f32>().ok()?.clamp(0.0, 1.0),
            "charset" if !is_utf8(value) => return None,
            _ => {}
        }
    }
    Some(Fit { exactness, quality })
}

/// Whether a `charset` parameter says UTF-8.
pub(super) fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &str) -> Option<(Media, Streamed)> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, value.parse().unwrap());
        let accepted = negotiate(&headers).ok()?;
        Some((accepted.media, accepted.stream))
    }

    #[test]
    fn follows_quality_then_exactness() {
        use Media::{GraphqlResponse, Json};
        for (header, wanted) in [
            ("", Some((Json, Streamed::No))),
            ("*/*", Some((Json, Streamed::No))),
            ("application/*", Some((Json, Streamed::No))),
            (
                "application/json;q=0, */*",
                Some((GraphqlResponse, Streamed::No)),
            ),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some((GraphqlResponse, Streamed::No)),
            ),
            (
                "application/json, application/graphql-response+json",
                Some((GraphqlResponse, Streamed::No)),
            ),
            (
                "application/graphql-response+json;q=0.5, application/json",
                Some((Json, Streamed::No)),
            ),
            (
                "Application/JSON; charset=UTF-8",
                Some((Json, Streamed::No)),
            ),
            ("application/json; charset=utf-16", None),
            ("text/html", None),
            ("text/*", None),
            ("text/event-stream", Some((Json, Streamed::Preferred))),
            (
                "text/event-stream, */*;q=0.5",
                Some((Json, Streamed::Preferred)),
            ),
            (
                "application/json, text/event-stream",
                Some((Json, Streamed::Possible)),
            ),
            ("text/event-stream;q=0", None),
        ] {
            assert_eq!(accepted(header), wanted, "{header}");
        }
    }
}
