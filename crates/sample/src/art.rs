//! Product pictures: a line-art motif for the category on a warm gradient, varied by SKU. Standalone
//! SVG with shapes only: nothing of the caller's text enters it.

use std::sync::OnceLock;

use crate::category::art_rows;
use crate::{motifs, spread};

/// Background in the middle and at the edge, line, light fill, accent, dark accent.
type Palette = [&'static str; 6];

#[rustfmt::skip]
const PALETTES: &[(&str, Palette)] = &[
    ("brass",  ["f7e6c4", "cda566", "54380f", "fdf1d0", "e9a62c", "a8660a"]),
    ("clay",   ["f7dfcd", "d29a7b", "5a2c1a", "fdeee2", "d9714a", "9c4426"]),
    ("rose",   ["f9e0df", "d59ba2", "5e2230", "fff0ef", "d9657a", "a03750"]),
    ("blush",  ["fcebe2", "e3b7a5", "5b3329", "fff5ef", "e8927f", "b05546"]),
    ("plum",   ["eee0ee", "af8fb6", "3f2448", "f8eef9", "a267b5", "6f3c82"]),
    ("sage",   ["ecefd6", "abb586", "343d1c", "f7f8e4", "86a14b", "566c25"]),
    ("mint",   ["e3f2e4", "9bc6aa", "1e4232", "f1faf1", "55ab82", "2d7553"]),
    ("sky",    ["e3edf2", "9bbacc", "1d3b4f", "f0f7fb", "5395bb", "2c6286"]),
    ("slate",  ["e9e7e1", "aeaba2", "33332f", "f8f7f3", "8b959c", "555f67"]),
    ("forest", ["e4edd8", "8aa67d", "1f3a22", "f6f9ec", "cb4b40", "8f2822"]),
    ("night",  ["dfe1f1", "8990b9", "22264d", "f1f2fb", "e5b646", "a1740f"]),
];

/// A picture of 400 × 300 for a product, the same each time: SVG text of less than 4 kB. An unknown
/// category gives a gift box.
pub fn art(category: &str, sku: &str) -> String {
    static ROWS: OnceLock<Vec<(String, String, Vec<String>)>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| art_rows().unwrap_or_default());
    let row = rows.iter().filter(|(above, ..)| covers(above, category)).max_by_key(|r| r.0.len());
    let hash = spread(sku);
    let (motif, palette) = match row {
        Some((_, motif, palettes)) => {
            (motif.as_str(), pick(palettes, hash).map_or("brass", String::as_str))
        }
        None => ("gift", pick(&["brass", "rose", "plum"], hash).copied().unwrap_or("brass")),
    };
    draw(motif, palette, hash)
}

fn covers(above: &str, category: &str) -> bool {
    category.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn pick<T>(choices: &[T], hash: u64) -> Option<&T> {
    let count = choices.len().max(1) as u64;
    choices.get(usize::try_from(hash % count).unwrap_or(0))
}

fn draw(motif: &str, palette: &str, hash: u64) -> String {
    let known = PALETTES.iter().find(|(name, _)| *name == palette).or(PALETTES.first());
    let [inner, outer, line, fill, accent, dark] = known.map_or([""; 6], |(_, colours)| *colours);
    let shapes = motifs::shapes(motif)
        .replace("$l", &format!("#{line}"))
        .replace("$f", &format!("#{fill}"))
        .replace("$a", &format!("#{accent}"))
        .replace("$b", &format!("#{dark}"));
    let light_x = 38 + hash / 7 % 25;
    let light_y = 30 + hash / 181 % 17;
    let size = 108 + hash / 3_697 % 13;
    let tilt = [0, 0, -3, 3, -2, 2][usize::try_from(hash / 61_001 % 6).unwrap_or(0)];
    let behind = behind(hash / 1_000_003 % 4);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 300\" role=\"img\">\
         <defs><radialGradient id=\"g\" cx=\"{light_x}%\" cy=\"{light_y}%\" r=\"78%\">\
         <stop offset=\"0\" stop-color=\"#{inner}\"/><stop offset=\"1\" stop-color=\"#{outer}\"/>\
         </radialGradient></defs><rect width=\"400\" height=\"300\" fill=\"url(#g)\"/>{behind}\
         <ellipse cx=\"200\" cy=\"240\" rx=\"84\" ry=\"8\" fill=\"#{line}\" opacity=\".13\"/>\
         <g transform=\"translate(200 153) rotate({tilt}) scale(1.{:02})\" fill=\"#{fill}\" \
         stroke=\"#{line}\" stroke-width=\"3.4\" stroke-linejoin=\"round\" \
         stroke-linecap=\"round\">{shapes}</g></svg>",
        size - 100
    )
}

/// Something quiet behind the motif: nothing, a disc, an arch or a few specks.
fn behind(choice: u64) -> &'static str {
    match choice {
        1 => r##"<circle cx="200" cy="150" r="112" fill="#fff" opacity=".2"/>"##,
        2 => r##"<path d="M104 240V148a96 96 0 0 1 192 0V240Z" fill="#fff" opacity=".2"/>"##,
        3 => {
            r##"<g fill="#fff" opacity=".4"><circle cx="62" cy="70" r="4"/><circle cx="96" cy="182" r="3"/><circle cx="318" cy="60" r="3"/><circle cx="346" cy="150" r="5"/><circle cx="300" cy="218" r="3"/><circle cx="50" cy="130" r="3"/></g>"##
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motifs::names;

    #[test]
    fn every_motif_is_small_safe_and_fully_coloured() {
        for motif in names() {
            for (palette, _) in PALETTES {
                for hash in [0, 1_000_003, 2_000_006, 3_000_009, u64::MAX] {
                    let svg = draw(motif, palette, hash);
                    assert!(svg.len() < 4_096, "{motif}: {} bytes", svg.len());
                    assert!(!svg.contains('$'), "{motif}");
                    let lower = svg.to_lowercase();
                    for bad in
                        ["<script", "href", "style", " on", "<text", "<image", "foreignobject"]
                    {
                        assert!(!lower.contains(bad), "{motif}: {bad}");
                    }
                    assert_eq!(svg.matches('<').count(), svg.matches('>').count(), "{motif}");
                }
            }
        }
    }

    #[test]
    fn every_row_of_the_table_names_a_motif_and_palettes_that_exist() {
        let rows = art_rows().unwrap();
        assert!(rows.len() > 40);
        for (category, motif, palettes) in rows {
            assert!(names().any(|name| name == motif), "{category}: {motif}");
            for palette in palettes {
                assert!(PALETTES.iter().any(|(name, _)| *name == palette), "{category}: {palette}");
            }
        }
    }

    #[test]
    fn a_picture_is_the_same_each_time_and_keeps_the_callers_text_out() {
        assert_eq!(art("home/lights", "71053"), art("home/lights", "71053"));
        let nasty = "<script>alert(1)</script>";
        assert!(!art(nasty, nasty).contains("script"));
        assert!(art("kitchen/mugs-cups", "A") != art("home/lights/candles", "A"));
    }
}
