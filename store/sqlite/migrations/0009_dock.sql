-- Parcels leave on trucks, and somebody tells what becomes of them on the way.

CREATE TABLE handover (
	wh       TEXT    NOT NULL,
	handover TEXT    NOT NULL,
	carrier  TEXT    NOT NULL,
	dock     TEXT    NOT NULL,
	truck    TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	station  TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, handover)
) STRICT;
CREATE INDEX handover_at ON handover (wh, at);

CREATE TABLE handover_end (
	wh       TEXT    NOT NULL,
	handover TEXT    NOT NULL,
	signed   TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, handover)
) STRICT;

CREATE TABLE departure (
	wh       TEXT    NOT NULL,
	carton   TEXT    NOT NULL,
	slip     TEXT    NOT NULL,
	carrier  TEXT    NOT NULL,
	handover TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, carton)
) STRICT;
CREATE INDEX departure_handover ON departure (wh, handover) WHERE handover <> '';
CREATE INDEX departure_at ON departure (wh, at);

CREATE TABLE shipment_move (
	wh       TEXT    NOT NULL,
	waybill  TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	slip     TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	source   TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	PRIMARY KEY (wh, waybill, state, at)
) STRICT;
CREATE INDEX shipment_move_slip ON shipment_move (wh, slip);
