package tui

import (
	"strconv"
	"strings"
	"time"

	"scanbay/scanner"
	"scanbay/tui/i18n"
)

// scansMax is how many scans an operator can look back on.
const scansMax = 50

// An outcome is what came of a scan: the code of its refusal, or one of these.
type outcome string

const (
	fine    outcome = "ok"
	echoed  outcome = "echo"
	dropped outcome = "dropped"
)

// A past scan is what F7 shows of it.
type past struct {
	at     time.Time
	source string
	raw    string // as Go writes it; stars for a PIN
	came   outcome
}

// A history is the last scans, the newest first. The first is in hand until the
// next input: what is said meanwhile came of it.
type history struct {
	last   []past
	inHand bool
	port   string // of the first
}

func (h *history) add(s scanner.Scan, now time.Time, secret bool, came outcome) {
	if s.At.IsZero() {
		s.At = now
	}
	p := past{at: s.At, source: s.Source, raw: strconv.Quote(string(s.Raw)), came: came}
	if secret {
		p.raw = stars
	}
	h.last = append([]past{p}, h.last[:min(len(h.last), scansMax-1)]...)
	h.inHand, h.port = true, s.Port
}

// Gun is the port of the scanner whose scan is being answered; empty for another input.
func (sh *Shell) Gun() string {
	if !sh.scans.inHand {
		return ""
	}
	return sh.scans.port
}

func (h *history) came(what outcome) {
	if h.inHand {
		h.last[0].came = what
	}
}

// rows is a paragraph for each scan.
func (h *history) rows(t i18n.Text) []string {
	if len(h.last) == 0 {
		return []string{t.NoScans()}
	}
	var rows []string
	for _, p := range h.last {
		came := string(p.came)
		switch p.came {
		case echoed:
			came = t.Echo()
		case dropped:
			came = t.Lost()
		}
		rows = append(rows, strings.Join([]string{
			p.at.Format(time.TimeOnly), p.source, came, p.raw}, " "))
	}
	return rows
}
