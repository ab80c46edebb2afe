//go:build !linux && !windows

package printer

import "errors"

// line is for systems where serial lines need a C compiler to be built with.
func (p Printer) line([]byte) error {
	return errors.New("no serial printers on this system")
}
