-- Goods come back: returns from the request to the shelf, and what is owed for them.

-- What left of each batch, by the lines of slips.
CREATE TABLE sent (
	wh     TEXT    NOT NULL,
	slip   TEXT    NOT NULL,
	line   INTEGER NOT NULL,
	item   TEXT    NOT NULL,
	lot    TEXT    NOT NULL,
	serial TEXT    NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (wh, slip, line, item, lot, serial)
) STRICT;
CREATE INDEX sent_item ON sent (wh, item, serial);

-- When what was sent had left; it leads to the cartons of a step as well.
DROP INDEX carton_state_step;
CREATE INDEX carton_state_at ON carton_state (wh, step, at);

-- When a customer signed for goods, and what of them.
CREATE TABLE sign_off (
	wh      TEXT    NOT NULL,
	slip    TEXT    NOT NULL,
	line    INTEGER NOT NULL,
	waybill TEXT    NOT NULL,
	signed  INTEGER NOT NULL,
	short   INTEGER NOT NULL,
	over    INTEGER NOT NULL,
	damaged INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, slip, line)
) STRICT;

-- What the site takes back, and on which terms: for an item, a category, or all.
CREATE TABLE return_policy (
	wh         TEXT    NOT NULL,
	scope      TEXT    NOT NULL,
	days       INTEGER NOT NULL,
	final      INTEGER NOT NULL,
	grades     TEXT    NOT NULL,
	restocking INTEGER NOT NULL,
	carriage   INTEGER NOT NULL,
	bearer     TEXT    NOT NULL,
	above      INTEGER NOT NULL,
	proof      INTEGER NOT NULL,
	active     INTEGER NOT NULL,
	stamp      BLOB    NOT NULL,
	PRIMARY KEY (wh, scope)
) STRICT;

-- How goods can be found, and what is then to become of them.
CREATE TABLE grade (
	wh          TEXT    NOT NULL,
	grade       TEXT    NOT NULL,
	en          TEXT    NOT NULL,
	zh          TEXT    NOT NULL,
	disposition TEXT    NOT NULL,
	n           INTEGER NOT NULL,
	active      INTEGER NOT NULL,
	stamp       BLOB    NOT NULL,
	PRIMARY KEY (wh, grade)
) STRICT;

-- What is to be looked at in a category of items, as JSON.
CREATE TABLE checklist (
	wh       TEXT NOT NULL,
	category TEXT NOT NULL,
	points   TEXT NOT NULL,
	stamp    BLOB NOT NULL,
	PRIMARY KEY (wh, category)
) STRICT;

-- Returns: what a customer wants to send back, or has sent.
CREATE TABLE rma (
	wh        TEXT    NOT NULL,
	rma       TEXT    NOT NULL,
	customer  TEXT    NOT NULL,
	recipient TEXT    NOT NULL,
	channel   TEXT    NOT NULL,
	how       TEXT    NOT NULL,
	wants     TEXT    NOT NULL,
	proof     TEXT    NOT NULL,
	source    TEXT    NOT NULL,
	note      TEXT    NOT NULL,
	asked     INTEGER NOT NULL,
	placed    INTEGER NOT NULL,
	PRIMARY KEY (wh, rma)
) STRICT;
CREATE INDEX rma_placed ON rma (wh, placed);
CREATE INDEX rma_source ON rma (wh, channel, source) WHERE source <> '';

CREATE TABLE rma_line (
	wh         TEXT    NOT NULL,
	rma        TEXT    NOT NULL,
	line       INTEGER NOT NULL,
	item       TEXT    NOT NULL,
	qty        INTEGER NOT NULL,
	reason     TEXT    NOT NULL,
	order_id   TEXT    NOT NULL,
	order_line INTEGER NOT NULL,
	note       TEXT    NOT NULL,
	PRIMARY KEY (wh, rma, line)
) STRICT;
CREATE INDEX rma_line_order ON rma_line (wh, order_id);

