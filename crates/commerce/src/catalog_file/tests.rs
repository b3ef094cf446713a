use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::names::{CategoryPath, Sku};
use crate::product::ProductParts;
use crate::{Currency, Money};

const HEAD: &str = "sku,title,category,list_price,unit_cost,stock";

fn gbp() -> Options {
    Options::new(Currency::GBP)
}

fn read(text: &str) -> Preview {
    parse_all(text.as_bytes(), &gbp()).unwrap()
}

/// `line:column: message [expected]` for each issue.
fn told(issues: &[Issue]) -> Vec<String> {
    let tell = |i: &Issue| {
        let column = i.column.as_deref().unwrap_or("-");
        format!("{}:{column}: {} [{}]", i.line, i.message, i.expected)
    };
    issues.iter().map(tell).collect()
}

#[test]
fn good_rows_come_in_while_bad_ones_are_named() {
    let preview = read(&format!(
        "{HEAD},currency,colour\n\
         71053,White metal lantern,home/lights,3.39,2.03,24,GBP,white\n\
         \n\
         ,No number,home,1.00,,,,\n\
         B,,home,1.00,,,,\n\
         C,Cup,home,-1.00,,,,\n\
         D,Dish,home,1.005,,,,\n\
         E,Egg,home,1,,many,,\n\
         F,Fan,home,£5,,,,\n\
         G,Gin,home,5,,,EUR,\n\
         71053,Again,home,1.00,,,,\n\
         H,Hat,Hats & Caps > Wool,5.5,6,-3,gbp,\n\
         I,Ink,home,1.00\n\
         J,Jar,!,,x,1.5,USD,\n"
    ));
    assert_eq!(
        told(&preview.errors),
        [
            "4:sku: the SKU is missing [1 to 64 printable characters, no control or invisible ones, not . or ..]",
            "5:title: the title is missing [a title]",
            "6:list_price: the price is negative [0 or more]",
            "7:list_price: the price has too many digits [2 after the point (GBP)]",
            "8:stock: not a stock figure [a whole number within ±1,000,000,000, or nothing]",
            "9:list_price: not a price [digits with a point at most, such as 12.50]",
            "10:currency: the price is in another currency than the store's [GBP]",
            "11:sku: the SKU stands on line 2 already [each SKU once]",
            "13:-: the row has 4 cells [8, as the header]",
            "14:category: not a category [lower-case words joined by '-', levels joined by '/', such as home/lights]",
            "14:list_price: the list price is missing [a price]",
            "14:unit_cost: not a price [digits with a point at most, such as 12.50]",
            "14:stock: not a stock figure [a whole number within ±1,000,000,000, or nothing]",
            "14:currency: the price is in another currency than the store's [GBP]",
        ]
    );
    assert_eq!(
        told(&preview.warnings),
        [
            "1:colour: the column is not known and was left out [sku, title, category, list_price, unit_cost, stock, description, tags, image, currency]",
            "12:category: the category was read as hats-caps/wool [lower-case words joined by '-', levels joined by '/', such as home/lights]",
            "12:-: the unit cost is above the list price [a cost under the price]",
        ]
    );
    let kept: Vec<(u64, &str)> =
        preview.rows.iter().map(|row| (row.line, row.product.sku.as_str())).collect();
    assert_eq!(kept, [(2, "71053"), (12, "H")]);
    let counts = Counts { rows: 12, products: 2, rows_refused: 10, errors: 14, warnings: 3 };
    assert_eq!(preview.counts, counts);
    assert_eq!(preview.rows[1].product.stock, Some(-3));
}

