-- Alerts, their transitions and timeline, the outbox, and what the rule engine remembers. Times are Unix milliseconds UTC. See docs/formats/operations.md.

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    series TEXT NOT NULL,
    host TEXT NOT NULL,
    state TEXT NOT NULL,
    severity TEXT NOT NULL,
    since BIGINT NOT NULL,
    fired_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    resolved_at BIGINT,
    stale INTEGER NOT NULL,
    flapping INTEGER NOT NULL,
    depends_on TEXT NOT NULL,
    page TEXT NOT NULL,
    page_waits_for TEXT NOT NULL,
    page_transition_id INTEGER,
    acknowledged_at BIGINT,
    acknowledged_by TEXT,
    value DOUBLE PRECISION,
    threshold DOUBLE PRECISION,
    summary TEXT NOT NULL,
    description TEXT NOT NULL,
    runbook TEXT NOT NULL,
    labels TEXT NOT NULL
);

CREATE UNIQUE INDEX alerts_open ON alerts (rule, series) WHERE state = 'firing';
CREATE INDEX alerts_by_host ON alerts (host, fired_at);
CREATE INDEX alerts_by_time ON alerts (fired_at);
CREATE INDEX alerts_by_end ON alerts (resolved_at);

CREATE TABLE transitions (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    sample_time BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    from_severity TEXT NOT NULL,
    to_severity TEXT NOT NULL,
    value DOUBLE PRECISION,
    threshold DOUBLE PRECISION,
    summary TEXT NOT NULL
);

CREATE INDEX transitions_by_alert ON transitions (alert_id);

CREATE TABLE timeline (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    transition_id INTEGER REFERENCES transitions (id),
    who TEXT,
    text TEXT NOT NULL
);

CREATE INDEX timeline_by_alert ON timeline (alert_id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    transition_id INTEGER NOT NULL REFERENCES transitions (id),
    receiver TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    last_error TEXT,
    delivered_at BIGINT,
    UNIQUE (alert_id, transition_id, receiver)
);

CREATE INDEX outbox_pending ON outbox (next_attempt_at) WHERE state = 'pending';

CREATE TABLE rule_states (
    rule TEXT NOT NULL,
    series TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (rule, series)
);

CREATE TABLE progress (
    name TEXT PRIMARY KEY,
    sequence BIGINT NOT NULL
);
