//! What the shop's pages read: the store, and products that are live. Every statement on products
//! here says `state = 'live'` and none names a cost: what a customer may not see never leaves SQL.

use sqlx::FromRow;

use super::statements;

/// Columns of [`ShopRow`].
macro_rules! live_products {
    ($rest:literal) => {
        concat!(
            "SELECT p.sku, p.title, p.description, p.category, p.list_price, p.stock, p.image \
             FROM products p WHERE p.store_id = $1 AND p.state = 'live' ",
            $rest
        )
    };
}

statements! {
    HEAD = "SELECT store_id, rev, seq FROM stores WHERE slug = $1";
    /// Whether anything that every page shows changed after `seq`.
    CHANGED_SINCE = "SELECT seq FROM changes WHERE store_id = $1 AND seq > $2 \
        AND entity IN ('store', 'launch', 'segments', 'product', 'setting', 'rule_set') \
        ORDER BY seq LIMIT 1";
    CATEGORIES = "SELECT category, COUNT(*) FROM products \
        WHERE store_id = $1 AND state = 'live' GROUP BY category";
    PRODUCT = live_products!("AND p.sku = $2");
    /// A page of a category ($2) and all under it ($3, a pattern), by title.
    IN_CATEGORY = live_products!(
        "AND (p.category = $2 OR p.category LIKE $3 ESCAPE '\\') \
         ORDER BY p.title, p.sku LIMIT $4 OFFSET $5"
    );
    /// A page of what matches four patterns at once, by title.
    FOUND = live_products!(
        "AND p.haystack LIKE $2 ESCAPE '\\' AND p.haystack LIKE $3 ESCAPE '\\' \
         AND p.haystack LIKE $4 ESCAPE '\\' AND p.haystack LIKE $5 ESCAPE '\\' \
         ORDER BY p.title, p.sku LIMIT $6 OFFSET $7"
    );
    FOUND_COUNT = "SELECT COUNT(*) FROM products p WHERE p.store_id = $1 AND p.state = 'live' \
        AND p.haystack LIKE $2 ESCAPE '\\' AND p.haystack LIKE $3 ESCAPE '\\' \
        AND p.haystack LIKE $4 ESCAPE '\\' AND p.haystack LIKE $5 ESCAPE '\\'";
    /// The catalogue API without conditions, in SKU order after $2.
    AFTER = live_products!("AND p.sku > $2 ORDER BY p.sku LIMIT $3");
    /// The same with patterns for the text and a category with all under it.
    AFTER_FOUND = live_products!(
        "AND p.sku > $2 AND p.haystack LIKE $3 ESCAPE '\\' AND p.haystack LIKE $4 ESCAPE '\\' \
         AND p.haystack LIKE $5 ESCAPE '\\' AND p.haystack LIKE $6 ESCAPE '\\' \
         AND (p.category = $7 OR p.category LIKE $8 ESCAPE '\\') ORDER BY p.sku LIMIT $9"
    );
    /// What sold most, in units.
    BEST_SELLERS = "SELECT sku, CAST(SUM(quantity) AS BIGINT) AS units FROM order_lines \
        WHERE store_id = $1 GROUP BY sku ORDER BY units DESC, sku LIMIT 24";
    NEWEST = live_products!(
        "AND (p.stock IS NULL OR p.stock > 0) ORDER BY p.created_at DESC, p.sku LIMIT $2"
    );
    /// Others of the same category, cheap to find: those that follow in SKU order.
    SIBLINGS = live_products!(
        "AND p.category = $2 AND p.sku <> $3 AND (p.stock IS NULL OR p.stock > 0) \
         ORDER BY p.sku LIMIT $4"
    );
    SITEMAP = "SELECT sku, updated_at FROM products WHERE store_id = $1 AND state = 'live' \
        ORDER BY sku LIMIT $2";
    /// Units in a visitor's basket.
    BASKET = "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM cart_lines \
        WHERE store_id = $1 AND visitor_id = $2";
    SLUGS = "SELECT slug FROM stores WHERE live = TRUE ORDER BY slug";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct HeadRow {
    pub(crate) store_id: String,
    pub(crate) rev: i64,
    pub(crate) seq: i64,
}

/// A live product, as far as customers see it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ShopRow {
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) category: String,
    pub(crate) list_price: i64,
    pub(crate) stock: Option<i64>,
    pub(crate) image: Option<String>,
}

impl ShopRow {
    pub(crate) fn in_stock(&self) -> bool {
        self.stock.is_none_or(|units| units > 0)
    }
}
