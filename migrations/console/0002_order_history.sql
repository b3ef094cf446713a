-- Past order lines as the service gave them, page by page: rows of ORDERS.csv without their header. Only
-- read here; fetched anew when lost.
CREATE TABLE order_history (
  store_id   TEXT NOT NULL,
  ordinal    INTEGER NOT NULL,
  -- where the next page begins
  next       TEXT NOT NULL,
  lines      TEXT NOT NULL,
  -- milliseconds since 1970
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (store_id, ordinal)
);
