//! Style sheet, scripts and fonts: inside the program, under names that change with their content.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

/// One file, and what is left of it after compression; empty where that does not help.
pub(crate) struct Asset {
    pub(crate) path: &'static str,
    /// The name of its content, as `ETag` has it.
    tag: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
    br: &'static [u8],
    zstd: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

impl Asset {
    /// The bytes to send to who accepts these encodings, and the encoding's name: the smallest comes first.
    fn encoded(&self, accepts: &str) -> (&'static [u8], Option<&'static str>) {
        let accepted = |coding: &str| {
            accepts.split(',').any(|item| {
                let (name, weight) = item.split_once(';').unwrap_or((item, ""));
                name.trim().eq_ignore_ascii_case(coding)
                    && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
            })
        };
        let forms = [(self.br, "br"), (self.zstd, "zstd"), (self.gzip, "gzip")];
        let form = forms
            .into_iter()
            .find(|(bytes, name)| !bytes.is_empty() && accepted(name));
        form.map_or((self.plain, None), |(bytes, name)| (bytes, Some(name)))
    }
}

/// `GET /assets/{name}`.
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let found = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(&*name));
    let Some(asset) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let said = |name| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    };
    let kept = [
        (header::ETAG, asset.tag),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    let known = said(header::IF_NONE_MATCH);
    if known
        .split(',')
        .any(|tag| tag.trim().trim_start_matches("W/") == asset.tag)
    {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let (bytes, encoding) = asset.encoded(said(header::ACCEPT_ENCODING));
    let mut response = (kept, [(header::CONTENT_TYPE, asset.kind)], bytes).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(
            header::CONTENT_ENCODING,
            header::HeaderValue::from_static(encoding),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_accepted_form_is_sent() {
        let sheet = ASSETS.iter().find(|asset| asset.path == APP_CSS).unwrap();
        assert_eq!(sheet.encoded("gzip, deflate, br, zstd").1, Some("br"));
        assert_eq!(sheet.encoded("gzip, br;q=0").1, Some("gzip"));
        assert_eq!(sheet.encoded("gzip, zstd").1, Some("zstd"));
        assert!(!sheet.zstd.is_empty() && sheet.zstd.len() < sheet.gzip.len());
        assert_eq!(sheet.encoded("").1, None);
        let font = ASSETS
            .iter()
            .find(|asset| asset.path.ends_with(".woff2"))
            .unwrap();
        assert_eq!(font.encoded("br, gzip").1, None);
    }

    #[test]
    fn the_style_sheet_names_only_files_that_exist_and_fits_the_budget() {
        let by_path = |path| ASSETS.iter().find(|asset| asset.path == path).unwrap();
        let (sheet, fonts) = (by_path(APP_CSS), by_path(FONTS_CSS));
        let text = std::str::from_utf8(fonts.plain).unwrap();
        let named: Vec<_> = text
            .split("url(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .collect();
        assert!(named.len() >= 6, "{named:?}");
        for url in named {
            assert!(ASSETS.iter().any(|asset| asset.path == url), "{url}");
        }
        assert!(sheet.gzip.len() <= 14 * 1024, "{}", sheet.gzip.len());
        let scripts = ASSETS.iter().filter(|asset| asset.path.ends_with(".js"));
        let scripts: usize = scripts.map(|asset| asset.gzip.len()).sum();
        assert!(scripts <= 12 * 1024, "{scripts}");
    }
}
