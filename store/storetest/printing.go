package storetest

import (
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/printing"
)

// ofPrinting are those of what is put on paper.
var ofPrinting = map[string]func(*testing.T, Opener){
	"AClosedCartonIsLabelled":     closedCartonLabelled,
	"WhatIsPrintedByHandIsTraced": printedByHand,
	"APrintedLabelIsScanned":      printedLabelScanned,
	"WhatIsAskedForOnceMore":      askedForAgain,
	"TheQueueRemembersItsJobs":    queueRemembers,
	"PrintersAreOfTheirDocuments": printersOfDocuments,
}

func (s *Site) printer(paper store.Paper, address string) {
	s.Helper()
	s.Must(printing.Set(background, s.Store, store.Gesture{},
		store.Printer{Paper: paper, Address: address, DPI: 203}))
}

// prints asks for a document by hand and expects an answer.
func (s *Site) prints(who store.OperatorID, paper store.Paper, ref string, copies int64,
	want store.Code) (again bool) {
	s.Helper()
	again, err := printing.Ask(background, s.Store, store.Gesture{Operator: who},
		store.PrintJob{Paper: paper, Ref: ref, Copies: copies})
	if got := s.Code(err); got != want {
		s.Errorf("print %s %s: %q, want %q", paper, ref, got, want)
	}
	return again
}

// queued are the jobs of a state, as document and thing.
func (s *Site) queued(state store.PrintState, want ...string) (jobs []store.PrintJob) {
	s.Helper()
	jobs = Read(s, func(r *store.Reader) ([]store.PrintJob, error) {
		return r.PrintJobsIn(state, 100)
	})
	var got []string
	for _, j := range jobs {
		got = append(got, string(j.Paper)+" "+j.Ref)
	}
	if !slices.Equal(got, want) {
		s.Errorf("%s: %q, want %q", state, got, want)
	}
	return jobs
}

// became says what became of a job.
func (s *Site) became(j store.PrintJob, state store.PrintState) {
	s.Helper()
	j.State = state
	s.Must(s.Write(background, store.Gesture{}, func(tx *store.Tx) error {
		return tx.PrintCame(j)
	}))
}

// A carton that is closed has its label printed, by whichever way it is closed, and the last of a
// slip its packing list. Where the station has no printer of labels, nothing is.
func closedCartonLabelled(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 3),
		Ordered("2", "TEA-500", 2))
	slips := s.picks(teaAndCups, "1", "2")
	s.packs(outbound.PackScan{}, "tote:T-"+string(slips[1]), "")
	s.packs(outbound.PackScan{Slip: slips[1]}, Tea, "")
	if out := s.seal(slips[1], "", ""); out.Prints {
		t.Error("printed without a printer")
	}
	s.printer("", "lp:any")
	s.packs(outbound.PackScan{Slip: slips[1]}, Tea, "")
	s.queued(store.PrintWaits) // what has no printer of its own is asked for

	s.printer(store.CartonPaper, "tcp:10.0.0.9")
	s.printer(store.PackingPaper, "lp:office")
	s.packs(outbound.PackScan{}, "tote:T-"+string(slips[0]), "")
	s.packs(outbound.PackScan{Slip: slips[0]}, Tea, "")
	first := s.seal(slips[0], "", "")
	if !first.Prints {
		t.Error("the first carton has no label")
	}
	label := "carton " + string(first.Carton.ID)
	s.queued(store.PrintWaits, label)
	s.packs(outbound.PackScan{Slip: slips[0]}, Tea, "")
	out, err := outbound.Missed(background, s.Store, store.Gesture{Operator: "101"}, slips[0], "")
	s.Must(err)
	if !out.Prints || !out.Sealed {
		t.Errorf("the rest was missed: sealed %t, prints %t", out.Sealed, out.Prints)
	}
	s.queued(store.PrintWaits, label, "carton "+string(out.Carton.ID),
		"packinglist "+string(slips[0]))
}

