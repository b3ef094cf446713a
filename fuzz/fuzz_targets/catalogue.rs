//! A catalogue is read or faulted by line; each product that is read can be found.
#![no_main]

use commerce::Currency;
use libfuzzer_sys::fuzz_target;
use pricing::Catalog;

const HEADER: &[u8] = b"sku,title,category,list_price,unit_cost,stock\n";

fuzz_target!(|rows: &[u8]| {
    let _ = Catalog::parse(rows, Currency::GBP);
    match Catalog::parse(&[HEADER, rows].concat(), Currency::GBP) {
        Ok(catalog) => {
            for product in catalog.products() {
                assert_eq!(catalog.get(&product.sku), Some(product));
                assert!(!product.list_price.is_negative());
            }
        }
        Err(faults) => assert!(faults.iter().all(|fault| fault.line > 0)),
    }
});
