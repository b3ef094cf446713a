-- Stores, staff, sessions, keys; the change feed, idempotency and the audit chain.

CREATE TABLE service (
  id            BIGINT PRIMARY KEY,
  epoch         TEXT NOT NULL,
  created_at    BIGINT NOT NULL
);

CREATE TABLE stores (
  store_id      TEXT PRIMARY KEY,
  slug          TEXT NOT NULL UNIQUE,
  profile       TEXT NOT NULL,
  currency      TEXT NOT NULL,
  live          BOOLEAN NOT NULL,
  paused        BOOLEAN NOT NULL,
  attribution   TEXT,
  rev           BIGINT NOT NULL,
  seq           BIGINT NOT NULL,
  audit_seq     BIGINT NOT NULL,
  audit_hash    TEXT NOT NULL,
  next_version  BIGINT NOT NULL,
  next_order    BIGINT NOT NULL,
  created_at    BIGINT NOT NULL
);

-- Bodies that exist once a store: segments, launch, settings. `name` is `segments`, `launch` or `setting/NAME`.
CREATE TABLE documents (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  name          TEXT NOT NULL,
  body          TEXT NOT NULL,
  rev           BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (store_id, name)
);

CREATE TABLE staff (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  staff_id      TEXT NOT NULL,
  name          TEXT NOT NULL,
  email         TEXT NOT NULL,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active        BOOLEAN NOT NULL,
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (store_id, staff_id),
  UNIQUE (store_id, email)
);

CREATE TABLE staff_sessions (
  store_id      TEXT NOT NULL,
  session_id    TEXT NOT NULL,
  staff_id      TEXT NOT NULL,
  token_hash    TEXT NOT NULL UNIQUE,
  device        TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  last_seen_at  BIGINT NOT NULL,
  expires_at    BIGINT NOT NULL,
  revoked_at    BIGINT,
  PRIMARY KEY (store_id, session_id)
);

CREATE TABLE api_keys (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  key_id        TEXT NOT NULL,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  secret_hash   TEXT NOT NULL UNIQUE,
  created_at    BIGINT NOT NULL,
  last_used_at  BIGINT,
  revoked_at    BIGINT,
  PRIMARY KEY (store_id, key_id)
);

-- Signs deals. A retired key still verifies what it signed until that expires.
CREATE TABLE signing_keys (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  key_id        TEXT NOT NULL,
  secret_key    TEXT NOT NULL,
  public_key    TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  retired_at    BIGINT,
  PRIMARY KEY (store_id, key_id)
);

-- Failed sign-ins, counted in a window per store and e-mail.
CREATE TABLE sign_in_failures (
  store_id      TEXT NOT NULL,
  email         TEXT NOT NULL,
  failures      BIGINT NOT NULL,
  window_start  BIGINT NOT NULL,
  PRIMARY KEY (store_id, email)
);

-- One row per thing: the newest change. `seq` is handed out under the store's row lock.
CREATE TABLE changes (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  entity        TEXT NOT NULL,
  key           TEXT NOT NULL,
  rev           BIGINT NOT NULL,
  seq           BIGINT NOT NULL,
  deleted       BOOLEAN NOT NULL,
  PRIMARY KEY (store_id, entity, key)
);
CREATE UNIQUE INDEX changes_by_seq ON changes (store_id, seq);

-- Every write's answer under its idempotency key, given again to a repeat. `scope` is who sent it.
CREATE TABLE idempotency (
  store_id      TEXT NOT NULL,
  scope         TEXT NOT NULL,
  key           TEXT NOT NULL,
  fingerprint   TEXT NOT NULL,
  status        BIGINT NOT NULL,
  body          TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (store_id, scope, key)
);

CREATE TABLE audit (
  store_id      TEXT NOT NULL REFERENCES stores (store_id),
  seq           BIGINT NOT NULL,
  entry         TEXT NOT NULL,
  what          TEXT NOT NULL,
  hash          TEXT NOT NULL,
  PRIMARY KEY (store_id, seq)
);
