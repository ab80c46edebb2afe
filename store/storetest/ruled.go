package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// enrolled is a hub with what floor has, planned, and a station with a line to it.
func enrolled(t *testing.T, open Opener, events ...store.Event) (hub, s *Site, l *line) {
	t.Helper()
	hub, s = OpenAs(t, open, Central, true), OpenAs(t, open, "s1", false)
	hub.Record(append(Warehouse(), events...)...)
	hub.Plan()
	return hub, s, enrol(hub, s, func() bool { return true })
}

// enrolledTwo is enrolled with a second station, s2.
func enrolledTwo(t *testing.T, open Opener, events ...store.Event) (hub, s, there *Site) {
	t.Helper()
	hub, s, l := enrolled(t, open, events...)
	there = OpenAs(t, open, "s2", false)
	enrol(hub, there, l.up)
	return hub, s, there
}

// same fails the test unless two sites hold the same rows.
func same(a, b *Site) {
	a.Helper()
	if Read(a, (*store.Reader).Digest) != Read(b, (*store.Reader).Digest) {
		a.Errorf("%s and %s differ", a.name, b.name)
	}
}

// asked: whatever a person decides at a station, the authority carries out, and what it
// recorded is at the station before the answer.
func asked(t *testing.T, open Opener) {
	a, b := Ordered("1", "TEA-500", 6, "CUP-02", 2), Ordered("2", "TEA-500", 3)
	a.Customer, b.Customer = "C7", "C7"
	_, s, l := enrolled(t, open, Has("A-01-01", "TEA-500", 40), Has("B-07-01", "CUP-02", 9), a, b,
		Ordered("3", "TEA-500", 99), Ordered("4", "TEA-500", 98))
	s.Must(access.Set(background, s.Store, boss, store.QtyCeiling, "500"))
	if n := Read(s, func(r *store.Reader) (int64, error) {
		return r.Number(store.QtyCeiling)
	}); n != 500 {
		t.Errorf("the ceiling is %d", n)
	}
	s.Must(order.SetRule(background, s.Store, boss, store.RuleSet{Channel: order.Phone,
		Rule: "stock"}))
	s.Must(access.SetReason(background, s.Store, boss, store.Reason{Use: store.AdjustReason,
		Code: "theft", En: "theft", Zh: "失窃", Active: true}))
	s.Must(outbound.SetPacking(background, s.Store, boss, store.PackingRule{Scope: "fragile",
		Material: "气泡膜", Active: true}))
	id, err := order.Enter(background, s.Store, boss, store.Order{Mode: store.PickUp,
		Lines: []store.OrderLine{{Item: "TEA-500", N: 2}}}, store.Recipient{Name: "张*",
		Phone: "13800004417"})
	s.Must(err)
	out, err := order.After(background, s.Store, id)
	s.Must(err)
	if out.Stands != store.Released || len(out.Slips) != 1 {
		t.Errorf("what was entered became %+v", out)
	}
	if _, p, _ := order.Known(background, s.Store, "13800004417"); p.Name != "张*" {
		t.Errorf("the person did not come along: %+v", p)
	}
	s.decisions()
	s.parcels()
	for _, r := range Rulings() {
		elsewhere := r.Name == "outbound.claim" || r.Name == "outbound.load" ||
			strings.HasPrefix(r.Name, "returns.") || strings.HasPrefix(r.Name, "stocktake.") ||
			strings.HasPrefix(r.Name, "shipping.")
		if !l.made[r.Name] && !elsewhere {
			t.Errorf("%s was not asked for", r.Name)
		}
	}
	there := OpenAs(t, open, "s2", false)
	enrol(l.hub, there, l.up)
	for _, at := range []*Site{s, there} { // the same person, at one station and the next
		meet(l.hub, at)
		slip, err := outbound.Take(background, at.Store, store.Gesture{Operator: "101"},
			s.live("1")[0])
		if at.Must(err); slip.Lease.Station != at.name {
			t.Errorf("at %s: %+v", at.name, slip.Lease)
		}
	}
	meet(l.hub, s)
	same(l.hub, s)
	l.hub.Whole(open)
	// An answer that was lost: asked again, central says what it said before.
	s.RuledBy(lost{l})
	for i, want := range []store.Code{store.SlipTaken, ""} {
		id := s.live("1")[i]
		slip, err := outbound.Take(background, s.Store, s.By("102", "slip:"+string(id)), "")
		if got := s.Code(err); got != want || err == nil && slip.ID != id {
			t.Errorf("an answer is lost: %s, %v", slip.ID, err)
		}
	}
}

