package store

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

func TestNumbersOfCarriers(t *testing.T) {
	f, err := os.Open("testdata/tracking.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	carrierOf := map[string]CarrierID{"amazon": "AMAZON", "canada_post": "CANADAPOST",
		"canpar": "CANPAR", "dhl": "DHL", "dpd": "DPD", "fedex": "FEDEX", "gofo": "GOFO",
		"landmark": "LANDMARK", "lasership": "LASERSHIP", "old_dominion": "ODFL",
		"ontrac": "ONTRAC", "purolator": "PUROLATOR", "s10": "EMS", "speedee": "SPEEDEE",
		"ups": "UPS", "usps": "USPS",
		"yodel": "YODEL", "yunexpress": "YUNEXPRESS"}
	// Wrong in the form that it is listed for, and right in another one of the carrier's.
	other := map[string]bool{"331426749957": true}
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); n++ {
		var v struct {
			Courier, Format string
			Number          WaybillNo
			Valid           bool
		}
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		if right := v.Number.Fits(carrierOf[v.Courier]); right != v.Valid &&
			!(right && other[string(v.Number)]) {
			t.Errorf("%q of %s (%s): %t", v.Number, v.Courier, v.Format, right)
		}
	}
	if n != 280 {
		t.Errorf("%d numbers", n)
	}
	for _, v := range []struct {
		carrier CarrierID
		number  WaybillNo
		fits    bool
	}{
		{"SF", "SF3100000000001", true}, {"顺丰速运", "SF3100000000001", true},
		{"SF", "638650888018", true}, {"ZTO", "638650888018", true}, // who of them, the slip says
		{"SF", "JT0006968326954", false}, {"顺丰", "JT0006968326954", false},
		{"ZTO", "75312345678901", true}, {"zto", "SF3100000000001", false},
		{"YTO", "YT7451236985412", true}, {"STO", "77316523125896", true},
		{"YUNDA", "462598779470531", true}, {"YUNDA", "46259877947053", false},
		{"JD", "JDVA11408814483", true}, {"JD", "JDVA11408814483-2-3-", true},
		{"EMS", "1240921381750", true}, {"EMS", "EA123456784CN", false},
		{"DEPPON", "DPK364112047425", true}, {"JT", "JT3002232682242", true},
		{"", "X1234567", true}, {"OUR-OWN", "X1234567", true},
	} {
		if v.number.Fits(v.carrier) != v.fits {
			t.Errorf("%s of %s: %t", v.number, v.carrier, !v.fits)
		}
	}
}

func TestParcelsOfOneWaybill(t *testing.T) {
	for no, want := range map[WaybillNo]WaybillNo{
		"JD0012345678-1-3-":   "JD0012345678-1-3",
		"JD0012345678-1-3-A7": "JD0012345678-1-3",
		"JD0012345678N1S3H2":  "JD0012345678-1-3",
		"JD0012345678":        "JD0012345678",
		"JD0012345678-4-3-":   "JD0012345678-4-3-", // the fourth of three
		"SF3100000000001":     "SF3100000000001",
	} {
		if got := no.Kept(); got != want || got.Kept() != want {
			t.Errorf("%s is kept as %s", no, got)
		}
	}
	if of, n, total := WaybillNo("JD0012345678-2-3-").Package(); of != "JD0012345678" || n != 2 ||
		total != 3 {
		t.Errorf("%s %d %d", of, n, total)
	}
}
