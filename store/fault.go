package store

import (
	"errors"
	"fmt"
)

// A FaultCode names an accident that people can do something about.
type FaultCode string

// The fault codes. An accident without one of these is Broken.
const (
	Broken   FaultCode = "broken"    // could not be saved: the supervisor must look
	DiskFull FaultCode = "disk_full" // nothing is recorded until there is room
	Locked   FaultCode = "locked"    // another program writes to the file
	Newer    FaultCode = "newer"     // the file is of a newer program
	Older    FaultCode = "older"     // the file is of an older program, and only looked at
	Damaged  FaultCode = "damaged"   // the file is no database, or not whole
	ReadOnly FaultCode = "read_only" // the folder or the file cannot be written
	Missing  FaultCode = "missing"   // there is no such file or folder
	Exists   FaultCode = "exists"    // a file of this name is there, and is not overwritten
)

// FaultCodes lists every fault code, for tests that must not miss one.
var FaultCodes = []FaultCode{Broken, DiskFull, Locked, Newer, Older, Damaged, ReadOnly, Missing,
	Exists}

// A Fault is an accident: nothing of the operation it befell is recorded.
type Fault struct {
	Code FaultCode
	Path string // the file, where it is about one
	Err  error
}

func (f *Fault) Error() string {
	return fmt.Sprintf("%s %s: %v", f.Code, f.Path, f.Err)
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// FaultOf is the fault that err is or wraps; one of code Broken for any other.
func FaultOf(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return &Fault{Code: Broken, Err: err}
}