CREATE TABLE rma_state (
	wh         TEXT    NOT NULL,
	rma        TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	findings   TEXT    NOT NULL,
	note       TEXT    NOT NULL,
	operator   TEXT    NOT NULL,
	at         INTEGER NOT NULL,
	restocking INTEGER NOT NULL,
	carriage   INTEGER NOT NULL,
	stamp      BLOB    NOT NULL,
	PRIMARY KEY (wh, rma)
) STRICT;
CREATE INDEX rma_state_open ON rma_state (wh, state);

CREATE TABLE rma_waybill (
	wh      TEXT NOT NULL,
	waybill TEXT NOT NULL,
	rma     TEXT NOT NULL,
	carrier TEXT NOT NULL,
	stamp   BLOB NOT NULL,
	PRIMARY KEY (wh, waybill, rma)
) STRICT;
CREATE INDEX rma_waybill_rma ON rma_waybill (wh, rma);

-- How much of each item came, was handed back, looked at, and brought to its place.
CREATE TABLE rma_goods (
	wh        TEXT    NOT NULL,
	rma       TEXT    NOT NULL,
	item      TEXT    NOT NULL,
	order_id  TEXT    NOT NULL,
	line      INTEGER NOT NULL,
	received  INTEGER NOT NULL,
	away      INTEGER NOT NULL,
	inspected INTEGER NOT NULL,
	shelved   INTEGER NOT NULL,
	PRIMARY KEY (wh, rma, item, order_id, line)
) STRICT;
CREATE INDEX rma_goods_order ON rma_goods (wh, order_id);

CREATE TABLE rma_step (
	wh    TEXT    NOT NULL,
	rma   TEXT    NOT NULL,
	step  TEXT    NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, rma, step)
) STRICT;
CREATE INDEX rma_step_at ON rma_step (wh, step, at);

CREATE TABLE rma_order (
	wh       TEXT    NOT NULL,
	rma      TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	source   TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (wh, rma, order_id)
) STRICT;
CREATE INDEX rma_order_order ON rma_order (wh, order_id);

-- Parcels that came back, opened or not.
CREATE TABLE return_parcel (
	wh        TEXT    NOT NULL,
	parcel    TEXT    NOT NULL,
	waybill   TEXT    NOT NULL,
	carrier   TEXT    NOT NULL,
	condition TEXT    NOT NULL,
	rma       TEXT    NOT NULL,
	note      TEXT    NOT NULL,
	arrived   INTEGER NOT NULL,
	PRIMARY KEY (wh, parcel)
) STRICT;
CREATE INDEX return_parcel_rma ON return_parcel (wh, rma) WHERE rma <> '';
CREATE INDEX return_parcel_waybill ON return_parcel (wh, waybill) WHERE waybill <> '';

CREATE TABLE return_parcel_state (
	wh     TEXT    NOT NULL,
	parcel TEXT    NOT NULL,
	state  TEXT    NOT NULL,
	at     INTEGER NOT NULL,
	stamp  BLOB    NOT NULL,
	PRIMARY KEY (wh, parcel)
) STRICT;

-- What came back and nobody knows.
CREATE TABLE stray (
	wh       TEXT    NOT NULL,
	stray    TEXT    NOT NULL,
	rma      TEXT    NOT NULL,
	parcel   TEXT    NOT NULL,
	code     TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	place    TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, stray)
) STRICT;

CREATE TABLE stray_end (
	wh       TEXT    NOT NULL,
	stray    TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, stray)
) STRICT;

-- What came back of each line of an order, by batch.
CREATE TABLE returned (
	wh       TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	line     INTEGER NOT NULL,
	item     TEXT    NOT NULL,
	lot      TEXT    NOT NULL,
	serial   TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (wh, order_id, line, item, lot, serial)
) STRICT;

