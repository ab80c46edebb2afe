package main

import (
	"fmt"
	"io"
	"time"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

// A seat is where a rehearsed person works: a terminal with a scanner.
type seat interface {
	scan(labels ...string) // the next one before the one before is answered
	press(key string)
	enter(text string) // typed, and Enter
	look() (screen, asks string)
	took() []time.Duration // each pull of the trigger, until it was answered
	leave() error
}

const handheldWidth, handheldHeight = 20, 16

// A handheld is a seat at the App itself, without a terminal.
type handheld struct {
	*tuitest.Driver
	now   func() time.Time
	times []time.Duration
	watch *watch    // nil without a journal
	timed io.Writer // nil where nobody reads the times before the end
}

func (r *rehearsal) handheld(number string, text i18n.Text) *handheld {
	clock := tuitest.NewClock(r.Now())
	hand := &handheld{now: r.Now, timed: r.timed}
	if r.journal != nil {
		hand.watch = r.journal.watch()
	}
	made := func(s scanner.Scan) scanner.Scan {
		if hand.watch != nil {
			hand.watch.made(s.ID)
		}
		return s
	}
	reader := scanner.NewReader(scanner.Config{IDs: r.ids, Source: "serial", Port: number,
		Now: clock.Now})
	gate := scanner.NewGate(scanner.EchoWindow)
	sh := &tui.Shell{Store: r.store, Text: text, Languages: languages(), Theme: theme.Plain(),
		Clock: clock, IdleAfter: 30 * time.Minute,
		Keyed: func(typed string) scanner.Scan { return made(reader.Keyed(typed)) }}
	hand.Driver = tuitest.Start(tui.New(sh, screens.New(sh, r.key)),
		func(raw []byte) scanner.Scan {
			s, _ := reader.Frame(scanner.Frame{Raw: raw})
			return made(gate.Pass(s))
		}, clock, handheldWidth, handheldHeight)
	return hand
}

func (h *handheld) scan(labels ...string) {
	began := h.now()
	h.Burst(labels...)
	took := h.now().Sub(began)
	h.times = append(h.times, took)
	h.settle()
	if h.timed != nil {
		fmt.Fprintln(h.timed, took.Microseconds())
	}
}

func (h *handheld) press(key string) { h.Key(key) }

func (h *handheld) enter(text string) {
	h.Type(text + "\n")
	h.settle()
}

// settle writes down what was answered. The App is idle: the rest never will be.
func (h *handheld) settle() {
	if h.watch != nil {
		h.watch.settle()
		h.watch.open = nil
	}
}

func (h *handheld) look() (screen, asks string) {
	asks, _ = h.Asks()
	return h.Screen(), asks
}

func (h *handheld) took() []time.Duration { return h.times }

func (h *handheld) leave() error { return nil }
