CREATE TABLE :table (
  id bigint NOT NULL,
  customer_id int NOT NULL,
  qty int,
  description text NOT NULL,
  amount numeric(12,2) NOT NULL,
  discount numeric(12,2),
  created_at timestamptz NOT NULL,
  updated_at timestamptz,
  is_paid boolean NOT NULL,
  order_date date,
  ref uuid NOT NULL,
  note text
)
