-- Ratings under random UUIDs.
SELECT md5('u' || g)::uuid,
       (g / 154 + 1)::int + :delta,
       ((h & 2147483647) % 62423 + 1)::int,
       (((h >> 40) & 1048575) % 10 + 1) * 0.5,
       timestamp '1996-01-01' + (((h >> 8) & 1099511627775) % 757382400) * interval '1 second'
FROM (SELECT g, hashint8extended(g, 42) AS h FROM (:numbers) n) s
