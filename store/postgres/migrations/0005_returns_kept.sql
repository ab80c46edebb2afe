-- What is still to be done has an index of its own: lists of work do not grow with history.

CREATE TABLE todo (
	wh    TEXT COLLATE "C" NOT NULL,
	kind  TEXT COLLATE "C" NOT NULL,
	ref   TEXT COLLATE "C" NOT NULL,
	open  BIGINT           NOT NULL,
	at    BIGINT           NOT NULL,
	stamp BYTEA            NOT NULL,
	PRIMARY KEY (wh, kind, ref)
);
CREATE INDEX todo_open ON todo (wh, kind, at, ref) WHERE open = 1;

CREATE TABLE rma_aftercare (
	wh        TEXT COLLATE "C" NOT NULL,
	rma       TEXT COLLATE "C" NOT NULL,
	aftercare TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, rma, aftercare)
);
CREATE INDEX return_stock_leaves ON return_stock (wh, disposition, place, item) WHERE n > 0;

-- How many of what nobody knew are known, or gone, and who received what.
CREATE TABLE stray_out (
	wh    TEXT COLLATE "C" NOT NULL,
	stray TEXT COLLATE "C" NOT NULL,
	n     BIGINT NOT NULL,
	PRIMARY KEY (wh, stray)
);

CREATE TABLE rma_receiver (
	wh       TEXT COLLATE "C" NOT NULL,
	rma      TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	n        BIGINT NOT NULL,
	PRIMARY KEY (wh, rma, operator)
);

ALTER TABLE rma_state ADD COLUMN came BIGINT NOT NULL DEFAULT 0;

-- Whether goods were found so that their customer gets something is said by who found them.
ALTER TABLE inspection ADD COLUMN pays BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inspection ADD COLUMN paid BIGINT NOT NULL DEFAULT 0;

-- A supervisor may give money back for no goods.
ALTER TABLE refund ADD COLUMN note TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE refund ADD COLUMN operator TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE refund ADD COLUMN given_before BIGINT NOT NULL DEFAULT 0;

-- What a refund was for may not be as it was any more.
CREATE TABLE refund_withdrawn (
	wh       TEXT COLLATE "C" NOT NULL,
	refund   TEXT COLLATE "C" NOT NULL,
	at       BIGINT NOT NULL,
	stamp    BYTEA NOT NULL,
	PRIMARY KEY (wh, refund)
);

-- What is due, and waits until its customer has paid.
CREATE TABLE refund_wait (
	wh       TEXT COLLATE "C" NOT NULL,
	rma      TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	source   TEXT COLLATE "C" NOT NULL,
	amount   BIGINT NOT NULL,
	room     BIGINT NOT NULL,
	open     BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	stamp    BYTEA NOT NULL,
	PRIMARY KEY (wh, rma, order_id)
);
CREATE INDEX refund_wait_open ON refund_wait (wh, at, rma, order_id) WHERE open = 1;
CREATE INDEX refund_wait_source ON refund_wait (wh, source) WHERE open = 1;
ALTER TABLE rma_order ADD COLUMN operator TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX rma_order_source ON rma_order (wh, source);

-- Goods may still come of what was rejected or cancelled lately, from whoever has not heard.
CREATE INDEX rma_state_closed ON rma_state (wh, at) WHERE state IN ('rejected', 'cancelled');

-- Of what was sent off, some may come back repaired, and some be paid for.
DROP TABLE aftercare_state;
CREATE TABLE aftercare_end (
	wh        TEXT COLLATE "C" NOT NULL,
	closing   TEXT COLLATE "C" NOT NULL,
	aftercare TEXT COLLATE "C" NOT NULL,
	state     TEXT COLLATE "C" NOT NULL,
	goods     TEXT COLLATE "C" NOT NULL,
	note      TEXT COLLATE "C" NOT NULL,
	operator  TEXT COLLATE "C" NOT NULL,
	at        BIGINT NOT NULL,
	PRIMARY KEY (wh, closing)
);
CREATE INDEX aftercare_end_of ON aftercare_end (wh, aftercare);
CREATE INDEX aftercare_end_at ON aftercare_end (wh, at);
CREATE INDEX aftercare_no ON aftercare (wh, no) WHERE no <> '';
