package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/order"
)

type setCmd struct {
	Name  string `arg:"" help:"A setting, or rule/CHANNEL/RULE; rule//RULE is for every channel."`
	Value string `arg:"" help:"What holds from now on; of a rule: on, off, or on,PARAM."`
	site
}

// Help lists what can be set, for scanbay set --help.
func (setCmd) Help() string {
	var rules []string
	for _, r := range order.Rules() {
		rules = append(rules, string(r))
	}
	return "Settings: " + settingNames() + ".\nRules of the review: " + strings.Join(rules, ", ") +
		". \"rule/shop/complete on,lines\" asks orders of the channel shop for lines alone;\n" +
		"\"rule//duplicate on,60\" looks for the same order within 60 minutes."
}

// Run records what the site decided.
func (s setCmd) Run(ctx context.Context, c *console) (err error) {
	e, err := s.event()
	if err != nil {
		return err
	}
	open, _, err := s.open(ctx, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, open.Close()) }()
	if err := open.Write(ctx, store.Gesture{Source: "keyed"}, func(tx *store.Tx) error {
		return tx.Record(e)
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Out, "%s = %s\n", s.Name, s.Value)
	return err
}

// event is the fact that the words stand for.
func (s setCmd) event() (store.Event, error) {
	parts := strings.Split(s.Name, "/")
	if len(parts) == 1 && slices.Contains(store.Settings, store.Setting(s.Name)) {
		return store.SettingSet{Name: store.Setting(s.Name), Value: s.Value}, nil
	}
	onOff, param, _ := strings.Cut(s.Value, ",")
	if len(parts) != 3 || parts[0] != "rule" || onOff != "on" && onOff != "off" ||
		!slices.Contains(order.Rules(), order.Rule(parts[2])) {
		return nil, complaint(fmt.Sprintf("%s %s: scanbay set --help", s.Name, s.Value))
	}
	return store.RuleSet{Channel: parts[1], Rule: parts[2], Active: onOff == "on",
		Param: param}, nil
}