-- Where goods that came back lie, while nothing is sold of them.
CREATE TABLE return_stock (
	wh          TEXT    NOT NULL,
	place       TEXT    NOT NULL,
	item        TEXT    NOT NULL,
	lot         TEXT    NOT NULL,
	serial      TEXT    NOT NULL,
	rma         TEXT    NOT NULL,
	order_id    TEXT    NOT NULL,
	line        INTEGER NOT NULL,
	grade       TEXT    NOT NULL,
	disposition TEXT    NOT NULL,
	n           INTEGER NOT NULL,
	PRIMARY KEY (wh, place, item, lot, serial, rma, order_id, line, grade, disposition)
) STRICT;
CREATE INDEX return_stock_there ON return_stock (wh, place) WHERE n > 0;
CREATE INDEX return_stock_ungraded ON return_stock (wh, rma) WHERE grade = '' AND n > 0;

CREATE TABLE inspection (
	wh          TEXT    NOT NULL,
	inspection  TEXT    NOT NULL,
	rma         TEXT    NOT NULL,
	order_id    TEXT    NOT NULL,
	line        INTEGER NOT NULL,
	item        TEXT    NOT NULL,
	lot         TEXT    NOT NULL,
	serial      TEXT    NOT NULL,
	n           INTEGER NOT NULL,
	grade       TEXT    NOT NULL,
	disposition TEXT    NOT NULL,
	was         TEXT    NOT NULL,
	checked     TEXT    NOT NULL,
	note        TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	had         TEXT    NOT NULL,
	had_as      TEXT    NOT NULL,
	PRIMARY KEY (wh, inspection, rma, order_id, line)
) STRICT;
CREATE INDEX inspection_rma ON inspection (wh, rma);
CREATE INDEX inspection_at ON inspection (wh, at);

-- Money that is to go back, and has gone.
CREATE TABLE refund (
	wh       TEXT    NOT NULL,
	refund   TEXT    NOT NULL,
	rma      TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	carriage INTEGER NOT NULL,
	amount   INTEGER NOT NULL,
	currency TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, refund)
) STRICT;
CREATE INDEX refund_rma ON refund (wh, rma);
CREATE INDEX refund_order ON refund (wh, order_id);

CREATE TABLE refund_line (
	wh     TEXT    NOT NULL,
	refund TEXT    NOT NULL,
	line   INTEGER NOT NULL,
	n      INTEGER NOT NULL,
	paid   INTEGER NOT NULL,
	tax    INTEGER NOT NULL,
	fee    INTEGER NOT NULL,
	PRIMARY KEY (wh, refund, line)
) STRICT;

CREATE TABLE refund_settled (
	wh       TEXT    NOT NULL,
	refund   TEXT    NOT NULL,
	no       TEXT    NOT NULL,
	method   TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, refund)
) STRICT;

-- Goods that left to be put right, or to their supplier; goods is JSON.
CREATE TABLE aftercare (
	wh        TEXT    NOT NULL,
	aftercare TEXT    NOT NULL,
	kind      TEXT    NOT NULL,
	partner   TEXT    NOT NULL,
	no        TEXT    NOT NULL,
	goods     TEXT    NOT NULL,
	operator  TEXT    NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (wh, aftercare)
) STRICT;

CREATE TABLE aftercare_state (
	wh        TEXT    NOT NULL,
	aftercare TEXT    NOT NULL,
	state     TEXT    NOT NULL,
	note      TEXT    NOT NULL,
	operator  TEXT    NOT NULL,
	at        INTEGER NOT NULL,
	stamp     BLOB    NOT NULL,
	PRIMARY KEY (wh, aftercare)
) STRICT;

-- What customers are to be told of.
CREATE TABLE notice (
	wh    TEXT    NOT NULL,
	ref   TEXT    NOT NULL,
	kind  TEXT    NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, ref, kind)
) STRICT;

CREATE TABLE notice_sent (
	wh    TEXT    NOT NULL,
	ref   TEXT    NOT NULL,
	kind  TEXT    NOT NULL,
	since INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, ref, kind)
) STRICT;
