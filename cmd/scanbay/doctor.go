package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"scanbay/scanner"
	"scanbay/scanner/evdev"
	"scanbay/scanner/hid"
	"scanbay/scanner/scale"
	"scanbay/scanner/serial"
	"scanbay/store"
	"scanbay/tui/i18n"
)

type doctorCmd struct {
	devices
	For    time.Duration `default:"2m" help:"Listen so long to the devices named (${default})."`
	Forget bool          `help:"Forget the devices that the station of the database has."`
	DB     string        `default:"scanbay.db" placeholder:"FILE" help:"Its database (${default})."`
}

// Help tells what is to be scanned.
func (doctorCmd) Help() string {
	return "Lists the scanners and serial ports that this computer has, each with the flag that\n" +
		"a station reads it by. With such a flag it listens: scan the sheet of scanbay labels\n" +
		"test. A scanner that types as a keyboard is looked at in the station itself, by F9.\n" +
		"Of a scale it prints what comes and what it weighs: nothing, then see that it sends by\n" +
		"itself (mt-sics is asked); not understood, then try another speed or protocol.\n" +
		"Where there is a database, its station has what was heard from now on."
}

// Run lists, and listens.
func (d doctorCmd) Run(ctx context.Context, c *console) error {
	if d.Forget {
		return d.keep(ctx, c, nil)
	}
	var one sync.Mutex // what two scanners say does not run together
	sources, _, err := d.sources(c, func(source, port string) *scanner.Reader {
		return scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("doctor"), Source: source,
			Port: port, Now: c.Now})
	}, func(name string, err error) {
		one.Lock()
		defer one.Unlock()
		c.plugged(name, err, i18n.ScannerLost, i18n.ScannerDenied)
	})
	if err != nil {
		return err
	}
	weighs, err := d.scale(c, func(name string, err error) {
		one.Lock()
		defer one.Unlock()
		c.plugged(name, err, i18n.ScaleLost, i18n.ScaleDenied)
	})
	if err != nil {
		return err
	}
	if err := d.list(c); err != nil || len(sources) == 0 && weighs == nil {
		return err
	}
	if len(sources) > 0 {
		fmt.Fprintln(c.Out, c.Text.DoctorScan(), scanner.TestCode)
	}
	heard, err := d.listen(ctx, c, &one, sources, weighs)
	if _, missing := os.Stat(d.DB); len(heard) == 0 || errors.Is(missing, fs.ErrNotExist) {
		return err // nothing to be kept, or nowhere
	}
	return errors.Join(err, d.keep(context.WithoutCancel(ctx), c, heard))
}

// listen says what the devices send for a while, and which of them were heard.
func (d doctorCmd) listen(ctx context.Context, c *console, one *sync.Mutex,
	sources []scanner.Source, weighs *scale.Source) (heard []store.Plugged, err error) {
	ctx, stop := context.WithTimeout(ctx, d.For)
	defer stop()
	hear := func(p store.Plugged) {
		if !slices.Contains(heard, p) {
			heard = append(heard, p)
		}
	}
	var running sync.WaitGroup
	run := func(part func() error) {
		running.Go(func() {
			ended := part()
			one.Lock()
			defer one.Unlock()
			err = errors.Join(err, ended)
		})
	}
	scanners := d.scanners() // as the sources; a file of labels comes last
	for i, source := range sources {
		run(func() error {
			return source.Run(ctx, func(s scanner.Scan) {
				one.Lock()
				defer one.Unlock()
				c.examined(s)
				if i < len(scanners) && s.Bad == "" {
					hear(scanners[i])
				}
			})
		})
	}
	if weighs != nil {
		say := c.weighed(weighs.Name())
		run(func() error {
			return weighs.Run(ctx, func(w scanner.Weight) {
				one.Lock()
				defer one.Unlock()
				if say(w); w.Bad == "" {
					hear(store.Plugged{Flag: weighing, Spec: d.Scale})
				}
			})
		})
	}
	running.Wait()
	return heard, err
}

// keep has the station of the database keep the scanners that were heard, beside those it has;
// without any it forgets them.
func (d doctorCmd) keep(ctx context.Context, c *console, heard []store.Plugged) error {
	return placeAt{DB: d.DB}.work(ctx, c, func(s *store.Store) error {
		before, err := store.Get(ctx, s, (*store.Reader).Plugged)
		if err != nil {
			return err
		}
		now := slices.Clone(before)
		for _, p := range heard {
			now = slices.DeleteFunc(now, func(b store.Plugged) bool {
				one := b.Flag == weighing && p.Flag == weighing // a station has one scale
				return one || b.Path() == p.Path()
			})
			now = append(now, p)
		}
		said := c.words().DevicesKept()
		if d.Forget {
			now, said = nil, c.words().DevicesForgotten()
		}
		if err := keep(ctx, s, now); err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.Out, said)
		return err
	})
}

// plugged says that a device is lost, or may not be read, or is found again.
func (c *console) plugged(name string, err error, lost, denied i18n.Condition) {
	condition := lost
	switch {
	case err == nil:
		fmt.Fprintln(c.Out, name, "OK")
		return
	case errors.Is(err, fs.ErrPermission):
		condition = denied
	}
	_, problem, remedy := i18n.Describe(c.Text, condition, name)
	fmt.Fprintf(c.Out, "%s. %s\n  %v\n", problem, remedy, err)
}

// examined says what came, byte by byte, and what is wrong with it.
func (c *console) examined(s scanner.Scan) {
	fmt.Fprintf(c.Out, "%s: %s\n", s.Port, strconv.QuoteToASCII(string(s.Raw)))
	found := scanner.Examine(scanner.Frame{Raw: s.Raw, Bad: s.Bad})
	if len(found) == 0 {
		fmt.Fprintln(c.Out, " ", c.Text.DoctorFine())
	}
	for _, f := range found {
		a := c.Text.Findings()[f]
		fmt.Fprintf(c.Out, "  %s. %s\n", a.Problem, a.Remedy)
	}
}

// list is the devices that may be scanners, each as a station is told of it.
func (doctorCmd) list(c *console) error {
	ports, err := serial.List(serial.ByID)
	for _, path := range ports {
		fmt.Fprintf(c.Out, "--serial %s\n", path)
	}
	n := len(ports)
	for _, kind := range []struct {
		flag string
		list func(string) ([]scanner.Listed, error)
		in   string
	}{{"--evdev", evdev.List, evdev.Sys}, {"--hid", hid.List, hid.Sys}} {
		all, bad := kind.list(kind.in)
		err = errors.Join(err, bad)
		for _, d := range all {
			fmt.Fprintf(c.Out, "%s %s  %s  %s\n", kind.flag, d.ID, d.Path, d.Name)
		}
		n += len(all)
	}
	if n == 0 {
		fmt.Fprintln(c.Out, c.words().NoDevices())
	}
	return err
}
