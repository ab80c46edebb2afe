package store

import (
	"slices"
	"strings"
)

// A Station is a terminal, or several at one computer, that is enrolled with central.
// Its log bears its name; each enrolment begins an epoch of it.
type Station struct {
	ID     StationID `json:"id"`
	Prefix string    `json:"prefix"` // two characters in the numbers that it mints
	Epoch  int64     `json:"epoch"`  // the newest
	Key    []byte    `json:"key"`    // its public key, Ed25519
	Active Bit       `json:"active"` // false: revoked
	At     int64     `json:"at"`
}

func (st *Station) fields() []any {
	return []any{&st.ID, &st.Prefix, &st.Epoch, &st.Key, &st.Active, &st.At}
}

// StationEnrolled says that central knows a station from now on, or by another key, or
// gives it an epoch for facts that went another way.
type StationEnrolled struct {
	Station
	Reason string `json:"reason,omitempty"` // fork or rolled_back; empty for a code
}

func (StationEnrolled) Kind() string  { return "station_enrolled" }
func (e StationEnrolled) Ref() string { return string(e.ID) }
func (e StationEnrolled) apply(at Stamp) []Change {
	return []Change{stations.raise(at, e.Station.fields()...)}
}

// StationRevoked says that nothing more is taken from a station.
type StationRevoked struct{ Station }

func (StationRevoked) Kind() string  { return "station_revoked" }
func (e StationRevoked) Ref() string { return string(e.ID) }
func (e StationRevoked) apply(at Stamp) []Change {
	return []Change{stations.raise(at, e.Station.fields()...)}
}

// StationNamed reads one station, and whether central knows it.
func (r *Reader) StationNamed(id StationID) (st Station, known bool, err error) {
	known, err = r.one(st.fields(), `
		SELECT station, prefix, epoch, key, active, at FROM station WHERE wh = ? AND station = ?`,
		id)
	return st, known, err
}

// Stations reads every station that central knows.
func (r *Reader) Stations() ([]Station, error) {
	return all(r, (*Station).fields, `
		SELECT station, prefix, epoch, key, active, at FROM station WHERE wh = ? ORDER BY station`)
}

// SetEnrolCode keeps the hash of a code that enrols a station until a time, in
// milliseconds UTC. One that was kept for the station before is void.
func (tx *Tx) SetEnrolCode(hash []byte, station StationID, until int64) error {
	if _, err := tx.exec(`DELETE FROM enrol_code WHERE wh = ? AND (station = ? OR until < ?)`,
		tx.s.id.Warehouse, station, tx.Now().UnixMilli()); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO enrol_code (wh, code, station, until) VALUES (?, ?, ?, ?)`,
		tx.s.id.Warehouse, hash, station, until)
	return err
}

// UseEnrolCode reads for which station a code is, and takes it away: it serves once.
// The station is empty when there is no such code, or not any more.
func (tx *Tx) UseEnrolCode(hash []byte) (station StationID, err error) {
	found, err := tx.one([]any{&station}, `
		SELECT station FROM enrol_code WHERE wh = ? AND code = ? AND until >= ?`,
		hash, tx.Now().UnixMilli())
	if err != nil || !found {
		return "", err
	}
	_, err = tx.exec(`DELETE FROM enrol_code WHERE wh = ? AND code = ?`, tx.s.id.Warehouse, hash)
	return station, err
}

// HasEnrolCode says whether there is a code, and still.
func (r *Reader) HasEnrolCode(hash []byte) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM enrol_code WHERE wh = ? AND code = ? AND until >= ?`,
		hash, r.Now().UnixMilli())
	return n > 0, err
}

// AnswerTo is the fact that this store answered a scan with, and whether it did.
func (r *Reader) AnswerTo(scan ScanID) (env Envelope, known bool, err error) {
	var f Fact
	known, err = r.one([]any{&f.Bytes}, `
		SELECT bytes FROM event WHERE wh = ? AND author = ? AND scan = ?`, r.s.id.Author, scan)
	if err == nil && known {
		env, err = f.Envelope()
	}
	return env, known, err
}

// AskerOf is the station that this store answered first about a scan whose id begins like
// this one, up to its number, and whether there was one. Such ids are one station's: who
// has seen them knows those that come next.
func (r *Reader) AskerOf(scan ScanID) (station StationID, known bool, err error) {
	boot := string(scan[:strings.LastIndexByte(string(scan), '.')+1])
	var f Fact
	known, err = r.one([]any{&f.Bytes}, `SELECT bytes FROM event
		WHERE wh = ? AND author = ? AND scan >= ? AND scan < ? ORDER BY scan LIMIT 1`,
		r.s.id.Author, boot, boot+"~") // which follows on letters and digits
	if err != nil || !known {
		return "", false, err
	}
	env, err := f.Envelope()
	return env.Station, true, err
}

// AuthorsSince reads who recorded what was numbered behind rev. The engine is told to go
// by the numbers: it might go through every author's log.
func (r *Reader) AuthorsSince(rev int64) ([]StationID, error) {
	authors, err := ids[StationID](r,
		`SELECT author FROM event WHERE wh = ? AND rev > ? ORDER BY rev`, rev)
	slices.Sort(authors)
	return slices.Compact(authors), err
}
