-- Visitor sessions, carts, negotiations, deals, orders.

CREATE TABLE visitor_sessions (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  visitor_id    TEXT NOT NULL,
  token_hash    TEXT NOT NULL UNIQUE,
  customer_id   TEXT,
  country       TEXT NOT NULL,
  language      TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  last_seen_at  BIGINT NOT NULL,
  PRIMARY KEY (store_id, visitor_id)
);

CREATE TABLE cart_lines (
  store_id      TEXT NOT NULL,
  visitor_id    TEXT NOT NULL,
  sku           TEXT NOT NULL,
  quantity      BIGINT NOT NULL,
  added_at      BIGINT NOT NULL,
  PRIMARY KEY (store_id, visitor_id, sku)
);

CREATE TABLE negotiations (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  negotiation_id TEXT NOT NULL,
  visitor_id    TEXT NOT NULL,
  customer_id   TEXT,
  customer_name TEXT NOT NULL,
  country       TEXT NOT NULL,
  language      TEXT NOT NULL,
  sku           TEXT NOT NULL,
  title         TEXT NOT NULL,
  quantity      BIGINT NOT NULL,
  state         TEXT NOT NULL,
  -- `negotiation::Session` as JSON: the domain's own state
  session       TEXT NOT NULL,
  list_price    BIGINT NOT NULL,
  unit_cost     BIGINT,
  standing_ask  BIGINT,
  last_offer    BIGINT,
  agreed_price  BIGINT,
  -- standing ask × quantity, capped so that the queue's score stays in range
  stake         BIGINT NOT NULL,
  round         BIGINT NOT NULL,
  max_rounds    BIGINT NOT NULL,
  epoch         BIGINT NOT NULL,
  reason        TEXT,
  claimed_by    TEXT,
  claimed_until BIGINT,
  rule_set_id   TEXT NOT NULL,
  rule_set_version BIGINT NOT NULL,
  message_seq   BIGINT NOT NULL,
  waiting_since BIGINT,
  opened_at     BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  expires_at    BIGINT NOT NULL,
  rev           BIGINT NOT NULL,
  PRIMARY KEY (store_id, negotiation_id)
);
CREATE INDEX negotiations_by_state ON negotiations (store_id, state, updated_at);
CREATE INDEX negotiations_by_visitor ON negotiations (store_id, visitor_id, sku);
CREATE INDEX negotiations_by_opened ON negotiations (store_id, opened_at);
CREATE INDEX negotiations_due ON negotiations (state, expires_at);

CREATE TABLE negotiation_messages (
  store_id      TEXT NOT NULL,
  negotiation_id TEXT NOT NULL,
  seq           BIGINT NOT NULL,
  at            BIGINT NOT NULL,
  who           TEXT NOT NULL,
  name          TEXT,
  act           TEXT NOT NULL,
  text          TEXT NOT NULL,
  understood    TEXT,
  price         BIGINT,
  PRIMARY KEY (store_id, negotiation_id, seq)
);

CREATE TABLE approvals (
  store_id      TEXT NOT NULL,
  approval_id   TEXT NOT NULL,
  negotiation_id TEXT NOT NULL,
  price         BIGINT NOT NULL,
  requested_by  TEXT NOT NULL,
  approved_by   TEXT,
  reason        TEXT NOT NULL,
  evidence      TEXT NOT NULL,
  at            BIGINT NOT NULL,
  PRIMARY KEY (store_id, approval_id)
);

CREATE TABLE deals (
  store_id      TEXT NOT NULL,
  deal_id       TEXT NOT NULL,
  negotiation_id TEXT NOT NULL,
  visitor_id    TEXT NOT NULL,
  sku           TEXT NOT NULL,
  quantity      BIGINT NOT NULL,
  unit_price    BIGINT NOT NULL,
  list_price    BIGINT NOT NULL,
  token         TEXT NOT NULL,
  state         TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  expires_at    BIGINT NOT NULL,
  order_id      TEXT,
  PRIMARY KEY (store_id, deal_id),
  UNIQUE (store_id, negotiation_id)
);
CREATE INDEX deals_due ON deals (state, expires_at);

CREATE TABLE orders (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  order_id      TEXT NOT NULL,
  number        TEXT NOT NULL,
  visitor_id    TEXT NOT NULL,
  customer_id   TEXT,
  customer_name TEXT NOT NULL,
  email         TEXT NOT NULL,
  country       TEXT NOT NULL,
  address       TEXT NOT NULL,
  state         TEXT NOT NULL,
  payment       TEXT NOT NULL,
  delivery_kind TEXT NOT NULL,
  goods         BIGINT NOT NULL,
  delivery      BIGINT NOT NULL,
  total         BIGINT NOT NULL,
  discount      BIGINT NOT NULL,
  -- goods less cost, of lines whose product has a cost; null where none has
  margin        BIGINT,
  costed_goods  BIGINT NOT NULL,
  units         BIGINT NOT NULL,
  deal_id       TEXT,
  -- `shop` or `history` (imported past orders)
  source        TEXT NOT NULL,
  placed_at     BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  rev           BIGINT NOT NULL,
  PRIMARY KEY (store_id, order_id),
  UNIQUE (store_id, number)
);
CREATE INDEX orders_by_time ON orders (store_id, placed_at);
CREATE INDEX orders_unpaid ON orders (state, updated_at);
-- An order per deal, whatever races.
CREATE UNIQUE INDEX orders_by_deal ON orders (store_id, deal_id);

CREATE TABLE order_lines (
  store_id      TEXT NOT NULL,
  order_id      TEXT NOT NULL,
  line          BIGINT NOT NULL,
  sku           TEXT NOT NULL,
  title         TEXT NOT NULL,
  quantity      BIGINT NOT NULL,
  unit_price    BIGINT NOT NULL,
  list_price    BIGINT NOT NULL,
  unit_cost     BIGINT,
  negotiation_id TEXT,
  PRIMARY KEY (store_id, order_id, line)
);

CREATE TABLE order_events (
  store_id      TEXT NOT NULL,
  order_id      TEXT NOT NULL,
  seq           BIGINT NOT NULL,
  at            BIGINT NOT NULL,
  state         TEXT NOT NULL,
  by_name       TEXT NOT NULL,
  PRIMARY KEY (store_id, order_id, seq)
);

-- What deals of one store-zone day have given away against list price.
CREATE TABLE daily_discounts (
  store_id      TEXT NOT NULL,
  day           TEXT NOT NULL,
  given         BIGINT NOT NULL,
  PRIMARY KEY (store_id, day)
);
