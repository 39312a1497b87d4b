//! What comes to do harm: pages that say they are pictures, scripts in pictures, pictures that burst, names that lead
//! elsewhere.

use reqwest::{Method, StatusCode};
use tests::Backend;

use super::PIXEL;
use super::client::{Tus, files_below};
use crate::community::Community;

const SCRIPT: &str = "<script>document.title='canary'</script>";

/// Files made to run, to leak or to burst.
fn hostile() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| files.push((name.to_owned(), bytes.to_vec()));
    let html = format!("<!DOCTYPE html><html><body>{SCRIPT}</body></html>");
    for name in [
        "page.html",
        "page.png",
        "page.jpg",
        "page.pdf",
        "page.mp4",
        "page.txt",
        "page",
        "page.svg.png",
    ] {
        add(name, html.as_bytes());
    }
    for begin in [
        "",
        " \n\t",
        "\u{feff}",
        "<!-- -->",
        "<?xml version=\"1.0\"?>",
    ] {
        add(
            "begin.png",
            format!("{begin}<html>{SCRIPT}</html>").as_bytes(),
        );
        add("picture.svg", format!("{begin}<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\">{SCRIPT}</svg>").as_bytes());
    }
    add("lower.png", b"<ScRiPt>alert(1)</sCrIpT>");
    add("frame.png", b"<iframe src=javascript:alert(1)>");
    add(
        "xslt.xml",
        b"<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"data:,x\"?><a/>",
    );
    add("mathml.png", b"<math href=\"javascript:alert(1)\">x</math>");
    // Pictures with something behind, before and inside.
    add("behind.png", &[PIXEL, html.as_bytes()].concat());
    add("before.png", &[html.as_bytes(), PIXEL].concat());
    add(
        "zip.png",
        &[PIXEL, b"PK\x03\x04\x14\0\0\0\0\0evil"].concat(),
    );
    add(
        "comment.png",
        &[&PIXEL[..33], &text_chunk(SCRIPT.as_bytes()), &PIXEL[33..]].concat(),
    );
    add("gif.gif", format!("GIF89a/*{SCRIPT}*/=1;").as_bytes());
    add(
        "js.jpg",
        &[
            b"\xFF\xD8\xFF\xE0\x2F\x2A",
            html.as_bytes(),
            b"*/alert(1)//\xFF\xD9",
        ]
        .concat(),
    );
    add("cut.png", &PIXEL[..40]);
    add("cut.jpg", b"\xFF\xD8\xFF\xE1\xFF\xFF");
    add("webp.webp", b"RIFF\xFF\xFF\xFF\xFFWEBPVP8 \xFF\xFF\xFF\xFF");
    // Pictures that burst.
    for (width, height) in [
        (60_000_u32, 60_000_u32),
        (u32::MAX >> 1, 1),
        (20_001, 20_001),
        (0, 0),
    ] {
        add("bomb.png", &png_of(width, height));
    }
    add(
        "bomb.gif",
        b"GIF89a\xFF\xFF\xFF\xFF\xF0\0\0,\0\0\0\0\xFF\xFF\xFF\xFF\0\x08\x02L\x01\0;",
    );
    // Kinds that hide where they were taken, and that nobody clears.
    add("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    add("camera.tif", b"II*\0\x08\0\0\0\0\0\0\0");
    add("old.bmp", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0");
    // Documents that do things.
    add("script.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>");
    add(
        "loop.pdf",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    );
    add("nothing.pdf", b"%PDF-");
    add("program.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0");
    add(
        "program",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0",
    );
    add("shell.sh", b"#!/bin/sh\necho canary > /tmp/canary\n");
    add(
        "macro.docm",
        b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml",
    );
    add(
        "bomb.zip",
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0\xFF\xFF\xFF\xFF\x01\0\0\0a",
    );
    add("flash.swf", b"CWS\x0a\xFF\xFF\xFF\xFF");
    add(
        "utf16.html",
        &[
            b"\xFF\xFE".to_vec(),
            html.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ]
        .concat(),
    );
    add("utf7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-");
    files
}

fn text_chunk(text: &[u8]) -> Vec<u8> {
    let mut chunk = b"tEXt".to_vec();
    chunk.extend_from_slice(b"Comment\0");
    chunk.extend_from_slice(text);
    framed(&chunk)
}

fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        framed(&header),
        PIXEL[33..].to_vec(),
    ]
    .concat()
}

fn framed(chunk: &[u8]) -> Vec<u8> {
    let crc = !chunk.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    });
    let length = u32::try_from(chunk.len() - 4).expect("short");
    [&length.to_be_bytes()[..], chunk, &crc.to_be_bytes()].concat()
}

