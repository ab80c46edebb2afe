package scanner

import "time"

// A Weight is what a scale said once, or why it said no weight.
type Weight struct {
	Grams  int64 // rounded half up; also while the scale moves, and below zero
	Stable bool  // the scale has settled
	Net    bool  // somebody had it take a tare off
	Bad    Flaw  // why it is no weight; empty for one
	Raw    []byte
	At     time.Time
}

// The flaws of a weight.
const (
	Unsettled Flaw = "unsettled" // the scale moves, and does not say what it shows
	Negative  Flaw = "negative"  // below zero
	Overload  Flaw = "overload"  // more than the scale bears
	BadSum    Flaw = "sum"       // what was sent is not what came
	NoWeight  Flaw = "no_weight" // nothing that the scale's protocol knows
	Silent    Flaw = "silent"    // nothing came, or the scale is lost
)

// WeightFlaws lists why there may be no weight.
func WeightFlaws() []Flaw {
	return []Flaw{Unsettled, Negative, Overload, BadSum, NoWeight, Silent}
}

// WeightLasts is how long a weight is one. A scale that says nothing for so long is silent.
const WeightLasts = 2 * time.Second