// lost is a line on which every first answer is lost.
type lost struct{ *line }

func (l lost) Rule(ctx context.Context, name string, by store.Gesture, in []byte) ([]byte, error) {
	_, _ = l.line.Rule(ctx, name, by, in)
	return l.line.Rule(ctx, name, by, in)
}

// decisions makes each of a supervisor's on an order of the test above.
func (s *Site) decisions() {
	s.Must(order.Ask(background, s.Store, boss, "3", "大号没有货，换中号？"))
	s.Must(order.Answer(background, s.Store, boss, "3", "好"))
	s.Must(order.Approve(background, s.Store, boss, "3", "part"))
	s.orderState("3", store.Released)
	s.Must(order.Withdraw(background, s.Store, boss, s.live("3")[0], "customer"))
	s.orderState("3", store.LockedOrder)
	s.Must(order.Unlock(background, s.Store, boss, "3"))
	s.orderState("3", store.Released)
	s.Must(order.Withdraw(background, s.Store, boss, s.live("3")[0], "customer"))
	if n, err := order.ReleaseWave(background, s.Store, boss, order.Wave{By: store.WaveCarrier,
		Of: "SF"}); n != 1 {
		s.Errorf("%d orders in the wave: %v", n, err)
	}
	s.Must(order.Withdraw(background, s.Store, boss, s.live("3")[0], "customer"))
	s.Must(order.TakeBack(background, s.Store, boss, "3", "customer"))
	s.Must(order.Reject(background, s.Store, boss, "3", "customer"))
	s.decided("3", store.Rejected)
	s.Must(order.Pay(background, s.Store, boss, store.Payment{Order: "4", ID: "A",
		Of: store.CODMoney, Amount: 100}))
	if paid := Read(s, func(r *store.Reader) ([]store.Payment, error) {
		return r.Payments("4")
	}); len(paid) != 1 || paid[0].Of != store.CODMoney || paid[0].By != "900" {
		s.Errorf("paid: %+v", paid)
	}
	// What a person saw of a line is checked where the line is changed.
	cut := func(n, seen store.Qty) store.Code {
		return s.Code(order.Cut(background, s.Store, boss, order.Cutback{Order: "4",
			Lines: []store.Cut{{Line: 1, N: n, Seen: seen}}}))
	}
	if got := cut(8, 98); got != "" {
		s.Errorf("8 of 98: %q", got)
	}
	if got := cut(8, 98); got != store.Stale {
		s.Errorf("8 of 98 that are 90: %q", got)
	}
	for n, decide := range []func(context.Context, *store.Store, store.Gesture, store.OrderID,
		int64, string) error{order.MakeChange, order.RefuseChange} {
		s.Must(order.Request(background, s.Store, boss, "4", order.Edit{Field: "line", Line: 1,
			N: store.Qty(50 - n)}))
		s.Must(decide(background, s.Store, boss, "4", int64(n+1), "customer"))
	}
	if n := s.order("4").Lines[0].Net(); n != 50 {
		s.Errorf("%d are wanted, not 50", n)
	}
}

// parcels has slips made, taken and freed.
func (s *Site) parcels() {
	s.Must(order.Merge(background, s.Store, boss, []store.OrderID{"2", "1"}))
	if a, b := s.live("1"), s.live("2"); len(a) != 1 || !slices.Equal(a, b) {
		s.Errorf("merged into %v and %v", a, b)
	}
	s.Must(order.Split(background, s.Store, boss, "1", []int64{2}))
	all := s.live("1")
	if len(all) != 2 {
		s.Fatalf("split into %v", all)
	}
	slip, err := outbound.Take(background, s.Store, s.By("101", "slip:"+string(all[0])), "")
	s.Must(err)
	if l := slip.Lease; l.Slip != all[0] || l.Operator != "101" || l.Station != s.name {
		s.Errorf("taken: %+v", l)
	}
	by := store.Gesture{Operator: "102", Second: "900"}
	slip, err = outbound.TakeOver(background, s.Store, by, all[0], "101")
	s.Must(err)
	if l := slip.Lease; l.Operator != "102" || l.Station != s.name {
		s.Errorf("taken over: %+v", l)
	}
	s.Must(outbound.Leave(background, s.Store, s.By("102", ""), all[0]))
	if l := s.look(all[0]).Lease; bool(l.Held) {
		s.Errorf("left: %+v", l)
	}
	s.Must(outbound.Free(background, s.Store, boss, all[0]))
	if bool(s.Slip(all[0]).Lease.Held) {
		s.Error("it is not free")
	}
}