#[test]
fn every_usual_encoding_is_read() {
    let text = format!("{HEAD}\nA,Café £5,home,1.00,,\n");
    let wide = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect()
    };
    let western: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (bytes, encoding, warnings) in [
        (text.clone().into_bytes(), TextEncoding::Utf8, 0),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), TextEncoding::Utf8WithMark, 0),
        (wide(u16::to_le_bytes, [0xff, 0xfe]), TextEncoding::Utf16LittleEndian, 0),
        (wide(u16::to_be_bytes, [0xfe, 0xff]), TextEncoding::Utf16BigEndian, 0),
        (western, TextEncoding::Windows1252, 1),
        (text.replace('\n', "\r\n").into_bytes(), TextEncoding::Utf8, 0),
        (text.replace('\n', "\r").into_bytes(), TextEncoding::Utf8, 0),
        (text.replace(',', ";").into_bytes(), TextEncoding::Utf8, 1),
        (text.replace(',', "\t").into_bytes(), TextEncoding::Utf8, 1),
    ] {
        let preview = parse_all(&bytes, &gbp()).unwrap();
        assert_eq!(preview.encoding, encoding);
        assert_eq!(preview.counts.warnings, warnings, "{encoding:?}");
        assert_eq!(preview.rows[0].product.title, "Café £5", "{encoding:?}");
        assert_eq!(preview.rows[0].line, 2, "{encoding:?}");
    }
}

