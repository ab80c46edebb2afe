-- Goods of a slip that somebody began are stopped: for which order, and what of them is back.
CREATE TABLE slip_stop (
	wh         TEXT    NOT NULL,
	slip       TEXT    NOT NULL,
	line       INTEGER NOT NULL,
	order_id   TEXT    NOT NULL,
	order_line INTEGER NOT NULL,
	n          INTEGER NOT NULL,
	held       INTEGER NOT NULL,
	back       INTEGER NOT NULL,
	unused     INTEGER NOT NULL,
	PRIMARY KEY (wh, slip, line, order_id, order_line)
) STRICT;
CREATE INDEX slip_stop_open ON slip_stop (wh, slip) WHERE n > back;
