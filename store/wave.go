package store

// A WaveBy is what the orders of a wave have in common.
type WaveBy string

// What orders can have in common.
const (
	WaveCutOff  WaveBy = "cutoff"
	WaveCarrier WaveBy = "carrier"
	WaveZone    WaveBy = "zone"
)

// WaveBys lists them, in the order in which they are offered.
var WaveBys = []WaveBy{WaveCutOff, WaveCarrier, WaveZone}

// WaveReleased says that a supervisor released orders together.
type WaveReleased struct {
	WaveBy WaveBy     `json:"wave_by"`
	Of     string     `json:"of"` // the carrier, the cut-off in milliseconds UTC, or the zone
	Orders []OrderID  `json:"orders"`
	By     OperatorID `json:"by,omitempty"`
	At     int64      `json:"at"`
}

func (WaveReleased) Kind() string  { return "wave_released" }
func (e WaveReleased) Ref() string { return string(e.WaveBy) + "/" + e.Of }
func (e WaveReleased) apply(at Stamp) (out []Change) {
	for _, id := range e.Orders {
		out = append(out, orderStates.raise(at, id, Confirmed, "", "", e.By, e.At))
	}
	return out
}
