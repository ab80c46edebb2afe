//go:build linux

package main

import (
	"bufio"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/scanner/scale"
	"scanbay/store"
)

func TestScalesAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		text string
		want scale.Config
		ok   bool
	}{
		{"/dev/ttyUSB1", scale.Config{Path: "/dev/ttyUSB1"}, true},
		{"COM4,2400", scale.Config{Path: "COM4", Baud: 2400}, true},
		{"COM4,and,2400", scale.Config{Path: "COM4", Baud: 2400, Protocol: scale.AND}, true},
		{"COM4,xk3190,g", scale.Config{Path: "COM4", Protocol: scale.XK3190, Unit: "g"}, true},
		{"COM4,g", scale.Config{Path: "COM4", Unit: "g"}, true},
		{"COM4,mt-sics,g", scale.Config{}, false}, // it names its own
		{"COM4,9600,9600", scale.Config{}, false},
		{"COM4,ssi", scale.Config{}, false},
		{"COM4,stone", scale.Config{}, false},
		{",9600", scale.Config{}, false},
		{"", scale.Config{}, false},
	} {
		if got, ok := scaleAt(c.text); ok != c.ok || ok && (got.Path != c.want.Path ||
			got.Baud != c.want.Baud || got.Protocol != c.want.Protocol ||
			got.Unit != c.want.Unit) {
			t.Errorf("%q: %+v, %v", c.text, got, ok)
		}
	}
}

// streams says the same again and again until the test ends, as a scale does.
func (c *cable) streams(text func() string) {
	c.t.Helper()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				_, _ = io.WriteString(c.gun, text()) // it may have been unplugged
			}
		}
	}()
	c.t.Cleanup(func() {
		close(stop)
		<-stopped
	})
}

// TestACartonIsWeighedByAScale: from the scale's line to the record.
func TestACartonIsWeighedByAScale(t *testing.T) {
	folder := t.TempDir()
	gun, scales := filepath.Join(folder, "gun"), filepath.Join(folder, "scales")
	bay := bayOf(t, 2, store.SettingSet{Name: store.WeighBy, Value: "must"})
	cable, weights := plug(t, gun), plug(t, scales)
	d := sit(t, 80, 24, "--lang=en", "station", "--db", bay.db, "--serial", gun,
		"--scale", scales+",and")
	d.shows(says.SignInBadge())
	weights.streams(func() string { return "ST,GS,+ 1.2344kg\r\n" })
	d.signIn("101", bayPIN)
	tote := ownLabel(scanner.ToteLabel, bayTote)
	for _, step := range []struct{ label, key, want string }{
		{ownLabel(scanner.SlipLabel, string(bay.slip)), "", says.AskTote()},
		{tote, "", says.AskBin(bayBin)},
		{ownLabel(scanner.BinLabel, bayBin), "", says.PickBin(bayBin, true)},
		{piece("1"), "", "1 to go"},
		{piece("2"), "", "All picked"},
		{"", "\r", "Slips to pick: 0"},
		{"", "\x1b", "Enter, or scan a slip"},
		{tote, "", says.PackScan()},
		{piece("3"), "", "1/2"},
		{piece("4"), "", says.PackWeigh(1)},
		{"", "\x1b[24~", "> 1234_"}, // F12
		{"", "\r", says.WeighedNow(1, 1234, 0)},
	} {
		if step.label != "" {
			cable.scan(step.label)
		}
		d.send(step.key)
		d.shows(step.want)
	}
	// A scale that is pulled out is said to be lost, until it is back.
	lost := func(screen string) bool { return strings.Contains(screen, "- scale --") }
	weights.unplug(scales)
	d.until("a lost scale", lost)
	plug(t, scales).streams(func() string { return "ST,GS,+ 0.0000kg\r\n" })
	d.until("the scale", func(screen string) bool { return !lost(screen) })
}

// TestTheDoctorWeighs: it prints what comes, and what that weighs.
func TestTheDoctorWeighs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scales")
	cable := plug(t, path)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		c := &console{Out: in, Err: in, Now: time.Now}
		ended <- run(ctx, []string{"--lang=zh", "doctor", "--scale", path + ",and"}, c)
		_ = in.Close()
	}()
	lines := bufio.NewScanner(out)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("it never said %q", want)
	}
	// A terminal that is not read yet obeys what it is sent, and a scale sends again.
	cable.streams(func() string { return "US,+001234.0  g\r\nST,+001234.5  g\r\n" })
	until(`scales: "US,+001234.0  g"`)
	until("秤：1234 克，未稳定")
	until("秤：1235 克")
	cable.unplug(path)
	until("秤没有数据 scales")
	stop()
	for lines.Scan() {
		continue // what it still says
	}
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d", code)
	}
}
