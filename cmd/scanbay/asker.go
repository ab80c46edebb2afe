package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"

	"scanbay/store/access"
	"scanbay/tui/i18n"
)

// A question of the command line: what it is called, the answer that a flag gave, and
// the one that Enter takes.
type question struct {
	name, given, suggested string
	check
}

// An asker asks a person, line by line: at a terminal, or at the end of a pipe.
type asker struct {
	*console
	ctx context.Context
	in  *bufio.Reader
	tty int    // the terminal that a PIN is typed at; below zero for none
	yes bool   // nobody is there to be asked
	eol string // as the terminal takes it
}

func newAsker(ctx context.Context, c *console, yes bool) *asker {
	a := &asker{console: c, ctx: ctx, in: bufio.NewReader(c.In), tty: -1, yes: yes, eol: "\n"}
	if f, ok := c.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		a.tty = int(f.Fd())
	}
	return a
}

// ask asks until the answer will do. One that a flag gave is not asked for.
func (a *asker) ask(q question) (string, error) {
	given := q.given
	if given == "" && a.yes {
		given = q.suggested
	}
	if given != "" {
		value, want, ok := q.check(given)
		if !ok {
			return "", complaint(a.words().InitBad(q.name+" "+given, want))
		}
		return value, nil
	}
	about := a.about(q.name)
	_, want, _ := q.check("")
	fmt.Fprintf(a.Out, "\n%s: %s\n", about.Name, about.About)
	if want != "" {
		fmt.Fprintf(a.Out, "  %s\n", want)
	}
	prompt := "  > "
	if q.suggested != "" {
		prompt = fmt.Sprintf("  [%s] > ", q.suggested)
	}
	for {
		answer, err := a.line(prompt)
		if err != nil {
			return "", err
		}
		if answer == "" {
			answer = q.suggested
		}
		value, want, ok := q.check(answer)
		if ok {
			return value, nil
		}
		fmt.Fprintln(a.Out, " ", a.words().InitBad(answer, want))
	}
}

// about is what a question means. The settings are told as on their screen.
func (a *asker) about(name string) i18n.Meaning {
	for s, m := range a.Text.Settings() {
		if string(s) == name {
			return m
		}
	}
	return a.words().InitQuestions()[name]
}

// askPIN has a PIN typed twice. At a terminal nothing that is typed is shown from before
// the question is on the screen, for who sees it may type at once.
func (a *asker) askPIN() (string, error) {
	if a.tty < 0 {
		return a.newPIN()
	}
	before, err := term.MakeRaw(a.tty)
	if err != nil {
		return "", err
	}
	a.eol = "\r\n"
	pin, err := a.newPIN()
	a.eol = "\n"
	return pin, errors.Join(err, term.Restore(a.tty, before))
}

func (a *asker) newPIN() (string, error) {
	about := a.words().InitQuestions()["pin"]
	a.say("", about.Name+": "+about.About)
	for {
		pin, err := a.secret("  > ")
		if err != nil {
			return "", err
		}
		if !access.LikePIN(pin) {
			a.say("  " + a.words().InitBadPIN())
			continue
		}
		again, err := a.secret("  " + a.words().InitAgain() + " > ")
		if err != nil {
			return "", err
		}
		if again == pin {
			return pin, nil
		}
		a.say("  " + a.words().InitNotSame())
	}
}

// say prints lines, also to a terminal that is raw.
func (a *asker) say(lines ...string) {
	for _, line := range lines {
		fmt.Fprint(a.Out, line, a.eol)
	}
}

// line reads a line.
func (a *asker) line(prompt string) (string, error) {
	return a.read(prompt, func() (string, error) { return a.in.ReadString('\n') })
}

// secret reads a line that a terminal does not show.
func (a *asker) secret(prompt string) (string, error) {
	if a.tty < 0 {
		return a.line(prompt)
	}
	text, err := a.read(prompt, a.unseen)
	a.say("")
	return text, err
}

// unseen reads a line from a raw terminal, whose driver edits nothing.
func (a *asker) unseen() (string, error) {
	const ctrlC, ctrlD, ctrlU, backspace, del = 3, 4, 21, 8, 127
	var line []rune
	for {
		r, _, err := a.in.ReadRune()
		switch {
		case err != nil:
			return "", err
		case r == ctrlC || r == ctrlD:
			return "", io.EOF
		case r == ctrlU:
			line = nil
		case r == backspace || r == del:
			line = line[:max(0, len(line)-1)]
		case r == '\r' || r == '\n':
			return string(line), nil
		default:
			line = append(line, r)
		}
	}
}

// read waits for a line, or for the end of the program.
func (a *asker) read(prompt string, line func() (string, error)) (string, error) {
	fmt.Fprint(a.Out, prompt)
	type read struct {
		text string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		text, err := line()
		got <- read{text, err}
	}()
	select {
	case r := <-got:
		text := strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.IsPrint(r) {
				return r
			}
			return -1
		}, r.text))
		if errors.Is(r.err, io.EOF) && text == "" {
			return "", complaint(a.words().InitEnded())
		}
		if r.err != nil && !errors.Is(r.err, io.EOF) {
			return "", r.err
		}
		return text, nil
	case <-a.ctx.Done():
		a.say("")
		return "", complaint(a.words().InitEnded())
	}
}
