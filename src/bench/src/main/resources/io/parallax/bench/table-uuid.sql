CREATE TABLE :table (
  id uuid NOT NULL,
  userid int NOT NULL,
  movieid int NOT NULL,
  rating numeric(2,1) NOT NULL,
  "timestamp" timestamp NOT NULL
)