// checked: what no screen lets anybody ask for is refused, or fails, and changes nothing.
func checked(t *testing.T, open Opener) {
	hub := floor(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 6),
		Ordered("2", "TEA-500", 99))
	before := Read(hub, (*store.Reader).Digest)
	try := func(r store.WireRuling, by store.Gesture, in string) {
		t.Helper()
		out, err := r.Do(background, hub.Store, by, []byte(in))
		if after := Read(hub, (*store.Reader).Digest); err == nil || after != before {
			t.Errorf("%s of %s by %q: %s, %v", r.Name, in, by.Operator, out, err)
			before = after
		}
	}
	more := map[string][]string{
		"order.approve": {`{"order":"2"}`}, "order.reject": {`{"order":"2"}`},
		"order.take_back": {`{"order":"1"}`}, "order.ask": {`{"order":"2"}`},
		"order.withdraw": {`{"slip":"` + string(hub.only()) + `"}`},
		"order.request": {`{"order":"1","field":"line","line":1,"n":-1}`,
			`{"order":"1","field":"id","text":"9"}`},
		"order.enter": {`{"order":{"mode":"pickup","lines":[{"item":"TEA-500","n":-1}]},
			"person":{"Name":"a","Phone":"1"}}`},
		"order.set_rule": {`{"rule":"none","active":true}`},
		"order.pay":      {`{"order":"1","of":"received","amount":-1}`, `{"order":"1","amount":1}`},
		"order.cut": {`{"order":"1"}`, `{"order":"1","refund":true,"amount":-1}`,
			`{"order":"1","lines":[{"line":1,"n":-1}]}`,
			`{"order":"1","refund":true,"lines":[{"line":1,"n":1},
				{"line":1,"n":9223372036854775807}],"seen":[1]}`},
		"order.split": {`{"order":"1"}`}, "order.merge": {`["1"]`, `["1","1"]`},
		"outbound.claim": {"51", "-1"}, "outbound.load": {"51", "-1"},
	}
	for _, r := range Rulings() {
		for _, in := range append(more[r.Name], "", "null", "{}", "[]", `""`, "0", "{") {
			try(r, boss, in)
		}
	}
	for _, r := range Rulings() {
		try(r, store.Gesture{}, map[string]string{"outbound.claim": "1",
			"outbound.load": "1", "outbound.take": `"` + string(hub.only()) + `"`}[r.Name])
	}
}

