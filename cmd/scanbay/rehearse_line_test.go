//go:build linux

package main

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"
)

// TestABadLineFailsInEveryWay: and once it is mended, all comes through.
func TestABadLineFailsInEveryWay(t *testing.T) {
	echo, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer echo.Close()
	go func() {
		for {
			c, err := echo.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(c, c)
				_ = c.Close()
			}()
		}
	}()
	line, err := openLine(echo.Addr().String(), 1)
	must(t, err)
	defer func() { must(t, line.close()) }()
	much := bytes.Repeat([]byte("scan"), lineBytes/4)
	call := func(most time.Duration) (back []byte) {
		c, err := net.Dial("tcp", line.address())
		if err != nil {
			return nil
		}
		defer c.Close()
		must(t, c.SetDeadline(time.Now().Add(most)))
		go func() { _, _ = c.Write(much) }()
		back = make([]byte, len(much))
		n, _ := io.ReadFull(c, back)
		return back[:n]
	}
	for _, fate := range lineFaults {
		for line.count()[fate] == 0 {
			if got := call(time.Second / 2); !bytes.HasPrefix(much, got) {
				t.Fatalf("%d bytes came back, and not those sent", len(got))
			}
		}
	}
	line.heal()
	for got := []byte(nil); !bytes.Equal(got, much); {
		got = call(patience) // those from before may still be cut
	}
}
