-- What a station knows of its scanners is its own: no fact, and nobody else's.

CREATE TABLE scanner_profile (
	wh       TEXT    NOT NULL,
	source   TEXT    NOT NULL,
	port     TEXT    NOT NULL,
	findings TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, source, port)
) STRICT;
