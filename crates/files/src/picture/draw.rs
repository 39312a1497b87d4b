//! The drawing itself. Nothing of a picture is kept but its pixels and their colour space, so that no place, camera or
//! thumbnail of the time before it was cropped goes along.

use std::io::{BufReader, Cursor};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat,
    ImageReader, Limits, Rgb, RgbImage, RgbaImage,
};

use super::{Drawn, Undrawn};

/// The most pixels a picture may have: phones make 50 million.
const PIXELS: u64 = 64_000_000;

/// The longest side it may have.
const SIDE: u32 = 20_000;

/// The most memory a decoder may take, in bytes.
const MEMORY: u64 = 768 << 20;

/// The most pixels all frames of an animation may have together.
const MOVING_PIXELS: u64 = 256_000_000;

/// The sides of preview and thumbnail.
const PREVIEW: u32 = 1280;
const THUMBNAIL: u32 = 320;

/// How well pictures are kept, and how well those made of them, from 1 to 100.
const KEPT: u8 = 90;
const SHOWN: u8 = 80;

/// The largest colour profile that is kept: those of cameras have a few kilobytes.
const PROFILE: usize = 64 << 10;

/// Draws a picture.
pub(super) fn image(bytes: &[u8]) -> Result<Drawn, Undrawn> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.limits(limits());
    let reader = reader.with_guessed_format().map_err(|_| Undrawn::Broken)?;
    let format = reader.format().ok_or(Undrawn::Broken)?;
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Undrawn::Large);
    }
    let profile = decoder.icc_profile().ok().flatten();
    let profile = profile.filter(|profile| profile.len() <= PROFILE);
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    picture.apply_orientation(orientation);
    let whole = match format {
        ImageFormat::Gif => moving(bytes)?,
        _ => kept(&picture, format, profile.clone())?,
    };
    shown(whole, &picture, profile)
}

/// Draws the first page of a PDF.
pub(super) fn page(bytes: Vec<u8>) -> Result<Drawn, Undrawn> {
    let pdf = Pdf::new(bytes).map_err(|_| Undrawn::Broken)?;
    let page = pdf.pages().first().ok_or(Undrawn::Broken)?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || width.min(height) < 1.0 {
        return Err(Undrawn::Broken);
    }
    let scale = PREVIEW as f32 / longest;
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixels = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
    let pixels = RgbaImage::from_raw(width, height, pixels.data_as_u8_slice().to_vec());
    let picture = DynamicImage::from(pixels.ok_or(Undrawn::Broken)?);
    shown(Vec::new(), &picture, None)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    limits
}

fn why(error: &ImageError) -> Undrawn {
    match error {
        ImageError::Limits(_) => Undrawn::Large,
        _ => Undrawn::Broken,
    }
}

/// The picture as it is kept, in its own format; a photograph as JPEG, since only lossless WebP can be written.
fn kept(
    picture: &DynamicImage,
    format: ImageFormat,
    profile: Option<Vec<u8>>,
) -> Result<Vec<u8>, Undrawn> {
    let mut file = Vec::new();
    match format {
        ImageFormat::Jpeg => return jpeg(&picture.to_rgb8(), KEPT, profile),
        ImageFormat::WebP => picture
            .to_rgba8()
            .write_with_encoder(WebPEncoder::new_lossless(&mut file)),
        _ => {
            let mut encoder = PngEncoder::new(&mut file);
            if let Some(profile) = profile {
                // A colour space that does not fit is left out: the pixels are all the same.
                let _ = encoder.set_icc_profile(profile);
            }
            picture.write_with_encoder(encoder)
        }
    }
    .map_err(|error| why(&error))?;
    Ok(file)
}

/// The frames of an animation, one after the other.
fn moving(bytes: &[u8]) -> Result<Vec<u8>, Undrawn> {
    let mut decoder =
        GifDecoder::new(BufReader::new(Cursor::new(bytes))).map_err(|error| why(&error))?;
    decoder.set_limits(limits()).map_err(|error| why(&error))?;
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut file, 10);
    encoder
        .set_repeat(Repeat::Infinite)
        .map_err(|error| why(&error))?;
    let mut pixels = 0;
    for frame in decoder.into_frames() {
        let frame = frame.map_err(|error| why(&error))?;
        let (width, height) = frame.buffer().dimensions();
        pixels += u64::from(width) * u64::from(height);
        if pixels > MOVING_PIXELS {
            return Err(Undrawn::Large);
        }
        encoder.encode_frame(frame).map_err(|error| why(&error))?;
    }
    drop(encoder);
    Ok(file)
}

/// The two pictures that are shown of it.
fn shown(
    whole: Vec<u8>,
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<Drawn, Undrawn> {
    let preview = opaque(&fitted(picture, PREVIEW));
    let thumbnail = fitted(&DynamicImage::from(preview.clone()), THUMBNAIL).to_rgb8();
    Ok(Drawn {
        whole,
        preview: jpeg(&preview, SHOWN, profile.clone())?,
        thumbnail: jpeg(&thumbnail, SHOWN, profile)?,
    })
}

/// The picture no larger than this.
fn fitted(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        picture.clone()
    } else {
        picture.resize(side, side, FilterType::Triangle)
    }
}

/// The picture on white paper.
fn opaque(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, alpha] = picture.get_pixel(x, y).0.map(u32::from);
        let on_white =
            |c: u32| u8::try_from((c * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255);
        Rgb([on_white(r), on_white(g), on_white(b)])
    })
}

