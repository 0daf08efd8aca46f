-- H: the sound row hash, ungrouped. :table is scanned once.
SELECT count(*),
       sum(
         uuid_hash_extended(ref,
         hashfloat8extended(weight,
         hashfloat8extended(date_part('epoch', order_date),
         hashint4extended(is_gift::int,
         hashint4extended(is_paid::int,
         hashfloat8extended(coalesce(date_part('epoch', seen_at), 0),
         hashfloat8extended(date_part('epoch', updated_at),
         hashfloat8extended(coalesce(date_part('epoch', received_at), 0),
         hashfloat8extended(coalesce(date_part('epoch', shipped_at), 0),
         hashfloat8extended(date_part('epoch', created_at),
         hashtextextended(coalesce(note, '') COLLATE "C",
         hashtextextended(coalesce(street, '') COLLATE "C",
         hashtextextended(city COLLATE "C",
         hashtextextended(title COLLATE "C",
         hash_numeric_extended(balance,
         hash_numeric_extended(tax,
         hash_numeric_extended(coalesce(discount, 0),
         hash_numeric_extended(price,
         hashint8extended(coalesce(parent, 0),
         hashint8extended(shipment,
         hashint8extended(coalesce(invoice, 0),
         hashint8extended(account,
         hashint4extended(priority,
         hashint4extended(coalesce(returned, 0),
         hashint4extended(quantity,
         hashint4extended(shop_id,
         hashint4extended(product_id,
         hashint4extended(customer_id,
         hashint8extended(id,
         4207849484 # id)))))
         # CASE WHEN returned IS NULL THEN 3840684657955760254 ELSE 0 END))
         # account)
         # coalesce(invoice, 1149340968506252477))
         # shipment)
         # coalesce(parent, 5504026533443097831))
         # CASE WHEN price < 0 THEN 5596721399182424116 ELSE 0 END)
         # CASE WHEN discount < 0 THEN 5596721399182424116 WHEN discount IS NULL THEN 635340061525167377 ELSE 0 END)
         # CASE WHEN tax < 0 THEN 5596721399182424116 ELSE 0 END)
         # CASE WHEN balance < 0 THEN 5596721399182424116 ELSE 0 END)))
         # CASE WHEN street IS NULL THEN 2298681937012504954 ELSE 0 END)
         # CASE WHEN note IS NULL THEN 4476024719480927631 ELSE 0 END))
         # CASE WHEN shipped_at IS NULL THEN 8830710284417772985 ELSE 0 END)
         # CASE WHEN received_at IS NULL THEN 1784681030031419854 ELSE 0 END))
         # CASE WHEN seen_at IS NULL THEN 6139366594968265208 ELSE 0 END)))))))
FROM :table
