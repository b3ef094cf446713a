//! Every category's pictures on one HTML page, to look at: `cargo run -p sample --example pictures`.

use std::collections::BTreeMap;

use sample::{Sample, SampleError, art};

fn main() -> Result<(), SampleError> {
    let sample = Sample::read()?;
    let mut shown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for product in &sample.products {
        let skus = shown.entry(product.category.as_str()).or_default();
        if skus.len() < 2 {
            skus.push(product.sku.as_str());
        }
    }
    println!("<body style='margin:8px;display:flex;flex-wrap:wrap;gap:6px;font:11px sans-serif'>");
    for (category, skus) in shown {
        for sku in skus {
            // A frame each, since gradients are named alike in all of them.
            let svg = art(category, sku).replace('"', "&quot;");
            let page =
                format!("<style>body{{margin:0;overflow:hidden}}svg{{width:172px}}</style>{svg}");
            println!(
                "<div>{category}<br><iframe width=172 height=129 style='border:0' srcdoc=\"{page}\"></iframe></div>"
            );
        }
    }
    Ok(())
}
