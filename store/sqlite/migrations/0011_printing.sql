-- Where a station prints, and what waits for its printers, is its own: no fact, and nobody else's.

CREATE TABLE printer (
	wh      TEXT    NOT NULL,
	paper   TEXT    NOT NULL,
	address TEXT    NOT NULL,
	tongue  TEXT    NOT NULL,
	dpi     INTEGER NOT NULL,
	sheet   TEXT    NOT NULL,
	PRIMARY KEY (wh, paper)
) STRICT;

CREATE TABLE print_job (
	wh       TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	paper    TEXT    NOT NULL,
	ref      TEXT    NOT NULL,
	copies   INTEGER NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	state    TEXT    NOT NULL,
	tries    INTEGER NOT NULL,
	trouble  TEXT    NOT NULL,
	printer  TEXT    NOT NULL,
	PRIMARY KEY (wh, n)
) STRICT;

CREATE INDEX print_job_state ON print_job (wh, state, n);
CREATE INDEX print_job_of ON print_job (wh, paper, ref, n);
