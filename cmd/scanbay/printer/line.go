//go:build linux || windows

package printer

import (
	"errors"

	"github.com/tarm/serial"
)

func (p Printer) line(job []byte) error {
	port, err := serial.OpenPort(&serial.Config{Name: p.at, Baud: p.baud})
	if err != nil {
		return err
	}
	_, err = port.Write(job)
	return errors.Join(err, port.Close())
}
