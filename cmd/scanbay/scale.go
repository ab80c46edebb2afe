package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"

	"scanbay/scanner"
	"scanbay/scanner/scale"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// weigh starts the station's scale, if it has one.
func (st *station) weigh(ctx context.Context) error {
	source, err := st.devices.scale(st.console, func(name string, err error) {
		st.log.Info("scale", "name", name, "err", err)
		denied := errors.Is(err, fs.ErrPermission)
		for condition, ill := range map[i18n.Condition]bool{
			i18n.ScaleLost: err != nil && !denied, i18n.ScaleDenied: denied} {
			st.program.Send(tui.HealthMsg{Name: condition, OK: !ill, Detail: name})
		}
	})
	if source == nil || err != nil {
		return err
	}
	st.start(func() {
		err := source.Run(ctx, func(w scanner.Weight) { st.program.Send(tui.WeightMsg(w)) })
		if err != nil {
			st.log.Error("scale", "name", source.Name(), "err", err)
		}
	})
	return nil
}

// scale is the scale that was named; nil for none.
func (d devices) scale(c *console, status func(string, error)) (*scale.Source, error) {
	if d.Scale == "" {
		return nil, nil
	}
	at, ok := scaleAt(d.Scale)
	if !ok {
		return nil, complaint(c.words().NoScale(d.Scale))
	}
	at.Name, at.Status = filepath.Base(at.Path), status
	return scale.New(at), nil
}

// scaleAt reads PATH and, in any order, a baud rate, a protocol, and the unit of one that
// names none.
func scaleAt(text string) (c scale.Config, ok bool) {
	c.Path, c.Baud, ok = lineAt(text, func(word string) bool {
		switch {
		case scale.IsProtocol(scale.Protocol(word)) && c.Protocol == "":
			c.Protocol = scale.Protocol(word)
		case scale.IsUnit(word) && c.Unit == "":
			c.Unit = word
		default:
			return false
		}
		return true
	})
	named := c.Protocol != "" && c.Protocol != scale.XK3190
	return c, ok && !(named && c.Unit != "")
}

// weighed is what the doctor says of a scale, where it is not what it said before.
func (c *console) weighed(name string) func(scanner.Weight) {
	var before scanner.Weight
	said := false
	return func(w scanner.Weight) {
		same := said && w.Grams == before.Grams && w.Stable == before.Stable && w.Bad == before.Bad
		before, said = w, true
		if same || w.Bad == scanner.Silent { // of a silent scale is told how it is plugged in
			return
		}
		text := c.Text.ScaleFlaws()[w.Bad]
		switch {
		case w.Bad != "":
		case w.Stable:
			text = c.Text.ScaleShows(w.Grams, w.Net)
		default:
			text = c.Text.ScaleMoves(w.Grams)
		}
		fmt.Fprintf(c.Out, "%s: %s\n  %s\n", name, strconv.QuoteToASCII(string(w.Raw)), text)
	}
}
