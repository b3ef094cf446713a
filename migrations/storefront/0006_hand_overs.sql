-- Codes that carry a deal from a page of another site to the shop's own pages: one a deal, the newest.

CREATE TABLE hand_overs (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  deal_id       TEXT NOT NULL,
  code_hash     TEXT NOT NULL,
  expires_at    BIGINT NOT NULL,
  PRIMARY KEY (store_id, deal_id),
  UNIQUE (store_id, code_hash)
);
