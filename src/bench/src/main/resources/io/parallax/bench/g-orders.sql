-- G: the sound row hash, grouped per 1000 rows. :table is scanned once.
SELECT id / 1000,
       count(*),
       sum(
         hashtextextended(coalesce(note, '') COLLATE "C",
         uuid_hash_extended(ref,
         hashfloat8extended(coalesce(date_part('epoch', order_date), 0),
         hashint4extended(is_paid::int,
         hashfloat8extended(coalesce(date_part('epoch', updated_at), 0),
         hashfloat8extended(date_part('epoch', created_at),
         hash_numeric_extended(coalesce(discount, 0),
         hash_numeric_extended(amount,
         hashtextextended(description COLLATE "C",
         hashint4extended(coalesce(qty, 0),
         hashint4extended(customer_id,
         hashint8extended(id,
         4207849484 # id))
         # CASE WHEN qty IS NULL THEN 6532028347405268031 ELSE 0 END))
         # CASE WHEN amount < 0 THEN 5596721399182424116 ELSE 0 END)
         # CASE WHEN discount < 0 THEN 5596721399182424116 WHEN discount IS NULL THEN 3840684657955760254 ELSE 0 END))
         # CASE WHEN updated_at IS NULL THEN 8195370222892605608 ELSE 0 END))
         # CASE WHEN order_date IS NULL THEN 3326683750974675154 ELSE 0 END))
         # CASE WHEN note IS NULL THEN 7681369315911520508 ELSE 0 END))
FROM :table
GROUP BY 1
