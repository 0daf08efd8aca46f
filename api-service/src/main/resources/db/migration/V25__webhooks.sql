-- When a receiver wants to be told, in which words, and what its secret was until lately.
alter table webhook
    add only_if         text not null default 'always',      -- always, different, failed
    add format          text not null default 'cloudevents', -- cloudevents, slack
    add previous_sealed text,                                -- the secret before this one
    add previous_until  timestamptz;                         -- until when deliveries are signed with it, too

-- Receivers are looked at one by one, and so is what they were told.
alter table delivery add tried_at timestamptz;
create index delivery_open on delivery (webhook, due_at) where delivered_at is null and gave_up_at is null;
create index delivery_of_webhook on delivery (webhook, id);
drop index delivery_due;
