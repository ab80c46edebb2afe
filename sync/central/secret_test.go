package central_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/sync/wire"
)

// Who a parcel goes to, and what is kept of a PIN, travels to the stations and into no
// log, also where a request fails with it. TestMain looks.
func TestPeopleAndPINsAreToldToStationsAlone(t *testing.T) {
	who := store.Recipient{Name: "Hui Yin", Phone: "13900001234", Address: "17 Quiet Lane",
		City: "Hidden", Token: "tok-5521"}
	verifier := "a verifier of a PIN"
	logged.secret(who.Name, who.Phone, who.Address, who.City, who.Token, verifier)
	b := begin(t)
	s1 := b.enrol("S1")
	s1.works()
	b.hub.Must(b.hub.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
		if err := tx.SetPIN(store.PIN{Operator: "101", Salt: []byte("salt"),
			Verifier: []byte(verifier)}); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{Text: "a PIN was set"})
	}))
	for i, mode := range []store.Delivery{store.PickUp, "no such", "",
		store.Delivery(strings.Repeat("x", 2<<20))} {
		in := map[string]any{"person": who, "order": store.Order{Mode: mode,
			Lines: []store.OrderLine{{Item: "TEA-500", N: 1}}}}
		by := store.Gesture{Operator: "900", Scan: store.ScanID(fmt.Sprintf("person.%d", i))}
		if _, p := s1.rule("order.enter", by, in); (p == "") != (i == 0) {
			t.Errorf("%d: %q", i, p)
		}
	}
	in := as(t, map[string]any{"person": who, "order": 1})
	if _, p := s1.ask(wire.RulePath, as(t, wire.RuleAsk{Name: "order.enter", In: in,
		By: store.Gesture{Operator: "900", Scan: "person.9"}})); p != wire.BadRequest {
		t.Errorf("an order that is a number: %q", p)
	}
	s1.stands(storetest.Read(b.hub, (*store.Reader).Revision))
	id := storetest.Read(s1.Site, func(r *store.Reader) (store.OrderID, error) {
		return r.LastTo(who.Phone)
	})
	pin := storetest.Read(s1.Site, func(r *store.Reader) (store.PIN, error) { return r.PIN("101") })
	if id == "" || !bytes.Equal(pin.Verifier, []byte(verifier)) {
		t.Errorf("the station was not told: order %q, PIN %q", id, pin.Verifier)
	}
	facts := storetest.Read(b.hub, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log(storetest.Central, 1, 0, 1000)
	})
	for _, f := range facts {
		if bytes.Contains(f.Bytes, []byte(who.Phone)) || bytes.Contains(f.Bytes, []byte(verifier)) {
			t.Errorf("it is in the log of facts: %s", f.Bytes)
		}
	}
}
