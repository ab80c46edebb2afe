package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// TestASilentLineIsLeft: a connection that brings nothing any more, and of which nobody
// says that it is gone, is left for another one.
func TestASilentLineIsLeft(t *testing.T) {
	text, err := newCertificate(time.Now())
	must(t, err)
	cert, err := tls.X509KeyPair(text, text)
	must(t, err)
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	must(t, err)
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "here")
	})}
	defer server.Close()
	go func() {
		_ = server.Serve(tls.NewListener(plain, &tls.Config{Certificates: []tls.Certificate{cert},
			NextProtos: []string{"h2", "http/1.1"}}))
	}()
	line, err := openLine(plain.Addr().String(), 1)
	must(t, err)
	defer func() { must(t, line.close()) }()
	line.heal()
	carrier := pinOf(leaf).transport()
	defer carrier.CloseIdleConnections()
	ask := func() error {
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		r, err := http.NewRequestWithContext(ctx, http.MethodPost,
			"https://"+line.address(), bytes.NewReader(nil))
		must(t, err)
		said, err := carrier.RoundTrip(r)
		if err == nil {
			err = said.Body.Close()
		}
		return err
	}
	must(t, ask())
	line.each(func(c *lineCall) {
		c.state.Lock()
		c.mute = true
		c.state.Unlock()
	})
	if ask() == nil {
		t.Fatal("it is not silent")
	}
	for began := time.Now(); ask() != nil; {
		if time.Since(began) > 2*lineDead {
			t.Fatal("the silent connection is not left")
		}
	}
}
