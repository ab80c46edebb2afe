-- Cartons are weighed before they leave, and the site says how goods are packed.

CREATE TABLE carton_weight (
	wh     TEXT    NOT NULL,
	carton TEXT    NOT NULL,
	round  INTEGER NOT NULL,
	grams  INTEGER NOT NULL,
	want   INTEGER NOT NULL,
	off    INTEGER NOT NULL,
	disc   TEXT    NOT NULL,
	begun  TEXT    NOT NULL,
	item   TEXT    NOT NULL,
	n      INTEGER NOT NULL,
	tare   INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	stamp  BLOB    NOT NULL,
	PRIMARY KEY (wh, carton)
) STRICT;
CREATE INDEX carton_weight_item ON carton_weight (wh, item, at);

CREATE TABLE packing_rule (
	wh       TEXT    NOT NULL,
	scope    TEXT    NOT NULL,
	material TEXT    NOT NULL,
	twice    INTEGER NOT NULL,
	insured  INTEGER NOT NULL,
	signed   INTEGER NOT NULL,
	type     TEXT    NOT NULL,
	active   INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, scope)
) STRICT;
