//go:build linux

package main

import (
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
)

// TestASlipIsTakenOverAtAnotherStation: central gives it to whoever asks with a supervisor, and
// the terminal of who had it says so at the next scan. Without central nobody takes it over.
func TestASlipIsTakenOverAtAnotherStation(t *testing.T) {
	h := serve(t)
	one, two := h.enroll("S1", h.lone()), h.enroll("S2", filepath.Join(h.folder, "s2.db"))
	first := sit(t, 60, 20, "--lang=zh", "station", "--db", one)
	first.signIn("101", "1234")
	first.shows("拣货")
	first.send("\r")
	first.shows("CK")
	first.send("\r")
	first.shows("请扫周转箱")
	tote := ownLabel(scanner.ToteLabel, "T-77") + "\r"
	slip := regexp.MustCompile(`CK\d+`).FindString(first.shown())
	first.send(tote)
	first.shows("请扫货位")
	first.shows("未传0")
	second := sit(t, 60, 20, "--lang=en", "station", "--db", two)
	second.signIn("102", "1234")
	second.shows("Pick")
	second.send("\r")
	second.shows("拣货一号 is at it")
	second.send(slip + "\r")
	second.shows("拣货一号 has it, 0 of")
	const f2 = "\x1bOQ"
	second.send(f2)
	second.shows("A supervisor scans their badge")
	second.send("900\r")
	second.shows("type your PIN")
	second.enterPIN("9000")
	second.shows("Taken over from 拣货一号. Fetch tote T-77")
	for holder := store.OperatorID(""); holder != "102"; { // until the first station has heard
		lookInto(t, one, func(r *store.Reader) error {
			l, err := r.LeaseOf(store.SlipID(slip))
			holder = l.Operator
			return err
		})
	}
	first.send(tote)
	first.shows("已不归你，Picker 2 在做")
	h.stop(syscall.SIGKILL)
	first.send(slip + "\r")
	first.shows("中心服务器没有应答")
	h.start()
	second.shows("unsent 0")
	must(t, first.end(syscall.SIGTERM))
	must(t, second.end(syscall.SIGTERM))
	h.stop(syscall.SIGTERM)
	h.do("verify", filepath.Join(h.folder, "central.db"), one, two)
}