// cutOff: without a line nobody decides, which is recorded; what is in hand goes on, and
// nothing is planned.
func cutOff(t *testing.T, open Opener) {
	hub, s, l := enrolled(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2),
		Ordered("2", "TEA-500", 3))
	mine := Read(hub, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("1") })[0]
	other := Read(hub, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("2") })[0]
	ids, err := outbound.Claim(background, s.Store, store.Gesture{Operator: "101"}, 1)
	s.Must(err)
	if !slices.Equal(ids, []store.SlipID{mine}) {
		t.Errorf("claimed %v", ids)
	}
	hub.Record(Ordered("3", "TEA-500", 1)) // there is something to plan
	meet(hub, s)
	tired, stop := context.WithCancel(background)
	l.up = func() bool {
		stop() // who asks does not wait any longer
		return false
	}
	_, err = outbound.Take(tired, s.Store, s.By("101", "slip:"+string(other)), "")
	if got := s.Code(err); got != store.CentralUnreachable {
		t.Errorf("after a long wait: %q, %v", got, err)
	}
	for range 2 { // with a line that is cut, and before there was any
		l.up = func() bool { return false }
		before := len(s.log())
		_, err = outbound.Take(background, s.Store, s.By("101", "slip:"+string(other)), "")
		if got := s.Code(err); got != store.CentralUnreachable || len(s.log()) != before+1 {
			t.Errorf("%q, and %d facts", got, len(s.log())-before)
		}
		s.Must(order.Plan(background, s.Store))
		if len(s.log()) != before+1 {
			t.Error("a station planned")
		}
		s.RuledBy(nil)
	}
	by := s.By("101", "slip:"+string(mine))
	for range 2 {
		slip, err := outbound.Take(background, s.Store, by, "")
		if s.Code(err) != "" || slip.ID != mine {
			t.Errorf("what is in hand: %v", err)
		}
		by = store.Gesture{Operator: "101"}
		by.Mark = Mark("slip:" + string(mine))
	}
	_, err = outbound.Take(background, s.Store, store.Gesture{Operator: "102"}, mine)
	if got := s.Code(err); got != store.CentralUnreachable {
		t.Errorf("in another's hand: %q", got)
	}
	s.scan("101", mine, 0, "tote:T-1", "")
	s.scan("101", mine, 0, "bin:A-01-01", "")
	// Meanwhile it is another's. Both sides end equal, and the goods are where they are.
	hub.Must(outbound.Free(background, hub.Store, boss, mine))
	hub.take("102", mine, "T-2")
	hub.scan("102", mine, 0, "bin:A-01-01", "")
	hub.scan("102", mine, 2, Tea, "")
	s.scan("101", mine, 2, Tea, "")
	meet(hub, s)
	same(hub, s)
	hub.Stock("tote/T-1", "TEA-500", 2)
	hub.Stock("tote/T-2", "TEA-500", 2)
	if l := s.Slip(mine).Lease; l.Operator != "102" || !bool(l.Held) {
		t.Errorf("it is %+v", l)
	}
}

// claimed: the most urgent slips that nobody holds are one person's, for longer than
// what is in hand, until they sign out.
func claimed(t *testing.T, open Opener) {
	late, soon := Ordered("2", "TEA-500", 1), Ordered("4", "TEA-500", 1)
	late.ShipBy, soon.Priority = Noon.UnixMilli(), 5
	s := floor(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 1), late,
		Ordered("3", "TEA-500", 1), soon)
	slip := func(id store.OrderID) store.SlipID { return s.live(id)[0] }
	claim := func(who store.OperatorID, n int, code store.Code, want ...store.SlipID) {
		t.Helper()
		ids, err := outbound.Claim(background, s.Store, store.Gesture{Operator: who}, n)
		if got := s.Code(err); got != code || !slices.Equal(ids, want) {
			t.Errorf("%s claims %d: %v, %q", who, n, ids, got)
		}
	}
	s.take("102", slip("2"), "T-1")
	claim("101", 0, store.BadQuantity)
	claim("101", 51, store.BadQuantity)
	before := len(s.log())
	claim("101", 2, "", slip("4"), slip("1"))
	if n := len(s.log()) - before; n != 1 {
		t.Errorf("%d facts", n)
	}
	s.orderState("1", store.Picking)
	if got := s.Code(order.Withdraw(background, s.Store, boss, slip("1"), "customer")); got !=
		store.AskIntercept {
		t.Errorf("somebody has it with them: %q", got)
	}
	jobs := Read(s, func(r *store.Reader) ([]store.Job, error) { return r.ToPickBy("102", 9) })
	if jobs[0].Slip != slip("2") || jobs[1].Slip != slip("4") {
		t.Errorf("the list is %v", jobs)
	}
	s.Clock.Wait(2 * time.Hour)
	for _, c := range []struct {
		id   store.OrderID
		wait time.Duration
		code store.Code
	}{{"2", 0, ""}, {"4", 0, store.SlipTaken}, {"4", 11 * time.Hour, ""}} {
		s.Clock.Wait(c.wait)
		_, err := outbound.Take(background, s.Store, store.Gesture{Operator: "900"}, slip(c.id))
		if got := s.Code(err); got != c.code {
			t.Errorf("slip of order %s: %q, want %q", c.id, got, c.code)
		}
	}
	claim("102", 9, "", slip("3"))
	claim("102", 9, store.NothingToDo)
	s.Must(access.SignOut(background, s.Store, "101", false))
	claim("102", 9, "", slip("1"))
	s.Whole(open)
}
