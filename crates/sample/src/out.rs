//! The sample as the CSV files that `souk rules` reads.

use std::collections::HashMap;

use commerce::csv_out::{neutralise, write_row};

use crate::customers::SampleCustomer;
use crate::lines::SampleLine;
use crate::products::SampleProduct;

pub(crate) fn catalog(products: &[SampleProduct]) -> String {
    let mut out = String::new();
    write_row(&mut out, ["sku", "title", "category", "list_price", "unit_cost", "stock"]);
    for product in products {
        let cells = [
            &*neutralise(product.sku.as_str()),
            &*neutralise(&product.title),
            product.category.as_str(),
            &product.list_price.to_string(),
            &product.unit_cost.to_string(),
            &product.stock.to_string(),
        ];
        write_row(&mut out, cells);
    }
    out
}

pub(crate) fn orders(lines: &[SampleLine], customers: &[SampleCustomer]) -> String {
    let segments: HashMap<&str, String> = customers
        .iter()
        .map(|customer| {
            let names: Vec<&str> = customer.segments.iter().map(|one| one.name()).collect();
            (customer.id.as_str(), names.join(";"))
        })
        .collect();
    let mut out = String::new();
    let header = "order_id,placed_at,sku,quantity,unit_price,customer_id,country,channel,segments";
    write_row(&mut out, header.split(','));
    for line in lines {
        let customer = line.customer_id.as_deref().unwrap_or_default();
        let cells = [
            line.order_id.as_str(),
            &line.placed_at.to_string(),
            &*neutralise(line.sku.as_str()),
            &line.quantity.to_string(),
            &line.unit_price.to_string(),
            customer,
            line.country.code(),
            "web",
            segments.get(customer).map_or("", String::as_str),
        ];
        write_row(&mut out, cells);
    }
    out
}
