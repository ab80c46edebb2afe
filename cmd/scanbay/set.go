package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
)

type setCmd struct {
	Name  string `arg:"" help:"A setting, or rule/CHANNEL/RULE; rule//RULE is for every channel."`
	Value string `arg:"" help:"What holds from now on; of a rule: on, off, or on,PARAM."`
	site
}

// Help lists what can be set, for scanbay set --help.
func (setCmd) Help() string {
	var b strings.Builder
	b.WriteString("Settings, and what each may be:\n")
	for _, s := range store.Settings {
		want, _ := s.Valid("")
		fmt.Fprintf(&b, "  %-13s %s (%s)\n", s, want, s.Default())
	}
	b.WriteString("Rules of the review, and the parameter that each takes:\n")
	for _, r := range order.Rules() {
		fmt.Fprintf(&b, "  %-13s %s\n", r, r.Param())
	}
	return b.String() +
		"\"rule/shop/complete on,lines\" asks orders of the channel shop for lines alone;\n" +
		"\"rule//duplicate on,60\" looks for the same order within 60 minutes."
}

// Run records what the site decided.
func (s setCmd) Run(ctx context.Context, c *console) (err error) {
	change, err := s.change()
	if err != nil {
		return err
	}
	open, _, err := s.open(ctx, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, open.Close()) }()
	if err := change(ctx, open, store.Gesture{Source: "keyed"}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Out, "%s = %s\n", s.Name, s.Value)
	return err
}

// change is the operation that the words stand for.
func (s setCmd) change() (func(context.Context, *store.Store, store.Gesture) error, error) {
	parts := strings.Split(s.Name, "/")
	name := store.Setting(s.Name)
	if slices.Contains(store.Settings, name) {
		return func(ctx context.Context, open *store.Store, by store.Gesture) error {
			return access.Set(ctx, open, by, name, s.Value)
		}, nil
	}
	onOff, param, _ := strings.Cut(s.Value, ",")
	if len(parts) != 3 || parts[0] != "rule" || onOff != "on" && onOff != "off" ||
		!slices.Contains(order.Rules(), order.Rule(parts[2])) {
		return nil, complaint(fmt.Sprintf("%s %s: scanbay set --help", s.Name, s.Value))
	}
	e := store.RuleSet{Channel: parts[1], Rule: parts[2], Active: onOff == "on", Param: param}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		return order.SetRule(ctx, open, by, e)
	}, nil
}
