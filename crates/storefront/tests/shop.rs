//! A customer looks around: pages hold what they must, never a draft, never markup of a merchant's
//! or a visitor's making; on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::panic)]

use api::Page;
use api::catalog::{Category, Product};
use api::shop::ShopProduct;
use serde_json::json;
use testkit::{Answer, Client, Service, on_each_engine};

/// A catalogue of one store: live products, and others that no customer may see.
struct Stall {
    service: Service,
    owner: Client,
}

impl Stall {
    async fn open(service: Service) -> Self {
        let (owner, _) = service.with_store("lantern").await;
        let stall = Self { service, owner };
        stall.product("L1", "Brass lantern, large", "home/lights", 1_450, true).await;
        stall.product("L2", "Iron lantern", "home/lights/iron", 995, true).await;
        stall.product("M/1 ü", "Blue mug", "kitchen/mugs", 600, true).await;
        stall.product("D1", "Secret draft lamp", "home/lights", 700, false).await;
        stall
    }

    async fn product(&self, sku: &str, title: &str, category: &str, minor: i64, live: bool) {
        let body = json!({
            "title": title, "description": format!("About {title}"), "category": category,
            "list_price": { "minor": minor, "currency": "GBP" },
            "unit_cost": { "minor": 4_321, "currency": "GBP" }, "stock": 24, "base_rev": 0
        });
        let path = format!("/v1/stores/lantern/products/{}", encode(sku));
        let saved: Product = self.owner.put(&path, &body).await.expect(200);
        if live {
            self.state(sku, "live", saved.rev).await;
        }
    }

    async fn state(&self, sku: &str, state: &str, rev: i64) -> i64 {
        let path = format!("/v1/stores/lantern/products/{}/state", encode(sku));
        let body = json!({ "state": state, "base_rev": rev });
        self.owner.post(&path, &body).await.expect::<Product>(200).rev
    }

    async fn page(&self, path: &str) -> Answer {
        self.service.anonymous().get(&format!("/s/lantern/{path}")).await
    }

