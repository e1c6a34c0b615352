-- Finding the rows to send must not read all that wait: while a receiver is away during an alert storm that is tens of thousands.
ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;

UPDATE outbox SET urgent = 1
WHERE state = 'pending' AND kind = 'firing' AND (SELECT to_severity FROM transitions WHERE id = outbox.transition_id) = 'critical';

CREATE INDEX outbox_order ON outbox (receiver, urgent DESC, id, next_attempt_at) WHERE state = 'pending';

-- Whether an earlier row of the same alert and receiver waits: by outbox_waiting that was a look at all that wait, for each of them.
CREATE INDEX outbox_chain ON outbox (alert_id, receiver, id) WHERE state = 'pending';

-- For the end of what waited too long; nothing looked for the next attempt of whichever receiver.
DROP INDEX outbox_pending;

CREATE INDEX outbox_oldest ON outbox (created_at) WHERE state = 'pending';
