package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"path/filepath"
	"slices"
	"strings"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

type labelsCmd struct {
	Commands commandCard `cmd:"" help:"A card of all command barcodes: pictures, or a table."`
}

// A commandCard is what people without keys scan instead of pressing them.
type commandCard struct {
	Out       string `placeholder:"FILE" help:"Write pictures of the barcodes: PNG, A4 at 300 dpi."`
	Text      bool   `help:"Print the table, beside the pictures too."`
	DB        string `placeholder:"FILE|URL" help:"Database whose prefix labels have; else SB."`
	Warehouse string `help:"Of several that the database is of."`
}

// Help tells what the card is for.
func (commandCard) Help() string {
	return "Whatever a key does, a barcode does too: hang the card where people scan. The first " +
		"picture is\nfor the floor, the second for the desk. No barcode answers a question, or " +
		"ends the day."
}

// A cardGroup is commands that are used together.
type cardGroup struct {
	name     string
	desk     bool // and not on the floor
	commands []i18n.Command
}

// cardGroups are all commands but a yes and a no, which no barcode can say. What no group
// names is for the desk.
func cardGroups() []cardGroup {
	out := []cardGroup{
		{"all", false, []i18n.Command{i18n.Confirm, i18n.Back, i18n.Up, i18n.Down, i18n.Undo,
			i18n.Done, i18n.Refresh, i18n.Look, i18n.Help, i18n.More, i18n.Scans, i18n.Language,
			i18n.Override, i18n.SignOut}},
		{"number", false, []i18n.Command{i18n.Quantity}},
		{"pick", false, []i18n.Command{i18n.NextJob, i18n.Several, i18n.Cart, i18n.Fill,
			i18n.OneTote, i18n.Short, i18n.Skip, i18n.Surplus, i18n.PutBack, i18n.Free}},
		{"pack", false, []i18n.Command{i18n.Seal, i18n.Carton, i18n.Repack, i18n.All, i18n.Weigh,
			i18n.Load, i18n.Without}},
		{"count", false, []i18n.Command{i18n.Unknown, i18n.Clear, i18n.Plan, i18n.Drop}},
		{"returns", true, []i18n.Command{i18n.Arrive, i18n.Outside, i18n.Carrier, i18n.PutAside,
			i18n.HandBack, i18n.Inspect, i18n.Overrule, i18n.Note, i18n.Scrap, i18n.SendOff,
			i18n.SendBack, i18n.Parcel, i18n.Reship, i18n.Signed, i18n.Keeps, i18n.Settle,
			i18n.Give}},
		{"orders", true, []i18n.Command{i18n.Approve, i18n.Reject, i18n.Ask, i18n.Answer,
			i18n.TakeBack, i18n.Withdraw, i18n.Release, i18n.Split, i18n.Merge, i18n.Pay,
			i18n.Cancel, i18n.Change, i18n.Save}},
		{"desk", true, nil},
	}
	named := []i18n.Command{i18n.Yes, i18n.No}
	for _, g := range out {
		named = append(named, g.commands...)
	}
	for _, c := range i18n.Commands {
		at := &out[len(out)-1]
		if c.Digit() != "" {
			at = &out[1]
		}
		if !slices.Contains(named, c) {
			at.commands = append(at.commands, c)
		}
	}
	return out
}

// Run writes the card.
func (k commandCard) Run(ctx context.Context, c *console) error {
	prefix := scanner.DefaultPrefix
	if k.DB != "" {
		if err := (placeAt{k.DB, k.Warehouse}).look(ctx, c, func(s *store.Store) (err error) {
			prefix, err = store.Get(ctx, s, func(r *store.Reader) (string, error) {
				return r.Setting(store.LabelPrefix)
			})
			return err
		}); err != nil {
			return err
		}
	}
	if k.Text || k.Out == "" {
		for _, line := range cardTable(c, prefix) {
			if _, err := fmt.Fprintln(c.Out, line); err != nil {
				return err
			}
		}
	}
	if k.Out == "" {
		return nil
	}
	return k.draw(c, prefix)
}

// draw writes a picture for the floor, and one for the desk.
func (k commandCard) draw(c *console, prefix string) error {
	ext := filepath.Ext(k.Out)
	for i, path := range []string{k.Out, strings.TrimSuffix(k.Out, ext) + "-2" + ext} {
		page, err := drawCard(c, groupsOf(i > 0), prefix)
		if err != nil {
			return err
		}
		f, err := newFile(path)
		if err != nil {
			return err
		}
		if err := errors.Join(png.Encode(f, page.Gray), f.Close()); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(c.Out, c.words().CardDrawn(path)); err != nil {
			return err
		}
	}
	return nil
}

// groupsOf are those of the desk, or of the floor.
func groupsOf(desk bool) []cardGroup {
	return slices.DeleteFunc(cardGroups(), func(g cardGroup) bool { return g.desk != desk })
}

// commandLabel is a command as its barcode reads.
func commandLabel(prefix string, command i18n.Command) string {
	return scanner.Encode(prefix, scanner.CommandLabel, command.Label())
}

// cardWords is a command in the person's language, and in the others.
func cardWords(c *console, command i18n.Command) (out []string) {
	out = []string{c.Text.Commands()[command]}
	for _, t := range languages() {
		if text := t.Commands()[command]; !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// cardTable is the card as text.
func cardTable(c *console, prefix string) (out []string) {
	const words, label = 20, 16 // cells
	names := c.words().CardGroups()
	for i, g := range cardGroups() {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, names[g.name])
		for _, command := range g.commands {
			row := "  " + component.Fit(commandLabel(prefix, command), label)
			for _, text := range cardWords(c, command) {
				row += component.Fit(text, words)
			}
			out = append(out, strings.TrimRight(row, " "))
		}
	}
	return out
}
