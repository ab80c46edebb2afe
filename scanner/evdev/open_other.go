//go:build !linux

package evdev

import (
	"errors"

	"scanbay/scanner"
)

// Open says that event devices are Linux's own.
func Open(string) (scanner.Device, error) {
	return nil, errors.New("event devices are read on Linux only; " +
		"use this scanner as a keyboard or on a serial port")
}
