-- Tokens of agents and people, by the hash of the token; known hosts; and what the dispatcher looks for in the outbox.

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE UNIQUE INDEX tokens_valid ON tokens (name) WHERE revoked_at IS NULL;

CREATE INDEX outbox_waiting ON outbox (receiver, next_attempt_at) WHERE state = 'pending';
CREATE INDEX outbox_ended ON outbox (created_at) WHERE state <> 'pending';

CREATE TABLE hosts (
    name TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL
);
