package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"

	"scanbay/tui/i18n"
)

// scriptCmd plays scenarios.
type scriptCmd struct {
	Update bool     `help:"Rewrite what the scenarios compare with."`
	Files  []string `arg:"" name:"file" help:"Scenarios: txtar archives."`
}

// Help describes the format, for scanbay script --help.
func (scriptCmd) Help() string {
	var b strings.Builder
	b.WriteString("A scenario is a txtar archive: lines of verbs, and then the files that they " +
		"name.\nA line that begins with # is for people. Words are parted by blanks; 'quotes' " +
		"keep\nblanks, and \\x1d and its like stand for bytes. kind:code, such as bin:A-01-03, " +
		"is\none of our own labels (bin, tote, carton, slip, operator, command). The clock " +
		"begins\nat 2026-03-01 12:00 in Shanghai and moves with wait alone. A scenario is " +
		"played in\neach language; a verb behind zh or en is for that language alone.\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "  %s %s\n      %s\n", v.name, v.args, v.help)
	}
	b.WriteString("\nFiles to load are CSV, as scanbay import takes them; scanbay import --help " +
		"has their\ncolumns.\n")
	return b.String()
}

// Run plays each scenario in each language, and says which of them failed.
func (c scriptCmd) Run(ctx context.Context, out *console) error {
	failed := 0
	for _, path := range c.Files {
		for _, text := range []i18n.Text{i18n.Chinese{}, i18n.English{}} {
			if err := play(ctx, path, text, c.Update); err != nil {
				failed++
				fmt.Fprintln(out.Err, text.Tag(), err)
				continue
			}
			fmt.Fprintln(out.Out, "ok", text.Tag(), path)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d scenarios failed", failed)
	}
	return nil
}

// play plays the scenario at path in a language. With update, what it compares
// with is rewritten.
func play(ctx context.Context, path string, text i18n.Text, update bool) (err error) {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "scanbay-script-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	sc, err := newScene(ctx, ar, dir, text, update)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sc.close()) }()
	sc.home = filepath.Dir(path)
	for i, line := range strings.Split(string(ar.Comment), "\n") {
		words, err := split(line)
		if err == nil && len(words) > 0 {
			err = sc.do(words)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %s: %w", path, i+1, strings.TrimSpace(line), err)
		}
	}
	if update {
		return os.WriteFile(path, txtar.Format(ar), 0o644)
	}
	return nil
}

// split parts a line into words at blanks. Quotes keep blanks; a word that
// begins with # ends the line.
func split(line string) (words []string, err error) {
	var word strings.Builder
	begun, quoted := false, false
	end := func() {
		if begun {
			words = append(words, word.String())
		}
		word.Reset()
		begun = false
	}
	for _, r := range line {
		switch {
		case r == '\'':
			quoted, begun = !quoted, true
		case quoted:
			word.WriteRune(r)
		case r == ' ' || r == '\t' || r == '\r':
			end()
		case r == '#' && !begun:
			return words, nil
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	if quoted {
		return nil, errors.New("a quote is not closed")
	}
	end()
	return words, nil
}
