//! Names each asset by its content, rewrites the names inside the style sheet, and compresses what compresses, so
//! that the running server only copies bytes.

use std::{
    collections::BTreeMap, env, error::Error, fmt::Write as _, fs, io::Write as _, path::Path,
};

use sha2::{Digest, Sha256};

/// Extension, media type, and whether compressing it helps.
const KINDS: [(&str, &str, bool); 4] = [
    ("css", "text/css; charset=utf-8", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("svg", "image/svg+xml", true),
    ("woff2", "font/woff2", false),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=../../schema.graphql");
    let out = env::var("OUT_DIR")?;
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("assets");
    let mut files = BTreeMap::new();
    read(&root, &mut files)?;

    // The style sheet comes last: it names the fonts by their new names.
    let mut named = BTreeMap::new();
    let mut code = String::from("pub(crate) const ASSETS: &[Asset] = &[\n");
    let mut names = String::new();
    let (sheets, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|(name, _)| name.ends_with(".css"));
    for (name, mut bytes) in others.into_iter().chain(sheets) {
        if name.ends_with(".css") {
            let mut text = String::from_utf8(bytes)?;
            for (old, new) in &named {
                text = text.replace(&format!("url({old})"), &format!("url({new})"));
            }
            bytes = text.into_bytes();
        }
        let Some((stem, extension)) = name.rsplit_once('.') else {
            continue;
        };
        let Some((_, kind, compressible)) = KINDS.iter().find(|kind| kind.0 == extension) else {
            continue;
        };
        let digest = Sha256::digest(&bytes);
        let hash: String = digest
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let stem = stem.replace('/', "-");
        let path = format!("/assets/{stem}-{hash}.{extension}");
        let (mut gzip, mut br, mut zstd) = (Vec::new(), Vec::new(), Vec::new());
        if *compressible {
            let mut writer = flate2::write::GzEncoder::new(&mut gzip, flate2::Compression::best());
            writer.write_all(&bytes)?;
            writer.finish()?;
            let parameters = brotli::enc::BrotliEncoderParams::default();
            brotli::BrotliCompress(&mut bytes.as_slice(), &mut br, &parameters)?;
            zstd = zstd::encode_all(bytes.as_slice(), 22)?;
        }
        let file = |suffix: &str| format!("{stem}-{hash}.{extension}{suffix}");
        let forms = [("", &bytes), (".gz", &gzip), (".br", &br), (".zst", &zstd)];
        for (suffix, content) in forms {
            fs::write(Path::new(&out).join(file(suffix)), content)?;
        }
        let include = |suffix: &str| {
            format!(
                "include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}\"))",
                file(suffix)
            )
        };
        writeln!(
            code,
            "    Asset {{ path: {path:?}, tag: \"\\\"{hash}\\\"\", kind: {kind:?}, plain: {}, gzip: {}, br: {}, zstd: {} }},",
            include(""),
            include(".gz"),
            include(".br"),
            include(".zst"),
        )?;
        // Fonts are named by the style sheet alone.
        if !name.contains('/') {
            let constant = format!("{stem}_{extension}")
                .replace('-', "_")
                .to_uppercase();
            writeln!(names, "pub(crate) const {constant}: &str = {path:?};")?;
        }
        named.insert(name, path);
    }
    code.push_str("];\n");
    code.push_str(&names);
    fs::write(Path::new(&out).join("assets.rs"), code)?;
    Ok(())
}

/// Every file below the folder, by its path in it.
fn read(root: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Box<dyn Error>> {
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(())
}
