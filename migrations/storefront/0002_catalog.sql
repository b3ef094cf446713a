-- Products, imports, customers, rule sets.

CREATE TABLE products (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  sku           TEXT NOT NULL,
  title         TEXT NOT NULL,
  description   TEXT NOT NULL,
  category      TEXT NOT NULL,
  list_price    BIGINT NOT NULL,
  unit_cost     BIGINT,
  stock         BIGINT,
  state         TEXT NOT NULL,
  tags          TEXT NOT NULL,
  image         TEXT,
  -- lower-cased title and SKU, for search
  haystack      TEXT NOT NULL,
  rev           BIGINT NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (store_id, sku)
);
CREATE INDEX products_by_category ON products (store_id, category, sku);

CREATE TABLE imports (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  import_id     TEXT NOT NULL,
  at            BIGINT NOT NULL,
  by_staff      TEXT NOT NULL,
  created       BIGINT NOT NULL,
  updated       BIGINT NOT NULL,
  undone_at     BIGINT,
  PRIMARY KEY (store_id, import_id)
);

-- What each imported product was before (`before` empty: it was not), and its rev after.
CREATE TABLE import_rows (
  store_id      TEXT NOT NULL,
  import_id     TEXT NOT NULL,
  sku           TEXT NOT NULL,
  before_doc    TEXT NOT NULL,
  after_rev     BIGINT NOT NULL,
  PRIMARY KEY (store_id, import_id, sku)
);

CREATE TABLE customers (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  customer_id   TEXT NOT NULL,
  name          TEXT NOT NULL,
  email         TEXT NOT NULL,
  country       TEXT NOT NULL,
  tags          TEXT NOT NULL,
  orders        BIGINT NOT NULL,
  spend         BIGINT NOT NULL,
  first_order_at BIGINT,
  last_order_at BIGINT,
  PRIMARY KEY (store_id, customer_id)
);
CREATE INDEX customers_by_email ON customers (store_id, email);

CREATE TABLE rule_sets (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  rule_set_id   TEXT NOT NULL,
  name          TEXT NOT NULL,
  version       BIGINT,
  state         TEXT NOT NULL,
  document      TEXT NOT NULL,
  rules         BIGINT NOT NULL,
  author_id     TEXT NOT NULL,
  author        TEXT NOT NULL,
  rev           BIGINT NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  activated_at  BIGINT,
  PRIMARY KEY (store_id, rule_set_id)
);
