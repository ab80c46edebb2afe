-- What is still to be done has an index of its own: lists of work do not grow with history.

CREATE TABLE todo (
	wh    TEXT    NOT NULL,
	kind  TEXT    NOT NULL,
	ref   TEXT    NOT NULL,
	open  INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, kind, ref)
) STRICT;
CREATE INDEX todo_open ON todo (wh, kind, at, ref) WHERE open = 1;

CREATE TABLE rma_aftercare (
	wh        TEXT NOT NULL,
	rma       TEXT NOT NULL,
	aftercare TEXT NOT NULL,
	PRIMARY KEY (wh, rma, aftercare)
) STRICT;
CREATE INDEX return_stock_leaves ON return_stock (wh, disposition, place, item) WHERE n > 0;

-- How many of what nobody knew are known, or gone, and who received what.
CREATE TABLE stray_out (
	wh    TEXT NOT NULL,
	stray TEXT NOT NULL,
	n     INTEGER NOT NULL,
	PRIMARY KEY (wh, stray)
) STRICT;

CREATE TABLE rma_receiver (
	wh       TEXT NOT NULL,
	rma      TEXT NOT NULL,
	operator TEXT NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (wh, rma, operator)
) STRICT;

ALTER TABLE rma_state ADD COLUMN came INTEGER NOT NULL DEFAULT 0;

-- Whether goods were found so that their customer gets something is said by who found them.
ALTER TABLE inspection ADD COLUMN pays INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inspection ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;

-- A supervisor may give money back for no goods.
ALTER TABLE refund ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE refund ADD COLUMN operator TEXT NOT NULL DEFAULT '';
ALTER TABLE refund ADD COLUMN given_before INTEGER NOT NULL DEFAULT 0;

-- What a refund was for may not be as it was any more.
CREATE TABLE refund_withdrawn (
	wh       TEXT NOT NULL,
	refund   TEXT NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB NOT NULL,
	PRIMARY KEY (wh, refund)
) STRICT;

-- What is due, and waits until its customer has paid.
CREATE TABLE refund_wait (
	wh       TEXT NOT NULL,
	rma      TEXT NOT NULL,
	order_id TEXT NOT NULL,
	source   TEXT NOT NULL,
	amount   INTEGER NOT NULL,
	room     INTEGER NOT NULL,
	open     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB NOT NULL,
	PRIMARY KEY (wh, rma, order_id)
) STRICT;
CREATE INDEX refund_wait_open ON refund_wait (wh, at, rma, order_id) WHERE open = 1;
CREATE INDEX refund_wait_source ON refund_wait (wh, source) WHERE open = 1;
ALTER TABLE rma_order ADD COLUMN operator TEXT NOT NULL DEFAULT '';
CREATE INDEX rma_order_source ON rma_order (wh, source);

-- Goods may still come of what was rejected or cancelled lately, from whoever has not heard.
CREATE INDEX rma_state_closed ON rma_state (wh, at) WHERE state IN ('rejected', 'cancelled');

-- Of what was sent off, some may come back repaired, and some be paid for.
DROP TABLE aftercare_state;
CREATE TABLE aftercare_end (
	wh        TEXT NOT NULL,
	closing   TEXT NOT NULL,
	aftercare TEXT NOT NULL,
	state     TEXT NOT NULL,
	goods     TEXT NOT NULL,
	note      TEXT NOT NULL,
	operator  TEXT NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (wh, closing)
) STRICT;
CREATE INDEX aftercare_end_of ON aftercare_end (wh, aftercare);
CREATE INDEX aftercare_end_at ON aftercare_end (wh, at);
CREATE INDEX aftercare_no ON aftercare (wh, no) WHERE no <> '';
