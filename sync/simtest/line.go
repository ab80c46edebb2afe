package simtest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"

	"scanbay/store"
)

// A cable is the line from a station to central.
type cable struct {
	*world
	name store.StationID
	cut  bool
}

var errLine = errors.New("no line")

// RoundTrip implements http.RoundTripper: the request is lost, or comes, or comes twice,
// or once more much later; its answer is lost or comes.
func (c *cable) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if c.cut || c.hub.server == nil || c.hub.disk.Crashed() {
		c.did("no line", c.name)
		return nil, errLine
	}
	if c.chance(12) {
		c.did("request lost", c.name, r.URL.Path)
		return nil, errLine
	}
	if c.chance(20) {
		c.did("request delayed", c.name, r.URL.Path)
		c.late = append(c.late, func() { c.deliver(r, body) })
	}
	answer, err := c.deliver(r, body)
	if err == nil && c.chance(20) {
		c.did("request repeated", c.name, r.URL.Path)
		answer, err = c.deliver(r, body)
	}
	if err != nil {
		return nil, err
	}
	if c.chance(12) {
		c.did("answer lost", c.name, r.URL.Path)
		return nil, errLine
	}
	return answer, nil
}

// deliver has central answer. A server that goes off meanwhile answers nothing.
func (c *cable) deliver(r *http.Request, body []byte) (*http.Response, error) {
	if c.hub.disk.Crashed() {
		return nil, errLine
	}
	again := r.Clone(background)
	again.Body = io.NopCloser(bytes.NewReader(body))
	rec := httptest.NewRecorder()
	c.hub.server.Handler().ServeHTTP(rec, again)
	if c.hub.disk.Crashed() {
		c.did("central went off while it answered", r.URL.Path)
		return nil, errLine
	}
	return rec.Result(), nil
}
