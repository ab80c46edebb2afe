package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// weighing is a desk with a scale, which asks what box 1 weighs.
func weighing(t *testing.T) *bay {
	b := open(t)
	b.scale(scanner.Weight{Grams: 0, Stable: true})
	b.weigh("box 1")
	return b
}

// weigh asks what something weighs.
func (b *bay) weigh(what string) {
	given := func(how, text string) tea.Cmd {
		b.took = append(b.took, fmt.Sprint(what, " ", how, " ", text))
		return nil
	}
	b.Enter(tui.Entry{Title: what + " weighs:", Number: true,
		Live: b.Weighing(what, func(grams int64) tea.Cmd {
			return given("weighed", fmt.Sprint(grams))
		}),
		Take: func(text string) tea.Cmd {
			b.Weighed(what, 1800)
			return given("typed", text)
		}})
}

// scale is what the scale says now.
func (b *bay) scale(w scanner.Weight) {
	w.At = b.clock.Now()
	b.Send(tui.WeightMsg(w))
}

func (b *bay) settled(grams int64) { b.scale(scanner.Weight{Grams: grams, Stable: true}) }

func TestAWeightIsTakenByEnter(t *testing.T) {
	b := weighing(t)
	b.shows("? box 1 weighs:", "> _", "The scale is empty")
	b.scale(scanner.Weight{Grams: -5, Bad: scanner.Negative})
	b.shows("> _", "The scale is empty")
	b.scale(scanner.Weight{Grams: -6, Bad: scanner.Negative})
	b.shows("> _", "below zero")
	b.scale(scanner.Weight{Grams: 900})
	b.shows("> _", "Scale: 900 g, not settled yet")
	b.settled(1845)
	b.shows("> 1845_", "Scale: 1845 g", "Enter takes it")
	b.did() // and by nothing else
	b.scale(scanner.Weight{Grams: 1850})
	b.shows("> _", "Scale: 1850 g, not settled yet")
	b.settled(1850)
	b.Key("enter")
	b.did("box 1 weighed 1850")
	b.hides("box 1 weighs", "Scale:")
}

func TestAWeightIsTakenByItsBarcode(t *testing.T) {
	b := weighing(t)
	b.settled(1845)
	b.Scan("6901234567892", command(i18n.Yes))
	b.did()
	b.Scan(command(i18n.Confirm))
	b.did("box 1 weighed 1845")
}

func TestWhatIsTypedIsTaken(t *testing.T) {
	b := weighing(t)
	b.settled(1845)
	b.Type("2")
	b.shows("> 2_")
	b.hides("Scale:")
	b.settled(1900)
	b.shows("> 2_")
	b.Key("backspace")
	b.shows("> 1900_")
	b.Type("1.9kg\n")
	b.did("box 1 typed 1.9kg")
}

func TestWithoutAWeightEnterIsRefused(t *testing.T) {
	b := weighing(t)
	for flaw, want := range map[scanner.Flaw]string{
		scanner.Unsettled: "The scale has not settled", scanner.Negative: "below zero",
		scanner.Overload: "Too heavy for the scale", scanner.BadSum: "spoilt",
		scanner.NoWeight: "not understood", scanner.Silent: "Nothing from the scale",
	} {
		b.settled(1845)
		b.scale(scanner.Weight{Grams: 1845, Stable: true, Bad: flaw})
		b.shows("> _", want)
		b.Key("enter")
		b.shows("box 1 weighs:", "Answer first: 0-9")
		b.heard(theme.Wrong)
		b.Scan(command(i18n.Confirm))
		b.shows("box 1 weighs:", "Answer first: 0-9")
		b.heard(theme.Wrong)
	}
	b.did()
	b.Type("5\n") // by hand all the same
	b.did("box 1 typed 5")
}

func TestAnOldWeightIsNone(t *testing.T) {
	b := weighing(t)
	b.settled(1845)
	b.clock.Advance(scanner.WeightLasts - time.Millisecond)
	b.shows("> 1845_")
	b.clock.Advance(time.Millisecond)
	b.shows("> _", "Nothing from the scale")
	b.Key("enter")
	b.did()
}

func TestAWeightIsNotTakenForTheNextBox(t *testing.T) {
	for how, took := range map[string]string{"\n": "box 1 weighed 1845",
		"1.8kg\n": "box 1 typed 1.8kg"} {
		b := weighing(t)
		b.settled(1845)
		b.Type(how)
		b.did(took)
		b.weigh("box 2")
		same := func(grams int64) {
			t.Helper()
			b.settled(grams)
			b.shows("> _", "Take off what was weighed before")
			b.Key("enter")
			b.did()
		}
		same(1845)
		same(1850) // somebody leans on the table
		b.scale(scanner.Weight{Grams: 3000})
		same(1845) // or on the box
		b.weigh("box 1")
		b.shows("> 1845_") // the same once more may be
		b.weigh("box 2")
		same(1845)
		b.scale(scanner.Weight{Bad: scanner.Negative, Grams: -3})
		b.settled(1845) // it was off, and another one weighs as much
		b.shows("> 1845_")
		b.Key("enter")
		b.did("box 2 weighed 1845")
		b.weigh("box 3")
		same(1845)
		b.settled(2500) // it was never seen empty, and has changed
		b.shows("> 2500_")
	}
}

// What lies on the scale is offered for nothing else, however its weight was written down: while
// it trembles, although it is tipped, and where another weight is typed meanwhile.
func TestAWeightIsOfWhatLiesThere(t *testing.T) {
	const same = "Take off what was weighed before"
	b := weighing(t)
	b.scale(scanner.Weight{Grams: 900})
	b.Type("1.8kg\n")
	b.did("box 1 typed 1.8kg")
	b.settled(1845)
	b.weigh("box 2")
	b.shows("> _", same)
	b.Type("1.8kg\n")
	b.did("box 2 typed 1.8kg")
	b.settled(1845)
	b.weigh("box 2") // its weight was wrong
	b.shows("> _", same)

	b = weighing(t)
	b.settled(30_000)
	b.Type("\n")
	b.did("box 1 weighed 30000")
	b.scale(scanner.Weight{Grams: 2900})
	b.settled(30_000)
	b.weigh("box 2")
	b.shows("> _", same)
	b.settled(2900)
	b.settled(30_000)
	b.shows("> 30000_")
}

func TestAStationWithoutAScaleOffersNothing(t *testing.T) {
	b := open(t)
	b.weigh("box 1")
	b.shows("> _")
	b.hides("scale", "Scale")
	b.Key("enter") // as ever, what was typed: nothing
	b.did("box 1 typed ")
}
