-- Orders: twelve mixed columns, 154 MB per million.
SELECT g + (g - 1) / 999,
       ((h & 2147483647) % 500000 + 1)::int,
       CASE WHEN (h >> 3) & 15 = 0 THEN NULL ELSE ((h >> 7) & 63)::int END,
       substr(md5('a' || g) || md5('b' || g), 1, 20 + ((h >> 13) & 1048575)::int % 41),
       (((h >> 20) & 2147483647) % 1000000000) / 100.0 + 0.01 * :delta,
       CASE WHEN (h >> 5) & 3 = 0 THEN ((h >> 9) & 65535) / 100.0 END,
       timestamptz '2020-01-01 00:00:00+00'
         + (((h >> 4) & 1099511627775) % 157680000000000) * interval '1 microsecond',
       CASE WHEN (h >> 11) & 7 < 5 THEN timestamptz '2021-01-01 00:00:00+00'
         + (((h >> 6) & 1099511627775) % 157680000000000) * interval '1 microsecond' END,
       (h >> 17) & 1 = 1,
       CASE WHEN (h >> 19) & 31 > 0 THEN date '2020-01-01' + ((h >> 25) & 1023)::int END,
       md5('u' || g)::uuid,
       CASE WHEN (h >> 21) & 1 = 1 THEN 'note ' || substr(md5('n' || g), 1, 15 + ((h >> 23) & 15)::int) END
FROM (SELECT g, hashint8extended(g, 43) AS h FROM (:numbers) n) s
