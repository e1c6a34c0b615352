-- Hosts that a person took out of the watch: what was last heard of them before that is not waited for any more.
CREATE TABLE forgotten_hosts (
    name TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    by_whom TEXT NOT NULL
);
