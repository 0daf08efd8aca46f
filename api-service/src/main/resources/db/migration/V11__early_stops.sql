alter table diff
    add column stops   text, -- JSON, when it ends before all is compared; null for never
    add column partial text; -- JSON, why it did and how far it had come; null when all was compared
