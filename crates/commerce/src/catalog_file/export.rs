//! Products to Souk's own layout, which reads back as it was (states apart: the file has none).

use super::souk::{OPTIONAL, REQUIRED};
use crate::csv_out::{neutralise, write_row};
use crate::product::Product;

/// UTF-8 CSV with every column, in the order given. Text that a spreadsheet would run is neutralised.
pub fn export<'p>(products: impl IntoIterator<Item = &'p Product>) -> String {
    let mut out = String::new();
    write_row(&mut out, REQUIRED.into_iter().chain(OPTIONAL));
    for product in products {
        let list_price = product.list_price.to_string();
        let unit_cost = product.unit_cost.map(|cost| cost.to_string()).unwrap_or_default();
        let stock = product.stock.map(|units| units.to_string()).unwrap_or_default();
        let tags = product.tags.join(",");
        let cells = [
            &*neutralise(product.sku.as_str()),
            &*neutralise(&product.title),
            product.category.as_str(),
            &list_price,
            &unit_cost,
            &stock,
            &*neutralise(&product.description),
            &*neutralise(&tags),
            &*neutralise(product.image.as_deref().unwrap_or_default()),
            product.list_price.currency().code(),
        ];
        write_row(&mut out, cells);
    }
    out
}
