package central_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/storetest"
)

// Every ruling is refused to whoever may not ask for it, whatever their gesture claims:
// a second person, a yes, another station, a badge in the scan.
func TestRolesAreCheckedAtCentral(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2),
		storetest.Ordered("2", "TEA-500", 99),
		store.OperatorSaved{Operator: store.Operator{ID: "103", Roles: "verifier packer receiver " +
			"inspector counter", Active: true}},
		store.OperatorSaved{Operator: store.Operator{ID: "901", Roles: "supervisor"}},
		store.OperatorSaved{Operator: store.Operator{ID: "902", Active: true}})
	s1 := b.enrol("S1")
	slip := storetest.Read(b.hub, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(1)
	})[0].Slip
	in := func(name string) any {
		switch name {
		case "outbound.take", "outbound.free", "outbound.leave":
			return slip
		case "outbound.take_over":
			return map[string]any{"slip": slip, "from": "102"}
		case "outbound.claim", "outbound.load":
			return 1
		case "order.merge":
			return []store.OrderID{"1", "2"}
		case "order.unlock":
			return "1"
		case "access.set":
			return map[string]any{"name": store.OverPickPolicy, "value": "ask"}
		case "order.set_rule":
			return store.RuleSet{Rule: "stock"}
		case "order.request":
			return map[string]any{"order": "1", "field": "line", "line": 1, "n": 1}
		case "order.enter":
			return map[string]any{"order": store.Order{Mode: store.PickUp, Lines: []store.OrderLine{
				{Item: "TEA-500", N: 1}}}, "person": store.Recipient{Name: "x", Phone: "1"}}
		case "returns.reship":
			return "TH1"
		case "order.withdraw":
			return map[string]any{"slip": slip, "reason": "customer"}
		}
		return map[string]any{"order": "2", "reason": "customer", "text": "x", "id": "1",
			"of": "received", "amount": 1, "change": 1, "field": "remark", "part": []int{1}}
	}
	n := 0
	for _, r := range storetest.Rulings() {
		for who, want := range map[store.OperatorID]store.Code{
			"101": store.NoRight, "103": store.NoRight, "902": store.NoRight,
			"901": store.UnknownOperator, "999": store.UnknownOperator,
		} {
			if want == store.NoRight && mayAsk(who, r.Name) {
				continue
			}
			before := storetest.Read(b.hub, (*store.Reader).Digest)
			n++
			a, p := s1.rule(r.Name, asking(n, who, r.Name), in(r.Name))
			if p != "" || codeOf(a) != want {
				t.Errorf("%s by %s: %q %q, want %q", r.Name, who, p, codeOf(a), want)
			}
			if storetest.Read(b.hub, (*store.Reader).Digest) != before {
				t.Errorf("%s by %s changed something", r.Name, who)
			}
		}
		b.untouched(r.Name+" by nobody", func() {
			n++
			a, p := s1.rule(r.Name, store.Gesture{Scan: store.ScanID(fmt.Sprintf("boot.%d", n)),
				Second: "900"}, in(r.Name))
			if p == "" {
				t.Errorf("%s by nobody: %+v", r.Name, a)
			}
		})
	}
}

// asking is the n-th request of a person, who says all that might help them.
func asking(n int, who store.OperatorID, ruling string) store.Gesture {
	return store.Gesture{Operator: who, Second: beside(ruling), Station: storetest.Central,
		Yes: true, Scan: store.ScanID(fmt.Sprintf("boot.%d", n)), Raw: []byte("900"),
		Source: "rpc", Mark: storetest.Mark("operator:900")}
}

// beside is who stands there and lends nobody a right: of counts a supervisor would.
func beside(ruling string) store.OperatorID {
	if strings.HasPrefix(ruling, "stocktake.") {
		return "103"
	}
	return "900"
}

// mayAsk says whether somebody of the test above may ask for a ruling: a picker who receives,
// a receiver, and one who may do nothing.
func mayAsk(who store.OperatorID, ruling string) bool {
	ofPickers := []string{"outbound.take", "outbound.take_over", "outbound.claim", "outbound.load",
		"outbound.leave"}
	ofReceivers := []string{"returns.request", "returns.answer_for", "returns.cancel_return",
		"returns.tell"}
	return ruling == "order.request" || // anybody may
		who == "101" && slices.Contains(ofPickers, ruling) ||
		who != "902" && slices.Contains(ofReceivers, ruling)
}

// A lease is the asking station's, whatever the gesture claims.
func TestALeaseIsTheAskers(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2))
	s1 := b.enrol("S1")
	slip := storetest.Read(b.hub, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(1)
	})[0].Slip
	if _, p := s1.rule("outbound.take", store.Gesture{Operator: "101", Station: "S2", Scan: "b.1"},
		slip); p != "" {
		t.Fatal(p)
	}
	if l := b.hub.Slip(slip).Lease; l.Station != "S1" || l.Operator != "101" {
		t.Errorf("it is %+v", l)
	}
}