#[test]
fn a_file_that_is_no_catalogue_is_refused_whole_and_says_why() {
    let check = |bytes: &[u8], expected: &str| {
        let error = parse_all(bytes, &gbp()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    for empty in ["", " \n\n", "\u{feff}", "\u{feff}\r\n"] {
        check(empty.as_bytes(), "the file is empty");
    }
    check(b"PK\x03\x04rest", "a workbook or zip archive");
    check(
        b"sku,title,price\n",
        "line 1: missing columns category, list_price, unit_cost, stock; found sku, title, price",
    );
    check(b"\n\nsku,SKU,title\n", "line 3: the column SKU stands there twice");
    check(b"Handle,Title\n", "missing column Variant Price");
    check(&vec![b'a'; BYTES_MAX + 1], "the limit is 52428800");
    let mut many = format!("{HEAD}\n");
    for _ in 0..=ROWS_MAX {
        many.push_str("A,B\n");
    }
    check(many.as_bytes(), "more than 200000 rows");
    check(&[0; 64], "missing column");
}

#[test]
fn what_a_spreadsheet_would_run_stays_text() {
    let preview = read(&format!(
        "{HEAD},description\n\
         =A1,\"=HYPERLINK(\"\"http://x\"\")\",home,1.00,,,+1\n\
         B,'@SUM(A1),home,1.00,,,-\n\
         C,<b>Lamp</b>,home,1.00,,,a < b > c\n\
         D,\"two\nlines\u{202e} here\",home,1.00,,,\"nul\0here\"\n"
    ));
    assert_eq!(preview.counts.errors, 0, "{:?}", preview.errors);
    let titles: Vec<&str> = preview.rows.iter().map(|row| row.product.title.as_str()).collect();
    assert_eq!(titles, ["=HYPERLINK(\"http://x\")", "@SUM(A1)", "<b>Lamp</b>", "two lines here"]);
    let columns: Vec<String> = preview
        .warnings
        .iter()
        .map(|w| format!("{} {}", w.line, w.column.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        columns,
        [
            "2 sku",
            "2 title",
            "2 description",
            "3 description",
            "4 title",
            "5 title",
            "5 description"
        ]
    );
    let out = export(preview.rows.iter().map(|row| &row.product));
    let wake = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    for record in reader.records() {
        assert!(!record.unwrap().iter().any(wake), "{out}");
    }
}

#[test]
fn a_giant_cell_is_an_error_on_its_line_and_the_rest_comes_in() {
    let giant = "x".repeat(1_000_000);
    let preview = read(&format!("{HEAD}\nA,{giant},home,1,,\nB,Bell,home,1,,\n"));
    assert_eq!(told(&preview.errors), ["2:title: the cell has 1000000 bytes [at most 65536]"]);
    assert_eq!(preview.errors[0].value.len(), 80);
    assert_eq!(preview.rows.len(), 1);
}

#[test]
fn a_quote_that_never_closes_is_named_where_it_opens() {
    let preview =
        read(&format!("{HEAD}\nA,12\" plate,home,1,,\nB,\"Bell,home,1,,\nC,Cup,home,1,,\n"));
    assert_eq!(preview.rows.len(), 1);
    assert_eq!(preview.rows[0].product.title, "12\" plate");
    assert_eq!(preview.errors.len(), 1);
    assert!(told(&preview.errors)[0].starts_with("3:-: a quote is opened in this row"));
}

#[test]
fn a_row_over_several_lines_counts_from_its_first() {
    let preview = read(&format!("{HEAD}\nA,\"a\nb\nc\",home,1,,\n\n\nB,x,home,bad,,\n"));
    assert_eq!(preview.rows[0].line, 2);
    assert_eq!(preview.errors[0].line, 7);
}

#[test]
fn reading_can_be_watched_and_stopped() {
    let mut text = format!("{HEAD}\n");
    for number in 0..1_200 {
        writeln!(text, "S{number},Thing,home,1.00,,").unwrap();
    }
    let mut seen = Vec::new();
    parse(text.as_bytes(), &gbp(), &mut |rows| {
        seen.push(rows);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(seen, [500, 1_000, 1_200]);
    let stopped = parse(text.as_bytes(), &gbp(), &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped, Err(FileError::Cancelled { rows: 500 }));
}

const SHOPIFY: &str = "\
Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Cost per item,Image Src,Image Position,Variant Image,SEO Title,Google Shopping / Gender,Colour (product.metafields.x.y),Status,Odd
mug,Enamel mug,<p>Hard <b>wearing</b>.</p><p>350 ml &amp; light</p>,Us,Home & Garden > Kitchen > Mugs,,\"mug, enamel\",TRUE,Colour,Red,Size,Big,'0042,5,12.50,15.00,6.00,https://x/1.jpg,1,,,,,active,
mug,,,,,,,,,Blue,,Small,MUG-B,0,11.00,,,,,https://x/blue.jpg,,,,,
mug,,,,,,,,,,,,,,,,,https://x/2.jpg,2,,,,,,
bag,Jute bag,,Us,,Bags,,TRUE,Title,Default Title,,,,,8.00,,,,,,,,,draft,
bag,,,,,,,,,,,,,,,,,https://x/bag.jpg,1,,,,,,
old,,,,,,,,,Red,,,OLD-R,1,3.00,,,,,,,,,active,
old,,,,,,,,,Blue,,,OLD-B,1,3.00,,,,,,,,,,
pin,Pin,,,,,,TRUE,,,,,MUG-B,1,x,,,,,,,,,archived,
";

#[test]
fn shopifys_export_becomes_a_product_a_variant() {
    let preview = read(SHOPIFY);
    assert_eq!(preview.format, Format::Shopify);
    let rows: Vec<String> = preview
        .rows
        .iter()
        .map(|row| {
            let p = &row.product;
            let cost = p.unit_cost.map_or("-".to_owned(), |cost| cost.to_string());
            let image = p.image.as_deref().unwrap_or("-");
            let stock = p.stock.map_or("-".to_owned(), |units| units.to_string());
            let (sku, title, price) = (&p.sku, &p.title, p.list_price);
            format!(
                "{}|{sku}|{title}|{}|{price}|{cost}|{stock}|{}|{image}",
                row.line, p.category, p.state
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "2|0042|Enamel mug, Red / Big|home-garden/kitchen/mugs|12.50|6.00|5|draft|https://x/1.jpg",
            "3|MUG-B|Enamel mug, Blue / Small|home-garden/kitchen/mugs|11.00|-|0|draft|https://x/blue.jpg",
            "5|bag|Jute bag|bags|8.00|-|-|draft|https://x/bag.jpg",
        ]
    );
    assert_eq!(preview.rows[0].product.description, "Hard wearing.\n350 ml & light");
    assert_eq!(preview.rows[1].product.tags, ["mug", "enamel"]);
    assert_eq!(
        told(&preview.errors),
        [
            "7:Title: the title is missing [a title]",
            "8:Handle: the product's first row was refused, so this one is too [a whole product]",
            "9:Variant SKU: the SKU stands on line 3 already [each SKU once]",
            "9:Variant Price: not a price [digits with a point at most, such as 12.50]",
        ]
    );
    let warned: Vec<(u64, &str)> =
        preview.warnings.iter().map(|w| (w.line, w.column.as_deref().unwrap_or("-"))).collect();
    assert_eq!(warned, [(1, "Odd"), (5, "Variant SKU"), (9, "Product Category")]);
    let live = Options { state: ProductState::Live, ..gbp() };
    let states: Vec<ProductState> = parse_all(SHOPIFY.as_bytes(), &live)
        .unwrap()
        .rows
        .iter()
        .map(|r| r.product.state)
        .collect();
    assert_eq!(states, [ProductState::Live, ProductState::Live, ProductState::Draft]);
}

fn any_text(chars: &'static str) -> impl Strategy<Value = String> {
    let edge = prop::sample::select(vec!["", "=", "'=", "-", "@x", "\"", "<b>", ",", ";", "+"]);
    (edge, chars).prop_map(|(edge, rest)| {
        let text = format!("{edge}{rest}");
        let kept = |c: &char| !crate::names::is_stray(*c) || *c == '\n' || *c == '\t';
        text.chars().filter(kept).collect::<String>().trim().to_owned()
    })
}

fn any_product() -> impl Strategy<Value = Product> {
    let one_line = |text: String| text.replace(['\n', '\t'], " ").trim().to_owned();
    let title = any_text("\\PC{1,30}").prop_map(one_line).prop_filter("empty", |t| !t.is_empty());
    let sku = any_text("\\PC{1,20}").prop_filter_map("no SKU", |text| Sku::parse(&text).ok());
    let tag = any_text("\\PC{1,8}").prop_map(move |t| one_line(t.replace(',', "")));
    let tags = prop::collection::btree_set(tag.prop_filter("empty", |t| !t.is_empty()), 0..4);
    let money = || (0_i64..10_000_000).prop_map(|m| Money::from_minor(m, Currency::GBP).unwrap());
    let category = prop::sample::select(vec!["home", "home/lights/led-2", "küche"]);
    (
        (sku, title, any_text("(\\PC|\n|\t){0,60}"), category, money()),
        (
            prop::option::of(money()),
            prop::option::of(-9_i64..9_999),
            tags,
            prop::option::of("https?://[a-z]{1,9}/\\PC{0,9}[a-z]"),
        ),
    )
        .prop_filter_map(
            "not a product",
            |((sku, title, description, category, list_price), (unit_cost, stock, tags, image))| {
                Product::new(ProductParts {
                    sku,
                    title,
                    description,
                    category: CategoryPath::parse(category).unwrap(),
                    list_price,
                    unit_cost,
                    stock,
                    state: ProductState::Draft,
                    tags: tags.into_iter().collect(),
                    image,
                })
                .ok()
            },
        )
}

proptest! {
    #[test]
    fn what_is_exported_reads_back_as_it_was(products in prop::collection::vec(any_product(), 0..6)) {
        let mut skus = std::collections::HashSet::new();
        let products: Vec<Product> =
            products.into_iter().filter(|p| skus.insert(p.sku.clone())).collect();
        let file = export(&products);
        let preview = read(&file);
        prop_assert_eq!(&preview.errors, &[]);
        let back: Vec<Product> = preview.rows.into_iter().map(|row| row.product).collect();
        prop_assert_eq!(&back, &products);
        prop_assert_eq!(export(&back), file);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse_all(&bytes, &gbp());
    }

    #[test]
    fn no_rows_make_it_panic_and_every_row_is_accounted_for(
        shopify in any::<bool>(), rows in "([a-c0-9\"',;.<>=&\n\r-]|é|\0|,,,){0,200}"
    ) {
        let head = if shopify { "Handle,Title,Body (HTML),Variant Price,Variant SKU,Image Src" } else { HEAD };
        for mark in ["", "\u{feff}"] {
            let Ok(preview) = parse_all(format!("{mark}{head}\n{rows}").as_bytes(), &gbp()) else { continue };
            prop_assert!(preview.counts.rows_refused <= preview.counts.rows);
            let images = if shopify { preview.counts.rows } else { 0 };
            let told = preview.counts.products + preview.counts.rows_refused;
            prop_assert!(told == preview.counts.rows || (shopify && told <= images));
            prop_assert_eq!(preview.counts.rows_refused > 0, preview.counts.errors > 0);
        }
    }
}
