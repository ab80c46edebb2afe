-- The scanners that a station is opened with when nobody names others: its own, like what it
-- knows of them.

CREATE TABLE plugged (
	wh   TEXT COLLATE "C" NOT NULL,
	n    BIGINT NOT NULL, -- their order
	flag TEXT COLLATE "C" NOT NULL, -- serial, evdev, hid, scale
	spec TEXT COLLATE "C" NOT NULL, -- what stands behind the flag
	PRIMARY KEY (wh, n)
);
