package simtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"

	"scanbay/store"
	"scanbay/sync/wire"
)

// A cable is the line from a station to central.
type cable struct {
	*world
	node *node
	cut  bool
	deep bool // something happens while a request is on its way
}

var errLine = errors.New("no line")

// RoundTrip implements http.RoundTripper: the request is lost, or comes, or comes twice,
// or once more much later; its answer is lost, or comes, or comes when others were faster.
func (c *cable) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if c.cut {
		c.did("no line", c.node.name)
		return nil, errLine
	}
	if c.chance(12) {
		c.did("request lost", c.node.name, r.URL.Path)
		return nil, errLine
	}
	if c.chance(20) {
		c.did("request delayed", c.node.name, r.URL.Path)
		c.late = append(c.late, func() { _, _ = c.deliver(r, body) })
	}
	answer, err := c.deliver(r, body)
	if err == nil && c.chance(20) {
		c.did("request repeated", c.node.name, r.URL.Path)
		answer, err = c.deliver(r, body)
	}
	if err != nil {
		return nil, err
	}
	if c.chance(12) {
		c.did("answer lost", c.node.name, r.URL.Path)
		return nil, errLine
	}
	if c.chance(8) && !c.deep {
		c.deep = true
		c.meanwhile(r.URL.Path)
		c.deep = false
	}
	return answer, nil
}

// meanwhile is what happens before an answer comes: somebody works at the station, and
// other requests are faster.
func (c *cable) meanwhile(path string) {
	n := c.node
	c.did("meanwhile", n.name, path)
	n.store.RuledBy(nil) // whoever asks central does not wait so long
	n.work()
	n.store.RuledBy(n.agent)
	switch path {
	case wire.PullPath, wire.RulePath: // in the others the agent lets none of its own by
		n.pull()
	case wire.PushPath:
		n.push()
	}
}

// deliver has central answer. A server that goes off meanwhile answers nothing.
func (c *cable) deliver(r *http.Request, body []byte) (*http.Response, error) {
	if c.hub.off() {
		return nil, errLine
	}
	again := r.Clone(background)
	again.Body = io.NopCloser(bytes.NewReader(body))
	rec := httptest.NewRecorder()
	c.hub.server.Handler().ServeHTTP(rec, again)
	if c.hub.off() {
		c.did("central went off while it answered", r.URL.Path)
		return nil, errLine
	}
	c.look(r.URL.Path, rec)
	if slices.Contains([]string{wire.PushPath, wire.RulePath, wire.OfferPath}, r.URL.Path) {
		c.always()
	}
	return rec.Result(), nil
}

// look sees that an answer says nothing of another warehouse, and counts what is rare.
func (c *cable) look(path string, rec *httptest.ResponseRecorder) {
	said := rec.Body.Bytes()
	if bytes.HasPrefix(said, []byte{0x1f, 0x8b}) {
		var err error
		if said, err = unpack(said); err != nil {
			c.fail(works, "%s: %v", path, err)
		}
	}
	if bytes.Contains(said, marks[c.node.wh]) {
		c.fail(ofOthers, "%s of %s: the answer has a fact of another warehouse", path, c.node.name)
	}
	var o wire.OfferAnswer
	if path == wire.OfferPath && json.Unmarshal(said, &o) == nil {
		if o.Fresh > 0 {
			c.did("offer taken", c.node.name, o.Fresh)
		}
		if o.Closed {
			c.did("offer after its turn", c.node.name)
		}
	}
}

// marks are what no answer to a station of a warehouse has in it.
var marks = map[store.WarehouseID][]byte{here: []byte(`"wh":"w2"`), there: []byte(`"wh":"w1"`)}
