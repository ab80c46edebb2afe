package screens

import "testing"

func TestWeightsAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]int64{"1250": 1250, "1250g": 1250, "1250 克": 1250,
		"1.25kg": 1250, "1.25 KG": 1250, "2公斤": 2000, "0.005kg": 5, "12.5kg": 12500,
		"1.25": 0, "": 0, "kg": 0, "1.2345kg": 0, "-5": 0, "6901234567892": 0, "1,25kg": 0} {
		got, ok := weight(text)
		if got != want || ok != (want != 0) {
			t.Errorf("%q is read as %d, %t", text, got, ok)
		}
	}
}
