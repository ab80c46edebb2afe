package serial

import (
	"github.com/tarm/serial"

	"scanbay/scanner"
)

// Open opens a port such as COM3. Windows itself lets only one program have it.
func Open(path string, baud int) (scanner.Device, error) {
	return serial.OpenPort(&serial.Config{
		Name: path, Baud: baud, ReadTimeout: scanner.ReadTimeout,
	})
}
