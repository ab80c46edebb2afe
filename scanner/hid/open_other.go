//go:build !linux

package hid

import (
	"errors"

	"scanbay/scanner"
)

// Open says that hidraw devices are Linux's own.
func Open(string) (scanner.Device, error) {
	return nil, errors.New("HID POS scanners are read on Linux only; " +
		"use this scanner as a keyboard or on a serial port")
}
