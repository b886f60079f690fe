-- What was done outside a chat, by the digest of the key its form carried: sent twice it is done once.
CREATE TABLE deed_done (
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    done_at BIGINT NOT NULL,
    PRIMARY KEY (channel, key)
);