// What somebody has printed leaves a trace; a badge is a supervisor's to print.
func printedByHand(t *testing.T, open Opener) {
	s := floor(t, open)
	s.prints("101", store.BinPaper, "A-01-01", 1, store.NoPrinter)
	s.printer("", "lp:any")
	s.prints("101", store.BinPaper, "A-01-01", 0, store.BadQuantity)
	s.prints("101", store.BinPaper, "A-01-01", printing.CopiesMax+1, store.BadQuantity)
	s.prints("101", store.BadgePaper, "101", 1, store.NoRight)
	s.prints("900", store.BadgePaper, "101", 1, "")
	if s.prints("101", store.BinPaper, "A-01-01", 2, "") {
		t.Error("the first is no reprint")
	}
	s.prints("101", store.BinPaper, "A-01-01", 3, "")
	jobs := s.queued(store.PrintWaits, "operator 101", "bin A-01-01", "bin A-01-01")
	if jobs[1].Operator != "101" || jobs[1].Copies != 2 || jobs[1].At == 0 {
		t.Errorf("%+v", jobs[1])
	}
	s.prints("101", store.BinPaper, "A-01-01", 2, "") // it waits already
	s.queued(store.PrintWaits, "operator 101", "bin A-01-01", "bin A-01-01")
	s.became(jobs[2], store.PrintSent) // it was asked for again
	s.queued(store.PrintSent)
	for _, j := range s.queued(store.PrintWaits, "operator 101", "bin A-01-01", "bin A-01-01") {
		s.became(j, store.PrintSent)
	}
	if !s.prints("101", store.BinPaper, "A-01-01", 1, "") {
		t.Error("one that came out is printed again")
	}
	err := printing.Set(background, s.Store, store.Gesture{Operator: "101"}, store.Printer{})
	if got := s.Code(err); got != store.NoRight {
		t.Errorf("a picker takes the printer away: %q", got)
	}
}

// A scan of a carton's label shows that it came out, whatever else the scan comes to. What is
// typed shows nothing, nor does a scan of a slip of its list; nor, where a label was seen before,
// of another: it may be the old one.
func printedLabelScanned(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 3))
	slip := s.picks(teaAndCups, "1")[0]
	s.printer("", "lp:any")
	s.printer(store.CartonPaper, "lp:labels")
	s.packs(outbound.PackScan{}, "tote:T-"+string(slip), "")
	s.packs(outbound.PackScan{Slip: slip}, Tea, "")
	box := s.seal(slip, "", "").Carton
	s.prints("101", store.SlipPaper, string(slip), 1, "")
	label, ref := "carton:"+string(box.ID), "carton "+string(box.ID)
	s.packs(outbound.PackScan{Slip: slip}, label, store.CartonSealed) // it waits
	all := []string{ref, "slip " + string(slip)}
	for _, j := range s.queued(store.PrintWaits, all...) {
		s.became(j, store.PrintSent)
	}
	typed := s.By("101", label)
	typed.Source = "keyed"
	_, err := outbound.Pack(background, s.Store, outbound.PackScan{By: typed, Slip: slip})
	if got := s.Code(err); got != store.CartonSealed {
		t.Errorf("typed: %q", got)
	}
	s.packs(outbound.PackScan{Slip: slip}, "slip:"+string(slip), store.WrongKind)
	s.queued(store.PrintSent, all...)
	if out := s.packs(outbound.PackScan{Slip: slip}, label, ""); !out.Printed {
		t.Error("the label came out, and nobody says so")
	}
	s.queued(store.PrintSeen, ref)
	s.packs(outbound.PackScan{Slip: slip}, label, store.CartonSealed) // once
	if !s.prints("101", store.CartonPaper, string(box.ID), 1, "") {
		t.Error("it was printed before")
	}
	s.became(s.queued(store.PrintWaits, ref)[0], store.PrintSent)
	s.packs(outbound.PackScan{Slip: slip}, label, store.CartonSealed)
	s.queued(store.PrintSeen, ref)
}