fn jpeg(picture: &RgbImage, quality: u8, profile: Option<Vec<u8>>) -> Result<Vec<u8>, Undrawn> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, quality);
    if let Some(profile) = profile {
        // As above.
        let _ = encoder.set_icc_profile(profile);
    }
    picture
        .write_with_encoder(encoder)
        .map_err(|error| why(&error))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use image::{GenericImageView, Rgba};

    use super::*;

    /// A photograph held on its side, red on the left, with what a phone writes into it: how it was held, and where.
    fn photograph() -> Vec<u8> {
        let pixels = RgbImage::from_fn(64, 32, |x, _| {
            if x < 32 {
                Rgb([220, 20, 20])
            } else {
                Rgb([20, 20, 220])
            }
        });
        let plain = jpeg(&pixels, 95, None).unwrap();
        // Orientation 6 (turned right), then a place.
        let exif: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 43.2220 N 76.8512 E";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], b"\xFF\xE1", &length, exif, &plain[2..]].concat()
    }

    fn pixel(file: &[u8], x: u32, y: u32) -> Rgba<u8> {
        image::load_from_memory(file).unwrap().get_pixel(x, y)
    }

    #[test]
    fn a_photograph_loses_its_place_and_stands_upright() {
        let taken = photograph();
        assert!(taken.windows(3).any(|it| it == b"GPS"));
        let drawn = image(&taken).unwrap();
        for file in [&drawn.whole, &drawn.preview, &drawn.thumbnail] {
            assert!(!file.windows(3).any(|it| it == b"GPS"));
            assert!(!file.windows(4).any(|it| it == b"Exif"));
        }
        let whole = image::load_from_memory(&drawn.whole).unwrap();
        assert_eq!(whole.dimensions(), (32, 64));
        let (top, bottom) = (pixel(&drawn.whole, 16, 8), pixel(&drawn.whole, 16, 56));
        assert!(top[0] > 180 && bottom[2] > 180, "{top:?} {bottom:?}");
    }

    #[test]
    fn what_is_clear_is_shown_on_white() {
        let clear = RgbaImage::from_pixel(2000, 1000, Rgba([0, 0, 0, 0]));
        let mut file = Vec::new();
        clear
            .write_with_encoder(PngEncoder::new(&mut file))
            .unwrap();
        let drawn = image(&file).unwrap();
        assert_eq!(pixel(&drawn.whole, 0, 0)[3], 0);
        let preview = image::load_from_memory(&drawn.preview).unwrap();
        assert_eq!(preview.dimensions(), (1280, 640));
        assert!(pixel(&drawn.thumbnail, 5, 5)[0] > 250);
    }

    #[test]
    fn an_animation_keeps_moving() {
        let mut file = Vec::new();
        {
            let mut encoder = GifEncoder::new(&mut file);
            for shade in [0, 100, 200] {
                let frame = RgbaImage::from_pixel(10, 10, Rgba([shade, 0, 0, 255]));
                encoder.encode_frame(image::Frame::new(frame)).unwrap();
            }
        }
        file.extend_from_slice(b"<script>alert(1)</script>");
        let drawn = image(&file).unwrap();
        let decoder = GifDecoder::new(Cursor::new(&drawn.whole)).unwrap();
        assert_eq!(decoder.into_frames().count(), 3);
        assert!(!drawn.whole.windows(7).any(|it| it == b"<script"));
    }

    #[test]
    fn bombs_are_not_lit() {
        // Sixty thousand pixels square, in a few bytes.
        let mut header = Vec::from(b"IHDR" as &[u8]);
        header.extend_from_slice(&60_000_u32.to_be_bytes());
        header.extend_from_slice(&60_000_u32.to_be_bytes());
        header.extend_from_slice(&[8, 2, 0, 0, 0]);
        let mut file = Vec::from(b"\x89PNG\r\n\x1a\n\0\0\0\x0d" as &[u8]);
        file.extend_from_slice(&header);
        file.extend_from_slice(&crc32(&header).to_be_bytes());
        file.extend_from_slice(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xaeB`\x82");
        assert_eq!(image(&file).unwrap_err(), Undrawn::Large);
        for broken in [&b""[..], b"GIF89a", b"\xFF\xD8\xFF\xE0", b"<svg/>"] {
            assert_eq!(image(broken).unwrap_err(), Undrawn::Broken);
            assert!(page(broken.to_vec()).is_err());
        }
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }

    #[test]
    fn a_page_is_drawn() {
        let drawn = page(simple_pdf()).unwrap();
        let preview = image::load_from_memory(&drawn.preview).unwrap();
        assert_eq!(preview.dimensions(), (640, 1280));
        // A black square on white paper.
        assert!(pixel(&drawn.preview, 320, 640)[0] < 40);
        assert!(pixel(&drawn.preview, 20, 20)[0] > 240);
    }

    fn simple_pdf() -> Vec<u8> {
        let drawing = "0 0 0 rg 25 75 50 50 re f";
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 200] /Contents 4 0 R /Resources << >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
        ];
        let mut file = String::from("%PDF-1.4\n");
        let mut places = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            places.push(file.len());
            file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
        }
        let start = file.len();
        file += &format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
        for place in &places {
            file += &format!("{place:010} 00000 n \n");
        }
        file += &format!(
            "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF",
            places.len() + 1
        );
        file.into_bytes()
    }
}
