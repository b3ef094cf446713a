-- Offers that were not taken, by visitor and by client address (as a keyed hash), within a window.

CREATE TABLE offer_tries (
  store_id      TEXT NOT NULL,
  who           TEXT NOT NULL,
  tries         BIGINT NOT NULL,
  window_start  BIGINT NOT NULL,
  PRIMARY KEY (store_id, who)
);
