-- The scanners that a station is opened with when nobody names others: its own, like what it
-- knows of them.

CREATE TABLE plugged (
	wh   TEXT    NOT NULL,
	n    INTEGER NOT NULL, -- their order
	flag TEXT    NOT NULL, -- serial, evdev, hid, scale
	spec TEXT    NOT NULL, -- what stands behind the flag
	PRIMARY KEY (wh, n)
) STRICT;