    /// The page, which must answer with `status` and have the shop's headers.
    async fn text(&self, path: &str, status: u16) -> String {
        let answer = self.page(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        let policy = answer.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("script-src 'self'") && policy.contains("style-src 'self'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        answer.text
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

#[tokio::test]
async fn every_page_shows_what_is_live_and_nothing_else() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        for (path, status, must) in [
            ("", 200, &["Brass lantern, large", "Blue mug", "£14.50", "Kitchen"][..]),
            ("c/home", 200, &["Brass lantern, large", "Iron lantern", "2 things"]),
            ("c/home/lights/iron", 200, &["Iron lantern", "1 thing"]),
            ("search?q=LANTERN+large", 200, &["Brass lantern, large", "1 thing for"]),
            ("search?q=l1", 200, &["Brass lantern, large"]),
            ("search?q=lamp", 200, &["0 things", "Nothing matches"]),
            ("search", 200, &["What are you looking for?"]),
            (
                "p/L1",
                200,
                &["About Brass lantern", "£14.50", "24 in stock", "hello@lantern.example"],
            ),
            ("p/M%2F1%20%C3%BC", 200, &["Blue mug", "£6.00", "/art/M%2F1%20%C3%BC.svg"]),
            ("p/D1", 404, &["We cannot find that"]),
            ("p/%00", 404, &["We cannot find that"]),
            ("c/%00", 404, &["We cannot find that"]),
            ("p/nothing", 404, &["We cannot find that"]),
            ("c/nothing", 404, &["We cannot find that"]),
            ("c/home?page=2", 404, &["We cannot find that"]),
            ("no/such/place", 404, &["We cannot find that"]),
            ("art/D1.svg", 404, &[]),
        ] {
            let text = stall.text(path, status).await;
            for part in must {
                assert!(text.contains(part), "{path} lacks {part:?}: {text}");
            }
            assert!(!text.contains("Secret draft"), "{path} shows a draft");
            assert!(!text.contains("4321") && !text.contains("43.21"), "{path} shows a cost");
        }
        let sitemap = stall.text("sitemap.xml", 200).await;
        assert!(sitemap.contains("/s/lantern/p/M%2F1%20%C3%BC</loc>") && !sitemap.contains("/D1"));
        for slug in ["nobody", "%00", "%FF"] {
            let strange = stall.service.anonymous().get(&format!("/s/{slug}/")).await;
            assert_eq!(strange.status, 404, "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_goes_and_comes_with_its_state_at_once() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        assert!(stall.text("", 200).await.contains("Kitchen"));
        let gone = stall.state("M/1 ü", "unpublished", 2).await;
        for path in ["", "c/home", "search?q=mug", "sitemap.xml"] {
            let text = stall.text(path, 200).await;
            assert!(!text.contains("Blue mug") && !text.contains("Kitchen"), "{path}");
        }
        stall.text("p/M%2F1%20%C3%BC", 404).await;
        stall.text("c/kitchen", 404).await;
        stall.state("M/1 ü", "live", gone).await;
        assert!(stall.text("", 200).await.contains("Kitchen"));
    })
    .await;
}

#[tokio::test]
async fn titles_and_searches_are_text_never_markup() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        let hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        stall.product("H1", hostile, "home/lights", 100, true).await;
        for path in ["", "c/home", "p/H1", "search?q=script"] {
            let text = stall.text(path, 200).await;
            assert!(
                !text.contains("<script>alert") && !text.contains("<img src=x"),
                "{path}: {text}"
            );
            assert!(text.contains("&#60;script&#62;alert(1)"), "{path} shows it as text");
        }
        let asked = encode(hostile);
        let text = stall.text(&format!("search?q={asked}"), 200).await;
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn searches_of_any_kind_find_something_or_say_so() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        stall.product("P%", "100% wool_rug", "home/textiles", 100, true).await;
        let long = "x".repeat(10_000);
        for (query, found) in [
            ("%", "1 thing "),
            ("_", "1 thing "),
            ("\\", "0 things"),
            ("100%", "1 thing "),
            ("' OR 1=1 --", "0 things"),
            ("\0", "looking for"),
            ("🪔", "0 things"),
            ("   ", "looking for"),
            ("ü", "1 thing "),
            (&long, "0 things"),
        ] {
            let text = stall.text(&format!("search?q={}", encode(query)), 200).await;
            assert!(text.contains(found), "{query:?}: {text}");
        }
        for path in
            ["search?q=%FF%FE", "search?q=a&page=abc", "search?q=a&page=-1", "search?page=7"]
        {
            let status = stall.page(path).await.status.as_u16();
            assert!(status == 200 || status == 400, "{path}: {status}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_category_is_read_page_by_page_without_a_gap() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        for n in 0..30 {
            let sku = format!("T{n:02}");
            stall.product(&sku, &format!("Toy {n:02}"), "toys", 100 + n, true).await;
        }
        let first = stall.text("c/toys", 200).await;
        let second = stall.text("c/toys?page=2", 200).await;
        for n in 0..30 {
            let title = format!("Toy {n:02}<");
            let on = [&first, &second].map(|page| page.contains(&title));
            assert_eq!(on, [n < 24, n >= 24], "{title}");
        }
        assert!(first.contains("rel=\"next\" href=\"/s/lantern/c/toys?page=2\""));
        assert!(second.contains("rel=\"prev\" href=\"/s/lantern/c/toys\""));

        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/v1/shops/lantern/products?limit=7&after={}", encode(&after));
            let page: Page<ShopProduct> = stall.service.anonymous().get(&path).await.expect(200);
            assert_eq!(page.total, Some(33));
            seen.extend(page.items.into_iter().map(|item| item.sku));
            let Some(next) = page.next else { break };
            after = next;
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (33, 33));
        assert!(!seen.contains(&"D1".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_api_narrows_and_refuses() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        let anyone = stall.service.anonymous();
        for (query, skus) in [
            ("?q=lantern", &["L1", "L2"][..]),
            ("?category=home", &["L1", "L2"]),
            ("?category=home/lights/iron", &["L2"]),
            ("?category=kitchen&q=blue", &["M/1 ü"]),
            ("?q=secret", &[]),
        ] {
            let answer = anyone.get(&format!("/v1/shops/lantern/products{query}")).await;
            assert!(!answer.text.contains("4321"), "{query} shows a cost");
            let page: Page<ShopProduct> = answer.expect(200);
            let got: Vec<&str> = page.items.iter().map(|item| item.sku.as_str()).collect();
            assert_eq!(got, skus, "{query}");
        }
        for (query, field) in [
            ("?limit=0", "limit"),
            ("?limit=201", "limit"),
            ("?limit=x", "limit"),
            ("?category=No%20Such", "category"),
            ("?q=%00", "q"),
        ] {
            let refused =
                anyone.get(&format!("/v1/shops/lantern/products{query}")).await.refused(400);
            assert_eq!(refused.context["field"], field, "{query}");
        }
        assert_eq!(anyone.get("/v1/shops/nobody/products").await.refused(404).context.len(), 0);
        let shelves: Vec<Category> = anyone.get("/v1/shops/lantern/categories").await.expect(200);
        let got: Vec<(&str, i64)> = shelves.iter().map(|c| (c.path.as_str(), c.products)).collect();
        assert_eq!(
            got,
            [
                ("home", 2),
                ("home/lights", 2),
                ("home/lights/iron", 1),
                ("kitchen", 1),
                ("kitchen/mugs", 1)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_german_reads_german_and_prices_as_germans_write_them() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        let german = stall.service.anonymous().with_header("Accept-Language", "de-DE,de;q=0.9");
        let text = german.get("/s/lantern/p/L1").await.text;
        for part in ["<html lang=\"de\">", "14,50\u{a0}£", "24 auf Lager", "In den Warenkorb"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn search_engines_are_told_what_a_page_is() {
    on_each_engine(|service| async move {
        let stall = Stall::open(service).await;
        let text = stall.text("p/L1", 200).await;
        let base = stall.service.base();
        assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{base}/s/lantern/p/L1\">")));
        let (_, data) = text.split_once("<script type=\"application/ld+json\">").unwrap();
        let (data, _) = data.split_once("</script>").unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["offers"]["price"], "14.50");
        assert_eq!(data["offers"]["priceCurrency"], "GBP");
        assert_eq!(data["sku"], "L1");
        let home = stall.text("", 200).await;
        assert!(
            home.contains("<meta property=\"og:title\" content=\"Lantern &#38; Lark\">"),
            "{home}"
        );
        let robots = stall.service.anonymous().get("/robots.txt").await;
        assert!(robots.text.contains("Disallow: /s/*/checkout"), "{}", robots.text);
        assert!(text.contains("noindex"), "a store that is not live yet is kept out of indexes");
    })
    .await;
}

#[tokio::test]
async fn files_are_kept_by_browsers_until_they_change() {
    let service = Service::start(testkit::Engine::Sqlite).await;
    for path in ["/assets/shop.css", "/assets/inter-latin.woff2", "/assets/icon.svg", "/widget.js"]
    {
        let first = service.anonymous().get(path).await;
        assert_eq!(first.status, 200, "{path}");
        let tag = first.headers["etag"].to_str().unwrap().to_owned();
        let again = service.anonymous().with_header("If-None-Match", &tag).get(path).await;
        assert_eq!((again.status.as_u16(), again.text.len()), (304, 0), "{path}");
    }
    assert_eq!(service.anonymous().get("/assets/../Cargo.toml").await.status, 404);
    assert_eq!(service.anonymous().get("/assets/none.css").await.status, 404);
}
