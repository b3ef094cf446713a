-- Imports that are being applied, a part at a time: the file, whose it is, and how far it is.

CREATE TABLE imports_under_way (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  import_id     TEXT NOT NULL,
  -- gzip in base64; read again where the import goes on after a stop
  file          TEXT NOT NULL,
  format        TEXT,
  publish       BOOLEAN NOT NULL,
  actor_id      TEXT NOT NULL,
  actor_name    TEXT NOT NULL,
  actor_role    TEXT NOT NULL,
  -- the request that asked for it; null for the command line
  once_key      TEXT,
  fingerprint   TEXT,
  rows_total    BIGINT NOT NULL,
  -- grows with each part, in the transaction of that part
  rows_done     BIGINT NOT NULL,
  created       BIGINT NOT NULL,
  updated       BIGINT NOT NULL,
  unchanged     BIGINT NOT NULL,
  began_at      BIGINT NOT NULL,
  touched_at    BIGINT NOT NULL,
  PRIMARY KEY (store_id, import_id)
);
-- One at a time in a store, so that undoing knows which was the later.
CREATE UNIQUE INDEX imports_under_way_one ON imports_under_way (store_id);
