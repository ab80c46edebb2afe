//go:build linux

package main

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
)

// TestTheNetworkDiesAtTheLastStep: case C24. The slip is done where it was picked, what central
// lacks stands on the screen as unsent, and once the line is back central has it once.
func TestTheNetworkDiesAtTheLastStep(t *testing.T) {
	h := serve(t)
	db := h.enroll("S2", filepath.Join(h.folder, "s2.db"))
	var slip store.Slip
	lookInto(t, db, func(r *store.Reader) (err error) {
		slip, err = plainSlip(r)
		return err
	})
	desk := sit(t, 60, 20, "--lang=en", "station", "--db", db)
	desk.signIn("102", "1234")
	desk.send(ownLabel(scanner.SlipLabel, string(slip.ID)) + "\r")
	desk.shows("Scan a tote")
	desk.send(ownLabel(scanner.ToteLabel, "T-24") + "\r")
	task := slip.Tasks[0]
	desk.shows("Scan bin " + task.From.Code())
	desk.send(ownLabel(scanner.BinLabel, task.From.Code()) + "\r")
	desk.shows("At bin")
	desk.shows("unsent 0")
	desk.send(task.Want.String() + "\r")
	desk.shows(task.Want.String() + " x: scan item")
	h.stop(syscall.SIGKILL)
	desk.send(ownLabel(scanner.ItemLabel, string(task.Item)) + "\r")
	desk.shows("All picked. Bring tote T-24 to packing.")
	desk.until("what is unsent", func(s string) bool {
		return contains(s, "unsent") && !contains(s, "unsent 0")
	})
	h.start()
	desk.shows("unsent 0")
	must(t, desk.end(syscall.SIGTERM))
	h.stop(syscall.SIGTERM)
	for _, path := range []string{db, filepath.Join(h.folder, "central.db")} {
		lookInto(t, path, func(r *store.Reader) error {
			s, err := r.Slip(slip.ID)
			if err != nil {
				return err
			}
			if s.State() != store.SlipPicked || s.Sums.Picked != task.Want {
				t.Errorf("%s: the slip is %s with %d of %d", path, s.State(), s.Sums.Picked,
					task.Want)
			}
			facts, err := r.Trail(string(slip.ID))
			n := 0
			for _, f := range facts {
				if f.Kind == (store.ItemPicked{}).Kind() {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s: it was picked %d times", path, n)
			}
			return err
		})
	}
	h.do("verify", filepath.Join(h.folder, "central.db"), db)
}

// plainSlip is the first slip that asks for goods without lots and serials, in one bin.
func plainSlip(r *store.Reader) (s store.Slip, err error) {
	jobs, err := r.ToPick(100)
	for _, j := range jobs {
		if err != nil {
			break
		}
		if s, err = r.WholeSlip(j.Slip); err == nil && len(s.Tasks) == 1 && s.Tasks[0].Lot == "" &&
			!slices.ContainsFunc(s.Lines, func(l store.SlipLine) bool {
				return bool(l.About.Serials || l.About.Lots || l.About.Expiries)
			}) {
			return s, nil
		}
	}
	return s, err
}

// lookInto reads a database that nobody changes.
func lookInto(t *testing.T, path string, look func(*store.Reader) error) {
	t.Helper()
	c := &console{Now: time.Now}
	must(t, placeAt{DB: path}.look(t.Context(), c, func(s *store.Store) error {
		return s.Read(t.Context(), look)
	}))
}

// TestTheNetworkDiesWhereAZoneIsDone: nobody can take the slip over now, but its picker is not
// held up by it.
func TestTheNetworkDiesWhereAZoneIsDone(t *testing.T) {
	h := serve(t)
	db := h.enroll("S2", filepath.Join(h.folder, "s2.db"))
	var slip store.Slip
	lookInto(t, db, func(r *store.Reader) (err error) {
		slip, err = slipOfTwoZones(r)
		return err
	})
	desk := sit(t, 60, 20, "--lang=en", "station", "--db", db)
	desk.signIn("102", "1234")
	desk.send("\r")
	desk.shows("F12 zone")
	desk.send("\x1b[24~")
	desk.shows("Which zone?")
	desk.send("2")
	desk.shows("Picking in zone A")
	desk.send(ownLabel(scanner.SlipLabel, string(slip.ID)) + "\r")
	desk.shows("Scan a tote")
	desk.send(ownLabel(scanner.ToteLabel, "T-24") + "\r")
	for _, task := range slip.Tasks {
		if task.Zone != "A" {
			continue
		}
		desk.shows("Scan bin " + task.From.Code())
		desk.send(ownLabel(scanner.BinLabel, task.From.Code()) + "\r")
		desk.shows("At bin")
		desk.send(task.Want.String() + "\r")
		desk.shows(task.Want.String() + " x: scan item")
		desk.send(ownLabel(scanner.ItemLabel, string(task.Item)) + "\r")
	}
	desk.shows("Zone A done: pass tote T-24 on to zone B.")
	h.stop(syscall.SIGKILL)
	desk.shows("offline")
	desk.send("\r")
	desk.shows("No answer from central")
	desk.shows("Zone A:")
	must(t, desk.end(syscall.SIGTERM))
}

// slipOfTwoZones is the first slip with goods in zone A, without lots and serials, and in B.
func slipOfTwoZones(r *store.Reader) (s store.Slip, err error) {
	jobs, err := r.ToPick(100)
	for _, j := range jobs {
		if err != nil {
			break
		}
		if s, err = r.WholeSlip(j.Slip); err != nil {
			break
		}
		in := map[string]bool{}
		for _, task := range s.Tasks {
			i, err := r.Item(task.Item)
			if err != nil {
				return s, err
			}
			in[task.Zone] = true
			in["odd"] = in["odd"] || task.Zone == "A" && bool(i.Serials || i.Lots || i.Expiries)
		}
		if in["A"] && in["B"] && !in["odd"] {
			return s, nil
		}
	}
	return s, cmp.Or(err, errors.New("no slip is of two zones"))
}