/// B13, C4. What is taken is inert; what can't be made inert is not taken, and nothing of it stays.
#[tokio::test]
async fn hostile_files_are_inert_or_refused() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tus = Tus::of(community.persona("teacher"));
    let files = hostile();
    assert!(files.len() >= 40, "only {}", files.len());
    let (mut taken, mut refused) = (1, Vec::new());
    tus.upload("harmless.png", PIXEL).await;
    let node = community.nodes.first().expect("a server").id();
    let before = most_memory(node);
    for (name, bytes) in &files {
        let place = tus.announce(name, bytes.len()).await;
        let (status, _) = tus.send(&place, 0, bytes).await;
        if status == StatusCode::UNPROCESSABLE_ENTITY {
            refused.push(name.clone());
            assert_eq!(tus.head(&place).await.0, StatusCode::NOT_FOUND, "{name}");
            continue;
        }
        assert_eq!(status, StatusCode::NO_CONTENT, "{name}");
        taken += 1;
        let served = tus.get(&format!("{place}/{name}")).await;
        assert_eq!(served.status(), StatusCode::OK, "{name}");
        let header = |key: &str| served.headers()[key].to_str().expect("text").to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff", "{name}");
        let (kind, policy) = (header("content-type"), header("content-security-policy"));
        assert!(policy.starts_with("default-src 'none'"), "{name}: {policy}");
        assert!(!policy.contains("script-src"), "{name}: {policy}");
        for runs in ["html", "svg", "xml", "script"] {
            assert!(
                !kind.contains(runs) || kind.starts_with("application/vnd."),
                "{name} is served as {kind}"
            );
        }
        let inline = header("content-disposition").starts_with("inline");
        if inline {
            let shown = [
                "image/png",
                "image/jpeg",
                "image/gif",
                "image/webp",
                "application/pdf",
                "video/mp4",
            ];
            assert!(shown.contains(&kind.as_str()), "{name} is shown as {kind}");
            assert!(
                kind == "application/pdf" || policy.ends_with("sandbox"),
                "{name}: {policy}"
            );
        }
        let bytes = served.bytes().await.expect("bytes");
        if kind.starts_with("image/") {
            for hidden in [&b"<script"[..], b"canary", b"PK\x03\x04"] {
                assert!(
                    !bytes.windows(hidden.len()).any(|it| it == hidden),
                    "{name} hides something"
                );
            }
        }
    }
    assert!(
        taken > 20 && refused.len() > 10,
        "taken {taken}, refused {refused:?}"
    );
    for name in [
        "bomb.png",
        "bomb.gif",
        "phone.heic",
        "camera.tif",
        "cut.png",
    ] {
        assert!(refused.iter().any(|it| it == name), "{name} was taken");
    }
    // More than was announced, and no end of it.
    let place = tus.announce("endless", 1_000_000).await;
    let endless = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![7_u8; 65_536]));
    let request = tus
        .request(Method::PATCH, &place)
        .header("content-type", super::client::BYTES)
        .header("upload-offset", "0");
    match request
        .body(reqwest::Body::wrap_stream(endless))
        .send()
        .await
    {
        Ok(answer) => assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE),
        // The server hung up on somebody who did not listen.
        Err(error) => assert!(!error.is_timeout(), "{error}"),
    }
    let end = tus
        .request(Method::DELETE, &place)
        .send()
        .await
        .expect("an answer");
    assert_eq!(end.status(), StatusCode::NO_CONTENT);
    // C4: none of it grew the server.
    let grown = most_memory(node).saturating_sub(before) >> 10;
    assert!(grown <= 64, "the server grew by {grown} MB");
    eprintln!(
        "measured C4: {taken} taken, {} refused, the server grew by {grown} MB at most",
        refused.len()
    );
    // Nothing is left of what was refused.
    let uploads = community
        .database
        .number("SELECT count(*) FROM upload")
        .await;
    assert_eq!(uploads, taken);
    assert_eq!(
        files_below(&community.files().join("upload")),
        Vec::<std::path::PathBuf>::new()
    );
}

/// B13. A name is shown, and never opened.
#[tokio::test]
async fn names_lead_nowhere() {
    let community = Community::fresh(Backend::Sqlite).await;
    let tus = Tus::of(community.persona("teacher"));
    let steps = [
        "../",
        "..\\",
        "%2e%2e%2f",
        "..%2f",
        "%252e%252e%252f",
        "..%c0%af",
        "....//",
        "/",
        "\\\\host\\",
        "C:\\",
        "file:///",
        "~/",
        "./",
        "%00",
        "\u{2024}\u{2024}/",
        "．．／",
        ".. /",
        "|",
        "$(id)",
        "`id`",
    ];
    let ends = [
        "etc/passwd",
        "sabaqtas.db",
        "secret",
        "canary\0.png",
        "CON",
        "NUL.txt",
        ".htaccess",
        "a\r\nSet-Cookie: a=b",
        "\u{202e}gnp.exe",
        "%s%n",
    ];
    let mut names = Vec::new();
    for step in steps {
        for end in ends {
            names.push(format!("{}{end}", step.repeat(3)));
        }
    }
    assert_eq!(names.len(), 200);
    let before = files_below(&community.files()).len();
    let mut last = String::new();
    for (number, name) in names.iter().enumerate() {
        // Two requests for each name: fewer files than uploads a person may have open.
        last = tus
            .upload(name, format!("text number {number}").as_bytes())
            .await;
        let asked = reqwest_path(name);
        for path in [
            format!("{last}/{asked}"),
            format!("/files/{asked}/x"),
            format!("/files/{asked}"),
        ] {
            let response = tus
                .request(Method::GET, &path)
                .send()
                .await
                .expect("an answer");
            let (status, headers) = (response.status(), response.headers().clone());
            let text = response.text().await.expect("text");
            assert!(!status.is_server_error(), "{path}: {status}");
            assert!(
                !text.contains("root:") && !text.contains("SQLite format"),
                "{path} opens something"
            );
            assert!(headers.get("set-cookie").is_none(), "{path} sets a cookie");
        }
    }
    let found = files_below(&community.files());
    assert_eq!(found.len() - before, names.len());
    for path in found {
        let path = path
            .strip_prefix(community.files())
            .expect("inside")
            .display()
            .to_string();
        let (folder, hash) = path.rsplit_once('/').expect("a folder");
        assert!(folder.starts_with("blob/") && hash.len() == 64, "{path}");
    }
    let answer = tus.get(&format!("{last}/x")).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

/// The most memory a process ever had, in kilobytes.
fn most_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number
        .and_then(|number| number.trim().parse().ok())
        .expect("a number")
}

/// A name as one step of a path, escaped where a client must.
fn reqwest_path(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'%' | b'_' | b'-' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
