package postgres

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"scanbay/store"
)

// faults are the states that people can do something about. A server that is away
// has none: it comes back, or the supervisor must look.
var faults = map[string]store.FaultCode{
	"53100": store.DiskFull,
	"25006": store.ReadOnly, // a standby, or set so
	"42501": store.ReadOnly, // no privilege
	"55P03": store.Locked,   // another server holds the warehouse
	"3D000": store.Missing,  // no such database
	"XX001": store.Damaged,
	"XX002": store.Damaged,
}

// state is the SQLSTATE of a driver's error; empty for none.
func state(err error) string {
	var driver *pgconn.PgError
	if errors.As(err, &driver) {
		return driver.Code
	}
	return ""
}

// fold gives a driver's error its fault. It goes by codes, never by words.
func fold(path string, err error) error {
	var fault *store.Fault
	code := faults[state(err)]
	if code == "" || errors.As(err, &fault) {
		return err
	}
	return &store.Fault{Code: code, Path: path, Err: err}
}

// again says that a transaction failed because of others: it could not be put in a
// row with them, or they waited for each other. CockroachDB and YugabyteDB use the
// same states; 40003, which leaves open whether it was committed, is not one of them.
func again(err error) bool {
	switch state(err) {
	case "40001", "40P01":
		return true
	}
	return false
}
