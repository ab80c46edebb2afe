package store

import "strings"

// A ScannerProfile is how a scanner of this station was found when it last read the test label.
type ScannerProfile struct {
	Source   string // how it is connected: serial, evdev, hid, wedge
	Port     string // which one, as the station names it
	Findings string // what was wrong, in one line; empty for nothing
	Operator OperatorID
	At       int64 // milliseconds UTC
}

func (p *ScannerProfile) fields() []any {
	return []any{&p.Source, &p.Port, &p.Findings, &p.Operator, &p.At}
}

// ScannerProfiles reads those of all scanners, the one that was looked at last first.
func (r *Reader) ScannerProfiles() ([]ScannerProfile, error) {
	return all(r, (*ScannerProfile).fields, `
		SELECT source, port, findings, operator, at FROM scanner_profile WHERE wh = ?
		ORDER BY at DESC, source, port`)
}

// KeepScanner keeps a profile in place of what was kept of its scanner.
func (tx *Tx) KeepScanner(p ScannerProfile) error {
	_, err := tx.exec(`
		INSERT INTO scanner_profile (wh, source, port, findings, operator, at)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (wh, source, port) DO UPDATE SET findings = excluded.findings,
			operator = excluded.operator, at = excluded.at`,
		tx.s.id.Warehouse, p.Source, p.Port, p.Findings, p.Operator, p.At)
	return err
}

// A Plugged is a device that this station is opened with when nobody names another.
type Plugged struct {
	Flag string // how it is connected: serial, evdev, hid; or scale
	Spec string // what stands behind the flag: a path, an id, with what goes with it
}

// Path is where the device is, or its id, without what goes with it.
func (p Plugged) Path() string {
	path, _, _ := strings.Cut(p.Spec, ",")
	return path
}

func (p *Plugged) fields() []any { return []any{&p.Flag, &p.Spec} }

// Plugged reads them, in their order.
func (r *Reader) Plugged() ([]Plugged, error) {
	return all(r, (*Plugged).fields, `SELECT flag, spec FROM plugged WHERE wh = ? ORDER BY n`)
}

// KeepPlugged keeps devices in place of those that were kept; without any, all are forgotten.
func (tx *Tx) KeepPlugged(devices ...Plugged) error {
	if _, err := tx.exec(`DELETE FROM plugged WHERE wh = ?`, tx.s.id.Warehouse); err != nil {
		return err
	}
	for i, p := range devices {
		if _, err := tx.exec(`INSERT INTO plugged (wh, n, flag, spec) VALUES (?, ?, ?, ?)`,
			tx.s.id.Warehouse, i, p.Flag, p.Spec); err != nil {
			return err
		}
	}
	return nil
}
