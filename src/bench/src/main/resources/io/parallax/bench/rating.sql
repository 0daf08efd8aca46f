-- The table of ratings: five columns, nearly dense keys, 57 MB per million rows. :rows is their number.
DROP SCHEMA IF EXISTS parallax_bench CASCADE;

CREATE SCHEMA parallax_bench;

CREATE TABLE parallax_bench.rating_a (
  id bigint NOT NULL,
  userid int NOT NULL,
  movieid int NOT NULL,
  rating numeric(2,1) NOT NULL,
  "timestamp" timestamp NOT NULL
);

INSERT INTO parallax_bench.rating_a
SELECT g + (g - 1) / 999,
       (g / 154 + 1)::int,
       ((h & 2147483647) % 62423 + 1)::int,
       (((h >> 40) & 1048575) % 10 + 1) * 0.5,
       timestamp '1996-01-01' + (((h >> 8) & 1099511627775) % 757382400) * interval '1 second'
FROM (SELECT g, hashint8extended(g, 42) h FROM generate_series(1::bigint, :rows) g) s;

ALTER TABLE parallax_bench.rating_a ADD PRIMARY KEY (id);

CREATE TABLE parallax_bench.rating_b (LIKE parallax_bench.rating_a INCLUDING DEFAULTS);

INSERT INTO parallax_bench.rating_b SELECT * FROM parallax_bench.rating_a;

ALTER TABLE parallax_bench.rating_b ADD PRIMARY KEY (id);

VACUUM (ANALYZE, FREEZE) parallax_bench.rating_a;

VACUUM (ANALYZE, FREEZE) parallax_bench.rating_b;

CHECKPOINT;
