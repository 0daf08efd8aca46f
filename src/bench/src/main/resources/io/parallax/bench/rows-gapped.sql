-- Ratings whose keys are dense in their first half, then in 8000 clusters 10^15 apart, each smaller than the one before.
SELECT (floor(8000 * power(greatest(0, 2.0 * g / :last - 1)::float8, 3))::bigint - 4000) * 1000000000000000 + g,
       (g / 154 + 1)::int + :delta,
       ((h & 2147483647) % 62423 + 1)::int,
       (((h >> 40) & 1048575) % 10 + 1) * 0.5,
       timestamp '1996-01-01' + (((h >> 8) & 1099511627775) % 757382400) * interval '1 second'
FROM (SELECT g, hashint8extended(g, 42) AS h FROM (:numbers) n) s
