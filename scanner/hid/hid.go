// Package hid reads scanners in HID POS mode (usage page 0x8C), which send reports
// and no keys: a label with its symbology, and nobody else hears of it. It is for
// Linux.
package hid

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"scanbay/scanner"
)

// Sys is the folder in which Linux tells of its HID devices.
const Sys = "/sys/class/hidraw"

// New returns a source; nothing is opened before its Run.
func New(c scanner.USB) *scanner.USBSource {
	if c.Sys == "" {
		c.Sys = Sys
	}
	if c.Open == nil {
		c.Open = Open
	}
	return scanner.NewUSB(c, List, func(now time.Time) scanner.Assembler {
		return newReports(now)
	})
}

// List returns the HID POS scanners that Linux tells of in folder, normally Sys; none
// where there is no such folder.
func List(folder string) (out []scanner.Listed, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		device := filepath.Join(folder, e.Name(), "device")
		// What cannot be read is as if it were not there.
		says, _ := os.ReadFile(filepath.Join(device, "report_descriptor"))
		if !bytes.HasPrefix(says, []byte("\x05\x8c")) { // the usage page
			continue
		}
		about, _ := os.ReadFile(filepath.Join(device, "uevent"))
		out = append(out, scanner.Listed{
			Path: filepath.Join("/dev", e.Name()),
			ID:   id(of(about, "HID_ID=")),
			Name: of(about, "HID_NAME="),
		})
	}
	return out, err
}

// of is the rest of the line that begins with name.
func of(about []byte, name string) string {
	for line := range strings.Lines(string(about)) {
		if value, ok := strings.CutPrefix(line, name); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// id is vendor and product of a HID_ID, which has them behind the bus, in eight
// digits each.
func id(text string) string {
	parts := strings.Split(text, ":")
	if len(parts) != 3 || len(parts[1]) < 4 || len(parts[2]) < 4 {
		return ""
	}
	return parts[1][len(parts[1])-4:] + ":" + parts[2][len(parts[2])-4:]
}
