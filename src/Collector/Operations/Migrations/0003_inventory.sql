-- The inventory: what was accepted, what discovery last saw, what was rejected, and which hosts are on the way to which. Times are Unix milliseconds UTC. See docs/formats/inventory.md.

CREATE TABLE inventory_devices (
    name TEXT PRIMARY KEY,
    facts TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    accepted_by TEXT NOT NULL
);

CREATE TABLE inventory_observations (
    name TEXT PRIMARY KEY,
    facts TEXT NOT NULL,
    agent TEXT NOT NULL,
    discovery TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    absent_since BIGINT
);

CREATE TABLE inventory_rejections (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    rejected_at BIGINT NOT NULL,
    rejected_by TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE inventory_parents (
    host TEXT NOT NULL,
    agent TEXT NOT NULL,
    parent TEXT NOT NULL,
    PRIMARY KEY (host, agent, parent)
);