// Who asks for what is on its way to the printer gets it once more: what it tells may be older.
// What failed is done with when it is asked for again.
func askedForAgain(t *testing.T, open Opener) {
	s := floor(t, open)
	s.printer("", "lp:any")
	s.prints("101", store.TotePaper, "T-1", 1, "")
	onItsWay := s.queued(store.PrintWaits, "tote T-1")[0]
	if s.prints("101", store.TotePaper, "T-1", 1, "") {
		t.Error("it did not come out yet")
	}
	s.became(onItsWay, store.PrintSent)
	again := s.queued(store.PrintWaits, "tote T-1")[0]
	s.became(again, store.PrintFailed)
	s.queued(store.PrintFailed, "tote T-1")
	s.prints("101", store.TotePaper, "T-1", 1, "")
	s.queued(store.PrintFailed)
	s.became(s.queued(store.PrintWaits, "tote T-1")[0], store.PrintSent)
	err := printing.Drop(background, s.Store, store.Gesture{Operator: "101"}, again.N)
	if got := s.Code(err); got != store.Stale {
		t.Errorf("what was printed is dropped: %q", got)
	}
}

// What is to be printed is remembered, with why it is not; of the rest only the latest.
func queueRemembers(t *testing.T, open Opener) {
	s := floor(t, open)
	s.printer("", "lp:any")
	s.prints("101", store.TotePaper, "T-1", 1, "")
	s.prints("101", store.TotePaper, "T-2", 1, "")
	jobs := s.queued(store.PrintWaits, "tote T-1", "tote T-2")
	first, second := jobs[0], jobs[1]
	first.Tries, first.Trouble, first.Printer = 3, store.PrinterSilent, "lp:any"
	s.became(first, store.PrintWaits)
	if got := s.queued(store.PrintWaits, "tote T-1", "tote T-2")[0]; got != first {
		t.Errorf("%+v, want %+v", got, first)
	}
	by := store.Gesture{Operator: "101"}
	s.Must(printing.Retry(background, s.Store, by, second.N))
	if got := s.queued(store.PrintWaits, "tote T-1", "tote T-2")[0]; got.Tries != 0 {
		t.Errorf("what is before it is tried at once: %+v", got)
	}
	s.Must(printing.Drop(background, s.Store, by, first.N))
	s.became(first, store.PrintSent) // it was on its way: nobody wants it
	s.queued(store.PrintDropped, "tote T-1")
	s.became(second, store.PrintFailed)
	for i := range 220 {
		s.prints("101", store.BinPaper, "A-01-01", 1, "")
		for _, j := range s.queued(store.PrintWaits, "bin A-01-01") {
			s.became(j, store.PrintSent)
		}
		if i > 0 {
			continue
		}
		if got := Read(s, func(r *store.Reader) ([]store.PrintJob, error) {
			return r.PrintJobs(2)
		}); got[0].N != second.N || got[1].Ref != "A-01-01" {
			t.Errorf("what is to be done comes first: %+v", got)
		}
	}
	kept := Read(s, func(r *store.Reader) ([]store.PrintJob, error) { return r.PrintJobs(9999) })
	if len(kept) > 202 || kept[0].N != second.N {
		t.Errorf("%d jobs are kept, the first %+v", len(kept), kept[0])
	}
}

// A document goes to its own printer, else to that of all the others.
func printersOfDocuments(t *testing.T, open Opener) {
	s := floor(t, open)
	at := func(paper store.Paper) string {
		p := Read(s, func(r *store.Reader) (store.Printer, error) {
			p, _, err := r.PrinterOf(paper)
			return p, err
		})
		return p.Address
	}
	s.printer("", "lp:all")
	s.printer(store.CartonPaper, "tcp:10.0.0.9")
	s.printer(store.CartonPaper, "tcp:10.0.0.8")
	if a, b := at(store.CartonPaper), at(store.BinPaper); a != "tcp:10.0.0.8" || b != "lp:all" {
		t.Errorf("cartons to %s, bins to %s", a, b)
	}
	s.printer(store.CartonPaper, "")
	if a := at(store.CartonPaper); a != "lp:all" {
		t.Errorf("cartons to %s", a)
	}
	s.printer("", "")
	if all := Read(s, (*store.Reader).Printers); len(all) != 0 {
		t.Errorf("%+v is left", all)
	}
}
