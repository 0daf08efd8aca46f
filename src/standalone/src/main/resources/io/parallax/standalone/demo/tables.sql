-- A shop's database and the replica that a pipeline keeps of it.
create schema production;
create schema replica;

-- Orders: every order has arrived as it was, but the pipeline delivers at least once: 56 orders arrived
-- five or six times, 303 rows in all, and 5 orders are there that production has deleted since.
create table production.orders (
    order_id bigint primary key,
    customer_id integer not null,
    placed_at timestamptz not null,
    status text not null,
    currency char(3) not null,
    total numeric(12, 2) not null,
    paid boolean not null,
    note text
);

create table replica.orders (like production.orders);

create view production.every_order as
select
    100000 + 7 * g as order_id,
    1 + (h & 1023)::integer as customer_id,
    timestamptz '2024-01-01 00:00:00+00' + ((h >> 10) & 33554431) * interval '1 second' as placed_at,
    (array['new', 'packed', 'shipped', 'delivered', 'returned'])[1 + ((h >> 5) & 1023) % 5] as status,
    (array['EUR', 'USD', 'CHF'])[1 + ((h >> 17) & 1023) % 3]::char(3) as currency,
    (((h >> 20) & 1048575) / 100.0)::numeric(12, 2) as total,
    (h >> 41) & 7 > 0 as paid,
    case when (h >> 44) & 3 = 0 then 'Ring twice, floor ' || ((h >> 46) & 15) end as note,
    case when g > 1509 or g % 27 <> 3 then 1 when g / 27 < 23 then 6 else 5 end as deliveries,
    g > 1509 as deleted
from (select g, hashint8extended(g, 7) as h from generate_series(1::bigint, 1514) as g) as numbers;

insert into production.orders
select order_id, customer_id, placed_at, status, currency, total, paid, note
from production.every_order
where not deleted;

insert into replica.orders
select order_id, customer_id, placed_at, status, currency, total, paid, note
from production.every_order, generate_series(1, deliveries)
order by placed_at;

create index on replica.orders (order_id);
drop view production.every_order;

-- Customers: differences of every kind. The replica has email and name the other way round, the postal code
-- as a number, no loyalty tier, and a column of its own.
create table production.customers (
    customer_id integer,
    name text not null,
    email text not null,
    country char(2) not null,
    credit_limit numeric(10, 2) not null,
    born date,
    postal_code text not null,
    loyalty_tier text not null
);

create table replica.customers (
    customer_id integer,
    email text not null,
    name text not null,
    country char(2) not null,
    credit_limit numeric(12, 4) not null,
    born date,
    postal_code integer not null,
    synced_at timestamptz not null
);

create view production.every_customer as
select
    g::integer as customer_id,
    (array['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan'])[1 + (h & 1023) % 5] || ' ' || initcap(md5('n' || g)::char(7)) as name,
    'customer' || g || '@example.org' as email,
    (array['CH', 'DE', 'FR', 'IT'])[1 + ((h >> 10) & 3)]::char(2) as country,
    (100 * (1 + ((h >> 12) & 63)))::numeric(10, 2) as credit_limit,
    case when (h >> 18) & 15 > 0 then date '1950-01-01' + ((h >> 22) & 16383)::integer end as born,
    (1000 + ((h >> 36) & 8191))::integer as postal_code,
    (array['none', 'silver', 'gold'])[1 + ((h >> 50) & 1023) % 3] as loyalty_tier
from (select g, hashint8extended(g, 11) as h from generate_series(1::bigint, 1007) as g) as numbers;

-- Only here: 12 customers that the replica lacks. Twice: 500 and 501. Without an id: 3.
insert into production.customers
select customer_id, name, email, country, credit_limit, born, postal_code::text, loyalty_tier
from production.every_customer, generate_series(1, case when customer_id in (500, 501) then 2 else 1 end)
where customer_id <= 1000;

insert into production.customers
select null, name, email, country, credit_limit, born, postal_code::text, loyalty_tier
from production.every_customer
where customer_id <= 3;

-- Only here: 1001 to 1007. Twice: 700 to 702; three times: 500. Without an id: 5. Of the customers that are there once
-- on both sides, 18 emails, 8 credit limits, 5 dates of birth, 2 countries and a name are not what production says.
insert into replica.customers
select
    customer_id,
    case when customer_id % 50 = 1 then upper(email) else email end,
    case when customer_id = 42 then name || ' ' else name end,
    case when customer_id in (51, 132) then 'XX' else country end,
    case when customer_id % 125 = 7 then credit_limit + 0.0001 else credit_limit end,
    case when customer_id % 200 = 3 then date '1900-01-01' else born end,
    postal_code,
    timestamptz '2024-06-01 04:00:00+00'
from
    production.every_customer,
    generate_series(1, case when customer_id = 500 then 3 when customer_id between 700 and 702 then 2 else 1 end)
where customer_id % 83 <> 0;

insert into replica.customers
select null, email, name, country, credit_limit, born, postal_code, timestamptz '2024-06-01 04:00:00+00'
from production.every_customer
where customer_id <= 5;

create index on production.customers (customer_id);
create index on replica.customers (customer_id);
drop view production.every_customer;
