//! The parameters of a request, from a body or an address, with the same checks.

use async_graphql::{Extensions, Request, Variables};
use axum::{
    body::Body,
    extract::Query,
    http::{HeaderMap, Uri, header},
};
use futures_util::StreamExt;
use serde_json::{Map, Value};

use super::{
    accept::is_utf8,
    fault::{Code, Refusal},
};

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::BadRequest, message)
}

/// Reads a POST body: `application/json` in UTF-8, one object.
pub(super) async fn from_body(
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<Request, Refusal> {
    check_type(headers)?;
    let too_large = || {
        let message = format!("The body is over {most} bytes.");
        Refusal::new(Code::BodyTooLarge, message)
    };
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let mut chunks = body.into_data_stream();
    let mut body = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| bad("The body ended early."))?;
        if body.len() + chunk.len() > most {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    match serde_json::from_slice(&body) {
        Ok(Value::Object(parameters)) => from_object(parameters),
        Ok(Value::Array(_)) => Err(bad("Several requests in one are not served.")),
        Ok(_) => Err(bad("The body must be a JSON object.")),
        Err(_) => Err(bad("The body is not JSON.")),
    }
}

fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let refused = || {
        let message = "The body must be application/json in UTF-8, not compressed.";
        Refusal::new(Code::UnsupportedMediaType, message)
    };
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(refused());
    }
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(content), None) = (types.next(), types.next()) else {
        return Err(refused());
    };
    let mut parts = content.to_str().map_err(|_| refused())?.split(';');
    let json = parts
        .next()
        .is_some_and(|name| name.trim().eq_ignore_ascii_case("application/json"));
    let utf8 = parts
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))
        .all(|(_, charset)| is_utf8(charset));
    if json && utf8 { Ok(()) } else { Err(refused()) }
}

/// Reads the parameters of a GET; variables and extensions are JSON.
pub(super) fn from_address(uri: &Uri) -> Result<Request, Refusal> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| bad("The address can't be read."))?;
    let mut parameters = Map::new();
    for (name, text) in pairs {
        let value = match name.as_str() {
            "query" | "operationName" => Value::String(text),
            "variables" | "extensions" if text.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(&text)
                .map_err(|_| bad(format!("The parameter {name} is not JSON.")))?,
            _ => continue,
        };
        if parameters.insert(name, value).is_some() {
            return Err(bad("A parameter is there twice."));
        }
    }
    from_object(parameters)
}

/// Checks the parameters of a request, over HTTP or a socket.
pub(super) fn from_object(mut parameters: Map<String, Value>) -> Result<Request, Refusal> {
    let mut request = Request::new(text(&mut parameters, "query")?.unwrap_or_default());
    // Some clients send an empty name for none.
    request.operation_name =
        text(&mut parameters, "operationName")?.filter(|name| !name.is_empty());
    request.variables = Variables::from_json(object(&mut parameters, "variables")?);
    let extensions = object(&mut parameters, "extensions")?;
    request.extensions = serde_json::from_value::<Extensions>(extensions)
        .map_err(|_| bad("The parameter extensions can't be read."))?;
    if request.query.is_empty() && !request.extensions.contains_key("persistedQuery") {
        return Err(bad("The parameter query is missing."));
    }
    Ok(request)
}

fn text(parameters: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(bad(format!("The parameter {name} must be a string."))),
    }
}

fn object(parameters: &mut Map<String, Value>, name: &str) -> Result<Value, Refusal> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(Value::Object(Map::new())),
        Some(object @ Value::Object(_)) => Ok(object),
        Some(_) => Err(bad(format!("The parameter {name} must be an object."))),
    }
}
