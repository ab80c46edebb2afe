//go:build !linux && !windows

package serial

import (
	"errors"

	"scanbay/scanner"
)

// Open says that serial scanners need another system.
func Open(string, int) (scanner.Device, error) {
	return nil, errors.New("serial scanners are read on Linux and Windows only; " +
		"set this scanner to keyboard mode")
}
