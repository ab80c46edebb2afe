package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
)

// siteDecides: a supervisor sets what the site decides, one event each; what cannot
// be is refused with what would do, and nothing is changed.
func siteDecides(t *testing.T, open Opener) {
	s := floor(t, open)
	for _, c := range []struct {
		by    store.OperatorID
		name  store.Setting
		value string
		code  store.Code
		want  string
	}{
		{"900", store.OverPickPolicy, "ask", "", ""},
		{"900", store.OverPickPolicy, "perhaps", store.BadSetting, "block, ask"},
		{"900", store.ZeroCheckAt, "0", "", ""},
		{"900", store.ZeroCheckAt, "-1", store.BadSetting, "0-9999"},
		{"900", store.QtyCeiling, "0", store.BadSetting, "1-999999"},
		{"900", store.QtyCeiling, "1e3", store.BadSetting, "1-999999"},
		{"900", store.IdleMinutes, "0", store.BadSetting, "1-1440"}, // work would never be held
		{"900", store.LabelPrefix, "W1", "", ""},
		{"900", store.LabelPrefix, "w1", store.BadSetting, "XX (A-Z, 0-9)"},
		{"900", store.LabelPrefix, "W12", store.BadSetting, "XX (A-Z, 0-9)"},
		{"900", "colour", "red", store.BadSetting, "0-0"},
		{"101", store.OverPickPolicy, "block", store.NoRight, "supervisor"},
	} {
		err := access.Set(background, s.Store, store.Gesture{Operator: c.by}, c.name, c.value)
		r, _ := store.RefusalOf(err)
		if got := s.Code(err); got != c.code || r != nil && r.Want != c.want {
			t.Errorf("%s = %s: %v, want %s %s", c.name, c.value, err, c.code, c.want)
		}
	}
	for name, want := range map[store.Setting]string{store.OverPickPolicy: "ask",
		store.LabelPrefix: "W1", store.QtyCeiling: "999"} {
		if got := Read(s, func(r *store.Reader) (string, error) {
			return r.Setting(name)
		}); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for _, name := range store.Settings {
		if _, ok := name.Valid(name.Default()); !ok {
			t.Errorf("%s is %s by itself, which it may not be", name, name.Default())
		}
	}
	s.Whole(open)
}

// rulesAreSet: likewise the rules of the review, by channel.
func rulesAreSet(t *testing.T, open Opener) {
	s := floor(t, open, ofChannel("shop"))
	for _, c := range []struct {
		by   store.OperatorID
		set  store.RuleSet
		code store.Code
	}{
		{"900", store.RuleSet{Channel: "shop", Rule: "duplicate", Active: true, Param: "60"}, ""},
		{"900", store.RuleSet{Rule: "duplicate", Param: "an hour"}, store.BadSetting},
		{"900", store.RuleSet{Rule: "stock", Active: true, Param: "5"}, store.BadSetting},
		{"900", store.RuleSet{Rule: "price", Active: true, Param: "10%"}, store.BadSetting},
		{"900", store.RuleSet{Rule: "amount", Active: true, Param: "0.05"}, ""},
		{"900", store.RuleSet{Rule: "payment", Active: true, Param: "月结"}, ""},
		{"900", store.RuleSet{Rule: "mode", Active: true, Param: "carrier mode"}, ""},
		{"900", store.RuleSet{Rule: "policy", Active: true,
			Param: "amount:50000 province:新疆,西藏"}, ""},
		{"900", store.RuleSet{Rule: "policy", Active: true, Param: "新疆"}, store.BadSetting},
		{"101", store.RuleSet{Rule: "stock"}, store.NoRight},
	} {
		err := order.SetRule(background, s.Store, store.Gesture{Operator: c.by}, c.set)
		if got := s.Code(err); got != c.code {
			t.Errorf("%v: %q, want %q", c.set, got, c.code)
		}
	}
	for channel, want := range map[string]string{"shop": "60", "": "1440"} {
		now := Read(s, func(r *store.Reader) ([]order.RuleNow, error) {
			return order.RulesNow(r, channel)
		})
		for _, r := range now {
			if r.Rule == order.Duplicate && r.Param != want {
				t.Errorf("channel %q: %s minutes, want %s", channel, r.Param, want)
			}
		}
	}
	all := Read(s, (*store.Reader).Channels)
	if len(all) != 1 || all[0] != "shop" {
		t.Errorf("channels: %q", all)
	}
}

func ofChannel(channel string) store.OrderReceived {
	e := Ordered("1", "TEA-500", 1)
	e.Channel = channel
	return e
}

// entered: an order taken by phone goes the way of any other; the person is kept
// beside the facts, and is found again by the whole number alone.
func entered(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5))
	ask := store.Order{Mode: store.Express, Lines: []store.OrderLine{{Item: "TEA-500", N: 2}}}
	who := store.Recipient{Name: "张*", Phone: "13800004417", Address: "文三路 1 号"}
	enter := func(by store.OperatorID, o store.Order, p store.Recipient) (store.OrderID, error) {
		return order.Enter(background, s.Store, store.Gesture{Operator: by}, o, p)
	}
	const missing = store.Incomplete
	for _, c := range []struct {
		by   store.OperatorID
		lack func(*store.Order, *store.Recipient)
		code store.Code
		want string
	}{
		{"101", func(*store.Order, *store.Recipient) {}, store.NoRight, "supervisor"},
		{"900", func(_ *store.Order, p *store.Recipient) { p.Phone = "" }, missing, "phone"},
		{"900", func(_ *store.Order, p *store.Recipient) { p.Name = "" }, missing, "name"},
		{"900", func(_ *store.Order, p *store.Recipient) { p.Address = "" }, missing, "address"},
		{"900", func(o *store.Order, _ *store.Recipient) { o.Lines = nil }, missing, "line"},
	} {
		o, p := ask, who
		c.lack(&o, &p)
		_, err := enter(c.by, o, p)
		if r, _ := store.RefusalOf(err); s.Code(err) != c.code || r.Want != c.want {
			t.Errorf("%v, want %s %s", err, c.code, c.want)
		}
	}
	id, err := enter("900", ask, who)
	s.Must(err)
	out, err := order.After(background, s.Store, id)
	s.Must(err)
	if out.PlatformNo != "PH"+string(id) || out.Channel != order.Phone ||
		out.Stands != store.Released || len(out.Slips) != 1 {
		t.Errorf("it became %+v", out)
	}
	s.Levels("TEA-500", 5, 2)
	for number, want := range map[string]string{who.Phone: who.Name, "4417": "", "": ""} {
		last, p, err := order.Known(background, s.Store, number)
		s.Must(err)
		if p.Name != want || want != "" && last.ID != id {
			t.Errorf("%q brings %q of order %q", number, p.Name, last.ID)
		}
	}
	again, err := enter("900", ask, who)
	s.Must(err)
	s.Plan()
	s.decided(again, store.Held, "duplicate")
	pickUp := store.Recipient{Name: who.Name, Phone: who.Phone}
	ask.Mode = store.PickUp
	_, err = enter("900", ask, pickUp)
	s.Must(err)
	s.Whole(open)
}
