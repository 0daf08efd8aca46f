-- G: the sound row hash, grouped into 4096 slices of the key's hash. :table is scanned once.
SELECT hashint4extended(line, hashtextextended(customer COLLATE "C", 1)) & 4095,
       count(*),
       sum(
         hashfloat8extended(date_part('epoch', "timestamp"),
         hash_numeric_extended(rating,
         hashint4extended(movieid,
         hashint4extended(userid,
         hashint4extended(line,
         hashtextextended(customer COLLATE "C",
         4207849484))))
         # CASE WHEN rating < 0 THEN 5596721399182424116 ELSE 0 END)))
FROM :table
GROUP BY 1
